"""Fold a chain of events to the present of a review. Nothing is looked up but what they name."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from checks.campaign.committee import ALONE, Needed
from review import events
from review.checklist import Checklist
from review.commands.housekeeping import House
from review.document import sentences
from review.present.answering import Answering
from review.present.copying import copied
from review.present.deciding import Deciding
from review.present.excepting import Excepting
from review.present.levelling import Gaps
from review.present.sitting import Sitting
from review.present.talk import Talk, in_register
from review.record import Actor, Comment, Happened, Review, Revision, State
from review.store.chain import Chain
from review.store.shelf import Kept, Shelf, Teller

__all__ = ["Fold", "Kept", "Shelf", "folded"]


SENSELESS = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, StopIteration)
"""What a fold comes upon in events that nobody of ours wrote: well formed, chained, nonsense."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fold:
    """A chain folded to its end: to be read, and to go on from when the chain has grown."""

    review: Review
    state: _Folding
    wrong: str = ""
    """Which event follows from nothing before it, as a sentence; what comes after is not in it."""


def folded(chain: Chain, shelf: Shelf, otherwise: Checklist, before: Fold | None = None) -> Fold:
    """Fold a chain to the present; `otherwise` is the checklist of a chain that names none.

    `before` is what the beginning of the same chain, with the same words, was folded to.
    """
    teller = Teller.of(shelf.words, chain.events)
    if before is not None and before.state.teller.tells_as(teller):
        state = _again(before.state, shelf, teller)
    else:
        state = _begun(shelf, teller, otherwise)
    wrong = _taken_in(state, chain)
    return Fold(review=state.review(chain), state=state, wrong=wrong)


def _taken_in(state: _Folding, chain: Chain) -> str:
    """Take in what is new, up to the first event that makes no sense; that one, as a sentence."""
    at = len(state.timeline)
    for event, hashed in zip(chain.events[at:], chain.hashes[at:], strict=True):
        try:
            sentence = state.take(event)
        except SENSELESS:
            told = "does not fit: it follows from nothing before it."
            return f"Event {event.number} of this record {told}"
        state.timeline.append(
            Happened(number=event.number, at=event.moment, sentence=sentence, hash=hashed)
        )
    return ""


def _begun(shelf: Shelf, teller: Teller, otherwise: Checklist) -> _Folding:
    return _Folding(
        shelf=shelf,
        teller=teller,
        checklist=otherwise,
        answering=Answering(teller=teller),
        excepting=Excepting(teller=teller),
        sitting=Sitting(teller=teller),
        deciding=Deciding(teller=teller),
        talk=Talk(teller=teller),
        house=House(words=shelf.words),
    )


def _again(state: _Folding, shelf: Shelf, teller: Teller) -> _Folding:
    return copied(
        state,
        shelf=shelf,
        teller=teller,
        answering=copied(state.answering, teller=teller),
        excepting=copied(state.excepting, teller=teller),
        sitting=copied(state.sitting, teller=teller),
        deciding=copied(state.deciding, teller=teller),
        talk=copied(state.talk, teller=teller),
        house=copied(state.house, words=shelf.words),
        gaps=copied(state.gaps),
    )


