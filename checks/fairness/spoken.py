"""What groups are called where they are drawn: words before codes, and the code beside them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from checks.evidence import Cell, Evidence, Matrix, Rate, Ratio
from checks.fairness.groups import MEN, SEX, WOMEN
from checks.finding import Finding

CODE = 2
"""A group's name of no more letters says nothing by itself."""
Naming = Callable[[str], str]


def spoken(attribute: str, group: str) -> str:
    """A group where its attribute does not stand beside it.

    >>> spoken("gender", "m"), spoken("gender", "x"), spoken("age", "45 to 54")
    ('men (m)', 'gender x', 'age 45 to 54')
    """
    what, word = attribute.replace("_", " "), group.strip().casefold()
    for noun, words in (("women", WOMEN), ("men", MEN)):
        if what.casefold() in SEX and word in words:
            return noun if word == noun else f"{noun} ({group})"
    return f"{what} {group}"


def worded(finding: Finding) -> tuple[Evidence, ...]:
    """The evidence of a finding as it is drawn: women and men by name, a bare code with its field.

    The evidence on record keeps the words of the data.
    """
    parts = [one.strip() for one in re.split(r"[:×]", finding.subject)]
    names = [_naming(part) for part in parts if part.casefold() in SEX]
    if not names:
        return finding.evidence
    return tuple(_worded(one, names[0], crossed="×" in finding.subject) for one in finding.evidence)


def _naming(attribute: str) -> Naming:
    def name(group: str) -> str:
        known = group.strip().casefold() in WOMEN | MEN
        return spoken(attribute, group) if known or len(group) <= CODE else group

    return name


def _worded(one: Evidence, name: Naming, *, crossed: bool) -> Evidence:
    match one:
        case Rate():
            return replace(one, group=name(one.group))
        case Ratio():
            literal = name(one.literal_reference) if one.literal_reference else ""
            return replace(
                one,
                group=name(one.group),
                reference=name(one.reference),
                literal_reference=literal,
            )
        case Matrix():
            return _matrix(one, name, crossed=crossed)
        case _:
            return one


def _matrix(one: Matrix, name: Naming, *, crossed: bool) -> Matrix:
    """The columns are groups; the rows are only where two attributes are crossed."""
    row: Naming = name if crossed else str
    return replace(
        one,
        rows=tuple(row(each) for each in one.rows),
        columns=tuple(name(each) for each in one.columns),
        cells=tuple(_cell(each, row, name) for each in one.cells),
    )


def _cell(one: Cell, row: Naming, column: Naming) -> Cell:
    return replace(one, row=row(one.row), column=column(one.column))
