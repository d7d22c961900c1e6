"""Hears people outside the team: what they raised, what became of it, or why nobody was asked."""

from __future__ import annotations

from datetime import UTC, date, datetime

from review.commands import room_rules, rules
from review.commands.acts import Actor
from review.commands.clerk import Clerk
from review.commands.refusing import NotTaken
from review.events.talk import ConcernAnswered, ConcernRaised, DialogueNotSought, Outside
from review.record import Review
from review.store.pen import Pen
from review.store.reading import Reading


class Hearing:
    """Takes the commands about customers, staff and representatives."""

    def __init__(self, clerk: Clerk) -> None:
        self._clerk = clerk

    def raise_concern(
        self,
        review: str,
        role: Outside,
        what: str,
        *,
        who: str,
        on: date,
        by: Actor,
        now: datetime,
    ) -> Review:
        """Record what somebody outside the team said about the campaign."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            room_rules.no_ballot(past)
            rules.takes_part(by)
            words = rules.needed(what, "Please write what was said.")
            if on > now.astimezone(UTC).date():
                raise NotTaken("The day of the talk is not yet. Choose the day on which it was.")
            pen.write(
                ConcernRaised,
                by,
                role=role,
                who=pen.said(who),
                on=on,
                what=pen.text(words),
            )

        return self._clerk.take(review, command, by=by, now=now)

    def answer_concern(
        self, review: str, concern: int, text: str, *, changed: str, by: Actor, now: datetime
    ) -> Review:
        """Answer what was raised, and say what changed because of it."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            room_rules.no_ballot(past)
            rules.takes_part(by)
            if not any(one.number == concern for one in past.dialogue.concerns):
                raise NotTaken("There is no such concern in this record.")
            words = rules.needed(text, "Please write the answer.")
            pen.write(
                ConcernAnswered,
                by,
                concern=concern,
                text=pen.text(words),
                changed=pen.said(changed),
            )

        return self._clerk.take(review, command, by=by, now=now)

    def not_sought(self, review: str, reason: str, *, by: Actor, now: datetime) -> Review:
        """Record that nobody outside the team was asked, and why."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            room_rules.no_ballot(past)
            rules.takes_part(by)
            words = rules.needed(reason, "Please say why nobody was asked.")
            pen.write(DialogueNotSought, by, reason=pen.text(words))

        return self._clerk.take(review, command, by=by, now=now)
