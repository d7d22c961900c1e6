"""The committee of a review as it stands: who sits, what is on the table, and the one ballot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from checks.campaign.committee import ALONE, Needed
from review.commands.acts import Action, Actor, Answer, Decision, Role, Signature
from review.events.talk import Outside

TIE = "A tie is no approval: the campaign comes back with changes requested."


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """Somebody with a seat."""

    who: Actor
    seat: Role
    since: int
    """Number of the event by which the seat was taken."""
    here: bool = False
    """Whether they said that they are here, and what ties them to the campaign."""
    conflict: str = ""
    """What ties them to it, in their words; empty: nothing does, or not said yet."""
    recused: str = ""
    """Why they gave up their vote; empty: they vote."""
    barred: bool = False
    """Whether they own or prepared the campaign, or are recused or sit under another account."""

    @property
    def votes(self) -> bool:
        """Whether their voice counts."""
        return not self.recused and not self.barred

    def is_among(self, people: Sequence[Actor]) -> bool:
        """Whether they are one of these."""
        return any(self.who.is_same(one) for one in people)


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """One member's opened answer to a point."""

    by: Actor
    answer: Answer | None
    """None: they abstained."""
    reason: str
    action: Action | None
    number: int
    """Number of the event that opened it, or by which it was spoken."""
    entered_by: Actor | None = None
    """The chair, where it was spoken aloud."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A question that the chair put to the committee."""

    question: str
    round: int
    at: datetime
    sealed: tuple[Actor, ...] = ()
    """Who has answered, while nobody can read it."""
    voices: tuple[Voice, ...] = ()
    """What they said; empty until the seals are open."""
    opened: bool = False
    early: str = ""
    """Why the chair did not wait for all."""
    settled: Answer | None = None
    all_agreed: bool = False

    @property
    def most(self) -> Answer | None:
        """What most of them say; of as many, the more protective. None where nobody answered."""
        said = [one.answer for one in self.voices if one.answer is not None]
        ranked = sorted(set(said), key=lambda one: (-said.count(one), PROTECTIVE.index(one)))
        return ranked[0] if ranked else None


