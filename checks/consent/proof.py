"""Consent can be proved.

## Why it matters
Whoever relies on a yes has to show it. A yes that nobody can show is a claim.

## How it judges
Channel by channel, where consent is the basis: people on the list with a yes for whom all five are
there, the day, a reference to the proof, the words that were agreed to, the source and the way it
was given. A smaller share than the policy asks for fails. Each gap is counted by what is missing;
one person may lack several. Some proofs may be looked up by hand, drawn by lot: who is not found
there cannot be shown either. Where one of the five has no column and nothing else is missing, it
cannot tell. It is a count, so it has no range.

## What to do
Find what is missing, or leave those people out. Then read some of the proofs by hand.

## What it cannot see
A reference that resolves may still be false, and the words may never have been seen.
"""

from __future__ import annotations

from fractions import Fraction

from checks.campaign import ChannelName, ReadByHand
from checks.case import Case
from checks.conditions import All, AnyOf, Condition, Is, Missing, Not
from checks.evidence import Evidence, Rate, Table
from checks.finding import Finding, Reason, cannot_tell, clear, fail, watch
from checks.people.agreeing import (
    nobody_agreed,
    not_to_see,
    said,
    without_channels,
    yes_on_the_list,
)
from checks.people.segments import by_segment, count_by_segment
from checks.phrases import has, listed, many, people, them, verb
from checks.policy import Part
from checks.registry import Findings, check

PARTS = {
    "given": "the day",
    "proof": "a reference to the proof",
    "wording": "the words agreed to",
    "source": "the source",
    "method": "the way it was given",
}
"""What belongs to a yes that can be shown; the names are those of the campaign file."""
BY_REFERENCE = ("proof", "wording")
"""Parts of which only the reference is kept."""


class Limits(Part):
    """How many of the yeses must be provable, and how many to read by hand."""

    required: float
    sample: int


@check(
    title="Consent can be proved",
    question="Could we show a regulator when and how each person said yes?",
    cites=["GDPR 5(2)", "GDPR 7(1)", "EDPB Guidelines 05/2020", "our policy"],
    limits=Limits,
    reads=["targeted", "status", "given", "proof", "wording", "segment"],
)
def judge(case: Case) -> Findings:
    """Judge each channel that rests on consent."""
    if not case.campaign.channels:
        yield without_channels()
    for name in case.campaign.channels:
        yield not_to_see(case, name) or nobody_agreed(case, name) or _judged(case, name)


def _judged(case: Case, name: ChannelName) -> Finding:
    agreed = case.audience.total(yes_on_the_list(name))
    read = case.campaign.channels[name].read_by_hand
    gaps = case.audience.total(_any_gap(case, name))
    unproved = min(agreed, max(gaps, read.not_found if read else 0))
    blind = [part for part in PARTS if not case.audience.has(f"{name}.{part}")]
    evidence = _evidence(case, name, agreed, unproved, blind)
    required = Fraction(str(case.limits(Limits).required))
    if Fraction(agreed - unproved, agreed) < required:
        return fail(
            name,
            _said(case, name, agreed, unproved),
            *evidence,
            remedy=_mend(case, name, unproved),
        )
    if blind:
        return _blind(name, agreed, blind, evidence)
    if unproved:
        remedy = _mend(case, name, unproved)
        return watch(name, _said(case, name, agreed, unproved), *evidence, remedy=remedy)
    whose = "The one yes" if agreed == 1 else f"All {agreed:,} yeses"
    return clear(
        name,
        f"{whose} on the {said(name)} list {has(agreed)} day, proof, words, source and way on "
        f"record. {_by_hand(read, min(agreed, case.limits(Limits).sample))}",
        *evidence,
    )


def _by_hand(read: ReadByHand | None, many: int) -> str:
    """What the next step is where nothing is missing, or that it was done."""
    if read is None or not read.found:
        return f"Read {many:,} of them by hand all the same."
    if read.found == 1:
        return "The one that was looked up by hand was found."
    return f"All {read.found:,} that were looked up by hand were found."


