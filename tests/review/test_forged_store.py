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
