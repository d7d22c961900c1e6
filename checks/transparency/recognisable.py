"""People can see that it is advertising, and from whom.

## Why it matters
An advertisement that looks like something else takes away the chance to read it as one.

## How it judges
It counts and lays out, creative by creative: the label by which people see that it is advertising,
the sender, and the postal address that marketing emails to the United States and Canada must carry;
whether the words of its file say the same; and the passages that tell who pays, or why somebody
gets it. A person answers: no count can tell whether a label is seen.

## What to do
Add the missing label, sender or address before the launch. Look at it as it arrives, on a phone.

## What it cannot see
Whether anybody notices the label. Pictures: only what was written about them is read.
"""

from __future__ import annotations

from checks.campaign import Creative
from checks.case import Case
from checks.evidence import Table
from checks.finding import Finding, ask, not_applicable
from checks.people.regions import law_of
from checks.phrases import day, many, verb
from checks.registry import Findings, check
from checks.words import creatives

SUBJECT = "creatives"


@check(
    title="People can see that it is advertising, and from whom",
    question="Would a person know at once that this is an ad, who sent it, and why they got it?",
    kind="asked",
    cites=[
        "CAN-SPAM 15 USC 7704(a)(5)",
        "CASL 6(2)",
        "e-Commerce Directive 6",
        "DSA 26(1)",
    ],
)
def judge(case: Case) -> Findings:
    """Lay out what the creatives say about themselves."""
    yield _laid_out(case)


def _laid_out(case: Case) -> Finding:
    shown = case.campaign.creatives
    if shown is None:
        return ask(
            SUBJECT,
            "The campaign names no creative, so nobody can say what people would see.",
            remedy="List each message and picture with label, sender and address: creatives.",
        )
    if not shown:
        return not_applicable(SUBJECT, "The campaign has no creative, says its owner.")
    return ask(SUBJECT, _counted(case, shown), _table(case, shown), remedy=_add(case, shown))


def _counted(case: Case, shown: tuple[Creative, ...]) -> str:
    lacking = _lacking(case, shown)
    if not lacking:
        carry = verb(len(shown), "carries", "carry")
        return (
            f"{many(len(shown), 'creative')} {carry} a label and a sender, says the owner: would "
            "people see them?"
        )
    return f"Of {many(len(shown), 'creative')} {', '.join(lacking)}: would people know who writes?"


def _lacking(case: Case, shown: tuple[Creative, ...]) -> list[str]:
    """What is missing, each with how many creatives lack it."""
    missing = {
        "no label": sum(not one.label for one in shown),
        "no sender": sum(not one.sender for one in shown),
        "no postal address": sum(not one.address for one in shown) if _must(case) else 0,
    }
    return [
        f"{count:,} {verb(count, 'carries', 'carry')} {what}"
        for what, count in missing.items()
        if count
    ]


def _add(case: Case, shown: tuple[Creative, ...]) -> str:
    before = day(case.campaign.launch)
    if _lacking(case, shown):
        return f"Add what is missing before {before}, then look at each one as it arrives."
    return f"Look at each one as it arrives, on a phone, before {before}."


def _must(case: Case) -> bool:
    """Whether the law of a region asks for a postal address in marketing emails."""
    american = {law_of(one) for one in case.campaign.regions} & {"US", "CA"}
    return bool(american) and "email" in case.campaign.channels


def _table(case: Case, shown: tuple[Creative, ...]) -> Table:
    return Table(
        title="What the creatives say about themselves",
        columns=("creative", "label", "sender", "postal address", "who pays", "why you get it"),
        rows=tuple(
            (
                one.id,
                creatives.said(case, one, one.label),
                creatives.said(case, one, one.sender),
                creatives.said(case, one, one.address) if one.address or _must(case) else "not due",
                creatives.passage(case, one, creatives.PAID),
                creatives.passage(case, one, creatives.WHY_YOU),
            )
            for one in shown
        ),
    )
