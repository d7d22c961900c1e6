"""Opt-out signals are honoured.

## Why it matters
A browser that says “do not sell or share” speaks for its user, and often has the force of law.

## How it judges
Only where the campaign sells data or shares them with a platform. People on the list whose signal
refuses sale or sharing (Global Privacy Control, or a GPP string that opts out), where they live
under a law that binds to it; people whose region is not known count where the campaign reaches such
a region. More than the policy allows, which is nobody, fails. Consent strings (TCF) that lack a
purpose in use, or that were made since 28 February 2026 without the segment of disclosed vendors,
count likewise. An unknown signal is reported, never read as none. Where California is a region and
nobody leaks through, a person is asked whether the site shows that the signal was honoured.

## What to do
Keep those people out of the upload, and show them that their signal was honoured.

## What it cannot see
Devices that nobody joined to a person. Such a signal refuses sale and sharing, not email.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from checks.case import Case
from checks.conditions import After, All, Among, AnyOf, Condition, Is, Missing, Not
from checks.evidence import Breakdown, Evidence, Rate
from checks.evidence import Part as Share
from checks.finding import Finding, Reason, ask, cannot_tell, clear, fail, not_applicable
from checks.people.children import in_region
from checks.people.permission import ON_THE_LIST
from checks.people.segments import by_segment, count_by_segment
from checks.phrases import listed, of_all, people, them, verb
from checks.policy import Part
from checks.registry import Findings, check

REFUSED, STRINGS = "opt-out signals", "consent strings"
DISCLOSED_SINCE = date(2026, 2, 28)
"""The first day on which a consent string needs the segment of disclosed vendors (TCF v2.3)."""
PURPOSES = {1: "to store on the device", 3: "to make a profile", 4: "to show personal ads"}


class Limits(Part):
    """How many people may slip through, and where signals bind."""

    leaks: int
    regions: tuple[str, ...]


@check(
    title="Opt-out signals are honoured",
    question="Did people's “do not sell or share” reach this audience?",
    cites=[
        "11 CCR 7025",
        "Cal. Civ. Code 1798.120",
        "Cal. Civ. Code 1798.135",
        "state laws on opt-out signals",
        "TCF v2.3",
    ],
    limits=Limits,
    reads=["targeted", "signals", "region", "segment"],
)
def judge(case: Case) -> Findings:
    """Judge refusals by signal, and the consent strings where there are any."""
    stopped = _not_shared(case)
    if stopped:
        yield stopped
        return
    yield _refusals(case)
    if case.audience.has("signals.tcf") and case.audience.targeted:
        yield _strings(case)


def _not_shared(case: Case) -> Finding | None:
    uses = case.campaign.uses_data_for
    stated = (uses.shares_with_ad_platform, uses.sells) if uses else (None, None)
    if True in stated:
        return None
    if None in stated:
        return cannot_tell(
            REFUSED,
            "Whether data are sold, or shared with a platform, was not stated.",
            reason=Reason.COLUMN_MISSING,
            remedy="Say so in the campaign file: uses_data_for, sells, shares_with_ad_platform.",
        )
    return not_applicable(REFUSED, "The campaign neither sells nor shares data, it says.")


def _no_signals(case: Case) -> Finding | None:
    if not case.audience.targeted:
        return not_applicable(REFUSED, "Nobody is on the list, so nobody's signal was passed over.")
    if case.audience.has("signals.gpc") or case.audience.has("signals.gpp"):
        return None
    return cannot_tell(
        REFUSED,
        "Data are sold or shared, and the signals by which people refuse are not in the files.",
        reason=Reason.NO_KEY if _needs_a_key(case) else Reason.COLUMN_MISSING,
        remedy="Bring what browsers recorded for each person: signals, gpc or gpp.",
    )


def _needs_a_key(case: Case) -> bool:
    told = case.campaign.signals
    return told is not None and told.file is not None and not case.audience.has_key


def _refusals(case: Case) -> Finding:
    bound = _bound(case)
    if bound is None:
        where = listed(case.campaign.regions)
        return not_applicable(REFUSED, f"No region of the campaign binds to signals: {where}.")
    if stopped := _no_signals(case):
        return stopped
    saying = AnyOf(tuple(_saying_no(case)))
    leaking = All((ON_THE_LIST, bound, saying))
    leaks, silent = case.audience.total(leaking), case.audience.total(_silent(case, bound))
    there = case.audience.total(All((ON_THE_LIST, bound)))
    if not there:
        return not_applicable(REFUSED, "Nobody on the list lives where such signals bind.")
    evidence = _evidence(case, bound, saying, silent)
    if leaks > case.limits(Limits).leaks:
        parts = by_segment(case, "Refused by signal, by segment", count_by_segment(case, leaking))
        return _leaking(case, leaks, there, (*evidence, *([parts] if parts else ())))
    if silent == there:
        return cannot_tell(
            REFUSED,
            f"For none of {people(there)} on the list who live where signals bind is one known.",
            *evidence,
            reason=Reason.GROUP_UNKNOWN,
            remedy="Bring what browsers sent: not known is not the same as no signal.",
        )
    return _honoured(case, leaks, there, silent, evidence)


def _leaking(case: Case, leaks: int, there: int, evidence: tuple[Evidence, ...]) -> Finding:
    left = case.audience.targeted - leaks
    return fail(
        REFUSED,
        f"{leaks:,} of {people(there)} on the list where signals bind sent “do not sell or share”, "
        "and their data would be.",
        *evidence,
        remedy=(
            f"Keep {them(leaks, 'this person')} out of the upload: it becomes {left:,}. Show on "
            "the site that the signal was honoured."
        ),
    )


def _honoured(
    case: Case, leaks: int, there: int, silent: int, evidence: tuple[Evidence, ...]
) -> Finding:
    also = f" For {silent:,} no signal is known." if silent else ""
    says = (
        f"{leaks or 'None'} of {people(there)} on the list where signals bind sent a refusal.{also}"
    )
    if any(in_region(one, "US-CA") or one == "US" for one in case.campaign.regions):
        return ask(
            REFUSED,
            f"{says} Does the site show in California that a signal was honoured?",
            *evidence,
            remedy="Open the site with the signal switched on, and keep a picture of what it says.",
        )
    return clear(REFUSED, says, *evidence)


def _bound(case: Case) -> Condition | None:
    """Who lives where a law binds to signals, as far as is known; None where nobody can."""
    laws = case.limits(Limits).regions
    reaches = any(_binds(one, laws) for one in case.campaign.regions) or not case.campaign.regions
    if not case.audience.has("region"):
        return All(()) if reaches else None
    found = {count.values[0] for count in case.audience.count("region")} - {None}
    there: Condition = Among("region", tuple(one for one in sorted(found) if _binds(one, laws)))
    return AnyOf((there, Missing("region"))) if reaches else there


def _binds(region: str, laws: tuple[str, ...]) -> bool:
    """Whether a region lies where a law binds, or holds such a place."""
    return any(in_region(region, law) or in_region(law, region) for law in laws)


def _saying_no(case: Case) -> Iterator[Condition]:
    if case.audience.has("signals.gpc"):
        yield Is("signals.gpc", value=True)
    if case.audience.has("signals.gpp"):
        yield Is("signals.gpp", "opted out")


def _silent(case: Case, bound: Condition) -> Condition:
    """People on the list for whom nothing is known of either signal."""
    unknown: list[Condition] = []
    if case.audience.has("signals.gpc"):
        unknown.append(Missing("signals.gpc"))
    if case.audience.has("signals.gpp"):
        unknown.append(AnyOf((Missing("signals.gpp"), Is("signals.gpp", "unreadable"))))
    return All((ON_THE_LIST, bound, *unknown))


def _evidence(case: Case, bound: Condition, saying: Condition, silent: int) -> tuple[Evidence, ...]:
    there = case.audience.total(All((ON_THE_LIST, bound)))
    refused = case.audience.total(All((ON_THE_LIST, bound, saying)))
    return (
        Breakdown(
            title="What signals said for people where they bind",
            by="signal",
            total=there,
            parts=(
                Share(name="do not sell or share", people=refused),
                Share(name="no refusal", people=there - refused - silent),
                Share(name="not known", people=silent),
            ),
        ),
    )


def _strings(case: Case) -> Finding:
    """Consent strings: a purpose that is used and not agreed to, or vendors not disclosed."""
    read = All((ON_THE_LIST, Is("signals.tcf", "read")))
    whole, unreadable = case.audience.total(read), _unreadable(case)
    if not whole:
        return cannot_tell(
            STRINGS,
            f"No consent string of {people(case.audience.targeted)} on the list could be read.",
            reason=Reason.GROUP_UNKNOWN,
            remedy="Bring the strings that the consent tool recorded (signals.tcf).",
        )
    lacking = {words: All((read, one)) for words, one in _lacking(case).items()}
    rates = tuple(
        Rate(group=words, yes=case.audience.total(one), of=whole) for words, one in lacking.items()
    )
    also = f" {unreadable:,} more could not be read." if unreadable else ""
    leaks = case.audience.total(AnyOf(tuple(lacking.values())))
    if leaks > case.limits(Limits).leaks:
        return _short(case, leaks, whole, also, rates)
    every = "The one consent string" if whole == 1 else f"All {whole:,} consent strings"
    carry = verb(whole, "carries", "carry")
    return clear(STRINGS, f"{every} on the list {carry} the purposes in use.{also}", *rates)


def _short(case: Case, leaks: int, whole: int, also: str, rates: tuple[Rate, ...]) -> Finding:
    left = case.audience.targeted - leaks
    strings = of_all(leaks, whole, "consent string")
    return fail(
        STRINGS,
        f"{strings} on the list {verb(leaks, 'does', 'do')} not carry what is done with the data."
        f"{also}",
        *rates,
        remedy=(
            f"Keep {them(leaks, 'this person')} out of the upload: it becomes {left:,}. Ask again "
            "where consent is managed."
        ),
    )


def _unreadable(case: Case) -> int:
    return case.audience.total(All((ON_THE_LIST, Is("signals.tcf", "unreadable"))))


def _lacking(case: Case) -> dict[str, Condition]:
    """What a string may lack for this campaign, in words."""
    uses = case.campaign.uses_data_for
    used = [1]
    if uses and (uses.profiling or uses.model):
        used.append(3)
    if uses and uses.shares_with_ad_platform:
        used.append(4)
    found: dict[str, Condition] = {
        f"no yes {PURPOSES[one]} (purpose {one})": Not(Is(f"signals.tcf_{one}", value=True))
        for one in used
    }
    made_since = After("signals.tcf_made", DISCLOSED_SINCE - timedelta(days=1))
    vendors = Not(Is("signals.tcf_shown", value=True))
    return {
        **found,
        "made since 28 February 2026 without disclosed vendors": All((made_since, vendors)),
    }
