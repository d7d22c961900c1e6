"""The notice states everything that it has to.

## Why it matters
Somebody who does not know who has the data, for how long and with whom, cannot object to it.

## How it judges
The items of GDPR 13 (1)(a)–(f) and (2)(a)–(f), those of 14 where a field comes from outside the
house, and four for California, by the regions of the campaign. Taken away are the items that the
owner lists under `notice.items`, and those that the campaign file shows to be without object, such
as recipients where nobody receives anything. More left than the policy allows fails. Beside each
item stands the passage of the notice that its words lead to, in English. Where nothing is missing
a person is asked: that an item is listed is the owner's statement.

## What to do
Add the missing items and publish the notice before the launch, or move the launch.

## What it cannot see
Presence is not comprehension: a sentence may name an item and say nothing. Duties of other laws.
"""

from __future__ import annotations

from checks.case import Case
from checks.evidence import Table
from checks.finding import Finding, ask, fail
from checks.phrases import day, listed, many, of_all, them, verb
from checks.policy import Part
from checks.registry import Findings, check
from checks.words import notice
from checks.words.notice import Item

SUBJECT = "items"


class Limits(Part):
    """How many items may be missing."""

    missing_items: int


@check(
    title="The notice says all it must",
    question="Do people learn who we are, why, how long, with whom, and what they can do?",
    kind="mixed",
    cites=[
        "GDPR 12",
        "GDPR 13",
        "GDPR 14",
        "Cal. Civ. Code 1798.100",
        "Cal. Civ. Code 1798.130",
        "ICC Code 2024",
    ],
    limits=Limits,
)
def judge(case: Case) -> Findings:
    """Hold the items that the notice states against those it has to."""
    yield _judged(case, case.limits(Limits).missing_items)


def _judged(case: Case, allowed: int) -> Finding:
    told, items = case.campaign.notice, notice.required(case.campaign)
    if told is None:
        return ask(
            SUBJECT,
            "The campaign names no privacy notice, so nobody can say what it states.",
            remedy="Name the notice in the campaign file: notice, file and items.",
        )
    if not items:
        return ask(
            SUBJECT,
            f"For {listed(case.campaign.regions)} no list of items is known here.",
            remedy="Let somebody who knows the law there read the notice.",
        )
    if "items" not in told.model_fields_set:
        return ask(
            SUBJECT,
            f"Which of {many(len(items), 'item')} the notice states was not written down.",
            _table(case, items, frozenset()),
            remedy="Read the notice against this list, and name what it states: notice, items.",
        )
    return _held(case, items, allowed)


def _held(case: Case, items: tuple[Item, ...], allowed: int) -> Finding:
    told = case.campaign.notice
    stated = notice.named(told.items if told else ())
    spared = notice.not_needed(case.campaign)
    missing = [one for one in items if one.code not in stated and one.code not in spared]
    due = sum(one.code not in spared or one.code in stated for one in items)
    table = _table(case, items, stated)
    if len(missing) > allowed:
        names = listed([one.states for one in missing], 3, "; ")
        are = verb(len(missing), "is", "are")
        return fail(
            SUBJECT,
            f"{of_all(len(missing), len(items), 'item')} {are} missing from the notice. It does "
            f"not say: {names}.",
            table,
            remedy=(
                f"Add {them(len(missing))} and publish the notice before "
                f"{day(case.campaign.launch)}, or move the launch."
            ),
        )
    return ask(
        SUBJECT,
        f"The notice states all {due:,} items that apply, says its owner: does it say them well?",
        table,
        remedy="Read the notice beside this list, as somebody on the list would.",
    )


def _table(case: Case, items: tuple[Item, ...], stated: frozenset[str]) -> Table:
    spared = notice.not_needed(case.campaign)
    return Table(
        title="What the notice has to state",
        columns=("what it states", "in the notice", "where", "item"),
        rows=tuple(
            (
                one.states,
                "yes" if one.code in stated else spared.get(one.code, "no"),
                notice.place(case, one),
                one.code,
            )
            for one in sorted(items, key=lambda one: one.code in stated or one.code in spared)
        ),
    )
