"""Bring the files: any number, a folder, a packed file, or what lies in the inbox."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from checks.intake import inbox, packing, staging
from checks.intake.inbox import Waiting
from checks.intake.roles import PEOPLE
from checks.refusal import Refused
from dashboard import session, starting, steps, to_ask, waiting, words
from dashboard.draft import KEPT_DAYS, Brought, Draft
from dashboard.steps import parts
from dashboard.words import plain

TITLE = "Start: bring the files"
KINDS = [one.removeprefix(".") for one in (*staging.KINDS, *packing.PACKED)]
"""Endings of files that intake can read."""
LARGEST = 400
"""Megabytes of one upload; larger files go by the inbox or the command line."""


def show(draft: Draft) -> None:
    """Take files, and read those that nobody has looked at."""
    if draft.unread:
        _read(draft)
        return
    st.markdown(
        "One row a person, and **everyone who could have been chosen**, not only the list. "
        "Names are not needed. Bring other files too, if there are any: the do-not-contact list, "
        "what people said, contacts, outcomes."
    )
    st.markdown(
        f":small[Files stay on this computer. Raw files are deleted once read, or after "
        f"{KEPT_DAYS} days.]"
    )
    _so_far(draft)
    with st.form("start files", border=False, clear_on_submit=True):
        _uploads()
        _inbox()
        st.form_submit_button(
            "Read them", type="primary", on_click=_brought, args=(draft,), wrap=True
        )
    if draft.files:
        st.button("Go on with these", icon=":material/arrow_forward:", on_click=_on, args=(draft,))
    with st.expander("Ask your data team: a message to copy", type="compact"):
        to_ask.show()


def _uploads() -> None:
    st.file_uploader(
        "Your files (CSV, Excel, JSON Lines or Parquet, also packed)",
        type=KINDS,
        key="start files",
        max_upload_size=LARGEST,
        accept_multiple_files=True,
    )
    with st.expander("Or a whole folder", type="compact"):
        st.file_uploader(
            "Every file in a folder",
            type=KINDS,
            key="start folder",
            max_upload_size=LARGEST,
            accept_multiple_files="directory",
        )


def _inbox() -> None:
    """What lies in the inbox of the server, to be read where it is."""
    lying = {one.name: one for one in inbox.waiting()}
    if not lying:
        return
    st.multiselect(
        "Or from the inbox of this server",
        list(lying),
        format_func=lambda name: f"{name} · {_described(lying[name])}",
        key="start inbox",
        placeholder="Choose files",
        help="They are read where they are. Nothing there is moved or deleted.",
    )


def _described(one: Waiting) -> str:
    """Its size and day, and of a folder how many files.

    >>> from datetime import UTC, datetime
    >>> at = datetime(2026, 3, 1, 9, 5, tzinfo=UTC)
    >>> _described(Waiting(name="a.csv", bytes=2_500_000, changed=at))
    '2.5 MB, 1 March 2026, 09:05 UTC'
    """
    files = f"{one.files:,} files, " if one.files > 1 else ""
    return f"{files}{size(one.bytes)}, {words.day(one.changed.date())}, {one.changed:%H:%M} UTC"


def size(amount: int) -> str:
    """Bytes as people say them.

    >>> size(812), size(2_500_000), size(7_100_000_000)
    ('1 kB', '2.5 MB', '7.1 GB')
    """
    for unit, name in ((1_000_000_000, "GB"), (1_000_000, "MB")):
        if amount >= unit:
            return f"{amount / unit:.1f} {name}"
    return f"{max(1, round(amount / 1_000)):,} kB"


def _so_far(draft: Draft) -> None:
    for one in draft.files:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(one.name)}** · {parts.size(one)}")
            st.button(
                "Take it out",
                key=f"out {one.stored}",
                type="tertiary",
                icon=":material/close:",
                help=f"Take {plain(one.name)} out",
                on_click=_taken_out,
                args=(draft, one),
            )


def _taken_out(draft: Draft, gone: Brought) -> None:
    draft = draft.latest()
    steps.go(draft.holding(one for one in draft.files if one != gone), "files")


def _brought(draft: Draft) -> None:
    draft = draft.latest()
    told = session.inputs("start ")
    uploads = [*(told.get("files") or ()), *(told.get("folder") or ())]
    from_inbox = [one for name in told.get("inbox") or () for one in _taken(name)]
    if not uploads and not from_inbox:
        session.say("Choose the file with the people first.", refused=True)
        return
    draft.folder.mkdir(parents=True, exist_ok=True)
    brought = [one for one in from_inbox if one.stored not in {f.stored for f in draft.files}]
    for upload in uploads:
        stored = draft.place_for(upload.name, (one.stored for one in brought))
        (draft.folder / stored).write_bytes(upload.getbuffer())
        brought.append(Brought(name=upload.name, stored=stored))
    again = {one.name for one in brought}  # a file of the same name takes its place
    kept = (one for one in draft.files if one.name not in again)
    steps.go(draft.holding([*kept, *brought]), "files")


def _taken(name: str) -> Iterable[Brought]:
    try:
        return starting.taken_from_inbox(name)
    except Refused:
        return ()


def _on(draft: Draft) -> None:
    draft = draft.latest()
    alone = [one.part.role for one in draft.files] == [PEOPLE]
    steps.go(draft, "columns" if alone else "parts")


def _read(draft: Draft) -> None:
    """Look the new files over, with rows as they are read, and a way to stop."""
    st.markdown("Reading " + ", ".join(f"*{plain(one.name)}*" for one in draft.unread) + " …")
    known = [one for one in draft.files if one.columns]
    brought, problems = waiting.wait_for(
        f"draft {draft.token}", lambda: starting.read(draft), lambda: draft.holding(known)
    )
    draft = draft.holding(brought)
    for problem in problems:
        session.say(str(problem), refused=True)
    if not problems:
        _on(draft)
    st.rerun()
