"""Rows with one key are one person: find them, and fold them."""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from checks.audience.engine import Engine
from checks.audience.facts import Fact, Fold
from checks.audience.marks import Marks, as_bits
from checks.audience.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyFacts:
    """How well the key tells people apart; counts only."""

    rows: int
    keys: int
    """Distinct keys, the empty ones apart."""
    empty: int
    """Rows without a key: each is taken as a person of its own. All, where there is no key."""
    repeated: int
    """Keys that stand in more than one row."""
    repeating: int
    """Rows that repeat a key: what there is beyond one row a key."""
    disagreeing: int
    """Repeated keys whose rows disagree about something other than a permission."""
    permissions_folded: int
    """Repeated keys whose rows disagree about a permission: the last word counted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A fact on its way into the view: how to read it from a row, and how rows fold."""

    fact: Fact
    sql: str
    fold: Fold = "same"
    channel: str | None = None
    """For what was said: the channel it was said about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Folded:
    """A row a person, as SQL to stand after FROM where it is called `folded`."""

    source: str
    values: Mapping[str, Any]
    keys: KeyFacts


@dataclass(frozen=True, kw_only=True, slots=True)
class Rows:
    """The rows of the people, as they stand in `row`, and what is to become of them."""

    reading: Reading
    columns: Mapping[str, str]
    """What `row` is made of."""
    keyed: bool
    """Whether they have keys."""
    spelt: bool
    """Whether each key is kept as the file writes it."""
    drafts: Sequence[Draft]
    orders: Mapping[str, str]
    """The last word by channel."""

    @property
    def many(self) -> int:
        """How many there are."""
        return self.reading.table.rows

    def where(self, condition: str) -> str:
        """Those of which a condition on the table holds: it is asked before anything is made."""
        made = ", ".join(f"{sql} AS {name}" for name, sql in self.columns.items())
        return f"SELECT {made} FROM {self.reading.source} WHERE {condition}"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Apart:
    """Rows that may share their key with others, put into `repeated`; and the rest."""

    alone: str | None
    """The rest, as SQL to stand after FROM; None where it is all."""
    empty: int
    """Rows without a key."""


def fold(engine: Engine, rows: Rows) -> Folded:
    """Make a row a person of `row`."""
    if not (rows.keyed or engine.far):
        return _unfolded(rows, empty=rows.many)
    apart = _apart_there(engine) if engine.far else _apart_here(engine, rows)
    if apart.alone is None:
        return _unfolded(rows, empty=apart.empty)
    spelt = ["spelt"] if rows.spelt else []
    columns = [draft.fact.column for draft in rows.drafts]
    kept = ", ".join(["key", "weight", "listed", *spelt, *columns])
    made = [f"min({one}) AS {one}" for one in spelt]
    made += [f"{_folded(draft, rows.orders)} AS {draft.fact.column}" for draft in rows.drafts]
    engine.run(
        "CREATE TABLE again AS SELECT key, CAST(1 AS TINYINT) AS weight, "
        f"CAST(NULL AS BIGINT) AS listed, {', '.join(made)} FROM repeated GROUP BY key"
    )
    return Folded(
        source=f"(SELECT {kept} FROM {apart.alone} UNION ALL SELECT {kept} FROM again) AS folded",
        values=rows.reading.used(apart.alone),
        keys=_counted(engine, rows, apart.empty),
    )


def _unfolded(rows: Rows, *, empty: int) -> Folded:
    """Rows that are a person each."""
    facts = KeyFacts(
        rows=rows.many,
        keys=rows.many - empty,
        empty=empty,
        repeated=0,
        repeating=0,
        disagreeing=0,
        permissions_folded=0,
    )
    return Folded(source="row AS folded", values={}, keys=facts)


def _apart_there(engine: Engine) -> _Apart:
    engine.run(
        "CREATE TABLE twice AS SELECT key, count(*) AS times FROM row "
        "WHERE key IS NOT NULL GROUP BY key HAVING count(*) > 1"
    )
    engine.run("CREATE TABLE repeated AS SELECT * FROM row WHERE key IN (SELECT key FROM twice)")
    [(empty,)] = engine.run("SELECT count(*) FILTER (key IS NULL) FROM row")
    alone = "row WHERE key IS NULL OR key NOT IN (SELECT key FROM twice)"
    return _Apart(alone=alone, empty=empty)


def _apart_here(engine: Engine, rows: Rows) -> _Apart:
    """Rows that may share a key are found by marks; only their keys are ever compared."""
    with TemporaryDirectory(prefix="candor-") as folder:
        marks = Marks(Path(folder), rows.many)
        asked = "SELECT hash(key) AS mark, place FROM row WHERE key IS NOT NULL"
        for some in engine.batches(asked):
            marks.take(np.from_dlpack(some["mark"]), np.from_dlpack(some["place"]))
        empty, bits = rows.many - marks.taken, as_bits(marks.shared(), rows.many)
    if bits is None:
        return _Apart(alone=None, empty=empty)
    reading = rows.reading
    repeats = f"get_bit({reading.value(bits)}::BLOB::BIT, CAST({reading.place} AS INTEGER))"
    reading.run(f"CREATE TABLE repeated AS {rows.where(f'{repeats} = 1')}")
    return _Apart(alone=f"({rows.where(f'{repeats} = 0')}) AS alone", empty=empty)


def _folded(draft: Draft, orders: Mapping[str, str]) -> str:
    if draft.fold == "said":
        assert draft.channel is not None
        return f"first({draft.fact.column} ORDER BY {orders[draft.channel]})"
    return folded(draft.fold, draft.fact.column)


def folded(fold: Fold, column: str) -> str:
    """What the rows of one person come to; the last word is found by `fold` itself."""
    match fold:
        case "any":
            return f"bool_or({column})"
        case "all":
            return f"bool_and({column})"
        case "most":
            return f"max({column})"
        case _:
            return f"CASE WHEN min({column}) = max({column}) THEN min({column}) END"


def _counted(engine: Engine, rows: Rows, empty: int) -> KeyFacts:
    said = _differs(draft.fact.column for draft in rows.drafts if draft.fold == "said")
    other = _differs(draft.fact.column for draft in rows.drafts if draft.fold != "said")
    [(repeated, repeating, disagreeing, permissions)] = engine.run(
        "SELECT count(*) FILTER (times > 1), coalesce(CAST(sum(times - 1) AS BIGINT), 0), "
        "count(*) FILTER (other), count(*) FILTER (said) FROM "
        f"(SELECT count(*) AS times, {other} AS other, {said} AS said FROM repeated GROUP BY key)"
    )
    return KeyFacts(
        rows=rows.many,
        keys=rows.many - empty - repeating,
        empty=empty,
        repeated=repeated,
        repeating=repeating,
        disagreeing=disagreeing,
        permissions_folded=permissions,
    )


def _differs(columns: Iterable[str]) -> str:
    return " OR ".join(f"coalesce(min({one}) <> max({one}), FALSE)" for one in columns) or "FALSE"
