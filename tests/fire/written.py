"""Write a figure down in docs/fire.md, in its own line; the others stay as they were."""

from __future__ import annotations

from pathlib import Path

FILE = Path(__file__).parents[2] / "docs" / "fire.md"
HEAD = """# The record under fire

Written by `make fire`; do not edit it. Each line is the last whole run of one figure, on invented
reviews. What was acknowledged is told by the process that did it, before it is killed, torn or
overtaken; then the store is opened anew and read to the end. Processor time counts every process
that the figure needed. Times by the clock are of the machine and the day: on a busy machine they
say nothing about Candor.

| figure | what was tried | how often | what was found | good | processor time | day |
|---|---|--:|---|---|--:|---|
"""


def write(name, figure, seconds, day, file=FILE):
    """Put the line of this figure in place of its last one."""
    lines = _lines(file)
    good = "yes" if figure.good else "**no**"
    lines[name] = (
        f"| `{name}` | {figure.what} | {figure.tried:,} | {figure.found} | {good} "
        f"| {seconds:,.0f} s | {day} |"
    )
    file.write_text(HEAD + "\n".join(lines.values()) + "\n", encoding="utf-8")


def _lines(file):
    """The lines that are there, by figure."""
    there = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return {line.split("`")[1]: line for line in there if line.startswith("| `")}
