"""What stands between a review and its approval, by what it asks for and whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from checks.finding import Verdict
from dashboard import cards, looks, session
from dashboard.words import heading, plain
from review.present.nearness import CONCERN, nearness
from review.record import MEND_OR_EXCEPT, Obstacle, Review


@dataclass(frozen=True, kw_only=True, slots=True)
class Points:
    """The obstacles of a review, apart by what would settle them."""

    stops: tuple[Obstacle, ...]
    """Findings that stop the launch, those that concern people most first."""
    against: tuple[Obstacle, ...]
    """Questions that a person answered with *not acceptable*."""
    waiting: tuple[Obstacle, ...]
    """Questions that nobody has answered."""
    notes: tuple[Obstacle, ...]
    """What concerns the review as a whole."""
    talk: tuple[Obstacle, ...]
    """What people outside the team are still owed."""

    @property
    def pressing(self) -> tuple[Obstacle, ...]:
        """Everything but the questions that only wait."""
        return (*self.notes, *self.stops, *self.against, *self.talk)

    @property
    def title(self) -> str:
        """What a heading says about them."""
        if not self.pressing:
            return wait(len(self.waiting))
        if self.pressing == self.stops:
            count = len(self.stops)
            return (
                "1 finding stops the launch" if count == 1 else f"{count} findings stop the launch"
            )
        count = len(self.pressing)
        return "1 point stands in the way" if count == 1 else f"{count} points stand in the way"


def points(review: Review) -> Points:
    """The obstacles of today."""
    found = review.obstacles_on(session.today())
    asked = [one for one in found if one.question and not one.finding]
    answered = [one for one in asked if _answered(review, one)]
    waits = [one for one in asked if one not in answered]
    whole = [one for one in found if not one.question and not one.finding]
    stops = sorted(
        (one for one in found if one.finding), key=lambda one: nearness(review, one.finding or "")
    )
    return Points(
        stops=tuple(stops),
        against=tuple(answered),
        waiting=tuple(sorted(waits, key=lambda one: nearest(review, one.question))),
        notes=tuple(one for one in whole if one.concern is None),
        talk=tuple(one for one in whole if one.concern is not None),
    )


def nearest(review: Review, question: str | None) -> tuple[bool, bool, bool, int, int]:
    """The order of questions: what stops the launch first, then as for findings.

    A question that only a person can say follows those that name the same check.
    """
    asked = next((one for one in review.checklist.questions if one.id == question), None)
    found = review.informing(asked) if asked else ()
    late = asked is not None and asked.asked
    ranks = [(not one.open, late, *nearness(review, one.key)) for one in found]
    return min(ranks, default=(True, late, True, Verdict.ASK.urgency, len(CONCERN)))


def _answered(review: Review, obstacle: Obstacle) -> bool:
    asked = next((one for one in review.checklist.questions if one.id == obstacle.question), None)
    return asked is not None and review.standing(asked) is not None


def wait(count: int) -> str:
    """How many questions wait.

    >>> wait(1), wait(15)
    ('1 question waits for an answer', '15 questions wait for an answer')
    """
    return (
        "1 question waits for an answer" if count == 1 else f"{count} questions wait for an answer"
    )


def sentence(review: Review, obstacle: Obstacle) -> str:
    """An obstacle in a list: the first sentence of its finding, and a way out of its own."""
    finding = review.finding(obstacle.finding) if obstacle.finding else None
    if finding is None:
        return obstacle.sentence
    first, _ = heading(finding.headline)
    way_out = obstacle.sentence.removeprefix(finding.headline).strip()
    return first if way_out == MEND_OR_EXCEPT else f"{first} {way_out}"


def row(review: Review, obstacle: Obstacle) -> None:
    """An obstacle as one line, with the way to it."""
    place = cards.place(review, obstacle)
    if place is None or place.page == "signoff":
        chip = looks.chip(Verdict.ASK)
        st.markdown(f"{chip} {plain(obstacle.sentence)}")
        return
    finding = review.finding(obstacle.finding) if obstacle.finding else None
    verdict = finding.verdict if finding else Verdict.ASK
    told = plain(sentence(review, obstacle))
    if cards.row(verdict, told, f"{obstacle.question} {obstacle.finding}"):
        session.go(place.page, finding=place.point, question=place.question)
