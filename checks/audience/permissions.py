"""What each person said about each channel, as of launch: from columns, or from events.

The latest word counts; at equal times the more protective one. What was said after the launch day
counts only where nothing was said before: then a yes keeps its day, so that it can be called not
yet valid. Where a time is missing, a no is taken as the last word and a yes as the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from checks.audience.attributes import words
from checks.audience.facts import Kind
from checks.audience.reading import Reading
from checks.campaign import Channel, Permission, Permissions

STATUSES = ("granted", "other", "denied", "withdrawn", "objected")
"""The less protective first: the place in this order is the code."""
EVERY = frozenset({"all", "any", "every", "*"})
CHANNEL_WORDS: dict[str, frozenset[str]] = {
    "email": frozenset({"email", "mail"}),
    "sms": frozenset({"sms", "text", "textmessage", "mobile"}),
    "push": frozenset({"push", "apppush", "pushnotification"}),
    "live_call": frozenset({"livecall", "call", "phone", "telephone"}),
    "recorded_call": frozenset({"recordedcall", "robocall", "autocall"}),
    "post": frozenset({"post", "letter", "directmail", "postal"}),
    "ads": frozenset({"ads", "ad", "advertising", "socialads"}),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One permission fact of a channel, as SQL over a row."""

    fact: str
    kind: Kind
    sql: str
    shown: tuple[str, ...] = ()
    """For text: the word of each code."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What rows say about one channel, and the time at which they say it."""

    channel: str
    parts: tuple[Part, ...]
    at: str


def from_columns(reading: Reading, name: str, channel: Channel) -> Said | None:
    """What the people file itself says about a channel; None where it has no status."""
    told = channel.permission
    if told is None or not reading.has(told.status):
        return None
    days = [column for column in (told.given, told.reconfirmed) if reading.has(column)]
    moments = ", ".join(reading.moment(str(column)) for column in days)
    given = f"greatest({moments})" if days else "CAST(NULL AS TIMESTAMP)"
    status = status_of(reading, told)
    at = given
    if reading.has(told.withdrawn_at):
        no = reading.moment(told.withdrawn_at)
        at = f"CASE WHEN {status} <> 0 THEN coalesce({no}, {given}) ELSE {given} END"
    parts = [Part(fact=f"{name}.status", kind="text", sql=status, shown=STATUSES)]
    if days:
        parts.append(Part(fact=f"{name}.given", kind="day", sql=f"CAST({given} AS DATE)"))
    if told.expires is not None and reading.has(told.expires):
        parts.append(Part(fact=f"{name}.expires", kind="day", sql=ends(reading, told.expires)))
    for fact, column in (("proof", told.proof), ("wording", told.wording)):
        if column is not None and reading.has(column):
            parts.append(Part(fact=f"{name}.{fact}", kind="bool", sql=reading.filled(column)))
    fits = _fits(reading, told.purpose, channel.purpose)
    parts.append(Part(fact=f"{name}.purpose_fits", kind="bool", sql=fits))
    parts += [replace(one, fact=f"{name}.{one.fact}") for one in collected(reading, told)]
    return Said(channel=name, parts=tuple(parts), at=at)


def collected(reading: Reading, told: Permission | Permissions) -> Iterator[Part]:
    """How a yes was collected: from where, by which form, ticked before, bundled or paid for."""
    for fact in ("source", "method"):
        column = getattr(told, fact)
        if column is not None and reading.has(column):
            shown, sql = words(reading, column)
            yield Part(fact=fact, kind="text", sql=sql, shown=shown)
    for fact in ("preticked", "bundled", "incentive"):
        column = getattr(told, fact)
        if column is not None and reading.has(column):
            yield Part(fact=fact, kind="bool", sql=reading.truth(column, otherwise=True))


def ends(reading: Reading, column: str) -> str:
    """The day on which a yes ends; what is written there and is no day has ended already."""
    day = reading.day(column)
    written = f"{day} IS NULL AND {reading.filled(column)}"
    return f"CASE WHEN {written} THEN DATE '0001-01-01' ELSE {day} END"


def order(status: str, at: str, launch: str, *ties: str) -> str:
    """The order in which the first word is the one that counts."""
    undated = f"CASE WHEN {status} = 0 THEN TIMESTAMP '-infinity' ELSE TIMESTAMP 'infinity' END"
    first = f"{status} IS NOT NULL DESC, coalesce(CAST({at} AS DATE) <= {launch}, TRUE) DESC"
    last = "".join(f", {tie} ASC" for tie in ties)
    return f"{first}, coalesce({at}, {undated}) DESC, {status} DESC{last}"


def status_of(reading: Reading, told: Permission | Permissions) -> str:
    """A status column as places in `STATUSES`: words the campaign does not list are other."""
    meanings = {
        word.strip().casefold(): STATUSES.index(status)
        for status, meant in (
            ("granted", told.granted),
            ("denied", told.denied),
            ("withdrawn", told.withdrawn),
            ("objected", told.objected),
        )
        for word in meant
    }
    other = STATUSES.index("other")

    def meaning(word: str) -> int | None:
        known = meanings.get(word.casefold())
        return known if known is not None else None if reading.unknown(word) else other

    return reading.mapped(told.status, "INTEGER", meaning)


def _fits(reading: Reading, column: str | None, purpose: str) -> str:
    if column is None or not reading.has(column):
        return "TRUE"
    fits = reading.mapped(column, "BOOLEAN", lambda word: names_purpose(word, purpose) or None)
    return f"coalesce({fits}, FALSE)"


def names_purpose(word: str, purpose: str) -> bool:
    """Whether this purpose is among those a cell names.

    >>> names_purpose("Profiling; direct marketing", "direct_marketing")
    True
    """
    return plain(purpose) in {plain(one) for one in re.split(r"[;,|/]", word)}


def plain(word: str) -> str:
    """A word without case, spaces and signs, to compare names by.

    >>> plain("E-Mail")
    'email'
    """
    return re.sub(r"[\W_]+", "", word.casefold())
