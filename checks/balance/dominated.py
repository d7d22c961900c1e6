"""No field is paid for in people's privacy and worth nothing.

## Why it matters
Such a field can go at once: people gain, and nobody loses anything.

## How it judges
The lift of each field by its trial, beside the parts of its cost. Where the high end of the lift
is below what is worth having, a field that is sensitive from `sensitive_from` on fails, and another
is watched. So is one that another field dominates: no worse on any part of the cost, better on one,
and with a lift at least as large. Where the range includes nothing and reaches what is worth
having, it cannot tell. Two or three fields that one arm left out together (*without web, shop*)
are weighed like one field: on each part of the cost the worst of them, and whom they make unique at
once. Every such set is looked at, and may dominate a field outside it, or be dominated.

## What to do
Remove the field, or use what dominates it.

## What it cannot see
A range that includes 0 is no proof of nothing: a true lift of a quarter looks so in most small
trials. Lifts of single fields are never added up, because fields overlap: a set that no arm left
out as a whole, or of more than three fields, is not looked at.
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
from checks.people.costs import PARTS, Cost, cost, cost_of
from checks.phrases import listed, many, people
from checks.registry import Findings, check

FIELDS = "fields"


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighed:
    """One field, or a few together: what they bring, and what they cost."""

    fields: tuple[str, ...]
    trial: Trial
    cost: Cost

    @property
    def name(self) -> str:
        """The field, or the fields."""
        return self.cost.field

    def bring(self, how: str) -> str:
        """The beginning of a sentence about what it brings."""
        if len(self.fields) == 1:
            return f"The field {self.name} brings {how}"
        return f"The fields {self.name} together bring {how}"

    @property
    def worthless(self) -> bool:
        """Whether even the high end of its lift is not worth having."""
        return self.trial.range[1] < self.trial.worthwhile

    def dominates(self, other: Weighed) -> bool:
        """At least as large a lift, for a smaller cost, and no field in common."""
        if set(self.fields) & set(other.fields):
            return False
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
        Weighed(fields=(field.name,), trial=one, cost=cost(case, field))
        for field in chosen
        if (one := tried[field.name])
    ]
    weighed += _together(case, chosen)
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


def _together(case: Case, chosen: Sequence[DataField]) -> list[Weighed]:
    """Every set of fields that some arm left out as a whole."""
    named = {field.name: field for field in chosen}
    return [
        Weighed(fields=names, trial=one, cost=cost_of(case, [named[name] for name in names]))
        for names in trials.sets(case, list(named))
        if (one := trials.trial_of(case, names))
    ]


def _dominators(one: Weighed, weighed: Sequence[Weighed]) -> list[str]:
    """What dominates it; a set only where no part of it does so by itself."""
    found = [other for other in weighed if other.dominates(one)]
    parts = [set(other.fields) for other in found]
    return [other.name for other in found if not any(part < set(other.fields) for part in parts)]


def _judged(
    case: Case, one: Weighed, by: Mapping[str, list[str]], weighed: Sequence[Weighed]
) -> Finding:
    evidence, costs = _evidence(one, by, weighed), _costs(one)
    says = one.bring(f"at most {at_most(one.trial.range[1])}, {costs}")
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
        other = "" if one.worthless else f"; {_as_much(by[one.name])} for less"
        return watch(one.name, f"{says}{other}.", *evidence, remedy=_remove(case, one, by))
    if one.trial.range[0] <= 0:
        return _open(one, evidence)
    brings = f"{one.bring(points(one.trial.lift))}, {costs}."
    return clear(one.name, brings, *evidence)


def _open(one: Weighed, evidence: tuple[Evidence, ...]) -> Finding:
    """It may bring nothing, and may be worth having."""
    low, high = one.trial.range
    settle = (
        f"About {one.trial.needed:,} people with it, and as many without, would settle it."
        if one.trial.needed
        else "Try it on an offer that more people take up."
    )
    return cannot_tell(
        one.name,
        f"{one.bring(f'between {points(low)} and {points(high)}')}, {_costs(one)}.",
        *evidence,
        reason=Reason.RANGE_CROSSES_LIMIT,
        remedy=f"{settle} Or remove it.",
    )


def _as_much(names: Sequence[str]) -> str:
    """What dominates, with its verb.

    >>> _as_much(["shop"]), _as_much(["shop and age"])
    ('shop brings as much', 'shop and age together bring as much')
    """
    if len(names) > 1 or " and " not in names[0]:
        return f"{listed(names)} {'brings' if len(names) == 1 else 'each bring'} as much"
    return f"{names[0]} together bring as much"


def _costs(one: Weighed) -> str:
    stated = one.cost.sensitivity
    if stated is None:
        return "at a sensitivity nobody stated"
    return f"at a sensitivity of {stated} (0 to 4)"


def _remove(case: Case, one: Weighed, by: Mapping[str, list[str]]) -> str:
    """Remove it, with what that changes."""
    instead = f", or use {by[one.name][0]}" if by[one.name] else ""
    back = fields.back_without(case, one.fields)
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
        y="More in 100 who took up the offer",
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
