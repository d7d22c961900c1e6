"""What people may do to a review, and what it becomes."""

from __future__ import annotations

from datetime import date

import pytest

from checks.evidence import Rate
from checks.finding import Severity, clear, not_applicable
from checks.runs.run import SelfTest
from review.commands.desk import NotTaken
from review.record import Action, Actor, Answer, Decision, Role, State
from tests.review.both import BOTH
from tests.review.builders import (
    AGREED,
    ANA,
    CHOSEN,
    COVERED,
    ITO,
    LEAK,
    MIRA,
    NOON,
    OKAFOR,
    WEBER,
    a_run,
    agreed,
    crashed,
    even,
    leaked,
    question,
    unknown,
)

pytestmark = BOTH

MEND = Action(what="Take 8 people off", who="Ana", by=date(2026, 11, 30))


def sentences(review):
    return [obstacle.sentence for obstacle in review.obstacles]


# Runs and revisions


def test_the_first_run_opens_the_review(a_meeting):
    review = a_meeting(COVERED, CHOSEN).run(agreed(12), even())

    assert (review.id, review.name, review.owner) == ("spring", "Spring savings", "Ana")
    assert (review.revision, review.state, review.length) == (1, State.DRAFT, 2)
    assert review.run.findings == (agreed(12), even())


def test_the_stored_findings_do_not_hold_the_owners_address(a_meeting):
    meeting = a_meeting()
    review = meeting.run(agreed(), owner="ana@bank.example")

    assert review.run.owner == "ana@bank.example"
    assert '\\"owner\\":\\"\\"' in meeting.desk.bundle("spring").decode()


def test_the_same_run_again_changes_nothing_and_says_so(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20))
    meeting.sign(Decision.APPROVE)
    review = meeting.run(agreed(20))

    assert (review.revision, review.state) == (1, State.APPROVED)
    assert meeting.told()[-1] == (
        "Mira (preparer, not verified) ran the checks again. "
        "The campaign and its files are as before: nothing changed."
    )


def test_other_software_with_the_same_results_is_named(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed())
    review = meeting.run(agreed(), versions={"candor": "0.2.0"})

    assert review.revision == 1
    assert meeting.told()[-1].endswith("but the software (candor 0.1.0 → 0.2.0).")


def test_other_software_with_other_results_is_a_new_revision(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20))
    meeting.sign(Decision.APPROVE)
    review = meeting.run(agreed(19), versions={"candor": "0.2.0"})

    assert (review.revision, review.state, review.signatures) == (2, State.IN_REVIEW, ())


def test_other_people_are_a_new_revision_and_the_old_one_is_superseded(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20))
    meeting.sign(Decision.APPROVE)
    review = meeting.run(agreed(20), people="2")

    assert (review.revision, review.state, review.signatures) == (2, State.IN_REVIEW, ())
    assert [(one.number, one.state, one.was) for one in review.revisions] == [
        (1, State.SUPERSEDED, State.APPROVED),
        (2, State.IN_REVIEW, State.IN_REVIEW),
    ]
    assert [one.revision for one in review.past_signatures] == [1]


def test_the_last_approval_is_known_with_what_it_was_given_for(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20))

    assert meeting.review.last_sign_off is None

    meeting.sign(Decision.APPROVE)
    signed = meeting.run(agreed(20), people="2").last_sign_off

    assert (signed.day, signed.parts["people"]) == (date(2026, 11, 23), "1" * 64)


def test_a_refusal_is_no_sign_off(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20))

    assert meeting.sign(Decision.REJECT).last_sign_off is None


def test_what_only_a_signature_moved_is_no_new_revision(a_meeting):
    def since(verdict):
        return verdict.of("integrity.unchanged", Severity.HIGH, ())

    meeting = a_meeting()
    meeting.run(agreed(20), since(not_applicable("campaign", "Nobody has signed yet.")))
    meeting.sign(Decision.APPROVE)
    review = meeting.run(
        agreed(20), since(clear("campaign", "Nothing moved.", Rate(group="parts", yes=4, of=4)))
    )

    assert (review.revision, review.state) == (1, State.APPROVED)


