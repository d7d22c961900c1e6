"""The tables of a record about groups of people, and which of their numbers may be shown.

Three kinds of table are one system: each attribute on the list and off it, each pair of attributes
crossed, and each attribute by segment. It is settled before any check speaks, by sizes alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from weakref import WeakKeyDictionary

from checks.audience import Audience
from checks.case import Case
from checks.fairness.crossings import SMALLER, Crossing, crossing
from checks.fairness.groups import NOT_KNOWN, Shown, Tally, tally
from checks.fairness.judging import Group
from checks.people.membership import WHOLE, members, sizes
from checks.small_cells.auditing import Key, Line, Sums, small, withheld

ON, OFF, OF = "on the list", "off the list", "in the file"
EVERYONE = "everyone"
REACH = 250_000
"""Numbers withheld times numbers not known: as much as can be audited in about a second."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Which numbers may be shown, over all tables of one record."""

    sums: Sums
    hidden: frozenset[Key]
    below: int

    def number(self, *key: str) -> int | None:
        """A number; None where it is withheld."""
        return None if key in self.hidden else self.sums.values.get(key)

    def of_attribute(self, counted: Tally) -> Shown:
        """The groups of one attribute."""
        names = [one.name for one in (*counted.groups, counted.unknown)]
        return self._shown({name: (counted.attribute, name) for name in names})

    def of_crossing(self, table: Crossing) -> Shown:
        """The crossings of two attributes, those that stand together as one."""
        names: dict[str, Key] = {
            group.name: (table.first, one, table.second, other)
            for (one, other), group in table.cells.items()
        }
        if table.together:
            names[SMALLER] = (table.subject, SMALLER)
        return self._shown(names)

    def of_segment(self, segment: str, attribute: str = "", group: str = "") -> int | None:
        """The people of a segment, or those of one group in it; a list may be one segment."""
        if segment == WHOLE:
            return self.number(*((attribute, group) if attribute else (EVERYONE,)), ON)
        return self.number(*_in_segment(segment, attribute, group))

    def _shown(self, keys: dict[str, Key]) -> Shown:
        return Shown(
            on={name: self.number(*key, ON) for name, key in keys.items()},
            of={name: self.number(*key, OF) for name, key in keys.items()},
            below=self.below,
        )


def _in_segment(segment: str, attribute: str = "", group: str = "") -> Key:
    return (attribute, group, "segment", segment) if attribute else ("segment", segment)


_KNOWN: WeakKeyDictionary[Audience, Cells] = WeakKeyDictionary()


def cells(case: Case) -> Cells:
    """The cells of a case, worked out once for its audience."""
    if case.audience not in _KNOWN:
        below = case.policy.small_cells.suppress_below.value
        sums = _within_reach(case, below)
        _KNOWN[case.audience] = Cells(sums=sums, hidden=withheld(sums, below), below=below)
    return _KNOWN[case.audience]


def _within_reach(case: Case, below: int) -> Sums:
    """All tables; where too much of them is small, crossings are left out whole, the worst first.

    Many attributes of few people make crossings in which hardly a number could be shown, and
    crossings by many segments make more unknowns than can be audited.
    """
    left_out: frozenset[str] = frozenset()
    while True:
        sums = _Tables(case, left_out).sums()
        hidden = small(sums, below)
        gone = Counter(filter(None, map(_crossing_of, hidden)))
        unknown = Counter(filter(None, map(_crossing_of, sums.open)))
        worst = sorted(gone | unknown, key=lambda name: (-gone[name], -unknown[name], name))
        few, left = len(hidden), len(sums.open)
        if few * (few + left) <= REACH or not worst:
            return sums
        while few * (few + left) > REACH and worst:
            name = worst.pop(0)
            few, left = few - gone[name], left - unknown[name]
            left_out |= {name}


def _crossing_of(key: Key) -> str:
    """The crossing that a number stands in; nothing for other tables."""
    crossed = len(key) > 4 and key[2] != "segment"
    return " × ".join(key[::2][:2]) if crossed else ""


def withheld_groups(case: Case, attribute: str) -> frozenset[str]:
    """The groups of an attribute whose numbers are withheld, on the list or in the file.

    Whatever else is counted of these people would tell them, so it is withheld as well.
    """
    shown = cells(case).of_attribute(tally(case, attribute))
    return frozenset(name for name in shown.on if None in (shown.on[name], shown.of[name]))


