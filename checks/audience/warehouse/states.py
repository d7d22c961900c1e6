"""Which state of a table was counted: its version where the warehouse keeps it, and a digest.

A table is known by its rows and by the sums of a hash over every row of the columns that the
campaign names: the same people give the same sums in any order, and one change gives others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from checks.audience.warehouse.connecting import Connection
from checks.audience.warehouse.dialects import quoted

AT = {
    "spark": "{place} VERSION AS OF {state}",
    "trino": "{place} FOR TIMESTAMP AS OF TIMESTAMP '{state} UTC'",
    "bigquery": "{place} FOR SYSTEM_TIME AS OF TIMESTAMP '{state} UTC'",
    "snowflake": "{place} AT(TIMESTAMP => '{state} +0000'::TIMESTAMP_TZ)",
}
"""How a table is read as it was: in Spark by a version, elsewhere by a moment in UTC."""
_PARTS = (1, 9, 17, 25)
"""Where the four parts of a hash begin: each is a number that every engine can add up."""
_BETWEEN = "\x1f"
"""The sign that parts the columns of a row: no text that people write has it."""
_HASH = {"trino": "to_hex(md5(to_utf8({0})))", "bigquery": "TO_HEX(MD5({0}))"}
"""A hash in hexadecimal digits, where it is not simply that."""
_NUMBER = {
    "postgres": "CAST(CAST('x' || {0} AS BIT(32)) AS BIGINT)",
    "spark": "CAST(conv({0}, 16, 10) AS BIGINT)",
    "trino": "from_base({0}, 16)",
    "bigquery": "CAST(CONCAT('0x', {0}) AS INT64)",
    "snowflake": "TO_NUMBER({0}, 'XXXXXXXX')",
}
"""Eight hexadecimal digits as a number."""


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """What a table is known by."""

    rows: int
    digest: str
    at: str
    """When, by the clock of the warehouse."""


def place(dialect: str, table: str, state: str | None = None) -> str:
    """A table as it stands in a question; in a state that the warehouse keeps."""
    where = ".".join(quoted(one, dialect) for one in table.split("."))
    return where if state is None else AT[dialect].format(place=where, state=state)


def state_of(connection: Connection, query: str, columns: Sequence[str]) -> State:
    """How many rows a table has, what they are known by, and when that was."""
    [(rows, at, *found)] = connection.ask(digesting(connection.dialect, query, columns))
    said = "\n".join([str(rows), *columns, *map(str, found)])
    return State(rows=int(rows), digest=sha256(said.encode()).hexdigest(), at=str(at))


def digesting(dialect: str, query: str, columns: Sequence[str]) -> str:
    """The question for the rows of a table, the moment, and the sums that the rows give."""
    kind = "STRING" if dialect in ("spark", "bigquery") else "VARCHAR"
    texts = [f"coalesce('=' || CAST({quoted(one, dialect)} AS {kind}), '-')" for one in columns]
    row = f" || '{_BETWEEN}' || ".join(texts) or "'everyone'"
    hashed = _HASH.get(dialect, "md5({0})").format(row)
    parts = [_NUMBER[dialect].format(f"substr(h, {at}, 8)") for at in _PARTS]
    sums = ", ".join(f"CAST(coalesce(sum({one}), 0) AS {kind})" for one in parts)
    return (
        f"SELECT count(*), CAST(current_timestamp AS {kind}), {sums} FROM "  # noqa: S608 — ours
        f"(SELECT {hashed} AS h FROM ({query}) AS t) AS hashed"
    )
