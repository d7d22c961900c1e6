"""A real OpenID provider for the tests, and people who sign in with it."""

from __future__ import annotations

import json
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
from review.record import Actor, Role
from tests.dashboard.conftest import free_port

ROOT = Actor(name="Root", role=Role.ADMINISTRATOR, issuer=SERVER)


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
