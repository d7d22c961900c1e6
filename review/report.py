"""The document: one review as a PDF with its record attached; same input, same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from review.record import Review


def document(review: Review, record: bytes, *, at: datetime, fonts: Sequence[Path] = ()) -> bytes:
    """The PDF of a review: signed when it is decided, else a pre-read.

    `record` is the JSON bundle of `Desk.bundle`, attached as ``record.json``.
    """
    raise NotImplementedError
