"""The rules that judged this campaign were the rules of its day.

## Why it matters
Law moves. A limit that was right last year judges this campaign by a rule that is gone.

## How it judges
Days from the policy's `as_of` to the launch: more than the policy allows, and it cannot tell. Then
every limit that says it rests on law or guidance: where the list of sources knows that text as
repealed or withdrawn, it needs watching. A repeal that is only proposed is shown, without a
verdict. A limit that is our own policy rests on nothing that could lapse.

## What to do
Have the policy read again by somebody who knows the law, and raise its version and its day.

## What it cannot see
A fresh date is not a correct law. Sources that a limit cites and the list of sources has not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from checks.case import Case
from checks.evidence import Table
from checks.finding import Finding, Reason, Source, cannot_tell, clear, watch
from checks.phrases import day, listed, many, verb
from checks.policy import Limit, Part, Policy
from checks.registry import Findings, check
from checks.sources import SOURCES

AGE, CITED = "age", "sources"
GONE = ("repealed", "withdrawn")


class Limits(Part):
    """How old the policy may be at launch."""

    max_age_days: int


@check(
    title="The rules are up to date",
    question="Were the rules that judged this campaign the rules of its day?",
    cites=["GDPR 5(2)", "GDPR 24(1)", "our policy"],
    limits=Limits,
)
def judge(case: Case) -> Findings:
    """Judge the age of the policy, and the standing of what its limits rest on."""
    yield _age(case)
    yield _cited(case.policy)


def _age(case: Case) -> Finding:
    policy, launch = case.policy, case.campaign.launch
    most, age = case.limits(Limits).max_age_days, (launch - policy.as_of).days
    table = Table(
        title="How old the rules are",
        columns=("what", "value"),
        rows=(
            ("policy", f"{policy.id}, version {policy.version}"),
            ("last read against the law", day(policy.as_of)),
            ("launch", day(launch)),
            ("days between them", age),
            ("days that count as current", most),
        ),
    )
    before = f"{many(age, 'day')} before launch" if age >= 0 else "after the launch"
    if age > most:
        return cannot_tell(
            AGE,
            f"The policy was last reviewed {before}; {most:,} days count as current.",
            table,
            reason=Reason.STALE,
            remedy="Have the policy read again against the law, then raise its version and as_of.",
        )
    return clear(AGE, f"The policy was last reviewed {before}, on {day(policy.as_of)}.", table)


def _cited(policy: Policy) -> Finding:
    resting = {name: _sources(limit.source) for name, limit in _limits(policy)}
    table = _table(resting)
    gone = {name: [one for one in found if one.status in GONE] for name, found in resting.items()}
    lapsed = {name: found for name, found in gone.items() if found}
    if lapsed:
        texts = sorted({f"{one.name} ({one.status})" for all_ in lapsed.values() for one in all_})
        return watch(
            CITED,
            f"{many(len(lapsed), 'limit')} {verb(len(lapsed), 'rests', 'rest')} on "
            f"{listed(texts)}.",
            table,
            remedy=f"Decide what {listed(list(lapsed))} shall rest on now, and change the policy.",
        )
    proposed = {one.name for found in resting.values() for one in found if one.status == "proposed"}
    also = f" For {listed(sorted(proposed))} a repeal is proposed." if proposed else ""
    known = sum(bool(found) for found in resting.values())
    return clear(
        CITED,
        f"No limit rests on a text that is known as repealed or withdrawn. The texts of {known:,} "
        f"of {len(resting):,} limits are listed here.{also}",
        table,
    )


def _limits(policy: Policy) -> Iterator[tuple[str, Limit[Any]]]:
    """Every limit that says it rests on law or guidance, by its place in the policy."""
    shared = ((name, getattr(policy, name)) for name in type(policy).model_fields)
    blocks = [(name, block) for name, block in shared if isinstance(block, BaseModel)]
    named = [
        *((f"{name}.{key}", value) for name, block in blocks for key, value in _held(block)),
        *(
            (f"{id_}.{key}", v)
            for id_, one in policy.checks.items()
            for key, v in one.limits.items()
        ),
    ]
    for name, limit in named:
        if isinstance(limit, Limit) and limit.kind != "our policy":
            yield name, limit


def _held(block: BaseModel) -> Iterator[tuple[str, Any]]:
    for name in type(block).model_fields:
        yield name, getattr(block, name)


def _sources(cited: str) -> list[Source]:
    """The listed texts that a limit's own words name, each as closely as it is named."""
    named = [name for name in SOURCES if re.search(rf"{re.escape(name)}(?!\d)", cited)]
    return [
        SOURCES[name]
        for name in named
        if SOURCES[name].kind != "our policy" and not any(_within(name, other) for other in named)
    ]


def _within(name: str, other: str) -> bool:
    return other != name and other.startswith(name)


def _table(resting: dict[str, list[Source]]) -> Table:
    return Table(
        title="What the limits rest on",
        columns=("text", "its standing", "looked up on", "limits"),
        rows=tuple(
            (
                one.name,
                one.status.replace("_", " "),
                day(one.as_of),
                listed([name for name, found in resting.items() if one in found]),
            )
            for one in sorted(
                {s.name: s for found in resting.values() for s in found}.values(),
                key=lambda one: (one.status not in GONE, one.status != "proposed", one.name),
            )
        ),
    )
