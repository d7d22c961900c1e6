"""The button for the cleaned lists: keys go into files, never onto a page."""

from __future__ import annotations

import streamlit as st

from checks.evidence import Waterfall
from checks.finding import Finding
from dashboard import opening, session
from dashboard.cards import READING
from dashboard.words import plain
from review.lists import leaving
from review.record import Review

LABEL = "Make the cleaned list"
COVERAGE = "consent.coverage"
CHECKS = (COVERAGE, "consent.opt_out_leak")
"""The checks whose findings say whom to take off."""


def offer(review: Review, finding: Finding) -> None:
    """On the page of a finding: what the lists are, the button, and where they lie."""
    if not _listable(review, finding):
        return
    with st.container(width=READING, gap="xxsmall"):
        st.markdown(
            "The cleaned list is a file of everyone who may be contacted. A second file says whom "
            "it leaves out, and why. No page shows them; the record tells that they were made."
        )
        if not _may():
            st.button(LABEL, key=f"lists {finding.key}", disabled=True, icon=":material/rule:")
            first = "" if session.actor() else "Say who you are first: "
            only = f"{first}only the owner or the preparer can make them."
            st.markdown(f":small[{only[0].upper()}{only[1:]}]")
            return
        button(review, finding)
        if lying := leaving.lying(review, finding.subject):
            named = " and ".join(plain(one.name) for one in lying)
            st.markdown(f":small[Made before: {named}, in {plain(str(lying[0].parent.resolve()))}]")


def button(review: Review, finding: Finding, *, first: bool | None = None) -> bool:
    """The button alone; False, and nothing drawn, for everyone but owner and preparer.

    On the overview `first` says whether it belongs to the first point.
    """
    if not _may() or not _listable(review, finding):
        return False
    if st.button(
        LABEL,
        key=f"lists {finding.key}",
        type="primary" if first else "secondary",
        icon=":material/rule:",
        width="content" if first is None else "stretch",
        wrap=first is not None,
    ):
        with st.spinner("Making the lists …"):
            _make(review, finding.subject)
        st.rerun()
    return True


def _make(review: Review, channel: str) -> None:
    one = opening.known().get(review.id)
    if one is None:
        session.say("The campaign file is not here, so no lists can be made.", refused=True)
        return
    session.make_lists(review, channel, one.file)


def _may() -> bool:
    here = session.actor()
    return here is not None and here.role.inside


def _listable(review: Review, finding: Finding) -> bool:
    """Whether it says whom to take off a channel, and everybody of the channel was counted."""
    if finding.check not in CHECKS or review.read_only:
        return False
    counted = review.finding(f"{COVERAGE}/{finding.subject}")
    return counted is not None and any(isinstance(one, Waterfall) for one in counted.evidence)
