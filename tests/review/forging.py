"""Documents and records as somebody would forge them: whole by every hash, and not ours."""

from __future__ import annotations

import io
import json
from hashlib import sha256

import pikepdf

from review.document.editions import Edition
from review.document.report import keywords, renderer
from review.store.canonical import NOTHING, canonical
from tests.review.documents import AT


def saved_again(pdf, change):
    """The same PDF, taken apart, changed and saved by another program."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        saved = io.BytesIO()
        opened.save(saved, static_id=True)
    return saved.getvalue()


def with_record(pdf, record, *, named=None, edition=Edition.INTERNAL):
    """The same PDF with another record in it, named as if it belonged there."""
    held = named or sha256(record).hexdigest()
    told = ", ".join(keywords(renderer(), held, AT, edition=edition))

    def swap(opened):
        opened.attachments["record.json"] = pikepdf.AttachedFileSpec(
            opened, record, filename="record.json", mime_type="application/json"
        )
        opened.docinfo["/Keywords"] = told

    return saved_again(pdf, swap)


def events_of(record):
    """The events of a record, as plain data."""
    return [json.loads(one["event"]) for one in json.loads(record)["events"]]


def with_events(record, events):
    """The same record with these events, numbered and hashed as if they were its own."""
    before, linked = NOTHING, []
    for number, one in enumerate(events, start=1):
        written = canonical({**one, "number": number, "prev": before})
        before = sha256(written).hexdigest()
        linked.append({"event": written.decode(), "hash": before})
    plain = json.loads(record)
    return canonical({**plain, "events": linked, "head": before, "anchor": None})
