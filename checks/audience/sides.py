"""Files beside the people's: who must not be contacted, what was said when, recent contacts.

Each becomes facts of a person, by the key; rows that belong to nobody in the people file are
counted. Everything is as of launch; but whoever is on the do-not-contact list is on it, even if the
entry has a later day. Keys are compared without regard to case where that confuses nobody.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from checks.audience import matching, remarks
from checks.audience.engine import Engine
from checks.audience.events import fold_events
from checks.audience.facts import Fact, Kind
from checks.audience.holding import as_number
from checks.audience.permissions import CHANNEL_WORDS, EVERY, plain
from checks.audience.reading import Reading
from checks.audience.tables import Table
from checks.campaign import Campaign, Channel

Columns = tuple[tuple[str, Kind, str, tuple[str, ...]], ...]
"""Facts with their kind, their SQL over a person joined to the side, and their words."""
TEXT_AND_PUSH = CHANNEL_WORDS["sms"] | CHANNEL_WORDS["push"]
ANY_CHANNEL = frozenset().union(*CHANNEL_WORDS.values())


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """What the side files add to the person view."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    joins: str = ""
    unmatched: Mapping[str, int] = field(default_factory=dict)
    future_dates: int = 0
    late_refusals: int = 0
    strange_channels: Mapping[str, int] = field(default_factory=dict)
    test_events: int = 0


NONE = Beside()


