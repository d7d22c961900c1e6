"""How much one column tells about another, from a table of counts.

A table has a row a value and a column a group; what counts is people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checks.statistics import Z

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]
FOLDS = 5
SEED = 1607
"""So that the same counts fall into the same folds on every machine."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How often a person of a group is told from one outside it: the area under the curve."""

    group: int
    """Its column in the table."""
    auc: float
    low: float
    high: float


def cramers_v(table: Counts) -> float:
    """Cramér's V without its upward bias in small samples, by Bergsma's correction (2013).

    0 where the columns are independent, 1 where one decides the other.

    >>> f"{cramers_v(np.array([[100, 150], [203, 322], [420, 700], [320, 210]])):.8f}"
    '0.18286188'
    """
    table = _filled(table)
    people, (rows, columns) = int(table.sum()), table.shape
    if min(rows, columns) < 2 or people < 2:
        return 0.0
    phi = _chi_square(table) / people
    excess = max(0.0, phi - (rows - 1) * (columns - 1) / (people - 1))
    narrow = min(side - (side - 1) ** 2 / (people - 1) for side in (rows, columns))
    return min(1.0, float(np.sqrt(excess / (narrow - 1)))) if narrow > 1 else 0.0


def luck(table: Counts) -> float:
    """How often chance alone would tie two columns so closely or more, by the chi-square test."""
    table = _filled(table)
    if min(table.shape) < 2:
        return 1.0
    from scipy.special import chdtrc  # noqa: PLC0415 — slow to load

    rows, columns = table.shape
    return float(chdtrc((rows - 1) * (columns - 1), _chi_square(table)))


def _chi_square(table: Counts) -> float:
    """Pearson's statistic; scipy's ``chi2_contingency`` spends ten times as long on its checks."""
    rows, columns = table.sum(axis=1, keepdims=True), table.sum(axis=0, keepdims=True)
    expected = rows * columns / table.sum()
    return float(((table - expected) ** 2 / expected).sum())


def residuals(table: Counts) -> Floats:
    """Adjusted standardised residuals: beyond ±2 a cell holds more or fewer than chance would."""
    people = table.sum()
    rows, columns = table.sum(axis=1, keepdims=True), table.sum(axis=0, keepdims=True)
    expected = rows * columns / people
    spread = expected * (1 - rows / people) * (1 - columns / people)
    gap = table - expected
    apart: Floats = np.divide(gap, np.sqrt(spread), out=np.zeros_like(gap), where=spread > 0)
    return apart


def false_discoveries(lucks: Sequence[float]) -> tuple[float, ...]:
    """Adjusted by Benjamini and Hochberg: the share of false alarms in a list up to each."""
    if not lucks:
        return ()
    from statsmodels.stats.multitest import multipletests  # noqa: PLC0415 — slow to load

    return tuple(float(one) for one in multipletests(lucks, method="fdr_bh")[1])


def one_against_rest(
    values: Counts, people: Counts, seed: int = SEED, least: int = 1
) -> tuple[Telling, ...]:
    """For each group, how well values alone tell its people from all others.

    `values` has a row a cell and a column a field, in whole numbers; `people` has the cell's people
    by group. With several fields they are put together by naive Bayes. Cross-fitted: of five folds
    each is judged by what the other four taught. Groups of fewer than `least` people are passed
    over. The range is DeLong's.
    """
    folds = _folds(people, np.random.default_rng(seed))
    sizes = people.sum(axis=0)
    groups = [g for g, size in enumerate(sizes) if least <= size < sizes.sum()]
    told = [_areas(_odds(values, people - fold), fold) for fold in folds]
    return tuple(
        found for group in groups if (found := _pooled(group, [fold[:, group] for fold in told]))
    )


def _folds(people: Counts, rng: np.random.Generator) -> list[Counts]:
    """The people of each cell dealt out at random into so many folds."""
    rest, dealt = people.copy(), []
    for left in range(FOLDS, 1, -1):
        fold = rng.binomial(rest, 1 / left)
        dealt.append(fold)
        rest = rest - fold
    return [*dealt, rest]


def _odds(values: Counts, people: Counts) -> Floats:
    """For each cell and group, how much its values speak for the group: a sum of log odds."""
    total = np.zeros(people.shape)
    for field in values.T if people.size else ():
        mine = np.zeros((int(field.max()) + 1, people.shape[1]))
        np.add.at(mine, field, people)
        others = mine.sum(axis=1, keepdims=True) - mine
        total += (_share(mine) - _share(others))[field]
    return total.round(12)


def _share(people: Floats) -> Floats:
    """The logarithm of each value's share of a group, with half a person more in each."""
    grown = people + 0.5
    shares: Floats = np.log(grown) - np.log(grown.sum(axis=0, keepdims=True))
    return shares


def _pooled(group: int, folds: Sequence[Floats]) -> Telling | None:
    """The areas of all folds together, each by the pairs of people it rests on."""
    weights, areas, spreads = np.array(folds).T
    whole = weights.sum()
    if not whole:
        return None
    share = weights / whole
    auc, half = float(share @ areas), Z * float(np.sqrt(share**2 @ spreads))
    return Telling(group, auc, max(0.0, auc - half), min(1.0, auc + half))


def _areas(speaks: Floats, people: Counts) -> Floats:
    """For each group: pairs of a person in it and one outside, the area, and its variance.

    The area under the curve and DeLong's variance of it, from counts by value. A column is nought
    where there is hardly anybody in the group, or outside it.
    """
    order = np.argsort(speaks, axis=0)
    speaks = np.take_along_axis(speaks, order, axis=0)
    ours = np.take_along_axis(people, order, axis=0).astype(np.float64)
    theirs = people.sum(axis=1)[order] - ours
    m, n = ours.sum(axis=0), theirs.sum(axis=0)
    able = (m > 1) & (n > 1)
    m, n = np.where(able, m, 2), np.where(able, n, 2)
    starts, ends = _runs(speaks)
    above, beaten = _below(theirs, starts, ends) / n, 1 - _below(ours, starts, ends) / m
    area = (ours * above).sum(axis=0) / m
    spread = (ours * (above - area) ** 2).sum(axis=0) / (m - 1) / m
    spread += (theirs * (beaten - area) ** 2).sum(axis=0) / (n - 1) / n
    return np.where(able, [m * n, area, spread], 0.0)


def _runs(rising: Floats) -> tuple[Counts, Counts]:
    """For each place of each column, where the run of values equal to its own starts and ends."""
    rows, places = len(rising), np.arange(len(rising))[:, None]
    new = np.ones((rows + 1, rising.shape[1]), dtype=np.bool_)
    new[1:-1] = rising[1:] != rising[:-1]
    starts = np.maximum.accumulate(np.where(new[:-1], places, 0), axis=0)
    last = np.where(new[1:], places + 1, rows)[::-1]
    return starts, np.minimum.accumulate(last, axis=0)[::-1]


def _below(people: Floats, starts: Counts, ends: Counts) -> Floats:
    """How many people speak less for a group than those of a run; half of those in it count."""
    summed = np.zeros((len(people) + 1, people.shape[1]))
    np.cumsum(people, axis=0, out=summed[1:])
    lower, upper = (np.take_along_axis(summed, at, axis=0) for at in (starts, ends))
    middle: Floats = (lower + upper) / 2
    return middle


def _filled(table: Counts) -> Counts:
    """Without the rows and columns that nobody is in."""
    filled: Counts = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    return filled
