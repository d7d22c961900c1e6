"""What was folded is kept and gone on from; it never speaks for another chain than the stored."""

from __future__ import annotations

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from review.record import Action, Answer, Decision
from review.store.canonical import NOTHING, canonical, fingerprint
from tests.review.both import BOTH
from tests.review.builders import (
    ADMIN,
    COVERED,
    ITO,
    JONAS,
    LEAK,
    LEE,
    MIRA,
    NOON,
    OKAFOR,
    WEBER,
    YEAR_END,
    agreed,
    leaked,
    needing,
    unknown,
)

CALL = Action(what="Call them", who="Ana", by=YEAR_END)
NEEDS = needing(3, "privacy", "ethics")


def story(meeting):
    """A whole review, a step at a time: revisions, answers, an exception, a committee, a ballot."""
    yield meeting.run(unknown(7), leaked(3), committee=NEEDS)
    yield meeting.answer("covered", Answer.WITH_ACTION, action=CALL)
    yield meeting.answer("covered", Answer.NOT_ACCEPTABLE, by=WEBER)
    yield meeting.run(unknown(7), leaked(0), committee=NEEDS, people="2")
    yield meeting.propose(by=ITO)
    yield meeting.confirm(by=OKAFOR)
    yield meeting.convene(JONAS, ITO, WEBER, LEE)
    yield meeting.put("covered")
    for one in (JONAS, ITO, WEBER, LEE):
        yield meeting.seal(Answer.WITH_ACTION, by=one, action=CALL)
    yield meeting.begin_ballot()
    for one in (JONAS, ITO, WEBER):
        yield meeting.cast(Decision.APPROVE_WITH_CONDITIONS, by=one)
    yield meeting.cast(Decision.REJECT, by=LEE)
    yield meeting.desk.ballot.attest("spring", by=JONAS, now=meeting.now)
    yield meeting.desk.ballot.dissent("spring", "Not in my name.", by=LEE, now=meeting.now)
    yield meeting.desk.reopen("spring", reason="It moved.", by=ITO, now=meeting.now)
    yield meeting.run(agreed(20), people="3", committee=NEEDS)
    yield meeting.desk.withdraw("spring", reason="Over.", by=ITO, now=meeting.now)


@BOTH
def test_going_on_gives_what_folding_anew_gives(a_meeting, a_desk):
    meeting = a_meeting(COVERED, LEAK)
    for review in story(meeting):
        anew = a_desk(COVERED, LEAK).review("spring")

        assert review == anew
        assert [one.also for one in review.preparers] == [one.also for one in anew.preparers]


def test_a_moment_of_before_is_the_one_that_was_read_then(a_meeting, a_desk):
    """An answer on an older head is judged by what that head showed."""
    meeting = a_meeting(COVERED, LEAK)
    seen = [review.head for review in story(meeting)]
    again = [a_desk(COVERED, LEAK) for _ in range(2)]
    for desk in again:
        desk.review("spring")

    def reading(desk):
        with desk._ledger.reading("spring") as page:  # noqa: SLF001 — what commands are given
            return desk._clerk._reader.read(page)  # noqa: SLF001

    kept, anew = reading(meeting.desk), reading(again[0])
    assert set(seen[-10:]) <= set(kept.past)
    assert [kept.when(head) for head in seen[:-1]] == [anew.when(head) for head in seen[:-1]]
    assert kept.when("f" * 64) is None


def test_another_desk_is_heard_at_once(a_meeting, a_desk):
    meeting, other = a_meeting(), a_desk(COVERED)
    meeting.run(agreed(12))
    before = other.review("spring")
    meeting.answer("covered", Answer.NOT_ACCEPTABLE)

    assert before.answers == {}
    assert other.review("spring") == meeting.review
    assert other.review("spring").answers["covered"][0].answer is Answer.NOT_ACCEPTABLE


def rewritten(store, number, **said):
    """Let an event say something else, and chain all that follow it anew."""
    store.execute("DROP TRIGGER events_update")
    before, rows = NOTHING, store.execute("SELECT number, event FROM events ORDER BY number")
    for at, event in rows.fetchall():
        plain = json.loads(event) | {"prev": before} | (said if at == number else {})
        written = canonical(plain).decode()
        before = fingerprint(written.encode())
        store.execute("UPDATE events SET event=?, hash=? WHERE number=?", (written, before, at))
    return before


