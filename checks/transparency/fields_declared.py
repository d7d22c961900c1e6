"""Every field, purpose and recipient of the campaign is named in the privacy notice.

## Why it matters
People can only object to a use they were told about. A field used in silence breaks that promise.

## How it judges
The fields that the campaign uses, against those that the notice declares; the same for purposes
and recipients. A field is used unless it says `used_in: none`. A column that a rule reads is used
in any case, and one that has no entry under `fields` counts as undeclared.

## What to do
Drop the field from the rules, or tell people first and start the campaign afterwards.

## What it cannot see
A wording may cover a field and still inform nobody. What is used without being written down here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sized

from checks.campaign import Declares
from checks.case import Case
from checks.evidence import Table
from checks.finding import Finding, Reason, cannot_tell, clear, fail
from checks.people.fields import back_without
from checks.phrases import be, listed, many
from checks.policy import Part
from checks.registry import Findings, check


class Limits(Part):
    """How much may go undeclared."""

    undeclared: int
    """Fields, purposes or recipients that are not in the notice."""


@check(
    title="Every field we use is in the notice",
    question="Does the notice name every field, purpose and recipient of this campaign?",
    cites=["GDPR 5(1)(b)", "GDPR 13", "GDPR 14"],
    limits=Limits,
)
def judge(case: Case) -> Findings:
    """Judge fields, purposes and recipients one by one."""
    allowed = case.limits(Limits).undeclared
    notice = case.campaign.notice
    if notice is None:
        for subject in ("fields", "purposes", "recipients"):
            yield _silent(
                subject, f"The campaign names no privacy notice to hold {subject} against."
            )
        return
    declares = notice.declares or Declares()
    yield _fields(case, declares, allowed)
    yield _purposes(case, declares, allowed)
    yield _recipients(case, declares, allowed)


def _fields(case: Case, declares: Declares, allowed: int) -> Finding:
    if "fields" not in declares.model_fields_set:
        return _silent("fields", "The notice does not say which fields it covers.")
    used = _used(case)
    named = _names(declares.fields)
    entered = _names(field.name for field in case.campaign.fields or ())
    ruled = {rule.column.lower() for rule in case.campaign.rules or ()}
    missing = [
        name
        for name in used
        if name.lower() not in named
        or (
            case.campaign.fields is not None
            and name.lower() in ruled
            and name.lower() not in entered
        )
    ]
    if case.campaign.fields is None and not missing:
        return _silent("fields", "The campaign does not say which fields it uses.", "fields")
    if not case.campaign.fields and not used:
        return _silent("fields", "The campaign says that it uses no field at all.", "fields")
    rows = tuple((name, use, "no" if name in missing else "yes") for name, use in used.items())
    table = Table(title="Fields in use", columns=("field", "used in", "in the notice"), rows=rows)
    if len(missing) > allowed:
        return fail(
            "fields",
            f"{len(missing):,} of {len(used):,} used fields {be(len(missing))} not in the notice: "
            f"{listed(missing)}.",
            table,
            remedy=_drop(case, missing),
        )
    if not used:
        return clear(
            "fields", "None of the fields that the campaign lists is used, it says.", table
        )
    return clear("fields", f"{_all(used, 'used fields')} in the notice.", table)


def _used(case: Case) -> dict[str, str]:
    """Every field in use, with the use it names, in the order of the campaign file."""
    ruled = {rule.column.lower(): rule.column for rule in case.campaign.rules or ()}
    used = {
        field.name: field.used_in or "not stated"
        for field in case.campaign.fields or ()
        if (field.used_in or "").lower() != "none" or field.name.lower() in ruled
    }
    entered = _names(used)
    return used | {column: "rule" for name, column in ruled.items() if name not in entered}


def _drop(case: Case, missing: list[str]) -> str:
    """What dropping the undeclared fields from the rules would change, in people."""
    back = back_without(case, missing)
    if back is None:
        them = "it" if len(missing) == 1 else "them"
        return f"Add {them} to the notice and tell people before the launch, or stop using {them}."
    come = many(back, "person comes", "people come")
    return f"Drop them from the rules ({come} back), or tell people first."


def _purposes(case: Case, declares: Declares, allowed: int) -> Finding:
    if "purposes" not in declares.model_fields_set:
        return _silent("purposes", "The notice does not say for which purposes data are used.")
    unused = {"none"}
    used: dict[str, str] = {}
    for name, channel in case.campaign.channels.items():
        used.setdefault(channel.purpose, name)
    for field in case.campaign.fields or ():
        if (field.used_in or "").lower() not in unused:
            for purpose in field.purpose:
                used.setdefault(purpose, field.name)
    if not used:
        return _silent("purposes", "The campaign names no purpose for its data.", "fields")
    return _held("purposes", used, declares.purposes, allowed, use="first named by")


def _recipients(case: Case, declares: Declares, allowed: int) -> Finding:
    recipients = case.campaign.recipients
    if recipients is None:
        return _silent("recipients", "The campaign does not say who receives data.", "recipients")
    uses = case.campaign.uses_data_for
    if not recipients and uses is not None and (uses.sells or uses.shares_with_ad_platform):
        what = "sells" if uses.sells else "shares"
        return cannot_tell(
            "recipients",
            f"The campaign {what} data, and names nobody who receives any.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name who receives data in the campaign file: recipients.",
        )
    if recipients and "recipients" not in declares.model_fields_set:
        return _silent("recipients", "The notice does not say who receives data.")
    used = {one.name: ", ".join(one.receives) or "not stated" for one in recipients}
    return _held("recipients", used, declares.recipients, allowed, use="receives")


def _held(
    subject: str, used: dict[str, str], named: Iterable[str], allowed: int, *, use: str
) -> Finding:
    """Hold what is used against what the notice names."""
    known = _names(named)
    missing = [name for name in used if name.lower() not in known]
    rows = tuple((name, what, "no" if name in missing else "yes") for name, what in used.items())
    table = Table(
        title=subject.capitalize(), columns=(subject[:-1], use, "in the notice"), rows=rows
    )
    if len(missing) > allowed:
        return fail(
            subject,
            f"{len(missing):,} of {len(used):,} {subject} {be(len(missing))} not in the notice: "
            f"{listed(missing)}.",
            table,
            remedy=f"Add {listed(missing)} to the notice and tell people before the launch.",
        )
    if not used:
        return clear(subject, "Nobody outside receives these data, says the campaign.", table)
    return clear(subject, f"{_all(used, subject)} in the notice.", table)


def _silent(subject: str, what: str, section: str = "notice, declares") -> Finding:
    empty = "" if section == "fields" else " An empty list is an answer too."
    where = section if section != "notice, declares" else f"{section}, {subject}"
    return cannot_tell(
        subject,
        what,
        reason=Reason.COLUMN_MISSING,
        remedy=f"List them in the campaign file: {where}.{empty}",
    )


def _names(names: Iterable[str]) -> set[str]:
    return {name.lower() for name in names}


def _all(names: Sized, what: str) -> str:
    return f"The one {what[:-1]} is" if len(names) == 1 else f"All {len(names):,} {what} are"
