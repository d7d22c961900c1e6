"""Read quotes that belong to no pair, where a row can be read in one way only.

A quote that opens no cell is a letter of it, and so is one that is never closed, if then the row
has as many cells as the header. Blanks in front of a quoted cell are left out. A row that could be
read in two ways, or in none, is not touched: its file is refused.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from checks.intake import limits
from checks.runs import watching

_LINES = 50
"""Lines over which a cell may go on in a file whose quotes do not match."""
_WAYS = 200
"""Ways to read a row that are tried before it is given up."""
_OFTEN = 10_000
_CUT = re.compile('" +$')
"""How words in quotes end where more follows the quote: nobody can tell what is meant."""


class Unmendable(Exception):  # noqa: N818 — never shown: whoever catches it says where
    """A row can be read in several ways, or in none."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line
        self.before: tuple[int, int] | None = None
        """The first row above it that has another number of cells: its line and its cells."""


@dataclass(kw_only=True, slots=True)
class Mended:
    """What was done, in words."""

    letters: list[int] = field(default_factory=list)
    """Lines in which a quote was read as a letter."""
    blanks: int = 0
    """Rows in which blanks in front of quotes were left out."""

    @property
    def told(self) -> tuple[str, ...]:
        """Sentences for whoever brought the file."""
        said = []
        if self.letters:
            rows = "1 row" if len(self.letters) == 1 else f"{len(self.letters):,} rows"
            shown = ", ".join(f"{line:,}" for line in self.letters[: limits.SHOWN_LINES])
            lines = f"line {shown}" if len(self.letters) == 1 else f"lines {shown}"
            more = len(self.letters) - limits.SHOWN_LINES
            lines += f" and {more:,} more" if more > 0 else ""
            said.append(f"In {rows} a quote that has no partner was read as a letter: {lines}.")
        if self.blanks:
            rows = "1 row" if self.blanks == 1 else f"{self.blanks:,} rows"
            said.append(f"In {rows} blanks in front of quotes were left out.")
        return tuple(said)


def mended(file: Path, copy: Path, delimiter: str, cells: int, first: int) -> Mended:
    """Write a file again with its quotes in pairs; its rows begin on line `first`.

    Raises `Unmendable` at the first row that has not exactly one reading.
    """
    rows = _Rows(delimiter, cells)
    done = Mended()
    ragged: tuple[int, int] | None = None
    with file.open("rb") as opened, copy.open("wb") as laid:
        lines = _Lines(opened)
        for line in lines:
            if lines.number % _OFTEN == 0:
                watching.go_on()
            text = line.rstrip("\r\n")
            if '"' not in text:
                many = text.count(delimiter) + 1
                if text and many != cells and lines.number >= first:
                    ragged = ragged or (lines.number, many)
            elif not rows.regular(text):
                try:
                    text = _put_right(rows, lines, text, done, must=lines.number >= first)
                except Unmendable as left:
                    left.before = ragged
                    raise
            laid.write(f"{text}\n".encode("latin-1"))
    return done


class _Lines:
    """The lines of a file, some of which may be looked at before it is their turn.

    Bytes are letters here, whatever the alphabet: signs that tell cells apart are the same in all.
    """

    def __init__(self, opened: BinaryIO) -> None:
        self.number = 0
        self._opened = opened
        self._ahead: deque[str] = deque()

    def __iter__(self) -> Iterator[str]:
        while line := self._ahead.popleft() if self._ahead else self._read():
            self.number += 1
            yield line

    def ahead(self, many: int) -> list[str]:
        """The next lines, which stay where they are."""
        while len(self._ahead) < many and (line := self._read()):
            self._ahead.append(line)
        return list(self._ahead)[:many]

    def skip(self, many: int) -> None:
        """Leave out lines that were looked at."""
        for _ in range(many):
            self._ahead.popleft()
        self.number += many

    def _read(self) -> str:
        line = self._opened.readline(limits.LONGEST_ROW + 1)
        if len(line) > limits.LONGEST_ROW or b"\r" in line.removesuffix(b"\n").removesuffix(b"\r"):
            raise Unmendable(self.number + 1)
        return line.decode("latin-1")


