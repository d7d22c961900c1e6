"""The agenda: the reviews that wait for the committee, the nearest launch first."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import cards, notices, session, table, words
from dashboard.words import plain
from review.record import Review, State


def page() -> None:
    """List what the committee has before it, and the way to the wall and to one's own page."""
    every = sorted((one for one in session.desk().reviews() if _waits(one)), key=_launch)
    with st.container(width=1040):
        notices.show()
        st.title("Agenda of the committee", anchor=False)
        if not every:
            st.markdown("Nothing waits for the committee.")
        for number, review in enumerate(every, start=1):
            _row(number, review)
        cards.foot()


def _waits(review: Review) -> bool:
    state = review.state_on(session.today())
    return review.run is not None and state in (State.DRAFT, State.IN_REVIEW)


def _launch(review: Review) -> date:
    return review.run.launch if review.run else date.max


def _row(number: int, review: Review) -> None:
    with st.container(border=True):
        left, right = st.columns([3, 1], vertical_alignment="center", gap="medium")
        with left, st.container(gap="xxsmall"):
            st.header(f"{number}. {plain(review.name)}", anchor=False)
            launch = _launch(review)
            st.markdown(
                f"The launch is on {words.day(launch)}, {words.until(launch)}. {_points(review)} "
                f"{review.committee.head}"
            )
        with right:
            if st.button("The wall", key=f"wall {review.id}", width="stretch"):
                session.go("wall", review=review.id)
            if st.button("My answer", key=f"mine {review.id}", width="stretch"):
                session.go("mine", review=review.id)


def _points(review: Review) -> str:
    every = table.points(review)
    settled = sum(1 for one in review.committee.points if one.settled is not None)
    count = len(every)
    points = "1 point" if count == 1 else f"{count} points"
    return f"{points}, {settled} settled." if count else "No point is open."
