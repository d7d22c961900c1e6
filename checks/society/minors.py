"""Children are not on the list.

## Why it matters
Children see through advertising later than adults do, and the law protects them more.

## How it judges
People on the list known to be under an age that applies: the age for profiling, unless the
campaign says that it neither profiles nor uses a model; the age of consent where they live, where
a channel rests on consent; the age for sale or sharing where they live, if data are sold or shared.
Each person is counted once. More than the policy allows, which is nobody, fails. From a birth year
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

from fractions import Fraction

from checks.case import Case
from checks.children import in_region, regions, under, under_consent_age
from checks.conditions import All, Among, AnyOf, Condition, FirstOf, Missing
from checks.evidence import Evidence, Rate, people
from checks.finding import Finding, Reason, cannot_tell, clear, fail, not_applicable
from checks.permission import ON_THE_LIST
from checks.policy import Part as Limited
from checks.registry import Findings, check
from checks.segments import by_segment
from checks.withholding import shown

LIST = "list"


class Limits(Limited):
    """How many minors are borne, and how many people of unknown age."""

    minors: int
    unknown_age: float


@check(
    title="Children are not on the list",
    question="Are there minors on the list, and would we know?",
    cites=["GDPR 8", "DSA 28", "Cal. Civ. Code 1798.120", "COPPA 16 CFR 312", "our policy"],
    shared=("ages",),
    limits=Limits,
)
def judge(case: Case) -> Findings:
    """Count the people who are too young for what the campaign does with their data."""
    listed = case.audience.targeted
    if not case.audience.has("age"):
        yield cannot_tell(
            LIST,
            f"No age is known for any of {listed:,} people on the list.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name the column that holds an age or a birth year (people.attributes).",
        )
    elif not listed:
        yield cannot_tell(
            LIST,
            "Nobody is on the list, so nobody's age could be looked at.",
            reason=Reason.TOO_FEW_PEOPLE,
            remedy="Check which column says who is on the list (people.targeted), and its values.",
        )
    elif rules := _rules(case):
        yield _judge(case, rules)
    else:
        yield not_applicable(
            LIST,
            "No age applies: the campaign neither profiles, sells nor shares, and no channel "
            "rests on consent.",
        )


def _judge(case: Case, rules: dict[str, Condition]) -> Finding:
    young = AnyOf(tuple(rules.values()))
    counts = _counted(case, young)
    minors = sum(n for (bin_, _), n in counts.items() if bin_ == "minor")
    unknown = sum(n for (bin_, _), n in counts.items() if bin_ == "not known")
    evidence = _evidence(case, rules, counts, unknown)
    if minors > case.limits(Limits).minors:
        return _fails(case, rules, minors, unknown, evidence)
    share = Fraction(unknown, case.audience.targeted)
    too_many = share > Fraction(str(case.limits(Limits).unknown_age))
    if share == 1 or (too_many and not _not_for_children(case)):
        return _unknown(case, unknown, evidence)
    also = f" The age of {unknown:,} is not known." if unknown else ""
    known = case.audience.targeted - unknown
    headline = f"None of {known:,} people of known age on the list is {_words(rules)}.{also}"
    return clear(LIST, headline, *evidence)


def _fails(
    case: Case,
    rules: dict[str, Condition],
    minors: int,
    unknown: int,
    evidence: tuple[Evidence, ...],
) -> Finding:
    listed = case.audience.targeted
    count = shown(minors, case.policy.small_cells.suppress_below.value)
    becomes = f": it becomes {listed - minors:,}" if count is not None else ""
    ages = (
        f" The age of {unknown:,} is not known: leave them out of this wave; do not collect "
        "birth dates only to check."
        if unknown
        else ""
    )
    some = people(count)
    return fail(
        LIST,
        f"{some[0].upper()}{some[1:]} of {listed:,} people on the list are {_words(rules)}.",
        *evidence,
        remedy=f"Take them off the list{becomes}.{ages}",
    )


def _unknown(case: Case, unknown: int, evidence: tuple[Evidence, ...]) -> Finding:
    listed = case.audience.targeted
    return cannot_tell(
        LIST,
        f"The age of {unknown:,} of {listed:,} people on the list is not known.",
        *evidence,
        reason=Reason.GROUP_UNKNOWN,
        remedy=(
            f"Leave them out of this wave: the list becomes {listed - unknown:,}. Or say of each "
            "creative whether it appeals to children. Do not collect birth dates only to check."
        ),
    )


def _rules(case: Case) -> dict[str, Condition]:
    """Who is too young, by what for, in words that fit after "people who are"."""
    ages, uses = case.policy.ages, case.campaign.uses_data_for
    rules: dict[str, Condition] = {}
    if uses is None or uses.profiling is not False or uses.model is not False:
        limit = ages.profiling.value
        rules[f"under {limit}, our age for profiling"] = under(limit)
    channels = case.campaign.channels.values()
    young = under_consent_age(case)
    if young is not None and (not channels or any(one.basis == "consent" for one in channels)):
        rules["under the age of consent where they live"] = young
    if uses is not None and (uses.sells or uses.shares_with_ad_platform):
        rules.update(_sale(case))
    return rules


def _sale(case: Case) -> dict[str, Condition]:
    """Too young for their data to be sold or shared, law by law."""
    rules: dict[str, Condition] = {}
    for law, age in case.policy.ages.sale_by_region.value.items():
        named = any(in_region(one, law) or in_region(law, one) for one in case.campaign.regions)
        if not case.audience.has("region"):
            if named:
                rules[f"under {age}, the age for sale in {law}"] = under(age)
            continue
        there = tuple(one for one in regions(case, (law,)) if in_region(one, law))
        places: list[Condition] = [Among("region", there)]
        places += [Missing("region")] if named else []
        if named or case.audience.total(All((ON_THE_LIST, AnyOf(tuple(places))))):
            words = f"under {age}, the age for sale in {law}"
            rules[words] = All((AnyOf(tuple(places)), under(age)))
    return rules


def _counted(case: Case, young: Condition) -> dict[tuple[str, str | None], int]:
    """People on the list by minor, not known or old enough, and by segment."""
    key = FirstOf("age.standing", (("not known", Missing("age")), ("minor", young)), "old enough")
    if not case.audience.has("segment"):
        return {(c.values[0], None): c.people for c in case.audience.count(key, where=ON_THE_LIST)}
    counts = case.audience.count(key, "segment", where=ON_THE_LIST)
    return {(c.values[0], c.values[1]): c.people for c in counts}


def _evidence(
    case: Case,
    rules: dict[str, Condition],
    counts: dict[tuple[str, str | None], int],
    unknown: int,
) -> tuple[Evidence, ...]:
    below, listed = case.policy.small_cells.suppress_below.value, case.audience.targeted
    made: list[Evidence] = []
    for words, young in rules.items():
        count = case.audience.total(All((ON_THE_LIST, young)))
        made.append(Rate(group=words, yes=shown(count, below), of=listed))
    made.append(Rate(group="age not known", yes=unknown, of=listed))
    minors = {segment: n for (bin_, segment), n in counts.items() if bin_ == "minor"}
    if sum(minors.values()) >= below:
        where = by_segment(case, "Too young, by segment", minors, small=True)
        made += [where] if where else []
    return tuple(made)


def _not_for_children(case: Case) -> bool:
    """Whether the owner said of every creative that it does not appeal to children."""
    creatives = case.campaign.creatives
    return creatives is not None and all(one.appeals_to_children is False for one in creatives)


def _words(rules: dict[str, Condition]) -> str:
    return " or ".join(rules)
