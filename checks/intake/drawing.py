"""Draw some people whose yes is looked up by hand: told as places in the files, never as rows.

Whoever brought the files looks each place up there, and then where the yes was given. The seed is
made of the files, so nobody chooses who is drawn, and the same files always give the same places.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checks.audience.leaving import Keyed
from checks.campaign import Campaign, ChannelName
from checks.case import Case
from checks.intake.loader import Loader, literal
from checks.intake.snapshot import Record, Snapshot
from checks.people.agreeing import not_to_see, yes_on_the_list
from checks.policy import Policy
from checks.refusal import refuse

_SEED = 8
"""Letters of the seed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a person stands in the files."""

    file: str
    row: int
    """The first row below the header is row 1; empty lines are not counted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """The people of one channel who were drawn."""

    channel: ChannelName
    seed: str
    of: int
    """People on the list with a yes, among whom was drawn."""
    places: tuple[Place, ...]


def drawn(snapshot: Snapshot, campaign: Campaign, policy: Policy, many: int) -> tuple[Drawn, ...]:
    """So many people with a yes for every channel that rests on one, where anybody said yes.

    Raises `checks.refusal.Refused` where people cannot be told apart.
    """
    if campaign.people.key is None or campaign.people.weight is not None:
        raise refuse(
            "campaign.yaml, people.key",
            "No column tells people apart, so nobody can be looked up.",
            "Name the column that holds each person's number.",
        )
    audience = Keyed.open(snapshot.folder, campaign, policy)
    try:
        case = Case(campaign=campaign, audience=audience, policy=policy)
        asked = [name for name in campaign.channels if not_to_see(case, name) is None]
        found = [(name, *_of_channel(audience, snapshot.record, name, many)) for name in asked]
    finally:
        audience.close()
    return tuple(
        Drawn(
            channel=name,
            seed=seed(snapshot.record, name),
            of=of,
            places=_places(snapshot, campaign.people.key, keys),
        )
        for name, of, keys in found
        if of
    )


def seed(record: Record, channel: str) -> str:
    """The seed of a channel: of the bytes of all files, and the channel's name."""
    said = " ".join([channel, *sorted(one.sha256 for one in record.sources)])
    return hashlib.sha256(said.encode()).hexdigest()[:_SEED]


def _of_channel(
    audience: Keyed, record: Record, name: ChannelName, many: int
) -> tuple[int, tuple[str, ...]]:
    where = yes_on_the_list(name)
    return audience.total(where), audience.drawn(where, seed(record, name), many)


def _places(snapshot: Snapshot, key: str, keys: Sequence[str]) -> tuple[Place, ...]:
    """Where these people stand: each by the first of their rows, in the order of the files."""
    table = snapshot.record.tables["people"]
    [column] = [one for one in table.columns if one.name == key]
    words = column.dictionary
    wanted = [words.index(one) for one in keys] if words else list(keys)
    kind = "INTEGER" if words else "VARCHAR"
    at = column.stored if words else f"trim({column.stored})"
    file = snapshot.folder / table.file
    with Loader(snapshot.folder) as loader:
        found = loader.run(
            "SELECT min(file_row_number) FROM read_parquet($file, file_row_number = true) "
            f"WHERE list_contains($keys::{kind}[], {at}) GROUP BY {at} ORDER BY 1",
            {"file": literal(file), "keys": wanted},
        )
    return tuple(_located(snapshot.record, [number for (number,) in found]))


def _located(record: Record, numbers: Sequence[int]) -> Iterator[Place]:
    """The places of rows that were stored one file under the other."""
    begin = 0
    for source in (one for one in record.sources if one.role == "people"):
        end = begin + source.rows
        yield from (
            Place(file=source.name, row=_in_file(number - begin + 1, source.left_out))
            for number in numbers
            if begin <= number < end
        )
        begin = end


def _in_file(row: int, left_out: Sequence[int]) -> int:
    """Which row of the file a stored row is, where rows of the file were left out."""
    for gone in left_out:
        row += gone <= row
    return row