def test_answers_carry_over_while_their_numbers_stay(a_meeting):
    meeting = a_meeting(COVERED, LEAK)
    meeting.run(agreed(12), leaked(3))
    meeting.answer("covered", Answer.NOT_ACCEPTABLE)
    meeting.answer("leak", Answer.NOT_ACCEPTABLE)
    review = meeting.run(agreed(12), leaked(2), people="2")

    assert review.standing(COVERED).by == ITO
    assert review.standing(LEAK) is None
    assert [given.current for given in review.answers["leak"]] == [False]
    assert "“Is leak fine?” What it rests on changed. Please answer again." in sentences(review)
    assert meeting.told()[-1].endswith(
        "Changed: people. Of 2 checks: 2 fail. 1 answer carried over, 1 to give again."
    )


def test_an_answer_to_other_words_does_not_count(a_desk, a_meeting):
    meeting = a_meeting(COVERED)
    meeting.run(agreed(12))
    meeting.answer("covered", Answer.NOT_ACCEPTABLE)
    reworded = question("covered", "consent.coverage", asks="Is it really fine?")
    meeting.desk = a_desk(reworded, version=2)

    assert "checklist changed" in meeting.review.obstacles[0].sentence

    review = meeting.run(agreed(12))

    assert review.revision == 2
    assert review.standing(reworded) is None


# Answers


def test_an_answer_is_stored_with_who_when_and_on_what(a_meeting):
    meeting = a_meeting()
    seen = meeting.run(agreed(12)).head
    review = meeting.answer("covered", Answer.WITH_ACTION, reason="Mend it.", action=MEND)
    given = review.standing(COVERED)

    assert (given.answer, given.reason, given.action) == (Answer.WITH_ACTION, "Mend it.", MEND)
    assert (given.by, given.number, given.current, given.statement) == (ITO, 3, True, False)
    assert len(given.rests_on) == 1
    assert review.timeline[1].hash == seen
    assert review.state is State.IN_REVIEW


def test_the_last_answer_counts_and_both_stay(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(12))
    meeting.answer("covered", Answer.NOT_ACCEPTABLE, by=ITO)
    review = meeting.answer("covered", Answer.DOES_NOT_APPLY, by=WEBER)

    assert review.standing(COVERED).by == WEBER
    assert [given.by.name for given in review.answers["covered"]] == ["M. Ito", "J. Weber"]


@pytest.mark.parametrize(
    "by",
    [
        pytest.param(ANA, id="the owner"),
        pytest.param(MIRA, id="whoever prepared it"),
        pytest.param(Actor(name="  ANA ", role=Role.ETHICS), id="the owner in another role"),
        pytest.param(Actor(name="mira", role=Role.CHAIR), id="the preparer in another role"),
        pytest.param(Actor(name="New", role=Role.OWNER), id="another person as owner"),
    ],
)
def test_who_brought_it_states_and_settles_nothing(a_meeting, by):
    meeting = a_meeting()
    meeting.run(agreed(12))
    review = meeting.answer("covered", by=by)

    assert review.answers["covered"][0].statement
    assert review.standing(COVERED) is None
    assert review.state is State.DRAFT
    assert meeting.told()[-1].endswith("A statement settles nothing.")


@pytest.mark.parametrize("name", ["ANA.RUIZ@bank.example", "Ana Ruiz", "ana.ruiz"])
def test_the_owner_is_known_by_the_name_in_the_address_too(a_meeting, name):
    review = a_meeting().run(agreed(12), owner="ana.ruiz@bank.example")

    assert review.is_inside(Actor(name=name, role=Role.ETHICS))
    assert not review.is_inside(Actor(name="Ana Ruizova", role=Role.ETHICS))


def test_acceptable_is_not_offered_where_no_exception_is_possible(a_meeting):
    meeting = a_meeting(LEAK)
    review = meeting.run(leaked())

    assert Answer.ACCEPTABLE not in review.offered(LEAK)
    with pytest.raises(NotTaken, match=r"3 of 20 people on the list said no. Take them off."):
        meeting.answer("leak", Answer.ACCEPTABLE)
    assert meeting.review.length == review.length


