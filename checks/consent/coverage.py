"""Everyone on the list may be contacted.

## Why it matters
A message to somebody who never agreed, or who said no, breaks trust first and the law second.

## How it judges
Channel by channel, everyone on the list goes into the first bin that fits: suppressed (on the
do-not-contact list), objected, no record, denied, word not explained, wrong purpose or channel,
expired, no proof, minor, or may be contacted. Nobody is counted twice and the bins add up to the
list. A yes stands for the months of the policy, the last day included; one dated after launch is
not yet valid and counts as expired. A word that the campaign file does not explain is neither a yes
nor a no, so nobody is contacted on it. A yes without its day counts as without proof. Where the
channel does not rest on consent, the bins are suppressed, objected (any no for this channel), minor
and may be contacted. A minor is somebody known to be under the age of consent where they live; one
to four of them stand in one bin with others who are out. Below the share of the policy the check
fails. It is a count, so it has no range. Where a needed file or column is missing, it never says
clear.

## What to do
Take off the list everyone who may not be contacted, those who said no first. Do not ask them by
the same channel: asking is itself marketing.

## What it cannot see
Whether a yes was free and informed, or withdrawn in a system that is not loaded here. Ages that
are not in the file, and ages people gave themselves.
"""

from __future__ import annotations

from fractions import Fraction

from checks.campaign import Channel, ChannelName
from checks.case import Case
from checks.evidence import Breakdown, Evidence, Part
from checks.finding import Finding, Reason, cannot_tell, clear, fail, watch
from checks.people.permission import (
    BINS,
    UNEXPLAINED,
    Standing,
    Unseen,
    standing_by_segment,
    together,
    unseen,
)
from checks.people.segments import by_segment
from checks.policy import Part as Limited
from checks.registry import Findings, check


class Limits(Limited):
    """How much of the list must be in the last bin."""

    required: float


@check(
    title="Everyone on the list may be contacted",
    question="How many people on the list may we contact, this way, for this reason?",
    cites=[
        "GDPR 6(1)(a)",
        "GDPR 7",
        "ePrivacy Directive 13",
        "UK PECR 22",
        "CASL 6, 10",
        "TCPA 47 CFR 64.1200",
    ],
    shared=("permission", "ages", "small_cells"),
    limits=Limits,
    reads=["targeted", "status", "given", "proof", "wording", "age", "segment"],
)
def judge(case: Case) -> Findings:
    """Judge each channel by itself: a yes to email is no yes to a call."""
    if not case.campaign.channels:
        yield cannot_tell(
            "channels",
            "The campaign names no channel, so nobody's permission could be looked up.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name the ways people are reached, and on what basis (channels).",
        )
    for name in case.campaign.channels:
        yield _judge(case, name)


def _judge(case: Case, name: ChannelName) -> Finding:
    if not case.audience.targeted:
        return cannot_tell(
            name,
            "Nobody is on the list, so there is nobody whose permission could be looked up.",
            reason=Reason.TOO_FEW_PEOPLE,
            remedy="Check which column says who is on the list (people.targeted), and its values.",
        )
    gaps = unseen(case, name)
    if case.campaign.channels[name].basis == "consent" and not case.audience.has(f"{name}.status"):
        return _without(case, name, gaps)
    return _counted(case, name, gaps)


def _without(case: Case, name: ChannelName, gaps: tuple[Unseen, ...]) -> Finding:
    """Consent is claimed and no answer is in the files."""
    reason = next(gap.reason for gap in gaps if gap.what.startswith("what people said"))
    return cannot_tell(
        name,
        f"Whether {case.audience.targeted:,} people on the {_said(name)} list agreed is not in "
        "the files.",
        reason=reason,
        remedy=_bring(gaps),
    )


def _counted(case: Case, name: ChannelName, gaps: tuple[Unseen, ...]) -> Finding:
    channel = case.campaign.channels[name]
    segments = standing_by_segment(case, name)
    whole = together(segments.values(), consent=channel.basis == "consent")
    evidence = _evidence(case, name, segments, whole)
    required = Fraction(str(case.limits(Limits).required))
    if Fraction(whole.may, whole.total) < required:
        return fail(
            name, _out(name, channel, whole, gaps), *evidence, remedy=_take_off(name, whole)
        )
    if gaps:
        return _not_clear(name, whole, gaps, evidence)
    if whole.out:
        return watch(
            name, _out(name, channel, whole, gaps), *evidence, remedy=_take_off(name, whole)
        )
    return clear(name, _everybody(case, name, whole), *evidence)


