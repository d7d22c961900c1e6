"""Whose voice counts in a committee, whatever its members do with their seats meanwhile."""

from __future__ import annotations

from datetime import date

import pytest

from review.commands.desk import NotTaken
from review.record import Action, Actor, Answer, Decision, Role, State
from review.store.canonical import parsed
from tests.review.both import BOTH
from tests.review.builders import (
    ADMIN,
    COVERED,
    ITO,
    JONAS,
    LEE,
    WEBER,
    agreed,
    even,
    needing,
    question,
)

pytestmark = BOTH

CHOSEN = question("chosen", "bias.*", asked=True)
THREE = needing(3, "privacy", "ethics")
YES, NO = Decision.APPROVE, Decision.REJECT
NEW = Actor(name="N. New", role=Role.CUSTOMER_VOICE)


@pytest.fixture
def room(a_meeting):
    """Four members, all here, around a campaign in which a person must answer one question."""
    meeting = a_meeting(CHOSEN)
    meeting.run(even(), committee=THREE)
    meeting.convene(JONAS, ITO, WEBER, LEE)
    return meeting


@pytest.fixture
def voting(room):
    """The same, with the question settled and the ballot open."""
    room.put("chosen")
    for one in (JONAS, ITO, WEBER, LEE):
        room.seal(by=one, name="chosen")
    room.begin_ballot()
    return room


def leaves(meeting, who):
    person = meeting.persons(who)
    return meeting.desk.room.unseat("spring", person, reason="A call.", by=who, now=meeting.now)


def recuses(meeting, who):
    return meeting.desk.room.recuse("spring", reason="My firm.", by=who, now=meeting.now)


def voters(review):
    return [one.by.name for one in review.signatures]


# Seats


def test_who_leaves_and_comes_back_votes_once(voting):
    voting.cast(YES, by=LEE)
    leaves(voting, LEE)
    voting.convene(LEE)
    voting.cast(NO, by=LEE)
    for one in (JONAS, ITO, WEBER):
        review = voting.cast(YES, by=one)

    assert sorted(voters(review)) == ["J. Weber", "Jonas Berg", "M. Ito", "S. Lee"]
    assert [one.decision for one in review.signatures if one.by.name == "S. Lee"] == [NO]


def test_a_vote_is_taken_back_with_the_seat_until_it_is_cast_again(voting):
    voting.cast(NO, by=LEE)
    leaves(voting, LEE)
    voting.convene(LEE)
    for one in (JONAS, ITO, WEBER):
        voting.cast(YES, by=one)
    review = voting.desk.ballot.close("spring", reason="She left.", by=JONAS, now=voting.now)

    assert sorted(voters(review)) == ["J. Weber", "Jonas Berg", "M. Ito"]


def test_who_is_recused_takes_no_seat_again(voting):
    recuses(voting, LEE)
    leaves(voting, LEE)

    with pytest.raises(NotTaken, match="recused from this review and takes no seat in it again"):
        voting.seat(LEE)
    assert voting.told()[-1].startswith("S. Lee (customer voice, not verified) wanted to take")


def test_the_vote_of_a_member_who_was_replaced_makes_no_quorum(voting):
    voting.cast(YES, by=LEE)
    voting.desk.room.seat(
        "spring",
        Role.CUSTOMER_VOICE,
        member=NEW,
        instead_of=voting.persons(LEE),
        by=JONAS,
        now=voting.now,
    )
    voting.cast(YES, by=ITO)
    voting.cast(YES, by=WEBER)

    with pytest.raises(NotTaken, match="3 ballots are needed and 2 are in"):
        voting.desk.ballot.close("spring", reason="It is late.", by=JONAS, now=voting.now)


def test_nobody_takes_the_place_of_another_by_themselves(voting):
    rival = Actor(name="X. Rival", role=Role.CHAIR)

    with pytest.raises(NotTaken, match="Only the chair can do this: Jonas Berg"):
        voting.seat(rival, instead_of=voting.persons(JONAS))
    assert voting.review.committee.chair.who.name == "Jonas Berg"


# Members who brought the campaign since


def test_a_member_who_has_prepared_the_campaign_makes_no_quorum(a_meeting):
    meeting = a_meeting(COVERED)
    meeting.run(agreed(20), committee=needing(3))
    meeting.convene(JONAS, ITO, WEBER)
    review = meeting.run(agreed(20), committee=needing(3), by=WEBER)

    assert review.committee.lacks == ("3 members are needed and 2 may vote. Seat 1 more member.",)
    with pytest.raises(NotTaken, match="3 members are needed and 2 may vote"):
        meeting.begin_ballot()


def test_a_chair_who_has_prepared_the_campaign_leads_no_more(room):
    room.run(even(5), people="2", committee=THREE, by=JONAS)

    with pytest.raises(NotTaken, match="Nobody chairs this review yet"):
        room.put("chosen")
    other = Actor(name="K. Second", role=Role.CHAIR)
    assert room.seat(other).committee.chair.who.name == "K. Second"


def test_a_chair_who_has_prepared_the_campaign_does_not_sign_for_the_decision(voting):
    for one in (ITO, WEBER, LEE):
        voting.cast(YES, by=one)
    voting.desk.ballot.close("spring", reason="I do not vote.", by=JONAS, now=voting.now)
    voting.run(even(), committee=THREE, by=JONAS)

    with pytest.raises(NotTaken, match="Nobody chairs this review yet"):
        voting.desk.ballot.attest("spring", by=JONAS, now=voting.now)


# Points


def test_what_is_under_seal_is_not_answered_in_the_open(room):
    room.put("chosen")
    room.seal(Answer.NOT_ACCEPTABLE, by=LEE, name="chosen")

    with pytest.raises(NotTaken, match="put to the committee, which answers it together"):
        room.answer("chosen", by=ITO)


