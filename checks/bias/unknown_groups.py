"""People whose group is not known cannot turn an answer round unseen.

## Why it matters
Who does not say is seldom a fair draw of everybody. An answer that holds only among those who said
is no answer about the others.

## How it judges
Attribute by attribute: how many people are not known, on the list and off it. Then the verdicts of
"Who is on the list" are asked again, with the unknown on the list twice and half as often of each
group as the known are. If a verdict changes, it cannot tell. A large share unknown is watched in
any case. The worst case, all of them for or against a group, is shown and decides nothing.
"Prefer not to say" is an answer of its own.

## What to do
Ask some of them: the number says how many answers it takes, if they are spread as the others are.
Never guess a group from names or places: that would make up the most sensitive data there are.

## What it cannot see
An unevenness greater than the tilt.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from checks.case import Case
from checks.evidence import Evidence, Rate, Table
from checks.fairness.groups import Tally, called, tally
from checks.fairness.judging import Group, Judged, NoComparison
from checks.fairness.judging import judge as compare
from checks.finding import Finding, Reason, Verdict, cannot_tell, clear, watch
from checks.phrases import has, many
from checks.policy import Part
from checks.registry import Findings, check
from checks.small_cells.cells import cells

WOULD = {
    Verdict.FAIL: "would fail",
    Verdict.WATCH: "would need watching",
    Verdict.CANNOT_TELL: "could not be told",
    Verdict.CLEAR: "would be clear",
}


class Limits(Part):
    """How many may be unknown."""

    unknown_watch: float
    """Share of people whose group is not known: above it, watch."""


@check(
    title="People whose group is not known",
    question="Could the missing answers change a verdict?",
    cites=["6 RCNY 5-301(b)", "our policy"],
    shared=("judging", "small_cells"),
    limits=Limits,
    reads=["everyone", "targeted", "attributes", "age"],
)
def judge(case: Case) -> Findings:
    """One finding an attribute."""
    if not case.campaign.people.attributes:
        yield cannot_tell(
            "attributes",
            "The campaign names no attribute, so nobody's group could be looked up.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name the columns by which people may be treated differently, such as age.",
        )
    for attribute in case.campaign.people.attributes:
        yield _judge(case, tally(case, attribute))


def _judge(case: Case, counted: Tally) -> Finding:
    what, everyone = counted.attribute.replace("_", " "), counted.everyone
    rates = _rates(case, counted)
    if everyone.of and not counted.unknown.of:
        return clear(
            counted.attribute, f"The {what} of all {everyone.of:,} people is known.", *rates
        )
    judged = _compared(case, counted, counted.unknown)
    if isinstance(judged, NoComparison):
        cure = f"Bring the column of {what} filled in, with everyone who could have been chosen."
        return cannot_tell(counted.attribute, judged.why, *rates, reason=judged.reason, remedy=cure)
    evidence: tuple[Evidence, ...] = (*rates, *_table(case, counted, judged))
    said = _said(case, counted)
    turned = [one for one in judged if one.reason is Reason.GROUP_UNKNOWN]
    if turned:
        return _changes(case, counted, turned, evidence)
    share = Fraction(counted.unknown.of, everyone.of)
    if share > Fraction(str(case.limits(Limits).unknown_watch)):
        return watch(
            counted.attribute,
            f"{said} No verdict changes, however they lean by twice.",
            *evidence,
            remedy=f"Ask more people for their {what} when you can, or accept with a reason.",
        )
    return clear(counted.attribute, f"{said} No verdict changes if they lean by twice.", *evidence)


def _compared(case: Case, counted: Tally, unknown: Group) -> tuple[Judged, ...] | NoComparison:
    return compare(
        counted.groups,
        effect=case.campaign.effect,
        limits=case.policy.judging,
        complete=case.campaign.people.complete,
        unknown=unknown if unknown.of else None,
    )


def _changes(
    case: Case, counted: Tally, turned: list[Judged], evidence: tuple[Evidence, ...]
) -> Finding:
    """Some verdict rests on who did not say; the one that would be worst is named."""
    worst = min(turned, key=lambda one: min(two.urgency for two in one.tilted))
    would = min(worst.tilted, key=lambda one: one.urgency)
    name = called(case, counted.attribute, worst.group.name)
    answers = _enough(case, counted)
    ask = "all of them" if answers >= counted.unknown.of else f"{answers:,} of them"
    return cannot_tell(
        counted.attribute,
        f"{_said(case, counted)} If they leaned by twice, {name} {WOULD[would]}.",
        *evidence,
        reason=Reason.GROUP_UNKNOWN,
        remedy=f"Ask {ask}, or accept with a reason. Never guess it from names or places.",
    )


def _said(case: Case, counted: Tally) -> str:
    """How many are not known, without giving a small number away."""
    what, everyone = counted.attribute.replace("_", " "), counted.everyone
    of = cells(case).of_attribute(counted).of[counted.unknown.name]
    if of is None:
        return f"Few of {everyone.of:,} people have no {what}."
    share = f"{100 * of / everyone.of:.0f} in 100"
    return f"{many(of, 'person', 'people')} ({share}) {has(of)} no {what}."


def _enough(case: Case, counted: Tally) -> int:
    """How many answers it takes until the rest cannot change a verdict, spread as the known are."""
    known = sum(one.of for one in counted.groups)
    unknown = counted.unknown
    low, high = 0, unknown.of
    while low < high:
        answers = (low + high) // 2
        told = Fraction(answers, unknown.of)
        on = unknown.on - round(unknown.on * told)
        rest = Group(unknown.name, on, max(on, unknown.of - answers))
        groups = [_grown(one, unknown, told, known) for one in counted.groups]
        judged = _compared(case, replace(counted, groups=tuple(groups)), rest)
        turned = not isinstance(judged, NoComparison) and any(
            one.reason is Reason.GROUP_UNKNOWN for one in judged
        )
        low, high = (answers + 1, high) if turned else (low, answers)
    return low


def _grown(group: Group, unknown: Group, told: Fraction, known: int) -> Group:
    """A group with its part of those who answered."""
    share = told * Fraction(group.of, known)
    on = round(unknown.on * share)
    return Group(group.name, group.on + on, group.of + max(on, round(unknown.of * share)))


def _rates(case: Case, counted: Tally) -> tuple[Rate, ...]:
    """The unknown on the list, and off it."""
    everyone, unknown = counted.everyone, counted.unknown
    on = cells(case).of_attribute(counted).on[unknown.name]
    off = None if on is None else unknown.off
    return (
        Rate(group="not known, on the list", yes=on, of=everyone.on),
        Rate(group="not known, off the list", yes=off, of=everyone.off),
    )


def _table(case: Case, counted: Tally, judged: tuple[Judged, ...]) -> tuple[Table, ...]:
    """Each group's verdict as it is, with both tilts, and at worst."""
    shown = cells(case).of_attribute(counted)
    rows = tuple(
        _row(one, shown.comparable(one.group, one.reference)) for one in judged if one.tilted
    )
    columns = ("group", "if twice as often", "if half as often", "worst ratio", "best ratio")
    title = "What the people not known could change"
    return (Table(title=title, columns=columns, rows=rows),) if rows else ()


def _row(one: Judged, told: bool) -> tuple[str | None, ...]:  # noqa: FBT001
    for_it, against = (verdict.value.replace("_", " ") for verdict in one.tilted)
    low, high = (f"{end:.2f}" for end in one.worst or (0.0, 0.0))
    return (one.group.name, for_it, against, low if told else None, high if told else None)