def _blind(name: ChannelName, agreed: int, blind: list[str], evidence: list[Evidence]) -> Finding:
    return cannot_tell(
        name,
        f"Whether {people(agreed)} on the {said(name)} list can be shown to have said yes cannot "
        f"be told: {listed([PARTS[one] for one in blind])} {verb(len(blind), 'is', 'are')} not in "
        "the files.",
        *evidence,
        reason=Reason.COLUMN_MISSING,
        remedy=f"Name the columns: {_places(name, blind)}.",
    )


def _places(name: ChannelName, parts: list[str]) -> str:
    return listed([f"channels.{name}.permission.{part}" for part in parts])


def _gap(name: ChannelName, part: str) -> Condition:
    """One of the five is missing."""
    fact = f"{name}.{part}"
    return Not(Is(fact, value=True)) if part in BY_REFERENCE else Missing(fact)


def _any_gap(case: Case, name: ChannelName) -> Condition:
    """A yes on the list that lacks one of the five, as far as there are columns for them."""
    gaps = [_gap(name, part) for part in PARTS if case.audience.has(f"{name}.{part}")]
    return All((yes_on_the_list(name), AnyOf(tuple(gaps))))


def _gaps(case: Case, name: ChannelName) -> dict[str, int]:
    """By part, the people on the list whose yes lacks it."""
    agreed = yes_on_the_list(name)
    return {
        part: case.audience.total(All((agreed, _gap(name, part))))
        for part in PARTS
        if case.audience.has(f"{name}.{part}")
    }


def _said(case: Case, name: ChannelName, agreed: int, unproved: int) -> str:
    gaps = [
        f"{count:,} {verb(count, 'lacks', 'lack')} {PARTS[part]}"
        for part, count in _gaps(case, name).items()
        if count
    ]
    read = case.campaign.channels[name].read_by_hand
    if read and read.not_found:
        looked = read.found + read.not_found
        gaps.append(f"{read.not_found:,} of {looked:,} looked up by hand {_were(read)} not found")
    return (
        f"{unproved:,} of {agreed:,} yeses on the {said(name)} list cannot be shown in full: "
        f"{', '.join(gaps)}."
    )


def _were(read: ReadByHand) -> str:
    return "was" if read.not_found == 1 else "were"


def _mend(case: Case, name: ChannelName, unproved: int) -> str:
    left = case.audience.targeted - unproved
    sample = min(left, case.limits(Limits).sample)
    return (
        f"Find what is missing, or leave {them(unproved, 'this person')} out: the {said(name)} "
        f"list becomes {left:,}. Then read {many(sample, 'proof')} by hand."
    )


def _evidence(
    case: Case, name: ChannelName, agreed: int, unproved: int, blind: list[str]
) -> list[Evidence]:
    gaps = _gaps(case, name)
    table = Table(
        title=f"What is kept of {agreed:,} yeses on the {said(name)} list",
        columns=("what belongs to a yes", "people without it"),
        rows=tuple(
            (words, "no column" if part in blind else gaps[part]) for part, words in PARTS.items()
        ),
    )
    read = case.campaign.channels[name].read_by_hand
    seen = Rate(group=f"{said(name)}: can be shown", yes=agreed - unproved, of=agreed)
    where = None
    if any(gaps.values()):
        counts = count_by_segment(case, _any_gap(case, name))
        where = by_segment(case, "Cannot be shown in full, by segment", counts)
    return [
        *([] if blind else [seen]),
        table,
        *([_looked_up(read)] if read else []),
        *([where] if where else []),
    ]


def _looked_up(read: ReadByHand) -> Table:
    return Table(
        title=f"Looked up by hand, of those drawn with the seed {read.seed}",
        columns=("where the yes was given", "people"),
        rows=(("found", read.found), ("not found", read.not_found)),
    )
