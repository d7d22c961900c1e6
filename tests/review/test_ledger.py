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
from sqlalchemy import event

from review.commands.desk import Desk, NotTaken
from review.commands.refusing import NotStored
from review.record import Actor, Decision, Role
from review.store.chain import verify_bundle
from review.store.ledger import Ledger
from review.store.rows import Row, Words
from tests.review.builders import COVERED, ITO, NOON, WEBER, agreed, checklist

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

    with pytest.raises(NotStored):
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
from review.commands.desk import Desk
from tests.review.builders import COVERED, ITO, checklist

folder = Path(sys.argv[1])
desk = Desk(f"sqlite:///{folder / 'store.db'}", folder / "anchors.jsonl", checklist(COVERED))
for number in range(10_000):
    review = desk.review("spring")
    said = f"{sys.argv[2]}-{number}"
    moment = datetime(2026, 11, 24, tzinfo=UTC)
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


# A store that cannot be written


@pytest.fixture
def stuck(a_meeting):
    """A store that takes no further page: ``stuck()`` fills it up."""
    meeting = a_meeting()
    meeting.run(agreed(12))

    def fill_up():
        def full(connection, *_):
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count={pages}")

        event.listen(meeting.desk._ledger._engine, "checkout", full)  # noqa: SLF001

    meeting.fill_up = fill_up
    return meeting


def write_on(meeting):
    for number in range(200):
        meeting.desk.comment("spring", "", f"Secret {number} " * 500, by=ITO, now=meeting.now)


def decide_on(meeting):
    for _ in range(200):
        meeting.sign(Decision.REJECT, grounds="Because. " * 1_000)
        meeting.desk.reopen("spring", reason="Again. " * 1_000, by=ITO, now=meeting.now)


def test_a_full_store_says_so_and_loses_nothing(stuck):
    before = stuck.review
    stuck.fill_up()

    with pytest.raises(NotStored, match="so it is not on record") as refused:
        write_on(stuck)

    assert "Secret" not in str(refused.value)
    assert refused.value.__suppress_context__
    after = stuck.review
    assert after.head == after.timeline[-1].hash
    assert after.read_only == ""
    assert [one.number for one in after.timeline[: before.length]] == [1, 2]


def test_a_refused_signature_on_a_full_store_is_one_sentence(stuck):
    stuck.fill_up()

    with pytest.raises(NotStored):
        decide_on(stuck)

    assert stuck.review.read_only == ""


def test_a_read_only_store_can_be_read_and_says_when_it_cannot_be_written(a_meeting, tmp_path):
    meeting = a_meeting()
    meeting.run(agreed(12))
    url = f"sqlite:///file:{tmp_path / 'store.db'}?mode=ro&uri=true"
    desk = Desk(url, tmp_path / "anchors.jsonl", checklist(COVERED))

    assert desk.review("spring").head == meeting.review.head
    with pytest.raises(NotStored, match="full, read-only or busy"):
        desk.comment("spring", "", "Hello.", by=ITO, now=NOON)
    assert desk.review("spring").head == meeting.review.head
    desk.close()


def test_what_is_no_store_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "store.db").write_bytes(b"not a database, but M. Ito's letters" * 200)

    with pytest.raises(NotStored, match="cannot be read"):
        Ledger(f"sqlite:///{tmp_path / 'store.db'}")


def test_a_store_that_cannot_be_reached_says_so_and_tells_no_address():
    with pytest.raises(NotStored) as refusal:
        Ledger("postgresql://candor:secret@127.0.0.1:1/none")

    assert "secret" not in str(refusal.value)
