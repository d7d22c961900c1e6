"""Check a sign-off: drop its PDF, and be told whether it stands."""

from __future__ import annotations

import streamlit as st

from dashboard import notices, session
from dashboard.words import plain

FACES = {
    "stands": ("This sign-off stands", ":material/check:", "green"),
    "does_not_stand": ("This sign-off does not stand", ":material/cancel:", "red"),
    "cannot_tell": ("Cannot tell", ":material/question_mark:", "gray"),
}
LARGEST = 50_000_000
"""Bytes: a larger file is no document of ours."""


def page() -> None:
    """Take a PDF and say what can be shown about it."""
    with st.container(width=820):
        notices.show()
        st.title("Check a sign-off", anchor=False)
        st.markdown(
            "Drop the PDF of a sign-off. Candor reads the record inside it, counts it again, "
            "and says whether the document is what it claims to be. Nothing of it is kept."
        )
        given = st.file_uploader("The PDF", type=["pdf"], key="verify pdf")
        if given is None:
            st.markdown(
                ":small[Without this page: the last page of the PDF says how to check it. "
                "On the command line: `python -m review verify FILE.pdf`.]"
            )
            return
        if given.size > LARGEST:
            st.error(
                f"This file has {given.size / 1e6:,.0f} MB. A sign-off has at most 50: "
                "check that it is the right file.",
                icon=":material/block:",
            )
            return
        _say(given.getvalue())


def _say(pdf: bytes) -> None:
    truth = session.verify(pdf)
    words, icon, slot = FACES[truth.verdict]
    with st.container(gap="xxsmall"):
        st.badge(words, icon=icon, color=slot)  # type: ignore[arg-type]
        st.header(plain(truth.sentence), anchor=False)
    for detail in truth.details:
        st.markdown(f"- {plain(detail)}")
    st.markdown(
        ":small[This page is run by the organisation that made the document. "
        "To check without it: `python -m review verify FILE.pdf`. "
        "Whether a sign-off was withdrawn later cannot be seen from the file.]"
    )
