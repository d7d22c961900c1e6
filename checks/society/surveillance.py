"""People are not followed more closely than the campaign needs.

## Why it matters
Being watched changes what people dare to read, buy and do, also where nobody means any harm.

## How it judges
Four kinds of watching, from what the campaign says about the fields it uses: following people
across other firms' services, their precise place, bought data, and a history of over
`history_months`. They are counted, never weighed or added to an index: from `components_watch` on
it is watched, from `components_fail` on it fails. Where the facts of a field are not stated and
could change the answer, it cannot tell.

## What to do
Leave out the field without which the most kinds of watching end.

## What it cannot see
What a supplier did before selling, and how being watched feels.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from checks.campaign import DataField
from checks.case import Case
from checks.evidence import Table
from checks.finding import Finding, Reason, Verdict, cannot_tell, clear, fail, not_applicable, watch
from checks.people import fields
from checks.people.fields import Told
from checks.phrases import be, listed, many
from checks.policy import Part
from checks.registry import Findings, check

WATCHING = "kinds of watching"


class Limits(Part):
    """When watching is long, and how many kinds of it are too many."""

    history_months: int
    """A longer history counts as a kind of watching."""
    components_watch: int
    """Kinds of watching present: at least so many, watch."""
    components_fail: int
    """At least so many, fail."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """One kind of watching, and the fields behind it."""

    name: str
    fields: tuple[str, ...]
    unstated: tuple[str, ...]

    @property
    def told(self) -> Told:
        """Whether it is used; None where a field without its facts could make it so."""
        return True if self.fields else None if self.unstated else False


@check(
    title="How closely people are watched",
    question="How much following of people went into choosing them?",
    cites=["GDPR 5(1)(c)", "GDPR 25", "GDPR 35", "EU Charter 7, 8", "our policy"],
    limits=Limits,
    reads=["targeted"],
)
def judge(case: Case) -> Findings:
    """Count the kinds of watching behind the fields in use."""
    if not case.campaign.fields:
        yield cannot_tell(
            WATCHING,
            "The campaign does not say which fields it uses, and how they came about.",
            reason=Reason.COLUMN_MISSING,
            remedy="List every field with its source, place and history in the campaign file: "
            "fields.",
        )
        return
    yield _judged(case, case.limits(Limits))


def _judged(case: Case, limits: Limits) -> Finding:
    inuse = fields.used(case)
    if not inuse:
        return not_applicable(WATCHING, "None of the fields is used, says the campaign.")
    kinds = _kinds(inuse, limits)
    present = [kind for kind in kinds if kind.told]
    open_ = [kind for kind in kinds if kind.told is None]
    table = _table(case, kinds)
    verdict = _verdict(len(present), limits)
    says = f"{len(present):,} of {len(kinds):,} kinds of watching {be(len(present))} used here"
    if verdict is not _verdict(len(present) + len(open_), limits):
        return _untold(says, open_, table)
    if verdict is Verdict.CLEAR:
        behind = f"behind {many(len(inuse), 'field')}, says the campaign"
        none = f"None of {len(kinds):,} kinds of watching is {behind}."
        return clear(WATCHING, f"{says}, {behind}." if present else none, table)
    say = fail if verdict is Verdict.FAIL else watch
    names = listed([kind.name for kind in present])
    return say(WATCHING, f"{says}: {names}.", table, remedy=_without(case, kinds))


def _untold(says: str, open_: Sequence[Kind], table: Table) -> Finding:
    unstated = list(dict.fromkeys(name for kind in open_ for name in kind.unstated))
    return cannot_tell(
        WATCHING,
        f"{says}; for {many(len(unstated), 'field')} it is not stated.",
        table,
        reason=Reason.COLUMN_MISSING,
        remedy=f"Say of each how it came about: cross_context, location, source_kind, "
        f"history_months. Missing for {listed(unstated)}.",
    )


def _verdict(present: int, limits: Limits) -> Verdict:
    if present >= limits.components_fail:
        return Verdict.FAIL
    return Verdict.WATCH if present >= limits.components_watch else Verdict.CLEAR


def _kinds(inuse: Sequence[DataField], limits: Limits) -> tuple[Kind, ...]:
    def long(field: DataField) -> Told:
        months = field.history_months
        return None if months is None else months > limits.history_months

    asked: tuple[tuple[str, Callable[[DataField], Told]], ...] = (
        ("following across other firms' services", lambda field: field.cross_context),
        ("precise place", lambda field: field.location and field.location == "precise"),
        ("bought data", lambda field: field.source_kind and field.source_kind == "bought"),
        (f"a history of over {limits.history_months} months", long),
    )
    return tuple(
        Kind(
            name=name,
            fields=tuple(field.name for field in inuse if holds(field)),
            unstated=tuple(field.name for field in inuse if holds(field) is None),
        )
        for name, holds in asked
    )


def _table(case: Case, kinds: Sequence[Kind]) -> Table:
    words = {True: "yes", False: "no", None: "not stated"}
    return Table(
        title="Kinds of watching",
        columns=("kind", "used", "fields", "people on the list with a value"),
        rows=tuple(
            (
                kind.name,
                words[kind.told],
                listed(list(kind.fields or kind.unstated)) or "none",
                fields.listed_with(case, kind.fields) if kind.fields else None,
            )
            for kind in kinds
        ),
    )


def _without(case: Case, kinds: Sequence[Kind]) -> str:
    """The field without which the fewest kinds of watching remain, and the fewest people change."""
    names = dict.fromkeys(name for kind in kinds for name in kind.fields)
    left = {name: sum(bool(set(kind.fields) - {name}) for kind in kinds) for name in names}
    back = {name: fields.back_without(case, [name]) for name in names}
    best = min(names, key=lambda name: (left[name], back[name] or 0))
    grows = back[best]
    changes = "" if not grows else f"{many(grows, 'person comes', 'people come')} back and "
    remain = f"{many(left[best], 'kind')} of watching {'remains' if left[best] == 1 else 'remain'}"
    return f"Leave {best} out: without it {changes}{remain}."
