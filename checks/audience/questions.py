"""Conditions and keys, put into SQL: names are ours, values are parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, assert_never

from checks.audience.facts import Fact
from checks.audience.plan import Column, narrow, of_fact
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
    Value,
)

NUMBERS = ("integer", "number")
Bins = dict[str, str]
"""What bins are called as columns, by how they are made."""


class Question:
    """One question being put: the facts it may use, the values it carries."""

    def __init__(
        self, facts: Mapping[str, Fact], bins: Bins | None = None, prefix: str = ""
    ) -> None:
        """`bins` remember what they are called, where people may be counted by them beforehand.

        Values are carried under names that begin with the prefix.
        """
        self.values: dict[str, Any] = {}
        self.needed: dict[str, Column | None] = {}
        """The columns it needs, by name; None is one that cannot be counted by."""
        self.worked_out = False
        """Whether a key is not a column as it stands."""
        self._facts = facts
        self._bins_of = bins
        self._prefix = prefix

    def key(self, key: Key) -> tuple[str, Callable[[Any], Any]]:
        """A key as SQL, and how to read what comes back."""
        if isinstance(key, FirstOf):
            return self._bins(key) if self._bins_of is None else self._column(key)
        fact = self._fact(key)
        self.worked_out |= fact.bit is not None
        if not fact.key:
            raise ValueError(f"people are not counted by {key}: ask for it in a condition")
        return fact.sql, fact.show

    def clause(self, condition: Condition) -> str:  # noqa: PLR0911 — a line for each
        """A condition as SQL that is true where it holds; elsewhere it is false, or unknown.

        Only what must not hold has to be made false where it is unknown, which costs a pass over
        the people as much as the comparison itself.
        """
        match condition:
            case Is():
                return self._among(condition.fact, (condition.value,))
            case Among():
                return self._among(condition.fact, condition.values)
            case Missing():
                return f"({self._fact(condition.fact).sql} IS NULL)"
            case Before():
                return self._compare(condition.fact, "<", condition.day, ("day",))
            case After():
                return self._compare(condition.fact, ">", condition.day, ("day",))
            case AtLeast():
                return self._compare(condition.fact, ">=", _plain(condition.number), NUMBERS)
            case All():
                return self._joined(" AND ", condition.conditions, "TRUE")
            case AnyOf():
                return self._joined(" OR ", condition.conditions, "FALSE")
            case Not():
                return self._not(condition.condition)
            case _:
                assert_never(condition)

    def _column(self, key: FirstOf) -> tuple[str, Callable[[Any], Any]]:
        """Bins as a column of their own where they rest on too much to count by; else as is."""
        assert self._bins_of is not None
        name = self._bins_of.setdefault(repr(key), f"b{len(self._bins_of)}")
        apart = Question(self._facts, prefix=name)
        sql, show = apart.key(key)
        if narrow(apart.needed.values()):
            return self._bins(key)
        bits = (len(key.bins) + 2).bit_length()
        self.needed[name] = Column(name=name, sql=sql, bits=bits, values=apart.values)
        return name, show

    def _bins(self, key: FirstOf) -> tuple[str, Callable[[Any], Any]]:
        self.worked_out = True
        names = bin_names(key)
        cases = "".join(
            f" WHEN {self.clause(condition)} THEN {names.index(name)}"
            for name, condition in key.bins
        )
        otherwise = names.index(key.otherwise)
        return (f"CASE{cases} ELSE {otherwise} END" if cases else str(otherwise)), names.__getitem__

    def _joined(self, word: str, conditions: tuple[Condition, ...], none: str) -> str:
        return f"({word.join(map(self.clause, conditions))})" if conditions else none

    def _not(self, condition: Condition) -> str:
        sql = self.clause(condition)
        known = isinstance(condition, (Missing, Not))
        return f"(NOT {sql})" if known else f"(NOT coalesce({sql}, FALSE))"

    def _among(self, name: str, values: tuple[Value, ...]) -> str:
        fact = self._fact(name)
        wanted = stored(fact, values)
        allowed = [self._value(value) for value in wanted]
        match allowed:
            case []:
                return "FALSE"
            case [one]:  # half the time of a list of one
                return f"{fact.sql} = {one}"
            case _:
                return f"{fact.sql} IN ({', '.join(allowed)})"

    def _compare(self, name: str, sign: str, with_: object, kinds: tuple[str, ...]) -> str:
        fact = self._fact(name)
        if fact.kind not in kinds:
            raise ValueError(f"{name} is a {fact.kind} fact, not a {' or '.join(kinds)} one")
        return f"{fact.sql} {sign} {self._value(with_)}"

    def _value(self, value: object) -> str:
        name = f"{self._prefix}q{len(self.values)}"
        self.values[name] = value
        return f"${name}"

    def _fact(self, name: str) -> Fact:
        try:
            fact = self._facts[name]
        except KeyError:
            raise LookupError(f"there is no fact {name}: ask has() first") from None
        self.needed[fact.column] = of_fact(fact)
        return fact


def bin_names(key: FirstOf) -> list[str]:
    """The names of bins, each once, in the order in which they are counted."""
    return list(dict.fromkeys([*(name for name, _ in key.bins), key.otherwise]))


def stored(fact: Fact, values: Sequence[Value]) -> list[Any]:
    """How the person view holds these values of a fact; words that nobody has are left out.

    Raises `ValueError` where the fact cannot be asked for them.
    """
    match fact.kind:
        case "text":
            return [fact.codes[str(value)] for value in values if str(value) in fact.codes]
        case "bool":
            found = [int(value) for value in values if isinstance(value, bool)]
        case "integer" | "number":
            found = [v for v in values if isinstance(v, int) and not isinstance(v, bool)]
        case "amount":
            raise ValueError(f"{fact.name} is an amount: count people by it")
        case "day":
            raise ValueError(f"{fact.name} is a day: ask whether it is before or after one")
        case _:
            assert_never(fact.kind)
    if len(found) < len(values):
        raise ValueError(f"{fact.name} is asked for something that is no {fact.kind}")
    return found


def _plain(number: float) -> float:
    """A number without a point where it needs none: whole numbers are compared in half the time."""
    return int(number) if float(number).is_integer() else number
