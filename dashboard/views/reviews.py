"""All reviews: what needs somebody first, then everything else by state."""

from __future__ import annotations

import streamlit as st

from dashboard import cards, notices, opening, session, shelf, words
from review.record import Review


def page() -> None:
    """List every review and every campaign nobody has looked at yet."""
    every = session.desk().reviews()
    with st.container(width=1040):
        st.title("All reviews", anchor=False)
        notices.show()
        waiting = [one for one in every if shelf.waits(one)]
        _list("Waiting for somebody", waiting, "Nothing waits for anybody.")
        _new({one.id for one in every})
        decided = [one for one in every if one.state_on(session.today()) in shelf.DECIDED]
        if decided:
            _list("Decided", decided, "")
        over = [one for one in every if one.state_on(session.today()) in shelf.OVER]
        if over:
            _list("Ended", over, "")
        st.space("small")
        if st.button("Start a new review", type="primary", icon=":material/add:"):
            session.go("start")
        cards.foot()


def _list(heading: str, reviews: list[Review], empty: str) -> None:
    st.header(heading, anchor=False)
    if not reviews:
        st.markdown(empty)
    for review in reviews:
        shelf.row(review)


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
                st.markdown(words.plain(one.about))
            if right.button("Look at it", key=f"look {one.id}", width="stretch"):
                opening.open_campaign(one)
