"""Where a question is answered: from the people, or from counts of them that are at hand.

A question about a group is hardly ever the only one: what is asked of one attribute is asked of
the next, and of one rule's column after another. So the first such question counts the people by
what it needs *and* by other columns of which it is asked often: as many as one pass can tell apart
cheaply (`BITS`, and not many more than there are people), first those that meet most attributes for
the first time. Attributes are counted by the packs that hold several of them as one number. What
the list is asked about, and what may tell somebody apart, are circles: the first question about
part of one counts by all of it that fits.

These counts stay at hand, and answer every question about any of their columns by adding up. What
is about too much at once, or about exact amounts, is asked of the people.

Of people in a warehouse every question would read them there, so all are counted like this, by
fewer columns at once (`BITS_FAR`); only what is about exact days and amounts goes there again.

A check sees no difference: people are counted, not estimated.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from checks.audience.counted import Counted, Parts, counted
from checks.audience.engine import Engine
from checks.audience.facts import Fact
from checks.audience.holding import Pack

BITS = 20
"""Groups that can be told apart without looking each one up: two to the power of this."""
BITS_FAR = 14
"""The same where the counts come from elsewhere."""
BEYOND = 1
"""So many bits more than it takes to number the people: fewer people make no more groups."""
NARROW = 10
"""Bins that rest on no more than this are made of a counted table, not while it is counted."""
PEOPLE = "person"


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column that a question needs, as SQL over the people."""

    name: str
    sql: str
    bits: int
    """So many tell its values apart, not known among them."""
    values: Mapping[str, Any] = field(default_factory=dict)
    parts: Parts = ()
    """The columns that it holds together, with how many values each has."""

    @property
    def names(self) -> frozenset[str]:
        """The columns that are known from its counts."""
        return frozenset(name for name, _ in self.parts) or frozenset({self.name})


def of_fact(fact: Fact) -> Column | None:
    """A fact as a column to count by; None where it is an amount or has too many values."""
    different = {"text": len(fact.shown), "amount": len(fact.amounts), "bool": 2}
    known = fact.values or different.get(fact.kind)
    if not known:
        return None
    return Column(name=fact.column, sql=fact.column, bits=(known + 1).bit_length())


def narrow(needed: Iterable[Column | None]) -> bool:
    """Whether a table can be counted by all of these and by more."""
    bits = [one.bits if one else BITS for one in needed]
    return sum(bits) <= NARROW


def measured(engine: Engine, facts: Iterable[Fact]) -> dict[str, Fact]:
    """Days and whole numbers of the people, with how many different values they may have."""
    some = [one for one in facts if one.kind == "integer" or (not engine.far and _exact(one))]
    if not some:
        return {}
    asked = ", ".join(f"max({one.column}) - min({one.column})" for one in some)
    [apart] = engine.run(f"SELECT {asked} FROM {PEOPLE}")
    return {
        one.name: replace(one, values=int(span) + 1)
        for one, span in zip(some, apart, strict=True)
        if span is not None
    }


def _exact(fact: Fact) -> bool:
    """Whether it is an amount or a day of a person: people elsewhere are not counted by it."""
    return fact.whole or fact.kind == "day"


