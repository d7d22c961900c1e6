"""Shares of many categories against those of another population, and tails of a share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

DRAWS = 2_000
SEED = 1607


def distance(people: Sequence[float], others: Sequence[float]) -> float:
    """Jensen and Shannon's distance of two make-ups, to base 2: 0 the same, 1 nothing in common.

    The distance, not its square.

    >>> distance([1, 0, 0], [0, 1, 0])
    1.0
    """
    from scipy.spatial.distance import jensenshannon  # noqa: PLC0415 — slow to load

    return float(jensenshannon(np.asarray(people, float), np.asarray(others, float), base=2))


def noise(size: int, others: Sequence[int]) -> float:
    """The distance that 95 in 100 lists of this size stay under when drawn from these others."""
    from scipy.spatial.distance import jensenshannon  # noqa: PLC0415 — slow to load

    whole = np.asarray(others, float)
    drawn = np.random.default_rng(SEED).multinomial(size, whole / whole.sum(), size=DRAWS)
    apart = jensenshannon(drawn / size, (whole / whole.sum())[None, :], base=2, axis=1)
    return float(np.percentile(apart, 95))


def funnel(of: int, share: float, level: float) -> tuple[int, int]:
    """The counts between which so large a part of sources of this size lie at this share.

    >>> funnel(1000, 0.01, 0.998)
    (2, 21)
    """
    from scipy.stats import binom  # noqa: PLC0415 — slow to load

    tail = (1 - level) / 2
    return int(binom.ppf(tail, of, share)), int(binom.ppf(1 - tail, of, share))


def tail(yes: int, of: int, share: float) -> float:
    """How often chance alone would bring so many or more at this share."""
    from scipy.stats import binom  # noqa: PLC0415 — slow to load

    return float(binom.sf(yes - 1, of, share))
