"""Commands of whoever runs the server: accounts and their roles, a moved record, erased words."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime

from review.commands.acts import Actor, Role
from review.commands.desk import Desk
from review.commands.door import SERVER

Asked = argparse.Namespace
Clock = Callable[[], datetime]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add these commands; each is given the desk and the moment."""
    shown = commands.add_parser("accounts", help="list who has signed in, and their roles")
    shown.set_defaults(keeps=_accounts)

    for name, what in (("give-role", "give an account a role"), ("take-role", "take a role away")):
        one = commands.add_parser(name, help=what)
        one.add_argument("account", metavar="ACCOUNT", help="its number, address or subject")
        one.add_argument("role", type=Role, choices=list(Role), metavar="ROLE")
        _signed(one)
        one.set_defaults(keeps=_give if name == "give-role" else _take)

    link = commands.add_parser("link-accounts", help="say that two accounts are one human's")
    link.add_argument("account", metavar="ACCOUNT")
    link.add_argument("other", metavar="ACCOUNT")
    _signed(link)
    link.set_defaults(keeps=_link)

    back = commands.add_parser("restore", help="go on with a record that differs from its anchors")
    back.add_argument("review", metavar="REVIEW")
    _signed(back)
    back.set_defaults(keeps=_restore)

    gone = commands.add_parser("erase", help="erase words by their hashes; every proof stays")
    gone.add_argument("review", metavar="REVIEW")
    gone.add_argument("texts", nargs="+", metavar="SHA256")
    _signed(gone)
    gone.set_defaults(keeps=_erase)


def _signed(one: argparse.ArgumentParser) -> None:
    one.add_argument("--name", required=True, help="who does it: it goes on record")
    one.add_argument("--reason", required=True, help="why: it goes on record")


def _by(asked: Asked) -> Actor:
    return Actor(name=asked.name, role=Role.ADMINISTRATOR, issuer=SERVER)


def _accounts(_: Asked, desk: Desk, __: datetime) -> str:
    every = desk.people.register().accounts.values()
    if not every:
        return "Nobody has signed in yet."
    return "\n".join(
        f"{one.id[:8]}  {one.shown}: "
        + (", ".join(sorted(role.told for role in one.roles)) or "no role")
        + (f" (one person with {', '.join(each[:8] for each in one.linked)})" if one.linked else "")
        for one in every
    )


def _give(asked: Asked, desk: Desk, now: datetime) -> str:
    found = desk.people.give(asked.account, asked.role, reason=asked.reason, by=_by(asked), now=now)
    return f"{found.name} has the role {asked.role.told} now."


def _take(asked: Asked, desk: Desk, now: datetime) -> str:
    found = desk.people.withdraw(
        asked.account, asked.role, reason=asked.reason, by=_by(asked), now=now
    )
    return f"{found.name} no longer has the role {asked.role.told}."


def _link(asked: Asked, desk: Desk, now: datetime) -> str:
    found = desk.people.link(
        asked.account, asked.other, reason=asked.reason, by=_by(asked), now=now
    )
    return f"{found.name}: {len(found.linked) + 1} accounts count as one person now."


def _restore(asked: Asked, desk: Desk, now: datetime) -> str:
    desk.restore(asked.review, reason=asked.reason, by=_by(asked), now=now)
    return "The record goes on; what happened is in its timeline."


def _erase(asked: Asked, desk: Desk, now: datetime) -> str:
    desk.erase(asked.review, asked.texts, reason=asked.reason, by=_by(asked), now=now)
    return "The words are erased. Their hashes stay, so every proof still holds."
