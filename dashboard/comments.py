"""Comments: words that settle nothing, kept beside what they are about."""

from __future__ import annotations

import streamlit as st

from dashboard import session
from dashboard.cards import READING
from dashboard.sidebar import ROLES, introduce
from dashboard.words import day, plain
from review.record import Comment, Review


def comments(review: Review, about: str) -> None:
    """The comments about a finding, or with an empty `about` on the campaign, and the form."""
    said = [one for one in review.comments if one.about == about]
    with st.container(width=READING, gap="xsmall"):
        for one in said:
            _comment(one)
        if review.read_only:
            return
        with st.expander("Add a comment", type="compact"):
            _form(review, about, len(said))


def _comment(one: Comment) -> None:
    who = f"{plain(one.by.name)}, {ROLES[one.by.role]}"
    with st.container(gap="xxsmall"):
        st.markdown(f"**Comment** · {who} :small[{day(one.at.date())}, {one.at:%H:%M} UTC]")
        st.markdown(f"> {plain(one.text)}")


def _form(review: Review, about: str, before: int) -> None:
    prefix = f"comment {about} {before} "
    with st.form(f"{prefix}form", border=False):
        st.text_area(
            "Your comment",
            key=f"{prefix}text",
            placeholder="It settles nothing. The record and the PDF keep it.",
            height=88,
        )
        st.form_submit_button("Add it", on_click=_commented, args=(review, about, prefix))
    if session.actor() is None:
        with st.expander("Say who you are first. Your words are kept.", type="compact"):
            introduce(f"comment {about}")


def _commented(review: Review, about: str, prefix: str) -> None:
    session.comment(review, about, str(session.inputs(prefix).get("text") or ""))
