"""Nobody who said no is on the list.

## Why it matters
A message after a no is what people complain about most, and the right to object is absolute.

## How it judges
Channel by channel: people on the list who are on the do-not-contact list, or who objected,
withdrew or denied for this channel, each counted once. People are recognised by their key or, as
the campaign file says, by email (without case and blanks), phone (as +49301234567) or a hash of
these. More than the policy allows, which is nobody, fails. A status that is neither yes nor no may
hide a refusal, and so may a no to a purpose that the campaign file nowhere names: they need
watching. Where the do-not-contact list or the status is not in the files, or people cannot be
recognised in them, nobody found is not good news, and it says cannot tell. Lag: business days from
the day of a refusal to the day it took effect, weekends left out, other holidays not, against the
days that the law of a person's region gives for the campaign's channels, and against our own; a
table shows both by region and channel. Somebody without a region gets the strictest of the
campaign's regions.

## What to do
Take them off now. No exception is possible here. Then mend the feed that let them through.

## What it cannot see
Other addresses of the same person, addresses that people share, and systems not loaded here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Literal

from checks.campaign import ChannelName
from checks.case import Case
from checks.conditions import All, Condition, FirstOf, Is, Missing, Not
from checks.evidence import Breakdown, Evidence, Part, Rate
from checks.finding import Finding, Reason, cannot_tell, clear, fail, not_applicable, watch
from checks.people.children import in_region
from checks.people.lags import Lags, lags, picture
from checks.people.permission import (
    DENIED,
    OBJECTED,
    ON_THE_LIST,
    SUPPRESSED,
    UNEXPLAINED,
    WITHDRAWN,
    Unseen,
    refused,
    unseen_refusals,
    why_unseen,
)
from checks.people.segments import by_segment
from checks.phrases import many, of_all
from checks.policy import Part as Limited
from checks.registry import Findings, check

STRANGE = "said no to a purpose that is not known here"
REFUSALS = (SUPPRESSED, OBJECTED, WITHDRAWN, DENIED)
HOW = {
    SUPPRESSED: "on the do-not-contact list",
    OBJECTED: "objected to marketing",
    WITHDRAWN: "took the yes back",
    DENIED: "said no when asked",
}
"""Each as a person would say it."""
CALLS = ("sms", "live_call", "recorded_call")
NAME_THE_KEY = "Name the column that tells people apart (people.key)."
BOTH_DAYS = (
    "Record with each refusal its day and the day it took effect (suppression.since, effective)."
)


class Limits(Limited):
    """How many leaks are borne, and how many business days a refusal may take."""

    leaks: int
    lag_us_email: int
    lag_us_calls: int
    lag_canada: int
    lag_california_sharing: int
    lag_watch: int
    holidays: Literal["weekends only"]


@check(
    title="Nobody who said no is on the list",
    question=(
        "Is anyone on the list who refused, withdrew, objected or is suppressed, and how long do "
        "refusals take to work?"
    ),
    cites=[
        "GDPR 21(2)–(3)",
        "CAN-SPAM 15 USC 7704(a)",
        "TCPA 47 CFR 64.1200",
        "CASL 11(3)",
        "11 CCR 7026(f)",
        "our policy",
    ],
    limits=Limits,
    reads=["targeted", "key", "status", "suppression", "segment"],
)
def judge(case: Case) -> Findings:
    """Judge each channel by itself, and then how long refusals take to work."""
    for name in case.campaign.channels:
        yield _judge(case, name)
    if not case.campaign.channels:
        yield _without_channels(case)
    if case.campaign.suppression is not None:
        yield _lag(case)


def _judge(case: Case, name: ChannelName) -> Finding:
    counted = _refusals(case, name)
    people: Counter[str] = Counter()
    segments: Counter[str | None] = Counter()
    for (bin_, segment), count in counted.items():
        people[bin_] += count
        segments[segment] += count if bin_ in REFUSALS else 0
    leaks = sum(people[one] for one in REFUSALS)
    gaps = unseen_refusals(case, name)
    if leaks > case.limits(Limits).leaks:
        return _leaking(case, name, people, segments)
    if people[STRANGE] and not gaps and not people[UNEXPLAINED]:
        return _strange_found(case, name, people[STRANGE])
    return _none_found(case, name, people[UNEXPLAINED], gaps)


def _strange_found(case: Case, name: str, strange: int) -> Finding:
    listed, have = case.audience.targeted, "has" if strange == 1 else "have"
    return watch(
        name,
        f"Nobody is known to have said no, but {strange:,} of {listed:,} people on the "
        f"{_said(name)} list {have} {STRANGE}.",
        _rate(f"{name}: {STRANGE}", strange, listed),
        remedy="Find out what they refused: name it in the campaign file, or take them off.",
    )


def _leaking(
    case: Case, name: str, people: Mapping[str, int], segments: Mapping[str | None, int]
) -> Finding:
    leaks = sum(people[one] for one in REFUSALS)
    listed = case.audience.targeted
    how = Breakdown(
        title="How they said no",
        by="reason",
        total=leaks,
        parts=tuple(Part(name=HOW[one], people=people[one]) for one in REFUSALS if people[one]),
    )
    evidence: list[Evidence] = [_rate(name, leaks, listed), how]
    where = by_segment(case, "Said no and on the list, by segment", segments)
    return fail(
        name,
        f"{leaks:,} of {listed:,} people on the {_said(name)} list said no.",
        *evidence,
        *([where] if where else []),
        remedy=(
            f"Take {_them(leaks)} off: the list becomes {listed - leaks:,}. "
            "Then mend the feed that let them through."
        ),
    )


def _none_found(case: Case, name: str, other: int, gaps: tuple[Unseen, ...]) -> Finding:
    listed = case.audience.targeted
    seen = _rate(name, 0, listed)
    if gaps:
        wanted = "; ".join(gap.what for gap in gaps)
        return cannot_tell(
            name,
            f"Whether anyone on the {_said(name)} list ({listed:,} people) said no cannot be told.",
            *([] if len(gaps) > 1 else [seen]),
            reason=gaps[0].reason,
            remedy=f"Bring what is missing: {wanted}.{_how_to_recognise(gaps)}",
        )
    if other:
        return watch(
            name,
            f"Nobody is known to have said no, but {other:,} of {listed:,} people on the "
            f"{_said(name)} list have a status that is neither yes nor no.",
            _rate(f"{name}: neither yes nor no", other, listed),
            remedy="Say what these words mean (permission: granted, denied, withdrawn, objected).",
        )
    if not listed:
        return cannot_tell(
            name,
            "Nobody is on the list, so no refusal could be looked up.",
            reason=Reason.TOO_FEW_PEOPLE,
            remedy="Check which column says who is on the list (people.targeted), and its values.",
        )
    headline = f"None of {listed:,} people on the {_said(name)} list is known to have said no."
    return clear(name, headline, seen)


def _without_channels(case: Case) -> Finding:
    """Without channels only the do-not-contact list can be looked at."""
    listed = case.audience.targeted
    if case.audience.has("suppressed"):
        where = All((ON_THE_LIST, Is("suppressed", value=True)))
        leaks = case.audience.total(where)
        if leaks > case.limits(Limits).leaks:
            return fail(
                "list",
                f"{leaks:,} of {listed:,} people on the list are on the do-not-contact list.",
                _rate("do-not-contact list", leaks, listed),
                remedy=f"Take {_them(leaks)} off: the list becomes {listed - leaks:,}.",
            )
    return cannot_tell(
        "list",
        "The campaign names no channel, so what people said about one could not be looked up.",
        reason=Reason.COLUMN_MISSING,
        remedy="Name the ways people are reached, with the column of their answers (channels).",
    )


def _refusals(case: Case, name: str) -> dict[tuple[str, str | None], int]:
    """People on the list by how they said no, and by segment; each person once."""
    status = f"{name}.status"
    bins: list[tuple[str, Condition]] = []
    if case.audience.has("suppressed"):
        bins.append((SUPPRESSED, Is("suppressed", value=True)))
    said_apart = refused(case, name)
    if said_apart is not None:
        bins.append((OBJECTED, said_apart))
    if case.audience.has(status):
        bins += [(one, Is(status, one)) for one in (OBJECTED, WITHDRAWN, DENIED)]
        against = All((Not(Missing(status)), Not(Is(status, "granted"))))
        bins.append((UNEXPLAINED, against))
    if case.audience.has(f"{name}.strange_no"):
        bins.append((STRANGE, Is(f"{name}.strange_no", value=True)))
    key = FirstOf(f"{name}.refusal", tuple(bins), otherwise="not said no")
    if not case.audience.has("segment"):
        counts = case.audience.count(key, where=ON_THE_LIST)
        return {(count.values[0], None): count.people for count in counts}
    counts = case.audience.count(key, "segment", where=ON_THE_LIST)
    return {(count.values[0], count.values[1]): count.people for count in counts}


def _lag(case: Case) -> Finding:
    """How many business days refusals took to work."""
    told = case.campaign.suppression
    if not (case.audience.has("suppression.since") and case.audience.has("suppression.effective")):
        named = told is not None and told.beside and None not in (told.since, told.effective)
        reason = why_unseen(case, side=named)
        return cannot_tell(
            "lag",
            "How long a refusal takes to work cannot be told: its two days are not in the files.",
            reason=reason,
            remedy=BOTH_DAYS if reason is Reason.COLUMN_MISSING else NAME_THE_KEY,
        )
    found = lags(case, partial(_given, case))
    if not found.total and not found.unknown:
        return not_applicable("lag", "Nobody in the people file has refused, so nothing was late.")
    if not found.total:
        return cannot_tell(
            "lag",
            f"None of {many(found.unknown, 'refusal')} says both when it was made and when it "
            "took effect.",
            reason=Reason.COLUMN_MISSING,
            remedy=BOTH_DAYS,
        )
    return _judge_lag(case, found)


def _judge_lag(case: Case, found: Lags) -> Finding:
    limits, below = case.limits(Limits), case.policy.small_cells.suppress_below.value
    ours, slow, late = limits.lag_watch, found.over(limits.lag_watch), found.late
    seen = (picture(found, ours, limits.holidays), found.table(ours, below))
    mend = "Mend the feed that carries refusals to the tool that sends; until then hold the launch."
    longest = f"the longest took {many(found.longest, 'business day')}"
    if late:
        over = f"took over {many(min(late), 'business day')}: {longest}."
        headline = f"{of_all(sum(late.values()), found.total, 'refusal')} {over}"
        return fail("lag", headline, *seen, remedy=mend)
    if slow:
        over = f"took over {many(ours, 'business day')}: {longest}."
        return watch("lag", f"{of_all(slow, found.total, 'refusal')} {over}", *seen, remedy=mend)
    if found.unknown:
        return cannot_tell(
            "lag",
            f"Of {many(found.total + found.unknown, 'refusal')}, the day of effect is not known "
            f"for {found.unknown:,}; {longest}.",
            *seen,
            reason=Reason.COLUMN_MISSING,
            remedy=BOTH_DAYS,
        )
    return clear(
        "lag",
        f"{of_all(found.total, found.total, 'refusal')} took effect within "
        f"{many(ours, 'business day')}, weekends left out.",
        *seen,
    )


def _given(case: Case, region: str | None) -> dict[str, int]:
    """The business days that the law gives, by channel; the fewest where a region is not known."""
    regions = case.campaign.regions if region is None else (region,)
    found: dict[str, int] = {}
    for channel, days in (one for place in regions for one in _by_law(case, place)):
        found[channel] = min(days, found.get(channel, days))
    return found


def _by_law(case: Case, region: str) -> Iterator[tuple[str, int]]:
    limits, channels = case.limits(Limits), case.campaign.channels
    if in_region(region, "US") and "email" in channels:
        yield "email", limits.lag_us_email
    if in_region(region, "US"):
        yield from ((_said(one), limits.lag_us_calls) for one in CALLS if one in channels)
    if in_region(region, "CA"):
        yield "every channel", limits.lag_canada
    uses = case.campaign.uses_data_for
    if in_region(region, "US-CA") and uses and (uses.sells or uses.shares_with_ad_platform):
        yield "sale and sharing", limits.lag_california_sharing


def _rate(group: str, yes: int, of: int) -> Rate:
    return Rate(group=group.replace("_", " "), yes=yes, of=of)


def _them(people: int) -> str:
    return "this person" if people == 1 else f"the {people:,}"


def _how_to_recognise(gaps: tuple[Unseen, ...]) -> str:
    cures = [gap.cure for gap in gaps if gap.cure]
    if any(gap.reason is not Reason.COLUMN_MISSING and not gap.cure for gap in gaps):
        cures.append(NAME_THE_KEY)
    return "".join(f" {cure}" for cure in cures)


def _said(name: str) -> str:
    return name.replace("_", " ")
