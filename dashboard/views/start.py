"""Start: name and day, files, what the columns mean, a few facts; one step at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

import streamlit as st

from checks import drafting, gathering
from checks.intake import packing, staging
from checks.intake.propose import CHANNELS, MEANINGS, Meaning, Proposal, propose
from checks.intake.survey import survey
from checks.refusal import Refused
from checks.registry import catalogue
from dashboard import draft as drafts
from dashboard import notices, opening, session
from dashboard.draft import Draft
from dashboard.looks import joined
from dashboard.sheet import opened
from dashboard.words import plain

TITLES = {
    "name": "Start: what is it called, and when does it go out?",
    "files": "Start: bring the files",
    "columns": "Start: what the columns mean",
    "facts": "Start: a few facts",
}
SECTORS = {
    "general": "none of these",
    "credit": "credit",
    "housing": "housing",
    "employment": "jobs",
    "insurance": "insurance",
    "education": "education",
    "health": "health",
    "political": "politics",
    "gambling": "gambling",
}
EFFECTS = {
    "opportunity": "something people may want",
    "burden": "something people may not want",
}
BASES = {
    "consent": "they said yes (consent)",
    "soft_opt_in": "they bought something similar (soft opt-in)",
    "legitimate_interest": "our interest outweighs theirs (legitimate interest)",
    "contract": "a contract",
}
KINDS = [one.removeprefix(".") for one in (*staging.KINDS, *packing.PACKED)]
"""Endings of files that intake can read."""
WITH_CHANNEL = (Meaning.PERMISSION, Meaning.GIVEN, Meaning.PROOF, Meaning.WORDING)
FEW = 5
"""So many columns that nothing is known of are asked about one by one; more are folded away."""
REGION = re.compile(r"[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?")
LARGEST = 400
"""Megabytes of one upload; larger files go by the command line."""


def page() -> None:
    """Show the step that the draft has come to."""
    draft = drafts.find(session.asked("draft")) or drafts.begin()
    number = drafts.STEPS.index(draft.step) + 1
    with st.container(width=820):
        st.markdown(f":small[Step {number} of {len(drafts.STEPS)}]")
        st.title(TITLES[draft.step], anchor=False)
        notices.show()
        STEPS[draft.step](draft)
        if number > 1:
            st.button(
                "Back one step", icon=":material/arrow_back:", type="tertiary",
                on_click=_store, args=(draft,), kwargs={"step": drafts.STEPS[number - 2]},
            )  # fmt: skip


def _store(draft: Draft, **changes: Any) -> None:  # noqa: ANN401 — fields of the draft
    session.point(draft=draft.now(**changes).token)


def _name(draft: Draft) -> None:
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
            key="start owner",
            help="A name or an address. The owner may explain, but cannot sign.",
        )
        st.form_submit_button("Next", type="primary", on_click=_named, args=(draft,))


def _named(draft: Draft) -> None:
    told = session.inputs("start ")
    name, owner = str(told.get("name") or "").strip(), str(told.get("owner") or "").strip()
    needed = {"a name": name, "a launch date": told.get("launch"), "an owner": owner}
    if missing := [what for what, given in needed.items() if not given]:
        verb = "is" if len(missing) == 1 else "are"
        session.say(f"{opened(joined(missing))} {verb} needed to go on.", refused=True)
        return
    _store(draft, name=name, owner=owner, launch=str(told["launch"]), step="files")


def _files(draft: Draft) -> None:
    st.markdown(
        "One row a person, and **everyone who could have been chosen**, not only the list. "
        "Files stay on this computer. Raw files are deleted once read. Names are not needed."
    )
    with st.form("start files", border=False):
        st.file_uploader(
            "The people (CSV, Excel, JSON Lines or Parquet, also packed)",
            type=KINDS,
            key="start people",
            max_upload_size=LARGEST,
        )
        st.file_uploader(
            "The do-not-contact list, if there is one",
            type=KINDS,
            key="start refused",
            max_upload_size=LARGEST,
        )
        if draft.columns:
            st.markdown(f"So far: **{plain(draft.people)}**. A new file takes its place.")
        st.form_submit_button(
            "Go on with it, or read the new one" if draft.columns else "Read them",
            type="primary",
            on_click=_brought,
            args=(draft,),
            wrap=True,
        )
    with st.expander("Ask your data team: a message to copy", type="compact"):
        st.code(drafting.message(), language=None, wrap_lines=True)


def _brought(draft: Draft) -> None:
    told = session.inputs("start ")
    people, refused = told.get("people"), told.get("refused")
    if people is None and refused is None and draft.columns:
        _store(draft, step="columns")
        return
    if people is None:
        session.say("Choose the file with the people first.", refused=True)
        return
    draft = draft.now(people=people.name, refused=refused.name if refused else "", columns=())
    draft.people_file.write_bytes(people.getbuffer())
    if refused:
        draft.refused_file.write_bytes(refused.getbuffer())
    try:
        looked = survey(draft.people_file, draft.people)
        columns = propose(looked, date.fromisoformat(draft.launch))
    except Refused as refusal:
        for problem in refusal.problems:
            session.say(str(problem), refused=True)
        _store(draft)
        return
    _store(draft, columns=tuple(asdict(one) for one in columns), step="columns")


def _columns(draft: Draft) -> None:
    strange = [one for one in draft.proposals if one.meaning is Meaning.OTHER and not one.doubts]
    if len(strange) <= FEW:
        strange = []
    known = [one for one in draft.proposals if one not in strange]
    unsure = [one for one in known if not one.sure or one.doubts]
    sure = [one for one in known if one not in unsure]
    for sentence in gathering.says({draft.people: draft.proposals}):
        st.markdown(plain(sentence))
    st.markdown(
        f"{_need(len(unsure), len(known))} "
        "*I do not know* leads to *cannot tell*, never to a guess."
    )
    _bare_list(draft)
    with st.form("start columns", border=False):
        for one in unsure:
            with st.container(border=True, gap="xsmall"):
                _column(one)
        with st.expander(_columns_that(len(sure), "is clear", "are clear"), type="compact"):
            for one in sure:
                _column(one)
        if strange:
            told = _columns_that(len(strange), "is not known here", "are not known here")
            with st.expander(f"{told}: not used, unless you say what it means", type="compact"):
                for one in strange:
                    _column(one)
        st.form_submit_button("These are right", type="primary", on_click=_meant, args=(draft,))


def _columns_that(count: int, one: str, many: str) -> str:
    return f"1 column {one}" if count == 1 else f"{count} columns {many}"


def _need(unsure: int, of: int) -> str:
    if not unsure:
        return f"All {of} columns are clear; look at them where you like."
    verb = "needs" if unsure == 1 else "need"
    return f"{unsure} of {of} columns {verb} your word."


def _bare_list(draft: Draft) -> None:
    """Say what a bare send list cannot answer."""
    if any(one.meaning is Meaning.TARGETED for one in draft.proposals):
        return
    need = sum(1 for one in catalogue() if "judging" in one.shared)
    st.warning(
        "No column says who is on the list. If this file has only the people who were chosen, "
        f"nobody can count who was left out: {need} checks will say *cannot tell*. "
        "You can ask for the rest, or go on.",
        icon=":material/question_mark:",
    )
    with st.expander("Ask for the rest: a message to copy", type="compact"):
        st.code(drafting.message(), language=None, wrap_lines=True)


def _column(one: Proposal) -> None:
    st.subheader(plain(one.column), anchor=False)
    st.markdown(f"{plain(one.looks)} Taken for *{MEANINGS[one.meaning]}*, because {one.because}.")
    for doubt in one.doubts:
        st.markdown(f":material/visibility: {plain(doubt)}")
    if one.missing:
        st.checkbox(
            f"Take {joined([f'“{value}”' for value in one.missing])} as not known",
            key=f"unknown {one.column}",
        )
    left, right = st.columns([3, 2])
    left.selectbox(
        f"What “{one.column}” means",
        list(MEANINGS),
        index=list(MEANINGS).index(one.meaning),
        format_func=lambda meaning: opened(MEANINGS[meaning]),
        key=f"column {one.column}",
    )
    if not one.sure or one.meaning in WITH_CHANNEL:
        right.selectbox(
            f"Channel of “{one.column}”",
            [None, *CHANNELS],
            index=[None, *CHANNELS].index(one.channel),
            format_func=lambda channel: channel.replace("_", " ") if channel else "no channel",
            key=f"channel {one.column}",
        )


def _meant(draft: Draft) -> None:
    meanings, channels = session.inputs("column "), session.inputs("channel ")
    told: list[dict[str, Any]] = []
    silent: list[str] = []
    for one in draft.columns:
        meaning = Meaning(meanings.get(one["column"]) or one["meaning"])
        channel = channels.get(one["column"]) if meaning in WITH_CHANNEL else None
        told.append({**one, "meaning": meaning.value, "channel": channel})
        if meaning in WITH_CHANNEL and channel is None:
            silent.append(f"“{one['column']}”")
    if silent:
        session.say(
            f"Say which channel {joined(silent)} is about. What you chose is kept.", refused=True
        )
        return
    unknown = session.inputs("unknown ")
    missing = {one.column: list(one.missing) for one in draft.proposals if unknown.get(one.column)}
    _store(draft, columns=tuple(told), missing=missing, step="facts")


def _facts(draft: Draft) -> None:
    named = {one.channel for one in draft.proposals if one.channel}
    with st.form("start facts", border=False):
        st.radio(
            "Being on this list is …",
            list(EFFECTS),
            index=None,
            format_func=lambda effect: EFFECTS[effect],
            key="start effect",
        )
        st.selectbox(
            "Is it about one of these?",
            list(SECTORS),
            index=None,
            format_func=lambda sector: SECTORS[sector],
            key="start sector",
            placeholder="Choose one",
        )
        st.text_input(
            "Where do these people live? Two-letter countries, with commas",
            key="start regions",
            placeholder="DE, FR",
        )
        st.multiselect(
            "How will they be reached?",
            list(CHANNELS),
            default=[one for one in CHANNELS if one in named],
            format_func=lambda channel: channel.replace("_", " "),
            key="start channels",
        )
        st.selectbox(
            "Why may they be contacted?",
            list(BASES),
            format_func=lambda basis: BASES[basis],
            key="start basis",
        )
        st.checkbox("The file holds everyone who could have been chosen", key="start complete")
        st.form_submit_button("Look at it", type="primary", on_click=_told, args=(draft,))
    if draft.facts:
        _finish(draft)


def _told(draft: Draft) -> None:
    told = session.inputs("start ")
    if not told.get("effect") or not told.get("sector"):
        session.say("Say what being on the list is, and what it is about.", refused=True)
        return
    regions = [one.strip() for one in str(told.get("regions") or "").split(",") if one.strip()]
    if strange := [f"“{one}”" for one in regions if not REGION.fullmatch(one)]:
        session.say(
            f"{joined(strange)}: write two letters a country, such as DE or FR, "
            "with a part of it behind them where it matters, such as US-CA.",
            refused=True,
        )
        return
    if not told.get("channels"):
        session.say("Say how they will be reached: choose at least one way.", refused=True)
        return
    _store(
        draft,
        facts={
            "effect": told["effect"],
            "sector": told["sector"],
            "regions": [one.upper() for one in regions],
            "channels": dict.fromkeys(told.get("channels") or (), told["basis"]),
            "complete": bool(told.get("complete")),
        },
    )


def _finish(draft: Draft) -> None:
    """Write the campaign file, run the checks, delete the raw files, go to the review."""
    known = opening.known()
    facts = drafting.Facts(
        id=drafting.slug(draft.name, [*known, *(one.id for one in session.desk().reviews())]),
        name=draft.name,
        owner=draft.owner,
        launch=draft.launch,
        missing_in=draft.missing,
        **{**draft.facts, "regions": tuple(draft.facts["regions"])},
    )
    try:
        started = opening.start(draft, facts)
    except Refused as refusal:
        draft.now(facts={})
        notices.refused(refusal)
        return
    if started is not None:
        draft.forget()
        session.go("overview", review=started)


STEPS: dict[str, Callable[[Draft], None]] = {
    "name": _name,
    "files": _files,
    "columns": _columns,
    "facts": _facts,
}
