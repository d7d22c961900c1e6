"""What a signature means: the words somebody stands behind, by the role they sign in."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from review.record import Actor, Decision, Role, told_day

VERSION = 2
"""Raised whenever a word below changes; every signature names the version it was given under."""


class About(TypedDict):
    """What a statement is about."""

    campaign: str
    revision: int
    day: date


DECIDED = {
    Decision.APPROVE: "approve this launch",
    Decision.APPROVE_WITH_CONDITIONS: "approve this launch with the conditions below",
    Decision.REQUEST_CHANGES: "do not approve this launch yet, and ask for changes",
    Decision.REJECT: "do not approve this launch",
    Decision.ABSTAIN: "abstain: I neither approve this launch nor stand against it",
}

ROLES = {
    Role.OWNER: (
        "The campaign is described here as it will run. I know of no list, field, channel or "
        "message that is missing. I will stop it if that changes."
    ),
    Role.PREPARER: (
        "The files are the ones used to make the list, read completely, and prepared as the "
        "record says. I changed no answer of a person."
    ),
    Role.PRIVACY: (
        "I have read the findings on consent, protection and transparency, and the open points. "
        "From the side of data protection I {decided}."
    ),
    Role.LEGAL: (
        "I have read the legal points named below as they stood on this date. I {decided}. "
        "This is my professional view, not a guarantee."
    ),
    Role.ETHICS: (
        "I have read who is chosen, who is left out and what it may do to them. I {decided}. "
        "My own doubts, if any, stand below in my words."
    ),
    Role.CUSTOMER_VOICE: (
        "I have looked at this as the people on the list would. I {decided}. I was free to say no."
    ),
    Role.CHAIR: (
        "The members whose names stand in this record took part. The decision is to {chosen}."
    ),
}
"""Where no committee sits, the chair speaks of no sealed ballots: there were none."""

CHAIR_VOTES = (
    "I have read the findings and the open points, and led the talk about them. I {decided}. "
    "I vote as one member among the others."
)
ATTESTED = (
    "The members named were present, conflicts were declared, answers were sealed until all were "
    "in, and the decision above is the one that was taken."
)
EARLY = "The seals were opened before all were in, for the reason that stands in the record."
DISSENT = "I do not agree, because: {words} My words stand in the record unchanged."

CHOSEN = {
    Decision.APPROVE: "approve this launch",
    Decision.APPROVE_WITH_CONDITIONS: "approve this launch with the conditions below",
    Decision.REQUEST_CHANGES: "ask for changes before this launch",
    Decision.REJECT: "reject this launch",
    Decision.ABSTAIN: "abstain",
}

SECOND_PERSON = (
    "I know that this rule is not met, why it is accepted, and until when. "
    "I am neither owner nor preparer."
)


def statement(by: Actor, decision: Decision, *, campaign: str, revision: int, day: date) -> str:
    """What somebody says by signing; shown above the button and printed beside the name."""
    words = ROLES[by.role].format(decided=DECIDED[decision], chosen=CHOSEN[decision])
    return f"{_opening(by, campaign, revision, day)} {words} {_under(by)}"


def ballot_statement(
    by: Actor, decision: Decision, *, campaign: str, revision: int, day: date
) -> str:
    """What a member of a committee says by casting a ballot."""
    said = CHAIR_VOTES if by.role is Role.CHAIR else ROLES[by.role]
    words = said.format(decided=DECIDED[decision])
    return f"{_opening(by, campaign, revision, day)} {words} {_under(by)}"


def attested_statement(by: Actor, *, early: bool, campaign: str, revision: int, day: date) -> str:
    """What the chair says about how a decision was taken."""
    words = f"{ATTESTED} {EARLY}" if early else ATTESTED
    return f"{_opening(by, campaign, revision, day)} {words} {_under(by)}"


def dissent_statement(by: Actor, words: str, *, campaign: str, revision: int, day: date) -> str:
    """What a member says who does not agree."""
    said = DISSENT.format(words=words)
    return f"{_opening(by, campaign, revision, day)} {said} {_under(by)}"


def second_statement(by: Actor, *, finding: str, campaign: str, revision: int, day: date) -> str:
    """What the second person says by confirming an exception for a finding."""
    opening = _opening(by, campaign, revision, day)
    return f"{opening} This concerns: {finding} {SECOND_PERSON} {_under(by)}"


def _opening(by: Actor, campaign: str, revision: int, day: date) -> str:
    return (
        f"I, {by.name}, sign as {by.role.told} for revision {revision} of {campaign}, "
        f"on {told_day(day)}."
    )


def _under(by: Actor) -> str:
    known = f"was verified by {by.issuer}" if by.verified else "was not verified"
    return (
        f"Candor counted; I decided. My identity {known}. "
        "The seal on this document is the organisation's, not my personal signature."
    )
