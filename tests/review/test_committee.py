"""Several people, some of whom disagree, reach a decision: seats, seals, and the one ballot."""

from __future__ import annotations

import json
from datetime import date

import pytest

from review.commands.desk import NotTaken
from review.record import Action, Actor, Answer, Decision, Role, State
from review.store.chain import verify_bundle
from tests.review.both import BOTH
from tests.review.builders import (
    ADMIN,
    ANA,
    COVERED,
    ITO,
    JONAS,
    LEAK,
    LEE,
    MIRA,
    OKAFOR,
    WEBER,
    agreed,
    even,
    needing,
    question,
)

pytestmark = BOTH

CHOSEN = question("chosen", "bias.*", asked=True)
THREE = needing(3, "privacy", "ethics")
CALL = Action(what="Call ten customers", who="Ana", by=date(2026, 11, 30))
YES, NO = Decision.APPROVE, Decision.REJECT


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


# Seats


def test_a_seat_is_taken_in_ones_own_role(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20), committee=THREE)

    with pytest.raises(NotTaken, match="You act as privacy, so you cannot sit for chair"):
        meeting.seat(ITO, seat=Role.CHAIR)
    assert [one.seat for one in meeting.seat(ITO).committee.members] == [Role.PRIVACY]


@pytest.mark.parametrize("by", [ANA, MIRA], ids=str)
def test_who_brought_the_campaign_gets_no_seat(a_meeting, by):
    meeting = a_meeting()
    meeting.run(agreed(20), committee=THREE)
    judge = Actor(name=by.name, role=Role.ETHICS)

    with pytest.raises(NotTaken, match="owns or prepared this campaign"):
        meeting.seat(judge)
    assert meeting.told()[-1].startswith(f"{by.name} (ethics, not verified) wanted to take")


@pytest.mark.parametrize("role", [Role.OWNER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_some_roles_have_no_seat(a_meeting, role):
    meeting = a_meeting()
    meeting.run(agreed(20), committee=THREE)

    with pytest.raises(NotTaken, match=r"no seat|owns or prepared"):
        meeting.seat(Actor(name="Somebody Else", role=role))


def test_a_review_has_one_chair(room):
    with pytest.raises(NotTaken, match="Jonas Berg is the chair, and a review has one"):
        room.seat(Actor(name="K. Second", role=Role.CHAIR))


def test_another_chair_may_take_the_place_of_one_who_is_recused(room):
    room.desk.room.recuse("spring", reason="My sister works there.", by=JONAS, now=room.now)
    review = room.seat(Actor(name="K. Second", role=Role.CHAIR))

    assert review.committee.chair.who.name == "K. Second"


def test_the_chair_seats_others_and_nobody_else_does(room):
    room.desk.room.seat("spring", Role.LEGAL, member=OKAFOR, by=JONAS, now=room.now)

    assert room.told()[-1] == (
        "Jonas Berg (chair, not verified) gave Dr. Okafor (legal, not verified) the seat for legal."
    )
    with pytest.raises(NotTaken, match="Only the chair can do this: Jonas Berg"):
        room.desk.room.seat(
            "spring",
            Role.LEGAL,
            member=Actor(name="New", role=Role.LEGAL),
            by=ITO,
            now=room.now,
        )


def test_nobody_sits_twice(room):
    with pytest.raises(NotTaken, match="has a seat already"):
        room.seat(Actor(name="Ito, M.", role=Role.PRIVACY))


def test_the_head_of_the_wall_counts_who_is_here(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20), committee=THREE)
    meeting.seat(JONAS, ITO, WEBER)

    assert meeting.here(JONAS).committee.head == "1 of 3 members is here, 3 are needed."
    assert meeting.here(ITO, WEBER).committee.head == "3 of 3 members are here, 3 are needed."


# Conflicts


def test_nobody_answers_before_saying_that_they_are_free(a_meeting):
    meeting = a_meeting(CHOSEN)
    meeting.run(even(), committee=THREE)
    meeting.convene(JONAS)
    meeting.seat(ITO)
    meeting.put("chosen")

    with pytest.raises(NotTaken, match="whether you have a conflict of interest"):
        meeting.seal(by=ITO, name="chosen")


def test_a_conflict_stands_in_the_record_in_their_words(room):
    review = room.here(ITO, conflict="I hold shares.")

    assert review.committee.member(ITO).conflict == "I hold shares."
    assert room.told()[-1].endswith("declared a conflict of interest. “I hold shares.”")


def test_a_recusal_recounts_and_can_leave_too_few(voting):
    for one in (ITO, LEE):
        voting.desk.room.recuse("spring", reason="I know them.", by=one, now=voting.now)
    voting.cast(YES, by=JONAS)
    review = voting.cast(YES, by=WEBER)

    assert not review.committee.ballot.closed
    with pytest.raises(NotTaken, match="3 ballots are needed and 2 are in"):
        voting.desk.ballot.close("spring", reason="It is late.", by=JONAS, now=voting.now)

    voting.convene(Actor(name="P. Place", role=Role.PRIVACY))
    review = voting.cast(YES, by=Actor(name="P. Place", role=Role.PRIVACY))

    assert review.state is State.APPROVED


def test_the_last_member_may_be_recused_and_then_nobody_decides(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20), committee=needing(1))
    meeting.convene(JONAS)
    review = meeting.desk.room.recuse("spring", reason="My firm.", by=JONAS, now=meeting.now)

    assert review.committee.lacks == ("Nobody may vote. Seat a member.",)
    with pytest.raises(NotTaken, match="Nobody chairs this review yet"):
        meeting.begin_ballot()


