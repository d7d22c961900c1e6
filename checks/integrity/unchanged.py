"""Nothing moved since the last sign-off.

## Why it matters
A signature covers what was seen. What changed afterwards was seen by nobody.

## How it judges
The fingerprint of the last sign-off is held against the present one, part by part: campaign (with
its notice and creatives), people, policy and checklist. A part that differs needs watching. A
sign-off older at launch than the days of the policy fails. Without an earlier sign-off it does not
apply; that the present one binds to what was seen is a rule of the review itself.

## What to do
Open the next revision and look at what moved. Earlier signatures stay with the earlier revision.

## What it cannot see
Unchanged files can meet changed facts. How much of a file changed: only that it did.
"""

from __future__ import annotations

from checks.case import Case, SignedOff
from checks.evidence import Table
from checks.finding import Finding, clear, fail, not_applicable, watch
from checks.phrases import day, listed, many, verb
from checks.policy import Part
from checks.registry import Findings, check

SUBJECT = "last sign-off"
PARTS = {
    "campaign": "the campaign file, its notice or its creatives",
    "people": "the people files",
    "policy": "the policy",
    "checklist": "the checklist",
}
"""What a fingerprint is made of, in words."""


class Limits(Part):
    """How old the last sign-off may be at launch."""

    max_age_days: int


@check(
    title="Nothing moved since the last sign-off",
    question="Is what was signed last time still what is sent?",
    cites=["6 RCNY 5-301(a)", "GDPR 24(1)", "GDPR 35(11)", "ISO/IEC 42001", "NIST AI RMF"],
    limits=Limits,
)
def judge(case: Case) -> Findings:
    """Hold the last sign-off against what is judged now."""
    if case.previous is None:
        yield not_applicable(SUBJECT, "This campaign has not been signed off before.")
    else:
        yield _judged(case, case.previous)


def _judged(case: Case, signed: SignedOff) -> Finding:
    most, age = case.limits(Limits).max_age_days, (case.campaign.launch - signed.day).days
    moved = [name for name in PARTS if case.parts.get(name) != signed.parts.get(name)]
    table = Table(
        title="Then and now",
        columns=("part", f"since {day(signed.day)}"),
        rows=tuple((words, "changed" if n in moved else "the same") for n, words in PARTS.items()),
    )
    changed = [PARTS[name] for name in moved]
    if age > most:
        also = f" Since then {listed(changed)} changed." if changed else ""
        return fail(
            SUBJECT,
            f"The last sign-off will be {many(age, 'day')} old at launch; {most:,} count.{also}",
            table,
            remedy="Look at the whole campaign again, and sign it as it is now.",
        )
    if changed:
        return watch(
            SUBJECT,
            f"Since {day(signed.day)} {len(changed):,} of {len(PARTS):,} parts "
            f"{verb(len(changed), 'has', 'have')} changed: {listed(changed)}.",
            table,
            remedy="Open the next revision; the earlier signatures stay with the earlier one.",
        )
    return clear(
        SUBJECT, f"Nothing has changed since it was signed off on {day(signed.day)}.", table
    )
