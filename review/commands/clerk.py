"""Takes a command in: judged by the present, stored whole, anchored; a refusal goes on record."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from review import events
from review.commands import rules
from review.commands.door import Door, unsaid
from review.commands.refusing import NotStored, NotTaken
from review.record import Actor, Review
from review.store.anchors import Anchor, Anchors
from review.store.canonical import told_time
from review.store.chain import Chain, unlike
from review.store.ledger import Ledger, Page
from review.store.pen import Pen
from review.store.reading import Reader, Reading
from review.who.accounts import REGISTER

log = logging.getLogger(__name__)

Command = Callable[[Reading, Pen, Actor], None]
"""Judges by what was read and by whom the door let in, and writes what follows; raises `NotTaken`
instead."""


class Clerk:
    """Knows how anything is put on record, and nothing about what it means."""

    def __init__(self, ledger: Ledger, anchors: Anchors, reader: Reader, door: Door) -> None:
        self._ledger = ledger
        self._door = door
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
        keeps_house: bool = False,
        stranger: bool = False,
        on_record: str = "",
    ) -> Review:
        """Judge a command by the present and store what it does, in one transaction.

        `anybody` may do it before a name was said, who `keeps_house` from the command line, and a
        `stranger` before any role was given; a refusal is `on_record` under this name.
        """
        rules.named(by, anybody=anybody)
        if review == REGISTER and not (keeps_house or stranger):
            raise NotTaken("These are the accounts, and no review. Choose a review.")

        def whole(page: Page) -> Anchor:
            reading = self._reader.read(page, opens=opens)
            if reading.review.read_only:
                raise NotTaken(reading.review.read_only)
            admitted = by if stranger else self._door.admit(by, page, keeps_house=keeps_house)
            reading, pen = self._with_links(page, reading, now)
            command(self._door.knowing(reading, page), pen, admitted)
            return _anchor(pen.chain, now)

        try:
            self._anchor(self._ledger.write(review, whole))
        except NotStored:
            raise
        except NotTaken as refusal:
            if on_record:
                self.refuse(review, on_record, refusal, by=by, now=now)
            raise
        return self.read(review)

    def refuse(
        self, review: str, command: str, refusal: NotTaken, *, by: Actor, now: datetime
    ) -> None:
        """Put on record that a command which matters was not taken, and why."""

        def refused(page: Page) -> Anchor | None:
            reading = self._reader.read(page)
            if reading.review.read_only:
                return None
            _, pen = self._with_links(page, reading, now)
            pen.write(
                events.Refused,
                by,
                command=command,
                because=pen.text(refusal.on_record or str(refusal)),
            )
            return _anchor(pen.chain, now)

        try:
            anchor = self._ledger.write(review, refused)
        except KeyError:  # the first run was refused: there is no record yet that could hold it
            return
        except NotTaken:  # the refusal stands all the same: a clock set back, a full disk
            log.error("a refusal is not on record")  # noqa: TRY400
            return
        if anchor is not None:
            self._anchor(anchor)

    def say_links(self, *, now: datetime) -> None:
        """Say in every review that accounts of its people were linked, where it does not yet.

        Where that is not possible now, the next command to the review says it.
        """

        def command(page: Page) -> Anchor | None:
            reading = self._reader.read(page)
            if reading.review.read_only:
                return None
            _, pen = self._with_links(page, reading, now)
            return None if pen.chain is reading.chain else _anchor(pen.chain, now)

        for review in self._ledger.reviews():
            if review == REGISTER:
                continue
            try:
                anchor = self._ledger.write(review, command)
            except NotTaken:
                log.error("a link of accounts is not on record yet in a review")  # noqa: TRY400
                continue
            if anchor is not None:
                self._anchor(anchor)

    def known(self, pen: Pen, other: Actor) -> Actor:
        """Somebody else, with what the register knows; refused where they may not act so."""
        return self._door.admit(other, pen.page, keeps_house=False)

    def _with_links(self, page: Page, reading: Reading, now: datetime) -> tuple[Reading, Pen]:
        """The review with what was said of its people's accounts since it was last written to."""
        pen = Pen(page, reading, now)
        if not self._door.provider:
            return reading, pen
        for pair, by in unsaid(reading, self._door.register(page)):
            pen.write(events.PeopleLinked, by, people=pair, linked_by=pen.who(by))
        if pen.chain is reading.chain:
            return reading, pen
        again = self._reader.read(page)
        return again, Pen(page, again, now)

    def restore(self, review: str, reason: str, *, by: Actor, now: datetime) -> Review:
        """Go on with a whole chain that differs from its anchors."""
        rules.named(by)
        words = rules.needed(reason, "Going on with a record that moved needs a reason.")

        def command(page: Page) -> Anchor:
            rules.may_keep_house(self._door.admit(by, page, keeps_house=True))
            reading = self._reader.read(page)
            anchored = self._anchors.of(review)
            if reading.chain.problem or not unlike(reading.chain, anchored):
                raise NotTaken(reading.chain.problem or "This record fits its anchors already.")
            pen = Pen(page, reading, now)
            last = max(anchored, key=lambda anchor: anchor.number)
            pen.write(
                events.Restored,
                by,
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
