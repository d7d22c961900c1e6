"""From confirmed columns and a few facts to a campaign file, for those who open no editor."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from checks.campaign import People
from checks.campaign.data import Permission
from checks.intake import layouts
from checks.intake.layouts import Layout
from checks.intake.propose import WITH_CHANNEL, Meaning, Proposal

BANDS = (18, 25, 35, 45, 55, 65)
"""Lower ends of the age bands that are proposed."""
NOT_USED = (Meaning.LEAVE_OUT, Meaning.UNKNOWN)


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """The few facts that no file can tell."""

    id: str
    name: str
    owner: str
    launch: str
    sector: str
    effect: str
    regions: tuple[str, ...]
    channels: Mapping[str, str]
    """Channel → basis."""
    complete: bool
    missing: tuple[str, ...] = ()
    """Words that a person confirmed to mean "not known"."""
    missing_in: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The same by column, where a value means it in one column only."""
    same: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    """By column and word that is kept: the words that a person said mean the same."""
    totals: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By column, the values of rows that a person said sum up others."""
    read_as: Mapping[str, str] = field(default_factory=dict)
    """By column, the reading that a person chose."""
    among: Sequence[str] = ()
    """Values of the list's column that mean "on the list", where it holds more than yes and no."""
    stage: str = "targeted"
    """What the list's column tells: who was chosen, who was reached, who answered."""
    said: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    """By column of permissions: granted, denied, withdrawn, objected → words that mean it."""
    purposes: Mapping[str, str] = field(default_factory=dict)
    """Channel → the purpose that a yes must name, where files name purposes."""
    profiling: bool = False
    """Whether messages are made for each person by what is known about them."""


Section = dict[str, Any]
"""A section of a campaign file, as data."""
Named = str | list[str] | dict[str, str]
"""One file, the parts of one table, or each file under its label."""


def campaign(
    columns: Iterable[Proposal],
    facts: Facts,
    people: Named,
    *,
    beside: Mapping[str, Section] | None = None,
    labelled: str = "",
) -> Section:
    """The campaign file that these meanings and facts make, as data.

    `people` names the people file, or several, or each under the label that stands for its rows;
    then `labelled` is the column that the labels make, which holds what people said by email.
    `beside` are the sections of other files by role. A known layout adds its words and its clock.
    """
    told_columns = tuple(columns)
    known = layouts.recognised(one.column for one in told_columns)
    layout = known.layout if known and known.layout.role == "people" else None
    chosen = [_about(one, layout) for one in told_columns if one.meaning not in NOT_USED]
    told = _head(facts, layout)
    told["people"] = {"file": people, **_people(chosen, facts, layout, labelled)}
    sides = beside or {}
    if channels := _channels(chosen, facts, layout, labelled):
        told["channels"] = channels
    if suppressed := _first(chosen, Meaning.SUPPRESSED):
        told |= _suppression(suppressed, channels, by_file="suppression" in sides)
    if contacts := _contacts(chosen):
        told["contacts"] = contacts
    return {**told, **sides}


def _head(facts: Facts, layout: Layout | None) -> Section:
    """What is said of the whole campaign."""
    named = ("id", "name", "owner", "launch", "sector", "effect")
    head: Section = {name: getattr(facts, name) for name in named}
    if facts.regions:
        head["regions"] = list(facts.regions)
    if layout and layout.time_zone:
        head["time_zone"] = layout.time_zone
    return head


def _suppression(column: str, channels: Section, *, by_file: bool) -> Section:
    """A column that says no; beside a file that does too, each channel is told: neither is lost."""
    if not by_file:
        return {"suppression": {"column": column}}
    for channel in channels.values():
        channel["refused"] = [*channel.get("refused", ()), column]
    return {}


def _people(
    chosen: Sequence[Proposal], facts: Facts, layout: Layout | None, labelled: str
) -> Section:
    attributes = _attributes(chosen)
    quasi = [one.column for one in chosen if one.meaning is Meaning.QUASI]
    people: Section = {
        name: column
        for name in ("key", "targeted", "segment", "weight", "language")
        if (column := _first(chosen, Meaning(name)))
    }
    _listed(people, chosen, facts)
    if labelled:
        people["file_as"] = labelled
    if layout:
        people |= layout.people
    if facts.complete:
        people["complete"] = True
    if attributes:
        people["attributes"] = attributes
    if quasi:
        people["quasi_identifiers"] = [*attributes, *quasi]
    named = {one.column for one in chosen}
    totals = {"totals": dict(facts.totals)} if facts.totals else {}
    return people | totals | _as_said(facts, named) | _missing(facts, layout, named)


def _attributes(chosen: Sequence[Proposal]) -> Section:
    attributes: Section = {}
    for one in chosen:
        if one.meaning in (Meaning.AGE, Meaning.BIRTH_YEAR, Meaning.BIRTH_DATE):
            how = one.meaning.value
            attributes["age"] = {"column": one.column, "as": how, "bands": list(BANDS)}
        elif one.meaning is Meaning.ATTRIBUTE:
            attributes[_plain(one.column)] = one.column
    return attributes


