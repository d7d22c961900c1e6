"""Read a review from the store: checked against its hashes and anchors, folded to the present."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from checks.runs.run import Run
from review.checklist import Checklist
from review.commands.refusing import NotTaken
from review.present.folding import Kept, Shelf, folded
from review.record import ERASED, Review
from review.store.anchors import Anchors
from review.store.canonical import fingerprint
from review.store.chain import (
    Chain,
    documents_named,
    fits,
    linked,
    texts_erased,
    texts_named,
    unlike,
)
from review.store.ledger import Page, Words

NOTHING_ADDED = (
    "Nothing can be added to this record until an administrator has looked at it; "
    "what is shown may be incomplete."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One review as it stands in the store."""

    review: Review
    chain: Chain
    words: Mapping[str, Words]
    """By hash."""
    shelf: Shelf
    checklist: Checklist
    """The installation's, for a chain that names none."""

    def kept(self, review: Review) -> Kept:
        """The run of a review with the digests of its findings, worked out once."""
        found = self.shelf.kept(review.revisions[-1].findings) if review.revisions else None
        if found is None:
            raise NotTaken("The checks have not run yet. Run them first.")
        return found

    def when(self, seen: str) -> Review | None:
        """The review as it was when this was its head; None where it never was."""
        if seen not in self.chain.hashes:
            return None
        if seen == self.chain.head:
            return self.review
        length = self.chain.hashes.index(seen) + 1
        then = replace(
            self.chain, events=self.chain.events[:length], hashes=self.chain.hashes[:length]
        )
        return folded(then, self.shelf, self.checklist)


class Reader:
    """Reads reviews; keeps the last few findings documents it has read."""

    def __init__(self, anchors: Anchors, checklist: Checklist) -> None:
        self._anchors = anchors
        self._checklist = checklist
        self._kept = lru_cache(maxsize=16)(_kept)
        self._asked = lru_cache(maxsize=16)(_asked)

    def read(self, page: Page, *, opens: bool = False) -> Reading:
        """A review; raises KeyError when there is none, unless it is about to be opened."""
        anchors = self._anchors.of(page.review)  # first: the store may run ahead of them, not lag
        rows = page.rows()
        if not rows and not anchors and not opens:
            raise KeyError(page.review)
        chain = linked(page.review, rows)
        words = {text.hash: text for text in page.texts()}
        documents = {name: page.document(name) for name in documents_named(chain.events)}
        shelf = Shelf(
            words=lambda name: told(words.get(name)),
            kept=lambda name: self._kept(name, documents.get(name)),
            checklist=lambda name: self._asked(name, documents.get(name)),
        )
        review = folded(chain, shelf, self._checklist)
        wrong = (
            chain.problem
            or unlike(chain, anchors)
            or _damaged(chain, words, documents)
            or _unread(review)
        )
        return Reading(
            review=replace(
                review,
                read_only=f"{wrong} {NOTHING_ADDED}" if wrong else "",
                moved=_moved(review, self._checklist),
            ),
            chain=chain,
            words=words,
            shelf=shelf,
            checklist=self._checklist,
        )


def told(text: Words | None) -> str:
    """Words to show; erased ones, and ones that do not fit their hash, are not."""
    if text is None or text.words is None or not fits(text.hash, text.salt, text.words):
        return ERASED
    return text.words


def _damaged(
    chain: Chain, words: Mapping[str, Words], documents: Mapping[str, bytes | None]
) -> str:
    if any(not fits(text.hash, text.salt, text.words) for text in words.values()):
        return "Words in this record are not the ones that were written."
    there = {text.hash for text in words.values() if text.words is not None}
    if texts_named(chain.events) - there - texts_erased(chain.events):
        return "Words of this record were taken away, and no event says so."
    if any(content is None for content in documents.values()):
        return "A document of this record is missing from the store."
    if any(fingerprint(content or b"") != name for name, content in documents.items()):
        return "A document of this record is not the one that was stored."
    return ""


def _unread(review: Review) -> str:
    if review.revisions and review.run is None:
        return "The findings of this review cannot be read by this version of Candor."
    return ""


def _moved(review: Review, now: Checklist) -> str:
    if not review.revisions or review.checklist == now:
        return ""
    then = review.checklist
    return (
        f"The checklist changed since the checks ran (version {then.version} of {then.id} then, "
        f"version {now.version} of {now.id} now). Run the checks again."
    )


def _kept(name: str, content: bytes | None) -> Kept | None:
    if content is None or fingerprint(content) != name:
        return None
    try:
        return Kept.of(Run.read(content))
    except ValueError:
        return None


def _asked(name: str, content: bytes | None) -> Checklist | None:
    if content is None or fingerprint(content) != name:
        return None
    try:
        return Checklist.model_validate_json(content)
    except ValueError:
        return None
