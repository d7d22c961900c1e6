"""From a draft to a campaign: read what was brought, put together what was said, look at it."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from checks import places
from checks.campaign.reading import read_campaign
from checks.drafts import carrying, drafting, gathering
from checks.drafts.drafting import Facts
from checks.intake import inbox, packing, roles
from checks.intake.propose import Meaning, Proposal, propose
from checks.intake.survey import surveyed
from checks.lists import proofs
from checks.refusal import Problem, Refused
from dashboard import bringing, opening, session
from dashboard.draft import Answers, Brought, Draft
from dashboard.opening import Known

TEXT = "text"
"""The reading of a column of which nobody knows how to read it."""
STATUSES = ("granted", "denied", "withdrawn", "objected")


def read(draft: Draft) -> tuple[tuple[Brought, ...], tuple[Problem, ...]]:
    """Look over every file that nobody has looked at yet, and say what each is taken for.

    Files that cannot be read are not among them; why not is told of each.
    """
    brought: list[Brought] = []
    problems: list[Problem] = []
    for one in draft.files:
        try:
            parts_of = _unpacked(draft, one)
        except Refused as refusal:
            problems.extend(refusal.problems)
            continue
        for part in parts_of:
            try:
                brought.append(_looked_over(draft, part))
            except Refused as refusal:
                problems.extend(refusal.problems)
    parts = roles.parts({one.stored: one.columns for one in brought}) if brought else {}
    known = {one.stored for one in draft.files if one.columns}
    told = (one if one.stored in known else replace(one, part=parts[one.stored]) for one in brought)
    return tuple(told), tuple(problems)


def _unpacked(draft: Draft, one: Brought) -> tuple[Brought, ...]:
    """A file, or the files in a packed one that holds several, each by itself."""
    if Path(one.stored).suffix != ".zip" or one.columns:
        return (one,)
    if packing.held(place(draft, one), one.name) == 1:
        return (one,)
    draft.folder.mkdir(parents=True, exist_ok=True)
    parts = packing.unpacked(place(draft, one), one.name, draft.folder)
    laid: list[str] = []
    for part in parts:
        laid.append(draft.place_for(part.name, laid))
        part.file.rename(draft.folder / laid[-1])
    return tuple(
        Brought(name=part.name, stored=stored) for part, stored in zip(parts, laid, strict=True)
    )


def _looked_over(draft: Draft, one: Brought) -> Brought:
    if one.columns:
        return one
    looked = surveyed(place(draft, one), one.name)
    columns = propose(looked.columns, date.fromisoformat(draft.launch))
    if draft.earlier and (known := opening.known().get(draft.earlier)):
        columns = carrying.carried(columns, read_campaign(known.file))
    rows = looked.columns[0].rows if looked.columns else 0
    return replace(one, columns=columns, rows=rows, repairs=looked.repairs)


def place(draft: Draft, one: Brought) -> Path:
    """Where the bytes of a file lie."""
    if inbox.asked(one.stored):
        return inbox.folder(one.name) / inbox.plain(one.stored)
    return draft.folder / one.stored


def taken_from_inbox(name: str) -> tuple[Brought, ...]:
    """What lies in the inbox under this name: a file, or the files of a folder."""
    home = inbox.folder(name)
    if name not in {one.name for one in inbox.waiting()}:
        return ()
    here = home / name
    files = sorted(one for one in here.iterdir() if one.is_file()) if here.is_dir() else [here]
    shown = [one.relative_to(home).as_posix() for one in files if not one.name.startswith(".")]
    return tuple(Brought(name=one, stored=f"{inbox.PREFIX}{one}") for one in shown)


def facts(draft: Draft) -> Facts:
    """What was told, as the facts that a campaign file is made of."""
    used = {
        one.column: draft.said(one.column)
        for one in draft.proposals
        if one.meaning not in drafting.NOT_USED
    }
    targeted = next((c.column for c in draft.proposals if c.meaning is Meaning.TARGETED), "")
    told = dict(draft.facts)
    return Facts(
        id=draft.id,
        name=draft.name,
        owner=draft.owner,
        launch=draft.launch,
        missing_in={column: said.unknown for column, said in used.items() if said.unknown},
        totals={
            c.column: list(said.totals)
            for c in draft.proposals
            if (said := draft.said(c.column)).totals
        },
        same={c.column: kept for c in draft.proposals if (kept := _same(c, draft.said(c.column)))},
        read_as={c: said.read_as for c, said in used.items() if said.read_as not in (None, TEXT)},
        among=draft.said(targeted).among,
        said={column: _by_status(said.said) for column, said in used.items() if said.said},
        **{**told, "regions": tuple(told["regions"])},
    )


def _same(one: Proposal, said: Answers) -> dict[str, list[str]]:
    """By the word that is kept, the others: likenesses that were confirmed, and names of codes.

    A word that is a slip for another goes with it, and so do its other spellings.
    """
    kept = {other: a.keep for a in one.alike if a.says in said.one for other in a.others}
    kept |= {code: name for code, name in said.names.items() if name.strip()}
    same: dict[str, list[str]] = defaultdict(list)
    for other, keep in kept.items():
        same[kept.get(keep, keep)].append(other)
    return dict(same)


def _by_status(said: Mapping[str, str]) -> dict[str, list[str]]:
    return {status: [v for v, as_ in said.items() if as_ == status] for status in STATUSES}


def start(draft: Draft) -> str | None:
    """Make a draft a campaign of this installation and look at it; its id, or None.

    It is looked at where the draft lies, and moved once it stands on record, so that what is
    stopped or refused leaves the draft as it was. Raises `Refused` where files and facts do not
    fit together.
    """
    file = _written(draft)
    _shelve(draft)
    one = Known(id=draft.id, name=draft.name, owner=draft.owner, about="", file=file)
    if not opening.look(one, on_stop=lambda: draft.now(looking=False)):
        draft.now(looking=False)
        return None
    opening.keep_only_the_snapshot(file, draft.id)
    folder = places.campaigns() / draft.id
    folder.mkdir(parents=True, exist_ok=True)
    for kept in ("campaign.yaml", draft.notice):
        if kept:
            shutil.move(draft.folder / kept, folder / kept)
    draft.forget()
    opening.known.clear()
    return draft.id


def _written(draft: Draft) -> Path:
    """The campaign file of a draft, beside its files; raises `Refused` where it is not sound."""
    parts = {one.stored: one.part for one in draft.files}
    files = {one.stored: one.columns for one in draft.files}
    told = gathering.gathered(files, facts(draft), parts)
    if draft.notice:
        told["notice"] = {"file": draft.notice}
    for one in draft.drawn:
        if read := draft.read.get(one.channel):
            told["channels"][one.channel]["read_by_hand"] = {"seed": one.seed, **read}
    file = draft.folder / "campaign.yaml"
    opening.write(file, told)
    read_campaign(file)
    return file


def draw(draft: Draft) -> Draft:
    """Draw whose proofs to look up; the people are taken in beside the draft, and go with it.

    Raises `Refused` where files and facts do not fit together.
    """
    drawn = proofs.proofs_of_file(_written(draft), places.policy_file(), draft.folder)
    return draft.latest().now(drawn=drawn)


def _shelve(draft: Draft) -> None:
    """Do not take the people in twice: where it was done to draw among them, it stands."""
    places.snapshots().mkdir(parents=True, exist_ok=True)
    for made in (draft.folder / "snapshots").glob("*"):
        if not (places.snapshots() / made.name).exists():
            shutil.move(made, places.snapshots() / made.name)


def an_id(draft: Draft) -> str:
    """An id for the campaign of a draft, that no other has."""
    taken = [*opening.known(), *(one.id for one in session.desk().reviews())]
    return drafting.slug(draft.name, taken)


def kept_notice(draft: Draft, name: str, content: bytes) -> Draft:
    """Keep a copy of the privacy notice."""
    stored = bringing.notice_file(name)
    draft.folder.mkdir(parents=True, exist_ok=True)
    (draft.folder / stored).write_bytes(content)
    return draft.now(notice=stored)
