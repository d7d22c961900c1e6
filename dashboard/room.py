"""The committee's commands, as a page gives them: each says what became of it, and none raises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

import streamlit as st

from dashboard import session
from dashboard.session import desk, take
from review.events.talk import Outside
from review.record import Action, Answer, Decision, Review, Role

EVERY = 2
"""Seconds after which a page asks whether anything happened: one row of an index."""


def watch(review: Review) -> None:
    """Draw the page anew once something happened; what somebody is typing stays where it is.

    The last thing on a page, under a new name for each drawing. A browser that still asks by an
    earlier name is not answered: answered between the end of a drawing and its delivery, it would
    throw away what is under way, and the page would stand still on what it showed before.
    """

    def look() -> None:
        try:
            moved = desk().number(review.id) != review.length
        except session.UNREADABLE:
            return  # the next look comes by itself
        if moved:
            session.moved()
            st.rerun()

    look.__qualname__ = f"look {uuid4()}"
    st.fragment(look, run_every=EVERY)()


def seat(on: Review, role: Role) -> None:
    """Take a seat in one's own role."""
    take("You have a seat.", desk().room.seat, on, role)


def unseat(on: Review, person: str, reason: str) -> None:
    """Leave a seat, or take somebody off theirs."""
    take("The seat is free.", desk().room.unseat, on, person, reason=reason)


def declare(on: Review, conflict: str) -> None:
    """Say that one is here, and what ties one to the campaign."""
    take("You are here.", desk().room.declare, on, conflict=conflict)


def recuse(on: Review, reason: str) -> None:
    """Give up one's vote."""
    done = "You are recused: you do not vote on this campaign."
    take(done, desk().room.recuse, on, reason=reason)


def present(on: Review) -> None:
    """The owner's side has presented, and leaves."""
    done = "It is on record that you presented the campaign and left."
    take(done, desk().room.present, on, text="")


def put(on: Review, question: str) -> None:
    """Put a point to the committee."""
    take("The point is put to the committee.", desk().room.put, on, question)


def seal(
    on: Review, question: str, answer: Answer | None, *, reason: str, action: Action | None
) -> bool:
    """Seal an answer to the point."""
    done = "Your answer is sealed. It opens with the others."
    said = {"reason": reason, "action": action, "seen": on.head}
    return take(done, desk().room.seal, on, question, answer, **said)


def open_seals(on: Review, question: str, reason: str) -> None:
    """Open the answers before all are in."""
    take("The answers are open.", desk().room.open_seals, on, question, reason=reason)


def speak(on: Review, question: str, person: str, answer: Answer | None, reason: str) -> bool:
    """Enter what a member said aloud."""
    done = "The spoken answer is on record, entered by you."
    return take(done, desk().room.speak, on, question, person, answer, reason=reason)


def settle(on: Review, question: str, reason: str) -> None:
    """Record what most members said."""
    done = "The point is settled by what most members said."
    take(done, desk().room.settle, on, question, reason=reason)


def begin_ballot(on: Review) -> None:
    """Open the ballot."""
    take("The ballot is open.", desk().ballot.begin, on)


def cast(
    on: Review, decision: Decision, *, grounds: str, conditions: Sequence[Action] = ()
) -> bool:
    """Cast a sealed ballot on what this page showed."""
    done = "Your ballot is sealed. It opens with the others."
    said = {"grounds": grounds, "conditions": conditions, "seen": on.head}
    return take(done, desk().ballot.cast, on, decision, **said)


def close_ballot(on: Review, reason: str) -> None:
    """Close the ballot before all are in."""
    take("The ballot is closed.", desk().ballot.close, on, reason=reason)


def attest(on: Review) -> None:
    """Sign for how the decision was taken."""
    take("You have signed for how the decision was taken.", desk().ballot.attest, on)


def dissent(on: Review, text: str) -> None:
    """Put a dissent on record."""
    take("Your words stand in the record, unchanged.", desk().ballot.dissent, on, text)


def find_met(on: Review, place: int, text: str) -> None:
    """Say that a condition is kept."""
    done = "It is on record that the condition is kept."
    take(done, desk().room.find_met, on, place, text=text)


def raise_concern(on: Review, role: Outside, what: str, *, who: str, on_day: date) -> bool:
    """Record what somebody outside the team said."""
    done = "What was said is on record. It waits for an answer."
    return take(done, desk().hearing.raise_concern, on, role, what, who=who, on=on_day)


def answer_concern(on: Review, number: int, text: str, changed: str) -> bool:
    """Answer what was raised."""
    done = "The answer is on record."
    return take(done, desk().hearing.answer_concern, on, number, text, changed=changed)


def not_sought(on: Review, reason: str) -> bool:
    """Say why nobody was asked."""
    return take("It is on record why nobody was asked.", desk().hearing.not_sought, on, reason)


def typed(prefix: str, name: str) -> str:
    """What was typed into a field, for a callback."""
    return str(session.inputs(prefix).get(name) or "").strip()
