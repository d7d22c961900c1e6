"""People know which of their data came from others.

## Why it matters
Data that somebody else sold or guessed are the ones people expect least, and can least correct.

## How it judges
Fields whose source is a partner, a purchase, a public place or an inference. A source without a
name, or one that neither `notice.declares` nor the words of the notice name, fails. So does telling
people later than the months of the policy after the data came, or after the launch, which is the
first contact. Where everything is named and in time a person is asked for the proof. Where no field
comes from outside, it does not apply.

## What to do
Stop using the field until the notice names its source, or ask the seller for the proof chain.

## What it cannot see
A seller's word proves a claim, nothing more. Sources that nobody wrote down.
"""

from __future__ import annotations

from datetime import date

from checks.campaign import DataField
from checks.case import Case
from checks.conditions import All, AnyOf, Missing, Not
from checks.evidence import Table
from checks.finding import Finding, ask, fail, not_applicable
from checks.people.permission import ON_THE_LIST, first_valid_day
from checks.phrases import day, listed, many, of_all, people, them, verb
from checks.policy import Part
from checks.registry import Findings, check
from checks.words.notice import OUTSIDE
from checks.words.wording import hits

NAMED, IN_TIME = "sources", "time"


class Limits(Part):
    """How many sources may go unnamed, and how long telling people may take."""

    unnamed_sources: int
    notice_months: int
    """Calendar months after the data came."""


@check(
    title="Where the data came from",
    question="Do people know which of their data we got from others?",
    kind="mixed",
    cites=["GDPR 14(2)(f)", "GDPR 14(3)(a)–(b)"],
    limits=Limits,
    reads=["targeted"],
)
def judge(case: Case) -> Findings:
    """Judge whether every source is named, and whether people were told in time."""
    fields = case.campaign.fields
    if fields is None:
        yield ask(
            NAMED,
            "The campaign does not say which fields it uses, so their sources are not known.",
            remedy="List the fields with source and source_kind in the campaign file: fields.",
        )
        return
    outside = [one for one in fields if one.source_kind in OUTSIDE]
    if not outside:
        yield _from_within(fields)
        return
    yield _named(case, outside)
    yield _in_time(case, outside)


def _from_within(fields: tuple[DataField, ...]) -> Finding:
    silent = [one.name for one in fields if one.source_kind is None]
    if silent:
        return ask(
            NAMED,
            f"For {len(silent):,} of {many(len(fields), 'field')} nobody says whether they come "
            f"from others: {listed(silent)}.",
            remedy="Say of each field where it comes from (fields, source_kind): asked, observed …",
        )
    return not_applicable(
        NAMED, f"None of {many(len(fields), 'field')} comes from others, says the campaign."
    )


def _named(case: Case, outside: list[DataField]) -> Finding:
    nameless = [one for one in outside if not one.source]
    silent = [one for one in outside if one.source and _in_notice(case, one.source) is None]
    untold = [one for one in outside if one.source and _in_notice(case, one.source) is False]
    table = _sources(case, outside)
    bad = nameless + untold
    if len({one.source or one.name for one in bad}) > case.limits(Limits).unnamed_sources:
        return fail(NAMED, _unnamed(case, outside, bad), table, remedy=_stop(bad))
    if silent:
        return ask(
            NAMED,
            f"Whether the notice names the sources of {many(len(silent), 'field')} was not written "
            "down.",
            table,
            remedy="Name the sources that the notice tells of: notice, declares, sources.",
        )
    sources = listed(sorted({str(one.source) for one in outside}))
    return ask(
        NAMED,
        f"The notice names where {many(len(outside), 'field')} "
        f"{verb(len(outside), 'comes', 'come')} from: {sources}. Can it be proved?",
        table,
        remedy=f"Ask {sources} for the proof chain: when, where and to what people agreed.",
    )


def _in_notice(case: Case, source: str) -> bool | None:
    """Whether the notice names a source; None where nobody can say."""
    declares = case.campaign.notice.declares if case.campaign.notice else None
    told = declares is not None and "sources" in declares.model_fields_set
    if declares and source.lower() in {one.lower() for one in declares.sources}:
        return True
    if case.notice is not None:
        return bool(hits([source], case.notice))
    return False if told else None


def _unnamed(case: Case, outside: list[DataField], bad: list[DataField]) -> str:
    names = listed([f"{one.name} ({one.source or 'no source'})" for one in bad])
    said = (
        f"{of_all(len(bad), len(outside), 'field from others', 'fields from others')} "
        f"{verb(len(bad), 'has', 'have')} a source that the notice does not name: {names}."
    )
    known = [one.name for one in bad if case.audience.has(f"field.{one.name}")]
    if not known:
        return said
    held = AnyOf(tuple(Not(Missing(f"field.{one}")) for one in known))
    count, below = (
        case.audience.total(All((ON_THE_LIST, held))),
        case.policy.small_cells.suppress_below.value,
    )
    held_on = f"fewer than {below} people" if 0 < count < below else people(count)
    return f"{said} We hold {them(len(known))} on {held_on} on the list."


def _stop(bad: list[DataField]) -> str:
    names = listed([one.name for one in bad])
    return (
        f"Stop using {names} until the notice names where {verb(len(bad), 'it comes', 'they come')}"
        " from, and ask the seller for the proof chain."
    )


def _sources(case: Case, outside: list[DataField]) -> Table:
    said = {True: "yes", False: "no", None: "not stated"}
    return Table(
        title="Fields from others",
        columns=("field", "kind", "source", "in the notice"),
        rows=tuple(
            (
                one.name,
                one.source_kind,
                one.source or "no name",
                said[_in_notice(case, one.source)] if one.source else "no",
            )
            for one in outside
        ),
    )


def _in_time(case: Case, outside: list[DataField]) -> Finding:
    months, launch = case.limits(Limits).notice_months, case.campaign.launch
    judged = {one.name: _told(one, launch, months) for one in outside}
    table, within = _days(outside, judged), many(months, "month")
    late = [name for name, said in judged.items() if said.startswith("late")]
    silent = [name for name, said in judged.items() if said == "not stated"]
    if late:
        return fail(
            IN_TIME,
            f"{of_all(len(late), len(outside), 'field from others', 'fields from others')} "
            f"{verb(len(late), 'was', 'were')} told too late: {listed(late)}.",
            table,
            remedy=f"Tell people first: within {within} after data come, and before they are used. "
            f"Until then leave {listed(late)} out.",
        )
    if silent:
        return ask(
            IN_TIME,
            f"When people were told of {many(len(silent), 'field')} from others was not written "
            f"down: {listed(silent)}.",
            table,
            remedy="Write down when each came and when people were told: acquired, notified.",
        )
    told = f"The owner states that people were told of {many(len(outside), 'field')} within"
    proof = "Ask for the message that people got, and for the day on which it went out."
    return ask(IN_TIME, f"{told} {within}: is there a proof?", table, remedy=proof)


def _days(outside: list[DataField], judged: dict[str, str]) -> Table:
    return Table(
        title="When people were told",
        columns=("field", "came on", "people were told on", "in time"),
        rows=tuple(
            (one.name, day(one.acquired), day(one.notified), judged[one.name]) for one in outside
        ),
    )


def _told(field: DataField, launch: date, months: int) -> str:
    """Whether people were told of a field in time, with the reason where not."""
    if field.notified is not None and field.notified > launch:
        return "late: after the launch"
    if field.acquired is None or field.notified is None:
        return "not stated"
    if field.acquired < first_valid_day(field.notified, months):
        return f"late: after more than {many(months, 'month')}"
    return "yes"
