"""The rule of DESIGN §5 on two rates that were standardised, and so are no counts any more."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from checks.campaign import Effect
from checks.fairness.judging import Group
from checks.finding import Verdict
from checks.policy import Judging
from checks.statistics import smallest_expected


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What the rule says of two rates that were standardised, without the counts behind them."""

    verdict: Verdict
    ratio: float | None
    range: tuple[float, float]
    luck: float
    """Times the pairs of groups."""
    noticeable: bool
    """Whether luck does not explain the difference."""


def standing(
    group: Group,
    reference: Group,
    *,
    rates: tuple[float, float],
    range_: tuple[float, float],
    chance: float,
    effect: Effect,
    limits: Judging,
    pairs: int,
) -> Standing:
    """The steps of the rule on two rates, on the list; the counts say whether there are too few."""
    mine, theirs = rates if effect == "opportunity" else rates[::-1]
    low, high = range_
    if effect == "burden":
        low, high = (1 / high if high else inf), (1 / low if low else inf)
    luck_ = min(1.0, chance * pairs)
    value = mine / theirs if theirs else None
    left_out = _excess((1 - rates[0], 1 - rates[1]), limits, luck_, effect)
    verdict = _stepped(value, low, luck_, _few(group, reference, limits), limits)
    if left_out is not None and left_out.urgency < verdict.urgency:
        verdict = left_out
    return Standing(
        verdict=verdict,
        ratio=value,
        range=(low, high),
        luck=luck_,
        noticeable=luck_ <= limits.luck_watch.value,
    )


def _stepped(value: float | None, low: float, chance: float, few: bool, limits: Judging) -> Verdict:  # noqa: FBT001
    if value is not None and value < limits.floor.value and chance <= limits.luck_fail.value:
        return Verdict.FAIL
    if value is not None and value < limits.watch_line.value and chance <= limits.luck_watch.value:
        return Verdict.WATCH
    if few or value is None or low < limits.floor.value:
        return Verdict.CANNOT_TELL
    return Verdict.CLEAR


def _excess(
    off: tuple[float, float], limits: Judging, chance: float, effect: Effect
) -> Verdict | None:
    """The other side of the list, on two rates of being left out (a burden: of being spared)."""
    more, less = off if effect == "opportunity" else off[::-1]
    excess = limits.exclusion.value
    for verdict, limit, most in (
        (Verdict.FAIL, excess.fail, limits.luck_fail.value),
        (Verdict.WATCH, excess.watch, limits.luck_watch.value),
    ):
        if more > limit.times * less and more - less >= limit.points / 100 and chance <= most:
            return verdict
    return None


def _few(group: Group, reference: Group, limits: Judging) -> bool:
    expected = smallest_expected(group.on, group.of, reference.on, reference.of)
    return group.of < limits.n_min.value or expected < limits.expected_min.value
