"""What was acknowledged is stored, whoever else writes and whatever is killed."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from review.chain import verify_bundle
from review.desk import NotTaken
from review.ledger import Ledger, Row, Words
from review.record import Actor, Decision, Role
from tests.review.builders import COVERED, ITO, NOON, WEBER, agreed

HOUSE = Path(__file__).resolve().parents[2]


@pytest.fixture
def ledger(tmp_path):
    opened = Ledger(f"sqlite:///{tmp_path / 'deep' / 'store.db'}")
    yield opened
    opened.close()


def fill(ledger):
    def write(page):
        page.add_event(Row(1, "a" * 64, "{}"))
        page.add_text(Words("b" * 64, b"salt", "words"))
        return page.add_document(b"{}")

    return ledger.write("spring", write)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET event = 'x'",
        "DELETE FROM events",
        "INSERT OR REPLACE INTO events VALUES ('spring', 1, 'c', 'x')",
        "UPDATE documents SET bytes = x'00'",
        "DELETE FROM documents",
        "INSERT OR REPLACE INTO documents SELECT sha256, x'00' FROM documents",
    ],
)
def test_events_and_documents_are_only_added(ledger, tmp_path, statement):
    fill(ledger)
    store = sqlite3.connect(tmp_path / "deep" / "store.db")

    with pytest.raises(sqlite3.IntegrityError, match="are never changed"):
        store.execute(statement)
    store.close()


def test_a_document_is_kept_once(ledger):
    assert fill(ledger) == ledger.write("autumn", lambda page: page.add_document(b"{}"))


def test_a_number_is_given_once(ledger):
    fill(ledger)

    with pytest.raises(IntegrityError):
        ledger.write("spring", lambda page: page.add_event(Row(1, "d" * 64, "{}")))


def test_a_command_is_done_whole_or_not_at_all(ledger):
    def half(page):
        page.add_event(Row(1, "a" * 64, "{}"))
        raise NotTaken("On second thoughts.")

    with pytest.raises(NotTaken):
        ledger.write("spring", half)
    with ledger.reading("spring") as page:
        assert page.rows() == ()


def test_the_store_waits_for_the_disk(tmp_path, ledger):
    with ledger.reading("spring") as page:
        asked = ("journal_mode", "synchronous", "trusted_schema")
        said = [page.connection.exec_driver_sql(f"PRAGMA {one}").scalar() for one in asked]

    assert said == ["wal", 2, 0]
    store = sqlite3.connect(tmp_path / "deep" / "store.db")
    tables = store.execute("SELECT sql FROM sqlite_master WHERE type = 'table'").fetchall()
    store.close()
    assert [sql.rstrip().endswith("STRICT") for (sql,) in tables] == [True, True, True]


def test_two_desks_and_many_threads_lose_nothing(a_meeting, a_desk):
    meeting = a_meeting()
    meeting.run(agreed(12))
    desks = (meeting.desk, a_desk(COVERED))

    def say(number):
        desk = desks[number % 2]
        return desk.comment("spring", "", f"Comment {number}", by=ITO, now=NOON)

    with ThreadPoolExecutor(8) as people:
        list(people.map(say, range(40)))
    review = desks[1].review("spring")

    assert {comment.text for comment in review.comments} == {f"Comment {n}" for n in range(40)}
    assert [happened.number for happened in review.timeline] == list(range(1, 43))
    assert review.read_only == ""
    assert verify_bundle(desks[0].bundle("spring")).stands


def test_of_two_signatures_at_once_only_one_saw_the_head(a_meeting, a_desk):
    meeting = a_meeting()
    seen = meeting.run(agreed(20)).head
    signers = ((meeting.desk, ITO), (a_desk(COVERED), WEBER))

    def sign(signer):
        desk, by = signer
        try:
            desk.sign("spring", Decision.APPROVE, grounds="", by=by, now=NOON, seen=seen)
        except NotTaken as refusal:
            return str(refusal)
        return "taken"

    with ThreadPoolExecutor(2) as people:
        said = sorted(people.map(sign, signers))

    assert said[0].startswith("Your signature was not taken: the record moved")
    assert said[1] == "taken"
    assert len(meeting.review.signatures) == 1


ANSWERING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from review.desk import Desk
from tests.review.builders import COVERED, ITO, checklist

folder = Path(sys.argv[1])
desk = Desk(f"sqlite:///{folder / 'store.db'}", folder / "anchors.jsonl", checklist(COVERED))
for number in range(10_000):
    review = desk.review("spring")
    said = f"{sys.argv[2]}-{number}"
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    desk.comment("spring", "covered", said, by=ITO, now=moment)
    print(said, flush=True)
"""


@pytest.mark.parametrize("which", ["first", "second", "third"])
def test_a_killed_server_loses_nothing_it_acknowledged(a_meeting, a_desk, tmp_path, which):
    meeting = a_meeting()
    meeting.run(agreed(12))
    meeting.desk.close()
    server = subprocess.Popen(
        [sys.executable, "-c", ANSWERING, str(tmp_path), which],
        cwd=HOUSE,
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
        stdout=subprocess.PIPE,
        text=True,
    )
    acknowledged = [server.stdout.readline().strip() for _ in range(7)]
    os.kill(server.pid, signal.SIGKILL)
    acknowledged += [line.strip() for line in server.stdout if line.endswith("\n")]
    server.wait()
    server.stdout.close()
    review = a_desk(COVERED).review("spring")

    assert len(acknowledged) >= 7
    assert {comment.text for comment in review.comments} >= set(acknowledged)
    assert review.read_only == ""
    named = Actor(name="After", role=Role.LEGAL)
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    after = a_desk(COVERED).comment("spring", "", "Up again.", by=named, now=moment)
    assert after.length == review.length + 1