def test_what_only_people_can_say_is_not_barred_by_what_was_counted(a_meeting):
    human = question("meant", "consent.*", asked=True)
    meeting = a_meeting(human, LEAK)
    review = meeting.run(leaked())

    assert review.offered(human) == tuple(Answer)
    assert review.questions_for(leaked()) == (LEAK, human)
    assert review.obstacles[0].question == "leak"
    assert meeting.answer("meant", reason="").standing(human).answer is Answer.ACCEPTABLE


def test_an_answer_on_the_family_bars_nobody_from_confirming(a_meeting):
    meeting = a_meeting(COVERED, question("meant", "consent.*", asked=True))
    meeting.run(agreed(12))
    meeting.answer("covered", by=ITO)
    meeting.answer("meant", by=WEBER)
    meeting.propose(by=ITO)

    assert meeting.confirm(by=WEBER).obstacles == ()


def test_all_four_are_offered_where_one_is(a_meeting):
    assert a_meeting().run(agreed(12)).offered(COVERED) == tuple(Answer)


@pytest.mark.parametrize(
    ("answer", "reason", "action", "said"),
    [
        pytest.param(Answer.NOT_ACCEPTABLE, " ", None, "give a reason", id="no reason"),
        pytest.param(Answer.ACCEPTABLE, "", None, "give a reason", id="accepted in silence"),
        pytest.param(Answer.WITH_ACTION, "So.", None, "by whom and until when", id="no action"),
        pytest.param(
            Answer.WITH_ACTION, "So.", Action(what=" ", who="Ana", by=NOON.date()), "who does it",
            id="an empty action",
        ),
        pytest.param(Answer.ACCEPTABLE, "So.", MEND, "belongs to", id="an action too many"),
    ],
)  # fmt: skip
def test_half_an_answer_is_not_taken(a_meeting, answer, reason, action, said):
    meeting = a_meeting()
    meeting.run(agreed(12))

    with pytest.raises(NotTaken, match=said):
        meeting.answer("covered", answer, reason=reason, action=action)


def test_an_answer_on_an_untouched_question_is_taken_although_the_head_moved(a_meeting):
    meeting = a_meeting(COVERED, LEAK)
    seen = meeting.run(agreed(12), leaked()).head
    meeting.answer("leak", Answer.NOT_ACCEPTABLE, by=WEBER)
    review = meeting.answer("covered", by=ITO, seen=seen)

    assert review.standing(COVERED).by == ITO


def test_an_answer_is_refused_where_somebody_answered_meanwhile(a_meeting):
    meeting = a_meeting()
    seen = meeting.run(agreed(12)).head
    meeting.answer("covered", by=WEBER)

    with pytest.raises(NotTaken, match=r"J. Weber answered this question while you were reading"):
        meeting.answer("covered", by=ITO, seen=seen)


def test_an_answer_is_refused_where_its_numbers_moved_meanwhile(a_meeting):
    meeting = a_meeting()
    seen = meeting.run(agreed(12)).head
    meeting.run(agreed(11), people="2")

    with pytest.raises(NotTaken, match="the numbers behind this question changed"):
        meeting.answer("covered", seen=seen)


def test_an_answer_on_a_page_that_never_was_is_refused(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(12))

    with pytest.raises(NotTaken, match="not part of this record"):
        meeting.answer("covered", seen="f" * 64)


def test_an_answer_on_a_page_from_before_the_checks_is_refused(a_meeting):
    meeting = a_meeting()
    opened = meeting.run(agreed(12)).timeline[0].hash

    with pytest.raises(NotTaken, match="the numbers behind this question changed"):
        meeting.answer("covered", seen=opened)


def test_nobody_answers_without_a_name(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(12))

    with pytest.raises(NotTaken, match="the name is empty"):
        meeting.answer("covered", by=Actor(name=" ", role=Role.LEGAL))


