"""The commands: the only way a review changes. Every rule is enforced here, below the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from checks.run import Run
from review.checklist import Checklist
from review.record import Action, Actor, Answer, Decision, Review


class NotTaken(Exception):  # noqa: N818 — the word people see
    """A command was refused: what happened, and what to do, as a sentence."""


class Desk:
    """Takes commands for reviews kept in one store. Safe to share between threads."""

    def __init__(self, store: str, anchors: Path, checklist: Checklist) -> None:
        """Open a store by SQLAlchemy URL; make its tables where they are missing."""
        raise NotImplementedError

    def reviews(self) -> tuple[Review, ...]:
        """Every review, the one that was touched last first."""
        raise NotImplementedError

    def review(self, review: str) -> Review:
        """One review, folded to the present; raises KeyError when there is none."""
        raise NotImplementedError

    def record_run(self, run: Run, *, by: Actor, now: datetime) -> Review:
        """Store a run; opens the review, or its next revision when the fingerprint moved.

        The same fingerprint again changes nothing and says so in the timeline.
        """
        raise NotImplementedError

    def answer(
        self,
        review: str,
        question: str,
        answer: Answer,
        *,
        reason: str,
        action: Action | None = None,
        by: Actor,
        now: datetime,
        seen: str,
    ) -> Review:
        """Put an answer on record; `seen` is the head the person saw."""
        raise NotImplementedError

    def comment(self, review: str, about: str, text: str, *, by: Actor, now: datetime) -> Review:
        """Put a comment on record."""
        raise NotImplementedError

    def reopen(self, review: str, *, reason: str, by: Actor, now: datetime) -> Review:
        """Reopen a decided review."""
        raise NotImplementedError

    def withdraw(self, review: str, *, reason: str, by: Actor, now: datetime) -> Review:
        """Withdraw a review or a decision, with a reason."""
        raise NotImplementedError

    def propose_exception(
        self, review: str, finding: str, *, reason: str, until: date, by: Actor, now: datetime
    ) -> Review:
        """Ask that a failure or gap be accepted; refused where the policy says none."""
        raise NotImplementedError

    def confirm_exception(self, review: str, finding: str, *, by: Actor, now: datetime) -> Review:
        """Accept it as the second person: neither owner, preparer nor proposer."""
        raise NotImplementedError

    def sign(
        self,
        review: str,
        decision: Decision,
        *,
        grounds: str,
        conditions: Sequence[Action] = (),
        by: Actor,
        now: datetime,
        seen: str,
    ) -> Review:
        """Sign a decision on what was seen; refused when it has moved, or for the owner."""
        raise NotImplementedError

    def exported(self, review: str, sha256: str, kind: str, *, by: Actor, now: datetime) -> Review:
        """Record that a document was made: signed or pre_read."""
        raise NotImplementedError

    def bundle(self, review: str) -> bytes:
        """The whole record as canonical JSON: events, texts, findings documents, checklist."""
        raise NotImplementedError
