"""`export`: the whole record of a review as JSON."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path

from review.document.filed import filed
from review.shell.command import Command, Told
from review.shell.office import desk


def _words(parser: ArgumentParser) -> None:
    parser.add_argument("review", metavar="REVIEW")
    parser.add_argument("-o", "--output", type=Path, help="a file; else standard output")


def _answer(asked: Namespace, _: datetime) -> Told:
    with desk() as opened:
        opened.review(asked.review)
        bundle = opened.bundle(asked.review)
    if asked.output is None:
        return Told(says=bundle)
    with filed(asked.output, bundle):
        return Told(says=b"")


COMMANDS = {"export": Command(words=_words, answer=_answer)}
