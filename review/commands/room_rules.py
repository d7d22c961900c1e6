"""What may be done in the committee, by whom and when; each refusal is a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from review.checklist import Question
from review.commands.door import fresh, told_apart
from review.commands.refusing import NotTaken
from review.commands.rules import may_judge, needed, open_now, run_of
from review.commands.sealing import under_seal, whole_answer, whole_vote
from review.events import (
    Attested,
    BallotCast,
    BallotOpened,
    ConflictDeclared,
    Event,
    Exported,
    MemberSeated,
    PeopleLinked,
    Refused,
)
from review.present.committee import Ballot, Member, Point, distinct
from review.present.conditions import Decided
from review.record import Action, Actor, Answer, Decision, Review, Role, distrusted

HARMLESS = (
    Refused,
    Exported,
    BallotOpened,
    BallotCast,
    MemberSeated,
    ConflictDeclared,
    Attested,
    PeopleLinked,
)
"""What may happen between reading and voting: it changes nothing that is voted on."""


def may_seat(past: Review, member: Actor, seat: Role, instead: Member | None, by: Actor) -> None:
    """Refuse a seat that nobody may take, or not this person."""
    open_now(past)
    if not seat.judges:
        raise NotTaken(f"There is no seat for {seat.told} in a committee.")
    if past.is_inside(member):
        raise NotTaken(
            f"{member.name} owns or prepared this campaign and cannot sit in its committee. "
            "Ask somebody else."
        )
    told_apart(member, past.owners)
    if any(one.who.may_be(member) for one in past.committee.members):
        raise NotTaken(f"{member.name} has a seat already.")
    if any(one.may_be(member) for one in past.committee.recused):
        raise NotTaken(
            f"{member.name} is recused from this review and takes no seat in it again. "
            "Ask somebody else."
        )
    if not by.is_same(member) or not (instead is None or instead.who.is_same(by)):
        leads(past, by)
    chair = past.committee.chair
    if seat is Role.CHAIR and chair is not None and chair is not instead:
        raise NotTaken(
            f"{chair.who.name} is the chair, and a review has one. Take them off first, or give "
            "their place to the new one."
        )


def leads(past: Review, by: Actor) -> None:
    """Refuse what only the chair does; an administrator may seat and unseat as well."""
    if by.role is Role.ADMINISTRATOR:
        return
    chairs(past, by)


def chairs(past: Review, by: Actor) -> Member:
    """The seat of the chair, if this person has it."""
    chair = past.committee.chair
    if chair is None:
        raise NotTaken(
            "Nobody chairs this review yet. Somebody with the role chair takes the seat."
        )
    if not chair.who.is_same(by):
        raise NotTaken(f"Only the chair can do this: {chair.who.name}.")
    _in_their_seat(chair, by)
    return chair


def _in_their_seat(member: Member, by: Actor) -> None:
    """Refuse a member who acts in another role than they sit in: it may be taken from them."""
    if by.role is not member.seat:
        raise NotTaken(
            f"You sit here for {member.seat.told} and act as {by.role.told}. Act as "
            f"{member.seat.told}; where you no longer have that role, leave the seat to another."
        )


def may_leave(past: Review, member: Member | None, reason: str, by: Actor) -> str:
    """The reason, if this member may leave."""
    if member is None:
        raise NotTaken("This person has no seat in the committee.")
    if not member.who.is_same(by):
        leads(past, by)
    return needed(reason, "Leaving a seat needs a reason.")


def sits(past: Review, by: Actor) -> Member:
    """The seat of this person."""
    member = past.committee.member(by)
    if member is None:
        raise NotTaken("You have no seat in this committee. Take one first, in your own role.")
    return member


def votes(past: Review, by: Actor) -> Member:
    """The seat of this person, if their voice counts now."""
    member = sits(past, by)
    may_judge(past, by)
    if any(one.is_same(by) for one in past.committee.recused):
        raise NotTaken("You are recused from this review, so you do not answer or vote on it.")
    if not member.votes:
        raise NotTaken(
            "You sit here under two accounts and have one voice. Use the account that sat first."
        )
    _in_their_seat(member, by)
    if not member.here:
        raise NotTaken("Say first that you are here, and whether you have a conflict of interest.")
    return member


def no_ballot(past: Review) -> None:
    """Refuse what would change what is being voted on."""
    ballot = past.committee.ballot
    if ballot is not None and not ballot.closed:
        raise NotTaken(
            "The ballot on this campaign is open, so nothing it is about may change. "
            "Wait until it is closed; your words are kept."
        )


def unput(past: Review, question: str) -> None:
    """Refuse one person's answer to what the committee answers together, under seal."""
    if past.committee.answers(question):
        raise NotTaken(
            "This question was put to the committee, which answers it together. "
            "Members answer on the page “My answer”; the chair can put it again."
        )


