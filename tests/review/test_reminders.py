"""What is due, said in time and to whom it matters."""

from __future__ import annotations

from datetime import date

from review.present.reminders import due
from review.record import Action, Decision
from tests.review.builders import ITO, agreed, even, needing

CALL = Action(what="Call ten customers", who="Ana", by=date(2026, 11, 30))
CLEAR = Action(
    what="Take the rest off",
    who="Ana",
    by=date(2026, 11, 28),
    finding="consent.coverage/email",
    at_most="clear",
)


def said(review, day):
    return [one.says for one in due(review, day)]


def test_a_launch_that_comes_near_says_what_waits(a_meeting):
    review = a_meeting().run(agreed(12))

    assert said(review, date(2026, 11, 20)) == [
        "The launch is on 1 December 2026. 1 question waits for a person's answer."
    ]
    assert said(review, date(2026, 10, 1)) == []


def test_conditions_are_due_until_they_are_kept(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20), even(), committee=needing(1))
    review = meeting.sign(Decision.APPROVE_WITH_CONDITIONS, by=ITO, conditions=(CALL, CLEAR))

    assert [one.standing.value for one in review.conditions] == ["waits", "kept"]
    assert said(review, date(2026, 11, 25)) == [
        "Condition of Ana, by 30 November 2026: Call ten customers."
    ]
    assert not review.cleared_on(date(2026, 11, 25))

    review = meeting.desk.room.find_met("spring", 1, text="Ten calls.", by=ITO, now=meeting.now)

    assert said(review, date(2026, 11, 25)) == []
    assert review.cleared_on(date(2026, 11, 25))


def test_a_condition_that_a_check_counts_is_judged_by_the_newest_run(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20), committee=needing(1))
    meeting.sign(Decision.APPROVE_WITH_CONDITIONS, by=ITO, conditions=(CLEAR,))
    review = meeting.run(agreed(12), people="2", committee=needing(1))

    assert [one.standing.value for one in review.conditions] == ["not_kept"]
    assert review.conditions[0].says == "12 of 20 people agreed to email."


def test_an_approval_is_due_at_its_review_date(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20), committee=needing(1))
    review = meeting.sign(Decision.APPROVE, by=ITO)

    assert said(review, date(2027, 11, 20)) == [
        (
            "The approval must be looked at again by 23 November 2027. "
            "Reopen the review to decide anew."
        )
    ]
    assert said(review, date(2027, 12, 1))[0].startswith("The approval ended on")
