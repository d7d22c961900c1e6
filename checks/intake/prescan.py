"""Count a delimited file by its bytes before any parser sees it, and lay a clean copy of it.

The copy has one record a line end, no mark in front, no empty lines and no header, so that what
the database stores can be held against what was counted here.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checks.intake import limits
from checks.intake.scan import LINE, MARK, QUOTE, RETURN, Scan, not_utf8, null_found
from checks.refusal import Problem, Refused, refuse

DELIMITERS = (",", ";", "\t", "|")
_PIECE = 1 << 23
_NUMBER = re.compile(r"[-+]?[0-9]+([.,][0-9]+)?")
_STRANGERS = (
    (b"\xff\xfe", "It is saved as UTF-16.", "Save it again as CSV in UTF-8."),
    (b"\xfe\xff", "It is saved as UTF-16.", "Save it again as CSV in UTF-8."),
    (b"PK\x03\x04", "It is a packed file or a workbook.", "Export it as CSV, or unpack it."),
    (b"\x1f\x8b", "It is a packed file.", "Unpack it first."),
    (b"%PDF-", "It is a PDF.", "Export the table as CSV."),
    (b"\x89PNG", "It is a picture.", "Export the table as CSV."),
    (b"\x7fELF", "It is a program.", "Export the table as CSV."),
)
"""First bytes of files that are no tables, whatever they are called."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """What the bytes of a file say."""

    sha256: str
    bytes: int
    delimiter: str
    columns: tuple[str, ...]
    records: int
    """Without the header."""
    longest_row: int
    repairs: tuple[str, ...]


def counted(file: Path, name: str, copy: Path) -> Counted:
    """Count a file and write its clean copy; raises `Refused` with lines where it is not sound."""
    size = file.stat().st_size
    if size > limits.MOST_BYTES:
        what = f"It is larger than {limits.MOST_BYTES:,} bytes."
        raise refuse(name, what, "Split it, and name all the parts.")
    with file.open("rb") as opened:
        head = opened.read(4 * limits.LONGEST_ROW)
    _no_stranger(head, name)
    header = _header(head, name)
    scan = Scan(name, ord(header.delimiter), len(header.columns))
    digest = hashlib.sha256()
    with file.open("rb") as opened, copy.open("wb") as laid:
        for piece in iter(lambda: opened.read(_PIECE), b""):
            digest.update(piece)
            laid.write(scan.take(piece))
        laid.write(scan.end())
    return Counted(
        sha256=digest.hexdigest(),
        bytes=size,
        delimiter=header.delimiter,
        columns=header.columns,
        records=scan.records,
        longest_row=scan.longest_row,
        repairs=scan.repairs,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Header:
    delimiter: str
    columns: tuple[str, ...]


def _no_stranger(head: bytes, name: str) -> None:
    if not head.removeprefix(MARK).strip():
        raise refuse(name, "It is empty.", "Export it again, with a header and a row a person.")
    for sign, what, cure in _STRANGERS:
        if head.startswith(sign):
            raise refuse(name, what, cure)
    if b"\0" in head:
        raise null_found(name, head.count(b"\n", 0, head.index(b"\0")) + 1)


def _header(head: bytes, name: str) -> _Header:
    line = _first_record(head.removeprefix(MARK).lstrip(b"\r\n"))
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        raise not_utf8(name, 1) from None
    bare = "".join(text.split('"')[::2])
    delimiter = max(DELIMITERS, key=bare.count)
    try:
        [cells] = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except (csv.Error, ValueError):
        what = "The quotes of the header do not match."
        raise refuse(
            f"{name}, line 1", what, "Put each name in a pair of quotes, or none."
        ) from None
    columns = tuple(unicodedata.normalize("NFC", cell.strip()) for cell in cells)
    return _Header(delimiter=delimiter, columns=sound_names(columns, name))


def _first_record(head: bytes) -> bytes:
    inside = False
    for place, byte in enumerate(head):
        if byte == QUOTE:
            inside = not inside
        elif byte in (LINE, RETURN) and not inside:
            return head[:place]
    return head


def sound_names(columns: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The column names, or a refusal that tells everything wrong with them at once."""
    if len(columns) > limits.MOST_COLUMNS:
        what = f"It has {len(columns):,} columns; {limits.MOST_COLUMNS} can be read."
        raise refuse(name, what, "Leave out what the campaign does not use.")
    if all(_NUMBER.fullmatch(column) for column in columns):
        what = "The first line holds numbers, not the names of columns."
        raise refuse(f"{name}, line 1", what, "Export it again with a header.")
    problems = list(_unsound(columns, f"{name}, header"))
    if problems:
        raise Refused(problems)
    return columns


def _unsound(columns: tuple[str, ...], where: str) -> Iterator[Problem]:
    places: dict[str, list[str]] = {}
    for number, column in enumerate(columns, start=1):
        places.setdefault(column, []).append(f"{number:,}")
        if len(column) > limits.LONGEST_NAME:
            what = f"The name of column {number:,} has {len(column):,} letters."
            yield Problem(where=where, what=what, cure="Check that the first line is a header.")
    for column, numbers in places.items():
        which = ", ".join(numbers[: limits.SHOWN_LINES])
        more = "" if len(numbers) <= limits.SHOWN_LINES else ", …"
        many = f"{len(numbers):,} column{'s' if len(numbers) > 1 else ''} ({which}{more})"
        if not column:
            what = f"There {'are' if len(numbers) > 1 else 'is'} {many} without a name."
            yield Problem(where=where, what=what, cure="Name what you use; take out the rest.")
        elif len(numbers) > 1:
            what = f'The name "{column}" stands over {many}.'
            yield Problem(where=where, what=what, cure="Give each column a name of its own.")
