"""The signs that tell cells and records apart in a text: delimiters, line ends and quotes.

Line ends and quotes are few, and looked at one by one. Delimiters are many: they are only counted,
up to any place that matters (`Tally`). All other bytes are compared, and never moved.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

QUOTE, LINE, RETURN = 34, 10, 13
_TAB, _BLANK, _LAST_PLAIN = 9, 32, 127
_RARE_BLANKS = (b"\v", b"\f")
_WIDE_BLANKS = ("\u00a0".encode(), "\ufeff".encode())

Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]
_NONE: Places = np.zeros(0, dtype=np.int64)


class Tally:
    """How many flags are set before any place, from one bit a byte."""

    def __init__(self, flags: Flags) -> None:
        bits = np.packbits(flags, bitorder="little")
        self._words = np.zeros(len(flags) // 64 + 1, dtype="<u8")
        self._words.view(np.uint8)[: len(bits)] = bits
        counts = np.bitwise_count(self._words[:-1])
        self._before = np.zeros(len(self._words), dtype=np.int64)
        np.cumsum(counts, out=self._before[1:])

    def before(self, places: Places) -> Places:
        """How many are set before each of these places."""
        words, bits = places >> 6, (places & 63).astype(np.uint64)
        below = (np.uint64(1) << bits) - np.uint64(1)
        found: Places = self._before[words]
        found += np.bitwise_count(self._words[words] & below)
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Signs:
    """Where the few signs of a text stand."""

    data: Bytes
    lines: Flags
    """Which bytes are line feeds."""
    delimiter: int
    breaks: Places
    """What ends a line: a line feed, and a return that no line feed follows."""
    quotes: Places
    quoted: Tally | None
    """Counts the quotes; None where there are none."""
    returns: Places

    @classmethod
    def of(cls, text: bytes, delimiter: int) -> Signs:
        """The signs of a text."""
        data = np.frombuffer(text, dtype=np.uint8)
        lines = data == LINE
        breaks = np.flatnonzero(lines)
        quotes, quoted = _NONE, None
        if b'"' in text:
            marks = data == QUOTE
            quotes, quoted = np.flatnonzero(marks), Tally(marks)
        returns = np.flatnonzero(data == RETURN) if b"\r" in text else _NONE
        if len(returns):
            breaks = np.sort(np.concatenate([breaks, returns[~_followed(data, returns)]]))
        return cls(
            data=data,
            lines=lines,
            delimiter=delimiter,
            breaks=breaks,
            quotes=quotes,
            quoted=quoted,
            returns=returns,
        )

    def whole(self) -> Signs | None:
        """The signs of the whole records, and their text; None where no record ends."""
        ends = self.breaks[self._outside(self.breaks)]
        if not len(ends):
            return None
        last = int(ends[-1])
        return Signs(
            data=self.data[: last + 1],
            lines=self.lines[: last + 1],
            delimiter=self.delimiter,
            breaks=_until(self.breaks, last),
            quotes=_until(self.quotes, last),
            quoted=self.quoted,
            returns=_until(self.returns, last),
        )

    def lines_before(self, place: int) -> int:
        """How many lines end before a place."""
        return int(np.searchsorted(self.breaks, place))

    def stray_quote(self) -> int | None:
        """The first quote that neither begins nor ends a cell nor is doubled."""
        quotes = self.quotes
        if not len(quotes):
            return None
        edge = np.zeros(256, dtype=np.bool_)
        edge[[self.delimiter, LINE, RETURN, QUOTE]] = True
        fits = np.empty(len(quotes), dtype=np.bool_)
        opening, closing = quotes[::2], quotes[1::2]
        fits[::2] = edge[self.data[np.maximum(opening - 1, 0)]] | (opening == 0)
        fits[1::2] = edge[self.data[np.minimum(closing + 1, len(self.data) - 1)]]
        stray = quotes[~fits]
        return int(stray[0]) if len(stray) else None

    def rows(self) -> Rows:
        """The records of a text that is whole."""
        ends = self.breaks[self._outside(self.breaks)]
        starts = np.empty_like(ends)
        starts[0] = 0
        np.add(ends[:-1], 1, out=starts[1:])
        two = (self.data[ends - 1] == RETURN) & (self.data[ends] == LINE) & (ends > starts)
        delimiters = self.data == self.delimiter
        before = _Outside(self, delimiters)
        return Rows(
            signs=self,
            stops=delimiters | self.lines,
            before=before,
            starts=starts,
            ends=ends,
            lengths=ends - two - starts,
            cells=np.diff(before.counted(ends), prepend=0) + 1,
        )

    def empties(self, begins: Flags) -> Places:
        """Where cells stop that hold nothing; a pair of quotes with nothing in it is nothing.

        Cells begin behind delimiters and line feeds, of which the flags are set.
        """
        stops = begins
        if len(self.returns):
            stops = begins.copy()
            stops[self.returns] = True
            begins = begins.copy()
            begins[self.returns[~_followed(self.data, self.returns)]] = True
        found = np.flatnonzero(stops[1:] & begins[:-1]) + 1
        if stops[0]:
            found = np.concatenate([np.zeros(1, dtype=np.int64), found])
        if not len(self.quotes):
            return found
        found = found[self._outside(found)]
        opening = self.quotes[::2]
        pairs = opening[self.quotes[1::2] - opening == 1]
        begun = begins[np.maximum(pairs - 1, 0)] | (pairs == 0)
        pairs = pairs[begun & stops[np.minimum(pairs + 2, len(stops) - 1)]]
        return np.concatenate([found, pairs + 2])

    def begins(self, starts: Places, word: bytes) -> bool:
        """Whether any of these cells may hold this word: it begins so, or with no plain sign."""
        first = self.data[starts]
        strange = (first <= _BLANK) & (first != self.delimiter) & (first != LINE)
        if strange.any() or (first > _LAST_PLAIN).any():
            return True
        places = starts + (first == QUOTE)
        for sign in word:
            places = places[self.data[np.minimum(places, len(self.data) - 1)] == sign] + 1
            if not len(places):
                return False
        return True

    def padded(self, text: bytes, stops: Flags) -> bool:
        """Whether a cell may begin or end with a blank; quotes within a cell leave it open."""
        wide = () if text.isascii() else _WIDE_BLANKS
        if any(sign in text for sign in (*_RARE_BLANKS, *wide)):
            return True
        blanks = self.data == _BLANK
        if b"\t" in text and self.delimiter != _TAB:
            blanks |= self.data == _TAB
        if len(self.returns):
            stops = stops.copy()
            stops[self.returns] = True
        places = np.concatenate(
            [np.flatnonzero(stops[:-1] & blanks[1:]), np.flatnonzero(blanks[:-1] & stops[1:]) + 1]
        )
        inside = np.concatenate([self.quotes[::2] + 1, self.quotes[1::2] - 1])
        return bool(
            self._outside(places).any() or blanks[:1].any() or (self.data[inside] <= _BLANK).any()
        )

    def widest(self) -> tuple[int, int]:
        """The bytes of the longest cell, and where it stops."""
        stops = np.flatnonzero((self.data == self.delimiter) | (self.data == LINE))
        stops = np.union1d(stops, self.breaks)
        stops = stops[self._outside(stops)]
        widths = np.diff(stops, prepend=-1) - 1
        at = int(np.argmax(widths))
        return int(widths[at]), int(stops[at])

    def clean(self, text: bytes, rows: Rows, keep: Flags) -> bytes:
        """The kept ones of the first records of the text, each ended by one line feed."""
        size = int(rows.ends[len(keep) - 1]) + 1
        returns = self.returns[self._outside(self.returns)]
        returns = returns[: np.searchsorted(returns, size)]
        if not len(returns) and keep.all():
            return text if size == len(text) else text[:size]
        data = self.data[:size].copy()
        kept = np.ones(size, dtype=np.bool_)
        for row in np.flatnonzero(~keep):
            kept[rows.starts[row] : rows.ends[row] + 1] = False
        followed = _followed(data, returns)
        kept[returns[followed]] = False
        data[returns[~followed]] = LINE
        return data[kept].tobytes()

    def _outside(self, places: Places) -> Flags:
        """Which of these places stand outside of quotes."""
        if self.quoted is None:
            return np.ones(len(places), dtype=np.bool_)
        outside: Flags = self.quoted.before(places) & 1 == 0
        return outside


def _followed(data: Bytes, returns: Places) -> Flags:
    """Which returns a line feed follows."""
    followed: Flags = data[np.minimum(returns + 1, len(data) - 1)] == LINE
    return followed


def _until(places: Places, last: int) -> Places:
    return places[: np.searchsorted(places, last, side="right")]


class _Outside:
    """How many delimiters stand before a place, those between quotes not counted."""

    def __init__(self, signs: Signs, delimiters: Flags) -> None:
        self._tally = Tally(delimiters)
        self._quoted = signs.quoted
        up_to = self._tally.before(signs.quotes)
        self._within = np.zeros(len(up_to) // 2 + 1, dtype=np.int64)
        np.cumsum(up_to[1::2] - up_to[::2], out=self._within[1:])

    def counted(self, places: Places) -> Places:
        """How many before each of these places, which are outside of quotes themselves."""
        counted = self._tally.before(places)
        if self._quoted is None:
            return counted
        within: Places = self._within[self._quoted.before(places) >> 1]
        return counted - within


@dataclass(frozen=True, kw_only=True, slots=True)
class Rows:
    """The records of a text; all places are in bytes from its beginning."""

    signs: Signs
    stops: Flags
    """Which bytes are delimiters or line feeds."""
    before: _Outside
    starts: Places
    ends: Places
    """The last byte of each record, which is of its line end."""
    lengths: Places
    """Bytes of each record without its line end."""
    cells: Places
    """How many cells each record has."""

    def filled(self, keep: Flags, cells: int) -> Places:
        """How many cells of each column are not empty, in records that have so many cells."""
        empty = self.signs.empties(self.stops)
        row = np.searchsorted(self.ends, empty)
        place = self.before.counted(empty) - self.before.counted(self.starts)[row]
        if not keep.all():
            place = place[keep[row]]
        return int(np.count_nonzero(keep)) - np.bincount(place, minlength=cells)
