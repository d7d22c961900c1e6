"""The benchmark of the intake: `make bench`, or `python -m tests.bench.intake ROWS …`.

Makes one CSV of invented people for each number of rows, the same on every machine, and has it
read by each of `READERS`: each in a process of its own, one after the other, in one run. What
counts is the processor time of reading, and the most memory the process held. Writes
docs/performance.md, and exits with 1 where a limit is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

MOST_CPU = 3.5
"""Times the processor time of the bare scan."""
MOST_MEMORY = 700_000_000
"""Bytes."""
ROUNDS, SMALL = 3, 2_000_000
"""How often each reader reads, in turns, where there are no more rows than this; else once."""
HOUSE = Path(__file__).resolve().parents[2]
PAGE = HOUSE / "docs/performance.md"

CAMPAIGN = """\
id: bench
name: Benchmark
owner: ana@bank.example
launch: 2026-12-01
sector: credit
effect: opportunity
people:
  file: people.csv
  key: customer_id
  targeted: in_campaign
  segment: segment
  attributes: {gender: gender, age: {column: birth_year, as: birth_year, bands: [25, 45, 65]}}
  quasi_identifiers: [age, gender, postcode]
rules: [{column: balance, at_least: 1000, because: product minimum}]
channels:
  email:
    basis: consent
    purpose: direct_marketing
    permission:
      {status: email_status, granted: [granted], given: email_at, proof: email_ref,
       wording: email_wording}
