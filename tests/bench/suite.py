"""The benchmark of the checks: all of them on people that were taken in, beside one bare scan.

The rates of five attributes are counted beside pandas, polars, fairlearn and aequitas.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from checks.runs.resting import at_rest
from tests.bench.costs import HOUSE, Cost, apart, cost_apart, machine, middle, rounds, timed

_ME = "tests.bench.suite"
MOST, MOST_WITHOUT = 14.0, 10.0
"""Times the processor time of the bare scan: all checks, and without looking for duplicates."""
LARGE = 10_000_000
"""Rows from which on these limits hold."""
SMALL, MOST_SECONDS = 100_000, 1.0
"""So many rows are opened and judged in so many seconds of processor time."""
MOST_MEMORY = 1_000_000_000
MANY = 1_000_000
LEAST = {"fairlearn": 100.0, "aequitas": 5.0}
"""How many times less processor time the rates of five attributes take, from so many rows on."""
LOADED = (
    *("scipy.optimize", "scipy.spatial.distance", "scipy.special", "scipy.stats"),
    *("statsmodels.stats.contingency_tables", "statsmodels.stats.multitest"),
)
RATES = ("gender", "origin", "income", "language", "family")
IN_FILE = ("gender", "origin", "income", "spoken", "family")
PEERS = Path(os.environ.get("CANDOR_PEERS", HOUSE / ".venv/peers/bin/python"))
"""The Python that has fairlearn and aequitas; without it they are left out."""

CAMPAIGN = """\
id: suite
name: Suite
owner: ana@bank.example
launch: 2026-12-01
sector: credit
effect: opportunity
regions: [DE]
people:
  file: people.parquet
  key: customer_id
  targeted: on_list
  segment: segment
  attributes:
    gender: gender
    age: {column: birth_year, as: birth_year, bands: [25, 35, 45, 55, 65]}
    origin: origin
    income: income
    language: spoken
    family: family
  quasi_identifiers: [age, gender, area]
rules:
  - {column: area, not_among: [A001, A002], because: no branch}
  - {column: product, among: [p1, p2, p3, p4, p5, p6], because: has it}
  - {column: device, not_among: [d9], because: cannot show it}
  - {column: school, not_among: [s9], because: another offer}
  - {column: tenure, at_least: 1, because: new customers have another offer}
  - {column: visits, at_least: 1, because: was here}
  - {column: branch, not_among: [b99], because: closed}
  - {column: score, at_least: 5, because: may answer}
channels:
  email:
    basis: consent
    purpose: direct_marketing
    permission: {status: email_status, granted: [granted], given: email_at}
