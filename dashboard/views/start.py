"""Start: name and day, files, what the columns mean, a few facts; one step at a time."""

from __future__ import annotations

from types import ModuleType

import streamlit as st

from dashboard import cards, notices, session
from dashboard import draft as drafts
from dashboard.steps import columns, facts, files, go, name, parts, proofs

STEPS: dict[str, ModuleType] = {
    "name": name,
    "files": files,
    "parts": parts,
    "columns": columns,
    "facts": facts,
    "proofs": proofs,
}
NUMBERS = {"name": 1, "files": 2, "parts": 2, "columns": 3, "facts": 4, "proofs": 4}


def page() -> None:
    """Show the step that the draft has come to."""
    draft = drafts.find(session.asked("draft")) or drafts.begin(session.now())
    with st.container(width=820):
        st.markdown(f":small[Step {NUMBERS[draft.step]} of {max(NUMBERS.values())}]")
        st.title(STEPS[draft.step].TITLE, anchor=False)
        notices.show()
        STEPS[draft.step].show(draft)
        _ways(draft)
        cards.foot()


def _ways(draft: drafts.Draft) -> None:
    if draft.step == "name":
        return
    before = drafts.STEPS[drafts.STEPS.index(draft.step) - 1]
    if before == "parts" and len(draft.files) == 1:
        before = "files"
    with st.container(horizontal=True):
        st.button(
            "Back one step",
            icon=":material/arrow_back:",
            type="tertiary",
            on_click=_back,
            args=(draft, before),
        )
        st.button(
            "Throw this away",
            icon=":material/delete:",
            type="tertiary",
            help="Deletes what was brought and said so far.",
            on_click=_thrown_away,
            args=(draft,),
        )


def _back(draft: drafts.Draft, step: str) -> None:
    go(draft.latest(), step)


def _thrown_away(draft: drafts.Draft) -> None:
    draft.forget()
    session.say("Thrown away: what was brought and said is deleted.")
