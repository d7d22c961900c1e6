"""The database that reads staged files: it sees one folder of ours, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from checks.intake import limits, lockdown

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    **lockdown.SETTINGS,
    "memory_limit": "500MB",
    "threads": "2",
}

_AT_ONCE = 10_000
_GROUP_BYTES = 1 << 25
_FEWEST_ROWS, _MOST_ROWS = 2_048, 122_880
"""Of a group of rows on disk, which is in memory as a whole while it is written."""
_MOST_REPEATED = 1_000
"""Distinct words in a group up to which each is written once."""


class Unreadable(Exception):  # noqa: N818 — never shown: whoever catches it says what to do
    """The database could not read a file; what it said is not passed on, it may quote a row."""


class Loader:
    """A private database, locked to one staging folder before it reads a byte."""

    def __init__(self, folder: Path, *, rereads: bool = False) -> None:
        """Open it for a folder that we made and named.

        `rereads`: many questions will be asked of the same rows, so that they are laid on disk.
        """
        self.rereads = rereads
        self._folder = folder
        spill = {"temp_directory": str(folder / "spill")}
        self._connection = duckdb.connect(":memory:", config={**_SETTINGS, **spill})
        self._connection.execute("SET TimeZone = 'UTC'")
        self._connection.execute("SET allowed_directories = [$folder]", {"folder": str(folder)})
        lockdown.close(self._connection, "loader")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def run(self, statement: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Run one statement of ours; values come as parameters.

        Raises `Unreadable`, and `checks.refusal.TookTooLong` at the time limit.
        """
        most = limits.MOST_SECONDS
        try:
            with lockdown.within(self._connection, most, "MOST_SECONDS", "A step of reading them"):
                return self._connection.execute(statement, dict(values or {})).fetchall()
        except duckdb.Error as error:
            raise Unreadable(type(error).__name__) from None

    def each(self, statement: str) -> Iterator[tuple[Any, ...]]:
        """Run one statement of ours, and hand its rows over as they are read."""
        try:
            with self._connection.cursor() as cursor:
                cursor.execute(statement)
                while rows := cursor.fetchmany(_AT_ONCE):
                    yield from rows
        except duckdb.Error as error:
            raise Unreadable(type(error).__name__) from None

    def lay(self, view: str, select: str, row_bytes: int) -> None:
        """Lay the rows of a statement on disk under a name: those of a large file fill the memory.

        What is laid is cheap to read again, as a word that repeats is looked at once. Groups of
        rows are small where rows are long. Raises as `run` does.
        """
        rows = max(_FEWEST_ROWS, min(_MOST_ROWS, _GROUP_BYTES // max(row_bytes, 1)))
        file = self._folder / f"{view}.parquet"
        path, pattern = (where.replace("'", "''") for where in (str(file), literal(file)))
        how = f"FORMAT parquet, ROW_GROUP_SIZE {rows}, DICTIONARY_SIZE_LIMIT {_MOST_REPEATED}"
        self.run(f"COPY ({select}) TO '{path}' ({how})")
        self.run(f"CREATE VIEW {view} AS FROM read_parquet('{pattern}')")


def quoted(name: str) -> str:
    """A name as SQL reads it, whatever is in it.

    >>> quoted('a"; DROP TABLE b')
    '"a""; DROP TABLE b"'
    """
    return '"' + name.replace('"', '""') + '"'


def text(words: str) -> str:
    """Words as an SQL text.

    >>> text("it's")
    "'it''s'"
    """
    return "'" + words.replace("'", "''") + "'"


def literal(file: Path) -> str:
    """A path that the database reads as one file, never as a pattern.

    >>> literal(Path("a[1]*.csv"))
    'a[[]1][*].csv'
    """
    return "".join(f"[{sign}]" if sign in "[*?" else sign for sign in str(file))
