"""What may be done in the committee, at the very edge of each rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from checks.evidence import Rate
from checks.finding import Severity, clear
from review.commands.desk import NotTaken
from review.record import Action, Answer, Decision, Role, State
from tests.review.builders import (
    ANA,
    COVERED,
    ITO,
    JONAS,
    LEE,
    MIRA,
    NOON,
    OKAFOR,
    WEBER,
    agreed,
    even,
    needing,
    question,
)

CHOSEN = question("chosen", "bias.*", asked=True)
BOTH = question("both", "consent.*", "bias.*", asked=True)
UNCHANGED = question("unchanged", "integrity.unchanged", asked=True)
FOUR = (JONAS, ITO, WEBER, LEE)
YES, NO = Decision.APPROVE, Decision.REJECT
TODAY = NOON.date()


@pytest.fixture
def room(a_meeting):
    """Four members, all here, and one question that a person must answer."""
    meeting = a_meeting(CHOSEN)
    meeting.run(even(), committee=needing(3, "privacy", "customer_voice"))
    meeting.convene(*FOUR)
    return meeting


@pytest.fixture
def voting(room):
    """The same, with the question settled and the ballot open."""
    room.put("chosen")
    for one in FOUR:
        room.seal(by=one, name="chosen")
    room.begin_ballot()
    return room


def since(parts):
    """What has moved since the last approval: it is new with each signature."""
    rate = Rate(group="parts", yes=parts, of=4)
    found = clear("campaign", f"{parts} of 4 parts are as they were.", rate)
    return found.of("integrity.unchanged", Severity.HIGH, ())


def speak(room, person, answer=Answer.ACCEPTABLE):
    return room.desk.room.speak(
        "spring", "chosen", person, answer, reason="Aloud.", by=JONAS, now=room.now
    )


def open_seals(room):
    return room.desk.room.open_seals("spring", "chosen", reason="Late.", by=JONAS, now=room.now)


def settle(room):
    return room.desk.room.settle("spring", "chosen", reason="We talked.", by=JONAS, now=room.now)


# A reason


@pytest.mark.parametrize(
    ("answer", "taken"),
    [
        pytest.param(Answer.ACCEPTABLE, True, id="nothing speaks against it"),
        pytest.param(Answer.NOT_ACCEPTABLE, False, id="a no"),
        pytest.param(None, False, id="an abstention"),
    ],
)
def test_a_yes_needs_no_reason_where_all_is_clear(room, answer, taken):
    room.put("chosen")

    if taken:
        assert room.seal(answer, by=ITO, name="chosen", reason=" ").committee.point("chosen").sealed
    else:
        with pytest.raises(NotTaken, match="cannot stand without one"):
            room.seal(answer, by=ITO, name="chosen", reason=" ")


def test_a_yes_needs_a_reason_where_one_of_several_findings_speaks_against_it(a_meeting):
    meeting = a_meeting(BOTH)
    meeting.run(even(), agreed(12), committee=needing(3))
    meeting.convene(JONAS, ITO)
    meeting.put("both")

    with pytest.raises(NotTaken, match="cannot stand without one"):
        meeting.seal(by=ITO, name="both", reason="")
    assert meeting.seal(by=ITO, name="both").committee.point("both").sealed


# Seals


def test_only_seals_that_are_there_and_closed_can_be_opened(room):
    with pytest.raises(NotTaken, match="nothing under seal here"):
        open_seals(room)
    room.put("chosen")
    with pytest.raises(NotTaken, match="Nobody has answered this point yet"):
        open_seals(room)
    room.seal(by=ITO, name="chosen")
    open_seals(room)

    with pytest.raises(NotTaken, match="nothing under seal here"):
        open_seals(room)


def test_only_members_with_a_voice_who_said_nothing_yet_are_entered_as_spoken(room):
    room.put("chosen")
    for one in (JONAS, ITO):
        room.seal(by=one, name="chosen")
    open_seals(room)

    with pytest.raises(NotTaken, match="This person has no voice"):
        speak(room, "nobody")
    with pytest.raises(NotTaken, match="Ito has answered this point already"):
        speak(room, room.persons(ITO))
    room.desk.room.recuse("spring", reason="I know them.", by=LEE, now=room.now)
    with pytest.raises(NotTaken, match="This person has no voice"):
        speak(room, room.persons(LEE))
    assert speak(room, room.persons(WEBER)).committee.point("chosen").settled is Answer.ACCEPTABLE


def test_what_most_said_is_recorded_once_and_only_where_the_seals_are_open(room):
    with pytest.raises(NotTaken, match="no open difference"):
        settle(room)
    room.put("chosen")
    for one, answer in ((JONAS, Answer.ACCEPTABLE), (ITO, Answer.NOT_ACCEPTABLE)):
        room.seal(answer, by=one, name="chosen")
    with pytest.raises(NotTaken, match="no open difference"):
        settle(room)
    open_seals(room)
    assert settle(room).committee.point("chosen").settled is Answer.NOT_ACCEPTABLE
    assert room.told()[-1] == (
        "Jonas Berg (chair, not verified) recorded what most members answered to "
        "“Is chosen fine?”: not acceptable. The other answers stay beside it. “We talked.”"
    )
    assert not room.review.committee.point("chosen").all_agreed

    with pytest.raises(NotTaken, match="no open difference"):
        settle(room)


# Before a ballot


def test_a_ballot_waits_for_those_whose_answer_is_missing_and_names_them(room):
    room.put("chosen")
    for one in (JONAS, ITO):
        room.seal(by=one, name="chosen")

    with pytest.raises(NotTaken, match=r"“Is chosen fine[?]” waits for J. Weber, S. Lee. The"):
        room.begin_ballot()


def test_a_ballot_waits_for_seals_that_nobody_opened(room):
    room.put("chosen")
    for one in (JONAS, ITO, WEBER):
        room.seal(by=one, name="chosen")
    room.desk.room.recuse("spring", reason="I know them.", by=LEE, now=room.now)

    with pytest.raises(NotTaken, match=r"has answers that are still sealed. The chair waits, or"):
        room.begin_ballot()


# The ballot


def test_a_condition_may_be_due_today_and_not_yesterday(voting):
    due = Action(what="Call", who="Ana", by=TODAY)
    late = replace(due, by=TODAY - timedelta(days=1))

    with pytest.raises(NotTaken, match="due before today"):
        voting.cast(Decision.APPROVE_WITH_CONDITIONS, by=ITO, conditions=(due, late))
    assert voting.cast(
        Decision.APPROVE_WITH_CONDITIONS, by=ITO, conditions=(due,)
    ).committee.ballot.cast


def test_a_vote_that_came_too_late_is_told_what_moved_last(voting):
    seen = voting.review.head
    for words in ("One thing.", "Another thing."):
        voting.desk.comment("spring", "", words, by=OKAFOR, now=voting.now)

    with pytest.raises(NotTaken, match=r"“Another thing.” Read what changed"):
        voting.cast(YES, by=ITO, seen=seen)


@pytest.mark.parametrize(
    ("cast", "said"),
    [
        pytest.param([ITO], "3 ballots are needed and 1 is in.", id="one"),
        pytest.param([ITO, JONAS], "3 ballots are needed and 2 are in.", id="two"),
        pytest.param(
            [ITO, JONAS, WEBER], "A ballot is missing from: customer voice.", id="an empty seat"
        ),
    ],
)
def test_a_ballot_that_lacks_something_is_not_closed(voting, cast, said):
    for one in cast:
        voting.cast(YES, by=one)

    with pytest.raises(NotTaken, match=f"The ballot cannot be closed yet. {said}"):
        voting.desk.ballot.close("spring", reason="It is late.", by=JONAS, now=voting.now)


def test_nobody_signs_for_or_against_a_decision_that_is_not_taken(room):
    def attest():
        room.desk.ballot.attest("spring", by=JONAS, now=room.now)

    def dissent():
        room.desk.ballot.dissent("spring", "No.", by=LEE, now=room.now)

    for begin in (lambda: None, room.begin_ballot):
        begin()
        with pytest.raises(NotTaken, match="no decision to sign for yet"):
            attest()
        with pytest.raises(NotTaken, match="no decision to disagree with yet"):
            dissent()


def test_the_chair_signs_for_a_decision_once(voting):
    for one in FOUR:
        voting.cast(YES, by=one)
    voting.desk.ballot.attest("spring", by=JONAS, now=voting.now)

    with pytest.raises(NotTaken, match="You have signed for this decision already"):
        voting.desk.ballot.attest("spring", by=JONAS, now=voting.now)


# Conditions that people find kept


@pytest.fixture
def promised(a_meeting):
    """Approved with two conditions: the first a person judges, the second a check counts."""
    meeting = a_meeting(COVERED)
    meeting.run(agreed(20), committee=needing(1))
    by_hand = Action(what="Call ten", who="Ana", by=TODAY)
    counted = Action(
        what="Stay clear", who="Ana", by=TODAY, finding="consent.coverage/email", at_most="clear"
    )
    meeting.sign(Decision.APPROVE_WITH_CONDITIONS, conditions=(by_hand, counted))
    return meeting


def find_met(meeting, place, *, by=ITO, text="Ten calls."):
    return meeting.desk.room.find_met("spring", place, text=text, by=by, now=meeting.now)


def test_a_condition_that_no_check_counts_is_found_kept_by_a_person(promised):
    review = find_met(promised, 1)

    assert [one.kept for one in review.conditions] == [True, True]
    assert "Call ten" in promised.told()[-1]
    assert review.state is State.APPROVED_WITH_CONDITIONS


@pytest.mark.parametrize(
    ("place", "text", "said"),
    [
        pytest.param(2, "So.", "The newest run says whether", id="a check counts it"),
        pytest.param(3, "So.", "There is no such condition", id="there is none"),
        pytest.param(1, " ", "what shows that the condition is kept", id="nothing shown"),
    ],
)
def test_nothing_else_is_found_kept(promised, place, text, said):
    with pytest.raises(NotTaken, match=said):
        find_met(promised, place, text=text)


def test_who_brought_the_campaign_finds_no_condition_kept(promised):
    with pytest.raises(NotTaken, match="own or prepared"):
        find_met(promised, 1, by=replace(OKAFOR, name="Mira"))


def test_a_chair_who_is_unseated_leads_no_more(room):
    room.desk.room.unseat("spring", room.persons(JONAS), reason="Ill.", by=JONAS, now=room.now)

    with pytest.raises(NotTaken, match="Nobody chairs this review yet"):
        room.put("chosen")
    assert room.seat(replace(OKAFOR, role=Role.CHAIR)).committee.chair.who.name == "Dr. Okafor"


# The owner's side


@pytest.mark.parametrize("by", [ANA, MIRA, JONAS], ids=lambda one: one.name)
def test_who_brought_the_campaign_presents_it_or_the_chair_says_so(room, by):
    review = room.desk.room.present("spring", text="The list, and why.", by=by, now=room.now)

    assert review.committee.presented
    assert room.told()[-1].endswith("“The list, and why.”")


def test_nobody_else_says_that_it_was_presented(room):
    with pytest.raises(NotTaken, match="Only the chair can do this: Jonas Berg"):
        room.desk.room.present("spring", text="So.", by=ITO, now=room.now)


# Seals that stay closed


def test_where_too_few_are_here_the_last_answer_opens_nothing(a_meeting):
    meeting = a_meeting(CHOSEN)
    meeting.run(even(), committee=needing(5))
    meeting.convene(*FOUR)
    meeting.put("chosen")
    for one in FOUR:
        review = meeting.seal(by=one, name="chosen")

    assert len(review.committee.point("chosen").sealed) == 4
    assert not review.committee.point("chosen").opened
    assert open_seals(meeting).committee.point("chosen").settled is Answer.ACCEPTABLE


def test_who_is_recused_after_they_answered_is_not_heard(room):
    room.put("chosen")
    room.seal(Answer.NOT_ACCEPTABLE, by=WEBER, name="chosen", reason="My sister is on the list.")
    room.desk.room.recuse("spring", reason="I know them.", by=WEBER, now=room.now)
    for one in (JONAS, ITO, LEE):
        review = room.seal(by=one, name="chosen")

    assert [one.by for one in review.committee.point("chosen").voices] == [JONAS, ITO, LEE]
    assert review.committee.point("chosen").settled is Answer.ACCEPTABLE
    assert "My sister" not in room.desk.bundle("spring").decode()


def test_a_point_on_which_those_who_speak_agree_waits_for_those_who_are_here(room):
    room.put("chosen")
    room.seal(by=JONAS, name="chosen")
    open_seals(room)
    for one in (ITO, WEBER):
        assert speak(room, room.persons(one)).committee.point("chosen").settled is None

    assert speak(room, room.persons(LEE)).committee.point("chosen").settled is Answer.ACCEPTABLE


def test_an_abstention_may_be_spoken_and_settles_nothing_by_itself(room):
    room.put("chosen")
    room.seal(by=JONAS, name="chosen")
    open_seals(room)
    voices = speak(room, room.persons(LEE), None).committee.point("chosen").voices

    assert [(one.by, one.answer) for one in voices] == [(JONAS, Answer.ACCEPTABLE), (LEE, None)]
    assert room.told()[-1].startswith(
        "S. Lee (customer voice, not verified) answered aloud: abstain"
    )


def test_where_all_abstain_nothing_is_settled(room):
    room.put("chosen")
    for one in FOUR:
        review = room.seal(None, by=one, name="chosen")

    assert review.committee.point("chosen").opened
    assert review.committee.point("chosen").settled is None


def test_a_point_whose_numbers_moved_is_put_again_before_it_is_answered(a_meeting):
    meeting = a_meeting(CHOSEN, UNCHANGED)
    meeting.run(even(), since(3), committee=needing(3))
    meeting.convene(*FOUR)
    for name in ("unchanged", "chosen"):
        meeting.put(name)
    assert meeting.run(even(), since(4), committee=needing(3)).revision == 1

    meeting.seal(by=ITO, name="chosen")
    with pytest.raises(NotTaken, match="the numbers behind this question changed"):
        meeting.seal(by=ITO, name="unchanged")
    meeting.put("unchanged")
    assert meeting.seal(by=ITO, name="unchanged").committee.point("unchanged").round == 2
