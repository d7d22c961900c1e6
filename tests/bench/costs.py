"""What a task costs in a process of its own: processor time, time passed, memory."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

ROUNDS, SMALL = int(os.environ.get("CANDOR_BENCH_ROUNDS", "3")), 2_000_000
"""How often each task is done, in turns, where there are no more rows than this; else once."""
HOUSE = Path(__file__).resolve().parents[2]
NAMED = ("duckdb", "pandas", "polars")


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """What one task took."""

    reader: str
    cpu: float
    """Seconds of processor time, in all threads, in the program and in the system."""
    wall: float
    memory: int
    """Bytes, at the most."""


def timed(name: str, task: Callable[[], int]) -> tuple[int, Cost]:
    """Do a task here: what it gave, and what it took."""
    before, began = getrusage(RUSAGE_SELF), time.monotonic()
    found = task()
    after, ended = getrusage(RUSAGE_SELF), time.monotonic()
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return found, Cost(reader=name, cpu=cpu, wall=ended - began, memory=after.ru_maxrss * 1024)


def apart(module: str, task: str, folder: Path, rows: int) -> str:
    """Do one task in a process of its own; this one stays small, as a child counts it too."""
    command = [sys.executable, "-m", module, task, str(folder), str(rows)]
    done = subprocess.run(command, cwd=HOUSE, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def cost_apart(module: str, task: str, folder: Path, rows: int) -> Cost:
    """What one task takes in a process of its own."""
    return Cost(**json.loads(apart(module, task, folder, rows).splitlines()[-1]))


def rounds(rows: int) -> int:
    """How often each task is done."""
    return 1 if rows > SMALL else ROUNDS


def middle(costs: list[Cost]) -> Cost:
    """The one of the middle by processor time, with the most memory that any of them held."""
    ordered = sorted(costs, key=lambda one: one.cpu)
    return replace(ordered[len(ordered) // 2], memory=max(one.memory for one in costs))


def machine() -> str:
    """On what it was measured, and when."""
    cores, load = os.cpu_count(), os.getloadavg()[0]
    versions = ", ".join(filter(None, map(_version, NAMED)))
    return (
        f"Measured on {datetime.now(UTC).date()}: {_processor()}, {cores} cores, load {load:.1f} "
        f"at the end, {platform.system()}, Python {platform.python_version()}, {versions}."
    )


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return ""


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    told = known.read_text(encoding="utf-8") if known.is_file() else ""
    found = re.search(r"^model name\s*:\s*(.+)$", told, re.MULTILINE)
    return found[1].strip() if found else platform.machine()
