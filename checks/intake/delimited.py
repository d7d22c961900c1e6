"""Lay a delimited file out as a table of words: read strictly, and held against what was counted.

A small file becomes a table at once. A large one is read again at each step, straight from where it
lies; what its columns hold is guessed from records of everywhere in it (`checks.intake.storing`).
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from checks.intake import limits
from checks.intake.loader import Loader, Unreadable, literal
from checks.intake.prescan import Counted
from checks.intake.staged import BLANKS, Staged, listed, not_whole
from checks.refusal import refuse
from checks.runs import watching

_PEEK = 1_000
"""Rows in which most columns show that they hold something."""


def laid_out(loader: Loader, counted: Counted, name: str, copy: Path, view: str) -> Staged:
    """Give a counted file a name in the loader; raises `Refused` where it does not hold together.

    The rows of a large file are counted again when they are stored.
    """
    watching.tell(f"{name}: all {counted.records:,} rows are read. Laying them out.", 1)
    large = counted.sample is not None and not loader.rereads
    try:
        sample = _read(loader, counted, copy, view)
        rows = counted.records if large else loader.run(f"SELECT count(*) FROM {view}")[0][0]
    except Unreadable:
        raise not_whole(name) from None
    if rows != counted.records:
        raise not_whole(name, rows, counted.records)
    stored = {column: f"r{number}" for number, column in enumerate(counted.columns)}
    if counted.headers:
        _refuse_headers_among_rows(loader, name, view, stored)
    names, told = _kept(loader, counted, name, view)
    return Staged(
        name=name, view=view, bytes=counted.bytes, rows=rows,
        names=names, columns={one: stored[one] for one in names},
        repairs=(*counted.repairs, *told), semicolons=counted.delimiter == ";",
        sample=sample,
        filled=dict(zip(stored.values(), counted.filled, strict=False)) if sample else {},
        trim=bool(sample) and not counted.padded,
    )  # fmt: skip


def _read(loader: Loader, counted: Counted, copy: Path, view: str) -> str:
    """Make the view; the name of the table of samples, where there is one."""
    if not counted.records:
        columns = ", ".join(f"r{number} VARCHAR" for number in range(_cells(counted)))
        loader.run(f"CREATE TABLE {view} ({columns})")
    elif counted.sample is None:
        loader.run(f"CREATE TABLE {view} AS {_csv(counted, copy, counted.above)}")
    elif loader.rereads:
        size = copy.stat().st_size // counted.records
        loader.lay(view, _csv(counted, copy, counted.above), size)
    else:
        loader.run(f"CREATE VIEW {view} AS {_csv(counted, copy, counted.above)}")
        loader.run(f"CREATE TABLE {view}_sample AS {_csv(counted, counted.sample)}")
        return f"{view}_sample"
    return ""


def _cells(counted: Counted) -> int:
    return len(counted.columns) + counted.bare


def _csv(counted: Counted, file: Path, above: int = 0) -> str:
    """The rows of a clean file, below so many lines that are not read."""
    kinds = ", ".join(f"'r{number}': 'VARCHAR'" for number in range(_cells(counted)))
    path = literal(file).replace("'", "''")
    return (
        f"FROM read_csv('{path}', auto_detect = false, header = false, "
        f"skip = {above}, delim = '{counted.delimiter}', quote = '\"', escape = '\"', "
        f"columns = {{{kinds}}}, strict_mode = true, ignore_errors = false, "
        "null_padding = false, compression = 'none', new_line = '\\n', "
        f"max_line_size = {limits.LONGEST_ROW + 1_000})"
    )


def _kept(
    loader: Loader, counted: Counted, name: str, view: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns without those that have neither a name nor a value, and what is to be said."""
    places = range(len(counted.columns) + counted.bare)
    filled = _filled(loader, counted, view) if counted.records else set(places)
    if counted.bare and len(counted.columns) in filled:
        what = "Rows have one cell more than the header, and it holds values."
        raise refuse(name, what, "Give every column a name, and export it again.")
    gone = [place for place in counted.spare if place not in filled]
    told = []
    if gone or counted.bare:
        many = len(gone) + counted.bare
        were = (
            "1 empty column without a name was"
            if many == 1
            else (f"{many:,} empty columns without a name were")
        )
        told.append(f"{were} left out.")
    for place in sorted(set(counted.spare) - set(gone)):
        called = counted.columns[place]
        told.append(f"Column {place + 1:,} has no name: it is called “{called}”.")
    named = [p for p in range(len(counted.columns)) if p not in filled and p not in gone]
    if named:
        many_ = "1 column holds" if len(named) == 1 else f"{len(named):,} columns hold"
        told.append(f"{many_} nothing: {listed([counted.columns[p] for p in named])}.")
    names = tuple(one for place, one in enumerate(counted.columns) if place not in gone)
    return names, tuple(told)


def _filled(loader: Loader, counted: Counted, view: str) -> set[int]:
    """Which columns hold anything; those blank in the first rows are searched through."""
    found: set[int] = set()
    for table in (f"(SELECT * FROM {view} LIMIT {_PEEK})", view):
        open_ = [n for n, many in enumerate(counted.filled) if many and n not in found]
        if open_:
            asked = ", ".join(
                f"count(*) FILTER (trim(r{place}, {BLANKS}) <> '')" for place in open_
            )
            [counts] = loader.run(f"SELECT {asked} FROM {table}")
            found |= {place for place, many in zip(open_, counts, strict=True) if many}
    return found


def _refuse_headers_among_rows(
    loader: Loader, name: str, view: str, stored: Mapping[str, str]
) -> None:
    """Files that were joined by hand have the header again in the middle."""
    same = " AND ".join(f"trim({place}) = ${place}" for place in stored.values())
    names = {place: column for column, place in stored.items()}
    [(rows,)] = loader.run(f"SELECT count(*) FROM {view} WHERE {same}", names)
    if rows:
        numbered = f"(SELECT row_number() OVER () AS row_, * FROM {view})"
        [(first,)] = loader.run(f"SELECT min(row_) FROM {numbered} WHERE {same}", names)
        what = f"{'1 row repeats' if rows == 1 else f'{rows:,} rows repeat'} the header."
        cure = "Keep one header at the top, and take the others out."
        raise refuse(f"{name}, row {first:,} below the header", what, cure)
