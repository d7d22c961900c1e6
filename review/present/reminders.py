"""What is due: days that come near or have passed, each as a sentence with whom it waits for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from review.commands.acts import told_day
from review.record import Review, State

SOON = timedelta(days=14)
OPEN = (State.DRAFT, State.IN_REVIEW, State.CHANGES_REQUESTED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminder:
    """One thing that is due."""

    review: str
    name: str
    on: date
    says: str


def due(review: Review, day: date) -> tuple[Reminder, ...]:
    """What is due in a review within two weeks, or overdue; the nearest day first."""
    found = (
        Reminder(review=review.id, name=review.name, on=on, says=says)
        for on, says in _days(review, day)
        if on <= day + SOON
    )
    return tuple(sorted(found, key=lambda one: one.on))


def _days(review: Review, day: date) -> Iterator[tuple[date, str]]:
    state = review.state_on(day)
    if state in OPEN and review.run is not None and review.run.launch >= day:
        yield review.run.launch, f"The launch is on {told_day(review.run.launch)}. {_waits(review)}"
    if not review.state.approved:
        return
    for one in review.conditions:
        if not one.kept:
            act = one.action
            yield act.by, f"Condition of {act.who}, by {told_day(act.by)}: {act.what}."
    for accepted in review.exceptions:
        if accepted.second is not None:
            yield accepted.until, f"An exception ends on {told_day(accepted.until)}."
    if review.decided is not None:
        until = review.decided.until
        word = "ended on" if until < day else "must be looked at again by"
        yield until, f"The approval {word} {told_day(until)}. Reopen the review to decide anew."


def _waits(review: Review) -> str:
    if review.state is State.CHANGES_REQUESTED:
        return f"It waits for {review.owner}: bring the changes."
    left = review.tally[2]
    if left:
        count = "1 question waits" if left == 1 else f"{left} questions wait"
        return f"{count} for a person's answer."
    return "It waits for a decision."
