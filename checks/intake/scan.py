"""Read the bytes of a delimited file piece by piece: count its records, and clean their ends."""

from __future__ import annotations

import numpy as np

from checks.intake import limits
from checks.intake.signs import Places, Rows, Signs
from checks.refusal import Problem, Refused, refuse

MARK = b"\xef\xbb\xbf"
"""The mark that some programs write in front of UTF-8."""


class Scan:
    """Counts records as it goes; remembers only numbers and the record that is still open."""

    def __init__(
        self,
        name: str,
        delimiter: int,
        cells: int,
        *,
        line: int = 1,
        sampled: int = 0,
        headed: bytes = b"",
    ) -> None:
        """Begin at a line, with so many cells a row.

        Of each piece about so many bytes are sampled. A header would be headed by this name: it
        shall be told whether any row is; without a name, any may be.
        """
        self.records = 0
        """Rows so far."""
        self.longest_row = 0
        self.filled: Places = np.zeros(cells, dtype=np.int64)
        """How many cells of each column are not empty, so far."""
        self.sample: list[bytes] = []
        """Clean records from the beginning of each piece."""
        self.touched = False
        """Whether anything had to be cleaned so far."""
        self.headers = not headed
        """Whether a header may stand among the rows again."""
        self.padded = False
        """Whether any cell may have blanks around what it holds."""
        self._name = name
        self._delimiter = delimiter
        self._cells = cells
        self._sampled = sampled
        self._headed = headed
        self._rest: bytes | None = None
        self._line = line
        self._empty = 0
        self._ragged: list[tuple[int, int]] = []
        self._uneven = 0

    def take(self, piece: bytes) -> bytes:
        """Count the records that end in this piece; return them clean."""
        if self._rest is None:
            self.touched = piece.startswith(MARK)
            piece, self._rest = piece.removeprefix(MARK), b""
        text = self._rest + piece
        late = text.endswith(b"\r")  # the other half of its line end may come with the next piece
        clean, used = self._whole_records(text[:-1] if late else text)
        self._rest = text[used:]
        if len(self._rest) > limits.LONGEST_ROW:
            raise self._too_long()
        return clean

    def end(self) -> bytes:
        """Count the last record, which may lack its line end; refuse rows that do not fit."""
        rest = self._rest or b""
        self.touched |= bool(rest)
        clean, used = self._whole_records(rest.removesuffix(b"\r") + b"\n") if rest else (b"", 0)
        if rest and not used:
            what = "A quote is opened in the row that begins here, and never closed."
            raise Unpaired.at(self._name, self._line, what, "Close it, or double it.")
        if self._uneven:
            raise Refused([self._misfit()])
        return clean

    @property
    def repairs(self) -> tuple[str, ...]:
        """What was left out, in words."""
        if not self._empty:
            return ()
        lines = "1 empty line was" if self._empty == 1 else f"{self._empty:,} empty lines were"
        return (f"{lines} left out.",)

    def _whole_records(self, text: bytes) -> tuple[bytes, int]:
        """The records that end in this text, clean, and how many bytes they took."""
        signs = Signs.of(text, self._delimiter).whole()
        if signs is None:
            return b"", 0
        body = text[: len(signs.data)]
        self._sound(body, signs)
        clean = self._count(body, signs)
        self._line += signs.lines_before(len(body))
        return clean, len(body)

    def _sound(self, body: bytes, signs: Signs) -> None:
        if b"\0" in body:
            raise null_found(self._name, self._line_of(signs, body.index(b"\0")))
        try:
            if not body.isascii():
                body.decode("utf-8")
        except UnicodeDecodeError as error:
            raise NotUtf8(self._line_of(signs, error.start)) from None
        stray = signs.stray_quote()
        if stray is not None:
            what = "There is a quote in the middle of a cell."
            cure = "Put the whole cell in quotes and double the quote in it."
            raise Unpaired.at(self._name, self._line_of(signs, stray), what, cure)

    def _count(self, body: bytes, signs: Signs) -> bytes:
        rows = signs.rows()
        self._measure(rows, signs)
        self.headers = self.headers or signs.begins(rows.starts, self._headed)
        self.padded = self.padded or signs.padded(body, rows.stops)
        keep = rows.lengths > 0
        self._empty += int(np.count_nonzero(~keep))
        self.records += int(np.count_nonzero(keep))
        fit = rows.cells == self._cells
        self._note_ragged(np.flatnonzero(keep & ~fit), rows, signs)
        if self.records > limits.MOST_ROWS:
            cure = "Take it in as counts, one row a group."
            raise limits.beyond(self._name, "MOST_ROWS", "rows", cure)
        self.filled += rows.filled(keep & fit, self._cells)
        clean = signs.clean(body, rows, keep)
        self.touched |= clean is not body
        if self._sampled:
            few = max(1, int(np.searchsorted(rows.ends, self._sampled)))
            self.sample.append(signs.clean(body, rows, keep[:few]))
        return clean

    def _note_ragged(self, ragged: Places, rows: Rows, signs: Signs) -> None:
        """Remember the rows that have another number of cells than the header."""
        self._uneven += len(ragged)
        for row in ragged[: limits.SHOWN_LINES - len(self._ragged)]:
            line = self._line_of(signs, int(rows.starts[row]))
            self._ragged.append((line, int(rows.cells[row]) - self._cells))

    def _measure(self, rows: Rows, signs: Signs) -> None:
        """Refuse rows and cells that are too long to be what they should be."""
        longest = int(rows.lengths.max())
        self.longest_row = max(self.longest_row, longest)
        if longest > limits.LONGEST_ROW:
            raise self._too_long()
        if longest <= limits.LONGEST_CELL:  # then every cell is shorter still
            return
        width, place = signs.widest()
        if width > limits.LONGEST_CELL:
            what = f"A cell has more than {limits.LONGEST_CELL:,} letters."
            cure = "Leave out the column, or look for a quote that is not closed."
            where = f"{self._name}, line {self._line_of(signs, place):,}"
            raise refuse(where, what, cure)

    def _line_of(self, signs: Signs, place: int) -> int:
        return self._line + signs.lines_before(place)

    def _too_long(self) -> Refused:
        what = f"A row that begins here or below is longer than {limits.LONGEST_ROW:,} bytes."
        cure = "Look for a quote that is not closed."
        return Unpaired.at(self._name, self._line, what, cure)

    def _misfit(self) -> Problem:
        read = self.records - self._uneven
        shown = "; ".join(_by_how_many(line, cells) for line, cells in self._ragged)
        others = self._uneven - len(self._ragged)
        more = f"; and {others:,} more" if others else ""
        what = f"Only {read:,} of {self.records:,} rows could be read. Not these: {shown}{more}."
        cure = f"Give each row as many cells as the header ({self._cells:,}), or export again."
        return Problem(where=self._name, what=what, cure=cure)


