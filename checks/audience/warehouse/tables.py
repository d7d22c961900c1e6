"""The tables of a campaign in a warehouse: how each is read, and what its state is known by.

A table is known by its rows and by the sums of a hash over every row of the columns that the
campaign names: the same people give the same sums in any order, and one change gives others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from sqlglot import exp

from checks.audience.tables import Column, Table, Type
from checks.audience.warehouse.connecting import WHERE, Connection
from checks.audience.warehouse.dialects import quoted
from checks.campaign import Campaign
from checks.intake.mapping import SIDES, uses
from checks.intake.snapshot import Source
from checks.refusal import Problem, Refused

_PARTS = (1, 9, 17, 25)
"""Where the four parts of a hash begin: each is a number that every engine can add up."""
_BETWEEN = "\x1f"
"""The sign that parts the columns of a row: no text that people write has it."""
_NUMBER = {
    "postgres": "CAST(CAST('x' || {0} AS BIT(32)) AS BIGINT)",
    "spark": "CAST(conv({0}, 16, 10) AS BIGINT)",
    "trino": "from_base({0}, 16)",
    "bigquery": "CAST(CONCAT('0x', {0}) AS INT64)",
    "snowflake": "TO_NUMBER({0}, 'XXXXXXXX')",
}
"""Eight hexadecimal digits as a number."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stock:
    """What a campaign has in a warehouse."""

    tables: Mapping[str, Table]
    queries: Mapping[str, str]
    """By role, the query that stands for the table there."""
    record: Mapping[str, Any]
    """As that of a snapshot: see `checks.intake.snapshot.Record`."""
    sources: tuple[Source, ...]
    """The tables, each with the digest of its rows in the place of a file's hash."""
    as_of: str
    """The moment of the first count, as the warehouse says it."""

    @property
    def id(self) -> str:
        """What stands for these people: another where one of them changes."""
        return str(self.record["id"])


def stock(connection: Connection, campaign: Campaign) -> Stock:
    """Look at the tables that a campaign names; raises `checks.refusal.Refused`."""
    named = dict(_named(campaign))
    kinds = {role: connection.columns(table) for role, table in named.items()}
    lacking = list(_lacking(campaign, kinds))
    if lacking:
        raise Refused(lacking)
    tables: dict[str, Table] = {}
    queries: dict[str, str] = {}
    sources: list[Source] = []
    moments: list[str] = []
    for role, table in named.items():
        usable = {name: kind for name, one in kinds[role].items() if (kind := _kind(one))}
        queries[role] = _reading(connection.dialect, table, usable, campaign.time_zone)
        state = _state(connection, queries[role], _mine(campaign, role, list(usable)))
        columns = _columns(usable)
        tables[role] = Table(role=role, rows=state.rows, columns=columns, coded=False)
        sources.append(_source(role, table, tuple(usable), state))
        moments.append(state.at)
    record = _record(tables, sources)
    return Stock(
        tables=tables, queries=queries, record=record, sources=tuple(sources), as_of=min(moments)
    )


def moved(connection: Connection, campaign: Campaign, before: Stock) -> bool:
    """Whether a table is no longer what it was."""
    for one in before.sources:
        columns = _mine(campaign, one.role, list(one.columns))
        if _state(connection, before.queries[one.role], columns).digest != one.sha256:
            return True
    return False


def _named(campaign: Campaign) -> Iterator[tuple[str, str]]:
    for role in ("people", *SIDES):
        part = getattr(campaign, role)
        if part is not None and part.table is not None:
            yield role, part.table


