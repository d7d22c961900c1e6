"""Where a question is answered: from the people, or from counts of them that are at hand.

A question about a group is hardly ever the only one: what is asked of one attribute is asked of
the next, and of one rule's column after another. So the first such question counts the people by
what it needs *and* by other columns of which it is asked often: as many as one pass can tell apart
cheaply (`BITS`, and not many more than there are people), first those that meet most attributes for
the first time. These counts stay at hand, and answer every question about any of their columns by
adding up. What is about too much at once, or about exact amounts, is asked of the people.

Of people in a warehouse every question would read them there, so all are counted like this, by
fewer columns at once (`BITS_FAR`); only what is about exact days and amounts goes there again.

A check sees no difference: people are counted, not estimated.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from checks.audience.counted import Counted, counted
from checks.audience.engine import Engine
from checks.audience.facts import Fact

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
        weighed: bool,
    ) -> None:
        """Of `attributes` each of the `others` is asked; `weighed` rows stand for many people.

        Each of the `circles` is asked about among itself.
        """
        self._engine = engine
        self._room = BITS_FAR if engine.far else min(BITS, rows.bit_length() + BEYOND)
        self._people = "CAST(sum(weight) AS BIGINT)" if weighed or engine.far else "count(*)"
        self._attributes = _columns(attributes)
        self._often = self._attributes | _columns(others)
        self._circles = [_columns(one) for one in circles]
        self._made: dict[frozenset[str], Counted] = {}

    def counts(self, needed: Iterable[Column | None]) -> Counted | None:
        """Counts that answer a question which needs these columns; made where that pays."""
        columns: dict[str, Column] = {}
        for one in needed:
            if one is None:
                return None
            columns[one.name] = one
        if not self._engine.far and not self._asked_often(columns):
            return None
        for names, found in self._made.items():
            if columns.keys() <= names:
                return found
        return self._counted(self._widened(columns)) if _bits(columns) <= self._room else None

    def _asked_often(self, columns: Mapping[str, Column]) -> bool:
        within = any(columns.keys() <= one.keys() for one in self._circles)
        return within or bool(columns.keys() & self._often.keys())

    def _widened(self, columns: Mapping[str, Column]) -> dict[str, Column]:
        """What is needed, and as much else as fits: of its circle, or what is new of attributes."""
        wide = dict(columns)
        if not columns.keys() & self._attributes.keys():
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
        room = self._room - _bits(wide)
        able = [one for name, one in self._often.items() if name not in wide and one.bits <= room]
        gains = {one.name: self._gain(one, frozenset(wide)) for one in able}
        best = max(gains, key=gains.__getitem__, default="")
        return self._often[best] if gains.get(best) else None

    def _gain(self, one: Column, columns: frozenset[str]) -> float:
        """How many questions of an attribute it would answer that no counts do, for its room."""
        asked = [frozenset({one.name, other}) for other in columns]
        if one.name in self._attributes:
            asked.append((columns - self._attributes.keys()) | {one.name})
        new = [some for some in asked if some & self._attributes.keys() and not self._met(some)]
        return len(new) / one.bits

    def _met(self, columns: frozenset[str]) -> bool:
        return any(columns <= names for names in self._made)

    def _counted(self, columns: Mapping[str, Column]) -> Counted:
        values = {name: value for one in columns.values() for name, value in one.values.items()}
        select = ", ".join(f"{one.sql} AS {one.name}" for one in columns.values())
        places = ", ".join(str(place) for place in range(1, len(columns) + 1))
        found = self._engine.columns(
            f"SELECT {select}, {self._people} AS weight FROM {PEOPLE} GROUP BY {places}", values
        )
        made = self._made[frozenset(columns)] = counted(found)
        return made


def _columns(facts: Iterable[Fact]) -> dict[str, Column]:
    return {one.name: one for fact in facts if (one := of_fact(fact))}


def _bits(columns: Mapping[str, Column]) -> int:
    return sum(one.bits for one in columns.values())
