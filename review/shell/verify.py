"""`verify`: whether a document or an exported record stands, from its own bytes."""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from checks import places
from review.proof.seal_key import known_certificates
from review.proof.verify import LATER, Checked, verify
from review.shell.command import Command, Told
from review.store.chain import verify_bundle


def _words(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="the PDF of a sign-off, or an exported record"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--seal",
        type=_number,
        metavar="SHA256",
        help="of the only certificate whose seal you trust",
    )


def _number(said: str) -> str:
    """The number of a certificate; people write it with blanks or colons, and in capitals."""
    plain = said.replace(" ", "").replace(":", "").lower()
    if not re.fullmatch("[0-9a-f]{64}", plain):
        raise ArgumentTypeError(
            f"{len(plain)} characters are no number of a certificate: a SHA-256 has 64, each 0 to "
            "9 or a to f. Blanks and colons between them do not matter."
        )
    return plain


def _answer(asked: Namespace, now: datetime) -> Told:
    content = asked.file.read_bytes()
    if content.lstrip().startswith(b"{"):
        return _record(asked, content)
    checked = verify(
        content,
        now=now,
        known=known_certificates(),
        accepted=asked.seal or "",
        fonts=places.font_folders(),
    )
    if places.store_is_here():
        checked = _beside_the_store(checked, now)
    says = json.dumps(checked.plain(), indent=2, ensure_ascii=False) if asked.json else str(checked)
    return Told(says=says, status=checked.says.status)


def _beside_the_store(checked: Checked, now: datetime) -> Checked:
    """What the store knows that the file cannot: whether it was withdrawn, replaced or ended."""
    from review.commands.refusing import NotStored  # noqa: PLC0415 — offline, no store is loaded
    from review.proof.standing import noted, with_store  # noqa: PLC0415
    from review.shell.office import desk  # noqa: PLC0415

    try:
        with desk() as opened:
            return with_store(checked, opened, day=now.date())
    except NotStored:  # the document answers for itself, also beside a store that cannot
        return noted(checked, f"The store of this installation cannot be read. {LATER}")


def _record(asked: Namespace, content: bytes) -> Told:
    """Check an exported record: nothing is needed but its bytes."""
    if asked.seal:
        raise ValueError("An exported record carries no seal. Leave --seal out, or name the PDF.")
    found = verify_bundle(content)
    status = 0 if found.stands else 1
    if asked.json:
        says = json.dumps(asdict(found), indent=2, ensure_ascii=False)
    elif found.stands:
        gone = f" {found.erased} texts were left out or erased." if found.erased else ""
        says = (
            f"This record is whole: {found.length} events of “{found.review}”.{gone}\n"
            f"Compare its head with an anchor or an old PDF: {found.head}"
        )
    else:
        place = f" (event {found.event})" if found.event else ""
        says = f"This record is not whole{place}. {found.problem}"
    return Told(says=says, status=status)


COMMANDS = {"verify": Command(words=_words, answer=_answer)}