fields: [{name: area, source: crm}, {name: product, source: crm}, {name: score, source: model}]
"""

PEOPLE = """
COPY (
  SELECT 'C' || (10000000 + n - (n % 200 = 7)::INTEGER) AS customer_id,
         a % 10 < 4 AS on_list,
         'segment ' || (a % 20) AS segment,
         ['f', 'm', 'x', 'unknown'][1 + least(a % 7 // 2, 3)] AS gender,
         (1936 + b % 70)::SMALLINT AS birth_year,
         'origin ' || (b % 12) AS origin,
         'band ' || (c % 7) AS income,
         ['en', 'fr', 'de', 'pl', 'tr', 'ar', 'it', 'es'][1 + c % 8] AS spoken,
         ['alone', 'pair', 'children', 'others'][1 + d % 4] AS family,
         'A' || lpad((b % 900)::VARCHAR, 3, '0') AS area,
         'p' || (c % 9) AS product,
         'd' || (d % 10) AS device,
         's' || (a % 10) AS school,
         (d % 12)::SMALLINT AS tenure,
         (c % 40)::SMALLINT AS visits,
         'b' || (d % 100) AS branch,
         (a % 100)::SMALLINT AS score,
         ['granted', 'denied', 'withdrawn', 'granted'][1 + c % 4] AS email_status,
         DATE '2025-01-01' + (c % 600)::INTEGER AS email_at
  FROM (SELECT n, (h & 1048575)::BIGINT AS a, ((h >> 16) & 1048575)::BIGINT AS b,
               ((h >> 28) & 4194303)::BIGINT AS c, ((h >> 41) & 4194303)::BIGINT AS d
        FROM (SELECT n, md5_number_lower(n::VARCHAR) AS h FROM range({rows}) AS numbers(n)))
) TO '{file}' (FORMAT parquet)
"""


def make(folder: Path, rows: int) -> int:
    """Write the people and their campaign, and take them in; returns the rows stored."""
    import duckdb

    from checks.campaign.reading import read_campaign
    from checks.intake import take_in

    file = str(folder / "people.parquet").replace("'", "''")
    connection = duckdb.connect(config={"threads": "2"})
    connection.execute("SET enable_progress_bar = false")
    connection.execute(PEOPLE.format(rows=rows, file=file))
    (folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    snapshot = take_in(read_campaign(folder / "campaign.yaml"), folder, folder / "home")
    return snapshot.record.tables["people"].rows


def _stored(folder: Path, columns: str = "*") -> Any:
    import duckdb

    [file] = (folder / "home/snapshots").glob("*/people.parquet")
    connection = duckdb.connect(config={"threads": "2"})
    connection.execute("SET enable_progress_bar = false")
    made = f"CREATE TABLE people AS SELECT {columns} FROM read_parquet($file)"
    connection.execute(made, {"file": str(file)})
    return connection


def bare_scan(folder: Path) -> Callable[[], int]:
    """DuckDB hashes every column but the key, as they are stored, and keeps nothing."""
    connection = _stored(folder)
    scan = "SELECT count(*), bit_xor(hash(COLUMNS(* EXCLUDE (c0)))) FROM people"
    return lambda: int(connection.execute(scan).fetchall()[0][0])


def duplicates(folder: Path) -> Callable[[], int]:
    """The keys that stand in more than one row, found as opening the people finds them.

    By numbers made of keys, and then by the keys of the few rows that share a number.
    """
    import numpy as np
    import pyarrow as pa

    from checks.audience.marks import Marks

    connection = _stored(folder, "c0")
    [(rows,)] = connection.execute("SELECT count(*) FROM people").fetchall()

    def found() -> int:
        marks = Marks(folder, rows)
        hashed = connection.sql("SELECT hash(c0) AS mark, rowid AS place FROM people")
        for some in hashed.to_arrow_reader(1 << 20):
            marks.take(np.from_dlpack(some["mark"]), np.from_dlpack(some["place"]))
        alike = pa.table({"place": np.flatnonzero(marks.flags())})
        connection.register("alike", alike)
        twice = (
            "SELECT count(*) FROM (SELECT c0 FROM people SEMI JOIN alike "
            "ON people.rowid = alike.place GROUP BY c0 HAVING count(*) > 1)"
        )
        return int(connection.execute(twice).fetchall()[0][0])

    return found


def _opened(folder: Path) -> Any:
    from checks.audience import Audience
    from checks.campaign.reading import read_campaign
    from checks.case import Case
    from checks.policy import read_policy

    [snapshot] = (folder / "home/snapshots").iterdir()
    campaign = read_campaign(folder / "campaign.yaml")
    policy = read_policy(HOUSE / "data/policies/default.yaml")

    def case() -> Case:
        audience = Audience.open(snapshot, campaign, policy)
        return Case(campaign=campaign, audience=audience, policy=policy)

    return case


def opening(folder: Path) -> Callable[[], int]:
    """Build the view with a row a person."""
    case = _opened(folder)
    return lambda: int(case().audience.rows)


def all_checks(folder: Path) -> Callable[[], int]:
    """Everything that judges; libraries that are loaded at first use are loaded beforehand."""
    from checks import registry

    for one in LOADED:
        import_module(one)

    case = _opened(folder)()
    checks = registry.catalogue()
    return lambda: len(registry.run(case, checks))


def rates(folder: Path) -> Callable[[], int]:
    """How many there are of each group of five attributes, and how many are on the list."""
    audience = _opened(folder)().audience
    return lambda: sum(len(audience.count(f"attribute.{one}", "targeted")) for one in RATES)


def in_pandas(folder: Path) -> Callable[[], int]:
    """The same by groupby, on categories."""
    import pandas as pd

    people = pd.read_parquet(folder / "people.parquet", columns=[*IN_FILE, "on_list"])
    people = people.astype(dict.fromkeys(IN_FILE, "category"))
    return lambda: sum(
        len(people.groupby(one, observed=True)["on_list"].agg(["size", "sum"])) for one in IN_FILE
    )


def in_polars(folder: Path) -> Callable[[], int]:
    """The same by group_by, on categories."""
    import polars as pl

    people = pl.read_parquet(folder / "people.parquet", columns=[*IN_FILE, "on_list"])
    people = people.with_columns(pl.col(pl.String).cast(pl.Categorical))
    return lambda: sum(
        people.group_by(one).agg(pl.len(), pl.col("on_list").sum()).height for one in IN_FILE
    )


TASKS: Mapping[str, Callable[[Path], Callable[[], int]]] = {
    "scan": bare_scan,
    "opening": opening,
    "checks": all_checks,
    "duplicates": duplicates,
    "rates": rates,
    "pandas": in_pandas,
    "polars": in_polars,
}
TOLD = {
    "scan": "bare DuckDB scan and hash",
    "opening": "Candor, opening the people",
    "checks": "Candor, all checks",
    "duplicates": "Candor, duplicates alone (a part of opening)",
    "rates": "rates of five attributes: Candor",
    "pandas": "rates of five attributes: pandas",
    "polars": "rates of five attributes: polars",
    "fairlearn": "rates of five attributes: fairlearn",
    "aequitas": "rates of five attributes: aequitas",
}


def compared(rows: int) -> list[Cost]:
    """What each task took."""
    with tempfile.TemporaryDirectory(prefix="candor-bench-") as made:
        folder = Path(made)
        apart(_ME, "make", folder, rows)
        there = [name for name in TASKS if name != "polars" or find_spec(name)]
        taken = [cost_apart(_ME, name, folder, rows) for name in there * rounds(rows)]
        peers = [_peer(name, folder) for name in LEAST] if PEERS.is_file() else []
    return [middle([one for one in taken if one.reader == name]) for name in there] + peers


def _peer(name: str, folder: Path) -> Cost:
    command = [str(PEERS), str(HOUSE / "tests/bench/peers.py"), name, folder / "people.parquet"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told = json.loads(done.stdout.splitlines()[-1])
    return Cost(reader=name, cpu=told["cpu"], wall=told["wall"], memory=told["memory"])


def missed(rows: int, costs: list[Cost]) -> list[str]:
    """The limits that were missed, as sentences."""
    by = {one.reader: one.cpu for one in costs}
    scan, without = by["scan"], by["checks"]
    found = []
    if rows >= LARGE and without > MOST_WITHOUT * scan:
        found.append(f"All checks took {without / scan:.1f} × the bare scan, not {MOST_WITHOUT:g}.")
    if rows >= LARGE and without + by["duplicates"] > MOST * scan:
        times = (without + by["duplicates"]) / scan
        found.append(f"With the duplicates they took {times:.1f} × the bare scan, not {MOST:g}.")
    if rows <= SMALL and by["opening"] + without > MOST_SECONDS:
        took = by["opening"] + without
        found.append(f"Opening and judging took {took:.2f} s, not {MOST_SECONDS:g}.")
    memory = max(one.memory for one in costs if one.reader in ("opening", "checks"))
    if memory > MOST_MEMORY:
        found.append(f"They held {memory / 1e6:,.0f} MB, not {MOST_MEMORY / 1e6:,.0f}.")
    for name, least in LEAST.items():
        if rows >= MANY and name in by and by[name] < least * by["rates"]:
            times = by[name] / by["rates"]
            found.append(f"{name} took {times:.1f} × the time of our rates, not {least:g}.")
    return found


def title(rows: int) -> str:
    """What its part of the page is called."""
    return f"Checks, {rows:,} rows"


def section(rows: int, costs: list[Cost], before: Mapping[int, list[Cost]]) -> str:
    """One part of the page: the table, the limits, and how it grew; `before` are fewer rows."""
    scan = next(one.cpu for one in costs if one.reader == "scan")
    lines = [
        f"## {title(rows)}",
        "",
        f"{rows:,} people with 18 columns and a key, six attributes, eight fields. {machine()}",
        "",
        "| task | CPU seconds | × bare scan | seconds passed | most memory, MB |",
        "|---|---:|---:|---:|---:|",
    ]
    for one in costs:
        numbers = f"{one.cpu:.3f} | {one.cpu / scan:.1f} | {one.wall:.2f} | {one.memory / 1e6:,.0f}"
        lines.append(f"| {TOLD[one.reader]} | {numbers} |")
    held = missed(rows, costs) or ["All limits for so many rows are held."]
    lines += ["", *(f"**{one}**" for one in held), *_lost(costs), *_grown(rows, costs, before), ""]
    return "\n".join(lines)


def _lost(costs: list[Cost]) -> list[str]:
    """What counts the same rates in less processor time than we do."""
    [ours] = [one.cpu for one in costs if one.reader == "rates"]
    others = [one for one in costs if one.reader in ("pandas", "polars", *LEAST)]
    less = [f"{one.reader} ({ours / one.cpu:.1f} ×)" for one in others if one.cpu < ours]
    return ["", f"What we do not win: the rates, against {', '.join(less)}."] if less else []


def _grown(rows: int, costs: list[Cost], before: Mapping[int, list[Cost]]) -> list[str]:
    if not before:
        return []
    fewer = max(before)
    told = []
    for name in ("opening", "checks", "scan"):
        then, now = (
            next(one.cpu for one in some if one.reader == name) for some in (before[fewer], costs)
        )
        told.append(f"{TOLD[name]} {now / then:.1f} ×")
    return ["", f"From {fewer:,} to {rows:,} rows: {', '.join(told)}."]


def main() -> int:
    """Do one task here, for a process that does nothing else."""
    task, folder, rows = sys.argv[1:]
    if task == "make":
        print(make(Path(folder), int(rows)))
    else:
        ready = TASKS[task](Path(folder))
        with at_rest():  # as the command and the served application do
            print(json.dumps(asdict(timed(task, ready)[1])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
