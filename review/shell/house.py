"""Commands of whoever runs the server: accounts and their roles, a moved record, erased words."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import datetime

from review.commands.acts import Actor, Role
from review.commands.desk import Desk
from review.commands.door import SERVER
from review.shell import office
from review.shell.command import Command, Told

Asked = Namespace


def _about_account(one: ArgumentParser) -> None:
    one.add_argument("account", metavar="ACCOUNT", help="its number, address or subject")
    one.add_argument("role", type=Role, choices=list(Role), metavar="ROLE")
    _signed(one)


def _two_accounts(one: ArgumentParser) -> None:
    one.add_argument("account", metavar="ACCOUNT")
    one.add_argument("other", metavar="ACCOUNT")
    _signed(one)


def _a_review(one: ArgumentParser) -> None:
    one.add_argument("review", metavar="REVIEW")
    _signed(one)


def _some_texts(one: ArgumentParser) -> None:
    one.add_argument("review", metavar="REVIEW")
    one.add_argument("texts", nargs="+", metavar="SHA256")
    _signed(one)


def _signed(one: ArgumentParser) -> None:
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


def _done(act: Callable[[Asked, Desk, datetime], str]) -> Callable[[Asked, datetime], Told]:
    """An act at the desk of this installation, as an answer."""

    def answer(asked: Asked, now: datetime) -> Told:
        with office.desk() as opened:
            return Told(says=act(asked, opened, now))

    return answer


COMMANDS = {
    "accounts": Command(words=lambda _: None, answer=_done(_accounts)),
    "give-role": Command(words=_about_account, answer=_done(_give)),
    "take-role": Command(words=_about_account, answer=_done(_take)),
    "link-accounts": Command(words=_two_accounts, answer=_done(_link)),
    "restore": Command(words=_a_review, answer=_done(_restore)),
    "erase": Command(words=_some_texts, answer=_done(_erase)),
}
