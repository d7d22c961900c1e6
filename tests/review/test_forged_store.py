"""What somebody tries who can write into the file of the store itself."""

from __future__ import annotations

import sqlite3
from hashlib import sha256

import pytest

from review.commands.desk import NotTaken
from review.record import Decision
from review.store.canonical import canonical, parsed
from tests.review.builders import WEBER, agreed, leaked


def told(review):
    return [obstacle.sentence for obstacle in review.obstacles]


def test_a_signature_written_into_the_store_does_not_stand(a_meeting, tmp_path):
    """Well formed, hashed and chained: only the anchors and the people behind it are missing."""
    meeting = a_meeting()
    meeting.run(agreed(12))
    meeting.sign(Decision.REJECT, by=WEBER)
    store = sqlite3.connect(tmp_path / "store.db")
    store.execute("DROP TRIGGER events_update")
    [last] = store.execute("SELECT event FROM events WHERE number = 3").fetchone()
    event = {**parsed(last), "decision": "approve"}
    written = canonical(event).decode()
    hashed = sha256(written.encode()).hexdigest()
    store.execute("UPDATE events SET event = ?, hash = ? WHERE number = 3", (written, hashed))
    store.commit()
    store.close()

    review = meeting.review

    assert "is not the one that was anchored" in review.read_only
    with pytest.raises(NotTaken, match="is not the one that was anchored"):
        meeting.answer("covered")


@pytest.mark.parametrize(
    "forged",
    ["", "{}", "null", '{"kind":"signed"}', "[" * 5_000, '{"a":1,"a":2}', '{"n":NaN}', "\x00"],
)
def test_whatever_is_forged_into_the_store_is_a_sentence(a_meeting, tmp_path, forged):
    meeting = a_meeting()
    meeting.run(agreed(12), leaked(0))
    store = sqlite3.connect(tmp_path / "store.db")
    row = ("spring", 3, sha256(forged.encode()).hexdigest(), forged)
    store.execute("INSERT INTO events VALUES (?, ?, ?, ?)", row)
    store.commit()
    store.close()

    review = meeting.review

    assert review.read_only.startswith("Event 3 of this record does not fit: ")
    assert review.length == 2
    assert told(review) == [review.read_only]


PERSON, HASH = "b" * 32, "a" * 64
SPOKEN = {"person": PERSON, "answer": "abstain", "reason": None, "action": None}
SENSELESS = [
    {"kind": "answer_sealed", "question": "covered", "round": 1, "sealed": HASH, "seen": HASH},
    {"kind": "answer_spoken", "question": "covered", "round": 1, "spoken": SPOKEN},
    {"kind": "concern_answered", "concern": 99, "text": HASH, "changed": None},
    {"kind": "condition_met", "decision": 1, "condition": "x", "text": HASH},
    {"kind": "member_unseated", "member": PERSON, "reason": HASH},
    {"kind": "people_linked", "people": [PERSON, PERSON], "linked_by": None},
    {
        "kind": "point_settled", "question": "covered", "round": 1, "answer": "acceptable",
        "all_agreed": True, "reason": None,
    },
    {"kind": "role_given", "account": PERSON, "role": "chair", "reason": HASH},
    {"kind": "seals_opened", "question": "covered", "round": 1, "answers": [], "early": None},
]  # fmt: skip


@pytest.mark.parametrize("more", SENSELESS, ids=lambda one: one["kind"])
def test_an_event_that_follows_from_nothing_is_a_sentence_and_stops_no_other_review(
    a_meeting, tmp_path, more
):
    """Well formed, hashed, chained, ahead of every anchor: and nothing of the kind ever began."""
    meeting = a_meeting()
    meeting.run(agreed(12))
    last = parsed(meeting.desk.bundle("spring"))["events"][-1]
    begun = {name: parsed(last["event"])[name] for name in ("actor", "at", "form", "review")}
    of = {} if more["kind"] in ("role_given", "people_linked") else {"revision": 1}
    written = canonical({**begun, **of, **more, "number": 3, "prev": last["hash"]}).decode()
    store = sqlite3.connect(tmp_path / "store.db")
    row = ("spring", 3, sha256(written.encode()).hexdigest(), written)
    store.execute("INSERT INTO events VALUES (?, ?, ?, ?)", row)
    store.commit()
    store.close()

    [review] = meeting.desk.reviews()

    assert review.read_only.startswith("Event 3 of this record does not fit: it follows from noth")
    with pytest.raises(NotTaken, match="follows from nothing before it"):
        meeting.answer("covered")


@pytest.mark.parametrize(
    "line",
    [
        '{"review":"spring","number":"3","head":"x","time":"y"}',
        '{"review":"spring","number":0,"head":"x","time":"y"}',
        '{"review":"spring","number":1.5,"head":"x","time":"y"}',
        '{"review":"spring","number":true,"head":"x","time":"y"}',
        '{"review":"spring","number":1e400,"head":"x","time":"y"}',
        '{"review":["spring"],"number":1,"head":"x","time":"y"}',
        '{"review":"spring","number":2,"head":null,"time":"y"}',
        "[" * 100_000,
        "null",
    ],
    ids=range(9),
)
def test_a_line_that_is_no_anchor_is_passed_over(a_meeting, tmp_path, line):
    meeting = a_meeting()
    meeting.run(agreed(12))
    with (tmp_path / "anchors.jsonl").open("a", encoding="utf-8") as anchors:
        anchors.write(f"{line}\n")

    assert [one.id for one in meeting.desk.reviews()] == ["spring"]
    assert meeting.answer("covered").read_only == ""
