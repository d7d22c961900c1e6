"""What the columns of a people file probably mean: proposed with a reason, for a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from checks import places
from checks.intake import layouts
from checks.intake.doubts import Alike, Extremes, impossible
from checks.intake.either import Way
from checks.intake.layouts import Layout, Recognised, Taken
from checks.intake.naming import NAMELESS, Naming
from checks.written import strict_yaml


class Meaning(StrEnum):
    """What a column can be taken for."""

    KEY = "key"
    TARGETED = "targeted"
    SEGMENT = "segment"
    WEIGHT = "weight"
    LISTED = "listed"
    AGE = "age"
    BIRTH_YEAR = "birth_year"
    BIRTH_DATE = "birth_date"
    ATTRIBUTE = "attribute"
    QUASI = "quasi"
    PERMISSION = "permission"
    GIVEN = "given"
    PROOF = "proof"
    WORDING = "wording"
    WITHDRAWN_AT = "withdrawn_at"
    REFUSED = "refused"
    SUPPRESSED = "suppressed"
    EMAILS_7D = "emails_7d"
    CONTACTS_30D = "contacts_30d"
    LANGUAGE = "language"
    OTHER = "other"
    LEAVE_OUT = "leave_out"
    UNKNOWN = "unknown"


MEANINGS: Mapping[Meaning, str] = {
    Meaning.KEY: "the number that tells people apart",
    Meaning.TARGETED: "who is on the list",
    Meaning.SEGMENT: "the part of the list",
    Meaning.WEIGHT: "how many people a row stands for",
    Meaning.LISTED: "how many of the row's people are on the list",
    Meaning.AGE: "age in years",
    Meaning.BIRTH_YEAR: "year of birth",
    Meaning.BIRTH_DATE: "date of birth",
    Meaning.ATTRIBUTE: "a group people belong to",
    Meaning.QUASI: "a fact that could point at a person",
    Meaning.PERMISSION: "what people said about a channel",
    Meaning.GIVEN: "when they said it",
    Meaning.PROOF: "where the proof of it is",
    Meaning.WORDING: "the words they agreed to",
    Meaning.WITHDRAWN_AT: "when they took it back",
    Meaning.REFUSED: "who said no to a channel",
    Meaning.SUPPRESSED: "who must not be contacted",
    Meaning.EMAILS_7D: "emails in the last 7 days",
    Meaning.CONTACTS_30D: "contacts in the last 30 days",
    Meaning.LANGUAGE: "the language people read",
    Meaning.OTHER: "something else",
    Meaning.LEAVE_OUT: "leave it out",
    Meaning.UNKNOWN: "I do not know",
}
"""Meanings as a person would say them, in the order they are offered."""

CHANNELS = ("email", "sms", "push", "live_call", "post")
_CHANNEL_WORDS = {
    "email": "email",
    "mail": "email",
    "sms": "sms",
    "text": "sms",
    "push": "push",
    "phone": "live_call",
    "call": "live_call",
    "post": "post",
    "letter": "post",
}
WITH_CHANNEL = (
    Meaning.PERMISSION,
    Meaning.GIVEN,
    Meaning.PROOF,
    Meaning.WORDING,
    Meaning.WITHDRAWN_AT,
    Meaning.REFUSED,
)
"""Meanings that are about one channel."""
ONCE = (
    Meaning.KEY,
    Meaning.TARGETED,
    Meaning.SEGMENT,
    Meaning.WEIGHT,
    Meaning.LISTED,
    Meaning.SUPPRESSED,
    Meaning.LANGUAGE,
)
"""Meanings that only one column can have."""


_SHOWN = 8
"""Values up to which a column is shown by all of them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """What a column of a file looks like, in counts."""

    name: str
    rows: int
    filled: int
    distinct: int
    values: tuple[tuple[str, int], ...]
    """The commonest values with their counts, at most twelve, for the intake desk only."""
    type: str
    """text, integer, number, day, time or bool."""
    doubts: tuple[str, ...] = ()
    """What its values make one doubt, a sentence each."""
    missing: tuple[str, ...] = ()
    """Values that seem to stand for "not known", as the file writes them."""
    totals: tuple[str, ...] = ()
    """Values of rows that seem to sum up others."""
    unread: tuple[str, ...] = ()
    """What is said of days and numbers in a form that is not read."""
    alike: tuple[Alike, ...] = ()
    """Names of groups that are probably one."""
    ways: tuple[Way, ...] = ()
    """How its days or numbers can be read, where there is more than one way."""
    extremes: Extremes | None = None
    """Of numbers: the ends, to ask whether they can be."""
    repairs: tuple[str, ...] = ()
    """What was mended while it was read, a sentence each."""
    naming: Naming = NAMELESS
    """By what it names people, where it does."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """What one column is taken for, and why."""

    column: str
    meaning: Meaning
    channel: str | None
    because: str
    sure: bool
    """Whether the name and the values agree, so that nobody needs to be asked."""
    looks: str
    """What the column looks like, as a sentence."""
    doubts: tuple[str, ...] = ()
    """What a person should look at before it is used, a sentence each."""
    missing: tuple[str, ...] = ()
    """Values that seem to stand for "not known", to be confirmed."""
    totals: tuple[str, ...] = ()
    """Values of rows that seem to sum up others, to be confirmed."""
    alike: tuple[Alike, ...] = ()
    """Names of groups that are probably one, to be confirmed."""
    ways: tuple[Way, ...] = ()
    """Readings of which a person has to choose one."""
    values: tuple[str, ...] = ()
    """Every value, the commonest first, where there are few."""
    naming: Naming = NAMELESS
    """By what it names people, where it does."""

    @property
    def every_doubt(self) -> tuple[str, ...]:
        """All that a person should look at, a sentence each."""
        read = " or ".join(one.says for one in self.ways)
        only = "nothing here tells which" if len(self.ways) > 1 else "they stay text unless you say"
        unread = (f"It can be read with {read}; {only}.",) if self.ways else ()
        return (*self.doubts, *(one.says for one in self.alike), *unread)


def propose(profiles: Sequence[Profile], launch: date | None = None) -> tuple[Proposal, ...]:
    """Propose a meaning for every column; a meaning that can stand once is proposed once.

    A known export layout says it first (`checks.intake.layouts`). Among other columns that could
    have a meaning, the one with the plainest name does. Ages are looked at as of `launch`.
    """
    proposed = zip(_proposed(profiles, launch), profiles, strict=True)
    return tuple(replace(one, naming=profile.naming) for one, profile in proposed)


def _proposed(profiles: Sequence[Profile], launch: date | None) -> tuple[Proposal, ...]:
    known = layouts.recognised(profile.name for profile in profiles)
    if known and known.layout.role != "people":
        return tuple(_beside(profile, known) for profile in profiles)
    layout = known.layout if known else None
    said = {one.name: layout.taken(one.name) if layout else None for one in profiles}
    proposed = {
        profile.name: _doubted(
            _by_layout(profile, taken) if taken else _propose(profile),
            profile,
            launch,
            () if layout and layout.people.get("dates") else profile.ways,
        )
        for profile in profiles
        for taken in [said[profile.name]]
    }
    order = list(proposed)
    best: dict[Meaning, str] = {}
    for name in sorted(order, key=lambda one: (not said[one], len(words(one)), order.index(one))):
        if proposed[name].meaning in _alone(layout):
            best.setdefault(proposed[name].meaning, name)
    return tuple(
        _other(profile, "another column already has that meaning")
        if not said[profile.name]
        and best.get(proposed[profile.name].meaning, profile.name) != profile.name
        else proposed[profile.name]
        for profile in profiles
    )


def _alone(layout: Layout | None) -> tuple[Meaning, ...]:
    """Meanings that only one column gets: in a layout, also what the layout says of channels."""
    return (*ONCE, *WITH_CHANNEL) if layout else ONCE


def _beside(profile: Profile, known: Recognised) -> Proposal:
    """A column of a file beside the people's: the layout says which ones are used, and as what."""
    key = profile.name == known.layout.section.get("key")
    return Proposal(
        column=profile.name,
        meaning=Meaning.KEY if key else Meaning.OTHER,
        channel=None,
        because=f"it is part of the {known.layout.about} of {known.tool}",
        sure=True,
        looks=_looks(profile),
    )


