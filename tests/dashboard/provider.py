"""A real OpenID provider for the tests, and people who sign in with it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from checks import places
from review.checklist import read_checklist
from review.commands.desk import Desk
from review.commands.door import SERVER
from review.record import Actor, Answer, Role
from tests.dashboard.meeting import NAME

ROOT = Actor(name="Root", role=Role.ADMINISTRATOR, issuer=SERVER)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Vouching:
    """The provider: what it says of people, and when they last proved who they are."""

    def __init__(self, port):
        self.issuer = f"http://localhost:{port}"

    def wait(self):
        """Wait until it answers."""
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{self.issuer}/jwks", timeout=1):
                    return
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("the provider did not come up")

    def settings(self, folder):
        """How Candor is told of this provider: a function from its address to a file."""

        def written(url):
            file = folder / "provider.toml"
            file.write_text(
                f'issuer = "{self.issuer}"\nname = "Bank ID"\n'
                'client_id = "candor"\nclient_secret = "not much of a secret"\n'
                f'redirect_uri = "{url}/oauth2callback"\n'
                f'cookie_secret = "{"0123456789abcdef" * 3}"\n',
                encoding="utf-8",
            )
            return file

        return written

    def tell(self, subject, name, *, minutes_ago=0, verified=True):
        """Say who this is from now on, and when they proved it."""
        claims = {
            "name": name,
            "email": f"{subject}@bank.example",
            "email_verified": verified,
            "auth_time": int(time.time()) - 60 * minutes_ago,  # noqa: TID251 — its own clock
        }
        asked = urllib.request.Request(
            f"{self.issuer}/users/{subject}",
            data=json.dumps(claims).encode(),
            headers={"Content-Type": "application/json"},
            method="PUT",
        )
        with urllib.request.urlopen(asked, timeout=10):
            pass


@contextmanager
def vouching():
    """A provider on a free port, for as long as it is needed."""
    port = free_port()
    words = ["-m", "oidc_provider_mock", "--port", str(port)]
    running = subprocess.Popen(
        [sys.executable, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    made = Vouching(port)
    made.wait()
    yield made
    running.terminate()
    running.wait()


class Office:
    """The server room: the same store, seen from where roles are given."""

    def __init__(self, home, issuer):
        checklist = read_checklist(places.checklist_file())
        store = f"sqlite:///{home / 'store.db'}"
        self.desk = Desk(store, home / "anchors.jsonl", checklist, provider=issuer)
        self.issuer = issuer

    @property
    def now(self):
        return datetime.now(UTC)  # noqa: TID251 — beside a server that has its own clock

    def give(self, subject, *roles):
        for role in roles:
            self.desk.people.give(subject, role, reason="Works here.", by=ROOT, now=self.now)

    def met(self, subject, name, *roles):
        """Somebody who has signed in before, and was given these roles."""
        who = Actor(
            name=name, role=Role.AUDITOR, issuer=self.issuer, verified=True, subject=subject
        )
        known = self.desk.people.meet(who, address=f"{subject}@bank.example", now=self.now)
        self.give(subject, *(one for one in roles if one not in known.roles))

    def answer_all_but(self, few, name=NAME):
        """Answer all questions but a few, and say that nobody outside was asked."""
        who = self.known("okafor", Role.LEGAL)
        review = self.desk.review(name)
        waiting = [one for one in review.checklist.questions if not review.computed(one).settled]
        for one in waiting[few:]:
            offered = review.offered(one)
            fine = Answer.ACCEPTABLE if Answer.ACCEPTABLE in offered else Answer.DOES_NOT_APPLY
            review = self.desk.answer(
                name, one.id, fine, reason="Read it.", by=who, now=self.now, seen=review.head
            )
        self.desk.hearing.not_sought(name, "Only members get it.", by=who, now=self.now)

    def sit(self, subject, role, name=NAME):
        """Somebody takes a seat from far away, and is free to judge."""
        who = self.known(subject, role)
        self.desk.room.seat(name, role, by=who, now=self.now)
        self.desk.room.declare(name, conflict="", by=who, now=self.now)

    def seal(self, subject, role, name=NAME):
        """Somebody answers the point from far away, as proposed."""
        review = self.desk.review(name)
        return self.desk.room.seal(
            name,
            review.committee.at,
            Answer.ACCEPTABLE,
            reason="Fine by me.",
            by=self.known(subject, role),
            now=self.now,
            seen=review.head,
        )

    def cast(self, subject, role, decision, name=NAME):
        """Somebody votes from a screen of their own, elsewhere."""
        return self.desk.ballot.cast(
            name,
            decision,
            grounds="Read it all.",
            by=self.known(subject, role),
            now=self.now,
            seen=self.desk.review(name).head,
        )

    def known(self, subject, role):
        """Somebody as a command below the screen would name them."""
        account = self.desk.people.register().named(subject)[0]
        who = Actor(
            name=account.name,
            role=role,
            issuer=self.issuer,
            verified=True,
            subject=subject,
            authenticated=self.now,
        )
        return replace(who, addresses=frozenset(account.addresses))
