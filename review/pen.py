"""Write events: number them, chain them, and keep names and words outside the chain."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime
from typing import Any

from review.canonical import entered, salted, same_name, told_time
from review.chain import Chain
from review.events import Event, Promise, Who, hash_of
from review.ledger import Page, Row, Words
from review.reading import Reading, told
from review.record import Action, Actor
from review.refusing import NotTaken

LONGEST = 10_000
"""Characters of one text; a longer one belongs into a file."""


class Pen:
    """Writes onto one page, at one moment."""

    def __init__(self, page: Page, reading: Reading, now: datetime) -> None:
        self._page = page
        self._now = told_time(now)
        self._words = dict(reading.words)
        self.chain: Chain = reading.chain

    def text(self, words: str) -> str:
        """Keep words outside the chain; returns the hash by which events name them."""
        said = entered(words)
        if len(said) > LONGEST:
            raise NotTaken(
                f"This text has {len(said):,} characters; {LONGEST:,} are possible. Shorten it."
            )
        salt = secrets.token_bytes(16)
        kept = Words(salted(salt, said), salt, said)
        self._page.add_text(kept)
        self._words[kept.hash] = kept
        return kept.hash

    def said(self, words: str) -> str | None:
        """The same, where there may be nothing to say."""
        return self.text(words) if entered(words) else None

    def promise(self, action: Action, about: str = "") -> Promise:
        """An action as an event carries it."""
        return Promise(
            what=self.text(action.what), who=self.text(action.who), by=action.by, about=about
        )

    def document(self, content: bytes) -> str:
        """Keep a document; returns its SHA-256."""
        return self._page.add_document(content)

    def erase(self, texts: list[str]) -> None:
        """Erase words; their hashes stay in the chain."""
        self._page.erase(texts)

    def write(self, kind: type[Event], by: Actor, **body: Any) -> None:  # noqa: ANN401 — by kind
        """Add an event of this kind to the chain."""
        event = kind(
            review=self._page.review,
            number=len(self.chain.events) + 1,
            at=self._now,
            actor=self._who(by),
            prev=self.chain.head,
            **body,
        )
        written = event.written()
        self._page.add_event(Row(event.number, hash_of(written), written))
        self.chain = replace(
            self.chain,
            events=(*self.chain.events, event),
            hashes=(*self.chain.hashes, hash_of(written)),
        )

    def _who(self, actor: Actor) -> Who:
        """The same person keeps the same id; one whose words were erased is met anew."""
        identity = f"{actor.issuer}\n{same_name(actor.name)}"
        known = next((who for who in self._people() if self._said(who.identity) == identity), None)
        names = (who.name for who in self._people() if known and who.person == known.person)
        name = next((one for one in names if self._said(one) == entered(actor.name)), None)
        return Who(
            person=known.person if known else secrets.token_hex(16),
            identity=known.identity if known else self.text(identity),
            name=name or self.text(actor.name),
            issuer=actor.issuer,
            roles=(actor.role.value,),
            verified=actor.verified,
        )

    def _people(self) -> list[Who]:
        return [event.actor for event in self.chain.events]

    def _said(self, name: str) -> str:
        return told(self._words.get(name))
