"""What people do in a review: the words for it, and what is kept of each act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from review.canonical import same_name
from review.names import alike

ERASED = "(erased)"
"""What stands where words were erased."""
NOBODY_YET = "somebody at this computer"
"""The name under what happens before anybody has said one: it judges nothing and bars nobody."""


class State(StrEnum):
    """Where a review stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    APPROVED_WITH_CONDITIONS = "approved_with_conditions"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"

    @property
    def decided(self) -> bool:
        """Whether it must be reopened before anything more is judged."""
        return self not in (State.DRAFT, State.IN_REVIEW)

    @property
    def approved(self) -> bool:
        """Whether the campaign may go out, with conditions or without."""
        return self in (State.APPROVED, State.APPROVED_WITH_CONDITIONS)


class Answer(StrEnum):
    """The four answers, always the same."""

    ACCEPTABLE = "acceptable"
    WITH_ACTION = "acceptable_with_action"
    NOT_ACCEPTABLE = "not_acceptable"
    DOES_NOT_APPLY = "does_not_apply"


class Decision(StrEnum):
    """What a signer decides about the campaign."""

    APPROVE = "approve"
    APPROVE_WITH_CONDITIONS = "approve_with_conditions"
    REQUEST_CHANGES = "request_changes"
    REJECT = "reject"

    @property
    def approves(self) -> bool:
        """Whether it lets the campaign go out."""
        return self in (Decision.APPROVE, Decision.APPROVE_WITH_CONDITIONS)


class Role(StrEnum):
    """In which capacity somebody acts; the statements of a signature hang on it."""

    OWNER = "owner"
    PREPARER = "preparer"
    PRIVACY = "privacy"
    LEGAL = "legal"
    ETHICS = "ethics"
    CUSTOMER_VOICE = "customer_voice"
    CHAIR = "chair"

    @property
    def inside(self) -> bool:
        """Whether it brings the campaign rather than judges it."""
        return self in (Role.OWNER, Role.PREPARER)

    @property
    def told(self) -> str:
        """The role in words."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Who does something: what the person typed; not verified until sign-in comes."""

    name: str
    role: Role
    issuer: str = "typed"
    verified: bool = False
    person: str = field(default="", compare=False)
    """Random id within one review; filled in when the record is read."""

    @property
    def unnamed(self) -> bool:
        """Whether nobody had said a name yet."""
        return same_name(self.name) == NOBODY_YET

    def is_same(self, other: Actor) -> bool:
        """Whether both are one person, as far as names tell."""
        if self.person and other.person:
            return self.person == other.person
        return same_name(self.name) == same_name(other.name)

    def may_be(self, other: Actor) -> bool:
        """Whether both may be one person: the same, or with a name written another way.

        Where somebody else is needed, a doubt counts against.
        """
        return self.is_same(other) or alike(self.name, other.name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """What was asked for with an answer: what, who, by when. It becomes a condition."""

    what: str
    who: str
    by: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """One answer of one person to one question."""

    question: str
    answer: Answer
    reason: str
    action: Action | None
    by: Actor
    at: datetime
    number: int
    """Number of the event in the review's chain."""
    rests_on: tuple[str, ...]
    """Digests of the findings the question is informed by, as they were."""
    current: bool
    """Whether those findings are still the same."""
    statement: bool
    """The owner's (or preparer's) word: shown, settles nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Computed:
    """What Candor counted about a question; shown beside, never selected for a person."""

    answer: Answer | None
    """acceptable: all informing findings clear or not applicable; not_acceptable: one fails;
    None: only a person can say."""
    settled: bool
    """Nobody needs to be asked: all informing findings are clear or do not apply."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Accepted:
    """A failure or gap that was accepted, and by which second person."""

    finding: str
    """``check/subject``."""
    reason: str
    until: date
    by: Actor
    second: Actor | None
    at: datetime
    number: int = 0
    """Number of the event that proposed it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """A decision that somebody stands behind, on exactly what was seen."""

    by: Actor
    decision: Decision
    grounds: str
    conditions: tuple[Action, ...]
    statement: str
    at: datetime
    number: int
    head: str
    """Hash of the chain that the signer saw."""
    fingerprint: str
    revision: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """One version of the campaign that was reviewed, and what became of it."""

    number: int
    fingerprint: str
    parts: Mapping[str, str]
    at: datetime
    state: State
    """`SUPERSEDED` once a later revision was recorded."""
    was: State
    """Where it stood when it was superseded; else its present state."""
    findings: str
    """SHA-256 of its newest findings document."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """Words about a question or the campaign."""

    about: str
    text: str
    by: Actor
    at: datetime
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Happened:
    """One line of the timeline, as a sentence."""

    number: int
    at: datetime
    sentence: str
    hash: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Obstacle:
    """Why approval is not possible yet."""

    sentence: str
    question: str | None = None
    finding: str | None = None
    """``check/subject`` to open, where there is one."""


def told_day(day: date) -> str:
    """A day in print.

    >>> told_day(date(2026, 12, 1))
    '1 December 2026'
    """
    return f"{day.day} {day:%B %Y}"
