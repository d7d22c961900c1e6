"""One function for each kind of evidence: numbers in, a Plotly figure out.

A chart judges nothing. It draws what the evidence says, its limits named, and never by colour
alone. What it shows stands as a sentence in the evidence itself (`alt`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import groupby
from typing import NamedTuple

import plotly.graph_objects as go

from checks.evidence import (
    Breakdown,
    Cell,
    Distribution,
    Evidence,
    Matrix,
    Part,
    Points,
    Rate,
    Ratio,
    Table,
    Waterfall,
    people,
)
from checks.fairness.spoken import spoken
from checks.finding import Verdict
from checks.runs.run import SegmentSummary
from dashboard import looks
from dashboard.plots import curve, points
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


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A chart and what it shows in words; drawn when somebody looks at it."""

    draw: Callable[[], go.Figure]
    alt: str

    @cached_property
    def figure(self) -> go.Figure:
        """The chart itself."""
        return self.draw()

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
                drawn = partial(rates, shares, ratios)
                yield Picture(draw=drawn, alt=" ".join(e.alt for e in kept))
            continue
        for one in kept:
            if (draw := _drawing(one)) is not None:
                yield Picture(draw=draw, alt=one.alt)


def lead(drawn: Sequence[Picture]) -> int:
    """Which picture speaks for the finding: the first that shows more than one bar."""
    return next((at for at, one in enumerate(drawn) if one.marks > 1), 0)


def _drawing(one: Evidence) -> Callable[[], go.Figure] | None:
    match one:
        case Waterfall():
            return partial(waterfall, one)
        case Distribution():
            return partial(distribution, one)
        case Matrix():
            return partial(matrix, one)
        case Breakdown():
            return partial(breakdown, one)
        case Points():
            return partial(points, one)
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
    """One bar a step with each limit across, where it falls; of many steps a curve."""
    if len(one.bins) > MOST_ROWS:
        return curve(one)
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

TILE = 42
MOST_LINES = 14
"""Rows of tiles that a screen can hold."""
HEAT = 0.42
"""How strong the darkest tile is: the words on it stay readable in either theme."""


def matrix(one: Matrix) -> go.Figure:
    """A heat map: the darker the tile the larger its share; what cannot be told is hatched."""
    sheet, cells = Sheet(), {(cell.row, cell.column): cell for cell in one.cells}
    rows, columns = one.rows[:MOST_LINES], one.columns[:MOST_ROWS]
    step = 1 / max(1, len(columns))
    hidden = any(cell.share is None for cell in one.cells)
    what = one.measure or "Of every 100 people"
    sheet.words(f"{what}{' (hatched: too few, – is not shown)' if hidden else ''}:")
    sheet.down(2)
    _heads(sheet, columns, step)
    tiles = []
    for row in rows:
        sheet.words(opened(row))
        here = ((n * step, cells.get((row, column))) for n, column in enumerate(columns))
        tiles += [Tile(left, sheet.at, cell) for left, cell in here if cell is not None]
        sheet.down(TILE + 8)
    _tiles(sheet, tiles, step)
    if left := len(one.rows) * len(one.columns) - len(rows) * len(columns):
        sheet.words(f"{left} more are in the table.")
    return sheet.done()


def _heads(sheet: Sheet, columns: Sequence[str], step: float) -> None:
    heads = [folded(column, max(6, round(40 * step))) for column in columns]
    for n, head in enumerate(heads):
        text = "<br>".join(f"<b>{safe(line)}</b>" for line in head)
        sheet.label(text, n * step, sheet.at, font={"size": 13, "color": looks.INK})
    sheet.down(17 * max((len(head) for head in heads), default=1) + 4)


class Tile(NamedTuple):
    """One crossing, and where its tile begins."""

    left: float
    top: float
    cell: Cell

    @property
    def verdict(self) -> Verdict:
        """What its picture has to tell of it."""
        return Verdict.CANNOT_TELL if self.cell.share is None else Verdict(self.cell.verdict)