# What computing settles


def test_computing_settles_what_is_clear_and_counts_it_apart(a_meeting):
    meeting = a_meeting(COVERED, CHOSEN, AGREED)
    review = meeting.run(agreed(12), even())

    assert review.computed(COVERED).answer is Answer.NOT_ACCEPTABLE
    assert review.computed(CHOSEN).answer is Answer.ACCEPTABLE
    assert review.computed(CHOSEN).settled
    assert not review.computed(AGREED).settled
    assert review.tally == (1, 0, 2)
    assert review.answers == {}


def test_a_person_may_still_answer_otherwise(a_meeting):
    meeting = a_meeting(CHOSEN)
    meeting.run(even())
    review = meeting.answer("chosen", Answer.NOT_ACCEPTABLE)

    assert review.tally == (0, 1, 0)
    assert sentences(review) == ["“Is chosen fine?” M. Ito answered: not acceptable."]


# Obstacles


def test_an_answer_alone_never_moves_a_failure_that_stops_the_launch(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(12))
    review = meeting.answer("covered")

    assert sentences(review) == [
        (
            "12 of 20 people agreed to email. "
            "It stops the launch until it is mended or accepted as an exception."
        )
    ]
    with pytest.raises(NotTaken, match="1 point stands in the way"):
        meeting.sign(Decision.APPROVE)


def test_an_exception_by_two_people_does(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(12))
    meeting.answer("covered", by=ITO)
    waiting = meeting.propose(by=ITO)

    assert waiting.exceptions[0].confirmed == ""
    assert sentences(waiting)[0].endswith("M. Ito proposed waits for a second person.")

    review = meeting.confirm(by=WEBER)

    assert review.obstacles == ()
    assert meeting.sign(Decision.APPROVE).state is State.APPROVED


@pytest.mark.parametrize(
    ("by", "said"),
    [
        pytest.param(ITO, "you proposed it", id="the proposer"),
        pytest.param(OKAFOR, "you answered its question", id="whoever answered"),
        pytest.param(ANA, "own or prepared", id="the owner"),
        pytest.param(MIRA, "own or prepared", id="the preparer"),
    ],
)
def test_the_second_person_is_somebody_else(a_meeting, by, said):
    meeting = a_meeting()
    meeting.run(agreed(12))
    meeting.answer("covered", by=OKAFOR)
    meeting.propose(by=ITO)

    with pytest.raises(NotTaken, match=said):
        meeting.confirm(by=by)
    assert meeting.review.exceptions[0].second is None


def test_who_confirmed_cannot_become_the_one_who_answers(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(12))
    meeting.propose(by=ITO)
    meeting.confirm(by=WEBER)
    review = meeting.answer("covered", by=WEBER)

    assert sentences(review)[0].endswith(
        "J. Weber confirmed the exception and also answered: another must."
    )


def test_no_exception_where_the_policy_allows_none(a_meeting):
    meeting = a_meeting(LEAK)
    meeting.run(leaked())
    meeting.answer("leak", Answer.DOES_NOT_APPLY)

    with pytest.raises(NotTaken, match="No exception is possible here"):
        meeting.propose("consent.opt_out_leak/email")
    assert sentences(meeting.review) == [
        "3 of 20 people on the list said no. No exception is possible here; it has to be mended."
    ]


@pytest.mark.parametrize(
    ("finding", "until", "said"),
    [
        pytest.param("consent.coverage/email", date(2026, 11, 30), "before the launch", id="early"),
        pytest.param("consent.coverage/sms", date(2026, 12, 31), "no such finding", id="unknown"),
        pytest.param("bias.selection/gender: f", date(2026, 12, 31), "Only a failure", id="clear"),
        pytest.param("bias.selection/this check", date(2026, 12, 31), "Only a failure", id="broke"),
    ],
)
def test_an_exception_needs_something_to_except(a_meeting, finding, until, said):
    meeting = a_meeting()
    meeting.run(agreed(12), even(), crashed())

    with pytest.raises(NotTaken, match=said):
        meeting.propose(finding, until=until)


