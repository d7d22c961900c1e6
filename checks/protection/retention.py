"""Nobody is kept whose data should be gone.

## Why it matters
People move on. Whoever has done nothing for years does not expect to be on file, or written to.

## How it judges
Days from each person's last activity to launch, in calendar months. More than `overdue` people
above `months_marketing` fail; where the campaign profiles, or does not say, so do those above
`months_profiling`. People without any purchase on record may be kept for `months_prospect`. A field
fails for those who have a value in it longer than its own `retention_months`. Where the last
activity of somebody is not known, and nobody is overdue, it cannot tell.

## What to do
Delete them, or ask once more where the law allows it.

## What it cannot see
Copies elsewhere: backups, spreadsheets, and what recipients keep.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checks.case import Case
from checks.conditions import All, AnyOf, Before, Condition, FirstOf, Missing, Not
from checks.evidence import Bin, Distribution, Evidence, Line, Rate, Table
from checks.finding import Finding, Reason, cannot_tell, clear, fail
from checks.people.permission import ON_THE_LIST, first_valid_day
from checks.people.segments import by_segment
from checks.phrases import be, has, listed, many
from checks.policy import Part
from checks.registry import Findings, check

ACTIVE = "last_activity"
STEP, STEPS = 6, 10
"""Months that a bar of the picture spans, and how many bars; the last holds everybody older."""
GONE = f"over {STEP * STEPS} months"


class Limits(Part):
    """How long people may be kept after the last thing they did."""

    months_marketing: int
    months_profiling: int
    """For details that are used for profiling."""
    months_prospect: int
    """After the last contact, for people who never bought."""
    overdue: int
    """People kept for longer: above it, fail."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """One thing for which people are kept, and who has been kept for too long."""

    subject: str
    months: int
    longer: str
    """The term in words that fit after "nothing for"."""
    overdue: Condition


@check(
    title="Nobody is kept too long",
    question="Is anyone here whose data should be gone?",
    cites=[
        "GDPR 5(1)(e)",
        "GDPR 13(2)(a)",
        "Cal. Civ. Code 1798.100",
        "COPPA 16 CFR 312.10",
        "Garante 2005",
        "CNIL",
        "our policy",
    ],
    limits=Limits,
    reads=["everyone", "targeted", "activity", "segment"],
)
def judge(case: Case) -> Findings:
    """Judge each purpose by itself, and the fields by their own terms."""
    if not case.audience.has(ACTIVE):
        yield cannot_tell(
            "marketing",
            "When people last did anything is not in the file.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name the column with the day of the last activity: people, last_activity.",
        )
        return
    if not case.audience.people:
        yield cannot_tell(
            "marketing",
            "There is nobody in the file who could be kept too long.",
            reason=Reason.TOO_FEW_PEOPLE,
            remedy="See whether the right file was brought.",
        )
        return
    for term in _terms(case, case.limits(Limits)):
        yield _judged(case, term, case.limits(Limits).overdue)
    yield _fields(case, case.limits(Limits).overdue)


def _terms(case: Case, limits: Limits) -> Iterator[Term]:
    uses = case.campaign.uses_data_for
    yield _marketing(case, limits)
    if uses is None or uses.profiling is not False:
        yield Term(
            subject="profiling",
            months=limits.months_profiling,
            longer=f"over {limits.months_profiling} months",
            overdue=_longer_than(case, limits.months_profiling),
        )


def _marketing(case: Case, limits: Limits) -> Term:
    """Inactive for too long; whoever never bought has another term, where purchases are known."""
    months, prospect = limits.months_marketing, limits.months_prospect
    facts = [f"{name}.purchased" for name in case.campaign.channels]
    never = All(tuple(Missing(fact) for fact in facts if case.audience.has(fact)))
    longer, overdue = f"over {months} months", _longer_than(case, months)
    if never.conditions:
        longer = f"{longer}, or over {prospect} without a purchase"
        late = All((never, _longer_than(case, prospect)))
        overdue = AnyOf((All((Not(never), overdue)), late))
    return Term(subject="marketing", months=months, longer=longer, overdue=overdue)


def _longer_than(case: Case, months: int) -> Condition:
    return Before(ACTIVE, first_valid_day(case.campaign.launch, months))


def _judged(case: Case, term: Term, allowed: int) -> Finding:
    everyone = many(case.audience.people, "person", "people")
    late, on = _both(case, term.overdue)
    unknown = case.audience.total(Missing(ACTIVE))
    evidence = _evidence(case, term, late, on)
    if late > allowed:
        return fail(
            term.subject,
            f"{late:,} of {everyone} {has(late)} done nothing for {term.longer}; "
            f"{on:,} of them {be(on)} on the list.",
            *evidence,
            remedy="Delete them, or ask once more where the law allows it; the list becomes "
            f"{case.audience.targeted - on:,}.",
        )
    if unknown:
        return _unknown(case, term.subject, unknown, evidence)
    none = f"None of {everyone} has done nothing for {term.longer}."
    return clear(term.subject, none, *evidence)


def _unknown(case: Case, subject: str, unknown: int, evidence: tuple[Evidence, ...]) -> Finding:
    everyone = many(case.audience.people, "person", "people")
    return cannot_tell(
        subject,
        f"When {unknown:,} of {everyone} last did anything is not known.",
        *evidence,
        reason=Reason.GROUP_UNKNOWN,
        remedy="Find out when they last did something, or delete them.",
    )


def _both(case: Case, overdue: Condition) -> tuple[int, int]:
    """In the file, and on the list."""
    return case.audience.total(overdue), case.audience.total(All((ON_THE_LIST, overdue)))


def _evidence(case: Case, term: Term, late: int, on: int) -> tuple[Evidence, ...]:
    rates = (
        Rate(group="in the file", yes=late, of=case.audience.people),
        Rate(group="on the list", yes=on, of=case.audience.targeted),
    )
    where = _by_segment(case, term) if on else None
    return (*rates, _picture(case, term), *([where] if where else []))


def _by_segment(case: Case, term: Term) -> Evidence | None:
    if not case.audience.has("segment"):
        return None
    counts = case.audience.count("segment", where=All((ON_THE_LIST, term.overdue)))
    found = {one.values[0]: one.people for one in counts}
    return by_segment(case, f"Kept for over {term.months} months, by segment", found)


def _picture(case: Case, term: Term) -> Distribution:
    """How long ago people were last active, in steps of months."""
    launch = case.campaign.launch

    def after(months: int) -> Condition:
        return Not(Before(ACTIVE, first_valid_day(launch, months)))

    bins = tuple((str(at), after((at + 1) * STEP)) for at in range(STEPS))
    key = FirstOf("last active", (("unknown", Missing(ACTIVE)), *bins), otherwise=GONE)
    found = {one.values[0]: one.people for one in case.audience.count(key)}
    drawn = [
        Bin(low=at * STEP, high=(at + 1) * STEP, people=found.get(str(at), 0))
        for at in range(STEPS)
    ]
    drawn.append(Bin(low=STEPS * STEP, high=(STEPS + 1) * STEP, people=found.get(GONE, 0)))
    return Distribution(
        title="Months since people were last active",
        unit="months",
        bins=tuple(drawn),
        lines=(Line(at=term.months, name=f"limit for {term.subject}"),),
        says=f"The last bar holds everybody of {GONE}.",
    )


def _fields(case: Case, allowed: int) -> Finding:
    """Fields with a term of their own, for the people who have a value in them."""
    declared = case.campaign.fields or ()
    terms = {one.name: one.retention_months for one in declared if one.retention_months is not None}
    late = {name: _held_longer(case, name, months) for name, months in terms.items()}
    counted = {name: _both(case, who) for name, who in late.items() if who is not None}
    over = [name for name, (people, _) in counted.items() if people]
    table = Table(
        title="How long each field is kept",
        columns=("field", "months", "people with an older value"),
        rows=tuple((n, terms[n], counted[n][0] if n in counted else None) for n in terms),
    )
    people, on = _both(case, AnyOf(tuple(who for who in late.values() if who is not None)))
    if people > allowed:
        return fail(
            "fields",
            f"{len(over):,} of {many(len(terms), 'field')} with a term {be(len(over))} kept beyond "
            f"it, for {many(people, 'person', 'people')}: {listed(over)}.",
            table,
            remedy=f"Empty these fields for them; {on:,} of them {be(on)} on the list.",
        )
    unknown = case.audience.total(Missing(ACTIVE))
    if unknown and counted:
        return _unknown(case, "fields", unknown, (table,))
    untold = [one.name for one in declared if one.name not in counted]
    if untold or not declared:
        return _untold(untold, len(declared), table)
    none = f"None of {many(len(terms), 'field')} is kept beyond its own term."
    return clear("fields", none, table)


def _held_longer(case: Case, name: str, months: int) -> Condition | None:
    """Who has had a value in a field for too long; None where that cannot be counted.

    Where nobody was inactive for so long, nobody's value is too old, countable or not.
    """
    late = _longer_than(case, months)
    if not case.audience.total(late):
        return late
    return (
        All((Not(Missing(f"field.{name}")), late)) if case.audience.has(f"field.{name}") else None
    )


def _untold(untold: list[str], declared: int, table: Table) -> Finding:
    return cannot_tell(
        "fields",
        f"How long {len(untold):,} of {many(declared, 'field')} {be(len(untold))} kept, and for "
        "whom, cannot be counted."
        if untold
        else "The campaign does not say how long its fields are kept.",
        table,
        reason=Reason.COLUMN_MISSING,
        remedy="Say of each field how many months it is kept (fields, retention_months), and "
        f"bring its column: {listed(untold)}."
        if untold
        else "Say of each field how many months it is kept: fields, retention_months.",
    )
