"""How voices and votes are counted, and what a committee lacks: each at its very limit."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from review.present.committee import (
    PROTECTIVE,
    TIE,
    Committee,
    Member,
    Point,
    Voice,
    Voted,
    counted,
    lacking,
    outcome,
)
from review.record import Action, Answer, Decision
from tests.review.builders import ITO, JONAS, LAUNCH, LEE, NOON, WEBER, needing

YES, NO, ABSTAIN = Decision.APPROVE, Decision.REJECT, Decision.ABSTAIN
VOTED = "who voted for or against approved"
MEMBERS = tuple(
    Member(who=who, seat=who.role, since=1, here=True) for who in (JONAS, ITO, WEBER, LEE)
)


def point(*answers):
    voices = (Voice(by=ITO, answer=one, reason="", action=None, number=1) for one in answers)
    return Point(question="covered", round=1, at=NOON, voices=tuple(voices), opened=True)


def vote(decision, *conditions):
    return Voted(decision=decision, conditions=conditions)


@pytest.mark.parametrize(("more", "less"), list(combinations(PROTECTIVE, 2)))
def test_of_as_many_the_more_protective_answer_counts(more, less):
    assert point(less, more).most is more
    assert point(less, less, more).most is less


def test_the_most_protective_answer_is_no_and_the_least_that_it_does_not_apply():
    assert PROTECTIVE == (
        Answer.NOT_ACCEPTABLE,
        Answer.WITH_ACTION,
        Answer.ACCEPTABLE,
        Answer.DOES_NOT_APPLY,
    )


def test_an_abstention_is_no_voice():
    assert point(None, None, Answer.ACCEPTABLE).most is Answer.ACCEPTABLE
    assert point(None).most is None
    assert point().most is None


def test_an_approval_is_plain_where_nobody_asked_for_anything():
    assert outcome(needing(1), [vote(YES)]) is YES
    assert outcome(needing(1), [vote(YES)], due=True) is Decision.APPROVE_WITH_CONDITIONS


def test_one_who_asks_for_something_is_enough_to_approve_with_conditions():
    call = Action(what="Call them", who="Ana", by=LAUNCH)

    assert outcome(needing(2), [vote(YES), vote(YES, call)]) is Decision.APPROVE_WITH_CONDITIONS
    assert outcome(needing(2), [vote(YES), vote(YES), vote(NO, call)]) is YES


def test_of_two_seats_of_one_human_each_account_has_its_own():
    first, second, third = (
        replace(ITO, subject=one, also=frozenset({("typed", two) for two in "abc" if two != one}))
        for one in "abc"
    )
    seats = tuple(Member(who=one, seat=one.role, since=1) for one in (first, second))
    committee = Committee(members=(MEMBERS[0], *seats))

    assert [committee.member(one) for one in (first, second)] == [*seats]
    assert committee.member(third) is seats[0]
    assert committee.member(LEE) is None


def test_a_question_that_was_put_is_the_committees_while_anybody_sits():
    put = (point(),)

    assert Committee(members=MEMBERS, points=put).answers("covered")
    assert not Committee(members=MEMBERS, points=put).answers("leak")
    assert not Committee(points=put).answers("covered")


def test_half_who_reject_are_not_most_of_them():
    assert outcome(needing(2), [vote(NO), vote(Decision.REQUEST_CHANGES)]) is (
        Decision.REQUEST_CHANGES
    )
    assert outcome(needing(2), [vote(NO), vote(NO), vote(YES)]) is NO
    assert outcome(needing(2), [vote(ABSTAIN)] * 2) is None


@pytest.mark.parametrize(
    ("agree", "votes", "said"),
    [
        ("more_than_half", [YES, NO, NO], f"1 of 3 {VOTED}; more than half must."),
        ("two_thirds", [YES, YES, NO], f"2 of 3 {VOTED}; two thirds must."),
        ("all", [YES], f"1 of 1 {VOTED}; all must."),
        ("all", [YES, ABSTAIN], f"1 of 1 {VOTED}; all must. 1 abstained."),
        ("all", [YES, ABSTAIN, ABSTAIN], f"1 of 1 {VOTED}; all must. 2 abstained."),
        ("all", [YES, NO], f"1 of 2 {VOTED}; all must. {TIE}"),
        ("all", [YES, YES, NO, NO], f"2 of 4 {VOTED}; all must. {TIE}"),
        ("all", [ABSTAIN], f"0 of 0 {VOTED}; all must. 1 abstained."),
    ],
)
def test_how_it_was_counted_is_a_sentence(agree, votes, said):
    assert counted(needing(1, agree=agree), [vote(one) for one in votes]) == said


@pytest.mark.parametrize(
    ("quorum", "sitting", "here", "said"),
    [
        (1, 0, 0, "Nobody may vote. Seat a member."),
        (2, 1, 1, "2 members are needed and 1 may vote. Seat 1 more member."),
        (4, 2, 2, "4 members are needed and 2 may vote. Seat 2 more members."),
        (2, 2, 1, "2 members are needed and 1 is here. Each says so on the page “My answer”."),
        (3, 3, 2, "3 members are needed and 2 are here. Each says so on the page “My answer”."),
    ],
)
def test_what_a_committee_lacks_is_said_with_the_way_out(quorum, sitting, here, said):
    assert lacking(needing(quorum), MEMBERS[:here], MEMBERS[:sitting]) == (said,)


def test_a_committee_of_just_as_many_as_are_needed_lacks_nothing():
    assert lacking(needing(4), MEMBERS, MEMBERS) == ()
    assert lacking(needing(4, "customer_voice"), MEMBERS[:3], MEMBERS[:3])[1] == (
        "Nobody sits for customer voice. Seat somebody in this role."
    )


@pytest.mark.parametrize(
    ("members", "quorum", "said"),
    [
        (0, 1, "Nobody sits in the committee yet; 1 is needed."),
        (0, 2, "Nobody sits in the committee yet; 2 are needed."),
        (1, 1, "1 of 1 member is here, 1 is needed."),
        (2, 3, "2 of 2 members are here, 3 are needed."),
    ],
)
def test_the_head_of_the_wall_is_a_sentence(members, quorum, said):
    assert Committee(needs=needing(quorum), members=MEMBERS[:members]).head == said
