"""The people of a run: files taken in to a snapshot here, or tables of a warehouse, left there."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from checks.audience import Audience
from checks.audience.in_place import InPlace
from checks.campaign import Campaign
from checks.intake import take_in
from checks.intake.snapshot import Source
from checks.policy import Policy
from checks.refusal import refuse


class Taken(Protocol):
    """The people of a campaign, wherever they are."""

    @property
    def id(self) -> str:
        """What stands for exactly these people."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The files or tables they come from."""

    @property
    def as_of(self) -> str | None:
        """The moment that was counted, as a warehouse says it; None for a snapshot."""

    def audience(self, policy: Policy) -> Audience:
        """The people, answering with counts."""

    def unmoved(self) -> None:
        """Raise `checks.refusal.Refused` where they changed meanwhile."""

    def close(self) -> None:
        """Let go of them without having counted."""


class Snapshotted:
    """People in a snapshot, which never changes."""

    as_of: str | None = None

    def __init__(self, campaign: Campaign, folder: Path) -> None:
        """Take the files in that lie in a folder; raises `checks.refusal.Refused`."""
        self._campaign = campaign
        self._snapshot = take_in(campaign, folder)

    @property
    def id(self) -> str:
        """The id of the snapshot."""
        return self._snapshot.id

    @property
    def sources(self) -> tuple[Source, ...]:
        """The files that were read."""
        return self._snapshot.record.sources

    def audience(self, policy: Policy) -> Audience:
        """The people, answering with counts."""
        return Audience.open(self._snapshot.folder, self._campaign, policy)

    def unmoved(self) -> None:
        """Nothing moves in a snapshot."""

    def close(self) -> None:
        """A snapshot is not held."""


def people_of(campaign: Campaign, folder: Path) -> Taken:
    """The people that a campaign file names; raises `checks.refusal.Refused`."""
    if campaign.people.in_place:
        return InPlace(campaign, folder)
    if campaign.people.database is None:
        return Snapshotted(campaign, folder)
    from checks.audience.warehouse import People  # noqa: PLC0415 — an extra of the install

    return People(campaign)


def with_rows_here(campaign: Campaign, file: Path) -> Campaign:
    """The campaign, where its people can be told apart here; of a warehouse only counts come."""
    if campaign.people.in_place:
        what = "Its people are counted in place, and their keys are not kept."
        cure = "Take the file in for a list: leave “in_place:” out."
        raise refuse(f"{file.name}, people.in_place", what, cure)
    if campaign.people.database is None:
        return campaign
    what = "Its people stay in a warehouse, and no row comes from there."
    raise refuse(f"{file.name}, people.database", what, "Make the list where they are.")
