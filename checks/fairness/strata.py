"""Like compared with like: rates within strata, and the rates of one common make-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checks.statistics import Range, luck

DRAWS = 2_000
SEED = 1607
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stratum:
    """One group and its reference within one stratum: how many on the list, of how many."""

    name: str
    weight: int
    """All people of the stratum in the file, of every group."""
    on: int
    of: int
    reference_on: int
    reference_of: int

    @property
    def shared(self) -> bool:
        """Whether there is anybody of both, so that they can be compared here."""
        return bool(self.of and self.reference_of)

    @property
    def table(self) -> list[list[int]]:
        """The two-by-two table."""
        return [
            [self.on, self.of - self.on],
            [self.reference_on, self.reference_of - self.reference_on],
        ]

    @property
    def gap(self) -> float:
        """How far the group is ahead of its reference, as a share."""
        return self.on / self.of - self.reference_on / self.reference_of

    @property
    def luck(self) -> float:
        """How often chance alone would part the two so far or further here."""
        return luck(self.on, self.of, self.reference_on, self.reference_of)


@dataclass(frozen=True, kw_only=True, slots=True)
class Standardised:
    """Two rates as they would be if both groups were spread over the strata as all people are."""

    rate: float
    reference: float
    ratio: Range
    """The 95 % range of the ratio of the two; by bootstrap."""
    luck: float
    """p of Cochran, Mantel and Haenszel."""
    covered: int
    """People of the strata in which both groups are found; only these are compared."""


def standardised(strata: Sequence[Stratum]) -> Standardised | None:
    """Directly standardised rates, weighted by all people; None where no stratum has both."""
    shared = [one for one in strata if one.shared]
    if not shared:
        return None
    weights = np.array([one.weight for one in shared], dtype=float)
    weights /= weights.sum()
    rates, references = _rates(shared, weights, np.random.default_rng(SEED))
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = np.nanpercentile(rates / references, [2.5, 97.5])
    return Standardised(
        rate=float(weights @ np.array([one.on / one.of for one in shared])),
        reference=float(weights @ np.array([o.reference_on / o.reference_of for o in shared])),
        ratio=(float(low), float(high)),
        luck=mantel_haenszel(shared).luck,
        covered=sum(one.weight for one in shared),
    )


def _rates(
    strata: Sequence[Stratum], weights: Floats, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Both standardised rates as they come out when every cell is drawn again."""
    drawn = []
    for yes, of in (("on", "of"), ("reference_on", "reference_of")):
        on = np.array([getattr(one, yes) for one in strata])
        people = np.array([getattr(one, of) for one in strata])
        drawn.append(
            rng.binomial(people, on / people, size=(DRAWS, len(strata))) / people @ weights
        )
    return drawn[0], drawn[1]


@dataclass(frozen=True, slots=True)
class Common:
    """The common odds ratio over strata; to look at, as odds ratios do not collapse."""

    odds: float
    low: float
    high: float
    chi_square: float
    luck: float
    """p of Cochran, Mantel and Haenszel, without correction."""
    unlike: float
    """p of Breslow and Day: small where the strata do not have one odds ratio."""


def mantel_haenszel(strata: Sequence[Stratum]) -> Common:
    """Mantel and Haenszel's odds ratio and test over strata with anybody on and off the list."""
    tables = [np.array(one.table).T for one in strata if _informs(one)]
    if not tables:
        nothing = float("nan")
        return Common(nothing, nothing, nothing, 0.0, 1.0, nothing)
    with np.errstate(all="ignore"):
        from statsmodels.stats.contingency_tables import (  # noqa: PLC0415 — slow to load
            StratifiedTable,
        )

        found = StratifiedTable(tables)
        test = found.test_null_odds(correction=False)
        low, high = found.oddsratio_pooled_confint()
        unlike = found.test_equal_odds().pvalue if len(tables) > 1 else float("nan")
    return Common(
        float(found.oddsratio_pooled),
        float(low),
        float(high),
        float(test.statistic),
        float(test.pvalue),
        float(unlike),
    )


def _informs(one: Stratum) -> bool:
    on = one.on + one.reference_on
    return one.shared and 0 < on < one.of + one.reference_of
