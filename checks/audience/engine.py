"""What answers for the people; here a private database: opened empty, filled once, then locked."""

from __future__ import annotations

import re
import shutil
import tempfile
import weakref
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa
from numpy.typing import NDArray

from checks.intake import limits, lockdown

CONFIGURATION: dict[str, str | bool | int | float | list[str]] = {
    **lockdown.SETTINGS,
    "memory_limit": "500MB",
    "threads": "2",
    "preserve_insertion_order": "false",  # which would hold much in memory, and nothing rests on it
    "perfect_ht_threshold": "20",
}
AT_ONCE = 10_000
"""So many rows are handed over in one go."""
IN_COLUMNS = 100_000
"""So many where they come in columns."""


def quoted(name: str) -> str:
    """A name as SQL reads it, whatever is in it.

    >>> quoted('a"; DROP TABLE b')
    '"a""; DROP TABLE b"'
    """
    return '"' + name.replace('"', '""') + '"'


def literal_path(path: str) -> str:
    """A path that DuckDB reads as one file, never as a pattern.

    >>> literal_path("a[1]*.parquet")
    'a[[]1][*].parquet'
    """
    return "".join(f"[{sign}]" if sign in "[*?" else sign for sign in path)


def written_out(statement: str, values: Mapping[str, Any]) -> str:
    """A statement with its values in it, for the few that take no parameters.

    >>> written_out("SELECT $a, $b", {"a": ["it's", 1], "b": date(2026, 12, 1)})
    "SELECT ['it''s', 1], DATE '2026-12-01'"
    """
    return re.sub(r"\$([a-z]\w*)", lambda found: _literal(values[found[1]]), statement)


def _literal(value: object) -> str:
    match value:
        case None:
            return "NULL"
        case str():
            return "'" + value.replace("'", "''") + "'"
        case date():
            return f"DATE '{value.isoformat()}'"
        case list() | tuple():
            return f"[{', '.join(map(_literal, value))}]"
        case _:
            return repr(value)


def smallest(numbers: int) -> str:
    """The smallest type that holds so many whole numbers from nought on.

    >>> smallest(256), smallest(257)
    ('UTINYINT', 'USMALLINT')
    """
    return "UTINYINT" if numbers <= 1 << 8 else "USMALLINT" if numbers <= 1 << 16 else "INTEGER"


class Unanswered(RuntimeError):  # noqa: N818 — as `Refused`
    """The database could not answer; only the kind of error is told."""


