"""What people do in a review: the words for it, and what is kept of each act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from review.store.canonical import same_name
from review.who.names import address_of, alike, may_be_owner

ERASED = "(erased)"
"""What stands where words were erased."""
NOBODY_YET = "somebody at this computer"
"""The name under what happens before anybody has said one: it judges nothing and bars nobody."""


TYPED = "typed"
"""The issuer of whoever only typed a name."""


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

    @property
    def told(self) -> str:
        """The state in words."""
        return self.value.replace("_", " ")


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
    ABSTAIN = "abstain"
    """A ballot that counts for the quorum and for nothing else."""

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
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    @property
    def judges(self) -> bool:
        """Whether it may take a seat in a committee, answer and sign."""
        return not self.inside and self not in (Role.AUDITOR, Role.ADMINISTRATOR)

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
    """Who does something: an account that a provider vouches for, or a name that was typed."""

    name: str
    role: Role
    issuer: str = TYPED
    verified: bool = False
    subject: str = field(default="", compare=False)
    """What the issuer calls the account; with a typed name, the name."""
    addresses: frozenset[str] = field(default=frozenset(), compare=False)
    """What the issuer has verified, now or ever; never stored in a review."""
    authenticated: datetime | None = field(default=None, compare=False)
    """When the person last proved to the issuer who they are."""
    also: frozenset[tuple[str, str]] = field(default=frozenset(), compare=False)
    """Other accounts that an administrator has linked to this one, as they stand now."""
    person: str = field(default="", compare=False)
    """Random id within one review; filled in when the record is read."""

    @property
    def identity(self) -> tuple[str, str]:
        """Issuer and subject: what makes two acts the same person's."""
        return self.issuer, self.subject or same_name(self.name)

    @property
    def unnamed(self) -> bool:
        """Whether nobody had said a name yet."""
        return not self.verified and same_name(self.name) == NOBODY_YET

    def is_same(self, other: Actor) -> bool:
        """Whether both are one person, as far as accounts and links tell."""
        if self.identity in other.also or other.identity in self.also:
            return True
        if self.person and other.person:
            return self.person == other.person
        return self.identity == other.identity

    def may_be(self, other: Actor) -> bool:
        """Whether both may be one person: the same, or with a typed name written another way.

        Where somebody else is needed, a doubt counts against. Between accounts there is none:
        names are labels, and what nobody linked cannot be known.
        """
        if self.is_same(other):
            return True
        return not (self.verified and other.verified) and alike(self.name, other.name)

    def may_own(self, owner: str) -> bool:
        """Whether this may be the owner whom a campaign file names."""
        if self.verified and (said := address_of(owner)):
            return said in map(same_name, self.addresses)
        return may_be_owner(self.name, owner)


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """What was asked for with an answer: what, who, by when. It becomes a condition."""

    what: str
    who: str
    by: date
    finding: str = ""
    """``check/subject`` whose newest verdict decides whether it is kept; empty: a person says."""
    at_most: str = ""
    """The most pressing verdict that still keeps it: ``clear`` or ``watch``."""


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
    revision: int
    """The revision it was given on; an earlier one than the present: it was carried over."""
    settles: bool = True
    """False while a committee differs about it: opened from under its seal, and no more."""
    entered_by: Actor | None = None
    """The chair, where it was spoken aloud and entered for a member without a device."""
    round: int = 0
    """In which round of the committee it was given; 0: outside of any."""


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
    number: int
    """Number of the event that proposed it."""
    confirmed: str = ""
    """What the second person stood behind, in the words of that day."""


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
    findings: str
    """SHA-256 of the findings document that was seen."""


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
    concern: int | None = None
    """Number of the event that raised it; 0 where nobody outside the team was asked."""


def told_day(day: date) -> str:
    """A day in print.

    >>> told_day(date(2026, 12, 1))
    '1 December 2026'
    """
    return f"{day.day} {day:%B %Y}"
