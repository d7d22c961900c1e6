"""The fields a campaign uses, and what changes for people when a field is no longer used."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from checks.campaign import DataField
from checks.case import Case
from checks.conditions import All, AnyOf, Condition, Is, Missing, Not
from checks.people.permission import ON_THE_LIST
from checks.phrases import listed

Told = bool | None
"""Whether something is so; None where it is not stated."""
KEEPING = ("key", "list", "permission", "pressure", "suppression", "measure", "none")
"""Uses that choose nobody, and change nothing that anybody gets."""


def used(case: Case) -> tuple[DataField, ...]:
    """The declared fields in use: all but those said to serve nothing that no rule reads."""
    ruled = ruled_columns(case)
    return tuple(
        field
        for field in case.campaign.fields or ()
        if (field.used_in or "").lower() != "none" or field.name.lower() in ruled
    )


def ruled_columns(case: Case) -> frozenset[str]:
    """The columns that rules read, in small letters."""
    return frozenset(rule.column.lower() for rule in case.campaign.rules or ())


def chooses(case: Case, field: DataField) -> bool:
    """Whether people are chosen by a field, or what they get depends on it."""
    if field.name.lower() in ruled_columns(case):
        return True
    use = (field.used_in or "").lower()
    return use not in KEEPING and field.name != case.campaign.people.key


def choosing(case: Case) -> tuple[DataField, ...]:
    """The fields by which people are chosen, or what they get."""
    return tuple(field for field in case.campaign.fields or () if chooses(case, field))


def any_told(facts: Iterable[Told]) -> Told:
    """Whether one of several things is so; unknown where an unstated one could be.

    >>> any_told([False, None]), any_told([None, True]), any_told([])
    (None, True, False)
    """
    said = list(facts)
    return True if True in said else None if None in said else False


def back(case: Case, columns: Collection[str]) -> Condition | None:
    """Who would come onto the list if no rule read these columns.

    They are off it, meet every other rule, and do not meet one of these. None where no rule reads
    the columns, or a rule could not be read.
    """
    gone = {column.lower() for column in columns}
    rules = list(enumerate(case.campaign.rules or ()))
    dropped = [f"rule.{at}" for at, rule in rules if rule.column.lower() in gone]
    if not dropped or not all(case.audience.has(f"rule.{at}") for at, _ in rules):
        return None
    kept = [f"rule.{at}" for at, rule in rules if rule.column.lower() not in gone]
    return All(
        (
            Is("targeted", value=False),
            AnyOf(tuple(Is(fact, value=False) for fact in dropped)),
            *(Is(fact, value=True) for fact in kept),
        )
    )


def back_without(case: Case, columns: Collection[str]) -> int | None:
    """How many people would come onto the list if no rule read these columns."""
    who = back(case, columns)
    return None if who is None else case.audience.total(who)


def listed_with(case: Case, names: Iterable[str]) -> int | None:
    """People on the list with a value in one of these fields; None where none can be counted."""
    facts = [f"field.{name}" for name in names if case.audience.has(f"field.{name}")]
    held: tuple[Condition, ...] = tuple(Not(Missing(fact)) for fact in facts)
    return case.audience.total(All((ON_THE_LIST, AnyOf(held)))) if held else None


def names(some: Sequence[DataField]) -> str:
    """The names of fields in a sentence."""
    return listed([field.name for field in some])
