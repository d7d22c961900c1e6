"""The door: who may come in with a command, as the register of accounts stands at that moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from review.commands.acts import Actor
from review.commands.refusing import NotTaken, StaleLogin
from review.events.accounts import PeopleLinked
from review.store.anchors import Anchor, Anchors
from review.store.canonical import told_time
from review.store.chain import linked, unlike
from review.store.ledger import Page
from review.store.reading import Reading, told
from review.store.rows import Row, Words
from review.store.shelf import Teller
from review.who.accounts import REGISTER, Account, Register, registered
from review.who.identity import AHEAD

SERVER = "command line"
"""The issuer of whoever works on the server itself: they keep house, and judge nothing."""
FRESH = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """What an installation asks of whoever comes in."""

    provider: str
    """The issuer that vouches for accounts; empty: names are typed, on one machine."""
    anchors: Anchors

    def admit(self, by: Actor, page: Page, *, keeps_house: bool) -> Actor:
        """Somebody with what the register knows of them; refused where they may not act so."""
        if not self.provider:
            if by.verified:
                raise NotTaken(
                    "No provider vouches for accounts on this installation, so nobody is taken "
                    "for verified. Tell whoever runs Candor."
                )
            return by
        if by.issuer == SERVER and not by.verified:
            if keeps_house:
                return by
            raise NotTaken("This cannot be done from the command line. Sign in, then do it there.")
        self._vouched(by)
        register = self.register(page)
        _holds(register.of(by.identity), by)
        return register.known(by)

    def knowing(self, reading: Reading, page: Page) -> Reading:
        """The review with the addresses of who confirmed its exceptions: one may own it by now."""
        review = reading.review
        if not self.provider or not review.exceptions:
            return reading
        known = self.register(page).known
        told = tuple(
            replace(one, second=known(one.second)) if one.second else one
            for one in review.exceptions
        )
        return replace(reading, review=replace(review, exceptions=told))

    def register(self, page: Page) -> Register:
        """The register as it is stored; refused where it does not fit together, or its anchors."""
        anchored = self.anchors.of(REGISTER)  # read first: what is anchored is stored by then
        there = Page(page.connection, REGISTER)
        return _register(there.rows(), there.texts(), anchored)

    def _vouched(self, by: Actor) -> None:
        if not by.verified:
            raise NotTaken(
                "A typed name does not count on this installation. Sign in first; what you wrote "
                "is kept."
            )
        if by.issuer != self.provider:
            raise NotTaken(
                f"{by.issuer} vouches for this account, but this installation trusts only "
                f"{self.provider}. Sign in there."
            )


@lru_cache(maxsize=8)
def _register(
    rows: tuple[Row, ...], texts: tuple[Words, ...], anchored: tuple[Anchor, ...]
) -> Register:
    """The same rows, words and anchors are always the same register."""
    chain = linked(REGISTER, rows)
    if wrong := chain.problem or unlike(chain, anchored):
        raise NotTaken(
            f"The register of accounts is not whole. {wrong} Nothing is taken until an "
            f"administrator has looked at it: `python -m review restore {REGISTER}` on the server."
        )
    words = {text.hash: text for text in texts}
    try:
        return registered(chain.events, lambda name: told(words.get(name)))
    except LookupError:
        raise NotTaken(
            "The register of accounts is not whole. It names accounts it never met."
        ) from None


def _holds(account: Account | None, by: Actor) -> None:
    if account is None or not account.roles:
        raise NotTaken(
            f"{by.name} has no role here yet. An administrator gives roles on the page People."
        )
    if by.role not in account.roles:
        held = ", ".join(sorted(role.told for role in account.roles))
        raise NotTaken(
            f"You do not have the role {by.role.told}. You have: {held}. "
            "An administrator gives roles on the page People."
        )


def fresh(by: Actor, now: datetime) -> None:
    """Refuse a decision where the person has not just proved who they are."""
    if not by.verified:
        return
    if by.authenticated is None:
        raise StaleLogin(
            "Your provider does not say when you signed in, so this cannot be taken. "
            "Whoever runs Candor has to switch on auth_time there. What you wrote is kept."
        )
    if by.authenticated > now + AHEAD:
        raise StaleLogin(
            f"Your sign-in is dated {told_time(by.authenticated)}, which is not yet. "
            "Have the clocks of server and provider compared. What you wrote is kept."
        )
    if now - by.authenticated > FRESH:
        minutes = int((now - by.authenticated) / timedelta(minutes=1))
        raise StaleLogin(
            f"You signed in {minutes:,} minutes ago; for this it may be 5 at most. "
            "Sign in again. You come back to this place, and what you wrote is kept."
        )


def told_apart(by: Actor, owners: Iterable[str]) -> None:
    """Refuse a judgement of somebody whom nobody can tell from the owner."""
    if by.verified and not by.addresses and any("@" in one for one in owners):
        raise NotTaken(
            f"The provider has not verified the address of {by.name}, who cannot be told from the "
            "owner. It is verified there; then they sign in again."
        )


def unsaid(reading: Reading, register: Register) -> Iterator[tuple[tuple[str, str], Actor]]:
    """People of a review whose accounts were linked, which its record does not say yet.

    Yields each pair of people, and who linked their accounts.
    """
    said = {frozenset(one.people) for one in reading.chain.events if isinstance(one, PeopleLinked)}
    people = {
        (who.issuer, reading.shelf.words(who.identity).partition("\n")[2]): person
        for person, who in Teller.of(reading.shelf.words, reading.chain.events).people.items()
    }
    for link in register.links:
        account = register.accounts[link.accounts[0]]
        group = {one.identity for one in (account, *register.others(account))}
        here = [person for identity, person in people.items() if identity in group]
        for other in here[1:]:
            pair = (here[0], other)
            if frozenset(pair) not in said:
                said.add(frozenset(pair))
                yield pair, link.by
