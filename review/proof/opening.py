"""A document of ours, taken apart: its bytes, its record, and what it says about its making."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pikepdf

from review.proof.drawn import DAMAGED

RECORD = "record.json"
LARGEST = 500_000_000
"""Bytes of a file that is looked at."""
STAMPS = (
    "candor", "typst", "unicode", "program", "fonts", "edition", "seal", "record", "made",
)  # fmt: skip
"""What a document says about its own making, in its keywords."""
BEFORE = {"edition": "internal", "seal": "none"}
"""What those say that were made before there were editions and seals."""
ORIGINAL = "ask for the original file from the organisation named on page 1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A document of ours, taken apart."""

    pdf: bytes
    record: bytes
    stamps: dict[str, str]
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Closed:
    """Why a file could not be taken apart, as a sentence."""

    sentence: str
    robbed: bool = False
    """Whether it is a document of ours from which something was taken."""


def taken_apart(pdf: bytes) -> Opened | Closed:
    """Open a file that is said to be a document; never raises for what it holds."""
    if len(pdf) > LARGEST:
        return Closed(sentence="the file is too large to look at.")
    if not pdf.startswith(b"%PDF-"):
        return Closed(sentence="this file is not a PDF: choose the PDF of the sign-off.")
    if not pdf.rstrip().endswith(b"%%EOF"):
        return Closed(sentence=f"this PDF is cut short; {ORIGINAL}.")
    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as opened:
            return _inside(opened, pdf)
    except pikepdf.PasswordError:
        return Closed(sentence=f"this PDF is protected by a password; {ORIGINAL}.")
    except DAMAGED:
        return Closed(sentence=f"this PDF is damaged; {ORIGINAL}.")


def _inside(opened: pikepdf.Pdf, pdf: bytes) -> Opened | Closed:
    if opened.is_encrypted:
        return Closed(sentence=f"this PDF is protected by a password; {ORIGINAL}.")
    stamps = _stamps(str(opened.docinfo.get("/Keywords", "")))
    if RECORD not in opened.attachments:
        if "candor" in stamps:
            return Closed(sentence="the record that belongs in it was taken out.", robbed=True)
        return Closed(sentence="this is not a document of Candor: no record is attached to it.")
    if not set(STAMPS) - set(BEFORE) <= set(stamps):
        return Closed(
            sentence="a record is attached, but the document does not say how it was made: it is "
            f"not of Candor, or was saved again by another program; {ORIGINAL}."
        )
    return Opened(
        pdf=pdf,
        record=opened.attachments[RECORD].get_file().read_bytes(),
        stamps={**BEFORE, **stamps},
        title=str(opened.docinfo.get("/Title", "")),
    )


def _stamps(keywords: str) -> dict[str, str]:
    pairs = (word.strip().split(" ", 1) for word in keywords.split(","))
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2 and pair[0] in STAMPS}