def _lacking(campaign: Campaign, kinds: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    for use in uses(campaign):
        there = kinds.get(use.role)
        if there is None or not use.required or use.inherited:
            continue
        where = WHERE.replace("people.database", ".".join(map(str, use.place)))
        if use.column not in there:
            yield Problem(
                where=where,
                what=f"The table has no column “{use.column}”.",
                cure="Name one that it has, or a view that has it.",
            )
        elif not _kind(there[use.column]):
            yield Problem(
                where=where,
                what=f"The column “{use.column}” is of a type that cannot be counted.",
                cure="Name a view in which it is text, a number, a day or yes and no.",
            )


def _mine(campaign: Campaign, role: str, usable: list[str]) -> list[str]:
    """The columns of a table that the campaign names."""
    return sorted({use.column for use in uses(campaign) if use.role == role} & set(usable))


def _kind(kind: Any) -> str | None:  # noqa: ANN401 — Ibis has no types
    """What a column holds for us; None for what cannot be counted."""
    if kind.is_timestamp():
        return "time" if kind.timezone else "local time"
    held = {
        "bool": kind.is_boolean(),
        "integer": kind.is_integer(),
        "number": kind.is_floating() or kind.is_decimal(),
        "day": kind.is_date(),
        "text": kind.is_string(),
    }
    return next((name for name, is_it in held.items() if is_it), None)


def _columns(usable: Mapping[str, str]) -> dict[str, Column]:
    types: dict[str, Type] = {"local time": "time", "bool": "bool", "integer": "integer"}
    types |= {"number": "number", "day": "day", "text": "text", "time": "time"}
    return {name: Column(name=name, stored=name, type=types[kind]) for name, kind in usable.items()}


def _reading(dialect: str, table: str, usable: Mapping[str, str], zone: str) -> str:
    """The query that stands for a table: times in UTC, amounts as numbers."""
    columns = [exp.alias_(_as_ours(name, kind, zone), name) for name, kind in usable.items()]
    place = ".".join(quoted(one, dialect) for one in table.split("."))
    select = exp.select(*columns).sql(dialect=dialect, identify=True)
    return f"{select} FROM {place}"


def _as_ours(name: str, kind: str, zone: str) -> exp.Expr:
    column = exp.column(exp.to_identifier(name, quoted=True))
    match kind:
        case "number":
            return exp.cast(column, "DOUBLE")
        case "time":
            return exp.cast(
                exp.AtTimeZone(this=column, zone=exp.Literal.string("UTC")), "TIMESTAMP"
            )
        case "local time":
            there = exp.AtTimeZone(this=column, zone=exp.Literal.string(zone))
            return exp.AtTimeZone(this=there, zone=exp.Literal.string("UTC"))
        case _:
            return column


@dataclass(frozen=True, kw_only=True, slots=True)
class _State:
    rows: int
    digest: str
    at: str


def _state(connection: Connection, query: str, columns: list[str]) -> _State:
    """How many rows a table has, what they are known by, and when that was."""
    dialect = connection.dialect
    kind = _text(dialect)
    texts = [f"coalesce('=' || CAST({quoted(one, dialect)} AS {kind}), '-')" for one in columns]
    row = f" || '{_BETWEEN}' || ".join(texts) or "'everyone'"
    parts = [_NUMBER[dialect].format(f"substr(h, {at}, 8)") for at in _PARTS]
    sums = ", ".join(f"CAST(coalesce(sum({one}), 0) AS {kind})" for one in parts)
    [(rows, at, *found)] = connection.ask(
        f"SELECT count(*), CAST(current_timestamp AS {kind}), {sums} FROM "  # noqa: S608 — ours
        f"(SELECT md5({row}) AS h FROM ({query}) AS t) AS hashed"
    )
    said = "\n".join([str(rows), *columns, *map(str, found)])
    return _State(rows=int(rows), digest=sha256(said.encode()).hexdigest(), at=str(at))


def _source(role: str, table: str, columns: tuple[str, ...], state: _State) -> Source:
    return Source(
        role=role,
        name=table,
        sha256=state.digest,
        bytes=0,
        rows=state.rows,
        columns=columns,
        repairs=(),
    )


def _text(dialect: str) -> str:
    return "STRING" if dialect in ("spark", "bigquery") else "VARCHAR"


def _record(tables: Mapping[str, Table], sources: list[Source]) -> dict[str, Any]:
    told = "\n".join(f"{one.role} {one.sha256}" for one in sources)
    return {
        "version": 1,
        "id": sha256(told.encode()).hexdigest(),
        "sources": [asdict(one) for one in sources],
        "tables": {
            role: {
                "rows": table.rows,
                "columns": [{"name": c.name, "type": c.type} for c in table.columns.values()],
            }
            for role, table in tables.items()
        },
    }
