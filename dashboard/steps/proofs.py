"""Look some proofs up: drawn by lot, told as places in the files, put on record as counts."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from checks.intake.drawing import Drawn
from checks.refusal import Refused
from dashboard import notices, session, starting, steps, waiting
from dashboard.draft import Draft
from dashboard.sheet import opened
from dashboard.steps import facts

TITLE = "Start: look some proofs up"
COUNTS = {"found": "How many did you find?", "not_found": "How many are not there?"}


def show(draft: Draft) -> None:
    """Say whose proofs were drawn, and ask what was found."""
    if not draft.drawn and not draft.looking:
        _draw(draft)
        return
    st.markdown(
        "These people were drawn by lot from those on the list who said yes. Look each one up "
        "where the yes was given: the day, the form, the words. Then write down how many you "
        "found. The record keeps the numbers, never who it was."
    )
    with st.form("proofs", border=False):
        for one in draft.drawn:
            _channel(draft, one)
        st.form_submit_button("Look at it", type="primary", on_click=_read, args=(draft,))
    facts.finish(draft)


def _draw(draft: Draft) -> None:
    """Take the people in and draw, with a way to stop."""
    try:
        drawn = waiting.wait_for(
            f"proofs {draft.token}",
            lambda: starting.draw(draft),
            lambda: steps.go(draft.latest(), "facts"),
        )
    except Refused as refusal:
        notices.refused(refusal)
        return
    if not drawn.drawn:
        session.say("No channel rests on a yes that the files hold: there is nothing to look up.")
        steps.go(drawn, "facts")
    st.rerun()


def _channel(draft: Draft, one: Drawn) -> None:
    name = one.channel.replace("_", " ")
    st.header(f"{opened(name)}: {len(one.places):,} of {one.of:,} people", anchor=False)
    rows: dict[str, list[str]] = {}
    for place in one.places:
        rows.setdefault(_named(draft, place.file), []).append(f"{place.row:,}")
    told = {"File": list(rows), "Rows": [" · ".join(places) for places in rows.values()]}
    st.table(pd.DataFrame(told).set_index("File"))
    st.markdown(
        f":small[Row 1 is the first one below the header. The seed is {one.seed}: it is made of "
        "the files, so the same files always draw the same people.]"
    )
    with st.grid(2, min_column_width=220):
        for count, asks in COUNTS.items():
            st.number_input(
                f"{asks} ({name})",
                min_value=0,
                max_value=len(one.places),
                value=draft.read.get(one.channel, {}).get(count, 0),
                key=f"proofs {one.channel} {count}",
            )


def _named(draft: Draft, file: str) -> str:
    """A file, or the part of one that was packed, as the person calls it."""
    for one in draft.files:
        if file.startswith(one.stored):
            return one.name + file.removeprefix(one.stored)
    return file


def _read(draft: Draft) -> None:
    draft = draft.latest()
    told = session.inputs("proofs ")
    read = {
        one.channel: {count: int(told.get(f"{one.channel} {count}") or 0) for count in COUNTS}
        for one in draft.drawn
    }
    for one in draft.drawn:
        if sum(read[one.channel].values()) > len(one.places):
            session.say(
                f"These are more than the {len(one.places):,} that were drawn.", refused=True
            )
            return
    looked = {channel: counts for channel, counts in read.items() if any(counts.values())}
    draft.now(read=looked, looking=True)
