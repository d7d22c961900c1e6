"""Read the columns of one table: words, numbers, days and yes or no, out of however it is stored.

Whatever is not known (empty, or one of the campaign's words for "not known") is NULL. Each
method returns an SQL expression over `source`; values only ever travel as parameters.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

import math
import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeGuard
from zoneinfo import ZoneInfo

from checks.audience.engine import Engine, quoted
from checks.audience.tables import SQL_TYPES, Column, Table
from checks.runs import watching

AT_HAND = 40
"""So few words are looked through for each row; of more, each is looked up."""
LISTED = 4_096
"""Of so many numbers each has its place in a list of what they mean."""
SMALL = (("TINYINT", 1 << 7), ("SMALLINT", 1 << 15), ("INTEGER", 1 << 31))
TRUE = frozenset({"true", "yes", "1", "y", "t"})
FALSE = frozenset({"false", "no", "0", "n", "f"})


class Reading:
    """One table being read, its lookups joined to it."""

    def __init__(
        self,
        engine: Engine,
        table: Table,
        missing: Iterable[str],
        zone: str,
        *,
        caseless: bool = False,
    ) -> None:
        self.table = table
        self.values: dict[str, Any] = {}
        self._engine = engine
        self._missing = frozenset({word.strip().casefold() for word in missing} | {""})
        self._zone = zone
        self._caseless = caseless
        self._joins: list[str] = []
        self._words: dict[str, list[tuple[Any, str]]] = {}
        self._made: dict[Hashable, str] = {}
        self._spans: dict[str, tuple[int, int]] = {}

    @property
    def source(self) -> str:
        """The table with its lookups, to stand after FROM."""
        return " ".join([f"{quoted(self.table.role)} AS t", *self._joins])

    @property
    def place(self) -> str | None:
        """The number of a row, from nought on; None where rows are not numbered."""
        return f"t.{self.table.place}" if self.table.place else None

    def has(self, name: str | None) -> TypeGuard[str]:
        """Whether the table has a column of that name."""
        return name is not None and name in self.table.columns

    def value(self, value: object) -> str:
        """A parameter that holds this value."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f"${name}"

    def ask(self, *expressions: str) -> list[tuple[Any, ...]]:
        """Aggregates over the whole table."""
        return self.run(f"SELECT {', '.join(expressions)} FROM {self.source}")

    def run(self, statement: str) -> list[tuple[Any, ...]]:
        """Run a statement made of these expressions, with those values that it names."""
        return self._engine.run(statement, self.used(statement))

    def used(self, statement: str) -> dict[str, Any]:
        """Those values that a statement names."""
        return {name: value for name, value in self.values.items() if _uses(statement, name)}

    def unknown(self, word: str) -> bool:
        """Whether this word means that it is not known."""
        return word.strip().casefold() in self._missing

    def words(self, name: str) -> list[tuple[Any, str]]:
        """Every value of a column as it is stored and as a word, in order; none is empty."""
        if name not in self._words:
            at, column = self._at(name), self.table.columns[name]
            watching.tell(f"The words in “{name}” are looked up in {self.table.rows:,} rows.")
            found = self._engine.run(
                f"SELECT DISTINCT {at} FROM {quoted(self.table.role)} AS t "
                f"WHERE {at} IS NOT NULL ORDER BY 1"
            )
            words = [(raw, _word(raw, column)) for (raw,) in found]
            self._words[name] = [(raw, word) for raw, word in words if word]
        return self._words[name]

    def distinct(self, name: str) -> int:
        """How many different values a column has; those that mean "not known" are counted too."""
        column = self.table.columns[name]
        if column.dictionary is not None:
            return len(column.dictionary)
        [(values,)] = self._engine.run(
            f"SELECT count(DISTINCT {self._at(name)}) FROM {quoted(self.table.role)} AS t"
        )
        return int(values)

    def mapped(self, name: str, kind: str, meaning: Callable[[str], Any]) -> str:
        """What each word of a column means, NULL where it means nothing."""
        pairs = [(raw, meaning(word)) for raw, word in self.words(name)]
        pairs = [(raw, value) for raw, value in pairs if value is not None]
        return self._once((name, kind, *pairs), lambda: self._mapped(name, kind, pairs))

    def _once(self, what: Hashable, make: Callable[[], str]) -> str:
        """The same expression where the same is meant, so that it is worked out once."""
        if what not in self._made:
            self._made[what] = make()
        return self._made[what]

    def _mapped(self, name: str, kind: str, pairs: list[tuple[Any, Any]]) -> str:
        if self._numbered(name):
            return self._listed(name, kind, dict(pairs))
        if len(self._words[name]) <= AT_HAND and not self._engine.far:
            return self._at_hand(name, kind, pairs)
        return self._joined_to(name, kind, pairs)

    def _at_hand(self, name: str, kind: str, pairs: list[tuple[Any, Any]]) -> str:
        """The value of each of few words, by their places in two lists."""
        raw_kind = _raw_type(self.table.columns[name])
        raws, values = (self.value([pair[n] for pair in pairs]) for n in (0, 1))
        place = f"list_position({raws}::{raw_kind}[], {self._at(name)})"
        return f"list_extract({values}::{kind}[], {place})"

    def _joined_to(self, name: str, kind: str, pairs: list[tuple[Any, Any]]) -> str:
        """The value of each of many words, out of a table of them."""
        lookup = self._engine.fresh("lookup")
        raw_kind = _raw_type(self.table.columns[name])
        self._engine.run(f"CREATE TABLE {lookup} (raw {raw_kind}, value {kind})")
        self._engine.run(
            f"INSERT INTO {lookup} SELECT unnest($raw::{raw_kind}[]), unnest($value::{kind}[])",
            {"raw": [raw for raw, _ in pairs], "value": [value for _, value in pairs]},
        )
        self._joins.append(f"LEFT JOIN {lookup} ON {lookup}.raw = {self._at(name)}")
        return f"{lookup}.value"

    def by_value(self, name: str, kind: str, sql: str) -> str:
        """An expression over one column of whole numbers, worked out once for each of its values.

        Where they are many, or the people are elsewhere, it stays as it is.
        """
        if self.table.columns[name].dictionary is not None or not self._numbered(name):
            return sql
        return self._once((name, kind, sql), lambda: self._by_value(name, kind, sql))

    def _by_value(self, name: str, kind: str, sql: str) -> str:
        at = self._at(name)
        values = f"(SELECT DISTINCT {at} FROM {quoted(self.table.role)} AS t) AS t"
        found = self.run(f"SELECT {at}, {sql} FROM {values} WHERE {at} IS NOT NULL")
        return self._listed(name, kind, dict(found))

    def narrow(self, name: str, sql: str) -> str:
        """Whole numbers of a column in a type that has just enough room for them."""
        if not self._engine.far and self.table.columns[name].type == "integer":
            low, high = self._ends(name)
            small = next((kind for kind, most in SMALL if -most <= low and high < most), None)
            return f"CAST({sql} AS {small})" if small else sql
        return sql

    def _numbered(self, name: str) -> bool:
        """Whether a column holds numbers so close together that a list has a place for each."""
        if self._engine.far:
            return False
        column = self.table.columns[name]
        if column.dictionary is not None:
            return len(column.dictionary) <= LISTED
        low, high = self._ends(name) if column.type == "integer" else (0, LISTED)
        return high - low < LISTED

    def _ends(self, name: str) -> tuple[int, int]:
        """The lowest and the highest of a column's whole numbers."""
        if name not in self._spans:
            at, table = self._at(name), quoted(self.table.role)
            [(low, high)] = self._engine.run(f"SELECT min({at}), max({at}) FROM {table} AS t")
            self._spans[name] = (low or 0, high or 0)
        return self._spans[name]

    def _listed(self, name: str, kind: str, values: Mapping[Any, Any]) -> str:
        """The value of each number of a column, by its place in a list."""
        low, high = min(values, default=0), max(values, default=0)
        listed = self.value([values.get(raw) for raw in range(low, high + 1)])
        at, place = self._at(name), f"CAST({self._at(name)} AS BIGINT) - {low - 1}"
        if kind == "BOOLEAN":  # a list of yes and no is read at half the speed of one of numbers
            return (
                f"CASE WHEN {at} >= {low} THEN list_extract({listed}::UTINYINT[], {place}) = 1 END"
            )
        return f"CASE WHEN {at} >= {low} THEN list_extract({listed}::{kind}[], {place}) END"

    def key(self, name: str) -> str:
        """A person's key, in the form in which keys of all tables are compared."""
        column = self.table.columns[name]
        if column.dictionary is not None:
            return self.mapped(name, "VARCHAR", self._key)
        if column.type != "text":
            return (
                self.mapped(name, "VARCHAR", str)
                if column.type == "number"
                else (f"CAST({self._at(name)} AS VARCHAR)")
            )
        text, unknown = self.spelt(name), self.value(sorted(self._missing))
        longest = max(map(len, self._missing))
        lowered = "TRUE" if self._caseless else f"contains({text}, '@')"
        return (
            f"CASE WHEN length({text}) <= {longest} AND "
            f"list_contains({unknown}::VARCHAR[], lower({text})) THEN NULL "
            f"WHEN {lowered} THEN lower({text}) ELSE {text} END"
        )

    def joined(self, table: str, on: str, value: str, wanted: str) -> str:
        """A column of another table, joined where its column `on` has this value."""
        name = self._engine.fresh("joined")
        self._joins.append(f"LEFT JOIN {table} AS {name} ON {name}.{on} = {value}")
        return f"{name}.{wanted}"

    def spelt(self, name: str) -> str:
        """A person's key as the file writes it, without the blanks around it."""
        column = self.table.columns[name]
        if column.dictionary is not None:
            return self.mapped(name, "VARCHAR", str)
        if column.type != "text":
            return self.key(name)
        return self._at(name) if self.table.coded else f"trim({self._at(name)})"

    def known(self, name: str) -> str:
        """A column as text, NULL where it is not known."""
        unknown = self.value(sorted(self._missing))
        text = self.spelt(name)
        return (
            f"CASE WHEN lower({text}) NOT IN (SELECT unnest({unknown}::VARCHAR[])) THEN {text} END"
        )

    def number(self, name: str) -> str:
        """A column as numbers."""
        column = self.table.columns[name]
        if column.type not in ("integer", "number"):
            return self.mapped(name, "DOUBLE", self._known(number))
        unknown = [n for n in map(number, self._missing) if n is not None]
        at = self._at(name)
        usable = [f"isfinite({at})"] if column.type == "number" else []
        usable += [f"{at} <> {n!r}" for n in unknown]
        return f"CASE WHEN {' AND '.join(usable)} THEN {at} END" if usable else at

    def moment(self, name: str) -> str:
        """A column as times on the campaign's clock; a day is its midnight."""
        column, at = self.table.columns[name], self._at(name)
        if column.type == "day":
            return f"CAST({at} AS TIMESTAMP)"
        if column.type == "time":
            return f"({at} AT TIME ZONE 'UTC') AT TIME ZONE {self.value(self._zone)}"
        return self.mapped(name, "TIMESTAMP", self._known(self._moment))

    def day(self, name: str) -> str:
        """A column as days on the campaign's calendar."""
        if self.table.columns[name].type == "day":
            return self._at(name)
        return f"CAST({self.moment(name)} AS DATE)"

    def truth(self, name: str, *, otherwise: bool | None) -> str:
        """A column as yes or no; `otherwise` is what a word that is neither means."""
        if self.table.columns[name].type == "bool":
            return self._at(name)
        return self.mapped(name, "BOOLEAN", self._known(lambda word: truth(word, otherwise)))

    def filled(self, name: str) -> str:
        """Whether a column holds anything; a word for no, such as “no” or “0”, is nothing."""
        column, at = self.table.columns[name], self._at(name)
        if column.dictionary is not None or column.type == "bool":
            meant = self.mapped(name, "BOOLEAN", self._known(lambda word: truth(word, True)))
            return f"coalesce({meant}, FALSE)"
        if column.type != "text":
            return f"{at} IS NOT NULL"
        unknown = self.value(sorted(self._missing | FALSE))
        return f"coalesce(lower(trim({at})) NOT IN (SELECT unnest({unknown}::VARCHAR[])), FALSE)"

    def _known(self, meaning: Callable[[str], Any]) -> Callable[[str], Any]:
        return lambda word: None if self.unknown(word) else meaning(word)

    def _key(self, word: str) -> str | None:
        if self.unknown(word):
            return None
        return word.lower() if self._caseless or "@" in word else word

    def _moment(self, word: str) -> datetime | None:
        try:
            at = datetime.fromisoformat(word)
        except ValueError:
            return None
        return at.astimezone(ZoneInfo(self._zone)).replace(tzinfo=None) if at.tzinfo else at

    def _at(self, name: str) -> str:
        return f"t.{quoted(self.table.columns[name].stored)}"


def number(word: str) -> float | None:
    """The number a word stands for, if it stands for one."""
    try:
        found = float(word)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def truth(word: str, otherwise: bool | None) -> bool | None:  # noqa: FBT001
    """Whether a word says yes or no; `otherwise` where it says neither."""
    said = word.casefold()
    return True if said in TRUE else False if said in FALSE else otherwise


def _uses(statement: str, name: str) -> bool:
    return re.search(rf"\${name}\b", statement) is not None


def _raw_type(column: Column) -> str:
    return "INTEGER" if column.dictionary is not None else SQL_TYPES[column.type]


def _word(raw: object, column: Column) -> str:
    if column.dictionary is not None:
        assert isinstance(raw, int)
        return column.dictionary[raw].strip()
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() else repr(raw)
    if isinstance(raw, datetime):
        return raw.replace(tzinfo=UTC).isoformat()
    return str(raw.isoformat() if isinstance(raw, date) else raw).strip()
