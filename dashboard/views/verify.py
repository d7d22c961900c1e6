"""Check a sign-off: drop its PDF, and be told whether it stands."""

from __future__ import annotations

import streamlit as st

from dashboard import cards, looks, notices, session
from dashboard.words import plain
from review.proof.verify import Checked, Says

FACES: dict[Says, tuple[str, looks.Slot]] = {
    Says.STANDS: (":material/check:", "green"),
    Says.DOES_NOT_STAND: (":material/cancel:", "red"),
    Says.CANNOT_TELL: (":material/question_mark:", "gray"),
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
        given = st.file_uploader(
            "The PDF", type=["pdf"], key="verify pdf", max_upload_size=LARGEST // 1_000_000
        )
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
    icon, slot = FACES[truth.says]
    with st.container(gap="xxsmall"):
        st.header(f":{slot}[{icon} {truth.says.told}]", anchor=False)
        st.markdown(plain(truth.sentence[:1].upper() + truth.sentence[1:]))
        if truth.document:
            st.markdown(plain(truth.document))
    for note in truth.notes:
        st.markdown(plain(note))
    if truth.head:
        st.table(_held(truth), border="horizontal", hide_header=True, alt="What the document holds")
    st.markdown(
        ":small[This page is run by the organisation that made the document. "
        "To check without it: `python -m review verify FILE.pdf`.]"
    )


def _held(truth: Checked) -> dict[str, str]:
    """What the document holds, a line each; what it does not hold is left out."""
    seal = f"{plain(truth.sealed_by)}, {truth.sealed_at}" if truth.sealed_by else "none"
    rows = {
        "Edition": truth.edition,
        "Fingerprint of what was reviewed": cards.spaced(truth.fingerprint),
        "Seal": seal,
        "Certificate of the seal": cards.spaced(truth.certificate),
        "Head of its record": cards.spaced(truth.head),
        "Events in it": f"{truth.events:,}",
        "SHA-256 of the record inside": cards.spaced(truth.record_sha256),
        "Policy": plain(truth.policy),
        "Law and guidance as of": truth.law_as_of,
        "Checks ran with": plain(truth.checked_with),
        "Made with": plain(truth.made_with) or "not stated",
    }
    return {name: value for name, value in rows.items() if value}
