"""No group is chosen much less often, or left out much more often, than the best-placed one.

## Why it matters
Who never hears of an offer cannot take it up. Most lists that shut a group out were made by rules
that nobody meant that way: a postcode, a balance, an age of account.

## How it judges
For every attribute, each group's share on the list is held against that of the group most surely
chosen most (for a burden: least). Below four fifths, where luck would make such a gap in fewer than
one fair campaign in a hundred, it fails; below nine tenths, in fewer than one in twenty, it needs
watching. It is clear only where even the low end of the 95 % score range is at least four fifths.
Else it cannot tell. The same table is read from its other side: being left out more than twice as
often, and by five points, fails. Luck is the p of the two-by-two table (chi-square without
correction, Fisher's exact test where an expected cell is under five) times the pairs of groups.
Where a group is not known for some, the verdict is asked again with these tilted for and against;
if it changes, it cannot tell. A list made by a fixed rule has no luck in it: the luck number then
says only how far numbers of this size can be trusted. A difference in response is at most to watch.
Blame of the rules: a person whom several rules keep off counts in equal parts for each, which is
the Shapley value, in people and points; it adds up to the gap.

## What to do
Look first at a rule that stands for the trait itself, then at the one that keeps most of the group
off, and drop it, or replace it by what it is meant to measure. Cutting the favoured group is
levelling down, and settles nothing.

## What it cannot see
Equal shares are not equal outcomes. Groups that nobody records. People who were left out before
the file was made. Why a group is on the list less often.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from checks.audience import SMALLER
from checks.case import Case
from checks.evidence import Breakdown, Evidence, Part, Rate, Table
from checks.fairness import rules
from checks.fairness.groups import WORDS, Shown, Tally, called, joined, merged, tally
from checks.fairness.judging import Group, Judged, NoComparison
from checks.fairness.judging import judge as compare
from checks.fairness.rules import Rulebook
from checks.fairness.telling import ASK_PEOPLE, POOL, doubt, missing, rate, ratios, sentence, settle
from checks.finding import (
    Finding,
    Reason,
    Verdict,
    cannot_tell,
    clear,
    fail,
    not_applicable,
    watch,
)
from checks.people.membership import members, sizes
from checks.people.segments import SMALLER_SEGMENTS
from checks.registry import Findings, check
from checks.small_cells.cells import cells
from checks.statistics import wilson

LEVELLING = "that would be levelling down"
BRING = (
    "Bring everyone who could have been chosen, with a column for who is on the list; "
    "or state that the file holds them all (people.complete)."
)


@check(
    title="Who is on the list, and who is left off",
    question=("Is any group chosen less often, or shut out more often, than the best-placed one?"),
    cites=[
        "29 CFR 1607.4(D)",
        "6 RCNY 5-301",
        "ECOA 12 CFR 1002.4(a)",
        "Fair Housing Act 42 USC 3604(c)",
        "GDPR 5(1)(a)",
        "EU Charter 21",
        "UK Equality Act 2010 ss 19, 29",
        "our policy",
    ],
    shared=("judging", "small_cells"),
    reads=["everyone", "targeted", "attributes", "age", "segment"],
)
def judge(case: Case) -> Findings:
    """Judge attribute by attribute, one finding for each group that is compared."""
    if not case.campaign.people.attributes:
        yield cannot_tell(
            "attributes",
            "The campaign names no attribute, so no groups of people could be compared.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name the columns by which people may be treated differently, such as age.",
        )
    for attribute in case.campaign.people.attributes:
        yield from _attribute(case, tally(case, attribute))


def _attribute(case: Case, counted: Tally) -> Findings:
    shown, everyone = cells(case).of_attribute(counted), counted.everyone
    if not everyone.on:
        yield _no_comparison(counted, Reason.NO_BASE, "Nobody is on the list.", shown)
    elif counted.groups and everyone.on == everyone.of and case.campaign.people.complete:
        yield from _everyone(case, counted, shown)
    else:
        judged = _compared(case, counted)
        if isinstance(judged, NoComparison):
            yield _no_comparison(counted, judged.reason, judged.why, shown)
            return
        if len(counted.groups) == 1:
            yield _one_group(case, counted, shown)
            return
        book = rules.rulebook(case, counted.attribute)
        told = _Told(case=case, counted=counted, shown=shown, judged=judged, book=book)
        yield from (told.finding(one) for one in judged if not one.benchmark)


def _compared(case: Case, counted: Tally) -> tuple[Judged, ...] | NoComparison:
    return compare(
        counted.groups,
        effect=case.campaign.effect,
        limits=case.policy.judging,
        complete=case.campaign.people.complete,
        unknown=counted.unknown if counted.unknown.of else None,
    )


def _no_comparison(counted: Tally, reason: Reason, why: str, shown: Shown) -> Finding:
    cure = BRING if reason is Reason.NO_BASE else POOL
    if reason is Reason.GROUP_UNKNOWN:
        cure = f"Bring the column of {counted.attribute} filled in, or accept with a reason."
    rates = [_counts(one, shown) for one in counted.groups]
    return cannot_tell(counted.attribute, why, *rates, reason=reason, remedy=cure)


def _one_group(case: Case, counted: Tally, shown: Shown) -> Finding:
    """One group, and nobody else as far as anyone knows; small groups put together are several."""
    [only] = counted.groups
    attribute = counted.attribute.replace("_", " ")
    why = f"Everyone whose {attribute} is known is in one group, so there is none to compare."
    reason, cure = Reason.NO_BENCHMARK, "Bring the people of the other groups who could be chosen."
    if only.name == SMALLER:
        below = case.policy.small_cells.merge_below.value
        why = f"Every group of {attribute} has fewer than {below} people: too few to compare."
        reason, cure = Reason.TOO_FEW_PEOPLE, POOL
    elif counted.unknown.of:
        of = shown.of[counted.unknown.name]
        why = f"{why} For {'some people' if of is None else f'{of:,} people'} it is not known."
        reason, cure = Reason.GROUP_UNKNOWN, f"Bring the column of {attribute} filled in."
    elif not case.campaign.regulated:
        return not_applicable(counted.attribute, why)
    rate_ = _counts(only, shown)
    return cannot_tell(counted.attribute, why, rate_, reason=reason, remedy=cure)


def _everyone(case: Case, counted: Tally, shown: Shown) -> Findings:
    """Nobody is left out, and the owner states that the file holds everyone: a fact."""
    rates = [_counts(one, shown) for one in counted.groups]
    for group in counted.groups:
        name, of = called(case, counted.attribute, group.name), shown.of[group.name]
        size = "All" if of is None else f"All {of:,}"
        yield clear(
            _subject(counted, group),
            f"{size} {name} are on the list, like everyone in the file. "
            "The owner states that the file holds everyone.",
            *rates,
        )


def _counts(group: Group, shown: Shown) -> Rate:
    on, of = shown.on[group.name], shown.of[group.name]
    if on is None or of is None:
        return Rate(group=group.name, yes=on, of=of, unsure=True)
    low, high = wilson(on, of)
    return Rate(group=group.name, yes=on, of=of, low=low, high=high, unsure=True)


def _subject(counted: Tally, group: Group) -> str:
    return f"{counted.attribute}: {group.name}"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Told:
    """One attribute, counted and judged, to be told group by group."""

    case: Case
    counted: Tally
    shown: Shown
    judged: tuple[Judged, ...]
    book: Rulebook | None

    def finding(self, judged: Judged) -> Finding:
        """One group's finding: a sentence, the evidence, and what to do."""
        subject = _subject(self.counted, judged.group)
        headline, evidence = self.headline(judged), self.evidence(judged)
        name, other = self.name(judged.group), self.name(judged.reference)
        verdict = self.verdict(judged)
        if verdict is Verdict.CLEAR:
            return clear(subject, headline, *evidence)
        if verdict is Verdict.FAIL:
            return fail(subject, headline, *evidence, remedy=self.remedy(judged))
        if verdict is Verdict.WATCH:
            return watch(subject, headline, *evidence, remedy=self.remedy(judged))
        return cannot_tell(
            subject,
            headline,
            *evidence,
            reason=judged.reason or Reason.RANGE_CROSSES_LIMIT,
            remedy=settle(judged, name, other, self.shown),
        )

    def verdict(self, judged: Judged) -> Verdict:
        """What is found: a difference in response is at most to watch."""
        if self.response and judged.verdict is Verdict.FAIL:
            return Verdict.WATCH
        return judged.verdict

    def comparable(self, judged: Judged) -> bool:
        """Whether numbers that come of the comparison give nothing small away."""
        return self.shown.comparable(judged.group, judged.reference)

    @property
    def response(self) -> bool:
        """Whether it is people who decided, not the campaign."""
        return self.case.campaign.people.stage == "responded"

    def name(self, group: Group) -> str:
        """What to call the people of a group."""
        return called(self.case, self.counted.attribute, group.name)

    def headline(self, judged: Judged) -> str:
        """The numbers, then what is to be said about them."""
        name, other = self.name(judged.group), self.name(judged.reference)
        why = doubt(judged, other, self.counted.unknown, self.shown)
        if judged.reason in (Reason.TOO_FEW_PEOPLE, Reason.ONE_PERSON_FLIPS):
            return f"{self._few(judged, name)} {why}"
        words = WORDS[self.case.campaign.people.stage]
        said = sentence(judged, name, other, words, self.shown)
        if judged.verdict is Verdict.CANNOT_TELL:
            return f"{said} {why}"
        if self.response and judged.verdict is not Verdict.CLEAR:
            return f"{said} A difference in response is not by itself unfair targeting."
        return f"{said} The difference is real, but small." if judged.noticeable else said

    def _few(self, judged: Judged, name: str) -> str:
        of, names = self.shown.of[judged.group.name], judged.group.name
        size = "There are few" if of is None else f"{of:,}"
        return f"{size} {name}{merged(self.case, self.counted.attribute, names)}."

    def evidence(self, judged: Judged) -> tuple[Evidence, ...]:
        """All groups' rates, the unknown, both sides of the comparison, segments and rules."""
        rates = [rate(one, self.shown) for one in self.judged]
        if self.counted.unknown.of:
            rates.append(replace(_counts(self.counted.unknown, self.shown), low=None, high=None))
        parts = (self._unknown(judged), self._segments(judged), *self._rules(judged))
        return (*rates, *ratios(judged, self.shown), *(part for part in parts if part))

    def _unknown(self, judged: Judged) -> Table | None:
        hidden = self.shown.of[self.counted.unknown.name] is None
        if judged.worst is None or hidden or not self.comparable(judged):
            return None
        low, high = (f"{end:.2f}" for end in judged.worst)
        for_it, against = judged.tilted
        return Table(
            title=f"What the {self.counted.unknown.of:,} people not known could change",
            columns=("if they were", "it would be"),
            rows=(
                ("twice as often in this group", for_it.replace("_", " ")),
                ("half as often in this group", against.replace("_", " ")),
                ("all against this group (worst case, decides nothing)", f"ratio {low}"),
                ("all for this group (best case, decides nothing)", f"ratio {high}"),
            ),
        )

    def _segments(self, judged: Judged) -> Breakdown | None:
        """The people of this group on the list, segment by segment."""
        group = judged.group.name
        total = self.shown.on[group]
        if not total or not self.case.audience.segments:
            return None
        attribute, told = self.counted.attribute, cells(self.case)
        within = members(self.case, attribute)
        by = [(name, within.get((group, name), 0)) for name in sizes(self.case)]
        few = [name for name, _ in by if told.of_segment(name, attribute, group) is None]
        parts = joined([part for part in by if part[1]], self._below, SMALLER_SEGMENTS, few)
        return Breakdown(
            title=f"{_capital(self.name(judged.group))} on the list, by segment",
            by="segment",
            total=total,
            parts=tuple(Part(name=name, people=people) for name, people in parts),
        )

    @property
    def _below(self) -> int:
        return self.case.policy.small_cells.suppress_below.value

    def _rules(self, judged: Judged) -> tuple[Evidence, ...]:
        """Which rule keeps whom off, in people and in points of the gap."""
        if self.book is None or not self.comparable(judged):
            return ()
        return rules.evidence(self.book, judged, self.name(judged.group))

    def remedy(self, judged: Judged) -> str:
        """The rule whose end would change most, and how many it takes to reach the limit."""
        if self.response:
            return ASK_PEOPLE
        parts = (self._drop(judged), self._reach(judged), self._settles_nothing(judged))
        return " ".join(part for part in parts if part)

    def _reach(self, judged: Judged) -> str:
        found = missing(judged, self.case.campaign.effect, self.case.policy.judging)
        if found is None or not self.comparable(judged):
            return "Look for what makes the difference, and mend it."
        people, limit = found
        more = "more" if self.case.campaign.effect == "opportunity" else "fewer"
        where = "reached" if self.case.campaign.people.stage == "delivered" else "on the list"
        return f"{people:,} {more} {self.name(judged.group)} {where} would reach {limit}."

    def _settles_nothing(self, judged: Judged) -> str:
        other = self.name(judged.reference)
        burden = self.case.campaign.effect == "burden"
        if self.case.campaign.people.stage == "delivered":
            return f"Reaching {'more' if burden else 'fewer'} {other} settles nothing: {LEVELLING}."
        if burden:
            return f"Adding {other} settles nothing: {LEVELLING}."
        return f"Taking {other} off settles nothing: {LEVELLING}."

    def _drop(self, judged: Judged) -> str:
        """What dropping the rule would do that brings the group closest to the reference."""
        burden = self.case.campaign.effect == "burden"
        if self.book is None or burden or not self.comparable(judged):
            return ""
        return rules.dropping(self.book, judged, self.name(judged.group))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
