"""No field is paid for in people's privacy and worth nothing.

## Why it matters
Such a field can go at once: people gain, and nobody loses anything.

## How it judges
The lift of each field by its trial, beside the parts of its cost. Where the high end of the lift
is below what is worth having, a field that is sensitive from `sensitive_from` on fails, and another
is watched. So is one that another field dominates: no worse on any part of the cost, better on one,
and with a lift at least as large. Where the range includes nothing and reaches what is worth
having, it cannot tell.

## What to do
Remove the field, or use the one that dominates it.

## What it cannot see
A range that includes 0 is no proof of nothing: a true lift of a quarter looks so in most small
trials. Only single fields are compared, not sets of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checks.campaign import DataField
from checks.case import Case
from checks.evidence import Evidence, Point, Points, Table
from checks.fairness import trials
from checks.fairness.trials import Trial, at_most, points
from checks.finding import Finding, Reason, cannot_tell, clear, fail, not_applicable, watch
from checks.people import fields
from checks.people.costs import PARTS, Cost, cost
from checks.phrases import listed, many, people
from checks.registry import Findings, check

FIELDS = "fields"


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighed:
    """One field: what it brings, and what it costs."""

    trial: Trial
    cost: Cost

    @property
    def name(self) -> str:
        """The field."""
        return self.cost.field

    @property
    def worthless(self) -> bool:
        """Whether even the high end of its lift is not worth having."""
        return self.trial.range[1] < self.trial.worthwhile

    def dominates(self, other: Weighed) -> bool:
        """At least as large a lift, for a smaller cost."""
        return self.trial.lift >= other.trial.lift and self.cost.gentler_than(other.cost)


@check(
    title="Paid for in privacy, worth nothing",
    question="Is there a field that costs people something and brings us nothing?",
    cites=["GDPR 5(1)(c)", "GDPR 6(1)(f)", "our policy"],
    shared=("fields",),
    reads=["outcomes", "quasi"],
)
def judge(case: Case) -> Findings:
    """Judge each field that was tried; name those that were not."""
    if not case.campaign.fields:
        yield cannot_tell(
            FIELDS,
            "The campaign does not say which fields it uses.",
            reason=Reason.COLUMN_MISSING,
            remedy="List every field with its sensitivity, source and term: fields.",
        )
        return
    chosen = fields.choosing(case)
    if not chosen:
        yield not_applicable(
            FIELDS, "No field chooses people, or what they get, says the campaign."
        )
        return
    yield from _each(case, chosen)


def _each(case: Case, chosen: Sequence[DataField]) -> Findings:
    tried = {field.name: trials.trial(case, field.name) for field in chosen}
    weighed = [
        Weighed(trial=one, cost=cost(case, field)) for field in chosen if (one := tried[field.name])
    ]
    by = {each.name: _dominators(each, weighed) for each in weighed}
    for each in weighed:
        yield _judged(case, each, by, weighed)
    untried = [name for name, found in tried.items() if found is None]
    if untried:
        yield cannot_tell(
            FIELDS,
            f"What {listed(untried)} {'brings' if len(untried) == 1 else 'bring'} was never tried.",
            reason=Reason.COLUMN_MISSING,
            remedy="Leave each out for some people, drawn by lot: outcomes, arm.",
        )


def _dominators(one: Weighed, weighed: Sequence[Weighed]) -> list[str]:
    return [other.name for other in weighed if other is not one and other.dominates(one)]


def _judged(
    case: Case, one: Weighed, by: Mapping[str, list[str]], weighed: Sequence[Weighed]
) -> Finding:
    evidence, costs = _evidence(one, by, weighed), _costs(one)
    says = f"The field {one.name} brings at most {at_most(one.trial.range[1])}, {costs}"
    sensitive = (one.cost.sensitivity or 0) >= case.policy.fields.sensitive_from.value
    if one.worthless and sensitive:
        return fail(one.name, f"{says}.", *evidence, remedy=_remove(case, one, by))
    if one.worthless and one.cost.sensitivity is None:
        return cannot_tell(
            one.name,
            f"{says}.",
            *evidence,
            reason=Reason.COLUMN_MISSING,
            remedy="State its sensitivity (fields, sensitivity), or remove it.",
        )
    if one.worthless or by[one.name]:
        other = "" if one.worthless else f"; {listed(by[one.name])} brings as much for less"
        return watch(one.name, f"{says}{other}.", *evidence, remedy=_remove(case, one, by))
    if one.trial.range[0] <= 0:
        return _open(one, evidence)
    brings = f"The field {one.name} brings {points(one.trial.lift)}, {costs}."
    return clear(one.name, brings, *evidence)


def _open(one: Weighed, evidence: tuple[Evidence, ...]) -> Finding:
    """It may bring nothing, and may be worth having."""
    low, high = one.trial.range
    settle = (
        f"About {one.trial.needed:,} people an arm would settle it."
        if one.trial.needed
        else "Try it on something that more people do."
    )
    return cannot_tell(
        one.name,
        f"The field {one.name} brings between {points(low)} and {points(high)}, {_costs(one)}.",
        *evidence,
        reason=Reason.RANGE_CROSSES_LIMIT,
        remedy=f"{settle} Or remove it.",
    )


def _costs(one: Weighed) -> str:
    stated = one.cost.sensitivity
    if stated is None:
        return "at a sensitivity nobody stated"
    return f"at a sensitivity of {stated} (0 to 4)"


def _remove(case: Case, one: Weighed, by: Mapping[str, list[str]]) -> str:
    """Remove it, with what that changes."""
    instead = f", or use {by[one.name][0]}" if by[one.name] else ""
    back = fields.back_without(case, [one.name])
    change = "" if back is None else f"; {many(back, 'person comes', 'people come')} back"
    says = [f"Remove {one.name}{instead}{change}."]
    if one.cost.people:
        says.append(f"It is held of {people(one.cost.people)}.")
    if one.cost.unique:
        says.append(f"It makes {people(one.cost.unique)} unique.")
    return " ".join(says)


def _evidence(
    one: Weighed, by: Mapping[str, list[str]], weighed: Sequence[Weighed]
) -> tuple[Evidence, ...]:
    unique = [each.cost.unique for each in weighed]
    pictures = [_picture("Sensitivity, 0 to 4", [w.cost.sensitivity for w in weighed], by, weighed)]
    if any(unique):
        pictures.append(_picture("People made unique", unique, by, weighed))
    return (
        *pictures,
        Table(
            title="What each field brings and costs",
            columns=("field", "brings", "at least", "at most", *PARTS),
            rows=tuple(
                (w.name, points(w.trial.lift), *map(points, w.trial.range), *w.cost.row()[1:])
                for w in (one, *(other for other in weighed if other is not one))
            ),
        ),
    )


def _picture(
    cost_: str,
    at: Sequence[int | None],
    by: Mapping[str, list[str]],
    weighed: Sequence[Weighed],
) -> Points:
    """Benefit against one part of the cost; fields worth nothing, or dominated, are marked."""
    marked = [one.name for one in weighed if one.worthless or by[one.name]]
    return Points(
        title=f"What fields bring, against what they cost: {cost_[0].lower()}{cost_[1:]}",
        x=cost_,
        y="More in 100 who did it",
        points=tuple(
            Point(
                name=one.name,
                x=part,
                y=round(one.trial.lift * 100, 2),
                marked=one.name in marked,
            )
            for one, part in zip(weighed, at, strict=True)
            if part is not None
        ),
        says="Right costs people more, up brings more.",
        marks="Worth nothing, or no better than another that costs less",
    )
