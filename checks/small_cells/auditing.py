"""Which numbers must be withheld so that none of them can be worked out from the others.

All tables of a record are one system of sums. What a reader could conclude about a number that is
withheld is found by linear programs: the least and the most that it could be, given all the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import highspy
import numpy as np

Key = tuple[str, ...]
"""What a number counts: a table, its groups, and on the list, off it or of them all."""
Seen = dict[Key, tuple[float, float]]
"""The least and the most that withheld numbers were found to be."""
ROUNDS = 60
"""More than any record has needed; each withholds at least one more number."""
CLOSE = 1e-6
DUAL, PRIMAL = 1, 4
"""Strategies of the solver: the one that finds a first solution soonest, and the one that goes on
from any solution when only the question changes."""
IDLE = 2
"""So many pushes of all at once may settle nothing, before numbers are looked at one by one."""


class Line(NamedTuple):
    """A sum that everybody knows: parts that add up to their total."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def all(self) -> tuple[Key, ...]:
        """The total and its parts."""
        return (self.total, *self.parts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sums:
    """All numbers of a record about groups of people, and how they add up."""

    values: Mapping[Key, int]
    lines: tuple[Line, ...]
    together: Mapping[Key, tuple[Key, ...]] = field(default_factory=dict)
    """What is withheld along with a number, itself included; alone where it is not named."""
    sizes: Mapping[Key, int] = field(default_factory=dict)
    """How large the group is that a number is about: the order in which others are withheld."""
    public: frozenset[Key] = frozenset()
    """Never withheld: totals, and what is printed elsewhere."""
    open: tuple[Key, ...] = ()
    """Finer than anything that is shown; they need no value, and hold the tables together."""


def withheld(sums: Sums, below: int) -> frozenset[Key]:
    """The numbers to withhold: the small ones, and others until none can be worked out."""
    hidden, seen, lines = set(small(sums, below)), Seen(), _by_number(sums)
    for _ in range(ROUNDS):
        narrow = known_too_well(sums, hidden, below, seen)
        more = {_next(sums, hidden, key, lines) for key in narrow}
        if not more - {None}:
            break
        for one in more:
            hidden |= _with(sums, one) if one else set()
        _cover(sums, hidden, below)
    return frozenset(hidden)


def small(sums: Sums, below: int) -> frozenset[Key]:
    """The small numbers, and those without which one subtraction would give them away."""
    hidden: set[Key] = set()
    for key, value in sums.values.items():
        if 0 < value < below and key not in sums.public:
            hidden |= _with(sums, key)
    _cover(sums, hidden, below)
    return frozenset(hidden)


def known_too_well(
    sums: Sums, hidden: Iterable[Key], below: int, seen: Seen | None = None
) -> tuple[Key, ...]:
    """The withheld numbers that a reader can place within less than `below`.

    `seen` are what numbers could be while fewer were withheld: they still could.
    """
    hidden = frozenset(hidden)
    tight = squeezed(sums, hidden, below)
    found = _Found(sorted(hidden), below, Seen() if seen is None else seen, tight)
    if found.asked.any():
        system = _System(sums, found.keys)
        _push(system, found)
        _look(system, found)
        found.remember()
    return tuple(key for key, narrow in zip(found.keys, found.narrow, strict=True) if narrow)


def squeezed(sums: Sums, hidden: frozenset[Key], below: int) -> frozenset[Key]:
    """Withheld numbers that single sums alone place within less than `below`, one after another.

    Each sum leaves a part at most what its total can be beyond the least of the others. Whoever
    can reckon so needs no linear program, and nor do we; the others are left to one.
    """
    some = [line for line in sums.lines if not hidden.isdisjoint(line.all)]
    some = [line for line in some if all(key in sums.values for key in line.all)]
    most = max(sums.values.values(), default=0)
    ends = {key: (0, most) if key in hidden else (n, n) for key, n in sums.values.items()}
    moved = len(some)
    while moved:
        moved = sum(_squeeze(line, ends) for line in some)
    return frozenset(key for key in hidden if ends[key][1] - ends[key][0] < below)


def _squeeze(line: Line, ends: dict[Key, tuple[int, int]]) -> bool:
    """Draw the ends of a sum and its parts together; whether any of them moved."""
    low, high = (sum(ends[key][end] for key in line.parts) for end in (0, 1))
    least, most = ends[line.total]
    now = {line.total: (max(least, low), min(most, high))}
    least, most = now[line.total]
    for key in line.parts:
        lowest, highest = ends[key]
        now[key] = max(lowest, least - high + highest), min(highest, most - low + lowest)
    moved = any(ends[key] != both for key, both in now.items())
    ends.update(now)
    return moved


def _push(system: _System, found: _Found) -> None:
    """Push all that is not yet known to be wide to and fro, while that settles any of it."""
    random, idle = np.random.default_rng(len(found.keys)), 0
    while idle < IDLE and (left := int(found.asked.sum())):
        push = np.where(found.asked, random.choice([-1.0, 1.0], size=len(found.keys)), 0.0)
        for turn in (1.0, -1.0):
            found.take_in(system.furthest(turn * push))
        idle = idle + 1 if int(found.asked.sum()) == left else 0


def _look(system: _System, found: _Found) -> None:
    """Ask for the most, then the least, of each number that is left."""
    for place in np.flatnonzero(found.asked):
        for turn in (1.0, -1.0):
            if found.asked[place]:
                push = np.zeros(len(found.keys))
                push[place] = turn
                found.take_in(system.furthest(push))


class _Found:
    """What each withheld number was found to be at least and at most, so far."""

    def __init__(self, keys: Sequence[Key], below: int, seen: Seen, tight: frozenset[Key]) -> None:
        self.keys, self._below, self._seen = keys, below, seen
        self._tight = np.array([key in tight for key in keys], dtype=bool)
        never = (np.inf, -np.inf)
        self._low, self._high = np.array([seen.get(key, never) for key in keys]).reshape(-1, 2).T

    @property
    def narrow(self) -> np.ndarray:
        """Which of them were not yet found at both ends of so wide a range."""
        narrow: np.ndarray = self._high - self._low < self._below - CLOSE
        return narrow

    @property
    def asked(self) -> np.ndarray:
        """Which of them still have to be asked about: those that no sum alone gives away."""
        asked: np.ndarray = self.narrow & ~self._tight
        return asked

    def take_in(self, values: np.ndarray) -> None:
        """Remember one way in which all that is shown adds up."""
        self._low, self._high = np.minimum(self._low, values), np.maximum(self._high, values)

    def remember(self) -> None:
        """Keep what was found for the next time."""
        ends = zip(self._low.tolist(), self._high.tolist(), strict=True)
        self._seen.update(zip(self.keys, ends, strict=True))


class _System:
    """The lines as equations, with what is not shown as the unknown.

    One solver is kept: each question begins where the last answer was found.
    """

    def __init__(self, sums: Sums, hidden: Sequence[Key]) -> None:
        names = [*hidden, *sums.open]
        at = {key: place for place, key in enumerate(names)}
        rows = [(line, row) for line in sums.lines if (row := dict(_row(line, at)))]
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(names), len(rows)
        model.col_cost_ = np.zeros(len(names))
        model.col_lower_ = np.zeros(len(names))
        model.col_upper_ = np.full(len(names), float(max(sums.values.values(), default=0)))
        model.row_lower_ = model.row_upper_ = np.array([_shown(sums, line, at) for line, _ in rows])
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0, *(len(row) for _, row in rows)])
        model.a_matrix_.index_ = np.array([x for _, row in rows for x in row])
        model.a_matrix_.value_ = np.array([sign for _, row in rows for sign in row.values()])
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("presolve", "off")
        self._solver.setOptionValue("simplex_strategy", DUAL)
        self._solver.passModel(model)

    def furthest(self, push: np.ndarray) -> np.ndarray:
        """The withheld numbers in the solution that lies furthest in a direction."""
        places = np.arange(len(push), dtype=np.int32)
        self._solver.changeColsCost(len(places), places, -push)
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError("the audit of small numbers gave no answer")
        self._solver.setOptionValue("simplex_strategy", PRIMAL)
        return np.array(self._solver.getSolution().col_value[: len(push)])


