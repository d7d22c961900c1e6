"""The one formal ballot on a campaign: opened, cast under seal, counted, attested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from review.commands import room_rules
from review.commands.acts import Action, Actor, Decision
from review.commands.clerk import Clerk
from review.document import statements
from review.events import committee as kinds
from review.events.event import Stated
from review.present.committee import Ballot, Voted, counted, outcome
from review.present.conditions import months_later
from review.present.seals import Sealed, broken
from review.record import Review
from review.store.pen import Pen, action_fitting, fitting
from review.store.reading import Reading


class Balloting:
    """Takes the commands of the ballot."""

    def __init__(self, clerk: Clerk) -> None:
        self._clerk = clerk

    def begin(self, review: str, *, by: Actor, now: datetime) -> Review:
        """Open the ballot: the chair's, once enough members are here."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            room_rules.may_begin_ballot(past, by)
            present = past.revisions[-1]
            pen.write(
                kinds.BallotOpened,
                by,
                fingerprint=present.fingerprint,
                findings=present.findings,
                quorum=past.committee.needs.quorum,
                may_vote=tuple(one.who.person for one in past.committee.voting),
            )

        return self._clerk.take(review, command, by=by, now=now, on_record="open_ballot")

    def cast(
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
        """Vote under seal on what was seen; the last ballot in opens them all."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            ballot = room_rules.may_cast(past, decision, grounds, conditions, by, now)
            room_rules.unmoved(past, reading.chain.since(seen))
            words = statements.ballot_statement(by, decision, **_about(past, now))
            vote = Sealed(
                said=decision.value,
                reason=fitting(grounds),
                actions=tuple(map(action_fitting, conditions)),
                statement=words,
                version=statements.VERSION,
            )
            pen.write(
                kinds.BallotCast,
                by,
                ballot=ballot.number,
                sealed=pen.seal(vote.plain()),
                seen=seen,
            )
            cast = (*ballot.cast, replace(by, person=pen.chain.events[-1].actor.person))
            if not past.committee.awaited(cast) and not room_rules.enough(past, cast):
                _close(past, pen, replace(ballot, cast=cast), by, now)

        return self._clerk.take(review, command, by=by, now=now, on_record="cast_ballot")

    def close(self, review: str, *, reason: str, by: Actor, now: datetime) -> Review:
        """Close the ballot before all are in: the chair's decision, with a reason."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            ballot = room_rules.may_close(past, reason, by)
            _close(past, pen, ballot, by, now, early=pen.text(reason))

        return self._clerk.take(review, command, by=by, now=now, on_record="close_ballot")

    def attest(self, review: str, *, by: Actor, now: datetime) -> Review:
        """Sign, as the chair, for how the decision was taken."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            ballot = room_rules.may_attest(past, by, now)
            words = statements.attested_statement(by, early=bool(ballot.early), **_about(past, now))
            pen.write(
                kinds.Attested,
                by,
                ballot=ballot.number,
                statement=Stated(version=statements.VERSION, words=pen.text(words)),
            )

        return self._clerk.take(review, command, by=by, now=now, on_record="attest")

    def dissent(self, review: str, text: str, *, by: Actor, now: datetime) -> Review:
        """Put on record, unchanged, that one does not agree with the decision."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            ballot, said = room_rules.may_dissent(past, text, by)
            words = statements.dissent_statement(by, said, **_about(past, now))
            pen.write(
                kinds.Dissented,
                by,
                ballot=ballot.number,
                text=pen.text(said),
                statement=Stated(version=statements.VERSION, words=pen.text(words)),
            )

        return self._clerk.take(review, command, by=by, now=now, on_record="dissent")


def _about(past: Review, now: datetime) -> statements.About:
    return {
        "campaign": past.name,
        "revision": past.revision,
        "day": now.astimezone(UTC).date(),
    }


def _close(
    past: Review, pen: Pen, ballot: Ballot, by: Actor, now: datetime, early: str | None = None
) -> None:
    """Open every ballot at once and count by the rule of the policy."""
    cast = [(one, broken(pen.words(one.sealed))) for one in _counting(past, pen, ballot)]
    needs, day = past.committee.needs, now.astimezone(UTC).date()
    voted = [Voted(decision=Decision(said.said), conditions=said.actions) for _, said in cast]
    decision = outcome(needs, voted, due=bool(past.due))
    if decision is not None and decision.approves and past.obstacles_on(day):
        decision = None  # an exception ended while the votes came in
    approving = [one for one in voted if one.decision.approves]
    held = dict.fromkeys([*past.due, *(each for one in approving for each in one.conditions)])
    conditions = held if decision is Decision.APPROVE_WITH_CONDITIONS else {}
    computed, answered, still_open = past.tally
    pen.write(
        kinds.BallotClosed,
        by,
        ballot=ballot.number,
        votes=tuple(_opened(pen, one, said) for one, said in cast),
        decision=decision.value if decision else "none",
        agree=counted(needs, voted),
        conditions=tuple(pen.promise(one) for one in conditions),
        until=months_later(day, needs.stands_months) if decision and decision.approves else None,
        early=early,
        computed=computed,
        answered=answered,
        open=still_open,
    )


def _counting(past: Review, pen: Pen, ballot: Ballot) -> list[kinds.BallotCast]:
    """The last vote of each member whose ballot is in: one for each human, none taken back."""
    voting = {one.who.person for one in past.committee.voting}
    cast = [one for one in ballot.cast if one.person in voting]
    people = [
        one.person
        for place, one in enumerate(cast, start=1)
        if not any(one.is_same(later) for later in cast[place:])
    ]
    last = {
        one.actor.person: one
        for one in pen.chain.events
        if isinstance(one, kinds.BallotCast) and one.ballot == ballot.number
    }
    return [last[one] for one in people]


def _opened(pen: Pen, cast: kinds.BallotCast, said: Sealed) -> kinds.Vote:
    return kinds.Vote.model_validate(
        {
            "person": cast.actor.person,
            "cast": cast.number,
            "decision": said.said,
            "grounds": pen.text(said.reason),
            "conditions": tuple(pen.promise(one) for one in said.actions),
            "statement": Stated(version=said.version, words=pen.text(said.statement)),
        }
    )