def may_put(past: Review, question: str, by: Actor) -> tuple[Question, int]:
    """The question and the number of its round, if the chair may put it now."""
    run_of(past)
    chairs(past, by)
    open_now(past)
    no_ballot(past)
    asked = next((one for one in past.checklist.questions if one.id == question), None)
    if asked is None:
        raise NotTaken("This question is not in the checklist of this review.")
    before = past.committee.point(question)
    if before is not None and before.sealed and not before.opened:
        raise NotTaken("Answers to this point lie under seal. Open them before putting it again.")
    return asked, before.round + 1 if before else 1


def may_seal(
    past: Review, question: str, answer: Answer | None, reason: str, action: Action | None,
    by: Actor,
) -> Point:  # fmt: skip
    """The point, if this member may seal this answer to it."""
    votes(past, by)
    open_now(past)
    no_ballot(past)
    point = past.committee.point(question)
    if point is None:
        raise NotTaken("The chair has not put this question yet.")
    if point.opened:
        raise NotTaken(
            "The answers to this point are open. Say yours aloud, or wait for a new round."
        )
    if any(one.is_same(by) for one in point.sealed):
        raise NotTaken("You have sealed your answer to this point. It is opened with the others.")
    with under_seal():
        whole_answer(past, question, answer, reason, action)
    return point


def may_open(past: Review, question: str, reason: str, by: Actor) -> Point:
    """The point, if the chair may open its seals before all are in."""
    chairs(past, by)
    point = past.committee.point(question)
    if point is None or point.opened:
        raise NotTaken("There is nothing under seal here.")
    if not point.sealed:
        raise NotTaken("Nobody has answered this point yet. Wait for an answer, or put another.")
    needed(reason, "Opening before all are in needs a reason.")
    return point


def may_speak(past: Review, question: str, member: Member | None, by: Actor) -> Point:
    """The point, if the chair may enter what this member said aloud."""
    chairs(past, by)
    no_ballot(past)
    point = past.committee.point(question)
    if point is None or not point.opened:
        raise NotTaken(
            "The seals of this point are not open yet: a spoken answer comes after them."
        )
    if member is None or not member.votes:
        raise NotTaken("This person has no voice in the committee.")
    if any(one.by.is_same(member.who) for one in point.voices):
        raise NotTaken(f"{member.who.name} has answered this point already.")
    if point.settled is not None:
        raise NotTaken("This point is settled. Put it again to hear more.")
    return point


def may_settle(past: Review, question: str, reason: str, by: Actor) -> tuple[Point, Answer]:
    """The point and what most members said, if the chair may record it."""
    chairs(past, by)
    no_ballot(past)
    point = past.committee.point(question)
    if point is None or not point.opened or point.settled is not None:
        raise NotTaken("There is no open difference here to record.")
    most = point.most
    if most is None:
        raise NotTaken("Nobody has answered this point. Put it again.")
    needed(reason, "Recording what most members said needs a reason: what was talked about.")
    return point, most


def may_begin_ballot(past: Review, by: Actor) -> None:
    """Refuse a ballot that could decide nothing."""
    run_of(past)
    chairs(past, by)
    open_now(past)
    no_ballot(past)
    if awaited := before_ballot(past):
        raise NotTaken(f"The committee cannot decide yet. {' '.join(awaited)}")


def before_ballot(past: Review) -> tuple[str, ...]:
    """What is awaited before a ballot can be opened, as sentences with the way out."""
    committee = past.committee
    sealed = [one for one in committee.points if one.sealed and not one.opened]
    return (*(_under_seal(past, one) for one in sealed), *committee.lacks)


