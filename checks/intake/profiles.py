"""Column profiles: what every column of a people file looks like, in counts; no value is kept.

A snapshot's record has one for each column of each people file, mapped or not, in the file's order:
`audience.intake["sources"][…]["profiles"]` is a list of objects

    {"column": "note", "filled": 9_120, "letters": 412_003,
     "card": None, "iban": None, "email": 11, "phone": None, "national": None}

- `filled`: rows that hold anything but blanks.
- `card`, `iban`, `email`, `phone`, `national`: how many of these have that shape
  (`checks.intake.shapes`), counted over all rows.
- `letters`: the letters of all filled rows together; divided by `filled`, their mean length.

None means that it was not counted: not one of `SAMPLED` values, taken evenly from the whole file,
had the shape (or their mean was under `SHORT` letters), so that it cannot be most of the column.
Of a file with no more rows than that, everything is counted. Files beside the people, and snapshots
taken in before there were profiles, have none.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checks.intake.shapes import KINDS, shape

SAMPLED = 2_000
"""Rows that decide what of a column is worth counting."""
SHORT = 20
"""Mean letters of the sampled values, from which on all letters are counted."""
EVERY = ("letters", *KINDS)
"""What may be counted beside the filled rows."""
_BLANKS = " || ".join(f"chr({ord(sign)})" for sign in " \t\r\n\u00a0\ufeff")

Ask = Callable[[str, Mapping[str, Any]], list[tuple[Any, ...]]]
"""Runs one statement with its values."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnProfile:
    """One column of a file in counts; see the module."""

    column: str
    filled: int
    letters: int | None = None
    card: int | None = None
    iban: int | None = None
    email: int | None = None
    phone: int | None = None
    national: int | None = None


def profiled(
    ask: Ask, view: str, cells: Mapping[str, str], rows: int, sample: Mapping[str, Sequence[Any]]
) -> tuple[ColumnProfile, ...]:
    """The profiles of the columns whose SQL over a view this is, by their name.

    `sample` has the values of some of its rows, column by column; of all, in small files.
    """
    found = of_values(ask, {name: sample.get(name, ()) for name in cells})
    if not cells or rows == len(next(iter(sample.values()), ())):
        return found
    worth = [_worth(one) for one in found]
    asked = [
        part
        for cell, kinds in zip(cells.values(), worth, strict=True)
        for part in (_filled(cell), *(_count(kind, _trimmed(cell)) for kind in kinds))
    ]
    [numbers] = ask(f"SELECT {', '.join(asked)} FROM {view}", {})
    left = iter(numbers)
    return tuple(
        ColumnProfile(column=name, filled=next(left), **{kind: next(left) for kind in kinds})
        for name, kinds in zip(cells, worth, strict=True)
    )


def of_values(ask: Ask, columns: Mapping[str, Sequence[Any]]) -> tuple[ColumnProfile, ...]:
    """The profiles of columns whose values are at hand: everything is counted."""
    asked = ", ".join(_count(kind, "v") for kind in EVERY)
    values = {"v": [value for one in columns.values() for value in one]}
    values["n"] = [number for number, one in enumerate(columns.values()) for _ in one]
    found = ask(
        f"SELECT n, count(*), {asked} FROM (SELECT unnest($n::INTEGER[]) AS n, "
        f"trim(unnest($v::VARCHAR[]), {_BLANKS}) AS v) WHERE v <> '' GROUP BY n",
        values,
    )
    counts = {number: counted for number, *counted in found}
    nothing = [0] * (1 + len(EVERY))
    return tuple(
        ColumnProfile(
            column=name,
            **dict(zip(("filled", *EVERY), counts.get(number, nothing), strict=True)),
        )
        for number, name in enumerate(columns)
    )


def _worth(found: ColumnProfile) -> tuple[str, ...]:
    """What of a column is worth counting over all rows, going by some of its values."""
    long = (found.letters or 0) >= SHORT * max(found.filled, 1)
    fits = (kind for kind in KINDS if getattr(found, kind))
    return (*(("letters",) if long else ()), *fits)


def _filled(cell: str) -> str:
    """Rows that hold something; only where the first sign may be a blank, blanks are looked for."""
    plain = f"{cell} BETWEEN '!' AND chr(127)"
    return f"count(*) FILTER (CASE WHEN {plain} THEN true ELSE {_trimmed(cell)} <> '' END)"


def _count(kind: str, value: str) -> str:
    if kind == "letters":
        return f"coalesce(CAST(sum(length({value})) AS BIGINT), 0)"
    return f"count(*) FILTER ({shape(kind, value)})"


def _trimmed(cell: str) -> str:
    return f"trim({cell}, {_BLANKS})"
