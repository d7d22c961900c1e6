"""Columns by which people are chosen, held against who people are: which one tells the other.

Numbers and days cannot be counted by; a number is parted into ten equal lots.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np

from checks.audience import Audience
from checks.case import Case
from checks.conditions import AtLeast, FirstOf, Key, Missing
from checks.fairness.association import Counts, cramers_v
from checks.words.wording import hits

LOTS = 10
"""A number is parted into so many equal lots."""
WORDS = 2_000
"""Of a column with more values than this, only the beginnings of the values are looked at."""
ALWAYS = (
    *("postcode*", "postal*", "post code*", "zip*", "plz", "postleitzahl*", "language*", "lang"),
    *("locale*", "device*", "phone model", "os", "school*", "university*", "surname*", "last name"),
)
"""Columns that are always listed: place, language, device, school and family name."""


@dataclass(frozen=True, kw_only=True)
class Tie:
    """A column and an attribute: people by value and group, the unknown left out."""

    column: str
    attribute: str
    values: tuple[str, ...]
    groups: tuple[str, ...]
    people: Counts
    whole: bool
    """Whether the values are whole; else only their beginnings, of which there are fewer."""

    @cached_property
    def v(self) -> float:
        """Cramér's V, corrected for its bias."""
        return cramers_v(self.people)

    @property
    def cells(self) -> Counts:
        """A row a value, as the place of the value."""
        return np.arange(len(self.values), dtype=np.int64)[:, None]


def columns(case: Case) -> tuple[str, ...]:
    """The columns that rules read, and the fields said to be used in a rule, attributes apart."""
    named = [rule.column for rule in case.campaign.rules or ()]
    named += [f.name for f in case.campaign.fields or () if (f.used_in or "").lower() == "rule"]
    own = {attribute.column for attribute in case.campaign.attributes.values()}
    return tuple(name for name in dict.fromkeys(named) if name not in own)


def always_listed(column: str) -> bool:
    """Whether a column is listed whatever it tells: a postcode, a language, a surname …

    >>> always_listed("home_postcode"), always_listed("balance")
    (True, False)
    """
    return bool(hits(ALWAYS, column))


def key_of(case: Case, column: str, lots: int = LOTS) -> Key | None:
    """How people are counted by a column; None where they cannot be."""
    quasi, field = f"quasi.{column}", f"field.{column}"
    fact = quasi if column not in case.campaign.attributes and case.audience.has(quasi) else field
    if not case.audience.has(fact):
        return None
    kind = case.audience.kind(fact)
    if kind in ("text", "bool"):
        return fact
    if kind != "number":
        return None
    cuts = case.audience.cuts(fact, lots)
    bins = tuple((f"{cut:g} and above", AtLeast(fact, cut)) for cut in reversed(cuts))
    lowest = f"under {cuts[0]:g}" if cuts else "all"
    return FirstOf(fact, (("not known", Missing(fact)), *bins), otherwise=lowest)


_TIES: WeakKeyDictionary[Audience, dict[tuple[str, str, int], Tie | None]] = WeakKeyDictionary()


def tie(case: Case, column: str, attribute: str, lots: int = LOTS) -> Tie | None:
    """Count a column by an attribute; None where they cannot be, or it names nearly everybody."""
    known = _TIES.setdefault(case.audience, {})
    if (column, attribute, lots) not in known:
        known[column, attribute, lots] = _tie(case, column, attribute, lots)
    return known[column, attribute, lots]


def _tie(case: Case, column: str, attribute: str, lots: int) -> Tie | None:
    key = key_of(case, column, lots)
    if key is None:
        return None
    known = [
        (str(count.values[0]), count.values[1], count.people)
        for count in case.audience.count(key, f"attribute.{attribute}")
        if count.values[1] is not None and count.values[0] not in (None, "not known")
    ]
    words, whole = _few_enough([value for value, _, _ in known])
    values, groups = dict.fromkeys(words), dict.fromkeys(group for _, group, _ in known)
    if not 0 < len(values) <= WORDS:
        return None
    people = np.zeros((len(values), len(groups)), dtype=np.int64)
    places = _places(words), _places([group for _, group, _ in known])
    np.add.at(people, places, [many for _, _, many in known])
    return Tie(
        column=column,
        attribute=attribute,
        values=tuple(values),
        groups=tuple(groups),
        people=people,
        whole=whole,
    )


def _few_enough(words: Sequence[str]) -> tuple[Sequence[str], bool]:
    """Words by as many first letters or digits as there may be; and whether all are left."""
    different = set(words)
    longest = max(map(len, different), default=0)
    if len(different) <= WORDS:
        return words, True
    for keep in range(longest - 1, 0, -1):
        if len({word[:keep] for word in different}) <= WORDS:
            return [word[:keep] for word in words], False
    return words, True


def coarser(case: Case, one: Tie, limit: float) -> Tie | None:
    """The column made coarser until it ties less than the limit; else as coarse as it gets.

    A number in fewer lots; words by their first letters or digits. None where neither helps.
    """
    made = [again for again in _steps(case, one) if 1 < len(again.values) < len(one.values)]
    below = (again for again in made if again.v < limit)
    best = next(below, None) or min(made, key=lambda again: again.v, default=None)
    return best if best is not None and best.v < one.v else None


def _steps(case: Case, one: Tie) -> Iterator[Tie]:
    if isinstance(key_of(case, one.column), FirstOf):
        made = (tie(case, one.column, one.attribute, lots) for lots in (5, 2))
        yield from (again for again in made if again is not None)
        return
    for keep in range(max(len(value) for value in one.values) - 1, 0, -1):
        short = [value[:keep] for value in one.values]
        values = tuple(dict.fromkeys(short))
        people = np.zeros((len(values), len(one.groups)), dtype=np.int64)
        np.add.at(people, [values.index(value) for value in short], one.people)
        yield replace(one, values=values, people=people)


@dataclass(frozen=True, slots=True)
class Joint:
    """Several columns at once: cells of values, and the people of each by group."""

    values: Counts
    people: Counts
    groups: tuple[str, ...]


def joint(case: Case, named: Sequence[str], attribute: str) -> Joint:
    """Count several columns together by an attribute; an unknown value is a value here."""
    keys = [key for column in named if (key := key_of(case, column)) is not None]
    found = [
        one
        for one in case.audience.count(*keys, f"attribute.{attribute}")
        if one.values[-1] is not None
    ]
    if not found:
        nobody = np.zeros((0, 0), dtype=np.int64)
        return Joint(np.zeros((0, len(keys)), dtype=np.int64), nobody, ())
    *columns, told = zip(*(one.values for one in found), strict=True)
    groups = tuple(dict.fromkeys(told))
    values = np.stack([_places(column) for column in columns], axis=1)
    cells, place = _cells(values)
    people = np.zeros((len(cells), len(groups)), dtype=np.int64)
    people[place, _places(told)] = [one.people for one in found]
    return Joint(cells, people, groups)


def _places(words: Sequence[object]) -> Counts:
    """For each word its place among the different ones, in the order in which they come."""
    known = {word: place for place, word in enumerate(dict.fromkeys(words))}
    return np.fromiter(map(known.__getitem__, words), dtype=np.int64, count=len(words))


def _cells(values: Counts) -> tuple[Counts, Counts]:
    """The different rows, in the order in which they come, and for each row which one it is."""
    whole = np.zeros(len(values), dtype=np.int64)
    for column in values.T:
        whole = whole * (int(column.max()) + 1) + column
    _, first, place = np.unique(whole, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return values[first[order]], rank[place]
