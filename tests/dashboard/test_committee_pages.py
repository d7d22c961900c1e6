"""The committee's pages: who sees which grounds, and what is offered when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import session
from review.commands.desk import Desk
from review.record import Action, Actor, Answer, Decision, Role
from review.who.provider import Provider
from tests.review import documents
from tests.review.builders import ANA, ITO, JONAS, LEE, MIRA, OKAFOR, WEBER, needing

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NAME = "spring-savings"
POINT = "no-means-no"
FOUR = (JONAS, ITO, WEBER, LEE)


@pytest.fixture(autouse=True)
def desk(tmp_path, monkeypatch):
    """A desk of this test's own, with a committee of four and one point on the table."""
    st.cache_resource.clear()
    store = f"sqlite:///{tmp_path / 'store.db'}"
    made = Desk(store, tmp_path / "anchors.jsonl", documents.CHECKLIST)
    monkeypatch.setattr(session, "desk", lambda: made)
    monkeypatch.setattr("dashboard.room.desk", lambda: made)
    monkeypatch.setattr(session, "now", lambda: NOON)
    monkeypatch.setattr("dashboard.room.watch", lambda _: None)  # it needs a browser
    run = replace(documents.a_run(found=()), committee=needing(3, "privacy", "ethics"))
    made.record_run(run, by=MIRA, now=NOON)
    for one in FOUR:
        made.room.seat(NAME, one.role, by=one, now=NOON)
        made.room.declare(NAME, conflict="", by=one, now=NOON)
    made.room.put(NAME, POINT, by=JONAS, now=NOON)
    yield made
    made.close()


@pytest.fixture
def visit(monkeypatch):
    """Open a page as somebody: ``visit("wall", JONAS)``."""

    def opened(page, who):
        monkeypatch.setattr(session, "actor", lambda: who)
        app = AppTest.from_function(_draw, kwargs={"page": page}, default_timeout=20)
        app.query_params["review"] = NAME
        app.run()
        assert not app.exception
        return app

    return opened


def _draw(page):
    """One page without its surroundings."""
    from dashboard.views import mine, overview, signoff, wall

    {"wall": wall, "mine": mine, "overview": overview, "signoff": signoff}[page].page()


def seal(desk, *members, answer=Answer.ACCEPTABLE):
    for one in members:
        desk.room.seal(
            NAME, POINT, answer, reason=f"Grounds of {one.name}.", by=one, now=NOON,
            seen=desk.review(NAME).head,
        )  # fmt: skip


def text(app):
    parts = (*app.title, *app.header, *app.subheader, *app.markdown, *app.success, *app.info)
    return "\n".join(one.value for one in parts)


def labels(app):
    return [one.label for one in app.button]


@pytest.mark.parametrize("page", ["wall", "mine"])
@pytest.mark.parametrize("who", FOUR, ids=lambda one: one.role.value)
def test_before_all_are_in_nobody_reads_what_anybody_said(desk, visit, page, who):
    seal(desk, JONAS, ITO, WEBER)

    assert "Grounds of" not in text(visit(page, who))


def differ(desk):
    seal(desk, JONAS, ITO, WEBER)
    seal(desk, LEE, answer=Answer.NOT_ACCEPTABLE)


OUTSIDE = [
    pytest.param(MIRA, id="who brought it"),
    pytest.param(ANA, id="the owner"),
    pytest.param(Actor(name="Mira", role=Role.ETHICS), id="who brought it, in another role"),
]


@pytest.mark.parametrize("who", OUTSIDE)
def test_while_a_point_is_open_the_owners_side_sees_answers_and_no_grounds(desk, visit, who):
    differ(desk)
    app = visit("wall", who)

    assert "**S. Lee**: not acceptable." in text(app)
    assert "Grounds of" not in text(app)
    assert "Grounds are shown to you once the point is settled." in text(app)


@pytest.mark.parametrize("who", OUTSIDE)
def test_once_it_is_settled_the_owners_side_reads_them(desk, visit, who):
    differ(desk)
    desk.room.settle(NAME, POINT, reason="We talked.", by=JONAS, now=NOON)

    assert "“Grounds of S. Lee.”" in text(visit("wall", who))


def test_members_read_the_grounds_as_soon_as_they_are_open(desk, visit):
    differ(desk)

    for page in ("wall", "mine"):
        assert "“Grounds of S. Lee.”" in text(visit(page, ITO))


