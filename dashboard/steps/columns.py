"""What the columns mean: first those that need a person, then the others, folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd
import streamlit as st

from checks.drafts import asking, gathering
from checks.intake.propose import MEANINGS, WITH_CHANNEL, Meaning, Proposal
from dashboard import session, steps, to_ask
from dashboard.draft import Draft
from dashboard.looks import joined
from dashboard.sheet import opened
from dashboard.steps import card
from dashboard.words import plain

TITLE = "Start: what the columns mean"
FEW = 5
"""So many columns that nothing is known of are asked about one by one; more are folded away."""
LISTS = (Meaning.TARGETED, Meaning.LISTED)


def show(draft: Draft) -> None:
    """Ask about the columns that need a person; the others can be looked at and corrected."""
    asked, clear, strange = _sorted(draft.proposals)
    for sentence in gathering.says({one.name: one.columns for one in draft.people}):
        st.markdown(plain(sentence))
    for file in draft.files:
        if file.repairs:
            st.markdown(f":material/build: {plain(file.name)}: {plain(' '.join(file.repairs))}")
    st.markdown(
        f"{_need(len(asked), len(asked) + len(clear))} "
        "*I do not know* leads to *cannot tell*, never to a guess."
    )
    _bare_list(draft)
    for one in asked:
        with st.container(border=True, gap="xsmall"):
            card.show(draft, one)
    _others(draft, clear, f"{_columns_that(len(clear), 'is clear', 'are clear')}", "clear")
    told = _columns_that(len(strange), "is not known here", "are not known here")
    _others(draft, strange, f"{told}: not used, unless you say the meaning", "strange")
    st.button("These are right", type="primary", on_click=_meant, args=(draft,))


def _sorted(
    columns: Sequence[Proposal],
) -> tuple[list[Proposal], list[Proposal], list[Proposal]]:
    """Those that need a person, those that are clear, and those of which nothing is known."""
    strange = [c for c in columns if c.meaning is Meaning.OTHER and not c.every_doubt]
    if len(strange) <= FEW:
        strange = []
    known = [one for one in columns if one not in strange]
    asked = [one for one in known if not one.sure or card.asks(columns, one)]
    return asked, [one for one in known if one not in asked], strange


def _columns_that(count: int, one: str, many: str) -> str:
    return f"1 column {one}" if count == 1 else f"{count} columns {many}"


def _need(unsure: int, of: int) -> str:
    if not unsure:
        return f"All {of} columns are clear; look at them where you like."
    verb = "needs" if unsure == 1 else "need"
    return f"{unsure} of {of} columns {verb} your word."


def _bare_list(draft: Draft) -> None:
    """Say what a bare send list cannot answer."""
    if any(one.meaning in LISTS for one in draft.proposals):
        return
    need = len(asking.readers("everyone"))
    st.warning(
        "No column says who is on the list. If this file has only the people who were chosen, "
        f"who was left out cannot be counted: {need} checks will say *cannot tell*, "
        "or speak of the list only. "
        "You can ask for the rest, or go on.",
        icon=":material/question_mark:",
    )
    st.selectbox(
        "Or does one of the columns say it?",
        [None, *(c.column for c in draft.proposals if len(c.values) > 1)],
        format_func=lambda column: column or "None of them",
        key="column of the list",
        on_change=_list_is,
        args=(draft,),
        help="Columns of up to twelve different values can say who is on the list.",
    )
    with st.expander("Ask for the rest: a message to copy", type="compact"):
        to_ask.show("rest")


def _list_is(draft: Draft) -> None:
    draft = draft.latest()
    column = session.inputs("column of the ").get("list")
    if column is not None:
        told = {"meaning": Meaning.TARGETED, "channel": None, "because": card.YOU_SAID}
        steps.go(draft.meant(str(column), sure=False, **told), "columns")


def _others(draft: Draft, columns: Sequence[Proposal], told: str, name: str) -> None:
    """Columns that nobody needs to look at, as a table; one at a time can be corrected."""
    if not columns:
        return
    with st.expander(told, type="compact"):
        st.table(
            pd.DataFrame(
                {
                    "Column": [one.column for one in columns],
                    "What is in it": [one.looks for one in columns],
                    "Taken for": [
                        f"{opened(MEANINGS[one.meaning])}: {one.because}." for one in columns
                    ],
                }
            ).set_index("Column")
        )
        chosen = st.selectbox(
            "Look at one, or correct it",
            [None, *(one.column for one in columns)],
            format_func=lambda column: column or "Choose a column",
            key=f"look {name}",
        )
        for one in columns:
            if one.column == chosen:
                card.show(draft, one)


def _meant(draft: Draft) -> None:
    draft = draft.latest()
    problems = list(_open(draft))
    for problem in problems:
        session.say(problem, refused=True)
    if not problems:
        steps.go(draft, "facts")


def _open(draft: Draft) -> Iterator[str]:
    """What has still to be said before the columns can be used."""
    silent = [c for c in draft.proposals if c.meaning in WITH_CHANNEL and c.channel is None]
    if silent:
        names = joined([f"“{one.column}”" for one in silent])
        yield f"Say which channel {names} is about. What you chose is kept."
    for one in draft.proposals:
        if card.reading_open(draft, one):
            yield f"Say how “{one.column}” is to be read, or that you do not know."
        if card.list_open(draft, one):
            yield f"Say which values of “{one.column}” mean that somebody is on the list."
    for meaning in card.ALONE:
        if len(both := [f"“{c.column}”" for c in draft.proposals if c.meaning is meaning]) > 1:
            yield f"{joined(both)} cannot all be {MEANINGS[meaning]}. Choose one."
