"""Rates side by side: each group's share with its range, its reference, and the limits named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from checks.evidence import Rate, Ratio
from dashboard import looks
from dashboard.sheet import LINE, MOST_ROWS, THICK, Sheet, folded, opened, paint, safe


def share(value: float, of: int | None = None) -> str:
    """A share as people say it, on the smallest round number that keeps it above nothing.

    >>> share(0.62), share(0.0041), share(3 / 12, of=12), share(0.0)
    ('62 of 100', '4 of 1,000', '3 of 12', '0 of 100')
    """
    if of is not None and of < 100:
        return f"{round(value * of)} of {of}"
    whole = next((n for n in (100, 1_000, 10_000) if round(value * n) >= 1), 100)
    return f"{round(value * whole):,} of {whole:,}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """Where on the scale of rates a ratio's limit lies."""

    at: float
    name: str


def limits(shares: Sequence[Rate], ratios: Sequence[Ratio]) -> tuple[Limit, ...]:
    """The limits of these ratios as rates of being chosen: below or above which a group fails."""
    known = {rate.group: rate.value for rate in shares}
    found: dict[str, Limit] = {}
    for ratio in ratios:
        base = known.get(ratio.reference)
        if base is None or ratio.value is None or not ratio.floor:
            continue
        limit = _limit(ratio, base)
        if 0 < limit.at < 1:
            found.setdefault(limit.name, limit)
    return tuple(found.values())


def _limit(ratio: Ratio, base: float) -> Limit:
    """Where the limit lies on the scale of being chosen; a turned ratio has it on the far side."""
    factor = 1 / ratio.floor if ratio.turned else ratio.floor
    if ratio.side == "on":
        return Limit(at=base * factor, name=f"limit: {share(base * factor)}")
    edge = 1 - (1 - base) * factor
    times = {0.5: "half", 2.0: "twice"}.get(factor, f"{factor:g} times")
    return Limit(at=edge, name=f"left out {times} as often: {share(edge)}")


def rates(shares: Sequence[Rate], ratios: Sequence[Ratio] = ()) -> go.Figure:
    """One line a group: a dot with its range for an estimate, a bar for a fact."""
    drawn = limits(shares, ratios)
    ends = [end for r in shares for end in (r.value, r.high) if end is not None]
    ends += [limit.at for limit in drawn]
    widest = min(1.0, max(ends, default=1.0) * 1.08) or 1.0
    sheet, judged = Sheet(), {ratio.group for ratio in ratios}
    named = {ratio.reference for ratio in ratios}
    _name_limits(sheet, drawn, widest)
    shown = _fewer(shares, judged | named)
    for rate in shown:
        judging = not ratios or rate.group in judged
        _rate(sheet, rate, widest, judged=judging, named=rate.group in named)
        for limit in drawn:
            _tick(sheet, limit.at / widest, sheet.at - THICK / 2 - 6)
    if len(shown) < len(shares):
        sheet.words(f"{len(shares) - len(shown)} more groups are in the table.")
    return sheet.done()


def _tick(sheet: Sheet, x: float, y: float) -> None:
    """A limit beside one mark; it never runs through the words above."""
    sheet.line((x, x), (y - 7, y + 11), looks.INK, 2)


def _name_limits(sheet: Sheet, drawn: Sequence[Limit], widest: float) -> None:
    """The names of the limits, each on lines of its own, and a tick below each."""
    for limit in drawn:
        x, lines = limit.at / widest, folded(limit.name, 20)
        anchor = "left" if x < 0.25 else "right" if x > 0.75 else "center"
        text = "<br>".join(safe(line) for line in lines)
        sheet.label(text, x, sheet.at, xanchor=anchor, align=anchor)
        sheet.down(LINE * len(lines))
        sheet.line((x, x), (sheet.at, sheet.at + 8), looks.INK, 2)
        sheet.down(8)


def _fewer(shares: Sequence[Rate], keep: set[str]) -> list[Rate]:
    """At most so many groups as a chart can hold; those that are compared always stay."""
    if len(shares) <= MOST_ROWS:
        return list(shares)
    others = [rate.group for rate in shares if rate.group not in keep]
    room = max(0, MOST_ROWS - len(shares) + len(others))
    stay = keep | set(others[:room])
    return [rate for rate in shares if rate.group in stay]


def _rate(sheet: Sheet, rate: Rate, widest: float, *, judged: bool, named: bool) -> None:
    sheet.down(4)
    value = rate.value
    if value is None:
        sheet.words(f"{opened(rate.group)}: ", rate.counted)
        sheet.rule(sheet.at + THICK / 2)
        sheet.down(THICK + 6)
        return
    if rate.low is None or rate.high is None:
        _fact(sheet, rate, value)
        return
    beside = ", to compare with" if named else ""
    sheet.words(f"{opened(rate.group)}{beside}: ", share(value, rate.of))
    _range(sheet, rate, widest, judged=judged, named=named)
    sheet.down(THICK + 6)


def _fact(sheet: Sheet, rate: Rate, value: float) -> None:
    """A count needs no range: its bar is drawn against everybody, the thin line behind it."""
    sheet.words(f"{opened(rate.group)}: ", rate.counted)
    sheet.rule(sheet.at + THICK / 2)
    if value:
        paints = paint(looks.UNSURE, "/") if rate.unsure else paint(looks.ACCENT)
        sheet.bar(0, max(0.005, value), paints)
    sheet.down(THICK + 6)


def _range(sheet: Sheet, rate: Rate, widest: float, *, judged: bool, named: bool) -> None:
    y, value = sheet.at + THICK / 2, rate.value or 0.0
    colour = looks.ACCENT if judged or named else looks.NOT_FOR_US
    colour = looks.UNSURE if rate.unsure else colour
    sheet.rule(y)
    symbol = "circle-open" if rate.unsure or (named and not judged) else "circle"
    sheet.mark(
        type="scatter",
        x=[value / widest],
        y=[y],
        mode="markers",
        cliponaxis=False,
        marker={
            "size": 13,
            "color": colour,
            "symbol": symbol,
            "line": {"width": 3, "color": colour},
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [((rate.high or value) - value) / widest],
            "arrayminus": [(value - (rate.low or 0.0)) / widest],
            "thickness": 4,
            "width": 0,
            "color": colour,
        },
    )