def test_a_ballot_of_somebody_recused_since_is_not_counted(voting):
    voting.cast(NO, by=LEE)
    voting.desk.room.recuse("spring", reason="I know them.", by=LEE, now=voting.now)
    for one in (JONAS, ITO, WEBER):
        review = voting.cast(YES, by=one)

    assert review.state is State.APPROVED
    assert [one.by.name for one in review.signatures] == ["Jonas Berg", "M. Ito", "J. Weber"]
    assert "Because." in str(review.signatures[0].grounds)


# Points under seal


def test_sealed_answers_are_read_by_nobody_until_they_open_together(room):
    room.put("chosen")
    room.seal(Answer.NOT_ACCEPTABLE, by=ITO, name="chosen", reason="Secret doubt.")
    review = room.seal(by=WEBER, name="chosen", reason="Secret joy.")
    whole = room.desk.bundle("spring").decode()

    assert [one.name for one in review.committee.point("chosen").sealed] == ["M. Ito", "J. Weber"]
    assert review.answers == {}
    assert "Secret" not in whole
    assert "Secret" not in "".join(room.told())
    assert verify_bundle(whole.encode()).stands

    room.seal(by=JONAS, name="chosen")
    review = room.seal(by=LEE, name="chosen")

    assert review.committee.point("chosen").opened
    assert "Secret doubt." in room.desk.bundle("spring").decode()
    assert room.told()[-1] == (
        "The sealed answers to “Is chosen fine?” were opened. M. Ito: not acceptable; "
        "J. Weber: acceptable; Jonas Berg: acceptable; S. Lee: acceptable."
    )


def test_a_point_on_which_all_agree_is_settled_at_once(room):
    room.put("chosen")
    for one in (JONAS, ITO, WEBER, LEE):
        review = room.seal(by=one, name="chosen", reason="Fine.")

    assert review.committee.point("chosen").settled is Answer.ACCEPTABLE
    assert review.standing(CHOSEN).answer is Answer.ACCEPTABLE
    assert len(review.agreed(CHOSEN)) == 4
    assert room.told()[-1] == (
        "All who answered agree on “Is chosen fine?”: acceptable. The point is settled."
    )


def test_what_somebody_said_alone_before_is_not_counted_among_those_who_agree(room):
    room.answer("chosen", by=OKAFOR)
    room.put("chosen")
    for one in (JONAS, ITO, WEBER, LEE):
        review = room.seal(by=one, name="chosen")

    assert [one.by for one in review.agreed(CHOSEN)] == [JONAS, ITO, WEBER, LEE]


def test_where_they_differ_nothing_stands_until_the_chair_records_what_most_said(room):
    room.put("chosen")
    for one, answer in ((JONAS, None), (ITO, Answer.NOT_ACCEPTABLE), (WEBER, Answer.ACCEPTABLE)):
        room.seal(answer, by=one, name="chosen")
    review = room.seal(by=LEE, name="chosen")

    assert review.standing(CHOSEN) is None

    review = room.desk.room.settle("spring", "chosen", reason="We talked.", by=JONAS, now=room.now)

    assert review.standing(CHOSEN).answer is Answer.ACCEPTABLE
    assert [one.by.name for one in review.agreed(CHOSEN)] == ["J. Weber", "S. Lee"]
    assert [one.answer for one in review.answers["chosen"]].count(Answer.NOT_ACCEPTABLE) == 1


