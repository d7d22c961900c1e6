"""What the values of a column make one doubt: stand-ins for "not known", slips, what cannot be.

Found by their shape, and said in sentences for whoever brought the file; nothing is changed.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations, pairwise

from checks import places
from checks.written import strict_yaml

OLDEST = 120
"""An age above this is a mistake."""
CATEGORIES = 200
"""A column with more different values than this holds no names of groups."""
FEW = 10
"""Numbers with no more different values than this are codes, and have no ends."""
_SHOWN = 4
_NINES = re.compile(r"-?9{2,}|-[1-9]")
_SHORT = 5
"""A slip is looked for in words of at least this many letters."""
_RARE = 10
"""Of two words a slip apart, the common one is at least so many times as common."""

Counted = Sequence[tuple[float, int]]
"""Numbers with their rows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Extremes:
    """The ends of a column of numbers."""

    lowest: tuple[tuple[float, int], ...]
    """The smallest numbers with their rows, the smallest first."""
    highest: tuple[tuple[float, int], ...]
    """The largest, the largest first."""
    median: float
    rows: int


def words() -> frozenset[str]:
    """Words that stand for "not known", folded."""
    return _known()[0]


def totals() -> frozenset[str]:
    """Words of rows that sum up others, folded."""
    return _known()[2]


def days() -> frozenset[str]:
    """Days that stand for "not known"."""
    return _known()[1]


@cache
def _known() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    told = strict_yaml.load(places.DATA / "presets/missing.yaml")
    return (
        frozenset(str(word).casefold() for word in told["words"]),
        frozenset(map(str, told["days"])),
        frozenset(str(word).casefold() for word in told["totals"]),
    )


