"""From a campaign file to an open review: run the checks with progress, store what they said."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st
import yaml

from checks import drafting, places
from checks.intake.mapping import SIDES
from checks.intake.propose import Meaning, propose
from checks.intake.survey import survey
from checks.reading import read_campaign
from checks.refusal import Refused
from checks.run import run_campaign
from dashboard import notices, session, waiting, words
from dashboard.draft import Draft
from review.desk import NotTaken
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


def what_to_ask_for() -> str:
    """The message to a data team."""
    return drafting.message()


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


def start(draft: Draft, facts: drafting.Facts) -> str | None:
    """Make a draft a campaign of this installation and look at it; its id, or None.

    Raises `Refused` when the files and the facts do not fit together; nothing is kept then.
    """
    folder = places.campaigns() / facts.id
    folder.mkdir(parents=True)
    try:
        shutil.copy(draft.people_file, folder)
        file = folder / "campaign.yaml"
        write(
            file,
            drafting.campaign(
                draft.proposals, facts, draft.people_file.name, _refused(draft, folder)
            ),
        )
        one = Known(id=facts.id, name=facts.name, owner=facts.owner, about="", file=file)
        read_campaign(file)
        looked = look(one)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if not looked:
        shutil.rmtree(folder, ignore_errors=True)
        return None
    keep_only_the_snapshot(file, facts.id)
    known.clear()
    return facts.id


def _refused(draft: Draft, folder: Path) -> dict[str, str] | None:
    """The section for the do-not-contact file, which it copies."""
    if not draft.refused:
        return None
    shutil.copy(draft.refused_file, folder)
    columns = propose(survey(draft.refused_file, draft.refused))
    key = next((one.column for one in columns if one.meaning is Meaning.KEY), columns[0].column)
    return {"file": draft.refused_file.name, "key": key}


def keep_only_the_snapshot(file: Path, review: str) -> None:
    """Let the campaign name its snapshot, and delete the raw files it was read from."""
    run = session.desk().review(review).run
    if run is None:
        return
    told = as_told(file)
    for part in ("people", *SIDES):
        section = told.get(part)
        if isinstance(section, Mapping) and "file" in section:
            (file.parent / str(section["file"])).unlink()
            rest = {name: value for name, value in section.items() if name != "file"}
            told[part] = {"snapshot": run.snapshot, **rest}
    write(file, told)


def as_told(file: Path) -> dict[str, Any]:
    """A campaign file as plain data: what it says, and nothing that it leaves out."""
    return read_campaign(file).model_dump(mode="json", by_alias=True, exclude_unset=True)


def write(file: Path, told: Mapping[str, object]) -> None:
    """Write a campaign file."""
    text = yaml.safe_dump(dict(told), sort_keys=False, allow_unicode=True)
    file.write_text(text, encoding="utf-8")
