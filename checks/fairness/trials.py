"""What a field brings: trials in which some people were treated without it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from checks.case import Case
from checks.statistics import arm_size, newcombe

ARM, CONVERTED = "outcomes.arm", "outcomes.converted"
EVERYTHING, NOTHING = "all", "none"
"""The arms in which every field was used, and no field."""
MOST_TOGETHER = 3
"""Fields of a set that is looked at as a whole."""
SPLIT = re.compile(r"[,+]")
"""What stands between the names of an arm that left out several."""
LEAST = 0.1
"""In 100; less is not told apart in words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Arm:
    """One arm: how many people, and how many of them did what the campaign was for."""

    name: str
    yes: int
    of: int

    @property
    def share(self) -> float:
        """The share who did."""
        return self.yes / self.of


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """One field: people treated with everything, and with everything but this field."""

    field: str
    everything: Arm
    without: Arm
    worthwhile: float
    """The difference from which the field is worth having, 0 to 1."""
    alone: tuple[Arm, Arm] | None = None
    """With this field only, and with none; None where nobody tried."""

    @property
    def lift(self) -> float:
        """How many more of one did it with the field."""
        return self.everything.share - self.without.share

    @property
    def range(self) -> tuple[float, float]:
        """Newcombe's 95 % range of the lift."""
        return newcombe(self.everything.yes, self.everything.of, self.without.yes, self.without.of)

    @property
    def needed(self) -> int | None:
        """People an arm would need to see a lift that is just worth having."""
        share = self.without.share
        return arm_size(share, min(1.0, share + self.worthwhile)) if share else None


def arms(case: Case) -> dict[str, Arm]:
    """Every arm by its plain name; people of whom the outcome is not known are left out."""
    if not (case.audience.has(ARM) and case.audience.has(CONVERTED)):
        return {}
    yes: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for count in case.audience.count(ARM, CONVERTED):
        name, converted = count.values
        if name is not None and converted is not None:
            of[plain(name)] += count.people
            yes[plain(name)] += count.people if converted else 0
    return {name: Arm(name=name, yes=yes[name], of=people) for name, people in of.items()}


def trial(case: Case, field: str) -> Trial | None:
    """The trial of one field; None where no arm went without it."""
    found, name = arms(case), plain(field)
    everything, without = found.get(EVERYTHING), found.get(f"without {name}")
    if everything is None or without is None:
        return None
    only, none = found.get(f"only {name}"), found.get(NOTHING)
    return Trial(
        field=field,
        everything=everything,
        without=without,
        worthwhile=wanted(case) * without.share,
        alone=(only, none) if only and none else None,
    )


def sets(case: Case, fields: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The sets of two or three of these fields that some arm left out as a whole.

    The arms are searched, not the sets that could be: a set nobody left out brought nothing to see.
    """
    called = {plain(name): name for name in fields}
    found = (_left_out(arm) for arm in arms(case))
    tried = {one for one in found if 2 <= len(one) <= MOST_TOGETHER and one <= set(called)}
    order = list(called)
    return tuple(
        tuple(called[name] for name in sorted(one, key=order.index))
        for one in sorted(tried, key=lambda one: (len(one), sorted(one)))
    )


def trial_of(case: Case, names: Sequence[str]) -> Trial | None:
    """The trial of a set: people treated with everything, and without the whole set."""
    wished = frozenset(plain(name) for name in names)
    found = arms(case)
    without = next((arm for name, arm in found.items() if _left_out(name) == wished), None)
    if EVERYTHING not in found or without is None:
        return None
    return Trial(
        field=" and ".join(names),
        everything=found[EVERYTHING],
        without=without,
        worthwhile=wanted(case) * without.share,
    )


def _left_out(arm: str) -> frozenset[str]:
    """The fields an arm went without.

    >>> sorted(_left_out("without area + home town")), _left_out("all")
    (['area', 'home town'], frozenset())
    """
    start, _, names = arm.partition(" ")
    left_out = SPLIT.split(names) if start == "without" else ()
    return frozenset(plain(one) for one in left_out)


def wanted(case: Case) -> float:
    """The lift worth having, as a part of the share without: the owner may only ask for more."""
    own = case.campaign.outcomes.worthwhile if case.campaign.outcomes else None
    return max(own or 0.0, case.policy.fields.worthwhile.value)


def plain(name: str) -> str:
    """An arm or a field in plain letters.

    >>> plain(" Without  home_town ")
    'without home town'
    """
    return " ".join(name.replace("_", " ").split()).casefold()


def points(lift: float) -> str:
    """A lift in print.

    >>> points(0.0123), points(-0.004), points(0)
    ('1.2 more in 100', '0.4 fewer in 100', 'no more')
    >>> points(0.0002)
    'less than 0.1 more in 100'
    """
    if not lift:
        return "no more"
    size, way = abs(lift) * 100, "more" if lift > 0 else "fewer"
    return f"less than {LEAST:g} {way} in 100" if size < LEAST else f"{size:.2g} {way} in 100"


def at_most(high: float) -> str:
    """The high end of a lift in print, that fits after "at best".

    >>> at_most(0.012), at_most(0.0002), at_most(-0.1)
    ('1.2 more in 100', 'next to nothing', 'nothing')
    """
    if high <= 0:
        return "nothing"
    return points(high) if high * 100 >= LEAST else "next to nothing"
