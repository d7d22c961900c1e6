"""Count a delimited file by its bytes before any parser sees it, and lay a clean copy of it.

The copy is UTF-8 and has one record a line end, no mark in front, no empty lines, no title rows
and no header, so that what the database stores can be held against what was counted here.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from checks.intake import encoding, header, limits
from checks.intake.encoding import Alphabet
from checks.intake.header import Header
from checks.intake.laying import Laying
from checks.intake.mending import Unmendable, mended
from checks.intake.scan import MARK, NotUtf8, Scan, Unpaired, null_found
from checks.intake.signs import LINE
from checks.refusal import Refused, refuse
from checks.runs import watching

DELIMITERS = (",", ";", "\t", "|", "~", "^", "\x01", "\x1f")
_PIECE = 1 << 20
"""Bytes scanned at once: few enough to stay close to the processor."""
_KEPT = 30 << 20
"""Bytes that the C library keeps when they are given back, once so many were given back at once."""
_SAMPLE = 1 << 24
"""Bytes of a file that are looked at to guess what it holds; a smaller one is read at once."""
_STRANGERS = (
    (b"PK\x03\x04", "It is a packed file or a workbook.", "Name it .zip or .xlsx as it is."),
    (b"\x1f\x8b", "It is a packed file.", "Name it .csv.gz, or unpack it first."),
    (b"%PDF-", "It is a PDF.", "Export the table as CSV."),
    (b"\x89PNG", "It is a picture.", "Export the table as CSV."),
    (b"\x7fELF", "It is a program.", "Export the table as CSV."),
    (b"\xd0\xcf\x11\xe0", "It is an old workbook.", "Save it as .xlsx or CSV."),
)
"""First bytes of files that are no tables, whatever they are called."""
_PAGE = re.compile(rb"\s*<(!doctype|html|table|\?xml|head|body)\b", re.IGNORECASE)
"""How pages and other marked-up texts begin, which some tools call tables."""
_ENDS = re.compile(rb'"|\r\n|\n|\r')
_QUOTED = re.compile(r'"[^"]*"([,;\t|~^\x01\x1f]"[^"]*")*')


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """What the bytes of a file say."""

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
    filled: tuple[int, ...]
    """Cells of each column that are not empty."""
    above: int
    """Lines above the first row that were left in the copy, as it is the file itself."""
    headers: bool
    """Whether the header may stand among the rows again."""
    padded: bool
    """Whether any cell may have blanks around what it holds."""
    sample: Path | None
    """Clean records from everywhere in the file; None where it is small."""
    repairs: tuple[str, ...]


def counted(
    file: Path, name: str, copy: Path, *, unheaded: bool = False, delimiter: str | None = None
) -> Counted:
    """Count a file and write its clean copy; raises `Refused` with lines where it is not sound."""
    size = file.stat().st_size
    if size > limits.MOST_BYTES:
        raise limits.beyond(name, "MOST_BYTES", "bytes")
    head = _head(file)
    manner = _Manner(unheaded=unheaded, delimiters=(delimiter,) if delimiter else DELIMITERS)
    alphabet = encoding.marked(head)
    try:
        if alphabet is None:
            return _paired(file, head, name, copy, manner)
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
        encoding.rewritten(file, name, alphabet, plain)
        found = _paired(plain, _head(plain), name, copy, manner)
    except NotUtf8 as left:  # a letter that the other alphabet does not have either
        raise null_found(name, left.line) from None
    finally:
        plain.unlink(missing_ok=True)
    repairs = (alphabet.said, *found.repairs)
    return replace(found, bytes=file.stat().st_size, repairs=repairs)


def _paired(file: Path, head: bytes, name: str, copy: Path, manner: _Manner) -> Counted:
    """Count a file; one whose quotes do not match is written again, if that can be done one way."""
    try:
        return _counted(file, head, name, copy, manner)
    except Unpaired as unpaired:
        return _mended(file, head, name, copy, manner, unpaired)


def _mended(
    file: Path, head: bytes, name: str, copy: Path, manner: _Manner, unpaired: Unpaired
) -> Counted:
    try:
        top = _top(head, name, manner, lines=True)
    except Refused:
        raise unpaired from None
    cells = len(top.header.columns) + top.header.bare
    paired = copy.with_suffix(".paired")
    copy.unlink(missing_ok=True)
    try:
        done = mended(file, paired, top.delimiter, cells, top.line)
        found = _counted(paired, _head(paired), name, copy, manner)
    except Unmendable as left:
        if left.before:
            line, many = left.before
            what = f"This row has {many:,} cells, and the header {cells:,} names."
            cure = "If another table begins here, take it out; else mend the row."
            raise refuse(f"{name}, line {line:,}", what, cure) from None
        raise unpaired.moved(name, left.line) from None
    finally:
        paired.unlink(missing_ok=True)
    return replace(found, bytes=file.stat().st_size, repairs=(*done.told, *found.repairs))


def _head(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(4 * limits.LONGEST_ROW)


def _counted(file: Path, head: bytes, name: str, copy: Path, manner: _Manner) -> Counted:
    _no_stranger(head, name)
    top = _top(head, name, manner)
    cells = len(top.header.columns) + top.header.bare
    size = file.stat().st_size
    scan = Scan(
        name,
        ord(top.delimiter),
        cells,
        line=top.line,
        sampled=_SAMPLE * _PIECE // size if size > _SAMPLE else 0,
        headed=_plain(top.header.columns[0]),
    )
    at_top = top.begin == 0 or (top.line == 2 and head[top.begin - 1] == LINE)
    copied = _scanned(scan, file, name, copy, top.begin, linked=at_top)
    sample = copy.with_suffix(".sample") if size > _SAMPLE else None
    if sample:
        sample.write_bytes(b"".join(scan.sample))
    return Counted(
        bytes=size,
        delimiter=top.delimiter,
        columns=top.header.columns,
        spare=top.header.spare,
        bare=top.header.bare,
        records=scan.records,
        longest_row=scan.longest_row,
        filled=tuple(scan.filled.tolist()),
        above=0 if copied else top.line - 1,
        headers=scan.headers,
        padded=scan.padded,
        sample=sample,
        repairs=(*top.header.repairs, *scan.repairs),
    )


def _scanned(scan: Scan, file: Path, name: str, copy: Path, begin: int, *, linked: bool) -> bool:
    """Scan a file from this byte on and lay its clean copy; whether it had to be copied."""
    size = file.stat().st_size
    bytearray(_KEPT)  # else every piece is scanned in new pages of memory, which costs a third
    with file.open("rb") as opened, Laying(opened, begin, copy) as laid:
        opened.seek(begin)
        for piece in iter(lambda: opened.read(_PIECE), b""):
            watching.rows(name, scan.records, opened.tell() / size)
            laid.add(scan.take(piece), touched=scan.touched)
        laid.add(scan.end(), touched=scan.touched)
        laid.finish(linked=linked)
    return laid.copied


def _plain(name: str) -> bytes:
    """How a header that stands among the rows would begin; nothing where that is not plain."""
    return name.encode() if name.isascii() and name.isprintable() and '"' not in name else b""


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
    if _PAGE.match(head.removeprefix(MARK)):
        what = "It is a web page or XML, whatever it is called."
        raise refuse(name, what, "Open it in a spreadsheet, and save it as CSV.")
    if b"\0" in head:
        raise null_found(name, head.count(b"\n", 0, head.index(b"\0")) + 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Record:
    text: str
    line: int
    end: int
    lines: int


def _top(head: bytes, name: str, manner: _Manner, *, lines: bool = False) -> _Top:
    """What stands above the rows of data, and how cells are told apart.

    `lines`: each line is taken for a record, as the quotes do not match.
    """
    records = _records(head, lines=lines)
    delimiter, rows = _dialect([one.text for one in records], name, manner.delimiters)
    first = next((number for number, one in enumerate(records) if one.text), 0)
    quoted = bool(_QUOTED.fullmatch(records[first].text))
    top = header.found(rows[first:], name, none=manner.unheaded, sure=quoted)
    if not top.above:
        mark = len(MARK) if head.startswith(MARK) else 0
        return _Top(delimiter=delimiter, header=top, begin=mark, line=1)
    last = records[first + top.above - 1]
    return _Top(delimiter=delimiter, header=top, begin=last.end, line=last.line + last.lines)


def _records(head: bytes, *, lines: bool) -> list[_Record]:
    """The first records of a file, empty ones too; the last one may be cut."""
    records: list[_Record] = []
    start = len(MARK) if head.startswith(MARK) else 0
    line, many, inside = 1, 0, False
    for found in _ENDS.finditer(head, start):
        if found[0] == b'"':
            inside = not inside and not lines
            continue
        many += 1
        if inside:
            continue
        text = _text(head[start : found.start()], line)
        records.append(_Record(text=text, line=line, end=found.end(), lines=many))
        start, line, many = found.end(), line + many, 0
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
        raise Unpaired.at(name, 1, what, "Put each name in a pair of quotes, or none.")
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
