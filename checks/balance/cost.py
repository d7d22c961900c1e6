"""What each field costs people in privacy is known, and is not too much.

## Why it matters
A cost that nobody wrote down is a cost that nobody weighs.

## How it judges
Five parts for each field in use, never added up: its sensitivity, the people whom it makes the
only one of their kind, where it comes from (asked, observed, from others, bought or followed), the
people with a value, and the months it is kept. A field that is sensitive from `sensitive_from` on,
or was bought or gathered by following people, is watched. Where a part is not stated, it cannot
tell.

## What to do
Leave the field out, or take it in coarser steps and for a shorter time.

## What it cannot see
It is a judgement of value, stated in parts. How it feels to those concerned is not in it.
"""

from __future__ import annotations

from collections.abc import Sequence

from checks.case import Case
from checks.conditions import AtLeast, FirstOf, Not
from checks.evidence import Table
from checks.finding import Finding, Reason, cannot_tell, clear, not_applicable, watch
from checks.people import fields
from checks.people.classes import alone, quasi_facts, sharing
from checks.people.costs import FOLLOWED, PARTS, Cost, cost
from checks.phrases import has, listed, many
from checks.registry import Findings, check

FIELDS = "fields"
DECADES = range(10, 120, 10)


@check(
    title="What each field costs in privacy",
    question="How much does this field take from people?",
    cites=["GDPR 5(1)(c)", "GDPR 25", "our policy"],
    shared=("fields",),
    reads=["everyone", "quasi", "age"],
)
def judge(case: Case) -> Findings:
    """Judge each costly field by itself, and the others together."""
    if not case.campaign.fields:
        yield cannot_tell(
            FIELDS,
            "The campaign does not say which fields it uses.",
            reason=Reason.COLUMN_MISSING,
            remedy="List every field with its sensitivity, source and term: fields.",
        )
        return
    costs = [cost(case, field) for field in fields.used(case)]
    if not costs:
        yield not_applicable(FIELDS, "None of the fields is used, says the campaign.")
        return
    costly = [one for one in costs if _costly(case, one)]
    for one in costly:
        yield _costs(case, one)
    if others := [one for one in costs if one not in costly]:
        yield _others(costs, others)


def _costly(case: Case, one: Cost) -> bool:
    least = case.policy.fields.sensitive_from.value
    return (one.sensitivity or 0) >= least or one.source == FOLLOWED


def _costs(case: Case, one: Cost) -> Finding:
    why = (
        f"has a sensitivity of {one.sensitivity}"
        if (one.sensitivity or 0) >= case.policy.fields.sensitive_from.value
        else "was bought, or gathered by following people"
    )
    people = "" if one.people is None else many(one.people, "person has", "people have")
    held = f"; {people} a value" if people else ""
    return watch(
        one.field, f"The field {one.field} {why}{held}.", _table([one]), remedy=_coarser(case, one)
    )


def _coarser(case: Case, one: Cost) -> str:
    kept = "" if one.months is None else f" and is kept {many(one.months, 'month')}"
    if not one.unique:
        return f"Leave {one.field} out{', or keep it for less than now' if kept else ''}."
    unique = f"The field {one.field} makes {many(one.unique, 'person', 'people')} unique{kept}"
    banded = _in_decades(case, one.field)
    if banded is None:
        return f"{unique}: leave it out, or take it in coarser steps."
    return f"{unique}: in bands of ten years {banded:,} {'is' if banded == 1 else 'are'} unique."


def _in_decades(case: Case, name: str) -> int | None:
    """People whom an age in bands of ten years would make unique; None where it is no age."""
    aged = [
        quasi
        for quasi, one in case.campaign.attributes.items()
        if one.as_ in ("age", "birth_year") and name in (quasi, one.column)
    ]
    if not aged or not case.audience.has("age"):
        return None
    others = [fact for quasi, fact in quasi_facts(case).items() if quasi not in aged]
    bands = tuple((str(age), Not(AtLeast("age", age))) for age in DECADES)
    decade = FirstOf("decade", bands, otherwise="older")
    counts = case.audience.count(*others, decade)
    return sum(one.people for one in counts if one.people == 1) - alone(sharing(case, others))


def _others(all_: Sequence[Cost], others: Sequence[Cost]) -> Finding:
    untold = [one for one in others if one.unstated]
    if untold:
        parts = list(dict.fromkeys(part for one in untold for part in one.unstated))
        return cannot_tell(
            FIELDS,
            f"For {len(untold):,} of {many(len(all_), 'field')} a part of the cost is not stated: "
            f"{listed(parts)}.",
            _table(others),
            reason=Reason.COLUMN_MISSING,
            remedy=f"State it for {listed([one.field for one in untold])} (fields: sensitivity, "
            "source_kind, retention_months), or bring the column.",
        )
    rest = "" if len(others) == len(all_) else "other "
    return clear(
        FIELDS,
        f"{many(len(others), f'{rest}field')} {has(len(others))} no sensitive value, and none was "
        "bought or followed, says the campaign.",
        _table(others),
    )


def _table(costs: Sequence[Cost]) -> Table:
    return Table(
        title="What each field costs people",
        columns=("field", *PARTS),
        rows=tuple(one.row() for one in costs),
    )
