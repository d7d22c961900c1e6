"""Reviews as they lie on a shelf: each with its state, its launch and what waits."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import session, words
from review.present.reminders import due
from review.record import Review, State

OVER = (State.REJECTED, State.SUPERSEDED, State.WITHDRAWN, State.EXPIRED)
DECIDED = (State.APPROVED, State.APPROVED_WITH_CONDITIONS)


def waits(review: Review) -> bool:
    """Whether somebody still has to do something about it."""
    return review.state_on(session.today()) not in (*OVER, *DECIDED)


def row(review: Review) -> None:
    """One review, and the way into it."""
    with st.container(border=True):
        left, right = st.columns([4, 1], vertical_alignment="center", gap="medium")
        with left, st.container(gap="xxsmall"):
            st.subheader(words.plain(review.name), anchor=False)
            st.markdown(_stands(review))
        if right.button("Open", key=f"open {review.id}", width="stretch"):
            session.go("overview", review=review.id)


def reminders(every: Sequence[Review]) -> None:
    """What is due within two weeks, or overdue, over all reviews."""
    found = [one for review in every for one in due(review, session.today())]
    if not found:
        return
    st.subheader("What is due", anchor=False)
    for one in sorted(found, key=lambda each: each.on):
        st.markdown(f"**{words.plain(one.name)}** · {words.plain(one.says)}")


def _stands(review: Review) -> str:
    now = f"{words.state(review.state_on(session.today()))}, revision {review.revision}."
    if review.run is None:
        return f"{now} Nothing has been looked at yet."
    day = review.run.launch
    verb = "was" if day < session.today() else "is"
    return f"{now} The launch {verb} on {words.day(day)}, {words.until(day)}. {_need(review)}"


def _need(review: Review) -> str:
    if not waits(review):
        return ""
    stops = sum(1 for one in review.obstacles_on(session.today()) if one.finding)
    _, _, left = review.tally
    parts = []
    if stops:
        parts.append("1 finding stops it" if stops == 1 else f"{stops} findings stop it")
    if left:
        parts.append(
            "1 question waits for a person" if left == 1 else f"{left} questions wait for a person"
        )
    return f"{'; '.join(parts)}." if parts else "Nothing stands in the way: a person can decide."
