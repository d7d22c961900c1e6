"""What groups get, as a table: offers, messages or values by group, with small numbers withheld."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from checks.case import Case
from checks.conditions import Condition
from checks.evidence import Cell, Matrix
from checks.fairness.association import Counts, residuals
from checks.small_cells.cells import withheld_groups
from checks.small_cells.withholding import withhold

ODD = 2.0
"""From this adjusted residual on a cell holds more or fewer people than chance would put there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Crosstab:
    """People by what they get (rows) and by group (columns); the unknown are left out."""

    attribute: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    people: Counts
    withheld: frozenset[str]
    """Groups whose numbers are withheld elsewhere: none of theirs is shown here."""

    def matrix(self, title: str, below: int, says: str, measure: str = "") -> Matrix:
        """The table as evidence: of each group, how many get what; `measure` says it of a tile."""
        gone = [at for at, column in enumerate(self.columns) if column in self.withheld]
        places = [(y, x) for y in range(len(self.rows)) for x in gone]
        shown = withhold(self.people.tolist(), below, places)
        sizes = self.people.sum(axis=0)
        odd = np.abs(residuals(self.people)) >= ODD
        return Matrix(
            title=title,
            rows=self.rows,
            columns=self.columns,
            cells=tuple(
                Cell(
                    row=row,
                    column=column,
                    yes=shown[y][x],
                    of=None if shown[y][x] is None else int(sizes[x]),
                    verdict="ask" if odd[y, x] else "clear",
                )
                for y, row in enumerate(self.rows)
                for x, column in enumerate(self.columns)
            ),
            says=says,
            measure=measure,
        )


def crosstab(
    case: Case,
    attribute: str,
    fact: str,
    where: Condition,
    called: Mapping[str, str | None] | None = None,
) -> Crosstab:
    """Count a fact by an attribute's groups; `called` says what its values stand for."""
    found: Counter[tuple[str, str]] = Counter()
    for count in case.audience.count(fact, f"attribute.{attribute}", where=where):
        value, group = count.values
        means = value if called is None else called.get(value or "")
        if means is not None and group is not None:
            found[str(means), group] += count.people
    rows = tuple(dict.fromkeys(row for row, _ in found))
    columns = tuple(c for c in case.audience.groups(attribute) if any(o == c for _, o in found))
    people = np.array([[found[row, column] for column in columns] for row in rows], dtype=np.int64)
    return Crosstab(
        attribute=attribute,
        rows=rows,
        columns=columns,
        people=people.reshape(len(rows), len(columns)),
        withheld=withheld_groups(case, attribute),
    )
