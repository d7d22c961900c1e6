"""Accounts: who has signed in, which roles they were given, and which of them are one human's.

They are a chain of events like any review, in the same store, under a name that no campaign can
have. Roles are looked up in it at every command; what a browser says about them counts for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from review.commands.acts import Actor, Role
from review.events.accounts import AccountMet, AccountsLinked, RoleGiven, RoleTaken
from review.events.event import Event, Who
from review.store.canonical import same_name

REGISTER = "candor:accounts"
"""The chain of the accounts; a campaign's id holds no colon."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """Somebody whom the provider vouches for."""

    id: str
    """Random; the account's own, in this register only."""
    issuer: str
    subject: str
    name: str
    """As the provider told it last: a label."""
    addresses: tuple[str, ...] = ()
    """Every address that the provider has ever verified for it; the newest comes last."""
    roles: frozenset[Role] = frozenset()
    linked: frozenset[str] = frozenset()
    """Ids of the accounts that are the same human's."""

    @property
    def identity(self) -> tuple[str, str]:
        """Issuer and subject."""
        return self.issuer, self.subject

    @property
    def shown(self) -> str:
        """Name and address, as a list shows them."""
        return f"{self.name}, {self.addresses[-1]}" if self.addresses else self.name


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """Two accounts that are one human's, and who said so."""

    accounts: tuple[str, str]
    by: Actor


@dataclass(frozen=True, kw_only=True, slots=True)
class Register:
    """Every account, as it stands now."""

    accounts: Mapping[str, Account] = field(default_factory=dict)
    """By id."""
    links: tuple[Link, ...] = ()

    def of(self, identity: tuple[str, str]) -> Account | None:
        """The account of this issuer and subject."""
        return next((one for one in self.accounts.values() if one.identity == identity), None)

    def named(self, who: str) -> tuple[Account, ...]:
        """The accounts that this id, its beginning, an address or a subject names."""
        said = same_name(who)
        return tuple(
            one
            for one in self.accounts.values()
            if said in (one.id, one.id[:8], same_name(one.subject))
            or said in map(same_name, one.addresses)
        )

    def others(self, account: Account) -> tuple[Account, ...]:
        """The accounts that are the same human's."""
        return tuple(self.accounts[one] for one in sorted(account.linked))

    def known(self, by: Actor) -> Actor:
        """Somebody with all that the register knows about their accounts."""
        account = self.of(by.identity)
        if account is None:
            return by
        others = self.others(account)
        addresses = {*by.addresses, *account.addresses, *(a for o in others for a in o.addresses)}
        return replace(
            by,
            also=by.also | {one.identity for one in others},
            addresses=frozenset(same_name(one) for one in addresses),
        )


def registered(events: Iterable[Event], words: Callable[[str], str]) -> Register:
    """Fold the chain of accounts to the present."""
    accounts: dict[str, Account] = {}
    links: list[Link] = []
    for event in events:
        match event:
            case AccountMet():
                who = event.actor
                before = accounts.get(who.person)
                accounts[who.person] = _met(before, who, event, words)
            case RoleGiven():
                given = accounts[event.account]
                accounts[event.account] = replace(given, roles=given.roles | {Role(event.role)})
            case RoleTaken():
                given = accounts[event.account]
                accounts[event.account] = replace(given, roles=given.roles - {Role(event.role)})
            case AccountsLinked():
                _link(accounts, event.accounts)
                links.append(Link(accounts=event.accounts, by=_actor(event.actor, words)))
            case _:
                pass
    return Register(accounts=accounts, links=tuple(links))


def _met(
    before: Account | None, who: Who, event: AccountMet, words: Callable[[str], str]
) -> Account:
    name, address = words(who.name), words(event.address) if event.address else ""
    known = before or Account(
        id=who.person, issuer=who.issuer, subject=_subject(who, words), name=name
    )
    rest = tuple(one for one in known.addresses if one != address)
    return replace(known, name=name, addresses=(*rest, address) if address else known.addresses)


def _link(accounts: dict[str, Account], pair: tuple[str, str]) -> None:
    """Who is one with one of them is one with both."""
    group = {one for each in pair for one in (each, *accounts[each].linked)}
    for one in group:
        accounts[one] = replace(accounts[one], linked=frozenset(group - {one}))


def _actor(who: Who, words: Callable[[str], str]) -> Actor:
    return Actor(
        name=words(who.name),
        role=Role(who.roles[0]),
        issuer=who.issuer,
        verified=who.verified,
        subject=_subject(who, words),
    )


def _subject(who: Who, words: Callable[[str], str]) -> str:
    return words(who.identity).partition("\n")[2]
