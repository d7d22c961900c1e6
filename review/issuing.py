"""A document leaves: made from the record, sealed where a decision stands, and on record."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal

from review.desk import Desk
from review.pages import is_signed
from review.record import Actor, Review
from review.report import document
from review.seal import sealed
from review.seal_key import Sealer, seal_key


@dataclass(frozen=True, kw_only=True, slots=True)
class Issued:
    """A document as it is handed out."""

    pdf: bytes
    kind: Literal["signed", "pre_read"]
    unsealed_sha256: str
    """SHA-256 of the document before the seal: the seal cannot be made twice, this can."""
    sealer: Sealer | None


def issued(
    review: Review, record: bytes, *, at: datetime, now: datetime, fonts: Sequence[Path] = ()
) -> Issued:
    """The document of a review as it stands; a pre-read is never sealed.

    `at` is the time that its pages name, `now` the time of the seal. Raises
    `review.refusing.NotTaken` where there is a key and it cannot be used.
    """
    signed = is_signed(review)
    key = seal_key(now) if signed else None
    pdf = document(review, record, at=at, fonts=fonts, sealer=key.sealer if key else None)
    whole = pdf
    if key is not None:
        people = dict.fromkeys(f"{one.by.name}, {one.by.role.told}" for one in review.signatures)
        stamps = os.environ.get("CANDOR_TIME_STAMPS", "")
        whole = sealed(pdf, key, people=tuple(people), time_stamps=stamps)
    return Issued(
        pdf=whole,
        kind="signed" if signed else "pre_read",
        unsealed_sha256=sha256(pdf).hexdigest(),
        sealer=key.sealer if key else None,
    )


def put_on_record(desk: Desk, review: str, made: Issued, *, by: Actor, now: datetime) -> None:
    """Record that a document was handed out."""
    desk.exported(review, made.unsealed_sha256, made.kind, by=by, now=now)
