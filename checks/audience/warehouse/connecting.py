"""Doors to warehouses: read-only, one view of the data, a limit on time, and errors in words.

Who may enter is the driver's business (PGPASSWORD, a service file, a Spark configuration): no
password is ever read from a campaign file, and nothing that a driver says is passed on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from checks.intake import limits
from checks.refusal import Refused, TookTooLong, refuse

WHERE = "campaign.yaml, people.database"
INSTALL = "pip install 'candor[warehouse]'"
MOST_WAITING_SECONDS = 10
"""To be let in."""
_UNREACHED = (
    "It cannot be reached.",
    "Check host and port in the address, and that this machine may connect.",
)
_SAID = {
    "28": ("It does not let this user in.", "Check PGUSER and PGPASSWORD, or the file ~/.pgpass."),
    "3D": ("It has no database of this name.", "Check the end of the address."),
    "42501": ("This user may not read one of the tables.", "Ask for the right to read it."),
    "42883": ("It lacks a function that a count needs.", "Review from files instead."),
    "42P01": ("It has no table of this name.", "Write the table as schema.table."),
    "08": _UNREACHED,
}
"""What happened and the cure, by how the state that the engine reports begins."""


class Connection(Protocol):
    """A door to a warehouse that is only read."""

    dialect: str

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """The answer to one question; raises `checks.refusal.Refused` in sentences."""

    def columns(self, table: str) -> dict[str, Any]:
        """The columns of a table, each with the type that Ibis has for it."""

    def hold(self, name: str, question: str) -> bool:
        """Hold an answer in the memory of this session, where the engine can; whether it is."""

    def close(self) -> None:
        """Leave."""


def connect(address: str) -> Connection:
    """The door at an address; raises `checks.refusal.Refused` where none leads there."""
    scheme = urlsplit(address).scheme
    if scheme not in _DOORS:
        known = " and ".join(sorted({f"{one}://" for one in _DOORS}))
        raise refuse(WHERE, "No door leads to an address like this.", f"Known are {known}.")
    with _in_words():
        return _DOORS[scheme](address)


class Postgres:
    """PostgreSQL: every question in one read-only view of the data, so nothing moves meanwhile."""

    dialect = "postgres"

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._ibis = _ibis().postgres.connect(
            host=parts.hostname,
            port=parts.port or 5432,
            user=unquote(parts.username) if parts.username else None,
            database=unquote(parts.path.lstrip("/")) or None,
            autocommit=False,
            connect_timeout=MOST_WAITING_SECONDS,
            options="-c default_transaction_read_only=on "
            "-c default_transaction_isolation=repeatable\\ read "
            f"-c statement_timeout={int(limits.MOST_COUNTING_SECONDS * 1000)}",
        )

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """The answer to one question."""
        with _in_words(), self._ibis.raw_sql(question) as answer:
            return [tuple(row) for row in answer.fetchall()]

    def columns(self, table: str) -> dict[str, Any]:
        """The columns of a table, each with the type that Ibis has for it."""
        return _columns(self._ibis, table)

    def hold(self, name: str, question: str) -> bool:  # noqa: ARG002 — the door's shape
        """Nothing is made in a database that is only read, not even for a session."""
        return False

    def close(self) -> None:
        """Leave."""
        self._ibis.disconnect()


class Spark:
    """Spark: the session that its own configuration opens; people are held in its memory."""

    dialect = "spark"

    def __init__(self, _address: str) -> None:
        self._ibis = _ibis().pyspark.connect()
        self._held: list[Any] = []

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """The answer to one question."""
        with _in_words():
            return [tuple(row) for row in self._ibis.raw_sql(question).collect()]

    def columns(self, table: str) -> dict[str, Any]:
        """The columns of a table, each with the type that Ibis has for it."""
        return _columns(self._ibis, table)

    def hold(self, name: str, question: str) -> bool:
        """Hold an answer in the memory of the session."""
        with _in_words():
            held = self._ibis.raw_sql(question).cache()
            held.createOrReplaceTempView(name)
        self._held.append(held)
        return True

    def close(self) -> None:
        """Let go of what was held; the session is not ours to end."""
        for held in self._held:
            held.unpersist()


_DOORS: dict[str, type[Postgres | Spark]] = {
    "postgresql": Postgres,
    "postgres": Postgres,
    "spark": Spark,
}


def _columns(door: Any, table: str) -> dict[str, Any]:  # noqa: ANN401 — as above
    *schema, name = table.split(".")
    with _in_words():
        return dict(door.table(name, database=".".join(schema) or None).schema().items())


def _ibis() -> Any:  # noqa: ANN401 — Ibis has no types
    try:
        import ibis  # noqa: PLC0415 — an extra of the install
    except ImportError:
        raise refuse(WHERE, "What reads warehouses is not installed.", f"{INSTALL}.") from None
    return ibis


@contextmanager
def _in_words() -> Iterator[None]:
    """What goes wrong there, as a sentence with its cure and none of the driver's own words."""
    try:
        yield
    except Refused:
        raise
    except Exception as error:  # noqa: BLE001 — drivers raise what they like
        raise _said(error) from None


def _said(error: Exception) -> Refused:
    state, kind = str(getattr(error, "sqlstate", None) or ""), type(error).__name__
    if state == "57014":
        return TookTooLong("One count", limits.MOST_COUNTING_SECONDS, "MOST_COUNTING_SECONDS")
    if kind == "TableNotFound":
        return refuse(WHERE, *_SAID["42P01"])
    for beginning, words in _SAID.items():
        if state.startswith(beginning):
            return refuse(WHERE, *words)
    if kind in ("OperationalError", "ConnectionTimeout"):
        return refuse(WHERE, *_at_the_door(str(error)))
    return refuse(WHERE, f"It did not answer ({kind}).", "Ask whoever runs it; nothing was kept.")


def _at_the_door(said: str) -> tuple[str, str]:
    """Before anybody is let in there is no state to report: only the driver's words tell."""
    if "does not exist" in said and "database" in said:
        return _SAID["3D"]
    return _SAID["28"] if "password" in said or "does not exist" in said else _UNREACHED