def test_the_owners_side_has_no_answer_to_give(visit):
    app = visit("mine", MIRA)

    assert "You brought this campaign" in text(app)
    assert "Seal my answer" not in labels(app)


# Opened before all were in


@pytest.fixture
def opened_early(desk):
    """Two of four have answered, both the same, when the chair opens the answers."""
    seal(desk, JONAS, ITO)
    desk.room.open_seals(NAME, POINT, reason="They have no device.", by=JONAS, now=NOON)


@pytest.mark.usefixtures("opened_early")
@pytest.mark.parametrize("page", ["wall", "mine"])
def test_who_agrees_is_not_said_to_differ_because_others_are_missing(visit, page):
    told = text(visit(page, WEBER))

    assert "Opened before J. Weber and S. Lee answered. The chair enters what they say" in told
    assert "They differ." not in told


@pytest.mark.usefixtures("opened_early")
def test_no_spoken_answer_is_chosen_before_the_chair_chooses_it(desk, visit):
    app = visit("wall", JONAS)

    def enter():
        next(one for one in app.button if one.label == "Enter it").click().run()

    def field(kind, label):
        return next(one for one in getattr(app, kind) if one.label == label)

    assert field("selectbox", "Who spoke").value is None
    assert field("radio", "Answer").value is None

    enter()
    assert [one.value for one in app.error] == ["Say who spoke, and what. The words are kept."]

    field("selectbox", "Who spoke").select_index(1)
    field("radio", "Answer").set_value("Abstains")
    field("text_area", "In their words").set_value("I know the printer.")
    enter()
    [voice] = [one for one in desk.review(NAME).committee.points[0].voices if one.entered_by]
    assert (voice.by.name, voice.answer) == ("S. Lee", None)


# The ballot is offered when it can be opened


def test_the_ballot_is_not_offered_while_answers_are_sealed(desk, visit):
    seal(desk, ITO, WEBER)
    app = visit("wall", JONAS)

    assert "Open the ballot" not in labels(app)
    assert "waits for Jonas Berg, S. Lee." in text(app)
    assert "The chair waits, or opens the answers now." in text(app)


def test_nor_while_too_few_may_vote(desk, visit):
    seal(desk, *FOUR)
    for one in (WEBER, LEE):
        desk.room.recuse(NAME, reason="My brother.", by=one, now=NOON)
    app = visit("wall", JONAS)

    assert "Open the ballot" not in labels(app)
    assert "3 members are needed and 2 may vote. Seat 1 more member." in text(app)


def test_it_is_offered_once_nothing_is_awaited_and_to_the_chair_alone(desk, visit):
    seal(desk, *FOUR)

    assert "Open the ballot" in labels(visit("wall", JONAS))
    assert "Open the ballot" not in labels(visit("wall", ITO))
    assert "can be opened later" not in text(visit("wall", JONAS))


def test_a_ballot_that_cannot_approve_says_so_to_the_chair_and_to_each_member(desk, visit):
    seal(desk, *FOUR)

    assert "not settled: a ballot now cannot approve." in text(visit("wall", JONAS))

    desk.ballot.begin(NAME, by=JONAS, now=NOON)
    app = visit("mine", ITO)
    assert "*Approve* is not offered: something stands in its way." in text(app)
    assert "approve" not in [one.lower() for one in app.radio[0].options]


def test_the_wall_carries_no_ballot(desk, visit):
    seal(desk, *FOUR)
    desk.ballot.begin(NAME, by=JONAS, now=NOON)
    desk.ballot.cast(
        NAME, Decision.REJECT, grounds="Grounds of Ito.", by=ITO, now=NOON,
        seen=desk.review(NAME).head,
    )  # fmt: skip
    app = visit("wall", JONAS)

    assert "**M. Ito** has voted" in text(app)
    assert "Grounds of Ito." not in text(app)
    assert "Your decision" not in [one.label for one in app.radio]
    assert "Your ballot is sealed" in text(visit("mine", ITO))


def test_from_a_point_of_before_the_wall_leads_to_the_ballot(desk, visit):
    seal(desk, *FOUR)
    desk.ballot.begin(NAME, by=JONAS, now=NOON)
    app = visit("wall", JONAS)
    app.query_params["point"] = POINT
    app.run()
    assert "The ballot on this campaign is open" not in text(app)
    next(one for one in app.button if one.label == "Go to the ballot").click().run()

    assert "The ballot on this campaign is open" in text(app)


