"""Permitted hours, days and registers.

## Why it matters
A text that wakes somebody is remembered for longer than what it said.

## How it judges
Channel by channel, for calls, texts and push: the planned send by the clock of each person, from
the file's time zones, else from the region. Contacts of which any part could fall outside the
hours of the policy count; more than it allows, which is none, fail. A region with several time
zones must be inside the hours in all of them. Where a person's clock is not known it cannot tell.
For calls and texts: days from each register's screening to the launch; an older one fails.

## What to do
Move the send into the hours that are left, or send zone by zone. Screen the numbers again.

## What it cannot see
A mobile number says little about where its owner is. Registers that nobody named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from checks.campaign import Channel, ChannelName, Register
from checks.case import Case
from checks.evidence import Evidence, Rate, Table
from checks.finding import Finding, Reason, cannot_tell, clear, fail, not_applicable
from checks.people.agreeing import said
from checks.people.clocks import Hours, Span, allowed, span, zone, zones_of
from checks.people.permission import ON_THE_LIST
from checks.people.regions import law_of
from checks.phrases import day, listed, many, of_all, people, verb
from checks.policy import Part
from checks.registry import Findings, check
from checks.small_cells.withholding import withhold

NUMBERS: tuple[ChannelName, ...] = ("sms", "live_call", "recorded_call")
LOUD: tuple[ChannelName, ...] = (*NUMBERS, "push")
"""Channels that reach people at once, whatever they do."""


class Limits(Part):
    """When people may be reached, and how old the screening of a register may be."""

    window_us: tuple[str, str]
    window: tuple[str, str]
    outside: int
    register_days_us: int
    register_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Lot:
    """People with the same clock; several zones where it could be any of them."""

    where: str
    people: int
    zones: tuple[ZoneInfo, ...]
    hours: Hours


@check(
    title="Permitted hours, days and registers",
    question="Will anyone be rung or texted at night, or against a do-not-call register?",
    cites=["TCPA 47 CFR 64.1200(c)", "our policy"],
    limits=Limits,
    reads=["targeted", "region"],
)
def judge(case: Case) -> Findings:
    """Judge the hours of each call, text and push, and the registers of calls and texts."""
    planned = [name for name in LOUD if _planned(case, name)]
    if not case.campaign.channels:
        yield cannot_tell(
            "hours",
            "The campaign names no channel, so nobody can say when people would be reached.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name the ways people are reached, and when (channels, send).",
        )
    elif not planned:
        yield not_applicable("hours", "No calls, texts or push messages are planned.")
    for name in planned:
        yield _hours(case, name)
        if name in NUMBERS:
            yield from _registers(case, name)


def _planned(case: Case, name: ChannelName) -> bool:
    channel = case.campaign.channels.get(name)
    return channel is not None and channel.touches > 0


def _hours(case: Case, name: ChannelName) -> Finding:
    channel = case.campaign.channels[name]
    sent = _span(case, channel)
    if sent is None:
        return cannot_tell(
            name,
            f"When the {said(name)} messages go out is not in the campaign file.",
            reason=Reason.COLUMN_MISSING,
            remedy=f"Say from when to when they are sent: channels.{name}.send, from and to.",
        )
    lots = _lots(case, name)
    if lots is None:
        return cannot_tell(
            name,
            f"By which clock {people(case.audience.targeted)} live is not in the files.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name the column with each person's time zone, or region (people.time_zone).",
        )
    if not lots:
        return not_applicable(name, "Nobody is on the list, so nobody is woken.")
    return _judged(case, name, sent, lots)


def _span(case: Case, channel: Channel) -> Span | None:
    send, home = channel.send, zone(case.campaign.time_zone)
    if send is None or send.from_ is None or send.to is None or home is None:
        return None
    start, end = time.fromisoformat(send.from_), time.fromisoformat(send.to)
    return span(send.day or case.campaign.launch, start, end, home)


def _judged(case: Case, name: ChannelName, sent: Span, lots: list[Lot]) -> Finding:
    touches = case.campaign.channels[name].touches
    out = [lot for lot in lots if any(not sent.at(z).inside(lot.hours) for z in lot.zones)]
    blind = sum(lot.people for lot in lots if not lot.zones)
    outside = sum(lot.people for lot in out) * touches
    planned = sum(lot.people for lot in lots) * touches
    evidence = _evidence(case, name, sent, lots, outside)
    if outside > case.limits(Limits).outside:
        return fail(
            name,
            f"{of_all(outside, planned, f'{said(name)} contact')} would fall outside "
            f"{listed(sorted({str(lot.hours) for lot in out}))} where people live: "
            f"{listed([_local(sent, lot) for lot in out], 3)}.",
            *evidence,
            remedy=_move(case, sent, lots),
        )
    if blind:
        return cannot_tell(
            name,
            f"By which clock {blind:,} of {people(case.audience.targeted)} live is not known.",
            *evidence,
            reason=Reason.GROUP_UNKNOWN,
            remedy="Complete the time zones or regions, or leave those people out of this send.",
        )
    hours, contacts = listed(sorted({str(lot.hours) for lot in lots})), f"{said(name)} contact"
    fall = verb(planned, "falls", "fall")
    where = f"{of_all(planned, planned, contacts)} {fall} between {hours} where people live."
    return clear(name, where, *evidence)


def _local(sent: Span, lot: Lot) -> str:
    bad = next(one for one in lot.zones if not sent.at(one).inside(lot.hours))
    return f"{sent.at(bad)} in {lot.where}"


def _move(case: Case, sent: Span, lots: list[Lot]) -> str:
    """When it would be within the hours for everybody, by the campaign's own clock."""
    home = zone(case.campaign.time_zone)
    zones = {one for lot in lots for one in lot.zones}
    hours = lots[0].hours
    for lot in lots[1:]:
        hours = hours.within(lot.hours)
    found = allowed(sent.start.date(), hours, zones, home) if home else None
    if found is None:
        return "Send zone by zone: no hour of the day is within the hours for everybody."
    return f"Move the send to {found}, {case.campaign.time_zone}: then it is day for everybody."


