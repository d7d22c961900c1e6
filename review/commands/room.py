"""The committee's commands: seats, conflicts, and points under seal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from review import events
from review.commands import room_rules, rules, sealing
from review.commands.acts import Action, Actor, Answer, Role
from review.commands.clerk import Clerk
from review.commands.refusing import NotTaken
from review.events import committee as kinds
from review.events.talk import ConditionMet
from review.present.committee import Point
from review.present.seals import Sealed, broken
from review.record import Review
from review.store.pen import Pen, action_fitting, fitting
from review.store.reading import Reading


class Room:
    """Takes the commands of a committee; the ballot has its own (`review.commands.balloting`)."""

    def __init__(self, clerk: Clerk) -> None:
        self._clerk = clerk

    def seat(
        self,
        review: str,
        seat: Role,
        *,
        member: Actor | None = None,
        instead_of: str | None = None,
        by: Actor,
        now: datetime,
    ) -> Review:
        """Take a seat, or give one to somebody; `instead_of` is the person whose place it is."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            taking = by if member is None else self._clerk.known(pen, replace(member, role=seat))
            if by.role is not seat and member is None:
                raise NotTaken(f"You act as {by.role.told}, so you cannot sit for {seat.told}.")
            before = next(
                (one for one in past.committee.members if one.who.person == instead_of), None
            )
            room_rules.may_seat(past, taking, seat, before, by)
            pen.write(
                kinds.MemberSeated,
                by,
                member=pen.who(replace(taking, role=seat)),
                seat=seat.value,
                instead_of=before.who.person if before else None,
            )

        return self._clerk.take(review, command, by=by, now=now, on_record="take_seat")

    def unseat(self, review: str, person: str, *, reason: str, by: Actor, now: datetime) -> Review:
        """Leave a seat, or take somebody off theirs."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            member = next((m for m in past.committee.members if m.who.person == person), None)
            words = room_rules.may_leave(past, member, reason, by)
            pen.write(
                kinds.MemberUnseated,
                by,
                member=person,
                reason=pen.text(words),
            )

        return self._clerk.take(review, command, by=by, now=now, on_record="unseat")

    def declare(self, review: str, *, conflict: str, by: Actor, now: datetime) -> Review:
        """Say that one is here, and what ties one to the campaign; nothing, where it is empty."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            room_rules.sits(past, by)
            pen.write(
                kinds.ConflictDeclared,
                by,
                conflict=pen.said(conflict),
            )

        return self._clerk.take(review, command, by=by, now=now, on_record="declare")

    def recuse(self, review: str, *, reason: str, by: Actor, now: datetime) -> Review:
        """Give up one's vote; it can leave too few members, and then nothing is decided."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            member = room_rules.sits(past, by)
            if member.recused:
                raise NotTaken("You are recused already.")
            words = rules.needed(reason, "A recusal needs a reason.")
            pen.write(kinds.Recused, by, reason=pen.text(words))

        return self._clerk.take(review, command, by=by, now=now, on_record="recuse")

    def present(self, review: str, *, text: str, by: Actor, now: datetime) -> Review:
        """Say that the owner's side has presented the campaign and left."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            if not past.is_inside(by):
                room_rules.chairs(past, by)
            pen.write(kinds.Presented, by, text=pen.said(text))

        return self._clerk.take(review, command, by=by, now=now)

    # Points

    def put(self, review: str, question: str, *, by: Actor, now: datetime) -> Review:
        """Put a question to the committee: it is on the wall from now on."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            asked, turn = room_rules.may_put(past, question, by)
            pen.write(
                kinds.PointPut,
                by,
                question=question,
                round=turn,
                asks=asked.words_hash,
                rests_on=reading.kept(past).under(asked),
            )

        return self._clerk.take(review, command, by=by, now=now, on_record="put_point")

    def seal(
        self,
        review: str,
        question: str,
        answer: Answer | None,
        *,
        reason: str,
        action: Action | None = None,
        by: Actor,
        now: datetime,
        seen: str,
    ) -> Review:
        """Answer a point under seal; None abstains. The last one in opens them all."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            point = room_rules.may_seal(past, question, answer, reason, action, by)
            sealing.in_view(reading.chain.since(seen), question)
            rules.unmoved_numbers(_basis(reading, question), _under(reading, question))
            under = Sealed(
                said=answer.value if answer else "abstain",
                reason=fitting(reason),
                actions=(action_fitting(action),) if action else (),
            )
            pen.write(
                kinds.AnswerSealed,
                by,
                question=question,
                round=point.round,
                sealed=pen.seal(under.plain()),
                seen=seen,
            )
            in_now = (*point.sealed, replace(by, person=pen.chain.events[-1].actor.person))
            if not past.committee.awaited(in_now) and not past.committee.lacks:
                _open(past, pen, replace(point, sealed=in_now), by)

        return self._clerk.take(review, command, by=by, now=now, on_record="seal_answer")

    def open_seals(
        self, review: str, question: str, *, reason: str, by: Actor, now: datetime
    ) -> Review:
        """Open the answers before all are in: the chair's decision, with a reason."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            point = room_rules.may_open(past, question, reason, by)
            _open(past, pen, point, by, early=pen.text(reason))

        return self._clerk.take(review, command, by=by, now=now, on_record="open_seals")

    def speak(
        self,
        review: str,
        question: str,
        person: str,
        answer: Answer | None,
        *,
        reason: str,
        action: Action | None = None,
        by: Actor,
        now: datetime,
    ) -> Review:
        """Write down what a member without a device said aloud, after the seals are open."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            member = next((m for m in past.committee.members if m.who.person == person), None)
            point = room_rules.may_speak(past, question, member, by)
            sealing.whole_answer(past, question, answer, reason, action)
            said = Sealed(
                said=answer.value if answer else "abstain",
                reason=reason,
                actions=(action,) if action else (),
            )
            spoken = _told(pen, person, said)
            pen.write(
                kinds.AnswerSpoken,
                by,
                question=question,
                round=point.round,
                spoken=spoken,
            )
            voices = [(one.by.person, one.answer) for one in point.voices]
            _settle_if_all(past, pen, point.question, point.round, [*voices, (person, answer)], by)

        return self._clerk.take(review, command, by=by, now=now, on_record="speak")

    def settle(
        self, review: str, question: str, *, reason: str, by: Actor, now: datetime
    ) -> Review:
        """Record what most members said where they differ; the others' words stay beside it."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            point, most = room_rules.may_settle(past, question, reason, by)
            pen.write(
                kinds.PointSettled,
                by,
                question=question,
                round=point.round,
                answer=most.value,
                all_agreed=False,
                reason=pen.text(reason),
            )

        return self._clerk.take(review, command, by=by, now=now, on_record="settle")

    # Conditions

    def find_met(self, review: str, place: int, *, text: str, by: Actor, now: datetime) -> Review:
        """Say that a condition which no check can count is kept, and what shows it."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            decided, words = room_rules.may_find_met(past, place, text, by)
            pen.write(
                ConditionMet,
                by,
                decision=decided.number,
                condition=str(place),
                text=pen.text(words),
            )

        return self._clerk.take(review, command, by=by, now=now, on_record="find_met")


