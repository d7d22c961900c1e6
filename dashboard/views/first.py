"""The first page: what this is, and the three ways in."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import cards, opening, session, shelf, to_ask
from review.record import Review
from review.who.provider import issuer

EXAMPLE = "summer-sale"
SHOWN = 3
"""Reviews on the first page; the others are one click away."""


def page() -> None:
    """Say what Candor does and open the example in one click."""
    with st.container(width=820):
        st.title("Before you send it, look at it together.", anchor=False)
        st.markdown(
            "Candor looks at a campaign and at the people on its list. It counts who said yes, "
            "who is left out, and what people were told. Then people decide, and the decision is "
            "written down so that anyone can check it later."
        )
        st.space("xsmall")
        with st.container(horizontal=True, gap="small"):
            example = st.button("Open the example", type="primary", icon=":material/play_arrow:")
            if st.button("Start with your own files", icon=":material/upload_file:"):
                session.go("start")
            if st.button("Check a sign-off (PDF)", icon=":material/verified:"):
                session.go("verify")
            if st.button("See what Candor asks", icon=":material/menu_book:", type="tertiary"):
                session.go("checks")
        if example:
            opening.open_campaign(opening.known()[EXAMPLE])
    every = session.desk().reviews()
    with st.container(width=820):
        if every:
            _go_on(every)
        elif issuer():
            _people()
    with st.container(width=1120):
        _steps()
        cards.foot()


def _go_on(every: Sequence[Review]) -> None:
    """What waits, for whoever comes back."""
    waiting = [one for one in every if shelf.waits(one)]
    st.space("xsmall")
    st.header("Go on" if waiting else "Nothing waits for anybody", anchor=False)
    for review in waiting[:SHOWN]:
        shelf.row(review)
    shelf.reminders([one for one in every if one not in waiting[:SHOWN]])
    with st.container(horizontal=True, gap="small"):
        if st.button("See all reviews", icon=":material/list:"):
            session.go("reviews")
        if st.button("Agenda of the committee", icon=":material/groups:"):
            session.go("agenda")
        if issuer():
            _people()


def _people() -> None:
    if st.button("People", icon=":material/badge:"):
        session.go("people")


def _steps() -> None:
    st.space("small")
    with st.grid(3, min_column_width=240, gap="large"):
        with st.container(gap="xsmall"):
            st.header("1. Bring the files", anchor=False)
            where = "the server that runs Candor" if issuer() else "this computer"
            st.markdown(
                "The list, and everyone it was chosen from. Names are not needed. "
                f"Files stay on {where}."
            )
        with st.container(gap="xsmall"):
            st.header("2. Read what was found", anchor=False)
            st.markdown(
                "One sentence, one chart and one way to mend it, for each finding. "
                "Where the data cannot answer, it says so."
            )
        with st.container(gap="xsmall"):
            st.header("3. Let others decide", anchor=False)
            st.markdown("Reviewers answer and sign. You get a PDF that carries its own evidence.")
    st.space("small")
    with st.expander("No files yet? Ask your data team: a message to copy", type="compact"):
        st.markdown("Send this to whoever makes the list.")
        to_ask.show()
