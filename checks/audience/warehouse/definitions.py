"""Statements that make tables, read as definitions: for engines in which nothing may be made.

The person view is built by statements (create, fill, change a table). Where the people stay in a
warehouse that is only read, each statement becomes the definition of a table instead, and a
question carries the definitions that it needs in front of it (``WITH …``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlglot import exp, parse_one

OURS = "duckdb"
"""The dialect in which our statements are written."""
_PLACE = "place_of_{}"


def parsed(statement: str, values: Mapping[str, Any]) -> exp.Expr:
    """One statement of ours as a tree, its values in it as literals."""
    named = re.sub(r"\$([a-z]\w*)", lambda found: _PLACE.format(found[1]), statement)
    places = {_PLACE.format(name): value for name, value in values.items()}

    def filled(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column) and not node.table and node.name in places:
            return literal(places[node.name])
        return node

    return parse_one(named, read=OURS).transform(filled)


def literal(value: object) -> exp.Expr:
    """A value as it stands in a statement of any dialect."""
    match value:
        case None:
            return exp.null()
        case datetime():
            return exp.cast(exp.Literal.string(value.isoformat(sep=" ")), "TIMESTAMP")
        case date():
            return exp.cast(exp.Literal.string(value.isoformat()), "DATE")
        case list() | tuple():
            return exp.Array(expressions=[literal(one) for one in value])
        case _:
            return exp.convert(value)


class Definitions:
    """The tables that statements have defined so far."""

    def __init__(self) -> None:
        self._made: dict[str, exp.Query] = {}
        self._kinds: dict[str, dict[str, exp.DataType]] = {}
        """The columns of tables that were made empty."""

    def take(self, tree: exp.Expr) -> bool:
        """Read a statement that makes or changes a table; whether it was one."""
        match tree:
            case exp.Create():
                self._create(tree)
            case exp.Insert():
                self._insert(tree)
            case exp.Update():
                self._update(tree)
            case exp.Alter():
                self._alter(tree)
            case exp.Drop():
                pass  # a definition costs nothing, and others may still speak of it
            case _:
                return False
        return True

    def define(self, name: str, query: exp.Query) -> None:
        """Say what a table holds; a definition that speaks of the one before keeps that beside."""
        before = self._made.pop(name, None)
        spoken = [one for one in query.find_all(exp.Table) if one.name == name]
        if before is not None and spoken:
            earlier = f"{name}_{len(self._made)}"
            self._made[earlier] = before
            for one in spoken:
                one.replace(_table(earlier, one.alias or name))
        self._made[name] = query

    def columns(self, name: str) -> list[str]:
        """The names of a table's columns, in order."""
        return list(self._made[name].named_selects)

    def needed(self, query: exp.Expr) -> dict[str, exp.Query]:
        """The definitions that a question needs in front of it, in an order that can be read."""
        found: set[str] = set()
        waiting = [query]
        while waiting:
            for table in waiting.pop().find_all(exp.Table):
                if table.name in self._made and not table.db and table.name not in found:
                    found.add(table.name)
                    waiting.append(self._made[table.name])
        return {name: made for name, made in self._made.items() if name in found}

    def _create(self, tree: exp.Create) -> None:
        if isinstance(tree.expression, exp.Query):
            self.define(tree.this.name, tree.expression)
            return
        name = tree.this.this.name
        self._kinds[name] = {one.name: one.args["kind"] for one in tree.this.expressions}
        self.define(name, nothing(self._kinds[name]))

    def _insert(self, tree: exp.Insert) -> None:
        name, more = tree.this.name, tree.expression
        if name in self._kinds:
            lists = [list(_items(one)) for one in more.expressions]
            self.define(name, listed(self._kinds[name], lists))
            return
        before = self._made[name]
        self.define(name, exp.union(before.copy(), more, distinct=False, copy=False))

    def _update(self, tree: exp.Update) -> None:
        name, other = tree.this.name, tree.args.get("from_")
        changed = {one.this.name: one.expression for one in tree.expressions}
        condition = _of(tree.args["where"].this, name)
        columns = [_changed(name, one, changed.get(one), condition) for one in self.columns(name)]
        query = exp.select(*columns).from_(_table(name, name))
        if other is not None:
            query = query.join(other.this.copy(), on=condition.copy(), join_type="left")
        self.define(name, query)

    def _alter(self, tree: exp.Alter) -> None:
        name = tree.this.name
        [added] = tree.args["actions"]
        kept = [exp.column(one, table=name) for one in self.columns(name)]
        new = exp.alias_(exp.cast(exp.null(), added.args["kind"]), added.name)
        self.define(name, exp.select(*kept, new).from_(_table(name, name)))


def nothing(kinds: Mapping[str, exp.DataType]) -> exp.Select:
    """A table with these columns and no row."""
    columns = [exp.alias_(exp.cast(exp.null(), kind), name) for name, kind in kinds.items()]
    return exp.select(*columns).where(exp.false())


def listed(kinds: Mapping[str, exp.DataType], lists: list[list[exp.Expr]]) -> exp.Select:
    """A table of values given as lists, one a column."""
    rows = list(zip(*lists, strict=True))
    if not rows:
        return nothing(kinds)
    values = exp.values(rows, alias="listed", columns=list(kinds))
    columns = [
        exp.alias_(exp.cast(exp.column(name, table="listed"), kind), name)
        for name, kind in kinds.items()
    ]
    return exp.select(*columns).from_(values)


def _items(column: exp.Expr) -> Iterator[exp.Expr]:
    array = column.find(exp.Array)
    if array is not None:
        yield from array.expressions


def _table(name: str, alias: str) -> exp.Expr:
    made = exp.Table(this=exp.to_identifier(name))
    return made if alias == name else exp.alias_(made, alias, table=True)


def _changed(name: str, column: str, value: exp.Expr | None, condition: exp.Expr) -> exp.Expr:
    kept = exp.column(column, table=name)
    if value is None:
        return kept
    return exp.alias_(exp.case().when(condition.copy(), _of(value, name)).else_(kept), column)


def _of(condition: exp.Expr, name: str) -> exp.Expr:
    """The same with columns that name no table taken for those of this one."""

    def named(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column) and not node.table:
            return exp.column(node.this, table=name)
        return node

    return condition.copy().transform(named)
