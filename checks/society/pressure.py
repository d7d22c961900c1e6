"""Nobody is contacted too often.

## Why it matters
Each team sends little; together they may send a lot, and people leave or stop reading.

## How it judges
For each person on the list: the contacts of the 7 or 30 days up to launch, all campaigns together,
plus what this campaign adds, against a cap of our policy for emails, for texts and push, and for
all channels. The share of the list over a cap needs watching above one limit, and fails above a
higher one. Where somebody's earlier contacts are not known, and could change the answer from clear,
it cannot tell; a contact without a readable day, or on an unknown channel, makes them not known. A
file of contacts that holds none of the last 30 days for anybody in the people file tells nothing. A
cap on a channel that the campaign does not use does not apply.

## What to do
Leave those people out this week, or send them less from the other campaigns.

## What it cannot see
Contacts made with tools that are not loaded, and how each message was felt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from checks.campaign import ChannelName
from checks.case import Case
from checks.conditions import All, AtLeast
from checks.evidence import Bin, Distribution, Evidence, Line, Rate
from checks.finding import Finding, Reason, Verdict, cannot_tell, clear, fail, not_applicable, watch
from checks.people.permission import ON_THE_LIST, why_unseen
from checks.people.segments import by_segment
from checks.policy import Part as Limited
from checks.registry import Findings, check

LONGEST = 40
"""Bars drawn one by one; whoever is contacted more often stands in the last."""


class Limits(Limited):
    """The caps, and how much of the list may be over one."""

    email_7d: int
    text_push_7d: int
    total_30d: int
    over_watch: float
    over_fail: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Cap:
    """So many contacts in so many days."""

    subject: str
    fact: str
    what: str
    days: int
    channels: tuple[ChannelName, ...]
    """What this campaign adds counts if it is sent on one of these; none named: on any."""
    most: int


@check(
    title="Nobody is contacted too often",
    question="How often is each person contacted, all campaigns together?",
    cites=["UCPD annex I no 26", "our policy"],
    limits=Limits,
    reads=["targeted", "contacts", "segment"],
)
def judge(case: Case) -> Findings:
    """Judge each cap by itself."""
    for cap in _caps(case.limits(Limits)):
        yield _judge(case, cap)


def _caps(limits: Limits) -> tuple[Cap, ...]:
    return (
        Cap(
            subject="email in 7 days",
            fact="contacts.email_7d",
            what="emails",
            days=7,
            channels=("email",),
            most=limits.email_7d,
        ),
        Cap(
            subject="texts and push in 7 days",
            fact="contacts.text_push_7d",
            what="texts and push messages",
            days=7,
            channels=("sms", "push"),
            most=limits.text_push_7d,
        ),
        Cap(
            subject="all channels in 30 days",
            fact="contacts.total_30d",
            what="contacts",
            days=30,
            channels=(),
            most=limits.total_30d,
        ),
    )


def _judge(case: Case, cap: Cap) -> Finding:
    channels = case.campaign.channels
    if not channels:
        return cannot_tell(
            cap.subject,
            f"How many {cap.what} this campaign adds cannot be told: it names no channel.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name the ways people are reached, and how often (channels, touches).",
        )
    if cap.channels and not set(cap.channels) & set(channels):
        what = cap.what.replace(" and ", " or ")
        return not_applicable(cap.subject, f"This campaign sends no {what}.")
    if not case.audience.has(cap.fact):
        return _no_contacts(case, cap)
    if not case.audience.targeted:
        return cannot_tell(
            cap.subject,
            "Nobody is on the list, so nobody's contacts could be counted.",
            reason=Reason.TOO_FEW_PEOPLE,
            remedy="Check which column says who is on the list (people.targeted), and its values.",
        )
    if rows := _beside_the_point(case):
        return _stale(case, cap, rows)
    return _counted(case, cap)


def _beside_the_point(case: Case) -> int:
    """Rows of a contacts file that tells of no contact of the last 30 days; 0 if it does."""
    if "contacts" not in case.audience.unmatched or not case.audience.has("contacts.total_30d"):
        return 0
    found = {count.values[0] for count in case.audience.count("contacts.total_30d")}
    rows: int = case.audience.intake["tables"]["contacts"]["rows"]
    return rows if found == {0} else 0


def _stale(case: Case, cap: Cap, rows: int) -> Finding:
    strangers = case.audience.unmatched["contacts"] == rows
    what = (
        "belongs to anybody in the people file"
        if strangers
        else "falls into the 30 days before launch"
    )
    return cannot_tell(
        cap.subject,
        f"None of {rows:,} contacts in the file {what}, so nobody's {cap.what} could be counted.",
        reason=Reason.NO_KEY if strangers else Reason.STALE,
        remedy="See whether the keys are written alike in both files."
        if strangers
        else f"Bring the contacts of all campaigns of the last {cap.days} days (contacts).",
    )


def _no_contacts(case: Case, cap: Cap) -> Finding:
    contacts = case.campaign.contacts
    reason = why_unseen(case, side=contacts is not None and contacts.beside)
    return cannot_tell(
        cap.subject,
        f"How many {cap.what} people got in the last {cap.days} days is not in the files.",
        reason=reason,
        remedy=(
            f"Bring the contacts of all campaigns of the last {cap.days} days (contacts)."
            if reason is Reason.COLUMN_MISSING
            else "Name the column that tells people apart (people.key)."
        ),
    )


def _counted(case: Case, cap: Cap) -> Finding:
    listed, limits = case.audience.targeted, case.limits(Limits)
    before = _before(case, cap)
    over = _over(case, cap)
    unknown = before.pop(None, 0)
    many = sum(over.values())
    verdict = _verdict(many, listed, limits)
    contacts = {known + _touches(case, cap): n for known, n in before.items() if known is not None}
    evidence = _evidence(case, cap, contacts, over)
    if verdict is Verdict.CLEAR and _verdict(many + unknown, listed, limits) is not verdict:
        return _not_known(cap, unknown, listed, evidence)
    also = f" The contacts of {unknown:,} are not known." if unknown else ""
    most = f", the most {max(contacts)}" if contacts and many else ""
    headline = (
        f"{many:,} of {listed:,} people would get over {cap.most} {cap.what} "
        f"in {cap.days} days{most}.{also}"
    )
    if verdict is Verdict.CLEAR:
        return clear(cap.subject, headline, *evidence)
    say = fail if verdict is Verdict.FAIL else watch
    remedy = f"Leave them out this time: the list becomes {listed - many:,}."
    if many == listed:
        remedy = "Send less, or wait: everybody on the list would be over this limit."
    return say(cap.subject, headline, *evidence, remedy=remedy)


def _not_known(cap: Cap, unknown: int, listed: int, evidence: tuple[Evidence, ...]) -> Finding:
    return cannot_tell(
        cap.subject,
        f"How many {cap.what} {unknown:,} of {listed:,} people on the list got is not known.",
        *evidence,
        reason=Reason.GROUP_UNKNOWN,
        remedy=f"Bring their contacts of the last {cap.days} days, or leave them out this time.",
    )


def _verdict(over: int, listed: int, limits: Limits) -> Verdict:
    share = Fraction(over, listed)
    if share > Fraction(str(limits.over_fail)):
        return Verdict.FAIL
    return Verdict.WATCH if share > Fraction(str(limits.over_watch)) else Verdict.CLEAR


def _touches(case: Case, cap: Cap) -> int:
    """How many contacts this campaign adds."""
    chosen = case.campaign.channels.items()
    return sum(one.touches for name, one in chosen if not cap.channels or name in cap.channels)


def _before(case: Case, cap: Cap) -> dict[int | None, int]:
    """People on the list by their contacts up to launch."""
    counts = case.audience.count(cap.fact, where=ON_THE_LIST)
    return {count.values[0]: count.people for count in counts}


def _over(case: Case, cap: Cap) -> dict[str | None, int]:
    """People on the list who would be over the cap, by segment."""
    room = cap.most - _touches(case, cap)
    where = ON_THE_LIST if room < 0 else All((ON_THE_LIST, AtLeast(cap.fact, room + 1)))
    if not case.audience.has("segment"):
        return {None: case.audience.total(where)}
    return {one.values[0]: one.people for one in case.audience.count("segment", where=where)}


def _evidence(
    case: Case, cap: Cap, contacts: Mapping[int, int], over: Mapping[str | None, int]
) -> tuple[Evidence, ...]:
    many, listed = sum(over.values()), case.audience.targeted
    group = f"over {cap.most} {cap.what} in {cap.days} days"
    made: list[Evidence] = [Rate(group=group, yes=many, of=listed)]
    if contacts:
        made.append(_picture(cap, contacts))
    where = by_segment(case, f"{group[0].upper()}{group[1:]}, by segment", over) if many else None
    return (*made, *([where] if where else []))


def _picture(cap: Cap, contacts: Mapping[int, int]) -> Distribution:
    most = max(contacts)
    drawn = Counter[int]()
    for number, count in contacts.items():
        drawn[min(number, LONGEST)] += count
    last = max(drawn)
    return Distribution(
        title=f"{cap.what[0].upper()}{cap.what[1:]} in {cap.days} days, with this campaign",
        unit=cap.what,
        bins=tuple(
            Bin(low=n, high=n + 1 if n < last else most + 1, people=drawn[n])
            for n in range(min(drawn), last + 1)
        ),
        lines=(Line(at=cap.most + 1, name=f"over the limit of {cap.most} from here"),),
        says=(
            f"Half the people get at most {_reached(contacts, Fraction(1, 2))}, 95 in 100 at most "
            f"{_reached(contacts, Fraction(95, 100))}; the most is {most}."
        ),
    )


def _reached(contacts: Mapping[int, int], share: Fraction) -> int:
    """The smallest number that this share of people does not exceed."""
    wanted, so_far = share * sum(contacts.values()), 0
    for number in sorted(contacts):
        so_far += contacts[number]
        if so_far >= wanted:
            return number
    raise ValueError("a share of nobody")
