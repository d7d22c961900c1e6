"""Put the record under fire and print the figures: ``make fire``; ROUNDS=20 for a sample."""

from __future__ import annotations

import os
import sys
import tempfile
from itertools import count
from pathlib import Path

from tests.fire import burning
from tests.fire.machine import sequences
from tests.postgres import Cluster, programs

FULL = 500


def main():
    """Run everything; the exit status is 1 where a figure misses its limit."""
    rounds = int(os.environ.get("ROUNDS", FULL))
    whole = os.environ.get("BYTES", "") == "all"
    with tempfile.TemporaryDirectory(prefix="candor-fire-") as folder:
        bad = [one for one in _figures(Path(folder), rounds, whole=whole) if not _told(one)]
    return 1 if bad else 0


def _told(figure):
    print(figure, flush=True)
    return figure.good


def _figures(folder, rounds, *, whole):
    names = count(1)

    def fresh():
        made = folder / str(next(names))
        made.mkdir()
        return made

    yield burning.killed(fresh(), rounds)
    yield burning.power_cut(fresh(), 60)
    yield burning.disk_full(fresh())
    yield burning.at_once(fresh())
    if found := programs():
        cluster = Cluster(found, durable=True)
        yield burning.at_once(fresh(), store=cluster.store())
        cluster.stop()
    yield burning.moved(fresh(), 2 * rounds)
    export, rows, anchors = burning.exported(fresh())
    yield burning.flipped(export, 0 if whole else 20 * rounds)
    yield burning.cut_or_rewritten(rows, anchors)
    yield sequences(40 * rounds)


if __name__ == "__main__":
    sys.exit(main())
