"""The committee's commands, as a page gives them: each says what became of it, and none raises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

import streamlit as st

from dashboard import session
from dashboard.session import command, desk, me, now
from review.present.committee import Outside
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
    command("You have a seat.", lambda: desk().room.seat(on.id, role, by=me(), now=now()))


def unseat(on: Review, person: str, reason: str) -> None:
    """Leave a seat, or take somebody off theirs."""
    command(
        "The seat is free.",
        lambda: desk().room.unseat(on.id, person, reason=reason, by=me(), now=now()),
    )


def declare(on: Review, conflict: str) -> None:
    """Say that one is here, and what ties one to the campaign."""
    command(
        "You are here.",
        lambda: desk().room.declare(on.id, conflict=conflict, by=me(), now=now()),
    )


def recuse(on: Review, reason: str) -> None:
    """Give up one's vote."""
    command(
        "You are recused: you do not vote on this campaign.",
        lambda: desk().room.recuse(on.id, reason=reason, by=me(), now=now()),
    )


def present(on: Review) -> None:
    """The owner's side has presented, and leaves."""
    command(
        "It is on record that you presented the campaign and left.",
        lambda: desk().room.present(on.id, text="", by=me(), now=now()),
    )


def put(on: Review, question: str) -> None:
    """Put a point to the committee."""
    command(
        "The point is put to the committee.",
        lambda: desk().room.put(on.id, question, by=me(), now=now()),
    )


def seal(
    on: Review, question: str, answer: Answer | None, *, reason: str, action: Action | None
) -> bool:
    """Seal an answer to the point."""
    return command(
        "Your answer is sealed. It opens with the others.",
        lambda: desk().room.seal(
            on.id,
            question,
            answer,
            reason=reason,
            action=action,
            by=me(),
            now=now(),
            seen=on.head,
        ),
    )


def open_seals(on: Review, question: str, reason: str) -> None:
    """Open the answers before all are in."""
    command(
        "The answers are open.",
        lambda: desk().room.open_seals(on.id, question, reason=reason, by=me(), now=now()),
    )


def speak(on: Review, question: str, person: str, answer: Answer | None, reason: str) -> bool:
    """Enter what a member said aloud."""
    return command(
        "The spoken answer is on record, entered by you.",
        lambda: desk().room.speak(
            on.id, question, person, answer, reason=reason, by=me(), now=now()
        ),
    )


def settle(on: Review, question: str, reason: str) -> None:
    """Record what most members said."""
    command(
        "The point is settled by what most members said.",
        lambda: desk().room.settle(on.id, question, reason=reason, by=me(), now=now()),
    )


def begin_ballot(on: Review) -> None:
    """Open the ballot."""
    command("The ballot is open.", lambda: desk().ballot.begin(on.id, by=me(), now=now()))


def cast(
    on: Review, decision: Decision, *, grounds: str, conditions: Sequence[Action] = ()
) -> bool:
    """Cast a sealed ballot on what this page showed."""
    return command(
        "Your ballot is sealed. It opens with the others.",
        lambda: desk().ballot.cast(
            on.id,
            decision,
            grounds=grounds,
            conditions=conditions,
            by=me(),
            now=now(),
            seen=on.head,
        ),
    )


def close_ballot(on: Review, reason: str) -> None:
    """Close the ballot before all are in."""
    command(
        "The ballot is closed.",
        lambda: desk().ballot.close(on.id, reason=reason, by=me(), now=now()),
    )


def attest(on: Review) -> None:
    """Sign for how the decision was taken."""
    command(
        "You have signed for how the decision was taken.",
        lambda: desk().ballot.attest(on.id, by=me(), now=now()),
    )


def dissent(on: Review, text: str) -> None:
    """Put a dissent on record."""
    command(
        "Your words stand in the record, unchanged.",
        lambda: desk().ballot.dissent(on.id, text, by=me(), now=now()),
    )


def find_met(on: Review, place: int, text: str) -> None:
    """Say that a condition is kept."""
    command(
        "It is on record that the condition is kept.",
        lambda: desk().room.find_met(on.id, place, text=text, by=me(), now=now()),
    )


def raise_concern(on: Review, role: Outside, what: str, *, who: str, on_day: date) -> bool:
    """Record what somebody outside the team said."""
    return command(
        "What was said is on record. It waits for an answer.",
        lambda: desk().room.raise_concern(
            on.id,
            role,
            what,
            who=who,
            on=on_day,
            by=me(),
            now=now(),
        ),
    )


def answer_concern(on: Review, number: int, text: str, changed: str) -> bool:
    """Answer what was raised."""
    return command(
        "The answer is on record.",
        lambda: desk().room.answer_concern(
            on.id, number, text, changed=changed, by=me(), now=now()
        ),
    )


def not_sought(on: Review, reason: str) -> bool:
    """Say why nobody outside the team was asked."""
    return command(
        "It is on record why nobody was asked.",
        lambda: desk().room.not_sought(on.id, reason, by=me(), now=now()),
    )


def typed(prefix: str, name: str) -> str:
    """What was typed into a field, for a callback."""
    return str(session.inputs(prefix).get(name) or "").strip()