def test_as_many_against_as_for_counts_as_the_more_protective(room):
    room.put("chosen")
    for one, answer in (
        (JONAS, Answer.ACCEPTABLE),
        (ITO, Answer.NOT_ACCEPTABLE),
        (WEBER, Answer.ACCEPTABLE),
        (LEE, Answer.NOT_ACCEPTABLE),
    ):
        room.seal(answer, by=one, name="chosen")
    review = room.desk.room.settle("spring", "chosen", reason="A tie.", by=JONAS, now=room.now)

    assert review.standing(CHOSEN).answer is Answer.NOT_ACCEPTABLE


def test_every_action_that_was_asked_for_becomes_a_condition(room):
    other = Action(what="Look again", who="Mira", by=date(2026, 11, 29))
    room.put("chosen")
    for one, action in ((JONAS, CALL), (ITO, other), (WEBER, CALL), (LEE, CALL)):
        room.seal(Answer.WITH_ACTION, by=one, name="chosen", action=action)

    assert room.review.due == (CALL, other)


def test_the_chair_may_open_early_with_a_reason_and_enter_what_was_said_aloud(room):
    room.put("chosen")
    for one in (JONAS, ITO, WEBER):
        room.seal(by=one, name="chosen")
    lee = room.persons(LEE)
    with pytest.raises(NotTaken, match="a spoken answer comes after them"):
        room.desk.room.speak(
            "spring", "chosen", lee, Answer.ACCEPTABLE, reason="Yes.", by=JONAS, now=room.now
        )
    with pytest.raises(NotTaken, match="needs a reason"):
        room.desk.room.open_seals("spring", "chosen", reason=" ", by=JONAS, now=room.now)
    review = room.desk.room.open_seals(
        "spring", "chosen", reason="S. Lee has no device.", by=JONAS, now=room.now
    )

    assert review.committee.point("chosen").settled is None

    review = room.desk.room.speak(
        "spring", "chosen", lee, Answer.ACCEPTABLE, reason="Yes.", by=JONAS, now=room.now
    )

    assert review.committee.point("chosen").settled is Answer.ACCEPTABLE
    assert room.told()[-2] == (
        "S. Lee (customer voice, not verified) answered aloud: acceptable. “Yes.” "
        "Spoken, entered by Jonas Berg (chair, not verified)."
    )
    assert review.answers["chosen"][-1].entered_by.name == "Jonas Berg"


def test_a_seal_is_set_once_and_only_on_what_was_put(room):
    with pytest.raises(NotTaken, match="has not put this question"):
        room.seal(by=ITO, name="chosen")
    room.put("chosen")
    room.seal(by=ITO, name="chosen")

    with pytest.raises(NotTaken, match="You have sealed your answer"):
        room.seal(Answer.NOT_ACCEPTABLE, by=ITO, name="chosen")
    with pytest.raises(NotTaken, match="lie under seal"):
        room.put("chosen")


def test_a_point_can_be_put_again_after_talk(room):
    room.put("chosen")
    for one, answer in ((JONAS, None), (ITO, Answer.NOT_ACCEPTABLE), (WEBER, Answer.ACCEPTABLE)):
        room.seal(answer, by=one, name="chosen")
    room.seal(by=LEE, name="chosen")
    room.put("chosen")
    for one in (JONAS, ITO, WEBER, LEE):
        review = room.seal(by=one, name="chosen")

    assert review.committee.point("chosen").round == 2
    assert len(review.agreed(CHOSEN)) == 4


def test_only_the_chair_puts_a_point(room):
    with pytest.raises(NotTaken, match="Only the chair can do this"):
        room.put("chosen", by=ITO)


# The ballot


def test_ballots_stay_sealed_until_all_are_in_and_then_decide(voting):
    for one in (JONAS, ITO, WEBER):
        review = voting.cast(YES, by=one, grounds=f"Grounds of {one.name}.")

    assert review.state is State.IN_REVIEW
    assert review.signatures == ()
    assert "Grounds of" not in voting.desk.bundle("spring").decode()

    review = voting.cast(NO, by=LEE, grounds="They were not asked.")
    ballot = review.committee.ballot

    assert review.state is State.APPROVED
    assert ballot.rule == "3 of 4 who voted for or against approved; more than half must."
    assert [one.grounds for one in ballot.dissents] == ["They were not asked."]
    assert ballot.until == date(2027, 11, 23)
    assert review.signatures[0].statement.startswith("I, Jonas Berg, sign as chair for revision 1")


