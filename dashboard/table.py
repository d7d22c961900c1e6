"""What lies on the committee's table: the points, what is proposed, and who has answered."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from checks.phrases import spoken
from dashboard import cards, chapters, here, looks, session
from dashboard.points import nearest
from dashboard.words import ROLES, heading, plain
from review.checklist import Question
from review.document.sentences import turned
from review.present.committee import Ballot, Member, Point
from review.record import Answer, Review, Role, State
from review.who.provider import provider

SAID = {
    Answer.ACCEPTABLE: "acceptable",
    Answer.WITH_ACTION: "acceptable with an action",
    Answer.NOT_ACCEPTABLE: "not acceptable",
    Answer.DOES_NOT_APPLY: "does not apply",
    None: "abstains",
}


def points(review: Review) -> tuple[Question, ...]:
    """The questions that wait for a person or were put, those that stop the launch first."""
    put = {one.question for one in review.committee.points}
    open_ones = [
        one
        for one in review.checklist.questions
        if one.id in put or not (review.standing(one) or review.computed(one).settled)
    ]
    return tuple(sorted(open_ones, key=lambda one: nearest(review, one.id)))


def stopping(review: Review, every: Sequence[Question]) -> int:
    """How many of them are about something that stops the launch."""
    stops = chapters.stopping(review)
    return sum(one.id in stops for one in every)


def shown(review: Review, every: Sequence[Question]) -> int:
    """Which of them is on the page: the one in the address, else the chair's, else the first."""
    wanted = session.asked("point") or review.committee.at
    return next((at for at, one in enumerate(every) if one.id == wanted), 0)


def place(review: Review, question: str) -> str:
    """Where the chair is, in words."""
    names = [one.id for one in points(review)]
    return f"point {names.index(question) + 1}" if question in names else "another point"


def counted(review: Review, one: Question, *, far: bool = False) -> None:
    """What Candor counted about a point: the most pressing finding, as its first sentence.

    `far` is for those who read it from the back row.
    """
    found = next(iter(review.informing(one)), None)
    if found is None:
        st.markdown("Counting does not settle this: a person has to say.")
        return
    first, _ = heading(found.headline)
    told = f"{looks.chip(found.verdict)} {plain(first)}"
    if far:
        st.header(told, anchor=False)
    else:
        st.markdown(told)


def needed(review: Review) -> str:
    """How many people must agree, in which roles, and how many have; nothing for one alone."""
    needs, signed = review.committee.needs, len(review.signatures)
    if needs.quorum < 2 or review.state.decided:
        return ""
    ballot = review.committee.ballot
    seats = looks.joined([seat.replace("_", " ") for seat in needs.seats])
    among = f", among them {seats}" if seats else ""
    so_far = {0: "Nobody has signed yet.", 1: "1 has signed."}.get(signed, f"{signed} have signed.")
    if ballot is not None:
        so_far = f"The committee votes. {ballots_in(ballot)}"
    return f"**{needs.quorum} people must agree**{among}. {so_far}"


def ballots_in(ballot: Ballot) -> str:
    """How many ballots are in, as a sentence."""
    count = len(ballot.cast)
    return {0: "No ballot is in.", 1: "1 ballot is in."}.get(count, f"{count} ballots are in.")


def proposal(review: Review, one: Question) -> None:
    """What the owner's side proposes, and what it would change, counted like the campaign."""
    stated = [given for given in review.answers.get(one.id, ()) if given.statement]
    if stated:
        last = stated[-1]
        act = f" {plain(last.action.what)}, by {plain(last.action.who)}." if last.action else ""
        st.markdown(
            f"**Proposed by {plain(last.by.name)}: {SAID[last.answer]}.** {plain(last.reason)}{act}"
        )
    found = next((each for each in review.informing(one) if each.remedy), None)
    if found is not None:
        st.markdown(f"**What to do.** {plain(heading(spoken(found.remedy))[0])}")
    elif not stated:
        st.markdown("Nobody has proposed anything yet.")


def answered(review: Review, point: Point | None) -> None:
    """Who has answered, by name; before the seals are open, nothing of what they said."""
    members = review.committee.voting
    if point is None:
        st.markdown(f"The chair has not put this point yet. {unseated(review)}")
        return
    if not point.opened:
        told = [
            f":material/lock: **{plain(one.who.name)}** has answered"
            if any(one.who.is_same(other) for other in point.sealed)
            else f"{plain(one.who.name)} has not answered yet"
            for one in members
        ]
        st.markdown(" · ".join(told) or "Nobody sits in the committee yet.")
        return
    hidden = hides(review, point)
    with st.container(gap="xxsmall"):
        for one in point.voices:
            spoken = f", spoken, entered by {plain(one.entered_by.name)}" if one.entered_by else ""
            because = "" if hidden or not one.reason else f" “{plain(one.reason)}”"
            st.markdown(f"**{plain(one.by.name)}**: {SAID[one.answer]}{spoken}.{because}")
    if hidden:
        st.markdown(":small[Grounds are shown to you once the point is settled.]")


def unseated(review: Review) -> str:
    """Who is missing before a point can be put, and where they take a seat."""
    committee = review.committee
    if not committee.members:
        return "Each member takes a seat on a page of their own: *My answer*."
    if committee.chair is None:
        seat = ROLES[Role.CHAIR]
        return f"Nobody is the chair: somebody says they act as *{seat}* and takes that seat."
    return ""


def hides(review: Review, point: Point) -> bool:
    """Whether grounds stay off this screen: the owner's side waits until a point is settled."""
    who = session.actor()
    return point.settled is None and who is not None and review.is_inside(who)


def silent(review: Review, point: Point) -> tuple[Member, ...]:
    """Who may vote and has said nothing on a point that is open to read."""
    voices = point.voices
    return tuple(
        one
        for one in review.committee.voting
        if not any(voice.by.is_same(one.who) for voice in voices)
    )


def result(review: Review, point: Point | None) -> None:
    """How a point ended, in a sentence; nothing while it is open."""
    if point is None or not point.opened:
        return
    if point.settled is not None:
        how = "All agree" if point.all_agreed else "Most members say"
        st.success(f"{how}: {SAID[point.settled]}. Settled.", icon=":material/check:")
    elif missing := silent(review, point):
        names = looks.joined([plain(one.who.name) for one in missing])
        st.info(
            f"Opened before {names} answered. The chair enters what they say aloud, puts it again "
            "or records what most say."
        )
    else:
        st.info("They differ. Talk about it; the chair puts it again or records what most say.")


def head(review: Review) -> None:
    """Which campaign this is, and who is here."""
    typed = "" if provider() else f" :small[{here.vouching(None)}]"
    st.markdown(
        f"**{plain(review.name)}**, revision {review.revision} · {review.committee.head}{typed}"
    )


def none_chosen(review: Review | None) -> bool:
    """Whether there is nothing to show; says so."""
    if review is None:
        cards.nothing_chosen()
    elif review.run is None:
        cards.nothing_run(review.name)
    elif review.state is State.WITHDRAWN:
        st.title("This review is withdrawn", anchor=False)
        st.markdown(f"{plain(turned(review.timeline))} It can be opened again on *Sign-off*.")
    return review is None or review.run is None or review.state is State.WITHDRAWN
