"""What people outside the team said is on record and answered, or why nobody was asked."""

from __future__ import annotations

import json
from datetime import date

import pytest

from review.commands.desk import NotTaken
from review.record import NOBODY_ASKED, Decision, State
from review.store.chain import verify_bundle
from tests.review.both import BOTH
from tests.review.builders import (
    ADMIN,
    COVERED,
    ITO,
    JONAS,
    LEE,
    NOON,
    OKAFOR,
    WEBER,
    agreed,
    needing,
)

pytestmark = BOTH
TALK = date(2026, 11, 20)


@pytest.fixture
def talk(a_meeting):
    """A review that needs one signature, and a talk with people outside."""
    meeting = a_meeting()
    meeting.run(agreed(20), committee=needing(1, dialogue=True))
    return meeting


def raised(talk, what="They write too often.", *, by=ITO, on=TALK, role="customer", who="Zoë"):
    hearing = talk.desk.hearing
    return hearing.raise_concern("spring", role, what, who=who, on=on, by=by, now=talk.now)


def answered(talk, number, text="Once a month now.", changed=""):
    return talk.desk.hearing.answer_concern(
        "spring", number, text, changed=changed, by=WEBER, now=talk.now
    )


def in_the_way(talk):
    return [one.sentence for one in talk.review.obstacles]


def test_nothing_is_approved_before_somebody_was_asked_or_it_is_said_why_not(talk):
    assert in_the_way(talk) == [NOBODY_ASKED]
    with pytest.raises(NotTaken, match="No one outside the team has been asked yet"):
        talk.sign(Decision.APPROVE)
    talk.desk.hearing.not_sought("spring", "Only members get it.", by=ITO, now=talk.now)

    assert in_the_way(talk) == []
    assert talk.sign(Decision.APPROVE).state is State.APPROVED


def test_a_concern_stands_in_the_way_until_it_is_answered(talk):
    [concern] = raised(talk).dialogue.concerns
    before = in_the_way(talk)
    [after] = answered(talk, concern.number, changed="Two touches, not five.").dialogue.concerns

    assert before == ["A concern waits for an answer: They write too often."]
    assert in_the_way(talk) == []
    assert (after.who, after.role, after.on) == ("Zoë", "customer", TALK)
    assert (after.answer, after.changed) == ("Once a month now.", "Two touches, not five.")
    assert (after.entered_by.name, after.answered_by.name) == ("M. Ito", "J. Weber")


def test_each_concern_waits_for_its_own_answer(talk):
    first = raised(talk).dialogue.concerns[0]
    raised(talk, "Nobody explained the price.", role="representative", who="")
    answered(talk, first.number)

    assert in_the_way(talk) == ["A concern waits for an answer: Nobody explained the price."]


def test_a_new_list_leaves_the_talk_on_record(talk):
    concern = raised(talk).dialogue.concerns[0]
    answered(talk, concern.number)
    review = talk.run(agreed(20), people="2", committee=needing(1, dialogue=True))

    assert review.revision == 2
    assert [one.answer for one in review.dialogue.concerns] == ["Once a month now."]
    assert NOBODY_ASKED not in in_the_way(talk)


@pytest.mark.parametrize(
    ("act", "said"),
    [
        pytest.param(lambda talk: raised(talk, "  "), "write what was said", id="nothing said"),
        pytest.param(
            lambda talk: raised(talk, on=date(2027, 1, 1)), "is not yet", id="a day to come"
        ),
        pytest.param(lambda talk: answered(talk, 99), "no such concern", id="no such concern"),
        pytest.param(
            lambda talk: answered(talk, raised(talk).length, " "), "write the answer", id="no words"
        ),
        pytest.param(
            lambda talk: talk.desk.hearing.not_sought("spring", "", by=ITO, now=NOON),
            "why nobody was asked",
            id="no reason",
        ),
    ],
)
def test_half_of_it_is_refused(talk, act, said):
    with pytest.raises(NotTaken, match=said):
        act(talk)


