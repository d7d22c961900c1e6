"""There are enough people in each group to say anything.

## Why it matters
Small groups swing more than large ones, to the top of every table and to the bottom. A verdict on a
dozen people is a verdict on chance.

## How it judges
For every attribute: people of each group, the smallest cell that its two-by-two table against the
reference group leads us to expect, half the width of the 95 % Wilson range, and how many people
would settle it. That number takes two groups that are in truth equal, and asks for a clear answer
in four of five such campaigns. A group under 30 people, or an expected cell under five, cannot be
told. No promise is made for a group that is exactly at the limit: there about half of all lists
fall below it, whatever their size.

## What to do
Pool the group with earlier campaigns of the same rule, merge groups by a rule fixed before looking,
or accept with a reason.

## What it cannot see
Thirty is a convention. A large file that was badly drawn stays badly drawn.
"""

from __future__ import annotations

from collections.abc import Sequence

from checks.audience import SMALLER
from checks.case import Case
from checks.evidence import Evidence, Rate, Table
from checks.fairness.groups import Shown, Tally, called, merged, tally
from checks.fairness.judging import Group, NoComparison, needed
from checks.fairness.judging import judge as compare
from checks.finding import Finding, Reason, cannot_tell, clear
from checks.registry import Findings, check
from checks.small_cells.cells import cells
from checks.statistics import smallest_expected, wilson

POOL = (
    "Pool with earlier campaigns of the same rule, merge groups by a rule fixed before looking, "
    "or accept with a reason."
)


@check(
    title="Enough people to tell",
    question="Are there enough people in each group to say anything?",
    cites=["29 CFR 1607.4(D)", "our policy"],
    shared=("judging", "small_cells"),
    reads=["everyone", "targeted", "attributes", "age"],
)
def judge(case: Case) -> Findings:
    """Look at each attribute by itself: one finding with all its groups."""
    if not case.campaign.people.attributes:
        yield cannot_tell(
            "attributes",
            "The campaign names no attribute, so there are no groups to count.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name the columns by which people may be treated differently, such as age.",
        )
    for attribute in case.campaign.people.attributes:
        yield _judge(case, tally(case, attribute))


def _judge(case: Case, counted: Tally) -> Finding:
    compared = compare(
        counted.groups,
        effect=case.campaign.effect,
        limits=case.policy.judging,
        complete=case.campaign.people.complete,
        unknown=counted.unknown if counted.unknown.of else None,
    )
    shown = cells(case).of_attribute(counted)
    if counted.everyone.off == 0 and case.campaign.people.complete and counted.groups:
        everyone = f"All {counted.everyone.of:,} people in the file are on the list"
        headline = f"{everyone}, so no group has to be compared with another."
        return clear(counted.attribute, headline, *_rates(counted, shown, ()))
    if isinstance(compared, NoComparison):
        return _none(counted, compared, shown)
    if len(counted.groups) == 1 and (counted.unknown.of or counted.groups[0].name == SMALLER):
        return _one_group(case, counted, shown)
    reference = compared[0].reference
    small = [one for one in counted.groups if one != reference and _few(case, one, reference)]
    table = _table(case, counted, reference, shown)
    evidence: tuple[Evidence, ...] = (*_rates(counted, shown, small), table)
    if not small:
        headline = _all_enough(case, counted, shown)
        return clear(counted.attribute, headline, *evidence)
    return cannot_tell(
        counted.attribute,
        _too_few(case, counted, small, shown),
        *evidence,
        reason=Reason.TOO_FEW_PEOPLE,
        remedy=f"{_settling(case, counted, reference, shown)} {POOL}",
    )


def _few(case: Case, group: Group, reference: Group) -> bool:
    limits = case.policy.judging
    expected = smallest_expected(group.on, group.of, reference.on, reference.of)
    return group.of < limits.n_min.value or expected < limits.expected_min.value


def _none(counted: Tally, found: NoComparison, shown: Shown) -> Finding:
    """Without people left out, or a group large enough, nothing can be held against anything."""
    cure = {
        Reason.NO_BASE: "Bring everyone who could have been chosen, not only the list.",
        Reason.GROUP_UNKNOWN: "Bring the column filled in, or accept with a reason.",
    }
    return cannot_tell(
        counted.attribute,
        found.why,
        *_rates(counted, shown, counted.groups),
        reason=found.reason,
        remedy=cure.get(found.reason, POOL),
    )


