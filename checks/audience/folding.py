"""Fold the rows of each person into one."""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa

from checks.audience.engine import Engine
from checks.audience.keys import Draft, KeyFacts, folded
from checks.audience.marks import Array, Marks, as_bits
from checks.audience.rows import Rows

MARK = "hash(key) AS mark, CAST(place AS UINTEGER) AS place"


@dataclass(frozen=True, kw_only=True, slots=True)
class Folded:
    """A row a person."""

    sources: tuple[str, ...]
    """Each as SQL to stand after FROM where it is called `folded`; all people in all of them."""
    keys: KeyFacts


@dataclass(frozen=True, kw_only=True, slots=True)
class _Apart:
    """Rows that may share their key with others are put into `repeated`; here is the rest."""

    alone: tuple[str, ...]
    """The rest, each as SQL to stand after FROM."""
    empty: int
    """Rows without a key."""
    repeat: bool = True
    """Whether any may share its key."""


def fold(engine: Engine, rows: Rows) -> Folded:
    """Make a row a person of the rows."""
    if engine.far:
        apart = _apart_there(engine)
    elif rows.keyed:
        apart = _apart_here(engine, rows)
    else:
        apart = _together(rows, empty=rows.many)
    again = [_again(engine, rows)] if apart.repeat else []
    kept = ", ".join(_kept(rows))
    some = [f"SELECT {kept} FROM {one}" for one in (*apart.alone, *again)]
    if engine.far:
        some = [" UNION ALL ".join(some)]
    return Folded(
        sources=tuple(f"({one}) AS folded" for one in some),
        keys=_counted(engine, rows, apart),
    )


def _kept(rows: Rows) -> list[str]:
    spelt = ["spelt"] if rows.spelt else []
    return ["key", "weight", "listed", *spelt, *(draft.fact.column for draft in rows.drafts)]


def _apart_there(engine: Engine) -> _Apart:
    engine.run(
        "CREATE TABLE twice AS SELECT key, count(*) AS times FROM row "
        "WHERE key IS NOT NULL GROUP BY key HAVING count(*) > 1"
    )
    engine.run("CREATE TABLE repeated AS SELECT * FROM row WHERE key IN (SELECT key FROM twice)")
    [(empty,)] = engine.run("SELECT count(*) FILTER (key IS NULL) FROM row")
    alone = "row WHERE key IS NULL OR key NOT IN (SELECT key FROM twice)"
    return _Apart(alone=(alone,), empty=empty)


def _apart_here(engine: Engine, rows: Rows) -> _Apart:
    """Rows that may share a key are found by marks; only their keys are ever compared."""
    with TemporaryDirectory(prefix="candor-") as folder:
        marks = Marks(Path(folder), rows.many)
        for part in rows.told("looked through for people who stand in several"):
            keys = rows.where(part.condition, "key", "place")
            asked = f"SELECT {MARK} FROM ({keys}) WHERE key IS NOT NULL"
            some = list(engine.batches(asked, rows.reading.used(asked)))
            marks.take(*(_joined(some, name) for name in ("mark", "place")))
        empty, flags = rows.many - marks.taken, marks.flags()
    if not flags.any():
        return _together(rows, empty=empty)
    return _Apart(alone=tuple(_alone(rows, flags)), empty=empty)


def _joined(batches: Sequence[pa.RecordBatch], name: str) -> Array:
    """A column of whole numbers of several batches."""
    found: Array = np.concatenate([np.from_dlpack(one[name]) for one in batches] or [np.empty(0)])
    return found


def _alone(rows: Rows, flags: Array) -> Iterator[str]:
    """Rows that share their key with none; those that may go into `repeated`, by these flags."""
    reading, made = rows.reading, "CREATE TABLE repeated AS"
    for part in rows.told("looked at again where they may be of one person"):
        some = flags[part.first : part.end]
        if not some.any():
            yield f"({rows.where(part.condition)}) AS alone"
            continue
        bits = reading.value(as_bits(some))
        repeats = f"get_bit({bits}::BLOB::BIT, CAST({reading.place} - {part.first} AS INTEGER))"
        reading.run(f"{made} {rows.where(f'{part.condition} AND {repeats} = 1')}")
        made = "INSERT INTO repeated"
        yield f"({rows.where(f'{part.condition} AND {repeats} = 0')}) AS alone"


def _together(rows: Rows, *, empty: int) -> _Apart:
    """All rows, each of a person of its own."""
    alone = tuple(f"({rows.where(part.condition)}) AS alone" for part in rows.parts)
    return _Apart(alone=alone, empty=empty, repeat=False)


def _again(engine: Engine, rows: Rows) -> str:
    """Make `again` of the repeated rows: one for each person."""
    spelt = ["min(spelt) AS spelt"] if rows.spelt else []
    made = [f"{_folded(draft, rows.orders)} AS {draft.fact.column}" for draft in rows.drafts]
    engine.run(
        "CREATE TABLE again AS SELECT key, CAST(1 AS TINYINT) AS weight, "
        f"CAST(NULL AS BIGINT) AS listed, {', '.join([*spelt, *made])} FROM repeated GROUP BY key"
    )
    return "again"


def _folded(draft: Draft, orders: Mapping[str, str]) -> str:
    if draft.fold == "said":
        assert draft.channel is not None
        return f"first({draft.fact.column} ORDER BY {orders[draft.channel]})"
    return folded(draft.fold, draft.fact.column)


def _counted(engine: Engine, rows: Rows, apart: _Apart) -> KeyFacts:
    repeated, repeating, disagreeing, permissions = 0, 0, 0, 0
    if apart.repeat:
        said = _differs(draft.fact.column for draft in rows.drafts if draft.fold == "said")
        other = _differs(draft.fact.column for draft in rows.drafts if draft.fold != "said")
        [(repeated, repeating, disagreeing, permissions)] = engine.run(
            "SELECT count(*) FILTER (times > 1), coalesce(CAST(sum(times - 1) AS BIGINT), 0), "
            "count(*) FILTER (other), count(*) FILTER (said) FROM (SELECT count(*) AS times, "
            f"{other} AS other, {said} AS said FROM repeated GROUP BY key)"
        )
    return KeyFacts(
        rows=rows.many,
        keys=rows.many - apart.empty - repeating,
        empty=apart.empty,
        repeated=repeated,
        repeating=repeating,
        disagreeing=disagreeing,
        permissions_folded=permissions,
    )


def _differs(columns: Iterable[str]) -> str:
    return " OR ".join(f"coalesce(min({one}) <> max({one}), FALSE)" for one in columns) or "FALSE"
