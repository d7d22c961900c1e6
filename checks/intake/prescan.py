"""Count a delimited file by its bytes before any parser sees it, and lay a clean copy of it.

The copy is UTF-8 and has one record a line end, no mark in front, no empty lines, no title rows
and no header, so that what the database stores can be held against what was counted here.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from checks import watching
from checks.intake import encoding, header, limits
from checks.intake.encoding import Alphabet
from checks.intake.header import Header
from checks.intake.profiles import SAMPLED
from checks.intake.scan import MARK, NotUtf8, Scan, null_found
from checks.refusal import refuse

DELIMITERS = (",", ";", "\t", "|")
_PIECE = 1 << 18
"""Bytes scanned at once: few enough to stay close to the processor."""
_STRANGERS = (
    (b"PK\x03\x04", "It is a packed file or a workbook.", "Name it .zip or .xlsx as it is."),
    (b"\x1f\x8b", "It is a packed file.", "Name it .csv.gz, or unpack it first."),
    (b"%PDF-", "It is a PDF.", "Export the table as CSV."),
    (b"\x89PNG", "It is a picture.", "Export the table as CSV."),
    (b"\x7fELF", "It is a program.", "Export the table as CSV."),
    (b"\xd0\xcf\x11\xe0", "It is an old workbook.", "Save it as .xlsx or CSV."),
)
"""First bytes of files that are no tables, whatever they are called."""
_ENDS = re.compile(rb'"|\r\n|\n|\r')
_QUOTED = re.compile(r'"[^"]*"([,;\t|]"[^"]*")*')


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """What the bytes of a file say."""

    sha256: str
    bytes: int
    delimiter: str
    columns: tuple[str, ...]
    spare: tuple[int, ...]
    """Places of columns that had no name: left out where they are empty."""
    bare: int
    """How many columns behind the last name must be empty."""
    records: int
    """Without the header."""
    longest_row: int
    repairs: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    """The cells of about `SAMPLED` rows, taken evenly from the whole file."""


def counted(
    file: Path, name: str, copy: Path, *, unheaded: bool = False, delimiter: str | None = None
) -> Counted:
    """Count a file and write its clean copy; raises `Refused` with lines where it is not sound."""
    size = file.stat().st_size
    if size > limits.MOST_BYTES:
        raise limits.beyond(name, "MOST_BYTES", "bytes")
    with file.open("rb") as opened:
        head = opened.read(4 * limits.LONGEST_ROW)
    manner = _Manner(unheaded=unheaded, delimiters=(delimiter,) if delimiter else DELIMITERS)
    alphabet = encoding.marked(head)
    try:
        if alphabet is None:
            return _counted(file, head, name, copy, manner)
    except NotUtf8 as found:
        alphabet = encoding.guessed(file, name, found.line)
    return _counted_anew(file, name, copy, alphabet, manner)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Manner:
    """What is known of a file beforehand."""

    unheaded: bool
    delimiters: tuple[str, ...]


def _counted_anew(
    file: Path, name: str, copy: Path, alphabet: Alphabet, manner: _Manner
) -> Counted:
    """Count a file that has to be written in UTF-8 first."""
    plain = copy.with_suffix(".plain")
    try:
        sha256 = encoding.rewritten(file, name, alphabet, plain)
        with plain.open("rb") as opened:
            head = opened.read(4 * limits.LONGEST_ROW)
        found = _counted(plain, head, name, copy, manner)
    except NotUtf8 as left:  # a letter that the other alphabet does not have either
        raise null_found(name, left.line) from None
    finally:
        plain.unlink(missing_ok=True)
    repairs = (alphabet.said, *found.repairs)
    return replace(found, sha256=sha256, bytes=file.stat().st_size, repairs=repairs)


def _counted(file: Path, head: bytes, name: str, copy: Path, manner: _Manner) -> Counted:
    _no_stranger(head, name)
    top = _top(head, name, manner)
    cells = len(top.header.columns) + top.header.bare
    samples = -(-SAMPLED * _PIECE // max(file.stat().st_size, _PIECE))
    scan = Scan(name, ord(top.delimiter), cells, line=top.line, headed=False, samples=samples)
    digest = hashlib.sha256()
    skipped, read = top.begin, 0
    size = file.stat().st_size
    with file.open("rb") as opened, copy.open("wb") as laid:
        for piece in iter(lambda: opened.read(_PIECE), b""):
            digest.update(piece)
            read += len(piece)
            watching.rows(name, scan.records, read / size)
            laid.write(scan.take(piece[skipped:]))
            skipped = max(0, skipped - len(piece))
        laid.write(scan.end())
    return Counted(
        sha256=digest.hexdigest(),
        bytes=size,
        delimiter=top.delimiter,
        columns=top.header.columns,
        spare=top.header.spare,
        bare=top.header.bare,
        records=scan.records,
        longest_row=scan.longest_row,
        repairs=(*top.header.repairs, *scan.repairs),
        sample=tuple(_sampled(scan.sample, top.delimiter, cells)),
    )


def _sampled(records: Sequence[bytes], delimiter: str, cells: int) -> Iterator[tuple[str, ...]]:
    for record in records:
        text = io.StringIO(record.decode().removesuffix("\r"), newline="")
        row = tuple(next(csv.reader(text, delimiter=delimiter), ()))
        if len(row) == cells:  # the scan refuses others, once it has seen them all
            yield row


@dataclass(frozen=True, kw_only=True, slots=True)
class _Top:
    delimiter: str
    header: Header
    begin: int
    """Where the first row of data begins, in bytes."""
    line: int
    """The line on which it begins."""


def _no_stranger(head: bytes, name: str) -> None:
    if not head.removeprefix(MARK).strip():
        raise refuse(name, "It is empty.", "Export it again, with a header and a row a person.")
    for sign, what, cure in _STRANGERS:
        if head.startswith(sign):
            raise refuse(name, what, cure)
    if b"\0" in head:
        raise null_found(name, head.count(b"\n", 0, head.index(b"\0")) + 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Record:
    text: str
    line: int
    end: int
    lines: int


def _top(head: bytes, name: str, manner: _Manner) -> _Top:
    """What stands above the rows of data, and how cells are told apart."""
    records = _records(head)
    delimiter, rows = _dialect([one.text for one in records], name, manner.delimiters)
    first = next((number for number, one in enumerate(records) if one.text), 0)
    quoted = bool(_QUOTED.fullmatch(records[first].text))
    top = header.found(rows[first:], name, none=manner.unheaded, sure=quoted)
    if not top.above:
        mark = len(MARK) if head.startswith(MARK) else 0
        return _Top(delimiter=delimiter, header=top, begin=mark, line=1)
    last = records[first + top.above - 1]
    return _Top(delimiter=delimiter, header=top, begin=last.end, line=last.line + last.lines)


def _records(head: bytes) -> list[_Record]:
    """The first records of a file, empty ones too; the last one may be cut."""
    records: list[_Record] = []
    start = len(MARK) if head.startswith(MARK) else 0
    line, lines, inside = 1, 0, False
    for found in _ENDS.finditer(head, start):
        if found[0] == b'"':
            inside = not inside
            continue
        lines += 1
        if inside:
            continue
        text = _text(head[start : found.start()], line)
        records.append(_Record(text=text, line=line, end=found.end(), lines=lines))
        start, line, lines = found.end(), line + lines, 0
        if len(records) == header.SAMPLE:
            return records
    if start < len(head):
        text = _text(head[start:], line) if not inside or not records else ""
        records.append(_Record(text=text, line=line, end=len(head), lines=1))
    return records


def _text(line: bytes, number: int) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        raise NotUtf8(number) from None


def _dialect(
    texts: Sequence[str], name: str, delimiters: Sequence[str]
) -> tuple[str, list[list[str]]]:
    """The delimiter that cuts most rows into equally many cells, and the rows so cut."""
    cut = {delimiter: _cut(texts, delimiter) for delimiter in delimiters}
    sound = {sign: rows for sign, rows in cut.items() if rows is not None}
    if not sound:
        what = "The quotes of the header do not match."
        raise refuse(f"{name}, line 1", what, "Put each name in a pair of quotes, or none.")
    best = max(sound, key=lambda sign: header.width(sound[sign]))
    return best, sound[best]


def _cut(texts: Sequence[str], delimiter: str) -> list[list[str]] | None:
    rows = []
    for number, text in enumerate(texts):
        try:
            lines = io.StringIO(text, newline="")
            cut = list(csv.reader(lines, delimiter=delimiter, strict=not number))
        except (csv.Error, ValueError):
            cut = []
        if len(cut) > 1 or (not cut and text and not number):
            return None
        rows.append(cut[0] if cut else [])
    return rows
