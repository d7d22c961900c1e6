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
import sys
from collections.abc import Iterator
from importlib.abc import Loader, MetaPathFinder
from importlib.util import spec_from_loader
from itertools import chain
from pathlib import Path

import pytest

from tests.bench.mutants import Mutant, mutants
from tests.bench.reaching import Ended, Session, give

HOUSE = Path(__file__).resolve().parents[2]
VALUES = "review/test_values.py"
ACCOUNTS = ["review/test_register.py", "review/test_accounts.py", "review/test_links.py"]
PEOPLE = [
    VALUES,
    "review/test_counting.py",
    "review/test_voices.py",
    "review/test_sitting.py",
    "review/test_room_rules.py",
    "review/test_rules.py",
    "review/test_committee.py",
    *ACCOUNTS,
    "review/test_desk.py",
    "review/test_dialogue.py",
    "review/test_reminders.py",
    "review/test_on_record.py",
]
PROOF = [
    VALUES,
    "review/test_verdict.py",
    "review/test_verify.py",
    "review/test_hostile.py",
    "review/test_seal.py",
]
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
    "review.commands.desk": [*PEOPLE, "review/test_leaving.py", "review/test_two_pages.py"],
    "review.commands.door": [*PEOPLE, "review/test_identity.py"],
    "review.commands.hearing": PEOPLE,
    "review.commands.people": PEOPLE,
    "review.commands.room": PEOPLE,
    "review.commands.room_rules": PEOPLE,
    "review.commands.rules": PEOPLE,
    "review.commands.sealing": PEOPLE,
    "review.present.committee": PEOPLE,
    "review.present.deciding": PEOPLE,
    "review.present.sitting": PEOPLE,
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
SAID = {Ended.PASSED: "", Ended.NEVER: " (its tests did not come to an end)"}
FAILING = "The tests do not pass on the module as it is."
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


def newly_loaded(
    name: str, wanted: list[Mutant], chosen: list[str]
) -> Iterator[tuple[Mutant, Ended]]:
    """How the tests end for each of these, which are done as the module loads."""
    as_it_is = ast.parse(_file(name).read_text("utf-8"))
    if wanted and loaded(name, as_it_is, chosen) is not Ended.PASSED:
        raise SystemExit(FAILING)
    yield from ((one, loaded(name, one.tree, chosen)) for one in wanted)


def loaded(name: str, tree: ast.Module, chosen: list[str]) -> Ended:
    """How the tests end where this is loaded instead."""
    child = os.fork()
    if not child:
        give(SECONDS)
        _in_silence()
        sys.meta_path.insert(0, _Instead(name, tree, _file(name)))
        os._exit(int(pytest.main([*_options(), *chosen]) != pytest.ExitCode.OK))
    _, status = os.waitpid(child, 0)
    return Ended.NEVER if os.WIFSIGNALED(status) else Ended(os.waitstatus_to_exitcode(status))


def in_place(name: str, wanted: list[Mutant], chosen: list[str]) -> Iterator[tuple[Mutant, Ended]]:
    """Those of these, each in the body of a function, that no test fails on.

    The tests are collected and run once in a process of their own; it is forked for each mutant.
    """
    heard, said = os.pipe()
    child = os.fork()
    if not child:
        os.close(heard)
        _in_silence()
        tell = lambda place, ended: os.write(said, f"{place} {ended}\n".encode())  # noqa: E731
        status = pytest.main([*_options(), *chosen], plugins=[Session(_file(name), wanted, tell)])
        os._exit(int(status not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)))
    os.close(said)
    with os.fdopen(heard) as told:
        for line in told:
            place, ended = map(int, line.split())
            yield wanted[place], Ended(ended)
    _, status = os.waitpid(child, 0)
    if status:
        raise SystemExit(FAILING)


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


def unnoticed(name: str, every: list[Mutant]) -> Iterator[tuple[Mutant, Ended]]:
    """Those of these changes that no test fails on, as they are found, and how it ended."""
    files = [str(HOUSE / "tests" / test) for test in TESTS[name]]
    quick = [*files, "-k", f"not ({SLOW} or {TWICE} or {LONG})"]
    inner = [one for one in every if one.function is not None]
    outer = [one for one in every if one.function is None]
    found = chain(
        in_place(name, inner, [str(_file(name)), *quick]), newly_loaded(name, outer, quick)
    )
    left = ((one, ended) for one, ended in found if ended is not Ended.FAILED)
    if not set(TESTS[name]) & SIMULATED:
        return left
    slow = [*files, "-k", SLOW]
    again = (
        (one, loaded(name, one.tree, slow) if ended is Ended.PASSED else ended)
        for one, ended in left
    )
    return ((one, ended) for one, ended in again if ended is not Ended.FAILED)


def main() -> None:
    """Print what no test notices."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.mutation", description=__doc__)
    parser.add_argument("module", choices=list(TESTS))
    parser.add_argument("--lines", nargs=2, type=int, default=(1, 10_000))
    asked = parser.parse_args()
    for heavy in HEAVY:
        importlib.import_module(heavy)
    first, last = asked.lines
    source = _file(asked.module).read_text("utf-8")
    every = [one for one in mutants(source) if first <= one.line <= last]
    left = []
    for mutant, ended in unnoticed(asked.module, every):
        left.append(ended)
        print(f"{asked.module}:{mutant.line}: {mutant.what}{SAID[ended]}", flush=True)
    never = left.count(Ended.NEVER)
    print(
        f"{asked.module}: {len(every)} changes, {len(left) - never} unnoticed, "
        f"{never} whose tests did not come to an end."
    )


if __name__ == "__main__":
    main()
