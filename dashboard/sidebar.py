"""The way through one review: who is here, what was found, what is to be decided."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard import here, looks, session, words
from dashboard.words import ROLES
from review.record import Review, Role
from review.who.provider import issuer

__all__ = ["ROLES", "introduce", "show", "who"]


def show(pages: session.Pages, families: Mapping[str, str]) -> None:
    """Draw the sidebar of the chosen review."""
    review = session.review()
    if review is None:
        return
    with st.sidebar:
        with st.container(gap="xxsmall"):
            st.page_link(
                pages["reviews"], label="**Candor** · all reviews", icon=":material/arrow_back:"
            )
            st.space("small")
            st.markdown(f"**{words.plain(review.name)}**")
            st.markdown(f":small[{_about(review)}]")
            st.space("xsmall")
            _link(pages, "overview", "Overview", ":material/grid_view:")
            _link(pages, "checklist", _open(review), ":material/checklist:")
            if review.before is not None:
                _link(pages, "changed", "What changed", ":material/difference:")
            _link(pages, "segments", "Segments", ":material/donut_small:")
            _link(pages, "facts", "Facts", ":material/edit_note:")
            st.space("xsmall")
            st.markdown(":small[**Findings**]")
            for name, called in families.items():
                _family(pages, review, name, called)
            st.space("xsmall")
            st.markdown(":small[**Decision**]")
            _link(pages, "mine", "My answer", ":material/how_to_vote:")
            _link(pages, "wall", "The wall", ":material/co_present:")
            _link(pages, "signoff", "Sign-off", ":material/draw:")
            _link(pages, "record", "Record", ":material/history:")
            _link(pages, "verify", "Check a PDF", ":material/verified:")
            _link(pages, "checks", "All the checks", ":material/menu_book:")
        st.space("small")
        who()


def _about(review: Review) -> str:
    if review.run is None:
        return f"Revision {review.revision}"
    return f"Launches {words.day(review.run.launch)} · revision {review.revision}"


def _open(review: Review) -> str:
    """The checklist, and how many of its questions are open."""
    left = review.tally[2]
    return f"Checklist :small[{left} open]" if left and review.run else "Checklist"


def _link(pages: session.Pages, name: str, label: str, icon: str) -> None:
    st.page_link(pages[name], label=label, icon=icon, query_params=session.address())


def _family(pages: session.Pages, review: Review, name: str, called: str) -> None:
    found = [f for f in review.run.findings if f.check.startswith(f"{name}.")] if review.run else []
    if not found:
        return
    worst = min((finding.verdict for finding in found), key=lambda verdict: verdict.urgency)
    checks = {f.check for f in found if f.verdict is worst}
    note = looks.count_words(worst, len(checks))
    look = looks.LOOKS[worst]
    _link(pages, name, f"{called} :small[:{look.slot}[{note}]]", look.icon)


def who() -> None:
    """Ask who is here; the answer holds until the browser is closed or reloaded."""
    if issuer():
        here.introduce()
        return
    who = session.actor()
    label = f"You are {words.plain(who.name)}" if who else "Say who you are"
    asks_itself = session.recall("page") in ("mine", "signoff")
    first = who is None and not asks_itself
    with st.expander(label, icon=":material/person:", type="compact", expanded=first):
        introduce("sidebar")


def introduce(place: str) -> None:
    """The form for a name and a role."""
    if issuer():
        return
    who = session.actor()
    with st.form(f"who {place}", border=False):
        st.text_input("Your name", value=who.name if who else "", key=f"who {place} name")
        st.selectbox(
            "You act as",
            list(ROLES),
            index=list(ROLES).index(who.role) if who else None,
            format_func=lambda role: ROLES[role],
            key=f"who {place} role",
            placeholder="Choose one",
        )
        st.form_submit_button("This is me", on_click=_introduced, args=(place,))
    st.markdown(":small[Typed, not verified: the record and the PDF say so.]")


def _introduced(place: str) -> None:
    said = session.inputs(f"who {place} ")
    name, role = str(said.get("name") or "").strip(), said.get("role")
    if name and role:
        session.introduce(name, Role(role))
    else:
        session.say("A name and a role are both needed.", refused=True)
