"""Read one sheet of an .xlsx workbook, in a process of its own that a bomb cannot outgrow."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checks.intake import limits, sheet_to_csv
from checks.refusal import Refused, refuse
from checks.runs import watching

_SHEETS = "xl/worksheets/"
_OLD = b"\xd0\xcf\x11\xe0"
"""How workbooks begin that have a password, and those of old programs."""
_SHOWN = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class _Told:
    """What the reader of a workbook says."""

    sheets: list[str]
    filled: list[str]
    taken: str | None
    merged: int
    """Cells of the sheet that was taken which stand over several rows."""
    unworked: int
    """Cells of all sheets with a formula and no result."""


def laid(file: Path, name: str, asked: str, plain: Path) -> tuple[str, ...]:
    """Write a workbook's sheet as CSV; what was done is said. Raises `Refused`."""
    _refuse_bomb(file, name)
    told = _read(file, name, asked, plain)
    taken, filled = told.taken, told.filled
    if taken is None and asked:
        what = f'It has no sheet "{asked}".'
        raise refuse(name, what, f"Its sheets are {_listed(told.sheets)}.")
    if taken is None and not filled:
        raise refuse(name, "It is empty.", "Export it again, with a header and a row a person.")
    if taken is None:
        what = f"It has {len(filled):,} sheets that could hold the people: {_listed(filled)}."
        raise refuse(name, what, f"Name the one to read, as “{name}#{filled[0]}”.")
    return tuple(_said(taken or "", told))


def _said(taken: str, told: _Told) -> Iterator[str]:
    """What was left out of a workbook, and what is empty in it."""
    unworked = told.unworked
    if others := [one for one in told.filled if one != taken]:
        were = "1 sheet was" if len(others) == 1 else f"{len(others):,} sheets were"
        yield f'The sheet "{taken}" was read; {were} left out: {_listed(others)}.'
    if told.merged:
        stand = "1 cell stands" if told.merged == 1 else f"{told.merged:,} cells stand"
        yield f"{stand} over several rows: only the first of them has its value."
    if unworked:
        cells = "1 cell has" if unworked == 1 else f"{unworked:,} cells have"
        yield f"{cells} a formula without its result, and {_are(unworked)} read as empty."


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _refuse_bomb(file: Path, name: str) -> None:
    """Look at what the workbook says about its own size before anything unpacks it."""
    with file.open("rb") as opened:
        if opened.read(len(_OLD)) == _OLD:
            what = "It has a password, or is an old workbook with a new name."
            raise refuse(name, what, "Open it, and save it without a password as .xlsx or CSV.")
    try:
        with zipfile.ZipFile(file) as packed:
            members = packed.infolist()
            sheets = any(one.filename.startswith(_SHEETS) for one in members)
            size = sum(one.file_size for one in members)
    except (OSError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile):
        raise _no_workbook(name) from None
    if size > limits.MOST_WORKBOOK_BYTES:
        raise limits.beyond(name, "MOST_WORKBOOK_BYTES", "bytes when unpacked", "Export it as CSV.")
    if size > max(limits.FREE_OF_RATIO, limits.MOST_RATIO * file.stat().st_size):
        what = f"It becomes more than {limits.MOST_RATIO:,} times larger when it is unpacked."
        cure = "Export it as CSV, or raise MOST_RATIO in checks/intake/limits.py."
        raise refuse(name, what, cure)
    if not sheets:
        raise _no_workbook(name)


def _read(file: Path, name: str, asked: str, plain: Path) -> _Told:
    memory, seconds = limits.MOST_WORKBOOK_MEMORY, limits.MOST_WORKBOOK_SECONDS
    reader = [sys.executable, "-I", str(sheet_to_csv.__file__)]
    try:
        told = _answer([*reader, str(file), str(plain), asked, str(memory), str(seconds)], seconds)
        return _Told(**json.loads(told))
    except subprocess.TimeoutExpired:
        raise limits.beyond(
            name, "MOST_WORKBOOK_SECONDS", "seconds of reading", "Export it as CSV."
        ) from None
    except (subprocess.SubprocessError, OSError, ValueError):
        raise _no_workbook(name) from None


def _answer(command: list[str], seconds: int) -> bytes:
    """What a program of ours says; it ends with whoever waits for it."""
    with subprocess.Popen(  # noqa: S603 — a program of ours; names of ours
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as running:
        try:
            with watching.halting(running.kill):
                said, _ = running.communicate(timeout=2 * seconds)
        finally:
            running.kill()
    if running.returncode:
        raise subprocess.SubprocessError
    return said


def _no_workbook(name: str) -> Refused:
    what = "It cannot be read as a workbook: it is damaged, locked, too large, or something else."
    return refuse(name, what, "Open it, and save the sheet as CSV.")


def _listed(names: list[str]) -> str:
    shown = ", ".join(f'"{name}"' for name in names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown} and {len(names) - _SHOWN:,} more"