def stand_ins(found: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """The sentence on values that seem to mean "not known"."""
    if not found:
        return ()
    shown = ", ".join(f"“{value}” ({count:,})" for value, count in found[:_SHOWN])
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    verb = "seems" if len(found) == 1 else "seem"
    return (f"{shown}{more} {verb} to mean “not known”.",)


def sums(found: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """The sentence on rows that seem to sum up others."""
    if not found:
        return ()
    rows = sum(count for _, count in found)
    shown = ", ".join(f"“{value}”" for value, _ in found)
    many = "1 row seems to sum up others" if rows == 1 else f"{rows:,} rows seem to sum up others"
    return (f"{many}: {shown}. Nobody should be counted twice.",)


def edges(ends: Extremes) -> tuple[tuple[str, int], ...]:
    """Numbers at an end that many rows share and nothing is near: 118, 999, -1, a year 0."""
    high, low = ends.highest, ends.lowest
    found = (*_edge(high, low[0][0]), *_edge(low, high[0][0]))
    return tuple((shown(value, plain=True), rows) for value, rows in found)


def _edge(outermost: Counted, other_end: float) -> Iterator[tuple[float, int]]:
    if len(outermost) < 3:
        return
    (first, rows), (second, beside), (third, _) = outermost[:3]
    apart = abs(first - second) >= max(3 * abs(second - third), abs(second - other_end) / 10)
    many = rows >= 5 and rows >= 3 * beside
    shaped = rows >= 2 and _NINES.fullmatch(shown(first, plain=True)) is not None
    alone = first < 0 <= second and rows >= 2
    if (apart and (many or shaped)) or alone:
        yield first, rows


def impossible(meaning: str, ends: Extremes | None, launch: date | None) -> tuple[str, ...]:
    """Ages and years of birth that cannot be, or one number far from all others."""
    if ends is None:
        return ()
    wrong = [one for one in _all(ends) if _cannot_be(meaning, one[0], launch)]
    if wrong:
        many = sum(rows for _, rows in wrong)
        what = "year of birth" if meaning == "birth_year" else "age"
        listed = ", ".join(shown(value, plain=True) for value, _ in sorted(wrong)[:6])
        said = (
            f"1 {what} is"
            if many == 1
            else f"{many:,} {what.replace('r of', 'rs of')}{_s(what)} are"
        )
        return (f"{said} impossible: {listed}.",)
    return tuple(_far(ends))


def _s(what: str) -> str:
    return "s" if what == "age" else ""


def _cannot_be(meaning: str, value: float, launch: date | None) -> bool:
    match meaning:
        case "age":
            return not 0 <= value <= OLDEST
        case "birth_year" if launch is not None:
            return not launch.year - OLDEST <= value <= launch.year
        case "birth_year":
            return value < _FIRST_YEAR
        case _:
            return False


_FIRST_YEAR = 1901
"""Without a launch day: whoever was born before it is over 120 today."""


def _all(ends: Extremes) -> list[tuple[float, int]]:
    return list(dict([*ends.lowest, *ends.highest]).items())


def _far(ends: Extremes) -> Iterator[str]:
    """A few numbers three times as far from the middle as all the rest."""
    for outermost in (ends.highest, ends.lowest):
        rows = 0
        for (value, count), (inner, _) in pairwise(outermost):
            rows += count
            if rows > max(3, ends.rows // 1000):
                break
            near = abs(inner - ends.median)
            if near and abs(value - ends.median) >= 3 * near:
                many = "1 row" if rows == 1 else f"{rows:,} rows"
                first = outermost[0][0]
                yield f"{shown(first)} ({many}) is far from all others; the next is {shown(inner)}."
                break


def shown(value: float, *, plain: bool = False) -> str:
    """A number as people write it.

    >>> shown(666666.0), shown(1893.0), shown(0.5)
    ('666,666', '1893', '0.5')
    """
    if not math.isfinite(value) or value != int(value):
        return f"{value:g}"
    return str(int(value)) if plain or abs(value) < 10_000 else f"{int(value):,}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Alike:
    """Names of groups that are probably one."""

    keep: str
    """The commonest."""
    others: tuple[str, ...]
    says: str


def alike(values: Sequence[tuple[str, int]]) -> tuple[Alike, ...]:
    """Names of groups that are probably one: written differently, or a slip apart."""
    if not 2 <= len(values) <= CATEGORIES:
        return ()
    same: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for value, count in sorted(values, key=lambda one: -one[1]):
        same[_folded(value)].append((value, count))
    return (*_written_differently(same), *_slips(same))


def _written_differently(same: Mapping[str, list[tuple[str, int]]]) -> Iterator[Alike]:
    for (keep, many), *others in same.values():
        if others:
            listed = [f"“{v}” ({n:,})" for v, n in ((keep, many), *others)]
            says = f"{', '.join(listed[:-1])} and {listed[-1]} are one word, written differently."
            yield Alike(keep=keep, others=tuple(value for value, _ in others), says=says)


def _slips(same: Mapping[str, list[tuple[str, int]]]) -> Iterator[Alike]:
    counts = {plain: sum(count for _, count in group) for plain, group in same.items()}
    for one, other in combinations(same, 2):
        rare, common = sorted((one, other), key=lambda plain: counts[plain])
        few, many = counts[rare], counts[common]
        if many >= _RARE * few and one_slip(one, other):
            keep = same[common][0][0]
            says = f"“{same[rare][0][0]}” ({few:,}) may be a slip for “{keep}” ({many:,})."
            yield Alike(keep=keep, others=tuple(value for value, _ in same[rare]), says=says)


def _folded(value: str) -> str:
    """A word without case, accents, blanks and signs; what has no letters stays as it is."""
    apart = unicodedata.normalize("NFKD", value.casefold())
    return "".join(c for c in apart if c.isalnum()) or value


def one_slip(one: str, other: str) -> bool:
    """Whether one letter was left out, added, taken for another, or swapped with its neighbour.

    >>> one_slip("female", "femlae"), one_slip("segment1", "segment2"), one_slip("male", "mail")
    (True, False, False)
    """
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORT or len(long) - len(short) > 1 or short == long:
        return False
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if any(word[at : at + 1].isdigit() for word in (short, long)):
        return False
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return swapped or short[at + 1 :] == long[at + 1 :]
