"""Two attributes crossed: how many people are in both groups, and how many of them on the list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from checks.case import Case
from checks.fairness.groups import NOT_KNOWN
from checks.fairness.judging import Group

SMALLER = "smaller crossings"
"""The name under which crossings of too few people stand together."""
Place = tuple[str, str]
"""A group of the first attribute, and one of the second."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Crossing:
    """Two attributes crossed: crossings large enough by themselves, the others together."""

    first: str
    second: str
    cells: dict[Place, Group]
    """Every crossing with anybody in it, by its two groups."""
    groups: tuple[Group, ...]
    """What is compared: crossings large enough by themselves, and the others as one."""
    together: tuple[Place, ...]
    """The crossings that were put together."""
    unknown: Group

    @property
    def places(self) -> dict[str, Place]:
        """The two groups of each crossing, by its name."""
        return {group.name: place for place, group in self.cells.items()}

    @property
    def subject(self) -> str:
        """What the finding is about."""
        return f"{self.first} × {self.second}"

    @property
    def pairs(self) -> int:
        """Pairs of crossings that could have been compared."""
        return len(self.groups) * (len(self.groups) - 1) // 2


def crossing(case: Case, first: str, second: str) -> Crossing:
    """Cross two attributes; crossings of too few people are put together, before any result."""
    on: Counter[Place | None] = Counter()
    of: Counter[Place | None] = Counter()
    for count in case.audience.count(f"attribute.{first}", f"attribute.{second}", "targeted"):
        one, other, targeted = count.values
        place = None if one is None or other is None else (one, other)
        of[place] += count.people
        on[place] += count.people if targeted else 0
    cells = {
        place: Group(f"{place[0]} × {place[1]}", on[place], of[place]) for place in of if place
    }
    below = case.policy.small_cells.merge_below.value
    rising = sorted(cells, key=lambda place: (cells[place].of, place))
    small = tuple(place for place in rising if cells[place].of < below)
    groups = [group for place, group in cells.items() if place not in small]
    if small:
        people = [cells[place] for place in small]
        groups.append(Group(SMALLER, sum(p.on for p in people), sum(p.of for p in people)))
    return Crossing(
        first=first,
        second=second,
        cells=cells,
        groups=tuple(groups),
        together=small,
        unknown=Group(NOT_KNOWN, on[None], of[None]),
    )