def _put_right(rows: _Rows, lines: _Lines, text: str, done: Mended, *, must: bool) -> str:
    """A row whose quotes do not match on its line, as it is to be written."""
    number = lines.number
    alone = rows.ways(text)
    joined, many = _joined(rows, lines, text) if rows.open(text) else ("", 0)
    if many and not (alone and all(rows.ways(one.rstrip("\r\n")) for one in lines.ahead(many))):
        lines.skip(many)
        return joined
    if many or len(alone) != 1:  # nobody can tell whether it is one row or several, or which
        if must:
            raise Unmendable(number)
        return text
    [(cells, letters)] = alone.items()
    if letters:
        done.letters.append(number)
    else:
        done.blanks += 1
    out = io.StringIO()
    csv.writer(out, delimiter=rows.delimiter, lineterminator="").writerow(cells)
    return out.getvalue()


def _joined(rows: _Rows, lines: _Lines, text: str) -> tuple[str, int]:
    """A row that goes on over the next lines, and over how many; none where it does not."""
    for many, line in enumerate(lines.ahead(_LINES), 1):
        text += "\n" + line.rstrip("\r\n")
        if rows.regular(text):
            return (text, many) if rows.many(text) == rows.cells else ("", 0)
        if not rows.open(text):
            return "", 0
    return "", 0


class _Rows:
    """How the rows of a file are written, and how one that is not may be read."""

    def __init__(self, delimiter: str, cells: int) -> None:
        self.delimiter, self.cells = delimiter, cells
        sign = re.escape(delimiter)
        quoted, plain = '"(?:[^"]|"")*+"', f'[^"{sign}]*+'
        self._regular = re.compile(f"(?:{quoted}|{plain})(?:{sign}(?:{quoted}|{plain}))*+")
        self._open = re.compile(f'(?:(?:{quoted}|{plain}){sign})*+"(?:[^"]|"")*+')
        blanks = " *+" if delimiter != " " else ""
        self._quoted = re.compile(f'({blanks})"((?:[^"]|"")*+)"(?={sign}|$)', re.DOTALL)
        self._loose = re.compile(f'{blanks}"(.*?)"(?={sign}|$)', re.DOTALL)
        self._plain = re.compile(f"[^{sign}]*+")

    def regular(self, text: str) -> bool:
        """Whether every quote opens, closes or is doubled."""
        return self._regular.fullmatch(text) is not None

    def open(self, text: str) -> bool:
        """Whether the last cell of a text may go on in the next line."""
        return self._open.fullmatch(text) is not None

    def many(self, text: str) -> int:
        """The cells of a regular row."""
        return len(next(csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter)))

    def ways(self, text: str) -> dict[tuple[str, ...], bool]:
        """The readings of a line that have the right number of cells.

        With each, whether a quote is a letter in it. A cell that begins and ends with a quote
        stands in quotes, if the row then fits. None where quotes may be meant otherwise, or where
        there are too many ways to try.
        """
        if '\\"' in text:
            return {}
        found: dict[tuple[str, ...], tuple[int, bool]] = {}
        waiting = [_Way()]
        for _ in range(_WAYS * self.cells):
            if not waiting:
                break
            way = waiting.pop()
            for longer in self._next(text, way):
                if longer.end == len(text) and len(longer.cells) == self.cells:
                    found[longer.cells] = longer.opened, longer.letters
                elif longer.end < len(text) and len(longer.cells) < self.cells:
                    waiting.append(longer)
        fewest = min((opened for opened, _ in found.values()), default=0)
        return {
            row: letters
            for row, (opened, letters) in found.items()
            if opened == fewest and not waiting
        }

    def _next(self, text: str, way: _Way) -> Iterator[_Way]:
        """How the next cell of a row may be read."""
        at = way.end + 1
        if strict := self._quoted.match(text, at):
            yield way.on(strict[2].replace('""', '"'), strict.end())
            return
        if (loose := self._loose.match(text, at)) and _CUT.search(loose[1]):
            return
        if loose:
            yield way.on(loose[1].replace('""', '"'), loose.end(), letters=True)
        if plain := self._plain.match(text, at):
            opened = plain[0].lstrip(" ").startswith('"')
            yield way.on(plain[0], plain.end(), letters='"' in plain[0], opened=opened)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Way:
    """A reading of the beginning of a row."""

    cells: tuple[str, ...] = ()
    end: int = -1
    """The place of the delimiter behind it."""
    letters: bool = False
    opened: int = 0
    """Cells that begin with a quote which is a letter of them."""

    def on(self, cell: str, end: int, *, letters: bool = False, opened: bool = False) -> _Way:
        """The reading with one more cell."""
        return _Way(
            cells=(*self.cells, cell),
            end=end,
            letters=self.letters or letters,
            opened=self.opened + opened,
        )
