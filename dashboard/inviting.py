"""A message to copy for whoever is asked to review: what it is, what to do, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st

from dashboard import session
from dashboard.looks import count_words, joined
from dashboard.words import ROLES, day, until
from review.record import Review, Role
from review.who.provider import provider

ANYBODY = "a reviewer"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Somebody who is asked: a member who has not voted, or whoever takes an empty seat."""

    name: str
    """Empty where nobody sits there yet."""
    role: Role | None

    @property
    def told(self) -> str:
        """Who that is, in words."""
        role = ROLES[self.role] if self.role else ANYBODY
        return f"{self.name}, {role}" if self.name else f"{role} (nobody yet)"


def awaited(review: Review) -> tuple[Asked, ...]:
    """Whom a decision waits for; one reviewer, whoever it is, where the policy asks for no more."""
    return tuple(_awaited(review)) or (Asked(name="", role=None),)


def _awaited(review: Review) -> Iterator[Asked]:
    committee = review.committee
    cast = committee.ballot.cast if committee.ballot else ()
    signed, here = [one.by for one in review.signatures], session.actor()
    for member in committee.voting:
        if not member.is_among((*cast, *signed, *([here] if here else []))):
            yield Asked(name=member.who.name, role=member.seat)
    taken = [one.seat.value for one in committee.voting] + [one.role.value for one in signed]
    for seat in committee.needs.vacant(taken):
        yield Asked(name="", role=Role(seat))


def draw(review: Review) -> None:
    """The message, with a button that copies it; nothing once it is decided."""
    if review.state.decided or review.read_only or review.run is None:
        return
    people = awaited(review)
    label = f"Copy a message to {people[0].name}" if len(people) == 1 and people[0].name else ""
    with st.expander(label or "Copy a message to those who are asked", type="compact"):
        to = people[0]
        if len(people) > 1:
            to = st.selectbox("To whom", people, format_func=lambda one: one.told, key="invited")
        st.code(message(review, to), language=None, wrap_lines=True)


def message(review: Review, to: Asked) -> str:
    """The words, to be sent by any means: no number in them is about one person."""
    who = session.actor()
    parts = [
        f"Hello {to.name}," if to.name else "Hello,",
        " ".join(filter(None, (_what(review), _found(review)))),
        _asked(review, to),
        "Nothing about single people is shown: only counts.",
        f"Thank you, {who.name}" if who else "Thank you",
    ]
    return "\n\n".join(parts)


def _what(review: Review) -> str:
    run = review.run
    if run is None:
        return ""
    people = f"{run.people.targeted:,} of {run.people.people:,} people are on its list."
    return f"“{review.name}” is to launch on {day(run.launch)}, {until(run.launch)}. {people}"


def _found(review: Review) -> str:
    counts = review.run.counts if review.run else {}
    said = [count_words(verdict, number) for verdict, number in counts.items() if number]
    stops = len([one for one in review.obstacles_on(session.today()) if one.finding])
    pressing = {0: "", 1: " 1 of them stops the launch."}.get(
        stops, f" {stops} of them stop the launch."
    )
    return f"Candor looked at it: {joined(said)}.{pressing}" if said else ""


def _asked(review: Review, to: Asked) -> str:
    """What to do, and where; a computer that only answers itself cannot be linked to."""
    role = f" as {ROLES[to.role]}" if to.role else ""
    sits = review.committee.convened
    act = "vote" if sits else "say what you decide, with your grounds"
    known = provider()
    if known is None:
        return (
            f"You are asked to judge it{role}. The pre-read is attached as a PDF. Read what is "
            f"open; then come to my computer, say who you are, and {act}."
        )
    page = "my-answer" if sits else "overview"
    return (
        f"You are asked to judge it{role}. Sign in, read what is open, and {act}:\n"
        f"{known.address}/{page}?review={review.id}"
    )
