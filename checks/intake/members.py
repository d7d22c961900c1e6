"""The people that an approval covers, kept as keyed digests: never the list itself.

A file a channel, a row a person: the digest, and where the person stood on the day of the review;
where a side file names people by something else than their key, the digests of that as well.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from checks.audience import digests, matching
from checks.audience.leaving import Keyed
from checks.campaign import Campaign, ChannelName, People
from checks.case import Case
from checks.conditions import All, Condition, FirstOf
from checks.intake.taking import take_in
from checks.people.permission import BINS, MAY, ON_THE_LIST, bins
from checks.policy import Policy
from checks.refusal import refuse

WHOLE_LIST = "list"
"""What the list is called where the campaign has no channels."""
MAY_BE, SAID_NO, NOT_COVERED = 0, 1, 2
"""Where a person stood: may be contacted, said no, or no answer covers it."""
_FIELDS = (("digest", pa.binary(16)), ("stood", pa.uint8()))
LINKS = pa.list_(pa.binary())
"""Digests of what a side file meets a person by, where that is not the key."""
_MEANS = {"stays": MAY_BE, "said_no": SAID_NO, "not_covered": NOT_COVERED}
_STOOD = {finer: _MEANS[meaning] for _, meaning, all_ in BINS for finer in all_}


@dataclass(frozen=True, kw_only=True, slots=True)
class Members:
    """The people of one channel, as they were kept."""

    file: str
    sha256: str
    people: int
    """On the list, with a key."""
    may_be_contacted: int
    nameless: int
    """On the list, without a key: nobody can recognise them."""


def keep_members(
    snapshot: Path, campaign: Campaign, policy: Policy, secret: bytes, folder: Path
) -> dict[str, Members]:
    """Write the digests of everybody on the list, a file a channel; by channel what was kept.

    Raises `checks.refusal.Refused` where people cannot be told apart.
    """
    if campaign.people.key is None or campaign.people.weight is not None:
        raise refuse(
            "campaign.yaml, people.key",
            "No column tells people apart, so no later list can be compared with this one.",
            "Name the column that holds each person's number.",
        )
    audience = Keyed.open(snapshot, campaign, policy)
    try:
        case = Case(campaign=campaign, audience=audience, policy=policy)
        return {
            name: _write(audience, bins_, ON_THE_LIST, secret, folder / f"{name}.parquet")
            for name, bins_ in _channels(case).items()
        }
    finally:
        audience.close()


def refusals(
    campaign: Campaign,
    policy: Policy,
    channel: str,
    file: Path,
    *,
    day: date,
    secret: bytes,
    work: Path,
) -> Path:
    """The digests of everybody whom a file of answers names, with how they stand on a day.

    The file has the layout of the campaign's own answers: events, or a row a person.
    """
    asking = _about(campaign, file, day)
    snapshot = take_in(asking, file.parent, home=work)
    audience = Keyed.open(snapshot.folder, asking, policy)
    kept = work / "answers.parquet"
    try:
        case = Case(campaign=asking, audience=audience, policy=policy)
        names: ChannelName = _channel(asking, channel)
        met = matching.of(campaign, "permissions")
        alike = partial(matching.alike, match=met) if met else digests.normal
        _write(audience, bins(case, names), All(()), secret, kept, alike=alike)
    finally:
        audience.close()
    return kept


def _about(campaign: Campaign, file: Path, day: date) -> Campaign:
    """The same campaign, whose people are those that a file of answers names."""
    events = campaign.permissions
    if events is None and not any(one.permission for one in campaign.channels.values()):
        raise refuse(
            file.name,
            "How answers are written is not in the campaign file, so this file says nothing.",
            "Describe them under channels, or under permissions, and review the campaign again.",
        )
    key = (events.key if events else None) or campaign.people.key
    return Campaign(
        id=campaign.id, name=campaign.name, owner=campaign.owner, launch=day,
        sector=campaign.sector, effect=campaign.effect, time_zone=campaign.time_zone,
        regions=campaign.regions, channels=campaign.channels,
        people=People(file=file.name, key=key, missing=campaign.people.missing),
        permissions=events.model_copy(
            update={"file": file.name, "snapshot": None, "key": key, "matches": None}
        )
        if events
        else None,
    )  # fmt: skip


def _channels(case: Case) -> Mapping[str, FirstOf]:
    found: dict[str, FirstOf] = {name: bins(case, name) for name in case.campaign.channels}
    return found or {WHOLE_LIST: FirstOf(WHOLE_LIST, (), otherwise=MAY)}


def _channel(campaign: Campaign, name: str) -> ChannelName:
    return next(one for one in campaign.channels if one == name)


def _write(
    audience: Keyed,
    bins_: FirstOf,
    where: Condition,
    secret: bytes,
    file: Path,
    *,
    alike: Callable[[str], str] = digests.normal,
) -> Members:
    """Write one file that only its owner may read, and count what is in it."""
    names, batches = audience.digested(bins_, where, secret, alike=alike)
    schema = pa.schema([*_FIELDS, *((role, LINKS) for role in audience.linked)])
    stood = pa.array([_STOOD[name] for name in names], pa.uint8())
    people = may = nameless = 0
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:  # noqa: SIM117
        with pq.ParquetWriter(opened, schema, compression="zstd") as writer:
            for batch in batches:
                named = batch.filter(pc.is_valid(batch["digest"]))
                nameless += batch.num_rows - named.num_rows
                stands = stood.take(named["bin"].cast(pa.int64()))
                people += named.num_rows
                may += pc.sum(pc.equal(stands, MAY_BE)).as_py() or 0
                links = [named[role].cast(LINKS) for role in audience.linked]
                kept = [named["digest"].cast(pa.binary(16)), stands, *links]
                writer.write_batch(pa.record_batch(kept, schema=schema))
    with file.open("rb") as written:
        sha256 = hashlib.file_digest(written, "sha256").hexdigest()
    return Members(
        file=file.name,
        sha256=sha256,
        people=people,
        may_be_contacted=may,
        nameless=nameless,
    )
