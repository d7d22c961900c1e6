"""Which lines of a module each test reaches, and whether one of them notices a change there."""

from __future__ import annotations

import ast
import builtins
import gc
import os
import pickle
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import _lru_cache_wrapper
from pathlib import Path
from types import CodeType, FunctionType

import pytest

from tests.bench.mutants import Mutant

PATIENCE = 20
"""Seconds of processor time over ten times what the tests took; then a mutant does not end."""


WAITING = 10
"""Times as long, by the clock on the wall: other programs may want the same processors."""
SAYS = "__reached__"
"""What a marked function calls with the lines of each statement that it comes to."""


class Ended(IntEnum):
    """How the tests near a change came to their end."""

    PASSED = 0
    FAILED = 1
    NEVER = 2
    """Stopped when their time was over, or crashed."""


@dataclass(frozen=True, slots=True)
class Reached:
    """One test, the lines of the module that it reaches, and how long it takes."""

    test: pytest.Item
    lines: frozenset[int]
    seconds: float


class Session:
    """Takes the place of the loop of a test session: each test once, then each mutant."""

    def __init__(
        self, file: Path, wanted: list[Mutant], tell: Callable[[int, Ended], object]
    ) -> None:
        self._file, self._wanted, self._tell = str(file), wanted, tell

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Tell of each mutant, by its place, that no test notices or that does not end."""
        functions = [one for one in _alive(FunctionType) if self._is_here(one)]
        reached = self._apart(session, functions)
        if not reached and session.items:
            raise session.Failed
        caches = _caches()
        for place, mutant in enumerate(self._wanted):
            near = _nearest(mutant, reached)
            ended = _ended(near, session, lambda m=mutant: _put(m.tree, functions, caches))
            if ended is not Ended.FAILED:
                self._tell(place, ended)
        return True

    def _apart(self, session: pytest.Session, functions: list[FunctionType]) -> list[Reached]:
        """What each test reaches, found out in a process of its own; nothing where one fails.

        What a test starts, a pool of threads inside a library, would not live in a copy of it.
        """
        heard, said = os.pipe()
        child = os.fork()
        if not child:
            lines: set[int] = set()
            builtins.__dict__[SAYS] = lines.update
            _put(marked(Path(self._file).read_text("utf-8")), functions, [])
            found = [_reached(one, session, lines) for one in session.items]
            with os.fdopen(said, "wb") as telling:
                if not session.testsfailed:
                    pickle.dump([(one.lines, one.seconds) for one in found], telling)
            os._exit(0)
        os.close(said)
        with os.fdopen(heard, "rb") as hearing:
            told = hearing.read()
        os.waitpid(child, 0)
        if not told:
            return []
        found = pickle.loads(told)
        return [Reached(test, *one) for test, one in zip(session.items, found, strict=True)]

    def _is_here(self, function: FunctionType) -> bool:
        return function.__code__.co_filename == self._file


def _reached(test: pytest.Item, session: pytest.Session, lines: set[int]) -> Reached:
    """What an earlier test had kept for it is forgotten first: it would not be reached."""
    for kept in _caches():
        kept.cache_clear()
    lines.clear()
    began = time.process_time()
    _run(test, session)
    return Reached(test, frozenset(lines), time.process_time() - began)


def _run(test: pytest.Item, session: pytest.Session) -> None:
    """Run a test; what stands for the whole session goes on standing after it."""
    test.config.hook.pytest_runtest_protocol(item=test, nextitem=session)


def _nearest(mutant: Mutant, reached: list[Reached]) -> list[Reached]:
    """The tests that reach its function: its very line first, and the quickest first."""
    near = [one for one in reached if not one.lines.isdisjoint(mutant.function)]
    return sorted(near, key=lambda one: (mutant.line not in one.lines, one.seconds))


def give(seconds: int) -> None:
    """End this process after so many seconds of processor time, or a long while of waiting."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.alarm(WAITING * seconds)


def _ended(near: list[Reached], session: pytest.Session, put: Callable[[], None]) -> Ended:
    child = os.fork()
    if not child:
        give(PATIENCE + int(10 * sum(one.seconds for one in near)))
        status = len(Ended)
        try:
            put()
            for one in near:
                _run(one.test, session)
                if session.testsfailed:
                    break
            status = Ended.FAILED if session.testsfailed else Ended.PASSED
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    ended = os.waitstatus_to_exitcode(status)
    return Ended.NEVER if ended < 0 else Ended(ended)


def marked(source: str) -> ast.Module:
    """A module whose functions say which lines they come to."""
    tree = ast.parse(source)
    for function in [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)]:
        for node in ast.walk(function):
            for name in ("body", "orelse", "finalbody"):
                inner = getattr(node, name, None)
                if isinstance(inner, list):
                    setattr(node, name, [part for one in inner for part in _told(one)])
    return ast.fix_missing_locations(tree)


def _told(statement: ast.stmt) -> list[ast.stmt]:
    """A statement, after it was said to be reached; one that holds others, by its head alone."""
    if getattr(statement, "told", False):
        return [statement]
    within = getattr(statement, "body", None)
    last = within[0].lineno - 1 if within else statement.end_lineno
    first = statement.lineno
    said = ast.parse(f"{SAYS}(range({first}, {max(first, last or first) + 1}))").body[0]
    for one in (said, statement):
        one.told = True
    return [said, statement]


def _alive(kind: type) -> list:
    return [one for one in gc.get_objects() if isinstance(one, kind)]


def _caches() -> list[_lru_cache_wrapper]:
    return [one for one in _alive(_lru_cache_wrapper) if _is_ours(one)]


def _is_ours(cached: _lru_cache_wrapper) -> bool:
    """Whether it keeps answers of this house: they may rest on what is changed."""
    house = str(Path(__file__).resolve().parents[2])
    code = getattr(cached.__wrapped__, "__code__", None)
    return (
        code is not None
        and code.co_filename.startswith(house)
        and ".venv" not in (code.co_filename)
    )


def _put(tree: ast.Module, functions: list[FunctionType], caches: list[_lru_cache_wrapper]) -> None:
    """Let every function of the module that is alive do what the tree says."""
    file = functions[0].__code__.co_filename
    codes = {_name(one): one for one in _codes(compile(tree, file, "exec"))}
    for one in functions:
        one.__code__ = codes[_name(one.__code__)]
    for kept in caches:
        kept.cache_clear()


def _codes(code: CodeType) -> Iterator[CodeType]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner
            yield from _codes(inner)


def _name(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno
