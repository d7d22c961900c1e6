"""All reviews: what needs somebody first, then everything else by state."""

from __future__ import annotations

import streamlit as st

from dashboard import notices, opening, session, words
from review.record import Review, State

OVER = (State.REJECTED, State.SUPERSEDED, State.WITHDRAWN, State.EXPIRED)
DECIDED = (State.APPROVED, State.APPROVED_WITH_CONDITIONS)


def page() -> None:
    """List every review and every campaign nobody has looked at yet."""
    every = session.desk().reviews()
    with st.container(width=1040):
        st.title("All reviews", anchor=False)
        notices.show()
        waiting = [one for one in every if one.state not in (*OVER, *DECIDED)]
        _list("Waiting for somebody", waiting, "Nothing waits for anybody.")
        _new({one.id for one in every})
        decided = [one for one in every if one.state in DECIDED]
        if decided:
            _list("Decided", decided, "")
        over = [one for one in every if one.state in OVER]
        if over:
            _list("Ended", over, "")
        st.space("small")
        if st.button("Start a new review", type="primary", icon=":material/add:"):
            session.go("start")


def _list(heading: str, reviews: list[Review], empty: str) -> None:
    st.header(heading, anchor=False)
    if not reviews:
        st.markdown(empty)
    for review in reviews:
        _row(review)


def _row(review: Review) -> None:
    with st.container(border=True):
        left, right = st.columns([4, 1], vertical_alignment="center", gap="medium")
        with left, st.container(gap="xxsmall"):
            st.subheader(words.plain(review.name), anchor=False)
            st.markdown(_stands(review))
        if right.button("Open", key=f"open {review.id}", width="stretch"):
            session.go("overview", review=review.id)


def _stands(review: Review) -> str:
    launch = ""
    if review.run is not None:
        launch = (
            f" The launch is on {words.day(review.run.launch)}, {words.until(review.run.launch)}."
        )
    _, _, left = review.tally
    need = {
        0: "Every question is answered.",
        1: "1 question waits for a person.",
    }.get(left, f"{left} questions wait for a person.")
    return f"{words.state(review.state)}, revision {review.revision}.{launch} {need}"


def _new(reviewed: set[str]) -> None:
    unseen = [one for one in opening.known().values() if one.id not in reviewed]
    if not unseen:
        return
    st.header("Not looked at yet", anchor=False)
    for one in unseen:
        with st.container(border=True):
            left, right = st.columns([4, 1], vertical_alignment="center", gap="medium")
            with left, st.container(gap="xxsmall"):
                st.subheader(words.plain(one.name), anchor=False)
                st.markdown(one.about)
            if right.button("Look at it", key=f"look {one.id}", width="stretch"):
                opening.open_campaign(one)
