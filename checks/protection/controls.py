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

from collections.abc import Sequence
from datetime import date

from checks.campaign import Control
from checks.case import Case
from checks.evidence import Table
from checks.finding import Finding, ask
from checks.phrases import has, listed, many, verb
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
    table = _table(case, case.campaign.controls, days)
    wanting = [str(row[0]) for row in table.rows if row[-1] != _SHOWN]
    of = many(len(table.rows), "measure")
    from_when = f"evidence from the {days:,} days before launch"
    if not wanting:
        return ask(
            "measures",
            f"All {of} have {from_when}.",
            table,
            remedy="Read the evidence, and say whether it is enough for these data.",
        )
    needed = verb(len(wanting), "it is not", "they are not")
    return ask(
        "measures",
        f"{len(wanting):,} of {of} {has(len(wanting))} no {from_when}.",
        table,
        remedy=f"Bring evidence, or say why {needed} needed: {listed(wanting)}.",
    )


def _table(case: Case, controls: Sequence[Control], days: int) -> Table:
    """Every measure that is looked for, and the others that are named."""
    named = {_measure(one.id): one for one in sorted(controls, key=_freshness)}
    others = [word for word in named if word not in MEASURES]
    return Table(
        title="Security measures",
        columns=("measure", "status", "evidence", "day of it", "on launch day"),
        rows=tuple(
            (MEASURES.get(word, word.replace("_", " ")), *_row(named.get(word), case, days))
            for word in (*MEASURES, *others)
        ),
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


def _measure(called: str) -> str:
    """A measure by its id, also where it is called as it is printed here."""
    by_words = {_word(words): measure for measure, words in MEASURES.items()}
    return by_words.get(_word(called), _word(called))


def _word(text: str) -> str:
    return text.strip().casefold().replace(" ", "_").replace("-", "_")
