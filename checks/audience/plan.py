"""Which table answers a question: the people, or a smaller table that was counted from them once.

Below a million rows each question reads the people. Above, a question about a group is hardly ever
the only one: what is asked of one attribute is asked of the next. So the first such question counts
the people by what it needs *and* by other attributes, as many as one pass can tell apart cheaply
(`BITS`). That table of some thousand rows stays, and answers every question about any of its
columns by adding up. What is about too much at once, or about days and amounts, reads the people.

The columns of such a table are called as those of the people, so the rest of the statement is the
same. A check sees no difference: people are counted, not estimated.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from checks.audience.engine import Engine
from checks.audience.facts import Fact

ROWS = 1_000_000
"""Fewer people are read each time: that is cheaper than to count them by more than is asked."""
BITS = 20
"""Groups that can be told apart without looking each one up: two to the power of this."""
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
    """A fact as a column to count by; None where it is an amount or a day."""
    if fact.kind not in ("text", "bool", "amount"):
        return None
    known = 2 if fact.kind == "bool" else len(fact.shown) or len(fact.amounts)
    return Column(name=fact.column, sql=fact.column, bits=(known + 1).bit_length())


class Plan:
    """The tables of one audience, made as questions come."""

    def __init__(self, engine: Engine, rows: int, attributes: Iterable[Fact]) -> None:
        """`attributes` are what questions are repeated for."""
        self._engine = engine
        self._large = rows >= ROWS
        self._attributes = {one.name: one for fact in attributes if (one := of_fact(fact))}
        self._made: dict[str, frozenset[str]] = {}

    def table(self, needed: Iterable[Column | None]) -> str:
        """The table that answers a question which needs these columns; made where that pays."""
        columns: dict[str, Column] = {}
        for one in needed:
            if one is None:
                return PEOPLE
            columns[one.name] = one
        if not self._large or not columns.keys() & self._attributes.keys():
            return PEOPLE
        for table, names in self._made.items():
            if columns.keys() <= names:
                return table
        wide = self._widened(columns)
        return self._counted(wide) if len(wide) > len(columns) else PEOPLE

    def _widened(self, columns: Mapping[str, Column]) -> dict[str, Column]:
        """What is needed, and as many attributes as fit; first those not yet met by the rest."""
        rest = columns.keys() - self._attributes.keys()
        met = [names for names in self._made.values() if rest <= names]
        wide = dict(columns)
        for name in sorted(self._attributes, key=lambda name: sum(name in one for one in met)):
            wider = {**wide, name: self._attributes[name]}
            wide = wider if _bits(wider) <= BITS else wide
        return wide

    def _counted(self, columns: Mapping[str, Column]) -> str:
        table = self._engine.fresh("counted")
        select = ", ".join(f"{one.sql} AS {one.name}" for one in columns.values())
        places = ", ".join(str(place) for place in range(1, len(columns) + 1))
        values = {name: value for one in columns.values() for name, value in one.values.items()}
        self._engine.run(
            f"CREATE TABLE {table} AS SELECT {select}, CAST(sum(weight) AS BIGINT) AS weight "
            f"FROM {PEOPLE} GROUP BY {places}",
            values,
        )
        self._made[table] = frozenset(columns)
        return table


def _bits(columns: Mapping[str, Column]) -> int:
    return sum(one.bits for one in columns.values())
