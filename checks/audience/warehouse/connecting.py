"""Doors to warehouses: read-only, one state of the data, a limit on time, and errors in words.

Who may enter is the driver's business (PGPASSWORD, a service file, a Spark configuration): no
password is ever read from a campaign file, and nothing that a driver says is passed on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import urlsplit

from checks.audience.warehouse.in_words import WHERE, in_words
from checks.audience.warehouse.postgres import Postgres
from checks.audience.warehouse.spark import Spark
from checks.refusal import refuse

INSTALL = "pip install 'candor[warehouse]'"


class Connection(Protocol):
    """A door to a warehouse that is only read."""

    dialect: str
    one_state: bool
    """Whether every question through this door sees the same state of the data."""

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """The answer to one question; raises `checks.refusal.Refused` in sentences."""

    def columns(self, table: str) -> Mapping[str, Any]:
        """The columns of a table, each with the type that Ibis has for it."""

    def version(self, table: str) -> str | None:
        """The version that a table has now, where the warehouse keeps the earlier ones."""

    def weighs(self, question: str) -> int | None:
        """Bytes that a question would read, by the warehouse's own estimate; nothing is read."""

    def hold(self, name: str, question: str) -> bool:
        """Hold an answer in the memory of this session, where the engine can; whether it is."""

    def close(self) -> None:
        """Leave."""


_DOORS: Mapping[str, type[Postgres | Spark]] = {
    "postgresql": Postgres,
    "postgres": Postgres,
    "spark": Spark,
}


def connect(address: str) -> Connection:
    """The door at an address; raises `checks.refusal.Refused` where none leads there."""
    scheme = urlsplit(address).scheme
    if scheme not in _DOORS:
        known = " and ".join(sorted({f"{one}://" for one in _DOORS}))
        raise refuse(WHERE, "No door leads to an address like this.", f"Known are {known}.")
    with in_words():
        return _DOORS[scheme](_ibis(), address)


def _ibis() -> Any:  # noqa: ANN401 — Ibis has no types
    try:
        import ibis  # noqa: PLC0415 — an extra of the install
    except ImportError:
        raise refuse(WHERE, "What reads warehouses is not installed.", f"{INSTALL}.") from None
    return ibis