@pytest.mark.parametrize(
    ("agree", "votes", "state"),
    [
        pytest.param("more_than_half", [YES, YES, NO, NO], State.CHANGES_REQUESTED, id="a tie"),
        pytest.param("more_than_half", [YES, NO, NO, NO], State.REJECTED, id="most reject"),
        pytest.param(
            "more_than_half",
            [YES, Decision.REQUEST_CHANGES, NO, Decision.REQUEST_CHANGES],
            State.CHANGES_REQUESTED,
            id="most want changes",
        ),
        pytest.param(
            "more_than_half",
            [YES, Decision.ABSTAIN, Decision.ABSTAIN, Decision.ABSTAIN],
            State.APPROVED,
            id="one yes, the others abstain",
        ),
        pytest.param("two_thirds", [YES, YES, NO, Decision.ABSTAIN], State.APPROVED, id="2 of 3"),
        pytest.param("two_thirds", [YES, YES, NO, NO], State.CHANGES_REQUESTED, id="2 of 4"),
        pytest.param("all", [YES, YES, YES, NO], State.CHANGES_REQUESTED, id="all must"),
        pytest.param("more_than_half", [Decision.ABSTAIN] * 4, State.IN_REVIEW, id="nobody says"),
    ],
)
def test_the_rule_of_the_policy_counts(a_meeting, agree, votes, state):
    meeting = a_meeting(COVERED)
    meeting.run(agreed(20), committee=needing(3, "privacy", agree=agree))
    members = (JONAS, ITO, WEBER, LEE)
    meeting.convene(*members)
    meeting.begin_ballot()
    for one, vote in zip(members, votes, strict=True):
        review = meeting.cast(vote, by=one)

    assert review.state is state
    assert review.committee.ballot.closed
    if votes == [YES, YES, NO, NO] and agree == "more_than_half":
        assert review.committee.ballot.rule.endswith(
            "A tie is no approval: the campaign comes back with changes requested."
        )


def test_every_condition_of_those_who_approved_holds(voting):
    other = Action(what="Look again", who="Mira", by=date(2026, 11, 29))
    voting.cast(Decision.APPROVE_WITH_CONDITIONS, by=JONAS, conditions=(CALL,))
    voting.cast(YES, by=ITO)
    voting.cast(Decision.APPROVE_WITH_CONDITIONS, by=WEBER, conditions=(other,))
    review = voting.cast(NO, by=LEE)

    assert review.state is State.APPROVED_WITH_CONDITIONS
    assert [one.action for one in review.conditions] == [CALL, other]
    assert not review.cleared_on(date(2026, 11, 24))


def test_every_vote_needs_grounds(voting):
    with pytest.raises(NotTaken, match="every vote needs grounds"):
        voting.cast(Decision.ABSTAIN, by=ITO, grounds=" ")


def test_nobody_votes_twice_or_after_the_end(voting):
    voting.cast(YES, by=ITO)
    with pytest.raises(NotTaken, match="Your ballot is in"):
        voting.cast(NO, by=ITO)
    for one in (JONAS, WEBER, LEE):
        voting.cast(YES, by=one)

    with pytest.raises(NotTaken, match="The ballot is closed"):
        voting.cast(NO, by=ITO)


def test_nothing_moves_while_the_ballot_is_open(voting):
    with pytest.raises(NotTaken, match="The ballot on this campaign is open"):
        voting.answer("chosen", Answer.NOT_ACCEPTABLE, by=OKAFOR)
    with pytest.raises(NotTaken, match="The ballot on this campaign is open"):
        voting.put("chosen")


def test_a_vote_on_something_that_moved_is_refused(voting):
    seen = voting.review.head
    voting.desk.comment("spring", "", "One thing.", by=OKAFOR, now=voting.now)

    with pytest.raises(NotTaken, match="Your vote was not taken: the record moved"):
        voting.cast(YES, by=ITO, seen=seen)


def test_a_new_list_ends_the_ballot_and_keeps_the_seats(voting):
    voting.cast(YES, by=ITO)
    review = voting.run(even(11), people="2", committee=THREE)

    assert review.committee.ballot is None
    assert len(review.committee.members) == 4
    assert review.committee.here == ()
    voting.here(ITO)
    with pytest.raises(NotTaken, match="No ballot is open"):
        voting.cast(YES, by=ITO)


