"""The store: events and documents that are only ever added, and texts that may be erased.

SQLite by default (WAL, every commit on disk before it is acknowledged), PostgreSQL by URL for a
team. What keeps each from changing what was added is in `review.store.keeping`. Nothing here
knows what an event means.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

from review.commands.refusing import NotStored
from review.store import keeping
from review.store.canonical import fingerprint
from review.store.rows import Row, Words

T = TypeVar("T")

TABLES = MetaData()

EVENTS = Table(
    "events",
    TABLES,
    Column("review", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("hash", Text, nullable=False),
    Column("event", Text, nullable=False),
    UniqueConstraint("hash"),
    sqlite_strict=True,
)
DOCUMENTS = Table(
    "documents",
    TABLES,
    Column("sha256", Text, primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
    sqlite_strict=True,
)
TEXTS = Table(
    "texts",
    TABLES,
    Column("hash", Text, primary_key=True),
    Column("review", Text, nullable=False, index=True),
    Column("salt", LargeBinary),
    Column("words", Text),
    sqlite_strict=True,
)

ITS_EVENTS = (
    select(EVENTS.c.number, EVENTS.c.hash, EVENTS.c.event)
    .where(EVENTS.c.review == bindparam("named"))
    .order_by(EVENTS.c.number)
)
ITS_TEXTS = (
    select(TEXTS.c.hash, TEXTS.c.salt, TEXTS.c.words)
    .where(TEXTS.c.review == bindparam("named"))
    .order_by(TEXTS.c.hash)
)
THESE_DOCUMENTS = select(DOCUMENTS.c.sha256, DOCUMENTS.c.bytes).where(
    DOCUMENTS.c.sha256.in_(bindparam("names", expanding=True))
)
ITS_LAST = (
    select(EVENTS.c.number)
    .where(EVENTS.c.review == bindparam("named"))
    .order_by(EVENTS.c.number.desc())
    .limit(1)
)
ADD_EVENT, ADD_TEXT, ADD_DOCUMENT = insert(EVENTS), insert(TEXTS), insert(DOCUMENTS)
"""What is asked at every command, put into words once."""

TRIES = 5
"""How often a command is taken anew where a number was taken meanwhile."""

NOT_WRITTEN = (
    "This could not be stored, so it is not on record: the store is full, read-only or busy. "
    "Nothing that was there is lost. Tell whoever runs Candor, then try again."
)
NOT_READ = "The store of the record cannot be read. Tell whoever runs Candor."


class Page:
    """One review within one transaction: what is stored of it, and what is being added."""

    def __init__(self, connection: Connection, review: str) -> None:
        self.connection = connection
        self.review = review

    def rows(self) -> tuple[Row, ...]:
        """Its events in order."""
        found = self.connection.execute(ITS_EVENTS, {"named": self.review})
        return tuple(map(Row._make, found.all()))

    def texts(self) -> tuple[Words, ...]:
        """Its words, also the erased ones, without their words."""
        found = self.connection.execute(ITS_TEXTS, {"named": self.review})
        return tuple(map(Words._make, found.all()))

    def documents(self, names: Collection[str]) -> dict[str, bytes | None]:
        """The bytes of documents by their SHA-256; None where one is not stored."""
        if not names:
            return {}
        found = self.connection.execute(THESE_DOCUMENTS, {"names": list(names)})
        stored = {name: bytes(content) for name, content in found.all()}
        return {name: stored.get(name) for name in names}

    def add_event(self, row: Row) -> None:
        """Add an event; raises IntegrityError where its number is taken."""
        self.connection.execute(ADD_EVENT, {"review": self.review, **row._asdict()})

    def add_text(self, words: Words) -> None:
        """Keep words outside the chain."""
        self.connection.execute(ADD_TEXT, {"review": self.review, **words._asdict()})

    def add_document(self, content: bytes) -> str:
        """Keep a document, once; returns its SHA-256."""
        name = fingerprint(content)
        if self.documents([name])[name] is None:
            self.connection.execute(ADD_DOCUMENT, {"sha256": name, "bytes": content})
        return name

    def erase(self, hashes: Iterable[str]) -> None:
        """Erase words and their salts: what they said cannot be found again."""
        gone = update(TEXTS).where(TEXTS.c.review == self.review, TEXTS.c.hash.in_(list(hashes)))
        self.connection.execute(gone.values(salt=None, words=None))


class Ledger:
    """One store. Safe to share between threads and, on one machine, between processes."""

    def __init__(self, url: str) -> None:
        """Open a store; make its tables where they are missing.

        One that has them may be read-only. Raises `NotStored` where it cannot be opened.
        """
        self._engine, self._place = keeping.engine(url), keeping.place(url)
        try:
            self._make()
        except NotStored:
            if not self._made():
                self.close()
                raise

    def _make(self) -> None:
        with self._connected(writes=True) as connection:
            keeping.alone(connection, "the tables themselves")
            if keeping.is_kept(connection, TABLES.tables):
                return
            TABLES.create_all(connection)
            keeping.keep(connection)

    def _made(self) -> bool:
        with self._connected(writes=False) as connection:
            return set(TABLES.tables) <= set(inspect(connection).get_table_names())

    def close(self) -> None:
        """Let go of the store."""
        self._engine.dispose()

    def reviews(self) -> tuple[str, ...]:
        """The ids of every review."""
        with self._connected(writes=False) as connection:
            found = connection.execute(select(EVENTS.c.review).group_by(EVENTS.c.review))
            return tuple(found.scalars())

    def length(self, review: str) -> int:
        """The number of its last event: one row of an index, so that anybody may ask often."""
        with self._connected(writes=False) as connection:
            return int(connection.execute(ITS_LAST, {"named": review}).scalar() or 0)

    @contextmanager
    def reading(self, review: str) -> Iterator[Page]:
        """A page that does not move while it is read."""
        with self._connected(writes=False) as connection:
            yield Page(connection, review)

    def write(self, review: str, command: Callable[[Page], T]) -> T:
        """Do all of a command or nothing; what it added is on disk when this returns."""
        for _ in range(TRIES):
            try:
                return self._write(review, command)
            except IntegrityError:
                continue
        raise NotStored(NOT_WRITTEN, self._place)

    def _write(self, review: str, command: Callable[[Page], T]) -> T:
        with self._connected(writes=True) as connection:
            keeping.alone(connection, review)
            return command(Page(connection, review))

    @contextmanager
    def _connected(self, *, writes: bool) -> Iterator[Connection]:
        """A transaction. What a database says when it fails may quote words: it goes no further."""
        try:
            asked = keeping.options(self._engine, writes=writes)
            with self._engine.connect().execution_options(**asked) as connection:  # noqa: SIM117
                with connection.begin():
                    yield connection
        except IntegrityError:
            raise
        except (DBAPIError, sqlite3.Error):
            raise NotStored(NOT_WRITTEN if writes else NOT_READ, self._place) from None