def _evidence(
    case: Case, name: ChannelName, segments: dict[str | None, Standing], whole: Standing
) -> tuple[Evidence, ...]:
    basis = case.campaign.channels[name].basis.replace("_", " ")
    made: list[Evidence | None] = [
        whole.waterfall(f"Who may be contacted by {_said(name)} ({basis})")
    ]
    if whole.out:
        out = {segment: one.out for segment, one in segments.items()}
        made.append(by_segment(case, "May not be contacted, by segment", out))
        made.extend(_within(whole))
    return tuple(one for one in made if one is not None)


def _within(whole: Standing) -> list[Breakdown]:
    """What is inside those bins that hold more than one kind of people."""
    return [
        Breakdown(
            title=f"What is in “{name}”",
            by="reason",
            total=sum(whole.people.get(one, 0) for one in finer),
            parts=tuple(Part(name=one, people=whole.people.get(one, 0)) for one in finer),
        )
        for name, _, finer in BINS
        if name not in whole.blended and any(whole.people.get(one) for one in finer[1:])
    ]


def _out(name: ChannelName, channel: Channel, whole: Standing, gaps: tuple[Unseen, ...]) -> str:
    said_no, unread = whole.said_no, _unread(whole)
    rest = whole.out - said_no - unread
    have, are = ("has", "is") if rest == 1 else ("have", "are")
    lacking = f"{have} no valid yes" if channel.basis == "consent" else f"{are} too young"
    why = [f"{said_no:,} said no"] if said_no else []
    why += [f"{unread:,} gave an answer that nobody has explained"] if unread else []
    why += [f"{rest:,} {lacking}"] if rest else []
    if channel.basis != "consent" and whole.blended:
        why = ["they said no or are too young"]
    return (
        f"{whole.out:,} of {whole.total:,} people on the {_said(name)} list may not be contacted: "
        f"{', '.join(why)}.{_not_looked_at(gaps)}"
    )


def _unread(whole: Standing) -> int:
    """People whose answer is a word of which nobody has told what it means."""
    return 0 if UNEXPLAINED in whole.blended else whole.people.get(UNEXPLAINED, 0)


def _take_off(name: ChannelName, whole: Standing) -> str:
    if not whole.may and not _unread(whole):
        return f"Leave {_said(name)} out: nobody on the list may be contacted that way."
    them = "this person" if whole.out == 1 else "them"
    off = f"Take {them} off: the {_said(name)} list becomes {whole.may:,}."
    if not _unread(whole):
        return off
    where = f"channels.{name}.permission: granted, denied, withdrawn, objected"
    return f"Say first what the words mean that nobody has explained ({where}). {off}"


def _not_clear(
    name: ChannelName, whole: Standing, gaps: tuple[Unseen, ...], evidence: tuple[Evidence, ...]
) -> Finding:
    found = (
        "nothing speaks" if not whole.out else f"{whole.out:,} drop out, and nothing else speaks"
    )
    return cannot_tell(
        name,
        f"Of {whole.total:,} people on the {_said(name)} list {found} against contact, but not "
        f"everything was there to look at.{_not_looked_at(gaps)}",
        *evidence,
        reason=gaps[0].reason,
        remedy=_bring(gaps),
    )


def _everybody(case: Case, name: ChannelName, whole: Standing) -> str:
    age = "" if case.audience.has("age") else " Age was not looked at: the file has none."
    return f"All {whole.total:,} people on the {_said(name)} list may be contacted.{age}"


def _not_looked_at(gaps: tuple[Unseen, ...]) -> str:
    return f" Not looked at: {'; '.join(gap.what for gap in gaps)}." if gaps else ""


def _bring(gaps: tuple[Unseen, ...]) -> str:
    wanted = "; ".join(gap.what for gap in gaps)
    keyed = any(gap.reason is Reason.NO_KEY and not gap.cure for gap in gaps)
    key = ["Name the column that tells people apart (people.key)."] if keyed else []
    cures = [gap.cure for gap in gaps if gap.cure]
    return " ".join([f"Bring what is missing: {wanted}.", *cures, *key])


def _said(name: ChannelName) -> str:
    return name.replace("_", " ")
