"""Consent is still fresh.

## Why it matters
A yes of years ago was given to somebody else's product, in another life. Few remember it.

## How it judges
Channel by channel, where consent is the basis: the age of each yes at launch, in calendar months,
from the later of the days on which it was given and confirmed again. It has expired when the launch
is later than that day and the months of the policy together, or than its own end; exactly at the
limit it still stands. More expired than the policy allows, which is none, fails. A yes without a
day, or dated after the launch, has no age: with such ones, and none expired, it cannot tell.

## What to do
Leave those people out, and ask again where they sign in or shop, not by the channel itself.

## What it cannot see
Whether an old yes is still meant, or a young one ever was.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from math import ceil

from checks.campaign import ChannelName
from checks.case import Case
from checks.conditions import After, All, AnyOf, Condition, Missing, Not
from checks.evidence import Bin, Distribution, Evidence, Line, Rate
from checks.finding import Finding, Reason, cannot_tell, clear, fail
from checks.people.agreeing import (
    nobody_agreed,
    not_to_see,
    said,
    without_channels,
    yes_on_the_list,
)
from checks.people.permission import expired, first_valid_day, months_valid
from checks.people.segments import by_segment, count_by_segment
from checks.phrases import many, people, them, verb
from checks.policy import Part
from checks.registry import Findings, check


class Limits(Part):
    """How many expired yeses are borne."""

    expired: int


@check(
    title="Consent is still fresh",
    question="Was the yes given recently enough to be meant?",
    cites=["EDPB Guidelines 05/2020", "Garante 2005", "CNIL", "our policy"],
    shared=("permission",),
    limits=Limits,
    reads=["targeted", "status", "given", "segment"],
)
def judge(case: Case) -> Findings:
    """Judge each channel that rests on consent."""
    if not case.campaign.channels:
        yield without_channels()
    for name in case.campaign.channels:
        yield not_to_see(case, name) or nobody_agreed(case, name) or _judged(case, name)


def _judged(case: Case, name: ChannelName) -> Finding:
    too_old = expired(case, name)
    if too_old is None:
        return _without_days(case, name)
    agreed = case.audience.total(yes_on_the_list(name))
    old = All((yes_on_the_list(name), too_old))
    count = case.audience.total(old)
    picture = _ages(case, name)
    if count > case.limits(Limits).expired:
        where = by_segment(case, "Expired, by segment", count_by_segment(case, old))
        return fail(
            name,
            f"{count:,} of {people(agreed)} on the {said(name)} list said yes too long ago: "
            f"{_why(case, name)}.",
            *picture,
            *([where] if where else []),
            remedy=(
                f"Leave {them(count, 'this person')} out: the list becomes "
                f"{case.audience.targeted - count:,}. Ask again where they sign in or shop, not by "
                f"{said(name)}."
            ),
        )
    return _none_too_old(case, name, agreed, picture)


def _none_too_old(
    case: Case, name: ChannelName, agreed: int, picture: tuple[Evidence, ...]
) -> Finding:
    if not case.audience.has(f"{name}.given"):
        return _without_days(case, name)
    ageless = case.audience.total(All((yes_on_the_list(name), _no_age(case, name))))
    if ageless:
        return cannot_tell(
            name,
            f"For {ageless:,} of {people(agreed)} on the {said(name)} list the yes has no day, or "
            "one after the launch.",
            *picture,
            reason=Reason.COLUMN_MISSING,
            remedy="Record the day of each yes; until then leave those people out.",
        )
    months = months_valid(case, case.campaign.channels[name])
    whose = "The one yes" if agreed == 1 else f"All {agreed:,} yeses"
    return clear(
        name,
        f"{whose} on the {said(name)} list {verb(agreed, 'was', 'were')} given or confirmed within "
        f"{many(months, 'month')} of the launch.",
        *picture,
    )


def _no_age(case: Case, name: ChannelName) -> Condition:
    given = f"{name}.given"
    return AnyOf((Missing(given), After(given, case.campaign.launch)))


def _without_days(case: Case, name: ChannelName) -> Finding:
    return cannot_tell(
        name,
        f"When {people(case.audience.total(yes_on_the_list(name)))} on the {said(name)} list said "
        "yes is not in the files.",
        reason=Reason.COLUMN_MISSING,
        remedy=f"Name the column with the day of the yes (channels.{name}.permission.given).",
    )


def _why(case: Case, name: ChannelName) -> str:
    """The limit that ended these yeses."""
    months = many(months_valid(case, case.campaign.channels[name]), "month")
    if not case.audience.has(f"{name}.expires"):
        return f"more than {months} before the launch"
    return f"more than {months} before the launch, or past their own end"


def _ages(case: Case, name: ChannelName) -> tuple[Evidence, ...]:
    """The ages as a curve with the policy's line; and how many have none."""
    if not case.audience.has(f"{name}.given"):
        return ()
    aged = All((yes_on_the_list(name), Not(_no_age(case, name))))
    months: Counter[int] = Counter()
    for count in case.audience.count(f"{name}.given", where=aged):
        months[month_of_age(count.values[0], case.campaign.launch)] += count.people
    total = case.audience.total(yes_on_the_list(name))
    without = total - months.total()
    rates = (Rate(group="no day, or one after the launch", yes=without, of=total),)
    return (_curve(case, name, months), *(rates if without else ())) if months else rates


def _curve(case: Case, name: ChannelName, months: Counter[int]) -> Distribution:
    most = months_valid(case, case.campaign.channels[name])
    edges = _edges(most, max(months))
    young = sum(people_ for month, people_ in months.items() if month <= most)
    return Distribution(
        title=f"How old the yeses on the {said(name)} list are",
        unit="months",
        bins=tuple(
            Bin(low=low, high=high, people=sum(months[one] for one in range(low + 1, high + 1)))
            for low, high in pairwise(edges)
        ),
        lines=(Line(at=most, name=f"our limit of {many(most, 'month')}"),),
        says=f"{young:,} of {months.total():,} are within it.",
    )


def _edges(most: int, oldest: int) -> list[int]:
    """Where the bars begin and end: steps that meet the limit, and one bar for the very old.

    >>> _edges(24, 30), _edges(24, 200)
    ([0, 6, 12, 18, 24, 30], [0, 6, 12, 18, 24, 30, 36, 42, 48, 200])
    """
    step = next(one for one in (6, 3, 2, 1) if most % one == 0)
    last = max(most, step * ceil(oldest / step))
    edges = list(range(0, min(last, 2 * most) + 1, step))
    return edges if edges[-1] >= oldest else [*edges, oldest]


def month_of_age(given: date, launch: date) -> int:
    """In which month of its age a yes is at launch; the last day of a month still belongs to it.

    >>> month_of_age(date(2024, 12, 1), date(2026, 12, 1)), month_of_age(
    ...     date(2024, 11, 30), date(2026, 12, 1)
    ... )
    (24, 25)
    >>> month_of_age(date(2026, 12, 1), date(2026, 12, 1))
    1
    """
    month = (launch.year - given.year) * 12 + launch.month - given.month
    return max(1, month if given >= first_valid_day(launch, max(month, 0)) else month + 1)
