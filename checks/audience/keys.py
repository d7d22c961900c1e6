"""Rows with one key are one person: find them, and fold them."""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checks.audience.engine import Engine
from checks.audience.facts import Fact, Fold

MARKS_AT_ONCE = 10_000_000
"""So many rows are compared at once where they are not all kept in memory."""


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


def fold(engine: Engine, drafts: Sequence[Draft], orders: Mapping[str, str]) -> KeyFacts:
    """Make the view `folded` of `row`, a row a person; `orders` is the last word by channel."""
    if engine.rows_are == "TABLE":
        _find_repeated(engine, "key IS NOT NULL")
    else:
        _find_alike(engine)
        _find_repeated(engine, "hash(key) IN (SELECT mark FROM alike)")
    engine.run("CREATE TABLE repeated AS SELECT * FROM row WHERE key IN (SELECT key FROM twice)")
    columns = [draft.fact.column for draft in drafts]
    kept = ", ".join(["key", "weight", "listed", *columns])
    made = ", ".join(f"{_folded(draft, orders)} AS {draft.fact.column}" for draft in drafts)
    engine.run(
        "CREATE TABLE again AS SELECT key, CAST(1 AS TINYINT) AS weight, "
        f"CAST(NULL AS BIGINT) AS listed, {made} "
        "FROM repeated GROUP BY key"
    )
    engine.run(
        f"CREATE VIEW folded AS SELECT {kept} FROM row "
        "WHERE key IS NULL OR key NOT IN (SELECT key FROM twice) "
        f"UNION ALL SELECT {kept} FROM again"
    )
    return _counted(engine, drafts)


def _find_repeated(engine: Engine, among: str) -> None:
    """Make the table `twice` of the keys that stand in more than one row."""
    engine.run(
        "CREATE TABLE twice AS SELECT key, count(*) AS times FROM row "
        f"WHERE {among} GROUP BY key HAVING count(*) > 1"
    )


def _find_alike(engine: Engine) -> None:
    """Make the table `alike` of marks that several rows share: only these can repeat a key.

    Marks are numbers made of keys, so many more of them than of keys fit into memory, and they are
    looked through in parts; two keys may share one, so keys themselves are compared after.
    """
    engine.run("CREATE TABLE hashed AS SELECT hash(key) AS mark FROM row WHERE key IS NOT NULL")
    [(rows,)] = engine.run("SELECT count(*) FROM hashed")
    parts = max(1, -(-rows // MARKS_AT_ONCE))
    engine.run("CREATE TABLE alike (mark UBIGINT)")
    for part in range(parts):
        engine.run(
            "INSERT INTO alike SELECT mark FROM hashed WHERE mark % $parts = $part "
            "GROUP BY mark HAVING count(*) > 1",
            {"parts": parts, "part": part},
        )
    engine.run("DROP TABLE hashed")


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


def _counted(engine: Engine, drafts: Sequence[Draft]) -> KeyFacts:
    said = _differs(draft.fact.column for draft in drafts if draft.fold == "said")
    other = _differs(draft.fact.column for draft in drafts if draft.fold != "said")
    [(disagreeing, permissions)] = engine.run(
        "SELECT count(*) FILTER (other), count(*) FILTER (said) FROM "
        f"(SELECT {other} AS other, {said} AS said FROM repeated GROUP BY key)"
    )
    [(rows, empty)] = engine.run("SELECT count(*), count(*) FILTER (key IS NULL) FROM row")
    [(repeated, repeating)] = engine.run(
        "SELECT count(*), coalesce(CAST(sum(times - 1) AS BIGINT), 0) FROM twice"
    )
    return KeyFacts(
        rows=rows,
        keys=rows - empty - repeating,
        empty=empty,
        repeated=repeated,
        repeating=repeating,
        disagreeing=disagreeing,
        permissions_folded=permissions,
    )


def _differs(columns: Iterable[str]) -> str:
    return " OR ".join(f"coalesce(min({one}) <> max({one}), FALSE)" for one in columns) or "FALSE"
