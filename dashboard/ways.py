"""The ways into the checklist: how many questions wait, and which comes next."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import session
from dashboard.chapters import Chapter, after, chapters, left
from dashboard.points import wait
from review.checklist import Question
from review.record import Obstacle, Review


def told(review: Review, every: Sequence[Chapter]) -> tuple[str, str]:
    """How many questions wait; and which of them come first, and what counting answered."""
    many, stop = left(every)
    computed, _, open_still = review.tally
    counted = f"Counting answered {computed}." if computed else ""
    if not many and open_still:
        return "Your side has spoken to every question", f"Reviewers answer {open_still}. {counted}"
    if not many:
        return "Every question has its answer", counted
    if not stop:
        return wait(many), f"None is about what stops the launch. {counted}"
    about = "1 is" if stop == 1 else f"{stop} are"
    return wait(many), f"{about} about what stops the launch: they come first. {counted}"


def begin(review: Review, *, first: bool) -> None:
    """The button to the next question that waits; to the sign-off where none does."""
    every = chapters(review)
    to = after(every, "")
    kind = "primary" if first else "secondary"
    if to is None:
        if st.button("Go to the sign-off", type=kind, icon=":material/draw:", key="begin"):  # type: ignore[arg-type]
            session.go("signoff")
    elif st.button(_called(every), type=kind, icon=":material/arrow_forward:", key="begin"):  # type: ignore[arg-type]
        session.go("checklist", question=to.id)


def _called(every: Sequence[Chapter]) -> str:
    """What the way into the questions is called.

    >>> _called([])
    'Begin with the first'
    """
    started = any(len(one.waiting) < len(one.questions) for one in every)
    _, stop = left(every)
    if started:
        return "Go on with the next"
    if not stop:
        return "Begin with the first"
    return "Begin with this one" if stop == 1 else f"Begin with these {stop}"


def waiting(review: Review, asked: Sequence[Obstacle], *, first: bool) -> None:
    """The questions that wait, in a heading and a sentence, and the way to the next of them."""
    if not asked:
        return
    many, which = told(review, chapters(review))
    st.header(many, anchor=False)
    st.markdown(which)
    with st.container(horizontal=True, gap="small"):
        begin(review, first=first)
        if st.button("See all questions", icon=":material/checklist:"):
            session.go("checklist")


def onwards(review: Review, asked: Sequence[Question]) -> None:
    """After an answer: the way to the next question that waits, or to the sign-off."""
    if not review.state.decided and any(review.standing(one) for one in asked):
        begin(review, first=True)
