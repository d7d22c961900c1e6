"""No group is hurt only in combination: an older woman, where neither women nor the older are.

## Why it matters
A list can be even for women and even for older people, and still leave out older women. Averages
hide it, and nobody who looks at one attribute at a time can see it.

## How it judges
Every pair of attributes is crossed. Crossings of fewer than ten people are put together
before any result is seen. Each crossing is judged by the rule of "Who is on the
list": against the crossing most surely chosen most, with all tables together as one family, so
that luck is multiplied by all their pairs. A crossing speaks only if its gap, in points, is larger
than that of both its groups by themselves; otherwise the groups' own findings say it. Crossings too
small to compare are named, and as long as there are any it cannot tell.

## What to do
Look at the worst crossing first: how many of it are on the list, how many would be at the reference
rate, and which rule alone keeps them off.

## What it cannot see
Crossings shrink fast: no flag is not equality. Three attributes at once are not crossed. Published
totals that disagree are shown, never reconciled.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from checks.campaign import Stage
from checks.case import Case
from checks.evidence import Cell, Evidence, Matrix
from checks.fairness import rules
from checks.fairness.crossings import SMALLER, Crossing, Place, crossing
from checks.fairness.groups import WORDS, Shown, called, crossed, tally
from checks.fairness.judging import Group, Judged, NoComparison
from checks.fairness.judging import judge as compare
from checks.fairness.telling import ASK_PEOPLE, POOL, doubt, rate, ratios, sentence, settle
from checks.finding import Finding, Reason, Verdict, cannot_tell, clear, fail, not_applicable, watch
from checks.policy import Part as Limited
from checks.registry import Findings, check
from checks.small_cells.cells import cells

LAST = 10**12
"""Added to a count that is to be withheld last; no file has so many people."""
FEW = (Reason.TOO_FEW_PEOPLE, Reason.ONE_PERSON_FLIPS)


class Limits(Limited):
    """How many attributes are combined; more than two are not built."""

    depth: Literal[2]


@check(
    title="Groups hurt only in combination",
    question=(
        "Is anyone treated worse as, say, an older woman than as a woman or as an older person?"
    ),
    cites=["6 RCNY 5-301", "our policy"],
    shared=("judging", "small_cells"),
    limits=Limits,
    reads=["everyone", "targeted", "attributes", "age"],
)
def judge(case: Case) -> Findings:
    """Cross every pair of attributes; one finding a pair."""
    attributes = tuple(case.campaign.people.attributes)
    if not attributes:
        yield cannot_tell(
            "attributes",
            "The campaign names no attribute, so no groups could be crossed.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name the columns by which people may be treated differently, such as age.",
        )
    elif len(attributes) < case.limits(Limits).depth:
        why = "The campaign names one attribute; it takes two to cross them."
        yield not_applicable(attributes[0], why)
    tables = [crossing(case, first, second) for first, second in combinations(attributes, 2)]
    pairs = sum(table.pairs for table in tables)
    parents = {name: _gaps(case, name) for name in attributes if tables}
    for table in tables:
        yield _Told(case=case, table=table, parents=parents, pairs=pairs).finding()


def _gaps(case: Case, attribute: str) -> dict[str, float]:
    """How many points each group by itself is behind its reference."""
    counted = tally(case, attribute)
    judged = compare(
        counted.groups,
        effect=case.campaign.effect,
        limits=case.policy.judging,
        complete=case.campaign.people.complete,
    )
    if isinstance(judged, NoComparison):
        return {}
    return {one.group.name: _gap(case, one) for one in judged}


def _gap(case: Case, judged: Judged) -> float:
    """Points behind the reference: chosen less, or for a burden more, often."""
    group, reference = judged.group, judged.reference
    behind = reference.on / reference.of - group.on / group.of
    return behind if case.campaign.effect == "opportunity" else -behind


@dataclass(frozen=True, kw_only=True, slots=True)
class _Told:
    """One pair of attributes, to be judged and told."""

    case: Case
    table: Crossing
    parents: dict[str, dict[str, float]]
    pairs: int

    def finding(self) -> Finding:
        """The finding of this pair: the worst crossing named, all of them in the evidence."""
        case, table = self.case, self.table
        judged = compare(
            table.groups,
            effect=case.campaign.effect,
            limits=case.policy.judging,
            complete=case.campaign.people.complete,
            unknown=table.unknown if table.unknown.of else None,
            pairs=self.pairs,
        )
        if isinstance(judged, NoComparison):
            return cannot_tell(table.subject, judged.why, reason=judged.reason, remedy=POOL)
        if len(table.groups) == 1:
            return self._one()
        return self._judged(judged)

    def _one(self) -> Finding:
        """Only one crossing is left to compare."""
        table = self.table
        if table.together:
            below = self.case.policy.small_cells.merge_below.value
            why = f"Every crossing of {_and(table)} has fewer than {below} people."
            return cannot_tell(table.subject, why, reason=Reason.TOO_FEW_PEOPLE, remedy=POOL)
        why = (
            f"Everyone whose {_and(table)} are known is in one crossing; there is none to compare."
        )
        if table.unknown.of:
            cure = "Complete the missing values at their source, or accept with a reason."
            return cannot_tell(table.subject, why, reason=Reason.GROUP_UNKNOWN, remedy=cure)
        return not_applicable(table.subject, why)

    def _judged(self, judged: tuple[Judged, ...]) -> Finding:
        speaking = [one for one in judged if self._speaks(one)]
        few = [one for one in judged if one.reason in FEW]
        told = [one for one in speaking if one.reason not in FEW]
        worst = min(
            told, key=lambda one: (one.verdict.urgency, -_gap(self.case, one)), default=None
        )
        shown = cells(self.case).of_crossing(self.table)
        evidence = self._evidence(judged, speaking, worst, shown)
        subject, headline = self.table.subject, self._headline(worst, few, shown)
        verdict = self._verdict(worst, few)
        if verdict is Verdict.CLEAR:
            return clear(subject, headline, *evidence)
        remedy = self._remedy(worst, few, shown)
        if verdict is Verdict.FAIL:
            return fail(subject, headline, *evidence, remedy=remedy)
        if verdict is Verdict.WATCH:
            return watch(subject, headline, *evidence, remedy=remedy)
        unsure = worst if worst and worst.verdict is Verdict.CANNOT_TELL else few[0]
        reason = unsure.reason or Reason.TOO_FEW_PEOPLE
        return cannot_tell(subject, headline, *evidence, reason=reason, remedy=remedy)

    def _speaks(self, judged: Judged) -> bool:
        """Whether its gap is larger than that of both its groups; the few are always named."""
        if judged.benchmark or judged.verdict is Verdict.CLEAR:
            return False
        if judged.reason in FEW or judged.group.name == SMALLER:
            return True
        gap = _gap(self.case, judged)
        first, second = self._place(judged)
        of_first = self.parents[self.table.first].get(first, 0.0)
        of_second = self.parents[self.table.second].get(second, 0.0)
        return gap > max(of_first, of_second)

    def _verdict(self, worst: Judged | None, few: list[Judged]) -> Verdict:
        """The most pressing; a difference in response is at most to watch."""
        verdicts = [self._at_most(one.verdict) for one in (worst, *few) if one]
        return min(verdicts, key=lambda one: one.urgency, default=Verdict.CLEAR)

    def _at_most(self, verdict: Verdict) -> Verdict:
        return Verdict.WATCH if verdict is Verdict.FAIL and self._response else verdict

    @property
    def _stage(self) -> Stage:
        return self.case.campaign.people.stage

    @property
    def _response(self) -> bool:
        """Whether it is people who decided, not the campaign."""
        return self._stage == "responded"

    def _name(self, group: Group) -> str:
        """What to call the people of a crossing."""
        if group.name == SMALLER:
            many = len(self.table.together)
            return f"people in {many} smaller crossing{'' if many == 1 else 's'}"
        first, second = self.table.places[group.name]
        return crossed(
            called(self.case, self.table.first, first),
            called(self.case, self.table.second, second),
        )

    def _headline(self, worst: Judged | None, few: list[Judged], shown: Shown) -> str:
        parts = []
        if worst:
            name, other = self._name(worst.group), self._name(worst.reference)
            words = WORDS[self._stage]
            parts.append(sentence(worst, name, other, words, shown))
            if worst.verdict is Verdict.CANNOT_TELL:
                parts.append(doubt(worst, other, self.table.unknown, shown))
            elif shown.comparable(worst.group, worst.reference):
                parts.append(self._beyond(worst))
        else:
            rest = " that can be compared" if few else ""
            parts.append(
                f"None of {len(self.table.groups) - len(few):,} crossings of "
                f"{_and(self.table)}{rest} is worse off than its groups are."
            )
        if few:
            named = self._listed(few, shown)
            parts.append(f"Too few to compare: {named}.")
        return " ".join(part for part in parts if part)

    def _beyond(self, worst: Judged) -> str:
        """How far it is behind, beside its two groups by themselves."""
        if worst.group.name == SMALLER:
            return ""
        own = _gap(self.case, worst)
        groups = zip((self.table.first, self.table.second), self._place(worst), strict=True)
        others = " and ".join(
            f"{called(self.case, attribute, group)} "
            f"{max(0, self.parents[attribute].get(group, 0)) * 100:.0f}"
            for attribute, group in groups
        )
        return f"That is {own * 100:.0f} points behind; by themselves {others}."

    def _place(self, judged: Judged) -> Place:
        return self.table.places[judged.group.name]

    def _listed(self, few: list[Judged], shown: Shown) -> str:
        """The crossings too small to compare, by name."""
        ranked = sorted(few, key=lambda one: one.group.of)
        names = [f"{_size(shown.of[one.group.name])}{self._name(one.group)}" for one in ranked[:3]]
        return "; ".join(names) + (f" and {len(few) - 3} more crossings" if len(few) > 3 else "")

    def _remedy(self, worst: Judged | None, few: list[Judged], shown: Shown) -> str:
        if worst is None or worst.verdict is Verdict.CANNOT_TELL:
            one = worst or few[0]
            return settle(one, self._name(one.group), self._name(one.reference), shown)
        if self._response:
            return ASK_PEOPLE
        if not shown.comparable(worst.group, worst.reference):
            return "Look for what makes the difference, and mend it."
        group, reference = worst.group, worst.reference
        expected = round(group.of * reference.on / reference.of)
        rate_of = f"At the rate of {self._name(reference)}, {expected:,} {self._name(group)}"
        there = "would be on the list" if self._stage == "targeted" else "would be reached"
        found = f"Find out what keeps them off. {rate_of} {there}; {group.on:,} are."
        return f"{found} {self._rule(worst)}".strip()

    def _rule(self, worst: Judged) -> str:
        """The rule that by itself keeps most of the worst crossing off."""
        book = rules.rulebook(self.case, self.table.first, self.table.second)
        place = self.table.places.get(worst.group.name)
        if book is None or place is None or self.case.campaign.effect == "burden":
            return ""
        kept, number = max((n, -rule) for rule, n in enumerate(book.blames[place].alone))
        if kept < book.below:
            return ""
        return f"The rule on {book.names[-number]} alone keeps {kept:,} of them off."

    def _lines(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The groups of both attributes, in their order."""
        groups = self.case.audience.groups
        return groups(self.table.first), groups(self.table.second)

    def _evidence(
        self, judged: tuple[Judged, ...], speaking: list[Judged], worst: Judged | None, shown: Shown
    ) -> tuple[Evidence, ...]:
        """All crossings as a matrix; of the worst, its rate against the reference's."""
        matrix = self._matrix(judged, speaking, shown)
        if worst is None:
            return (matrix,)
        reference = next(one for one in judged if one.benchmark)
        return (matrix, rate(worst, shown), rate(reference, shown), *ratios(worst, shown))

    def _matrix(self, judged: tuple[Judged, ...], speaking: list[Judged], shown: Shown) -> Matrix:
        verdicts = {one.group.name: self._of_cell(one, speaking=one in speaking) for one in judged}
        rows, columns = self._lines()
        cells = []
        for (row, column), one in self.table.cells.items():
            yes, of = shown.on[one.name], shown.of[one.name]
            yes = None if of is None else yes
            verdict = verdicts.get(one.name, Verdict.CANNOT_TELL)
            cells.append(Cell(row=row, column=column, yes=yes, of=of, verdict=verdict.value))
        quiet = sum(one is Verdict.NOT_APPLICABLE for one in verdicts.values())
        says = (
            f"{len(judged)} crossings, {self.pairs:,} pairs over all tables; {quiet} are worse off "
            "only as far as their groups are by themselves."
        )
        return Matrix(
            title=f"{WORDS[self._stage].title}, {_and(self.table)}",
            rows=rows,
            columns=columns,
            cells=tuple(cells),
            says=says,
        )

    def _of_cell(self, judged: Judged, *, speaking: bool) -> Verdict:
        """Its verdict; where its groups already say it, it does not apply to the crossing."""
        if speaking or judged.verdict in (Verdict.CLEAR, Verdict.CANNOT_TELL):
            return self._at_most(judged.verdict)
        return Verdict.NOT_APPLICABLE


def _size(people: int | None) -> str:
    return "" if people is None else f"{people:,} "


def _and(table: Crossing) -> str:
    return f"{table.first} and {table.second}".replace("_", " ")
