"""Find out what columns hold: each is understood from its words, and gets the narrowest type.

A type is given only where every known value has it; else the column stays text, unchanged but for
blanks around its values.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checks.intake import limits
from checks.intake.loader import Loader
from checks.intake.readings import AS_IT_IS, Reading, readings
from checks.intake.snapshot import Column, Type
from checks.intake.staged import BLANKS, Staged
from checks.runs import watching

_BLANKS = " \t\r\n\u00a0\ufeff"
_PLAIN_NUMBER = r"(0|[1-9][0-9]{0,14})([.][0-9]*)?|[.][0-9]+"
_LONG_NUMBER = r"[0-9]([.][0-9]+[eE][+-]?|[eE][+-])[0-9]{1,3}"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = "[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?"
_ZONE = " ?(Z|UTC|[+-][0-9]{2}(:[0-9]{2})?)"

LOOKS: Mapping[Type, str] = {
    "bool": "(?i)true|false",
    "integer": "-?(0|[1-9][0-9]{0,17})",
    "number": f"-?({_PLAIN_NUMBER}|{_LONG_NUMBER})",
    "day": _DAY,
    "time": f"{_DAY}({_CLOCK}({_ZONE})?)?",
}
"""How the values of each type look, the narrowest first; 01067 is no number but a postcode."""

_READ: Mapping[Type, str] = {
    "bool": "CASE lower({v}) WHEN 'true' THEN true WHEN 'false' THEN false END",
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """How one column is stored."""

    column: Column
    words: str | None
    """The table of its words in the database, where they are few."""
    cells: tuple[str, ...]
    """Its words in each file: trimmed, read as that country writes them, empty as NULL."""
    stored: str
    """What is stored for a word, which is called by the stored name of the column."""
    values: Mapping[str, Any]
    """What that needs."""
    told: tuple[tuple[str, ...], ...]
    """For each file, what trimming changed and how values were read."""


def settle(
    loader: Loader,
    view: str,
    sources: Sequence[Staged],
    wanted: Mapping[int, Wanted],
    manner: Manner,
    *,
    most: int | None = None,
) -> dict[int, Settled]:
    """Understand the wanted columns of all files of a table, by their number.

    Makes a view of their words, called c0, c1 … A text of more words than `most` is no category.
    """
    most = limits.MOST_WORDS if most is None else most
    counts = [_with_blanks(loader, one, tuple(wanted.values())) for one in sources]
    cells: dict[int, tuple[str, ...]] = {}
    told: dict[int, tuple[tuple[str, ...], ...]] = {}
    for place, (number, one) in enumerate(wanted.items()):
        ways = _readings(loader, sources, one, manner.missing)
        blanks = [many[place] for many in counts]
        cells[number] = tuple(
            f"nullif({way.of(_trimmed(source.cell(one.name), many))}, '')"
            for source, many, way in zip(sources, blanks, ways, strict=True)
        )
        told[number] = tuple(
            (*((_repair(one.name, many),) if many else ()), *((way.told,) if way.told else ()))
            for many, way in zip(blanks, ways, strict=True)
        )
    loader.run(f"CREATE OR REPLACE VIEW {view} AS {gathered(sources, cells)}")
    found: dict[int, Settled] = {}
    for place, (number, one) in enumerate(wanted.items()):
        share = place / len(wanted)
        watching.tell(f"Looking through column {place + 1:,} of {len(wanted):,}.", share)
        sort = _Sorting(loader, view, number, manner, most)
        found[number] = sort.settle(one, cells[number], told[number])
    return found


def gathered(sources: Sequence[Staged], cells: Mapping[int, Sequence[str]]) -> str:
    """The words of all files of a table, one under the other."""
    parts = []
    for place, source in enumerate(sources):
        listed = ", ".join(f"{each[place]} AS c{number}" for number, each in cells.items())
        parts.append(f"SELECT {listed or 'NULL AS nothing'} FROM {source.view}")
    return " UNION ALL ".join(parts)


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
    cells = [source.cell(one.name) if source.padded(one.name) else "''" for one in wanted]
    if not any(source.padded(one.name) for one in wanted):
        return (0,) * len(wanted)
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
    return f"{cell} <> '' AND NOT ({plain_ends(cell)})"


def without_blanks(cell: str) -> str:
    """Whether a value has no blanks around it; most are settled by their first and last sign."""
    return f"CASE WHEN {plain_ends(cell)} THEN true ELSE trim({cell}, {BLANKS}) = {cell} END"


def plain_ends(cell: str) -> str:
    """Whether a value begins and ends with plain signs, so that it has no blanks around it."""
    return f"{cell} BETWEEN '!' AND chr(127) AND ({cell})[-1] BETWEEN '!' AND chr(127)"


def _blank_ends(cell: str) -> str:
    return " OR ".join(
        f"{where}({cell}, chr({ord(blank)}))"
        for blank in _BLANKS
        for where in ("starts_with", "ends_with")
    )


def _trimmed(cell: str, count: int) -> str:
    return f"trim({cell}, {BLANKS})" if count else cell


def trimmed(cell: str) -> str:
    """A value without the blanks around it, as it is stored."""
    return f"CASE WHEN {_may_have_blanks(cell)} THEN trim({cell}, {BLANKS}) ELSE {cell} END"


def _repair(column: str, count: int) -> str:
    values = "1 value" if count == 1 else f"{count:,} values"
    were = "was" if count == 1 else "were"
    return f'Blanks around {values} of "{column}" {were} taken off.'


def filled(loader: Loader, source: Staged, column: str) -> bool:
    """Whether a column of a file holds anything in any row."""
    some = f"trim({source.cell(column)}, {BLANKS}) <> ''"
    return bool(loader.run(f"SELECT 1 FROM {source.view} WHERE {some} LIMIT 1"))


class _Sorting:
    """Finds out what one column holds."""

    def __init__(self, loader: Loader, view: str, number: int, manner: Manner, most: int) -> None:
        self._loader = loader
        self._view = view
        self._at = f"c{number}"
        self._words = f"{view}_words_{number}"
        self._manner = manner
        self._most = most

    def settle(
        self, wanted: Wanted, cells: tuple[str, ...], told: tuple[tuple[str, ...], ...]
    ) -> Settled:
        """The column, and how it is stored."""
        self._loader.run(
            f"CREATE OR REPLACE TABLE {self._words} AS SELECT DISTINCT {self._at} AS v "
            f"FROM {self._view} WHERE {self._at} IS NOT NULL LIMIT {self._most + 1}"
        )
        [(many,)] = self._loader.run(f"SELECT count(*) FROM {self._words}")
        few = many <= self._most
        type_ = "text" if wanted.words or not many else self._type(few=few)
        dictionary = self._dictionary() if few and type_ == "text" else None
        stored = self._stored(type_, dictionary)
        return Settled(
            column=Column(name=wanted.name, stored=self._at, type=type_, dictionary=dictionary),
            words=self._words if few else None,
            cells=cells,
            stored=stored,
            values=self._needs(stored),
            told=told,
        )

    def _type(self, *, few: bool) -> Type:
        """The narrowest type that every known value has."""
        fitting = self._fitting(tuple(LOOKS), self._words, "v")
        if not few:  # those were some of the values: ask all of them
            fitting = self._fitting(fitting, self._view, self._at)
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
        asked = f"SELECT {fits} FROM {table} WHERE {at} IS NOT NULL AND {_known(at)}"
        looks: dict[str, str] = {type_: LOOKS[type_] for type_ in types}
        [answers] = self._loader.run(asked, {**self._needs(asked), **looks})
        return tuple(type_ for type_, fit in zip(types, answers, strict=True) if fit)

    def _stored(self, type_: Type, dictionary: tuple[str, ...] | None) -> str:
        if type_ != "text":
            read = _READ[type_].format(v=self._at)
            return f"CASE WHEN {_known(self._at)} THEN {read} END" if self._apart(type_) else read
        if dictionary is None:
            return self._at
        if not dictionary:
            return "NULL::INTEGER"
        kind = enumerated(self._loader, self._words)
        return f"CAST(enum_code(CAST({self._at} AS {kind})) AS INTEGER)"

    def _apart(self, type_: Type) -> bool:
        """Whether a word that means "not known" could be read as a value of this type."""
        read = _READ[type_].format(v="v")
        asked = f"SELECT count({read}) FROM (SELECT unnest($missing::VARCHAR[]) AS v)"
        values = {**self._needs(asked), "missing": list(self._manner.missing)}
        return bool(self._loader.run(asked, values)[0][0])

    def _needs(self, statement: str) -> dict[str, Any]:
        values = {
            "missing": list(self._manner.missing),
            "zone": self._manner.time_zone,
            "zoned": f"{_CLOCK}{_ZONE}$",
        }
        return {name: value for name, value in values.items() if f"${name}" in statement}

    def _dictionary(self) -> tuple[str, ...]:
        """The words of text with few of them, in the order of the alphabet."""
        found = self._loader.run(f"SELECT v FROM {self._words} ORDER BY v")
        return tuple(word for (word,) in found)


def enumerated(loader: Loader, words: str) -> str:
    """The type of the words of a table, each of which has its number in the alphabet."""
    kind = f"{words}_kind"
    loader.run(f"DROP TYPE IF EXISTS {kind}")
    loader.run(f"CREATE TYPE {kind} AS ENUM (SELECT v FROM {words} ORDER BY v)")
    return kind


def _known(at: str) -> str:
    return f"NOT list_contains($missing::VARCHAR[], lower({at}))"
