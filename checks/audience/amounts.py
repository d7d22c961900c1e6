"""Amounts as points that many people share, so that nobody's own amount leaves.

An amount that at least so many people have is a point of its own. Rarer ones stand together with
their neighbours, as their mean, until there are enough people.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from checks.audience.counted import Counted
from checks.audience.engine import Engine
from checks.audience.facts import Fact
from checks.audience.plan import PEOPLE

EXACT = 1000
"""So many different amounts are told apart; of more, three digits are."""
POINTS = 200
"""Of more different amounts about so many points are made, of as many people each."""
Amount = tuple[float, int]
"""An amount, and how many people have it."""


@dataclass(frozen=True, slots=True)
class Point:
    """Amounts that stand together, and the amount they stand for."""

    amounts: tuple[Amount, ...]

    @property
    def people(self) -> int:
        """So many people."""
        return sum(people for _, people in self.amounts)

    @property
    def value(self) -> float:
        """Their mean; exactly the amount where there is one."""
        if len(self.amounts) == 1:
            return self.amounts[0][0]
        return float(f"{sum(a * n for a, n in self.amounts) / self.people:.6g}")


def to_points(engine: Engine, fact: Fact, small: int) -> Fact | None:
    """The fact of an amount, to be counted by; None where too few people have one at all."""
    shape, amounts = _rounded(engine, fact)
    people = sum(many for _, many in amounts)
    if people < small:
        return None
    points = pooled(amounts, max(small, people // POINTS if len(amounts) > POINTS else 0))
    column = f"{fact.column}_point"
    engine.run(f"ALTER TABLE person ADD COLUMN {column} INTEGER")
    pairs = [(amount, at) for at, one in enumerate(points) for amount, _ in one.amounts]
    engine.run(
        f"UPDATE person SET {column} = p.place FROM (SELECT unnest($amount::DOUBLE[]) AS amount, "
        f"unnest($place::INTEGER[]) AS place) AS p WHERE p.amount = {shape}",
        {"amount": [amount for amount, _ in pairs], "place": [place for _, place in pairs]},
    )
    values = tuple(one.value for one in points)
    return replace(fact, column=column, kind="amount", amounts=values, key=True)


def found(engine: Engine, fact: Fact, counts: Counted | None) -> list[Amount]:
    """The amounts of the people, from counts at hand where these tell them apart; rising."""
    if counts is not None:
        values = counts.columns[fact.column]
        places = values.places()
        known = None if values.unknown is None else ~values.unknown
        [at], people = counts.sums([places], known)
        if len(at) <= EXACT:
            return [
                (float(place + places.low), int(n)) for place, n in zip(at, people, strict=True)
            ]
    return _rounded(engine, fact)[1]


def cuts(amounts: Sequence[Amount], parts: int) -> tuple[float, ...]:
    """Amounts that part the people into so many equal lots, as nearly as ties allow; rising."""
    total, below = sum(people for _, people in amounts), 0
    cut: list[float] = []
    for amount, people in amounts:
        if below * parts // total > len(cut):
            cut += [amount] * (below * parts // total - len(cut))
        below += people
    return tuple(dict.fromkeys(cut))


def pooled(amounts: Sequence[Amount], small: int) -> list[Point]:
    """Rising amounts as points of at least `small` people, where there are as many.

    >>> [(p.value, p.people) for p in pooled([(1, 12), (2, 3), (3, 8), (9, 1)], 10)]
    [(1, 12), (3.25, 12)]
    """
    points: list[Point] = []
    for rare, run in groupby(amounts, key=lambda one: one[1] < small):
        if rare:
            points += _chunks(tuple(run), small)
        else:
            points += [Point((one,)) for one in run]
    return _enough(points, small)


def _chunks(run: tuple[Amount, ...], small: int) -> list[Point]:
    chunks: list[Point] = []
    open_: tuple[Amount, ...] = ()
    for one in run:
        open_ = (*open_, one)
        if sum(people for _, people in open_) >= small:
            chunks.append(Point(open_))
            open_ = ()
    return [*chunks, Point(open_)] if open_ else chunks


def _enough(points: list[Point], small: int) -> list[Point]:
    """Points of too few people join the one before, the first of all the one after."""
    kept: list[Point] = []
    for one in points:
        if kept and (one.people < small or kept[-1].people < small):
            kept[-1] = Point((*kept[-1].amounts, *one.amounts))
        else:
            kept.append(one)
    return kept


def _rounded(engine: Engine, fact: Fact) -> tuple[str, list[Amount]]:
    """Every amount with its people, rising, and the SQL by which a person's amount is found."""
    at = f"CAST({fact.column} AS DOUBLE)"
    [(different,)] = engine.run(f"SELECT count(DISTINCT {at}) FROM {PEOPLE} WHERE weight > 0")
    scale = f"pow(10, floor(log10(abs({at}))) - 2)"
    shape = (
        at
        if different <= EXACT
        else f"CASE WHEN {at} = 0 THEN 0 ELSE round({at} / {scale}) * {scale} END"
    )
    amounts = engine.run(
        f"SELECT {shape}, CAST(sum(weight) AS BIGINT) FROM {PEOPLE} "
        f"WHERE {at} IS NOT NULL AND weight > 0 GROUP BY 1 ORDER BY 1"
    )
    return shape, [(amount, people) for amount, people in amounts]
