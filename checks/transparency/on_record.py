"""The processing is on record, with its assessments.

## Why it matters
What is in no register is nobody's job: nobody keeps it current, and nobody notices when it ends.

## How it judges
It lays out the entry in the register of processing and the three assessments (data protection,
legitimate interest, transfer) with their days, which of them this campaign needs by what its file
says, and which are older than the newest day on which data came from outside. A person answers:
only somebody who opens the reference knows what it holds.

## What to do
Enter the campaign in the register, or name the entry that covers it, and date the assessments.

## What it cannot see
A reference may lead to an empty page. Changes of recipients, which carry no day.
"""

from __future__ import annotations

from datetime import date

from checks.campaign import Reference
from checks.case import Case
from checks.evidence import Table
from checks.finding import Finding, ask
from checks.people.regions import law_of
from checks.phrases import day, listed, many, of_all, verb
from checks.registry import Findings, check

SUBJECT = "references"
NAMES = {
    "register": "the register of processing",
    "dpia": "the data protection assessment",
    "lia": "the legitimate interest assessment",
    "tia": "the transfer assessment",
}
ENTER = (
    "Enter the campaign in the register, or name the entry that covers it (refs). Where no "
    "assessment is due, write down why."
)


@check(
    title="The processing is on record",
    question="Is this campaign in the register of processing, with its assessments?",
    kind="asked",
    cites=["GDPR 5(2)", "GDPR 30", "GDPR 35", "ISO/IEC 27701"],
)
def judge(case: Case) -> Findings:
    """Lay out the references, and ask somebody to open them."""
    yield _laid_out(case)


def _laid_out(case: Case) -> Finding:
    given = _given(case)
    table = _table(case, given)
    needed = [name for name in NAMES if _unneeded(case, name) is None]
    missing = [NAMES[name] for name in needed if given[name] is None]
    old = [NAMES[name] for name in NAMES if _is_old(given[name], _newest(case))]
    if missing:
        headline = (
            f"{of_all(len(missing), len(needed), 'reference')} "
            f"{verb(len(missing), 'is', 'are')} missing. To be named: {listed(missing)}."
        )
        return ask(SUBJECT, headline, table, remedy=ENTER)
    if old:
        headline = (
            f"{of_all(len(old), len(needed), 'reference')} {verb(len(old), 'has', 'have')} no day, "
            f"or one before the newest data came: {listed(old)}."
        )
        again = "Read them again against the fields of this campaign, and date them."
        return ask(SUBJECT, headline, table, remedy=again)
    headline = (
        f"The owner names {many(len(needed), 'reference')}: "
        f"{verb(len(needed), 'does it', 'do they')} cover this campaign?"
    )
    look = "Open each one and see whether it speaks of these fields and recipients."
    return ask(SUBJECT, headline, table, remedy=look)


def _given(case: Case) -> dict[str, Reference | None]:
    refs = case.campaign.refs
    return {
        "register": refs.register_ if refs else None,
        "dpia": refs.dpia if refs else None,
        "lia": refs.lia if refs else None,
        "tia": refs.tia if refs else None,
    }


def _unneeded(case: Case, name: str) -> str | None:
    """Why this campaign does not need a reference, by what its file says; None where it may."""
    campaign, uses = case.campaign, case.campaign.uses_data_for
    grounds = {*(one.basis for one in campaign.channels.values()), uses.basis if uses else None}
    if name == "lia" and campaign.channels and "legitimate_interest" not in grounds:
        return "not due: nothing rests on a legitimate interest"
    if name == "tia" and campaign.recipients is not None:
        abroad = [one for one in campaign.recipients if not one.country or _away(one.country)]
        return None if abroad else "not due: no recipient is outside the EEA"
    return None


def _away(country: str) -> bool:
    return law_of(country) != "EU"


def _newest(case: Case) -> date | None:
    """The newest day on which data of this campaign came from outside."""
    days = [one.acquired for one in case.campaign.fields or () if one.acquired]
    return max(days, default=None)


def _is_old(given: Reference | None, newest: date | None) -> bool:
    if given is None:
        return False
    return given.date is None or (newest is not None and given.date < newest)


def _table(case: Case, given: dict[str, Reference | None]) -> Table:
    newest = _newest(case)
    rows = []
    for name, words in NAMES.items():
        told = given[name]
        if told is None:
            rows.append((words, _unneeded(case, name) or "missing", "none", "none"))
            continue
        old = "older than the newest data" if told.date and _is_old(told, newest) else "yes"
        rows.append((words, told.ref, day(told.date), "not known" if not told.date else old))
    return Table(
        title="What is on record",
        columns=("document", "reference", "its day", "as new as the data"),
        rows=tuple(rows),
    )
