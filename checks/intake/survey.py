"""Look over a file before anybody says what its columns mean: each column in counts."""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

import tempfile
from pathlib import Path

from checks.intake import staging, storing
from checks.intake.loader import Loader, Unreadable
from checks.intake.propose import Profile
from checks.intake.snapshot import Column
from checks.intake.storing import Manner, Wanted
from checks.refusal import refuse

MISSING = ("n/a", "unknown")
SHOWN = 6
"""Values shown of a column, the commonest first."""
LONGEST_SHOWN = 40
"""Letters shown of a value."""


def survey(file: Path, name: str) -> tuple[Profile, ...]:
    """The columns of a file in their order; `name` is what the person calls it.

    Raises `checks.refusal.Refused` when the file cannot be taken in whole.
    """
    with tempfile.TemporaryDirectory() as work, Loader(Path(work)) as loader:
        staged = staging.staged(loader, file, name, Path(work), 0)
        wanted = [Wanted(name=column, words=False) for column in staged.names]
        try:
            storing.gather(loader, "looked", [staged], wanted)
            counted = [_counted(loader, number) for number in range(len(wanted))]
            manner = Manner(missing=MISSING, time_zone="UTC")
            table = storing.store(loader, "looked", wanted, manner, Path(work))
        except Unreadable:
            raise refuse(name, "It cannot be read.", "Export it again as CSV.") from None
    return tuple(
        Profile(
            name=column.name,
            rows=table.rows,
            filled=filled,
            distinct=distinct,
            values=values,
            type=_type(column),
        )
        for column, (filled, distinct, values) in zip(table.columns, counted, strict=True)
    )


def _counted(loader: Loader, number: int) -> tuple[int, int, tuple[tuple[str, int], ...]]:
    at = f"c{number}"
    [(filled, distinct)] = loader.run(f"SELECT count({at}), count(DISTINCT {at}) FROM looked")
    commonest = loader.run(
        f"SELECT left({at}, {LONGEST_SHOWN}), count(*) FROM looked WHERE {at} IS NOT NULL "
        f"GROUP BY ALL ORDER BY 2 DESC, 1 LIMIT {SHOWN}"
    )
    return filled, distinct, tuple((str(value), int(count)) for value, count in commonest)


def _type(column: Column) -> str:
    return str(column.type)
