"""Fold what was decided: who signed, where the review stands, and what an approval asks for."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from checks.campaign.committee import Needed
from review import events
from review.document import sentences, sentences_committee
from review.present.committee import Ballot, distinct
from review.present.conditions import Decided, Met, months_later
from review.record import DECIDED, Decision, Signature, State
from review.store.shelf import Teller


@dataclass(kw_only=True)
class Deciding:
    """Where the review stands after the events so far, and by whose word."""

    teller: Teller
    state: State = State.DRAFT
    decided: Decided | None = None
    signatures: list[Signature] = field(default_factory=list)
    past: list[Signature] = field(default_factory=list)

    def signed(self, event: events.Signed, who: str, needs: Needed) -> str:
        """Somebody signed; with enough of them it is decided."""
        decision = Decision(event.decision)
        signature = Signature(
            by=self.teller.actor(event.actor),
            decision=decision,
            grounds=self.teller.said(event.grounds),
            conditions=tuple(self.teller.promised(one) for one in event.conditions),
            statement=self.teller.said(event.statement.words),
            at=event.moment,
            number=event.number,
            head=event.seen,
            fingerprint=event.fingerprint,
            revision=event.revision,
            findings=event.findings,
        )
        self.signatures.append(signature)
        said = {one.decision for one in self.signatures}
        strictest = next(one for one in DECIDED if one in said)
        if not strictest.approves:
            self.state = DECIDED[strictest]
        elif self._enough(needs):
            self._approved(event, strictest, needs)
        return sentences.signed(who, decision, event.revision, len(signature.conditions))

    def balloted(self, event: events.BallotClosed, ballot: Ballot | None) -> None:
        """The committee decided by ballot, or came to no decision."""
        if ballot is None or ballot.decision is None:
            return
        self.unsign(self.state)  # what was signed alone before the committee sat decides nothing
        self.signatures = list(ballot.votes)
        self.state = DECIDED[ballot.decision]
        if ballot.decision.approves and ballot.until is not None:
            self.decided = Decided(
                number=event.number,
                revision=event.revision,
                decision=ballot.decision,
                at=event.moment,
                until=ballot.until,
                conditions=ballot.conditions,
            )

    def met(self, event: events.ConditionMet, who: str) -> str:
        """Somebody said that a condition is kept."""
        text, place = self.teller.words(event.text), int(event.condition)
        what = event.condition
        if self.decided and self.decided.number == event.decision:
            what = self.decided.conditions[place - 1].what
            met = Met(by=self.teller.actor(event.actor), at=event.moment, text=text)
            self.decided = replace(self.decided, met={**self.decided.met, place: met})
        return sentences_committee.condition_met(who, what, text)

    def linked(self, people: AbstractSet[str], barred: AbstractSet[str], *, shaken: bool) -> str:
        """These are one human: what was decided by one who is barred, or by one twice, falls.

        It falls as well where what it rests on is `shaken`. Returns what came of it, as a sentence.
        """
        took = [one.by.person for one in self.signatures if one.by.person in people]
        fell = len(took) > 1 or not barred.isdisjoint(took)
        stood = self.state in DECIDED.values()
        if fell or (shaken and self.state.approved):
            self.unsign(State.IN_REVIEW if stood else self.state)
            return sentences_committee.fell(stood=stood)
        if barred:
            self.lapse()
        return ""

    def lapse(self) -> None:
        """Signatures that wait for others are for what was seen then: they are given again."""
        if not self.state.decided:
            self.unsign(self.state)

    def revised(self) -> None:
        """A new revision is judged anew."""
        self.unsign(State.DRAFT if self.state is State.DRAFT else State.IN_REVIEW)

    def unsign(self, state: State) -> None:
        """What was signed stands no longer."""
        self.past.extend(self.signatures)
        self.signatures.clear()
        self.state = state

    def _enough(self, needs: Needed) -> bool:
        """Whether as many people, and from all seats, have approved as are needed."""
        people = distinct(one.by for one in self.signatures)
        vacant = needs.vacant(one.by.role.value for one in self.signatures)
        return len(people) >= needs.quorum and not vacant

    def _approved(self, event: events.Signed, decision: Decision, needs: Needed) -> None:
        self.state = DECIDED[decision]
        held = [one for each in self.signatures for one in each.conditions]
        self.decided = Decided(
            number=event.number,
            revision=event.revision,
            decision=decision,
            at=event.moment,
            until=months_later(event.moment.date(), needs.stands_months),
            conditions=tuple(dict.fromkeys(held)),
        )
