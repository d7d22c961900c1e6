"""What a decision leaves: its document, handed out at any time; and its list, kept as digests."""

from __future__ import annotations

from functools import partial
from typing import Literal

import streamlit as st

from dashboard import opening, session
from review.document.wording import ENDED
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
    if not signed and review.state not in ENDED:
        _two_pages(review, here)


def _two_pages(review: Review, here: Actor | None) -> None:
    """What a committee decides from, to print or to send before it meets."""
    st.download_button(
        "Two pages for the meeting (PDF)",
        data=partial(_made, review, here, "two-pages"),
        file_name=f"{review.id}-revision-{review.revision}-two-pages.pdf",
        mime="application/pdf",
        icon=":material/groups:",
        on_click="ignore",
        key="the document two-pages",
    )


OTHERS = {
    "regulator": (
        "For a regulator (PDF)",
        "all the reasoning; people by their roles or names",
        "pdf",
    ),
    "public": ("For the people concerned (PDF)", "two pages in plain words, no names", "pdf"),
    "html": ("To quote from (HTML)", "the whole text as a page, without a seal", "html"),
}
"""The other editions: what the button says, what is in it, and the kind of file."""


def others(review: Review) -> None:
    """The other editions of a decided review, folded; all come from the same record."""
    if edition(review) != "signed":
        return
    here = session.actor()
    with st.expander("Other editions", type="compact"):
        st.markdown("They come from the same record and name the same fingerprint.")
        for name, (label, about, kind) in OTHERS.items():
            st.download_button(
                label,
                data=partial(_made, review, here, name),
                file_name=f"{review.id}-revision-{review.revision}-{name}.{kind}",
                mime="text/html" if kind == "html" else "application/pdf",
                icon=":material/download:",
                on_click="ignore",
                key=f"the document {name}",
            )
            st.markdown(f":small[{about[:1].upper()}{about[1:]}.]")


def keep_list(review: Review) -> None:
    """Once it is approved, keep its list as digests, so that a later list can be compared."""
    one, now = opening.known().get(review.id), session.review()
    if one is not None and now is not None and now.state.approved:
        session.keep_members(review, one.file)


def _made(review: Review, by: Actor | None, audience: str = "internal") -> bytes:
    """The document, and the fact that it was taken away."""
    made = session.document(review, audience)
    session.exported(review, made, by)
    return made.content
