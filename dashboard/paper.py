"""What a decision leaves: its document, handed out at any time; and its list, kept as digests."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from dashboard import opening, session
from review.record import Actor, Review

Edition = Literal["signed", "pre_read"]


def edition(review: Review) -> Edition:
    """Which document it is now: the signed one, or one that says *Not signed* on every page."""
    return "signed" if review.signatures and review.state.decided else "pre_read"


def download(review: Review, label: str = "") -> None:
    """The button that hands the document out; the page stays as it is while it is made."""
    kind, here = edition(review), session.actor()
    signed = kind == "signed"
    st.download_button(
        label or ("Download the PDF" if signed else "Download the pre-read (PDF)"),
        data=lambda: _made(review, here),
        file_name=f"{review.id}-revision-{review.revision}-{kind.replace('_', '-')}.pdf",
        mime="application/pdf",
        icon=":material/download:",
        type="primary" if signed else "secondary",
        on_click="ignore",
        key="the document",
    )


def keep_list(review: Review) -> None:
    """Once it is approved, keep its list as digests, so that a later list can be compared."""
    one, now = opening.known().get(review.id), session.review()
    if one is not None and now is not None and now.state.approved:
        session.keep_members(review, one.file)


def _made(review: Review, by: Actor | None) -> bytes:
    """The document, and the fact that it was taken away."""
    made = session.document(review)
    session.exported(review, made, by)
    return made.content
