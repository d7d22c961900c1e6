"""Pictures with two scales: amounts along a scale as a curve, and named points."""

from __future__ import annotations

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from checks.evidence import Bin, Distribution, Point, Points
from dashboard import looks
from dashboard.sheet import LINE, Sheet, folded, paint, safe

TALL = 190
"""Pixels from the lowest to the highest value."""
EDGES = 6
"""At most so many values are named along a scale, so that a phone can hold them."""
LETTER = 0.02
"""The share of a phone's width that a letter needs, to tell whether two names would meet."""


def curve(one: Distribution) -> go.Figure:
    """How many people along a scale: an area from step to step, its limits across it."""
    sheet = Sheet()
    most = max((step.people or 0 for step in one.bins), default=0) or 1
    sheet.words("At the highest: ", f"{most:,} people")
    _name_lines(sheet, one)
    top, count = sheet.at, len(one.bins)
    xs, ys = _outline(one.bins, most, top)
    area = {"type": "scatter", "x": xs, "y": ys, "mode": "lines", "hoverinfo": "skip"}
    sheet.mark(
        **area, fill="toself", fillcolor=looks.ACCENT, line={"width": 0}, opacity=0.3, name="area"
    )
    sheet.mark(**area, line={"width": 2, "color": looks.ACCENT}, name="edge")
    sheet.at = top + TALL - 14
    for at, step in enumerate(one.bins):
        if step.people is None:
            sheet.bar(at / count, 1 / count, paint(looks.UNSURE, "/"), 14)
    for line in one.lines:
        x = along(line.at, one.bins)
        sheet.line((x, x), (top - 4, top + TALL), looks.INK, 1.5, "4px,4px")
    sheet.at = top + TALL
    sheet.rule()
    sheet.down(3)
    _name_edges(sheet, one)
    return sheet.done()


def _outline(bins: Sequence[Bin], most: int, top: float) -> tuple[list[float], list[float]]:
    """The steps as a line from the ground up and down to it again."""
    foot, count = top + TALL, len(bins)
    xs, ys = [0.0], [foot]
    for at, step in enumerate(bins):
        height = foot - TALL * (step.people or 0) / most
        xs += [round(at / count, 4), round((at + 1) / count, 4)]
        ys += [round(height, 1)] * 2
    return [*xs, 1.0], [*ys, foot]


def along(value: float, bins: Sequence[Bin]) -> float:
    """Where a value lies among bars of one width each, 0 to 1."""
    for at, step in enumerate(bins):
        if value < step.high:
            wide = step.high - step.low
            inside = (value - step.low) / wide if math.isfinite(wide) and wide else 0.0
            return (at + max(0.0, inside)) / len(bins)
    return 1.0


def _name_lines(sheet: Sheet, one: Distribution) -> None:
    for line in one.lines:
        x = along(line.at, one.bins)
        anchor, lines = _side(x), folded(line.name, 30)
        text = "<br>".join(f"<i>{safe(part)}</i>" for part in lines)
        sheet.label(text, x, sheet.at, xanchor=anchor, align=anchor)
        sheet.down(LINE * len(lines))
    sheet.down(6)


def _name_edges(sheet: Sheet, one: Distribution) -> None:
    """Some values below the scale, and what they are."""
    count = len(one.bins)
    every = max(1, math.ceil(count / EDGES))
    room = 1 - len(one.unit) * LETTER - 0.06
    for at in (at for at in range(0, count, every) if at / count < room):
        anchor = "left" if not at else "center"
        sheet.label(f"{one.bins[at].low:g}", at / count, sheet.at, xanchor=anchor)
    sheet.label(safe(one.unit), 1, sheet.at, xanchor="right")
    sheet.down(LINE)


def points(one: Points) -> go.Figure:
    """Named points on two named scales; marked ones are crosses, values of one thing a curve."""
    sheet = Sheet()
    for part in folded(f"Up: {one.y}"):
        sheet.words(part)
    frame = _Frame(one, sheet.at + 2 * LINE)
    for limit in one.limits:
        y = frame.y(limit.at)
        sheet.line((0, 1), (y, y), looks.INK, 1.5, "4px,4px")
        sheet.label(
            f"<i>{safe(limit.name)}: {limit.at:g}</i>", 1, y, xanchor="right", yanchor="bottom"
        )
    if frame.ground is not None:
        sheet.rule(frame.ground)
    if one.joined:
        _curve_of(sheet, one, frame)
    else:
        for point, (x, y), label in _placed(one.points, frame):
            _mark(sheet, point, x, y, label)
    sheet.at = frame.top + TALL + 14
    sheet.rule()
    sheet.down(3)
    _name_scale(sheet, one, frame)
    if any(point.marked for point in one.points) and one.marks:
        sheet.words(f"✕ {one.marks}")
    return sheet.done()


