"""From a campaign file to an open review: run the checks with progress, store what they said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st
import yaml

from checks import places
from checks.campaign import Campaign
from checks.campaign.reading import read_campaign
from checks.intake import inbox
from checks.intake.mapping import SIDES
from checks.refusal import Refused
from checks.runs.run import run_campaign
from dashboard import notices, session, waiting, words
from review.commands.desk import NotTaken
from review.record import Actor


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A campaign file that was found, whether or not anybody has looked at it."""

    id: str
    name: str
    owner: str
    about: str
    file: Path


@st.cache_data(ttl=20, max_entries=1, show_spinner=False)
def known() -> dict[str, Known]:
    """Every campaign file of the samples and of this installation, by id."""
    files = [
        *sorted(places.DATA.glob("campaigns/*/campaign.yaml")),
        *sorted(places.campaigns().glob("*/campaign.yaml")),
    ]
    found = {}
    for file in files:
        try:
            campaign = read_campaign(file)
        except Refused:
            continue
        about = f"The launch is on {words.day(campaign.launch)}. Owner: {campaign.owner}."
        found[campaign.id] = Known(
            id=campaign.id, name=campaign.name, owner=campaign.owner, about=about, file=file
        )
    return found


def open_campaign(one: Known) -> None:
    """Run the checks where nobody has yet, and go to the review."""
    try:
        session.desk().review(one.id)
    except KeyError:
        if not look(one):
            return
    session.go("overview", review=one.id)


def look(one: Known, by: Actor | None = None, on_stop: Callable[[], object] | None = None) -> bool:
    """Run every check with progress and put the run on record; tell why when it cannot be."""
    policy, signed = places.policy_file(), session.last_sign_off(one.id)
    try:
        run = waiting.wait_for(
            str(one.file), lambda: run_campaign(one.file, policy, signed), on_stop
        )
        who = by or session.actor() or session.SOMEBODY
        session.desk().record_run(run, by=who, now=session.now())
    except Refused as refusal:
        notices.refused(refusal)
        return False
    except NotTaken as refusal:
        st.error(words.plain(str(refusal)), icon=":material/block:")
        return False
    return True


def keep_only_the_snapshot(file: Path, review: str) -> None:
    """Let the campaign name its snapshot, and delete the raw files it was read from."""
    run = session.desk().review(review).run
    if run is None:
        return
    told = as_told(file)
    for part in ("people", *SIDES):
        section = told.get(part)
        if isinstance(section, Mapping) and "file" in section:
            _delete_raw(file.parent, section["file"])
            rest = {name: value for name, value in section.items() if name != "file"}
            told[part] = {"snapshot": run.snapshot, **rest}
    write(file, told)


def _delete_raw(folder: Path, named: object) -> None:
    """Delete the raw files of a section; what lies in the inbox is not ours, and stays."""
    names = list(named.values()) if isinstance(named, dict) else named
    for name in [names] if isinstance(names, str) else list(names or ()):  # type: ignore[call-overload]
        if not inbox.asked(str(name)):
            (folder / str(name)).unlink(missing_ok=True)


def as_told(file: Path) -> dict[str, Any]:
    """A campaign file as plain data: what it says, and nothing that it leaves out."""
    return plain_data(read_campaign(file))


def plain_data(campaign: Campaign) -> dict[str, Any]:
    """A campaign as plain data: what its file says, and nothing that it leaves out."""
    return campaign.model_dump(mode="json", by_alias=True, exclude_unset=True)


def write(file: Path, told: Mapping[str, object]) -> None:
    """Write a campaign file."""
    text = yaml.safe_dump(dict(told), sort_keys=False, allow_unicode=True)
    file.write_text(text, encoding="utf-8")
