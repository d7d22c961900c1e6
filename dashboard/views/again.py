"""Bring a new list: the files that changed, nothing else; it becomes the next revision."""

from __future__ import annotations

from typing import Any

import streamlit as st

from checks.intake import packing, staging
from dashboard import cards, here, notices, opening, revising, session
from dashboard.opening import Known
from dashboard.words import plain
from review.record import Review

LARGEST = 400
"""Megabytes of one upload."""
KINDS = [one.removeprefix(".") for one in (*staging.KINDS, *packing.PACKED)]
"""Endings of files that intake can read."""
WORDS = {
    "people": "The people: everyone who could have been chosen, with the new list",
    "permissions": "What people said, one row an answer",
    "suppression": "The do-not-contact list",
    "signals": "The opt-out signals",
    "contacts": "The contacts of all campaigns",
    "outcomes": "What came of it",
}


def page() -> None:
    """Take the new files, look at them, and go to what was found."""
    review = session.review()
    if review is None:
        cards.nothing_chosen()
        return
    with st.container(width=820):
        notices.show()
        st.title("Bring a new list", anchor=False)
        one = opening.known().get(review.id)
        if one is None:
            st.markdown("The campaign file of this review is not here any more.")
            return
        here.becomes_a_preparer("brings a new list")
        _unchanged(review, one)
        _files(review, one)
        cards.foot()


def _unchanged(review: Review, one: Known) -> None:
    st.markdown(
        f"This becomes revision {review.revision + 1} of *{plain(review.name)}*. The record keeps "
        "the present one. Answers stay where their numbers are the same."
    )
    st.markdown(
        "Is the list the same, and only a statement about it is new? State it on the page of "
        "facts. Did the campaign file or the notice change? Look again at what is there."
    )
    with st.container(horizontal=True, gap="small"):
        if st.button("State a fact", icon=":material/edit_note:"):
            session.go("facts")
        again = st.button("Look again at what is there", icon=":material/refresh:")
    if again and opening.look(one):
        session.go("overview")


def _files(review: Review, one: Known) -> None:
    needs = revising.needs(one)
    if len(needs) > 1:
        st.markdown(
            f"All {len(needs)} files are needed again, also those that are as before: raw files "
            "are deleted once they are read."
        )
    with st.form(f"again {review.revision}", border=False):
        given: dict[str, Any] = {
            part: st.file_uploader(
                f"{WORDS[part]} (columns as before)",
                type=KINDS,
                key=f"again {review.revision} {part}",
                max_upload_size=LARGEST,
            )
            for part in needs
        }
        sent = st.form_submit_button("Look at it", type="primary")
    if not sent:
        return
    if lacking := [
        WORDS[part].partition(":")[0].lower() for part, file in given.items() if not file
    ]:
        st.error(f"Still needed: {'; '.join(lacking)}.", icon=":material/block:")
        return
    files = {part: (file.name, file.getvalue()) for part, file in given.items()}
    if revising.revise(one, files):
        session.go("overview")
