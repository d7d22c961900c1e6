"""Bring a named file in: found safely, known by its kind, laid out as one table of words.

`KINDS` is the one place where kinds of files are listed; a new one is a function and a line.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

import hashlib
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from checks import watching
from checks.doors import near_miss, said
from checks.intake import header, inbox, json_lines, limits, packing, prescan, workbook
from checks.intake.header import NO_HEADER
from checks.intake.loader import Loader, Unreadable, literal, quoted
from checks.intake.packing import Part
from checks.intake.prescan import Counted
from checks.intake.profiles import SAMPLED
from checks.refusal import Problem, Refused, refuse

_PLAIN = ("VARCHAR", "BOOLEAN", "DATE", "TIMESTAMP", "DECIMAL", "INT", "BIGINT", "HUGEINT",
          "UINT", "UBIGINT", "UHUGEINT", "USMALLINT", "UTINYINT", "SMALLINT", "TINYINT",
          "DOUBLE", "FLOAT", "ENUM", "UUID", "TIME")  # fmt: skip


BLANKS = " || ".join(f"chr({ord(sign)})" for sign in " \t\r\n\u00a0\ufeff")
"""Signs that are taken off around a value, as SQL."""


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
    label: str = ""
    """What the campaign file calls it, where each file is a status of its own."""
    semicolons: bool = False
    """Whether semicolons tell its cells apart, as where commas stand in numbers."""
    sample: Mapping[str, Sequence[str | None]] = field(default_factory=dict)
    """Some values of each column, of rows taken evenly from the whole file."""

    def has(self, column: str) -> bool:
        """Whether the file has a column of this name."""
        return _named(column) in self.columns

    def cell(self, column: str) -> str:
        """The expression of a column that the file has."""
        return self.columns[_named(column)]


def located(folder: Path, name: str, where: str) -> tuple[tuple[str, Path], ...]:
    """The file of a name beside the campaign file, or every file of the folder it names.

    Behind “#” a name may say which sheet to read, or that there is no header.
    """
    here = _beside(folder, name, where)
    if not here.exists() and _asked(name):
        here = _beside(folder, name[: -len(_asked(name)) - 1], where)
    if here.is_file():
        kind(name)
        return ((name, here),)
    if here.is_dir() and (files := _inside(here)):
        return tuple((f"{name.rstrip('/')}/{file.name}", file) for file in files)
    if not here.exists():
        kind(name)
    if inbox.asked(name):
        near = near_miss(inbox.plain(name), [one.name for one in inbox.waiting()])
        cure = f'Did you mean "{inbox.PREFIX}{near}"?' if near else "Put it there."
        raise refuse(where, f"There is no file {said(inbox.plain(name))} in the inbox.", cure)
    home = folder.resolve()
    near = near_miss(name, sorted(one.name for one in home.iterdir())) if home.is_dir() else None
    cure = f'Did you mean "{near}"?' if near else "Put it beside the campaign file."
    raise refuse(where, f"There is no file {said(name)}.", cure)


def _inside(folder: Path) -> list[Path]:
    """The files of a folder that can be read, hidden ones left aside."""
    files = sorted(one for one in folder.iterdir() if one.is_file() and one.name[0] != ".")
    if len(files) > limits.MOST_PARTS:
        raise limits.beyond(folder.name, "MOST_PARTS", "files in it")
    inside = [one for one in files if one.resolve().is_relative_to(folder.resolve())]
    for one in inside:
        kind(one.name)
    return inside


def _beside(folder: Path, name: str, where: str) -> Path:
    """A place beside the campaign file, or in the inbox; never a pattern, never outside."""
    if inbox.asked(name):
        folder, name = inbox.folder(where), inbox.plain(name)
    home = folder.resolve()
    strange = "\0" in name or Path(name).is_absolute() or ".." in Path(name).parts
    if strange:
        what = f"{said(name)} leaves the folder of the campaign file."
        raise refuse(where, what, "Put the file beside the campaign file and write only its name.")
    file = home / name
    try:
        inside = file.resolve().is_relative_to(home)
    except (OSError, RuntimeError):
        inside = True
    if not inside:
        what = f"{said(name)} is a link that leaves the folder of the campaign file."
        raise refuse(where, what, "Put the file itself beside the campaign file.")
    return file


def _asked(name: str) -> str:
    """What is written behind the last “#” of a name, unless it belongs to the name."""
    ending = Path(name).suffix.casefold()
    known = ending in KINDS or ending in packing.PACKED
    return "" if known else name.rpartition("#")[2] if "#" in name else ""


