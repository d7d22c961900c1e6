"""What a committee's record says happened: who differs, how many are left, what is on the table."""

from __future__ import annotations

import pytest

from review.record import Actor, Decision, Role
from tests.review.both import BOTH
from tests.review.builders import ITO, JONAS, LEE, MIRA, WEBER, even, needing, question

pytestmark = BOTH

CHOSEN = question("chosen", "bias.*", asked=True)
YES, NO, BACK, NONE = (
    Decision.APPROVE,
    Decision.REJECT,
    Decision.REQUEST_CHANGES,
    Decision.ABSTAIN,
)
FOUR = (JONAS, ITO, WEBER, LEE)


@pytest.fixture
def room(a_meeting):
    """Four members, all here, of whom two must vote; one question is settled."""
    meeting = a_meeting(CHOSEN)
    meeting.run(even(), committee=needing(2))
    meeting.convene(*FOUR)
    meeting.put("chosen")
    for one in FOUR:
        meeting.seal(by=one, name="chosen")
    return meeting


def voted(room, *decisions):
    room.begin_ballot()
    for who, decision in zip(FOUR, decisions, strict=True):
        review = room.cast(decision, by=who)
    return review.committee.ballot


@pytest.mark.parametrize(
    ("votes", "decision", "differ"),
    [
        pytest.param((YES, YES, YES, YES), YES, [], id="all approve"),
        pytest.param((YES, YES, YES, NO), YES, ["S. Lee"], id="one rejects"),
        pytest.param((YES, YES, YES, NONE), YES, [], id="who abstains went no way"),
        pytest.param((NO, NO, NO, BACK), NO, ["S. Lee"], id="one would have it mended"),
        pytest.param((NO, NO, NO, NONE), NO, [], id="all others reject"),
        pytest.param((NO, NO, YES, YES), BACK, [one.name for one in FOUR], id="a tie suits nobody"),
        pytest.param((NONE, NONE, NONE, NONE), None, [], id="no decision, nobody against it"),
    ],
)
def test_who_voted_another_way_than_was_decided_is_told_apart(room, votes, decision, differ):
    ballot = voted(room, *votes)

    assert ballot.decision is decision
    assert [one.by.name for one in ballot.dissents] == differ


def test_the_chair_signs_for_the_decision_that_was_taken(room):
    voted(room, YES, YES, YES, NO)
    review = room.desk.ballot.attest("spring", by=JONAS, now=room.now)

    attested = review.committee.ballot.attested
    assert (attested.decision, attested.grounds) == (YES, "")
    assert attested.fingerprint == review.revisions[-1].fingerprint
    assert attested.findings == review.revisions[-1].findings


def test_a_vote_names_what_was_voted_on(room):
    ballot = voted(room, YES, YES, YES, NO)
    now = room.review.revisions[-1]

    assert {(one.fingerprint, one.findings) for one in ballot.votes} == {
        (now.fingerprint, now.findings)
    }


def test_the_chair_signs_for_a_ballot_without_a_decision_as_for_none(room):
    voted(room, NONE, NONE, NONE, NONE)
    review = room.desk.ballot.attest("spring", by=JONAS, now=room.now)

    assert review.committee.ballot.attested.decision is NONE


def test_each_recusal_says_how_many_may_vote_now(room):
    for one in (LEE, WEBER, ITO, JONAS):
        room.desk.room.recuse("spring", reason="My firm.", by=one, now=room.now)

    assert [one.rpartition(" “My firm.” ")[2] for one in room.told()[-4:]] == [
        "3 members may vote now.",
        "2 members may vote now.",
        "1 member may vote now.",
        "0 members may vote now.",
    ]


def test_nothing_is_on_the_table_before_the_chair_puts_it(a_meeting):
    meeting = a_meeting(CHOSEN)
    meeting.run(even(), committee=needing(2))
    meeting.convene(*FOUR)

    assert meeting.review.committee.at == ""


def test_what_is_on_the_table_leaves_it_for_the_ballot_and_for_a_new_list(room):
    assert (room.review.committee.at, room.review.committee.presented) == ("chosen", False)
    room.begin_ballot()
    assert room.review.committee.at == ""

    room.run(even(), people="2", committee=needing(2))
    room.here(*FOUR)
    room.put("chosen")
    room.desk.room.present("spring", text="As before.", by=MIRA, now=room.now)
    assert (room.review.committee.at, room.review.committee.presented) == ("chosen", True)
    room.run(even(), people="3", committee=needing(2))

    assert (room.review.committee.at, room.review.committee.presented) == ("", False)


def test_a_point_is_told_in_the_words_of_its_question(room):
    put = next(one for one in room.told() if "put" in one)

    assert f"“{CHOSEN.asks}”" in put


def test_somebody_in_two_seats_of_one_human_is_known_by_their_account(room):
    namesake = Actor(name="M. Ito", role=Role.LEGAL)

    assert room.review.committee.member(namesake).seat is Role.PRIVACY
