"""Fold what happened in the committee: seats, points under seal, the ballot."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace

from checks.campaign.committee import Needed
from review import events
from review.checklist import Checklist
from review.commands.acts import Actor, Answer, Decision, Role, Signature
from review.document import sentences_committee as sentences
from review.document.sentences import person
from review.events import committee as kinds
from review.present.committee import Ballot, Committee, Member, Point, Voice
from review.store.shelf import Teller


@dataclass(kw_only=True)
class Sitting:
    """The committee after the events so far."""

    teller: Teller
    members: list[Member] = field(default_factory=list)
    gave_up: dict[str, Actor] = field(default_factory=dict)
    """By person: whoever was recused."""
    points: dict[str, Point] = field(default_factory=dict)
    basis: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """By question: hash of its words, and digests of its findings, as it was put."""
    at: str = ""
    ballot: Ballot | None = None
    began: kinds.BallotOpened | None = None
    cast: dict[int, kinds.BallotCast] = field(default_factory=dict)
    presented: bool = False

    def take(self, event: events.Event, checklist: Checklist) -> str:
        """Take one event in; returns it as a sentence, or nothing where it is none of this."""
        told = person(self.teller.actor(event.actor))
        asks = {one.id: one.asks for one in checklist.questions}
        question = getattr(event, "question", "")
        named = asks.get(question, question)
        for kind, takes in self._takes().items():
            if isinstance(event, kind):
                return takes(event, told, named)
        return ""

    def _takes(self) -> dict[type[events.Event], Callable[..., str]]:
        return {
            kinds.MemberSeated: self._seated,
            kinds.MemberUnseated: self._unseated,
            kinds.ConflictDeclared: self._declared,
            kinds.Recused: self._recused,
            kinds.Presented: self._presented,
            kinds.PointPut: self._put,
            kinds.AnswerSealed: self._sealed,
            kinds.SealsOpened: self._opened,
            kinds.AnswerSpoken: self._spoken,
            kinds.PointSettled: self._settled,
            kinds.BallotOpened: self._ballot_opened,
            kinds.BallotCast: self._ballot_cast,
            kinds.BallotClosed: self._ballot_closed,
            kinds.Attested: self._attested,
            kinds.Dissented: self._dissented,
        }

    def revised(self) -> None:
        """A new revision: seats stay, what was on the table and the ballot do not."""
        self.at, self.ballot, self.presented = "", None, False
        self.members = [replace(one, here=False) for one in self.members]

    def reopened(self) -> None:
        """The decision no longer stands, nor does its ballot."""
        self.ballot = None

    def barred(self, people: Collection[str]) -> str:
        """These turn out to have no voice: what they have under seal is taken out.

        Returns what came of it, as a sentence.
        """
        lying = any(one.person in people for one in self._under_seal())
        self._unvote(people)
        return sentences.taken_out() if lying else ""

    def _under_seal(self) -> Iterator[Actor]:
        """Whose vote or answer is in and not open yet."""
        if self.ballot and not self.ballot.closed:
            yield from self.ballot.cast
        for point in self.points.values():
            yield from () if point.opened else point.sealed

    def committee(self, needs: Needed, inside: Callable[[Actor], bool]) -> Committee:
        """The committee as it stands; who is inside the campaign by now has no voice."""
        return Committee(
            needs=needs,
            members=tuple(
                replace(one, barred=inside(one.who) or self._elsewhere(one)) for one in self.members
            ),
            recused=tuple(self.gave_up.values()),
            points=tuple(self.points.values()),
            at=self.at,
            ballot=self.ballot,
            presented=self.presented,
        )

    def seats_beside(self, people: Collection[str]) -> set[str]:
        """Of these, who are one human, each that sits beside the one who sat first."""
        _, *later = [one.who.person for one in self.members if one.who.person in people] or [""]
        return set(later)

    def _elsewhere(self, member: Member) -> bool:
        """Whether the same human is recused, or sat down before, under another account."""
        before = self.members[: self.members.index(member)]
        others = (*self.gave_up.values(), *(one.who for one in before))
        return any(one.is_same(member.who) for one in others if one.person != member.who.person)

    # Seats

    def _seated(self, event: kinds.MemberSeated, who: str, _: str) -> str:
        member = self.teller.actor(event.member, event.seat)
        before = next((one for one in self.members if one.who.person == event.instead_of), None)
        self.members = [one for one in self.members if one is not before]
        seat = Role(event.seat)
        self.members.append(Member(who=member, seat=seat, since=event.number))
        instead = before.who.name if before else ""
        if before is not None:
            self._unvote({before.who.person})
        return sentences.seated(who, person(member), seat, instead)

    def _unseated(self, event: kinds.MemberUnseated, who: str, _: str) -> str:
        gone = next(one for one in self.members if one.who.person == event.member)
        self.members.remove(gone)
        self._unvote({event.member})
        return sentences.unseated(who, person(gone.who), self.teller.said(event.reason))

    def _declared(self, event: kinds.ConflictDeclared, who: str, _: str) -> str:
        conflict = self.teller.said(event.conflict)
        self._change(event.actor.person, here=True, conflict=conflict)
        return sentences.declared(who, conflict)

    def _recused(self, event: kinds.Recused, who: str, _: str) -> str:
        reason = self.teller.said(event.reason)
        self._change(event.actor.person, recused=reason)
        self.gave_up[event.actor.person] = self.teller.actor(event.actor)
        self._unvote({event.actor.person})
        voting = sum(1 for one in self.members if one.votes)
        left = "1 member may" if voting == 1 else f"{voting} members may"
        return sentences.recused(who, reason, f"{left} vote now.")

    def _presented(self, event: kinds.Presented, who: str, _: str) -> str:
        self.presented = True
        return sentences.presented(who, self.teller.said(event.text))

    def _change(self, person: str, **to: object) -> None:
        self.members = [
            replace(one, **to) if one.who.person == person else one  # type: ignore[arg-type]
            for one in self.members
        ]

    def _unvote(self, people: Collection[str]) -> None:
        """What they cast or sealed no longer counts."""
        if self.ballot and not self.ballot.closed:
            kept = tuple(one for one in self.ballot.cast if one.person not in people)
            self.ballot = replace(self.ballot, cast=kept)
        for name, point in self.points.items():
            if not point.opened:
                kept = tuple(one for one in point.sealed if one.person not in people)
                self.points[name] = replace(point, sealed=kept)

    # Points

    def _put(self, event: kinds.PointPut, who: str, asks: str) -> str:
        self.points.pop(event.question, None)  # what was put last comes last
        self.points[event.question] = Point(
            question=event.question, round=event.round, at=event.moment
        )
        self.basis[event.question] = (event.asks, event.rests_on)
        self.at = event.question
        return sentences.put(who, asks, event.round)

    def _sealed(self, event: kinds.AnswerSealed, who: str, asks: str) -> str:
        point = self.points[event.question]
        actor = self.teller.actor(event.actor)
        others = tuple(one for one in point.sealed if one.person != actor.person)
        self.points[event.question] = replace(point, sealed=(*others, actor))
        return sentences.sealed(who, asks)

    def _opened(self, event: kinds.SealsOpened, _: str, asks: str) -> str:
        voices = tuple(self._voice(one, event.number) for one in event.answers)
        early = self.teller.said(event.early)
        point = self.points[event.question]
        self.points[event.question] = replace(point, voices=voices, opened=True, early=early)
        return sentences.opened(asks, [(one.by.name, one.answer) for one in voices], early)

    def _spoken(self, event: kinds.AnswerSpoken, who: str, _: str) -> str:
        chair = self.teller.actor(event.actor)
        voice = replace(self._voice(event.spoken, event.number), entered_by=chair)
        point = self.points[event.question]
        others = tuple(one for one in point.voices if one.by.person != voice.by.person)
        self.points[event.question] = replace(point, voices=(*others, voice))
        return sentences.spoken(who, person(voice.by), voice.answer, voice.reason)

    def _settled(self, event: kinds.PointSettled, who: str, asks: str) -> str:
        answer = Answer(event.answer)
        point = self.points[event.question]
        self.points[event.question] = replace(point, settled=answer, all_agreed=event.all_agreed)
        reason = self.teller.said(event.reason)
        return sentences.settled(asks, answer, all_agreed=event.all_agreed, who=who, reason=reason)

    def _voice(self, one: kinds.SealedAnswer, number: int) -> Voice:
        return Voice(
            by=self.teller.person(one.person, self._seat(one.person)),
            answer=None if one.answer == "abstain" else Answer(one.answer),
            reason=self.teller.said(one.reason),
            action=self.teller.action(one.action),
            number=number,
        )

    def _seat(self, person: str) -> str:
        held = (one.seat.value for one in self.members if one.who.person == person)
        return next(held, "")

    # The ballot

    def _ballot_opened(self, event: kinds.BallotOpened, who: str, _: str) -> str:
        self.ballot = Ballot(number=event.number, at=event.moment, quorum=event.quorum)
        self.began, self.cast = event, {}
        self.at = ""
        return sentences.ballot_opened(who, len(event.may_vote), event.quorum)

    def _ballot_cast(self, event: kinds.BallotCast, who: str, _: str) -> str:
        self.cast[event.number] = event
        if self.ballot is not None:
            actor = self.teller.actor(event.actor)
            others = tuple(one for one in self.ballot.cast if one.person != actor.person)
            self.ballot = replace(self.ballot, cast=(*others, actor))
        return sentences.ballot_cast(who)

    def _ballot_closed(self, event: kinds.BallotClosed, _: str, __: str) -> str:
        decision = None if event.decision == "none" else Decision(event.decision)
        early = self.teller.said(event.early)
        if self.ballot is not None:
            votes = tuple(self._vote(one, event.revision) for one in event.votes)
            self.ballot = replace(
                self.ballot,
                votes=votes,
                closed=True,
                closed_at=event.moment,
                decision=decision,
                conditions=tuple(self.teller.promised(one) for one in event.conditions),
                until=event.until,
                early=early,
                rule=event.agree,
                dissents=tuple(one for one in votes if _differs(one, decision)),
            )
        return sentences.ballot_closed(event.revision, decision, event.agree, early)

    def _vote(self, vote: kinds.Vote, revision: int) -> Signature:
        cast, began = self.cast[vote.cast], self.began
        return Signature(
            by=self.teller.person(vote.person, self._seat(vote.person)),
            decision=Decision(vote.decision),
            grounds=self.teller.said(vote.grounds),
            conditions=tuple(self.teller.promised(one) for one in vote.conditions),
            statement=self.teller.said(vote.statement.words),
            at=cast.moment,
            number=cast.number,
            head=cast.seen,
            fingerprint=began.fingerprint if began else "",
            findings=began.findings if began else "",
            revision=revision,
        )

    def _attested(self, event: kinds.Attested, who: str, _: str) -> str:
        if self.ballot is not None:
            decided = self.ballot.decision or Decision.ABSTAIN
            self.ballot = replace(self.ballot, attested=self._stated(event, decided, ""))
        return sentences.attested(who)

    def _dissented(self, event: kinds.Dissented, who: str, _: str) -> str:
        words = self.teller.said(event.text)
        if self.ballot is not None:
            dissent = self._stated(event, Decision.ABSTAIN, words)
            self.ballot = replace(self.ballot, dissents=(*self.ballot.dissents, dissent))
        return sentences.dissented(who, words)

    def _stated(
        self, event: kinds.Attested | kinds.Dissented, decision: Decision, grounds: str
    ) -> Signature:
        began = self.began
        return Signature(
            by=self.teller.actor(event.actor, self._seat(event.actor.person)),
            decision=decision,
            grounds=grounds,
            conditions=(),
            statement=self.teller.said(event.statement.words),
            at=event.moment,
            number=event.number,
            head=event.prev,
            fingerprint=began.fingerprint if began else "",
            findings=began.findings if began else "",
            revision=event.revision,
        )


def _differs(vote: Signature, decision: Decision | None) -> bool:
    """Whether a vote went another way than the decision; an abstention went no way."""
    if decision is None or vote.decision is Decision.ABSTAIN:
        return False
    if vote.decision.approves or decision.approves:
        return vote.decision.approves != decision.approves
    return vote.decision is not decision