def test_who_brought_it_reads_that_the_committee_votes(desk, visit):
    seal(desk, *FOUR)
    desk.ballot.begin(NAME, by=JONAS, now=NOON)

    assert "The committee votes. No ballot is in." in text(visit("overview", MIRA))


@pytest.mark.parametrize("page", ["overview", "signoff"])
def test_where_only_questions_wait_one_heading_says_so(visit, page):
    heads = [one.value for one in visit(page, ITO).header]

    assert len([one for one in heads if "wait for an answer" in one]) == 1


@pytest.mark.parametrize("page", ["wall", "mine"])
def test_names_that_were_typed_are_said_to_be_so_in_the_room_too(visit, page):
    assert "Names are typed, not verified." in text(visit(page, ITO))


# What is told after a command


def _tell():
    from dashboard import notices, session

    session.drawing()
    notices.show()
    session.drawn()


@pytest.fixture
def told(monkeypatch):
    """A page with good news and a refusal, drawn again after so many seconds."""
    app = AppTest.from_function(_tell, default_timeout=20)
    app.session_state["notices"] = [("It is on record.", False), ("It was not taken.", True)]
    app.run()

    def again(seconds, *, moved):
        monkeypatch.setattr(session, "now", lambda: NOON + timedelta(seconds=seconds))
        app.session_state["moved"] = moved
        app.run()
        return [one.value for one in (*app.success, *app.error)]

    return again


def test_what_is_told_stands_while_others_move_the_page(told):
    assert told(1, moved=True) == ["It is on record.", "It was not taken."]
    assert told(9, moved=True) == ["It is on record.", "It was not taken."]


def test_good_news_fades_and_a_refusal_stands_until_its_reader_acts(told):
    assert told(11, moved=True) == ["It was not taken."]
    assert told(600, moved=True) == ["It was not taken."]
    assert told(601, moved=False) == []


def test_a_second_drawing_at_once_takes_nothing_away(told):
    assert told(1, moved=False) == ["It is on record.", "It was not taken."]
    assert told(3, moved=False) == []


# What was decided


def answer_the_rest(desk):
    for one in desk.review(NAME).checklist.questions:
        review = desk.review(NAME)
        if not (review.standing(one) or review.computed(one).settled):
            offered = review.offered(one)
            fine = Answer.ACCEPTABLE if Answer.ACCEPTABLE in offered else Answer.DOES_NOT_APPLY
            desk.answer(NAME, one.id, fine, reason="So.", by=ITO, now=NOON, seen=review.head)


@pytest.fixture
def decided(desk):
    """Approved by three, against one who adds later why, and attested by the chair."""
    seal(desk, *FOUR)
    answer_the_rest(desk)
    desk.ballot.begin(NAME, by=JONAS, now=NOON)
    for one in FOUR:
        vote = Decision.REJECT if one is LEE else Decision.APPROVE
        seen = desk.review(NAME).head
        desk.ballot.cast(NAME, vote, grounds=f"As {one.name}.", by=one, now=NOON, seen=seen)
    desk.ballot.attest(NAME, by=JONAS, now=NOON)
    return desk.ballot.dissent(NAME, "They were not asked.", by=LEE, now=NOON)


@pytest.mark.usefixtures("decided")
def test_a_sign_off_tells_the_one_decision_first_and_asks_for_none(visit):
    app = visit("signoff", ITO)

    assert app.header[0].value == "Approved"
    assert "3 of 4 who voted for or against approved; more than half must." in text(app)
    assert "**S. Lee** does not agree: “They were not asked.”" in text(app)
    assert "Jonas Berg signed for how the decision was taken." in text(app)
    assert "Your decision" not in [one.value for one in app.header]
    assert "Go to my answer" not in labels(app)


@pytest.mark.usefixtures("decided")
@pytest.mark.parametrize(
    "who", [ANA, LEE, OKAFOR], ids=["the owner", "a member", "nobody of the committee"]
)
def test_everyone_reads_the_outcome_on_their_own_page(visit, who):
    app = visit("mine", who)

    assert app.title[0].value == "Approved"
    assert "I have presented it, and leave" not in labels(app)
    assert ("Put a dissent on record" in labels(app)) is (who is LEE)


