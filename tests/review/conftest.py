"""What every test of a review stands on: a store of its own, and a meeting around it.

The tests of what a review does run twice: on SQLite and on a real PostgreSQL.
"""

from __future__ import annotations

import pytest

from review.commands.desk import Desk
from tests.postgres import Cluster, programs
from tests.review.builders import COVERED, Meeting, checklist
from tests.review.house import HERE, House


@pytest.fixture(scope="session")
def postgresql(missing):
    """A PostgreSQL server, started for these tests."""
    found = programs() or missing("no PostgreSQL on this machine: install the package postgresql")
    running = Cluster(found)
    yield running
    running.stop()


@pytest.fixture
def store_url(request, tmp_path):
    """The address of an empty store: SQLite, where a test does not ask for both."""
    if getattr(request, "param", "sqlite") == "postgresql":
        return request.getfixturevalue("postgresql").store()
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def a_desk(tmp_path, store_url):
    """Open a desk on the one store of a test: ``a_desk(COVERED, LEAK)``; again for a second one."""
    opened = []

    def build(*questions, version=1, provider=""):
        desk = Desk(
            store_url,
            tmp_path / "anchors.jsonl",
            checklist(*questions, version=version),
            provider=provider,
        )
        opened.append(desk)
        return desk

    yield build
    for desk in opened:
        desk.close()


@pytest.fixture
def a_meeting(a_desk):
    """A meeting around a desk: ``a_meeting(COVERED)``."""

    def build(*questions, version=1):
        return Meeting(a_desk(*(questions or (COVERED,)), version=version))

    return build


@pytest.fixture
def house(a_desk):
    """A meeting where a provider vouches for everybody."""
    return House(a_desk(COVERED, provider=HERE))
