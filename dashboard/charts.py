"""One function for each kind of evidence: numbers in, a Plotly figure out.

A chart judges nothing. It draws what the evidence says, its limits named, and never by colour
alone. What it shows stands as a sentence in the evidence itself (`alt`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import plotly.graph_objects as go

from checks.evidence import (
    Breakdown,
    Cell,
    Distribution,
    Evidence,
    Matrix,
    Points,
    Rate,
    Ratio,
    Table,
    Waterfall,
    people,
)
from checks.finding import Verdict
from checks.run import SegmentSummary
from dashboard import looks
from dashboard.rates import rates, share
from dashboard.sheet import (
    LINE,
    MOST_ROWS,
    SIZE,
    THICK,
    Sheet,
    folded,
    opened,
    paint,
    safe,
)

SEGMENT_ROWS = 4
"""How many groups a segment shows: those in which it differs most."""

ROOM = 8
"""Pixels between a bar and the label of the next."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A chart and what it shows in words."""

    figure: go.Figure
    alt: str

    @property
    def marks(self) -> int:
        """How many marks it has besides lines."""
        return len(self.figure.data)


def pictures(evidence: Sequence[Evidence]) -> Iterator[Picture]:
    """The charts of a finding in their order; rates and ratios that follow each other are one."""
    for compared, run in groupby(evidence, key=lambda one: isinstance(one, Rate | Ratio)):
        kept = tuple(run)
        if compared:
            shares = [one for one in kept if isinstance(one, Rate)]
            ratios = [one for one in kept if isinstance(one, Ratio)]
            if shares:
                yield Picture(figure=rates(shares, ratios), alt=" ".join(e.alt for e in kept))
            continue
        for one in kept:
            if (drawn := _figure(one)) is not None:
                yield Picture(figure=drawn, alt=one.alt)


def lead(drawn: Sequence[Picture]) -> int:
    """Which picture speaks for the finding: the first that shows more than one bar."""
    return next((at for at, one in enumerate(drawn) if one.marks > 1), 0)


def _figure(one: Evidence) -> go.Figure | None:
    match one:
        case Waterfall():
            return waterfall(one)
        case Distribution():
            return distribution(one)
        case Matrix():
            return matrix(one)
        case Breakdown():
            return breakdown(one)
        case Points():
            return points(one)
        case Rate() | Ratio() | Table():
            return None


# The list, and who drops out of it


def waterfall(one: Waterfall) -> go.Figure:
    """The whole list as one strip; below it, drawn larger, the people who drop out."""
    sheet = Sheet()
    out = [step for step in one.steps if step.meaning != "stays" and step.people]
    lost = sum(step.people for step in out)
    sheet.words("Stay on the list: ", f"{one.stays:,} of {one.total:,}")
    _strip(sheet, one)
    if not out:
        return sheet.done()
    widest = max(step.people for step in out)
    larger = ", drawn larger here" if widest < 0.9 * one.total else ""
    sheet.down(14)
    sheet.words(f"Drop out{larger}: ", f"{lost:,}")
    for step in out:
        sheet.down(ROOM)
        sheet.words(f"{step.label}: ", f"{step.people:,}")
        sheet.bar(0, 0.96 * step.people / widest, _drop(step.meaning))
        sheet.down(THICK)
    return sheet.done()


def _strip(sheet: Sheet, one: Waterfall) -> None:
    start = 0.0
    for meaning in ("stays", "said_no", "not_covered"):
        length = sum(s.people for s in one.steps if s.meaning == meaning) / (one.total or 1)
        if length:
            sheet.bar(start, length, _drop(meaning), THICK + 3)
        start += length
    sheet.down(THICK + 3)


def _drop(meaning: str) -> dict[str, object]:
    if meaning == "stays":
        return paint(looks.CALM)
    return paint(looks.FAILS) if meaning == "said_no" else paint(looks.UNSURE, "/")


# How many people have how much


def distribution(one: Distribution) -> go.Figure:
    """One bar a step, from few to many; each limit is a line across, where it falls."""
    sheet = Sheet()
    widest = max((b.people or 0 for b in one.bins), default=0) or 1
    waiting = sorted(one.lines, key=lambda line: line.at)
    for step in one.bins:
        while waiting and step.low >= waiting[0].at:
            _across(sheet, waiting.pop(0).name)
        sheet.down(ROOM)
        sheet.words(f"{span(step.low, step.high)} {one.unit}: ", people(step.people))
        _amount(sheet, step.people, widest)
    for line in waiting:
        _across(sheet, line.name)
    return sheet.done()


def span(low: float, high: float) -> str:
    """The values of a bar in words.

    >>> span(0, 1), span(3, 6), span(6, float("inf")), span(0.5, 1.5)
    ('0', '3 to 5', '6 or more', '0.5 to 1.5')
    """
    if math.isinf(high):
        return f"{low:g} or more"
    if float(low).is_integer() and float(high).is_integer():
        return f"{low:g}" if high - low <= 1 else f"{low:g} to {high - 1:g}"
    return f"{low:g} to {high:g}"


def _across(sheet: Sheet, name: str) -> None:
    sheet.down(5)
    sheet.line((0, 1), (sheet.at, sheet.at), looks.INK, 1.5, "4px,4px")
    sheet.down(2)
    lines = folded(name)
    sheet.label("<br>".join(f"<i>{safe(line)}</i>" for line in lines), 1, sheet.at, xanchor="right")
    sheet.down(LINE * len(lines) - 8)


