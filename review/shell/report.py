"""`report`: the document of a review, made, sealed where it is decided, and on record."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path

from checks import places
from checks.policy import read_policy
from review.document.editions import Edition
from review.document.filed import filed
from review.document.issuing import HTML, Issued, issued, page_issued, put_on_record
from review.record import Review
from review.shell.command import Command, Told
from review.shell.office import by, desk, signs


def _words(parser: ArgumentParser) -> None:
    parser.add_argument("review", metavar="REVIEW")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")
    parser.add_argument(
        "--edition", choices=[*Edition, HTML], default=Edition.INTERNAL, help="for whom it is"
    )
    signs(parser, "makes it")


def _answer(asked: Namespace, now: datetime) -> Told:
    with desk() as opened:
        made = _made(opened.review(asked.review), opened.bundle(asked.review), asked.edition, now)
        with filed(asked.output, made.content):
            put_on_record(opened, asked.review, made, by=by(asked), now=now)
    return Told(says="\n".join([str(asked.output), *_without_fonts()]))


def _without_fonts() -> list[str]:
    """What has to be told where fonts that were asked for are not there."""
    return [
        f"CANDOR_FONTS names a folder that is not there: {one}. Letters that only its fonts can "
        "draw are shown by their numbers."
        for one in places.font_folders()
        if not one.is_dir()
    ]


def _made(review: Review, bundle: bytes, edition: str, now: datetime) -> Issued:
    if edition == HTML:
        return page_issued(review, bundle, at=now)
    return issued(
        review,
        bundle,
        at=now,
        now=now,
        fonts=places.font_folders(),
        edition=Edition(edition),
        names=read_policy(places.policy_file()).regulator_names,
    )


COMMANDS = {"report": Command(words=_words, answer=_answer)}
