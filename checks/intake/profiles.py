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
from checks.intake.staged import BLANKS, Staged

SAMPLED = 2_000
"""Rows that decide what of a column is worth counting."""
SHORT = 20
"""Mean letters of the sampled values, from which on all letters are counted."""
EVERY = ("letters", *KINDS)
"""What may be counted beside the filled rows."""

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


def profiled(ask: Ask, staged: Staged) -> tuple[ColumnProfile, ...]:
    """The profiles of the columns of a file, as it came."""
    cells = [staged.columns[name] for name in staged.names]
    table = staged.sample or staged.view
    [(rows,)] = ask(f"SELECT count(*) FROM {table}", {})
    step = max(1, -(-rows // SAMPLED))  # rows may repeat in a rhythm, so their hash chooses
    each = f"unnest({list(range(len(cells)))}) AS n, unnest([{', '.join(cells)}]) AS v"
    found = _counted(
        ask, f"SELECT {each} FROM {table} WHERE hash(rowid) % {step} = 0", {}, staged.names
    )
    if not cells or (step == 1 and rows == staged.rows):
        return found
    worth = [_worth(one) for one in found]
    asked = [
        part
        for cell, kinds in zip(cells, worth, strict=True)
        for part in (
            *(() if cell in staged.filled else (_filled(cell),)),
            *(_count(kind, _trimmed(cell)) for kind in kinds),
        )
    ]
    left = iter(ask(f"SELECT {', '.join(asked)} FROM {staged.view}", {})[0] if asked else ())
    return tuple(
        ColumnProfile(
            column=name,
            filled=staged.filled[cell] if cell in staged.filled else next(left),
            **{kind: next(left) for kind in kinds},
        )
        for name, cell, kinds in zip(staged.names, cells, worth, strict=True)
    )


def of_values(ask: Ask, columns: Mapping[str, Sequence[Any]]) -> tuple[ColumnProfile, ...]:
    """The profiles of columns whose values are at hand: everything is counted."""
    values = {"v": [value for one in columns.values() for value in one]}
    values["n"] = [number for number, one in enumerate(columns.values()) for _ in one]
    words = "SELECT unnest($n::INTEGER[]) AS n, unnest($v::VARCHAR[]) AS v"
    return _counted(ask, words, values, tuple(columns))


def _counted(
    ask: Ask, words: str, values: Mapping[str, Any], names: Sequence[str]
) -> tuple[ColumnProfile, ...]:
    """The profiles of words that come with the number of their column."""
    asked = ", ".join(_count(kind, "v") for kind in EVERY)
    found = ask(
        f"SELECT n, count(*), {asked} FROM (SELECT n, {_trimmed('v')} AS v FROM ({words})) "
        "WHERE v <> '' GROUP BY n",
        values,
    )
    counts = {number: counted for number, *counted in found}
    nothing = [0] * (1 + len(EVERY))
    return tuple(
        ColumnProfile(
            column=name,
            **dict(zip(("filled", *EVERY), counts.get(number, nothing), strict=True)),
        )
        for number, name in enumerate(names)
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
    return f"trim({cell}, {BLANKS})"