class _Frame:
    """Two scales that hold every point and every limit; nought is on the upright one."""

    def __init__(self, one: Points, top: float) -> None:
        xs = [point.x for point in one.points] or [0.0]
        ys = [*(point.y for point in one.points), *(limit.at for limit in one.limits), 0.0]
        self.left, self.right = min(xs), max(xs)
        self._low, self._high = min(ys), max(ys)
        self.top = top

    def x(self, value: float) -> float:
        """From the left, 0 to 1."""
        wide = self.right - self.left
        return 0.04 + 0.92 * ((value - self.left) / wide if wide else 0.5)

    def y(self, value: float) -> float:
        """From the top, in pixels."""
        tall = self._high - self._low
        return self.top + TALL * (1 - ((value - self._low) / tall if tall else 0.5))

    @property
    def ground(self) -> float | None:
        """Where nought lies, if some values are below it."""
        return self.y(0.0) if self._low < 0 else None


def _curve_of(sheet: Sheet, one: Points, frame: _Frame) -> None:
    xs = [round(frame.x(point.x), 4) for point in one.points]
    ys = [round(frame.y(point.y), 1) for point in one.points]
    first, last = one.points[0], one.points[-1]
    sheet.label(f"{first.y:.2f}", xs[0], ys[0] - 8, yanchor="bottom")
    foot = {"yanchor": "top"} if last.y < first.y else {"yanchor": "bottom"}
    off = 8 if last.y < first.y else -8
    sheet.label(f"{last.y:.2f}", xs[-1], ys[-1] + off, xanchor="right", **foot)
    sheet.mark(
        type="scatter",
        x=xs,
        y=ys,
        mode="lines+markers",
        line={"width": 2, "color": looks.ACCENT},
        marker={"size": 7, "color": looks.ACCENT},
    )


def _placed(
    named: Sequence[Point], frame: _Frame
) -> list[tuple[Point, tuple[float, float], float]]:
    """Points with their places and the foot of their names, which meet neither mark nor name."""
    places = [(point, (frame.x(point.x), frame.y(point.y))) for point in named]
    taken = [(x, y + 5, 0.02) for _, (x, y) in places]
    found = []
    for point, (x, y) in sorted(places, key=lambda one: one[1][::-1]):
        half = len(point.name) * LETTER / 2
        middle = x + {"left": half, "right": -half, "center": 0.0}[_side(x)]
        free = (y + off for off in OFFSETS if _is_free(taken, middle, y + off, half))
        label = next(free, y - 9)
        taken.append((middle, label, half))
        found.append((point, (x, y), label))
    return found


OFFSETS = (-9, 28, -29, 48, -49)
"""Where the foot of a name may stand, from its mark: above it, else below it, else further off."""


def _is_free(taken: Sequence[tuple[float, float, float]], x: float, y: float, wide: float) -> bool:
    return not any(abs(y - foot) < LINE - 6 and abs(x - at) < wide + w for at, foot, w in taken)


def _side(x: float) -> str:
    """On which side of a name its mark is, so that no name leaves the picture."""
    return "left" if x < 0.3 else "right" if x > 0.7 else "center"


def _mark(sheet: Sheet, point: Point, x: float, y: float, label: float) -> None:
    colour, symbol = (looks.FAILS, "x") if point.marked else (looks.ACCENT, "circle")
    marker = {"size": 11, "color": colour, "symbol": symbol}
    sheet.mark(type="scatter", x=[x], y=[y], mode="markers", marker=marker, cliponaxis=False)
    words = f"{safe(point.name)}{' ✕' if point.marked else ''}"
    sheet.label(words, x, label, xanchor=_side(x), yanchor="bottom")


def _name_scale(sheet: Sheet, one: Points, frame: _Frame) -> None:
    sheet.label(f"{frame.left:,g}", frame.x(frame.left), sheet.at, xanchor="center")
    if frame.right > frame.left:
        sheet.label(f"{frame.right:,g}", frame.x(frame.right), sheet.at, xanchor="center")
    sheet.down(LINE)
    for part in folded(f"To the right: {one.x}"):
        sheet.words(part)