class _Tables:
    """The numbers of a record, and the lines in which they add up."""

    def __init__(self, case: Case, left_out: Collection[str]) -> None:
        self._case, self._left_out = case, left_out
        self._values: dict[Key, int] = {}
        self._lines: list[Line] = []
        self._together: dict[Key, tuple[Key, ...]] = {}
        self._sizes: dict[Key, int] = {}
        self._public: set[Key] = set()

    def sums(self) -> Sums:
        """All of it."""
        named = self._case.campaign.people.attributes
        known = [name for name in named if self._case.audience.has(f"attribute.{name}")]
        tallies = {name: tally(self._case, name) for name in known}
        if not tallies:
            audience = self._case.audience
            self._lot((EVERYONE,), Group(EVERYONE, audience.targeted, audience.people))
        for counted in tallies.values():
            self._lot((EVERYONE,), counted.everyone)
            self._attribute(counted)
        self._public |= {(EVERYONE, what) for what in (ON, OFF, OF)}
        for first, second in combinations(tallies, 2):
            table = crossing(self._case, first, second)
            if table.subject not in self._left_out:
                self._crossed(table, tallies[first], tallies[second])
        if self._case.audience.has("segment"):
            self._segments(tuple(tallies.values()))
        return Sums(
            values=self._values,
            lines=tuple(self._lines),
            together=self._together,
            sizes=self._sizes,
            public=frozenset(self._public),
            open=tuple(dict.fromkeys(self._unnamed())),
        )

    def _unnamed(self) -> Iterator[Key]:
        """What lines speak of and no table counts."""
        for line in self._lines:
            yield from (key for key in line.all if key not in self._values)

    def _lot(self, key: Key, group: Group) -> None:
        """People on the list, off it and in the file: withheld together, for any two tell all."""
        numbers = {(*key, ON): group.on, (*key, OFF): group.off, (*key, OF): group.of}
        on, off, of = numbers
        if on in self._values:
            return
        self._values |= numbers
        self._lines.append(Line(of, (on, off)))
        self._sizes |= dict.fromkeys(numbers, group.of)
        self._together |= {on: (on, off), off: (on, off), of: (on, off, of)}

    def _line(self, total: Key, parts: Sequence[Key]) -> None:
        """One sum for each: on the list, off it, in the file."""
        for what in (ON, OFF, OF):
            self._lines.append(Line((*total, what), tuple((*key, what) for key in parts)))

    def _attribute(self, counted: Tally) -> None:
        lots = (*counted.groups, counted.unknown)
        for lot in lots:
            self._lot((counted.attribute, lot.name), lot)
        self._line((EVERYONE,), [(counted.attribute, lot.name) for lot in lots])
        if counted.attribute == "age":
            self._children(counted)

    def _children(self, counted: Tally) -> None:
        """Who is too young is counted by other checks too, in full."""
        ages = self._case.policy.ages
        limits = {ages.profiling.value, ages.consent.value, *ages.consent_by_region.value.values()}
        below = self._case.policy.small_cells.suppress_below.value
        for group in counted.groups:
            young = group.name in {f"under {age}" for age in limits}
            if young and not 0 < group.on < below:
                self._public.add(("age", group.name, ON))

    def _crossed(self, table: Crossing, first: Tally, second: Tally) -> None:
        """Two attributes crossed; who is not known in one of them is counted nowhere else."""
        empty = Group("", 0, 0)
        for one in first.groups:
            for other in second.groups:
                place = (one.name, other.name)
                self._lot(_at(table, *place), table.cells.get(place, empty))
        ones, others = _names(first), _names(second)
        for row in ones:
            keys = [_at(table, row, column) for column in others]
            self._line((first.attribute, row), keys)
        for column in others:
            keys = [_at(table, row, column) for row in ones]
            self._line((second.attribute, column), keys)
        if table.together:
            together = next(one for one in table.groups if one.name == SMALLER)
            self._lot((table.subject, SMALLER), together)
            self._line((table.subject, SMALLER), [_at(table, *place) for place in table.together])
        self._within(table, ones, others)

    def _within(self, table: Crossing, ones: Sequence[str], others: Sequence[str]) -> None:
        """Both attributes by segment: shown nowhere, and still it must all add up."""
        if not self._case.audience.has("segment"):
            return
        places = list(sizes(self._case))
        for one, other in product(ones, others):
            parts = tuple((*_at(table, one, other), "segment", name) for name in places)
            self._lines.append(Line((*_at(table, one, other), ON), parts))
        for name in places:
            for one in ones:
                parts = tuple((*_at(table, one, other), "segment", name) for other in others)
                self._lines.append(Line(_in_segment(name, table.first, one), parts))
            for other in others:
                parts = tuple((*_at(table, one, other), "segment", name) for one in ones)
                self._lines.append(Line(_in_segment(name, table.second, other), parts))

    def _segments(self, tallies: tuple[Tally, ...]) -> None:
        found = sizes(self._case)
        self._values |= {_in_segment(name): people for name, people in found.items()}
        whole = (EVERYONE, ON)
        self._lines.append(Line(whole, tuple(_in_segment(name) for name in found)))
        for counted in tallies:
            within = members(self._case, counted.attribute)
            lots = [lot.name for lot in (*counted.groups, counted.unknown)]
            for lot in lots:
                keys = {
                    _in_segment(s, counted.attribute, lot): within.get((lot, s), 0) for s in found
                }
                self._values |= keys
                self._lines.append(Line((counted.attribute, lot, ON), tuple(keys)))
            for name in found:
                parts = tuple(_in_segment(name, counted.attribute, lot) for lot in lots)
                self._lines.append(Line(_in_segment(name), parts))


def _names(counted: Tally) -> list[str]:
    unknown = [NOT_KNOWN] if counted.unknown.of else []
    return [*(group.name for group in counted.groups), *unknown]


def _at(table: Crossing, one: str, other: str) -> Key:
    return (table.first, one, table.second, other)
