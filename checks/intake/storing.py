"""Store the columns that the campaign names: guessed on a sample where that pays, then proved.

What the columns of a large file hold is settled on some of its records. Then everything is stored
so that whatever does not fit the guess is left empty; and a guess counts only where as many cells
were stored as the bytes of the file hold. Every other column is settled on all its values.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from checks.intake import limits, sorting
from checks.intake.loader import Loader, Unreadable, text
from checks.intake.snapshot import Table, Type, sha256_of
from checks.intake.sorting import LOOKS, Manner, Settled, Wanted
from checks.intake.staged import Staged, not_whole

_FEW = 4
"""Words up to which it is quicker to compare them one by one."""
_MANY = 1 / 4
"""Distinct words by sampled record, from which on a column is taken for one of many words."""
_HOW = (
    "FORMAT parquet, PARQUET_VERSION V2, COMPRESSION snappy, DICTIONARY_SIZE_LIMIT 1000, "
    "WRITE_BLOOM_FILTER false, RETURN_STATS"
)
_WRITTEN_BACK: Mapping[Type, str] = {
    "integer": "{v} BETWEEN -999999999999999999 AND 999999999999999999 AND {v}::VARCHAR = {at}",
    "day": "{v}::VARCHAR = {at}",
}
"""Types whose values look in one way only: what is written as it was read, looked so."""
_PLAIN_NUMBER = (
    "({at} BETWEEN '1' AND ':' OR {at} BETWEEN '0.' AND '0/') AND strlen({at}) < 16 "
    "AND NOT contains({at}, 'e') AND NOT contains({at}, 'E') AND NOT contains({at}, '_')"
)
"""Where what can be read as a number surely looks like one, if it has no blanks around it."""
Told = tuple[tuple[str, ...], ...]
"""For each file, what was repaired."""


def store(
    loader: Loader,
    role: str,
    sources: Sequence[Staged],
    wanted: Sequence[Wanted],
    manner: Manner,
    folder: Path,
) -> tuple[Table, Told]:
    """Write the wanted columns of all files of a table to one Parquet file, each in its type."""
    every = dict(enumerate(wanted))
    guesses = _guessed(loader, role, sources, every, manner)
    rest = {number: one for number, one in every.items() if number not in guesses}
    settled = guesses | _looked_up(loader, f"{role}_first", sources, rest, manner)
    file = folder / f"{role}.parquet"
    rows, stored = _written(loader, sources, settled, file)
    wrong = {n: every[n] for n in guesses if stored[n] != _filled(sources, every[n])}
    if wrong:
        settled |= _looked_up(loader, f"{role}_again", sources, wrong, manner)
        rows, _ = _written(loader, sources, settled, file)
    columns = tuple(settled[number].column for number in every)
    table = Table(rows=rows, file=file.name, sha256=sha256_of(file) or "", columns=columns)
    return table, tuple(
        tuple(line for number in every for line in settled[number].told[place])
        for place in range(len(sources))
    )


def _looked_up(
    loader: Loader,
    view: str,
    sources: Sequence[Staged],
    wanted: Mapping[int, Wanted],
    manner: Manner,
) -> dict[int, Settled]:
    """Columns settled on all their values.

    Those of a large file are laid on disk for it, as they are looked at several times.
    """
    if not wanted:
        return {}
    laid = [
        _laid(loader, one, wanted, f"{view}_{place}") if one.sample else one
        for place, one in enumerate(sources)
    ]
    return sorting.settle(loader, view, laid, wanted, manner)


def _laid(loader: Loader, source: Staged, wanted: Mapping[int, Wanted], view: str) -> Staged:
    """A file with only what these columns are made of."""
    cells = " ".join(source.cell(one.name) for one in wanted.values())
    needed = [raw for raw in source.filled if re.search(rf"\b{raw}\b", cells)]
    select = f"SELECT {', '.join(needed) or 'NULL AS nothing'} FROM {source.view}"
    loader.lay(view, select, source.bytes // max(source.rows, 1))
    return replace(source, view=view)


def _guessed(
    loader: Loader,
    role: str,
    sources: Sequence[Staged],
    wanted: Mapping[int, Wanted],
    manner: Manner,
) -> dict[int, Settled]:
    """What columns of large files seem to hold, where some records leave no doubt.

    There is doubt where anything had to be repaired, where a word stands in one record only, and
    where the records themselves do not fit strictly.
    """
    if not all(one.sample for one in sources):
        return {}
    samples = [replace(one, view=one.sample) for one in sources]
    raw = {
        n: one for n, one in wanted.items() if all(of.cell(one.name) in of.filled for of in sources)
    }
    view = f"{role}_sample"
    rows = sum(loader.run(f"SELECT count(*) FROM {one.view}")[0][0] for one in samples)
    most = min(int(rows * _MANY), limits.MOST_WORDS)
    found = sorting.settle(loader, view, samples, raw, manner, most=most)
    strict = {
        n: replace(
            _strictly(loader, one, padded=any(of.padded(raw[n].name) for of in sources)),
            cells=tuple(of.cell(raw[n].name) for of in sources),
        )
        for n, one in found.items()
        if not any(one.told)
    }
    if not strict:
        return {}
    asked = ", ".join(
        f"count(c{n}) = count({one.stored}) AND ({_seen_once(view, n) if one.words else 0}) = 0"
        for n, one in strict.items()
    )
    values = {name: value for one in strict.values() for name, value in one.values.items()}
    [sure] = loader.run(f"SELECT {asked} FROM {view}", values)
    return {n: one for (n, one), fits in zip(strict.items(), sure, strict=True) if fits}


def _seen_once(view: str, number: int) -> str:
    """How many words of a column stand in one record only."""
    once = (
        f"SELECT 1 FROM {view} WHERE c{number} IS NOT NULL GROUP BY c{number} HAVING count(*) = 1"
    )
    return f"SELECT count(*) FROM ({once})"


def _strictly(loader: Loader, settled: Settled, *, padded: bool) -> Settled:
    """A column stored so that whatever was not seen in the sample is left empty."""
    at, type_ = settled.column.stored, settled.column.type
    if back := _WRITTEN_BACK.get(type_):
        same = back.format(v=f"({settled.stored})", at=at)
        return replace(settled, stored=f"CASE WHEN {same} THEN {settled.stored} END")
    if type_ == "text":
        return replace(settled, stored=_strict_text(loader, settled, padded=padded))
    if type_ == "bool" and settled.words:
        return settled
    looks = f"WHEN regexp_full_match({at}, '{LOOKS[type_]}') THEN {settled.stored}"
    if type_ == "number" and not padded:  # most numbers are so plain that no pattern is needed
        read = settled.stored if settled.values else f"TRY_CAST({at} AS DOUBLE)"
        looks = f"WHEN {_PLAIN_NUMBER.format(at=at)} THEN {read} {looks}"
    return replace(settled, stored=f"CASE {looks} END")


def _strict_text(loader: Loader, settled: Settled, *, padded: bool) -> str:
    at, words = settled.column.stored, settled.column.dictionary
    if not settled.words or words is None:
        return f"CASE WHEN {sorting.without_blanks(at)} THEN {at} END" if padded else at
    if 0 < len(words) <= _FEW:
        numbered = (f"WHEN {text(word)} THEN {number}" for number, word in enumerate(words))
        return f"CASE {at} {' '.join(numbered)} END"
    kind = sorting.enumerated(loader, settled.words)
    return f"CAST(enum_code(TRY_CAST({at} AS {kind})) AS INTEGER)"


def _written(
    loader: Loader, sources: Sequence[Staged], settled: Mapping[int, Settled], file: Path
) -> tuple[int, Mapping[int, int]]:
    """Write the columns; how many rows were written, and how many filled cells of each."""
    cells = {number: one.cells for number, one in settled.items()}
    listed = ", ".join(
        f"{settled[n].stored} AS {settled[n].column.stored}" for n in sorted(settled)
    )
    values = {name: value for one in settled.values() for name, value in one.values.items()}
    select = (
        f"SELECT {listed or 'NULL::INTEGER AS nothing'} FROM ({sorting.gathered(sources, cells)})"
    )
    path = str(file).replace("'", "''")
    try:
        [written] = loader.run(f"COPY ({select}) TO '{path}' ({_HOW})", values)
    except Unreadable:
        raise not_whole(", ".join(one.name for one in sources)) from None
    rows, told = written[1], written[4] or {}
    empty = {name.strip('"'): int(one.get("null_count", 0)) for name, one in told.items()}
    return rows, {n: rows - empty.get(one.column.stored, 0) for n, one in settled.items()}


def _filled(sources: Sequence[Staged], one: Wanted) -> int:
    """How many cells of a column are not empty, as the bytes say."""
    return sum(source.filled[source.cell(one.name)] for source in sources)
