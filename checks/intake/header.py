"""Find the names of the columns: under which title rows they stand, and whether there are any."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checks.intake import limits
from checks.refusal import Problem, Refused, refuse

SAMPLE = 200
"""Rows that are looked at to find the header."""
NO_HEADER = "no header"
"""What is written behind a file's name, after “#”, when it has none."""
_MOSTLY = 0.8
_NUMBER = re.compile(r"[-+]?[0-9]+([.,][0-9]+)*([eE][-+]?[0-9]+)?%?")
_DAY = re.compile(r"[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}([ T][0-9:.]+)?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_KINDS = (_NUMBER, _DAY, _EMAIL)

Row = Sequence[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Header:
    """The names of the columns, and the rows they were found under."""

    above: int
    """How many of the rows looked at are above the first row of data, the header included."""
    columns: tuple[str, ...]
    """One for each cell of a row of data; names of ours where there was none."""
    spare: tuple[int, ...] = ()
    """Places of columns without a name: where they are empty, they can be left out."""
    bare: int = 0
    """How many cells each row has beyond the header: these must be empty."""
    repairs: tuple[str, ...] = ()


def width(rows: Sequence[Row]) -> tuple[float, int]:
    """The share of rows with the commonest number of cells above one, and that number."""
    counted = Counter(len(row) for row in rows if len(row) > 1)
    if not counted:
        return 0.0, 1
    cells, many = max(counted.items(), key=lambda one: (one[1], one[0]))
    return many / sum(map(bool, rows)), cells


def found(rows: Sequence[Row], name: str, *, none: bool = False, sure: bool = False) -> Header:
    """The header of a table whose first rows these are; raises `Refused` where there is none.

    `none`: the person said that there is no header. `sure`: each name stands in quotes.
    """
    cells = width(rows)[1]
    if none:
        columns = tuple(f"column {number}" for number in range(1, cells + 1))
        told = f"It has no header: its columns are called “column 1” to “column {cells:,}”."
        return Header(above=0, columns=sound(columns, name), repairs=(told,))
    above = _titles(rows, cells)
    header = rows[above]
    below: Sequence[Row] = [row for row in rows[above + 1 :] if row]
    said = _said(above, rows)
    above, below, repeated = _once(header, below, rows, above)
    said += repeated
    joined = _joined(header, below)
    if joined and rows[above + 1]:
        header, below, above = joined, below[1:], above + 1
        said += ("The names of the columns stand in two lines: they were joined.",)
    _refuse_rows_as_names(header, below, name)
    named = [unicodedata.normalize("NFC", cell.strip()) for cell in header]
    named, bare, fitting = _fitted(named, below, cells if len(rows) > 1 else len(named), sure=sure)
    if len(named) > cells and below and _all_have(below, cells):
        what = f"The header has {len(named):,} names, and each row has {cells:,} cells."
        raise refuse(f"{name}, header", what, "Give every column one name, and export it again.")
    _refuse_single_quotes(named, name)
    columns, spare, renamed = _named(named, name)
    _refuse_two_lines(columns, spare, below, name)
    return Header(
        above=above + 1,
        columns=columns,
        spare=spare,
        bare=bare,
        repairs=(*said, *fitting, *renamed),
    )


def _fitted(
    named: list[str], below: Sequence[Row], cells: int, *, sure: bool
) -> tuple[list[str], int, tuple[str, ...]]:
    """The names that fit the rows below, how many bare cells follow, and what is to be said."""
    lacking = len(named) - cells if below else 0
    if lacking > 0 and sure and all(named) and _all_have(below, cells):
        gone = _listed(named[cells:])
        return named[:cells], 0, (f"Each row has {cells:,} cells: there is nothing under {gone}.",)
    if lacking != -1:
        return named, 0, ()
    if sure and _row_names(below, cells):
        told = "Rows have one cell more than the header: the first is the name of the row."
        return ["", *named], 0, (told,)
    bare = _all_have(below, cells) and not any(row[-1].strip() for row in below)
    return named, int(bare), ()


def _once(
    header: Row, below: Sequence[Row], rows: Sequence[Row], above: int
) -> tuple[int, Sequence[Row], tuple[str, ...]]:
    """A header that stands several times, one under the other, taken once."""
    first = above
    while rows[above + 1 : above + 2] == [header] and _filled(header):
        above, below = above + 1, below[1:]
    times = above - first + 1
    told = (f"The header stood there {times:,} times: it was taken once.",) if times > 1 else ()
    return above, below, told


def _refuse_single_quotes(names: Sequence[str], name: str) -> None:
    """Single quotes hold nothing together here: a comma between them would tell cells apart."""
    quoted = [one for one in names if len(one) > 2 and one[0] == one[-1] == "'"]
    if quoted:
        what = f"Names stand in single quotes, as {_listed(quoted[:1])} does."
        raise refuse(f"{name}, header", what, "Export it again, with double quotes around text.")


def _all_have(rows: Sequence[Row], cells: int) -> bool:
    return all(len(row) == cells for row in rows)


def _joined(upper: Row, below: Sequence[Row]) -> Row | None:
    """The names of two lines as one: what stands above several columns, before each of theirs."""
    lower = below[0] if below else ()
    gaps = any(not cell.strip() for cell in upper[1:])
    if len(upper) != len(lower) or not gaps or _filled(upper) < 2 or not upper[0].strip():
        return None
    over: list[str] = []
    for cell in upper:
        over.append(cell if cell.strip() else over[-1])
    names = [f"{one.strip()} {other.strip()}" for one, other in zip(over, lower, strict=True)]
    plain = _header_like(names, below[1:]) and _filled(lower) == len(lower)
    words = not any(kind.fullmatch(cell.strip()) for kind in _KINDS for cell in lower)
    return names if plain and words and _numbers_below(below[1:], len(lower)) else None


def _row_names(rows: Sequence[Row], cells: int) -> bool:
    """Whether rows begin with a name of their own, as R writes them: no name stands over it."""
    if not _all_have(rows, cells):
        return False
    first = [row[0].strip() for row in rows]
    return all(first) and len(set(first)) == len(first) and any(row[-1].strip() for row in rows)


def _titles(rows: Sequence[Row], cells: int) -> int:
    """How many rows stand above the header; none, unless the header is plainly below."""
    at = next((n for n, row in enumerate(rows) if len(row) == cells and _filled(row) > 1), 0)
    if not at or not _header_like(rows[at], rows[at + 1 :]):
        return 0
    titles = rows[:at]
    plain = all(_filled(row) <= 1 for row in titles) and (
        any(len(row) == cells or not _filled(row) for row in titles)
    )
    return at if plain or _numbers_below(rows[at + 1 :], cells) else 0


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _header_like(row: Row, below: Sequence[Row]) -> bool:
    cells = [cell.strip() for cell in row]
    while cells and not cells[-1]:  # delimiters at the end of each line
        cells.pop()
    kinds = any(kind.fullmatch(cell) for kind in _KINDS for cell in cells)
    return bool(below) and all(cells) and len(set(cells)) == len(cells) and not kinds


def _numbers_below(rows: Sequence[Row], cells: int) -> bool:
    """Whether some column holds numbers, days or addresses nearly throughout."""
    return any(_kind(rows, place) is not None for place in range(cells))


def _kind(rows: Sequence[Row], place: int) -> re.Pattern[str] | None:
    values = [row[place].strip() for row in rows if len(row) > place and row[place].strip()]
    for kind in _KINDS:
        if values and sum(bool(kind.fullmatch(one)) for one in values) >= _MOSTLY * len(values):
            return kind
    return None


def _said(above: int, rows: Sequence[Row]) -> tuple[str, ...]:
    titles = sum(bool(_filled(row)) for row in rows[:above])
    if not titles:
        return ()
    many = "1 row above the header was" if titles == 1 else f"{titles:,} rows above the header were"
    return (f"{many} left out.",)


def _refuse_rows_as_names(header: Row, below: Sequence[Row], name: str) -> None:
    """Refuse a first row that holds values and not names: it would be lost as a row."""
    cells = [cell.strip() for cell in header]
    if all(_NUMBER.fullmatch(cell) for cell in cells):
        what = "The first line holds numbers, not the names of columns."
        raise refuse(f"{name}, line 1", what, _ask(name))
    kinds = [_kind(below, place) for place in range(len(cells))]
    typed = [(cell, kind) for cell, kind in zip(cells, kinds, strict=True) if kind]
    alike = [cell for cell, kind in typed if kind.fullmatch(cell)]
    if alike and 2 * len(alike) >= len(typed) and not _labels(alike):
        what = f"The first line holds values like the rows below it in {_columns(len(alike))}."
        raise refuse(f"{name}, line 1", what, _ask(name))


def _labels(cells: Sequence[str]) -> bool:
    """Whether numbers are names: years, weeks or steps that rise from column to column."""
    if len(cells) < 2 or not all(cell.isdecimal() for cell in cells):
        return len(cells) == 1 and bool(re.fullmatch("(19|20)[0-9]{2}", cells[0]))
    steps = [int(cell) for cell in cells]
    return all(one < other for one, other in pairwise(steps))


def _ask(name: str) -> str:
    return f"Add a first line with the names, or name it as “{name}#{NO_HEADER}”."


def _columns(many: int) -> str:
    return "1 column" if many == 1 else f"{many:,} columns"


def _named(
    named: Sequence[str], name: str
) -> tuple[tuple[str, ...], tuple[int, ...], tuple[str, ...]]:
    """A name for every column: ours where there is none, numbered where it stands twice."""
    spare = tuple(place for place, one in enumerate(named) if not one)
    if len(named) > 1 and 2 * len(spare) >= len(named):
        return sound(tuple(named), name), (), ()
    many = Counter(one for one in named if one)
    seen: Counter[str] = Counter()
    taken = {one for one, times in many.items() if times == 1}
    columns = []
    for place, one in enumerate(named, start=1):
        seen[one] += 1
        wanted = one if many[one] == 1 else f"{one} ({seen[one]})" if one else f"column {place}"
        while wanted in taken and many[one] != 1:
            wanted += "'"
        taken.add(wanted)
        columns.append(wanted)
    twice = [one for one, times in many.items() if times > 1]
    return sound(tuple(columns), name), spare, tuple(_twice(one, many[one]) for one in twice)


def _twice(one: str, times: int) -> str:
    return f'The name "{one}" stands over {times:,} columns: they are called "{one} (1)" and so on.'


def _refuse_two_lines(
    columns: Sequence[str], spare: Sequence[int], below: Sequence[Row], name: str
) -> None:
    """Refuse names that stand in two lines, when some are missing and the next row is words."""
    used = any(row[place].strip() for row in below for place in spare if place < len(row))
    if not used or len(below) < 3:
        return
    places = [p for p in range(len(columns)) if _kind(below[1:], p)]
    second = [below[0][p].strip() for p in places if p < len(below[0])]
    if any(second) and not any(kind.fullmatch(one) for kind in _KINDS for one in second):
        what = "The names of the columns seem to stand in two lines."
        raise refuse(f"{name}, header", what, "Put each name into one line, and export it again.")


def sound(columns: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The column names, or a refusal that tells everything wrong with them at once."""
    if len(columns) > limits.MOST_COLUMNS:
        what = f"It has {len(columns):,} columns; {limits.MOST_COLUMNS} can be read."
        cure = "Leave out what the campaign does not use."
        raise refuse(name, what, f"{cure} Or raise MOST_COLUMNS in checks/intake/limits.py.")
    problems = list(_unsound(columns, f"{name}, header"))
    if problems:
        raise Refused(problems)
    return columns


def _unsound(columns: tuple[str, ...], where: str) -> Iterator[Problem]:
    places: dict[str, list[str]] = {}
    for number, column in enumerate(columns, start=1):
        places.setdefault(column, []).append(f"{number:,}")
        if len(column) > limits.LONGEST_NAME:
            what = f"The name of column {number:,} has {len(column):,} letters."
            yield Problem(where=where, what=what, cure="Check that the first line is a header.")
    for column, numbers in places.items():
        which = ", ".join(numbers[: limits.SHOWN_LINES])
        more = "" if len(numbers) <= limits.SHOWN_LINES else ", …"
        many = f"{len(numbers):,} column{'s' if len(numbers) > 1 else ''} ({which}{more})"
        if not column:
            what = f"There {'are' if len(numbers) > 1 else 'is'} {many} without a name."
            yield Problem(where=where, what=what, cure="Name what you use; take out the rest.")
        elif len(numbers) > 1:
            what = f'The name "{column}" stands over {many}.'
            yield Problem(where=where, what=what, cure="Give each column a name of its own.")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f'"{name}"' for name in names[: limits.SHOWN_LINES])
    return shown if len(names) <= limits.SHOWN_LINES else f"{shown} and {len(names) - 5:,} more"
