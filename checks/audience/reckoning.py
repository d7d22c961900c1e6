"""Questions answered from counts at hand: the conditions of a question, held against columns.

The same words as in `checks.audience.questions`, which puts them to a database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any, assert_never

import numpy as np

from checks.audience.counted import Counted, Places, Truth, Values, day_of, number_of
from checks.audience.facts import Fact
from checks.audience.questions import Bins, bin_names, stored
from checks.conditions import (
    After,
    All,
    Among,
    AnyOf,
    AtLeast,
    Before,
    Condition,
    FirstOf,
    Is,
    Key,
    Missing,
    Not,
)


class Reckoning:
    """Counts at hand, to be added up."""

    def __init__(self, facts: Mapping[str, Fact], bins: Bins, counted: Counted) -> None:
        """`bins` are what bins are called where they are columns."""
        self._facts, self._bins, self._counted = facts, bins, counted

    def count(
        self, keys: Sequence[Key], where: Condition | None
    ) -> tuple[list[list[Any]], list[int]]:
        """The values of each key, in the order of the groups, and the people of each group."""
        asked = [self._key(key) for key in keys]
        holds = None if where is None else self._holds(where)
        if not asked:
            people = self._counted.people
            return [], [int((people if holds is None else people[holds]).sum())]
        found, people = self._counted.sums([places for places, _ in asked], holds)
        values = [
            list(map(shown.__getitem__, at.tolist()))
            for at, (_, shown) in zip(found, asked, strict=True)
        ]
        return values, list(map(int, people))

    def _key(self, key: Key) -> tuple[Places, list[Any]]:
        """A key as places, and what each place is called."""
        if isinstance(key, FirstOf):
            return self._first_of(key)
        fact = self._facts[key]
        values = self._values(fact)
        places = values.places()
        numbers = range(places.low, places.low + places.size - 1)
        show = day_of if fact.kind == "day" else fact.show
        return places, [*map(show, numbers), None]

    def _first_of(self, key: FirstOf) -> tuple[Places, list[Any]]:
        names = bin_names(key)
        made = self._counted.columns.get(self._bins.get(repr(key), ""))
        if made is not None:
            return Places(made.numbers, len(names)), names
        at = np.full(len(self._counted.people), names.index(key.otherwise), dtype=np.int16)
        for name, condition in reversed(key.bins):
            at[self._holds(condition)] = names.index(name)
        return Places(at, len(names)), names

    def _holds(self, condition: Condition) -> Truth:  # noqa: PLR0911 — a line for each
        """Where a condition holds; it does not where its fact is not known."""
        match condition:
            case Is():
                return self._among(condition.fact, (condition.value,))
            case Among():
                return self._among(condition.fact, condition.values)
            case Missing():
                return self._unknown(condition.fact)
            case Before():
                values = self._of(condition.fact)
                return values.where(values.numbers < number_of(condition.day))
            case After():
                values = self._of(condition.fact)
                return values.where(values.numbers > number_of(condition.day))
            case AtLeast():
                values = self._of(condition.fact)
                return values.where(values.numbers >= condition.number)
            case All():
                return reduce(np.logical_and, map(self._holds, condition.conditions), self._all())
            case AnyOf():
                return reduce(np.logical_or, map(self._holds, condition.conditions), ~self._all())
            case Not():
                return ~self._holds(condition.condition)
            case _:
                assert_never(condition)

    def _all(self) -> Truth:
        return np.ones(len(self._counted.people), dtype=np.bool_)

    def _among(self, name: str, wanted: Sequence[Any]) -> Truth:
        values = self._of(name)
        holds = ~self._all()
        for one in stored(self._facts[name], wanted):
            holds |= values.numbers == one
        return values.where(holds)

    def _unknown(self, name: str) -> Truth:
        unknown = self._of(name).unknown
        return ~self._all() if unknown is None else unknown

    def _of(self, name: str) -> Values:
        return self._values(self._facts[name])

    def _values(self, fact: Fact) -> Values:
        """The values of a fact; of one that is a bit of a column, that bit."""
        values = self._counted.columns[fact.column]
        if fact.bit is None:
            return values
        return Values((values.numbers >> fact.bit) & 1, None)
