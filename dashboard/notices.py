"""What a command led to, and what was refused: one sentence each, with the cure.

They stand at the foot of the window. Above the page they would be out of sight of whoever pressed a
button further down, and would move what is below them: a fold that moves closes.
"""

from __future__ import annotations

import streamlit as st

from checks.refusal import Refused
from dashboard import anew, session
from dashboard.words import plain


def show() -> None:
    """The sentences kept since the page was drawn last."""
    with st.bottom:
        for sentence, refused in session.notices():
            if refused:
                st.error(plain(sentence), icon=":material/block:")
            else:
                st.success(plain(sentence), icon=":material/check:")
        anew.prove()


def refused(refusal: Refused) -> None:
    """Everything that was wrong with some input, each with its place and its cure."""
    count = len(refusal.problems)
    head = "One thing has" if count == 1 else f"{count} things have"
    with st.container(border=True):
        st.header(f"Not taken in: {head.lower()} to be mended first", anchor=False)
        for problem in refusal.problems[:20]:
            st.markdown(f"**{plain(problem.where)}.** {plain(problem.what)} {plain(problem.cure)}")
        if count > 20:
            st.markdown(f"And {count - 20} more of the same kind.")
