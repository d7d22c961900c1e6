"""Read a review from the store: checked against its hashes and anchors, folded to the present."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from checks.runs.run import Run
from review.checklist import Checklist
from review.commands.refusing import NotTaken
from review.present.folding import Fold, Kept, Shelf, folded
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
from review.store.ledger import Page
from review.store.rows import Row, Words

NOTHING_ADDED = (
    "Nothing can be added to this record until an administrator has looked at it; "
    "what is shown may be incomplete."
)
REVIEWS, HEADS = 64, 16
"""Of how many reviews what was read is kept, and how many moments of each."""


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
    past: Mapping[str, Review] = field(default_factory=dict)
    """By head: the review as it was read lately."""

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
        if seen in self.past:
            return self.past[seen]
        length = self.chain.hashes.index(seen) + 1
        then = replace(
            self.chain, events=self.chain.events[:length], hashes=self.chain.hashes[:length]
        )
        return folded(then, self.shelf, self.checklist).review


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What was stored of a review when it was read last, and what it was folded to."""

    chain: Chain
    shelf: Shelf
    fold: Fold
    rows: tuple[Row, ...] = ()
    words: Mapping[str, Words] = field(default_factory=dict)
    """By hash."""
    documents: Mapping[str, bytes | None] = field(default_factory=dict)
    """By hash."""
    named: frozenset[str] = frozenset()
    """Every text that its events name."""
    erased: frozenset[str] = frozenset()
    """Those of them that an event says were erased."""
    wrong: str = ""
    """What does not fit within it, as a sentence."""
    moved: str = ""
    past: Mapping[str, Review] = field(default_factory=dict)
    """By head: the review as it was read lately."""

    def begins(self, page: Page, rows: tuple[Row, ...], words: Mapping[str, Words]) -> bool:
        """Whether all of it is stored as it was, letter by letter, and nothing was wrong with it.

        Nothing is trusted here: another chain, or one that was written anew, is folded anew.
        """
        return (
            not self.wrong
            and rows[: len(self.rows)] == self.rows
            and self.words.items() <= words.items()
            and page.documents(self.documents) == self.documents
        )


class Reader:
    """Reads reviews; goes on from what it read last, where the store still says the same."""

    def __init__(self, anchors: Anchors, checklist: Checklist) -> None:
        self._anchors = anchors
        self._checklist = checklist
        self._kept = lru_cache(maxsize=16)(_kept)
        self._asked = lru_cache(maxsize=16)(_asked)
        self._known: dict[str, Known] = {}

    def read(self, page: Page, *, opens: bool = False) -> Reading:
        """A review; raises KeyError when there is none, unless it is about to be opened."""
        anchors = self._anchors.of(page.review)  # first: the store may run ahead of them, not lag
        rows = page.rows()
        if not rows and not anchors and not opens:
            raise KeyError(page.review)
        words = {text.hash: text for text in page.texts()}
        known = self._known.pop(page.review, None)
        if known is None or not known.begins(page, rows, words):
            known = self._nothing(page.review)
        if (len(known.rows), len(known.words)) != (len(rows), len(words)):
            known = self._further(page, rows, words, known)
        self._keep(page.review, known)
        wrong = known.chain.problem or unlike(known.chain, anchors) or known.wrong
        return Reading(
            review=replace(
                known.fold.review,
                read_only=f"{wrong} {NOTHING_ADDED}" if wrong else "",
                moved=known.moved,
            ),
            chain=known.chain,
            words=known.words,
            shelf=known.shelf,
            checklist=self._checklist,
            past=known.past,
        )

    def _keep(self, review: str, known: Known) -> None:
        """Keep what was read of the reviews that were read last."""
        self._known[review] = known
        for longest_ago in list(self._known)[:-REVIEWS]:
            self._known.pop(longest_ago, None)

    def _nothing(self, review: str) -> Known:
        """What is known before anything was read."""
        chain, shelf = Chain(review=review, events=(), hashes=()), self._shelf({}, {})
        return Known(chain=chain, shelf=shelf, fold=folded(chain, shelf, self._checklist))

    def _further(
        self, page: Page, rows: tuple[Row, ...], words: Mapping[str, Words], before: Known
    ) -> Known:
        """Go on from what was read before to what is stored now."""
        at = len(before.rows)
        chain = linked(page.review, rows[at:], before.chain)
        events = chain.events[at:]
        new = page.documents(documents_named(events))
        documents = {**before.documents, **new}
        shelf = self._shelf(words, documents)
        fold = folded(chain, shelf, self._checklist, before.fold)
        named, erased = before.named | texts_named(events), before.erased | texts_erased(events)
        damaged = _damaged(named - erased, words, new, before.words)
        past = {**before.past, chain.head: fold.review}
        return Known(
            chain=chain,
            shelf=shelf,
            fold=fold,
            rows=rows,
            words=words,
            documents=documents,
            named=named,
            erased=erased,
            wrong=chain.problem or fold.wrong or damaged or _unread(fold.review),
            moved=self._moved(fold, before),
            past=dict(list(past.items())[-HEADS:]),
        )

    def _shelf(self, words: Mapping[str, Words], documents: Mapping[str, bytes | None]) -> Shelf:
        return Shelf(
            words=lambda name: told(words.get(name)),
            kept=lambda name: self._kept(name, documents.get(name)),
            checklist=lambda name: self._asked(name, documents.get(name)),
        )

    def _moved(self, fold: Fold, before: Known) -> str:
        """Whether the checklist is another since; it is long, so the same one is compared once."""
        if before.fold.review.checklist is fold.review.checklist:
            return before.moved
        return _moved(fold.review, self._checklist)


def told(text: Words | None) -> str:
    """Words to show; erased ones, and ones that do not fit their hash, are not."""
    if text is None or text.words is None or not fits(text.hash, text.salt, text.words):
        return ERASED
    return text.words


def _damaged(
    named: Iterable[str],
    words: Mapping[str, Words],
    documents: Mapping[str, bytes | None],
    before: Collection[str],
) -> str:
    """What is wrong outside the chain with words and documents that were not read `before`."""
    if any(not fits(*text) for name, text in words.items() if name not in before):
        return "Words in this record are not the ones that were written."
    if any(name not in words or words[name].words is None for name in named):
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
