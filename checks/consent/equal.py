"""The way to consent shuts no group out.

## Why it matters
A form that some cannot read or use leaves them without a choice, and without what follows from it.

## How it judges
Channel by channel, where consent is the basis: among the people of the file who have an answer on
record, each group's share with a valid yes, held against the group that most surely holds one most
often, by the one rule for comparing groups. Valid is a yes for this purpose that still stands at
launch. A gap that would fail, or needs watching, is watched here: a difference may be a choice.
Where the rule cannot tell, neither can this.

## What to do
Try the form with a screen reader and on paper. Never assume a consent to even this out.

## What it cannot see
Why people said no. People who were never asked, and groups that nobody records.
"""

from __future__ import annotations

from collections import Counter

from checks.campaign import ChannelName
from checks.case import Case
from checks.conditions import After, All, Condition, FirstOf, Is, Missing, Not
from checks.evidence import Evidence, Rate
from checks.fairness.groups import NOT_KNOWN, Shown, Tally, Words, called, showing
from checks.fairness.judging import Group, Judged, NoComparison
from checks.fairness.judging import judge as compare
from checks.fairness.telling import POOL, doubt, rate, ratios, sentence, settle
from checks.finding import Finding, Reason, Verdict, cannot_tell, clear, not_applicable, watch
from checks.people.agreeing import not_to_see, said, without_channels, yes
from checks.people.permission import expired
from checks.phrases import people
from checks.registry import Findings, check

WORDS = Words("hold a valid yes", "hold none", "Valid yes")
VALID, NOT_VALID = "valid", "not valid"


@check(
    title="The way to consent shuts no group out",
    question="Do some groups end up without a valid yes far more often?",
    cites=["GDPR 5(1)(a)", "European Accessibility Act", "our policy"],
    shared=("judging", "small_cells"),
    reads=["everyone", "status", "given", "attributes", "age"],
)
def judge(case: Case) -> Findings:
    """Judge each attribute on each channel that rests on consent."""
    if not case.campaign.channels:
        yield without_channels()
    for name in case.campaign.channels:
        stopped = not_to_see(case, name) or _no_attributes(case, name)
        if stopped:
            yield stopped
            continue
        for attribute in case.campaign.people.attributes:
            yield _judged(case, name, attribute)


def _no_attributes(case: Case, name: ChannelName) -> Finding | None:
    if case.campaign.people.attributes:
        return None
    return cannot_tell(
        name,
        "The campaign names no attribute, so no groups of people could be compared.",
        reason=Reason.COLUMN_MISSING,
        remedy="Name the columns by which people may be treated differently, such as age.",
    )


def _judged(case: Case, name: ChannelName, attribute: str) -> Finding:
    subject = f"{name}: {attribute}"
    if not case.audience.has(f"attribute.{attribute}"):
        return cannot_tell(
            subject,
            f"The column of {attribute} is not in the files.",
            reason=Reason.COLUMN_MISSING,
            remedy=f"Bring the column of {attribute} (people.attributes).",
        )
    counted = _tally(case, name, attribute)
    if fact := _all_or_none(name, subject, counted):
        return fact
    shown = showing(counted, case.policy.small_cells.suppress_below.value)
    compared = compare(
        counted.groups,
        effect="opportunity",
        limits=case.policy.judging,
        complete=True,
        unknown=counted.unknown if counted.unknown.of else None,
    )
    if isinstance(compared, NoComparison):
        return cannot_tell(subject, compared.why, reason=compared.reason, remedy=POOL)
    if len(compared) == 1:
        return not_applicable(subject, f"There is only one group of {attribute} to look at.")
    return _told(case, name, counted, shown, compared)


def _all_or_none(name: ChannelName, subject: str, counted: Tally) -> Finding | None:
    """Where everybody holds a valid yes, or nobody does, there is nothing to compare."""
    asked = counted.everyone
    if not asked.on:
        return not_applicable(subject, f"Nobody who was asked holds a valid yes to {said(name)}.")
    if asked.off:
        return None
    rate_ = Rate(group="valid yes", yes=asked.on, of=asked.of)
    return clear(subject, f"All {people(asked.of)} who were asked hold a valid yes.", rate_)


def _told(
    case: Case, name: ChannelName, counted: Tally, shown: Shown, compared: tuple[Judged, ...]
) -> Finding:
    """One finding an attribute: its most pressing group, with all of them drawn."""
    others = [one for one in compared if not one.benchmark]
    worst = min(others, key=lambda one: (one.verdict.urgency, one.ratio.value or 0.0))
    group, other = (
        called(case, counted.attribute, one.name) for one in (worst.group, worst.reference)
    )
    subject, headline = f"{name}: {counted.attribute}", sentence(worst, group, other, WORDS, shown)
    evidence: list[Evidence] = [rate(one, shown) for one in compared]
    evidence += [one for judged in others for one in ratios(judged, shown)]
    if worst.verdict is Verdict.CLEAR:
        alike = (
            f"Every group of {counted.attribute} holds a valid yes to {said(name)} about as often."
        )
        return clear(subject, f"{alike} {headline[:1].upper()}{headline[1:]}", *evidence)
    if worst.verdict is Verdict.CANNOT_TELL:
        return cannot_tell(
            subject,
            f"{headline} {doubt(worst, other, counted.unknown, shown)}",
            *evidence,
            reason=worst.reason or Reason.TOO_FEW_PEOPLE,
            remedy=settle(worst, group, other, shown),
        )
    remedy = (
        f"Try the {said(name)} form with a screen reader and on paper, and ask {group} what kept "
        "them. Never assume a consent to even this out."
    )
    return watch(subject, headline, *evidence, remedy=remedy)


def _tally(case: Case, name: ChannelName, attribute: str) -> Tally:
    """Among the people with an answer on record: how many of each group hold a valid yes."""
    fact, held = f"attribute.{attribute}", FirstOf(f"{name}.yes", _valid(case, name), NOT_VALID)
    on: Counter[str | None] = Counter()
    of: Counter[str | None] = Counter()
    asked = Not(Missing(f"{name}.status"))
    for count in case.audience.count(fact, held, where=asked):
        group, valid = count.values
        of[group] += count.people
        on[group] += count.people if valid == VALID else 0
    return Tally(
        attribute=attribute,
        groups=tuple(Group(one, on[one], of[one]) for one in case.audience.groups(attribute)),
        unknown=Group(NOT_KNOWN, on[None], of[None]),
    )


def _valid(case: Case, name: ChannelName) -> tuple[tuple[str, Condition], ...]:
    parts: list[Condition] = [yes(name)]
    old = expired(case, name)
    if old is not None:
        parts.append(Not(old))
    if case.audience.has(f"{name}.given"):
        parts.append(Not(After(f"{name}.given", case.campaign.launch)))
    if case.audience.has(f"{name}.purpose_fits"):
        parts.append(Is(f"{name}.purpose_fits", value=True))
    return ((VALID, All(tuple(parts))),)
