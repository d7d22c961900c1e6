"""PostgreSQL: every question in one read-only view of the data, so nothing moves meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from checks.audience.warehouse.in_words import in_words
from checks.intake import limits
from checks.runs import watching

MOST_WAITING_SECONDS = 10
"""To be let in."""
_LOST = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
"""When a server that says nothing is taken to be gone."""


class Postgres:
    """One transaction from the first look to the last; a question that fails does not end it."""

    dialect = "postgres"
    one_state = True

    def __init__(self, ibis: Any, address: str) -> None:  # noqa: ANN401 — Ibis has no types
        parts = urlsplit(address)
        self._ibis = ibis.postgres.connect(
            host=parts.hostname,
            port=parts.port or 5432,
            user=unquote(parts.username) if parts.username else None,
            database=unquote(parts.path.lstrip("/")) or None,
            autocommit=False,
            connect_timeout=MOST_WAITING_SECONDS,
            options="-c default_transaction_read_only=on "
            "-c default_transaction_isolation=repeatable\\ read "
            f"-c statement_timeout={int(limits.MOST_COUNTING_SECONDS * 1000)}",
            **_LOST,
        )
        self._server = self._ibis.con
        self._server.execute("SELECT 1")  # from here on one transaction

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """The answer to one question; where it fails the state of the data is kept."""
        with (
            in_words(),
            watching.halting(self._server.cancel_safe),
            self._server.transaction(),
            self._server.cursor() as cursor,
        ):
            return [tuple(row) for row in cursor.execute(question).fetchall()]

    def columns(self, table: str) -> Mapping[str, Any]:
        """The columns of a table, each with the type that Ibis has for it."""
        *schema, name = table.split(".")
        with in_words():
            return dict(self._ibis.table(name, database=".".join(schema) or None).schema().items())

    def version(self, table: str) -> str | None:  # noqa: ARG002 — the door's shape
        """Nothing to name: the transaction sees one state of all tables."""
        return None

    def weighs(self, question: str) -> int | None:
        """Bytes of the rows that it would read, as its planner estimates them."""
        [(plans,)] = self.ask(f"EXPLAIN (FORMAT JSON) {question}")
        leaves = _leaves(plans[0]["Plan"])
        return sum(int(one["Plan Rows"]) * int(one["Plan Width"]) for one in leaves)

    def hold(self, name: str, question: str) -> bool:  # noqa: ARG002 — the door's shape
        """Nothing is made in a database that is only read, not even for a session."""
        return False

    def close(self) -> None:
        """Leave."""
        self._ibis.disconnect()


def _leaves(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The steps of a plan that read a table."""
    within = plan.get("Plans", ())
    if not within:
        yield plan
    for one in within:
        yield from _leaves(one)
