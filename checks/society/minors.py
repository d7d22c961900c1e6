"""Children are not on the list.

## Why it matters
Children see through advertising later than adults do, and the law protects them more.

## How it judges
People on the list known to be under each age that applies: the age for profiling, unless the
campaign says that it neither profiles nor uses a model; the age of consent where they live, where
a channel rests on consent; the age for sale or sharing where they live, if data are sold or shared.
Each age is one finding. More than the policy allows, which is nobody, fails. From a birth year
alone the younger age counts. Where somebody's region is not known, the strictest of the campaign's
regions counts. If the age of too large a share is not known it cannot tell, unless every creative
is said not to appeal to children. One to four people are shown as fewer than 5.

## What to do
Take those people off, and leave out of this wave those whose age is not known. Do not collect
birth dates only to check.

## What it cannot see
Ages people gave themselves, and children who use a parent's account.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from checks.case import Case
from checks.conditions import All, Among, AnyOf, Condition, Missing
from checks.evidence import Evidence, Rate, Step, Waterfall
from checks.finding import Finding, Reason, cannot_tell, clear, fail, not_applicable
from checks.people.children import (
    consent_ages,
    in_region,
    regions,
    under,
    under_consent_age,
    usual_consent_age,
)
from checks.people.permission import ON_THE_LIST
from checks.people.segments import by_segment, count_by_segment
from checks.phrases import people
from checks.policy import Part as Limited
from checks.registry import Findings, check
from checks.small_cells.withholding import shown

AGE = "age"
"""What a finding is about where no age can be looked at."""


class Limits(Limited):
    """How many minors are borne, and how many people of unknown age."""

    minors: int
    unknown_age: float


@dataclass(frozen=True, kw_only=True, slots=True)
class TooYoung:
    """Who is too young for one thing that the campaign does with their data."""

    subject: str
    who: str
    """In words that fit after "people who are"."""
    condition: Condition


@check(
    title="Children are not on the list",
    question="Are there minors on the list, and would we know?",
    cites=[
        "GDPR 8",
        "GDPR rec. 38",
        "DSA 28(2)",
        "DSA 28(3)",
        "Cal. Civ. Code 1798.120",
        "COPPA 16 CFR 312.5",
        "ICC Code 2024",
        "our policy",
    ],
    shared=("ages",),
    limits=Limits,
    reads=["targeted", "age", "segment", "region"],
)
def judge(case: Case) -> Findings:
    """Count the people who are too young for what the campaign does with their data."""
    listed = case.audience.targeted
    if not case.audience.has("age"):
        yield cannot_tell(
            AGE,
            f"No age is known for any of {people(listed)} on the list.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name the column that holds an age or a birth year (people.attributes).",
        )
        return
    if not listed:
        yield cannot_tell(
            AGE,
            "Nobody is on the list, so nobody's age could be looked at.",
            reason=Reason.TOO_FEW_PEOPLE,
            remedy="Check which column says who is on the list (people.targeted), and its values.",
        )
        return
    rules = (*_profiling(case), *_consent(case), *_sale(case))
    for rule in rules:
        yield _judge(case, rule)
    if not rules:
        yield not_applicable(
            AGE,
            "No age applies: the campaign neither profiles, sells nor shares, and no channel "
            "rests on consent.",
        )


def _profiling(case: Case) -> Iterator[TooYoung]:
    """Unless the campaign says that it neither profiles nor uses a model."""
    uses, age = case.campaign.uses_data_for, case.policy.ages.profiling.value
    if uses is None or uses.profiling is not False or uses.model is not False:
        who = f"under {age}, our age for profiling"
        yield TooYoung(subject="profiling", who=who, condition=under(age))


def _consent(case: Case) -> Iterator[TooYoung]:
    """Where a channel rests on consent, or no channel is named and one might."""
    channels = case.campaign.channels.values()
    young = under_consent_age(case)
    if young is not None and (not channels or any(one.basis == "consent" for one in channels)):
        ages = {usual_consent_age(case), *consent_ages(case).values()}
        who = (
            f"under {max(ages)}, the age of consent"
            if len(ages) == 1
            else "under the age of consent where they live"
        )
        yield TooYoung(subject="consent", who=who, condition=young)


def _sale(case: Case) -> Iterator[TooYoung]:
    """Where data are sold or shared, law by law."""
    uses = case.campaign.uses_data_for
    if uses is None or not (uses.sells or uses.shares_with_ad_platform):
        return
    for law, age in case.policy.ages.sale_by_region.value.items():
        named = any(in_region(one, law) or in_region(law, one) for one in case.campaign.regions)
        there = _living_in(case, law, perhaps=named)
        if there is not None and (named or case.audience.total(All((ON_THE_LIST, there)))):
            yield TooYoung(
                subject=f"sale in {law}",
                who=f"under {age}, the age for sale or sharing in {law}",
                condition=All((there, under(age))),
            )


def _living_in(case: Case, law: str, *, perhaps: bool) -> Condition | None:
    """Who lives where a law binds; `perhaps`: also those whose region is not known."""
    if not case.audience.has("region"):
        return All(()) if perhaps else None
    there = Among("region", tuple(one for one in regions(case, (law,)) if in_region(one, law)))
    return AnyOf((there, Missing("region"))) if perhaps else there


def _judge(case: Case, rule: TooYoung) -> Finding:
    minors = count_by_segment(case, All((ON_THE_LIST, rule.condition)))
    unknown = case.audience.total(All((ON_THE_LIST, Missing("age"))))
    evidence = _evidence(case, rule, minors, unknown)
    many, listed = sum(minors.values()), case.audience.targeted
    if many > case.limits(Limits).minors:
        return _fails(case, rule, many, unknown, evidence)
    share = Fraction(unknown, listed)
    too_many = share > Fraction(str(case.limits(Limits).unknown_age))
    if share == 1 or (too_many and not _not_for_children(case)):
        return _not_known(case, rule, unknown, evidence)
    also = f" The age of {unknown:,} is not known." if unknown else ""
    known = f"{listed - unknown:,} {'person' if listed - unknown == 1 else 'people'}"
    headline = f"None of {known} of known age on the list is {rule.who}.{also}"
    return clear(rule.subject, headline, *evidence)


def _fails(
    case: Case, rule: TooYoung, minors: int, unknown: int, evidence: tuple[Evidence, ...]
) -> Finding:
    listed = case.audience.targeted
    below = case.policy.small_cells.suppress_below.value
    few = shown(minors, below) is None
    becomes = "" if few else f": it becomes {listed - minors:,}"
    ages = (
        f" The age of {unknown:,} is not known: leave them out of this wave; do not collect "
        "birth dates only to check."
        if unknown
        else ""
    )
    some = f"Fewer than {below}" if few else f"{minors:,}"
    return fail(
        rule.subject,
        f"{some} of {listed:,} people on the list are {rule.who}.",
        *evidence,
        remedy=f"Take them off the list{becomes}.{ages}",
    )


def _not_known(case: Case, rule: TooYoung, unknown: int, evidence: tuple[Evidence, ...]) -> Finding:
    listed = case.audience.targeted
    return cannot_tell(
        rule.subject,
        f"The age of {unknown:,} of {listed:,} people on the list is not known.",
        *evidence,
        reason=Reason.GROUP_UNKNOWN,
        remedy=(
            f"Leave them out of this wave: the list becomes {listed - unknown:,}. Or say of each "
            "creative whether it appeals to children. Do not collect birth dates only to check."
        ),
    )


def _evidence(
    case: Case, rule: TooYoung, minors: Mapping[str | None, int], unknown: int
) -> tuple[Evidence, ...]:
    below, listed = case.policy.small_cells.suppress_below.value, case.audience.targeted
    many = sum(minors.values())
    rates: tuple[Evidence, ...] = (
        Rate(group=rule.who, yes=shown(many, below), of=listed),
        Rate(group="age not known", yes=unknown, of=listed),
    )
    if many < below:
        return rates
    steps = (
        Step(name=rule.who, people=many, meaning="not_covered"),
        Step(name="old enough, or age not known", people=listed - many, meaning="stays"),
    )
    whole = Waterfall(title=f"People on the list, and those {rule.who}", total=listed, steps=steps)
    where = by_segment(case, "Too young, by segment", minors, small=True)
    return (whole, *rates, where) if where else (whole, *rates)


def _not_for_children(case: Case) -> bool:
    """Whether the owner said of every creative that it does not appeal to children."""
    creatives = case.campaign.creatives or ()
    return bool(creatives) and all(one.appeals_to_children is False for one in creatives)