def _amount(sheet: Sheet, count: int | None, widest: int) -> None:
    if count is None:
        sheet.bar(0, 0.02, paint(looks.UNSURE, "/"))
    elif count:
        sheet.bar(0, max(0.004, 0.96 * count / widest), paint(looks.ACCENT))
    else:
        sheet.rule(sheet.at + THICK / 2)
    sheet.down(THICK)


# Two lists of groups, crossed

TILE = 46


def matrix(one: Matrix) -> go.Figure:
    """A tile for each crossing: its share, and a bar in the colour and pattern of its verdict."""
    sheet, cells = Sheet(), {(cell.row, cell.column): cell for cell in one.cells}
    count = max(1, len(one.columns))
    step, widest = 1 / count, max((_value(c) or 0.0 for c in one.cells), default=0.0) or 1.0
    letters = max(6, 40 // count)
    hidden = any(cell.yes is None for cell in one.cells)
    sheet.words(f"Of every 100 people{' (– is not shown)' if hidden else ''}:")
    sheet.down(2)
    heads = [folded(column, letters) for column in one.columns]
    for n, head in enumerate(heads):
        text = "<br>".join(f"<b>{safe(line)}</b>" for line in head)
        sheet.label(text, n * step, sheet.at, font={"size": 13, "color": looks.INK})
    sheet.down(17 * max((len(head) for head in heads), default=1) + 6)
    for row in one.rows:
        sheet.rule()
        sheet.down(4)
        sheet.words(opened(row))
        for n, column in enumerate(one.columns):
            if (cell := cells.get((row, column))) is not None:
                _tile(sheet, cell, n * step, step, widest)
        sheet.down(TILE - 6)
    return sheet.done()


def _value(cell: Cell) -> float | None:
    return cell.yes / cell.of if cell.yes is not None and cell.of else None


def _tile(sheet: Sheet, cell: Cell, left: float, step: float, widest: float) -> None:
    value = _value(cell)
    text = "–"
    if value is not None:
        text = f"{value * 100:.0f}" if value >= 0.01 or not value else f"{value * 100:.1f}"
    sheet.label(f"<b>{text}</b>", left, sheet.at)
    look = looks.LOOKS[Verdict(cell.verdict)]
    here = sheet.at
    sheet.at = here + SIZE + 6
    length = step * 0.9 * (0.15 if value is None else max(0.03, value / widest))
    sheet.bar(left, length, paint(look.paint, look.pattern), 9)
    sheet.at = here


# A whole and its parts


def breakdown(one: Breakdown) -> go.Figure:
    """One bar a part on the scale of the largest; segments by size, all else as it was counted."""
    sheet = Sheet()
    parts = list(one.parts)
    if one.by == "segment":
        parts.sort(key=lambda part: -(part.people or 0))
    widest = max((part.people or 0 for part in parts), default=0) or 1
    sheet.words(f"{one.title}: ", f"{one.total:,}")
    for part in parts[:MOST_ROWS]:
        sheet.down(ROOM)
        sheet.words(f"{opened(part.name)}: ", people(part.people))
        _amount(sheet, part.people, widest)
    if len(parts) > MOST_ROWS:
        sheet.down(4)
        sheet.words(f"{len(parts) - MOST_ROWS} more parts are in the table.")
    return sheet.done()


# Named points


def points(one: Points) -> go.Figure:
    """Named points on two named scales, each with its name above it."""
    sheet = Sheet()
    sheet.words(f"Up: {one.y}")
    top, tall = sheet.at + LINE, 240
    xs, ys = [p.x for p in one.points], [p.y for p in one.points]
    for point in one.points:
        x, y = 0.04 + 0.92 * _along(point.x, xs), top + tall * (1 - _along(point.y, ys))
        sheet.mark(
            type="scatter", x=[x], y=[y], mode="markers", marker={"size": 11, "color": looks.ACCENT}
        )
        anchor = "left" if x < 0.35 else "right" if x > 0.65 else "center"
        sheet.label(safe(point.name), x, y - 8, xanchor=anchor, yanchor="bottom")
    sheet.at = top + tall + 12
    sheet.rule()
    sheet.down(4)
    sheet.words(f"To the right: {one.x}")
    return sheet.done()


def _along(value: float, values: Sequence[float]) -> float:
    low, high = min(values), max(values)
    return (value - low) / (high - low) if high > low else 0.5


# A segment against the whole list


def makeup(segment: SegmentSummary, on_list: int) -> Picture:
    """Where a segment differs most from the list: its bar, and below it a thin one for the list."""
    rows = sorted(_differences(segment, on_list), key=lambda row: -abs(row[1] - row[2]))[
        :SEGMENT_ROWS
    ]
    widest = max((max(own, whole) for _, own, whole in rows), default=1.0) * 1.05 or 1.0
    sheet, sentences = Sheet(), []
    for name, own, whole in rows:
        sheet.words(f"{name}: ", share(own))
        sheet.bar(0, own / widest, paint(looks.ACCENT), 9)
        sheet.down(11)
        sheet.bar(0, whole / widest, paint(looks.NOT_FOR_US), 4)
        sheet.down(4 + ROOM)
        sentences.append(f"{name}: {share(own)} here, {share(whole)} on the whole list.")
    return Picture(figure=sheet.done(), alt=" ".join(sentences))


def _differences(segment: SegmentSummary, on_list: int) -> list[tuple[str, float, float]]:
    return [
        (
            f"{opened(part.attribute)} {part.group}",
            part.segment / segment.people,
            part.on_list / on_list,
        )
        for part in segment.makeup
        if part.segment is not None and part.on_list is not None and segment.people and on_list
    ]
