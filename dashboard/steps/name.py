"""Name, day and owner; or everything from an earlier campaign."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import opening, session, steps
from dashboard.asking import WORDS
from dashboard.draft import Draft
from dashboard.looks import joined
from dashboard.sheet import opened
from dashboard.words import plain
from review.record import Review

TITLE = "Start: what is it called, and when does it go out?"


def show(draft: Draft) -> None:
    """Ask for the name, the day and the owner."""
    _earlier(draft)
    with st.form("start name", border=False):
        st.text_input("Name of the campaign", value=draft.name, max_chars=120, key="start name")
        day = date.fromisoformat(draft.launch) if draft.launch else None
        st.date_input(
            "Launch date",
            value=day,
            min_value=date(2000, 1, 1),
            max_value=date(2100, 1, 1),
            key="start launch",
            format="YYYY-MM-DD",
        )
        st.text_input(
            "Who owns the campaign?",
            value=draft.owner,
            max_chars=120,
            key=_owner(draft),
            help="A name or an address. The owner may explain, but cannot sign.",
        )
        st.form_submit_button("Next", type="primary", on_click=_named, args=(draft,))


def _owner(draft: Draft) -> str:
    """The key of the owner's field: another campaign to start from brings its own owner."""
    return f"start owner {draft.earlier}".strip()


def _named(draft: Draft) -> None:
    draft = draft.latest()
    told = session.inputs("start ")
    name = str(told.get("name") or "").strip()
    owner = str(told.get(_owner(draft).removeprefix("start ")) or "").strip()
    needed = {"a name": name, "a launch date": told.get("launch"), "an owner": owner}
    if missing := [what for what, given in needed.items() if not given]:
        verb = "is" if len(missing) == 1 else "are"
        session.say(f"{opened(joined(missing))} {verb} needed to go on.", refused=True)
        return
    steps.go(draft.now(name=name, owner=owner, launch=str(told["launch"])), "files")


def _earlier(draft: Draft) -> None:
    """Another campaign to start from, and what was answered about it: to read, not to take over."""
    known = opening.known()
    st.selectbox(
        "Start from an earlier campaign?",
        ["", *known],
        index=["", *known].index(draft.earlier) if draft.earlier in known else 0,
        format_func=lambda one: known[one].name if one else "No, from nothing",
        key="from earlier",
        on_change=_chosen,
        args=(draft,),
        help="What its columns mean and its facts are carried over. Answers are not.",
    )
    if draft.earlier in known:
        st.markdown(
            f"What columns mean, and the facts, come from *{plain(known[draft.earlier].name)}*. "
            "You confirm them. Its answers are not carried over."
        )
        _answers(draft.earlier)


def _chosen(draft: Draft) -> None:
    draft = draft.latest()
    earlier = str(session.inputs("from ").get("earlier") or "")
    known = opening.known().get(earlier)
    steps.go(draft.now(earlier=earlier, owner=known.owner if known else draft.owner), draft.step)


def _answers(earlier: str) -> None:
    try:
        review = session.desk().review(earlier)
    except KeyError:
        return
    asks = {one.id: one.asks for one in session.checklist().questions}
    given = {asks[name]: every for name, every in review.answers.items() if name in asks and every}
    if not given:
        return
    many = "1 question was" if len(given) == 1 else f"{len(given)} questions were"
    with st.expander(f"To read: {many} answered then", type="compact"):
        _read(review, asks)


def _read(review: Review, asks: dict[str, str]) -> None:
    for name, every in review.answers.items():
        if name not in asks:
            continue
        st.markdown(f"**{plain(asks[name])}**")
        for one in every:
            reason = f" {plain(one.reason)}" if one.reason else ""
            st.markdown(f"*{WORDS[one.answer]}*, {plain(one.by.name)}.{reason}")
