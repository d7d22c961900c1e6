"""How a committee decided, as the document tells it: who was there, the ballot, who disagreed."""

from __future__ import annotations

from review.document.wording import ANSWERS, DECIDED, Page, moment, plural
from review.present.committee import Ballot, Committee, Concern, Member
from review.present.conditions import Condition
from review.record import Actor, Review, told_day

STANDS = {"kept": "kept", "not_kept": "not kept", "cannot_tell": "cannot tell", "waits": "open"}


def who(by: Actor) -> Page:
    """Somebody in print: the name, the role, and whether anybody vouched for it."""
    if by.unnamed:
        return {"name": "Somebody", "role": "no role", "identity": "nobody had said a name yet"}
    checked = f"identity verified by {by.issuer}" if by.verified else "identity not verified"
    return {"name": by.name, "role": by.role.told, "identity": checked}


def minutes(review: Review) -> Page | None:
    """The committee of a review; None where nobody sits."""
    committee = review.committee
    if not committee.convened:
        return None
    return {
        "head": _head(committee),
        "presented": committee.presented,
        "members": [member(one) for one in committee.members],
        "ballot": _ballot(committee.ballot) if committee.ballot else None,
        "points": [
            {
                "asks": next(
                    (q.asks for q in review.checklist.questions if q.id == one.question),
                    one.question,
                ),
                "round": one.round,
                "said": len(one.voices),
                "settled": ANSWERS[one.settled] if one.settled else "not settled",
                "agreed": one.all_agreed,
            }
            for one in committee.points
        ],
    }


def _head(committee: Committee) -> str:
    """Who is here while they meet; once it is over, who voted."""
    ballot = committee.ballot
    if ballot is None or not ballot.closed:
        return committee.head
    need = "1 was needed" if ballot.quorum == 1 else f"{ballot.quorum} were needed"
    of = plural(len(committee.voting), "member", "members")
    return f"{len(ballot.cast)} of {of} voted, {need}."


def dialogue(review: Review) -> Page:
    """What people outside the team were asked, and what came of it."""
    told = review.dialogue
    return {
        "concerns": [_concern(one) for one in told.concerns],
        "not_sought": told.not_sought,
        "not_sought_by": who(told.not_sought_by) if told.not_sought_by else None,
    }


def dissents(review: Review) -> list[Page]:
    """Who did not agree with the decision, in their own words; the last words of each."""
    ballot = review.committee.ballot
    last = {one.by.person or one.by.name: one for one in (ballot.dissents if ballot else ())}
    return [{**who(one.by), "says": one.grounds, "at": moment(one.at)} for one in last.values()]


def condition(one: Condition) -> Page:
    """A condition of the approval, and whether it is kept."""
    action = one.action
    return {
        "what": action.what,
        "who": action.who,
        "by": told_day(action.by),
        "stands": STANDS[one.standing.value],
        "says": one.says,
    }


def member(one: Member) -> Page:
    """A member in print: the seat, and what they declared."""
    if one.recused:
        says = f"Gave up the vote: {one.recused}"
    elif one.barred:
        says = "No vote: prepared the campaign, or sits or gave up under another account."
    elif one.conflict:
        says = f"Declared: {one.conflict}"
    else:
        says = "Here; declared that nothing ties them to the campaign." if one.here else "Not here."
    return {**who(one.who), "seat": one.seat.told, "says": says, "votes": one.votes}


def _ballot(one: Ballot) -> Page:
    attested = one.attested
    return {
        "rule": one.rule,
        "early": one.early,
        "quorum": one.quorum,
        "cast": len(one.cast),
        "closed": one.closed,
        "at": moment(one.closed_at) if one.closed_at else "",
        "decision": DECIDED[one.decision] if one.decision else "no decision",
        "until": told_day(one.until) if one.until else "",
        "attested": {**who(attested.by), "statement": attested.statement, "at": moment(attested.at)}
        if attested
        else None,
    }


def _concern(one: Concern) -> Page:
    return {
        "role": one.role,
        "who": one.who,
        "on": told_day(one.on),
        "what": one.what,
        "answer": one.answer,
        "changed": one.changed,
    }
