"""What the columns of a table that stays where it is look like, in counts.

As `checks.intake.profiles` does of a file that is taken in.

Some rows, chosen by a hash, decide what of a column is worth counting; that is
counted over all rows. Two questions; where rows are numbered, of each part of them.
"""
# ruff: noqa: S608 — names are quoted, values are parameters

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from checks.audience.engine import quoted
from checks.audience.rows import Part, parted, told
from checks.intake.profiles import EVERY, SAMPLED, SHORT, ColumnProfile
from checks.intake.shapes import KINDS, shape
from checks.intake.staged import BLANKS

WORDS = ("text", "id", "integer", "whole")
"""Columns whose values may be identifiers; days, amounts, yes and no are only counted."""
_DIGITS = 6
"""Hexadecimal digits of a hash by which rows are chosen."""

Ask = Callable[[str, Mapping[str, Any]], list[tuple[Any, ...]]]


def by_md5(values: Sequence[str], rows: int) -> str:
    """Some rows, the same in every engine."""
    least = f"{max(1, SAMPLED * 16**_DIGITS // rows):0{_DIGITS}x}"
    whole = " || ".join(f"coalesce({value}, '')" for value in values)
    return f"substr(md5({whole}), 1, {_DIGITS}) < '{least}'"


def by_place(place: str, rows: int) -> str:
    """Some rows by where they stand, which costs next to nothing; in no order that repeats."""
    return f"hash(t.{place}) % {-(-rows // SAMPLED)} = 0"


def plainly(value: str) -> str:
    """Whether a text holds anything but blanks."""
    return f"trim({value}, {BLANKS}) <> ''"


def quickly(value: str) -> str:
    """The same where texts are compared byte by byte: few begin with what may be a blank."""
    return f"CASE WHEN {value} BETWEEN '!' AND chr(127) THEN true ELSE {plainly(value)} END"


def profiled(
    ask: Ask,
    kinds: Mapping[str, str],
    rows: int,
    *,
    place: str | None = None,
    filled: Callable[[str], str] = plainly,
) -> tuple[ColumnProfile, ...]:
    """The profiles of the columns of the people, by what each holds."""
    looked_at = [name for name, kind in kinds.items() if kind in WORDS]
    condition = _chosen(looked_at, rows, place) if rows > SAMPLED else "TRUE"
    parts = parted(place, rows)
    found = _of_some(ask, looked_at, condition, parts) if looked_at and rows else {}
    asked = {name: _worth(found.get(name)) for name in kinds}
    counts = [
        count
        for name, kind in kinds.items()
        for count in (
            f"count(*) FILTER ({filled(_text(name))})"
            if kind in ("text", "id")
            else f"count(t.{quoted(name)})",
            *(_of(f"trim({_text(name)}, {BLANKS})", shape_) for shape_ in asked[name]),
        )
    ]
    of_all = f"SELECT 0, {', '.join(counts)} FROM people AS t WHERE "
    left = iter(_added(ask, lambda part: f"{of_all}{part}", {}, parts)[0])
    return tuple(
        ColumnProfile(column=name, **{kind: int(next(left)) for kind in ("filled", *wanted)})
        for name, wanted in asked.items()
    )


def _chosen(names: Sequence[str], rows: int, place: str | None) -> str:
    """Which rows of so many are looked at, as a condition."""
    return by_place(place, rows) if place else by_md5([_text(one) for one in names], rows)


def _added(
    ask: Ask, asked: Callable[[str], str], values: Mapping[str, Any], parts: Sequence[Part]
) -> dict[Any, list[int]]:
    """Counts, by what stands before them in each row, over all parts of the rows."""
    found: dict[Any, list[int]] = {}
    for part in told(parts, "looked at, column by column"):
        for one, *counts in ask(asked(part.condition), values):
            before = found.get(one, [0] * len(counts))
            found[one] = [a + int(b) for a, b in zip(before, counts, strict=True)]
    return found


def _of_some(
    ask: Ask, names: Sequence[str], condition: str, parts: Sequence[Part]
) -> dict[str, ColumnProfile]:
    """What some rows look like: every column in turn, so that each shape is written once."""
    cells = " ".join(f"WHEN {n} THEN {_text(name)}" for n, name in enumerate(names))
    asked = ", ".join(_of("v", kind) for kind in EVERY)

    def of_part(part: str) -> str:
        return (
            f"SELECT n, count(*), {asked} FROM (SELECT n, trim(v, {BLANKS}) AS v FROM "
            f"(SELECT n, CASE n {cells} END AS v FROM people AS t CROSS JOIN "
            f"(SELECT unnest($n::INTEGER[]) AS n) AS each WHERE {part} AND {condition}) AS one) "
            "AS word WHERE v <> '' GROUP BY n"
        )

    found = _added(ask, of_part, {"n": list(range(len(names)))}, parts)
    return {
        names[n]: ColumnProfile(
            column=names[n], filled=filled, **dict(zip(EVERY, more, strict=True))
        )
        for n, (filled, *more) in found.items()
    }


def _worth(found: ColumnProfile | None) -> tuple[str, ...]:
    """What of a column is worth counting over all rows, going by some of its values."""
    if found is None:
        return ()
    long = (found.letters or 0) >= SHORT * max(found.filled, 1)
    shapes = (kind for kind in KINDS if getattr(found, kind))
    return (*(("letters",) if long else ()), *shapes)


def _of(value: str, kind: str) -> str:
    if kind == "letters":
        return f"coalesce(CAST(sum(length({value})) AS BIGINT), 0)"
    return f"count(*) FILTER ({shape(kind, value)})"


def _text(name: str) -> str:
    return f"CAST(t.{quoted(name)} AS VARCHAR)"
