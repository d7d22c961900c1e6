"""The document: one review as a PDF with its record attached; same input, same bytes."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from checks.places import HOUSE
from checks.registry import catalogue
from review.chain import read_bundle
from review.checking import about_seal, how_to_check
from review.pages import content
from review.printable import FONTS, covered, font_files, printable_all
from review.record import Review
from review.seal_key import Sealer
from review.typesetting import NotTypeset, faces_of, typeset

__all__ = ["NotTypeset", "document", "renderer"]

TEMPLATE = Path(__file__).resolve().parent / "document.typ"


def document(
    review: Review,
    record: bytes,
    *,
    at: datetime,
    fonts: Sequence[Path] = (),
    sealer: Sealer | None = None,
) -> bytes:
    """The PDF of a review: signed when it is decided, else a pre-read.

    `record` is the JSON bundle of `Desk.bundle`, attached as ``record.json``. `fonts` are folders
    with further fonts, for scripts that the ones of the house cannot draw; `sealer` is who will
    seal it, which its pages say. Raises ValueError where nothing was checked yet, and `NotTypeset`
    where the typesetter has any complaint.
    """
    if review.read_only:
        raise NotTypeset(review.read_only)
    _same_record(review, record)
    faces, families = faces_of(fonts)
    moment = at.astimezone(UTC).replace(microsecond=0)
    page = _page(review, record, at=moment, fonts=fonts, families=families, sealer=sealer)
    shown = printable_all(page, covered(font_files([FONTS, *fonts])))
    inputs = {"page": json.dumps(shown, ensure_ascii=False), "record": record.decode()}
    return typeset(TEMPLATE, faces, inputs, moment)


def _same_record(review: Review, record: bytes) -> None:
    if read_bundle(record).head != review.head:
        raise NotTypeset("Something was added while the document was made. Make it again.")


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


def _page(
    review: Review,
    record: bytes,
    *,
    at: datetime,
    fonts: Sequence[Path],
    families: Iterable[str],
    sealer: Sealer | None,
) -> dict[str, Any]:
    page = content(replace(review, moved=""), at=at)  # the record alone makes the document
    record_sha256 = sha256(record).hexdigest()
    return {
        **page,
        "title": f"{page['name']}, revision {page['revision']}: {page['decision']['word']}",
        "authors": list(dict.fromkeys(one["name"] for one in page["signatures"])),
        "date": {
            "year": at.year,
            "month": at.month,
            "day": at.day,
            "hour": at.hour,
            "minute": at.minute,
            "second": at.second,
        },
        "fonts": list(families),
        "record_sha256": record_sha256,
        "seal": about_seal(sealer),
        "check": how_to_check(record_sha256, page["head"], sealer),
        "keywords": keywords(renderer(fonts), record_sha256, at, sealer),
    }


def keywords(
    made_with: dict[str, str],
    record_sha256: str,
    at: datetime,
    sealer: Sealer | None = None,
    edition: str = "internal",
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
        HOUSE / "checks" / f"{name}.py" for name in ("evidence", "finding", "registry", "run")
    )
    set_by = (file for kind in ("*.py", "*.typ") for file in (HOUSE / "review").rglob(kind))
    pages = "".join(f"{one.id} {one.title} {one.question} {one.doc}" for one in catalogue())
    sources = "".join(str(one.sources) for one in catalogue())
    return sha256(f"{_digest(sorted([*judged, *set_by]))}{pages}{sources}".encode()).hexdigest()


def _digest(files: Iterable[Path]) -> str:
    whole = sha256()
    for file in files:
        whole.update(f"{file.name} {sha256(file.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()
