"""What people outside the team said about a campaign, what came of it, and conditions kept."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from review.events.event import Count, Event, Text, Words

Outside = Literal["customer", "staff", "representative", "other"]
"""Who raises a concern, in a word."""


class ConcernRaised(Event):
    """Somebody whom the campaign concerns said what worries them."""

    kind: Literal["concern_raised"] = "concern_raised"
    revision: Count
    role: Outside
    who: Text | None = None
    on: date = Field(strict=False)
    """The day on which it was said."""
    what: Text


class ConcernAnswered(Event):
    """It was answered, and said what changed because of it."""

    kind: Literal["concern_answered"] = "concern_answered"
    revision: Count
    concern: Count
    """Number of the event by which it was raised."""
    text: Text
    changed: Text | None = None
    """None: nothing changed."""


class DialogueNotSought(Event):
    """Nobody outside the team was asked, and somebody said why."""

    kind: Literal["dialogue_not_sought"] = "dialogue_not_sought"
    revision: Count
    reason: Text


class ConditionMet(Event):
    """A reviewer found a condition kept that no check can count."""

    kind: Literal["condition_met"] = "condition_met"
    revision: Count
    decision: Count
    """Number of the event that decided."""
    condition: Words
    """Its place among the conditions of the decision, from 1."""
    text: Text
    """What shows it."""
