"""Which rule keeps whom off the list: exact shares of the blame, in people.

One bit a rule: a mask says which rules a person does not meet. A person whom several rules keep off
counts in equal parts for each of them, which is exactly the Shapley value of the game "who would be
kept off"; so the shares add up to the people kept off, and over two groups to the gap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

MOST_RULES = 62
"""More bits than this do not fit one whole number of the engine."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Blame:
    """What the rules did to one group."""

    people: int
    """Of the group, in the file."""
    shares: tuple[Fraction, ...]
    """By rule: people kept off, those kept off by several rules in equal parts."""
    alone: tuple[int, ...]
    """By rule: people whom this rule alone keeps off; they would come back without it."""
    unexplained: int
    """Off the list though no rule excludes them."""
    in_spite: int
    """On the list though a rule excludes them."""

    @property
    def off(self) -> int:
        """People off the list; the shares and the unexplained add up to them."""
        return int(sum(self.shares)) + self.unexplained

    @property
    def whole(self) -> tuple[int, ...]:
        """The shares in whole people, still adding up."""
        return whole(self.shares)

    def points(self, reference: Blame) -> tuple[Fraction, ...]:
        """By rule: its part in how much more often this group is off the list; then the rest.

        The parts add up to the gap between the two groups.
        """
        mine, theirs = ((*one.shares, Fraction(one.unexplained)) for one in (self, reference))
        return tuple(
            ours / self.people - other / reference.people
            for ours, other in zip(mine, theirs, strict=True)
        )


def blame(off: Mapping[int, int], on: Mapping[int, int], rules: int) -> Blame:
    """Share out the people off the list among the rules, from counts by mask.

    `off` and `on` hold the people off and on the list by mask; bit i is set for those who do not
    meet rule i.

    >>> blame({0b01: 10, 0b11: 4, 0: 1}, {0: 20, 0b10: 2}, rules=2).shares
    (Fraction(12, 1), Fraction(2, 1))
    """
    if rules > MOST_RULES:
        raise ValueError(f"{rules} rules are more than the {MOST_RULES} that can be told apart")
    return Blame(
        people=sum(off.values()) + sum(on.values()),
        shares=tuple(_share(off, rule) for rule in range(rules)),
        alone=tuple(off.get(1 << rule, 0) for rule in range(rules)),
        unexplained=off.get(0, 0),
        in_spite=sum(count for mask, count in on.items() if mask),
    )


def _share(off: Mapping[int, int], rule: int) -> Fraction:
    held = ((mask, count) for mask, count in off.items() if mask >> rule & 1)
    return sum((Fraction(count, mask.bit_count()) for mask, count in held), Fraction(0))


def whole(shares: tuple[Fraction, ...]) -> tuple[int, ...]:
    """Round shares to whole people so that they still add up: the largest remainders go up.

    >>> whole((Fraction(1, 2), Fraction(3, 2), Fraction(1)))
    (1, 1, 1)
    """
    down = [int(share) for share in shares]
    left = round(sum(shares)) - sum(down)
    by_rest = sorted(range(len(shares)), key=lambda i: (down[i] - shares[i], i))
    up = set(by_rest[:left])
    return tuple(people + (place in up) for place, people in enumerate(down))
