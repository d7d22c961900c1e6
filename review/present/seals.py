"""What lies under a seal, and what was opened from under one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from review.commands.acts import ERASED, Action
from review.events import AnswerSealed, BallotCast, BallotClosed, Event, SealsOpened
from review.store.canonical import parsed
from review.store.chain import texts_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Sealed:
    """What somebody said under a seal: an answer to a point, or a vote on the campaign."""

    said: str
    """An answer, a decision, or ``abstain``."""
    reason: str
    actions: tuple[Action, ...] = ()
    statement: str = ""
    version: int = 0
    """Of the statement."""

    def plain(self) -> dict[str, object]:
        """As it lies under the seal."""
        return {
            "said": self.said,
            "reason": self.reason,
            "actions": [
                {
                    "what": one.what,
                    "who": one.who,
                    "by": one.by.isoformat(),
                    "finding": one.finding,
                    "at_most": one.at_most,
                }
                for one in self.actions
            ],
            "statement": self.statement,
            "version": self.version,
        }


def broken(words: str) -> Sealed:
    """What lies under a seal that is opened; an abstention where its words were erased."""
    if words == ERASED:
        return Sealed(said="abstain", reason="")
    plain: dict[str, Any] = parsed(words)
    return Sealed(
        said=plain["said"],
        reason=plain["reason"],
        actions=tuple(
            Action(**{**one, "by": date.fromisoformat(one["by"])}) for one in plain["actions"]
        ),
        statement=plain["statement"],
        version=plain["version"],
    )


def sealed(events: Iterable[Event]) -> set[str]:
    """The answers and ballots that nobody may read: not opened yet, or never to be."""
    waiting: dict[int, str] = {}
    last: dict[tuple[object, ...], int] = {}
    for event in events:
        match event:
            case AnswerSealed():
                waiting[event.number] = event.sealed
                last[event.question, event.round, event.actor.person] = event.number
            case SealsOpened():
                for one in event.answers:
                    waiting.pop(last.get((event.question, event.round, one.person), 0), None)
            case BallotCast():
                waiting[event.number] = event.sealed
            case BallotClosed():
                for vote in event.votes:
                    waiting.pop(vote.cast, None)
            case _:
                pass
    return set(waiting.values())


def copies(events: Iterable[Event], texts: Iterable[str]) -> set[str]:
    """The sealed answers and ballots in which these words were written down before."""
    wanted, found = set(texts), set()
    seals: dict[tuple[object, ...], str] = {}
    for event in events:
        match event:
            case AnswerSealed():
                seals[event.question, event.round, event.actor.person] = event.sealed
            case BallotCast():
                seals[(event.number,)] = event.sealed
            case SealsOpened():
                found |= {
                    seals[event.question, event.round, one.person]
                    for one in event.answers
                    if texts_of(one) & wanted
                }
            case BallotClosed():
                found |= {seals[(one.cast,)] for one in event.votes if texts_of(one) & wanted}
            case _:
                pass
    return found
