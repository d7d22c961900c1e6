"""What can happen in a review, each kind in the past tense; an event is never edited.

Names, addresses and free text are not in here. An event names them by a salted hash (a `Text`),
so that they can be erased, or left out of an edition, while the chain stays whole. A person is a
random id, made anew for each review. A field may be added later if it has a default; none may be
renamed, removed or given another meaning, because what is stored is stored for good.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from review.events.accounts import AccountMet, AccountsLinked, PeopleLinked, RoleGiven, RoleTaken
from review.events.committee import (
    AnswerSealed,
    AnswerSpoken,
    Attested,
    BallotCast,
    BallotClosed,
    BallotOpened,
    ConflictDeclared,
    Dissented,
    MemberSeated,
    MemberUnseated,
    PointPut,
    PointSettled,
    Presented,
    Recused,
    SealedAnswer,
    SealsOpened,
    Vote,
)
from review.events.event import (
    Capacity,
    Count,
    Event,
    Hash,
    Part,
    Person,
    Promise,
    Ruled,
    Stated,
    Text,
    Who,
    Words,
)
from review.events.talk import ConcernAnswered, ConcernRaised, ConditionMet, DialogueNotSought
from review.store.canonical import canonical, fingerprint, parsed

__all__ = [
    "AccountMet",
    "AccountsLinked",
    "AnswerSealed",
    "AnswerSpoken",
    "Answered",
    "Attested",
    "BallotCast",
    "BallotClosed",
    "BallotOpened",
    "Capacity",
    "Commented",
    "ConcernAnswered",
    "ConcernRaised",
    "ConditionMet",
    "ConflictDeclared",
    "DialogueNotSought",
    "Dissented",
    "Event",
    "ExceptionConfirmed",
    "ExceptionProposed",
    "Exported",
    "Happening",
    "Hash",
    "ListsMade",
    "MemberSeated",
    "MemberUnseated",
    "Opened",
    "Part",
    "PeopleDataDeleted",
    "PeopleLinked",
    "Person",
    "PointPut",
    "PointSettled",
    "Presented",
    "Promise",
    "Recused",
    "Refused",
    "Reopened",
    "Restored",
    "RoleGiven",
    "RoleTaken",
    "Ruled",
    "RunRecorded",
    "SealedAnswer",
    "SealsOpened",
    "Signed",
    "Stated",
    "Text",
    "TextsErased",
    "Vote",
    "Who",
    "Withdrawn",
    "Words",
    "hash_of",
    "read_event",
]


class Opened(Event):
    """The review began."""

    kind: Literal["opened"] = "opened"
    name: Text
    """The campaign's name."""


class RunRecorded(Event):
    """The checks had run; a moved fingerprint is a new revision."""

    kind: Literal["run_recorded"] = "run_recorded"
    revision: Annotated[int, Field(ge=1)]
    fingerprint: Hash
    parts: dict[Words, Hash]
    snapshot: Words
    owner: Text
    """Who the campaign file names as owner; the stored findings leave it out."""
    findings: Hash
    """Of the findings document."""
    checklist: Hash
    """Of the checklist as it was shown."""
    policy: Ruled
    versions: dict[Words, Words]


class Answered(Event):
    """A person answered a question."""

    kind: Literal["answered"] = "answered"
    revision: Count
    question: Words
    asks: Hash
    """Of the question's words: an answer to other words does not count."""
    answer: Literal["acceptable", "acceptable_with_action", "not_acceptable", "does_not_apply"]
    reason: Text | None = None
    action: Promise | None = None
    rests_on: tuple[Hash, ...]
    """Digests of the findings the question is informed by."""
    statement: bool
    """Given by owner or preparer: shown, settles nothing."""
    seen: Hash


class Commented(Event):
    """Somebody said something about a question, a finding or the campaign."""

    kind: Literal["commented"] = "commented"
    revision: Count
    about: Words
    text: Text


class ExceptionProposed(Event):
    """Somebody asked that a failure or gap be accepted until a day."""

    kind: Literal["exception_proposed"] = "exception_proposed"
    revision: Count
    finding: Words
    rests_on: Hash
    """Digest of the finding: it lapses when the numbers move."""
    reason: Text
    until: date = Field(strict=False)


class ExceptionConfirmed(Event):
    """A second person accepted it."""

    kind: Literal["exception_confirmed"] = "exception_confirmed"
    revision: Count
    finding: Words
    proposed: Count
    """Number of the event that proposed it."""
    statement: Stated


class Signed(Event):
    """A person decided, on exactly what they saw."""

    kind: Literal["signed"] = "signed"
    revision: Count
    decision: Literal["approve", "approve_with_conditions", "request_changes", "reject"]
    grounds: Text | None = None
    conditions: tuple[Promise, ...] = ()
    statement: Stated
    seen: Hash
    """Head of the chain that the signer saw."""
    fingerprint: Hash
    findings: Hash
    computed: Count
    """How many questions computing settled; the signer adopts them."""
    answered: Count
    open: Count


