"""One share beside another, held against limits in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isfinite

from checks.policy import Excess, exact
from checks.statistics import ratio, ratio_range, reaches


@dataclass(frozen=True, slots=True)
class Contrast:
    """One share as so many times another; compared with limits in whole numbers."""

    top: tuple[int, int]
    """Yes, and of how many."""
    bottom: tuple[int, int]

    def below(self, limit: Fraction) -> bool:
        """Whether the ratio is less than the limit; exactly at it is not below."""
        (yes, of), (other, others) = self.top, self.bottom
        return yes * others * limit.denominator < limit.numerator * other * of

    def above(self, excess: Excess) -> bool:
        """Whether it is more often by so many times, and by at least so many points."""
        (yes, of), (other, others) = self.top, self.bottom
        times, points = exact(excess.times), exact(excess.points)
        mine, theirs = yes * others, other * of
        enough = points.numerator * of * others <= 100 * (mine - theirs) * points.denominator
        return enough and mine * times.denominator > times.numerator * theirs

    def surely(self, limit: float) -> bool:
        """Whether even the low end of the range reaches the limit."""
        return reaches(*self.top, *self.bottom, limit)

    @property
    def value(self) -> float | None:
        """The ratio; None where it is not a number that can be drawn."""
        return drawable(ratio(*self.top, *self.bottom))

    @property
    def range(self) -> tuple[float, float]:
        """Its 95 % score range; the upper end may be infinite."""
        return ratio_range(*self.top, *self.bottom)


def drawable(value: float) -> float | None:
    """A number, where it is one that can be drawn."""
    return value if isfinite(value) else None
