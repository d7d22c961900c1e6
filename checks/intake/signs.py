"""The signs that tell cells and records apart in a text: delimiters, line ends and quotes.

Only they are looked at one by one; all other bytes are compared, and never moved.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

QUOTE, LINE, RETURN = 34, 10, 13

Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Signs:
    """Where the signs of a text stand, and which of them count."""

    data: Bytes
    delimiter: int
    places: Places
    kinds: Bytes
    inside: Flags
    """Which stand between quotes; an opening quote does, a closing one does not."""
    breaks: Flags
    """Which end a line: a line feed, and a return that no line feed follows."""

    @classmethod
    def of(cls, text: bytes, delimiter: int) -> Signs:
        """The signs of a text."""
        data = np.frombuffer(text, dtype=np.uint8)
        found = (data == delimiter) | (data == LINE)
        quoted, returned = b'"' in text, b"\r" in text
        if quoted:
            found |= data == QUOTE
        if returned:
            found |= data == RETURN
        places = np.flatnonzero(found)
        kinds = data[places]
        inside = _inside(kinds) if quoted else np.zeros(len(places), dtype=np.bool_)
        breaks = kinds == LINE
        if returned:
            followed = data[np.minimum(places + 1, len(data) - 1)] == LINE
            breaks |= (kinds == RETURN) & ~followed
        return cls(
            data=data, delimiter=delimiter, places=places, kinds=kinds, inside=inside, breaks=breaks
        )

    def whole(self) -> Signs | None:
        """The signs of the whole records, and their text; None where no record ends."""
        ends = np.flatnonzero(self.breaks & ~self.inside)
        if not len(ends):
            return None
        last = int(ends[-1])
        return Signs(
            data=self.data[: self.places[last] + 1],
            delimiter=self.delimiter,
            places=self.places[: last + 1],
            kinds=self.kinds[: last + 1],
            inside=self.inside[: last + 1],
            breaks=self.breaks[: last + 1],
        )

    def lines_before(self, place: int) -> int:
        """How many lines end before a place."""
        return int(np.count_nonzero(self.breaks[: np.searchsorted(self.places, place)]))

    def stray_quote(self) -> int | None:
        """The first quote that neither begins nor ends a cell nor is doubled."""
        found = np.flatnonzero(self.kinds == QUOTE)
        if not len(found):
            return None
        quotes = self.places[found]
        edge = np.zeros(256, dtype=np.bool_)
        edge[[self.delimiter, LINE, RETURN, QUOTE]] = True
        before = edge[self.data[np.maximum(quotes - 1, 0)]] | (quotes == 0)
        after = edge[self.data[np.minimum(quotes + 1, len(self.data) - 1)]]
        stray = quotes[np.where(self.inside[found], ~before, ~after)]
        return int(stray[0]) if len(stray) else None

    def rows(self) -> Rows:
        """The records, and where their cells stop."""
        stops, breaks = self.places, self.breaks
        ending = (breaks | (self.kinds == self.delimiter)) & ~self.inside
        if not ending.all():
            stops, breaks = stops[ending], breaks[ending]
        bounds = np.flatnonzero(breaks)
        ends = stops[bounds]
        starts = _after(ends)
        widths = stops - _after(stops)
        two = (self.data[ends - 1] == RETURN) & (self.data[ends] == LINE) & (ends > starts)
        if two.any():
            stops = stops.copy()
            stops[bounds] -= two
            widths[bounds] -= two
        return Rows(
            data=self.data,
            stops=stops,
            widths=widths,
            starts=starts,
            ends=ends,
            lengths=ends - two - starts,
            cells=np.diff(bounds, prepend=-1),
        )

    def clean(self, text: bytes, rows: Rows, keep: Flags) -> bytes:
        """The kept ones of the first records of the text, each ended by one line feed."""
        size = int(rows.ends[-1]) + 1
        returns = self.places[(self.kinds == RETURN) & ~self.inside]
        returns = returns[: np.searchsorted(returns, size)]
        if not len(returns) and keep.all():
            return text if size == len(text) else text[:size]
        data = self.data[:size].copy()
        kept = np.ones(size, dtype=np.bool_)
        for row in np.flatnonzero(~keep):
            kept[rows.starts[row] : rows.ends[row] + 1] = False
        followed = data[np.minimum(returns + 1, size - 1)] == LINE
        kept[returns[followed]] = False
        data[returns[~followed]] = LINE
        return data[kept].tobytes()


def _inside(kinds: Bytes) -> Flags:
    """Which signs stand between quotes."""
    quotes = np.flatnonzero(kinds == QUOTE)
    if len(quotes) % 2 == 0 and (quotes[1::2] - quotes[::2] == 1).all():  # no sign but the quotes
        inside = np.zeros(len(kinds), dtype=np.bool_)
        inside[quotes[::2]] = True
        return inside
    runs = np.diff(quotes, prepend=0, append=len(kinds))
    return np.repeat(np.arange(len(runs)) % 2 == 1, runs)


def _after(places: Places) -> Places:
    """Where that begins which ends at each place."""
    begins = np.empty_like(places)
    begins[0] = 0
    np.add(places[:-1], 1, out=begins[1:])
    return begins


@dataclass(frozen=True, kw_only=True, slots=True)
class Rows:
    """The records of a text; all places are in bytes from its beginning."""

    data: Bytes
    stops: Places
    """Where each cell stops."""
    widths: Places
    """Bytes of each cell."""
    starts: Places
    ends: Places
    """The last byte of each record, which is of its line end."""
    lengths: Places
    """Bytes of each record without its line end."""
    cells: Places
    """How many cells each record has."""

    def first(self, few: int) -> Rows:
        """Only the first records."""
        cells = int(self.cells[:few].sum())
        return Rows(
            data=self.data,
            stops=self.stops[:cells],
            widths=self.widths[:cells],
            starts=self.starts[:few],
            ends=self.ends[:few],
            lengths=self.lengths[:few],
            cells=self.cells[:few],
        )

    def filled(self, keep: Flags, cells: int) -> Places:
        """How many cells of each column are not empty, in records that have so many cells.

        A pair of quotes with nothing in it is empty.
        """
        pairs = np.flatnonzero(self.widths == 2)
        pairs = pairs[self.data[self.stops[pairs] - 1] == QUOTE]
        empty = np.concatenate([np.flatnonzero(self.widths == 0), pairs])
        if not keep.all():
            kept = np.repeat(keep, self.cells)
            empty = (np.cumsum(kept) - 1)[empty[kept[empty]]]
        return int(np.count_nonzero(keep)) - np.bincount(empty % cells, minlength=cells)
