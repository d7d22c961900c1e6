"""One file, laid out in the database: what every later step of intake works on."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from checks.intake import limits
from checks.refusal import Refused, refuse

BLANKS = " || ".join(f"chr({ord(sign)})" for sign in " \t\r\n\u00a0\ufeff")
"""Signs that are taken off around a value, as SQL."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Staged:
    """One file, laid out in the loader as a view whose columns are all words."""

    name: str
    view: str
    bytes: int
    rows: int
    names: tuple[str, ...]
    """Of all columns of the file."""
    columns: Mapping[str, str]
    """The expression of each column, by its name in the file."""
    repairs: tuple[str, ...]
    sha256: str = ""
    """Of the file as it came; set once it is known whose it is."""
    label: str = ""
    """What the campaign file calls it, where each file is a status of its own."""
    semicolons: bool = False
    """Whether semicolons tell its cells apart, as where commas stand in numbers."""
    sample: str = ""
    """A table of some of its rows, taken from everywhere; empty where the view is cheap to ask."""
    filled: Mapping[str, int] = field(default_factory=dict)
    """By expression of a cell: how many are not empty, as the bytes say; none where not counted."""

    left_out: tuple[int, ...] = ()
    """Rows of the file that are not in the view, counted from 1 below the header."""
    trim: bool = False
    """Whether no counted cell has blanks around what it holds, as the bytes say."""

    def has(self, column: str) -> bool:
        """Whether the file has a column of this name."""
        return named(column) in self.columns

    def cell(self, column: str) -> str:
        """The expression of a column that the file has."""
        return self.columns[named(column)]

    def padded(self, column: str) -> bool:
        """Whether a value of a column may have blanks around it, as far as is known."""
        return not (self.trim and self.cell(column) in self.filled)


def named(column: str) -> str:
    """A column's name as it is compared."""
    return unicodedata.normalize("NFC", column.strip())


def not_whole(name: str, rows: int | None = None, counted: int | None = None) -> Refused:
    """The refusal of a file that was not read whole."""
    if rows is None or counted is None:
        return refuse(name, "It cannot be read.", "Export it again, as CSV or Parquet.")
    what = f"It was not loaded: {rows:,} of {counted:,} rows could be read."
    return refuse(name, what, "Export it again, with quotes around text.")


def listed(names: Sequence[str]) -> str:
    """The first names of a list, and how many more there are."""
    shown = ", ".join(f'"{name}"' for name in names[: limits.SHOWN_LINES])
    more = len(names) - limits.SHOWN_LINES
    return shown if more <= 0 else f"{shown} and {more:,} more"
