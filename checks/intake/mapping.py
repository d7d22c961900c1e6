"""Which columns of which table the campaign names, and where it names them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from checks.campaign import (
    Attribute,
    Campaign,
    Channel,
    FileParts,
    TargetedAmong,
    TargetedCount,
    VulnerableFlag,
)

SIDES = ("permissions", "suppression", "signals", "contacts", "outcomes", "population")
"""The tables beside the people, by the name of their section."""

_PERMISSION_WORDS = ("status", "proof", "wording", "purpose", "source", "method")
_PERMISSION_OTHER = (
    "given",
    "withdrawn_at",
    "expires",
    "reconfirmed",
    "preticked",
    "bundled",
    "incentive",
)
_OF_SIDE = {
    "permissions": (
        *("channel", "purpose", "status", "at", "expires", "test", "proof", "wording"),
        *("source", "method", "preticked", "bundled", "incentive"),
    ),
    "suppression": ("kind", "since", "effective"),
    "signals": ("gpc", "gpp", "tcf", "seen"),
    "contacts": ("at", "channel", "campaign"),
    "outcomes": ("arm", "converted", "delivered", "complained", "opted_out", "deleted"),
    "population": ("attribute", "group", "people"),
}
_ALWAYS_WORDS = (
    *("key", "channel", "purpose", "status", "proof", "wording", "source", "method", "kind"),
    *("arm", "gpp", "tcf", "attribute", "group"),
)
_ALWAYS_OF_PEOPLE = {
    "suppression": ("column",),
    "contacts": ("email_7d", "text_push_7d", "total_30d"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """One place of the campaign file that names a column."""

    role: str
    """The table: people, or the section of a side file."""
    place: tuple[str | int, ...]
    column: str
    words: bool = False
    """Whether it holds words whatever they look like: keys, statuses, names."""
    required: bool = True
    """Whether a file without the column is refused."""

    @property
    def inherited(self) -> bool:
        """Whether a side file takes the name of its key from the people."""
        return self.place == (self.role,)


def uses(campaign: Campaign) -> tuple[Use, ...]:
    """Every column that the campaign names, with its place."""
    return (
        *_of_people(campaign),
        *_of_reasons(campaign),
        *_of_channels(campaign),
        *_of_sides(campaign),
    )


def files(part: FileParts | None) -> tuple[str, ...]:
    """The names of a section's files."""
    named = part.file if part else None
    if isinstance(named, dict):
        return tuple(named.values())
    return (named,) if isinstance(named, str) else named or ()


def _of_people(campaign: Campaign) -> Iterator[Use]:
    people = campaign.people
    yield from _use("people", people.file_as, "people", "file_as", words=True)
    for name in ("key", "segment", "offer", "creative", "region", "language", "time_zone"):
        yield from _use("people", getattr(people, name), "people", name, words=True)
    for name in ("weight", "last_activity", "price"):
        yield from _use("people", getattr(people, name), "people", name)
    yield from _targeted(campaign)
    for name, attribute in people.attributes.items():
        yield from _use("people", _column(attribute), "people", "attributes", name)
    for name, flag in people.vulnerable.items():
        yield from _use("people", _column(flag), "people", "vulnerable", name)
    for number, name in enumerate(people.quasi_identifiers):
        if name not in people.attributes:
            yield from _use("people", name, "people", "quasi_identifiers", number)
    if people.notice:
        yield from _use("people", people.notice.version, "people", "notice", "version", words=True)
        yield from _use("people", people.notice.given, "people", "notice", "given")
    if people.score:
        yield from _use("people", people.score.column, "people", "score", "column")


def _of_reasons(campaign: Campaign) -> Iterator[Use]:
    """Rules, comparisons of like with like, and the fields that are declared."""
    for number, rule in enumerate(campaign.rules or ()):
        yield from _use("people", rule.column, "rules", number, "column")
    for number, stratifier in enumerate(campaign.stratifiers or ()):
        if stratifier.column in campaign.people.attributes:
            continue
        yield from _use("people", stratifier.column, "stratifiers", number, "column")
    for number, field in enumerate(campaign.fields or ()):
        yield from _use("people", field.name, "fields", number, "name", required=False)


def _targeted(campaign: Campaign) -> Iterator[Use]:
    targeted = campaign.people.targeted
    if isinstance(targeted, TargetedAmong):
        yield from _use("people", targeted.column, "people", "targeted", "column", words=True)
    elif isinstance(targeted, TargetedCount):
        yield from _use("people", targeted.count, "people", "targeted", "count")
    else:
        yield from _use("people", targeted, "people", "targeted")


def _column(named: str | Attribute | VulnerableFlag) -> str:
    return named if isinstance(named, str) else named.column


def _of_channels(campaign: Campaign) -> Iterator[Use]:
    for name, channel in campaign.channels.items():
        yield from _of_channel(name, channel)


def _of_channel(name: str, channel: Channel) -> Iterator[Use]:
    at = ("channels", name)
    for column in (*_PERMISSION_WORDS, *_PERMISSION_OTHER):
        named = getattr(channel.permission, column, None)
        words = column in _PERMISSION_WORDS
        yield from _use("people", named, *at, "permission", column, words=words)
    for number, column in enumerate(channel.refused):
        yield from _use("people", column, *at, "refused", number)
    for column in ("purchased", "inquired"):
        yield from _use("people", getattr(channel.relation, column, None), *at, "relation", column)


def _of_sides(campaign: Campaign) -> Iterator[Use]:
    for role in SIDES:
        part = getattr(campaign, role)
        if part is None:
            continue
        beside = part.beside
        table = role if beside else "people"
        for column in _ALWAYS_OF_PEOPLE.get(role, ()):
            yield from _use("people", getattr(part, column), role, column)
        if beside and role != "population":
            yield from _key(role, part, campaign)
            yield from _meeting(role, part)
        for column in _OF_SIDE[role]:
            stated = column in part.model_fields_set or (beside and column != "purpose")
            named = getattr(part, column)
            words = column in _ALWAYS_WORDS
            yield from _use(table, named, role, column, words=words, required=stated)


def _key(role: str, part: Any, campaign: Campaign) -> Iterator[Use]:  # noqa: ANN401 — any side
    named = part.key or campaign.people.key
    at = (role, "key") if part.key else (role,)
    yield from _use(role, named, *at, words=True)


def _meeting(role: str, part: FileParts) -> Iterator[Use]:
    """How a side file meets people by another column than their key; its flags."""
    matches = getattr(part, "matches", None)
    if matches is not None:
        column = matches if isinstance(matches, str) else matches.column
        yield from _use("people", column, role, "matches", words=True)
    for number, flag in enumerate(getattr(part, "flags", ())):
        yield from _use(role, flag, role, "flags", number)


def _use(
    role: str, column: str | None, *place: str | int, words: bool = False, required: bool = True
) -> Iterator[Use]:
    if column is not None:
        yield Use(role=role, place=place, column=column, words=words, required=required)
