"""Classes of people who share every quasi-identifier: how small they are, and how alike."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from checks.case import Case
from checks.conditions import Condition

Classes = Counter[tuple[object, ...]]
"""How many people share these values, in the order of the quasi-identifiers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Traits:
    """One sensitive column within classes: the values in each, None for those not known."""

    within: Mapping[tuple[object, ...], Counter[str | None]]

    @property
    def overall(self) -> Counter[str]:
        """The known values of everybody."""
        known: Counter[str] = Counter()
        for values in self.within.values():
            known.update({value: people for value, people in values.items() if value is not None})
        return known

    def of_at_least(self, people: int) -> Traits:
        """Only the classes of at least so many people."""
        large = {at: one for at, one in self.within.items() if one.total() >= people}
        return Traits(within=large)


def quasi_facts(case: Case) -> dict[str, str]:
    """The quasi-identifiers that can be counted by, each with its fact."""
    named = {name: f"quasi.{name}" for name in case.campaign.people.quasi_identifiers}
    return {name: fact for name, fact in named.items() if case.audience.has(fact)}


def sharing(case: Case, facts: Iterable[str], where: Condition | None = None) -> Classes:
    """People by the values that they share in these facts; without a fact, one class."""
    counted = case.audience.count(*facts, where=where)
    return Counter({one.values: one.people for one in counted if one.people})


def traits(case: Case, facts: Sequence[str], trait: str, where: Condition | None = None) -> Traits:
    """The values of a trait within the classes of these facts."""
    within: dict[tuple[object, ...], Counter[str | None]] = defaultdict(Counter)
    for one in case.audience.count(*facts, trait, where=where):
        *values, held = one.values
        within[tuple(values)][held] += one.people
    return Traits(within=dict(within))


def small(some: Classes, size: int) -> int:
    """People in classes smaller than this."""
    return sum(people for people in some.values() if people < size)


def without(some: Classes, column: int) -> Classes:
    """The classes that are left when one of the values is not looked at."""
    fewer: Classes = Counter()
    for values, people in some.items():
        fewer[values[:column] + values[column + 1 :]] += people
    return fewer


def alone(some: Classes) -> int:
    """People who share their values with nobody."""
    return sum(people for people in some.values() if people == 1)


def distinct(values: Mapping[str, int]) -> int:
    """Distinct l: how many different values there are."""
    return sum(people > 0 for people in values.values())


def entropy(values: Mapping[str, int]) -> float:
    """Entropy l: how many values it is as good as, by how evenly people are spread over them.

    >>> round(entropy({"a": 2, "b": 2}), 2), round(entropy({"a": 4}), 2)
    (2.0, 1.0)
    """
    total = sum(values.values())
    shares = [people / total for people in values.values() if people]
    return exp(-sum(share * log(share) for share in shares))


def distance(values: Mapping[str, int], overall: Mapping[str, int]) -> float:
    """t: how far the values of a class are from those of everybody, 0 to 1.

    Half the sum of the differences of the shares: the earth mover's distance of values that are
    all equally far apart.
    """
    mine, all_ = sum(values.values()), sum(overall.values())
    return sum(abs(values.get(v, 0) / mine - overall[v] / all_) for v in overall) / 2