def _lots(case: Case, name: ChannelName) -> list[Lot] | None:
    """The people on the list by their clock; None where nothing tells it."""
    audience, regions = case.audience, case.campaign.regions
    keys = [one for one in ("time_zone", "region") if audience.has(one)]
    if not keys and len(regions) != 1:
        return None
    lots: dict[tuple[str, Hours], Lot] = {}
    for count in audience.count(*keys, where=ON_THE_LIST):
        told = dict(zip(keys, count.values, strict=True))
        lot = _lot(case, name, told.get("time_zone"), told.get("region"), count.people)
        before = lots.get((lot.where, lot.hours))
        lots[lot.where, lot.hours] = Lot(
            where=lot.where,
            people=lot.people + (before.people if before else 0),
            zones=lot.zones,
            hours=lot.hours,
        )
    return [lot for lot in lots.values() if lot.people]


def _lot(case: Case, name: ChannelName, clock: str | None, region: str | None, count: int) -> Lot:
    own, regions = zone(clock), case.campaign.regions
    where = region or (regions[0] if len(regions) == 1 else None)
    zones = (own,) if own else zones_of(where) if where else ()
    return Lot(
        where=own.key if own else (where or "places that are not known"),
        people=count,
        zones=zones,
        hours=_allowed_hours(case, name, where),
    )


def _allowed_hours(case: Case, name: ChannelName, region: str | None) -> Hours:
    """The hours of a region; those that both rules allow where the region is not known."""
    limits = case.limits(Limits)
    american, ours = Hours.read(limits.window_us), Hours.read(limits.window)
    if name == "push":
        return ours
    laws = {law_of(one) for one in ((region,) if region else case.campaign.regions)}
    if laws == {"US"}:
        return american
    return ours if laws and "US" not in laws else ours.within(american)


def _evidence(
    case: Case, name: ChannelName, sent: Span, lots: list[Lot], outside: int
) -> tuple[Evidence, ...]:
    below = case.policy.small_cells.suppress_below.value
    [counts] = withhold([[lot.people for lot in lots]], below)
    planned = sum(lot.people for lot in lots) * case.campaign.channels[name].touches
    table = Table(
        title=f"When the {said(name)} messages arrive",
        columns=("where", "people", "local time", "permitted"),
        rows=tuple(
            (
                lot.where,
                count,
                listed([str(sent.at(one)) for one in lot.zones]) or "not known",
                str(lot.hours),
            )
            for lot, count in zip(lots, counts, strict=True)
        ),
    )
    return (Rate(group=f"{said(name)}: outside the hours", yes=outside, of=planned), table)


def _registers(case: Case, name: ChannelName) -> Iterator[Finding]:
    channel, subject = case.campaign.channels[name], f"{name}: registers"
    if "registers" not in channel.model_fields_set:
        yield cannot_tell(
            subject,
            f"Against which do-not-call registers {said(name)} numbers were held is not stated.",
            reason=Reason.COLUMN_MISSING,
            remedy=f"Name each with the day of the screening: channels.{name}.registers.",
        )
        return
    if not channel.registers:
        yield not_applicable(subject, "The campaign names no register that would apply, it says.")
        return
    yield _screened(case, subject, channel.registers)


def _screened(case: Case, subject: str, registers: tuple[Register, ...]) -> Finding:
    limits, launch = case.limits(Limits), case.campaign.launch
    american = {law_of(one) for one in case.campaign.regions} == {"US"}
    most = limits.register_days_us if american else limits.register_days
    ages = {one.name: (launch - one.screened).days for one in registers}
    table = Table(
        title="Screening against registers",
        columns=("register", "screened on", "days old at launch", "days that count"),
        rows=tuple((one.name, day(one.screened), ages[one.name], most) for one in registers),
    )
    old = [name for name, age in ages.items() if not 0 <= age <= most]
    screenings = many(len(registers), "screening")
    if not old:
        oldest = many(max(ages.values()), "day")
        are = verb(len(registers), "is", "are")
        headline = f"{screenings} {are} at most {oldest} old at launch; {most:,} count."
        return clear(subject, headline, table)
    days = max(ages[one] for one in old)
    age = f"up to {many(days, 'day')} old at launch" if days > 0 else "dated after the launch"
    return fail(
        subject,
        f"{len(old):,} of {screenings} {verb(len(old), 'is', 'are')} {age}; {most:,} days count: "
        f"{listed(old)}.",
        table,
        remedy=(
            f"Screen {people(case.audience.targeted)} again, at most {most:,} days before "
            f"{day(launch)}."
        ),
    )
