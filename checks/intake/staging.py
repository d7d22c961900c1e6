"""Bring a named file in: found safely, known by its kind, laid out as one table of words.

`KINDS` is the one place where kinds of files are listed; a new one is a function and a line.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from checks.intake import (
    delimited,
    header,
    inbox,
    json_lines,
    limits,
    packing,
    prescan,
    workbook,
)
from checks.intake.header import NO_HEADER
from checks.intake.loader import Loader, Unreadable, literal, quoted
from checks.intake.packing import Part
from checks.intake.staged import Staged, listed, named, not_whole
from checks.refusal import Problem, Refused, refuse
from checks.written.doors import near_miss, said

_PLAIN = ("VARCHAR", "BOOLEAN", "DATE", "TIMESTAMP", "DECIMAL", "INT", "BIGINT", "HUGEINT",
          "UINT", "UBIGINT", "UHUGEINT", "USMALLINT", "UTINYINT", "SMALLINT", "TINYINT",
          "DOUBLE", "FLOAT", "ENUM", "UUID", "TIME")  # fmt: skip


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
    size = _copied(file, name, copy)
    found: list[Staged] = []
    problems: list[Problem] = []
    for place, part in enumerate(packing.unpacked(copy, name.removesuffix(asked), work)):
        inner = Part(name=f"{part.name}{asked}", file=part.file)
        try:
            one = _unpacked_kind(inner)(
                loader, inner, work / f"{number}-{place}.staged", f"source_{number}_{place}"
            )
            found.append(replace(one, bytes=size))
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


def _copied(file: Path, name: str, copy: Path) -> int:
    """Copy a file under a name of ours; its size."""
    if file.stat().st_size > limits.MOST_BYTES:
        raise limits.beyond(name, "MOST_BYTES", "bytes")
    shutil.copyfile(file, copy)
    return copy.stat().st_size


def _delimited(loader: Loader, part: Part, copy: Path, view: str) -> Staged:
    asked = _asked(part.name)
    if asked and asked != NO_HEADER:
        what = f"Behind “#” it says {said(asked)}, and it has no sheets."
        raise refuse(part.name, what, f"Write only its name, or “#{NO_HEADER}”.")
    name = part.name.removesuffix(f"#{asked}") if asked else part.name
    return delimited.laid_out(loader, prescan.counted(part.file, name, copy, unheaded=bool(asked)),
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
    size = _copied(part.file, part.name, raw)
    try:
        repairs = write(raw, part.name, plain)
        counted = prescan.counted(plain, part.name, copy, delimiter=",")
        one = delimited.laid_out(loader, counted, part.name, copy, view)
    finally:
        raw.unlink(missing_ok=True)
        plain.unlink(missing_ok=True)
    return replace(one, bytes=size, repairs=(*repairs, *one.repairs))


def _parquet(loader: Loader, part: Part, copy: Path, view: str) -> Staged:
    name = part.name
    size = _copied(part.file, name, copy)
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
        columns = {named(row[0]): _as_words(loader, view, row[0], row[1]) for row in described}
    except (Unreadable, ValueError):
        raise not_whole(name) from None
    if rows != counted:
        raise not_whole(name, rows, counted)
    names = header.sound(tuple(named(row[0]) for row in described), name)
    copy.unlink()
    nested = [one for one in names if columns[one] == "NULL"]
    told = (f"Lists and objects were not read: {listed(nested)}.",) if nested else ()
    return Staged(
        name=name, view=view, bytes=size, rows=rows,
        names=names, columns=columns, repairs=told,
    )  # fmt: skip


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
