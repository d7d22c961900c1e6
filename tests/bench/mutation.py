"""Break one thing at a time and see whether a test notices: ``python -m tests.bench.mutation``.

Each mutant is one changed operator, number, word or condition of a module. The module's tests are
collected once, and each says which lines of the module it reaches. A change in the body of a
function takes the place of what is there, in a process of its own, and only the tests that reach
that function are run. What is done as the module loads is loaded anew, and all its tests run.

What no test notices is printed with its line. Those that change nothing are listed, with why, in
docs/mutation.md.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import os
import signal
import sys
from collections.abc import Iterable
from importlib.abc import Loader, MetaPathFinder
from importlib.util import spec_from_loader
from pathlib import Path

import pytest

from tests.bench.mutants import Mutant, mutants
from tests.bench.reaching import Session

HOUSE = Path(__file__).resolve().parents[2]
VALUES = "review/test_values.py"
ACCOUNTS = ["review/test_register.py", "review/test_accounts.py"]
PEOPLE = [
    VALUES,
    "review/test_counting.py",
    "review/test_voices.py",
    "review/test_room_rules.py",
    "review/test_rules.py",
    "review/test_committee.py",
    *ACCOUNTS,
    "review/test_desk.py",
    "review/test_dialogue.py",
    "review/test_reminders.py",
]
PROOF = [VALUES, "review/test_verify.py", "review/test_seal.py"]
TESTS = {
    "checks.statistics": ["checks/test_statistics.py", "checks/test_judging.py"],
    "checks.fairness.judging": [
        "checks/test_judging_limits.py",
        "checks/test_judging.py",
        "checks/test_bias_selection.py",
    ],
    "checks.fairness.contrast": [
        "checks/test_judging_limits.py",
        "checks/test_judging.py",
        "checks/test_statistics.py",
    ],
    "checks.campaign.committee": ["checks/test_committee.py", VALUES],
    "review.commands.acts": PEOPLE,
    "review.commands.balloting": PEOPLE,
    "review.commands.clerk": [*PEOPLE, "review/test_chain.py", "review/test_ledger.py"],
    "review.commands.desk": [*PEOPLE, "review/test_chain.py", "review/test_sceptic.py"],
    "review.commands.door": [*PEOPLE, "review/test_identity.py"],
    "review.commands.people": PEOPLE,
    "review.commands.room": PEOPLE,
    "review.commands.room_rules": PEOPLE,
    "review.commands.rules": PEOPLE,
    "review.present.committee": PEOPLE,
    "review.proof.verify": PROOF,
    "review.store.chain": [VALUES, "review/test_chain.py", "review/test_kept_folds.py"],
    "review.who.accounts": [VALUES, *ACCOUNTS, "review/test_identity.py"],
    "review.who.identity": ["review/test_identity.py"],
    "review.who.names": ["review/test_names.py"],
}
SLOW = "fair_campaigns or planted_06 or true_085 or never_shares_out"
"""Tests that simulate whole campaigns: asked only where no other test noticed."""
SIMULATED = {"checks/test_judging.py"}
"""The files they are in."""
TWICE = "postgresql"
"""Tests that say the same of another store."""
LONG = "changed_byte or no_byte_outside or needs_no_store"
"""Tests that change thousands of bytes, or start a program: what they find, others name."""
SECONDS = 300
HEAVY = (
    "numpy",
    "pandas",
    "scipy.stats",
    "statsmodels.stats.proportion",
    "duckdb",
    "sqlalchemy",
    "pydantic",
    "psycopg",
    "pikepdf",
    "pyhanko.sign",
)
"""What is the same for every mutant, and loaded once."""


class _Instead(MetaPathFinder, Loader):
    """Hands out the mutant where the module is asked for."""

    def __init__(self, name: str, tree: ast.Module, file: Path) -> None:
        self._name, self._tree, self._file = name, tree, file

    def find_spec(self, name, path=None, target=None):  # noqa: ARG002
        return spec_from_loader(name, self, origin=str(self._file)) if name == self._name else None

    def exec_module(self, module):
        exec(compile(self._tree, str(self._file), "exec"), module.__dict__)


def loaded(name: str, mutant: Mutant, chosen: list[str]) -> bool:
    """Whether a test fails, or does not come to an end, where the mutant is loaded instead."""
    child = os.fork()
    if not child:
        signal.alarm(SECONDS)
        _in_silence()
        sys.meta_path.insert(0, _Instead(name, mutant.tree, _file(name)))
        os._exit(int(pytest.main([*_options(), *chosen]) != pytest.ExitCode.OK))
    _, status = os.waitpid(child, 0)
    return status != 0


def in_place(name: str, wanted: list[Mutant], chosen: list[str]) -> list[int]:
    """Which of these, each in the body of a function, no test notices; by their place in the list.

    The tests are collected and run once in a process of their own; it is forked for each mutant.
    """
    heard, said = os.pipe()
    child = os.fork()
    if not child:
        os.close(heard)
        _in_silence()
        session = Session(_file(name), wanted, lambda place: os.write(said, f"{place} ".encode()))
        status = pytest.main([*_options(), *chosen], plugins=[session])
        os._exit(int(status not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)))
    os.close(said)
    with os.fdopen(heard) as told:
        found = [int(place) for place in told.read().split()]
    _, status = os.waitpid(child, 0)
    if status:
        raise SystemExit("The tests do not pass on the module as it is.")
    return found


def _in_silence() -> None:
    if os.environ.get("LOUD"):
        return
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)


def _options() -> list[str]:
    return ["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0"]


def _file(name: str) -> Path:
    return HOUSE / f"{name.replace('.', '/')}.py"


def survivors(name: str, within: range) -> Iterable[Mutant]:
    """Mutants of a module on these lines that no test notices, and how many there are of all."""
    files = [str(HOUSE / "tests" / test) for test in TESTS[name]]
    quick = [*files, "-k", f"not ({SLOW} or {TWICE} or {LONG})"]
    every = [one for one in mutants(_file(name).read_text("utf-8")) if one.line in within]
    inner = [one for one in every if one.function is not None]
    left = [inner[place] for place in in_place(name, inner, [str(_file(name)), *quick])]
    left += [one for one in every if one.function is None and not loaded(name, one, quick)]
    if set(TESTS[name]) & SIMULATED:
        left = [one for one in left if not loaded(name, one, [*files, "-k", SLOW])]
    return len(every), sorted(left, key=lambda one: one.line)


def main() -> None:
    """Print what no test notices."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.mutation", description=__doc__)
    parser.add_argument("module", choices=list(TESTS))
    parser.add_argument("--lines", nargs=2, type=int, default=(1, 10_000))
    asked = parser.parse_args()
    for heavy in HEAVY:
        importlib.import_module(heavy)
    first, last = asked.lines
    tried, left = survivors(asked.module, range(first, last + 1))
    for mutant in left:
        print(f"{asked.module}:{mutant.line}: {mutant.what}", flush=True)
    print(f"{asked.module}: {tried} changes, {len(left)} unnoticed.")


if __name__ == "__main__":
    main()
