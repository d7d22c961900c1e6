"""Read a campaign file: strictly, whole, and with every problem told at once."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from checks import places
from checks.campaign import (
    Attribute,
    Campaign,
    Channel,
    FileParts,
    People,
    Permission,
    Permissions,
    Rule,
    Segment,
    Stratifier,
    Suppression,
    Window,
)
from checks.intake.mapping import files
from checks.refusal import Problem, Refused
from checks.written import doors, strict_yaml

SCHEMA = "campaign.schema.json"
"""The file in ``data/schema`` by which editors complete campaign files."""

_REGION = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")

Complaint = tuple[tuple[str | int, ...], str, str]
"""Place within its section, what was found, and the cure."""


def read_campaign(file: Path) -> Campaign:
    """Read a campaign file; raises `checks.refusal.Refused` with every problem found."""
    return _read(strict_yaml.load(file), file.name)


def read_text(text: str, name: str) -> Campaign:
    """Read the words of a campaign file; raises `checks.refusal.Refused` like the file itself."""
    return _read(strict_yaml.load(text, name), name)


def _read(data: dict[str, Any], name: str) -> Campaign:
    found = [*doors.problems(Campaign, data, name), *_contradictions(data, name)]
    if found:
        raise Refused(found)
    return doors.validated(Campaign, data, name)


def campaign_schema() -> dict[str, Any]:
    """The JSON Schema of campaign files, for editors that complete and check while one types."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Campaign.model_json_schema(by_alias=True),
        "title": "Candor campaign file",
    }


def write_schema(file: Path = places.DATA / "schema" / SCHEMA) -> None:
    """Write the JSON Schema where editors look for it; a test says when that is due."""
    text = json.dumps(campaign_schema(), indent=2, ensure_ascii=False)
    file.write_text(f"{text}\n", encoding="utf-8")


def _contradictions(data: dict[str, Any], name: str) -> Iterator[Problem]:
    """What is written properly and still cannot be, section by section."""
    for section, content in doors.sections(Campaign, data).items():
        for steps, what, cure in _SECTIONS.get(section, _nothing)(content):
            yield Problem(where=doors.place(name, section, *steps), what=what, cure=cure)


def _nothing(_: object) -> Iterator[Complaint]:
    yield from ()


def _time_zone(zone: str) -> Iterator[Complaint]:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = doors.near_miss(zone, sorted(available_timezones()))
        cure = f'Did you mean "{near}"?' if near else "Write one such as Europe/Berlin."
        yield (), f"{doors.said(zone)} is not a time zone.", cure


def _regions(regions: tuple[str, ...]) -> Iterator[Complaint]:
    for number, region in enumerate(regions):
        if not _REGION.fullmatch(region):
            what = f"{doors.said(region)} is not the code of a region."
            yield (number,), what, "Write codes such as DE or US-CA."


def _people(people: People) -> Iterator[Complaint]:
    if people.file is None and people.snapshot is None and people.database is None:
        yield (), "It names no people.", "Add “file:” with the name of the people file."
    yield from _one_source(people)
    yield from _labels(people)
    if people.in_place and not (isinstance(people.file, str) and people.file.endswith(".parquet")):
        cure = "Write the people as one file of Parquet, or leave “in_place:” out."
        yield ("in_place",), "Only one file of Parquet can be counted in place.", cure
    for name, attribute in people.attributes.items():
        yield from _bands(name, attribute)


def _one_source(part: FileParts) -> Iterator[Complaint]:
    yield from _there(part)
    if part.file is not None and part.snapshot is not None:
        yield (), "It names a file and a snapshot.", "Keep one of the two."
    if isinstance(part.file, dict) and not isinstance(part, People):
        what = "Labels were found, and only files of people have them."
        yield ("file",), what, "Name the files without labels."
    if part.file in ((), {}):
        yield ("file",), "An empty list was found.", "Name at least one file."
    for name, times in Counter(files(part)).items():
        if times > 1:
            yield ("file",), f"{doors.said(name)} is named {times} times.", "Name each file once."


def _there(part: FileParts) -> Iterator[Complaint]:
    """What stays in a warehouse is a table of it, and no password stands in its address."""
    there = part.database is not None or part.table is not None
    if there and (part.file is not None or part.snapshot is not None):
        yield (), "It names files and a table of a warehouse.", "Keep one of the two."
    if part.database is not None and part.table is None:
        yield (), "It names a database and no table.", "Add “table:”, such as schema.people."
    if isinstance(part, People) and part.table is not None and part.database is None:
        yield (), "It names a table and no database.", "Add “database:” with its address."
    if part.database is not None and _tells_more(part.database):
        what = "The address holds more than scheme, user, host, port and database."
        cure = "Take it out; if it was a password, change it and use PGPASSWORD or ~/.pgpass."
        yield ("database",), what, cure


