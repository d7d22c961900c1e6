"""The one rule by which groups are compared (floor, luck, range, few), from counts alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checks.campaign import Effect
from checks.evidence import Rate, Ratio
from checks.finding import Reason, Verdict
from checks.policy import Judging


@dataclass(frozen=True, slots=True)
class Group:
    """How many people of a group are on the list, of how many who could have been."""

    name: str
    on: int
    of: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """What the rule says about one group against the benchmark."""

    group: Group
    verdict: Verdict
    reason: Reason | None
    """For cannot_tell."""
    rate: Rate
    ratio: Ratio
    """Of the side that is the more pressing."""
    other_side: Ratio | None
    needed: int | None
    """People the group would need for a clear answer in four of five equal campaigns; None
    where the benchmark is too small for any answer."""
    benchmark: bool
    """Whether this group is the benchmark itself."""
    tilted: tuple[Verdict, ...] = ()
    """Verdicts with the unknown tilted for and against; empty where nobody is unknown."""


@dataclass(frozen=True, slots=True)
class NoComparison:
    """Why no group of this attribute can be compared."""

    reason: Reason
    why: str


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

    `pairs` is the number of pairs in the family, G(G−1)/2 of these groups when not given.
    """
    raise NotImplementedError
