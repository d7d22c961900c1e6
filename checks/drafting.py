"""From confirmed columns and a few facts to a campaign file, for those who open no editor."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checks.intake.propose import Meaning, Proposal

BANDS = (18, 25, 35, 45, 55, 65)
"""Lower ends of the age bands that are proposed."""


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


def campaign(
    columns: Iterable[Proposal],
    facts: Facts,
    people: str,
    refused: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The campaign file that these meanings and facts make, as data.

    `people` names the people file; `refused` is the section of a do-not-contact file.
    """
    chosen = [one for one in columns if one.meaning not in (Meaning.LEAVE_OUT, Meaning.UNKNOWN)]
    told: dict[str, Any] = {
        "id": facts.id,
        "name": facts.name,
        "owner": facts.owner,
        "launch": facts.launch,
        "sector": facts.sector,
        "effect": facts.effect,
    }
    if facts.regions:
        told["regions"] = list(facts.regions)
    told["people"] = {"file": people, **_people(chosen, facts)}
    if channels := _channels(chosen, facts):
        told["channels"] = channels
    if refused:
        told["suppression"] = dict(refused)
    elif suppressed := _first(chosen, Meaning.SUPPRESSED):
        told["suppression"] = {"column": suppressed}
    if contacts := _contacts(chosen):
        told["contacts"] = contacts
    return told


def _people(chosen: Sequence[Proposal], facts: Facts) -> dict[str, Any]:
    attributes: dict[str, Any] = {}
    for one in chosen:
        if one.meaning in (Meaning.AGE, Meaning.BIRTH_YEAR, Meaning.BIRTH_DATE):
            attributes["age"] = {
                "column": one.column,
                "as": one.meaning.value,
                "bands": list(BANDS),
            }
        elif one.meaning is Meaning.ATTRIBUTE:
            attributes[_plain(one.column)] = one.column
    quasi = [one.column for one in chosen if one.meaning is Meaning.QUASI]
    people: dict[str, Any] = {
        name: column
        for name in ("key", "targeted", "segment", "weight", "language")
        if (column := _first(chosen, Meaning(name)))
    }
    if facts.complete:
        people["complete"] = True
    if attributes:
        people["attributes"] = attributes
    if quasi:
        people["quasi_identifiers"] = [*attributes, *quasi]
    return people


def _channels(chosen: Sequence[Proposal], facts: Facts) -> dict[str, Any]:
    channels: dict[str, Any] = {}
    for name, basis in facts.channels.items():
        columns = {
            part: column
            for part, meaning in (
                ("status", Meaning.PERMISSION),
                ("given", Meaning.GIVEN),
                ("proof", Meaning.PROOF),
                ("wording", Meaning.WORDING),
            )
            if (column := _first(chosen, meaning, name))
        }
        channels[name] = {"basis": basis}
        if "status" in columns:
            channels[name]["permission"] = columns
    return channels


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


def message() -> str:
    """What to ask a data team for, in words that can be sent as they are."""
    return (
        "For the ethics review I need one file (CSV or Parquet):\n\n"
        "- one row a person, and everyone who could have been chosen, not only the list\n"
        "- a column that says who is on the list (true or false)\n"
        "- the internal number instead of names; no names, addresses or free text\n"
        "- what each person said about each channel (granted, denied, withdrawn, objected), the\n"
        "  day they said it, and a reference to the proof\n"
        "- the groups by which people may be treated differently, as far as we hold them:\n"
        "  year of birth, gender, area\n"
        "- the part of the list each person belongs to, if there are several messages\n"
        "- how many emails each person got in the last 7 days, and contacts in the last 30\n\n"
        "And, if there is one, the do-not-contact list with the same internal number.\n"
    )
