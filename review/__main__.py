"""The command: check a document, bring a review's record or document, or forget its people."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module

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
    except KeyError:
        named = getattr(asked, "review", "")
        return _refused(f"There is no review named “{named}”. It begins in the dashboard.")
    except FileNotFoundError as error:
        return _refused(f"{error.filename}: there is no such file or folder.")
    except OSError as error:
        if error.filename is None:  # a full disk names no file
            return _refused("The file could not be written whole: is there room on the disk?")
        return _refused(f"{error.filename}: the file cannot be read or written.")
    except (Refused, NotTaken, NotTypeset, ValueError) as error:
        return _refused(str(error))


def _command(name: str) -> Command:
    """A command, loaded now: checking a document needs nothing of what writes lists."""
    file = "house" if name in HOUSE else name.replace("-", "_")
    found: Command = import_module(f"review.shell.{file}").COMMANDS[name]
    return found


def _parser(given: Sequence[str], command: Command | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m review", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, what in COMMANDS.items():
        one = commands.add_parser(name, help=what)
        if command is not None and name == given[0]:
            command.words(one)
    return parser


def _say(told: Told) -> int:
    if isinstance(told.says, bytes):
        sys.stdout.buffer.write(told.says)
    else:
        print(told.says)
    return told.status


def _refused(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    gc.disable()  # a command ends soon, and most of what it makes are modules, which stay
    sys.exit(main())
