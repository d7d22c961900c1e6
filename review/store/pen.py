"""Write events: number them, chain them, and keep names and words outside the chain."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from review.commands.refusing import NotTaken
from review.events import Event, MemberSeated, Promise, Who, hash_of
from review.record import Action, Actor
from review.store.canonical import canonical, entered, salted, told_time
from review.store.chain import Chain
from review.store.ledger import Page
from review.store.reading import Reading, told
from review.store.rows import Row, Words

LONGEST = 10_000
"""Characters of one text; a longer one belongs into a file."""
APART = timedelta(minutes=5)
"""How far the clocks of two servers may be apart; time in a record never runs backwards."""


class Pen:
    """Writes onto one page, at one moment."""

    def __init__(self, page: Page, reading: Reading, now: datetime) -> None:
        self.page = page
        self._now = told_time(_moment(now, reading.chain))
        self._words = dict(reading.words)
        self._met: list[Who] = []
        self._revision = reading.review.revision
        self.chain: Chain = reading.chain

    def text(self, words: str) -> str:
        """Keep words outside the chain; returns the hash by which events name them."""
        return self._keep(fitting(words))

    def seal(self, plain: dict[str, object]) -> str:
        """Keep what somebody says under a seal; `review.present.seals.broken` reads it."""
        return self._keep(canonical(plain).decode())

    def _keep(self, said: str) -> str:
        salt = secrets.token_bytes(16)
        kept = Words(salted(salt, said), salt, said)
        self.page.add_text(kept)
        self._words[kept.hash] = kept
        return kept.hash

    def words(self, name: str) -> str:
        """The words behind a hash."""
        return told(self._words.get(name))

    def said(self, words: str) -> str | None:
        """The same, where there may be nothing to say."""
        return self.text(words) if entered(words) else None

    def promise(self, action: Action, about: str = "") -> Promise:
        """An action as an event carries it."""
        return Promise(
            what=self.text(action.what),
            who=self.text(action.who),
            by=action.by,
            about=about,
            finding=action.finding,
            at_most=action.at_most,
        )

    def document(self, content: bytes) -> str:
        """Keep a document; returns its SHA-256."""
        return self.page.add_document(content)

    def erase(self, texts: list[str]) -> None:
        """Erase words; their hashes stay in the chain."""
        self.page.erase(texts)

    def write(self, kind: type[Event], by: Actor, **body: Any) -> None:  # noqa: ANN401 — by kind
        """Add an event of this kind to the chain; it is of the present revision, if of any."""
        if "revision" in kind.model_fields:
            body = {"revision": self._revision, **body}
        event = kind(
            review=self.page.review,
            number=len(self.chain.events) + 1,
            at=self._now,
            actor=self.who(by),
            prev=self.chain.head,
            **body,
        )
        written = event.written()
        self.page.add_event(Row(event.number, hash_of(written), written))
        self.chain = replace(
            self.chain,
            events=(*self.chain.events, event),
            hashes=(*self.chain.hashes, hash_of(written)),
        )

    def who(self, actor: Actor) -> Who:
        """The same person keeps the same id; one whose words were erased is met anew."""
        identity = "\n".join(actor.identity)
        people = self._people()
        known = next((who for who in people if self.words(who.identity) == identity), None)
        names = (who.name for who in people if known and who.person == known.person)
        name = next((one for one in names if self.words(one) == entered(actor.name)), None)
        met = Who(
            person=known.person if known else secrets.token_hex(16),
            identity=known.identity if known else self.text(identity),
            name=name or self.text(actor.name),
            issuer=actor.issuer,
            roles=(actor.role.value,),
            verified=actor.verified,
        )
        self._met.append(met)
        return met

    def _people(self) -> list[Who]:
        """Everybody so far, once for each identity and name they were met under."""
        seated = (one.member for one in self.chain.events if isinstance(one, MemberSeated))
        every = [*(one.actor for one in self.chain.events), *seated, *self._met]
        return list({(one.identity, one.name): one for one in reversed(every)}.values())[::-1]


def action_fitting(action: Action) -> Action:
    """An action with its words as they are taken in."""
    return replace(action, what=fitting(action.what), who=fitting(action.who))


def fitting(words: str) -> str:
    """Words as they are taken in; refused where they are too many."""
    said = entered(words)
    if len(said) > LONGEST:
        raise NotTaken(
            f"This text has {len(said):,} characters; {LONGEST:,} are possible. Shorten it."
        )
    return said


def _moment(now: datetime, chain: Chain) -> datetime:
    """When it happens: now, or at the last event where another server's clock is a little ahead."""
    last = chain.events[-1].moment if chain.events else now
    if now < last - APART:
        raise NotTaken(
            f"This was not taken: the clock of this server says {now:%Y-%m-%d %H:%M} UTC, but the "
            f"last event is of {last:%Y-%m-%d %H:%M} UTC. Have the clock set right, then try again."
        )
    return max(now, last)