PROTECTIVE = (
    Answer.NOT_ACCEPTABLE,
    Answer.WITH_ACTION,
    Answer.ACCEPTABLE,
    Answer.DOES_NOT_APPLY,
)
"""The answers, the most protective first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ballot:
    """The formal ballot on the campaign."""

    number: int
    """Number of the event that opened it."""
    at: datetime
    quorum: int
    cast: tuple[Actor, ...] = ()
    """Whose ballot is in."""
    votes: tuple[Signature, ...] = ()
    """What they decided, each with grounds; empty until it is closed."""
    closed: bool = False
    closed_at: datetime | None = None
    decision: Decision | None = None
    """None where it brought none: all abstained, or something came in the way."""
    conditions: tuple[Action, ...] = ()
    until: date | None = None
    """The day on which an approval must be looked at again."""
    early: str = ""
    rule: str = ""
    """How it was counted, as a sentence."""
    attested: Signature | None = None
    """The chair's word for how the decision was taken."""
    dissents: tuple[Signature, ...] = ()
    """Who did not agree, in their own words: votes the other way, and what was said after."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Concern:
    """What somebody outside the team said, and what came of it."""

    number: int
    role: Outside
    who: str
    """Their name, where they gave it."""
    on: date
    what: str
    entered_by: Actor
    answer: str = ""
    changed: str = ""
    """What changed because of it; empty: nothing did."""
    answered_by: Actor | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Dialogue:
    """What people outside the team were asked and said."""

    concerns: tuple[Concern, ...] = ()
    not_sought: str = ""
    """Why nobody was asked; empty where somebody was, or nobody said."""
    not_sought_by: Actor | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Committee:
    """Who decides on a review, and how far they are."""

    needs: Needed = ALONE
    members: tuple[Member, ...] = ()
    recused: tuple[Actor, ...] = ()
    """Whoever gave up their vote on this campaign, also where they left their seat since."""
    points: tuple[Point, ...] = ()
    """Every question that was put, its last round; in the order in which they came up."""
    at: str = ""
    """The question on the wall now."""
    ballot: Ballot | None = None
    """The ballot of this revision, open or closed."""
    presented: bool = False
    """Whether who brought the campaign has presented it and left."""

    @property
    def convened(self) -> bool:
        """Whether anybody sits; then the decision is taken by ballot."""
        return bool(self.members)

    @property
    def chair(self) -> Member | None:
        """Who leads; a chair with a conflict does not."""
        return next((one for one in self.voting if one.seat is Role.CHAIR), None)

    @property
    def voting(self) -> tuple[Member, ...]:
        """The members whose voice counts."""
        return tuple(one for one in self.members if one.votes)

    @property
    def here(self) -> tuple[Member, ...]:
        """Those of them who said that they are here."""
        return tuple(one for one in self.voting if one.here)

    def awaited(self, heard: Sequence[Actor]) -> tuple[Member, ...]:
        """Those who are here and were not heard yet."""
        return tuple(one for one in self.here if not one.is_among(heard))

    def member(self, who: Actor) -> Member | None:
        """The seat of this person; of two that are one human's, the one of this account."""
        theirs = [one for one in self.members if one.who.is_same(who)]
        same = (one for one in theirs if one.who.identity == who.identity)
        return next(same, theirs[0] if theirs else None)

    def point(self, question: str) -> Point | None:
        """The last round of a question."""
        return next((one for one in self.points if one.question == question), None)

    def answers(self, question: str) -> bool:
        """Whether this question is the committee's to answer, together and under seal."""
        return self.convened and self.point(question) is not None

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is missing before it can decide, as sentences."""
        return lacking(self.needs, self.here, self.voting)

    @property
    def head(self) -> str:
        """Who is here and how many are needed, as a sentence.

        >>> Committee().head
        'Nobody sits in the committee yet; 1 is needed.'
        """
        needed = self.needs.quorum
        need = "1 is needed" if needed == 1 else f"{needed} are needed"
        if not self.members:
            return f"Nobody sits in the committee yet; {need}."
        of = len(self.voting)
        are = "is" if len(self.here) == 1 else "are"
        members = "1 member" if of == 1 else f"{of} members"
        return f"{len(self.here)} of {members} {are} here, {need}."


def distinct(people: Iterable[Actor]) -> tuple[Actor, ...]:
    """One for each person, whatever accounts they used; a doubt about a typed name counts once."""
    found: list[Actor] = []
    for one in people:
        if not any(one.may_be(other) for other in found):
            found.append(one)
    return tuple(found)


def lacking(needs: Needed, here: Sequence[Member], voting: Sequence[Member]) -> tuple[str, ...]:
    """What a committee lacks, each with the way out."""
    found: list[str] = []
    people = len(distinct(one.who for one in here))
    sitting = len(distinct(one.who for one in voting))
    if sitting < needs.quorum:
        missing = needs.quorum - sitting
        more = "1 more member" if missing == 1 else f"{missing} more members"
        found.append(
            f"{needs.quorum} members are needed and {sitting} may vote. Seat {more}."
            if needs.quorum > 1
            else "Nobody may vote. Seat a member."
        )
    elif people < needs.quorum:
        found.append(
            f"{needs.quorum} members are needed and {people} "
            f"{'is' if people == 1 else 'are'} here. Each says so on the page “My answer”."
        )
    found += [
        f"Nobody sits for {seat.replace('_', ' ')}. Seat somebody in this role."
        for seat in needs.vacant(one.seat.value for one in voting)
    ]
    return tuple(found)


@dataclass(frozen=True, kw_only=True, slots=True)
class Voted:
    """A vote as it is counted; whose it is does not matter for that."""

    decision: Decision
    conditions: tuple[Action, ...]


def outcome(needs: Needed, votes: Sequence[Voted], *, due: bool = False) -> Decision | None:
    """What a ballot decides; None where nobody voted for or against.

    Approved where enough approve by the rule of the policy; else rejected where more than half
    of those who voted reject; else, a tie included, changes are requested. With approval every
    condition holds that one of those who approved asked for, and what the answers ask for (`due`).
    """
    said = [one.decision for one in votes if one.decision is not Decision.ABSTAIN]
    approving = [one for one in said if one.approves]
    if not said:
        return None
    if needs.agreed(approve=len(approving), voted=len(said)):
        conditional = due or any(one.conditions for one in votes if one.decision.approves)
        return Decision.APPROVE_WITH_CONDITIONS if conditional else Decision.APPROVE
    if 2 * said.count(Decision.REJECT) > len(said):
        return Decision.REJECT
    return Decision.REQUEST_CHANGES


AGREE = {
    "more_than_half": "more than half",
    "two_thirds": "two thirds",
    "all": "all",
}


def counted(needs: Needed, votes: Sequence[Voted]) -> str:
    """How a ballot was counted, as sentences."""
    said = [one.decision for one in votes]
    voted = [one for one in said if one is not Decision.ABSTAIN]
    approve = sum(1 for one in voted if one.approves)
    abstained = len(said) - len(voted)
    apart = {0: "", 1: " 1 abstained."}.get(abstained, f" {abstained} abstained.")
    tie = f" {TIE}" if voted and 2 * approve == len(voted) else ""
    return (
        f"{approve} of {len(voted)} who voted for or against approved; "
        f"{AGREE[needs.agree]} must.{apart}{tie}"
    )