class Engine(Protocol):
    """What answers for the people: it takes statements of ours, in the words of DuckDB."""

    far: bool
    """Whether the people are elsewhere, so that each question reads them there."""

    @property
    def questions(self) -> tuple[str, ...]:
        """What was asked elsewhere, in the words used there; nothing where all is here."""

    @property
    def bytes_read(self) -> int | None:
        """Bytes that were read elsewhere, as estimated there; None where nobody estimates them."""

    def fresh(self, what: str) -> str:
        """A name for one more table of ours."""

    def lock(self) -> None:
        """From here on no file, no network, no extension, and no way back."""

    def run(self, statement: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Run one statement of ours; values come as parameters, never inside the text."""

    def columns(self, statement: str, values: Mapping[str, Any]) -> Mapping[str, NDArray[Any]]:
        """Run one statement of ours, and hand what it counted over in columns."""

    def each(
        self, statement: str, values: Mapping[str, Any] | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Run one statement of ours, and hand its rows over as they are read."""

    def batches(
        self, statement: str, values: Mapping[str, Any] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """The same, in columns: millions of rows at a time."""

    def keep(self, table: str) -> None:
        """Drop every table but this one."""

    def close(self) -> None:
        """Forget the people."""


class DuckDB:
    """One private database. Each question gets its own cursor, so threads may share it."""

    far: bool = False
    bytes_read: int | None = None

    def __init__(self, *, on_disk: bool = False) -> None:
        """What is made of the people is kept in memory, or on disk where that has no room."""
        self.folder = Path(tempfile.mkdtemp(prefix="candor-"))
        """Where more than fits into memory is put meanwhile; gone when the engine closes."""
        settings = {**CONFIGURATION, "temp_directory": str(self.folder)}
        if on_disk:
            settings["force_compression"] = "uncompressed"  # facts are narrow as they are
        place = str(self.folder / "people") if on_disk else ":memory:"
        self._connection = duckdb.connect(place, config=settings)
        self._reads: list[str] = []
        self._limit = "MOST_IN_PLACE_SECONDS" if on_disk else "MOST_COUNTING_SECONDS"
        self._made = count(1)
        self._end = weakref.finalize(self, _close, self._connection, self.folder)

    @property
    def questions(self) -> tuple[str, ...]:
        """Nothing was asked elsewhere."""
        return ()

    def fresh(self, what: str) -> str:
        """A name for one more table of ours."""
        return f"{what}_{next(self._made)}"

    def read(self, file: Path) -> str:
        """Let a file be read where it lies, also once all else is locked; by the path returned."""
        if literal_path(str(file)) != str(file):  # as a pattern it would stay locked
            here = self.folder / self.fresh("file")
            here.symlink_to(file)
            file = here
        self._reads.append(str(file))
        return str(file)

    def lock(self) -> None:
        """From here on no file but those it reads, no network, no extension, and no way back."""
        if self._reads:
            self._connection.execute("SET allowed_paths = $reads", {"reads": self._reads})
        lockdown.close(self._connection, "audience in place" if self._reads else "audience")

    def run(self, statement: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Run one statement of ours; values come as parameters, never inside the text.

        Raises `Unanswered`, and `checks.refusal.TookTooLong` at the time limit.
        """
        given = dict(values or {})
        if statement.startswith("CREATE VIEW"):  # which takes no parameters
            statement, given = written_out(statement, given), {}
        with self._asked(statement, given) as cursor:
            return cursor.fetchall()

    def columns(self, statement: str, values: Mapping[str, Any]) -> Mapping[str, NDArray[Any]]:
        """Run one statement of ours, and hand what it counted over in columns."""
        with self._asked(statement, values) as cursor:
            found: dict[str, Any] = cursor.fetchnumpy()
        return found

    def each(
        self, statement: str, values: Mapping[str, Any] | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Run one statement of ours, and hand its rows over as they are read."""
        try:
            with self._connection.cursor() as cursor:
                with self._in_time(cursor):
                    cursor.execute(statement, dict(values or {}))
                while rows := cursor.fetchmany(AT_ONCE):
                    yield from rows
        except duckdb.Error as error:  # its message may quote a row
            raise Unanswered(f"the people could not be read ({type(error).__name__})") from None

    def batches(
        self, statement: str, values: Mapping[str, Any] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """The same, in columns: millions of rows at a time."""
        try:
            with self._connection.cursor() as cursor:
                with self._in_time(cursor):
                    rows = cursor.sql(statement, params=dict(values or {}))
                    reader = rows.to_arrow_reader(IN_COLUMNS)
                yield from reader
        except duckdb.Error as error:  # its message may quote a row
            raise Unanswered(f"the people could not be read ({type(error).__name__})") from None

    def keep(self, table: str) -> None:
        """Drop every table but this one."""
        for (name,) in self.run("SELECT view_name FROM duckdb_views() WHERE NOT internal"):
            self.run(f"DROP VIEW {quoted(name)}")
        for (name,) in self.run("SELECT table_name FROM duckdb_tables()"):
            if name != table:
                self.run(f"DROP TABLE {quoted(name)}")

    def close(self) -> None:
        """Forget the people."""
        self._end()

    @contextmanager
    def _asked(
        self, statement: str, values: Mapping[str, Any]
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """A statement put, its answer to be fetched; both within the time limit."""
        try:
            with self._connection.cursor() as cursor, self._in_time(cursor):
                yield cursor.execute(statement, dict(values))
        except duckdb.Error as error:  # its message may quote a row
            raise Unanswered(f"the people could not be counted ({type(error).__name__})") from None

    def _in_time(self, cursor: duckdb.DuckDBPyConnection) -> AbstractContextManager[None]:
        seconds = getattr(limits, self._limit)
        return lockdown.within(cursor, seconds, self._limit, "One count of them")


def _close(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    connection.close()
    shutil.rmtree(folder, ignore_errors=True)