def test_an_exception_lapses_when_its_numbers_move(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(12))
    meeting.propose(by=ITO)
    meeting.confirm(by=WEBER)

    assert len(meeting.run(agreed(12), people="2").exceptions) == 1
    assert meeting.run(agreed(11), people="3").exceptions == ()


def test_an_approval_ends_with_its_exception(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(12))
    meeting.answer("covered", by=ITO)
    meeting.propose(by=ITO, until=date(2026, 12, 31))
    meeting.confirm(by=WEBER)
    review = meeting.sign(Decision.APPROVE)

    assert review.state_on(date(2026, 12, 31)) is State.APPROVED
    assert review.state_on(date(2027, 1, 1)) is State.EXPIRED
    assert review.obstacles_on(date(2027, 1, 1))[0].sentence.endswith("ended on 31 December 2026.")


def test_a_gap_accepted_is_a_condition(a_meeting):
    meeting = a_meeting()
    meeting.run(unknown(7))
    meeting.answer("covered", by=ITO)
    meeting.propose(by=ITO, until=date(2026, 12, 31))
    review = meeting.confirm(by=WEBER)
    settle = Action(
        what="Settle what could not be told: For 7 of 20 people there is no record.",
        who="M. Ito",
        by=date(2026, 12, 31),
    )

    assert review.due == (settle,)
    with pytest.raises(NotTaken, match="Approve with conditions"):
        meeting.sign(Decision.APPROVE)
    assert meeting.sign(Decision.APPROVE_WITH_CONDITIONS).signatures[0].conditions == (settle,)


def test_a_broken_check_that_stops_the_launch_is_in_the_way(a_meeting):
    meeting = a_meeting(CHOSEN)
    meeting.run(crashed())
    review = meeting.answer("chosen", Answer.ACCEPTABLE)

    assert sentences(review) == [
        "It could not run. This check stops the launch and has to be mended first."
    ]


# Decisions


def test_a_signature_names_what_its_signer_saw(a_meeting):
    meeting = a_meeting()
    seen = meeting.run(agreed(20)).head
    [signature] = meeting.sign(Decision.APPROVE, seen=seen, grounds="Read it all.").signatures

    assert (signature.head, signature.fingerprint, signature.revision) == (seen, "1" * 64, 1)
    assert (signature.by, signature.grounds) == (WEBER, "Read it all.")
    assert signature.statement == (
        "I, J. Weber, sign as ethics for revision 1 of Spring savings, on 23 November 2026. "
        "I have read who is chosen, who is left out and what it may do to them. "
        "I approve this launch. My own doubts, if any, stand below in my words. "
        "Candor counted; I decided. My identity was not verified. "
        "The seal on this document is the organisation's, not my personal signature."
    )


@pytest.mark.parametrize("decision", Decision)
@pytest.mark.parametrize("by", [ANA, MIRA, Actor(name=" aNa", role=Role.CHAIR)], ids=str)
def test_owner_and_preparer_never_sign(a_meeting, by, decision):
    meeting = a_meeting()
    meeting.run(agreed(20))

    with pytest.raises(NotTaken, match="You cannot sign this review"):
        meeting.sign(decision, by=by, conditions=(MEND,))
    assert meeting.review.signatures == ()


def test_a_refused_signature_goes_on_record(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(12))
    meeting.answer("covered", by=ITO)

    with pytest.raises(NotTaken):
        meeting.sign(Decision.APPROVE, by=ANA)
    assert meeting.told()[-1] == (
        "Ana (owner, not verified) wanted to sign. It was not taken: You cannot sign this review, "
        "because you own or prepared the campaign. Ask one of: M. Ito (privacy)."
    )


def test_a_signature_is_refused_when_the_record_moved(a_meeting):
    meeting = a_meeting()
    seen = meeting.run(agreed(20)).head
    meeting.desk.comment("spring", "", "Wait, one thing.", by=ITO, now=meeting.now)

    with pytest.raises(NotTaken, match=r"moved while you were reading. M. Ito .* commented"):
        meeting.sign(Decision.APPROVE, seen=seen)
    assert meeting.review.state is State.IN_REVIEW


