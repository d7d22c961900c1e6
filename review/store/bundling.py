"""The whole record of a review as one document: what is inside every PDF, and what verify reads."""

from __future__ import annotations

from collections.abc import Sequence

from review.present.seals import sealed
from review.store.anchors import Anchor
from review.store.canonical import canonical
from review.store.chain import FORM, VERSION, documents_named, linked
from review.store.ledger import Page


def bundled(review: str, page: Page, anchored: Sequence[Anchor]) -> bytes:
    """Events, texts, findings documents and checklist; raises KeyError where there is nothing.

    Answers and ballots under seal are left out: their hashes stand, and what they say is not told.
    """
    rows = page.rows()
    if not rows:
        raise KeyError(review)
    chain = linked(review, rows)
    documents = page.documents(sorted(documents_named(chain.events)))
    unread = sealed(chain.events)
    texts = [one for one in page.texts() if one.words is not None and one.hash not in unread]
    return canonical(
        {
            "form": FORM,
            "version": VERSION,
            "review": review,
            "head": chain.head,
            "events": [{"hash": row.hash, "event": row.event} for row in rows],
            "texts": {
                text.hash: {"salt": (text.salt or b"").hex(), "words": text.words or ""}
                for text in texts
            },
            "documents": {
                name: kept.decode("utf-8", "replace")
                for name, kept in documents.items()
                if kept is not None
            },
            "anchor": {"number": anchored[-1].number, "head": anchored[-1].head}
            if anchored
            else None,
        }
    )
