"""One column: what it looks like, what it is taken for and why, and what a person says about it.

Every answer is stored as it is given, so that one column is corrected without touching the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from checks.campaign.data import Permission
from checks.intake import layouts
from checks.intake.propose import CHANNELS, MEANINGS, ONCE, WITH_CHANNEL, Meaning, Proposal
from dashboard import session, steps
from dashboard.draft import Draft
from dashboard.looks import joined
from dashboard.sheet import opened
from dashboard.starting import STATUSES, TEXT
from dashboard.words import plain

ALONE = tuple(one for one in ONCE if one is not Meaning.SUPPRESSED)
"""Meanings that only one column of a campaign can have."""
NOT_READ = (Meaning.LEAVE_OUT, Meaning.UNKNOWN, Meaning.OTHER)
YOU_SAID = "you said so"
"""Why a column is taken for what a person chose."""
SAID = {
    "": "says nothing",
    "granted": "said yes",
    "denied": "said no",
    "withdrawn": "took the yes back",
    "objected": "objected",
}
YES = ("true", "yes", "y", "1", "t")
NO = ("false", "no", "n", "0", "f", "")
CODES = 6
"""Codes up to which each can be given a name."""


def show(draft: Draft, one: Proposal) -> None:
    """The card of one column."""
    st.header(plain(one.column), anchor=False)
    st.markdown(f"{plain(one.looks)} Taken for *{MEANINGS[one.meaning]}*, because {one.because}.")
    for doubt in one.doubts:
        st.markdown(f":material/visibility: {plain(doubt)}")
    _meaning(draft, one)
    _values(draft, one, "totals", one.totals, f"Which rows of “{one.column}” sum up others?")
    if one.meaning is Meaning.OTHER:
        _reading(draft, one)
    if one.meaning in NOT_READ:
        return
    asks = f"Which of these mean “not known” in “{one.column}”?"
    _values(draft, one, "unknown", one.missing, asks)
    _likenesses(draft, one)
    _reading(draft, one)
    if one.meaning is Meaning.TARGETED:
        _list(draft, one)
    if one.meaning is Meaning.PERMISSION:
        _answers(draft, one)
    if one.meaning is Meaning.ATTRIBUTE:
        _names(draft, one)


def _meaning(draft: Draft, one: Proposal) -> None:
    left, right = st.columns([3, 2])
    left.selectbox(
        f"What “{one.column}” means",
        list(MEANINGS),
        index=list(MEANINGS).index(one.meaning),
        format_func=lambda meaning: opened(MEANINGS[meaning]),
        key=f"column {one.column}",
        on_change=_meant,
        args=(draft, one),
    )
    if one.meaning in WITH_CHANNEL:
        right.selectbox(
            f"Channel of “{one.column}”",
            [None, *CHANNELS],
            index=[None, *CHANNELS].index(one.channel),
            format_func=lambda channel: channel.replace("_", " ") if channel else "no channel",
            key=f"channel {one.column}",
            on_change=_meant,
            args=(draft, one),
        )


def _meant(draft: Draft, one: Proposal) -> None:
    draft = draft.latest()
    meaning = Meaning(session.inputs("column ").get(one.column) or one.meaning)
    told = session.inputs("channel ").get(one.column, one.channel)
    channel = told if meaning in WITH_CHANNEL else None
    told = {"meaning": meaning, "channel": channel, "because": YOU_SAID}
    steps.go(draft.meant(one.column, sure=False, **told), "columns")


def _kept(draft: Draft, one: Proposal, field: str, prefix: str) -> None:
    """Store the answer that a widget holds."""
    draft = draft.latest()
    told: Any = session.inputs(f"{prefix} ").get(one.column)
    value = tuple(told or ()) if field in ("unknown", "totals", "among", "one") else told
    steps.go(draft.answered(one.column, **{field: value}), "columns")


def _values(draft: Draft, one: Proposal, field: str, values: Sequence[str], asks: str) -> None:
    """Values of which a person says which ones they are."""
    if values:
        st.pills(
            asks,
            list(values),
            selection_mode="multi",
            default=[value for value in getattr(draft.said(one.column), field) if value in values],
            key=f"{field} {one.column}",
            on_change=_kept,
            args=(draft, one, field, field),
        )


def _likenesses(draft: Draft, one: Proposal) -> None:
    """Names of groups that are probably one: counted as one where a person says so."""
    for number, likeness in enumerate(one.alike):
        st.checkbox(
            f"{plain(likeness.says)} Count them as “{plain(likeness.keep)}”",
            value=likeness.says in draft.said(one.column).one,
            key=f"alike {number} {one.column}",
            on_change=_merged,
            args=(draft, one, number),
        )


def _merged(draft: Draft, one: Proposal, number: int) -> None:
    draft = draft.latest()
    says = one.alike[number].says
    others = [kept for kept in draft.said(one.column).one if kept != says]
    ticked = session.inputs(f"alike {number} ").get(one.column)
    steps.go(draft.answered(one.column, one=(*others, says) if ticked else others), "columns")


def _reading(draft: Draft, one: Proposal) -> None:
    if not one.ways:
        return
    ways = {way.read_as: opened(way.says) for way in one.ways} | {TEXT: "I do not know"}
    held = draft.said(one.column).read_as
    st.radio(
        f"How is “{one.column}” to be read?",
        list(ways),
        index=list(ways).index(held) if held in ways else None,
        format_func=lambda way: ways[way],
        key=f"read {one.column}",
        on_change=_kept,
        args=(draft, one, "read_as", "read"),
    )


def reading_open(draft: Draft, one: Proposal) -> bool:
    """Whether nobody has said yet how a column that is used is to be read."""
    chosen = one.meaning is Meaning.OTHER and one.because == YOU_SAID
    used = one.meaning not in NOT_READ or chosen
    return bool(one.ways) and used and not draft.said(one.column).read_as


def _list(draft: Draft, one: Proposal) -> None:
    """Which values mean “on the list”, where a column holds other words than yes and no."""
    if one.values and not _yes_and_no(one):
        asks = f"Which values of “{one.column}” mean that somebody is on the list?"
        _values(draft, one, "among", one.values, asks)


def list_open(draft: Draft, one: Proposal) -> bool:
    """Whether nobody has said yet which values mean “on the list”."""
    asked = one.meaning is Meaning.TARGETED and asks(draft.proposals, one)
    return asked and not draft.said(one.column).among


def _yes_and_no(one: Proposal) -> bool:
    return all(value.casefold() in (*YES, *NO) for value in one.values)


def asks(columns: Sequence[Proposal], one: Proposal) -> bool:
    """Whether the values of a column leave something to be said, however clear its meaning is."""
    match one.meaning:
        case Meaning.TARGETED:
            return bool(one.values) and not _yes_and_no(one)
        case Meaning.PERMISSION:
            return bool(_strange_answers(columns, one))
        case Meaning.ATTRIBUTE:
            return bool(_codes(one))
        case _:
            return False


def _answers(draft: Draft, one: Proposal) -> None:
    """What each word of a permission means, where it is not known."""
    for value in _strange_answers(draft.proposals, one):
        held = draft.said(one.column).said.get(value, "")
        st.selectbox(
            f"“{value}” in “{one.column}”",
            list(SAID),
            index=list(SAID).index(held),
            format_func=lambda status: SAID[status],
            key=f"said {value} {one.column}",
            on_change=_by_value,
            args=(draft, one, "said", value),
        )


def _strange_answers(columns: Sequence[Proposal], one: Proposal) -> list[str]:
    """Words that are neither a yes nor a no that Candor or the tool of the export knows."""
    known = {word for name in STATUSES for word in Permission.model_fields[name].default}
    found = layouts.recognised(c.column for c in columns)
    for words in found.layout.words.values() if found else ():
        known |= {word.casefold() for said in words.model_dump().values() for word in said}
    return [v for v in one.values if v and v.casefold() not in known and v not in one.missing]


def _names(draft: Draft, one: Proposal) -> None:
    """Groups that are numbers say nothing to a reader: each can be given its name."""
    codes = _codes(one)
    if not codes:
        return
    st.markdown(
        f"The groups are called {joined(codes)}. What do these numbers stand for? "
        "Leave it empty where you do not know."
    )
    with st.grid(3, min_column_width=180):
        for code in codes:
            st.text_input(
                f"{code} stands for",
                value=draft.said(one.column).names.get(code, ""),
                max_chars=40,
                key=f"names {code} {one.column}",
                on_change=_by_value,
                args=(draft, one, "names", code),
            )


def _codes(one: Proposal) -> list[str]:
    """The values of a column whose groups are a few numbers, rows that sum up others aside."""
    values = [value for value in one.values if value not in one.totals]
    codes = [value for value in values if value.isdigit()]
    return codes if len(codes) == len(values) <= CODES else []


def _by_value(draft: Draft, one: Proposal, field: str, value: str) -> None:
    draft = draft.latest()
    told = str(session.inputs(f"{field} {value} ").get(one.column) or "").strip()
    held = getattr(draft.said(one.column), field)
    rest = {name: kept for name, kept in held.items() if name != value}
    answer = {**rest, value: told} if told else rest
    steps.go(draft.answered(one.column, **{field: answer}), "columns")