def test_a_refusal_or_a_printout_does_not_move_what_was_read(a_meeting):
    meeting = a_meeting()
    seen = meeting.run(agreed(20)).head
    meeting.desk.exported("spring", "d" * 64, "pre_read", by=ITO, now=meeting.now)
    with pytest.raises(NotTaken):
        meeting.sign(Decision.APPROVE, by=ANA)

    assert meeting.sign(Decision.APPROVE, seen=seen).state is State.APPROVED


@pytest.mark.parametrize(
    ("decision", "state"),
    [
        pytest.param(Decision.REQUEST_CHANGES, State.CHANGES_REQUESTED, id="changes"),
        pytest.param(Decision.REJECT, State.REJECTED, id="rejected"),
    ],
)
def test_obstacles_never_stop_a_no(a_meeting, decision, state):
    meeting = a_meeting(COVERED, LEAK)
    meeting.run(agreed(12), leaked())

    assert meeting.sign(decision).state is state


@pytest.mark.parametrize("decision", Decision)
def test_nothing_is_signed_on_an_engine_that_missed_what_was_planted(a_meeting, decision):
    meeting = a_meeting()
    meeting.run(agreed(20), self_test=SelfTest(planted=8, missed=("bias.selection/gender: f",)))

    with pytest.raises(NotTaken, match="missed 1 of 8 planted"):
        meeting.sign(decision)
    assert sentences(meeting.review)[0].startswith("The self-test missed 1 of 8")


def test_a_mended_engine_lets_people_sign_again(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20), self_test=SelfTest(planted=8, missed=(), broke="Error"))
    meeting.run(agreed(20), self_test=SelfTest(planted=8, missed=()))

    assert meeting.sign(Decision.APPROVE).state is State.APPROVED


def test_a_no_needs_grounds(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(12))

    with pytest.raises(NotTaken, match="needs grounds"):
        meeting.sign(Decision.REJECT, grounds="")


def test_conditions_come_from_answers_and_from_the_signer(a_meeting):
    meeting = a_meeting(CHOSEN, COVERED)
    meeting.run(even(), agreed(12, severity=Severity.HIGH))
    meeting.answer("covered", Answer.WITH_ACTION, action=MEND)
    own = Action(what="Look again", who="J. Weber", by=date(2026, 12, 5))

    with pytest.raises(NotTaken, match="Approve with conditions, so that they hold"):
        meeting.sign(Decision.APPROVE)
    review = meeting.sign(Decision.APPROVE_WITH_CONDITIONS, conditions=(own, MEND))

    assert review.state is State.APPROVED_WITH_CONDITIONS
    assert review.signatures[0].conditions == (MEND, own)


def test_conditions_are_needed_where_they_are_named(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20))

    with pytest.raises(NotTaken, match="at least one condition"):
        meeting.sign(Decision.APPROVE_WITH_CONDITIONS)


def test_a_no_outweighs_a_yes(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20))
    meeting.sign(Decision.APPROVE, by=WEBER)
    review = meeting.sign(Decision.REJECT, by=ITO)

    assert review.state is State.REJECTED
    with pytest.raises(NotTaken, match="Others decided against this launch"):
        meeting.sign(Decision.APPROVE, by=OKAFOR)


def test_nobody_signs_twice_but_anyone_may_take_a_yes_back(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20))
    meeting.sign(Decision.APPROVE)

    with pytest.raises(NotTaken, match="signed this revision already"):
        meeting.sign(Decision.APPROVE)
    assert meeting.sign(Decision.REQUEST_CHANGES).state is State.CHANGES_REQUESTED


def test_a_closed_review_takes_no_answers_until_it_is_reopened(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20))
    meeting.sign(Decision.REJECT)
    with pytest.raises(NotTaken, match=r"closed \(rejected\). Reopen it first"):
        meeting.answer("covered")
    meeting.desk.reopen("spring", reason="New facts.", by=ITO, now=meeting.now)
    review = meeting.answer("covered")

    assert (review.state, review.signatures) == (State.IN_REVIEW, ())
    assert [one.decision for one in review.past_signatures] == [Decision.REJECT]
    assert meeting.sign(Decision.APPROVE).state is State.APPROVED


