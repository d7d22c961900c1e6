"""Ranges, ratios and luck from counts: thin over scipy and statsmodels.

A pair of counts reads *yes of so many*: ``yes``, ``of``. Every range is the 95 % one. Nothing here
knows a limit of the policy; that is the business of `checks.fairness.judging`.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil, exp, hypot, inf, isfinite, log, sqrt

import numpy as np

Z = 1.959963984540054
"""How many standard errors a 95 % range reaches to each side."""
SETTLES = Z + 0.8416212335729143
"""2.80: standard errors between the truth and the limit for a clear answer four times in five."""
REMEMBERED = 65_536

Range = tuple[float, float]


@lru_cache(maxsize=REMEMBERED)
def wilson(yes: int, of: int) -> Range:
    """The range of a share, by Wilson's score method.

    Statsmodels' ``proportion_confint(method="wilson")`` in plain numbers: it is asked for so often
    that its arrays were a tenth of the time of all checks.

    >>> low, high = wilson(81, 263)
    >>> f"{low:.4f} to {high:.4f}"
    '0.2553 to 0.3662'
    """
    if of < 1:
        raise ValueError("a share of nobody has no range")
    share, grown = yes / of, 1 + Z**2 / of
    middle = (share + Z**2 / (2 * of)) / grown
    half = Z * sqrt(share * (1 - share) / of + Z**2 / (4 * of**2)) / grown
    return min(max(0.0, middle - half), share), max(min(1.0, middle + half), share)


@lru_cache(maxsize=REMEMBERED)
def newcombe(yes: int, of: int, reference_yes: int, reference_of: int) -> Range:
    """The range of a difference of two shares, by Newcombe's hybrid score method."""
    (low, high), (least, most) = wilson(yes, of), wilson(reference_yes, reference_of)
    share, reference = yes / of, reference_yes / reference_of
    difference = share - reference
    return (
        max(-1.0, difference - hypot(share - low, most - reference)),
        min(1.0, difference + hypot(high - share, reference - least)),
    )


def ratio(yes: int, of: int, reference_yes: int, reference_of: int) -> float:
    """The share as so many times the reference share; infinite, or NaN for nought of nought."""
    if not reference_yes:
        return inf if yes else float("nan")
    return (yes * reference_of) / (reference_yes * of)


@lru_cache(maxsize=REMEMBERED)
def ratio_range(yes: int, of: int, reference_yes: int, reference_of: int) -> Range:
    """The range of a ratio of two shares: every ratio that the score test does not refuse.

    Nobody in both groups allows any ratio, from 0 to infinite.

    >>> low, high = ratio_range(330, 400, 1000, 1000)
    >>> f"{low:.3f} to {high:.3f}"
    '0.785 to 0.859'
    """
    counts = (yes, of, reference_yes, reference_of)
    if not yes and not reference_yes:
        return 0.0, inf
    seen = ratio(*counts)
    start = seen if yes and isfinite(seen) else 1.0
    low = _crossing(counts, start, Z) if yes else 0.0
    high = _crossing(counts, start, -Z) if reference_yes else inf
    return min(low, seen), max(high, seen)


def reaches(yes: int, of: int, reference_yes: int, reference_of: int, limit: float) -> bool:
    """Whether even the low end of a ratio's range reaches a limit.

    Where the score test refuses every ratio below the limit, which is asked of the limit alone.

    >>> reaches(450, 500, 500, 500, 0.80), reaches(45, 50, 50, 50, 0.80)
    (True, False)
    """
    return score(yes, of, reference_yes, reference_of, limit) >= Z


def _crossing(counts: tuple[int, int, int, int], start: float, at: float) -> float:
    """The ratio at which the score is `at`; the score falls as the ratio rises."""

    def beyond(exponent: float) -> float:
        return score(*counts, exp(exponent)) - at

    from scipy.optimize import brentq  # noqa: PLC0415 — slow to load

    near = log(start)
    stride = log(2) if beyond(near) > 0 else -log(2)
    far = near + stride
    while beyond(near) * beyond(far) > 0:
        near, far = far, far + stride
    return float(exp(brentq(beyond, *sorted((near, far)), xtol=1e-13)))