def test_a_concern_on_the_very_day_of_the_talk_is_taken(talk):
    assert raised(talk, on=NOON.date()).dialogue.concerns[0].on == NOON.date()


def test_while_the_ballot_is_open_nothing_is_raised_or_answered(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20), committee=needing(3, "privacy", dialogue=True))
    concern = raised(meeting).dialogue.concerns[0]
    answered(meeting, concern.number)
    meeting.convene(JONAS, ITO, LEE)
    meeting.begin_ballot()

    for act in (
        lambda: raised(meeting),
        lambda: answered(meeting, concern.number),
        lambda: meeting.desk.hearing.not_sought("spring", "So.", by=OKAFOR, now=meeting.now),
    ):
        with pytest.raises(NotTaken, match="The ballot on this campaign is open"):
            act()


# Erasing what was said


def names(talk, *words):
    texts = json.loads(talk.desk.bundle("spring"))["texts"]
    return [name for name, text in texts.items() if text["words"] in words]


def test_who_spoke_can_be_erased_and_what_was_said_and_every_proof_stand(talk):
    concern = raised(talk).dialogue.concerns[0]
    answered(talk, concern.number)
    erased = names(talk, "Zoë")
    review = talk.desk.erase("spring", erased, reason="She asked.", by=ADMIN, now=talk.now)

    [after] = review.dialogue.concerns
    assert (after.who, after.what, after.answer) == (
        "(erased)",
        "They write too often.",
        "Once a month now.",
    )
    assert review.read_only == ""
    assert "Zoë" not in talk.desk.bundle("spring").decode()
    assert verify_bundle(talk.desk.bundle("spring")).stands
    assert talk.sign(Decision.APPROVE).state is State.APPROVED


@pytest.mark.parametrize("by", [ITO, WEBER, JONAS], ids=lambda one: one.role.value)
def test_only_an_administrator_erases(talk, by):
    raised(talk)
    with pytest.raises(NotTaken):
        talk.desk.erase("spring", names(talk, "Zoë"), reason="So.", by=by, now=talk.now)

    assert talk.review.dialogue.concerns[0].who == "Zoë"
    assert "It was not taken" in talk.told()[-1]


@pytest.mark.parametrize(("texts", "reason"), [([], "So."), (["0" * 64], "So."), (None, " ")])
def test_erasing_needs_words_of_this_record_and_a_reason(talk, texts, reason):
    raised(talk)
    chosen = names(talk, "Zoë") if texts is None else texts
    with pytest.raises(NotTaken):
        talk.desk.erase("spring", chosen, reason=reason, by=ADMIN, now=talk.now)

    assert talk.review.dialogue.concerns[0].who == "Zoë"


def test_words_are_erased_once_and_the_second_time_changes_nothing(talk):
    raised(talk)
    erased = names(talk, "Zoë")
    for _ in range(2):
        review = talk.desk.erase("spring", erased, reason="So.", by=ADMIN, now=talk.now)

    assert review.dialogue.concerns[0].who == "(erased)"
    assert review.read_only == ""


def test_an_open_concern_stays_open_when_its_words_are_erased(talk):
    raised(talk)
    erased = names(talk, "They write too often.")
    talk.desk.erase("spring", erased, reason="So.", by=ADMIN, now=talk.now)

    assert in_the_way(talk) == ["A concern waits for an answer: (erased)"]


def test_an_answer_whose_reason_is_erased_counts_on(a_meeting):
    meeting = a_meeting(COVERED)
    meeting.run(agreed(12), committee=needing(1))
    meeting.answer("covered", reason="Ana told me at lunch.")
    erased = names(meeting, "Ana told me at lunch.")
    review = meeting.desk.erase("spring", erased, reason="So.", by=ADMIN, now=meeting.now)

    assert review.standing(COVERED).reason == "(erased)"
    assert "Ana told me at lunch." not in " ".join(meeting.told())
    assert "1 " in meeting.told()[-1]