def _one_group(case: Case, counted: Tally, shown: Shown) -> Finding:
    """One group is no comparison while others are not known, or too small to stand alone."""
    what = counted.attribute.replace("_", " ")
    if counted.groups[0].name == SMALLER:
        below = case.policy.small_cells.merge_below.value
        why = f"Every group of {what} has fewer than {below} people."
        reason, cure = Reason.TOO_FEW_PEOPLE, POOL
    else:
        of = shown.of[counted.unknown.name]
        some = "some" if of is None else f"{of:,}"
        why = f"Only one group of {what} is known; for {some} people it is not known."
        reason, cure = Reason.GROUP_UNKNOWN, "Bring the column filled in, or accept with a reason."
    rates = _rates(counted, shown, counted.groups)
    return cannot_tell(counted.attribute, why, *rates, reason=reason, remedy=cure)


def _all_enough(case: Case, counted: Tally, shown: Shown) -> str:
    what = counted.attribute.replace("_", " ")
    smallest = min(counted.groups, key=lambda group: group.of)
    if len(counted.groups) == 1:
        return f"All {smallest.of:,} people whose {what} is known are in one group."
    name, of = called(case, counted.attribute, smallest.name), shown.of[smallest.name]
    size = "" if of is None else f"{of:,} "
    return (
        f"Every group of {what} has enough people to say something: the smallest are {size}{name}."
    )


def _too_few(case: Case, counted: Tally, small: list[Group], shown: Shown) -> str:
    limit = case.policy.judging.n_min.value
    what = counted.attribute.replace("_", " ")
    told = [
        f"{'' if shown.of[one.name] is None else f'{one.of:,} '}"
        f"{called(case, counted.attribute, one.name)}{merged(case, counted.attribute, one.name)}"
        for one in sorted(small, key=lambda one: one.of)[:3]
    ]
    more = f" and {len(small) - 3} more" if len(small) > 3 else ""
    return (
        f"{len(small)} of {len(counted.groups)} groups of {what} cannot be compared: "
        f"{'; '.join(told)}{more}. A group needs {limit} people, and some of them on and off "
        "the list."
    )


def _settling(case: Case, counted: Tally, reference: Group, shown: Shown) -> str:
    people = needed(reference, effect=case.campaign.effect, limits=case.policy.judging)
    name = called(case, counted.attribute, reference.name)
    if people is None:
        of = shown.of[reference.name]
        size = "" if of is None else f"{of:,} "
        return f"The reference, {size}{name}, is too small for any answer."
    return f"About {people:,} people in a group would settle it."


def _rates(counted: Tally, shown: Shown, small: Sequence[Group]) -> tuple[Rate, ...]:
    unsure = {one.name for one in small}
    made = []
    for group in counted.groups:
        on, of = shown.on[group.name], shown.of[group.name]
        low, high = wilson(group.on, group.of) if on is not None and of else (None, None)
        grey = group.name in unsure
        made.append(Rate(group=group.name, yes=on, of=of, low=low, high=high, unsure=grey))
    return tuple(made)


def _table(case: Case, counted: Tally, reference: Group, shown: Shown) -> Table:
    people = needed(reference, effect=case.campaign.effect, limits=case.policy.judging)
    return Table(
        title=f"Groups of {counted.attribute.replace('_', ' ')}",
        columns=("group", "people", "smallest expected cell", "half range", "would settle it"),
        rows=tuple(
            (one.name, *_row(one, reference, shown), None if one == reference else people)
            for one in counted.groups
        ),
    )


def _row(one: Group, reference: Group, shown: Shown) -> tuple[int | None, str | None, str | None]:
    if shown.on[one.name] is None or shown.of[one.name] is None:
        return shown.of[one.name], None, None
    low, high = wilson(one.on, one.of)
    half = f"± {(high - low) * 50:.1f} of 100"
    if one == reference:
        return one.of, "reference", half
    expected = smallest_expected(one.on, one.of, reference.on, reference.of)
    return one.of, f"{expected:,.1f}", half
