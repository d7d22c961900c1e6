"""The tables of a campaign in a warehouse: how each is read, and what a reading of it weighs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

from sqlglot import exp

from checks.audience.lacking import lacking
from checks.audience.tables import Column, Table, Type
from checks.audience.warehouse.connecting import Connection
from checks.audience.warehouse.in_words import WHERE
from checks.audience.warehouse.states import State, place, state_of
from checks.campaign import Campaign
from checks.intake import limits
from checks.intake.mapping import SIDES, uses
from checks.intake.profiles import ColumnProfile
from checks.intake.snapshot import Source
from checks.refusal import Refused


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """How one table is read."""

    table: str
    query: str
    """What stands for it, in the warehouse's own words."""
    kinds: Mapping[str, str]
    """Its columns that can be counted, and what each holds."""
    mine: list[str]
    """Those that the campaign names."""
    version: str | None
    weight: int | None
    """Bytes of reading it once, as the warehouse estimates them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stock:
    """What a campaign has in a warehouse, by role."""

    readings: Mapping[str, Reading]
    states: Mapping[str, State]

    @property
    def id(self) -> str:
        """What stands for these people: another where one of them changes."""
        told = "\n".join(f"{role} {state.digest}" for role, state in self.states.items())
        return sha256(told.encode()).hexdigest()

    @property
    def as_of(self) -> str:
        """The moment of the first count, as the warehouse says it, and versions that it keeps."""
        versions = [
            f"{one.table} at version {one.version}"
            for one in self.readings.values()
            if one.version is not None
        ]
        return ", ".join([min(state.at for state in self.states.values()), *versions])

    @property
    def tables(self) -> dict[str, Table]:
        """The tables as the person view meets them."""
        return {
            role: Table(
                role=role, rows=self.states[role].rows, columns=_columns(one.kinds), coded=False
            )
            for role, one in self.readings.items()
        }

    @property
    def sources(self) -> tuple[Source, ...]:
        """The tables, each with the digest of its rows in the place of a file's hash."""
        return tuple(
            Source(
                role=role,
                name=one.table,
                sha256=self.states[role].digest,
                bytes=one.weight or 0,
                rows=self.states[role].rows,
                columns=tuple(one.kinds),
                repairs=(),
            )
            for role, one in self.readings.items()
        )

    def record(self, profiles: Sequence[ColumnProfile]) -> dict[str, Any]:
        """As that of a snapshot, with what the people look like; see `checks.intake.snapshot`."""
        tables = {
            role: {
                "rows": table.rows,
                "columns": [{"name": c.name, "type": c.type} for c in table.columns.values()],
            }
            for role, table in self.tables.items()
        }
        sources = [
            asdict(replace(one, profiles=tuple(profiles)) if one.role == "people" else one)
            for one in self.sources
        ]
        return {"version": 1, "id": self.id, "sources": sources, "tables": tables}


def stock(connection: Connection, campaign: Campaign) -> Stock:
    """Look at the tables that a campaign names; raises `checks.refusal.Refused`."""
    kinds = {role: connection.columns(table) for role, table in _named(campaign)}
    told = {
        role: {name: _kind(one) for name, one in there.items()} for role, there in kinds.items()
    }
    if problems := list(lacking(campaign, told)):
        raise Refused(problems)
    readings = {
        role: _reading(connection, campaign, role, table, kinds[role])
        for role, table in _named(campaign)
    }
    within_budget(sum(one.weight or 0 for one in readings.values()))
    states = {role: state_of(connection, one.query, one.mine) for role, one in readings.items()}
    return Stock(readings=readings, states=states)


def moved(connection: Connection, stock: Stock) -> bool:
    """Whether a table is no longer what it was, where the warehouse would not have kept that."""
    return any(
        state_of(connection, one.query, one.mine).digest != stock.states[role].digest
        for role, one in stock.readings.items()
        if not connection.one_state and one.version is None
    )


def within_budget(read: int) -> None:
    """Raise `checks.refusal.Refused` where more would be read than one review may read there."""
    if read > limits.MOST_READ_THERE:
        raise limits.beyond(
            WHERE, "MOST_READ_THERE", "bytes to read there", "Name views of fewer rows or columns."
        )


def _named(campaign: Campaign) -> Iterator[tuple[str, str]]:
    for role in ("people", *SIDES):
        part = getattr(campaign, role)
        if part is not None and part.table is not None:
            yield role, part.table


def _mine(campaign: Campaign, role: str, usable: list[str]) -> list[str]:
    """The columns of a table that the campaign names."""
    return sorted({use.column for use in uses(campaign) if use.role == role} & set(usable))


def _kind(kind: Any) -> str | None:  # noqa: ANN401 — Ibis has no types
    """What a column holds for us; None for what cannot be counted."""
    if kind.is_timestamp():
        return "time" if kind.timezone else "local time"
    if kind.is_decimal() and kind.scale == 0:
        return "whole"
    held = {
        "bool": kind.is_boolean(),
        "integer": kind.is_integer(),
        "number": kind.is_floating() or kind.is_decimal(),
        "day": kind.is_date(),
        "text": kind.is_string(),
        "id": kind.is_uuid(),
    }
    return next((name for name, is_it in held.items() if is_it), None)


def _columns(usable: Mapping[str, str]) -> dict[str, Column]:
    types: dict[str, Type] = {"local time": "time", "bool": "bool", "integer": "integer"}
    types |= {
        "whole": "integer",
        "id": "text",
        "number": "number",
        "day": "day",
        "text": "text",
        "time": "time",
    }
    return {name: Column(name=name, stored=name, type=types[kind]) for name, kind in usable.items()}


def _reading(
    connection: Connection, campaign: Campaign, role: str, table: str, kinds: Mapping[str, Any]
) -> Reading:
    """How a table is read: times in UTC, amounts as numbers, in the state that it has now."""
    dialect, version = connection.dialect, connection.version(table)
    usable = {name: kind for name, one in kinds.items() if (kind := _kind(one))}
    columns = [
        exp.alias_(_as_ours(name, kind, campaign.time_zone), name) for name, kind in usable.items()
    ]
    select = exp.select(*columns).sql(dialect=dialect, identify=True)
    query = f"{select} FROM {place(dialect, table, version)}"
    return Reading(
        table=table,
        query=query,
        kinds=usable,
        mine=_mine(campaign, role, list(usable)),
        version=version,
        weight=connection.weighs(query),
    )


def _as_ours(name: str, kind: str, zone: str) -> exp.Expr:
    column = exp.column(exp.to_identifier(name, quoted=True))
    match kind:
        case "number":
            return exp.cast(column, "DOUBLE")
        case "whole":
            return exp.cast(column, "BIGINT")
        case "id":
            return exp.cast(column, "VARCHAR")
        case "time":
            return exp.cast(
                exp.AtTimeZone(this=column, zone=exp.Literal.string("UTC")), "TIMESTAMP"
            )
        case "local time":
            there = exp.AtTimeZone(this=column, zone=exp.Literal.string(zone))
            return exp.AtTimeZone(this=there, zone=exp.Literal.string("UTC"))
        case _:
            return column