def kind(name: str) -> str:
    """The kind of a file by its ending; raises `Refused` for kinds that cannot be read."""
    asked = _asked(name)
    plain = name[: -len(asked) - 1] if asked else name
    ending = Path(plain).suffix.casefold()
    if ending in packing.PACKED or ending in KINDS:
        return ending
    shown = f"Files that end in {said(ending)}" if ending else "Files without an ending"
    known = ", ".join([*KINDS, *packing.PACKED])
    raise refuse(name, f"{shown} cannot be read.", f"Save it as one of: {known}.")


def manner_of(name: str) -> str:
    """What of a file's name decides how it is read: its ending, and what it asks for."""
    plain = name.partition("#")[0] if _asked(name) else name
    return f"{''.join(Path(plain).suffixes[-2:]).casefold()}#{_asked(name)}"


def staged(loader: Loader, file: Path, name: str, work: Path, number: int) -> Staged:
    """The one table of a file, laid out; refused where it holds several."""
    found = parts(loader, file, name, work, number)
    if len(found) > 1:
        what = f"There are {len(found):,} files in it."
        raise refuse(name, what, "Unpack it, and bring the one that holds the people.")
    return found[0]


def parts(loader: Loader, file: Path, name: str, work: Path, number: int) -> tuple[Staged, ...]:
    """Copy a file under a name of ours, count it, and lay it out; raises `Refused`.

    A packed file may hold several.
    """
    ending = kind(name)
    if ending not in packing.PACKED:
        part = Part(name=name, file=file)
        return (KINDS[ending](loader, part, work / f"{number}.staged", f"source_{number}"),)
    asked = f"#{_asked(name)}" if _asked(name) else ""
    copy = work / f"{number}.packed"
    sha256, size = _copied(file, name, copy)
    found: list[Staged] = []
    problems: list[Problem] = []
    for place, part in enumerate(packing.unpacked(copy, name.removesuffix(asked), work)):
        inner = Part(name=f"{part.name}{asked}", file=part.file)
        try:
            one = _unpacked_kind(inner)(
                loader, inner, work / f"{number}-{place}.staged", f"source_{number}_{place}"
            )
            found.append(replace(one, sha256=sha256, bytes=size))
        except Refused as refusal:
            problems.extend(refusal.problems)
        part.file.unlink(missing_ok=True)
    copy.unlink()
    if problems:
        raise Refused(problems)
    return tuple(found)


def _unpacked_kind(part: Part) -> Kind:
    ending = kind(part.name)
    if ending in packing.PACKED:
        what = "It is packed twice."
        raise refuse(part.name, what, "Unpack it once.")
    return KINDS[ending]


def _copied(file: Path, name: str, copy: Path) -> tuple[str, int]:
    """Copy a file, so that what is hashed is what is read; its SHA-256 and its size."""
    if file.stat().st_size > limits.MOST_BYTES:
        raise limits.beyond(name, "MOST_BYTES", "bytes")
    shutil.copyfile(file, copy)
    with copy.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest(), copy.stat().st_size


def _delimited(loader: Loader, part: Part, copy: Path, view: str) -> Staged:
    asked = _asked(part.name)
    if asked and asked != NO_HEADER:
        what = f"Behind “#” it says {said(asked)}, and it has no sheets."
        raise refuse(part.name, what, f"Write only its name, or “#{NO_HEADER}”.")
    name = part.name.removesuffix(f"#{asked}") if asked else part.name
    return _laid_out(loader, prescan.counted(part.file, name, copy, unheaded=bool(asked)),
                     name, copy, view)  # fmt: skip


def _json_lines(loader: Loader, part: Part, copy: Path, view: str) -> Staged:
    return _rewritten(loader, part, copy, view, json_lines.flattened)


def _workbook(loader: Loader, part: Part, copy: Path, view: str) -> Staged:
    def write(file: Path, name: str, plain: Path) -> tuple[str, ...]:
        return workbook.laid(file, name.partition("#")[0], _asked(name), plain)

    return _rewritten(loader, part, copy, view, write)


def _rewritten(loader: Loader, part: Part, copy: Path, view: str, write: Writer) -> Staged:
    """Stage a file that is written as a delimited one first."""
    raw, plain = copy.with_suffix(".raw"), copy.with_suffix(".csv")
    sha256, size = _copied(part.file, part.name, raw)
    try:
        repairs = write(raw, part.name, plain)
        counted = prescan.counted(plain, part.name, copy, delimiter=",")
        one = _laid_out(loader, counted, part.name, copy, view)
    finally:
        raw.unlink(missing_ok=True)
        plain.unlink(missing_ok=True)
    return replace(one, sha256=sha256, bytes=size, repairs=(*repairs, *one.repairs))


