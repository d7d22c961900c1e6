"""What somebody tries who does not want the rules to hold."""

from __future__ import annotations

from datetime import date

import pytest

from review.commands.desk import NotTaken
from review.document.pages import content
from review.record import NOBODY_YET, Action, Actor, Answer, Decision, Role
from review.store.canonical import parsed
from tests.review.both import BOTH
from tests.review.builders import (
    ADMIN,
    AGREED,
    COVERED,
    ITO,
    LEAK,
    MIRA,
    NOON,
    OKAFOR,
    agreed,
    leaked,
)

pytestmark = BOTH

SOMEBODY = Actor(name=NOBODY_YET, role=Role.PREPARER)
ANYBODY = Actor(name=NOBODY_YET, role=Role.ETHICS)


def told(review):
    return [obstacle.sentence for obstacle in review.obstacles]


# Being somebody else


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("ana.ruiz@bank.example", id="the address"),
        pytest.param(" ANA   RUIZ ", id="capitals and blanks"),
        pytest.param("Ána Ruíz", id="accents"),
        pytest.param("Ruiz, Ana", id="the other way round"),
        pytest.param("A. Ruiz", id="an initial"),
        pytest.param("Ruiz A", id="an initial behind"),
        pytest.param("Dr. Ana Ruiz", id="a title"),
        pytest.param("Ana\u200b Ruiz", id="a blank nobody sees"),
        pytest.param("\u202eAna Ruiz", id="a turned direction"),
        pytest.param("Ａｎａ Ｒｕｉｚ", id="wide letters"),
        pytest.param("Ana\x00 Ruiz", id="a NUL"),
        pytest.param("Ana_Ruiz", id="an underscore"),
    ],
)
@pytest.mark.parametrize("owner", ["ana.ruiz@bank.example", "Ana Ruiz <ar@bank.example>"])
def test_the_owner_does_not_sign_under_another_spelling(a_meeting, owner, name):
    if (name, owner) == ("ana.ruiz@bank.example", "Ana Ruiz <ar@bank.example>"):
        name = "ar@bank.example"
    meeting = a_meeting()
    meeting.run(agreed(20), owner=owner)

    with pytest.raises(NotTaken, match="You cannot sign this review"):
        meeting.sign(Decision.REJECT, by=Actor(name=name, role=Role.ETHICS))
    assert meeting.review.signatures == ()


@pytest.mark.parametrize("name", ["mira", "Mira.", "MIRA", "Mi\u00adra"])
def test_who_ran_the_checks_does_not_sign_under_another_spelling(a_meeting, name):
    meeting = a_meeting()
    meeting.run(agreed(20), by=MIRA)

    with pytest.raises(NotTaken, match="You cannot sign this review"):
        meeting.sign(Decision.APPROVE, by=Actor(name=name, role=Role.CHAIR))


@pytest.mark.parametrize("name", ["Anna Ruiz", "Ana Ruizo", "J. Weber", "Ana", "Ruiz"])
def test_other_people_do(a_meeting, name):
    meeting = a_meeting()
    meeting.run(agreed(20), owner="ana.ruiz@bank.example")

    meeting.sign(Decision.APPROVE, by=Actor(name=name, role=Role.ETHICS))

    assert [one.by.name for one in meeting.review.signatures] == [name]


def test_who_only_shares_an_initial_is_told_a_way_out(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20), owner="ana.ruiz@bank.example")

    with pytest.raises(NotTaken, match="sign with your whole name"):
        meeting.sign(Decision.APPROVE, by=Actor(name="A. Ruiz", role=Role.ETHICS))


def test_nobody_confirms_their_own_exception_in_other_letters(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(12))
    meeting.propose(by=Actor(name="Mika Ito", role=Role.PRIVACY))

    for name in ("M. Ito", "Ito, Mika", "mika  ITO"):
        with pytest.raises(NotTaken, match="you proposed it"):
            meeting.confirm(by=Actor(name=name, role=Role.ETHICS))
    assert meeting.review.exceptions[0].second is None


def test_nobody_signs_twice_in_other_letters(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20))
    meeting.sign(Decision.APPROVE, by=Actor(name="Jo Weber", role=Role.ETHICS))

    with pytest.raises(NotTaken, match="signed this revision already"):
        meeting.sign(Decision.APPROVE, by=Actor(name="Weber, Jo", role=Role.CHAIR))


def test_an_erased_name_does_not_free_its_owner(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20), owner="ana.ruiz@bank.example")
    whole = parsed(meeting.desk.bundle("spring"))
    run = parsed(whole["events"][1]["event"])
    erased = [run["owner"]]
    meeting.desk.erase("spring", erased, reason="She asked for it.", by=ADMIN, now=meeting.now)

    with pytest.raises(NotTaken, match="was erased"):
        meeting.sign(Decision.APPROVE, by=Actor(name="Ana Ruiz", role=Role.ETHICS))

    meeting.run(agreed(20), owner="ana.ruiz@bank.example")
    with pytest.raises(NotTaken, match="You cannot sign this review"):
        meeting.sign(Decision.APPROVE, by=Actor(name="Ana Ruiz", role=Role.ETHICS))
    meeting.sign(Decision.APPROVE)
    assert meeting.review.state.approved


def test_who_erases_the_name_they_ran_the_checks_under_gains_nothing(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20), by=MIRA)
    who = parsed(parsed(meeting.desk.bundle("spring"))["events"][1]["event"])["actor"]
    meeting.desk.erase(
        "spring", [who["name"], who["identity"]], reason="Erase me.", by=ADMIN, now=meeting.now
    )

    with pytest.raises(NotTaken, match="was erased"):
        meeting.sign(Decision.APPROVE, by=Actor(name="Mira", role=Role.ETHICS))


