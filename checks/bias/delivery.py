"""Who really got it is who was meant to get it.

## Why it matters
A fair list can still be delivered unfairly. Attention of some groups costs more, and a platform
that spends a budget well spends it elsewhere.

## How it judges
The rule of "Who is on the list" once more, with the people who were reached out of those on the
list. Delivery comes from `outcomes.delivered`, or from a file whose stage is delivered. As long as
there is none it does not apply, and says on which days after launch it falls due.

## What to do
Raise the bid for the group that was reached less, split the budget, or reach it another way.

## What it cannot see
Reports of platforms are coarse, and count views instead of people. Whether anybody read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from checks.case import Case
from checks.conditions import All, Condition, Is, Missing, Not
from checks.evidence import Evidence
from checks.fairness.comparing import Comparison
from checks.fairness.groups import WORDS, tally, tally_of
from checks.fairness.judging import Judged
from checks.finding import Finding, Reason, cannot_tell, not_applicable
from checks.people.permission import ON_THE_LIST, why_unseen
from checks.people.segments import by_segment
from checks.policy import Part
from checks.registry import Findings, check

DELIVERED = "outcomes.delivered"


class Limits(Part):
    """When delivery is to be looked at."""

    due_days: tuple[int, ...]
    """Days after launch."""


@check(
    title="Who really got it",
    question="Did delivery differ from the list that was signed?",
    cites=["Fair Housing Act settlement on ad delivery (2022)", "our policy"],
    shared=("judging", "small_cells"),
    limits=Limits,
    reads=["targeted", "attributes", "age", "outcomes"],
)
def judge(case: Case) -> Findings:
    """Judge delivery attribute by attribute, once there is any."""
    stage = case.campaign.people.stage
    if stage != "delivered" and not case.audience.has(DELIVERED):
        yield _not_yet(case)
        return
    if not case.campaign.people.attributes:
        yield cannot_tell(
            "attributes",
            "The campaign names no attribute, so no groups of people could be compared.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name the columns by which people may be treated differently, such as age.",
        )
    for attribute in case.campaign.people.attributes:
        yield from _compared(case, attribute)


def _compared(case: Case, attribute: str) -> Iterator[Finding]:
    if case.audience.has(DELIVERED):
        among: Condition = All((ON_THE_LIST, Not(Missing(DELIVERED))))
        counted = tally_of(case, attribute, Is(DELIVERED, value=True), among)
    else:
        counted = tally(case, attribute)
    yield from Comparison(
        case=case,
        counted=counted,
        words=WORDS["delivered"],
        effect=case.campaign.effect,
        remedy=_remedy,
        more=_segments,
    ).findings()


def _segments(one: Comparison, judged: Judged) -> tuple[Evidence, ...]:
    """Which segments hold the people of the group who were not reached."""
    case, group = one.case, judged.group
    if not case.audience.has(DELIVERED) or not one.shown.comparable(group, judged.reference):
        return ()
    where = All((ON_THE_LIST, Is(DELIVERED, value=False)))
    if not group.off or not case.audience.has("segment"):
        return ()
    fact = f"attribute.{one.counted.attribute}"
    counts = case.audience.count(fact, "segment", where=where)
    found = {c.values[1]: c.people for c in counts if c.values[0] == group.name}
    name = one.name(group)
    title = f"{name[:1].upper()}{name[1:]} not reached, by segment"
    part = by_segment(case, title, found, small=True)
    return (part,) if part else ()


def _remedy(one: Comparison, judged: Judged) -> str:
    name = one.name(judged.group)
    others = [channel.replace("_", " ") for channel in one.case.campaign.channels]
    way = f"send by {others[-1]}" if len(others) > 1 else "reach them another way"
    if one.effect == "burden":
        return f"{one.reach(judged, 'reached')} Lower the bid for {name}, or cap it.".strip()
    return f"{one.reach(judged, 'reached')} Raise the bid for {name}, split the budget, or {way}."


def _not_yet(case: Case) -> Finding:
    told = case.campaign.outcomes
    if told is not None and told.delivered is not None:
        beside = told.file is not None or told.snapshot is not None
        return cannot_tell(
            "delivery",
            "The campaign names who was delivered to, and it could not be joined to people.",
            reason=why_unseen(case, side=beside),
            remedy="Name the column that tells people apart (people.key, outcomes.key).",
        )
    launch = case.campaign.launch
    days = [launch + timedelta(days=days) for days in case.limits(Limits).due_days]
    due = " and ".join(f"{day.day} {day:%B %Y}" for day in days)
    return not_applicable("delivery", f"Nobody has been delivered to yet. It falls due on {due}.")
