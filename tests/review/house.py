"""A meeting where a provider vouches for everybody, and accounts have the roles they were given."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from review.commands.door import SERVER
from review.record import Actor, Role
from tests.review.builders import NOON, Meeting, agreed, needing

HERE = "https://id.bank.example"
ROOT = Actor(name="Root", role=Role.ADMINISTRATOR, issuer=SERVER)
THREE = needing(3, "privacy", "ethics")


class House(Meeting):
    """A meeting where a provider vouches for everybody."""

    def __init__(self, desk):
        super().__init__(desk)
        self.known = {}

    def account(self, name, *roles, address=None, issuer=HERE, subject=None):
        """Somebody who signed in and was given these roles."""
        mail = f"{name.casefold()}@bank.example" if address is None else address
        who = Actor(
            name=name,
            role=roles[0] if roles else Role.AUDITOR,
            issuer=issuer,
            verified=True,
            subject=subject or f"sub-{name}",
            addresses=frozenset({mail} if mail else ()),
            authenticated=NOON + timedelta(minutes=self._minutes),
        )
        met = self.desk.people.meet(who, address=mail, now=self.now)
        self.known[name] = met.id
        for role in roles:
            self.desk.people.give(met.id, role, reason="Works here.", by=ROOT, now=self.now)
        return who

    def fresh(self, who):
        """The same person, signed in just now."""
        return replace(who, authenticated=NOON + timedelta(minutes=self._minutes))

    def link(self, one, other):
        pair = (self.known[one], self.known[other])
        return self.desk.people.link(*pair, reason="One human.", by=ROOT, now=self.now)

    def cast(self, decision, *, by, **more):
        return super().cast(decision, by=self.fresh(by), **more)

    def committee(self):
        """Let Mira bring a campaign of Ana's, and four others sit in its committee."""
        self.mira = self.account("Mira", Role.PREPARER)
        self.run(agreed(20), by=self.mira, owner="Ana <ana@bank.example>", committee=THREE)
        self.four = [
            self.account("Jonas", Role.CHAIR),
            self.account("Ito", Role.PRIVACY),
            self.account("Weber", Role.ETHICS),
            self.account("Lee", Role.CUSTOMER_VOICE),
        ]
        self.convene(*self.four)
        self.chair, self.ito, self.weber, self.lee = self.four
        return self