# Nobody had said a name yet


def test_a_run_before_anybody_said_a_name_bars_nobody_and_says_so(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20), by=SOMEBODY)
    meeting.sign(Decision.APPROVE, by=Actor(name="Mira", role=Role.ETHICS))
    review = meeting.review

    assert review.preparers == ()
    assert review.run_unnamed
    assert review.timeline[0].sentence == (
        "Somebody (nobody had said a name yet) opened the review of Spring savings."
    )
    assert "Nobody had said a name yet when the checks ran." in content(review, at=NOON)["unnamed"]


def test_a_run_under_a_name_needs_no_such_words(a_meeting):
    meeting = a_meeting()
    review = meeting.run(agreed(20), by=MIRA)

    assert not review.run_unnamed
    assert content(review, at=NOON)["unnamed"] == ""


@pytest.mark.parametrize("by", [SOMEBODY, ANYBODY])
def test_nobody_judges_without_a_name(a_meeting, by):
    meeting = a_meeting(COVERED, LEAK)
    meeting.run(agreed(12), leaked(0), by=SOMEBODY)
    desk, head = meeting.desk, meeting.review.head
    acts = (
        lambda: meeting.answer("covered", by=by),
        lambda: meeting.propose(by=by),
        lambda: meeting.sign(Decision.REJECT, by=by),
        lambda: desk.comment("spring", "", "Hm.", by=by, now=meeting.now),
        lambda: desk.withdraw("spring", reason="Hm.", by=by, now=meeting.now),
        lambda: desk.lists_made("spring", kept={}, removed={}, by=by, now=meeting.now),
    )

    for act in acts:
        with pytest.raises(NotTaken, match="Say who you are first"):
            act()
    assert meeting.review.head == head


def test_a_printout_needs_no_name(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20), by=SOMEBODY)

    meeting.desk.exported("spring", "a" * 64, "pre_read", by=SOMEBODY, now=meeting.now)

    assert meeting.told()[-1].startswith("Somebody (nobody had said a name yet) made a pre-read")


# Straight to the desk, past every screen


def test_approval_is_refused_whatever_the_screen_would_have_shown(a_meeting):
    meeting = a_meeting(COVERED, AGREED)
    meeting.run(agreed(12))

    for decision in (Decision.APPROVE, Decision.APPROVE_WITH_CONDITIONS):
        with pytest.raises(NotTaken, match="3 points stand in the way"):
            meeting.sign(
                decision, conditions=[Action(what="Later", who="Ana", by=date(2026, 12, 31))]
            )
    assert not meeting.review.state.approved
    assert len([one for one in meeting.told() if "It was not taken" in one]) == 2


def test_no_exception_for_a_rule_that_allows_none_not_even_by_two(a_meeting):
    meeting = a_meeting(LEAK)
    meeting.run(leaked(3))

    with pytest.raises(NotTaken, match="No exception is possible here"):
        meeting.propose("consent.opt_out_leak/email")
    with pytest.raises(NotTaken, match="Nobody has proposed an exception here"):
        meeting.confirm("consent.opt_out_leak/email")
    with pytest.raises(NotTaken, match="2 points stand in the way"):
        meeting.sign(Decision.APPROVE)


def test_a_question_or_finding_nobody_asked_is_refused(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(12))
    head = meeting.review.head

    with pytest.raises(NotTaken, match="not in the checklist"):
        meeting.answer("covered; DROP TABLE events")
    for about in ("nothing/here", "x" * 5_000):
        with pytest.raises(NotTaken, match="no such finding or question"):
            meeting.desk.comment("spring", about, "Hm.", by=ITO, now=meeting.now)
    assert meeting.review.head == head


@pytest.mark.parametrize("seen", ["", "0" * 64, "A" * 64, "nonsense", "\x00"])
def test_a_head_that_never_was_signs_nothing(a_meeting, seen):
    meeting = a_meeting()
    meeting.run(agreed(20))

    with pytest.raises(NotTaken, match="is not part of this record"):
        meeting.sign(Decision.APPROVE, seen=seen)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("word " * 100_000, id="100,000 words"),
        pytest.param("🙂" * 10_001, id="emoji, one too many"),
    ],
)
def test_more_words_than_can_be_kept_are_refused_with_the_number(a_meeting, said):
    meeting = a_meeting()
    meeting.run(agreed(20))

    with pytest.raises(NotTaken, match=r"10,000 are possible\. Shorten it\."):
        meeting.sign(Decision.REJECT, grounds=said)
    with pytest.raises(NotTaken, match=r"10,000 are possible\. Shorten it\."):
        meeting.answer("covered", reason=said)
    assert meeting.review.signatures == ()


@pytest.mark.parametrize(
    "said",
    ["🙂" * 100, "\u202eabc\u2066", '#read("/etc/passwd") $x$', "a\x00b", "\ud800half", "e\u0301"],
)
def test_strange_words_are_kept_and_the_record_stays_whole(a_meeting, said):
    meeting = a_meeting()
    meeting.run(agreed(20))
    meeting.sign(Decision.REJECT, grounds=said, by=OKAFOR)

    review = meeting.review
    assert review.read_only == ""
    assert review.signatures[0].grounds.strip()
    assert "\x00" not in review.signatures[0].grounds


def test_an_answer_to_a_barred_question_is_refused_in_every_form(a_meeting):
    meeting = a_meeting(LEAK)
    meeting.run(leaked(3))

    with pytest.raises(NotTaken, match="cannot be answered here"):
        meeting.answer("leak", Answer.ACCEPTABLE)
    meeting.answer("leak", Answer.DOES_NOT_APPLY)
    assert any("No exception is possible" in one for one in told(meeting.review))