class Reopened(Event):
    """A decided review was taken up again."""

    kind: Literal["reopened"] = "reopened"
    revision: Count
    reason: Text


class Withdrawn(Event):
    """The review, or the decision on it, was taken back."""

    kind: Literal["withdrawn"] = "withdrawn"
    revision: Count
    reason: Text


class Exported(Event):
    """A document was made from the record."""

    kind: Literal["exported"] = "exported"
    revision: Count
    edition: Literal["signed", "pre_read"]
    sha256: Hash
    """Of the document before its seal."""
    audience: Literal["internal", "two-pages", "regulator", "public", "html"] = "internal"
    """For whom it is."""
    seal: Hash | None = None
    """SHA-256 of the certificate it was sealed with."""


class Refused(Event):
    """A command that mattered was not taken, and why."""

    kind: Literal["refused"] = "refused"
    revision: Count
    command: Words
    about: Words = ""
    because: Text


class ListsMade(Event):
    """The cleaned list and the removed list of each channel left Candor."""

    kind: Literal["lists_made"] = "lists_made"
    revision: Count
    kept: dict[Words, Count]
    """People by channel."""
    removed: dict[Words, Count]
    files: dict[Words, Hash] = Field(default_factory=dict)
    """By file name: HMAC-SHA256 of its bytes under the review's own secret (`review.store.secret`),
    so that nobody who reads this record can try out who is on a short list."""


class MembersKept(Event):
    """The people that an approval covers were kept, as keyed digests beside the store."""

    kind: Literal["members_kept"] = "members_kept"
    revision: Count
    people: dict[Words, Count]
    """On the list, by channel."""
    may_be_contacted: dict[Words, Count]
    nameless: Count
    """On the list without a key: nobody can recognise them later."""
    files: dict[Words, Hash]
    """By channel: SHA-256 of the file of digests."""


class Released(Event):
    """A list that was about to be sent was held against an approval."""

    kind: Literal["released"] = "released"
    revision: Count
    document: Hash
    """SHA-256 of the document, before its seal."""
    channel: Words
    answer: Literal["approved", "approved_fewer", "same_people", "held_back", "changed"]
    counts: dict[Words, Count]
    sent: Hash
    """HMAC-SHA256 of the list under the review's own secret (`review.store.secret`)."""
    not_looked_at: tuple[Words, ...] = ()


class PeopleDataDeleted(Event):
    """The rows about people were deleted; the record stays."""

    kind: Literal["people_data_deleted"] = "people_data_deleted"
    revision: Count
    snapshot: Words


class TextsErased(Event):
    """Words were erased on request; their hashes stay."""

    kind: Literal["texts_erased"] = "texts_erased"
    revision: Count
    texts: tuple[Text, ...]
    reason: Text


class Restored(Event):
    """An administrator went on with a record that does not fit its anchors, and said why."""

    kind: Literal["restored"] = "restored"
    revision: Count
    reason: Text
    anchored: Count
    """Number of the event in the last anchor, which the store did not have."""
    head: Hash


Happening = Annotated[
    Opened
    | RunRecorded
    | Answered
    | Commented
    | ExceptionProposed
    | ExceptionConfirmed
    | Signed
    | Reopened
    | Withdrawn
    | Exported
    | Refused
    | ListsMade
    | MembersKept
    | Released
    | PeopleDataDeleted
    | TextsErased
    | Restored
    | MemberSeated
    | MemberUnseated
    | ConflictDeclared
    | Recused
    | Presented
    | PointPut
    | AnswerSealed
    | AnswerSpoken
    | SealsOpened
    | PointSettled
    | BallotOpened
    | BallotCast
    | BallotClosed
    | Attested
    | Dissented
    | ConditionMet
    | ConcernRaised
    | ConcernAnswered
    | DialogueNotSought
    | PeopleLinked
    | AccountMet
    | RoleGiven
    | RoleTaken
    | AccountsLinked,
    Field(discriminator="kind"),
]

_ADAPTER: TypeAdapter[Any] = TypeAdapter(Happening)


@lru_cache(maxsize=20_000)
def read_event(written: str) -> Event:
    """The event that was written; raises ValueError unless it is exactly as we write one."""
    plain = parsed(written)
    if canonical(plain).decode() != written:
        raise ValueError("not in canonical form")
    event: Event = _ADAPTER.validate_json(written)
    return event


def hash_of(written: str) -> str:
    """The hash by which the next event names this one."""
    return fingerprint(written.encode())


def schema_of_events() -> dict[str, Any]:
    """The JSON Schema of every kind of event."""
    return _ADAPTER.json_schema(mode="serialization")
