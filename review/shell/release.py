"""`release`: whether this very list may be sent; the answer, its slip, and the lists when asked."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from checks import places
from checks.lists.releasing import Lists
from review.document.slip import slip_json, written
from review.lists.release import Slip, Wanted, release
from review.record import NOBODY_YET, Role
from review.shell.command import Command, Told
from review.shell.office import by, desk

GIVEN = {
    "permissions": "what people say now, laid out as in the review",
    "suppression": "the do-not-contact list as it is now",
    "message": "what would be sent",
    "notice": "the notice that people see",
}


def _words(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.pdf", help="the sign-off")
    parser.add_argument("send", type=Path, metavar="SENDFILE", help="the list that would be sent")
    parser.add_argument("--channel", default="", metavar="NAME")
    parser.add_argument("--key", default="", metavar="COLUMN", help="that tells people apart")
    for name, what in GIVEN.items():
        parser.add_argument(f"--{name}", type=Path, metavar="FILE", help=what)
    parser.add_argument("--lists", type=Path, metavar="FOLDER", help="write the cleaned list there")
    parser.add_argument(
        "--slip", type=Path, metavar="FOLDER", help="for the slip; else beside the store"
    )
    parser.add_argument("--json", action="store_true", help="print the slip as JSON")
    parser.add_argument(
        "--complete", action="store_true", help="refuse where not all was looked at"
    )
    parser.add_argument("--name", default=NOBODY_YET, help="who asks: it goes on record")
    parser.add_argument("--role", type=Role, choices=list(Role), default=Role.PREPARER)


def _answer(asked: Namespace, now: datetime) -> Told:
    fields = {name: getattr(asked, name) for name in Wanted.__dataclass_fields__ if name != "pdf"}
    wanted = Wanted(pdf=asked.file, **fields)
    with desk() as opened:
        slip, lists = release(opened, wanted, by=by(asked), now=now, fonts=places.font_folders())
    folder = asked.slip or places.releases(slip.review)
    made = written(slip, folder, now=now, fonts=places.font_folders())
    status = 2 if asked.complete and slip.not_looked_at else slip.answer.status
    if asked.json:
        return Told(says=slip_json(slip).decode(), status=status)
    told = [slip.sentence, *slip.notes, *_beside(slip, lists, made)]
    return Told(says="\n".join(told), status=status)


def _beside(slip: Slip, lists: Lists | None, made: Path) -> Iterator[str]:
    for one in slip.conditions:
        yield f"Condition: {one}."
    if lists is not None:
        yield (
            f"{lists.may_be_contacted:,} are in {lists.contact}; {lists.taken_off:,} were taken "
            f"off, each with the reason, in {lists.removed}."
        )
    yield f"The slip is {made}."


COMMANDS = {"release": Command(words=_words, answer=_answer)}
