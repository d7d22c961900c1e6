"""Fold the answers to the questions, of one person or of the committee, and what still counts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from review import events
from review.checklist import Checklist, Question
from review.present.committee import Point
from review.record import Answer, Given
from review.store.shelf import Kept, Teller


@dataclass(kw_only=True)
class Answering:
    """The answers after the events so far."""

    teller: Teller
    given: list[Given] = field(default_factory=list)
    asks: dict[int, str] = field(default_factory=dict)
    """By number of the event: the hash of the question's words it was given to."""

    def answered(self, event: events.Answered) -> Given:
        """A person answered by themselves."""
        given = Given(
            question=event.question,
            answer=Answer(event.answer),
            reason=self.teller.said(event.reason),
            action=self.teller.action(event.action),
            by=self.teller.actor(event.actor),
            at=event.moment,
            number=event.number,
            rests_on=event.rests_on,
            current=True,
            statement=event.statement,
            revision=event.revision,
        )
        self._keep(given, event.asks)
        return given

    def voiced(
        self,
        event: events.SealsOpened | events.AnswerSpoken,
        point: Point,
        basis: tuple[str, tuple[str, ...]],
    ) -> None:
        """Members of the committee said what they think; it settles nothing yet."""
        asks, rests_on = basis
        for voice in point.voices:
            if voice.answer is None or voice.number != event.number:
                continue
            given = Given(
                question=event.question,
                answer=voice.answer,
                reason=voice.reason,
                action=voice.action,
                by=voice.by,
                at=event.moment,
                number=event.number,
                rests_on=rests_on,
                current=True,
                statement=False,
                revision=event.revision,
                settles=False,
                entered_by=voice.entered_by,
                round=event.round,
            )
            self._keep(given, asks)

    def settled(self, event: events.PointSettled) -> None:
        """The committee settled a point: those who said so count, of this round only."""
        self.given = [
            replace(one, settles=one.round == event.round and one.answer == Answer(event.answer))
            if one.question == event.question and one.round
            else one
            for one in self.given
        ]

    def stated(self, people: Collection[str]) -> None:
        """These turn out to be who brought the campaign: they state, and settle nothing."""
        self.given = [
            replace(one, statement=True) if one.by.person in people else one for one in self.given
        ]

    def by_question(self, kept: Kept | None, checklist: Checklist) -> dict[str, tuple[Given, ...]]:
        """Every answer by question, oldest first, and whether it still counts."""
        made: dict[str, tuple[Given, ...]] = {}
        for one in self.given:
            current = self._is_current(one, kept, checklist.question(one.question))
            told = one if one.current == current else replace(one, current=current)
            made[one.question] = (*made.get(one.question, ()), told)
        return made

    def standing(self, kept: Kept | None, checklist: Checklist) -> set[str]:
        """The questions that somebody's answer counts for now."""
        every = self.by_question(kept, checklist)
        return {
            name
            for name, given in every.items()
            if any(one.current and one.settles and not one.statement for one in given)
        }

    def _keep(self, given: Given, asks: str) -> None:
        self.given.append(given)
        self.asks[given.number] = asks

    def _is_current(self, given: Given, kept: Kept | None, question: Question | None) -> bool:
        if question is None or kept is None or question.words_hash != self.asks[given.number]:
            return False
        return tuple(sorted(given.rests_on)) == kept.under(question)
