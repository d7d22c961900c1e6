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
    taught = [_odds(values, people - fold) for fold in folds]
    return tuple(
        found
        for group in groups
        if (found := _pooled(group, folds, [odds[:, group] for odds in taught]))
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
        mine: Floats = np.stack([np.bincount(field, weights=one) for one in people.T], axis=1)
        others = mine.sum(axis=1, keepdims=True) - mine
        total += _share(mine)[field] - _share(others)[field]
    return total.round(12)


def _share(people: Floats) -> Floats:
    """The logarithm of each value's share of a group, with half a person more in each."""
    grown = people + 0.5
    shares: Floats = np.log(grown) - np.log(grown.sum(axis=0, keepdims=True))
    return shares


def _pooled(group: int, folds: Sequence[Counts], odds: Sequence[Floats]) -> Telling | None:
    found = []
    for fold, speaks in zip(folds, odds, strict=True):
        mine = fold[:, group]
        others = fold.sum(axis=1) - mine
        if mine.sum() > 1 and others.sum() > 1:
            found.append((float(mine.sum()) * float(others.sum()), *_area(speaks, mine, others)))
    whole = sum(weight for weight, _, _ in found)
    if not whole:
        return None
    auc = sum(weight * area for weight, area, _ in found) / whole
    half = Z * float(np.sqrt(sum((weight / whole) ** 2 * spread for weight, _, spread in found)))
    return Telling(group, auc, max(0.0, auc - half), min(1.0, auc + half))


def _area(speaks: Floats, mine: Counts, others: Counts) -> tuple[float, float]:
    """The area under the curve, and DeLong's variance of it, from counts by value."""
    _, place = np.unique(speaks, return_inverse=True)
    ours = np.bincount(place, weights=mine)
    theirs = np.bincount(place, weights=others)
    m, n = ours.sum(), theirs.sum()
    above = (np.cumsum(theirs) - theirs / 2) / n
    beaten = (m - np.cumsum(ours) + ours / 2) / m
    area = float((ours * above).sum() / m)
    spread = (ours * (above - area) ** 2).sum() / (m - 1) / m
    spread += (theirs * (beaten - area) ** 2).sum() / (n - 1) / n
    return area, float(spread)


def _filled(table: Counts) -> Counts:
    """Without the rows and columns that nobody is in."""
    filled: Counts = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    return filled
