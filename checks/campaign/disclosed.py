"""What the people concerned may be told of a campaign: its data, its reasons, its ways out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checks.campaign import Campaign


@dataclass(frozen=True, kw_only=True, slots=True)
class Used:
    """One thing that is known about people, and why."""

    name: str
    why: str
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WayOut:
    """How to say no on a channel, as the owner states it; None is not stated."""

    channel: str
    steps: int | None
    login: bool | None
    fee: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What the campaign file says, in the owner's words; nothing of it is counted."""

    fields: tuple[Used, ...] = ()
    because: tuple[str, ...] = ()
    """Why these people: the reasons of the rules, and what the segments are."""
    senders: tuple[str, ...] = ()
    """Who sends it, with the address."""
    recipients: tuple[str, ...] = ()
    """Who else gets the data."""
    ways_out: tuple[WayOut, ...] = ()
    notice: str = ""
    """The version of the notice, and since when it holds."""


NOTHING_TOLD = Told()


def told(campaign: Campaign) -> Told:
    """What may be told of a campaign."""
    notice = campaign.notice
    since = f", since {notice.in_force}" if notice and notice.in_force else ""
    return Told(
        fields=tuple(
            Used(name=one.name, why=one.why or "", source=one.source or "")
            for one in campaign.fields or ()
        ),
        because=tuple(dict.fromkeys(_because(campaign))),
        senders=tuple(dict.fromkeys(_senders(campaign))),
        recipients=tuple(
            f"{one.name} ({one.country})" if one.country else one.name
            for one in campaign.recipients or ()
        ),
        ways_out=tuple(
            WayOut(
                channel=name,
                steps=out.steps_out if out else None,
                login=out.login if out else None,
                fee=out.fee if out else None,
            )
            for name, channel in campaign.channels.items()
            for out in [channel.opt_out]
        ),
        notice=f"version {notice.version}{since}" if notice and notice.version else "",
    )


def _because(campaign: Campaign) -> Iterator[str]:
    yield from (rule.because for rule in campaign.rules or () if rule.because)
    yield from (f"{one.name}: {one.is_}" for one in campaign.segments or () if one.is_)


def _senders(campaign: Campaign) -> Iterator[str]:
    for one in campaign.creatives or ():
        if one.sender:
            yield ", ".join(part for part in (one.sender, one.address) if part)
