"""What a file beside the people's, or columns among theirs, remark about each person.

Signals and outcomes come either way; what they say is read in one way, here and in their modules.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checks.audience import outcomes, signals
from checks.audience.drafts import Drafting
from checks.audience.facts import Kind, Remark
from checks.audience.keys import folded
from checks.audience.reading import Reading
from checks.campaign import Campaign

ROLES = ("signals", "outcomes")
"""The sections that remark about people."""
Columns = tuple[tuple[str, Kind, str, tuple[str, ...]], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """A table of remarks, a row a person, and the facts that it holds."""

    table: str
    columns: Columns


def draft(drafting: Drafting, campaign: Campaign) -> None:
    """Draft the remarks that stand in columns of the people file."""
    for role in ROLES:
        told = getattr(campaign, role)
        if told is not None and not told.beside:
            for one in _remarks(drafting.reading, role, campaign):
                drafting.add(one.fact, one.kind, one.sql, shown=one.shown, fold=one.fold)


def beside(reading: Reading, role: str, key: str, campaign: Campaign) -> Beside:
    """Fold the remarks of a side file to a row a person; `key` is the SQL of the person."""
    remarks = tuple(_remarks(reading, role, campaign))
    columns = {f"r{place}": one for place, one in enumerate(remarks)}
    select = "".join(f", {one.sql} AS {name}" for name, one in columns.items())
    made = "".join(f", {folded(one.fold, name)} AS {name}" for name, one in columns.items())
    table = f"said_of_{role}"
    reading.run(
        f"CREATE TABLE {table} AS SELECT key{made} FROM "
        f"(SELECT {key} AS key{select} FROM {reading.source}) WHERE key IS NOT NULL GROUP BY key"
    )
    return Beside(table=table, columns=tuple(_columns(table, columns.items())))


def _columns(
    table: str, columns: Iterable[tuple[str, Remark]]
) -> Iterator[tuple[str, Kind, str, tuple[str, ...]]]:
    for name, one in columns:
        mine = f"{table}.{name}"
        if one.complete:
            mine = f"CASE WHEN {table}.key IS NULL THEN FALSE ELSE {mine} END"
        yield one.fact, one.kind, mine, one.shown


def _remarks(reading: Reading, role: str, campaign: Campaign) -> Iterator[Remark]:
    if role == "signals" and campaign.signals is not None:
        yield from signals.remarks(reading, campaign.signals)
    if role == "outcomes" and campaign.outcomes is not None:
        yield from outcomes.remarks(reading, campaign.outcomes)
