"""Evidence as it is drawn on paper: labels, lengths and scales, ready for the template.

One function a kind. Lengths are shares of the drawing's width, 0 to 1; the template draws them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from checks.evidence import (
    Breakdown,
    Cell,
    Distribution,
    Evidence,
    Line,
    Matrix,
    Points,
    Rate,
    Ratio,
    Table,
    Waterfall,
    people,
)

Drawing = dict[str, Any]
"""Plain data for one figure; `kind` names the Typst function that draws it."""

LONGEST_TABLE = 32
"""Rows of a table that are printed; the rest stands in the attached record."""
LONGEST_COLUMN = 8
"""Rows of a narrow table, after which it goes on in a second column beside the first."""
WIDEST_MATRIX = 9
"""Columns of a matrix side by side; wider ones continue below."""


def drawings(evidence: Sequence[Evidence]) -> tuple[Drawing, ...]:
    """The drawings of one finding: its rates together, its ratios together, then each by itself."""
    return tuple(
        drawing
        for kind, alike in groupby(evidence, key=lambda one: one.kind)
        for drawing in _alike(kind, tuple(alike))
    )


def scale(highest: float, *, whole: bool = False) -> tuple[float, tuple[float, ...]]:
    """The end of an axis and its ticks, for values from 0 to `highest`.

    >>> scale(0.37)
    (0.4, (0.0, 0.1, 0.2, 0.3, 0.4))
    """
    if highest <= 0:
        return 1.0, (0.0, 1.0)
    rough = highest / 4
    magnitude = 10.0 ** math.floor(math.log10(rough))
    steps = (m * magnitude for m in (1, 2, 2.5, 5, 10))
    step = next(step for step in steps if step >= rough * 0.999)
    if whole:
        step = max(1.0, math.ceil(step))
    count = max(1, math.ceil(highest / step - 1e-9))
    return round(count * step, 10), tuple(round(k * step, 10) for k in range(count + 1))


def _alike(kind: str, evidence: Sequence[Evidence]) -> Iterator[Drawing]:
    if kind == "rate":
        yield _rates([one for one in evidence if isinstance(one, Rate)])
    elif kind == "ratio":
        yield _ratios([one for one in evidence if isinstance(one, Ratio)])
    else:
        for one in evidence:
            yield from _single(one)


def _single(evidence: Evidence) -> tuple[Drawing, ...]:  # noqa: PLR0911 — one case a kind
    match evidence:
        case Waterfall():
            return (_waterfall(evidence),)
        case Distribution():
            return (_distribution(evidence),)
        case Matrix():
            return tuple(_matrices(evidence))
        case Breakdown():
            return (_breakdown(evidence),)
        case Points():
            return (_points(evidence),)
        case Table():
            return (_table(evidence),)
        case Rate():
            return (_rates([evidence]),)
        case Ratio():
            return (_ratios([evidence]),)


def hundred(share: float) -> str:
    """A share as so many of 100, with a decimal where it would otherwise read as none or all.

    >>> hundred(0.372), hundred(0.004), hundred(0)
    ('37', '0.4', '0')
    """
    if 0 < share < 0.01 or 0.99 < share < 1:
        return f"{100 * share:.1f}"
    return f"{100 * share:.0f}"


def _rates(rates: Sequence[Rate]) -> Drawing:
    shares = [max(rate.value or 0, rate.high or 0) for rate in rates]
    end, ticks = scale(max([*shares, 0.01]))
    end = min(end, 1.0)
    return {
        "kind": "rates",
        "alt": " ".join(rate.alt for rate in rates),
        "ticks": [_tick(tick / end, f"{100 * tick:g}") for tick in ticks if tick <= end],
        "axis": "of 100 people",
        "ranged": any(rate.low is not None for rate in rates),
        "rows": [_rate(rate, end) for rate in rates],
    }


def _rate(rate: Rate, end: float) -> Drawing:
    ranged = rate.low is not None and rate.high is not None
    between = f"between {hundred(rate.low or 0)} and {hundred(rate.high or 0)} of 100"
    return {
        "label": rate.group,
        "value": _along(rate.value, end),
        "low": _along(rate.low, end),
        "high": _along(rate.high, end),
        "unsure": rate.unsure,
        "nobody": rate.of == 0,
        "text": rate.counted,
        "range": between if ranged else "",
    }


def _ratios(ratios: Sequence[Ratio]) -> Drawing:
    values = [v for r in ratios for v in (r.value, r.high, r.floor, 1.0) if v is not None]
    end, ticks = scale(min(max(values), 4.0))
    return {
        "kind": "ratios",
        "alt": " ".join(ratio.alt for ratio in ratios),
        "ticks": [_tick(tick / end, f"{tick:g}") for tick in ticks],
        "one": 1.0 / end,
        "rows": [_ratio(ratio, end) for ratio in ratios],
    }


def _ratio(ratio: Ratio, end: float) -> Drawing:
    did = "chosen" if ratio.side == "on" else "left out"
    said = "cannot be compared" if ratio.value is None else f"{ratio.value:.2f} times as often"
    low, high = ratio.low, ratio.high
    between = f"between {low:.2f} and {high:.2f}" if low is not None and high is not None else ""
    return {
        "label": f"{ratio.group}, {did}, against {ratio.reference}",
        "value": _along(ratio.value, end),
        "low": _along(low, end),
        "high": _along(high, end),
        "beyond": high is not None and high > end,
        "floor": _along(ratio.floor, end),
        "limit": f"limit {ratio.floor:.2f}",
        "text": said,
        "range": between,
        "literal": _literal(ratio),
    }


def _literal(ratio: Ratio) -> str:
    if ratio.literal is None or ratio.literal_reference in {"", ratio.reference}:
        return ""
    return f"{ratio.literal:.2f} against the highest rate ({ratio.literal_reference})"


def _waterfall(waterfall: Waterfall) -> Drawing:
    out = [step for step in waterfall.steps if step.meaning != "stays" and step.people]
    nobody = [step.label for step in waterfall.steps if not step.people]
    lost = waterfall.total - waterfall.stays
    end = max((step.people for step in out), default=1)
    total = max(waterfall.total, 1)
    return {
        "kind": "waterfall",
        "title": waterfall.title,
        "alt": waterfall.alt,
        "total": f"{waterfall.total:,}",
        "stays": f"{waterfall.stays:,}",
        "lost": f"{lost:,}",
        "times": f"{total / end:,.0f}" if total / end >= 1.5 else "",
        "strip": [
            {"share": count / total, "meaning": meaning}
            for meaning in ("stays", "said_no", "not_covered")
            if (count := sum(one.people for one in waterfall.steps if one.meaning == meaning))
        ],
        "rows": [
            {
                "label": step.label,
                "value": step.people / end,
                "text": f"{step.people:,}",
                "meaning": step.meaning,
            }
            for step in out
        ],
        "nobody": "; ".join(nobody),
    }


def _distribution(distribution: Distribution) -> Drawing:
    bins = distribution.bins
    end, ticks = scale(max((b.people or 0 for b in bins), default=1), whole=True)
    every = max(1, math.ceil(len(bins) / 12))
    return {
        "kind": "distribution",
        "title": distribution.title,
        "alt": distribution.alt,
        "says": distribution.says,
        "unit": distribution.unit,
        "ticks": [_tick(tick / end, f"{tick:,.0f}") for tick in ticks],
        "bars": [None if b.people is None else b.people / end for b in bins],
        "edges": [_tick(k / len(bins), _edge(b.low)) for k, b in enumerate(bins) if not k % every],
        "lines": [
            {"at": _place(line.at, distribution), "name": _named(line)}
            for line in distribution.lines
        ],
    }


def _named(line: Line) -> str:
    """A limit with its number, unless its name says it already."""
    number = f"{line.at:g}"
    return line.name if number in line.name.split() else f"{line.name}: {number}"


def _place(at: float, distribution: Distribution) -> float:
    bins = distribution.bins
    for number, one in enumerate(bins):
        if at < one.high:
            width = one.high - one.low
            inside = (at - one.low) / width if math.isfinite(width) and width else 0.0
            return min(1.0, max(0.0, (number + max(0.0, inside)) / len(bins)))
    return 1.0


def _matrices(matrix: Matrix) -> Iterator[Drawing]:
    cells = {(cell.row, cell.column): cell for cell in matrix.cells}
    highest = max([*(cell.share or 0.0 for cell in matrix.cells), 0.0001])
    for start in range(0, len(matrix.columns), WIDEST_MATRIX):
        columns = matrix.columns[start : start + WIDEST_MATRIX]
        rows = []
        for row in matrix.rows:
            drawn = [_crossed(cells.get((row, column)), highest) for column in columns]
            rows.append({"label": row, "cells": drawn})
        yield {
            "kind": "matrix",
            "title": matrix.title,
            "alt": matrix.alt,
            "says": matrix.says,
            "columns": list(columns),
            "rows": rows,
            "hidden": people(None),
            "measure": matrix.measure,
        }


def _crossed(cell: Cell | None, highest: float) -> Drawing:
    if cell is None:
        return {"shade": None, "share": "", "of": "", "verdict": "not_applicable", "nobody": True}
    share = cell.share
    printed = f"{cell.value:.2f}" if cell.value is not None else hundred(share or 0.0)
    return {
        "shade": None if share is None else share / highest,
        "share": "" if share is None else printed,
        "of": "" if cell.value is not None else people(cell.of),
        "verdict": cell.verdict,
        "nobody": cell.of == 0,
    }


def _breakdown(breakdown: Breakdown) -> Drawing:
    """Each part begins where the last one ended; what is not shown fills what is left."""
    total = breakdown.total or 1
    rest = total - sum(part.people or 0 for part in breakdown.parts)
    rows, before = [], 0
    for part in sorted(breakdown.parts, key=lambda part: part.people is None):
        hidden = part.people is None
        rows.append(
            {
                "label": part.name,
                "start": before / total,
                "value": rest / total if hidden else (part.people or 0) / total,
                "hidden": hidden,
                "text": people(part.people),
            }
        )
        before += part.people or 0
    return {
        "kind": "breakdown",
        "title": breakdown.title,
        "alt": breakdown.alt,
        "by": breakdown.by,
        "total": f"{breakdown.total:,}",
        "rows": rows,
    }


def _points(points: Points) -> Drawing:
    across = ends([point.x for point in points.points])
    heights = [*(point.y for point in points.points), *(line.at for line in points.limits)]
    up = ends(heights)
    return {
        "kind": "points",
        "title": points.title,
        "alt": points.alt,
        "says": points.says,
        "x": points.x,
        "y": points.y,
        "joined": points.joined,
        "marks": points.marks if any(point.marked for point in points.points) else "",
        "limits": [{"at": _between(line.at, up), "name": _named(line)} for line in points.limits],
        "across": [_tick(_between(tick, across), f"{tick:g}") for tick in across[2]],
        "up": [_tick(_between(tick, up), f"{tick:g}") for tick in up[2]],
        "points": [
            {
                "name": point.name,
                "x": _between(point.x, across),
                "y": _between(point.y, up),
                "marked": point.marked,
                "text": f"{point.x:g}, {point.y:g}",
            }
            for point in points.points
        ],
    }


Ends = tuple[float, float, tuple[float, ...]]
"""The low and the high end of a scale, and its ticks."""


def ends(values: Sequence[float]) -> Ends:
    """A scale that holds nought and all of these, with round ticks.

    >>> ends([3.0, 8.0]), ends([-1.0, 4.0])
    ((0.0, 8.0, (0.0, 2.0, 4.0, 6.0, 8.0)), (-1.0, 4.0, (-1.0, 0.0, 1.0, 2.0, 3.0, 4.0)))
    """
    most, least = max([*values, 0.0]), min([*values, 0.0])
    high, ticks = scale(max(most, -least, 1e-9))
    if least >= 0:
        return 0.0, high, ticks
    step = ticks[1] - ticks[0]
    below = [round(-step * k, 10) for k in range(1, math.ceil(-least / step - 1e-9) + 1)]
    above = [tick for tick in ticks if tick < most + step]
    return below[-1], above[-1], (*reversed(below), *above)


def _between(value: float, scaled: Ends) -> float:
    low, high, _ = scaled
    return min(1.0, max(0.0, (value - low) / ((high - low) or 1.0)))


def _table(table: Table) -> Drawing:
    rest = len(table.rows) - LONGEST_TABLE
    narrow = len(table.columns) <= 3 and len(table.rows) > LONGEST_COLUMN
    return {
        "kind": "table",
        "title": table.title,
        "alt": table.alt,
        "columns": list(table.columns),
        "numbers": [_numeric(table, at) for at in range(len(table.columns))],
        "rows": [[_cell(cell) for cell in row] for row in table.rows[:LONGEST_TABLE]],
        "halves": narrow,
        "rest": f"{rest:,} more rows stand in the attached record." if rest > 0 else "",
    }


def _numeric(table: Table, at: int) -> bool:
    return any(isinstance(row[at], int) for row in table.rows) and not any(
        isinstance(row[at], str) for row in table.rows
    )


def _cell(cell: str | int | None) -> str:
    return cell if isinstance(cell, str) else people(cell)


def _edge(value: float) -> str:
    return f"{value:g}"


def _tick(at: float, name: str) -> Drawing:
    return {"at": min(at, 1.0), "name": name}


def _along(value: float | None, end: float) -> float | None:
    return None if value is None else min(value / end, 1.0)