def _by_layout(profile: Profile, taken: Taken) -> Proposal:
    meaning = Meaning(taken.means)
    return Proposal(
        column=profile.name,
        meaning=meaning,
        channel=taken.channel,
        because=taken.because,
        sure=not taken.doubt and (meaning is not Meaning.KEY or _agrees(meaning, profile)),
        looks=_looks(profile),
        doubts=(taken.doubt,) if taken.doubt else (),
    )


def _doubted(
    proposal: Proposal, profile: Profile, launch: date | None, ways: tuple[Way, ...]
) -> Proposal:
    """The proposal with what the values make one doubt; then a person is asked."""
    few = profile.distinct <= len(profile.values)
    proposal = replace(proposal, values=tuple(one for one, _ in profile.values) if few else ())
    proposal = replace(proposal, doubts=(*proposal.doubts, *profile.unread))
    if proposal.meaning is Meaning.LEAVE_OUT and not profile.totals:
        return replace(proposal, sure=proposal.sure and not profile.unread)
    cannot = impossible(proposal.meaning.value, profile.extremes, launch)
    asked = (*profile.unread, *profile.doubts, *cannot, *profile.alike, *ways, *profile.missing)
    return replace(
        proposal,
        sure=proposal.sure and not asked,
        doubts=(*proposal.doubts, *profile.doubts, *cannot),
        missing=profile.missing,
        totals=profile.totals,
        alike=profile.alike,
        ways=ways,
    )


