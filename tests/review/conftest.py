"""What every test of a review stands on: a store of its own, and a meeting around it."""

from __future__ import annotations

import pytest

from review.desk import Desk
from tests.review.builders import COVERED, Meeting, checklist


@pytest.fixture
def a_desk(tmp_path):
    """Open a desk on the one store of a test: ``a_desk(COVERED, LEAK)``; again for a second one."""
    opened = []

    def build(*questions, version=1):
        store = f"sqlite:///{tmp_path / 'store.db'}"
        desk = Desk(store, tmp_path / "anchors.jsonl", checklist(*questions, version=version))
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
