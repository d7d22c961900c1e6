"""What may be done to a review, at the very edge of each rule."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from review.commands.desk import NotTaken
from review.commands.rules import LONGEST_NAME, named
from review.record import NOBODY_YET, Action, Actor, Answer, Decision, Role, State
from tests.review.builders import (
    ADMIN,
    ANA,
    COVERED,
    ITO,
    JONAS,
    LAUNCH,
    MIRA,
    NOON,
    OKAFOR,
    WEBER,
    agreed,
    needing,
    question,
)

TODAY = NOON.date()
KEEP = Action(what="Stay clear", who="Ana", by=LAUNCH, finding="consent.coverage/email")


@pytest.fixture
def failing(a_meeting):
    """A campaign with one failure that stops the launch."""
    meeting = a_meeting(COVERED)
    meeting.run(agreed(12))
    return meeting


@pytest.fixture
def clear(a_meeting):
    """A campaign with nothing against it."""
    meeting = a_meeting(COVERED)
    meeting.run(agreed(20))
    return meeting


# Names


def test_a_name_of_two_hundred_letters_is_one_and_a_longer_one_is_not():
    assert LONGEST_NAME == 200
    assert named(Actor(name="A" * 200, role=Role.LEGAL)) is None
    with pytest.raises(NotTaken, match="The name has 201 characters; 200 are possible"):
        named(Actor(name="A" * 201, role=Role.LEGAL))


def test_who_has_said_no_name_yet_judges_nothing():
    nobody = Actor(name=NOBODY_YET, role=Role.PREPARER)

    assert named(nobody, anybody=True) is None
    with pytest.raises(NotTaken, match="nobody has said a name yet"):
        named(nobody)
    assert named(replace(nobody, verified=True)) is None


# Comments


@pytest.mark.parametrize("about", ["", "covered", "consent.coverage/email"])
def test_what_is_there_can_be_talked_about(failing, about):
    failing.desk.comment("spring", about, "Hm.", by=ITO, now=failing.now)

    assert failing.review.comments[-1].about == about


def test_what_is_not_there_cannot(failing):
    with pytest.raises(NotTaken, match="no such finding or question"):
        failing.desk.comment("spring", "consent.coverage/sms", "Hm.", by=ITO, now=failing.now)


# Conditions


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({}, "", id="a finding alone"),
        pytest.param({"at_most": "clear"}, "", id="a finding and a limit"),
        pytest.param({"finding": ""}, "", id="neither"),
        pytest.param({"finding": "", "at_most": "clear"}, "limit is one of", id="a limit of none"),
        pytest.param({"at_most": "fail"}, "limit is one of clear, watch", id="an unknown limit"),
        pytest.param({"finding": "consent.coverage/sms"}, "not in the newest run", id="unknown"),
        pytest.param({"who": " "}, "and who does it", id="nobody"),
    ],
)
def test_a_condition_names_what_there_is(clear, change, said):
    asked = replace(KEEP, **change)

    if said:
        with pytest.raises(NotTaken, match=said):
            clear.sign(Decision.APPROVE_WITH_CONDITIONS, conditions=(asked,))
    else:
        signed = clear.sign(Decision.APPROVE_WITH_CONDITIONS, conditions=(asked,))
        assert signed.state is State.APPROVED_WITH_CONDITIONS


def test_no_condition_is_due_before_today(clear):
    kept, late = replace(KEEP, by=TODAY), replace(KEEP, by=TODAY - timedelta(days=1))

    with pytest.raises(NotTaken, match="due before today"):
        clear.sign(Decision.APPROVE_WITH_CONDITIONS, conditions=(kept, late))
    assert clear.sign(Decision.APPROVE_WITH_CONDITIONS, conditions=(kept,)).state.approved


# Exceptions


def test_an_exception_may_end_on_the_day_of_the_launch_and_not_before(failing):
    with pytest.raises(NotTaken, match="before the launch or today"):
        failing.propose(until=LAUNCH - timedelta(days=1))
    assert failing.propose(until=LAUNCH).exceptions[0].until == LAUNCH


def test_nothing_is_confirmed_that_nobody_proposed_or_that_has_moved(failing):
    with pytest.raises(NotTaken, match="Nobody has proposed an exception here"):
        failing.confirm()
    failing.propose()
    failing.run(agreed(11), people="2")

    with pytest.raises(NotTaken, match="or its numbers have moved since"):
        failing.confirm()


@pytest.mark.parametrize(("days", "taken"), [(0, True), (1, False)])
def test_an_exception_is_confirmed_on_its_last_day_and_not_after(failing, days, taken):
    failing.propose(until=LAUNCH)
    moment = NOON + (LAUNCH - TODAY) + timedelta(days=days)

    def confirm():
        return failing.desk.confirm_exception(
            "spring", "consent.coverage/email", by=WEBER, now=moment
        )

    if taken:
        assert confirm().exceptions[0].second.name == "J. Weber"
    else:
        with pytest.raises(NotTaken, match="This exception ended on 1 December 2026"):
            confirm()


def test_an_exception_is_confirmed_once(failing):
    failing.propose()
    failing.confirm()

    with pytest.raises(NotTaken, match="Weber has confirmed this exception already"):
        failing.confirm(by=OKAFOR)


# Who may judge, and who keeps house


def erased(meeting, who):
    """Have a name taken out of the record, as its bearer may ask."""
    texts = json.loads(meeting.desk.bundle("spring"))["texts"]
    names = [name for name, text in texts.items() if text["words"] == who]
    meeting.desk.erase("spring", names, reason="Asked for.", by=ADMIN, now=meeting.now)


def test_nobody_signs_where_whoever_ran_the_checks_last_cannot_be_told_from_others(clear):
    erased(clear, "Mira")

    with pytest.raises(NotTaken, match="Nobody can sign: the name of the owner or of whoever ran"):
        clear.sign(Decision.APPROVE)


def test_an_earlier_preparers_erased_name_stops_nobody(clear):
    clear.run(agreed(20), by=replace(MIRA, name="Nora"), people="2")
    erased(clear, "Mira")

    assert clear.sign(Decision.APPROVE).state is State.APPROVED


@pytest.mark.parametrize(
    ("who", "hint"),
    [
        pytest.param(Actor(name="Ana", role=Role.ETHICS), True, id="called like the owner"),
        pytest.param(ANA, False, id="acting as the owner"),
        pytest.param(Actor(name="Mira", role=Role.ETHICS), False, id="one of two preparers"),
    ],
)
def test_who_only_shares_a_name_is_told_how_to_sign(clear, who, hint):
    clear.run(agreed(20), by=replace(MIRA, name="Nora"), people="2")

    with pytest.raises(NotTaken, match="own or prepared") as refusal:
        clear.sign(Decision.APPROVE, by=who)
    assert ("sign with your whole name" in str(refusal.value)) is hint


@pytest.mark.parametrize(
    ("by", "taken"), [(ANA, True), (MIRA, True), (ADMIN, True), (ITO, False)], ids=str
)
def test_people_data_are_deleted_by_who_brought_them_or_runs_candor(clear, by, taken):
    def delete():
        return clear.desk.people_data_deleted("spring", by=by, now=clear.now)

    if taken:
        assert "deleted the data about people" in delete().timeline[-1].sentence
    else:
        with pytest.raises(NotTaken, match="You act as privacy: ask one of them"):
            delete()


@pytest.mark.parametrize("decision", [Decision.APPROVE, Decision.REJECT])
def test_who_has_signed_does_not_become_the_preparer_of_what_they_signed(clear, decision):
    clear.sign(decision, by=ITO)

    with pytest.raises(NotTaken, match="because you voted on this revision or signed it"):
        clear.run(agreed(20), by=replace(ITO, role=Role.PREPARER))
    assert clear.told()[-1].startswith("M. Ito (preparer, not verified) wanted to run the checks.")
    assert [clear.review.is_inside(one.by) for one in clear.review.signatures] == [False]
    assert clear.run(agreed(20)).state.decided
    assert clear.run(agreed(20), by=ITO, people="2").signatures == ()


def test_who_has_voted_does_not_either(a_meeting):
    meeting = a_meeting(COVERED)
    meeting.run(agreed(20), committee=needing(3))
    meeting.convene(JONAS, ITO, WEBER)
    meeting.begin_ballot()
    meeting.cast(Decision.APPROVE, by=ITO)

    with pytest.raises(NotTaken, match="because you voted on this revision or signed it"):
        meeting.run(agreed(20), by=ITO, committee=needing(3))
    meeting.run(agreed(20), by=WEBER, committee=needing(3))
    with pytest.raises(NotTaken, match="own or prepared"):
        meeting.cast(Decision.APPROVE, by=WEBER)


def test_an_exception_falls_with_its_second_person_who_prepares_the_campaign(failing):
    failing.answer("covered", by=OKAFOR)
    failing.propose(by=ITO)
    assert failing.confirm(by=WEBER).obstacles == ()

    review = failing.run(agreed(12), by=WEBER, people="2")
    assert review.obstacles[0].sentence.endswith(
        "J. Weber confirmed the exception and brought or prepared the campaign: another must."
    )

    failing.propose(by=ITO)
    assert failing.confirm(by=JONAS).obstacles == ()


# Closed


def test_what_is_closed_says_how_in_words(clear):
    clear.sign(Decision.REQUEST_CHANGES)

    with pytest.raises(NotTaken, match=r"closed \(changes requested\)"):
        clear.answer("covered")


def test_where_a_review_stands_is_told_in_words():
    assert [one.told for one in State] == [
        "draft",
        "in review",
        "changes requested",
        "approved",
        "approved with conditions",
        "rejected",
        "superseded",
        "withdrawn",
        "expired",
    ]


def test_answers_of_others_are_no_reason_to_refuse_ones_own(a_meeting):
    meeting = a_meeting(COVERED, question("leak", "consent.opt_out_leak"))
    seen = meeting.run(agreed(12)).head
    meeting.answer("covered", Answer.NOT_ACCEPTABLE, by=ITO)

    assert meeting.answer("covered", Answer.DOES_NOT_APPLY, by=ITO, seen=seen).standing(COVERED)
    assert meeting.review.run.launch == date(2026, 12, 1)
