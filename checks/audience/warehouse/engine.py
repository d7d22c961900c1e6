"""An engine elsewhere: the same statements, answered where the people are, nothing made there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sqlglot import exp

from checks.audience.warehouse.connecting import Connection
from checks.audience.warehouse.definitions import Definitions, parsed
from checks.audience.warehouse.dialects import NotThere, quoted, written
from checks.audience.warehouse.in_words import WHERE
from checks.audience.warehouse.tables import Reading, within_budget
from checks.intake import limits
from checks.refusal import refuse


class Warehouse:
    """Statements of ours, put to a warehouse as questions."""

    far: bool = True

    def __init__(self, connection: Connection, tables: Mapping[str, Reading]) -> None:
        """Begin with the tables of the campaign, by role."""
        self._connection = connection
        self._tables = dict(tables)
        self._read = 0
        self._written: dict[str, tuple[exp.Query, str]] = {}
        """By name, a definition and how it reads there."""
        self._definitions = Definitions()
        self._made = count(1)
        self._asked: dict[str, None] = {}

    @property
    def bytes_read(self) -> int | None:
        """Bytes read there so far, by the warehouse's own estimate; None where it gives none."""
        return self._read or None

    @property
    def questions(self) -> tuple[str, ...]:
        """What was put to it, in its own words: the definitions used, and then each question."""
        return tuple(self._asked)

    def fresh(self, what: str) -> str:
        """A name for one more table of ours."""
        return f"{what}_{next(self._made)}"

    def lock(self) -> None:
        """Nothing to lock: the connection only reads."""

    def run(self, statement: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Take a statement as a definition, or put it as a question."""
        tree = parsed(statement, values or {})
        if self._definitions.take(tree):
            return []
        try:
            question = self._question(tree)
        except NotThere as lacking:
            what = f"It has no function {lacking.args[0]}, which a count needs."
            raise refuse(WHERE, what, "Add it there, or review from files.") from None
        rows = self._connection.ask(question)
        if len(rows) > limits.MOST_ANSWERED:
            raise limits.beyond(
                WHERE, "MOST_ANSWERED", "rows in one answer", "Name columns of fewer values."
            )
        return _in_order(rows, tree)

    def columns(self, statement: str, values: Mapping[str, Any]) -> Mapping[str, NDArray[Any]]:
        """Bring what a question counts here, in columns."""
        tree = parsed(statement, values)
        assert isinstance(tree, exp.Query)
        names, rows = tree.named_selects, self.run(statement, values)
        found = zip(*rows, strict=True) if rows else ((),) * len(names)
        return {name: _plain(one) for name, one in zip(names, found, strict=True)}

    def each(
        self, statement: str, values: Mapping[str, Any] | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """No row comes from a warehouse: lists are made where the people are."""
        raise NotImplementedError

    def batches(
        self, statement: str, values: Mapping[str, Any] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """The same holds of rows in columns."""
        raise NotImplementedError

    def keep(self, table: str) -> None:
        """Hold the table for the questions to come; nothing is dropped, for nothing was made."""
        whole = exp.select("*").from_(exp.Table(this=exp.to_identifier(table)))
        columns = self._definitions.columns(table)
        name = f"candor_{table}_{id(self)}"
        if self._connection.hold(name, self._question(whole, holding=True)):
            held = exp.select(*[exp.column(one) for one in columns])
            self._definitions.define(table, held.from_(exp.Table(this=exp.to_identifier(name))))

    def close(self) -> None:
        """Leave the warehouse."""
        self._connection.close()

    def _question(self, tree: exp.Expr, *, holding: bool = False) -> str:
        """The question with the definitions that it needs in front, for so many rows at most.

        Raises `checks.refusal.Refused` where the review would read more than it may.
        """
        needed = self._definitions.needed(tree)
        spoken = {t.name for one in (tree, *needed.values()) for t in one.find_all(exp.Table)}
        read = {name: one for name, one in self._tables.items() if name in spoken}
        self._read += sum(one.weight or 0 for one in read.values())
        within_budget(self._read)
        texts = {name: one.query for name, one in read.items()}
        texts |= {name: self._text(name, query) for name, query in needed.items()}
        dialect = self._connection.dialect
        before = [f"{quoted(name, dialect)} AS (\n{text}\n)" for name, text in texts.items()]
        asked = written(tree, dialect)
        if isinstance(tree, exp.Query) and not holding:
            asked = f"{asked}\nLIMIT {limits.MOST_ANSWERED + 1}"
        self._asked.update(dict.fromkeys([*before, asked]))
        return f"WITH {', '.join(before)}\n{asked}" if before else asked

    def _text(self, name: str, query: exp.Query) -> str:
        """A definition in the engine's words, translated once."""
        held = self._written.get(name)
        if held is None or held[0] is not query:
            held = self._written[name] = (query, written(query, self._connection.dialect))
        return held[1]


def _plain(values: Sequence[Any]) -> NDArray[Any]:
    """The values of a column of counts: codes, yes and no, or days; what is not known is masked."""
    unknown = [one is None for one in values]
    days = any(isinstance(one, date) for one in values)
    known = [0 if one is None else one if days else int(one) for one in values]
    plain = np.array(known, dtype="datetime64[D]" if days else np.int64)
    return np.ma.masked_array(plain, unknown)


def _in_order(rows: list[tuple[Any, ...]], tree: exp.Expr) -> list[tuple[Any, ...]]:
    """Rows in the order that the question asked for, as our own engine would have them."""
    if not tree.args.get("order"):
        return rows
    return sorted(rows, key=lambda row: [(value is None, value) for value in row])