def _as_said(facts: Facts, named: Collection[str]) -> Section:
    """What a person said about the values of columns that are used."""
    told = {"same": facts.same, "read_as": facts.read_as}
    return {
        part: kept
        for part, by_column in told.items()
        if (kept := {column: said for column, said in by_column.items() if column in named})
    }


def _listed(people: Section, chosen: Sequence[Proposal], facts: Facts) -> None:
    """Who is on the list, where a column does not say so by yes and no; and what it tells."""
    if counted := _first(chosen, Meaning.LISTED):
        people["targeted"] = {"count": counted}
    elif facts.among and (column := people.get("targeted")):
        people["targeted"] = {"column": column, "among": list(facts.among)}
        if len(facts.among) > 1:
            people.setdefault("segment", column)
    if facts.stage != "targeted":
        people["stage"] = facts.stage


def _missing(facts: Facts, layout: Layout | None, named: Collection[str]) -> Section:
    """The words for "not known": of everybody, of the layout, and those a person confirmed."""
    told: Section = {}
    words = [*(layout.missing if layout else ()), *facts.missing]
    if words:
        told["missing"] = list(dict.fromkeys([*People().missing, *words]))
    by_column = {c: list(words) for c, words in facts.missing_in.items() if c in named}
    if by_column:
        told["missing_in"] = by_column
    return told


def _channels(
    chosen: Sequence[Proposal], facts: Facts, layout: Layout | None, labelled: str
) -> Section:
    channels: Section = {}
    for name, basis in facts.channels.items():
        columns: Section = {
            part: column
            for part, meaning in (
                ("status", Meaning.PERMISSION),
                ("given", Meaning.GIVEN),
                ("withdrawn_at", Meaning.WITHDRAWN_AT),
                ("proof", Meaning.PROOF),
                ("wording", Meaning.WORDING),
            )
            if (column := _first(chosen, meaning, name))
        }
        if labelled and name == "email":
            columns = {"status": labelled, **columns}
        channels[name] = {"basis": basis}
        if purpose := facts.purposes.get(name):
            channels[name]["purpose"] = purpose
        if "status" in columns:
            words = _words(columns["status"], name, layout, labelled)
            channels[name]["permission"] = columns | (words or _told(columns["status"], facts))
        refused = [
            one.column
            for one in chosen
            if one.meaning is Meaning.REFUSED and one.channel in (None, name)
        ]
        if refused:
            channels[name]["refused"] = refused
    return channels


def _words(status: str, channel: str, layout: Layout | None, labelled: str) -> Section:
    """The words of a layout, for a status that the layout itself knows."""
    if layout is None:
        return {}
    taken = layout.taken(status)
    words = {str(name): one for name, one in layout.words.items()}.get(channel)
    if words is None or not (status == labelled or (taken and taken.means == "permission")):
        return {}
    return {name: list(said) for name, said in words.model_dump().items()}


def _told(status: str, facts: Facts) -> Section:
    """What a person said the words of a column mean, beside those that are known anyway."""
    said = facts.said.get(status) or {}
    taken = {word.casefold() for words in said.values() for word in words}
    known = {
        name: [word for word in Permission.model_fields[name].default if word not in taken]
        for name in ("granted", "denied", "withdrawn", "objected")
    }
    return {name: [*known[name], *said.get(name, ())] for name in known} if taken else {}


def _about(one: Proposal, layout: Layout | None) -> Proposal:
    """A column with its channel: where nobody named one, the one that its layout names."""
    taken = layout.taken(one.column) if layout else None
    if one.channel or one.meaning not in WITH_CHANNEL or not taken:
        return one
    return replace(one, channel=taken.channel)


def _contacts(chosen: Sequence[Proposal]) -> dict[str, str]:
    wanted = (("email_7d", Meaning.EMAILS_7D), ("total_30d", Meaning.CONTACTS_30D))
    return {name: column for name, one in wanted if (column := _first(chosen, one))}


def _first(chosen: Sequence[Proposal], meaning: Meaning, channel: str | None = None) -> str | None:
    for one in chosen:
        if one.meaning is meaning and (channel is None or one.channel == channel):
            return one.column
    return None


def _plain(column: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", column.lower()).strip("_") or "group"


def slug(name: str, taken: Iterable[str] = ()) -> str:
    """An id in plain letters for a campaign's name; ``-2`` and so on where it is taken.

    >>> slug("Spring savings!"), slug("Été", taken=["ete"])
    ('spring-savings', 'ete-2')
    """
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:56].strip("-") or "campaign"
    used, number, result = set(taken), 1, plain
    while result in used:
        number += 1
        result = f"{plain}-{number}"
    return result