def test_nobody_alone_answers_otherwise_than_the_committee_did(room):
    room.put("chosen")
    for one in (JONAS, ITO, WEBER, LEE):
        room.seal(Answer.NOT_ACCEPTABLE, by=one, name="chosen")

    with pytest.raises(NotTaken, match="put to the committee, which answers it together"):
        room.answer("chosen", by=Actor(name="O. Other", role=Role.LEGAL))
    assert room.review.standing(CHOSEN).answer is Answer.NOT_ACCEPTABLE


@pytest.mark.parametrize("seen", ["", "0" * 64, "nonsense"])
def test_an_answer_from_a_page_that_never_was_is_not_sealed(room, seen):
    room.put("chosen")

    with pytest.raises(NotTaken, match="not part of this record"):
        room.seal(by=LEE, name="chosen", seen=seen)


def test_an_answer_is_not_sealed_where_the_point_was_put_again_meanwhile(room):
    room.put("chosen")
    read = room.review.head
    room.run(even(5), people="2", committee=THREE)
    room.here(JONAS, ITO, WEBER, LEE)
    room.put("chosen")

    with pytest.raises(NotTaken, match="the chair put this point again while you were reading"):
        room.seal(by=LEE, name="chosen", seen=read)


def test_an_answer_taken_back_with_the_seat_stays_sealed_for_good(room):
    room.put("chosen")
    room.seal(Answer.NOT_ACCEPTABLE, by=LEE, name="chosen", reason="Secret doubt.")
    leaves(room, LEE)
    room.convene(LEE)
    room.seal(by=LEE, name="chosen", reason="Second thought.")

    assert "Secret doubt." not in room.desk.bundle("spring").decode()

    for one in (JONAS, ITO, WEBER):
        review = room.seal(by=one, name="chosen")
    whole = room.desk.bundle("spring").decode()
    assert len(review.committee.point("chosen").voices) == 4
    assert "Secret doubt." not in whole
    assert "Second thought." in whole


# The ballot


def test_a_ballot_that_brought_no_decision_is_followed_by_another(voting):
    for one in (JONAS, ITO, WEBER, LEE):
        review = voting.cast(Decision.ABSTAIN, by=one)

    assert (review.state, review.committee.ballot.decision) == (State.IN_REVIEW, None)
    with pytest.raises(NotTaken, match=r"brought no decision\. The chair opens another"):
        voting.cast(YES, by=LEE)
    assert not voting.begin_ballot().committee.ballot.closed


def test_nothing_is_erased_while_a_ballot_is_open(voting):
    voting.cast(YES, by=ITO)
    [*_, last] = parsed(voting.desk.bundle("spring"))["events"]
    identity = parsed(last["event"])["actor"]["identity"]

    with pytest.raises(NotTaken, match="The ballot on this campaign is open"):
        voting.desk.erase("spring", [identity], reason="Please.", by=ADMIN, now=voting.now)
    assert [one.name for one in voting.review.committee.ballot.cast] == ["M. Ito"]


def test_who_signed_before_the_committee_sat_is_not_forgotten(a_meeting):
    meeting = a_meeting(COVERED)
    meeting.run(agreed(20), committee=needing(2))
    meeting.sign(YES, by=WEBER)
    meeting.convene(JONAS, ITO)
    meeting.begin_ballot()
    meeting.cast(YES, by=JONAS)
    review = meeting.cast(YES, by=ITO)

    assert voters(review) == ["Jonas Berg", "M. Ito"]
    assert [one.by.name for one in review.past_signatures] == ["J. Weber"]


# What is refused on the way under a seal


CALL = Action(what="Call ten customers", who="Ana", by=date(2026, 12, 31))
LATE = Action(what="Call ten customers", who="Ana", by=date(2020, 1, 1))
ALONE = "What was to go under seal was not complete yet."


@pytest.mark.parametrize(
    ("decision", "more", "said"),
    [
        (YES, {"conditions": (CALL,)}, r"belong to \*approve with conditions\* only"),
        (Decision.APPROVE_WITH_CONDITIONS, {}, "needs at least one condition"),
        (Decision.APPROVE_WITH_CONDITIONS, {"conditions": (LATE,)}, "is due before today"),
        (NO, {"grounds": ""}, "every vote needs grounds"),
    ],
)
def test_a_vote_that_is_not_whole_does_not_tell_the_record_which_it_was(
    voting, decision, more, said
):
    with pytest.raises(NotTaken, match=said):
        voting.cast(decision, by=LEE, **more)
    assert voting.told()[-1].endswith(f"wanted to vote. It was not taken: {ALONE}")


def test_an_approval_that_is_not_possible_does_not_tell_the_record_that_it_was_one(a_meeting):
    meeting = a_meeting(COVERED)
    meeting.run(agreed(12), committee=THREE)
    meeting.convene(JONAS, ITO, WEBER)
    meeting.begin_ballot()

    with pytest.raises(NotTaken, match="Approval is not possible yet"):
        meeting.cast(YES, by=ITO)
    assert meeting.told()[-1].endswith(ALONE)


@pytest.mark.parametrize(
    ("answer", "reason", "said"),
    [
        (Answer.NOT_ACCEPTABLE, "", "give a reason"),
        (Answer.WITH_ACTION, "So.", "what is to be done"),
        (None, "", "give a reason"),
    ],
)
def test_half_an_answer_does_not_tell_the_record_which_it_was(room, answer, reason, said):
    room.put("chosen")

    with pytest.raises(NotTaken, match=said):
        room.seal(answer, by=LEE, name="chosen", reason=reason)
    assert room.told()[-1].endswith(ALONE)