def test_withdrawn_is_no_dead_end(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20))
    meeting.sign(Decision.APPROVE)
    review = meeting.desk.withdraw("spring", reason="Not needed.", by=ANA, now=meeting.now)

    assert (review.state, review.signatures) == (State.WITHDRAWN, ())
    with pytest.raises(NotTaken, match="Reopen it first"):
        meeting.sign(Decision.APPROVE)
    reopened = meeting.desk.reopen("spring", reason="After all.", by=ITO, now=meeting.now)
    assert reopened.state is State.IN_REVIEW


def test_there_is_nothing_to_reopen_before_a_decision(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(12))

    with pytest.raises(NotTaken, match="not decided"):
        meeting.desk.reopen("spring", reason="So.", by=ITO, now=meeting.now)


# The record


def test_a_reload_loses_nothing(a_meeting, a_desk):
    meeting = a_meeting()
    meeting.run(agreed(12))
    left = meeting.answer("covered", reason="Zoë said 你好 🙂 \u202e")
    found = a_desk(COVERED).review("spring")

    assert found == left


def test_a_record_goes_on_from_each_of_its_events_and_from_no_other(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(12))
    heads = [one.hash for one in meeting.answer("covered").timeline]

    assert [meeting.desk.follows("spring", one) for one in heads] == [True] * 3
    assert not meeting.desk.follows("spring", "f" * 64)


def test_the_timeline_is_in_order(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(12))
    meeting.answer("covered")
    timeline = meeting.propose().timeline

    assert [happened.number for happened in timeline] == [1, 2, 3, 4]
    assert [happened.at for happened in timeline] == sorted(one.at for one in timeline)
    assert [happened.sentence for happened in timeline] == [
        "Mira (preparer, not verified) opened the review of Spring savings.",
        "Mira (preparer, not verified) ran the checks. Of 1 check: 1 fails.",
        "M. Ito (privacy, not verified) answered on “Is covered fine?”: acceptable. “Looked.”",
        (
            "M. Ito (privacy, not verified) proposed an exception for consent.coverage/email "
            "until 31 December 2026. “Small.”"
        ),
    ]


def test_the_review_that_was_touched_last_comes_first(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(12))
    other = a_run(agreed(12))
    named = type(other.campaign)(id="autumn", name="Autumn")
    meeting.desk.record_run(
        type(other)(
            **{name: getattr(other, name) for name in other.__slots__} | {"campaign": named}
        ),
        by=MIRA,
        now=meeting.now,
    )

    assert [review.id for review in meeting.desk.reviews()] == ["autumn", "spring"]

    meeting.answer("covered")

    assert [review.id for review in meeting.desk.reviews()] == ["spring", "autumn"]


def test_a_review_that_does_not_exist(a_meeting):
    desk = a_meeting().desk

    with pytest.raises(KeyError):
        desk.review("spring")
    with pytest.raises(KeyError):
        desk.bundle("spring")
    with pytest.raises(KeyError):
        desk.comment("spring", "", "Hello", by=ITO, now=NOON)


def test_lists_that_left_and_rows_that_are_gone_are_on_record(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(12))
    with pytest.raises(NotTaken, match="Only the owner"):
        meeting.desk.lists_made(
            "spring", kept={"email": 12}, removed={"email": 8}, by=ITO, now=meeting.now
        )
    meeting.desk.lists_made(
        "spring", kept={"email": 12}, removed={"email": 8}, by=ANA, now=meeting.now
    )
    meeting.desk.people_data_deleted("spring", by=MIRA, now=meeting.now)

    assert meeting.told()[-2:] == [
        "Ana (owner, not verified) made the cleaned lists. email: 12 people kept, 8 taken off.",
        "Mira (preparer, not verified) deleted the data about people. This record stays.",
    ]
