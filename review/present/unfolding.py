"""From the record inside a document back to the review it came from."""

from __future__ import annotations

from checks.runs.run import Run
from review.checklist import Checklist
from review.present.folding import Kept, Shelf, folded
from review.record import ERASED, Review
from review.store.chain import Bundle, linked, read_bundle

"""What folding may raise where whole events are in an order that no command makes."""


def from_bundle(record: bytes) -> Review:
    """The review that a record folds to; raises ValueError where it is none."""
    bundle = read_bundle(record)
    chain = linked(bundle.review, bundle.rows)
    shelf = Shelf(
        words=lambda name: _words(bundle, name),
        kept=lambda name: _kept(bundle, name),
        checklist=lambda name: _checklist(bundle, name),
    )
    fold = folded(chain, shelf, Checklist(id="none", version=0, questions=()))
    if fold.wrong:
        raise ValueError("The events of this record do not follow from one another.")
    return fold.review


def _words(bundle: Bundle, name: str) -> str:
    """The words behind a hash, or what an edition says in their place."""
    kept = bundle.texts.get(name)
    return kept["words"] if kept else bundle.redacted.get(name, ERASED)


def _kept(bundle: Bundle, name: str) -> Kept | None:
    try:
        return Kept.of(Run.read(bundle.documents[name].encode()))
    except (KeyError, ValueError):
        return None


def _checklist(bundle: Bundle, name: str) -> Checklist | None:
    try:
        return Checklist.model_validate_json(bundle.documents[name])
    except (KeyError, ValueError):
        return None
