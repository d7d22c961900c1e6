"""Put the record under fire and print the figures: ``make fire``; ROUNDS=20 for a sample.

Without names everything is run: ``python -m tests.fire killed flipped`` runs two of them. A run of
the full number of rounds is written down in docs/fire.md, each figure with its day.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path

from tests.fire import burning
from tests.fire.machine import sequences
from tests.fire.written import write
from tests.postgres import Cluster, programs

FULL = 500
"""Rounds of a whole run."""
EACH_BYTE = 0


def main(named):
    """Run what is named, or everything; the exit status is 1 where a figure misses its limit."""
    rounds = int(os.environ.get("ROUNDS", FULL))
    good = True
    with tempfile.TemporaryDirectory(prefix="candor-fire-") as folder:
        every = _figures(Path(folder), rounds)
        if unknown := set(named) - set(every):
            sys.exit(f"Nothing is called {', '.join(sorted(unknown))}. Known: {', '.join(every)}.")
        for name in named or every:
            spent = time.process_time() + sum(os.times()[2:4])
            figure = every[name]()
            spent = time.process_time() + sum(os.times()[2:4]) - spent
            print(figure, flush=True)
            good &= figure.good
            if rounds >= FULL:
                write(name, figure, spent, datetime.now(UTC).date())
    return 0 if good else 1


def _figures(folder, rounds) -> dict[str, Callable[[], burning.Figure]]:
    names = count(1)

    def fresh():
        made = folder / str(next(names))
        made.mkdir()
        return made

    processes = os.cpu_count() or 1
    sample = EACH_BYTE if rounds >= FULL else 20 * rounds
    return {
        "killed": lambda: burning.killed(fresh(), rounds),
        "power_cut": lambda: burning.power_cut(fresh(), 60),
        "disk_full": lambda: burning.disk_full(fresh()),
        "at_once_sqlite": lambda: burning.at_once(fresh()),
        "at_once_postgresql": partial(_on_postgresql, fresh),
        "moved": lambda: burning.moved(fresh(), 2 * rounds),
        "flipped": lambda: burning.flipped(burning.exported(fresh())[0], sample),
        "cut_or_rewritten": lambda: burning.cut_or_rewritten(*burning.exported(fresh())[1:]),
        "sequences": lambda: sequences(40 * rounds, processes),
    }


def _on_postgresql(fresh):
    found = programs()
    if not found:
        return burning.Figure("many at once on PostgreSQL", 0, "no server here", good=False)
    cluster = Cluster(found, durable=True)
    try:
        return burning.at_once(fresh(), store=cluster.store())
    finally:
        cluster.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
