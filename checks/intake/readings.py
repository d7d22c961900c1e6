"""Days and numbers as other countries write them: read where one reading is left, and said.

A column is read one way throughout or not at all. Where two readings fit, its values stay the
words they are, and the evidence for each reading is told.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from checks.intake.loader import Loader
from checks.intake.staged import Staged

_PEEK = 200
"""Values looked at first: most columns hold neither such days nor such numbers."""
_DAY = "([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?"
_WHOLE = "-?(0|[1-9][0-9]{0,14})"
_THOUSANDS = "-?[1-9][0-9]{0,2}([.][0-9]{3})+"
_COMMA = f"({_WHOLE}|{_THOUSANDS}),[0-9]+"
_NUMBER = f"{_WHOLE}|{_COMMA}"
_UNSURE = "-?[1-9][0-9]{0,2},[0-9]{3}"
"""A comma that may set thousands apart as well as decimals."""
_MONTHS = 12


Manner = Literal["as it is", "day first", "month first", "decimal comma"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """How the values of a column are read in one file."""

    manner: Manner = "as it is"
    told: str | None = None

    def of(self, cell: str) -> str:
        """The expression of a cell that is read this way; what does not fit stays as it is."""
        match self.manner:
            case "as it is":
                return cell
            case "day first":
                return f"coalesce({_iso(cell, 'd', 'm')}, {cell})"
            case "month first":
                return f"coalesce({_iso(cell, 'm', 'd')}, {cell})"
            case "decimal comma":
                plain = f"replace(replace({cell}, '.', ''), ',', '.')"
                return (
                    f"CASE WHEN regexp_full_match({cell}, '{_COMMA}') THEN {plain} ELSE {cell} END"
                )


AS_IT_IS = Reading()


def readings(
    loader: Loader, sources: Sequence[Staged], column: str, missing: Sequence[str]
) -> tuple[Reading, ...]:
    """How each file of a table writes a column; the same days in all of them."""
    asked = [_Column(loader=loader, source=one, name=column, missing=missing) for one in sources]
    if all(one.looks_like(_DAY) for one in asked):
        return _days(asked)
    return tuple(_number(one) for one in asked)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Column:
    loader: Loader
    source: Staged
    name: str
    missing: Sequence[str]

    def looks_like(self, pattern: str) -> bool:
        """Whether the first known values all look so; where nothing is known, they do not."""
        fits = "coalesce(bool_and(regexp_full_match(v, $look)), false)"
        asked = f"SELECT {fits} FROM ({self._known(_PEEK)})"
        [(answer,)] = self.loader.run(asked, {"look": pattern, "missing": list(self.missing)})
        return bool(answer)

    def counted(self, what: str, **values: str) -> tuple[int, ...]:
        """Aggregates over all known values, which are called v."""
        asked = f"SELECT {what} FROM ({self._known()})"
        [counts] = self.loader.run(asked, {**values, "missing": list(self.missing)})
        return tuple(int(count or 0) for count in counts)

    def _known(self, most: int | None = None) -> str:
        cell = f"trim({self.source.cell(self.name)})"
        limit = f" LIMIT {most}" if most else ""
        return (
            f"SELECT {cell} AS v FROM {self.source.view} WHERE {cell} <> '' "
            f"AND NOT list_contains($missing::VARCHAR[], lower({cell})){limit}"
        )


def _days(columns: Sequence[_Column]) -> tuple[Reading, ...]:
    """Day or month first: settled when a number above twelve stands in one place only."""
    part = "max(TRY_CAST(regexp_extract(v, $day, {n}) AS INTEGER))"
    what = (
        f"count(*), count(*) FILTER (regexp_full_match(v, $day)), {part.format(n=1)}, "
        f"{part.format(n=2)}, count(*) FILTER (({_iso('v', 'd', 'm')}) IS NOT NULL), "
        f"count(*) FILTER (({_iso('v', 'm', 'd')}) IS NOT NULL)"
    )
    found = [one.counted(what, day=_DAY) for one in columns]
    many, alike, day_first, month_first = (sum(one[n] for one in found) for n in (0, 1, 4, 5))
    first, second = (max(one[n] for one in found) for n in (2, 3))
    if alike != many:
        return tuple(AS_IT_IS for _ in columns)
    ends = f"the first number goes up to {first}, the second to {second}"
    of = f'the {many:,} values of "{columns[0].name}" '
    if day_first == many and month_first < many and second <= _MONTHS:
        told = f"T{of[1:]}were read as days, the day first: {ends}."
        return tuple(Reading(manner="day first", told=told) for _ in columns)
    if month_first == many and day_first < many and first <= _MONTHS:
        told = f"T{of[1:]}were read as days, the month first: {ends}."
        return tuple(Reading(manner="month first", told=told) for _ in columns)
    if day_first == month_first == many:
        told = f"It is not clear whether {of}begin with the day or the month: {ends}."
        told += " They stay text."
    else:
        told = f"T{of[1:]}look like days, and not all are: {ends}. They stay text."
    return tuple(Reading(told=told) for _ in columns)


def _iso(cell: str, first: str, second: str) -> str:
    """A day as 2026-12-31, with its time; NULL where there is no such day."""
    told = f"try_strptime(regexp_replace({cell}, '{_DAY}', '\\1-\\2-\\3'), '%{first}-%{second}-%Y')"
    return f"strftime({told}, '%Y-%m-%d') || regexp_extract({cell}, '{_DAY}', 4)"


def _number(column: _Column) -> Reading:
    """A decimal comma, in files whose cells are told apart by semicolons."""
    if not column.source.semicolons or not column.looks_like(_NUMBER):
        return AS_IT_IS
    what = ", ".join(
        f"count(*) FILTER (regexp_full_match(v, ${name}))" for name in ("number", "comma", "unsure")
    )
    many, alike, commas, unsure = column.counted(
        f"count(*), {what}", number=_NUMBER, comma=_COMMA, unsure=_UNSURE
    )
    if alike != many or not commas:
        return AS_IT_IS
    if unsure == commas:
        return Reading(
            told=f'In {commas:,} values of "{column.name}" three digits follow each comma: '
            "it may set thousands apart, or decimals. They stay text."
        )
    told = f'{commas:,} values of "{column.name}" with a decimal comma were read as numbers.'
    return Reading(manner="decimal comma", told=told)
