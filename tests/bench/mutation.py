"""Break one thing at a time and see whether a test notices: ``python -m tests.bench.mutation``.

Each mutant is one changed operator, number, word or condition of a module. It is run against the
module's tests in a process of its own; what no test notices is printed with its line. Those that
change nothing are listed, with why, in docs/mutation.md.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.abc import Loader, MetaPathFinder
from importlib.util import spec_from_loader
from pathlib import Path
from typing import NamedTuple

import pytest

HOUSE = Path(__file__).resolve().parents[2]
COMMITTEE = ["review/test_committee.py", "review/test_accounts.py"]
TESTS = {
    "checks.statistics": ["checks/test_statistics.py", "checks/test_judging.py"],
    "checks.fairness.judging": [
        "checks/test_judging_limits.py",
        "checks/test_judging.py",
        "checks/test_bias_selection.py",
    ],
    "checks.campaign.committee": ["checks/test_committee.py"],
    "review.present.committee": COMMITTEE,
    "review.commands.room_rules": COMMITTEE,
    "review.commands.rules": ["review/test_desk.py", *COMMITTEE],
    "review.commands.door": ["review/test_accounts.py"],
    "review.who.accounts": ["review/test_accounts.py"],
    "review.who.identity": ["review/test_identity.py"],
    "review.store.chain": ["review/test_chain.py", "review/test_kept_folds.py"],
}
SLOW = "fair_campaigns or planted_06 or true_085 or never_shares_out"
SIMULATED = {"checks/test_judging.py"}
"""The files they are in."""
TWICE = "postgresql"
"""Tests that say the same of another store."""
"""Tests that simulate whole campaigns: asked only where no other test noticed."""
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
)
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Pow: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "ceil": "floor", "floor": "ceil"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change."""

    line: int
    what: str
    tree: ast.Module


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of a module; each tree is fresh."""
    for number in range(len(list(_changes(ast.parse(source))))):
        tree = ast.parse(source)
        node, change = list(_changes(tree))[number]
        setattr(node, change.part, change.value)
        yield Mutant(line=node.lineno, what=change.what, tree=ast.fix_missing_locations(tree))


class Change(NamedTuple):
    """What becomes of one part of a node, and how that is said."""

    what: str
    part: str
    value: object


def _changes(tree: ast.Module) -> Iterator[tuple[ast.expr, Change]]:
    """Everything that could be changed; docstrings and words of sentences are left alone."""
    spoken = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            spoken |= {id(part) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) not in spoken:
            yield from ((node, change) for change in (*_operators(node), *_values(node)))


def _operators(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Compare(ops=ops):
            for at, op in enumerate(ops):
                yield Change(_told(op), "ops", [*ops[:at], SWAPS[type(op)](), *ops[at + 1 :]])
        case ast.BinOp(op=op) | ast.BoolOp(op=op) if type(op) in SWAPS:
            yield Change(_told(op), "op", SWAPS[type(op)]())
        case ast.UnaryOp(op=ast.USub() | ast.Not() as op):
            yield Change(f"drop {type(op).__name__}", "op", ast.UAdd())
        case ast.IfExp(test=test):
            yield Change("if ↔ else", "test", ast.UnaryOp(ast.Not(), test))
        case ast.If(test=test):
            yield Change("if → if not", "test", ast.UnaryOp(ast.Not(), test))


def _values(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Constant(value=bool(value)):
            yield Change(f"{value} → {not value}", "value", not value)
        case ast.Constant(value=int(value) | float(value)):
            yield Change(f"{value} → {value + 1}", "value", value + 1)
        case ast.Constant(value=str(value)) if " " not in value:
            yield Change(f"“{value}” → “X”", "value", "X")
        case ast.Name(id=name) if name in NAMES:
            yield Change(f"{name} → {NAMES[name]}", "id", NAMES[name])


def _told(op: ast.AST) -> str:
    return f"{type(op).__name__} → {SWAPS[type(op)].__name__}"


class _Instead(MetaPathFinder, Loader):
    """Hands out the mutant where the module is asked for."""

    def __init__(self, name: str, tree: ast.Module, file: Path) -> None:
        self._name, self._tree, self._file = name, tree, file

    def find_spec(self, name, path=None, target=None):  # noqa: ARG002
        return spec_from_loader(name, self, origin=str(self._file)) if name == self._name else None

    def exec_module(self, module):
        exec(compile(self._tree, str(self._file), "exec"), module.__dict__)


def noticed(name: str, mutant: Mutant, chosen: list[str]) -> bool:
    """Whether a test fails on the mutant, or does not come to an end."""
    child = os.fork()
    if not child:
        signal.alarm(SECONDS)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        sys.meta_path.insert(0, _Instead(name, mutant.tree, _file(name)))
        options = ["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0"]
        os._exit(int(pytest.main([*options, *chosen]) != pytest.ExitCode.OK))
    _, status = os.waitpid(child, 0)
    return status != 0


def _file(name: str) -> Path:
    return HOUSE / f"{name.replace('.', '/')}.py"


def survivors(name: str, within: range) -> Iterator[Mutant]:
    """Mutants of a module on these lines that no test notices."""
    files = [str(HOUSE / "tests" / test) for test in TESTS[name]]
    source, quick = _file(name).read_text(encoding="utf-8"), f"not ({SLOW} or {TWICE})"
    if noticed(name, Mutant(line=0, what="nothing", tree=ast.parse(source)), [*files, "-k", quick]):
        raise SystemExit("The tests do not pass on the module as it is.")
    for mutant in mutants(source):
        if mutant.line not in within:
            continue
        killed = noticed(name, mutant, [*files, "-k", quick])
        slow = bool(set(TESTS[name]) & SIMULATED)
        if not killed and not (slow and noticed(name, mutant, [*files, "-k", SLOW])):
            yield mutant


def main() -> None:
    """Print what no test notices."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.mutation", description=__doc__)
    parser.add_argument("module", choices=list(TESTS))
    parser.add_argument("--lines", nargs=2, type=int, default=(1, 10_000))
    asked = parser.parse_args()
    for heavy in HEAVY:
        importlib.import_module(heavy)
    first, last = asked.lines
    for mutant in survivors(asked.module, range(first, last + 1)):
        print(f"{asked.module}:{mutant.line}: {mutant.what}", flush=True)


if __name__ == "__main__":
    main()