contacts: {email_7d: emails_7d, total_30d: contacts_30d}
fields: [{name: city, source: crm}, {name: score, source: model}]
"""

PEOPLE = """
COPY (
  SELECT 'C' || (10000000 + n) AS customer_id,
         CASE WHEN a % 10 < 4 THEN 'true' ELSE 'false' END AS in_campaign,
         ['savers', 'spenders', 'students', ''][1 + a % 4] AS segment,
         ['f', 'm', 'x', 'unknown'][1 + least(a % 7 // 2, 3)] AS gender,
         1936 + b % 70 AS birth_year,
         lpad((1000 + b % 9000)::VARCHAR, 5, '0') AS postcode,
         CASE WHEN b % 5 = 0 THEN 'New Town, ' || (b % 300) ELSE 'City ' || (b % 300) END AS city,
         c % 2000000 / 100 AS balance,
         (c % 1000) / 1000 AS score,
         ['granted', 'denied', 'withdrawn', 'granted'][1 + c % 4] AS email_status,
         DATE '2024-01-01' + (c % 1000)::INTEGER AS email_at,
         'form-' || (10000 + d % 900000) AS email_ref,
         'newsletter-2025-0' || (1 + d % 9) AS email_wording,
         d % 4 AS emails_7d,
         d % 9 AS contacts_30d,
         CASE WHEN d % 3 = 0 THEN '' ELSE 'note ' || d END AS note
  FROM (SELECT n, (h & 1048575)::BIGINT AS a, ((h >> 16) & 1048575)::BIGINT AS b,
               ((h >> 28) & 4194303)::BIGINT AS c, ((h >> 41) & 4194303)::BIGINT AS d
        FROM (SELECT n, md5_number_lower(n::VARCHAR) AS h FROM range({rows}) AS numbers(n)))
) TO '{file}' (HEADER)
"""
"""Sixteen columns as a customer system exports them; `note` is not mapped, and stays behind."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """What reading one file took."""

    reader: str
    cpu: float
    """Seconds of processor time, in all threads, in the program and in the system."""
    wall: float
    memory: int
    """Bytes, at the most."""


def bare_scan(folder: Path) -> Callable[[], int]:
    """DuckDB reads every column, with types as it finds them, and keeps nothing."""
    import duckdb

    connection = duckdb.connect(config={"threads": "2", "memory_limit": "2GB"})
    connection.execute("SET enable_progress_bar = false")
    file = str(folder / "people.csv").replace("'", "''")
    scan = f"SELECT count(*), bit_xor(hash(COLUMNS(*))) FROM read_csv('{file}')"
    return lambda: int(connection.execute(scan).fetchall()[0][0])


def candor(folder: Path) -> Callable[[], int]:
    """Candor: checked byte by byte, copied, read, counted, typed, coded, stored and hashed."""
    from checks.intake import take_in
    from checks.reading import read_campaign

    shutil.rmtree(folder / "home", ignore_errors=True)
    campaign = read_campaign(folder / "campaign.yaml")
    return lambda: take_in(campaign, folder, folder / "home").record.tables["people"].rows


def in_pandas(folder: Path) -> Callable[[], int]:
    """pandas.read_csv as it comes: a table in memory."""
    import pandas as pd

    return lambda: len(pd.read_csv(folder / "people.csv"))


def in_polars(folder: Path) -> Callable[[], int]:
    """polars.read_csv as it comes: a table in memory."""
    import polars as pl

    return lambda: int(pl.read_csv(folder / "people.csv").height)


READERS: Mapping[str, Callable[[Path], Callable[[], int]]] = {
    "duckdb": bare_scan,
    "candor": candor,
    "pandas": in_pandas,
    "polars": in_polars,
}
TOLD = {
    "duckdb": "bare DuckDB scan",
    "candor": "Candor, file to snapshot",
    "pandas": "pandas.read_csv",
    "polars": "polars.read_csv",
}


def make(folder: Path, rows: int) -> int:
    """Write the people and their campaign; returns the bytes of the CSV."""
    import duckdb

    file = folder / "people.csv"
    connection = duckdb.connect(config={"threads": "2"})
    connection.execute("SET enable_progress_bar = false")
    connection.execute(PEOPLE.format(rows=rows, file=str(file).replace("'", "''")))
    (folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    return file.stat().st_size


def measured(name: str, folder: Path, rows: int) -> Cost:
    """Read the file here, and say what it took; for a process that does nothing else."""
    import time

    read = READERS[name](folder)
    before, began = getrusage(RUSAGE_SELF), time.monotonic()
    found = read()
    after, ended = getrusage(RUSAGE_SELF), time.monotonic()
    if found != rows:
        raise SystemExit(f"{name} read {found:,} of {rows:,} rows")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(reader=name, cpu=cpu, wall=ended - began, memory=after.ru_maxrss * 1024)


def apart(task: str, folder: Path, rows: int) -> str:
    """Do one task in a process of its own; this one stays small, as a child counts it too."""
    command = [sys.executable, "-m", "tests.bench.intake", "--task", task, str(folder), str(rows)]
    return subprocess.run(command, cwd=HOUSE, check=True, capture_output=True, text=True).stdout


def compared(rows: int) -> tuple[int, list[Cost]]:
    """The bytes of the CSV, and what each reader took."""
    with tempfile.TemporaryDirectory(prefix="candor-bench-") as made:
        folder = Path(made)
        size = int(apart("make", folder, rows))
        there = [name for name in READERS if name == "candor" or find_spec(name)]
        rounds = 1 if rows > SMALL else ROUNDS
        taken = [Cost(**json.loads(apart(name, folder, rows))) for name in there * rounds]
    return size, [_middle([one for one in taken if one.reader == name]) for name in there]


def _middle(costs: list[Cost]) -> Cost:
    """The one of the middle by processor time, with the most memory that any of them held."""
    ordered = sorted(costs, key=lambda one: one.cpu)
    return replace(ordered[len(ordered) // 2], memory=max(one.memory for one in costs))


def missed(costs: list[Cost]) -> list[str]:
    """The limits that were missed, as sentences."""
    by = {one.reader: one for one in costs}
    ratio = by["candor"].cpu / by["duckdb"].cpu
    memory = by["candor"].memory
    found = []
    if ratio > MOST_CPU:
        found.append(f"It took {ratio:.2f} × the processor time of the bare scan, not {MOST_CPU}.")
    if memory > MOST_MEMORY:
        found.append(f"It held {memory / 1e6:,.0f} MB, not {MOST_MEMORY / 1e6:,.0f}.")
    return found


def section(rows: int, size: int, costs: list[Cost]) -> str:
    """One part of the page: the table, the limits, and what others do better."""
    scan = next(one.cpu for one in costs if one.reader == "duckdb")
    lines = [
        f"## {rows:,} rows",
        "",
        f"One CSV of {size / 1e6:,.0f} MB with 16 columns. {_machine()}",
        "",
        "| reader | CPU seconds | × bare scan | seconds passed | most memory, MB |",
        "|---|---:|---:|---:|---:|",
    ]
    for one in costs:
        numbers = f"{one.cpu:.2f} | {one.cpu / scan:.2f} | {one.wall:.2f} | {one.memory / 1e6:,.0f}"
        lines.append(f"| {TOLD[one.reader]} | {numbers} |")
    held = [f"Both limits are held: {MOST_CPU} × and {MOST_MEMORY / 1e6:,.0f} MB."]
    lines += ["", *(f"**{one}**" for one in missed(costs)), *(held if not missed(costs) else [])]
    return "\n".join([*lines, "", *_not_won(costs), ""])


def _not_won(costs: list[Cost]) -> list[str]:
    ours = next(one for one in costs if one.reader == "candor")
    faster = [f"{TOLD[one.reader]} ({ours.cpu / one.cpu:.1f} ×)" for one in costs
              if one.cpu < ours.cpu]  # fmt: skip
    smaller = [f"{TOLD[one.reader]} ({ours.memory / one.memory:.1f} ×)" for one in costs
               if one.memory < ours.memory]  # fmt: skip
    return [
        "What we do not win:",
        f"- less processor time than ours: {', '.join(faster) or 'nobody'}",
        f"- less memory than ours: {', '.join(smaller) or 'nobody'}",
    ]


def _machine() -> str:
    cores, load = os.cpu_count(), os.getloadavg()[0]
    versions = ", ".join(f"{one} {version(one)}" for one in READERS if find_spec(one))
    return (
        f"Measured on {datetime.now(UTC).date()}: {_processor()}, {cores} cores, load {load:.1f} "
        f"at the end, {platform.system()}, Python {platform.python_version()}, {versions}."
    )


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    told = known.read_text(encoding="utf-8") if known.is_file() else ""
    found = re.search(r"^model name\s*:\s*(.+)$", told, re.MULTILINE)
    return found[1].strip() if found else platform.machine()


HEAD = """\
# Speed and memory of the intake

Written by `make bench`; do not edit it. Each reader reads the same invented CSV in a process of its
own, one after the other. Up to two million rows are read three times in turns, and the middle one
is shown. Processor time counts every thread, and leaves out starting Python and loading libraries.
Memory is the most that the process ever held, with everything in it.

The readers do not do the same. The bare scan keeps nothing. pandas and polars build a table in
memory and check nothing. Candor checks every byte, counts the records itself, lets DuckDB read a
clean copy strictly, compares the counts, finds each column's type from all its values, stores the
mapped columns as Parquet and hashes what it read and wrote. The file is in the system's memory
before the first reader starts, so no disk is measured. One kind of file on one machine is no
promise for others: wide files, long texts and workbooks cost more.
"""


def written(rows: int, made: str) -> None:
    """Put one part into the page; parts for other numbers of rows stay."""
    old = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    parts = {_rows(part): f"## {part}" for part in re.split(r"^## ", old, flags=re.MULTILINE)[1:]}
    parts[rows] = made
    text = "\n".join([HEAD, *(parts[one].strip() + "\n" for one in sorted(parts))])
    PAGE.write_text(text, encoding="utf-8")


def _rows(part: str) -> int:
    return int(part.split(" ", 1)[0].replace(",", ""))


def main() -> int:
    """Measure, print, write; 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked = os.environ.get("CANDOR_BENCH_ROWS", "1e6").split()
    parser.add_argument("rows", nargs="*", type=lambda word: int(float(word)), metavar="ROWS")
    parser.add_argument("--task", nargs=3, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.task:
        return _task(*told.task)
    status = 0
    for rows in told.rows or [int(float(word)) for word in asked]:
        size, costs = compared(rows)
        made = section(rows, size, costs)
        written(rows, made)
        print(made)
        status |= bool(missed(costs))
    return status


def _task(task: str, folder: str, rows: str) -> int:
    if task == "make":
        print(make(Path(folder), int(rows)))
    else:
        print(json.dumps(asdict(measured(task, Path(folder), int(rows)))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
