"""What the columns of a table look like, in counts: as `checks.intake.profiles` does of a file.

Some rows, chosen by a hash of what is in them, decide what of a column is worth counting; that is
counted over all rows. Two questions, whatever the table's size.
"""
# ruff: noqa: S608 — names are quoted, values are parameters

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from checks.audience.engine import quoted
from checks.intake.profiles import EVERY, SAMPLED, SHORT, ColumnProfile
from checks.intake.shapes import KINDS, shape
from checks.intake.staged import BLANKS

WORDS = ("text", "id", "integer", "whole")
"""Columns whose values may be identifiers; days, amounts, yes and no are only counted."""
_DIGITS = 6
"""Hexadecimal digits of a hash by which rows are chosen."""

Ask = Callable[[str, Mapping[str, Any]], list[tuple[Any, ...]]]


def profiled(ask: Ask, kinds: Mapping[str, str], rows: int) -> tuple[ColumnProfile, ...]:
    """The profiles of the columns of the people, by what each holds."""
    looked_at = [name for name, kind in kinds.items() if kind in WORDS]
    found = _of_some(ask, looked_at, rows) if looked_at and rows else {}
    asked = {name: ("filled", *_worth(found.get(name))) for name in kinds}
    parts = [_count(kind, name) for name, wanted in asked.items() for kind in wanted]
    [counts] = ask(f"SELECT {', '.join(parts)} FROM people AS t", {})
    left = iter(counts)
    return tuple(
        ColumnProfile(column=name, **{kind: int(next(left)) for kind in wanted})
        for name, wanted in asked.items()
    )


def _of_some(ask: Ask, names: Sequence[str], rows: int) -> dict[str, ColumnProfile]:
    """What some rows look like: every column in turn, so that each shape is written once."""
    cells = " ".join(f"WHEN {n} THEN {_text(name)}" for n, name in enumerate(names))
    asked = ", ".join(_of("v", kind) for kind in EVERY)
    found = ask(
        f"SELECT n, count(*), {asked} FROM (SELECT n, trim(v, {BLANKS}) AS v FROM "
        f"(SELECT n, CASE n {cells} END AS v FROM people AS t CROSS JOIN "
        f"(SELECT unnest($n::INTEGER[]) AS n) AS each{_chosen(names, rows)}) AS one) AS word "
        "WHERE v <> '' GROUP BY n",
        {"n": list(range(len(names)))},
    )
    return {
        names[n]: ColumnProfile(
            column=names[n], filled=filled, **dict(zip(EVERY, more, strict=True))
        )
        for n, filled, *more in found
    }


def _chosen(names: Sequence[str], rows: int) -> str:
    """Which rows are looked at: all of few, and of many some, however they are ordered."""
    if rows <= SAMPLED:
        return ""
    least = f"{max(1, SAMPLED * 16**_DIGITS // rows):0{_DIGITS}x}"
    whole = " || ".join(f"coalesce({_text(name)}, '')" for name in names)
    return f" WHERE substr(md5({whole}), 1, {_DIGITS}) < '{least}'"


def _worth(found: ColumnProfile | None) -> Iterator[str]:
    """What of a column is worth counting over all rows, going by some of its values."""
    if found is None:
        return
    if (found.letters or 0) >= SHORT * max(found.filled, 1):
        yield "letters"
    yield from (kind for kind in KINDS if getattr(found, kind))


def _count(kind: str, name: str) -> str:
    value = f"trim({_text(name)}, {BLANKS})"
    return f"count(*) FILTER ({value} <> '')" if kind == "filled" else _of(value, kind)


def _of(value: str, kind: str) -> str:
    if kind == "letters":
        return f"coalesce(CAST(sum(length({value})) AS BIGINT), 0)"
    return f"count(*) FILTER ({shape(kind, value)})"


def _text(name: str) -> str:
    return f"CAST(t.{quoted(name)} AS VARCHAR)"
