"""The slip of a release on one page, with its data inside: what an auditor is shown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from review.document.filed import filed
from review.document.printable import FONTS, covered, font_files, printable_all
from review.document.typesetting import faces_of, typeset
from review.lists.release import Slip, by_name

TEMPLATE = Path(__file__).resolve().parent / "slip.typ"


def slip_json(slip: Slip) -> bytes:
    """The slip as a file for machines."""
    return json.dumps(slip.plain(), indent=2, ensure_ascii=False, sort_keys=True).encode()


def slip_page(slip: Slip, *, at: datetime, fonts: Sequence[Path] = ()) -> bytes:
    """The slip as one page, its JSON attached."""
    faces, families = faces_of(fonts)
    page = {
        **slip.plain(),
        "counts": [[what, number] for what, number in by_name(slip).items()],
        "fonts": families,
    }
    shown = printable_all(page, covered(font_files([FONTS, *fonts])))
    record = slip_json(slip).decode()
    inputs = {"page": json.dumps(shown, ensure_ascii=False), "record": record}
    return typeset(TEMPLATE, faces, inputs, at)


def written(slip: Slip, folder: Path, *, now: datetime, fonts: Sequence[Path] = ()) -> Path:
    """Write both beside each other, named by the review and the moment; returns the page."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{slip.review}-{slip.channel}-{now:%Y%m%dT%H%M%SZ}-{slip.send_sha256_keyed[:8]}"
    page = folder / f"{name}.pdf"
    with (
        filed(page, slip_page(slip, at=now, fonts=fonts)),
        filed(folder / f"{name}.json", slip_json(slip)),
    ):
        return page