def _laid_out(loader: Loader, counted: Counted, name: str, copy: Path, view: str) -> Staged:
    """Read a clean copy into the loader, and hold it against what was counted."""
    watching.tell(f"{name}: all {counted.records:,} rows are read. Laying them out.")
    try:
        _read(loader, counted, copy, view)
        [(rows,)] = loader.run(f"SELECT count(*) FROM {view}")
    except Unreadable:
        raise _not_whole(name) from None
    if rows != counted.records:
        raise _not_whole(name, rows, counted.records)
    copy.unlink()
    stored = {column: f"r{number}" for number, column in enumerate(counted.columns)}
    _refuse_headers_among_rows(loader, name, view, stored)
    names, told = _kept(loader, counted, name, view)
    sample = dict(zip(counted.columns, zip(*counted.sample, strict=True), strict=False))
    return Staged(
        name=name, view=view, sha256=counted.sha256, bytes=counted.bytes, rows=rows,
        names=names, columns={one: stored[one] for one in names},
        repairs=(*counted.repairs, *told), semicolons=counted.delimiter == ";",
        sample={one: sample[one] for one in names if sample},
    )  # fmt: skip


def _read(loader: Loader, counted: Counted, copy: Path, view: str) -> None:
    cells = len(counted.columns) + counted.bare
    if not counted.records:
        columns = ", ".join(f"r{number} VARCHAR" for number in range(cells))
        loader.run(f"CREATE TABLE {view} ({columns})")
        return
    kinds = ", ".join(f"'r{number}': 'VARCHAR'" for number in range(cells))
    read = (
        "FROM read_csv($file, auto_detect = false, header = false, "
        f"skip = 0, delim = $delimiter, quote = '\"', escape = '\"', columns = {{{kinds}}}, "
        "strict_mode = true, ignore_errors = false, null_padding = false, compression = 'none', "
        "new_line = '\\n', "
        f"max_line_size = {limits.LONGEST_ROW + 1_000})"
    )
    values = {"file": literal(copy), "delimiter": counted.delimiter}
    laid = copy.with_suffix(".parquet")
    loader.lay(view, read, values, laid, row_bytes=copy.stat().st_size // counted.records)


def _kept(
    loader: Loader, counted: Counted, name: str, view: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns without those that have neither a name nor a value, and what is to be said."""
    places = range(len(counted.columns) + counted.bare)
    filled = _filled(loader, view, places) if counted.records else set(places)
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
        told.append(f"{many_} nothing: {_names([counted.columns[p] for p in named])}.")
    names = tuple(one for place, one in enumerate(counted.columns) if place not in gone)
    return names, tuple(told)


def _filled(loader: Loader, view: str, places: Iterable[int]) -> set[int]:
    """Which columns hold anything; only those empty in the first rows are searched through."""
    few = f"(SELECT * FROM {view} LIMIT 1000)"
    found: set[int] = set()
    for table in (few, view):
        open_ = [place for place in places if place not in found]
        if open_:
            asked = ", ".join(
                f"count(*) FILTER (trim(r{place}, {BLANKS}) <> '')" for place in open_
            )
            [counts] = loader.run(f"SELECT {asked} FROM {table}")
            found |= {place for place, many in zip(open_, counts, strict=True) if many}
    return found


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(f'"{name}"' for name in names[: limits.SHOWN_LINES])
    more = len(names) - limits.SHOWN_LINES
    return shown if more <= 0 else f"{shown} and {more:,} more"


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


def _parquet(loader: Loader, part: Part, copy: Path, view: str) -> Staged:
    name = part.name
    sha256, size = _copied(part.file, name, copy)
    try:
        [(counted,)] = loader.run(
            "SELECT num_rows FROM parquet_file_metadata($file)", {"file": literal(copy)}
        )
        if counted > limits.MOST_ROWS:
            cure = "Take it in as counts, one row a group."
            raise limits.beyond(name, "MOST_ROWS", "rows", cure)
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
    names = header.sound(tuple(_named(row[0]) for row in described), name)
    copy.unlink()
    nested = [one for one in names if columns[one] == "NULL"]
    told = (f"Lists and objects were not read: {_names(nested)}.",) if nested else ()
    step = -(-rows // SAMPLED)
    cells = ", ".join(columns[one] for one in names)
    rows_of = loader.run(f"SELECT {cells} FROM {view} WHERE rowid % {step} = {step // 2}")
    return Staged(
        name=name, view=view, sha256=sha256, bytes=size, rows=rows,
        names=names, columns=columns, repairs=told,
        sample=dict(zip(names, zip(*rows_of, strict=True), strict=False)),
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


Kind = Callable[[Loader, Part, Path, str], Staged]
Writer = Callable[[Path, str, Path], tuple[str, ...]]
"""Writes a file of another kind as a delimited one, and says what was done."""

KINDS: Mapping[str, Kind] = {
    ".csv": _delimited,
    ".tsv": _delimited,
    ".txt": _delimited,
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".xlsx": _workbook,
    ".parquet": _parquet,
}
"""What reads each kind of file, by its ending."""
