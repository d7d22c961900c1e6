"""The list looks like the people outside our own file.

## Why it matters
A file can be fair to everybody in it and still hold only some of us. Who was never a customer is in
no file.

## How it judges
Against counts of a population outside that the campaign brings, attribute by attribute: each
group's share of the list against its share outside, by the rule of "Who is on the list"; and how
far the two make-ups lie apart, as the Jensen–Shannon distance to base 2, beside the distance that
95 in 100 even draws of this size stay under (a seeded multinomial). It is at most watched. The
campaign's own file is never the population: that is "Who is on the list".

## What to do
Look for the people who are missing where they are, and ask whether the offer is for them too.

## What it cannot see
Whether the population outside is the right one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from checks.audience import SMALLER
from checks.case import Case
from checks.evidence import Evidence, Rate, Table
from checks.fairness.groups import NOT_KNOWN, Tally, called, tally
from checks.fairness.judging import Group, Judged, facing
from checks.fairness.shares import distance, noise
from checks.fairness.telling import POOL, out_of
from checks.finding import Finding, Reason, Verdict, cannot_tell, clear, not_applicable, watch
from checks.phrases import listed
from checks.policy import Part
from checks.registry import Findings, check
from checks.small_cells.cells import cells

OUTSIDE = "outside"


class Limits(Part):
    """How far apart two make-ups may lie."""

    js_watch: float
    """The distance: above it, and above its own noise, watch."""


@check(
    title="Against the outside population",
    question="Does the list look like the people outside our own file?",
    cites=["UK Equality Act 2010 s 19", "our policy"],
    shared=("judging", "small_cells"),
    limits=Limits,
    reads=["targeted", "attributes", "age"],
)
def judge(case: Case) -> Findings:
    """One finding an attribute."""
    if case.campaign.population is None:
        yield not_applicable(
            "population", "The campaign names no population outside to hold the list against."
        )
        return
    for attribute in case.campaign.people.attributes:
        yield _judge(case, attribute)
    if not case.campaign.people.attributes:
        yield cannot_tell(
            "attributes",
            "The campaign names no attribute, so nothing could be held against the population.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name the columns by which people may be treated differently, such as age.",
        )


def _judge(case: Case, attribute: str) -> Finding:
    outside, counted = case.audience.outside(attribute), tally(case, attribute)
    what = attribute.replace("_", " ")
    if not sum(outside.values()):
        return not_applicable(attribute, f"The population outside is not counted by {what}.")
    groups = {one.name: one for one in counted.groups}
    known = sum(one.on for one in groups.values())
    if not known:
        why = f"For nobody on the list is the {what} known."
        return cannot_tell(attribute, why, reason=Reason.GROUP_UNKNOWN, remedy=POOL)
    return _Told(case=case, counted=counted, outside=outside, known=known).finding()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Told:
    """One attribute: its make-up on the list, and outside."""

    case: Case
    counted: Tally
    outside: Mapping[str, int]
    known: int
    """People on the list whose group is known."""

    def finding(self) -> Finding:
        """The group most missing from the list named; all in the evidence."""
        judged = self._judged()
        worse = [one for one in judged if one.verdict in (Verdict.FAIL, Verdict.WATCH)]
        few = [one for one in judged if one.verdict is Verdict.CANNOT_TELL]
        names = list(dict.fromkeys([*self.outside, *self._on]))
        apart = distance(
            [self._on.get(n, 0) for n in names], [self.outside.get(n, 0) for n in names]
        )
        usual = noise(self.known, [self.outside.get(name, 0) for name in names])
        evidence = (*self._evidence(judged), self._distance(apart, usual))
        far = apart > max(self.case.limits(Limits).js_watch, usual)
        subject = self.counted.attribute
        if worse:
            worst = min(worse, key=lambda one: one.ratio.value or 0.0)
            return watch(subject, self._said(worst), *evidence, remedy=self._remedy(worst))
        if far:
            said = (
                f"The make-up of the list lies {apart:.2f} from that outside; usual is {usual:.2f}."
            )
            return watch(subject, said, *evidence, remedy="See which groups are missing, and why.")
        if few:
            said = f"Too few people to say of {listed([self._name(o.group) for o in few], most=3)}."
            reason = few[0].reason or Reason.TOO_FEW_PEOPLE
            return cannot_tell(subject, said, *evidence, reason=reason, remedy=POOL)
        what = subject.replace("_", " ")
        said = f"No group of {what} is missing: the list lies {apart:.2f} from the people outside."
        return clear(subject, said, *evidence)

    @property
    def _on(self) -> dict[str, int]:
        return {one.name: one.on for one in self.counted.groups}

    def _judged(self) -> tuple[Judged, ...]:
        whole = sum(self.outside.values())
        return tuple(
            facing(
                Group(name, self._on.get(name, 0), self.known),
                Group(OUTSIDE, people, whole),
                effect=self.case.campaign.effect,
                limits=self.case.policy.judging,
                pairs=len(self.outside),
            )
            for name, people in self.outside.items()
            if people
        )

    def _name(self, group: Group) -> str:
        return called(self.case, self.counted.attribute, group.name)

    def _shown(self, group: Group) -> int | None:
        """People of the group on the list, unless that would tell too much."""
        if group.name not in self._on:
            return 0
        return cells(self.case).of_attribute(self.counted).on[group.name]

    def _said(self, one: Judged) -> str:
        on, name = self._shown(one.group), self._name(one.group)
        share, theirs = one.group.on / one.group.of, one.reference.on / one.reference.of
        if on is None:
            return f"{name[:1].upper()}{name[1:]} are on the list less often than outside."
        scale = out_of(share, theirs)
        mine = f"{share * scale:.0f} of {scale:,}" if on else f"None of {one.group.of:,}"
        return f"{mine} people on the list are {name}, {theirs * scale:.0f} of {scale:,} outside."

    def _remedy(self, one: Judged) -> str:
        even = round(one.group.of * one.reference.on / one.reference.of)
        on, name = self._shown(one.group), self._name(one.group)
        source = self.case.campaign.population
        where = f" ({source.source})" if source else ""
        if on is None:
            return f"Find out what keeps {name} away, and ask them."
        way = "fewer" if even > on else "more"
        return (
            f"These are about {abs(even - on):,} {name} {way} than on an even list of this size. "
            f"Find out what keeps them away, or whether the population{where} is the right one."
        )

    def _evidence(self, judged: tuple[Judged, ...]) -> tuple[Evidence, ...]:
        missing = [name for name in self._on if name not in self.outside and name != SMALLER]
        rows = tuple(self._row(one) for one in judged)
        also = tuple(
            (name, self._shown_named(name), None, "not counted outside") for name in missing
        )
        table = Table(
            title=f"The list and the people outside, by {self.counted.attribute.replace('_', ' ')}",
            columns=("group", "on the list", "outside", "times as often"),
            rows=(*rows, *also),
        )
        lowest = min(judged, key=lambda one: one.ratio.value or 0.0)
        return (*self._pair(lowest), table)

    def _pair(self, one: Judged) -> tuple[Evidence, ...]:
        """The share on the list of the group that is most missing, beside its share outside."""
        here, there = f"{one.group.name}, on the list", f"{one.group.name}, outside"
        on, outside = self._shown(one.group), one.reference
        if on is None:
            return (Rate(group=here, yes=None, of=one.group.of, unsure=True),)
        return (
            replace(one.rate, group=here),
            Rate(group=there, yes=outside.on, of=outside.of),
            replace(one.ratio, group=here, reference=there, literal_reference=there),
        )

    def _shown_named(self, name: str) -> int | None:
        return self._shown(self.counted.named(name))

    def _row(self, one: Judged) -> tuple[str | int | None, ...]:
        on = self._shown(one.group)
        share = one.group.on / one.group.of / (one.reference.on / one.reference.of)
        return one.group.name, on, one.reference.on, None if on is None else f"{share:.2f}"

    def _distance(self, apart: float, usual: float) -> Table:
        unknown = self.counted.unknown.on
        shown = cells(self.case).of_attribute(self.counted).on[NOT_KNOWN] if unknown else 0
        return Table(
            title="How far apart the two make-ups lie",
            columns=("measure", "value"),
            rows=(
                ("Jensen–Shannon distance, base 2", f"{apart:.3f}"),
                ("95 of 100 even lists of this size stay under", f"{usual:.3f}"),
                ("people on the list whose group is not known", shown),
            ),
        )