class Plan:
    """The counts of one audience, made as questions come."""

    def __init__(
        self,
        engine: Engine,
        rows: int,
        attributes: Iterable[Fact],
        others: Iterable[Fact],
        *,
        circles: Iterable[Iterable[Fact]] = (),
        packs: Iterable[Pack] = (),
        weighed: bool,
    ) -> None:
        """Of `attributes` each of the `others` is asked; `weighed` rows stand for many people.

        Each of the `circles` is asked about among itself. `packs` hold attributes together.
        """
        self._engine = engine
        self._room = BITS_FAR if engine.far else min(BITS, rows.bit_length() + BEYOND)
        self._people = "CAST(sum(weight) AS BIGINT)" if weighed or engine.far else "count(*)"
        who = _columns(attributes)
        self._attributes = frozenset(who)
        self._packed = {name: one for one in map(_of_pack, packs) for name in one.names}
        self._often = self._in_packs(who | _columns(others))
        self._circles = [_columns(one) for one in circles]
        self._made: dict[frozenset[str], Counted] = {}

    def counts(self, needed: Iterable[Column | None]) -> Counted | None:
        """Counts that answer a question which needs these columns; made where that pays."""
        columns: dict[str, Column] = {}
        for one in needed:
            if one is None:
                return None
            columns[one.name] = one
        for names, found in self._made.items():
            if columns.keys() <= names:
                return found
        if not columns or not (self._engine.far or self._asked_often(columns)):
            return None
        for some in (self._in_packs(columns), columns):
            if _bits(some) <= self._room:
                return self._counted(self._widened(some))
        return None

    def _in_packs(self, columns: Mapping[str, Column]) -> dict[str, Column]:
        """The columns, attributes as the packs that hold them."""
        held = (self._packed.get(name, one) for name, one in columns.items())
        return {one.name: one for one in held}

    def _asked_often(self, columns: Mapping[str, Column]) -> bool:
        within = any(columns.keys() <= one.keys() for one in self._circles)
        return within or bool(columns.keys() & _names(self._often))

    def _widened(self, columns: Mapping[str, Column]) -> dict[str, Column]:
        """What is needed, and as much else as fits: of its circle, or what is new of attributes."""
        wide = dict(columns)
        if not _names(columns) & self._attributes:
            for circle in self._circles:
                if columns.keys() <= circle.keys():
                    return self._with_all(wide, circle)
            if not columns.keys() <= self._often.keys():
                return wide
        while more := self._best(wide):
            wide[more.name] = more
        return wide

    def _with_all(self, wide: dict[str, Column], circle: Mapping[str, Column]) -> dict[str, Column]:
        for one in circle.values():
            if _bits(wide | {one.name: one}) <= self._room:
                wide[one.name] = one
        return wide

    def _best(self, wide: Mapping[str, Column]) -> Column | None:
        """What answers most new questions of an attribute for its room; None where nothing does."""
        room, names = self._room - _bits(wide), _names(wide)
        able = [one for one in self._often.values() if not one.names <= names and one.bits <= room]
        gains = {one.name: self._gain(one, names) for one in able}
        best = max(gains, key=gains.__getitem__, default="")
        return self._often[best] if gains.get(best) else None

    def _gain(self, one: Column, names: frozenset[str]) -> float:
        """How many questions of an attribute it would answer that no counts do, for its room."""
        asked = [frozenset({mine, other}) for mine in one.names for other in names]
        asked += [(names - self._attributes) | {mine} for mine in one.names & self._attributes]
        new = [some for some in asked if some & self._attributes and not self._met(some)]
        return len(new) / one.bits

    def _met(self, columns: frozenset[str]) -> bool:
        return any(columns <= names for names in self._made)

    def _counted(self, columns: Mapping[str, Column]) -> Counted:
        """Count by these; what has most values in use comes last: places in use then lie near."""
        ordered = sorted(columns.values(), key=lambda one: (bool(one.parts), one.bits))
        values = {name: value for one in ordered for name, value in one.values.items()}
        select = ", ".join(f"{one.sql} AS {one.name}" for one in ordered)
        places = ", ".join(str(place) for place in range(1, len(ordered) + 1))
        found = self._engine.columns(
            f"SELECT {select}, {self._people} AS weight FROM {PEOPLE} GROUP BY {places}", values
        )
        packed = {one.name: one.parts for one in ordered if one.parts}
        made = self._made[_names(columns)] = counted(found, packed)
        return made


def _of_pack(pack: Pack) -> Column:
    bits = (pack.values + 1).bit_length()
    return Column(name=pack.column, sql=pack.column, bits=bits, parts=pack.parts)


def _names(columns: Mapping[str, Column]) -> frozenset[str]:
    """All columns that are known from counts by these."""
    return frozenset(name for one in columns.values() for name in one.names)


def _columns(facts: Iterable[Fact]) -> dict[str, Column]:
    return {one.name: one for fact in facts if (one := of_fact(fact))}


def _bits(columns: Mapping[str, Column]) -> int:
    return sum(one.bits for one in columns.values())
