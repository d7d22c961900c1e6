"""The numbers of a finding as tables: everything that its chart shows, to be read and copied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from checks.evidence import (
    Breakdown,
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
from dashboard.charts import span
from dashboard.looks import LOOKS
from dashboard.rates import share

MEANINGS = {
    "said_no": "drops out: said no",
    "not_covered": "drops out: not covered",
    "stays": "stays on the list",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Numbers:
    """One table: its title, its columns by name, its rows as print."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def numbers(evidence: Sequence[Evidence]) -> Iterator[Numbers]:
    """The tables of a finding; rates that follow each other stand in one, ratios likewise."""
    for kind, run in groupby(evidence, key=type):
        kept = tuple(run)
        if kind is Rate:
            yield _rates([one for one in kept if isinstance(one, Rate)])
        elif kind is Ratio:
            yield _ratios([one for one in kept if isinstance(one, Ratio)])
        else:
            yield from (_single(one) for one in kept)


def _single(one: Evidence) -> Numbers:  # noqa: PLR0911 — one return a kind
    match one:
        case Rate():
            return _rates([one])
        case Ratio():
            return _ratios([one])
        case Waterfall():
            rows = [(step.label, f"{step.people:,}", MEANINGS[step.meaning]) for step in one.steps]
            total = ("All together", f"{one.total:,}", "")
            return _table(one.title, ("Bin", "People", "What becomes of them"), [*rows, total])
        case Distribution():
            rows2 = [(span(b.low, b.high), people(b.people)) for b in one.bins]
            lines = [(line.name, f"{line.at:g} {one.unit}") for line in one.lines]
            return _table(one.title, (one.unit.capitalize(), "People"), [*rows2, *lines])
        case Matrix():
            return _matrix(one)
        case Breakdown():
            parts = [(part.name, people(part.people)) for part in one.parts]
            total2 = ("All together", f"{one.total:,}")
            return _table(one.title, (one.by.capitalize(), "People"), [*parts, total2])
        case Points():
            named = [(p.name, f"{p.x:,g}", f"{p.y:,g}") for p in one.points]
            return _table(one.title, ("Name", one.x, one.y), named)
        case Table():
            cells = [tuple(_print(cell) for cell in row) for row in one.rows]
            return _table(one.title, one.columns, cells)


def _table(title: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Numbers:
    return Numbers(title=title, columns=tuple(columns), rows=tuple(rows))


def _print(cell: str | int | None) -> str:
    return cell if isinstance(cell, str) else people(cell)


def _rates(kept: Sequence[Rate]) -> Numbers:
    estimated = any(rate.low is not None for rate in kept)
    columns = ("Group", "People", "Of", "Share", *(("95 % range",) if estimated else ()))
    rows = [
        (
            rate.group,
            people(rate.yes),
            people(rate.of),
            "not known" if rate.value is None else share(rate.value, rate.of),
            *((_between(rate.low, rate.high),) if estimated else ()),
        )
        for rate in kept
    ]
    return _table("How many of how many", columns, rows)


def _between(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "none"
    return f"{low * 100:.1f} to {high * 100:.1f} of 100"


def _ratios(kept: Sequence[Ratio]) -> Numbers:
    """The statistician finds everything here: range, limit, luck, pairs, the literal ratio."""
    rows = []
    for one in kept:
        where = "chosen" if one.side == "on" else "left out"
        rows += [
            ("Group", one.group),
            ("Compared with", one.reference),
            (f"Times as often {where}", _number(one.value)),
            ("95 % score range", f"{_number(one.low)} to {_number(one.high)}"),
            ("Limit", f"{one.floor:g}"),
            ("Luck (p times the pairs)", _luck(one.luck)),
            ("Pairs of groups", f"{one.pairs:,}"),
            (f"Against the highest rate ({one.literal_reference})", _number(one.literal)),
            ("Difference in points", _points(one)),
        ]
    return _table("The comparison", ("Measure", "Value"), rows)


def _number(value: float | None) -> str:
    return "not known" if value is None else f"{value:.3f}"


def _luck(luck: float | None) -> str:
    if luck is None:
        return "not known"
    return f"{luck:.3f}" if luck >= 0.001 else "under 0.001"


def _points(one: Ratio) -> str:
    if one.points is None:
        return "not known"
    if one.points_low is None or one.points_high is None:
        return f"{one.points * 100:+.1f}"
    spread = f"{one.points_low * 100:+.1f} to {one.points_high * 100:+.1f}"
    return f"{one.points * 100:+.1f} ({spread})"


def _matrix(one: Matrix) -> Numbers:
    rows = [
        (
            cell.row,
            cell.column,
            f"{people(cell.yes)} of {people(cell.of)}" if cell.value is None else f"{cell.value:g}",
            LOOKS[Verdict(cell.verdict)].word,
        )
        for cell in one.cells
    ]
    return _table(one.title, ("Row", "Column", one.measure or "People", "Verdict"), rows)
