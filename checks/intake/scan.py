"""Read the bytes of a delimited file piece by piece: count its records, and clean their ends."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from checks.intake import limits
from checks.refusal import Problem, Refused, refuse

QUOTE, LINE, RETURN = 34, 10, 13
MARK = b"\xef\xbb\xbf"
"""The mark that some programs write in front of UTF-8."""

Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]


class Scan:
    """Counts records as it goes; remembers only numbers and the record that is still open."""

    def __init__(
        self,
        name: str,
        delimiter: int,
        cells: int,
        *,
        line: int = 1,
        headed: bool = True,
        samples: int = 0,
    ) -> None:
        """Begin at a line, with so many cells a row; `headed` where the header comes first.

        Of each piece so many rows are kept as samples.
        """
        self.records = 0
        """Rows so far, without the header."""
        self.longest_row = 0
        self.sample: list[bytes] = []
        self._samples = samples
        self._name = name
        self._delimiter = delimiter
        self._cells = cells
        self._rest: bytes | None = None
        self._line = line
        self._headed = not headed
        self._empty = 0
        self._ragged: list[tuple[int, int]] = []
        self._uneven = 0

    def take(self, piece: bytes) -> bytes:
        """Count the records that end in this piece; return them clean."""
        if self._rest is None:
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
        clean, used = self._whole_records(rest.removesuffix(b"\r") + b"\n") if rest else (b"", 0)
        if rest and not used:
            what = "A quote is opened in the row that begins here, and never closed."
            raise refuse(f"{self._name}, line {self._line:,}", what, "Close it, or double it.")
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
        data = np.frombuffer(text, dtype=np.uint8)
        inside = _inside(text, data)
        breaks = _breaks(text, data)
        ends = np.flatnonzero(breaks & ~inside)
        if not len(ends):
            return b"", 0
        used = int(ends[-1]) + 1
        data, inside, breaks = data[:used], inside[:used], breaks[:used]
        self._sound(text[:used], data, inside, breaks)
        clean = self._count(data, inside, breaks, ends)
        self._line += int(np.count_nonzero(breaks))
        return clean, used

    def _sound(self, text: bytes, data: Bytes, inside: Flags, breaks: Flags) -> None:
        if b"\0" in text:
            raise null_found(self._name, self._line_of(breaks, text.index(b"\0")))
        try:
            text.decode("utf-8")
        except UnicodeDecodeError as error:
            raise NotUtf8(self._line_of(breaks, error.start)) from None
        stray = _stray_quote(data, inside, self._delimiter) if b'"' in text else None
        if stray is not None:
            what = "There is a quote in the middle of a cell."
            cure = "Put the whole cell in quotes and double the quote in it."
            where = f"{self._name}, line {self._line_of(breaks, stray):,}"
            raise refuse(where, what, cure)

    def _count(self, data: Bytes, inside: Flags, breaks: Flags, ends: Places) -> bytes:
        starts = np.concatenate([np.zeros(1, dtype=np.int64), ends[:-1] + 1])
        lengths = ends - starts
        lengths -= (lengths > 0) & (data[ends] == LINE) & (data[np.maximum(ends - 1, 0)] == RETURN)
        marks = np.flatnonzero((breaks | (data == self._delimiter)) & ~inside)
        self._measure(marks, lengths, breaks)
        cells = np.diff(np.flatnonzero(breaks[marks]), prepend=-1)
        filled = lengths > 0
        keep = filled.copy()
        if not self._headed and filled.any():
            self._headed = True
            keep[int(np.argmax(filled))] = False
        self._empty += int(np.count_nonzero(~filled))
        self.records += int(np.count_nonzero(keep))
        self._note_ragged(np.flatnonzero(keep & (cells != self._cells)), cells, starts, breaks)
        self._keep_samples(data, np.flatnonzero(keep), starts, ends)
        if self.records > limits.MOST_ROWS:
            cure = "Take it in as counts, one row a group."
            raise limits.beyond(self._name, "MOST_ROWS", "rows", cure)
        return _clean(data, inside, ends, starts, keep)

    def _keep_samples(self, data: Bytes, rows: Places, starts: Places, ends: Places) -> None:
        step = max(1, -(-len(rows) // self._samples)) if self._samples else len(rows) + 1
        for row in rows[step // 2 :: step]:
            self.sample.append(data[starts[row] : ends[row]].tobytes())

    def _note_ragged(self, rows: Places, cells: Places, starts: Places, breaks: Flags) -> None:
        """Remember the rows that have another number of cells than the header."""
        self._uneven += len(rows)
        for row in rows[: limits.SHOWN_LINES - len(self._ragged)]:
            line = self._line_of(breaks, int(starts[row]))
            self._ragged.append((line, int(cells[row]) - self._cells))

    def _measure(self, marks: Places, lengths: Places, breaks: Flags) -> None:
        """Refuse rows and cells that are too long to be what they should be."""
        longest = int(lengths.max())
        self.longest_row = max(self.longest_row, longest)
        if longest > limits.LONGEST_ROW:
            raise self._too_long()
        if longest <= limits.LONGEST_CELL:  # then every cell is shorter still
            return
        gaps = np.diff(marks, prepend=-1) - 1
        if int(gaps.max()) > limits.LONGEST_CELL:
            place = int(marks[int(np.argmax(gaps))])
            what = f"A cell has more than {limits.LONGEST_CELL:,} letters."
            cure = "Leave out the column, or look for a quote that is not closed."
            where = f"{self._name}, line {self._line_of(breaks, place):,}"
            raise refuse(where, what, cure)

    def _line_of(self, breaks: Flags, place: int) -> int:
        return self._line + int(np.count_nonzero(breaks[:place]))

    def _too_long(self) -> Refused:
        what = f"A row that begins here or below is longer than {limits.LONGEST_ROW:,} bytes."
        cure = "Look for a quote that is not closed."
        return refuse(f"{self._name}, line {self._line:,}", what, cure)

    def _misfit(self) -> Problem:
        read = self.records - self._uneven
        shown = "; ".join(_by_how_many(line, cells) for line, cells in self._ragged)
        others = self._uneven - len(self._ragged)
        more = f"; and {others:,} more" if others else ""
        what = f"Only {read:,} of {self.records:,} rows could be read. Not these: {shown}{more}."
        cure = f"Give each row as many cells as the header ({self._cells:,}), or export again."
        return Problem(where=self._name, what=what, cure=cure)


def _by_how_many(line: int, cells: int) -> str:
    many = "one cell" if abs(cells) == 1 else f"{abs(cells):,} cells"
    return f"line {line:,} has {many} too {'many' if cells > 0 else 'few'}"


def _inside(text: bytes, data: Bytes) -> Flags:
    """Which bytes stand between quotes; an opening quote does, a closing one does not."""
    if b'"' not in text:
        return np.zeros(len(data), dtype=np.bool_)
    quotes = np.flatnonzero(data == QUOTE)
    runs = np.diff(quotes, prepend=0, append=len(data))
    inside: Flags = np.repeat(np.arange(len(runs)) % 2 == 1, runs)
    return inside


def _breaks(text: bytes, data: Bytes) -> Flags:
    """Where lines end: at a line feed, and at a return that no line feed follows."""
    breaks: Flags = data == LINE
    if b"\r" in text:
        lonely = data == RETURN
        lonely[:-1] &= data[1:] != LINE
        breaks |= lonely
    return breaks


def _stray_quote(data: Bytes, inside: Flags, delimiter: int) -> int | None:
    """The first quote that neither begins nor ends a cell nor is doubled."""
    quotes = np.flatnonzero(data == QUOTE)
    edge = np.zeros(256, dtype=np.bool_)
    edge[[delimiter, LINE, RETURN, QUOTE]] = True
    before = edge[data[np.maximum(quotes - 1, 0)]] | (quotes == 0)
    after = edge[data[np.minimum(quotes + 1, len(data) - 1)]]
    opening = inside[quotes]
    stray = quotes[np.where(opening, ~before, ~after)]
    return int(stray[0]) if len(stray) else None


def _clean(data: Bytes, inside: Flags, ends: Places, starts: Places, keep: Flags) -> bytes:
    """The kept records, each ended by one line feed."""
    returned = bool((data == RETURN).any())
    if keep.all() and not returned:
        return data.tobytes()
    kept = np.ones(len(data), dtype=np.bool_)
    for row in np.flatnonzero(~keep):
        kept[starts[row] : ends[row] + 1] = False
    if returned:
        returns = (data == RETURN) & ~inside
        data = data.copy()
        followed = np.zeros(len(data), dtype=np.bool_)
        followed[:-1] = data[1:] == LINE
        kept &= ~(returns & followed)
        data[returns & ~followed] = LINE
    return data[kept].tobytes()


def null_found(name: str, line: int) -> Refused:
    """The refusal of a null character."""
    what = "There is a null character, as in UTF-16 and in files of programs."
    return refuse(f"{name}, line {line:,}", what, "Export it again as CSV in UTF-8.")


class NotUtf8(Exception):  # noqa: N818 — never shown: the file is read in another alphabet
    """The bytes of a line are no UTF-8."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line
