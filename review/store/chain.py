"""Whether a record is whole: every hash recomputed, and the first event named that does not fit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from review.events import (
    Event,
    Part,
    Restored,
    TextsErased,
    hash_of,
    read_event,
)
from review.store.anchors import Anchor
from review.store.canonical import NOTHING, fingerprint, parsed_as_kept
from review.store.rows import Row


@dataclass(frozen=True, kw_only=True, slots=True)
class Chain:
    """The events of a review, as far as they fit together."""

    review: str
    events: tuple[Event, ...]
    hashes: tuple[str, ...]
    """Of each event; the last one is the head."""
    problem: str = ""
    """What does not fit, as a sentence; empty where all of it does."""

    @property
    def head(self) -> str:
        """The hash of the newest event; zeros where there is none."""
        return self.hashes[-1] if self.hashes else NOTHING

    def since(self, seen: str) -> tuple[Event, ...] | None:
        """What happened after the event with this hash; None where there is no such event."""
        if seen not in self.hashes:
            return None
        return self.events[self.hashes.index(seen) + 1 :]


def linked(review: str, rows: Iterable[Row], after: Chain | None = None) -> Chain:
    """Read stored events and recompute the chain, up to the first that does not fit.

    `after` is the whole chain of the rows before these, as it was read earlier.
    """
    events = [*after.events] if after else []
    hashes = [*after.hashes] if after else []
    problem = ""
    for expected, row in enumerate(rows, start=len(events) + 1):
        found = _fitting(row, review, expected, hashes[-1] if hashes else NOTHING)
        if isinstance(found, str):
            problem = f"Event {expected} of this record does not fit: {found}"
            break
        events.append(found)
        hashes.append(row.hash)
    return Chain(review=review, events=tuple(events), hashes=tuple(hashes), problem=problem)


def _fitting(row: Row, review: str, expected: int, before: str) -> Event | str:
    if row.number != expected:
        return f"number {row.number} stands in its place."
    if hash_of(row.event) != row.hash:
        return "its words are not the ones that were hashed."
    try:
        event = read_event(row.event)
    except ValidationError:
        return (
            "it is not written as this version of Candor writes events. If a newer version wrote "
            "it, bring Candor up to date; nothing is lost."
        )
    except ValueError:
        return "it cannot be read."
    if (event.review, event.number) != (review, expected):
        return "it belongs to another place."
    return event if event.prev == before else "it does not follow the event before it."


def unlike(chain: Chain, anchors: Iterable[Anchor]) -> str:
    """How the chain differs from where it was anchored, as a sentence; empty where it does not.

    Further on than the last anchor is fine. Anchors from before a `restored` event are settled.
    """
    restored = {
        found
        for event, found in zip(chain.events, chain.hashes, strict=True)
        if isinstance(event, Restored)
    }
    counting: list[Anchor] = []
    for anchor in anchors:
        if anchor.head in restored:
            counting = []
        counting.append(anchor)
    for anchor in counting:
        if anchor.number > len(chain.hashes):
            return (
                f"Event {anchor.number} was anchored on {anchor.time}, but the store ends with "
                f"event {len(chain.hashes)}."
            )
        if chain.hashes[anchor.number - 1] != anchor.head:
            return f"Event {anchor.number} is not the one that was anchored on {anchor.time}."
    return ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verified:
    """What was found when a bundle was checked, without any store."""

    stands: bool
    review: str
    head: str
    length: int
    problem: str
    """What does not fit, as a sentence; empty where everything does."""
    event: int | None
    """Number of the first event that does not fit, where it is an event."""
    erased: int
    """How many texts were left out or erased: their hashes stand."""


TEXTS = {
    "address",
    "because",
    "changed",
    "conflict",
    "early",
    "grounds",
    "identity",
    "name",
    "owner",
    "reason",
    "sealed",
    "text",
    "what",
    "who",
    "words",
}
"""The fields of events that name a text."""
EACH, WHOLE = b'{"event":', re.compile(rb'("(?:[^"\\]|\\.)*"),"hash":"([0-9a-f]{64})"\}')
HASHED = b'","hash":"'
"""How each event of a bundle begins, how it goes on, and what is in every one of them."""
FORM = "candor.record"
NAMES = {
    "anchor",
    "documents",
    "events",
    "form",
    "head",
    "redacted",
    "review",
    "texts",
    "version",
}
"""What a bundle holds."""
VERSION = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Bundle:
    """A whole record, as it is attached to a document."""

    review: str
    head: str
    rows: tuple[Row, ...]
    texts: Mapping[str, Mapping[str, str]]
    documents: Mapping[str, str]
    redacted: Mapping[str, str] = field(default_factory=dict)
    """By hash: words in which names were replaced, for an edition that leaves them out."""
    anchor: tuple[int, str] | None = None
    """Number and hash of the event that was anchored last, outside the store."""


def read_bundle(content: bytes) -> Bundle:
    """The bundle in these bytes; raises ValueError with a sentence where there is none."""
    try:
        plain = parsed_as_kept(content)
        known = plain["form"] == FORM and plain["version"] == VERSION
        _only_known(plain)
        rows = tuple(
            Row(number, str(one["hash"]), str(one["event"]))
            for number, one in enumerate(plain["events"], start=1)
        )
        bundle = Bundle(
            review=str(plain["review"]),
            head=str(plain["head"]),
            rows=rows,
            texts={str(k): {"salt": str(v["salt"]), "words": str(v["words"])}
                   for k, v in plain["texts"].items()},
            documents={str(k): str(v) for k, v in plain["documents"].items()},
            redacted={str(k): str(v) for k, v in plain.get("redacted", {}).items()},
            anchor=_anchor(plain.get("anchor")),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ValueError("This is not a record of Candor, or it is damaged.") from None
    if not known:
        raise ValueError("This record was written by another version of Candor.")
    return bundle


def _only_known(plain: Mapping[str, Any]) -> None:
    """Refuse names that no bundle has: what is passed over could hide what was there before."""
    parts = [(plain, NAMES), (plain.get("anchor") or {}, {"number", "head"})]
    parts += [(one, {"event", "hash"}) for one in plain["events"]]
    parts += [(one, {"salt", "words"}) for one in plain["texts"].values()]
    if any(set(part) - names for part, names in parts):
        raise ValueError("an unknown name")


def _anchor(said: Mapping[str, object] | None) -> tuple[int, str] | None:
    return None if said is None else (int(str(said["number"])), str(said["head"]))


def verify_bundle(content: bytes) -> Verified:
    """Recompute every hash in a bundle; never raises, whatever the bytes are."""
    try:
        bundle = read_bundle(content)
    except ValueError as error:
        torn = _torn(content)
        problem = f"{error} Event {torn} is the first that cannot be read." if torn else str(error)
        return Verified(
            stands=False, review="", head="", length=0, problem=problem, event=torn, erased=0
        )
    chain = linked(bundle.review, bundle.rows)
    broken = len(chain.events) + 1 if chain.problem else None
    problem = (
        chain.problem
        or _head_of(bundle, chain)
        or _anchored(bundle, chain)
        or _contents(bundle, chain)
    )
    return Verified(
        stands=not problem,
        review=bundle.review,
        head=chain.head,
        length=len(chain.events),
        problem=problem,
        event=broken,
        erased=len(texts_named(chain.events) - set(bundle.texts)),
    )


def _torn(content: bytes) -> int | None:
    """The first event that does not fit, in bytes that cannot be read as a whole."""
    parts = content.split(EACH)[1:]
    for number, part in enumerate(parts, start=1):
        if not _whole(part, number):
            return number
    return len(parts) + 1 if content.count(HASHED) > len(parts) else None


def _whole(part: bytes, number: int) -> bool:
    """Whether bytes begin with the rest of the event that has this number."""
    found = WHOLE.match(part)
    if found is None:
        return False
    try:
        event = json.loads(found[1])
        return hash_of(event).encode() == found[2] and bool(json.loads(event)["number"] == number)
    except (ValueError, KeyError, TypeError):
        return False


def _head_of(bundle: Bundle, chain: Chain) -> str:
    if not chain.events:
        return "The record holds no events."
    return "" if bundle.head == chain.head else "The last event is not the one the record names."


def _anchored(bundle: Bundle, chain: Chain) -> str:
    if bundle.anchor is None:
        return ""
    number, head = bundle.anchor
    if 1 <= number <= len(chain.hashes) and chain.hashes[number - 1] == head:
        return ""
    return f"Event {number} is not the one that was anchored outside the store."


def _contents(bundle: Bundle, chain: Chain) -> str:
    for name, text in bundle.texts.items():
        if not fits(name, _bytes(text["salt"]), text["words"]):
            return "Words in the record are not the ones that were hashed."
    for name, document in bundle.documents.items():
        if fingerprint(document.encode()) != name:
            return "A document in the record is not the one that was hashed."
    if documents_named(chain.events) - set(bundle.documents):
        return "A document that the record names is missing from it."
    return ""


def fits(name: str, salt: bytes | None, words: str | None) -> bool:
    """Whether a text is the one an event names; an erased one fits too."""
    if salt is None and words is None:
        return True
    return fingerprint((salt or b"") + (words or "").encode()) == name


def _bytes(salt: str) -> bytes:
    try:
        read = bytes.fromhex(salt)
    except ValueError:
        return b""
    return read if read.hex() == salt else b""  # it takes blanks and capitals too: other bytes


def texts_named(events: Iterable[Event]) -> set[str]:
    """Every text the events name, by hash."""
    return set().union(*(texts_of(event) for event in events), set())


def texts_of(part: Part) -> set[str]:
    """Every text within a part of an event, however deep."""
    found: set[str] = set()
    for name, value in part:
        if name in TEXTS and isinstance(value, str):
            found.add(value)
        elif isinstance(value, Part):
            found |= texts_of(value)
        elif isinstance(value, tuple):
            found |= set().union(*(texts_of(one) for one in value if isinstance(one, Part)))
    return found


def texts_erased(events: Iterable[Event]) -> set[str]:
    """Every text that an event says was erased."""
    return {one for event in events if isinstance(event, TextsErased) for one in event.texts}


def documents_named(events: Iterable[Event]) -> set[str]:
    """Every document the events name, by hash."""
    kept = ("findings", "checklist")
    return {value for event in events for name in kept if (value := getattr(event, name, None))}
