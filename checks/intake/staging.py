"""Bring a named file in: found safely, known by its kind, laid out as one table of words.

`KINDS` is the one place where kinds of files are listed; a new one is a function and a line.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

import hashlib
import shutil
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from checks.doors import near_miss, said
from checks.intake import limits, prescan
from checks.intake.loader import Loader, Unreadable, literal, quoted
from checks.refusal import Refused, refuse

_PLAIN = ("VARCHAR", "BOOLEAN", "DATE", "TIMESTAMP", "DECIMAL", "INT", "BIGINT", "HUGEINT",
          "UINT", "UBIGINT", "UHUGEINT", "USMALLINT", "UTINYINT", "SMALLINT", "TINYINT",
          "DOUBLE", "FLOAT", "ENUM", "UUID", "TIME")  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Staged:
    """One file, laid out in the loader as a view whose columns are all words."""

    name: str
    view: str
    sha256: str
    bytes: int
    rows: int
    names: tuple[str, ...]
    """Of all columns of the file."""
    columns: Mapping[str, str]
    """The expression of each column, by its name in the file."""
    repairs: tuple[str, ...]

    def has(self, column: str) -> bool:
        """Whether the file has a column of this name."""
        return _named(column) in self.columns

    def cell(self, column: str) -> str:
        """The expression of a column that the file has."""
        return self.columns[_named(column)]


def found(folder: Path, name: str, where: str) -> Path:
    """A file beside the campaign file; never a pattern, never outside the folder."""
    home = folder.resolve()
    strange = "\0" in name or Path(name).is_absolute() or ".." in Path(name).parts
    if strange:
        what = f"{said(name)} leaves the folder of the campaign file."
        raise refuse(where, what, "Put the file beside the campaign file and write only its name.")
    file = home / name
    try:
        here, inside = file.is_file(), file.resolve().is_relative_to(home)
    except (OSError, RuntimeError):
        here, inside = False, True
    if not inside:
        what = f"{said(name)} is a link that leaves the folder of the campaign file."
        raise refuse(where, what, "Put the file itself beside the campaign file.")
    if here:
        return file
    near = near_miss(name, sorted(one.name for one in home.iterdir())) if home.is_dir() else None
    cure = f'Did you mean "{near}"?' if near else "Put it beside the campaign file."
    raise refuse(where, f"There is no file {said(name)}.", cure)


def kind(name: str) -> str:
    """The kind of a file by its ending; raises `Refused` for kinds that cannot be read."""
    ending = Path(name).suffix.casefold()
    if ending not in KINDS:
        shown = f"Files that end in {said(ending)}" if ending else "Files without an ending"
        known = ", ".join(KINDS)
        raise refuse(name, f"{shown} cannot be read.", f"Save it as one of: {known}.")
    return ending


def staged(loader: Loader, file: Path, name: str, work: Path, number: int) -> Staged:
    """Copy a file under a name of ours, count it, and lay it out; raises `Refused`."""
    return KINDS[kind(name)](loader, file, name, work / f"{number}.staged", f"source_{number}")


def _delimited(loader: Loader, file: Path, name: str, copy: Path, view: str) -> Staged:
    counted = prescan.counted(file, name, copy)
    stored = {column: f"r{number}" for number, column in enumerate(counted.columns)}
    kinds = ", ".join(f"'{place}': 'VARCHAR'" for place in stored.values())
    read = (
        f"CREATE TABLE {view} AS FROM read_csv($file, auto_detect = false, header = false, "
        f"skip = 0, delim = $delimiter, quote = '\"', escape = '\"', columns = {{{kinds}}}, "
        "strict_mode = true, ignore_errors = false, null_padding = false, compression = 'none', "
        f"max_line_size = {limits.LONGEST_ROW + 1_000})"
    )
    try:
        if counted.records:
            loader.run(read, {"file": literal(copy), "delimiter": counted.delimiter})
        else:
            columns = ", ".join(f"{place} VARCHAR" for place in stored.values())
            loader.run(f"CREATE TABLE {view} ({columns})")
        [(rows,)] = loader.run(f"SELECT count(*) FROM {view}")
    except Unreadable:
        raise _not_whole(name) from None
    if rows != counted.records:
        raise _not_whole(name, rows, counted.records)
    _refuse_headers_among_rows(loader, name, view, stored)
    copy.unlink()
    return Staged(
        name=name, view=view, sha256=counted.sha256, bytes=counted.bytes, rows=rows,
        names=counted.columns, columns=stored, repairs=counted.repairs,
    )  # fmt: skip


def _refuse_headers_among_rows(
    loader: Loader, name: str, view: str, stored: Mapping[str, str]
) -> None:
    """Files that were joined by hand have the header again in the middle."""
    same = " AND ".join(f"trim({place}) = ${place}" for place in stored.values())
    names = {place: column for column, place in stored.items()}
    [(rows,)] = loader.run(f"SELECT count(*) FROM {view} WHERE {same}", names)
    if rows:
        what = f"{'1 row repeats' if rows == 1 else f'{rows:,} rows repeat'} the header."
        raise refuse(name, what, "Keep one header at the top, and take the others out.")


def _parquet(loader: Loader, file: Path, name: str, copy: Path, view: str) -> Staged:
    size = file.stat().st_size
    if size > limits.MOST_BYTES:
        what = f"It is larger than {limits.MOST_BYTES:,} bytes."
        raise refuse(name, what, "Split it, and name all the parts.")
    shutil.copyfile(file, copy)
    with copy.open("rb") as opened:
        sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    try:
        [(counted,)] = loader.run(
            "SELECT num_rows FROM parquet_file_metadata($file)", {"file": literal(copy)}
        )
        if counted > limits.MOST_ROWS:
            what = f"It has more than {limits.MOST_ROWS:,} rows."
            raise refuse(name, what, "Take it in as counts, one row a group.")
        loader.run(
            f"CREATE TABLE {view} AS FROM read_parquet($file, hive_partitioning = false)",
            {"file": literal(copy)},
        )
        described = loader.run(f"DESCRIBE {view}")
        [(rows,)] = loader.run(f"SELECT count(*) FROM {view}")
        columns = {_named(row[0]): _as_words(loader, view, row[0], row[1]) for row in described}
    except (Unreadable, ValueError):
        raise _not_whole(name) from None
    if rows != counted:
        raise _not_whole(name, rows, counted)
    names = prescan.sound_names(tuple(_named(row[0]) for row in described), name)
    copy.unlink()
    return Staged(
        name=name, view=view, sha256=sha256, bytes=size, rows=rows,
        names=names, columns=columns, repairs=(),
    )  # fmt: skip


def _named(column: str) -> str:
    return unicodedata.normalize("NFC", column.strip())


def _as_words(loader: Loader, view: str, column: str, type_: str) -> str:
    """The expression that writes a typed column in words; whole numbers stay whole."""
    name = quoted(column)
    if type_ in ("DOUBLE", "FLOAT"):
        whole = f"isfinite({name}) AND {name} = trunc({name}) AND abs({name}) < 1e15"
        [(all_whole,)] = loader.run(
            f"SELECT coalesce(bool_and({whole}), false) FROM {view} WHERE NOT isnan({name})"
        )
        stored = f"CAST({name} AS BIGINT)" if all_whole else name
        return f"CASE WHEN NOT isnan({name}) THEN CAST({stored} AS VARCHAR) END"
    if type_.endswith("[]") or not type_.startswith(_PLAIN):
        return "NULL"
    return f"CAST({name} AS VARCHAR)"


def _not_whole(name: str, rows: int | None = None, counted: int | None = None) -> Refused:
    if rows is None or counted is None:
        return refuse(name, "It cannot be read.", "Export it again, as CSV or Parquet.")
    what = f"It was not loaded: {rows:,} of {counted:,} rows could be read."
    return refuse(name, what, "Export it again, with quotes around text.")


KINDS: Mapping[str, Callable[[Loader, Path, str, Path, str], Staged]] = {
    ".csv": _delimited,
    ".tsv": _delimited,
    ".txt": _delimited,
    ".parquet": _parquet,
}
"""What reads each kind of file, by its ending."""
