"""A review is the list of what happened, folded to the present; nothing in it is ever edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from checks.finding import Finding
from checks.run import Run
from review.checklist import Checklist, Question


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


class Role(StrEnum):
    """In which capacity somebody acts; the statements of a signature hang on it."""

    OWNER = "owner"
    PREPARER = "preparer"
    PRIVACY = "privacy"
    LEGAL = "legal"
    ETHICS = "ethics"
    CUSTOMER_VOICE = "customer_voice"
    CHAIR = "chair"


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Who does something: what the person typed; not verified until sign-in comes."""

    name: str
    role: Role
    issuer: str = "typed"
    verified: bool = False


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """The present of one review."""

    id: str
    name: str
    owner: str
    revision: int
    state: State
    run: Run | None
    """The newest run."""
    checklist: Checklist
    head: str
    length: int
    """Events in the chain."""
    answers: Mapping[str, tuple[Given, ...]]
    """By question, oldest first; the last current one that is no statement counts."""
    exceptions: tuple[Accepted, ...]
    comments: tuple[Comment, ...]
    signatures: tuple[Signature, ...]
    """Of the present revision, oldest first."""
    timeline: tuple[Happened, ...]
    read_only: str = ""
    """Why nothing can be added; empty in ordinary times."""

    def computed(self, question: Question) -> Computed:
        """What Candor counted about this question."""
        raise NotImplementedError

    def informing(self, question: Question) -> tuple[Finding, ...]:
        """The findings a question is informed by, the most pressing first."""
        raise NotImplementedError

    def questions_for(self, finding: Finding) -> tuple[Question, ...]:
        """The questions a finding informs."""
        raise NotImplementedError

    def standing(self, question: Question) -> Given | None:
        """The answer that counts now, if any person gave one."""
        raise NotImplementedError

    def offered(self, question: Question) -> tuple[Answer, ...]:
        """The answers that may be given: *acceptable* not where the policy allows no exception."""
        raise NotImplementedError

    @property
    def obstacles(self) -> tuple[Obstacle, ...]:
        """What stands in the way of approval, a sentence each, the most pressing first."""
        raise NotImplementedError

    @property
    def tally(self) -> tuple[int, int, int]:
        """Questions answered by computing, by people, and still open."""
        raise NotImplementedError
