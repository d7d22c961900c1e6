"""A few facts that no file can tell; then the campaign is looked at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import streamlit as st

from checks.campaign.reading import read_campaign
from checks.drafts import carrying
from checks.intake.propose import CHANNELS, Meaning, words
from checks.refusal import Refused
from dashboard import bringing, notices, opening, session, starting, steps
from dashboard.draft import Draft
from dashboard.looks import joined

TITLE = "Start: a few facts"
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
    "not_sure": "not sure: it is judged both ways",
}
BASES = {
    "consent": "they said yes (consent)",
    "soft_opt_in": "they bought something similar (soft opt-in)",
    "legitimate_interest": "our interest outweighs theirs (legitimate interest)",
    "contract": "a contract",
}
STAGES = {
    "targeted": "was chosen",
    "delivered": "was reached",
    "responded": "answered",
}
REGION = re.compile(r"[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?")


def show(draft: Draft) -> None:
    """Ask for the facts, and look at the campaign once they are there."""
    told = draft.facts or _of_earlier(draft)
    named = {one.channel for one in draft.proposals if one.channel}
    with st.form("start facts", border=False):
        _about(told)
        _reached(told, [one for one in CHANNELS if one in named])
        _list(draft, told)
        st.file_uploader(
            "The privacy notice they were given, as text or Markdown, if there is one",
            type=[*bringing.NOTICES],
            key="start notice",
            max_upload_size=2,
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.form_submit_button("Look at it", type="primary", on_click=_told, args=(draft,))
            if any(one.meaning is Meaning.PERMISSION for one in draft.proposals):
                st.form_submit_button(
                    "Look some proofs up first",
                    help="Some people with a yes are drawn. You look up where they gave it.",
                    on_click=_proofs,
                    args=(draft,),
                )
    finish(draft)


def _of_earlier(draft: Draft) -> dict[str, Any]:
    """The facts of the campaign that this one starts from."""
    known = opening.known().get(draft.earlier)
    return carrying.facts(read_campaign(known.file)) if known else {}


def _about(told: dict[str, Any] | Any) -> None:  # noqa: ANN401 — plain data
    st.radio(
        "Being on this list is …",
        list(EFFECTS),
        index=_place(EFFECTS, told.get("effect")),
        format_func=lambda effect: EFFECTS[effect],
        key="start effect",
    )
    st.selectbox(
        "Is it about one of these?",
        list(SECTORS),
        index=_place(SECTORS, told.get("sector")),
        format_func=lambda sector: SECTORS[sector],
        key="start sector",
        placeholder="Choose one",
    )
    st.text_input(
        "Where do these people live? Two-letter countries, with commas",
        value=", ".join(told.get("regions", ())),
        key="start regions",
        placeholder="DE, FR",
    )


def _reached(told: Any, named: list[str]) -> None:  # noqa: ANN401 — plain data
    channels = {name: basis for name, basis in told.get("channels", {}).items() if name in CHANNELS}
    st.multiselect(
        "How will they be reached?",
        list(CHANNELS),
        default=named or list(channels),
        format_func=lambda channel: channel.replace("_", " "),
        key="start channels",
    )
    st.selectbox(
        "Why may they be contacted?",
        list(BASES),
        index=_place(BASES, next(iter(channels.values()), "")) or 0,
        format_func=lambda basis: BASES[basis],
        key="start basis",
    )


def _list(draft: Draft, told: Any) -> None:  # noqa: ANN401 — plain data
    """What the column of the list tells, and whether everybody is in the file."""
    column = next((c.column for c in draft.proposals if c.meaning in _LISTS), None)
    if column is not None:
        st.selectbox(
            f"“{column}” says who …",
            list(STAGES),
            index=_place(STAGES, told.get("stage") or _stage(column)) or 0,
            format_func=lambda stage: STAGES[stage],
            key="start stage",
            help="Who answers depends on people too: a difference there is at most watched.",
        )
    st.checkbox(
        "The file holds everyone who could have been chosen",
        value=bool(told.get("complete")),
        key="start complete",
    )


_LISTS = (Meaning.TARGETED, Meaning.LISTED)
_ANSWERS = {"response", "responded", "clicks", "clicked", "visit", "opened", "converted"}
"""Words of a column that says who answered."""


def _stage(column: str) -> str:
    return "responded" if words(column) & _ANSWERS else "targeted"


def _place(options: dict[str, str], held: object) -> int | None:
    return list(options).index(str(held)) if held in options else None


def _told(draft: Draft) -> None:
    if told := _facts(draft):
        told.now(looking=True)


def _proofs(draft: Draft) -> None:
    if told := _facts(draft):
        steps.go(told, "proofs")


def _facts(draft: Draft) -> Draft | None:
    """The draft with the facts of the form, stored; None where some are missing."""
    draft = draft.latest()
    told = session.inputs("start ")
    if problem := _missing(told):
        session.say(problem, refused=True)
        return None
    if notice := told.get("notice"):
        draft = starting.kept_notice(draft, notice.name, notice.getvalue())
    facts = {
        "effect": told["effect"],
        "sector": told["sector"],
        "regions": [one.upper() for one in _regions(told)],
        "channels": dict.fromkeys(told["channels"], told["basis"]),
        "complete": bool(told.get("complete")),
        "stage": told.get("stage") or "targeted",
    }
    return draft.now(facts=facts, id=draft.id or starting.an_id(draft))


def _missing(told: Mapping[str, Any]) -> str:
    """What has still to be said, as a sentence; nothing where all is."""
    if not told.get("effect") or not told.get("sector"):
        return "Say what being on the list is, and what it is about."
    if strange := [f"“{one}”" for one in _regions(told) if not REGION.fullmatch(one)]:
        return (
            f"{joined(strange)}: write two letters a country, such as DE or FR, "
            "with a part of it behind them where it matters, such as US-CA."
        )
    return "" if told.get("channels") else "Say how they will be reached: choose at least one way."


def _regions(told: Mapping[str, Any]) -> list[str]:
    return [one.strip() for one in str(told.get("regions") or "").split(",") if one.strip()]


def finish(draft: Draft) -> None:
    """Where all is told, look at the campaign and go to the review; what does not fit is told."""
    if not draft.looking:
        return
    try:
        started = starting.start(draft)
    except Refused as refusal:
        draft.now(looking=False)
        notices.refused(refusal)
        return
    if started is not None:
        session.go("overview", review=started)
