"""The lock-down proves itself before it is relied on, and no question runs for ever."""

from __future__ import annotations

import threading
import time

import pytest

from checks import registry
from checks.audience.engine import DuckDB
from checks.finding import Verdict
from checks.intake import limits, lockdown
from checks.intake.loader import Loader
from checks.refusal import Refused, TookTooLong
from checks.registry import Check

ENDLESS = "SELECT count(*) FROM range(10000000000) AS a(n), range(10000000000) AS b(m)"


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """Open and lock a database of a kind, as the first of this process."""
    monkeypatch.setattr(lockdown, "tried", set())

    def open_(kind):
        if kind == "loader":
            with Loader(tmp_path):
                return
        engine = DuckDB()
        try:
            engine.lock()
        finally:
            engine.close()

    return open_


kinds = pytest.mark.parametrize("kind", ["loader", "audience"])


@kinds
def test_a_database_that_is_locked_is_used(opened, kind):
    opened(kind)

    assert lockdown.tried == {kind}


@kinds
@pytest.mark.parametrize(
    ("left_out", "possible"),
    [
        pytest.param(0, "read a file outside its folder and list a folder", id="files"),
        pytest.param(1, "The database here can unlock its settings,", id="the lock"),
    ],
)
def test_without_a_part_of_the_lock_nothing_is_read(opened, monkeypatch, kind, left_out, possible):
    kept = tuple(one for n, one in enumerate(lockdown.LOCK) if n != left_out)
    monkeypatch.setattr(lockdown, "LOCK", kept)

    with pytest.raises(Refused, match=possible) as refused:
        opened(kind)

    assert "so no people data were read. Install what requirements.txt names" in str(refused.value)
    assert not lockdown.tried, "the next one must be tried as well"


def test_each_kind_is_tried_once_a_process(opened, monkeypatch):
    times = []
    prove = lockdown.prove
    monkeypatch.setattr(lockdown, "prove", lambda one: times.append(prove(one)))

    for kind in ("loader", "audience", "loader", "audience"):
        opened(kind)

    assert len(times) == 2


def test_trying_costs_less_than_fifty_milliseconds():
    engine = DuckDB()
    engine.lock()
    before = time.process_time()
    lockdown.prove(engine._connection)  # noqa: SLF001
    took = time.process_time() - before
    engine.close()

    assert took < 0.05


def test_a_step_of_reading_stops_at_its_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MOST_SECONDS", 0.2)

    with Loader(tmp_path) as reading, pytest.raises(TookTooLong) as refused:
        reading.run(ENDLESS)

    assert str(refused.value) == (
        "the people data: A step of reading them took longer than 0.2 seconds and was stopped. "
        "Use fewer people or columns, or a machine with less to do. "
        "Or raise MOST_SECONDS in checks/intake/limits.py."
    )


def test_a_count_stops_at_its_limit_and_the_next_one_is_answered(monkeypatch):
    engine = DuckDB()
    with monkeypatch.context() as patch:
        patch.setattr(limits, "MOST_COUNTING_SECONDS", 0.2)
        with pytest.raises(TookTooLong, match="raise MOST_COUNTING_SECONDS in checks/intake"):
            engine.run(ENDLESS)

    assert engine.run("SELECT 41 + 1") == [(42,)]
    engine.close()


def test_no_timer_is_left_behind(tmp_path):
    before = threading.active_count()
    with Loader(tmp_path) as reading:
        reading.run("SELECT 1")

    assert threading.active_count() == before


def test_a_check_that_took_too_long_says_so(a_case):
    def judge(_):
        raise TookTooLong("One count of them", 120, "MOST_COUNTING_SECONDS")

    check = registry.catalogue()[0]
    slow = Check(**{name: getattr(check, name) for name in check.__slots__} | {"judge": judge})
    [finding] = registry.run(a_case(on=[True]), [slow])

    assert finding.verdict is Verdict.BROKEN
    assert "could not run. One count of them took longer than 120 seconds" in finding.headline
    assert finding.headline.endswith("Or raise MOST_COUNTING_SECONDS in checks/intake/limits.py.")