def test_approval_is_refused_below_the_screen_while_something_stands_in_the_way(a_meeting):
    meeting = a_meeting(CHOSEN, LEAK)
    meeting.run(even(), committee=THREE)
    meeting.convene(JONAS, ITO, WEBER)
    meeting.begin_ballot()

    with pytest.raises(NotTaken, match="Approval is not possible yet"):
        meeting.cast(YES, by=ITO)
    for one in (JONAS, ITO, WEBER):
        review = meeting.cast(NO, by=one)
    assert review.state is State.REJECTED


def test_an_empty_seat_or_too_few_members_open_no_ballot(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20), committee=THREE)
    meeting.convene(JONAS, LEE)

    with pytest.raises(NotTaken) as refusal:
        meeting.begin_ballot()
    assert str(refusal.value) == (
        "The committee cannot decide yet. 3 members are needed and 2 may vote. Seat 1 more member. "
        "Nobody sits for privacy. Seat somebody in this role. "
        "Nobody sits for ethics. Seat somebody in this role."
    )


def test_where_a_committee_sits_nobody_decides_alone(room):
    with pytest.raises(NotTaken, match="The committee decides on this campaign by ballot"):
        room.sign(Decision.REJECT, by=ITO)


def test_the_chair_attests_and_a_member_dissents_in_their_own_words(voting):
    for one in (JONAS, ITO, WEBER, LEE):
        voting.cast(YES, by=one)
    voting.desk.ballot.attest("spring", by=JONAS, now=voting.now)
    review = voting.desk.ballot.dissent("spring", "I was wrong.", by=LEE, now=voting.now)
    ballot = review.committee.ballot

    assert "answers were sealed until all were in" in ballot.attested.statement
    assert ballot.dissents[-1].grounds == "I was wrong."
    assert "I do not agree, because: I was wrong." in ballot.dissents[-1].statement
    assert review.state is State.APPROVED


def test_an_erased_ground_leaves_the_vote_and_every_proof(voting):
    for one in (JONAS, ITO, WEBER):
        voting.cast(YES, by=one)
    voting.cast(NO, by=LEE, grounds="My neighbour is on the list.")
    events = [
        json.loads(one["event"]) for one in json.loads(voting.desk.bundle("spring"))["events"]
    ]
    grounds = events[-1]["votes"][-1]["grounds"]
    voting.desk.erase("spring", [grounds], reason="Asked for.", by=ADMIN, now=voting.now)
    review = voting.review

    assert "neighbour" not in voting.desk.bundle("spring").decode()
    assert verify_bundle(voting.desk.bundle("spring")).stands
    assert review.committee.ballot.votes[-1].decision is NO
    assert review.state is State.APPROVED
    assert review.read_only == ""


def test_what_lies_under_seal_is_not_erased_before_it_is_opened(voting):
    voting.cast(YES, by=ITO)
    event = json.loads(json.loads(voting.desk.bundle("spring"))["events"][-1]["event"])

    with pytest.raises(NotTaken, match="lie under seal"):
        voting.desk.erase("spring", [event["sealed"]], reason="So.", by=ADMIN, now=voting.now)


# Without a committee: three people sign


def test_three_people_must_agree_where_the_policy_says_so(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20), committee=needing(3, "privacy", "ethics"))

    assert meeting.sign(YES, by=ITO).state is State.IN_REVIEW
    assert meeting.sign(YES, by=LEE).state is State.IN_REVIEW
    review = meeting.sign(YES, by=WEBER)

    assert review.state is State.APPROVED
    assert len(review.signatures) == 3


def test_one_no_is_enough_where_nobody_votes(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20), committee=needing(3))
    meeting.sign(YES, by=ITO)

    assert meeting.sign(NO, by=WEBER).state is State.REJECTED


def test_signatures_that_wait_lapse_when_an_answer_comes(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20), committee=needing(3))
    meeting.sign(YES, by=ITO)
    review = meeting.answer("covered", Answer.NOT_ACCEPTABLE, by=WEBER)

    assert review.signatures == ()
    assert [one.by.name for one in review.past_signatures] == ["M. Ito"]


def test_an_approval_ends_on_its_review_date_and_can_be_reopened(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20), committee=needing(1))
    review = meeting.sign(YES, by=ITO)

    assert review.state_on(date(2027, 11, 23)) is State.APPROVED
    assert review.state_on(date(2027, 11, 24)) is State.EXPIRED
    reopened = meeting.desk.reopen("spring", reason="A year is over.", by=ITO, now=meeting.now)
    assert reopened.state is State.IN_REVIEW
