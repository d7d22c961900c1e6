"""The benchmark of the intake: one CSV of invented people, the same on every machine, and readers.

Each of `READERS` reads it in a process of its own, one after the other, in one run. What counts is
the processor time of reading, and the most memory the process held.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

from tests.bench.costs import Cost, apart, cost_apart, machine, middle, rounds, timed

_ME = "tests.bench.intake"
LARGE = 10_000_000
MOST_CPU = 3.5
"""Times the processor time of the bare scan, from `LARGE` rows on: few rows cost a fixed share."""
MOST_MEMORY = 700_000_000
"""Bytes."""

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
    from checks.campaign.reading import read_campaign
    from checks.intake import take_in

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
    found, cost = timed(name, READERS[name](folder))
    if found != rows:
        raise SystemExit(f"{name} read {found:,} of {rows:,} rows")
    return cost


def compared(rows: int) -> tuple[int, list[Cost]]:
    """The bytes of the CSV, and what each reader took."""
    with tempfile.TemporaryDirectory(prefix="candor-bench-") as made:
        folder = Path(made)
        size = int(apart(_ME, "make", folder, rows))
        there = [name for name in READERS if name == "candor" or find_spec(name)]
        taken = [cost_apart(_ME, name, folder, rows) for name in there * rounds(rows)]
    return size, [middle([one for one in taken if one.reader == name]) for name in there]


def title(rows: int) -> str:
    """What its part of the page is called."""
    return f"Intake, {rows:,} rows"


def missed(rows: int, costs: list[Cost]) -> list[str]:
    """The limits that were missed, as sentences."""
    by = {one.reader: one for one in costs}
    ratio = by["candor"].cpu / by["duckdb"].cpu
    memory = by["candor"].memory
    found = []
    if rows >= LARGE and ratio > MOST_CPU:
        found.append(f"It took {ratio:.2f} × the processor time of the bare scan, not {MOST_CPU}.")
    if memory > MOST_MEMORY:
        found.append(f"It held {memory / 1e6:,.0f} MB, not {MOST_MEMORY / 1e6:,.0f}.")
    return found


def section(rows: int, size: int, costs: list[Cost]) -> str:
    """One part of the page: the table, the limits, and what others do better."""
    scan = next(one.cpu for one in costs if one.reader == "duckdb")
    lines = [
        f"## {title(rows)}",
        "",
        f"One CSV of {size / 1e6:,.0f} MB with 16 columns. {machine()}",
        "",
        "| reader | CPU seconds | × bare scan | seconds passed | most memory, MB |",
        "|---|---:|---:|---:|---:|",
    ]
    for one in costs:
        numbers = f"{one.cpu:.2f} | {one.cpu / scan:.2f} | {one.wall:.2f} | {one.memory / 1e6:,.0f}"
        lines.append(f"| {TOLD[one.reader]} | {numbers} |")
    limits = f"{MOST_CPU} × from {LARGE:,} rows on, and {MOST_MEMORY / 1e6:,.0f} MB"
    short = [f"**{one}**" for one in missed(rows, costs)]
    lines += ["", *(short or [f"Its limits are held: {limits}."])]
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


def main() -> int:
    """Do one task here, for a process that does nothing else."""
    task, folder, rows = sys.argv[1:]
    if task == "make":
        print(make(Path(folder), int(rows)))
    else:
        print(json.dumps(asdict(measured(task, Path(folder), int(rows)))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
