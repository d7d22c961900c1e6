"""Give each column its type, and store the columns that the campaign names.

A type is given only where every known value has it; else the column stays text, unchanged but for
blanks around its values.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checks import watching
from checks.intake import limits
from checks.intake.loader import Loader
from checks.intake.readings import AS_IT_IS, Reading, readings
from checks.intake.snapshot import Column, Table, Type, sha256_of
from checks.intake.staging import Staged

_BLANKS = " \t\r\n\u00a0\ufeff"
_ALL_BLANKS = " || ".join(f"chr({ord(blank)})" for blank in _BLANKS)
_PLAIN_NUMBER = r"(0|[1-9][0-9]{0,14})([.][0-9]*)?|[.][0-9]+"
_LONG_NUMBER = r"[0-9]([.][0-9]+[eE][+-]?|[eE][+-])[0-9]{1,3}"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = "[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?"
_ZONE = " ?(Z|UTC|[+-][0-9]{2}(:[0-9]{2})?)"

_LOOKS: Mapping[Type, str] = {
    "bool": "(?i)true|false",
    "integer": "-?(0|[1-9][0-9]{0,17})",
    "number": f"-?({_PLAIN_NUMBER}|{_LONG_NUMBER})",
    "day": _DAY,
    "time": f"{_DAY}({_CLOCK}({_ZONE})?)?",
}
"""How the values of each type look, the narrowest first; 01067 is no number but a postcode."""

_READ: Mapping[Type, str] = {
    "bool": "lower({v}) = 'true'",
    "integer": "TRY_CAST({v} AS BIGINT)",
    "number": "CASE WHEN isfinite(TRY_CAST({v} AS DOUBLE)) THEN TRY_CAST({v} AS DOUBLE) END",
    "day": "TRY_CAST({v} AS DATE)",
    "time": (
        "CASE WHEN regexp_matches({v}, $zoned) "
        "THEN TRY_CAST({v} AS TIMESTAMPTZ) AT TIME ZONE 'UTC' "
        "ELSE (TRY_CAST({v} AS TIMESTAMP) AT TIME ZONE $zone) AT TIME ZONE 'UTC' END"
    ),
}
"""How each type is read from a value that looks like it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """One column to store."""

    name: str
    words: bool
    """Whether it stays text whatever it looks like."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Manner:
    """How values are understood."""

    missing: Sequence[str]
    """Words that mean "not known", folded and trimmed."""
    time_zone: str
    """Of times without a zone."""


def gather(
    loader: Loader,
    role: str,
    sources: Sequence[Staged],
    wanted: Sequence[Wanted],
    missing: Sequence[str] = (),
) -> tuple[tuple[str, ...], ...]:
    """Put the wanted columns of all files of a table together: trimmed, empty as NULL.

    Says for each file what trimming changed, and what was read as other countries write it.
    """
    parts, said = [], []
    read = [_readings(loader, sources, one, missing) for one in wanted]
    for place, source in enumerate(sources):
        counts = _with_blanks(loader, source, wanted)
        ways = [one[place] for one in read]
        cells = [
            f"nullif({way.of(_trimmed(source.cell(one.name), count))}, '') AS c{number}"
            for number, (one, count, way) in enumerate(zip(wanted, counts, ways, strict=True))
        ]
        parts.append(f"SELECT {', '.join(cells) or 'NULL AS nothing'} FROM {source.view}")
        blanks = zip(wanted, counts, strict=True)
        trimmed = (_repair(one.name, count) for one, count in blanks if count)
        said.append((*trimmed, *(way.told for way in ways if way.told)))
    loader.run(f"CREATE VIEW {role} AS {' UNION ALL '.join(parts)}")
    return tuple(said)


def _readings(
    loader: Loader, sources: Sequence[Staged], wanted: Wanted, missing: Sequence[str]
) -> tuple[Reading, ...]:
    if wanted.words:
        return tuple(AS_IT_IS for _ in sources)
    return readings(loader, sources, wanted.name, missing)


def _with_blanks(loader: Loader, source: Staged, wanted: Sequence[Wanted]) -> tuple[int, ...]:
    """How many values of each column have blanks around them.

    Looking for each kind of blank is slow, so it is done only where the letters at the ends are
    such that there may be one.
    """
    if not wanted:
        return ()
    cells = [source.cell(one.name) for one in wanted]
    unsure = ", ".join(f"coalesce(bool_or({_may_have_blanks(cell)}), false)" for cell in cells)
    [maybe] = loader.run(f"SELECT {unsure} FROM {source.view}")
    if not any(maybe):
        return (0,) * len(wanted)
    counted = ", ".join(
        f"count(*) FILTER ({_blank_ends(cell) if may else 'false'})"
        for cell, may in zip(cells, maybe, strict=True)
    )
    [counts] = loader.run(f"SELECT {counted} FROM {source.view}")
    return counts


def _may_have_blanks(cell: str) -> str:
    """Whether a value begins or ends with anything but a plain sign; most columns never do."""
    plain = "BETWEEN '!' AND chr(127)"
    return f"{cell} <> '' AND ({cell} NOT {plain} OR ({cell})[-1] NOT {plain})"


def _blank_ends(cell: str) -> str:
    return " OR ".join(
        f"{where}({cell}, chr({ord(blank)}))"
        for blank in _BLANKS
        for where in ("starts_with", "ends_with")
    )


def _trimmed(cell: str, count: int) -> str:
    return f"trim({cell}, {_ALL_BLANKS})" if count else cell


def trimmed(cell: str) -> str:
    """A value without the blanks around it, as it is stored."""
    return f"CASE WHEN {_may_have_blanks(cell)} THEN trim({cell}, {_ALL_BLANKS}) ELSE {cell} END"


def _repair(column: str, count: int) -> str:
    values = "1 value" if count == 1 else f"{count:,} values"
    were = "was" if count == 1 else "were"
    return f'Blanks around {values} of "{column}" {were} taken off.'


def filled(loader: Loader, source: Staged, column: str) -> bool:
    """Whether a column of a file holds anything in any row."""
    some = f"trim({source.cell(column)}, {_ALL_BLANKS}) <> ''"
    return bool(loader.run(f"SELECT 1 FROM {source.view} WHERE {some} LIMIT 1"))


def store(
    loader: Loader, role: str, wanted: Sequence[Wanted], manner: Manner, folder: Path
) -> Table:
    """Write a gathered table to its Parquet file, each column in its type."""
    columns, cells = [], []
    values: dict[str, Any] = {}
    for number, one in enumerate(wanted):
        watching.tell(
            f"Looking through column {number + 1:,} of {len(wanted):,}.", number / len(wanted)
        )
        column, cell, used = _Sorting(loader, role, number, manner).settle(one)
        columns.append(column)
        cells.append(f"{cell} AS {column.stored}")
        values |= used
    listed = ", ".join(cells) or "NULL::INTEGER AS nothing"
    file = folder / f"{role}.parquet"
    path = str(file).replace("'", "''")
    typed = f"SELECT {listed} FROM {role}"
    how = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1"
    [(rows,)] = loader.run(f"COPY ({typed}) TO '{path}' ({how})", values)
    loader.run(f"DROP VIEW {role}")
    return Table(rows=rows, file=file.name, sha256=sha256_of(file) or "", columns=tuple(columns))


class _Sorting:
    """Finds out what one column holds."""

    def __init__(self, loader: Loader, role: str, number: int, manner: Manner) -> None:
        self._loader = loader
        self._role = role
        self._at = f"c{number}"
        self._words = f"{role}_words_{number}"
        self._manner = manner

    def settle(self, wanted: Wanted) -> tuple[Column, str, dict[str, Any]]:
        """The column, the expression that stores it, and the values that this one needs."""
        most = limits.MOST_WORDS
        self._loader.run(
            f"CREATE TABLE {self._words} AS SELECT DISTINCT {self._at} AS v FROM {self._role} "
            f"WHERE {self._at} IS NOT NULL LIMIT {most + 1}"
        )
        [(many,)] = self._loader.run(f"SELECT count(*) FROM {self._words}")
        type_ = "text" if wanted.words or not many else self._type(few=many <= most)
        if type_ != "text":
            known = f"CASE WHEN {self._known(self._at)} THEN {_READ[type_].format(v=self._at)} END"
            return self._column(wanted, type_), known, self._needs(known)
        if many > most:
            return self._column(wanted, "text"), self._at, {}
        return self._coded(wanted, many)

    def _type(self, *, few: bool) -> Type:
        """The narrowest type that every known value has."""
        fitting = self._fitting(tuple(_LOOKS), self._words, "v")
        if not few:  # those were some of the values: ask all of them
            fitting = self._fitting(fitting, self._role, self._at)
        return fitting[0] if fitting else "text"

    def _fitting(self, types: Sequence[Type], table: str, at: str) -> tuple[Type, ...]:
        """Which of the types every known value of a column has."""
        if not types:
            return ()
        fits = ", ".join(
            f"coalesce(bool_and(regexp_full_match({at}, ${type_}) "
            f"AND ({_READ[type_].format(v=at)}) IS NOT NULL), false)"
            for type_ in types
        )
        asked = f"SELECT {fits} FROM {table} WHERE {at} IS NOT NULL AND {self._known(at)}"
        looks: dict[str, str] = {type_: _LOOKS[type_] for type_ in types}
        [answers] = self._loader.run(asked, {**self._needs(asked), **looks})
        return tuple(type_ for type_, fit in zip(types, answers, strict=True) if fit)

    def _known(self, at: str) -> str:
        return f"NOT list_contains($missing::VARCHAR[], lower({at}))"

    def _needs(self, statement: str) -> dict[str, Any]:
        values = {
            "missing": list(self._manner.missing),
            "zone": self._manner.time_zone,
            "zoned": f"{_CLOCK}{_ZONE}$",
        }
        return {name: value for name, value in values.items() if f"${name}" in statement}

    def _coded(self, wanted: Wanted, many: int) -> tuple[Column, str, dict[str, Any]]:
        """Text with few distinct values: a number each, in the order of the alphabet."""
        found = self._loader.run(f"SELECT v FROM {self._words} ORDER BY v")
        words = tuple(word for (word,) in found)
        column = self._column(wanted, "text", words)
        if not many:
            return column, "NULL::INTEGER", {}
        kind = f"{self._words}_kind"
        self._loader.run(f"CREATE TYPE {kind} AS ENUM (SELECT v FROM {self._words} ORDER BY v)")
        return column, f"CAST(enum_code(CAST({self._at} AS {kind})) AS INTEGER)", {}

    def _column(self, wanted: Wanted, type_: Type, words: tuple[str, ...] | None = None) -> Column:
        return Column(name=wanted.name, stored=self._at, type=type_, dictionary=words)