def _under_seal(past: Review, point: Point) -> str:
    asked = past.checklist.question(point.question)
    silent = [one.who.name for one in past.committee.awaited(point.sealed)]
    waits = f"waits for {', '.join(silent)}" if silent else "has answers that are still sealed"
    return (
        f"“{asked.asks if asked else point.question}” {waits}. "
        "The chair waits, or opens the answers now."
    )


def ballot_of(past: Review) -> Ballot:
    """The ballot that is open."""
    ballot = past.committee.ballot
    if ballot is None:
        raise NotTaken("No ballot is open. The chair opens it.")
    if ballot.closed and ballot.decision is None:
        raise NotTaken("The ballot is closed, and brought no decision. The chair opens another.")
    if ballot.closed:
        raise NotTaken("The ballot is closed. Reopen the review to vote anew.")
    return ballot


def may_cast(
    past: Review,
    decision: Decision,
    grounds: str,
    conditions: Sequence[Action],
    by: Actor,
    now: datetime,
) -> Ballot:
    """The ballot, if this member may vote so now."""
    ballot = ballot_of(past)
    votes(past, by)
    if doubt := distrusted(past):
        raise NotTaken(doubt)
    if any(one.is_same(by) for one in ballot.cast):
        raise NotTaken("Your ballot is in. It is opened with the others.")
    fresh(by, now)
    with under_seal():
        whole_vote(past, decision, grounds, conditions, now)
    return ballot


def unmoved(past: Review, since: Sequence[Event] | None) -> None:
    """Refuse a vote on something that moved while it was read."""
    if since is None:
        raise NotTaken(
            "Your vote was not taken: the page you saw is not part of this record. "
            "Load it again, read it, then vote."
        )
    moved = [event for event in since if not isinstance(event, HARMLESS)]
    if moved:
        what = past.timeline[moved[-1].number - 1].sentence
        raise NotTaken(
            "Your vote was not taken: the record moved while you were reading. "
            f"{what} Read what changed, then vote again. Your grounds are kept."
        )


def enough(past: Review, cast: Sequence[Actor]) -> str:
    """Why so many ballots are not enough, as a sentence; empty where they are."""
    needs = past.committee.needs
    people = distinct(one.who for one in past.committee.voting if one.is_among(cast))
    if len(people) < needs.quorum:
        are = "is" if len(people) == 1 else "are"
        return f"{needs.quorum} ballots are needed and {len(people)} {are} in."
    seats = [one.seat.value for one in past.committee.voting if one.is_among(cast)]
    if vacant := needs.vacant(seats):
        names = ", ".join(seat.replace("_", " ") for seat in vacant)
        return f"A ballot is missing from: {names}."
    return ""


def may_close(past: Review, reason: str, by: Actor) -> Ballot:
    """The ballot, if the chair may close it before all are in."""
    chairs(past, by)
    ballot = ballot_of(past)
    if lacking := enough(past, ballot.cast):
        raise NotTaken(f"The ballot cannot be closed yet. {lacking}")
    needed(reason, "Closing before all are in needs a reason.")
    return ballot


def may_attest(past: Review, by: Actor, now: datetime) -> Ballot:
    """The ballot, if the chair may sign for how it was taken."""
    chairs(past, by)
    ballot = past.committee.ballot
    if ballot is None or not ballot.closed:
        raise NotTaken("There is no decision to sign for yet.")
    if ballot.attested is not None:
        raise NotTaken("You have signed for this decision already.")
    fresh(by, now)
    return ballot


def may_dissent(past: Review, text: str, by: Actor) -> tuple[Ballot, str]:
    """The ballot and the words, if this member may put a dissent on record."""
    sits(past, by)
    ballot = past.committee.ballot
    if ballot is None or not ballot.closed:
        raise NotTaken("There is no decision to disagree with yet.")
    return ballot, needed(text, "Please write what you do not agree with.")


def may_find_met(past: Review, place: int, text: str, by: Actor) -> tuple[Decided, str]:
    """The decision and what shows that its condition is kept, if this person may say so."""
    found = next((one for one in past.conditions if one.place == place), None)
    if past.decided is None or found is None:
        raise NotTaken("There is no such condition.")
    if found.action.finding:
        raise NotTaken("The newest run says whether this condition is kept; nobody else can.")
    may_judge(past, by)
    return past.decided, needed(text, "Please say what shows that the condition is kept.")
