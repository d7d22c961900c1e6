"""A document leaves: made from the record, sealed where a decision stands, and on record."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal

from review.commands.desk import Desk
from review.commands.refusing import NotTaken
from review.document.editions import Edition, Names, record_for
from review.document.pages import awaits, is_signed
from review.document.public import extract
from review.document.quotable import HTML, quotable
from review.document.report import document, public_document
from review.present.unfolding import from_bundle
from review.proof.seal import sealed
from review.proof.seal_key import Sealer, SealKey, seal_key
from review.record import Actor, Review

DECIDED = (
    "Two pages are for a meeting that has yet to decide, and this review is past it. "
    "The first page of its document says it all."
)

__all__ = ["HTML", "Issued", "issued", "page_issued", "put_on_record"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Issued:
    """A document as it is handed out."""

    content: bytes
    kind: Literal["signed", "pre_read"]
    unsealed_sha256: str
    """SHA-256 of the document before the seal: the seal cannot be made twice, this can."""
    sealer: Sealer | None
    audience: str = Edition.INTERNAL.value


def issued(
    review: Review,
    record: bytes,
    *,
    at: datetime,
    now: datetime,
    fonts: Sequence[Path] = (),
    edition: Edition = Edition.INTERNAL,
    names: Names = "roles",
) -> Issued:
    """The document of a review as it stands; a pre-read is never sealed.

    `at` is the time that its pages name, `now` the time of the seal, `names` how a regulator reads
    of people. Raises `NotTaken` where there is a key and it cannot be used, and
    ValueError where there is nothing to print.
    """
    signed = is_signed(review)
    if edition is Edition.TWO_PAGES and not awaits(review):
        raise NotTaken(DECIDED)
    key = seal_key(now) if signed else None
    pdf = _made(review, record, at=at, fonts=fonts, edition=edition, names=names, key=key)
    return Issued(
        content=pdf if key is None else _sealed(pdf, key, review, edition),
        kind="signed" if signed else "pre_read",
        unsealed_sha256=sha256(pdf).hexdigest(),
        sealer=key.sealer if key else None,
        audience=edition.value,
    )


def page_issued(review: Review, record: bytes, *, at: datetime) -> Issued:
    """The internal edition as a page to quote from; it is never sealed."""
    page = quotable(review, record, at=at)
    return Issued(
        content=page,
        kind="signed" if is_signed(review) else "pre_read",
        unsealed_sha256=sha256(page).hexdigest(),
        sealer=None,
        audience=HTML,
    )


def put_on_record(desk: Desk, review: str, made: Issued, *, by: Actor, now: datetime) -> None:
    """Record that a document was handed out."""
    desk.exported(
        review,
        made.unsealed_sha256,
        made.kind,
        audience=made.audience,
        seal=made.sealer.certificate if made.sealer else None,
        by=by,
        now=now,
    )


def _made(
    review: Review,
    record: bytes,
    *,
    at: datetime,
    fonts: Sequence[Path],
    edition: Edition,
    names: Names,
    key: SealKey | None,
) -> bytes:
    sealer = key.sealer if key else None
    match edition:
        case Edition.INTERNAL | Edition.TWO_PAGES:
            return document(review, record, at=at, fonts=fonts, sealer=sealer, edition=edition)
        case Edition.REGULATOR:
            given = record_for(record, names)
            return document(
                from_bundle(given), given, at=at, fonts=fonts, sealer=sealer, edition=edition
            )
        case Edition.PUBLIC:
            return public_document(extract(review), at=at, fonts=fonts, sealer=sealer)


def _sealed(pdf: bytes, key: SealKey, review: Review, edition: Edition) -> bytes:
    """Sealed, with a field for each reviewer; only inside are they called by their names."""
    inside = edition is Edition.INTERNAL
    signers = review.signatures if edition is not Edition.PUBLIC else ()
    people = dict.fromkeys(
        f"{one.by.name}, {one.by.role.told}" if inside else one.by.role.told for one in signers
    )
    stamps = os.environ.get("CANDOR_TIME_STAMPS", "")
    return sealed(pdf, key, people=tuple(people), time_stamps=stamps)
