"""Points that one step settles: taking off everyone who may not be contacted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checks.evidence import Waterfall
from review.record import Obstacle, Review

COVERAGE = "consent.coverage"
WITHIN = ("consent.opt_out_leak", "consent.unknown")
"""Checks that count people whom the cleaned list of the same channel leaves out as well."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A point, and those that are settled with it."""

    point: Obstacle
    settles: tuple[Obstacle, ...] = ()


def steps(review: Review, pressing: Sequence[Obstacle]) -> tuple[Step, ...]:
    """The points in their order; a cleaned list stands where the first that it settles would."""
    lead = {_channel(one.finding): one for one in pressing if _counts_everybody(review, one)}
    with_it: dict[str, list[Obstacle]] = {}
    for one in pressing:
        check, _, channel = (one.finding or "").partition("/")
        if check in WITHIN and channel in lead:
            with_it.setdefault(channel, []).append(one)
    found: dict[str, Step] = {}
    for one in pressing:
        channel = _channel(one.finding)
        settles = with_it.get(channel, [])
        if settles and (one in settles or one == lead[channel]):
            found.setdefault(channel, Step(point=lead[channel], settles=tuple(settles)))
        else:
            found[f"alone {len(found)}"] = Step(point=one)
    return tuple(found.values())


def _counts_everybody(review: Review, one: Obstacle) -> bool:
    finding = review.finding(one.finding) if one.finding else None
    if finding is None or finding.check != COVERAGE:
        return False
    return any(isinstance(each, Waterfall) for each in finding.evidence)


def _channel(finding: str | None) -> str:
    return (finding or "").partition("/")[2]
