"""The campaign holds only the fields that it needs.

## Why it matters
What is not in the file cannot be lost, sold or used against anybody.

## How it judges
A field is surplus when nothing uses it, when nobody says why it is needed, when it says a rule
uses it and no rule does, or when the file has it and `fields` has no entry for it. Columns that
the campaign file itself names (the key, who is on the list, permissions …) have a use. Surplus
fields that identify a person fail above `surplus_identifiers`; others are watched.

## What to do
Leave the surplus fields out of the export, the identifying ones first.

## What it cannot see
Use is what the owner says it is. A column without an entry is not looked into for names.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.campaign import DataField
from checks.case import Case
from checks.evidence import Table
from checks.finding import Finding, Reason, cannot_tell, clear, fail, watch
from checks.people.fields import ruled_columns
from checks.phrases import listed
from checks.policy import Part
from checks.registry import Findings, check


class Limits(Part):
    """How many fields may serve nothing."""

    surplus_identifiers: int
    """Fields that identify a person, other than the key: above it, fail."""
    surplus_watch: int
    """Other fields: above it, watch."""


@check(
    title="Only the fields that are needed",
    question="Do we need each field we hold for this campaign?",
    cites=[
        "GDPR 5(1)(c)",
        "GDPR 25",
        "Cal. Civ. Code 1798.100",
        "11 CCR 7002",
        "our policy",
    ],
    limits=Limits,
)
def judge(case: Case) -> Findings:
    """Judge all fields together."""
    yield _judged(case, case.limits(Limits))


def _judged(case: Case, limits: Limits) -> Finding:
    fields = case.campaign.fields
    if not fields:
        return cannot_tell(
            "fields",
            "The campaign does not say which fields it holds, and why.",
            reason=Reason.COLUMN_MISSING,
            remedy="List every column with its use and its reason in the campaign file: fields.",
        )
    surplus = _surplus(case, fields)
    identifying = [field.name for field in fields if field.role == "identifier"]
    persons = [name for name in surplus if name in identifying]
    total = len({field.name for field in fields} | set(surplus))
    table = Table(
        title="Fields that serve nothing",
        columns=("field", "why it is here", "identifies a person"),
        rows=tuple(
            (name, why, "yes" if name in persons else "no") for name, why in surplus.items()
        ),
    )
    serve = "serves" if len(surplus) == 1 else "serve"
    says = f"{len(surplus):,} of {total:,} fields {serve} nothing: {listed(list(surplus))}."
    if len(persons) > limits.surplus_identifiers:
        return fail("fields", says, table, remedy=_leave_out(persons, surplus))
    if len(surplus) - len(persons) > limits.surplus_watch:
        return watch("fields", says, table, remedy=_leave_out(persons, surplus))
    have = "The one field has" if total == 1 else f"All {total:,} fields have"
    return clear("fields", f"{have} a use and a reason.", _uses(fields))


def _leave_out(persons: list[str], surplus: dict[str, str]) -> str:
    what = "it" if len(surplus) == 1 else "them"
    if not persons:
        need = "it is" if len(surplus) == 1 else "they are"
        return f"Leave {what} out of the export, or say what {need} needed for."
    if len(surplus) == 1:
        return "Leave it out of the export: it identifies a person."
    who = "identifies" if len(persons) == 1 else "identify"
    return f"Leave {what} out of the export; {len(persons):,} of {len(surplus):,} {who} a person."


def _surplus(case: Case, fields: tuple[DataField, ...]) -> dict[str, str]:
    """Every field that serves nothing, with the reason for saying so."""
    ruled = ruled_columns(case)
    surplus: dict[str, str] = {}
    for field in fields:
        if field.name == case.campaign.people.key:
            continue
        why = _why(field, ruled=field.name.lower() in ruled, rules=case.campaign.rules is not None)
        if why:
            surplus[field.name] = why
    entered = {field.name.lower() for field in fields}
    for column in _unnamed(case):
        if column.lower() not in entered:
            surplus[column] = "in the file, without an entry"
    return surplus


def _why(field: DataField, *, ruled: bool, rules: bool) -> str:
    """Why a field counts as surplus; empty where it does not."""
    use = (field.used_in or "").lower()
    if use == "none" and not ruled:
        return "nothing uses it"
    if use == "rule" and rules and not ruled:
        return "no rule uses it"
    return "" if field.why else "nobody says why"


def _unnamed(case: Case) -> tuple[str, ...]:
    """Columns of the people's file that no section of the campaign file reads."""
    sections = {"people", "rules", "channels", "suppression", "signals", "contacts", "outcomes"}
    said = set(_words(case.campaign.model_dump(mode="json", include=sections)))
    held = [
        column
        for source in case.audience.intake["sources"]
        if source["role"] == "people"
        for column in source["columns"]
    ]
    return tuple(column for column in dict.fromkeys(held) if column not in said)


def _words(section: object) -> Iterator[str]:
    """Every word in a section: among them the columns that it names."""
    if isinstance(section, str):
        yield section
    elif isinstance(section, dict):
        for one in section.values():
            yield from _words(one)
    elif isinstance(section, list):
        for one in section:
            yield from _words(one)


def _uses(fields: tuple[DataField, ...]) -> Table:
    return Table(
        title="Fields and their use",
        columns=("field", "used in", "why"),
        rows=tuple((one.name, one.used_in or "not stated", one.why) for one in fields),
    )