def _propose(profile: Profile) -> Proposal:
    spoken = words(profile.name)
    for preset in _presets():
        if _fits(preset, spoken):
            meaning = Meaning(str(preset["role"]))
            if meaning is Meaning.AGE and profile.type == "text":
                meaning = Meaning.ATTRIBUTE  # groups of ages, such as 30-34
            return Proposal(
                column=profile.name,
                meaning=meaning,
                channel=_channel(spoken, meaning),
                because=str(preset["because"]),
                sure=_agrees(meaning, profile) and "doubt" not in preset,
                looks=_looks(profile),
                doubts=(str(preset["doubt"]),) if "doubt" in preset else (),
            )
    if profile.type == "text" and profile.distinct > 0.9 * max(profile.filled, 1) > 20:
        return _other(profile, "nearly every row has its own value", meaning=Meaning.LEAVE_OUT)
    return _other(profile, "its name says nothing Candor knows")


def _other(profile: Profile, because: str, *, meaning: Meaning = Meaning.OTHER) -> Proposal:
    return Proposal(
        column=profile.name,
        meaning=meaning,
        channel=None,
        because=because,
        sure=False,
        looks=_looks(profile),
    )


def _agrees(meaning: Meaning, profile: Profile) -> bool:
    """Whether the values look like what the name says."""
    match meaning:
        case Meaning.KEY:
            return profile.filled == profile.distinct == profile.rows
        case Meaning.TARGETED:
            return profile.distinct == 2
        case Meaning.PERMISSION | Meaning.ATTRIBUTE | Meaning.SEGMENT:
            return profile.distinct <= 12
        case _:
            return profile.type in _TYPES.get(meaning, (profile.type,))


_TYPES: Mapping[Meaning, tuple[str, ...]] = {
    Meaning.AGE: ("integer",),
    Meaning.BIRTH_YEAR: ("integer",),
    Meaning.WEIGHT: ("integer",),
    Meaning.LISTED: ("integer",),
    Meaning.EMAILS_7D: ("integer",),
    Meaning.CONTACTS_30D: ("integer",),
    Meaning.GIVEN: ("day", "time"),
    Meaning.BIRTH_DATE: ("day", "time"),
}


def _channel(spoken: frozenset[str], meaning: Meaning) -> str | None:
    if meaning not in WITH_CHANNEL:
        return None
    named = [_CHANNEL_WORDS[word] for word in sorted(spoken) if word in _CHANNEL_WORDS]
    return named[0] if named else "email"


def _looks(profile: Profile) -> str:
    return " ".join([_values(profile), *profile.repairs])


def _values(profile: Profile) -> str:
    if profile.filled == 0:
        return "No row has a value."
    empty = profile.rows - profile.filled
    gaps = f" {empty:,} of {profile.rows:,} rows are empty." if empty else ""
    if profile.distinct <= _SHOWN:
        shown = ", ".join(f"{value or 'empty'} ({count:,})" for value, count in profile.values)
        many = "1 value" if profile.distinct == 1 else f"{profile.distinct} values"
        return f"{many}: {shown}.{gaps}"
    return f"{profile.distinct:,} different values.{gaps}"


def _fits(preset: Mapping[str, Any], spoken: frozenset[str]) -> bool:
    if "whole" in preset:
        return spoken == words(str(preset["whole"]))
    return set(preset["words"]) <= spoken


def words(name: str) -> frozenset[str]:
    r"""The words of a column's or a file's name.

    >>> sorted(words("customerID")), sorted(words("e-mail_Opt-In")), sorted(words("do_not_contact"))
    (['customer', 'id'], ['email', 'optin'], ['contact', 'do', 'donotcontact', 'not'])
    """
    joined = re.sub(r"(?i)\be-?mail", "email", re.sub(r"(?i)opt[-_ ]?in", "optin", name))
    parted = re.sub(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])", " ", joined)
    found = frozenset(re.findall(r"[^\W_]+", parted.lower()))
    flat = re.sub(r"[^a-z0-9]+", "", name.lower())
    return found | {one for one in _JOINED if one in flat}


_JOINED = ("donotcontact", "optedout", "optedin")
"""Words that people write apart."""


@cache
def _presets() -> tuple[Mapping[str, Any], ...]:
    return tuple(strict_yaml.load(places.DATA / "presets/columns.yaml")["columns"])
