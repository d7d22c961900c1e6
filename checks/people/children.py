"""From which age on people decide for themselves, by the law of where they live."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checks.case import Case
from checks.conditions import All, Among, AnyOf, AtLeast, Condition, Missing, Not, Value


def under(age: int) -> Condition:
    """Known to be younger than this."""
    return All((Not(Missing("age")), Not(AtLeast("age", age))))


def under_consent_age(case: Case) -> Condition | None:
    """Known to be too young to say yes for themselves where they live; None without an age."""
    if not case.audience.has("age"):
        return None
    usual, by_region = usual_consent_age(case), consent_ages(case)
    if not by_region:
        return under(usual)
    elsewhere = Not(Among("region", tuple(by_region)))
    parts = [
        All((Among("region", _living(by_region, age)), under(age)))
        for age in sorted(set(by_region.values()))
    ]
    return AnyOf((*parts, All((elsewhere, under(usual)))))


def usual_consent_age(case: Case) -> int:
    """The age of consent where a person's own region is not known.

    The highest among the regions of the campaign, or the general one.
    """
    ages = case.policy.ages
    general = ages.consent.value
    named = [age_in(one, ages.consent_by_region.value, general) for one in case.campaign.regions]
    return max(named, default=general)


def consent_ages(case: Case) -> dict[str, int]:
    """The age of consent in each region that the people file may name."""
    ages = case.policy.ages
    by_law, general = ages.consent_by_region.value, ages.consent.value
    return {one: age_in(one, by_law, general) for one in regions(case, by_law)}


def regions(case: Case, laws: Iterable[str]) -> tuple[str, ...]:
    """Regions that can be asked for: those of the people file, and those a law names.

    A region with few people is counted under another name, but can be asked for by its own.
    """
    if not case.audience.has("region"):
        return ()
    found = {count.values[0] for count in case.audience.count("region")} - {None}
    return tuple(sorted(found.union(laws)))


def age_in(region: str, by_region: Mapping[str, int], otherwise: int) -> int:
    """The age in a region: its own, else its country's, else the general one.

    >>> age_in("US-CA", {"US": 13}, 16), age_in("DE", {"US": 13}, 16)
    (13, 16)
    """
    return by_region.get(region, by_region.get(region.partition("-")[0], otherwise))


def in_region(region: str, law: str) -> bool:
    """Whether a place lies where a law binds.

    >>> in_region("US-CA", "US"), in_region("US", "US-CA"), in_region("CA", "US-CA")
    (True, False, False)
    """
    return region == law or region.startswith(f"{law}-")


def _living(ages: Mapping[str, int], age: int) -> tuple[Value, ...]:
    return tuple(region for region, theirs in ages.items() if theirs == age)
