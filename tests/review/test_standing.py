"""What the store adds to an answer: it can take a standing away, and never give one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from review.commands.desk import Desk
from review.document.issuing import issued, put_on_record
from review.proof.seal_key import known_certificates, make_trial_key
from review.proof.standing import with_store
from review.proof.verify import Says, verify
from review.record import Decision, State
from tests.review.builders import COVERED, ITO, NOON, WEBER, Meeting, agreed, checklist


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CANDOR_SEAL_KEY", raising=False)
    make_trial_key(NOON)


@pytest.fixture
def approved(a_meeting):
    """A meeting that approved, and the document that was handed out then."""
    meeting = a_meeting(COVERED)
    meeting.run(agreed(20, 20))
    meeting.sign(Decision.APPROVE)
    made = issued(meeting.review, meeting.desk.bundle("spring"), at=meeting.now, now=meeting.now)
    put_on_record(meeting.desk, "spring", made, by=ITO, now=meeting.now)
    return meeting, made


def asked(approved, *, day=NOON):
    meeting, made = approved
    checked = verify(made.content, now=day + timedelta(hours=2), known=known_certificates())
    assert checked.says is Says.STANDS
    return with_store(checked, meeting.desk, day=day.date())


def test_nothing_happened_since(approved):
    checked = asked(approved)

    assert checked.says is Says.STANDS
    assert checked.notes[-1] == (
        "The store of this installation was asked: nothing was withdrawn, replaced or ended since."
    )


def test_the_unsealed_bytes_are_the_ones_on_record(approved):
    meeting, made = approved

    assert asked(approved).unsealed_sha256 == made.unsealed_sha256
    assert made.unsealed_sha256[:8] in meeting.told()[-1]


def test_it_was_withdrawn(approved):
    meeting, _ = approved
    meeting.desk.withdraw("spring", reason="It changed.", by=WEBER, now=meeting.now)

    checked = asked(approved)

    assert checked.says is Says.DOES_NOT_STAND
    assert checked.sentence == (
        "“Spring savings, revision 1: Approved” was made and not changed, but the review was "
        "withdrawn on 23 November 2026."
    )


def test_another_revision_replaced_it(approved):
    meeting, _ = approved
    meeting.run(agreed(19, 20), people="2")

    assert asked(approved).sentence.endswith("but revision 2 replaced it on 23 November 2026.")


def test_it_was_reopened(approved):
    meeting, _ = approved
    meeting.desk.reopen("spring", reason="A doubt.", by=WEBER, now=meeting.now)

    assert meeting.review.state is State.IN_REVIEW
    assert "was reopened since, and no decision stands." in asked(approved).sentence


def test_a_record_that_is_not_the_one_kept_here_is_told(approved, tmp_path):
    _, made = approved
    other = Meeting(
        Desk(f"sqlite:///{tmp_path / 'o.db'}", tmp_path / "o.jsonl", checklist(COVERED))
    )
    other.run(agreed(20, 20))

    checked = asked((other, made))
    other.desk.close()

    assert checked.says is Says.CANNOT_TELL
    assert "not part of the record that is kept here" in checked.sentence
