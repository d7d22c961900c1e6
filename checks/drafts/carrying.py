"""What a new campaign takes over from an earlier one: what columns mean, and the plain facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from checks.campaign import Campaign, Suppression, TargetedAmong, TargetedCount
from checks.intake.propose import Meaning, Proposal

_OF_PERMISSION = {
    "status": Meaning.PERMISSION,
    "given": Meaning.GIVEN,
    "withdrawn_at": Meaning.WITHDRAWN_AT,
    "proof": Meaning.PROOF,
    "wording": Meaning.WORDING,
}
Meant = tuple[str, Meaning, str | None]
"""A column, what it means, and the channel it is about."""


def carried(columns: Sequence[Proposal], earlier: Campaign) -> tuple[Proposal, ...]:
    """The columns with the meanings that they had in an earlier campaign.

    What the values of the new file make one doubt stays to be asked.
    """
    known = {column: (meaning, channel) for column, meaning, channel in meanings(earlier)}
    return tuple(
        replace(
            one,
            meaning=known[one.column][0],
            channel=known[one.column][1],
            because=f"it was so in “{earlier.name}”",
            sure=not (one.every_doubt or one.missing),
        )
        if one.column in known
        else one
        for one in columns
    )


def meanings(campaign: Campaign) -> Iterator[Meant]:
    """What a campaign says its columns mean."""
    people = campaign.people
    for name in ("key", "weight", "language"):
        if column := getattr(people, name):
            yield column, Meaning(name), None
    match people.targeted:
        case TargetedCount(count=column):
            yield column, Meaning.LISTED, None
        case TargetedAmong(column=column) | str(column):
            yield column, Meaning.TARGETED, None
        case None:
            pass
    for name, attribute in campaign.attributes.items():
        as_age = name == "age" and attribute.as_ != "text"
        yield attribute.column, Meaning(attribute.as_) if as_age else Meaning.ATTRIBUTE, None
    for column in people.quasi_identifiers:
        if column not in people.attributes:
            yield column, Meaning.QUASI, None
    if people.segment and people.segment != _column_of_list(campaign):
        yield people.segment, Meaning.SEGMENT, None
    yield from _of_channels(campaign)


def _column_of_list(campaign: Campaign) -> str | None:
    targeted = campaign.people.targeted
    return targeted.column if isinstance(targeted, TargetedAmong) else None


def _of_channels(campaign: Campaign) -> Iterator[Meant]:
    for name, channel in campaign.channels.items():
        for part, meaning in _OF_PERMISSION.items():
            if column := getattr(channel.permission, part, None):
                yield column, meaning, name
        for column in channel.refused:
            yield column, Meaning.REFUSED, name
    match campaign.suppression:
        case Suppression(column=str(column)):
            yield column, Meaning.SUPPRESSED, None
        case _:
            pass
    if campaign.contacts and campaign.contacts.email_7d:
        yield campaign.contacts.email_7d, Meaning.EMAILS_7D, None
    if campaign.contacts and campaign.contacts.total_30d:
        yield campaign.contacts.total_30d, Meaning.CONTACTS_30D, None


def facts(campaign: Campaign) -> dict[str, Any]:
    """The facts that no file can tell, as they were."""
    return {
        "effect": campaign.effect,
        "sector": campaign.sector,
        "regions": list(campaign.regions),
        "channels": {name: one.basis for name, one in campaign.channels.items()},
        "complete": campaign.people.complete,
        "stage": campaign.people.stage,
    }
