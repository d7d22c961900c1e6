"""A plan with less data was weighed, and there is a reason why it was not taken.

## Why it matters
If less data would do as well, taking more has no excuse. One learns it only by pricing both.

## How it judges
An alternative is complete when its lift is stated and it uses fewer fields than the plan, or none
as sensitive as the plan's most sensitive. One that was turned down without a reason is watched
above `unreasoned_watch`. With fewer complete ones than `alternatives`, a person is asked to price
one; else a person is asked whether the reason holds. Nothing here is clear by counting.

## What to do
Price a plan with less data, or say in a sentence why it was not taken.

## What it cannot see
Whether the estimate was honest.
"""

from __future__ import annotations

from collections.abc import Sequence

from checks.campaign import Alternative, DataField
from checks.case import Case
from checks.evidence import Table
from checks.fairness import trials
from checks.fairness.trials import points
from checks.finding import Finding, ask, watch
from checks.people import fields
from checks.phrases import be, has, listed, many, verb
from checks.policy import Part
from checks.registry import Findings, check

PLANS = "plans"


class Limits(Part):
    """How many alternatives we expect, and how many may lack a reason."""

    alternatives: int
    """Complete ones: fewer, ask for one."""
    unreasoned_watch: int
    """Turned down without a reason: above it, watch."""


@check(
    title="A less intrusive plan was weighed",
    question="Was a plan with less data priced, and why was it not taken?",
    kind="mixed",
    cites=["GDPR 25", "GDPR 35", "our policy"],
    limits=Limits,
)
def judge(case: Case) -> Findings:
    """Lay the plans side by side, and put the question."""
    yield _weighed(case, case.campaign.alternatives or (), case.limits(Limits))


def _weighed(case: Case, others: Sequence[Alternative], limits: Limits) -> Finding:
    plan = fields.used(case)
    complete = [one for one in others if _complete(case, one, plan)]
    unreasoned = [one.name for one in others if not one.rejected_because]
    table = _table(case, plan, others)
    of = many(len(others), "alternative")
    if len(unreasoned) > limits.unreasoned_watch:
        return watch(
            PLANS,
            f"{len(unreasoned):,} of {of} {has(len(unreasoned))} no reason for not being taken: "
            f"{listed(unreasoned)}.",
            table,
            remedy="Say in a sentence why each was not taken, or take it.",
        )
    if len(complete) < limits.alternatives:
        some = f"{len(complete):,} of {of} {be(len(complete))} less intrusive and priced."
        return ask(
            PLANS,
            some if others else "No plan with less data is on record.",
            table,
            remedy="Price a plan with fewer or less sensitive fields, such as a contextual one, "
            "in the campaign file: alternatives.",
        )
    priced = f"{many(len(complete), 'less intrusive plan')} {verb(len(complete), 'was', 'were')}"
    remedy = _price(case, complete[0], plan)
    return ask(PLANS, f"{priced} priced and not taken.", table, remedy=remedy)


def _price(case: Case, one: Alternative, plan: Sequence[DataField]) -> str:
    brings = _brings(case)
    instead = "" if brings is None else f" instead of {points(brings)}"
    return (
        f"The plan “{one.name}” uses {many(len(one.fields), 'field')} instead of {len(plan):,} and "
        f"is expected to bring {_lift(one)}{instead}: say whether the reason against it holds."
    )


def _brings(case: Case) -> float | None:
    """What the plan brought in a trial, against using no field; None where nobody tried."""
    arms = trials.arms(case)
    everything, nothing = arms.get(trials.EVERYTHING), arms.get(trials.NOTHING)
    return everything.share - nothing.share if everything and nothing else None


def _lift(one: Alternative) -> str:
    return "not stated" if one.expected_lift is None else points(one.expected_lift)


def _complete(case: Case, one: Alternative, plan: Sequence[DataField]) -> bool:
    """Whether it is priced, and takes less: fewer fields, or less sensitive ones."""
    if one.expected_lift is None:
        return False
    most, theirs = _most(plan), _sensitivity(case, one)
    gentler = most is not None and theirs is not None and theirs < most
    return len(set(one.fields)) < len(plan) or gentler


def _most(some: Sequence[DataField]) -> int | None:
    """The highest sensitivity; None where it is not stated of each."""
    stated = [field.sensitivity for field in some if field.sensitivity is not None]
    return max(stated, default=0) if len(stated) == len(some) else None


def _sensitivity(case: Case, one: Alternative) -> int | None:
    named = {name.lower() for name in one.fields}
    known = [field for field in case.campaign.fields or () if field.name.lower() in named]
    return _most(known) if len(known) == len(named) else None


def _table(case: Case, plan: Sequence[DataField], others: Sequence[Alternative]) -> Table:
    def stated(most: int | None) -> int | str:
        return "not stated" if most is None else most

    lift = _brings(case)
    brings = "not stated" if lift is None else points(lift)
    return Table(
        title="The plan and its alternatives",
        columns=("plan", "kind", "fields", "highest sensitivity", "expected lift", "not taken"),
        rows=(
            ("this campaign", "the plan", len(plan), stated(_most(plan)), brings, "taken"),
            *(
                (
                    one.name,
                    one.kind or "not stated",
                    len(set(one.fields)),
                    stated(_sensitivity(case, one)),
                    _lift(one),
                    one.rejected_because or "no reason given",
                )
                for one in others
            ),
        ),
    )
