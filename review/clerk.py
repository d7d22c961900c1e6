"""Takes a command in: judged by the present, stored whole, anchored; a refusal goes on record."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from review import events, rules
from review.anchors import Anchor, Anchors
from review.canonical import told_time
from review.chain import Chain, unlike
from review.ledger import Ledger, Page
from review.pen import Pen
from review.reading import Reader, Reading
from review.record import Actor, Review
from review.refusing import NotStored, NotTaken

log = logging.getLogger(__name__)

Command = Callable[[Reading, Pen], None]
"""Judges by what was read, and writes what follows; raises `NotTaken` instead."""


class Clerk:
    """Knows how anything is put on record, and nothing about what it means."""

    def __init__(self, ledger: Ledger, anchors: Anchors, reader: Reader) -> None:
        self._ledger = ledger
        self._anchors = anchors
        self._reader = reader

    def read(self, review: str) -> Review:
        """One review, folded to the present; raises KeyError when there is none."""
        with self._ledger.reading(review) as page:
            return self._reader.read(page).review

    def take(
        self,
        review: str,
        command: Command,
        *,
        by: Actor,
        now: datetime,
        opens: bool = False,
        anybody: bool = False,
        on_record: str = "",
    ) -> Review:
        """Judge a command by the present and store what it does, in one transaction.

        `anybody` may do it before a name was said; a refusal is `on_record` under this name.
        """
        rules.named(by, anybody=anybody)

        def whole(page: Page) -> Anchor:
            reading = self._reader.read(page, opens=opens)
            if reading.review.read_only:
                raise NotTaken(reading.review.read_only)
            pen = Pen(page, reading, now)
            command(reading, pen)
            return _anchor(pen.chain, now)

        try:
            self._anchor(self._ledger.write(review, whole))
        except NotStored:
            raise
        except NotTaken as refusal:
            if on_record and not self.read(review).read_only:
                self.refuse(review, on_record, refusal, by=by, now=now)
            raise
        return self.read(review)

    def refuse(
        self, review: str, command: str, refusal: NotTaken, *, by: Actor, now: datetime
    ) -> None:
        """Put on record that a command which matters was not taken, and why."""

        def refused(reading: Reading, pen: Pen) -> None:
            pen.write(
                events.Refused,
                by,
                revision=reading.review.revision,
                command=command,
                because=pen.text(str(refusal)),
            )

        self.take(review, refused, by=by, now=now)

    def restore(self, review: str, reason: str, *, by: Actor, now: datetime) -> Review:
        """Go on with a whole chain that differs from its anchors."""
        rules.named(by)
        words = rules.needed(reason, "Going on with a record that moved needs a reason.")

        def command(page: Page) -> Anchor:
            reading = self._reader.read(page, opens=True)
            anchored = self._anchors.of(review)
            if reading.chain.problem or not unlike(reading.chain, anchored):
                raise NotTaken(reading.chain.problem or "This record fits its anchors already.")
            pen = Pen(page, reading, now)
            last = max(anchored, key=lambda anchor: anchor.number)
            pen.write(
                events.Restored,
                by,
                revision=reading.review.revision,
                reason=pen.text(words),
                anchored=last.number,
                head=last.head,
            )
            return _anchor(pen.chain, now)

        self._anchor(self._ledger.write(review, command))
        return self.read(review)

    def _anchor(self, anchor: Anchor) -> None:
        """Anchor what is stored. It is on record even where the anchor cannot be written."""
        try:
            self._anchors.add(anchor)
        except OSError as error:
            log.error("an anchor could not be written (%s)", type(error).__name__)  # noqa: TRY400


def _anchor(chain: Chain, now: datetime) -> Anchor:
    return Anchor(chain.review, len(chain.events), chain.head, told_time(now))
