"""Whatever people type goes onto the pages and back, and what is too much is refused."""

from __future__ import annotations

import errno
import resource
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pdfua
import pytest

from checks.intake.lists import write_lists
from review.commands.refusing import NotTaken
from review.document.filed import filed
from review.document.report import document
from review.present.unfolding import from_bundle
from review.proof.verify import verify
from review.record import Decision
from tests.review.builders import ITO, OKAFOR, agreed
from tests.review.test_report import HOSTILE, flat

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def commented(meeting, words):
    return meeting.desk.comment("spring", "", words, by=ITO, now=meeting.now)


@pytest.fixture
def meeting(a_meeting):
    met = a_meeting()
    met.run(agreed(20))
    return met


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        pytest.param("👍🏽🙂🎉", "[U+1F44D][U+1F3FD][U+1F642][U+1F389]", id="emoji only"),
        pytest.param(HOSTILE, '#read("/etc/passwd") #eval("1+1") $x$ *bold*', id="Typst markup"),
        pytest.param(
            "\u202eevitcerid\u202c \u2066x\u2069", "[U+202E]evitcerid", id="turned around"
        ),
        pytest.param("word " * 1_999, "more characters stand in the attached record.", id="long"),
        pytest.param("x" * 10_000, "more characters stand in the attached record.", id="one word"),
        pytest.param("أوافق على ذلك.", "", id="from right to left"),
    ],
)
def test_every_comment_reaches_the_page_and_the_document_can_be_made_again(
    meeting, tmp_path, words, shown
):
    commented(meeting, words)
    meeting.sign(Decision.REJECT, grounds=words, by=OKAFOR)
    record = meeting.desk.bundle("spring")
    pdf = document(from_bundle(record), record, at=NOON)
    file = tmp_path / "made.pdf"
    file.write_bytes(pdf)

    assert shown.replace(" ", "") in flat(pdf).replace(" ", "")
    assert verify(pdf, now=NOON + timedelta(days=1)).made_again
    assert not pdfua.validate(file).findings


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("word " * 100_000, id="100,000 words"),
        pytest.param("🙂" * 10_001, id="emoji, one too many"),
    ],
)
def test_a_comment_that_is_too_long_is_refused_with_the_number(meeting, words):
    before = meeting.review.length

    with pytest.raises(NotTaken, match=r"10,000 are possible\. Shorten it\."):
        commented(meeting, words)
    assert meeting.review.length == before


@contextmanager
def room_for(size):
    """A disk with room for files of so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_slip_that_finds_no_room_is_refused_with_its_name_and_leaves_nothing(tmp_path):
    page, data = tmp_path / "slip.pdf", tmp_path / "slip.json"

    with (
        room_for(1_000),
        pytest.raises(NotTaken, match=r"slip\.pdf was not written: there is no room for it\."),
        filed(data, b"{}"),
        filed(page, b"x" * 5_000),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


def test_lists_that_find_no_room_leave_nothing(tmp_path):
    people = ((f"K{n:09d}", None if n % 3 else "said no") for n in range(10_000))

    with room_for(20_000), pytest.raises(OSError, match="File too large") as full:
        write_lists(people, tmp_path / "lists", "email")
    assert full.value.errno == errno.EFBIG
    assert full.value.filename is None  # the command says then that there is no room
    assert list((tmp_path / "lists").iterdir()) == []
