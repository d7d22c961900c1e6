"""The one rule by which groups are compared (floor, luck, range, few), from counts alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import Literal

from checks.campaign import Effect
from checks.evidence import Rate, Ratio
from checks.fairness.contrast import Contrast, drawable
from checks.finding import Reason, Verdict
from checks.policy import Judging
from checks.statistics import (
    luck,
    newcombe,
    ratio,
    settling,
    settling_burden,
    smallest_expected,
    wilson,
)

Side = Literal["on", "off"]


@dataclass(frozen=True, slots=True)
class Group:
    """How many people of a group are on the list, of how many who could have been."""

    name: str
    on: int
    of: int

    def __post_init__(self) -> None:
        """Refuse counts that no list can have."""
        if not 0 <= self.on <= self.of:
            raise ValueError(f"{self.name}: {self.on} of {self.of} people cannot be on a list")

    @property
    def off(self) -> int:
        """People of the group who are not on the list."""
        return self.of - self.on


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """What the rule says about one group against the benchmark.

    Its numbers are worked out when they are asked for: of a hundred groups few are told.
    """

    group: Group
    reference: Group
    """The benchmark."""
    verdict: Verdict
    reason: Reason | None
    """For cannot_tell."""
    rule: _Rule
    sides: tuple[Side, ...] = ("on",)
    """The sides of the list that were looked at, the more pressing first."""
    tilted: tuple[Verdict, ...] = ()
    """Verdicts with the unknown tilted for and against; empty where nobody is unknown."""
    noticeable: bool = False
    """Clear, and yet there is a difference that luck does not explain: detectable but small."""
    unknown: Group | None = None
    """The people whose group is not known."""

    @property
    def benchmark(self) -> bool:
        """Whether this group is the benchmark itself."""
        return self.group is self.reference

    @property
    def rate(self) -> Rate:
        """How often it was chosen, with its range."""
        low, high = wilson(self.group.on, self.group.of)
        unsure = self.verdict is Verdict.CANNOT_TELL
        return Rate(
            group=self.group.name,
            yes=self.group.on,
            of=self.group.of,
            low=low,
            high=high,
            unsure=unsure,
        )

    @property
    def ratio(self) -> Ratio:
        """Of the side that is the more pressing."""
        return _ratio(self.group, self.reference, self.rule, self.sides[0])

    @property
    def other_side(self) -> Ratio | None:
        """Of the other side, where both were looked at."""
        others = [_ratio(self.group, self.reference, self.rule, one) for one in self.sides[1:]]
        return others[0] if others else None

    @property
    def needed(self) -> int | None:
        """People the group would need for a clear answer in four of five equal campaigns.

        None where the benchmark is too small for any answer.
        """
        if self.benchmark:
            return None
        return needed(self.reference, effect=self.rule.effect, limits=self.rule.limits)

    @property
    def worst(self) -> tuple[float, float] | None:
        """Lowest and highest ratio that the unknown could make; printed, and decides nothing."""
        if self.benchmark or not self.unknown or not self.unknown.of:
            return None
        return _worst(self.group, self.reference, self.unknown, self.rule)


@dataclass(frozen=True, slots=True)
class NoComparison:
    """Why no group of this attribute can be compared."""

    reason: Reason
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rule:
    """The limits, the direction and the size of the family."""

    limits: Judging
    effect: Effect
    pairs: int
    extreme: Group
    """Whoever is literally best placed, however small."""

    def on(self, group: Group, reference: Group) -> Contrast:
        """How often chosen: at least as large as 1 where the group is no worse off."""
        return _facing(self.effect, (group.on, group.of), (reference.on, reference.of))

    def off(self, group: Group, reference: Group) -> Contrast:
        """How often left out (a burden: how often the reference is spared)."""
        return _facing(self.effect, (group.off, group.of), (reference.off, reference.of))

    def luck(self, group: Group, reference: Group) -> float:
        """The luck number: p of the table times the pairs, at most 1."""
        enough = float(self.limits.expected_min.value)
        return min(1.0, luck(*_table(group, reference), enough) * self.pairs)

    def few(self, group: Group, reference: Group) -> bool:
        """Whether there are too few people for anything but a fail or a watch."""
        expected = smallest_expected(*_table(group, reference))
        return group.of < self.limits.n_min.value or expected < self.limits.expected_min.value


def judge(
    groups: Sequence[Group],
    *,
    effect: Effect,
    limits: Judging,
    complete: bool = False,
    unknown: Group | None = None,
    pairs: int | None = None,
) -> tuple[Judged, ...] | NoComparison:
    """Judge every group by DESIGN §5, both sides of the list.

    `pairs` is the number of pairs in the family, G(G−1)/2 of these groups when not given. Groups
    of nobody are passed over. Whoever is not sure of the effect judges each way by itself.
    """
    if effect == "not_sure":
        raise ValueError("judge each way by itself: see checks.both_ways")
    known = [group for group in groups if group.of]
    if not known:
        return NoComparison(Reason.GROUP_UNKNOWN, "For nobody in the file is the group known.")
    everyone = [*known, unknown] if unknown else known
    if missing := _no_base(everyone, limits, complete=complete):
        return missing
    reference = benchmark(known, effect=effect, limits=limits)
    if reference is None:
        why = f"No group has {limits.n_min.value} people, so there is none to compare with."
        return NoComparison(Reason.NO_BENCHMARK, why)
    rule = _Rule(
        limits=limits,
        effect=effect,
        pairs=len(known) * (len(known) - 1) // 2 if pairs is None else pairs,
        extreme=_extreme(known, effect),
    )
    return tuple(_judged(group, reference, known, unknown, rule) for group in known)


def facing(
    group: Group, reference: Group, *, effect: Effect, limits: Judging, pairs: int
) -> Judged:
    """One group against one given reference: the list alone, as for shares of a make-up."""
    best = _extreme((group, reference), effect)
    rule = _Rule(limits=limits, effect=effect, pairs=pairs, extreme=best)
    verdict, reason = _on_the_list(group, reference, rule, rule.luck(group, reference))
    return Judged(
        group=group,
        reference=reference,
        verdict=verdict,
        reason=reason,
        rule=rule,
        noticeable=rule.luck(group, reference) <= limits.luck_watch.value,
    )


def benchmark(groups: Sequence[Group], *, effect: Effect, limits: Judging) -> Group | None:
    """The group most surely chosen most (a burden: least), among those that are not too small."""
    able = [group for group in groups if group.of >= limits.n_min.value]
    if effect == "opportunity":
        return max(able, key=lambda g: (wilson(g.on, g.of)[0], g.of), default=None)
    return min(able, key=lambda g: (wilson(g.on, g.of)[1], -g.of), default=None)


def needed(reference: Group, *, effect: Effect, limits: Judging) -> int | None:
    """People a group would need beside this benchmark for a clear answer, four times in five."""
    floor, share = float(limits.floor.value), reference.on / reference.of
    settle = settling if effect == "opportunity" else settling_burden
    people = settle(share, reference.of, floor)
    rarer = min(share, 1 - share)
    if people is None or not rarer:
        return people and max(people, limits.n_min.value)
    enough = ceil(limits.expected_min.exact / Fraction(rarer))
    return max(people, limits.n_min.value, enough)


def _no_base(everyone: Sequence[Group], limits: Judging, *, complete: bool) -> NoComparison | None:
    on, people = sum(group.on for group in everyone), sum(group.of for group in everyone)
    if not on:
        return NoComparison(Reason.NO_BASE, f"None of the {people:,} people is on the list.")
    if complete or on < people * limits.full_list.exact:
        return None
    why = (
        f"The list holds {on:,} of the {people:,} people in the file: who was left out is missing."
    )
    return NoComparison(Reason.NO_BASE, why)


def _judged(
    group: Group, reference: Group, known: Sequence[Group], unknown: Group | None, rule: _Rule
) -> Judged:
    if group is reference:
        return Judged(
            group=group, reference=reference, verdict=Verdict.CLEAR, reason=None, rule=rule
        )
    verdict, reason, side = _sides(group, reference, rule)
    tilted = _tilted(group, reference, known, unknown, rule)
    if verdict is not Verdict.CANNOT_TELL and any(other is not verdict for other in tilted):
        verdict, reason, side = Verdict.CANNOT_TELL, Reason.GROUP_UNKNOWN, "on"
    chance = rule.luck(group, reference)
    return Judged(
        group=group,
        reference=reference,
        verdict=verdict,
        reason=reason,
        rule=rule,
        sides=("on", "off") if side == "on" else ("off", "on"),
        tilted=tilted,
        noticeable=verdict is Verdict.CLEAR and chance <= rule.limits.luck_watch.value,
        unknown=unknown,
    )


def _sides(group: Group, reference: Group, rule: _Rule) -> tuple[Verdict, Reason | None, Side]:
    """The more pressing of the two sides of the list; the list itself where they are equal."""
    chance = rule.luck(group, reference)
    verdict, reason = _on_the_list(group, reference, rule, chance)
    left_out = _off_the_list(rule.off(group, reference), rule.limits, chance)
    if left_out and left_out.urgency < verdict.urgency:
        return left_out, None, "off"
    return verdict, reason, "on"


def _on_the_list(
    group: Group, reference: Group, rule: _Rule, chance: float
) -> tuple[Verdict, Reason | None]:
    """The five steps, in their order."""
    limits, chosen = rule.limits, rule.on(group, reference)
    if chosen.below(limits.floor.exact) and chance <= limits.luck_fail.value:
        return Verdict.FAIL, None
    if chosen.below(limits.watch_line.exact) and chance <= limits.luck_watch.value:
        return Verdict.WATCH, None
    if rule.few(group, reference):
        return Verdict.CANNOT_TELL, _why_few(group, reference, rule)
    if chosen.surely(limits.floor.value):
        return Verdict.CLEAR, None
    return Verdict.CANNOT_TELL, Reason.RANGE_CROSSES_LIMIT


def _off_the_list(left_out: Contrast, limits: Judging, chance: float) -> Verdict | None:
    excess = limits.exclusion.value
    if left_out.above(excess.fail) and chance <= limits.luck_fail.value:
        return Verdict.FAIL
    if left_out.above(excess.watch) and chance <= limits.luck_watch.value:
        return Verdict.WATCH
    return None


def _why_few(group: Group, reference: Group, rule: _Rule) -> Reason:
    """One person flips where one more or fewer on the list would cross the limit."""
    floor = rule.limits.floor.exact
    now = rule.on(group, reference).below(floor)
    moved = [replace(group, on=on) for on in (group.on - 1, group.on + 1) if 0 <= on <= group.of]
    if any(rule.on(other, reference).below(floor) != now for other in moved):
        return Reason.ONE_PERSON_FLIPS
    return Reason.TOO_FEW_PEOPLE


def _tilted(
    group: Group, reference: Group, known: Sequence[Group], unknown: Group | None, rule: _Rule
) -> tuple[Verdict, ...]:
    """The verdicts if the unknown on the list were twice, or half, as often of this group.

    The unknown off the list are shared out as the known are.
    """
    if not unknown or not unknown.of:
        return ()
    by = rule.limits.unknown_tilt.exact
    on, off = sum(one.on for one in known), sum(one.off for one in known)
    found = []
    for tilt in (by, 1 / by):
        more = _shared(unknown.on, on, (group.on, tilt), (reference.on, 1 / tilt))
        less = _shared(unknown.off, off, (group.off, Fraction(1)), (reference.off, Fraction(1)))
        ours, theirs = (
            Group(one.name, one.on + there, one.of + there + away)
            for one, there, away in zip((group, reference), more, less, strict=True)
        )
        found.append(_sides(ours, theirs, rule)[0])
    return tuple(found)


def _shared(people: int, known: int, *parts: tuple[int, Fraction]) -> tuple[int, ...]:
    """So many of the unknown fall to each part, by its share of the known times its tilt."""
    given: list[int] = []
    for size, tilt in parts:
        wanted = _nearest(people * size * tilt.numerator, known * tilt.denominator) if known else 0
        given.append(min(wanted, people - sum(given)))
    return tuple(given)


def _nearest(top: int, bottom: int) -> int:
    """The whole number nearest to a fraction, as `round` has it: half goes to the even one.

    >>> [_nearest(halves, 2) for halves in (1, 2, 3, 5, 7)], [_nearest(1, 3), _nearest(2, 3)]
    ([0, 1, 2, 2, 4], [0, 1])
    """
    whole, rest = divmod(top, bottom)
    return whole + (2 * rest > bottom or (2 * rest == bottom and whole % 2 == 1))


def _worst(group: Group, reference: Group, unknown: Group, rule: _Rule) -> tuple[float, float]:
    """The ratio if all the unknown spoke against the group, and if all spoke for it."""
    least, most = _at_worst(group, unknown), _at_best(group, unknown)
    low_reference, high_reference = _at_worst(reference, unknown), _at_best(reference, unknown)
    if rule.effect == "opportunity":
        return ratio(*least, *high_reference), ratio(*most, *low_reference)
    return ratio(*low_reference, *most), ratio(*high_reference, *least)


def _at_worst(group: Group, unknown: Group) -> tuple[int, int]:
    return group.on, group.of + unknown.off


def _at_best(group: Group, unknown: Group) -> tuple[int, int]:
    return group.on + unknown.on, group.of + unknown.on


def _ratio(group: Group, reference: Group, rule: _Rule, side: Side) -> Ratio:
    """The evidence: the ratio of one side with its direction, range, luck and literal neighbour."""
    way = rule.on if side == "on" else rule.off
    contrast, extreme = way(group, reference), rule.extreme
    itself = group is reference
    low, high = (1.0, 1.0) if itself else contrast.range
    points_low, points_high = (None, None) if itself else newcombe(*_cells(group, reference, side))
    yes, of, other, others = _cells(group, reference, side)
    limits = rule.limits
    floor = limits.floor.value if side == "on" else limits.exclusion.value.fail.times
    return Ratio(
        group=group.name,
        reference=reference.name,
        value=1.0 if itself else contrast.value,
        low=drawable(low),
        high=drawable(high),
        floor=float(floor),
        luck=None if itself else rule.luck(group, reference),
        pairs=rule.pairs,
        literal=1.0 if group is extreme else way(group, extreme).value,
        literal_reference=extreme.name,
        side=side,
        points=yes / of - other / others,
        points_low=points_low,
        points_high=points_high,
        turned=rule.effect == "burden",
    )


def _extreme(known: Sequence[Group], effect: Effect) -> Group:
    good = effect == "opportunity"
    return max(known, key=lambda g: (Fraction(g.on, g.of) * (1 if good else -1), g.of))


def _facing(effect: Effect, group: tuple[int, int], reference: tuple[int, int]) -> Contrast:
    return Contrast(group, reference) if effect == "opportunity" else Contrast(reference, group)


def _table(group: Group, reference: Group) -> tuple[int, int, int, int]:
    return group.on, group.of, reference.on, reference.of


def _cells(group: Group, reference: Group, side: Side) -> tuple[int, int, int, int]:
    if side == "on":
        return _table(group, reference)
    return group.off, group.of, reference.off, reference.of
