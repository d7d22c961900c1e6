"""Where an impact assessment is due, there is a current one.

## Why it matters
An assessment makes somebody think about what could go wrong for people, before it does.

## How it judges
Nine criteria of the European guidelines, each from what the campaign file says. From `criteria` on
an assessment is due; in California also where data are sold or shared, or are sensitive. A file of
`large_scale` people or more is large. It fails where a due assessment is missing, has no day, is
dated after launch, or is older than the newest change that the file knows of: the day on which a
field in use came in, or the notice came into force. Where criteria that cannot be read could make
one due, it cannot tell.

## What to do
Make the assessment, or refresh it, before launch.

## What it cannot see
National lists of what always needs one, and whether the assessment is any good.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from checks.campaign import DataField
from checks.case import Case
from checks.conditions import All
from checks.evidence import Table
from checks.finding import Finding, Reason, cannot_tell, clear, fail
from checks.people import fields
from checks.people.children import in_region, under
from checks.people.fields import Told, any_told
from checks.people.permission import ON_THE_LIST
from checks.phrases import be, day, listed
from checks.policy import Part
from checks.registry import Findings, check

SUBJECT = "assessment"
CALIFORNIA = "California: sold, shared or sensitive data"
ASKS_THERE = "California asks for one where data are sold, shared or sensitive."


class Limits(Part):
    """When an assessment is due."""

    criteria: int
    """Criteria met: at least so many."""
    large_scale: int
    """People in the file: from so many on it is large."""


@check(
    title="Is an impact assessment due?",
    question="Do the facts call for an assessment, and is there a current one?",
    cites=["GDPR 35", "WP248 rev.01", "11 CCR 7150–7157", "our policy"],
    shared=("fields", "ages"),
    limits=Limits,
    reads=["targeted", "age"],
)
def judge(case: Case) -> Findings:
    """Count the criteria that are met, and hold the assessment against them."""
    yield _judged(case, case.limits(Limits))


def _judged(case: Case, limits: Limits) -> Finding:
    criteria = _criteria(case, limits)
    california = _california(case, criteria)
    met = [name for name, told in criteria.items() if told]
    unread = [name for name, told in criteria.items() if told is None]
    table = _table(criteria, california)
    says = f"{len(met):,} of 9 signs of a high risk {be(len(met))} there"
    if len(met) >= limits.criteria or california:
        there = "" if not california else f" {ASKS_THERE}"
        return _due(case, f"{says}: {listed(met)}.{there}" if met else f"{says}.{there}", table)
    if len(met) + len(unread) >= limits.criteria or california is None:
        wanting = unread or [CALIFORNIA]
        return cannot_tell(
            SUBJECT,
            f"{says}; {len(unread):,} cannot be read, and an assessment may be due.",
            table,
            reason=Reason.COLUMN_MISSING,
            remedy=f"State what the campaign file leaves open: {listed(wanting, most=9)}.",
        )
    return clear(SUBJECT, f"{says}; from {limits.criteria:,} on an assessment is due.", table)


def _due(case: Case, says: str, table: Table) -> Finding:
    launch = case.campaign.launch
    made = case.campaign.refs.dpia if case.campaign.refs else None
    change = _newest_change(case)
    remedy = f"Make the assessment before {day(launch)}."
    if made is None:
        return fail(SUBJECT, f"{says} No assessment is named.", table, remedy=remedy)
    if made.date is None:
        return fail(
            SUBJECT,
            f"{says} The assessment {made.ref} has no day.",
            table,
            remedy=f"Give its day (refs, dpia, date), or make one before {day(launch)}.",
        )
    if made.date > launch:
        return fail(
            SUBJECT,
            f"{says} The assessment is dated {day(made.date)}, after launch.",
            table,
            remedy=f"{remedy} Or move the launch.",
        )
    if change and made.date < change:
        return fail(
            SUBJECT,
            f"{says} The assessment of {day(made.date)} is older than the change of {day(change)}.",
            table,
            remedy=f"Refresh the assessment of {day(made.date)} before {day(launch)}.",
        )
    return clear(SUBJECT, f"{says} There is an assessment of {day(made.date)}: {made.ref}.", table)


def _newest_change(case: Case) -> date | None:
    """The last day, up to launch, on which a field came in or another notice into force."""
    notice = case.campaign.notice
    days = [field.acquired for field in fields.used(case)]
    days.append(notice.in_force if notice else None)
    return max((one for one in days if one and one <= case.campaign.launch), default=None)


def _criteria(case: Case, limits: Limits) -> dict[str, Told]:
    """Each criterion: whether it is met; None where the facts are not stated."""
    campaign, uses = case.campaign, case.campaign.uses_data_for
    return {
        "scoring or profiling": True
        if campaign.people.score
        else any_told([uses.profiling, uses.model] if uses else [None]),
        "automatic decisions with effect": _decides_alone(case),
        "systematic monitoring": _of_fields(
            case, lambda f: f.cross_context, lambda f: f.location and f.location == "precise"
        ),
        "sensitive data": _sensitive(case),
        "large scale": case.audience.people >= limits.large_scale,
        "combined sources": _of_fields(
            case, lambda f: f.source_kind and f.source_kind in ("partner", "bought", "public")
        ),
        "vulnerable people": _vulnerable(case),
        "new technology": any_told(
            [*([uses.model, uses.chatbot] if uses else [None]), *_generated(case)]
        ),
        "barring from a right or contract": None
        if uses is None or uses.decides is None
        else uses.decides == "access",
    }


def _of_fields(case: Case, *holds: Callable[[DataField], Told]) -> Told:
    """Whether something holds of a field in use; unknown where no field is declared."""
    inuse = fields.used(case)
    return any_told(hold(field) for field in inuse for hold in holds) if inuse else None


def _decides_alone(case: Case) -> Told:
    uses = case.campaign.uses_data_for
    if uses is None or uses.decides is None:
        return None
    if uses.decides == "none":
        return False
    return None if uses.human_review is None else not uses.human_review


def _sensitive(case: Case) -> Told:
    least = case.policy.fields.sensitive_from.value

    def holds(field: DataField) -> Told:
        if field.role == "special":
            return True
        return None if field.sensitivity is None else field.sensitivity >= least

    return _of_fields(case, holds)


def _vulnerable(case: Case) -> Told:
    """Flags of vulnerable people, minors on the list, or messages made for children."""
    made = [one.appeals_to_children for one in case.campaign.creatives or ()]
    if case.campaign.people.vulnerable or True in made:
        return True
    if not case.audience.has("age"):
        return None
    young = under(case.policy.ages.profiling.value)
    return case.audience.total(All((ON_THE_LIST, young))) > 0


def _generated(case: Case) -> list[Told]:
    return [one.ai_generated for one in case.campaign.creatives or ()]


def _california(case: Case, criteria: Mapping[str, Told]) -> Told:
    """Whether California asks for an assessment; no, where none of the regions lies there."""
    regions = case.campaign.regions
    if not any(in_region(one, "US-CA") or one == "US" for one in regions):
        return False
    uses = case.campaign.uses_data_for
    sold = [uses.sells, uses.shares_with_ad_platform] if uses else [None]
    return any_told([*sold, criteria["sensitive data"]])


def _table(criteria: Mapping[str, Told], california: Told) -> Table:
    words = {True: "met", False: "not met", None: "cannot be read"}
    rows = [*criteria.items(), *([] if california is False else [(CALIFORNIA, california)])]
    return Table(
        title="What calls for an assessment",
        columns=("criterion", "from the campaign file"),
        rows=tuple((name, words[told]) for name, told in rows),
    )