def test_who_gave_up_the_vote_reads_the_outcome_too(desk, visit):
    desk.room.recuse(NAME, reason="My brother.", by=LEE, now=NOON)
    assert visit("mine", LEE).title[0].value == "You are recused"

    desk.ballot.begin(NAME, by=JONAS, now=NOON)
    for one in (JONAS, ITO, WEBER):
        seen = desk.review(NAME).head
        desk.ballot.cast(NAME, Decision.REJECT, grounds="No.", by=one, now=NOON, seen=seen)
    app = visit("mine", LEE)
    assert app.title[0].value == "Rejected"
    assert "Put a dissent on record" not in labels(app)


@pytest.mark.usefixtures("decided")
def test_an_overview_says_how_each_voted(visit):
    app = visit("overview", ITO)

    assert "**S. Lee**, reviewer, customer voice: rejected on" in text(app)
    assert "**M. Ito**, reviewer, privacy: approved on" in text(app)
    assert "Who decided" in [one.value for one in app.header]
    assert not app.code


@pytest.mark.usefixtures("decided")
def test_a_decision_that_was_opened_again_is_not_passed_over(desk, visit):
    desk.reopen(NAME, reason="The day moved.", by=MIRA, now=NOON)

    told = text(visit("overview", MIRA)).replace("\\", "")
    assert "reopened the review. “The day moved.” What was decided before no longer stands." in told
    app = visit("mine", ITO)
    assert app.title[0].value == "Every question is answered"
    assert "The ballot comes here once the chair opens it." in text(app)


def test_conditions_of_an_approval_that_was_opened_again_free_nothing(desk, visit):
    one = Action(what="Count the complaints", who="Ana", by=NOON.date() + timedelta(30))
    seal(desk, *FOUR)
    answer_the_rest(desk)
    desk.ballot.begin(NAME, by=JONAS, now=NOON)
    for who in FOUR:
        seen, yes = desk.review(NAME).head, Decision.APPROVE_WITH_CONDITIONS
        desk.ballot.cast(
            NAME, yes, grounds="If kept.", conditions=[one], by=who, now=NOON, seen=seen
        )
    desk.reopen(NAME, reason="The day moved.", by=MIRA, now=NOON)
    told = text(visit("signoff", ITO))

    assert "The approval that asked for them no longer stands." in told
    assert "may go out" not in told


@pytest.mark.parametrize("page", ["wall", "mine", "overview", "signoff"])
def test_a_withdrawn_review_says_by_whom_and_why_and_asks_for_nothing(desk, visit, page):
    desk.withdraw(NAME, reason="Not this year.", by=MIRA, now=NOON)
    desk.comment(NAME, "", "Who withdrew the review.", by=ITO, now=NOON)
    app = visit(page, MIRA)

    assert "withdrew the review. “Not this year.”" in text(app)
    assert "I have presented it, and leave" not in labels(app)


# Asking for a review


def test_a_message_to_a_reviewer_is_ready_to_copy_and_says_what_to_do(visit):
    app = visit("overview", MIRA)
    app.selectbox(key="invited").select_index(1).run()

    assert app.code[0].value == (
        "Hello M. Ito,\n\n"
        "“Spring savings account” is to launch on 1 December 2026, in 8 days. "
        "42,694 of 64,000 people are on its list.\n\n"
        "You are asked to judge it as reviewer, privacy. The pre-read is attached as a PDF. "
        "Read what is open; then come to my computer, say who you are, and vote.\n\n"
        "Nothing about single people is shown: only counts.\n\n"
        "Thank you, Mira"
    )


def test_a_message_where_a_provider_vouches_leads_to_the_members_own_page(visit, monkeypatch):
    known = Provider(
        issuer="https://id.bank.example",
        name="BANK",
        client_id="candor",
        client_secret="secret",
        redirect_uri="https://candor.bank.example/oauth2callback",
        cookie_secret="c" * 32,
    )
    monkeypatch.setattr("dashboard.inviting.provider", lambda: known)
    app = visit("overview", MIRA)

    assert f"https://candor.bank.example/my-answer?review={NAME}" in app.code[0].value


def test_a_seat_that_nobody_has_can_be_asked_for(desk, visit):
    ito = desk.review(NAME).committee.member(ITO).who.person
    desk.room.unseat(NAME, ito, reason="Left us.", by=ITO, now=NOON)
    app = visit("overview", MIRA)

    assert "reviewer, privacy (nobody yet)" in app.selectbox(key="invited").options
