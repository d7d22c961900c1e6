"""Small numbers about people's attributes are withheld, so that nobody can be worked out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

Cell = tuple[int, int]


def shown(count: int, below: int) -> int | None:
    """A count by itself: withheld from one up to but not including `below`.

    >>> shown(0, 5), shown(4, 5), shown(5, 5)
    (0, None, 5)
    """
    return None if 0 < count < below else count


def withhold(
    table: Sequence[Sequence[int]], below: int, also: Collection[Cell] = ()
) -> list[list[int | None]]:
    """The table with its small numbers withheld, and others with them.

    Readers know the totals of rows and columns: where one number is hidden, others in its line
    are too, the smallest first, until at least two are and together they make `below` or more.
    `also` are places that have to be withheld for another reason.

    >>> withhold([[2, 40, 9]], 5)
    [[None, 40, None]]
    """
    hidden = {
        (row, column)
        for row, line in enumerate(table)
        for column, count in enumerate(line)
        if 0 < count < below or (row, column) in also
    }
    lines = _lines(table)
    while more := {cell for line in lines if (cell := _next(table, line, hidden, below))}:
        hidden |= more
    return [
        [None if (row, column) in hidden else count for column, count in enumerate(line)]
        for row, line in enumerate(table)
    ]


def _lines(table: Sequence[Sequence[int]]) -> list[list[Cell]]:
    """Every row, and every column, as the places of its numbers."""
    rows = [[(row, column) for column in range(len(line))] for row, line in enumerate(table)]
    return rows + [list(column) for column in zip(*rows, strict=True)]


def _next(
    table: Sequence[Sequence[int]], line: list[Cell], hidden: set[Cell], below: int
) -> Cell | None:
    """The next number of this line that has to be withheld; None when it is safe."""
    gone = [cell for cell in line if cell in hidden]
    enough = len(gone) > 1 and sum(table[row][column] for row, column in gone) >= below
    left = [cell for cell in line if cell not in hidden]
    if not gone or enough or not left:
        return None
    return min(left, key=lambda cell: (table[cell[0]][cell[1]] == 0, table[cell[0]][cell[1]], cell))
