"""A model's scores do not stand against a group at the cut-off.

## Why it matters
A model learns from what was done before. Who was overlooked then is given low scores now, and the
cut-off makes a rule of it.

## How it judges
The rule of "Who is on the list", with the people at or above the declared cut-off out of all with
known scores. Only that cut-off judges. Shown beside it: the ratio at every other
cut-off that would take from 5 to 95 of 100, how far apart the two groups' scores lie, and what came
of the same scores in each group, where outcomes are on record.

## What to do
Move the cut-off to where the ratio is back above the limit, or mend what the model learned from.

## What it cannot see
What the model was trained on, and whether its aim was a fair one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from checks.case import Case
from checks.conditions import All, AtLeast, FirstOf, Missing, Not
from checks.evidence import Evidence, Line, Point, Points, Table
from checks.fairness.comparing import Comparison
from checks.fairness.groups import Tally, Words, tally_of
from checks.fairness.judging import Group, Judged
from checks.fairness.shares import distance
from checks.fairness.telling import times
from checks.finding import Finding, Reason, cannot_tell, not_applicable
from checks.registry import Findings, check
from checks.small_cells.withholding import shown
from checks.statistics import ratio

SCORE = "score"
KNOWN = Not(Missing(SCORE))
CAME = "outcomes.converted"
LOTS = 20
"""The people are parted into so many equal lots by their scores: a cut-off every 5 of 100."""


@check(
    title="Scores before the cut-off",
    question="Are the scores tilted?",
    cites=["6 RCNY 5-300", "GDPR 22", "GDPR rec. 71", "our policy"],
    shared=("judging", "small_cells"),
    reads=["attributes", "age", "score", "outcomes"],
)
def judge(case: Case) -> Findings:
    """Judge the declared cut-off attribute by attribute."""
    told, uses = case.campaign.people.score, case.campaign.uses_data_for
    if told is None and uses is not None and uses.model is False:
        yield not_applicable("scores", "The owner states that no model chose people.")
        return
    if told is None or not case.audience.has(SCORE):
        yield cannot_tell(
            "scores",
            "Whether a model chose people is not stated, and no column of scores is named."
            if uses is None or uses.model is None
            else "A model chose people, and no column of scores is named.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name the scores and their cut-off (people.score), or state that no model was "
            "used (uses_data_for.model).",
        )
        return
    if not case.campaign.people.attributes:
        yield cannot_tell(
            "attributes",
            "The campaign names no attribute, so scores could not be compared between groups.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name the columns by which people may be treated differently, such as age.",
        )
        return
    for attribute in case.campaign.people.attributes:
        yield from _Scores(case=case, attribute=attribute, cut_off=told.cut_off).findings()


@dataclass(frozen=True, kw_only=True)
class _Scores:
    """The scores of one attribute's groups."""

    case: Case
    attribute: str
    cut_off: float

    def findings(self) -> Iterator[Finding]:
        """One finding a group, at the declared cut-off."""
        cut = f"{self.cut_off:g}"
        yield from Comparison(
            case=self.case,
            counted=self._at(self.cut_off),
            words=Words(f"are at {cut} or above", f"are under {cut}", f"At {cut} or above"),
            effect=self.case.campaign.effect,
            remedy=self._remedy,
            more=self._more,
        ).findings()

    def _at(self, cut_off: float) -> Tally:
        return tally_of(self.case, self.attribute, AtLeast(SCORE, cut_off), KNOWN)

    @cached_property
    def _lots(self) -> dict[str, list[int]]:
        """People of each group by lot, the lowest scores first."""
        cuts = self._cuts
        names = [str(number) for number in range(len(cuts) + 1)]
        bins = tuple((names[n + 1], AtLeast(SCORE, cuts[n])) for n in reversed(range(len(cuts))))
        key = FirstOf("lot", bins, otherwise=names[0])
        found: dict[str, list[int]] = {}
        for count in self.case.audience.count(f"attribute.{self.attribute}", key, where=KNOWN):
            group, lot = count.values
            if group is not None:
                found.setdefault(group, [0] * len(names))[int(lot)] += count.people
        return found

    @cached_property
    def _cuts(self) -> tuple[float, ...]:
        return self.case.audience.cuts(SCORE, LOTS)

    def _from(self, group: str, number: int) -> Group:
        """The group's people at or above a cut-off, out of all."""
        lots = self._lots[group]
        return Group(group, sum(lots[number + 1 :]), sum(lots))

    def _ratio(self, group: Group, reference: Group) -> float:
        top, bottom = (group, reference)
        if self.case.campaign.effect == "burden":
            top, bottom = bottom, top
        return ratio(top.on, top.of, bottom.on, bottom.of)

    def _tellable(self, *groups: Group) -> bool:
        below = self.case.policy.small_cells.suppress_below.value
        return all(
            None not in (shown(one.on, below), shown(one.off, below)) and one.on for one in groups
        )

    def _remedy(self, one: Comparison, judged: Judged) -> str:
        """The nearest other cut-off at which the ratio is back at the limit."""
        now, limit = judged.ratio.value, judged.ratio.floor
        if (
            judged.ratio.side == "off"
            or now is None
            or not one.shown.comparable(judged.group, judged.reference)
        ):
            return f"{one.reach(judged, f'at {self.cut_off:g} or above')} {MEND}".strip()
        burden = self.case.campaign.effect == "burden"
        able = [
            (cut, mine, theirs)
            for number, cut in enumerate(self._cuts)
            if (cut > self.cut_off) == burden and cut != self.cut_off
            for mine in [self._from(judged.group.name, number)]
            for theirs in [self._from(judged.reference.name, number)]
            if self._tellable(mine, theirs) and self._ratio(mine, theirs) >= limit
        ]
        if not able:
            return f"No cut-off from 5 to 95 of 100 brings the ratio to {limit:.2f}. {MEND}"
        cut, mine, theirs = min(able, key=lambda found: abs(found[0] - self.cut_off))
        after = times(self._ratio(mine, theirs), limit)
        moved = self._people(cut) - self._people(self.cut_off)
        change = f"{abs(moved):,} {'more' if moved > 0 else 'fewer'} people"
        start = f"At cut-off {self.cut_off:g} the ratio is {times(now, limit)}"
        return f"{start}; at {cut:g} it is {after}, for {change} at or above it."

    def _people(self, cut_off: float) -> int:
        return self.case.audience.total(AtLeast(SCORE, cut_off))

    def _more(self, one: Comparison, judged: Judged) -> tuple[Evidence, ...]:
        if not one.shown.comparable(judged.group, judged.reference):
            return ()
        curve, came = self._curve(judged), self._came(judged)
        return tuple(part for part in (curve, came) if part is not None)

    def _curve(self, judged: Judged) -> Points | None:
        """The ratio at every cut-off, and how far the two groups' scores lie apart."""
        mine, theirs = judged.group.name, judged.reference.name
        if not {mine, theirs} <= set(self._lots):
            return None
        points = []
        for number, cut in enumerate(self._cuts):
            group, reference = self._from(mine, number), self._from(theirs, number)
            if self._tellable(group, reference):
                points.append(Point(name=f"{cut:g}", x=cut, y=self._ratio(group, reference)))
        if not points:
            return None
        apart = distance(self._lots[mine], self._lots[theirs])
        return Points(
            title=f"The ratio of {mine} to {theirs} at other cut-offs",
            x="cut-off",
            y="ratio",
            points=tuple(points),
            joined=True,
            limits=(Line(at=self.case.policy.judging.floor.value, name="limit"),),
            says=f"Declared is {self.cut_off:g}. Their scores lie {apart:.2f} apart, of at most 1.",
        )

    def _came(self, judged: Judged) -> Table | None:
        """What came of people with like scores: calibration by fifths, where it is on record."""
        if not self.case.audience.has(CAME):
            return None
        pair = (judged.group.name, judged.reference.name)
        return Table(
            title="What came of the same scores",
            columns=("scores", *pair),
            rows=tuple(
                (lot, *(self._rate(self._outcomes.get((lot, name))) for name in pair))
                for lot in _lots(self._cuts[3::4])
            ),
        )

    @cached_property
    def _outcomes(self) -> dict[tuple[str, str], Group]:
        """How many people of each lot and group came to the outcome, of those whose is known."""
        cuts = self._cuts[3::4]
        lots = _lots(cuts)
        pairs = zip(reversed(lots[1:]), reversed(cuts), strict=True)
        bins = tuple((lot, AtLeast(SCORE, cut)) for lot, cut in pairs)
        key = FirstOf("fifth", bins, otherwise=lots[0] if lots else "all")
        on: Counter[tuple[str, str]] = Counter()
        of: Counter[tuple[str, str]] = Counter()
        facts = (f"attribute.{self.attribute}", key, CAME)
        for count in self.case.audience.count(*facts, where=All((KNOWN, Not(Missing(CAME))))):
            group, lot, came = count.values
            if group is not None:
                of[lot, group] += count.people
                on[lot, group] += count.people if came else 0
        return {place: Group(place[1], on[place], of[place]) for place in of}

    def _rate(self, group: Group | None) -> str | None:
        below = self.case.policy.small_cells.merge_below.value
        if group is None or group.of < below or not self._tellable(group):
            return None
        return f"{100 * group.on / group.of:.1f} of 100"


MEND = "Look at what the model learned from, and leave out what stands for who people are."


def _lots(cuts: tuple[float, ...]) -> list[str]:
    """What the lots between cuts are called."""
    if not cuts:
        return []
    between = [f"{low:g} to under {high:g}" for low, high in pairwise(cuts)]
    return [f"under {cuts[0]:g}", *between, f"{cuts[-1]:g} and above"]
