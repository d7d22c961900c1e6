"""What each file is: the people, or one of the files beside them; and its columns."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from checks.intake import layouts, naming, roles
from checks.intake.roles import LEFT_OUT, PEOPLE, Part
from dashboard import session, steps
from dashboard.draft import Brought, Draft
from dashboard.looks import joined
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
    "matches": "Found among the people by",
    "as": "Compared as",
    "hashed": "Written in one of the files",
}
MET = ("suppression", "permissions")
"""Files whose people may be named otherwise than in the people's file."""
UNKNOWN = "I do not know: they meet nobody"
HELD = {
    NONE: "as it is",
    **{kind: f"{called} hashes" for kind, called in naming.HASHES.items()},
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
    st.header(plain(one.name), anchor=False)
    known = layouts.recognised(c.column for c in one.columns)
    columns = [c.column for c in one.columns]
    label = known.layout.label(one.name, columns) if known else None
    st.markdown(
        f"{size(one)}. Taken for *{ROLES[one.part.role]}*"
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
        _said(one)
        with st.expander("Its columns", type="compact", expanded=not one.part.sure):
            _columns(draft, one)


def _said(one: Brought) -> None:
    """How its people are found, and made alike before they are compared."""
    if one.part.role in MET:
        by = one.part.columns.get("matches") or one.part.columns["key"]
        stated = naming.stated(one.part.columns)
        st.markdown(f"Its people are found by *{plain(by)}*. {stated}")
    if one.part.role == "permissions" and "channel" not in one.part.columns:
        st.markdown(
            ":material/visibility: No column says about which channel an answer is: each counts "
            "for all of them."
        )


def size(one: Brought) -> str:
    """How many rows and columns a file has, in words."""
    rows = "1 row" if one.rows == 1 else f"{one.rows:,} rows"
    columns = "1 column" if len(one.columns) == 1 else f"{len(one.columns)} columns"
    return f"{rows}, {columns}"


def _role(draft: Draft, one: Brought) -> None:
    draft = draft.latest()
    role = str(session.inputs("role ").get(one.stored))
    side = role not in (PEOPLE, LEFT_OUT)
    columns = roles.columns_of(role, one.columns) if side else {}
    part = Part(role=role, because="you said so", sure=False, columns=columns)
    part = roles.met(part, one.columns, draft.proposals) if role in MET else part
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
    if one.part.role not in MET:
        return
    columns = [c.column for c in draft.proposals]
    held = one.part.columns
    _choice(draft, one, "matches", {NONE: "their own number", **{name: name for name in columns}})
    if not held.get("matches"):
        return
    _choice(draft, one, "as", MEETS)
    _choice(draft, one, "hashed", HELD)
    if many := _national(draft, one):
        options = [NONE, *naming.countries()]
        code = held.get("country_code")
        st.selectbox(
            f"{many:,} phone numbers do not say their country. It is",
            options,
            index=None if code is None else options.index(_country(code)),
            format_func=lambda name: f"{name} (+{naming.countries()[name]})" if name else UNKNOWN,
            key=f"part {one.stored} country_code",
            placeholder="Choose a country",
            on_change=_called,
            args=(draft, one),
        )


def _choice(draft: Draft, one: Brought, part: str, options: dict[str, str]) -> None:
    held = str(one.part.columns.get(part, NONE))
    st.selectbox(
        PARTS[part],
        list(options),
        index=list(options).index(held) if held in options else 0,
        format_func=lambda option: options[option],
        key=f"part {one.stored} {part}",
        on_change=_column,
        args=(draft, one, part),
    )


def _national(draft: Draft, one: Brought) -> int:
    return roles.national(one.part, one.columns, draft.proposals)


def _country(code: str) -> str:
    """The first country with this calling code; nothing where nobody knows."""
    return next((name for name, its in naming.countries().items() if its == code), NONE)


def _called(draft: Draft, one: Brought) -> None:
    """Keep the country of numbers; that nobody knows it is an answer too."""
    draft = draft.latest()
    one = draft.file(one.stored)
    told = session.inputs(f"part {one.stored} ").get("country_code")
    if told is not None:
        code = naming.countries().get(str(told), NONE)
        _told(draft, one, {**one.part.columns, "country_code": code})


def _column(draft: Draft, one: Brought, part: str) -> None:
    draft = draft.latest()
    one = draft.file(one.stored)
    told = str(session.inputs(f"part {one.stored} ").get(part) or NONE)
    rest = {name: column for name, column in one.part.columns.items() if name != part}
    _told(draft, one, {**rest, part: told} if told else rest)


def _told(draft: Draft, one: Brought, columns: dict[str, str]) -> None:
    part = replace(one.part, columns=columns)
    steps.go(draft.with_files([replace(one, part=part)]), "parts")


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
    if unsaid := [one for one in draft.files if _national(draft, one) and _silent(one)]:
        names = joined([f"“{one.name}”" for one in unsaid])
        told = f"Say which country the phone numbers of {names} are of, or that you do not know."
        session.say(told, refused=True)
        return
    steps.go(draft, "columns")


def _silent(one: Brought) -> bool:
    """Whether nobody has said yet which country its numbers are of."""
    return one.part.role in MET and "country_code" not in one.part.columns


def _people(draft: Draft) -> int:
    """How many of the files hold people."""
    return sum(one.part.role == PEOPLE for one in draft.files)
