"""Write one sheet of a workbook as CSV, alone in a process with little memory and time.

Runs by itself, with nothing of ours imported: ``python sheet_to_csv.py BOOK COPY ASKED MEMORY
SECONDS``. Prints a line of JSON: the sheets, the one that was taken, or why none was.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import python_calamine

_PEOPLE = re.compile(
    r"(?i)(^|[^a-z])(e-?mail|customer|contact|subscriber|member|person|user|client|lead|kund)"
    r"|(^|[^a-z])(id|key|phone|gender|birth|consent|opt.?in)($|[^a-z])"
)
"""Names of columns that people files have."""
_UNWORKED = re.compile(rb"(?:</f>|<f[^>]*/>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_PIECE = 1 << 20


def main(book: str, copy: str, asked: str, memory: str, seconds: str) -> dict[str, object]:
    """Take the sheet that was asked for, or the one that must be meant."""
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    with python_calamine.CalamineWorkbook.from_path(book) as workbook:
        names = workbook.sheet_names
        tables = {name: _look(workbook, name) for name in names}
        taken = _choose(asked, tables)
        merged = _merged(workbook, taken) if taken is not None else 0
        if taken is not None:
            with Path(copy).open("w", encoding="utf-8", newline="") as laid:
                writer = csv.writer(laid, lineterminator="\n")
                for row in _rows(workbook, taken):
                    writer.writerow(row if any(row) else [])
    filled = [name for name, top in tables.items() if top]
    return {
        "sheets": names,
        "filled": filled,
        "taken": taken,
        "merged": merged,
        "unworked": _unworked(book),
    }


def _merged(workbook: python_calamine.CalamineWorkbook, name: str) -> int:
    """How many cells stand over several rows of a sheet, of which only the first has the value."""
    ranges = workbook.get_sheet_by_name(name).merged_cell_ranges or ()
    return sum(first != last for (first, _), (last, _) in ranges)


def _unworked(book: str) -> int:
    """How many cells hold a formula and no result, so that they are read as empty."""
    found = 0
    with zipfile.ZipFile(book) as packed:
        for name in packed.namelist():
            if not name.startswith("xl/worksheets/"):
                continue
            rest = b""
            with packed.open(name) as opened:
                while piece := opened.read(_PIECE):
                    text = rest + piece
                    cut = text.rfind(b"</c>") + len(b"</c>") if b"</c>" in text else 0
                    found += len(_UNWORKED.findall(text[:cut]))
                    rest = text[cut:]
    return found


def _choose(asked: str, tables: dict[str, list[list[str]]]) -> str | None:
    """The sheet asked for; else the only one with rows, or the only one with people in it."""
    if asked:
        return asked if asked in tables else None
    filled = [name for name, top in tables.items() if len(top) > 1]
    people = [
        name for name in filled if any(_PEOPLE.search(cell) for row in tables[name] for cell in row)
    ]
    for meant in (filled, people, [name for name, top in tables.items() if top]):
        if len(meant) == 1:
            return meant[0]
    return None


def _look(workbook: python_calamine.CalamineWorkbook, name: str) -> list[list[str]]:
    """The first rows of a sheet that hold anything."""
    top: list[list[str]] = []
    for row in _rows(workbook, name):
        if any(row):
            top.append(row)
        if len(top) == 5:
            break
    return top


def _rows(workbook: python_calamine.CalamineWorkbook, name: str) -> Iterator[list[str]]:
    sheet = workbook.get_sheet_by_name(name)
    if not sheet.height:
        return
    for row in sheet.iter_rows():
        yield [_word(value) for value in row]


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value).replace("\0", "")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])))