def _row(line: Line, at: Mapping[Key, int]) -> Iterator[tuple[int, float]]:
    if line.total in at:
        yield at[line.total], -1.0
    for key in line.parts:
        if key in at:
            yield at[key], 1.0


def _shown(sums: Sums, line: Line, at: Mapping[Key, int]) -> float:
    """What is left of a line's total for the parts that are not shown."""
    total = 0 if line.total in at else sums.values[line.total]
    return float(total - sum(sums.values[key] for key in line.parts if key not in at))


def _with(sums: Sums, key: Key) -> set[Key]:
    return set(sums.together.get(key, (key,))) - sums.public


def _cover(sums: Sums, hidden: set[Key], below: int) -> None:
    """Let no line with a known total miss only one number, or numbers that make few people."""
    changed = True
    while changed:
        changed = False
        for line in sums.lines:
            key = _missing(sums, line, hidden, below)
            if key is not None:
                hidden |= _with(sums, key)
                changed = True


def _missing(sums: Sums, line: Line, hidden: set[Key], below: int) -> Key | None:
    """The next number of a line to withhold; None where it is safe or has no more to give."""
    gone = [key for key in line.parts if key in hidden]
    if not gone or line.total in hidden or not all(key in sums.values for key in line.parts):
        return None
    if len(gone) > 1 and sum(sums.values[key] for key in gone) >= below:
        return None
    return _smallest(sums, (key for key in line.parts if key not in hidden))


def _by_number(sums: Sums) -> Mapping[Key, list[Line]]:
    """The lines in which each number stands."""
    found: dict[Key, list[Line]] = {}
    for line in sums.lines:
        for key in line.all:
            found.setdefault(key, []).append(line)
    return found


def _next(
    sums: Sums, hidden: set[Key], key: Key, lines: Mapping[Key, Sequence[Line]]
) -> Key | None:
    """What to withhold for the sake of a number: the smallest of those nearest to it."""
    near, before = {key}, 0
    while len(near) > before:
        before = len(near)
        beside = {one for at in near for line in lines.get(at, ()) for one in line.all}
        free = {one for one in beside if one in sums.values and one not in hidden}
        found = _smallest(sums, free)
        if found is not None:
            return found
        near |= beside - free
    return None


def _smallest(sums: Sums, keys: Iterable[Key]) -> Key | None:
    """Of the numbers that may be withheld that of the smallest group; noughts come last."""

    def order(key: Key) -> tuple[bool, int, Key]:
        return not sums.values[key], sums.sizes.get(key, sums.values[key]), key

    return min((key for key in keys if key not in sums.public), key=order, default=None)