class Sides:
    """The side files of a campaign, being read."""

    def __init__(self, engine: Engine, tables: Mapping[str, Table], campaign: Campaign) -> None:
        self._engine = engine
        self._tables = tables
        self._campaign = campaign
        self.future_dates = 0
        self.late_refusals = 0
        self.test_events = 0

    def read(self, drafted: Mapping[str, Fact]) -> Beside:
        """Everything the side files say, on top of the facts drafted from the people file."""
        found = [
            *self._suppression(drafted),
            *self._contacts(),
            *self._events(drafted),
            *self._remarks(),
        ]
        named = [one for _, columns in found for one in columns]
        mine = self._mine("folded") if found else ""
        facts = {
            name: Fact(
                name=name,
                column=f"f{place}",
                kind=kind,
                shown=shown,
                codes={word: code for code, word in enumerate(shown)},
            )
            for place, (name, kind, _, shown) in enumerate(named, start=len(drafted))
        }
        return Beside(
            facts=facts,
            columns=tuple(
                f"{as_number(kind, sql)} AS {facts[name].column}" for name, kind, sql, _ in named
            ),
            joins=" ".join(f"LEFT JOIN {one} ON {one}.key = {mine}" for one, _ in found),
            unmatched={role: self._unmatched(role) for role in self._roles()},
            future_dates=self.future_dates,
            late_refusals=self.late_refusals,
            strange_channels={role: self._strange(role) for role in ("permissions", "contacts")},
            test_events=self.test_events,
        )

    @cached_property
    def _caseless(self) -> bool:
        """Whether case confuses nobody: no two people have keys that differ in nothing else."""
        [(alike,)] = self._engine.run(
            "SELECT count(DISTINCT key) = count(DISTINCT lower(key)) FROM row"
        )
        return bool(alike)

    def _mine(self, person: str) -> str:
        """A person's key as it is compared with those of the side files."""
        return f"lower({person}.key)" if self._caseless else f"{person}.key"

    def _suppression(self, drafted: Mapping[str, Fact]) -> Iterator[tuple[str, Columns]]:
        opened = self._open("suppression")
        told = self._campaign.suppression
        if opened is None or told is None:
            return
        reading, key = opened
        since = reading.day(told.since) if told.since and reading.has(told.since) else None
        effective = (
            reading.day(told.effective) if told.effective and reading.has(told.effective) else None
        )
        launch = reading.value(self._campaign.launch)
        if since is not None:
            [(self.late_refusals,)] = reading.ask(f"count(*) FILTER ({since} > {launch})")
        says_no = _any_of(reading, told.flags)
        mine = self._keyed(reading, "suppression", key)
        reading.run(
            "CREATE TABLE refused AS SELECT key, min(since) AS since, "
            "CASE WHEN count(effective) = count(*) THEN max(effective) END AS effective FROM "
            f"(SELECT {mine} AS key, {since or 'CAST(NULL AS DATE)'} AS since, "
            f"{effective or 'CAST(NULL AS DATE)'} AS effective FROM {reading.source} "
            f"WHERE {says_no}) WHERE key IS NOT NULL GROUP BY key"
        )
        column = drafted.get("suppressed")
        also = f" OR folded.{column.column}" if column else ""
        columns: Columns = (("suppressed", "bool", f"(refused.key IS NOT NULL{also})", ()),)
        for name, day in (("since", since), ("effective", effective)):
            if day is not None:
                columns = (*columns, (f"suppression.{name}", "day", f"refused.{name}", ()))
        yield "refused", columns

    def _contacts(self) -> Iterator[tuple[str, Columns]]:
        opened = self._open("contacts")
        told = self._campaign.contacts
        if opened is None or told is None or told.at is None or not opened[0].has(told.at):
            return
        reading, key = opened
        launch = reading.value(self._campaign.launch)
        by_channel = told.channel is not None and reading.has(told.channel)
        email = self._among(reading, told.channel, CHANNEL_WORDS["email"])
        texts = self._among(reading, told.channel, TEXT_AND_PUSH)
        strange = self._strangely(reading, told.channel)
        reading.run(
            "CREATE TABLE contacted AS SELECT key, "
            f"{_contacts('days BETWEEN 1 AND 7 AND email', _UNSURE)} AS email_7d, "
            f"{_contacts('days BETWEEN 1 AND 7 AND texts', _UNSURE)} AS text_push_7d, "
            f"{_contacts('days BETWEEN 1 AND 30', 'days IS NULL')} AS total_30d FROM "
            f"(SELECT {reading.key(key)} AS key, {launch} - {reading.day(told.at)} AS days, "
            f"{email} AS email, {texts} AS texts, {strange} AS strange FROM {reading.source}) "
            "WHERE key IS NOT NULL GROUP BY key"
        )
        names = ("email_7d", "text_push_7d", "total_30d") if by_channel else ("total_30d",)
        yield (
            "contacted",
            tuple((f"contacts.{name}", "integer", _known_or_none(name), ()) for name in names),
        )

    def _events(self, drafted: Mapping[str, Fact]) -> Iterator[tuple[str, Columns]]:
        opened = self._open("permissions")
        told = self._campaign.permissions
        if opened is None or told is None or not opened[0].has(told.status):
            return
        reading, key = opened
        channels: dict[str, Channel] = {
            name: channel
            for name, channel in self._campaign.channels.items()
            if f"{name}.status" not in drafted
        }
        exported = self._campaign.people.exported or self._campaign.launch
        events = fold_events(
            self._engine,
            reading,
            told,
            self._keyed(reading, "permissions", key),
            channels,
            self._campaign.launch,
            exported,
            _purposes(self._campaign),
        )
        self.future_dates += events.future_dates
        self.test_events = events.tests
        yield from events.tables

    def _remarks(self) -> Iterator[tuple[str, Columns]]:
        for role in remarks.ROLES:
            opened = self._open(role)
            if opened is not None:
                reading, key = opened
                said = remarks.beside(reading, role, reading.key(key), self._campaign)
                yield said.table, said.columns

    def _among(self, reading: Reading, column: str | None, words: Iterable[str]) -> str:
        if column is None or not reading.has(column):
            return "FALSE"
        wanted = frozenset(words)
        found = reading.mapped(column, "BOOLEAN", lambda word: plain(word) in wanted or None)
        return f"coalesce({found}, FALSE)"

    def _strangely(self, reading: Reading, column: str | None) -> str:
        """Whether a row names a channel that is not known here, or none."""
        if column is None or not reading.has(column):
            return "FALSE"
        known = ANY_CHANNEL | EVERY
        found = reading.mapped(column, "BOOLEAN", lambda word: plain(word) in known or None)
        return f"NOT coalesce({found}, FALSE)"

    def _strange(self, role: str) -> int:
        """Rows of a side file with the name of a channel that is not known here."""
        opened, told = self._open(role), getattr(self._campaign, role, None)
        if opened is None or told is None:
            return 0
        reading, _ = opened
        named = f"{self._strangely(reading, told.channel)}"
        if named == "FALSE":
            return 0
        filled = reading.filled(told.channel)
        [(rows,)] = reading.ask(f"count(*) FILTER ({named} AND {filled})")
        return int(rows)

    def _roles(self) -> list[str]:
        return [
            role
            for role in self._tables
            if role not in ("people", "population") and self._key(role)
        ]

    def _unmatched(self, role: str) -> int:
        """Rows of a side file that belong to nobody in the people file."""
        opened = self._open(role)
        if opened is None:
            return 0
        reading, key = opened
        sql = self._keyed(reading, role, key)
        [(rows,)] = reading.run(
            f"SELECT count(*) FROM (SELECT {sql} AS key FROM {reading.source}) AS side "
            "WHERE side.key IS NULL OR side.key NOT IN "
            f"(SELECT {self._mine('row')} FROM row WHERE row.key IS NOT NULL)"
        )
        return int(rows)

    def _keyed(self, reading: Reading, role: str, key: str) -> str:
        """The key of the person whom a row of a side file is about."""
        match = matching.of(self._campaign, role)
        if match is None:
            return reading.key(key)
        mine = "lower(key)" if self._caseless else "key"
        link = f"(SELECT DISTINCT link, {mine} AS key FROM link_{role})"
        return reading.joined(link, "link", matching.theirs(reading, key, match), "key")

    def _open(self, role: str) -> tuple[Reading, str] | None:
        """A side file and the column of its keys; None where there is none."""
        key = self._key(role)
        if key is None:
            return None
        missing, zone = self._campaign.people.missing, self._campaign.time_zone
        table = self._tables[role]
        return Reading(self._engine, table, missing, zone, caseless=self._caseless), key

    def _key(self, role: str) -> str | None:
        table, told = self._tables.get(role), getattr(self._campaign, role, None)
        if table is None or told is None:
            return None
        if len(table.columns) == 1 and not told.key:
            return next(iter(table.columns))
        key = told.key or self._campaign.people.key
        return key if key in table.columns else None


