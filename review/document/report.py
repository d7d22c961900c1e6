"""The document: one review as a PDF with its record attached; same input, same bytes."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from checks.places import HOUSE
from checks.registry import catalogue
from checks.written.schemas import FINDINGS, published
from review.document.editions import Edition
from review.document.pages import content
from review.document.printable import FONTS, covered, font_files, printable_all
from review.document.public import Extract
from review.document.typesetting import NotTypeset, faces_of, typeset
from review.document.wording import moment
from review.proof.checking import about_seal, how_to_check
from review.proof.record_schema import RECORD_SCHEMA
from review.proof.seal_key import Sealer
from review.record import Review
from review.store.chain import read_bundle

__all__ = ["NotTypeset", "document", "public_document", "renderer"]

TEMPLATE = Path(__file__).resolve().parent / "document.typ"
PUBLIC = TEMPLATE.with_name("public.typ")
SCHEMAS = (RECORD_SCHEMA, FINDINGS)
ABOUT = {
    "findings.json": "The findings as they were stored",
    RECORD_SCHEMA: "How record.json is read by a program",
    FINDINGS: "How findings.json is read by a program",
}
"""What is attached besides the record, and what it is."""
FOR_WHOM = {
    Edition.INTERNAL: "internal edition",
    Edition.TWO_PAGES: "two pages for a meeting",
    Edition.REGULATOR: "edition for a regulator",
    Edition.PUBLIC: "for the people concerned",
}
"""How each edition calls itself."""


def document(
    review: Review,
    record: bytes,
    *,
    at: datetime,
    fonts: Sequence[Path] = (),
    sealer: Sealer | None = None,
    edition: Edition = Edition.INTERNAL,
) -> bytes:
    """The PDF of a review: signed when it is decided, else a pre-read.

    `record` is the JSON bundle of `Desk.bundle`, or what an edition leaves of it
    (`review.document.editions.record_for`), attached as ``record.json``. `fonts` are folders
    with further fonts, for scripts that the ones of the house cannot draw; `sealer` is who will
    seal it, which its pages say. Raises ValueError where nothing was checked yet, and `NotTypeset`
    where the typesetter has any complaint.
    """
    if review.read_only:
        raise NotTypeset(review.read_only)
    bundle = read_bundle(record)
    if bundle.head != review.head:
        raise NotTypeset("Something was added while the document was made. Make it again.")
    page = content(replace(review, moved=""), at=at)  # the record alone makes the document
    page["authors"] = list(dict.fromkeys(one["name"] for one in page["signatures"]))
    page["title"] = f"{page['name']}, revision {page['revision']}: {page['decision']['word']}"
    page["edition"] = FOR_WHOM[edition]
    page["only"] = edition is Edition.TWO_PAGES
    named = review.revisions[-1].findings if review.revisions else ""
    held = {"findings.json": bundle.documents.get(named, ""), **_schemas()}
    page["attached"] = [[name, ABOUT[name]] for name, content in held.items() if content]
    return _set(
        TEMPLATE, page, record, at=at, fonts=fonts, sealer=sealer, edition=edition, held=held
    )


def public_document(
    record: bytes, *, at: datetime, fonts: Sequence[Path] = (), sealer: Sealer | None = None
) -> bytes:
    """The PDF for the people concerned, from its extract (`review.document.public.extract`)."""
    page = dict(Extract.read(record).page)
    page["title"] = f"{page['name']}, revision {page['revision']}: {page['decided']['word']}"
    page["made"] = moment(at)
    return _set(PUBLIC, page, record, at=at, fonts=fonts, sealer=sealer, edition=Edition.PUBLIC)


def _set(
    template: Path,
    page: Mapping[str, Any],
    record: bytes,
    *,
    at: datetime,
    fonts: Sequence[Path],
    sealer: Sealer | None,
    edition: Edition,
    held: Mapping[str, str] | None = None,
) -> bytes:
    """Set a page with what every edition says about its own making."""
    faces, families = faces_of(fonts)
    made = at.astimezone(UTC).replace(microsecond=0)
    record_sha256 = sha256(record).hexdigest()
    parts = ("year", "month", "day", "hour", "minute", "second")
    whole = {
        **page,
        "date": {part: getattr(made, part) for part in parts},
        "fonts": list(families),
        "record_sha256": record_sha256,
        "seal": about_seal(sealer),
        "check": how_to_check(record_sha256, page["head"], sealer),
        "keywords": keywords(renderer(fonts), record_sha256, made, sealer, edition),
    }
    shown = printable_all(whole, covered(font_files([FONTS, *fonts])))
    inputs = {"page": json.dumps(shown, ensure_ascii=False), "record": record.decode()}
    return typeset(template, faces, {**inputs, **(held or {})}, made)


@cache
def _schemas() -> dict[str, str]:
    return {name: published(name).read_text(encoding="utf-8") for name in SCHEMAS}


def renderer(fonts: Sequence[Path] = ()) -> dict[str, str]:
    """What the bytes of a document depend on besides its record, each with its version.

    Two installations with the same renderer make the same bytes from the same record.
    """
    return {
        "candor": version("candor"),
        "typst": version("typst"),
        "unicode": unicodedata.unidata_version,
        "program": _program()[:16],
        "fonts": _digest(font_files([FONTS, *fonts]))[:16],
    }


def keywords(
    made_with: dict[str, str],
    record_sha256: str,
    at: datetime,
    sealer: Sealer | None = None,
    edition: Edition = Edition.INTERNAL,
) -> list[str]:
    """What the document says about its own making, for whoever makes it again."""
    named = [f"{name} {what}" for name, what in made_with.items()]
    seal = sealer.certificate if sealer else "none"
    return [
        *named,
        f"edition {edition}",
        f"seal {seal}",
        f"record {record_sha256}",
        f"made {at:%Y-%m-%dT%H:%M:%SZ}",
    ]


@cache
def _program() -> str:
    """Everything of ours that a page depends on: folding, template, words, and the catalogue."""
    judged = (
        HOUSE / "checks" / f"{name}.py" for name in ("evidence", "finding", "registry", "runs/run")
    )
    set_by = (file for kind in ("*.py", "*.typ") for file in (HOUSE / "review").rglob(kind))
    pages = "".join(f"{one.id} {one.title} {one.question} {one.doc}" for one in catalogue())
    sources = "".join(str(one.sources) for one in catalogue())
    schemas = (published(name) for name in SCHEMAS)
    return sha256(
        f"{_digest(sorted([*judged, *set_by, *schemas]))}{pages}{sources}".encode()
    ).hexdigest()


def _digest(files: Iterable[Path]) -> str:
    whole = sha256()
    for file in files:
        whole.update(f"{file.name} {sha256(file.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()
