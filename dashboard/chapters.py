"""The questions that need a person, chapter by chapter, in the order in which they are settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard import looks, session
from dashboard.points import nearest
from review.checklist import Question
from review.record import Review

LAUNCH = "launch"
"""The name of the first chapter."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chapter:
    """Questions that belong together, those near to people on the list first."""

    name: str
    """`LAUNCH`, or a family."""
    title: str
    questions: tuple[Question, ...]
    waiting: tuple[Question, ...]
    """Those that whoever is here still has to speak to."""

    @property
    def told(self) -> str:
        """How far it has come, in words."""
        count = len(self.questions)
        many = "1 question" if count == 1 else f"{count} questions"
        done = count - len(self.waiting)
        if done == count:
            return f"{many}, {'answered' if count == 1 else 'all answered'}"
        return f"{many}, {done or 'none'} answered" if count > 1 else f"{many}, not answered"

    def place(self, one: Question) -> str:
        """Where a question stands in it."""
        at = [each.id for each in self.questions].index(one.id) + 1
        done = len(self.questions) - len(self.waiting)
        return f"{self.title} · question {at} of {len(self.questions)}, {done or 'none'} answered"


def chapters(review: Review) -> tuple[Chapter, ...]:
    """What stops the launch, then family by family; none is empty."""
    first_of_all = stopping(review)
    asked = sorted(_for_people(review), key=lambda one: (one.asked, *nearest(review, one.id)))
    first = [one for one in asked if one.id in first_of_all]
    parts = [(LAUNCH, "What stops the launch", first)]
    for family, title in looks.FAMILIES.items():
        rest = [one for one in asked if one.family == family and one not in first]
        parts.append((family, title, rest))
    return tuple(
        Chapter(
            name=name,
            title=title,
            questions=tuple(found),
            waiting=tuple(one for one in found if not _spoken(review, one)),
        )
        for name, title, found in parts
        if found
    )


def stopping(review: Review) -> frozenset[str]:
    """The questions about a finding that stops the launch; none about a family as a whole."""
    stops = {one.finding for one in review.obstacles_on(session.today()) if one.finding}
    return frozenset(
        one.id
        for one in review.checklist.questions
        if not one.asked and any(found.key in stops for found in review.informing(one))
    )


def holding(every: Sequence[Chapter], question: str) -> Chapter | None:
    """The chapter that holds a question."""
    return next((one for one in every if question in [each.id for each in one.questions]), None)


def after(every: Sequence[Chapter], question: str) -> Question | None:
    """The next question that waits, behind this one where there is one, else from the start."""
    order = [one for chapter in every for one in chapter.questions]
    waits = {one.id for chapter in every for one in chapter.waiting} - {question}
    at = next((n for n, one in enumerate(order) if one.id == question), -1)
    return next((one for one in (*order[at + 1 :], *order[:at]) if one.id in waits), None)


def before(every: Sequence[Chapter], question: str) -> Question | None:
    """The question in front of this one, answered or not."""
    order = [one for chapter in every for one in chapter.questions]
    at = next((n for n, one in enumerate(order) if one.id == question), 0)
    return order[at - 1] if at else None


def _for_people(review: Review) -> Iterator[Question]:
    """The questions that counting does not settle, and those that a person answered anyway."""
    for one in review.checklist.questions:
        if review.standing(one) or not review.computed(one).settled:
            yield one


def left(every: Sequence[Chapter]) -> tuple[int, int]:
    """How many questions wait, and how many of them are about what stops the launch."""
    stop = next((len(one.waiting) for one in every if one.name == LAUNCH), 0)
    return sum(len(one.waiting) for one in every), stop


def _spoken(review: Review, one: Question) -> bool:
    """Whether it is answered; for the owner's side, whether that side has had its say."""
    if review.standing(one):
        return True
    who = session.actor()
    if who is None or not review.is_inside(who):
        return False
    return any(given.statement and given.current for given in review.answers.get(one.id, ()))