@pytest.fixture
def forged(tmp_path):
    """The file of the store, as somebody opens it who may write into it."""
    store = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    yield store
    store.close()


def test_a_chain_written_anew_is_read_anew(a_meeting, forged, tmp_path):
    """Every hash fits, and so do the anchors: only what was kept in memory does not."""
    meeting = a_meeting()
    meeting.run(agreed(12))
    meeting.answer("covered", Answer.NOT_ACCEPTABLE)
    kept = meeting.review
    rewritten(forged, 3, answer="does_not_apply")
    tmp_path.joinpath("anchors.jsonl").unlink()

    review = meeting.review

    assert kept.answers["covered"][0].answer is Answer.NOT_ACCEPTABLE
    assert review.read_only == ""
    assert review.answers["covered"][0].answer is Answer.DOES_NOT_APPLY


@pytest.mark.parametrize(
    ("trigger", "change", "found"),
    [
        pytest.param(
            "events_update",
            "UPDATE events SET event = replace(event, 'acceptable', 'does_not_apply') "
            "WHERE number = 3",
            "Event 3 of this record does not fit",
            id="an old event, the head untouched",
        ),
        pytest.param(
            "texts_update", "UPDATE texts SET words = 'Other words.' WHERE words = 'Looked.'",
            "Words in this record are not the ones",
            id="words",
        ),
        pytest.param(
            "", "UPDATE texts SET words = NULL, salt = NULL WHERE words = 'Looked.'",
            "Words of this record were taken away",
            id="words taken away",
        ),
        pytest.param(
            "documents_update", "UPDATE documents SET bytes = CAST(bytes || x'20' AS BLOB)",
            "A document of this record is not the one",
            id="a document",
        ),
        pytest.param(
            "documents_delete", "DELETE FROM documents",
            "A document of this record is missing",
            id="a document taken away",
        ),
    ],
)  # fmt: skip
def test_what_is_changed_behind_it_is_found_at_the_next_look(
    a_meeting, forged, trigger, change, found
):
    meeting = a_meeting()
    meeting.run(agreed(12))
    meeting.answer("covered", Answer.ACCEPTABLE)
    meeting.answer("covered", Answer.NOT_ACCEPTABLE, by=WEBER)
    assert meeting.review.read_only == ""
    if trigger:
        forged.execute(f"DROP TRIGGER {trigger}")
    forged.execute(change)

    assert meeting.review.read_only.startswith(found)


def test_a_new_event_does_not_hide_what_was_changed_before_it(a_meeting, a_desk, forged):
    meeting = a_meeting()
    meeting.run(agreed(12))
    meeting.answer("covered")
    other = a_desk(COVERED)
    other.review("spring")
    forged.execute("DROP TRIGGER events_update")
    forged.execute("UPDATE events SET event = replace(event, 'acceptable', 'does_not_apply')")
    forged.execute("INSERT INTO events VALUES ('spring', 4, ?, '{}')", ("a" * 64,))

    assert meeting.review.read_only.startswith("Event 3 of this record does not fit")
    assert other.review("spring").read_only.startswith("Event 3 of this record does not fit")


def test_erased_words_are_gone_from_what_was_kept(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(12))
    review = meeting.answer("covered", reason="Looked at it.")
    kept = meeting.desk.bundle("spring")
    [name] = [k for k, v in json.loads(kept)["texts"].items() if v["words"] == "Looked at it."]
    assert "Looked at it." in " ".join(meeting.told())
    review = meeting.desk.erase("spring", [name], reason="Asked.", by=ADMIN, now=meeting.now)

    assert "Looked at it." not in repr(review)
    assert "Looked at it." not in repr(meeting.review)


def test_many_threads_read_while_others_write(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(12), by=MIRA)
    later = NOON + timedelta(days=1)

    def say(number):
        return meeting.desk.comment("spring", "", f"Number {number}.", by=ITO, now=later).length

    def read(_):
        review = meeting.desk.review("spring")
        return review.read_only == "" and len(review.timeline) == review.length

    with ThreadPoolExecutor(8) as pool:
        read_well = pool.map(read, range(60))
        lengths = list(pool.map(say, range(20)))

    assert all(read_well)
    assert max(lengths) == 22
    assert len({one.text for one in meeting.review.comments}) == 20
