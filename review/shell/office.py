"""The desk of this installation, and who works at it from a shell."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager

from checks import places
from review.checklist import read_checklist
from review.commands.acts import TYPED, Actor, Role
from review.commands.desk import Desk
from review.commands.door import SERVER
from review.who.provider import issuer


@contextmanager
def desk() -> Iterator[Desk]:
    """The desk over the store of this installation, closed afterwards."""
    checklist = read_checklist(places.checklist_file())
    opened = Desk(places.store_url(), places.anchors_file(), checklist, provider=issuer())
    with closing(opened):
        yield opened


def signs(parser: ArgumentParser, what: str) -> None:
    """Ask who does it; nobody is known to a shell."""
    parser.add_argument("--name", required=True, help=f"who {what}: it goes on record")
    parser.add_argument("--role", type=Role, choices=list(Role), required=True)


def by(asked: Namespace) -> Actor:
    """Who works on the server itself: where a provider vouches for people, no account of its."""
    return Actor(name=asked.name, role=asked.role, issuer=SERVER if issuer() else TYPED)
