"""No one is contacted on silence.

## Why it matters
Silence is no yes. Whoever is written to without an answer is asked by being disturbed.

## How it judges
Channel by channel, where consent is the basis: people whose answer is not recorded. No record, a
no and a yes stay three things, and no record counts as no. More on the list than the policy allows,
which is nobody, fails; a larger share of the whole file than `in_file_watch` needs watching. Both
are counts, without a range.

## What to do
Leave them out. Ask them where they sign in or shop, not by the channel itself: that is marketing.

## What it cannot see
Answers kept in a system that is not loaded here.
"""

from __future__ import annotations

from fractions import Fraction

from checks.campaign import ChannelName
from checks.case import Case
from checks.conditions import All, Missing
from checks.evidence import Evidence, Rate
from checks.finding import Finding, clear, fail, watch
from checks.people.agreeing import not_to_see, said, without_channels
from checks.people.permission import ON_THE_LIST
from checks.people.segments import by_segment, count_by_segment
from checks.phrases import people, them, verb
from checks.policy import Part
from checks.registry import Findings, check


class Limits(Part):
    """How many people may be without an answer."""

    on_list: int
    in_file_watch: float
    """Share of the whole file."""


@check(
    title="No one is contacted on silence",
    question="How many people have no recorded answer?",
    cites=["GDPR 4(11)", "GDPR 7(1)", "ePrivacy Directive 13(1)", "our policy"],
    limits=Limits,
    reads=["everyone", "targeted", "status", "segment"],
)
def judge(case: Case) -> Findings:
    """Judge each channel that rests on consent."""
    if not case.campaign.channels:
        yield without_channels()
    for name in case.campaign.channels:
        yield not_to_see(case, name) or _judged(case, name)


def _judged(case: Case, name: ChannelName) -> Finding:
    limits, silent = case.limits(Limits), Missing(f"{name}.status")
    listed, everyone = case.audience.targeted, case.audience.people
    on_list = case.audience.total(All((ON_THE_LIST, silent)))
    in_file = case.audience.total(silent)
    rates: tuple[Evidence, ...] = (
        Rate(group="no answer, on the list", yes=on_list, of=listed),
        Rate(group="no answer, in the whole file", yes=in_file, of=everyone),
    )
    if on_list > limits.on_list:
        return _silent(case, name, on_list, rates)
    if Fraction(in_file, everyone) > Fraction(str(limits.in_file_watch)):
        return watch(
            name,
            f"{in_file:,} of {people(everyone)} in the file have no answer about {said(name)} on "
            f"record, {on_list:,} of them on the list.",
            *rates,
            remedy="Find out why no answer was recorded, before a later list takes it for a yes.",
        )
    also = f" In the whole file {in_file:,} have none." if in_file else ""
    return clear(
        name,
        f"{_all(listed)} on the {said(name)} list {verb(listed, 'has', 'have')} an answer on "
        f"record.{also}",
        *rates,
    )


def _silent(case: Case, name: ChannelName, on_list: int, rates: tuple[Evidence, ...]) -> Finding:
    """People on the list who never answered."""
    listed, who = case.audience.targeted, All((ON_THE_LIST, Missing(f"{name}.status")))
    where = by_segment(case, "No answer on record, by segment", count_by_segment(case, who))
    return fail(
        name,
        f"{on_list:,} of {people(listed)} on the {said(name)} list "
        f"{verb(on_list, 'has', 'have')} never answered.",
        *rates,
        *([where] if where else []),
        remedy=(
            f"Leave {them(on_list, 'this person')} out: the list becomes {listed - on_list:,}. "
            f"Asking by {said(name)} is itself marketing."
        ),
    )


def _all(count: int) -> str:
    return "The one person" if count == 1 else f"All {people(count)}"