def _under(reading: Reading, question: str) -> tuple[str, ...]:
    asked = next(one for one in reading.review.checklist.questions if one.id == question)
    return reading.kept(reading.review).under(asked)


def _basis(reading: Reading, question: str) -> tuple[str, ...]:
    """What the question rested on when it was put last."""
    put = [
        one
        for one in reading.chain.events
        if isinstance(one, kinds.PointPut) and one.question == question
    ]
    return put[-1].rests_on if put else ()


def _open(past: Review, pen: Pen, point: Point, by: Actor, early: str | None = None) -> None:
    """Open every seal of a point at once; where all agree, it is settled."""
    question, turn = point.question, point.round
    voting = {one.who.person for one in past.committee.voting}
    counting = voting & {one.person for one in point.sealed}
    last = {
        one.actor.person: one
        for one in pen.chain.events
        if isinstance(one, kinds.AnswerSealed) and (one.question, one.round) == (question, turn)
    }
    answers = tuple(
        _told(pen, person, broken(pen.words(one.sealed)))
        for person, one in last.items()
        if person in counting
    )
    pen.write(
        kinds.SealsOpened,
        by,
        question=question,
        round=turn,
        answers=answers,
        early=early,
    )
    voices = [
        (one.person, None if one.answer == "abstain" else Answer(one.answer)) for one in answers
    ]
    _settle_if_all(past, pen, question, turn, voices, by)


def _settle_if_all(
    past: Review,
    pen: Pen,
    question: str,
    turn: int,
    voices: list[tuple[str, Answer | None]],
    by: Actor,
) -> None:
    """A point is settled at once where everybody who is here spoke, and all say the same."""
    spoke = {person for person, _ in voices}
    said = {answer for _, answer in voices if answer is not None}
    waiting = [one for one in past.committee.here if one.who.person not in spoke]
    if waiting or len(said) != 1:
        return
    pen.write(
        kinds.PointSettled,
        by,
        question=question,
        round=turn,
        answer=said.pop().value,
        all_agreed=True,
    )


def _told(pen: Pen, person: str, said: Sealed) -> events.SealedAnswer:
    return events.SealedAnswer.model_validate(
        {
            "person": person,
            "answer": said.said,
            "reason": pen.said(said.reason),
            "action": pen.promise(said.actions[0]) if said.actions else None,
        }
    )
