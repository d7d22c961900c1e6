"""Look over a file before anybody says what its columns mean: each column in counts."""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from checks.intake import doubts, either, naming, sorting, staging, unread
from checks.intake.doubts import Alike, Extremes
from checks.intake.loader import Loader, Unreadable
from checks.intake.propose import Profile, words
from checks.intake.sorting import Manner, Wanted
from checks.refusal import refuse
from checks.runs import watching

MISSING = ("n/a", "unknown")
SHOWN = 12
"""Values looked at of a column, the commonest first."""
LONGEST_SHOWN = 40
"""Letters shown of a value."""
ENDS = 6
"""Numbers looked at from each end of a column."""
MOSTLY = 0.9
"""The share of rows from which on a column holds numbers, and words in it stand for none."""
_NUMBER = "TRY_CAST(v AS DOUBLE)"


@dataclass(frozen=True, kw_only=True, slots=True)
class Surveyed:
    """A file that was looked over."""

    columns: tuple[Profile, ...]
    """In their order."""
    repairs: tuple[str, ...]
    """What was done to the file as a whole, as sentences."""


def survey(file: Path, name: str) -> tuple[Profile, ...]:
    """The columns of a file in their order; raises like `surveyed`."""
    return surveyed(file, name).columns


def surveyed(file: Path, name: str) -> Surveyed:
    """Look over a file; `name` is what the person calls it.

    Raises `checks.refusal.Refused` when the file cannot be taken in whole.
    """
    with tempfile.TemporaryDirectory() as work, Loader(Path(work), rereads=True) as loader:
        parts = staging.parts(loader, file, name, Path(work), 0)
        shared = [one for one in parts[0].names if all(part.has(one) for part in parts)]
        wanted = [Wanted(name=column, words=False) for column in shared]
        try:
            manner = Manner(missing=MISSING, time_zone="UTC")
            settled = sorting.settle(loader, "looked", parts, dict(enumerate(wanted)), manner)
            rows = sum(part.rows for part in parts)
            watching.tell(f"{name}: all {rows:,} rows are read. Looking at the columns.")
            seen = [_seen(loader, one.name, number, rows) for number, one in enumerate(wanted)]
        except Unreadable:
            raise refuse(name, "It cannot be read.", "Export it again as CSV.") from None
    columns = tuple(
        replace(
            profile,
            type=one.column.type,
            repairs=tuple(
                line for lines in one.told for line in lines if not _asked(line, profile)
            ),
        )
        for profile, one in zip(seen, settled.values(), strict=True)
    )
    return Surveyed(columns=columns, repairs=tuple(told for one in parts for told in one.repairs))


def _asked(line: str, profile: Profile) -> bool:
    """Whether something that was said of a column is asked about anyway."""
    return bool(profile.ways) and "They stay text" in line


def _seen(loader: Loader, name: str, number: int, rows: int) -> Profile:
    """One column in counts, and what its values make one doubt."""
    loader.run(
        f"CREATE OR REPLACE TABLE seen AS SELECT c{number} AS v, count(*) AS n FROM looked "
        f"WHERE c{number} IS NOT NULL GROUP BY 1"
    )
    [(filled, distinct)] = loader.run("SELECT coalesce(sum(n), 0)::BIGINT, count(*) FROM seen")
    commonest = loader.run(
        f"SELECT left(v, {LONGEST_SHOWN}), sum(n)::BIGINT FROM seen GROUP BY 1 "
        f"ORDER BY 2 DESC, 1 LIMIT {SHOWN}"
    )
    ends = _extremes(loader, filled)
    missing, sums = _missing(loader, ends), _sums(loader, filled)
    likenesses = _alike(loader, filled, distinct)
    return Profile(
        name=name,
        rows=rows,
        filled=filled,
        distinct=distinct,
        values=tuple(commonest),
        type="text",
        doubts=(*doubts.stand_ins(missing), *doubts.sums(sums)),
        alike=likenesses,
        ways=either.ways(loader),
        missing=tuple(value for value, _ in missing),
        unread=unread.unread(loader),
        totals=tuple(value for value, _ in sums),
        extremes=_without(ends, missing),
        naming=naming.naming(loader, phones=bool(words(name) & naming.PHONES)),
    )


def _extremes(loader: Loader, filled: int) -> Extremes | None:
    """The ends of a column that mostly holds numbers, and more of them than codes."""
    [(rows, distinct, median)] = loader.run(
        f"SELECT coalesce(sum(n) FILTER ({_NUMBER} IS NOT NULL), 0)::BIGINT, "
        f"count({_NUMBER}), median({_NUMBER}) FROM seen"
    )
    if distinct <= doubts.FEW or rows < MOSTLY * filled:
        return None
    ends = (
        f"SELECT {_NUMBER} AS x, sum(n)::BIGINT FROM seen WHERE isfinite({_NUMBER}) "
        f"GROUP BY 1 ORDER BY 1 {{}} LIMIT {ENDS}"
    )
    return Extremes(
        lowest=tuple(loader.run(ends.format("ASC"))),
        highest=tuple(loader.run(ends.format("DESC"))),
        median=median,
        rows=rows,
    )


def _missing(loader: Loader, ends: Extremes | None) -> tuple[tuple[str, int], ...]:
    """Values that seem to stand for "not known", the commonest first."""
    odd = f" OR {_NUMBER} IS NULL" if ends else ""
    found = loader.run(
        f"SELECT left(v, {LONGEST_SHOWN}), n FROM seen "
        "WHERE lower(v) IN (SELECT unnest($words::VARCHAR[])) "
        f"OR left(v, 10) IN (SELECT unnest($days::VARCHAR[])){odd} ORDER BY n DESC, v LIMIT 12",
        {"words": sorted(doubts.words()), "days": sorted(doubts.days())},
    )
    return (*found, *(doubts.edges(ends) if ends else ()))


def _sums(loader: Loader, filled: int) -> list[tuple[str, int]]:
    """Values of rows that seem to sum up others: few, beside many that do not."""
    found = loader.run(
        "SELECT v, n FROM seen WHERE lower(v) IN (SELECT unnest($words::VARCHAR[])) ORDER BY v",
        {"words": sorted(doubts.totals())},
    )
    few = 2 * sum(rows for _, rows in found) <= filled
    return [(value, rows) for value, rows in found if few]


def _without(ends: Extremes | None, missing: tuple[tuple[str, int], ...]) -> Extremes | None:
    """The ends without what stands for "not known"."""
    if ends is None:
        return None
    stand_ins = {value for value, _ in missing}

    def kept(some: tuple[tuple[float, int], ...]) -> tuple[tuple[float, int], ...]:
        return tuple(one for one in some if doubts.shown(one[0], plain=True) not in stand_ins)

    return replace(ends, lowest=kept(ends.lowest), highest=kept(ends.highest))


def _alike(loader: Loader, filled: int, distinct: int) -> tuple[Alike, ...]:
    if distinct > doubts.CATEGORIES or 2 * distinct > filled:
        return ()
    words = loader.run(
        f"SELECT v, n FROM seen WHERE {_NUMBER} IS NULL AND length(v) <= {LONGEST_SHOWN}"
    )
    return doubts.alike(words)
