"""Collection points that do not hold.

## Why it matters
A bad form brings many yeses quickly. People find out later, and then they complain and leave.

## How it judges
Channel by channel, where consent is the basis. First: yeses on the list from a box that was ticked
in advance, above the policy's number, fail; yeses that came with another one, for a gift, or from a
source that the campaign calls bought or from a partner need watching. Then, source by source over
the whole file: how many complained, and how many left, within 30 days, against all other sources
together. A source above the upper limit of a funnel around the others (99.8 %, exact binomial),
where at least `expected_min` were expected, needs watching; a rate never fails.

## What to do
Pause the source, and leave its people out until somebody has read its form.

## What it cannot see
Few complaints do not make a consent valid. Sources that were written down wrongly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checks.campaign import ChannelName
from checks.case import Case
from checks.conditions import All, Among, AnyOf, Condition, Is, Missing, Not
from checks.evidence import Evidence, Rate, Table
from checks.fairness.shares import funnel
from checks.finding import Finding, Reason, cannot_tell, clear, fail, not_applicable, watch
from checks.people.agreeing import not_to_see, said, without_channels, yes_on_the_list
from checks.people.segments import by_segment, count_by_segment
from checks.phrases import listed, of_all, people, them, verb
from checks.policy import Part
from checks.registry import Findings, check

SIGNS = {
    "preticked": "from a box ticked in advance",
    "bundled": "given together with another one",
    "incentive": "given for a gift",
}
AFTERWARDS = {"complained": "complained", "opted_out": "left"}
"""What people did within 30 days, as facts of the outcomes."""


class Limits(Part):
    """When a source, or the way in which yeses were collected, is not to be relied on."""

    funnel: float
    expected_min: float
    preticked: int
    bundled_watch: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Lot:
    """The people of one source: how many did something, of how many."""

    source: str
    yes: int
    of: int


@check(
    title="Collection points that do not hold",
    question="Do some sources bring a yes that people did not mean?",
    cites=["GDPR 4(11)", "GDPR 7(2)", "GDPR 7(4)", "CJEU C-673/17", "our policy"],
    limits=Limits,
    reads=["targeted", "status", "outcomes", "segment"],
)
def judge(case: Case) -> Findings:
    """Judge how yeses were collected, and what followed, by source."""
    if not case.campaign.channels:
        yield without_channels()
    for name in case.campaign.channels:
        stopped = not_to_see(case, name)
        if stopped:
            yield stopped
        else:
            yield _collected(case, name)
            yield _followed(case, name)


def _collected(case: Case, name: ChannelName) -> Finding:
    signs, limits = _signs(case, name), case.limits(Limits)
    if not signs:
        return _unseen_forms(name)
    agreed = case.audience.total(yes_on_the_list(name))
    if not agreed:
        return not_applicable(f"{name}: form", f"Nobody on the {said(name)} list has said yes.")
    counted = {words: case.audience.total(one) for words, one in signs.items()}
    rates = tuple(Rate(group=words, yes=n, of=agreed) for words, n in counted.items())
    ticked = counted.get(SIGNS["preticked"], 0)
    if ticked > limits.preticked:
        return _bad_form(case, name, agreed, signs, rates, failing=True)
    weak = case.audience.total(AnyOf(tuple(signs.values())))
    if weak > limits.bundled_watch:
        return _bad_form(case, name, agreed, signs, rates, failing=False)
    if "preticked" not in _known(case, name):
        return cannot_tell(
            f"{name}: form",
            f"Whether boxes were ticked in advance for {people(agreed)} is not in the files.",
            *rates,
            reason=Reason.COLUMN_MISSING,
            remedy=f"Name the column: channels.{name}.permission.preticked.",
        )
    return _good_form(case, name, agreed, rates)


def _unseen_forms(name: ChannelName) -> Finding:
    return cannot_tell(
        f"{name}: form",
        f"How the yeses on the {said(name)} list were collected is not in the files.",
        reason=Reason.COLUMN_MISSING,
        remedy=(
            "Name the columns that tell of ticked boxes, bundles and gifts: "
            f"channels.{name}.permission.preticked, bundled, incentive."
        ),
    )


def _good_form(case: Case, name: ChannelName, agreed: int, rates: tuple[Evidence, ...]) -> Finding:
    silent = case.audience.total(All((yes_on_the_list(name), Missing(f"{name}.preticked"))))
    if silent:
        return cannot_tell(
            f"{name}: form",
            f"For {silent:,} of {agreed:,} yeses on the {said(name)} list nobody knows whether the "
            "box was ticked in advance.",
            *rates,
            reason=Reason.COLUMN_MISSING,
            remedy="Ask whoever made the forms, and complete the column.",
        )
    looked = listed([SIGNS[one] for one in _known(case, name)], between=" or ")
    return clear(
        f"{name}: form", f"None of {agreed:,} yeses on the {said(name)} list is {looked}.", *rates
    )


def _known(case: Case, name: ChannelName) -> list[str]:
    return [one for one in SIGNS if case.audience.has(f"{name}.{one}")]


def _signs(case: Case, name: ChannelName) -> dict[str, Condition]:
    """What speaks against a yes on the list, in words, with the people it is true of."""
    agreed = yes_on_the_list(name)
    found: dict[str, Condition] = {
        SIGNS[one]: All((agreed, Is(f"{name}.{one}", value=True))) for one in _known(case, name)
    }
    bought = _bought(case)
    if bought and case.audience.has(f"{name}.source"):
        found["from a bought list or a partner"] = All((agreed, Among(f"{name}.source", bought)))
    return found


def _bought(case: Case) -> tuple[str, ...]:
    """Sources that the campaign itself calls bought, or those of a partner."""
    return tuple(
        one.source
        for one in case.campaign.fields or ()
        if one.source and one.source_kind in ("bought", "partner")
    )


def _bad_form(
    case: Case,
    name: ChannelName,
    agreed: int,
    signs: dict[str, Condition],
    rates: tuple[Evidence, ...],
    *,
    failing: bool,
) -> Finding:
    weak = AnyOf(tuple(signs.values()))
    bad = signs[SIGNS["preticked"]] if failing else weak
    doubted, count = case.audience.total(weak), case.audience.total(bad)
    told = [f"{n:,} {words}" for words, one in signs.items() if (n := case.audience.total(one))]
    where = by_segment(case, "Such yeses, by segment", count_by_segment(case, bad))
    becomes = case.audience.targeted - count
    say = fail if failing else watch
    return say(
        f"{name}: form",
        f"{of_all(doubted, agreed, 'yes', 'yeses')} on the {said(name)} list "
        f"{verb(doubted, 'was', 'were')} perhaps not meant: {', '.join(told)}.",
        *rates,
        *([where] if where else []),
        remedy=(
            f"Leave out the {people(count)} whose yes was {_how(signs, failing=failing)}: the list "
            f"becomes {becomes:,}. Ask them again with an open form."
        ),
    )


def _how(signs: dict[str, Condition], *, failing: bool) -> str:
    return SIGNS["preticked"] if failing else listed(list(signs), between=" or ")


def _followed(case: Case, name: ChannelName) -> Finding:
    subject = f"{name}: afterwards"
    known = [one for one in AFTERWARDS if case.audience.has(f"outcomes.{one}")]
    if not known or not case.audience.has(f"{name}.source"):
        lacks = "Who complained or left" if not known else "Where each yes was collected"
        return cannot_tell(
            subject,
            f"{lacks} is not in the files, so sources cannot be held against each other.",
            reason=Reason.COLUMN_MISSING,
            remedy=(
                "Bring what followed within 30 days (outcomes) and the source of each yes "
                f"(channels.{name}.permission.source)."
            ),
        )
    lots = {one: _lots(case, name, one) for one in known}
    sources = {lot.source for found in lots.values() for lot in found}
    if len(sources) < 2:
        return not_applicable(
            subject, f"There {verb(len(sources), 'is', 'are')} fewer than 2 sources to compare."
        )
    return _compared(case, name, lots)


def _lots(case: Case, name: ChannelName, fact: str) -> list[Lot]:
    """By source, the people of whom it is known whether they did something, and how many did."""
    source, did = f"{name}.source", f"outcomes.{fact}"
    where = All((Not(Missing(source)), Not(Missing(did))))
    counts: dict[str, list[int]] = {}
    for count in case.audience.count(source, did, where=where):
        word, happened = count.values
        held = counts.setdefault(word, [0, 0])
        held[0] += count.people if happened else 0
        held[1] += count.people
    return [Lot(source=word, yes=yes, of=of) for word, (yes, of) in counts.items()]


def _compared(case: Case, name: ChannelName, lots: dict[str, list[Lot]]) -> Finding:
    subject = f"{name}: afterwards"
    table = _table(case, lots)
    loud = list(_loud(case, lots))
    if loud:
        sources = sorted({lot.source for _, lot, _ in loud})
        return watch(
            subject,
            " ".join(_worse(fact, lot, others) for fact, lot, others in loud[:3]),
            table,
            remedy=_pause(case, name, sources),
        )
    if not any(_judged(case, lot, found) for found in lots.values() for lot in found):
        return cannot_tell(
            subject,
            "Too few people complained or left to hold any source against the others.",
            table,
            reason=Reason.TOO_FEW_PEOPLE,
            remedy="Pool the outcomes of earlier campaigns to the same people.",
        )
    count = len({lot.source for found in lots.values() for lot in found})
    return clear(
        subject, f"None of {count:,} sources stands out by complaints or departures.", table
    )


def _pause(case: Case, name: ChannelName, sources: list[str]) -> str:
    there = All((yes_on_the_list(name), Among(f"{name}.source", tuple(sources))))
    out = case.audience.total(there)
    return (
        f"Pause {listed(sources)}, and leave {them(out, 'its one person')} out until the form was "
        f"read: the list loses {people(out)} and becomes {case.audience.targeted - out:,}."
    )


def _others(lot: Lot, found: list[Lot]) -> Lot:
    """All other sources together."""
    rest = [one for one in found if one is not lot]
    return Lot(source="others", yes=sum(o.yes for o in rest), of=sum(o.of for o in rest))


def _judged(case: Case, lot: Lot, found: list[Lot]) -> bool:
    """Whether enough were expected of this source for a judgement."""
    others = _others(lot, found)
    least = case.limits(Limits).expected_min
    return bool(others.of) and lot.of * others.yes >= least * others.of


def _loud(case: Case, lots: dict[str, list[Lot]]) -> Iterator[tuple[str, Lot, Lot]]:
    """Every source above the limit of its funnel: what its people did, and the others."""
    for fact, found in lots.items():
        for lot in found:
            others = _others(lot, found)
            share = others.yes / others.of if others.of else 0.0
            if _judged(case, lot, found):
                _, most = funnel(lot.of, share, case.limits(Limits).funnel)
                if lot.yes > most:
                    yield fact, lot, others


def _worse(fact: str, lot: Lot, others: Lot) -> str:
    return (
        f"{lot.source}: {lot.yes:,} of {people(lot.of)} {AFTERWARDS[fact]} within 30 days, of the "
        f"others {others.yes:,} of {others.of:,}."
    )


def _table(case: Case, lots: dict[str, list[Lot]]) -> Table:
    rows = [
        (
            lot.source,
            AFTERWARDS[fact],
            lot.yes,
            lot.of,
            "yes" if _judged(case, lot, found) else "too few expected",
        )
        for fact, found in lots.items()
        for lot in found
    ]
    return Table(
        title="What followed within 30 days, by source",
        columns=("source", "what people did", "how many", "of how many", "judged"),
        rows=tuple(rows),
    )
