"""A sheet that charts are drawn on from the top down, in pixels, with every label above its mark.

Because labels never stand beside their marks, the same picture reads at 320 and at 1440 wide.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from dashboard import looks

SIZE = 15
LINE = 20
THICK = 13
WIDE = 42
"""Letters that fit on one line of a phone."""

MOST_ROWS = 10
"""A chart of more rows is a table: the rest is counted in its last line."""

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}
"""How the browser shows a chart: as a picture, with nothing to press by accident."""


def safe(text: str) -> str:
    """Words from a file as Plotly may print them: it would take tags and links for markup.

    >>> safe("<a href='x'>18 & over</a>")
    "&lt;a href='x'&gt;18 &amp; over&lt;/a&gt;"
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def opened(words: str) -> str:
    """Words that begin a line begin with a capital."""
    return words[:1].upper() + words[1:]


def folded(text: str, width: int = WIDE) -> list[str]:
    """A text in lines that fit a phone, at most three."""
    return textwrap.wrap(text, width, max_lines=3, placeholder=" …") or [""]


def paint(verdict_paint: str, pattern: str = "") -> dict[str, Any]:
    """The fill of a mark: a colour of the theme, and its pattern."""
    if pattern == looks.OUTLINE:
        return {"color": "rgba(0,0,0,0)", "line": {"width": 2, "color": verdict_paint}}
    fill: dict[str, Any] = {"color": verdict_paint, "line": {"width": 0}}
    if pattern:
        fill["pattern"] = {"shape": pattern, "solidity": 0.5 if pattern == "." else 0.32, "size": 7}
    return fill


@dataclass(slots=True)
class Sheet:
    """A picture in the making: `at` is how far down, in pixels, the next thing goes.

    The figure is made once, at the end: adding to one piece by piece costs ten times as long.
    """

    at: float = 2
    marks: list[dict[str, Any]] = field(default_factory=list)
    labels: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)

    def words(self, text: str, strong: str = "") -> None:
        """A line of words at the left edge, its number in bold, folded where it is long."""
        room = 3 * WIDE - len(strong) - 12
        kept = text if len(text) <= room else f"{text[:room].rstrip()} …: "
        lines = folded(f"{kept}\x00{strong}")
        before, _, after = "<br>".join(safe(line) for line in lines).partition("\x00")
        self.label(f"{before}<b>{after}</b>" if strong else before, 0, self.at)
        self.at += LINE * len(lines)

    def label(self, text: str, x: float, y: float, **more: Any) -> None:  # noqa: ANN401
        """Words whose top left corner is here."""
        place = {
            "x": x,
            "y": y,
            "text": text,
            "showarrow": False,
            "xanchor": "left",
            "yanchor": "top",
            "align": "left",
            "borderpad": 0,
            "font": {"size": SIZE, "color": looks.INK},
        }
        self.labels.append({**place, **more})

    def bar(self, start: float, length: float, fill: dict[str, Any], thick: float = THICK) -> None:
        """A bar on the present line, from `start` for `length` of the width."""
        self.mark(
            type="bar",
            x=[length],
            base=[start],
            y=[self.at + thick / 2],
            width=thick,
            orientation="h",
            marker=fill,
        )

    def mark(self, **trace: Any) -> None:  # noqa: ANN401 — a trace in Plotly's words
        """A mark in Plotly's own words."""
        self.marks.append(trace)

    def rule(self, y: float | None = None) -> None:
        """A thin line over the whole width."""
        self.line((0, 1), (y or self.at, y or self.at), looks.RULE)

    def line(
        self, x: Sequence[float], y: Sequence[float], colour: str, width: float = 1, dash: str = ""
    ) -> None:
        """A straight line below the marks."""
        self.lines.append(
            {
                "type": "line",
                "x0": x[0],
                "x1": x[1],
                "y0": y[0],
                "y1": y[1],
                "line": {"color": colour, "width": width, "dash": dash or "solid"},
                "layer": "below",
            }
        )

    def down(self, pixels: float) -> None:
        """Leave room."""
        self.at += pixels

    def done(self) -> go.Figure:
        """The finished picture: no axes, no frame, nothing that moves."""
        height = round(self.at + 4)
        unseen = {"visible": False, "fixedrange": True}
        layout = {
            "template": "none",
            "height": height,
            "showlegend": False,
            "margin": {"l": 2, "r": 2, "t": 0, "b": 0},
            "dragmode": False,
            "hovermode": False,
            "bargap": 0,
            "barmode": "overlay",
            "font": {"color": looks.INK, "size": SIZE},
            "xaxis": {**unseen, "range": [0, 1]},
            "yaxis": {**unseen, "range": [height, 0]},
            "annotations": self.labels,
            "shapes": self.lines,
        }
        return go.Figure({"data": self.marks, "layout": layout})
