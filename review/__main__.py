"""The command: check a document, bring a review's record or document, or forget its people."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module

from checks.printed import shell
from checks.refusal import Refused
from review.commands.refusing import NotTaken
from review.document.typesetting import NotTypeset
from review.shell.command import Command, Told

COMMANDS = {
    "verify": "say whether a document or record stands, offline",
    "seal-key": "make a trial key for sealing; it says so itself",
    "export": "bring the whole record of a review as JSON",
    "report": "make the document of a review",
    "release": "say whether this very list may be sent",
    "forget": "delete the people data of a review, for good",
    "accounts": "list who has signed in, and their roles",
    "give-role": "give an account a role",
    "take-role": "take a role away",
    "link-accounts": "say that two accounts are one human's",
    "restore": "go on with a record that differs from its anchors",
    "erase": "erase words by their hashes; every proof stays",
}
"""Each command and what it does."""
ENDS = {
    "verify": "Exit status: 0 it stands, 1 it does not, 2 it cannot be told.",
    "release": "Exit status: 0 it may be sent, 1 it changed or a condition holds it back, "
    "2 it cannot be told.",
}
"""What the exit status of a command answers, where it answers something."""
HOUSE = ("accounts", "give-role", "take-role", "link-accounts", "restore", "erase")
"""Those of whoever runs the server stand in one file, the others in one each."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 2 where it was refused."""
    given = sys.argv[1:] if words is None else list(words)
    command = _command(given[0]) if given and given[0] in COMMANDS else None
    asked = _parser(given, command).parse_args(given)
    assert command is not None  # any other word ended above
    try:
        return _say(command.answer(asked, datetime.now(UTC)))
    except KeyError as error:
        named = getattr(asked, "review", None)
        if named is None:
            return _refused(shell.broke(error))
        return _refused(f"There is no review named “{named}”. It begins in the dashboard.")
    except OSError as error:
        return _refused(shell.of_a_file(error))
    except (Refused, NotTaken, NotTypeset, ValueError) as error:
        lies = getattr(error, "place", "")  # whoever works in a shell can look there
        return _refused(f"{error} It lies in {lies}." if lies else str(error))
    except Exception as error:  # noqa: BLE001 — its message may quote a password: only its kind is told
        return _refused(shell.broke(error))


def _command(name: str) -> Command:
    """A command, loaded now: checking a document needs nothing of what writes lists."""
    file = "house" if name in HOUSE else name.replace("-", "_")
    found: Command = import_module(f"review.shell.{file}").COMMANDS[name]
    return found


def _parser(given: Sequence[str], command: Command | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m review", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, what in COMMANDS.items():
        says = f"{what[:1].upper()}{what[1:]}."
        one = commands.add_parser(name, help=what, description=says, epilog=ENDS.get(name))
        if command is not None and name == given[0]:
            command.words(one)
    return parser


def _say(told: Told) -> int:
    shell.say(told.says if isinstance(told.says, bytes) else f"{told.says}\n".encode())
    return told.status


def _refused(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    gc.disable()  # a command ends soon, and most of what it makes are modules, which stay
    sys.exit(main())
