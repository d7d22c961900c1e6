"""What a committee decides from: two pages of a pre-read at most, and all else behind them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import accumulate

from checks.finding import Finding, Verdict
from checks.phrases import spoken
from checks.runs.run import Run
from review.document.findings import place_of
from review.document.minutes import member
from review.document.wording import FAMILY_WORDS, WORDS, Page, plural
from review.present.committee import AGREE
from review.present.nearness import nearness
from review.record import MEND_OR_EXCEPT, Obstacle, Review, Role, told_day

LINES = 46
"""For the points that stop the launch, so that two pages hold them and all that comes after."""
FOUND, REMEDY = (190, 52), (150, 46)
"""Letters that are shown of each at most, and how many stand in a line."""


def brief(review: Review, run: Run) -> Page:
    """The decision asked, what stops it, what else is open, and who decides."""
    stops = sorted(_stopping(review), key=lambda one: nearness(review, one.key))
    barred = sum(1 for one in stops if _barred(review, one))
    shown = _fitting(stops)
    return {
        "asks": _asks(run),
        "answer": _answer(len(stops), barred),
        "stops": [_point(review, one) for one in shown],
        "more": len(stops) - len(shown),
        "besides": [one.sentence for one in _besides(review)],
        "families": list(_families(review, run, stops)),
        "needs": _needs(review),
        "members": [member(one) for one in review.committee.members],
        "outside": _outside(review),
    }


def _fitting(stops: list[Finding]) -> list[Finding]:
    """The first of them, as far as the two pages reach; the others stand with their findings."""
    filled = accumulate(
        max(_lines(spoken(one.headline), *FOUND), _lines(spoken(one.remedy), *REMEDY))
        for one in stops
    )
    return [one for one, lines in zip(stops, filled, strict=True) if lines <= LINES]


def _lines(words: str, most: int, wide: int) -> int:
    return math.ceil(min(len(words), most) / wide) or 1


def _asks(run: Run) -> str:
    on, of = run.people.targeted, run.people.people
    by = f", by {' and '.join(one.replace('_', ' ') for one in run.channels)}"
    return (
        f"May this campaign go to {on:,} of {of:,} people on {told_day(run.launch)}"
        f"{by if run.channels else ''}?"
    )


def _answer(stops: int, barred: int) -> str:
    """What is possible today, with the number that stands in the way."""
    if not stops:
        return "Nothing that was counted stops the launch."
    points = plural(stops, "point stops", "points stop")
    law = f" For {barred:,} of them the policy allows none." if barred else ""
    return (
        f"It cannot be approved yet: {points} the launch. Each has to be mended, or accepted as an "
        f"exception by a second person.{law}"
    )


def _stopping(review: Review) -> list[Finding]:
    keys = dict.fromkeys(one.finding for one in review.obstacles if one.finding)
    return [found for key in keys if (found := review.finding(key)) is not None]


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[:most].rstrip()} …"


def _barred(review: Review, finding: Finding) -> bool:
    return finding.verdict is Verdict.FAIL and review.beyond_exception(finding)


def _point(review: Review, finding: Finding) -> Page:
    return {
        "verdict": finding.verdict.value,
        "word": WORDS[finding.verdict][0],
        "headline": _cut(spoken(finding.headline), FOUND[0]),
        "remedy": _cut(spoken(finding.remedy), REMEDY[0]),
        "barred": _barred(review, finding),
    }


def _besides(review: Review) -> list[Obstacle]:
    """What stands in the way and is no finding and no question: a concern, an input that moved."""
    return [
        one
        for one in review.obstacles
        if one.finding is None and one.question is None and one.sentence != MEND_OR_EXCEPT
    ]


def _families(review: Review, run: Run, stops: list[Finding]) -> Iterator[list[str]]:
    """For each family what stops the launch, what else is not clear, and which questions wait."""
    checks = {one.check for one in run.findings}
    stopping = {one.check for one in stops}
    other = {
        one.check
        for one in run.findings
        if one.verdict not in (Verdict.CLEAR, Verdict.NOT_APPLICABLE)
    } - stopping
    asked = review.checklist.questions
    waits = [one for one in asked if review.standing(one) is None]
    waits = [one for one in waits if not review.computed(one).settled]
    names = {one.partition(".")[0] for one in checks} | {one.family for one in asked}
    for family in sorted(names, key=place_of):
        counted = (
            sum(1 for one in stopping if one.startswith(f"{family}.")),
            sum(1 for one in other if one.startswith(f"{family}.")),
            sum(1 for one in waits if one.family == family),
        )
        yield [FAMILY_WORDS.get(family, family.capitalize()), *(f"{n:,}" for n in counted)]


def _needs(review: Review) -> str:
    """How many decide, in which seats, and by which part of the votes."""
    needs = review.committee.needs
    who = "One person decides" if needs.quorum == 1 else f"{needs.quorum} members are needed"
    seats = [Role(seat).told for seat in needs.seats]
    named = " and ".join(part for part in (", ".join(seats[:-1]), *seats[-1:]) if part)
    among = f", {named} among them" if named else ""
    must = f"; {AGREE[needs.agree]} of those who vote must approve" if needs.quorum > 1 else ""
    return f"{who}{among}{must}. {'' if review.committee.members else 'Nobody sits yet.'}".strip()


def _outside(review: Review) -> str:
    told = review.dialogue
    if told.concerns:
        heard = plural(len(told.concerns), "person", "people")
        waits = sum(1 for one in told.concerns if not one.answer)
        answered = "each was answered" if not waits else f"{waits:,} not answered yet"
        return f"{heard} outside the team spoke; {answered}."
    if told.not_sought:
        return f"Nobody outside the team was asked, because: {told.not_sought}"
    return ""  # then it stands in the way, and is said there
