"""Permission events: one row a person, channel, purpose and time, folded to the word that counts.

An event counts for a channel's purpose where it names it; a no that names no purpose (or "all")
counts for every one, and a no that names no channel for every channel. A yes to another purpose
only is still a yes, that does not fit. A no to a purpose that the campaign file nowhere
names may be meant for this one: it is a fact of its own, unless a yes that fits came later.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from checks.audience.engine import Engine
from checks.audience.facts import Kind
from checks.audience.permissions import (
    CHANNEL_WORDS,
    EVERY,
    STATUSES,
    Part,
    collected,
    ends,
    names_purpose,
    order,
    plain,
    status_of,
)
from checks.audience.reading import Reading
from checks.campaign import Channel, Permissions

_NO_DAY = "CAST(NULL AS DATE)"
Columns = tuple[tuple[str, Kind, str, tuple[str, ...]], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Events:
    """What the events say: a table a channel, and what looks wrong in them."""

    tables: tuple[tuple[str, Columns], ...]
    future_dates: int
    """Events dated after the file was exported."""
    tests: int
    """Events made to try the system, which say nothing."""


def fold_events(
    engine: Engine,
    reading: Reading,
    told: Permissions,
    key: str,
    channels: Mapping[str, Channel],
    launch: date,
    exported: date,
    purposes: frozenset[str],
) -> Events:
    """Make a table for each channel, a row a person: the word that counts at launch.

    `key` is the SQL of the person whom an event is about;
    `purposes` are those that the campaign file names somewhere.
    """
    parts = tuple(collected(reading, told))
    columns = {"key": key, **_columns(reading, told, parts)}
    for name, channel in channels.items():
        columns[f"mine_{name}"] = _is_mine(reading, told.channel, name)
        columns[f"fits_{name}"] = _fits(reading, told.purpose, channel.purpose, purposes)
    select, trial = ", ".join(f"{sql} AS {n}" for n, sql in columns.items()), _trial(reading, told)
    reading.run(f"CREATE TABLE event AS SELECT {select} FROM {reading.source} WHERE NOT {trial}")
    [(tests,)] = reading.ask(f"count(*) FILTER ({trial})")
    tables = tuple(
        table
        for name in channels
        for table in (
            (_fold(engine, name, launch, parts), _facts(reading, told, name, parts)),
            (_strange(engine, name, launch), _strange_facts(name)),
        )
    )
    [(future,)] = engine.run(
        "SELECT count(*) FROM event WHERE CAST(moment AS DATE) > $exported", {"exported": exported}
    )
    engine.run("DROP TABLE event")
    return Events(tables=tables, future_dates=future, tests=tests)


def _columns(reading: Reading, told: Permissions, parts: tuple[Part, ...]) -> dict[str, str]:
    """What an event says, whichever channel it is about."""
    return {
        "status": status_of(reading, told),
        "moment": reading.moment(told.at) if reading.has(told.at) else "CAST(NULL AS TIMESTAMP)",
        "ends": ends(reading, told.expires) if reading.has(told.expires) else _NO_DAY,
        "proof": _filled(reading, told.proof),
        "wording": _filled(reading, told.wording),
        **{part.fact: part.sql for part in parts},
    }


def _trial(reading: Reading, told: Permissions) -> str:
    """Whether an event was only made to try the system."""
    if not reading.has(told.test):
        return "FALSE"
    return f"coalesce({reading.truth(told.test, otherwise=True)}, FALSE)"


def _fold(engine: Engine, name: str, launch: date, parts: tuple[Part, ...]) -> str:
    """The codes of mine and fits: 2 where the event names it, 1 where it names all, 0 neither."""
    last = order("status", "moment", f"DATE '{launch.isoformat()}'", "proof", "wording")
    mine = f"(mine_{name} = 2 OR (mine_{name} = 1 AND status <> 0))"
    applies = f"(fits_{name} = 2 OR (fits_{name} = 1 AND status <> 0))"
    own = ("status", "moment", "applies", "ends", "proof", "wording")
    fields = (*own, *(part.fact for part in parts))
    packed = ", ".join(f"{one} := {one}" for one in fields)
    engine.run(
        f"CREATE TABLE said_{name} AS "
        f"SELECT key, first(struct_pack({packed}) ORDER BY applies DESC, {last}) AS said "
        f"FROM (SELECT *, {applies} AS applies FROM event WHERE {mine}) "
        "WHERE key IS NOT NULL AND status IS NOT NULL AND (applies OR status = 0) GROUP BY key"
    )
    return f"said_{name}"


def _strange(engine: Engine, name: str, launch: date) -> str:
    """Who said no to this channel for a purpose that is not known here, and when last."""
    engine.run(
        f"CREATE TABLE strange_{name} AS SELECT key, max(moment) AS at FROM event "
        f"WHERE mine_{name} > 0 AND fits_{name} = -1 AND status <> 0 AND key IS NOT NULL "
        f"AND coalesce(CAST(moment AS DATE) <= DATE '{launch.isoformat()}', TRUE) GROUP BY key"
    )
    return f"strange_{name}"


def _strange_facts(name: str) -> Columns:
    said = f"said_{name}.said"
    settled = f"{said}.status = 0 AND {said}.applies AND {said}.moment > strange_{name}.at"
    sql = f"(strange_{name}.key IS NOT NULL AND NOT coalesce({settled}, FALSE))"
    return ((f"{name}.strange_no", "bool", sql, ()),)


def _facts(reading: Reading, told: Permissions, name: str, parts: tuple[Part, ...]) -> Columns:
    said = f"said_{name}.said"
    columns: list[tuple[str, Kind, str, tuple[str, ...]]] = [
        (f"{name}.status", "text", f"{said}.status", STATUSES),
        (f"{name}.purpose_fits", "bool", f"{said}.applies", ()),
    ]
    if reading.has(told.at):
        day = f"CASE WHEN {said}.status = 0 THEN CAST({said}.moment AS DATE) END"
        columns.append((f"{name}.given", "day", day, ()))
    if reading.has(told.expires):
        columns.append((f"{name}.expires", "day", f"{said}.ends", ()))
    for fact, column in (("proof", told.proof), ("wording", told.wording)):
        if reading.has(column):
            columns.append((f"{name}.{fact}", "bool", f"{said}.{fact}", ()))
    columns += [(f"{name}.{p.fact}", p.kind, f"{said}.{p.fact}", p.shown) for p in parts]
    return tuple(columns)


def _is_mine(reading: Reading, column: str | None, name: str) -> str:
    if not reading.has(column):
        return "2"
    words = CHANNEL_WORDS[name]

    def named(word: str) -> int:
        return 2 if plain(word) in words else 1 if _names_all(reading, word) else 0

    return f"coalesce({reading.mapped(column, 'INTEGER', named)}, 1)"


def _fits(reading: Reading, column: str | None, purpose: str, known: frozenset[str]) -> str:
    if column is None or not reading.has(column):
        return "2"

    def named(word: str) -> int:
        if names_purpose(word, purpose):
            return 2
        if _names_all(reading, word):
            return 1
        return 0 if any(names_purpose(word, one) for one in known) else -1

    return f"coalesce({reading.mapped(column, 'INTEGER', named)}, 1)"


def _names_all(reading: Reading, word: str) -> bool:
    return word.casefold() in EVERY or reading.unknown(word)


def _filled(reading: Reading, column: str | None) -> str:
    return reading.filled(column) if column is not None and reading.has(column) else "FALSE"
