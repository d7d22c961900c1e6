"""Profiling and automated choices are explained to people.

## Why it matters
Somebody whom a model leaves out, or quotes another price, cannot object to what nobody told them.

## How it judges
Each use that the campaign states: profiling, a model, prices or terms by person, and a decision
without a person about terms or access. The first three need the item on automated decisions in the
notice, 13(2)(f) or 14(2)(g); the last one also a human who looks again. More uses without their
text than the policy allows fail. With the text in place a person is asked whether it explains. It
does not apply where the campaign states that it neither profiles nor uses a model.

## What to do
Say in the notice what the model weighs and what follows, and name who reviews an objection.

## What it cannot see
Whether a choice has an effect on people as large as a legal one: marketing seldom has; credit,
prices and shutting people out may. What a platform's own model does.
"""

from __future__ import annotations

from checks.campaign import Uses
from checks.case import Case
from checks.evidence import Table
from checks.finding import Finding, ask, fail, not_applicable
from checks.phrases import listed, many, people, stated
from checks.policy import Part
from checks.registry import Findings, check
from checks.words import notice

SUBJECT = "profiling"
ITEMS = frozenset({"13(2)(f)", "14(2)(g)"})
"""Either says that there is automated deciding, with its logic and what follows."""

AGAIN = "a human looks again where they ask"
NOBODY = "No human looks again where somebody asks."
EXPLAIN = (
    "Add to the notice what is weighed and what follows for people, and name who reviews an "
    "objection."
)


class Limits(Part):
    """How many uses may go without their text."""

    unexplained: int


@check(
    title="Profiling and automated choices are explained",
    question="Do we say that a model chose them, what follows, and how to reach a human?",
    kind="mixed",
    cites=[
        "GDPR 13(2)(f)",
        "GDPR 14(2)(g)",
        "GDPR 15(1)(h)",
        "GDPR 22",
        "GDPR rec. 71",
        "UK Data (Use and Access) Act 2025 s 80",
        "11 CCR 7200 ff",
    ],
    limits=Limits,
)
def judge(case: Case) -> Findings:
    """Hold the uses that need an explanation against the notice."""
    yield _judged(case)


def _judged(case: Case) -> Finding:
    uses = case.campaign.uses_data_for
    if uses is None:
        return _ask_first("The campaign does not say what it uses people's data for.")
    if uses.profiling is False and uses.model is False and not _automated(uses):
        return not_applicable(
            SUBJECT, "The campaign states that it neither profiles people nor uses a model."
        )
    needs = _needs(case, uses)
    if not needs:
        return _ask_first("Whether people are profiled, or chosen by a model, was not stated.")
    return _held(case, needs)


def _automated(uses: Uses) -> bool:
    return bool(uses.price) or uses.decides in ("terms", "access")


def _needs(case: Case, uses: Uses) -> dict[str, str]:
    """Each use that has to be explained, and whether its text is there: yes, no or not stated."""
    told = case.campaign.notice
    has: bool | None = None
    if told is not None and "items" in told.model_fields_set:
        has = bool(notice.named(told.items) & ITEMS)
    found = {
        "they are profiled": uses.profiling,
        "a model helps to choose them": uses.model,
        "prices depend on the person": uses.price,
        "terms are decided without a person": uses.decides == "terms",
        "access is decided without a person": uses.decides == "access",
    }
    needs = {use: stated(has) for use, is_so in found.items() if is_so}
    if uses.decides in ("terms", "access"):
        needs[AGAIN] = stated(uses.human_review)
    return needs


def _held(case: Case, needs: dict[str, str]) -> Finding:
    table = _table(case, needs)
    missing = [use for use, said in needs.items() if said == "no"]
    if len(missing) > case.limits(Limits).unexplained:
        return fail(SUBJECT, _untold(case, missing), table, remedy=EXPLAIN)
    silent = [use for use, said in needs.items() if said == "not stated"]
    if silent:
        return ask(
            SUBJECT,
            f"Whether the notice explains this was not written down: {listed(silent)}.",
            table,
            remedy="Say what the notice states (notice, items) and whether a human looks again.",
        )
    return ask(
        SUBJECT,
        f"The owner states that the notice deals with {many(len(needs), 'use')}: does it explain?",
        table,
        remedy="Read the passage as somebody who was left out: what was weighed, and what now?",
    )


def _untold(case: Case, missing: list[str]) -> str:
    """What people are not told, and whether somebody looks again."""
    untold = " and that ".join(one for one in missing if one != AGAIN)
    whom = f"{people(case.audience.targeted)} on the list"
    said = [f"The notice does not tell {whom} that {untold}."] if untold else []
    return " ".join([*said, *([NOBODY] if AGAIN in missing else [])])


def _table(case: Case, needs: dict[str, str]) -> Table:
    [item] = [one for one in notice.FIRST_HAND if one.code in ITEMS]
    return Table(
        title="What has to be explained",
        columns=("what happens", "explained"),
        rows=(*needs.items(), ("where the notice speaks of it", notice.place(case, item))),
    )


def _ask_first(what: str) -> Finding:
    return ask(
        SUBJECT,
        what,
        remedy="Say so in the campaign file: uses_data_for, profiling, model, price, decides.",
    )
