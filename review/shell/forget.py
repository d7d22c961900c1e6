"""`forget`: the people data of a review are deleted, for good."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime

from review.shell.command import Command, Told
from review.shell.office import by, desk, signs
from review.store.forgetting import forget


def _words(parser: ArgumentParser) -> None:
    parser.add_argument("review", metavar="REVIEW")
    signs(parser, "deletes them")


def _answer(asked: Namespace, now: datetime) -> Told:
    with desk() as opened:
        return Told(says=str(forget(opened, asked.review, by=by(asked), now=now)))


COMMANDS = {"forget": Command(words=_words, answer=_answer)}
