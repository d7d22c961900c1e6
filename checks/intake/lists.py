"""The only rows that leave: who may be contacted on a channel, and who was taken off and why.

Written when the owner asks; whoever calls this records that it happened.
"""

from __future__ import annotations

import csv
import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[0-9]+([.][0-9]+)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Lists:
    """The two files of one channel."""

    contact: Path
    """The keys that may be contacted."""
    removed: Path
    """The keys that were taken off, each with its reason."""
    may_be_contacted: int
    taken_off: int
    made_harmless: int
    """Keys that a spreadsheet would have run as a formula; they have an apostrophe in front."""


def write_lists(people: Iterable[tuple[str, str | None]], folder: Path, channel: str) -> Lists:
    """Write both lists of a channel from each person's key and reason; no reason means yes.

    Both files appear whole, readable by their owner only, or not at all.
    """
    kept = off = harmless = 0
    folder.mkdir(parents=True, exist_ok=True)
    contact, removed = folder / f"{channel}-contact.csv", folder / f"{channel}-removed.csv"
    with tempfile.TemporaryDirectory(prefix=".lists-", dir=folder) as work:
        yes, no = Path(work, "contact"), Path(work, "removed")
        with _private(yes) as yes_file, _private(no) as no_file:
            yes_rows, no_rows = csv.writer(yes_file), csv.writer(no_file)
            yes_rows.writerow(["key"])
            no_rows.writerow(["key", "reason"])
            for key, reason in people:
                shown = without_formula(key)
                harmless += shown != key
                if reason is None:
                    yes_rows.writerow([shown])
                    kept += 1
                else:
                    no_rows.writerow([shown, without_formula(reason)])
                    off += 1
        yes.replace(contact)
        no.replace(removed)
    return Lists(
        contact=contact,
        removed=removed,
        may_be_contacted=kept,
        taken_off=off,
        made_harmless=harmless,
    )


def without_formula(cell: str) -> str:
    """A cell that no spreadsheet runs; plain numbers, so phone numbers too, stay as they are.

    >>> without_formula("=1+1"), without_formula("+4930123")
    ("'=1+1", '+4930123')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell


def _private(file: Path) -> TextIO:
    """A new file that only its owner may read."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(handle, "w", encoding="utf-8", newline="")
