"""The JSON Schema of a record, published and attached: how a stranger's program reads it."""

from __future__ import annotations

from typing import Any

from checks.written.schemas import DIALECT, published, written
from review.events import schema_of_events
from review.store.chain import FORM, VERSION

RECORD_SCHEMA = "record.schema.json"
_HASH = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_TEXT = {
    "type": "object",
    "properties": {"salt": {"type": "string"}, "words": {"type": "string"}},
    "required": ["salt", "words"],
    "additionalProperties": False,
    "description": "Its name is the SHA-256 of the bytes of the salt, then of the words (UTF-8).",
}


def record_schema() -> dict[str, Any]:
    """The schema of ``record.json``; each event is JSON inside a string, exactly as hashed."""
    events = schema_of_events()
    return {
        "$schema": DIALECT,
        "title": "Candor record",
        "type": "object",
        "required": ["form", "version", "review", "head", "events", "texts", "documents"],
        "additionalProperties": False,
        "properties": {
            "form": {"const": FORM},
            "version": {"const": VERSION},
            "review": {"type": "string"},
            "head": {**_HASH, "description": "The hash of the last event."},
            "events": {"type": "array", "items": _event(events)},
            "texts": {"type": "object", "additionalProperties": _TEXT},
            "redacted": {
                "type": "object",
                "additionalProperties": {"type": "string"},
                "description": "Words given without names; their hashes are of the words as said.",
            },
            "documents": {
                "type": "object",
                "additionalProperties": {"type": "string"},
                "description": "By SHA-256: findings (findings.schema.json) and checklists.",
            },
            "anchor": {
                "type": ["object", "null"],
                "properties": {"number": {"type": "integer"}, "head": _HASH},
                "required": ["number", "head"],
                "description": "The event that was written down outside the store last.",
            },
        },
        "$defs": events["$defs"],
    }


def write_record_schema() -> None:
    """Write it where it is published; a test says when that is due."""
    published(RECORD_SCHEMA).write_text(written(record_schema()), encoding="utf-8")


def _event(events: dict[str, Any]) -> dict[str, Any]:
    one = {name: part for name, part in events.items() if name != "$defs"}
    return {
        "type": "object",
        "required": ["hash", "event"],
        "additionalProperties": False,
        "properties": {
            "hash": {**_HASH, "description": "The SHA-256 of the event's text."},
            "event": {
                "type": "string",
                "contentMediaType": "application/json",
                "contentSchema": one,
            },
        },
    }
