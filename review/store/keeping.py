"""How a database is kept from changing what was added: by triggers and by rights, in each store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from review.commands.refusing import NotStored

PRAGMAS = (
    "PRAGMA busy_timeout=30000",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA recursive_triggers=ON",
)
ADDED = {
    "events": "review = NEW.review AND number = NEW.number OR hash = NEW.hash",
    "documents": "sha256 = NEW.sha256",
}
"""The tables that are only added to, and what makes two rows of them one."""
SAME = {**ADDED, "texts": "hash = NEW.hash"}
ERASED = (
    "NEW.words IS NULL AND NEW.salt IS NULL AND NEW.hash = OLD.hash AND NEW.review = OLD.review"
)
"""The one change there is: words that are erased, with their salt."""
SCHEMES = ("postgres", "postgresql")
DRIVERS = ("sqlite", "postgresql+psycopg")
NO_STORE = (
    "CANDOR_STORE names no store that Candor knows. "
    "Write sqlite:///FILE or postgresql://NAME:PASSWORD@HOST/DATABASE."
)


def engine(url: str) -> Engine:
    """An engine for a store by URL; raises `NotStored` where it names no store of ours."""
    if url.partition(":")[0] in SCHEMES:
        return create_engine(
            f"postgresql+psycopg:{url.partition(':')[2]}",
            isolation_level="READ COMMITTED",
            pool_pre_ping=True,
        )
    try:
        named = make_url(url)
    except ArgumentError:  # its message quotes the address, and with it a password
        raise NotStored(NO_STORE) from None
    if named.drivername not in DRIVERS:
        raise NotStored(NO_STORE)
    if named.drivername != "sqlite":
        return create_engine(named, isolation_level="READ COMMITTED", pool_pre_ping=True)
    if named.database and not named.database.startswith("file:"):
        Path(named.database).parent.mkdir(parents=True, exist_ok=True)
    made = create_engine(named, connect_args={"timeout": 30})
    event.listen(made, "connect", _prepare)
    event.listen(made, "begin", _begin)
    return made


def place(url: str) -> str:
    """Where a store lies, for whoever looks after it: a file, or a database and its machine.

    >>> place("sqlite:////srv/candor/store.db"), place("postgresql://me:secret@db.bank/reviews")
    ('/srv/candor/store.db', 'the database reviews on db.bank')
    """
    try:
        named = make_url(url)
    except ArgumentError:
        return "CANDOR_STORE"
    if named.drivername == "sqlite":
        return named.database or "memory"
    return f"the database {named.database} on {named.host or 'this machine'}"


def options(made: Engine, *, writes: bool) -> dict[str, object]:
    """How a transaction begins: what is read must not move while it is read."""
    if writes or made.dialect.name == "sqlite":
        return {"candor_writes": writes}
    return {"candor_writes": writes, "isolation_level": "REPEATABLE READ"}


def is_kept(connection: Connection, tables: Iterable[str]) -> bool:
    """Whether the store was made before, guards and all."""
    if not set(tables) <= set(inspect(connection).get_table_names()):
        return False
    return set(_guards(connection)) >= _wanted(connection.dialect.name)


def keep(connection: Connection) -> None:
    """Put the guards up."""
    made = _sqlite() if connection.dialect.name == "sqlite" else _postgresql()
    for statement in made:
        connection.exec_driver_sql(statement)


def alone(connection: Connection, review: str) -> None:
    """Let nobody else write to this review before the transaction ends.

    SQLite lets one write at a time anyway; in PostgreSQL every reader sees one moment of a chain.
    """
    if connection.dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:review, 7))")
        connection.execute(lock, {"review": review})


def _wanted(dialect: str) -> set[str]:
    """The guards that have to stand in a store."""
    acts = ("update", "delete", "again" if dialect == "sqlite" else "truncate")
    return {f"{table}_{act}" for table in SAME for act in acts}


def _guards(connection: Connection) -> Iterable[str]:
    """Those that do; one that was switched off is none."""
    named = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A') AND tgrelid IN "
        "('events'::regclass, 'documents'::regclass, 'texts'::regclass)"
    )
    return connection.exec_driver_sql(named).scalars()


def _prepare(connection: Any, _: object) -> None:  # noqa: ANN401 — the driver's own connection
    connection.isolation_level = None  # transactions are ours, not the driver's
    for pragma in PRAGMAS:
        connection.execute(pragma)
    connection.set_authorizer(_rights)


NEVER = (
    sqlite3.SQLITE_ALTER_TABLE,
    sqlite3.SQLITE_ATTACH,
    sqlite3.SQLITE_CREATE_TEMP_TABLE,
    sqlite3.SQLITE_CREATE_TEMP_TRIGGER,
    sqlite3.SQLITE_CREATE_TEMP_VIEW,
    sqlite3.SQLITE_DROP_INDEX,
    sqlite3.SQLITE_DROP_TABLE,
    sqlite3.SQLITE_DROP_TRIGGER,
)
"""What our own connections have no business to do to a store."""


def _rights(action: int, what: str | None, how: str | None, *_: object) -> int:
    """What our own connections may not do to what was added, triggers or none."""
    changed = action == sqlite3.SQLITE_UPDATE and (
        what in ADDED or (what == "texts" and how not in ("salt", "words"))
    )
    deleted = action == sqlite3.SQLITE_DELETE and what in SAME
    loosened = action == sqlite3.SQLITE_PRAGMA and (
        what == "writable_schema" or (how is not None and what == "recursive_triggers")
    )
    denied = changed or deleted or loosened or action in NEVER
    return sqlite3.SQLITE_DENY if denied else sqlite3.SQLITE_OK


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("candor_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _sqlite() -> Iterator[str]:
    """What SQLite refuses whoever asks: changing, deleting, or replacing what was added."""
    for table, same in SAME.items():
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} are never changed'); END"
        taken = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 — our own names
        unless = "" if table in ADDED else f"WHEN NOT ({ERASED})"
        trigger = f"CREATE TRIGGER IF NOT EXISTS {table}"
        yield f"{trigger}_update BEFORE UPDATE ON {table} {unless} {refuse}"
        yield f"{trigger}_delete BEFORE DELETE ON {table} {refuse}"
        yield f"{trigger}_again BEFORE INSERT ON {table} {taken} {refuse}"


def _postgresql() -> Iterator[str]:
    """The same for PostgreSQL, and no right to try: not even the owner of the tables has it."""
    yield (
        "CREATE OR REPLACE FUNCTION candor_refuses() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' are never changed', "
        "ERRCODE = 'restrict_violation'; END $$"
    )
    for table in SAME:
        for act, each in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT")):
            unless = f"WHEN (NOT ({ERASED}))" if (table, act) == ("texts", "update") else ""
            yield f"DROP TRIGGER IF EXISTS {table}_{act} ON {table}"
            yield (
                f"CREATE TRIGGER {table}_{act} BEFORE {act.upper()} ON {table} "
                f"FOR EACH {each} {unless} EXECUTE FUNCTION candor_refuses()"
            )
        yield f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM CURRENT_USER, PUBLIC"
    yield "GRANT UPDATE (salt, words) ON texts TO CURRENT_USER"
