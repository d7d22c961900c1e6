"""Find the rows that may share a key, by numbers made of keys, without holding all keys.

A mark is a 64-bit number made of a key: two rows with one key have one mark. Two keys may share a
mark, though hardly ever, so whoever uses the places found compares the keys themselves.

Every mark is written once and read once, whatever the number of rows: where they are more than fit
into memory, they are parted by their first bits into files of a private folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

AT_ONCE = 1 << 22
"""So many marks are held in memory and compared."""
NEAR = 1 << 22
"""Marks are first compared by so many numbers made of their last bits."""

PLACE = np.uint32
"""A place; intake and the largest file of Parquet have fewer rows than it can number."""

Array = NDArray[Any]


class Marks:
    """The marks of a table, each with the place of its row."""

    def __init__(self, folder: Path, rows: int) -> None:
        """Begin with none of so many rows."""
        self._rows = rows
        self._bits = max(0, (rows - 1) // AT_ONCE).bit_length()
        parts = 1 << self._bits
        self._parts: list[_Part] = (
            [_Filed(folder / f"marks-{n}") for n in range(parts)] if parts > 1 else [_Part()]
        )
        self.taken = 0

    def take(self, marks: Array, places: Array) -> None:
        """Take some more."""
        self.taken += len(marks)
        marks, places = marks.astype(np.uint64, copy=False), places.astype(PLACE, copy=False)
        if not self._bits:
            self._parts[0].add(marks, places)
            return
        part = (marks >> np.uint64(64 - self._bits)).astype(np.uint16)
        order = np.argsort(part, kind="stable")
        ends = np.cumsum(np.bincount(part, minlength=len(self._parts)))[:-1]
        for one, *some in zip(
            self._parts,
            np.split(marks[order], ends),
            np.split(places[order], ends),
            strict=True,
        ):
            one.add(*some)

    def flags(self) -> Array:
        """For each row, whether another one has its mark."""
        flags = np.zeros(self._rows, bool)
        for one in self._parts:
            flags[_shared(*one.all())] = True
        return flags


class _Part:
    """Some marks and places, held in memory."""

    def __init__(self) -> None:
        self._held: list[tuple[Array, Array]] = []

    def add(self, marks: Array, places: Array) -> None:
        self._held.append((marks, places))

    def all(self) -> tuple[Array, Array]:
        if not self._held:
            return np.empty(0, np.uint64), np.empty(0, PLACE)
        marks, places = zip(*self._held, strict=True)
        self._held = []
        return np.concatenate(marks), np.concatenate(places)


class _Filed(_Part):
    """The same in two files, which go once they are read."""

    def __init__(self, file: Path) -> None:
        self._marks, self._places = file.with_suffix(".marks"), file.with_suffix(".places")

    def add(self, marks: Array, places: Array) -> None:
        for file, values in ((self._marks, marks), (self._places, places)):
            with file.open("ab") as opened:
                values.tofile(opened)

    def all(self) -> tuple[Array, Array]:
        return _read(self._marks, np.uint64), _read(self._places, PLACE)


def _read(file: Path, kind: type) -> Array:
    if not file.exists():
        return np.empty(0, kind)
    found: Array = np.fromfile(file, kind)
    file.unlink()
    return found


def _shared(marks: Array, places: Array) -> Array:
    ordered = np.sort(marks)
    alike = ordered[1:][ordered[1:] == ordered[:-1]]
    if not alike.size:
        return places[:0]
    near = np.zeros(NEAR, bool)
    near[alike & np.uint64(NEAR - 1)] = True
    some = near[marks & np.uint64(NEAR - 1)]
    found: Array = places[some][np.isin(marks[some], alike)]
    return found


def as_bits(flags: Array) -> bytes:
    """Flags as DuckDB reads bits."""
    return np.packbits(flags).tobytes()
