"""Amounts compared between groups, from counts: how many people have which amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import exp, log, sqrt

import numpy as np
from numpy.typing import NDArray

from checks.statistics import Range, Z

DRAWS = 1_000
"""How often a bootstrap draws again; its seed is fixed, so that the same counts give the same."""
SEED = 1607
REMEMBERED = 256
"""So many groups' draws are kept: each is held against another in several findings."""
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Amounts:
    """The amounts of one group: each with the people who have it, rising."""

    name: str
    counted: tuple[tuple[float, int], ...]

    @classmethod
    def of(cls, name: str, counted: Sequence[tuple[float, int]]) -> Amounts:
        """Amounts in whatever order; nobody's are passed over."""
        return cls(name, tuple(sorted((amount, n) for amount, n in counted if n)))

    @cached_property
    def values(self) -> Floats:
        """The amounts."""
        return np.array([amount for amount, _ in self.counted], dtype=float)

    @cached_property
    def people_by(self) -> NDArray[np.int64]:
        """How many people have each."""
        return np.array([people for _, people in self.counted], dtype=np.int64)

    @property
    def people(self) -> int:
        """Everybody of the group."""
        return int(self.people_by.sum())

    @property
    def total(self) -> float:
        """All amounts together."""
        return float(self.values @ self.people_by)

    @property
    def mean(self) -> float:
        """The mean amount."""
        return self.total / self.people

    @property
    def variance(self) -> float:
        """The variance of the sample; 0 of one person."""
        if self.people < 2:
            return 0.0
        return float((self.values - self.mean) ** 2 @ self.people_by) / (self.people - 1)

    @property
    def median(self) -> float:
        """The middle amount; halfway between the two in the middle of an even number."""
        return float(_medians(self, self.people_by[None, :])[0])


def welch(group: Amounts, reference: Amounts) -> float:
    """How often chance alone would part two equal means so far or further, by Welch's test."""
    if min(group.people, reference.people) < 2:
        return 1.0
    if not group.variance and not reference.variance:
        return 1.0 if group.mean == reference.mean else 0.0
    from scipy.stats import ttest_ind_from_stats  # noqa: PLC0415 — slow to load

    found = ttest_ind_from_stats(
        *(group.mean, sqrt(group.variance), group.people),
        *(reference.mean, sqrt(reference.variance), reference.people),
        equal_var=False,
    )
    return float(found.pvalue)


def gap_range(group: Amounts, reference: Amounts, unit: float, *, median: bool = False) -> Range:
    """The 95 % range of the difference of two means (or medians), in units; by bootstrap."""
    ours, theirs = (_drawn(one, median=median) for one in (group, reference))
    low, high = np.percentile((ours - theirs) / unit, [2.5, 97.5])
    return float(low), float(high)


@lru_cache(maxsize=REMEMBERED)
def _drawn(one: Amounts, *, median: bool) -> Floats:
    """The mean or median of a group drawn again and again; no two groups share their luck."""
    rng = np.random.default_rng([SEED, *one.name.encode()])
    people = rng.multinomial(one.people, one.people_by / one.people, size=DRAWS)
    means: Floats = people @ one.values / one.people
    return _medians(one, people) if median else means


def _medians(one: Amounts, people: NDArray[np.int64]) -> Floats:
    passed = np.cumsum(people, axis=1)
    low, high = ((passed >= place).argmax(axis=1) for place in _middle(one.people))
    middle: Floats = (one.values[low] + one.values[high]) / 2
    return middle


def _middle(people: int) -> tuple[int, int]:
    return (people + 1) // 2, people // 2 + 1


@dataclass(frozen=True, slots=True)
class Frequency:
    """How many times as often one group is contacted as another."""

    ratio: float
    low: float
    high: float
    luck: float


def frequency(group: Amounts, reference: Amounts, among: Sequence[Amounts]) -> Frequency:
    """The ratio of two mean counts, with a variance that the data show (quasi-Poisson).

    `among` are all groups; how much more counts spread in them than Poisson's would is the same
    for all. Both groups have had at least one.
    """
    ratio = group.mean / reference.mean
    error = sqrt(max(dispersion(among), 0.0) * (1 / group.total + 1 / reference.total))
    if not error:
        return Frequency(ratio, ratio, ratio, 1.0 if ratio == 1 else 0.0)
    from scipy.special import ndtr  # noqa: PLC0415 — slow to load

    off = log(ratio)
    chance = 2 * float(ndtr(-abs(off) / error))
    return Frequency(ratio, exp(off - Z * error), exp(off + Z * error), chance)


def dispersion(groups: Sequence[Amounts]) -> float:
    """Pearson's dispersion: 1 where counts spread as Poisson's do.

    >>> dispersion([Amounts.of("a", [(0, 1), (2, 1)]), Amounts.of("b", [(1, 2)])])
    1.0
    """
    able = [one for one in groups if one.mean]
    free = sum(one.people for one in able) - len(able)
    excess = sum(one.variance * (one.people - 1) / one.mean for one in able)
    return excess / free if free > 0 else 0.0