def score(yes: int, of: int, reference_yes: int, reference_of: int, value: float) -> float:
    """The score statistic of the hypothesis that the ratio of two shares is `value`.

    Statsmodels' ``test_proportions_2indep(compare="ratio", method="score", correction=False)``,
    with its quadratic solved in the form that loses no digits at very small and very large values,
    and without its warning where both shares are 1.
    """
    no, reference_no = of - yes, reference_of - reference_yes
    grown, rest = (of + reference_yes) * value, reference_of + yes
    root = sqrt((grown - rest) ** 2 + 4 * value * no * reference_no)
    reference = min(1.0, 2 * (yes + reference_yes) / (grown + rest + root))
    share = min(1.0, reference * value)
    gap = yes / of - value * reference_yes / reference_of
    variance = share * (1 - share) / of + value**2 * reference * (1 - reference) / reference_of
    if variance <= 0:
        return 0.0 if gap == 0 else (inf if gap > 0 else -inf)
    return gap / sqrt(variance)


def smallest_expected(yes: int, of: int, reference_yes: int, reference_of: int) -> float:
    """The smallest cell of the 2×2 table that one common share would lead us to expect."""
    on, people = yes + reference_yes, of + reference_of
    return min(of, reference_of) * min(on, people - on) / people


@lru_cache(maxsize=REMEMBERED)
def luck(
    yes: int, of: int, reference_yes: int, reference_of: int, expected_min: float = 5
) -> float:
    """How often chance alone would part two equal groups so far or further, 0 to 1.

    Chi-square without correction, or Fisher's exact test where an expected cell is below
    `expected_min`; 1 where everybody or nobody said yes.
    """
    expected = smallest_expected(yes, of, reference_yes, reference_of)
    if not expected:
        return 1.0
    no, reference_no = of - yes, reference_of - reference_yes
    if expected < expected_min:
        from scipy.stats import fisher_exact  # noqa: PLC0415 — slow to load

        table = np.array([[yes, no], [reference_yes, reference_no]])
        return min(1.0, float(fisher_exact(table).pvalue))
    from scipy.special import chdtrc  # noqa: PLC0415 — slow to load

    people, apart = of + reference_of, yes * reference_no - reference_yes * no
    sides = of * reference_of * (yes + reference_yes) * (no + reference_no)
    return float(chdtrc(1, people * apart**2 / sides))


@lru_cache(maxsize=REMEMBERED)
def tail(yes: int, of: int, share: float) -> float:
    """How often so many or more would say yes by chance, where this share usually does.

    >>> f"{tail(9, 10, 0.5):.6f}"
    '0.010742'
    """
    from scipy.stats import binom  # noqa: PLC0415 — slow to load

    return float(binom.sf(yes - 1, of, share))


def settling(share: float, reference_of: int, floor: float) -> int | None:
    """People a group needs for a clear answer in four of five equal campaigns.

    Both groups are taken to have this share, and the reference group its present size. None where
    the reference group is too small for any answer.

    >>> settling(0.5, 1000, 0.8)
    225
    """
    return _settling(share, reference_of, floor, own=1.0, reference=floor**2)


def settling_burden(share: float, reference_of: int, floor: float) -> int | None:
    """The same where the group's own share is the lower part of the ratio."""
    return _settling(share, reference_of, floor, own=floor**2, reference=1.0)


def _settling(
    share: float, reference_of: int, floor: float, *, own: float, reference: float
) -> int | None:
    if share <= 0:
        return None
    if share >= 1:
        return 1
    allowed = ((1 - floor) * share / SETTLES) ** 2 / (share * (1 - share))
    left = allowed - reference / reference_of
    return ceil(own / left) if left > 0 else None


def arm_size(share: float, other: float, power: float = 0.80) -> int | None:
    """People an arm of a trial needs to tell these two shares apart, so often; None where equal.

    The usual formula for two proportions, two-sided at 5 %.

    >>> arm_size(0.5, 0.75, power=0.9)
    77
    """
    if share == other:
        return None
    from scipy.special import ndtri  # noqa: PLC0415 — slow to load

    middle = (share + other) / 2
    spread = Z * sqrt(2 * middle * (1 - middle)) + float(ndtri(power)) * sqrt(
        share * (1 - share) + other * (1 - other)
    )
    return ceil((spread / (share - other)) ** 2)
