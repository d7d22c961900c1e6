"""Conditions of an approval, and whether each is kept, computed from the newest run.

A condition may name a finding and the most pressing verdict that still keeps it; then the newest
run decides, whatever anybody says. One that no check can count is kept when a reviewer found so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from checks.finding import Finding, Verdict
from checks.runs.run import Run
from review.commands.acts import Action, Actor, Decision, told_day

KEEPS = {
    "": (Verdict.CLEAR, Verdict.NOT_APPLICABLE),
    "clear": (Verdict.CLEAR, Verdict.NOT_APPLICABLE),
    "watch": (Verdict.CLEAR, Verdict.NOT_APPLICABLE, Verdict.WATCH),
}
"""The verdicts that keep a condition, by the most pressing one it allows."""
LIMITS = tuple(one for one in KEEPS if one)


class Standing(StrEnum):
    """Whether a condition is kept."""

    KEPT = "kept"
    BROKEN = "not_kept"
    UNKNOWN = "cannot_tell"
    WAITS = "waits"


@dataclass(frozen=True, kw_only=True, slots=True)
class Met:
    """A reviewer's word that a condition is kept, and what shows it."""

    by: Actor
    at: datetime
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """A decision that was taken, with what it asked for."""

    number: int
    """Number of the event that decided."""
    revision: int
    decision: Decision
    at: datetime
    until: date
    """The day on which an approval must be looked at again."""
    conditions: tuple[Action, ...] = ()
    met: Mapping[int, Met] = field(default_factory=dict)
    """By place among the conditions, from 1."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """One condition as it stands now."""

    action: Action
    decision: int
    """Number of the event that decided."""
    place: int
    """Among the conditions of that decision, from 1."""
    revision: int
    standing: Standing
    says: str
    """What the standing rests on, as a sentence."""
    met: Met | None = None

    @property
    def kept(self) -> bool:
        """Whether it no longer holds anything up."""
        return self.standing is Standing.KEPT

    def overdue(self, day: date) -> bool:
        """Whether its day has passed and it is not kept."""
        return not self.kept and self.action.by < day

    def holds_back(self, day: date, launch: date) -> bool:
        """Whether nothing may be sent because of it; one that is due after launch waits its day."""
        due = not self.kept and self.action.by <= launch
        return due or self.standing is Standing.BROKEN or self.overdue(day)


def standing(decided: Decided | None, run: Run | None) -> tuple[Condition, ...]:
    """Every condition of a decision, judged by this run."""
    if decided is None:
        return ()
    return tuple(
        _judged(decided, place, action, run)
        for place, action in enumerate(decided.conditions, start=1)
    )


def _judged(decided: Decided, place: int, action: Action, run: Run | None) -> Condition:
    met = decided.met.get(place)
    how, says = _by_count(action, run) if action.finding else _by_word(action, met)
    return Condition(
        action=action,
        decision=decided.number,
        place=place,
        revision=decided.revision,
        standing=how,
        says=says,
        met=met,
    )


def _by_count(action: Action, run: Run | None) -> tuple[Standing, str]:
    found = _finding(action.finding, run)
    if found is None:
        return Standing.UNKNOWN, "The newest run says nothing about this, so nobody can tell."
    if found.verdict in (Verdict.CANNOT_TELL, Verdict.BROKEN):
        return Standing.UNKNOWN, found.headline
    kept = found.verdict in KEEPS[action.at_most]
    return Standing.KEPT if kept else Standing.BROKEN, found.headline


def _by_word(action: Action, met: Met | None) -> tuple[Standing, str]:
    if met:
        return Standing.KEPT, f"{met.by.name} found it kept: {met.text}"
    return Standing.WAITS, f"No check can count this. It waits until {told_day(action.by)}."


def _finding(key: str, run: Run | None) -> Finding | None:
    found = run.findings if run else ()
    return next((one for one in found if one.key == key), None)


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or the last of a shorter month.

    >>> months_later(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
