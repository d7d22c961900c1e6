"""What happens in a committee: seats, conflicts, sealed answers, and the one ballot."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from review.events.event import (
    Capacity,
    Count,
    Event,
    Hash,
    Part,
    Person,
    Promise,
    Stated,
    Text,
    Who,
    Words,
)

Said = Literal[
    "acceptable", "acceptable_with_action", "not_acceptable", "does_not_apply", "abstain"
]
Chosen = Literal["approve", "approve_with_conditions", "request_changes", "reject", "abstain"]
Number = Annotated[int, Field(ge=1)]


class MemberSeated(Event):
    """Somebody took a seat in the committee, or was given one."""

    kind: Literal["member_seated"] = "member_seated"
    revision: Count
    member: Who
    seat: Capacity
    instead_of: Person | None = None
    """Whose place it is, where somebody left it."""


class MemberUnseated(Event):
    """A member left the committee."""

    kind: Literal["member_unseated"] = "member_unseated"
    revision: Count
    member: Person
    reason: Text


class ConflictDeclared(Event):
    """A member is here and said whether anything ties them to this campaign."""

    kind: Literal["conflict_declared"] = "conflict_declared"
    revision: Count
    conflict: Text | None = None
    """What ties them; None: nothing does."""


class Recused(Event):
    """A member gave up their vote on this campaign."""

    kind: Literal["recused"] = "recused"
    revision: Count
    reason: Text


class Presented(Event):
    """Who brought the campaign presented it, and left the room."""

    kind: Literal["presented"] = "presented"
    revision: Count
    text: Text | None = None


class PointPut(Event):
    """The chair put a question to the committee."""

    kind: Literal["point_put"] = "point_put"
    revision: Count
    question: Words
    round: Number
    asks: Hash
    rests_on: tuple[Hash, ...]


class AnswerSealed(Event):
    """A member answered the point; nobody can read it before the seals are opened."""

    kind: Literal["answer_sealed"] = "answer_sealed"
    revision: Count
    question: Words
    round: Number
    sealed: Text
    """The answer as canonical JSON, salted."""
    seen: Hash


class SealedAnswer(Part):
    """One member's answer, as it lay under the seal or was spoken."""

    person: Person
    answer: Said
    reason: Text | None = None
    action: Promise | None = None


class AnswerSpoken(Event):
    """The chair wrote down what a member said aloud, after the seals were open."""

    kind: Literal["answer_spoken"] = "answer_spoken"
    revision: Count
    question: Words
    round: Number
    spoken: SealedAnswer


class SealsOpened(Event):
    """The answers to a point were opened, all at once."""

    kind: Literal["seals_opened"] = "seals_opened"
    revision: Count
    question: Words
    round: Number
    answers: tuple[SealedAnswer, ...]
    early: Text | None = None
    """Why the chair did not wait for all."""


class PointSettled(Event):
    """A point was settled: all agreed, or the chair recorded what most of them said."""

    kind: Literal["point_settled"] = "point_settled"
    revision: Count
    question: Words
    round: Number
    answer: Literal["acceptable", "acceptable_with_action", "not_acceptable", "does_not_apply"]
    all_agreed: bool
    reason: Text | None = None


class BallotOpened(Event):
    """The formal ballot on the campaign began."""

    kind: Literal["ballot_opened"] = "ballot_opened"
    revision: Count
    fingerprint: Hash
    findings: Hash
    quorum: Count
    may_vote: tuple[Person, ...]


class BallotCast(Event):
    """A member voted; nobody can read it before the ballot is closed."""

    kind: Literal["ballot_cast"] = "ballot_cast"
    revision: Count
    ballot: Count
    """Number of the event that opened it."""
    sealed: Text
    """The vote as canonical JSON, salted."""
    seen: Hash


class Vote(Part):
    """One member's vote, as it lay under the seal."""

    person: Person
    cast: Count
    """Number of the event by which it was cast."""
    decision: Chosen
    grounds: Text
    conditions: tuple[Promise, ...] = ()
    statement: Stated


class BallotClosed(Event):
    """The votes were opened, all at once, and counted by the rule of the policy."""

    kind: Literal["ballot_closed"] = "ballot_closed"
    revision: Count
    ballot: Count
    votes: tuple[Vote, ...]
    decision: Literal["approve", "approve_with_conditions", "request_changes", "reject", "none"]
    agree: Words
    """Which rule counted."""
    conditions: tuple[Promise, ...] = ()
    """All that those who approved asked for."""
    until: date | None = Field(default=None, strict=False)
    """The day on which an approval must be looked at again."""
    early: Text | None = None
    computed: Count
    answered: Count
    open: Count


class Attested(Event):
    """The chair stood behind the way in which the decision was taken."""

    kind: Literal["attested"] = "attested"
    revision: Count
    ballot: Count
    statement: Stated


class Dissented(Event):
    """A member put on record, in their words, that they do not agree."""

    kind: Literal["dissented"] = "dissented"
    revision: Count
    ballot: Count
    text: Text
    statement: Stated
