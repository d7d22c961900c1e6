"""A large file of Parquet, counted where it lies by a process that may hold two gigabytes.

Every step is told with its time and the most memory so far; the page is docs/giant.md.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import groupby, pairwise
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from tests.bench.costs import HOUSE, machine
from tests.bench.suite import CAMPAIGN, PEOPLE

PAGE = HOUSE / "docs/giant.md"
MOST_HELD, MOST_MEMORY, MOST_GROWTH = 2_000_000_000, 1_500_000_000, 10.0
"""Bytes that the process may hold, that it should, and times the work for ten times as many."""
KEPT = "CANDOR_GIANT"
"""Names a folder with files that were made before: ROWS/people.parquet."""
GROUPS = Path("/sys/fs/cgroup/memory")
HEAD = """\
# A hundred million people in place

Written by `python -m tests.bench giant 1e7 1e8`; do not edit it. All checks on invented people in
one file of Parquet with 19 columns, one person in 200 in two rows, and eight rules, with
`in_place: true`: the file is neither taken in nor copied. The process may hold 2 GB{enforced}.
Processor time counts every thread. Memory is the most that the process has held until then.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What was told when a step began: how long it had taken until then, and what was held."""

    says: str
    wall: float
    cpu: float
    memory: int


def measured(sizes: Sequence[int]) -> dict[int, list[Step]]:
    """The steps of a run for each number of rows."""
    found = {}
    for rows in sizes:
        with _folder(rows) as folder:
            text = CAMPAIGN.replace(
                "file: people.parquet", "file: people.parquet\n  in_place: true"
            )
            (folder / "campaign.yaml").write_text(text, encoding="utf-8")
            found[rows] = list(_apart(folder))
    return found


def missed(found: dict[int, list[Step]]) -> list[str]:
    """The limits that were missed, as sentences."""
    held = [
        f"{rows:,} rows held {steps[-1].memory / 1e6:,.0f} MB, more than {MOST_MEMORY / 1e6:,.0f}."
        for rows, steps in found.items()
        if steps[-1].memory > MOST_MEMORY
    ]
    grown = [
        f"{rows:,} rows took {growth:.1f} times the work of {rows // 10:,} (limit {MOST_GROWTH:g})."
        for rows, steps in found.items()
        if rows // 10 in found
        and (growth := steps[-1].cpu / found[rows // 10][-1].cpu) > MOST_GROWTH
    ]
    return held + grown


def page(found: dict[int, list[Step]]) -> str:
    """What was measured: the whole of each run, and then step by step."""
    enforced = ", and could not hold more" if _limited() else "; here nothing enforced that"
    lines = [HEAD.format(enforced=enforced), machine(), ""]
    lines += ["| rows | opening | all checks | in all | time passed | most memory |"]
    lines += ["|---:|---:|---:|---:|---:|---:|"]
    for rows, steps in found.items():
        opened = next(one.cpu for one in steps if re.match(r"0 of \d+ checks", one.says))
        whole = steps[-1]
        lines.append(
            f"| {rows:,} | {opened:,.1f} s | {whole.cpu - opened:,.1f} s | {whole.cpu:,.1f} s "
            f"| {whole.wall:,.0f} s | {whole.memory / 1e6:,.0f} MB |"
        )
    lines += ["", *_compared(found), *(missed(found) or ["Every limit was kept."])]
    lines += [part for rows, steps in found.items() for part in _steps(rows, steps)]
    return "\n".join(lines) + "\n"


def _compared(found: dict[int, list[Step]]) -> Iterator[str]:
    for rows, steps in found.items():
        if rows // 10 in found:
            growth = steps[-1].cpu / found[rows // 10][-1].cpu
            yield f"Ten times as many rows took {growth:.1f} times the processor time (limit 10)."


def _steps(rows: int, steps: Sequence[Step]) -> Iterator[str]:
    gaps = [after.wall - one.wall for one, after in pairwise(steps)]
    yield f"\n## {rows:,} rows, step by step\n"
    yield f"Whoever waited was told something {len(steps):,} times; here is the first of each kind."
    yield f"The longest time without a word was {max(gaps):,.1f} s.\n"
    yield "| after | processor time | most memory | what began then |"
    yield "|---:|---:|---:|---|"
    for _, some in groupby(steps, lambda one: re.sub(r"[\d,.]+|“.*”|Now: .*", "", one.says)):
        one = next(some)
        yield (
            f"| {one.wall:,.1f} s | {one.cpu:,.1f} s | {one.memory / 1e6:,.0f} MB "
            f"| {one.says.replace('|', '/')} |"
        )


@contextmanager
def _folder(rows: int) -> Iterator[Path]:
    """A folder with the people; one that was made before, where it is named."""
    kept = Path(os.environ.get(KEPT, "/nowhere"), str(rows))
    if (kept / "people.parquet").is_file():
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="candor-giant-") as made:
        subprocess.run(
            [sys.executable, "-m", "tests.bench.giant", "make", made, str(rows)],
            cwd=HOUSE,
            check=True,
        )
        yield Path(made)


def _apart(folder: Path) -> Iterator[Step]:
    """Run the checks in a process of its own, in what it may hold."""
    command = [sys.executable, "-m", "tests.bench.giant", "run", str(folder)]
    with (
        _group() as group,
        subprocess.Popen([*command, *group], cwd=HOUSE, stdout=subprocess.PIPE, text=True) as child,
    ):
        assert child.stdout is not None
        for line in child.stdout:
            step = Step(**json.loads(line))
            print(f"{step.wall:8.1f} s {step.memory / 1e6:6.0f} MB  {step.says}", flush=True)
            yield step
        child.wait()
    if child.returncode:
        raise SystemExit(f"The run ended with {child.returncode}.")


def _limited() -> bool:
    return os.access(GROUPS / "cgroup.procs", os.W_OK)


@contextmanager
def _group() -> Iterator[list[str]]:
    """A group of processes that may hold so much and no more, where this system lets us make it."""
    if not _limited():
        yield []
        return
    group = GROUPS / f"candor-{os.getpid()}"
    group.mkdir()
    (group / "memory.limit_in_bytes").write_text(str(MOST_HELD), encoding="utf-8")
    try:
        yield [str(group)]
    finally:
        group.rmdir()


def _make(folder: Path, rows: int) -> None:
    import duckdb

    file = str(folder / "people.parquet").replace("'", "''")
    connection = duckdb.connect(config={"threads": "2", "memory_limit": "2GB"})
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET preserve_insertion_order = false")
    connection.execute(PEOPLE.format(rows=rows, file=file))


def _run(folder: Path) -> None:
    from checks import places
    from checks.runs import watching
    from checks.runs.run import run_campaign

    began = time.monotonic()

    def tell(says: str) -> None:
        used = getrusage(RUSAGE_SELF)
        step = Step(
            says=says,
            wall=time.monotonic() - began,
            cpu=used.ru_utime + used.ru_stime,
            memory=used.ru_maxrss * 1024,
        )
        print(json.dumps(asdict(step)), flush=True)

    with watching.watched(watching.Watch(lambda seen: tell(seen.says))):
        run = run_campaign(folder / "campaign.yaml", places.DATA / "policies/default.yaml")
    tell(f"Done: {run.people.people:,} people, {run.people.targeted:,} on the list.")


def main(what: str, folder: Path, *more: str) -> None:
    """Make the people, or count them as a member of a group."""
    if what == "make":
        _make(folder, int(more[0]))
        return
    for group in more:
        Path(group, "cgroup.procs").write_text(str(os.getpid()), encoding="utf-8")
    _run(folder)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
