"""Each field that chooses people brings enough to be worth having.

## Why it matters
A field that brings nothing is taken from people for nothing. Without a trial nobody knows.

## How it judges
For each field by which people, or what they get, are chosen: the arm of a trial in which everything
was used against the arm without this field, as a difference with Newcombe's range. A lift is worth
having from `worthwhile` of the share without the field, or what the campaign asks for if that is
more. Below it at the high end: watched. Where the range includes nothing at all: it cannot tell.
Above nothing, it is clear if the lift is worth having, and watched if not. Without an arm, past
data are shown and settle nothing.

## What to do
Try it: leave the field out for some people, drawn by lot, or leave it out for all.

## What it cannot see
Fields overlap, so what each brings alone is shown beside it. A click is not a sale. That people
were drawn by lot is what the owner says.
"""

from __future__ import annotations

from collections import Counter

from checks.campaign import DataField
from checks.case import Case
from checks.conditions import Missing, Not
from checks.evidence import Evidence, Rate, Table
from checks.fairness import trials
from checks.fairness.trials import Arm, Trial, at_most, points
from checks.finding import Finding, Reason, cannot_tell, clear, not_applicable, watch
from checks.people import fields
from checks.people.permission import why_unseen
from checks.phrases import many
from checks.registry import Findings, check
from checks.statistics import wilson

FIELDS = "fields"


@check(
    title="What each field brings",
    question="What would we lose without this field?",
    cites=["GDPR 5(1)(c)", "GDPR 6(1)(f)", "our policy"],
    shared=("fields",),
    reads=["outcomes"],
)
def judge(case: Case) -> Findings:
    """Judge each field that chooses, by its own trial."""
    if not case.campaign.fields:
        yield cannot_tell(
            FIELDS,
            "The campaign does not say which fields it uses.",
            reason=Reason.COLUMN_MISSING,
            remedy="List every field with its use in the campaign file: fields.",
        )
        return
    chosen = fields.choosing(case)
    if not chosen:
        yield not_applicable(
            FIELDS, "No field chooses people, or what they get, says the campaign."
        )
    elif not case.audience.has(trials.CONVERTED):
        told = case.campaign.outcomes
        yield cannot_tell(
            FIELDS,
            f"What {fields.names(chosen)} {'brings' if len(chosen) == 1 else 'bring'} is not in "
            "the files.",
            reason=why_unseen(case, side=told is not None and told.beside),
            remedy="Bring what came of an earlier campaign, with the arm of each person: outcomes.",
        )
    else:
        for field in chosen:
            tried = trials.trial(case, field.name)
            yield _tried(case, tried) if tried else _observed(case, field)


def _tried(case: Case, tried: Trial) -> Finding:
    low, high = tried.range
    says = (
        f"With {tried.field} {_of(tried.everything)} people took up the offer, without it "
        f"{_of(tried.without)}: {points(tried.lift)}."
    )
    evidence = _evidence(tried)
    worth = f"{points(tried.worthwhile)} is worth having"
    if high < tried.worthwhile:
        more = f"At best it brings {at_most(high)}; {worth}."
        return watch(tried.field, f"{says} {more}", *evidence, remedy=_leave_out(case, tried))
    if low <= 0:
        return cannot_tell(
            tried.field,
            f"{says} It may bring nothing.",
            *evidence,
            reason=Reason.RANGE_CROSSES_LIMIT,
            remedy=_settle(tried),
        )
    if tried.lift < tried.worthwhile:
        more = f"That is something, but {worth}."
        remedy = f"{_leave_out(case, tried)} Or say why so little is worth it."
        return watch(tried.field, f"{says} {more}", *evidence, remedy=remedy)
    return clear(tried.field, says, *evidence)


def _leave_out(case: Case, tried: Trial) -> str:
    """What leaving it out changes, in people, where a rule reads it."""
    back = fields.back_without(case, [tried.field])
    change = "" if back is None else f": {many(back, 'person comes', 'people come')} back"
    return f"Leave {tried.field} out{change}."


def _of(arm: Arm) -> str:
    return f"{arm.yes:,} of {arm.of:,}"


def _settle(tried: Trial) -> str:
    if tried.needed is None:
        return "Nobody took it up without the field: try it on an offer that more people take up."
    return (
        f"About {tried.needed:,} people with {tried.field}, and as many without, would settle "
        "whether it is worth it. Or leave it out."
    )


def _evidence(tried: Trial) -> tuple[Evidence, ...]:
    low, high = tried.range
    rows = [
        ("lift", points(tried.lift)),
        ("lift, low end", points(low)),
        ("lift, high end", points(high)),
        ("worth having from", points(tried.worthwhile)),
    ]
    if tried.alone:
        only, none = tried.alone
        rows.append(("the field alone, against none", points(only.share - none.share)))
    return (
        _rate(f"with {tried.field}", tried.everything),
        _rate(f"without {tried.field}", tried.without),
        Table(
            title=f"What {tried.field} brings",
            columns=("what", "more people who took it up"),
            rows=tuple(rows),
        ),
    )


def _rate(group: str, arm: Arm) -> Rate:
    low, high = wilson(arm.yes, arm.of)
    return Rate(group=group, yes=arm.yes, of=arm.of, low=low, high=high)


def _observed(case: Case, field: DataField) -> Finding:
    """Past data without a trial: shown, and never more than shown."""
    return cannot_tell(
        field.name,
        f"Nobody was treated without {field.name}, so what it brings is not known.",
        *_past(case, field),
        reason=Reason.SOURCE_UNVERIFIED,
        remedy=f"Leave {field.name} out for some people, drawn by lot, and count what they do.",
    )


def _past(case: Case, field: DataField) -> tuple[Rate, ...]:
    fact = f"field.{field.name}"
    if not case.audience.has(fact):
        return ()
    held: dict[str, Counter[bool]] = {}
    for group, where in (("a value in", Not(Missing(fact))), ("no value in", Missing(fact))):
        counts = case.audience.count(trials.CONVERTED, where=where)
        held[group] = Counter({c.values[0]: c.people for c in counts if c.values[0] is not None})
    return tuple(
        Rate(group=f"{group} {field.name} (observed)", yes=one[True], of=one.total(), unsure=True)
        for group, one in held.items()
        if one.total()
    )