class Unpaired(Refused):
    """The quotes of a file do not match; what may be tried is in `checks.intake.mending`."""

    @classmethod
    def at(cls, name: str, line: int, what: str, cure: str) -> Unpaired:
        """The refusal of a line."""
        return cls([Problem(where=f"{name}, line {line:,}", what=what, cure=cure)])

    def moved(self, name: str, line: int) -> Unpaired:
        """The refusal of the line that cannot be put right, where that is another one."""
        what = (
            "The quotes of this row do not match, and it could be read in several ways or in none."
        )
        cure = "Put each cell with a quote in it in quotes, and double that quote."
        other = Unpaired.at(name, line, what, cure)
        return self if self.problems[0].where == other.problems[0].where else other


def _by_how_many(line: int, cells: int) -> str:
    many = "one cell" if abs(cells) == 1 else f"{abs(cells):,} cells"
    return f"line {line:,} has {many} too {'many' if cells > 0 else 'few'}"


def null_found(name: str, line: int) -> Refused:
    """The refusal of a null character."""
    what = "There is a null character, as in UTF-16 and in files of programs."
    return refuse(f"{name}, line {line:,}", what, "Export it again as CSV in UTF-8.")


class NotUtf8(Exception):  # noqa: N818 — never shown: the file is read in another alphabet
    """The bytes of a line are no UTF-8."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line