def _any_of(reading: Reading, flags: Iterable[str]) -> str:
    """Whether one of the flags says so; without flags every row does."""
    said = [
        f"coalesce({reading.truth(flag, otherwise=True)}, FALSE)"
        for flag in flags
        if reading.has(flag)
    ]
    return f"({' OR '.join(said)})" if said else "TRUE"


def _purposes(campaign: Campaign) -> frozenset[str]:
    """Every purpose that the campaign file names."""
    declares = campaign.notice.declares if campaign.notice else None
    return frozenset(
        [
            *(channel.purpose for channel in campaign.channels.values()),
            *(one for field_ in campaign.fields or () for one in field_.purpose),
            *(declares.purposes if declares else ()),
        ]
    )


_UNSURE = "days IS NULL OR (days BETWEEN 1 AND 7 AND strange)"
"""A contact that may have been in the last week on this channel, and may not."""


def _contacts(which: str, unsure: str) -> str:
    """How many contacts of a person; not known where one of them may count or not."""
    return f"CASE WHEN count(*) FILTER ({unsure}) = 0 THEN count(*) FILTER ({which}) END"


def _known_or_none(name: str) -> str:
    """Nobody in the file of contacts had none; somebody in it may have had an unknown number."""
    return f"CASE WHEN contacted.key IS NULL THEN 0 ELSE contacted.{name} END"