def _tells_more(address: str) -> bool:
    """Whether an address says more than where to go, which may be a password."""
    try:
        parts = urlsplit(address)
        told = (parts.password, parts.query, parts.fragment)
        return any(told) or (parts.port is not None and not parts.hostname)
    except ValueError:  # no port is written like this; perhaps a password with a slash in it
        return True


def _labels(people: People) -> Iterator[Complaint]:
    """Labels of files and the column they make need each other; a snapshot has them already."""
    if isinstance(people.file, dict) and people.file_as is None:
        what = "The files have labels, and no column to hold them."
        yield ("file",), what, "Name that column in “file_as:”."
    if people.file is not None and not isinstance(people.file, dict) and people.file_as:
        what = "It names a column for the labels of files, and they have none."
        yield ("file_as",), what, "Write “file:” as labels with their files, or leave it out."


def _bands(name: str, attribute: str | Attribute) -> Iterator[Complaint]:
    if not isinstance(attribute, str):
        yield from _rising(("attributes", name, "bands"), attribute.bands)


def _rising(place: tuple[str | int, ...], bands: tuple[int, ...]) -> Iterator[Complaint]:
    if list(bands) != sorted(set(bands)):
        found = ", ".join(str(one) for one in bands)
        cure = "Write the lower end of each band, the smallest first, each once."
        yield place, f"The bands {found} do not rise.", cure


def _suppression(part: Suppression) -> Iterator[Complaint]:
    yield from _one_source(part)
    if part.file is not None and part.column is not None:
        what = "It names a file and a column of the people file."
        yield (), what, "Keep “file:” with “key:”, or “column:”."


def _permissions(part: Permissions) -> Iterator[Complaint]:
    yield from _one_source(part)
    yield from _words(part)


def _channels(channels: Mapping[str, Channel]) -> Iterator[Complaint]:
    for name, channel in channels.items():
        for steps, what, cure in _words(channel.permission) if channel.permission else ():
            yield (name, "permission", *steps), what, cure
        for end in ("from", "to"):
            time = getattr(channel.send, f"{end}_" if end == "from" else end, None)
            if time is not None and not _CLOCK.fullmatch(time):
                what = f"{doors.said(time)} is not a time of day."
                yield (name, "send", end), what, "Write a time such as 09:30."


def _words(permission: Permission | Permissions) -> Iterator[Complaint]:
    """A word can mean one answer only."""
    first: dict[str, str] = {}
    for answer in ("granted", "denied", "withdrawn", "objected"):
        for word in getattr(permission, answer):
            meant = first.setdefault(word.strip().casefold(), answer)
            if meant != answer:
                what = f"{doors.said(word)} stands under {meant} as well."
                yield (answer,), what, "Keep it under one of them."


def _rules(rules: tuple[Rule, ...]) -> Iterator[Complaint]:
    for number, rule in enumerate(rules):
        limits = (rule.at_least, rule.at_most, rule.among, rule.not_among)
        if all(limit is None for limit in limits):
            cure = "Add at_least, at_most, among or not_among."
            yield (number,), "The rule says nothing about its column.", cure
        low, high = rule.at_least, rule.at_most
        if low is not None and high is not None and low > high:
            what = f"Nobody can have at least {low:g} and at most {high:g}."
            yield (number,), what, "Exchange the two numbers, or keep one."


def _segments(segments: tuple[Segment, ...]) -> Iterator[Complaint]:
    for name, times in Counter(segment.name for segment in segments).items():
        if times > 1:
            what = f"{doors.said(name)} is described {times} times."
            yield (), what, "Describe each segment once."


def _stratifiers(stratifiers: tuple[Stratifier, ...]) -> Iterator[Complaint]:
    for number, one in enumerate(stratifiers):
        yield from _rising((number, "bands"), one.bands)


def _calendar(windows: tuple[Window, ...]) -> Iterator[Complaint]:
    for number, window in enumerate(windows):
        if window.to < window.from_:
            what = f"It ends on {window.to}, before it begins on {window.from_}."
            yield (number,), what, "Exchange the two days."


_SECTIONS: Mapping[str, Callable[[Any], Iterator[Complaint]]] = {
    "time_zone": _time_zone,
    "regions": _regions,
    "people": _people,
    "permissions": _permissions,
    "suppression": _suppression,
    "signals": _one_source,
    "contacts": _one_source,
    "outcomes": _one_source,
    "population": _one_source,
    "stratifiers": _stratifiers,
    "channels": _channels,
    "rules": _rules,
    "segments": _segments,
    "calendar": _calendar,
}
