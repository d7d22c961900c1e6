"""Editions of one record: for those inside, for a regulator, for the people concerned.

While nobody has decided, those inside may take its first two pages alone to a meeting.

The chain and its head are the same in each. The regulator's record leaves names out where the
policy says so: a text with a name in it is given with the role in its place, and marked so. The
public edition carries only what it prints.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Literal

from review.store.canonical import canonical, parsed

Names = Literal["roles", "full"]
SHORTEST = 3
"""Letters of a name that is looked for in texts."""


class Edition(StrEnum):
    """For whom a document is."""

    INTERNAL = "internal"
    TWO_PAGES = "two-pages"
    REGULATOR = "regulator"
    PUBLIC = "public"


OF_A_DECISION = (Edition.INTERNAL, Edition.REGULATOR, Edition.PUBLIC)
"""Those that a decided review is given out in."""


def record_for(record: bytes, names: Names) -> bytes:
    """The record as a regulator gets it: whole, or with every name replaced by a role."""
    if names == "full":
        return record
    plain = parsed(record)
    events = [json.loads(one["event"]) for one in plain["events"]]
    told = _told(events, {name: text["words"] for name, text in plain["texts"].items()})
    kept, redacted = {}, {}
    for name, text in plain["texts"].items():
        words = _without(text["words"], told)
        if name in _identities(events):
            continue
        if words == text["words"]:
            kept[name] = text
        else:
            redacted[name] = words
    return canonical({**plain, "texts": kept, "redacted": redacted})


def _told(events: list[Any], texts: Mapping[str, str]) -> dict[str, str]:
    """What stands for each name, the longest names first; the same person is called the same."""
    called: dict[str, str] = {}
    people: dict[str, str] = {}
    for event in events:
        for who in _people(event):
            number = people.setdefault(who["person"], f"Person {len(people) + 1}")
            called.setdefault(texts.get(who["name"], ""), number)
    for event in events:
        for part, label in _named_otherwise(event):
            called.setdefault(texts.get(part, ""), label)
    found = {name: label for name, label in called.items() if len(name) >= SHORTEST}
    return dict(sorted(found.items(), key=lambda one: (-len(one[0]), one[0])))


def _without(words: str, told: Mapping[str, str]) -> str:
    for name, label in told.items():
        words = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", label, words, flags=re.IGNORECASE)
    return words


def _people(thing: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 — any part of an event
    """Everybody an event names, wherever in it."""
    if isinstance(thing, dict):
        if {"person", "name", "identity"} <= set(thing):
            yield thing
        for one in thing.values():
            yield from _people(one)
    elif isinstance(thing, list):
        for one in thing:
            yield from _people(one)


def _named_otherwise(thing: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 — as above
    """Names that are no account's: the owner of a file, who promised something, who was asked."""
    if isinstance(thing, dict):
        for part, label in (("owner", "the owner"), ("who", "somebody named")):
            if isinstance(thing.get(part), str):
                yield thing[part], label
        for one in thing.values():
            yield from _named_otherwise(one)
    elif isinstance(thing, list):
        for one in thing:
            yield from _named_otherwise(one)


def _identities(events: list[Any]) -> set[str]:
    return {who["identity"] for event in events for who in _people(event)}
