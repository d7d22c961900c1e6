"""The two pages of a pre-read that a committee decides from."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pdfua
import pytest

from checks.finding import Severity, fail
from review.commands.desk import Desk
from review.commands.refusing import NotTaken
from review.document.editions import Edition
from review.document.issuing import issued
from review.document.report import document
from review.proof.verify import Says, verify
from review.record import Decision
from tests.review.documents import CHECKLIST, a_run, findings
from tests.review.full import COMMITTEE, MEMBERS, NOON, Sitting
from tests.review.test_report import words


@pytest.fixture
def a_sitting(tmp_path):
    """A review of these findings, brought and not decided: ``a_sitting(findings, seated=True)``."""
    desk = Desk(f"sqlite:///{tmp_path / 'store.db'}", tmp_path / "anchors.jsonl", CHECKLIST)

    def build(found=findings(), *, seated=False):
        sitting = Sitting(desk, replace(a_run(found=found), committee=COMMITTEE)).prepare()
        for one in MEMBERS if seated else ():
            desk.room.seat(sitting.run.campaign.id, one.role, by=one, now=sitting.now)
            desk.room.declare(sitting.run.campaign.id, conflict="", by=one, now=sitting.now)
        return sitting

    with closing(desk):
        yield build


def two_pages(sitting):
    bundle = sitting.desk.bundle(sitting.run.campaign.id)
    made = issued(sitting.review, bundle, at=NOON, now=NOON, edition=Edition.TWO_PAGES)
    return made.content


def stopping(number, words="x"):
    """So many findings that stop the launch, with long words."""
    headline = f"1,204 of 42,694 people said no. {words}"
    return [
        fail(f"number {n}", headline, remedy=f"Take them off. {words}").of(
            f"consent.made_up_{n}", Severity.BLOCKING, ()
        )
        for n in range(number)
    ]


def test_they_say_what_is_asked_what_stops_it_and_who_decides(a_sitting):
    said = " ".join(" ".join(words(two_pages(a_sitting(seated=True)))).split())

    for told in (
        "Not signed: a pre-read",
        "May this campaign go to 42,694 of 64,000 people on 1 December 2026, by email and sms?",
        "It cannot be approved yet: 3 points stop the launch.",
        "1,204 of 42,694 people on the list said no to email.",
        "Take the 1,204 off.",
        "3 members are needed, privacy and ethics among them; two thirds of those who vote must",
        "Thandi Nkosi",
        "1 person outside the team spoke; each was answered.",
    ):
        assert told in said


def test_where_nothing_stops_the_launch_they_say_so(a_sitting):
    quiet = [one for one in findings() if one.verdict.value == "clear"]
    said = " ".join(words(two_pages(a_sitting(quiet)))[0].split())

    assert "Nothing that was counted stops the launch." in said


@pytest.mark.parametrize(
    ("number", "long"),
    [
        pytest.param(3, "", id="a few"),
        pytest.param(14, "and a few more words", id="as many as the sample in trouble"),
        pytest.param(60, "and many more words " * 30, id="more than fit"),
    ],
)
def test_they_are_never_more_than_two(a_sitting, number, long):
    pages = words(two_pages(a_sitting(stopping(number, long), seated=True)))

    assert len(pages) <= 2
    assert ("more; each stands with its finding" in " ".join(pages)) is (number > 14)
    assert "Who decides" in pages[-1]


def test_the_whole_pre_read_begins_with_them_and_says_where_the_rest_stands(a_sitting):
    sitting = a_sitting()
    bundle = sitting.desk.bundle(sitting.run.campaign.id)
    pages = words(document(sitting.review, bundle, at=NOON))
    first = " ".join(" ".join(pages[:2]).split())
    at = next(n for n, page in enumerate(pages, start=1) if "Open points first" in page and n > 1)

    assert "May this campaign go to" in first
    assert f"Open points first, page {at} ·" in first
    assert f"How to check this document without Candor, page {len(pages)}" in first


def test_they_carry_their_record_and_can_be_read_aloud(a_sitting, tmp_path):
    pdf = two_pages(a_sitting())
    file = tmp_path / "two.pdf"
    file.write_bytes(pdf)
    checked = verify(pdf, now=NOON + timedelta(days=1))

    assert not pdfua.validate(file).findings
    assert checked.says is Says.CANNOT_TELL
    assert checked.made_again
    assert checked.edition == "two-pages"


def test_a_decided_review_has_none(a_sitting):
    sitting = a_sitting().decide(Decision.REJECT, against=Decision.REQUEST_CHANGES)

    with pytest.raises(NotTaken, match="a meeting that has yet to decide"):
        two_pages(sitting)
