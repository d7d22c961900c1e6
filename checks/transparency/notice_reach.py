"""The notice reached the people on the list.

## Why it matters
A notice on a page nobody was sent to informs nobody, and their data are used all the same.

## How it judges
People on the list who were given the notice in force, or an older version that it says covers the
same, on or before the launch day, of all people on the list. At least `share_clear` of them is
clear, at least `share_watch` needs watching, fewer fail. Somebody whose version or day is not known
counts as not reached. It is a count, so it has no range.

## What to do
Send the notice first, or leave out of this campaign the people who never got it.

## What it cannot see
Shown is not read. A version on record that was never really sent.
"""

from __future__ import annotations

from fractions import Fraction

from checks.case import Case
from checks.conditions import After, All, Among, Condition, FirstOf, Missing, Not
from checks.evidence import Breakdown, Evidence, Rate
from checks.evidence import Part as Share
from checks.finding import Finding, Reason, cannot_tell, clear, fail, watch
from checks.people.permission import ON_THE_LIST
from checks.people.segments import by_segment, count_by_segment
from checks.phrases import people, them, verb
from checks.policy import Part
from checks.registry import Findings, check

SUBJECT = "notice"
IN_FORCE = "the version in force, in time"
OLDER = "an older version that covers it, in time"
LATE = "too late, or on a day that is not known"
OTHER = "another version"
NONE = "none on record"
REACHED = (IN_FORCE, OLDER)


class Limits(Part):
    """Which share of the list the notice must have reached."""

    share_clear: float
    share_watch: float


@check(
    title="The notice reached these people",
    question="Was the notice in force shown to everyone on the list before their data are used?",
    cites=["GDPR 13(1)", "GDPR 13(3)", "GDPR 14(3)", "GDPR 21(4)", "our policy"],
    limits=Limits,
    reads=["targeted", "notice", "segment"],
)
def judge(case: Case) -> Findings:
    """Count the people who were given the notice in time."""
    yield _missing(case) or _judged(case)


def _missing(case: Case) -> Finding | None:
    """What would have to be known, and is not."""
    notice = case.campaign.notice
    gap = None
    if notice is None or notice.version is None:
        gap = (
            "The campaign does not say which version of the notice is in force",
            "notice.version",
        )
    elif not case.audience.has("notice.version"):
        gap = ("Which notice each person was given is not in the files", "people.notice.version")
    if gap is not None:
        return cannot_tell(
            SUBJECT,
            f"{gap[0]}, so nobody can say whom it reached.",
            reason=Reason.COLUMN_MISSING,
            remedy=f"Name it in the campaign file: {gap[1]}.",
        )
    if not case.audience.targeted:
        return cannot_tell(
            SUBJECT,
            "Nobody is on the list, so the notice could reach nobody.",
            reason=Reason.TOO_FEW_PEOPLE,
            remedy="Check which column says who is on the list (people.targeted), and its values.",
        )
    return None


def _judged(case: Case) -> Finding:
    limits, listed = case.limits(Limits), case.audience.targeted
    bins = _bins(case)
    counted = {one.values[0]: one.people for one in case.audience.count(bins, where=ON_THE_LIST)}
    reached = sum(counted.get(one, 0) for one in REACHED)
    left = listed - reached
    evidence = _evidence(case, counted, reached)
    share = Fraction(reached, listed)
    if share >= Fraction(str(limits.share_clear)):
        return clear(SUBJECT, _reached(case, reached, left), *evidence)
    headline = (
        f"{left:,} of {people(listed)} on the list {verb(left, 'was', 'were')} never given "
        f"version {_version(case)} of the notice in time."
    )
    remedy = (
        f"Send {them(left, 'this person')} the notice first, or leave {them(left, 'this person')} "
        f"out: the list becomes {reached:,}."
    )
    say = watch if share >= Fraction(str(limits.share_watch)) else fail
    return say(SUBJECT, headline, *evidence, remedy=remedy)


def _version(case: Case) -> str:
    notice = case.campaign.notice
    return str(notice.version if notice else "")


def _reached(case: Case, reached: int, left: int) -> str:
    most = "All" if not left else f"{reached:,} of"
    listed = case.audience.targeted
    whole = "The one person" if listed == 1 else f"{most} {people(listed)}"
    dated = "" if case.audience.has("notice.given") else " The day was not looked at."
    return (
        f"{whole} on the list {verb(reached, 'was', 'were')} given version {_version(case)} of "
        f"the notice, or one that covers it, in time.{dated}"
    )


def _bins(case: Case) -> FirstOf:
    """Each person by the notice that reached them."""
    notice = case.campaign.notice
    version, covers = _version(case), notice.covers if notice else ()
    in_time = _in_time(case)
    return FirstOf(
        "notice.reach",
        (
            (IN_FORCE, All((Among("notice.version", (version,)), in_time))),
            (OLDER, All((Among("notice.version", covers), in_time))),
            (LATE, Among("notice.version", (version, *covers))),
            (OTHER, Not(Missing("notice.version"))),
        ),
        otherwise=NONE,
    )


def _in_time(case: Case) -> Condition:
    given = "notice.given"
    if not case.audience.has(given):
        return All(())
    return All((Not(Missing(given)), Not(After(given, case.campaign.launch))))


def _evidence(case: Case, counted: dict[str, int], reached: int) -> list[Evidence]:
    listed = case.audience.targeted
    shown: list[Evidence] = [
        Rate(group="given the notice in time", yes=reached, of=listed),
        Breakdown(
            title="The notice that people on the list were given",
            by="notice",
            total=listed,
            parts=tuple(
                Share(name=one, people=counted.get(one, 0))
                for one in (IN_FORCE, OLDER, LATE, OTHER, NONE)
                if one == IN_FORCE or counted.get(one)
            ),
        ),
    ]
    if reached < listed:
        out = All((ON_THE_LIST, Not(_was_reached(case))))
        where = by_segment(case, "Not reached, by segment", count_by_segment(case, out))
        shown += [where] if where else []
    return shown


def _was_reached(case: Case) -> Condition:
    notice = case.campaign.notice
    versions = (_version(case), *(notice.covers if notice else ()))
    return All((Among("notice.version", versions), _in_time(case)))
