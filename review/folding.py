"""Fold a chain of events to the present of a review. Nothing is looked up but what they name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from checks.finding import Finding
from checks.run import Run, digest
from review import events, sentences
from review.chain import Chain
from review.checklist import Checklist, Question
from review.record import (
    Accepted,
    Action,
    Actor,
    Answer,
    Comment,
    Decision,
    Given,
    Happened,
    Review,
    Revision,
    Role,
    Signature,
    State,
)

DECIDED = {
    Decision.REJECT: State.REJECTED,
    Decision.REQUEST_CHANGES: State.CHANGES_REQUESTED,
    Decision.APPROVE_WITH_CONDITIONS: State.APPROVED_WITH_CONDITIONS,
    Decision.APPROVE: State.APPROVED,
}
"""What the signatures that stand decide; the most protective of them first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A run as it was stored, and the digest of each finding."""

    run: Run
    digests: Mapping[str, str]
    """By ``check/subject``."""

    @classmethod
    def of(cls, run: Run) -> Kept:
        """Work out the digests once."""
        return cls(run=run, digests={finding.key: digest(finding) for finding in run.findings})

    def under(self, question: Question) -> tuple[str, ...]:
        """The digests an answer to this question rests on, in a fixed order."""
        named = [
            self.digests[finding.key]
            for finding in self.run.findings
            if question.is_informed_by(finding.check)
        ]
        return tuple(sorted(named))

    def finding(self, key: str) -> Finding | None:
        """The finding with this ``check/subject``."""
        return next((one for one in self.run.findings if one.key == key), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """Where what the events name is kept."""

    words: Callable[[str], str]
    """The words behind a hash; ``(erased)`` where they are gone."""
    kept: Callable[[str], Kept | None]
    checklist: Callable[[str], Checklist | None]


def folded(chain: Chain, shelf: Shelf, otherwise: Checklist) -> Review:
    """The present of a review; `otherwise` is the checklist of a chain that names none."""
    folding = _Folding(shelf=shelf, checklist=otherwise)
    for event, hashed in zip(chain.events, chain.hashes, strict=True):
        sentence = folding.take(event)
        folding.timeline.append(
            Happened(number=event.number, at=event.moment, sentence=sentence, hash=hashed)
        )
    return folding.review(chain)


@dataclass(kw_only=True)
class _Folding:
    """What is known after the events so far."""

    shelf: Shelf
    checklist: Checklist
    name: str = ""
    owner: str = ""
    owners: dict[str, None] = field(default_factory=dict)
    preparers: dict[str, Actor] = field(default_factory=dict)
    run_unnamed: bool = False
    kept: Kept | None = None
    state: State = State.DRAFT
    revisions: list[Revision] = field(default_factory=list)
    answers: list[events.Answered] = field(default_factory=list)
    proposals: dict[int, tuple[events.ExceptionProposed, Actor | None]] = field(
        default_factory=dict
    )
    comments: list[Comment] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    past: list[Signature] = field(default_factory=list)
    timeline: list[Happened] = field(default_factory=list)

    def take(self, event: events.Event) -> str:  # noqa: C901, PLR0911, PLR0912 — one case a kind
        """Take one event in; returns it as a sentence."""
        who = sentences.person(self.actor(event.actor))
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
                self.proposals[event.number] = (event, None)
                reason = self.shelf.words(event.reason)
                return sentences.proposed(who, event.finding, event.until, reason)
            case events.ExceptionConfirmed():
                return self.confirmed(event, who)
            case events.Signed():
                return self.signed(event, who)
            case events.Reopened():
                self.unsign(State.IN_REVIEW)
                return sentences.reopened(who, self.shelf.words(event.reason))
            case events.Withdrawn():
                self.unsign(State.WITHDRAWN)
                return sentences.withdrawn(who, self.shelf.words(event.reason))
            case events.Exported():
                return sentences.exported(who, event.edition, event.sha256)
            case events.Refused():
                because = self.shelf.words(event.because)
                return sentences.refused(who, event.command, because)
            case events.ListsMade():
                return sentences.lists_made(who, event.kept, event.removed)
            case events.PeopleDataDeleted():
                return sentences.people_data_deleted(who)
            case events.TextsErased():
                reason = self.shelf.words(event.reason)
                return sentences.texts_erased(who, len(event.texts), reason)
            case events.Restored():
                return sentences.restored(who, event.anchored, self.shelf.words(event.reason))
            case _:
                raise TypeError(f"nothing is known about {type(event).__name__}")

    def run_recorded(self, event: events.RunRecorded) -> str:
        before, was = self.kept, self.revisions[-1] if self.revisions else None
        stood = self.standing_answers()
        self.checklist = self.shelf.checklist(event.checklist) or self.checklist
        self.owner = self.shelf.words(event.owner)
        self.owners[self.owner] = None
        actor = self.actor(event.actor)
        self.preparers.pop(actor.person, None)  # who recorded the newest run comes last
        if actor.unnamed:
            self.run_unnamed = True
        else:
            self.preparers[actor.person] = actor
        kept = self.shelf.kept(event.findings)
        self.kept = replace(kept, run=replace(kept.run, owner=self.owner)) if kept else None
        self.revise(event)
        counts = self.kept.run.counts if self.kept else {}
        who = sentences.person(actor)
        if was is None:
            return sentences.first_run(who, counts)
        if was.number == event.revision:
            versions = before.run.versions if before else {}
            return sentences.same_run(who, versions, event.versions)
        carried = len(self.standing_answers() & stood)
        changed = [part for part, hashed in event.parts.items() if was.parts.get(part) != hashed]
        return sentences.new_revision(
            who, event.revision, changed, counts, carried=carried, again=len(stood) - carried
        )

    def revise(self, event: events.RunRecorded) -> None:
        new = not self.revisions or self.revisions[-1].number != event.revision
        if self.revisions and new:
            old = self.revisions[-1]
            self.revisions[-1] = replace(old, state=State.SUPERSEDED, was=self.state)
            self.unsign(State.DRAFT if self.state is State.DRAFT else State.IN_REVIEW)
        revision = Revision(
            number=event.revision,
            fingerprint=event.fingerprint,
            parts=event.parts,
            at=event.moment if new else self.revisions[-1].at,
            state=self.state,
            was=self.state,
            findings=event.findings,
        )
        if new:
            self.revisions.append(revision)
        else:
            self.revisions[-1] = revision

    def answered(self, event: events.Answered, who: str) -> str:
        self.answers.append(event)
        if not event.statement:
            self.begin(event.actor)
        question = next((q for q in self.checklist.questions if q.id == event.question), None)
        return sentences.answered(
            who,
            question.asks if question else event.question,
            Answer(event.answer),
            reason=self.said(event.reason),
            action=self.action(event.action),
            statement=event.statement,
        )

    def commented(self, event: events.Commented, who: str) -> str:
        self.begin(event.actor)
        text = self.shelf.words(event.text)
        comment = Comment(
            about=event.about,
            text=text,
            by=self.actor(event.actor),
            at=event.moment,
            number=event.number,
        )
        self.comments.append(comment)
        return sentences.commented(who, event.about, text)

    def confirmed(self, event: events.ExceptionConfirmed, who: str) -> str:
        self.begin(event.actor)
        if event.proposed in self.proposals:
            proposal, _ = self.proposals[event.proposed]
            self.proposals[event.proposed] = (proposal, self.actor(event.actor))
        return sentences.confirmed(who, event.finding)

    def signed(self, event: events.Signed, who: str) -> str:
        decision = Decision(event.decision)
        conditions = tuple(self.promised(one) for one in event.conditions)
        signature = Signature(
            by=self.actor(event.actor),
            decision=decision,
            grounds=self.said(event.grounds),
            conditions=conditions,
            statement=self.shelf.words(event.statement.words),
            at=event.moment,
            number=event.number,
            head=event.seen,
            fingerprint=event.fingerprint,
            revision=event.revision,
        )
        self.signatures.append(signature)
        decided = {one.decision for one in self.signatures}
        self.state = next(state for one, state in DECIDED.items() if one in decided)
        return sentences.signed(who, decision, event.revision, len(conditions))

    def begin(self, who: events.Who) -> None:
        """A draft is in review from the first act of somebody who did not bring it."""
        if self.state is State.DRAFT and not self.is_inside(self.actor(who)):
            self.state = State.IN_REVIEW

    def is_inside(self, actor: Actor) -> bool:
        return self.bare().is_inside(actor)

    def unsign(self, state: State) -> None:
        self.past.extend(self.signatures)
        self.signatures.clear()
        self.state = state

    def actor(self, who: events.Who) -> Actor:
        return Actor(
            name=self.shelf.words(who.name),
            role=Role(who.roles[0]),
            issuer=who.issuer,
            verified=who.verified,
            person=who.person,
        )

    def said(self, words: str | None) -> str:
        return self.shelf.words(words) if words else ""

    def action(self, promise: events.Promise | None) -> Action | None:
        return self.promised(promise) if promise else None

    def promised(self, promise: events.Promise) -> Action:
        words = self.shelf.words
        return Action(what=words(promise.what), who=words(promise.who), by=promise.by)

    def is_current(self, event: events.Answered) -> bool:
        question = next((q for q in self.checklist.questions if q.id == event.question), None)
        if question is None or self.kept is None or question.words_hash != event.asks:
            return False
        return tuple(sorted(event.rests_on)) == self.kept.under(question)

    def standing_answers(self) -> set[str]:
        """The questions that somebody's answer counts for now."""
        return {one.question for one in self.answers if not one.statement and self.is_current(one)}

    def given(self) -> dict[str, tuple[Given, ...]]:
        made: dict[str, tuple[Given, ...]] = {}
        for one in self.answers:
            given = Given(
                question=one.question,
                answer=Answer(one.answer),
                reason=self.said(one.reason),
                action=self.action(one.action),
                by=self.actor(one.actor),
                at=one.moment,
                number=one.number,
                rests_on=one.rests_on,
                current=self.is_current(one),
                statement=one.statement,
            )
            made[one.question] = (*made.get(one.question, ()), given)
        return made

    def accepted(self) -> tuple[Accepted, ...]:
        """The exceptions whose finding has not moved; the last for each finding."""
        digests = self.kept.digests if self.kept else {}
        last: dict[str, Accepted] = {}
        for event, second in self.proposals.values():
            if digests.get(event.finding) != event.rests_on:
                continue
            last[event.finding] = Accepted(
                finding=event.finding,
                reason=self.shelf.words(event.reason),
                until=event.until,
                by=self.actor(event.actor),
                second=second,
                at=event.moment,
                number=event.number,
            )
        return tuple(last.values())

    def bare(self) -> Review:
        """The review so far, without what depends on its end."""
        return Review(
            id="",
            name=self.name,
            owner=self.owner,
            revision=self.revisions[-1].number if self.revisions else 0,
            state=self.state,
            run=self.kept.run if self.kept else None,
            checklist=self.checklist,
            head="",
            length=0,
            answers={},
            exceptions=(),
            comments=tuple(self.comments),
            signatures=tuple(self.signatures),
            timeline=tuple(self.timeline),
            past_signatures=tuple(self.past),
            preparers=tuple(self.preparers.values()),
            owners=tuple(self.owners),
            run_unnamed=self.run_unnamed,
        )

    def review(self, chain: Chain) -> Review:
        """The present, whole."""
        if self.revisions:
            present = replace(self.revisions[-1], state=self.state, was=self.state)
            self.revisions[-1] = present
        return replace(
            self.bare(),
            id=chain.review,
            name=self.name or chain.review,
            head=chain.head,
            length=len(chain.events),
            answers=self.given(),
            exceptions=self.accepted(),
            revisions=tuple(self.revisions),
        )
