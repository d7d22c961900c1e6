"""People counted once by some columns: counts at hand, from which later questions are added up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Truth = NDArray[np.bool_]
PEOPLE = "weight"
"""What the column of people is called."""
SPARSE = 8
"""With so many times more places than rows, the places in use are found by sorting."""


@dataclass(frozen=True, slots=True)
class Values:
    """One column: a whole number for each row, not known where it is `unknown`.

    Codes stand as they are, yes is 1 and no is 0; a day is the number of days since 1970.
    """

    numbers: NDArray[Any]
    unknown: Truth | None

    def where(self, holds: Truth) -> Truth:
        """Where something holds of the values, and they are known."""
        return holds if self.unknown is None else holds & ~self.unknown

    def places(self) -> Places:
        """Its values in a row from nought on, with not known as the last."""
        known = self.numbers if self.unknown is None else self.numbers[~self.unknown]
        low, high = (int(known.min()), int(known.max())) if len(known) else (0, -1)
        at = self.numbers if low == 0 else self.numbers.astype(np.int64) - low
        last = high - low + 1
        if self.unknown is not None:
            at = np.where(self.unknown, last, at)
        return Places(at, last + 1, low)


@dataclass(frozen=True, slots=True)
class Places:
    """For each row the place of its value among so many; the first stands for `low`."""

    at: NDArray[Any]
    size: int
    low: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """People by the values of some columns, a row each."""

    columns: Mapping[str, Values]
    people: Whole

    def sums(self, keys: list[Places], where: Truth | None) -> tuple[list[Whole], Whole]:
        """The people of each place that anybody is in, in order: its places by key, and they."""
        people = self.people if where is None else self.people[where]
        whole = np.zeros(len(people), dtype=np.int64)
        for key in keys:
            whole *= key.size
            whole += key.at if where is None else key.at[where]
        there, sums = _added(whole, people)
        found = []
        for key in reversed(keys):
            there, at = np.divmod(there, key.size)
            found.append(at)
        return found[::-1], sums


def _added(whole: Whole, people: Whole) -> tuple[Whole, Whole]:
    """People added up by place; places with nobody left out."""
    most = int(whole.max(initial=0)) + 1
    if most <= SPARSE * len(whole):
        sums = np.bincount(whole, weights=people)
        there = np.flatnonzero(sums)
        return there, sums[there].astype(np.int64)
    there, row = np.unique(whole, return_inverse=True)
    sums = np.bincount(row, weights=people)
    some = sums > 0
    return there[some], sums[some].astype(np.int64)


Parts = tuple[tuple[str, int], ...]
"""What a column holds together: the name of each part and its number of values, not known last."""


def counted(found: Mapping[str, NDArray[Any]], packed: Mapping[str, Parts]) -> Counted:
    """What a question counted, in columns as the database gives them; the `packed` ones apart."""
    columns: dict[str, Values] = {}
    for name, one in found.items():
        if name in packed:
            columns |= _unpacked(np.asarray(one), packed[name])
        elif name != PEOPLE:
            columns[name] = _values(one)
    return Counted(columns, np.asarray(found[PEOPLE]).astype(np.int64))


def _unpacked(whole: NDArray[Any], parts: Parts) -> dict[str, Values]:
    found = {}
    for name, many in reversed(parts):
        whole, numbers = np.divmod(whole, many)
        unknown = numbers == many - 1
        found[name] = Values(numbers, unknown if unknown.any() else None)
    return found


def _values(column: NDArray[Any]) -> Values:
    masked = isinstance(column, np.ma.MaskedArray) and bool(np.any(column.mask))
    unknown = np.ma.getmaskarray(column).copy() if masked else None
    numbers = np.asarray(np.ma.getdata(column))
    if numbers.dtype.kind == "M":
        numbers = numbers.astype("datetime64[D]").astype(np.int64)
    elif numbers.dtype.kind == "b":
        numbers = numbers.astype(np.uint8)
    if unknown is not None:
        numbers = np.where(unknown, 0, numbers).astype(numbers.dtype)
    return Values(numbers, unknown)


def number_of(day: date) -> int:
    """A day as the number of days since 1970."""
    return day.toordinal() - _FIRST


def day_of(number: int) -> date:
    """The day of a number of days since 1970.

    >>> day_of(number_of(date(2026, 12, 1))).isoformat()
    '2026-12-01'
    """
    return date.fromordinal(number + _FIRST)


_FIRST = date(1970, 1, 1).toordinal()
