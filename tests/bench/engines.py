"""The same people reviewed where they lie, engine by engine: what each read, and how long it took.

A file of Parquet in DuckDB, a table of PostgreSQL, and a view of Spark. Bytes are those that the
engine counts itself; see the head of docs/performance.md.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

from tests import postgres, spark
from tests.bench.costs import HOUSE, machine
from tests.bench.suite import CAMPAIGN, PEOPLE

_ME = "tests.bench.engines"
TICKS = os.sysconf("SC_CLK_TCK")
BLOCK = 8_192
"""Bytes of a page of PostgreSQL."""
TABLE = "bench_people"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What one engine did for one run of all checks."""

    engine: str
    read: int
    """Bytes, as the engine counts them."""
    estimated: int | None
    """Bytes, as Candor tells them: by the estimate of the engine."""
    there: float
    """Seconds of processor time in the engine, where it is a program of its own."""
    here: float
    """The same in ours."""
    wall: float
    questions: int
    digest: str
    """Of everything that was found."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where people lie, and how what is done there is counted."""

    people: str
    """As the campaign file names them."""
    read: Callable[[], int]
    cpu: Callable[[], float]


@contextmanager
def in_a_file(_: Path) -> Iterator[Place]:
    """DuckDB in our own process: bytes are those that the system handed it out of files."""
    yield Place(people="file: people.parquet\n  in_place: true", read=_out_of_files, cpu=lambda: 0)


@contextmanager
def in_postgres(folder: Path) -> Iterator[Place]:
    """PostgreSQL: bytes are those of the pages of the table that it looked at."""
    programs = postgres.programs()
    assert programs is not None
    server = postgres.Warehouse(programs)
    try:
        server.load(TABLE, *_as_csv(folder))
        yield Place(
            people=f"database: {server.address}\n  table: public.{TABLE}",
            read=lambda: server.pages_read(TABLE) * BLOCK,
            cpu=lambda: _cpu(server.pid),
        )
    finally:
        server.stop()


@contextmanager
def in_spark(folder: Path) -> Iterator[Place]:
    """Spark: bytes are what its tasks say they read, those held in its memory among them."""
    with spark.session(cores=2, settings={}) as opened:
        opened.read.parquet(str(folder / "people.parquet")).createOrReplaceTempView(TABLE)
        yield Place(
            people=f"database: spark://local\n  table: {TABLE}",
            read=lambda: spark.bytes_read(opened),
            cpu=lambda: _cpu(spark.pid(opened)),
        )


PLACES = {"file": in_a_file, "postgres": in_postgres, "spark": in_spark}
TOLD = {
    "file": "DuckDB, a file of Parquet in place",
    "postgres": "PostgreSQL",
    "spark": "Spark, local, two cores",
}


def missing(engine: str) -> str:
    """Why an engine cannot be measured here; empty where it can."""
    if engine != "file" and not find_spec("ibis"):
        return "the extra “warehouse” is not installed"
    if engine == "postgres" and postgres.programs() is None:
        return "no PostgreSQL server is installed"
    return spark.lacking() if engine == "spark" else ""


def measured(rows: int) -> list[Reading]:
    """What each engine took, each in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="candor-engines-") as made:
        folder = Path(made)
        folder.chmod(0o755)
        _make(folder, rows)
        return [_apart(one, folder) for one in PLACES if not missing(one)]


def title(rows: int) -> str:
    """What its part of the page is called."""
    return f"Engines, {rows:,} rows"


def section(rows: int, found: Sequence[Reading]) -> str:
    """One part of the page."""
    lines = [
        f"## {title(rows)}",
        "",
        f"All checks on the same people where they lie, opening them among it. {machine()}",
        "",
        "| engine | read, MB | by estimate, MB | CPU s there | CPU s here | passed | parts asked |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [_row(one) for one in found]
    lines += ["", *(f"**{one}**" for one in missed(found) or _alike(found))]
    left = [f"{TOLD[one]} ({why})" for one in PLACES if (why := missing(one))]
    return "\n".join([*lines, *([f"Not measured: {', '.join(left)}."] if left else []), ""])


def missed(found: Sequence[Reading]) -> list[str]:
    """What must not be, as sentences."""
    first, *others = found
    return [
        f"{TOLD[one.engine]} found something else than {TOLD[first.engine]}."
        for one in others
        if one.digest != first.digest
    ]


def _alike(found: Sequence[Reading]) -> list[str]:
    return [f"All {len(found)} found the same, count for count."] if len(found) > 1 else []


def _row(one: Reading) -> str:
    estimated = "none" if one.estimated is None else f"{one.estimated / 1e6:,.0f}"
    there = f"{one.there:,.2f}" if one.there else "the same process"
    return (
        f"| {TOLD[one.engine]} | {one.read / 1e6:,.0f} | {estimated} | {there} "
        f"| {one.here:,.2f} | {one.wall:,.1f} | {one.questions or 'none'} |"
    )


def _as_csv(folder: Path) -> tuple[dict[str, str], Path]:
    """The kinds of the columns, and a file of CSV with the same people."""
    import duckdb

    people = duckdb.connect().read_parquet(str(folder / "people.parquet"))
    people.write_csv(str(folder / "people.csv"), header=True)
    kinds = {"VARCHAR": "text", "SMALLINT": "integer", "BOOLEAN": "bool", "DATE": "day"}
    found = zip(people.columns, map(str, people.types), strict=True)
    return {name: kinds[kind] for name, kind in found}, folder / "people.csv"


def _make(folder: Path, rows: int) -> None:
    import duckdb

    file = str(folder / "people.parquet").replace("'", "''")
    duckdb.connect(config={"threads": "2"}).execute(PEOPLE.format(rows=rows, file=file))


def _apart(engine: str, folder: Path) -> Reading:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", _ME, engine, str(folder)],
        cwd=HOUSE,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return Reading(**json.loads(done.stdout.splitlines()[-1]))


def _run(engine: str, folder: Path) -> Reading:
    from hashlib import sha256

    from checks import places
    from checks.runs.run import digest, run_campaign

    policy = places.DATA / "policies/default.yaml"
    with PLACES[engine](folder) as place:
        beside = folder / engine
        beside.mkdir()
        shutil.copy(folder / "people.parquet", beside)
        text = CAMPAIGN.replace("file: people.parquet", place.people)
        (beside / "campaign.yaml").write_text(text, encoding="utf-8")
        read, there, here = place.read(), place.cpu(), time.process_time()
        began = time.monotonic()
        run = run_campaign(beside / "campaign.yaml", policy)
        wall, ours = time.monotonic() - began, time.process_time() - here
        told = "".join(sorted(digest(one) for one in run.findings))
        return Reading(
            engine=engine,
            read=place.read() - read,
            estimated=run.bytes_read,
            there=place.cpu() - there,
            here=ours,
            wall=wall,
            questions=len(run.questions),
            digest=sha256(told.encode()).hexdigest(),
        )


def _out_of_files() -> int:
    told = Path("/proc/self/io").read_text(encoding="utf-8")
    return int(dict(line.split(": ") for line in told.splitlines())["rchar"])


def _cpu(pid: int) -> float:
    """Processor time of a program, and of those that it began and that have ended."""
    told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(map(int, told[11:15])) / TICKS


if __name__ == "__main__":
    print(json.dumps(asdict(_run(sys.argv[1], Path(sys.argv[2])))))
