"""What every event carries, and the parts that events are made of."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from review.store.canonical import canonical

Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Text = Hash
"""SHA-256 over salt and words; the words are in the table ``texts``."""
Words = Annotated[str, Field(max_length=2000)]
"""A stable name of ours or of a file, never a person's."""
Count = Annotated[int, Field(ge=0)]
Person = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
"""Random; the same person throughout one review, another in the next."""

Capacity = Literal[
    "owner",
    "preparer",
    "privacy",
    "legal",
    "ethics",
    "customer_voice",
    "chair",
    "auditor",
    "administrator",
]


class Part(BaseModel):
    """A part of an event: no unknown names, never changed, nothing converted in silence."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Who(Part):
    """Who did it, without a name."""

    person: Person
    identity: Text
    """Issuer and subject: what makes two acts the same person's."""
    name: Text
    """The name as it was given with this act."""
    issuer: Words
    """``typed``, or who vouched for the identity."""
    roles: Annotated[tuple[Capacity, ...], Field(min_length=1)]
    """In which they acted, the one that counted first."""
    verified: bool


class Promise(Part):
    """What was asked for with an answer or a signature: what, who, by when."""

    what: Text
    who: Text
    by: date = Field(strict=False)
    about: Words = ""
    """The question or finding it comes from; empty where the signer added it."""
    finding: Words = ""
    """``check/subject`` whose newest verdict decides whether it is kept; empty: a person says."""
    at_most: Words = ""
    """The most pressing verdict that still keeps it: ``clear`` or ``watch``."""


class Stated(Part):
    """Words that somebody stood behind, with the version of their form."""

    version: Count
    words: Text


class Ruled(Part):
    """Which policy judged."""

    id: Words
    version: Count
    sha256: Hash


class Event(Part):
    """What every event carries: where it stands, when, who, and what came before."""

    form: Literal[1] = 1
    review: Words
    number: Annotated[int, Field(ge=1)]
    at: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
    actor: Who
    prev: Hash
    """Hash of the event before; zeros for the first."""

    @property
    def moment(self) -> datetime:
        """When it happened, UTC."""
        return datetime.fromisoformat(self.at)

    def written(self) -> str:
        """The event exactly as it is hashed and stored."""
        return canonical(self.model_dump(mode="json")).decode()
