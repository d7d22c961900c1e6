"""What the campaign states: what no file can tell, asked in words; and the campaign file itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from itertools import groupby
from typing import Any

import pandas as pd
import streamlit as st
import yaml

from checks.campaign.reading import read_text
from checks.phrases import spoken
from checks.refusal import Refused
from dashboard import (
    bringing,
    cards,
    entries,
    here,
    listing,
    notices,
    opening,
    revising,
    ruling,
    session,
    stating,
    table,
)
from dashboard.listing import Listed
from dashboard.opening import Known
from dashboard.stating import Fact, Kind
from dashboard.words import heading, plain
from review.record import Review

NOT_STATED = "not stated"
YES_OR_NO = {None: NOT_STATED, True: "yes", False: "no"}
LONGEST = 60_000
"""Characters of a campaign file that can be edited on a page."""


def page() -> None:
    """The facts a finding asks for, then all others, then the file behind them."""
    review = session.review()
    if table.none_chosen(review) or review is None:
        return
    with st.container(width=820):
        notices.show()
        st.title("What the campaign states", anchor=False)
        one = opening.known().get(review.id)
        if one is None:
            st.markdown("The campaign file of this review is not here any more.")
            return
        st.markdown(
            "Some things are in no file: the owner states them. The checks then look again, and "
            f"this becomes revision {review.revision + 1}. Files need not be brought again."
        )
        here.becomes_a_preparer("states something")
        _facts(review, one, opening.as_told(one.file))
        _file(review, one)
        cards.foot()


def _facts(review: Review, one: Known, told: dict[str, Any]) -> None:
    """A form: the facts that the finding in the address asks for come first."""
    found = review.finding(session.opened())
    check = found.check if found else ""
    wanted, lists = stating.facts(told, check), listing.lists(check)
    first = found is not None and bool(wanted or lists)
    with st.form(f"facts {review.revision}", border=False):
        if found and first:
            st.header("What this finding asks for", anchor=False)
            st.markdown(f"*{plain(heading(found.headline)[0])}* {plain(spoken(found.remedy))}")
            given = _stated(told, wanted, lists, unfolded=True)
            with st.expander("All other facts", type="compact"):
                others = [each for each in stating.facts(told) if each not in wanted]
                given |= _stated(told, others, [x for x in listing.lists() if x not in lists])
        else:
            st.header("What you can state", anchor=False)
            given = _stated(told, stating.facts(told), listing.lists())
        sent = st.form_submit_button("State it and look again", type="primary")
    if not sent:
        return
    try:
        new = stating.restated(told, given, stating.facts(told))
        for each in listing.lists():
            edited, none = given[_key(each)]
            new = entries.restated(new, each, edited, none=none)
        new, files = bringing.beside(new, given["notice.file"], given["creatives"])
    except Refused as refusal:
        notices.refused(refusal)
        return
    if _look(one, new, files):
        session.go("overview")


def _stated(
    told: Mapping[str, Any],
    facts: Sequence[Fact],
    lists: Sequence[Listed],
    *,
    unfolded: bool = False,
) -> dict[str, Any]:
    """What was given for each fact and each list, by its name."""
    given = _asked(told, facts, unfolded=unfolded)
    for one in lists:
        given[_key(one)] = _list(told, one, unfolded=unfolded)
    return given


def _key(one: Listed) -> str:
    return f"list {one.section}"


def _list(told: Mapping[str, Any], one: Listed, *, unfolded: bool) -> tuple[pd.DataFrame, bool]:
    """A list as a table to write in, and whether it is said that there is none."""
    held = entries.table(one, told)
    none = entries.said_none(one, told)
    named = len(told.get(one.section) or ())
    count = one.none if none else f"{named:,} named" if named else NOT_STATED
    with st.expander(f"{one.called}: {count}", expanded=unfolded):
        edited = st.data_editor(
            held,
            column_config=entries.columns(one, told),
            num_rows="dynamic",
            hide_index=True,
            placeholder=NOT_STATED,
            alt=one.called,
            key=_key(one),
        )
        st.caption("Write in the last row to add one.")
        return edited, st.checkbox(one.none, value=none, key=f"{_key(one)} none")


def _asked(told: Mapping[str, Any], every: Sequence[Fact], *, unfolded: bool) -> dict[str, Any]:
    """What was given for each fact, by its name; a topic that nobody asks for is folded."""
    given: dict[str, Any] = {}
    for topic, some in groupby(every, key=lambda one: one.topic):
        facts = [*some]
        with _topic(topic, _stated_of(told, facts), unfolded=unfolded):
            for one in facts:
                given[one.name] = WIDGETS[one.kind](one, stating.held(told, one))
    return given


def _topic(topic: str, stated: str, *, unfolded: bool) -> AbstractContextManager[Any]:
    if unfolded:
        st.subheader(topic, anchor=False)
        return st.container()
    return st.expander(f"{topic}: {stated}")


def _stated_of(told: Mapping[str, Any], facts: Sequence[Fact]) -> str:
    """How much of a topic is stated.

    >>> _stated_of({}, [])
    'not stated'
    """
    stated = sum(stating.held(told, one) not in (None, ("", False)) for one in facts)
    return f"{stated:,} of {len(facts):,} stated" if stated else NOT_STATED


def _yes_or_no(one: Fact, held: bool | None) -> bool | None:  # noqa: FBT001 — what is held
    return st.radio(
        plain(one.asks),
        list(YES_OR_NO),
        index=list(YES_OR_NO).index(held),
        format_func=lambda value: YES_OR_NO[value],
        horizontal=True,
        key=f"fact {one.name}",
    )


def _choice(one: Fact, held: str | None) -> str | None:
    among = dict(one.among or {})
    if held is not None:
        among.setdefault(held, str(held))  # what the file says is never lost by looking
    return st.selectbox(
        plain(one.asks),
        [None, *among],
        index=[None, *among].index(held),
        format_func=lambda value: among[value] if value else NOT_STATED,
        key=f"fact {one.name}",
    )


def _words(one: Fact, held: str | None) -> str | None:
    said = st.text_input(
        plain(one.asks),
        value=held or "",
        key=f"fact {one.name}",
        max_chars=2_000,
        placeholder=NOT_STATED,
    )
    return said.strip() or None


def _several(one: Fact, held: Sequence[str] | None) -> list[str] | None:
    """Some of what is offered, or any words; nothing chosen is not stated, unless it was."""
    among = dict(one.among or {})
    chosen = st.multiselect(
        plain(one.asks),
        list(dict.fromkeys([*among, *(held or ())])),
        default=list(held or ()),
        format_func=lambda value: among.get(value, value),
        key=f"fact {one.name}",
        placeholder=NOT_STATED,
        accept_new_options=one.among is None,
    )
    return chosen or ([] if held == [] else None)


def _count(one: Fact, held: int | None) -> int | None:
    most = max(99, held or 0)
    key = f"fact {one.name}"
    return st.number_input(plain(one.asks), 0, most, held, key=key, placeholder=NOT_STATED)


def _day(one: Fact, held: object) -> date | None:
    day = date.fromisoformat(str(held)) if held else None
    return st.date_input(plain(one.asks), value=day, key=f"fact {one.name}", format="YYYY-MM-DD")


def _rules(one: Fact, held: tuple[str, bool]) -> tuple[str, bool]:
    """The rules a line each, and whether it is said that there were none."""
    key = f"fact {one.name}"
    text = st.text_area(plain(one.asks), held[0], 110, key=key, placeholder=ruling.EXAMPLE)
    said = "No rule chose the people: nobody was kept off by a column"
    return text.strip(), st.checkbox(said, value=held[1], key=f"{key} none")


WIDGETS: Mapping[Kind, Callable[[Fact, Any], Any]] = {
    "yes or no": _yes_or_no,
    "choice": _choice,
    "several": _several,
    "words": _words,
    "document": _words,
    "day": _day,
    "count": _count,
    "rules": _rules,
    "file": bringing.notice,
    "files": bringing.messages,
}
"""By kind: what draws a fact with what is held, and returns what was given."""


def _file(review: Review, one: Known) -> None:
    """The campaign file as text, for what is not asked above."""
    st.header("In the campaign file", anchor=False)
    text = yaml.safe_dump(opening.as_told(one.file), sort_keys=False, allow_unicode=True)
    with (
        st.expander("All that is not asked above", type="compact"),
        st.form(f"file {review.revision}", border=False),
    ):
        st.markdown(
            "One section a topic, as in the words of *What to do*. A mistake is told with its "
            "place, and nothing is kept until the file is right."
        )
        said = st.text_area("The campaign file", text, height=420, max_chars=LONGEST)
        sent = st.form_submit_button("Look again with this file")
    if sent:
        try:
            told = opening.plain_data(read_text(said, "campaign.yaml"))
        except Refused as refusal:
            notices.refused(refusal)
            return
        if _look(one, told, {}):
            session.go("overview")


def _look(one: Known, told: Mapping[str, Any], files: Mapping[str, bytes]) -> bool:
    if told == opening.as_told(one.file) and not files:
        st.info("Nothing was stated that the campaign did not say before.", icon=":material/info:")
        return False
    if told.get("id") != one.id:
        st.error(
            f"The id must stay “{plain(one.id)}”: it names this review. Start a new review for "
            "another campaign.",
            icon=":material/block:",
        )
        return False
    return revising.restate(one, told, files)
