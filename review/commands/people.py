"""The commands about accounts: who has signed in, which roles they have, who is one human."""

from __future__ import annotations

from datetime import datetime

from review.commands import rules
from review.commands.acts import Actor, Role
from review.commands.clerk import Clerk, Command
from review.commands.door import Door
from review.commands.refusing import NotTaken
from review.events.accounts import AccountMet, AccountsLinked, RoleGiven, RoleTaken
from review.record import Review
from review.store.canonical import same_name
from review.store.ledger import Ledger
from review.store.pen import Pen
from review.store.reading import Reading
from review.who.accounts import REGISTER, Account, Register

NOBODY = "Nobody has signed in yet. An account begins when its person signs in for the first time."


class People:
    """Keeps the register of accounts."""

    def __init__(self, clerk: Clerk, ledger: Ledger, door: Door) -> None:
        self._clerk = clerk
        self._ledger = ledger
        self._door = door
        self.provider = door.provider
        """The issuer whose accounts count; empty where names are typed."""

    def register(self) -> Register:
        """Every account, as it stands now."""
        with self._ledger.reading(REGISTER) as page:
            return self._door.register(page)

    def meet(self, by: Actor, *, address: str, now: datetime) -> Account:
        """Note that an account signed in, where it is new or is called otherwise now."""
        if not by.verified or by.issuer != self.provider:
            raise NotTaken("This account is not vouched for by the provider of this installation.")
        known = self.register().of(by.identity)
        if known and known.name == by.name and _has(known, address):
            return known

        def command(_: Reading, pen: Pen, by: Actor) -> None:
            pen.write(AccountMet, by, address=pen.said(address))

        self._clerk.take(REGISTER, command, by=by, now=now, opens=True, stranger=True)
        met = self.register().of(by.identity)
        if met is None:
            raise KeyError(by.subject)
        return met

    def give(self, account: str, role: Role, *, reason: str, by: Actor, now: datetime) -> Account:
        """Give an account a role."""

        def command(_: Reading, pen: Pen, by: Actor) -> None:
            rules.may_keep_house(by)
            found = self._one(pen, account)
            if role in found.roles:
                raise NotTaken(f"{found.name} has the role {role.told} already.")
            words = rules.needed(reason, "Giving a role needs a reason.")
            pen.write(RoleGiven, by, account=found.id, role=role.value, reason=pen.text(words))

        return self._take(command, account, by, now)

    def withdraw(
        self, account: str, role: Role, *, reason: str, by: Actor, now: datetime
    ) -> Account:
        """Take a role from an account; the last administrator keeps theirs."""

        def command(_: Reading, pen: Pen, by: Actor) -> None:
            rules.may_keep_house(by)
            found = self._one(pen, account)
            if role not in found.roles:
                raise NotTaken(f"{found.name} does not have the role {role.told}.")
            left = [a for a in self._door.register(pen.page).accounts.values() if role in a.roles]
            if role is Role.ADMINISTRATOR and len(left) == 1:
                raise NotTaken("This is the last administrator. Give the role to another first.")
            words = rules.needed(reason, "Taking a role needs a reason.")
            pen.write(RoleTaken, by, account=found.id, role=role.value, reason=pen.text(words))

        return self._take(command, account, by, now)

    def link(self, one: str, other: str, *, reason: str, by: Actor, now: datetime) -> Account:
        """Say that two accounts are one human's, from now on and whatever they are called."""

        def command(_: Reading, pen: Pen, by: Actor) -> None:
            rules.may_keep_house(by)
            first, second = self._one(pen, one), self._one(pen, other)
            if first.id == second.id or second.id in first.linked:
                raise NotTaken("These are one person's already.")
            words = rules.needed(reason, "Linking accounts needs a reason.")
            pair = (first.id, second.id)
            pen.write(AccountsLinked, by, accounts=pair, reason=pen.text(words))

        linked = self._take(command, one, by, now)
        self._clerk.say_links(now=now)
        return linked

    def history(self) -> Review | None:
        """What happened to the accounts, as a timeline; None before the first sign-in."""
        try:
            return self._clerk.read(REGISTER)
        except KeyError:
            return None

    def _take(self, command: Command, account: str, by: Actor, now: datetime) -> Account:
        try:
            self._clerk.take(
                REGISTER, command, by=by, now=now, keeps_house=True, on_record="change_accounts"
            )
        except KeyError:
            raise NotTaken(NOBODY) from None
        return self.register().named(account)[0]

    def _one(self, pen: Pen, named: str) -> Account:
        found = self._door.register(pen.page).named(named)
        if len(found) != 1:
            many = "No account is" if not found else f"{len(found)} accounts are"
            raise NotTaken(f"{many} called “{named}”. Name it by its number, as the list shows it.")
        return found[0]


def _has(known: Account, address: str) -> bool:
    """Whether this is the address the account had last."""
    last = known.addresses[-1] if known.addresses else ""
    return same_name(last) == same_name(address)
