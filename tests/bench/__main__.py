"""`make bench`, or `python -m tests.bench [intake|checks|engines|pages|proof|giant] ROWS …`.

Measures, and writes the page.
Exits with 1 where a limit is missed.
"""

from __future__ import annotations

import argparse
import os
import sys

from tests.bench import engines, giant, intake, page, pages, proof, suite

USUAL = ("intake", "checks", "engines", "pages", "proof")
"""What is measured where nothing is named; the giant takes minutes, and is asked for."""


def main() -> int:
    """Measure what was asked for; 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("asked", nargs="*", metavar="intake|checks|engines|pages|proof|giant|ROWS")
    asked = parser.parse_args().asked
    words = [one for one in asked if not one[0].isdigit()] or [*USUAL]
    numbers = [one for one in asked if one[0].isdigit()]
    numbers = numbers or os.environ.get("CANDOR_BENCH_ROWS", "1e5 1e6 1e7").split()
    rows = sorted(int(float(one)) for one in numbers)
    status = [_intake(one) for one in rows if "intake" in words]
    before: dict[int, list[suite.Cost]] = {}
    for one in rows if "checks" in words else ():
        costs = suite.compared(one)
        _tell(suite.title(one), suite.section(one, costs, before))
        status.append(bool(suite.missed(one, costs)))
        before[one] = costs
    if "engines" in words:
        status.append(_engines(rows[0]))
    if "pages" in words:
        status.append(_pages())
    if "proof" in words:
        status.append(_proof(rows))
    if "giant" in words:
        status.append(_giant(rows))
    return int(any(status))


def _engines(rows: int) -> bool:
    found = engines.measured(rows)
    _tell(engines.title(rows), engines.section(rows, found))
    return bool(engines.missed(found))


def _giant(rows: list[int]) -> bool:
    found = giant.measured(rows)
    giant.PAGE.write_text(giant.page(found), encoding="utf-8")
    return bool(giant.missed(found))


def _proof(rows: list[int]) -> bool:
    size, costs = proof.measured(rows)
    _tell(proof.TITLE, proof.section(size, costs))
    return bool(proof.missed(size, costs))


def _pages() -> bool:
    found = pages.measured()
    _tell(pages.TITLE, pages.section(found))
    return bool(pages.missed(found))


def _intake(rows: int) -> bool:
    size, costs = intake.compared(rows)
    _tell(intake.title(rows), intake.section(rows, size, costs))
    return bool(intake.missed(rows, costs))


def _tell(title: str, made: str) -> None:
    page.write(title, made)
    print(made)


if __name__ == "__main__":
    sys.exit(main())
