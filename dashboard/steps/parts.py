"""What each file is: the people, or one of the files beside them; and its columns."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from checks.intake import layouts, roles
from checks.intake.roles import LEFT_OUT, PEOPLE, Part
from dashboard import session, steps
from dashboard.draft import Brought, Draft
from dashboard.words import plain

TITLE = "Start: what each file is"
ROLES = {
    PEOPLE: "the people: who could have been chosen",
    **{kind.role: kind.about for kind in roles.kinds()},
    LEFT_OUT: "leave it out",
}
STATUSES = {
    "": "not all the same: a column says it",
    "subscribed": "said yes",
    "denied": "said no",
    "unsubscribed": "took the yes back",
    "objected": "objected",
    "cleaned": "cannot be reached",
}
NONE = ""
PARTS = {
    "key": "Who it is about",
    "status": "What they said",
    "at": "When",
    "channel": "Which channel",
    "purpose": "For what",
    "expires": "Until when it counts",
    "proof": "Where the proof is",
    "wording": "The words they agreed to",
    "gpc": "Global Privacy Control",
    "gpp": "Global Privacy Platform",
    "tcf": "Consent string of the ad industry",
    "seen": "When it was seen",
    "converted": "Who did what it was for",
    "delivered": "Who got it",
    "complained": "Who complained",
    "opted_out": "Who said no afterwards",
    "deleted": "Who asked to be deleted",
    "arm": "Which part they were in",
    "campaign": "Which campaign",
    "since": "Since when",
    "kind": "What kind of no",
}
MEETS = {
    "id": "the same number",
    "email": "an email address",
    "phone": "a phone number",
}


def show(draft: Draft) -> None:
    """One card a file, the people first."""
    for one in sorted(draft.files, key=lambda one: one.part.role != PEOPLE):
        with st.container(border=True, gap="xsmall"):
            _file(draft, one)
    if not _people(draft):
        st.info(
            "No file holds the people. Those whom the first file names are taken for the people, "
            "so nobody can be seen whom it does not name.",
            icon=":material/question_mark:",
        )
    st.button("These are right", type="primary", on_click=_on, args=(draft,))


def _file(draft: Draft, one: Brought) -> None:
    st.subheader(plain(one.name), anchor=False)
    known = layouts.recognised(c.column for c in one.columns)
    columns = [c.column for c in one.columns]
    label = known.layout.label(one.name, columns) if known else None
    st.markdown(
        f"{rows(one)}, {len(one.columns)} columns. Taken for *{ROLES[one.part.role]}*"
        f"{f', because {plain(one.part.because)}' if one.part.because else ''}."
        + (f" Everybody in it is *{plain(label)}*." if label else "")
    )
    st.selectbox(
        f"What “{one.name}” is",
        list(ROLES),
        index=list(ROLES).index(one.part.role),
        format_func=lambda role: ROLES[role],
        key=f"role {one.stored}",
        on_change=_role,
        args=(draft, one),
    )
    if known:
        return
    if one.part.role == PEOPLE and _people(draft) > 1:
        _status(draft, one)
    elif one.part.role not in (PEOPLE, LEFT_OUT):
        with st.expander("Its columns", type="compact", expanded=not one.part.sure):
            _columns(draft, one)


def rows(one: Brought) -> str:
    """How many rows a file has, in words."""
    return "1 row" if one.rows == 1 else f"{one.rows:,} rows"


def _role(draft: Draft, one: Brought) -> None:
    draft = draft.latest()
    role = str(session.inputs("role ").get(one.stored))
    side = role not in (PEOPLE, LEFT_OUT)
    columns = roles.columns_of(role, one.columns) if side else {}
    part = Part(role=role, because="you said so", sure=False, columns=columns)
    steps.go(draft.with_files([replace(one, part=part)]), "parts")


def _status(draft: Draft, one: Brought) -> None:
    st.selectbox(
        f"What everybody in “{one.name}” said about email",
        list(STATUSES),
        index=list(STATUSES).index(one.part.label) if one.part.label in STATUSES else 0,
        format_func=lambda status: STATUSES[status],
        key=f"status {one.stored}",
        on_change=_label,
        args=(draft, one),
    )


def _columns(draft: Draft, one: Brought) -> None:
    names = [c.column for c in one.columns]
    [kind] = [each for each in roles.kinds() if each.role == one.part.role]
    with st.grid(2, min_column_width=280):
        for part in ("key", *kind.columns):
            held = one.part.columns.get(part, NONE)
            st.selectbox(
                PARTS[part],
                names if part == "key" else [NONE, *names],
                index=(names if part == "key" else [NONE, *names]).index(held),
                format_func=lambda name: name or "not in this file",
                key=f"part {one.stored} {part}",
                on_change=_column,
                args=(draft, one, part),
            )
        _meeting(draft, one)


def _meeting(draft: Draft, one: Brought) -> None:
    """How the file's people are found among the people: by their number, an email, a phone."""
    if one.part.role not in ("suppression", "permissions"):
        return
    columns = [c.column for c in draft.proposals]
    held = str(one.part.columns.get("matches", NONE))
    st.selectbox(
        "Found among the people by",
        [NONE, *columns],
        index=[NONE, *columns].index(held) if held in columns else 0,
        format_func=lambda name: name or "their own number",
        key=f"part {one.stored} matches",
        on_change=_column,
        args=(draft, one, "matches"),
    )
    if held:
        st.selectbox(
            "Compared as",
            list(MEETS),
            index=list(MEETS).index(str(one.part.columns.get("as", "id"))),
            format_func=lambda as_: MEETS[as_],
            key=f"part {one.stored} as",
            on_change=_column,
            args=(draft, one, "as"),
        )


def _column(draft: Draft, one: Brought, part: str) -> None:
    draft = draft.latest()
    one = draft.file(one.stored)
    told = str(session.inputs(f"part {one.stored} ").get(part) or NONE)
    rest = {name: column for name, column in one.part.columns.items() if name != part}
    columns = {**rest, part: told} if told else rest
    steps.go(draft.with_files([replace(one, part=replace(one.part, columns=columns))]), "parts")


def _label(draft: Draft, one: Brought) -> None:
    draft = draft.latest()
    one = draft.file(one.stored)
    told = str(session.inputs("status ").get(one.stored) or NONE)
    steps.go(draft.with_files([replace(one, part=replace(one.part, label=told))]), "parts")


def _on(draft: Draft) -> None:
    draft = draft.latest()
    if not _people(draft) and not any(one.part.tool for one in draft.files):
        session.say("One of the files must hold the people. Say which.", refused=True)
        return
    steps.go(draft, "columns")


def _people(draft: Draft) -> int:
    """How many of the files hold people."""
    return sum(one.part.role == PEOPLE for one in draft.files)
