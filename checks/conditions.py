"""The words in which a check asks about people: conditions on facts, and bins made of conditions.

An engine is whatever turns these into counts. A fact is one column of the person view, named in
`checks.audience`; a fact that is not known makes every condition but `Missing` false.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Value = str | int | bool


@dataclass(frozen=True, slots=True)
class Is:
    """The fact has this value."""

    fact: str
    value: Value


@dataclass(frozen=True, slots=True)
class Among:
    """The fact has one of these values."""

    fact: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """The fact is not known."""

    fact: str


@dataclass(frozen=True, slots=True)
class Before:
    """The fact is a day before this one."""

    fact: str
    day: date


@dataclass(frozen=True, slots=True)
class After:
    """The fact is a day after this one."""

    fact: str
    day: date


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The fact is this number or more."""

    fact: str
    number: float


@dataclass(frozen=True, slots=True)
class All:
    """Every one of the conditions holds; true when there is none."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the conditions holds; false when there is none."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold (also where its fact is not known)."""

    condition: Condition


Condition = Is | Among | Missing | Before | After | AtLeast | All | AnyOf | Not


@dataclass(frozen=True, slots=True)
class FirstOf:
    """A key that puts each person into the first bin whose condition holds."""

    name: str
    bins: tuple[tuple[str, Condition], ...]
    otherwise: str


Key = str | FirstOf
"""What counts are grouped by: the name of a fact, or bins."""
