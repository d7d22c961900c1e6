"""The parts of a list: how many people each segment has, and of which groups they are."""

from __future__ import annotations

from checks.case import Case
from checks.fairness.groups import NOT_KNOWN
from checks.people.permission import ON_THE_LIST

WHOLE = "the whole list"
"""The one segment of a campaign that names none."""
NO_SEGMENT = "in no segment"
"""People on the list whose segment is not known."""


def sizes(case: Case) -> dict[str, int]:
    """People on the list by segment, declared segments first, also those with nobody in them."""
    if not case.audience.has("segment"):
        return {WHOLE: case.audience.targeted}
    found = {
        count.values[0]: count.people for count in case.audience.count("segment", where=ON_THE_LIST)
    }
    declared = [one.name for one in case.campaign.segments or ()]
    others = [name for name in case.audience.segments if name not in declared]
    counted = {name: found.get(name, 0) for name in [*declared, *others]}
    return {**counted, NO_SEGMENT: found[None]} if None in found else counted


def members(case: Case, attribute: str) -> dict[tuple[str, str], int]:
    """People on the list by group of an attribute and segment."""
    fact = f"attribute.{attribute}"
    if not case.audience.has("segment"):
        counted = case.audience.count(fact, where=ON_THE_LIST)
        return {(c.values[0] or NOT_KNOWN, WHOLE): c.people for c in counted}
    counted = case.audience.count(fact, "segment", where=ON_THE_LIST)
    return {(c.values[0] or NOT_KNOWN, c.values[1] or NO_SEGMENT): c.people for c in counted}
