"""The guided checklist: what stops the launch first, one question at a time, with its evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from checks.finding import Reason, Severity, cannot_tell, fail
from dashboard import chapters, session, ways
from review.commands.desk import Desk
from review.record import Actor, Answer, Role
from tests.review import documents

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MIRA = Actor(name="Mira", role=Role.PREPARER)
ITO = Actor(name="M. Ito", role=Role.PRIVACY)
NAME = "spring-savings"


@pytest.fixture(autouse=True)
def review(tmp_path, monkeypatch):
    """A review in which every verdict appears, at a desk of this test's own."""
    st.cache_resource.clear()
    desk = Desk(f"sqlite:///{tmp_path / 'store.db'}", tmp_path / "a.jsonl", documents.CHECKLIST)
    monkeypatch.setattr(session, "desk", lambda: desk)
    monkeypatch.setattr(session, "now", lambda: NOON)
    monkeypatch.setattr(session, "actor", lambda: ITO)
    run = documents.a_run()
    run = replace(run, exceptions={one.check: "second_person" for one in run.findings})
    return desk.record_run(run, by=MIRA, now=NOON)


def _draw():
    from dashboard.views import checklist

    checklist.page()


def visit(**query):
    app = AppTest.from_function(_draw, default_timeout=20)
    for name, value in {"review": NAME, **query}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def text(app):
    return "\n".join(one.value for one in (*app.title, *app.header, *app.markdown))


def order(review):
    return [one.id for chapter in chapters.chapters(review) for one in chapter.questions]


def answered(app, answer=Answer.NOT_ACCEPTABLE):
    app.radio[0].set_value(answer).run()
    app.text_area[0].set_value("It was read.")
    next(one for one in app.button if one.label == "Put on record").click().run()
    assert not app.exception
    return app


def test_every_question_for_a_person_stands_in_one_chapter(review):
    found = order(review)

    assert len(found) == len(set(found)) == review.tally[2] + review.tally[1]


def test_what_stops_the_launch_comes_first(review):
    first, *rest = chapters.chapters(review)
    stops = {one.finding for one in review.obstacles if one.finding}

    assert first.name == chapters.LAUNCH
    assert first.questions
    for one in first.questions:
        assert stops & {found.key for found in review.informing(one)}
    for one in (one for chapter in rest for one in chapter.questions if not one.asked):
        assert not stops & {found.key for found in review.informing(one)}


def test_the_contents_say_how_many_wait_and_how_many_stop_the_launch(review):
    app = visit()
    many, stop = chapters.left(chapters.chapters(review))

    assert app.title[0].value == f"{many} questions wait for an answer"
    assert f"{'1 is' if stop == 1 else f'{stop} are'} about what stops the launch" in text(app)


def test_a_question_stands_beside_what_was_counted_about_it(review):
    first = chapters.chapters(review)[0].questions[0]
    app = visit(question=first.id)

    assert app.title[0].value == first.asks
    assert app.header[0].value in review.informing(first)[0].headline
    assert "question 1 of" in text(app)
    assert "What good looks like." in text(app)


def test_an_answer_leads_to_the_next_question_and_is_counted_in_words(review):
    first, then, *_ = order(review)
    app = answered(visit(question=first))

    assert app.query_params["question"] in (then, [then])
    assert app.title[0].value == review.checklist.question(then).asks
    assert session.desk().review(NAME).standing(review.checklist.question(first))


def test_an_answer_without_its_reason_stays_where_it_is(review):
    first = order(review)[0]
    app = visit(question=first)
    next(one for one in app.button if one.label == "Put on record").click().run()

    assert app.query_params["question"] in (first, [first])
    assert "Choose one of the answers first. Your reason is kept." in [e.value for e in app.error]


def test_the_last_answer_leads_back_to_the_contents_and_on_to_the_sign_off(review):
    for one in order(review):
        answered(visit(question=one))
    app = visit()

    assert app.title[0].value == "Every question has its answer"
    assert "Go to the sign-off" in [one.label for one in app.button]


def test_the_owners_side_has_its_say_and_reviewers_are_left(review, monkeypatch):
    monkeypatch.setattr(session, "actor", lambda: MIRA)
    for one in order(review):
        answered(visit(question=one))
    now = session.desk().review(NAME)

    assert now.tally == review.tally
    assert ways.told(now, chapters.chapters(now))[0] == "Your side has spoken to every question"
    assert f"Reviewers answer {now.tally[2]}." in text(visit())


def test_a_question_that_nobody_knows_shows_all_of_them():
    app = visit(question="no-such-question")

    assert "questions wait for an answer" in app.title[0].value


@pytest.mark.parametrize(
    ("questions", "waiting", "told"),
    [
        pytest.param(1, 1, "1 question, not answered", id="one open"),
        pytest.param(1, 0, "1 question, answered", id="one done"),
        pytest.param(3, 3, "3 questions, none answered", id="nothing done"),
        pytest.param(3, 1, "3 questions, 2 answered", id="some done"),
        pytest.param(3, 0, "3 questions, all answered", id="all done"),
    ],
)
def test_a_chapter_says_how_far_it_is(questions, waiting, told):
    asked = tuple(documents.CHECKLIST.questions[0] for _ in range(questions))
    chapter = chapters.Chapter(name="bias", title="Bias", questions=asked, waiting=asked[:waiting])

    assert chapter.told == told


@pytest.mark.parametrize(
    ("found", "told", "brought"),
    [
        pytest.param(
            fail("email", "4 people said no.", remedy="Take them off: the list becomes 9."),
            "Mend it and bring the new list: counting then answers this question.",
            True,
            id="a list to mend",
        ),
        pytest.param(
            cannot_tell(
                "email",
                "Nobody stated it.",
                reason=Reason.COLUMN_MISSING,
                remedy="Name it in the campaign file: channels.",
            ),
            "State it: counting then answers this question.",
            False,
            id="a statement",
        ),
    ],
)
def test_what_stops_the_launch_says_how_it_answers_itself(found, told, brought):
    stops = found.of("consent.opt_out_leak", Severity.BLOCKING, ())
    run = replace(documents.a_run(found=[stops]), exceptions={stops.check: "second_person"})
    now = session.desk().record_run(run, by=MIRA, now=NOON)
    app = visit(question=order(now)[0])

    assert told in text(app)
    assert ("Bring a new list" in [one.label for one in app.button]) is brought


def test_what_was_put_to_the_committee_is_not_offered_to_one_reviewer_alone(review, monkeypatch):
    jonas, name = Actor(name="Jonas Berg", role=Role.CHAIR), order(review)[0]
    session.desk().room.seat(NAME, Role.CHAIR, by=jonas, now=NOON)
    session.desk().room.put(NAME, name, by=jonas, now=NOON)
    app = visit(question=name)

    assert "put to the committee, which answers it together" in text(app)
    assert not app.radio

    monkeypatch.setattr(session, "actor", lambda: MIRA)
    assert visit(question=name).radio