@dataclass(kw_only=True)
class _Folding:
    """What is known after the events so far."""

    shelf: Shelf
    teller: Teller
    checklist: Checklist
    answering: Answering
    excepting: Excepting
    sitting: Sitting
    deciding: Deciding
    talk: Talk
    house: House
    gaps: Gaps = field(default_factory=Gaps)
    before: Kept | None = None
    name: str = ""
    owner: str = ""
    owners: dict[str, None] = field(default_factory=dict)
    preparers: dict[str, Actor] = field(default_factory=dict)
    run_unnamed: bool = False
    kept: Kept | None = None
    revisions: list[Revision] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    timeline: list[Happened] = field(default_factory=list)

    @property
    def needs(self) -> Needed:
        return self.kept.run.committee if self.kept else ALONE

    def take(self, event: events.Event) -> str:  # noqa: C901, PLR0911 — one case a kind
        """Take one event in; returns it as a sentence."""
        who = sentences.person(self.teller.actor(event.actor))
        match event:
            case events.Opened():
                self.name = self.shelf.words(event.name)
                return sentences.opened(who, self.name)
            case events.RunRecorded():
                return self.run_recorded(event)
            case events.Answered():
                return self.answered(event, who)
            case events.Commented():
                return self.commented(event, who)
            case events.ExceptionProposed():
                self.begin(event.actor)
                return self.excepting.proposed(event, who)
            case events.ExceptionConfirmed():
                self.begin(event.actor)
                self.deciding.lapse()
                return self.excepting.confirmed(event, who)
            case events.Signed():
                self.begin(event.actor)
                return self.deciding.signed(event, who, self.needs)
            case events.Reopened():
                self.deciding.unsign(State.IN_REVIEW)
                self.sitting.reopened()
                return sentences.reopened(who, self.shelf.words(event.reason))
            case events.Withdrawn():
                self.deciding.unsign(State.WITHDRAWN)
                self.sitting.reopened()
                return sentences.withdrawn(who, self.shelf.words(event.reason))
            case events.ConditionMet():
                return self.deciding.met(event, who)
            case events.PeopleLinked():
                return self.linked(event)
            case _:
                return self.noted(event, who) or self.among_people(event)

    def noted(self, event: events.Event, who: str) -> str:
        """What leaves the review as it is; nothing where it is none of this."""
        return self.house.take(event, who) or in_register(event, who, self.teller)

    def among_people(self, event: events.Event) -> str:
        """What happens in the committee, and with people outside."""
        said = self.sitting.take(event, self.checklist) or self.talk.take(event)
        if not said:
            raise TypeError(f"nothing is known about {type(event).__name__}")
        self.begin(event.actor)
        match event:
            case events.SealsOpened() | events.AnswerSpoken():
                name = event.question
                self.answering.voiced(event, self.sitting.points[name], self.sitting.basis[name])
            case events.PointSettled():
                self.answering.settled(event)
                self.deciding.lapse()
            case events.BallotClosed():
                self.deciding.balloted(event, self.sitting.ballot)
            case events.ConcernRaised() | events.ConcernAnswered() | events.DialogueNotSought():
                self.deciding.lapse()
            case _:
                pass
        return said

    # Runs and revisions

    def run_recorded(self, event: events.RunRecorded) -> str:
        before, was = self.kept, self.revisions[-1] if self.revisions else None
        stood = self.answering.standing(self.kept, self.checklist)
        self.checklist = self.shelf.checklist(event.checklist) or self.checklist
        self.owner = self.shelf.words(event.owner)
        self.owners[self.owner] = None
        actor = self.brought(event)
        if was is not None and was.number != event.revision:
            self.before = before
        kept = self.shelf.kept(event.findings)
        self.kept = replace(kept, run=replace(kept.run, owner=self.owner)) if kept else None
        self.gaps.take(self.kept.run if self.kept else None)
        self.revise(event)
        counts = self.kept.run.counts if self.kept else {}
        who = sentences.person(actor)
        if was is None:
            return sentences.first_run(who, counts)
        if was.number == event.revision:
            versions = before.run.versions if before else {}
            return sentences.same_run(who, versions, event.versions)
        carried = len(self.answering.standing(self.kept, self.checklist) & stood)
        changed = [part for part, hashed in event.parts.items() if was.parts.get(part) != hashed]
        return sentences.new_revision(
            who, event.revision, changed, counts, carried=carried, again=len(stood) - carried
        )

    def brought(self, event: events.RunRecorded) -> Actor:
        """Whoever recorded a run has prepared this campaign; the newest comes last."""
        actor = self.teller.actor(event.actor)
        self.preparers.pop(actor.person, None)
        if actor.unnamed:
            self.run_unnamed = True
        else:
            self.preparers[actor.person] = actor
        return actor

    def revise(self, event: events.RunRecorded) -> None:
        new = not self.revisions or self.revisions[-1].number != event.revision
        if self.revisions and new:
            old = self.revisions[-1]
            self.revisions[-1] = replace(old, state=State.SUPERSEDED, was=self.deciding.state)
            self.deciding.revised()
            self.sitting.revised()
        revision = Revision(
            number=event.revision,
            fingerprint=event.fingerprint,
            parts=event.parts,
            at=event.moment if new else self.revisions[-1].at,
            state=self.deciding.state,
            was=self.deciding.state,
            findings=event.findings,
        )
        if new:
            self.revisions.append(revision)
        else:
            self.revisions[-1] = revision

    # What people say

    def answered(self, event: events.Answered, who: str) -> str:
        given = self.answering.answered(event)
        if not event.statement:
            self.begin(event.actor)
            self.deciding.lapse()
        question = self.checklist.question(event.question)
        return sentences.answered(
            who,
            question.asks if question else event.question,
            given.answer,
            reason=given.reason,
            action=given.action,
            statement=event.statement,
        )

    def commented(self, event: events.Commented, who: str) -> str:
        self.begin(event.actor)
        text = self.shelf.words(event.text)
        comment = Comment(
            about=event.about,
            text=text,
            by=self.teller.actor(event.actor),
            at=event.moment,
            number=event.number,
        )
        self.comments.append(comment)
        return sentences.commented(who, event.about, text)

    # Decisions

    def linked(self, event: events.PeopleLinked) -> str:
        """Accounts are one human's, also for what that human did here before."""
        people = self.teller.one_with(event.people[0])
        present, digests = self.bare(), self.kept.digests if self.kept else {}
        inside = {one for one in people if present.is_inside(self.teller.person(one))}
        said = self.talk.take(event)
        self.answering.stated(inside)
        barred = inside if people.isdisjoint(self.sitting.gave_up) else people
        gone = self.sitting.barred(barred | self.sitting.seats_beside(people))
        shaken = self.excepting.shaken(digests, people, inside)
        fell = self.deciding.linked(people, barred, shaken=shaken)
        if fell:
            self.sitting.reopened()
        return " ".join(one for one in (said, gone, fell) if one)

    def begin(self, who: events.Who) -> None:
        """A draft is in review from the first act of somebody who did not bring it."""
        if self.deciding.state is State.DRAFT and not self.bare().is_inside(self.teller.actor(who)):
            self.deciding.state = State.IN_REVIEW

    def bare(self) -> Review:
        """The review so far, without what depends on its end."""
        return Review(
            id="",
            name=self.name,
            owner=self.owner,
            revision=self.revisions[-1].number if self.revisions else 0,
            state=self.deciding.state,
            run=self.kept.run if self.kept else None,
            checklist=self.checklist,
            head="",
            length=0,
            answers={},
            exceptions=(),
            comments=tuple(self.comments),
            signatures=tuple(self.deciding.signatures),
            timeline=tuple(self.timeline),
            past_signatures=tuple(self.deciding.past),
            preparers=tuple(self.preparers.values()),
            owners=tuple(self.owners),
            run_unnamed=self.run_unnamed,
            members=self.house.members_of(self.revisions[-1].number) if self.revisions else {},
        )

    def review(self, chain: Chain) -> Review:
        """The present, whole."""
        past, last = self.revisions[:-1], self.revisions[-1:]
        present = [replace(one, state=self.deciding.state, was=self.deciding.state) for one in last]
        bare = self.bare()
        return replace(
            bare,
            id=chain.review,
            name=self.name or chain.review,
            head=chain.head,
            length=len(chain.events),
            answers=self.answering.by_question(self.kept, self.checklist),
            exceptions=self.excepting.standing(self.kept.digests if self.kept else {}),
            revisions=(*past, *present),
            committee=self.sitting.committee(self.needs, bare.is_inside),
            dialogue=self.talk.dialogue(),
            decided=self.deciding.decided,
            levelled=self.gaps.levelled,
            before=self.before.run if self.before else None,
        )