def _tiles(sheet: Sheet, tiles: Sequence[Tile], step: float) -> None:
    """All tiles: heat by share; a bar where one stands out, hatched where it cannot be told."""
    widest = max((one.cell.share or 0.0 for one in tiles), default=0.0) or 1.0
    sure = [one for one in tiles if one.verdict is not Verdict.CANNOT_TELL]
    heat = [round(HEAT * (one.cell.share or 0.0) / widest, 3) for one in sure]
    _bars(sheet, sure, step, TILE, {**paint(looks.ACCENT), "opacity": heat})
    for verdict in (*STANDS_OUT, Verdict.CANNOT_TELL):
        look, own = looks.LOOKS[verdict], [one for one in tiles if one.verdict is verdict]
        _bars(sheet, own, step, 8, paint(look.paint, look.pattern), foot=verdict in STANDS_OUT)
    sheet.mark(
        type="scatter",
        mode="text",
        x=[round(one.left + step * 0.06, 4) for one in tiles],
        y=[one.top + TILE / 2 for one in tiles],
        text=[f"<b>{_printed(one.cell)}</b>" for one in tiles],
        textposition="middle right",
        textfont={"color": looks.INK, "size": SIZE},
    )


def _bars(
    sheet: Sheet,
    tiles: Sequence[Tile],
    step: float,
    thick: float,
    fill: dict[str, object],
    *,
    foot: bool = False,
) -> None:
    """One bar a tile, all of one kind as one mark; at the foot of the tile, or from its top."""
    if tiles:
        middle = TILE - thick / 2 if foot else thick / 2
        sheet.mark(
            type="bar",
            x=[round(step * 0.96, 4)] * len(tiles),
            base=[round(one.left, 4) for one in tiles],
            y=[one.top + middle for one in tiles],
            width=thick,
            orientation="h",
            marker=fill,
        )


STANDS_OUT = (Verdict.BROKEN, Verdict.FAIL, Verdict.WATCH, Verdict.ASK)


def _printed(cell: Cell) -> str:
    if cell.share is None:
        return "–"
    if cell.value is not None:
        return f"{cell.value:.2f}"
    share = cell.share
    return f"{share * 100:.0f}" if share >= 0.01 or not share else f"{share * 100:.1f}"


# A whole and its parts


def breakdown(one: Breakdown) -> go.Figure:
    """One bar a part, each beginning where the last one ended: together they are the whole."""
    sheet, parts = Sheet(), _in_order(one)
    total, before = one.total or 1, 0
    sheet.words(f"{one.title}: ", f"{one.total:,}")
    sheet.bar(0, 1.0 if one.total else 0.0, {**paint(looks.ACCENT), "opacity": HEAT}, 6)
    sheet.down(6)
    for part in parts[:MOST_ROWS]:
        sheet.down(ROOM)
        sheet.words(f"{opened(part.name)}: ", people(part.people))
        if part.people is None:
            rest = total - sum(other.people or 0 for other in parts)
            sheet.bar(1 - rest / total, rest / total, paint(looks.UNSURE, "/"))
        elif part.people:
            start = min(before / total, 0.996)
            sheet.bar(start, max(0.004, part.people / total), paint(looks.ACCENT))
        else:
            sheet.rule(sheet.at + THICK / 2)
        before += part.people or 0
        sheet.down(THICK)
    if len(parts) > MOST_ROWS:
        sheet.down(4)
        sheet.words(f"{len(parts) - MOST_ROWS} more parts are in the table.")
    return sheet.done()


def _in_order(one: Breakdown) -> list[Part]:
    """Segments by size, all else as it was counted; what is not shown comes last."""
    parts = list(one.parts)
    if one.by == "segment":
        parts.sort(key=lambda part: -(part.people or 0))
    return sorted(parts, key=lambda part: part.people is None)


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
    return Picture(draw=sheet.done, alt=" ".join(sentences))


def _differences(segment: SegmentSummary, on_list: int) -> list[tuple[str, float, float]]:
    return [
        (
            opened(spoken(part.attribute, part.group)),
            part.segment / segment.people,
            part.on_list / on_list,
        )
        for part in segment.makeup
        if part.segment is not None and part.on_list is not None and segment.people and on_list
    ]
