"""The data are kept safe by measures that somebody can show.

## Why it matters
A list that leaks hurts the people on it, and they had no say in how it was kept.

## How it judges
It does not: paper cannot be counted. Seven measures are laid out, and every other one that the
campaign names, with their status, their evidence and its age on the day of launch. A measure counts
as shown when it is in place and its evidence is at most `evidence_days` old.

## What to do
Bring evidence for the measures without any, the oldest first, or say why one is not needed.

## What it cannot see
Paper measures: whether what is written down is done.
"""

from __future__ import annotations

from datetime import date

from checks.campaign import Control
from checks.case import Case
from checks.evidence import Table
from checks.finding import Finding, ask
from checks.phrases import be, has, listed
from checks.policy import Part
from checks.registry import Findings, check

MEASURES = {
    "encryption_at_rest": "encryption at rest",
    "encryption_in_transit": "encryption in transit",
    "keyed_hashing": "keyed hashing",
    "second_factor": "a second factor",
    "leak_prevention": "leak prevention",
    "incident_route": "a route for incidents",
    "vendor_assurance": "assurance from vendors",
}
"""What is looked for, by its id in the campaign file."""
IN_PLACE = "in_place"


class Limits(Part):
    """How old evidence may be."""

    evidence_days: int
    """Days before launch; older evidence is marked stale."""


@check(
    title="Security measures",
    question="Are these data encrypted, separated, and watched over?",
    kind="asked",
    cites=["GDPR 32", "GDPR 33", "ISO/IEC 27001", "NIST Privacy Framework", "our policy"],
    limits=Limits,
)
def judge(case: Case) -> Findings:
    """Lay out every measure, and put the question."""
    yield _laid_out(case, case.limits(Limits).evidence_days)


def _laid_out(case: Case, days: int) -> Finding:
    if case.campaign.controls is None:
        return ask(
            "measures",
            "The campaign does not say how these data are kept safe.",
            remedy="Name each measure, its status and its evidence in the campaign file: controls.",
        )
    named = {_word(one.id): one for one in sorted(case.campaign.controls, key=_freshness)}
    others = [word for word in named if word not in MEASURES]
    rows = [
        (MEASURES.get(word, word.replace("_", " ")), *_row(named.get(word), case, days))
        for word in (*MEASURES, *others)
    ]
    table = Table(
        title="Security measures",
        columns=("measure", "status", "evidence", "day of it", "on launch day"),
        rows=tuple(rows),
    )
    open_ = [str(row[0]) for row in rows if row[-1] != _SHOWN]
    if not open_:
        return ask(
            "measures",
            f"All {len(rows):,} measures have evidence from the {days:,} days before launch.",
            table,
            remedy="Read the evidence, and say whether it is enough for these data.",
        )
    return ask(
        "measures",
        f"{len(open_):,} of {len(rows):,} measures {has(len(open_))} no evidence from the "
        f"{days:,} days before launch.",
        table,
        remedy=f"Bring evidence, or say why it {be(len(open_))} not needed: {listed(open_)}."
        if len(open_) == 1
        else f"Bring evidence, or say why they are not needed: {listed(open_)}.",
    )


_SHOWN = "shown"


def _row(control: Control | None, case: Case, days: int) -> tuple[str, ...]:
    if control is None:
        return "not named", "none", "none", "not shown"
    return (
        control.status.replace("_", " "),
        control.evidence or "none",
        control.date.isoformat() if control.date else "none",
        _standing(control, case.campaign.launch, days),
    )


def _standing(control: Control, launch: date, days: int) -> str:
    """Whether the measure is shown on launch day, or what is wanting."""
    if _word(control.status) != IN_PLACE:
        return "not in place"
    if not control.evidence:
        return "no evidence"
    if control.date is None:
        return "evidence without a day"
    age = (launch - control.date).days
    if age < 0:
        return "dated after launch"
    return _SHOWN if age <= days else f"stale: {age:,} days old"


def _freshness(control: Control) -> date:
    """Of a measure that is named twice, the newest evidence counts."""
    return control.date or date.min


def _word(text: str) -> str:
    return text.strip().casefold().replace(" ", "_").replace("-", "_")
