"""What only the chair does, folded at the foot of the wall; and how a ballot ended, for all."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import room, session, table
from dashboard.words import day, plain
from review.checklist import Question
from review.commands.room_rules import before_ballot
from review.present.committee import Ballot, Point
from review.record import Decision, Review

DECISIONS = {
    Decision.APPROVE: "Approved",
    Decision.APPROVE_WITH_CONDITIONS: "Approved with conditions",
    Decision.REQUEST_CHANGES: "Changes requested",
    Decision.REJECT: "Rejected",
    Decision.ABSTAIN: "Abstained",
    None: "No decision",
}
SPOKEN = {words.capitalize(): answer for answer, words in table.SAID.items()}


def tools(review: Review, every: Sequence[Question]) -> None:
    """The chair's tools for what is on the wall; nothing for anybody else."""
    who, chair = session.actor(), review.committee.chair
    if who is None or chair is None or not chair.who.is_same(who) or review.state.decided:
        afterwards(review)
        return
    ballot = review.committee.ballot
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if ballot is not None and not ballot.closed:
            _with_reason(review, "Close the ballot now", "close", _closed)
            return
        if every:
            _for_point(review, every[table.shown(review, every)])
        awaited = before_ballot(review)
        left = _unsettled(review, every)
        if not awaited:
            st.button(
                "Open the ballot",
                key="open ballot",
                type="secondary" if left else "primary",
                on_click=_ballot,
                args=(review,),
            )
    if awaited:
        told = " ".join(plain(one) for one in awaited)
        st.markdown(f":small[The ballot can be opened later. {told}]")
    elif left:
        points = "1 point is" if left == 1 else f"{left} points are"
        st.markdown(f":small[{points} not settled: a ballot now cannot approve.]")


def _unsettled(review: Review, every: Sequence[Question]) -> int:
    """How many points nobody's answer counts for yet."""
    return sum(review.standing(one) is None for one in every)


def _for_point(review: Review, one: Question) -> None:
    point = review.committee.point(one.id)
    if point is None or point.opened:
        label = "Put it again" if point else "Put this point to the committee"
        first = point is None
        st.button(
            label,
            key=f"put {one.id}",
            type="primary" if first else "secondary",
            icon=":material/campaign:",
            on_click=_put,
            args=(review, one.id),
        )
    if point is not None and not point.opened and point.sealed:
        _with_reason(review, "Open the answers now", f"early {one.id}", _opened, one.id)
    if point is not None and point.opened and point.settled is None:
        _with_reason(review, "Record what most say", f"settle {one.id}", _settled, one.id)
        _spoken(review, point)


def _with_reason(review: Review, label: str, name: str, act: object, question: str = "") -> None:
    prefix = f"chair {name} {review.revision} "
    with st.popover(label), st.form(f"{prefix}form", border=False):
        st.text_area("Why", key=f"{prefix}why", height=88)
        st.form_submit_button(label, on_click=act, args=(review, question, prefix))  # type: ignore[arg-type]


def _spoken(review: Review, point: Point) -> None:
    """A member without a device said something aloud."""
    silent = table.silent(review, point)
    if not silent:
        return
    prefix = f"spoken {point.question} {len(point.voices)} "
    with st.popover("Enter a spoken answer"), st.form(f"{prefix}form", border=False):
        st.selectbox(
            "Who spoke",
            silent,
            index=0 if len(silent) == 1 else None,
            format_func=lambda one: one.who.name,
            key=f"{prefix}who",
            placeholder="Choose one",
        )
        st.radio("Answer", list(SPOKEN), index=None, key=f"{prefix}answer")
        st.text_area("In their words", key=f"{prefix}why", height=88)
        st.form_submit_button("Enter it", on_click=_entered, args=(review, point.question, prefix))


def outcome(ballot: Ballot, *, heads_page: bool = True) -> None:
    """What a ballot decided, how it was counted, and who thinks otherwise."""
    head = st.title if heads_page else st.header
    head(DECISIONS[ballot.decision], anchor=False)
    again = f" To be looked at again by {day(ballot.until)}." if ballot.until else ""
    st.markdown(f"{plain(ballot.rule)}{again}")
    if ballot.conditions:
        told = (f"{plain(one.what)} ({plain(one.who)}, by {day(one.by)})" for one in
                ballot.conditions)  # fmt: skip
        st.markdown("**Conditions**\n" + "".join(f"\n- {one}" for one in told))
    for vote in ballot.votes:
        grounds = f" “{plain(vote.grounds)}”"
        st.markdown(f"**{plain(vote.by.name)}**: {DECISIONS[vote.decision].lower()}.{grounds}")
    for one in ballot.dissents:
        if one not in ballot.votes:
            st.markdown(f"**{plain(one.by.name)}** does not agree: “{plain(one.grounds)}”")
    if ballot.attested is not None:
        name = plain(ballot.attested.by.name)
        st.markdown(f":small[{name} signed for how the decision was taken.]")


def afterwards(review: Review) -> None:
    """Once it is decided the chair signs for how; any member may dissent."""
    who, ballot = session.actor(), review.committee.ballot
    if who is None or ballot is None or not ballot.closed:
        return
    chair, member = review.committee.chair, review.committee.member(who)
    with st.container(horizontal=True, gap="small"):
        if chair is not None and chair.who.is_same(who) and ballot.attested is None:
            st.button(
                "Sign for how it was decided",
                type="primary",
                icon=":material/draw:",
                key="attest",
                on_click=room.attest,
                args=(review,),
            )
        if member is not None and member.votes:
            _with_reason(review, "Put a dissent on record", "dissent", _dissented)


def _put(review: Review, question: str) -> None:
    session.point(point=question)
    room.put(review, question)


def _ballot(review: Review) -> None:
    session.unpoint("point")
    room.begin_ballot(review)


def _opened(review: Review, question: str, prefix: str) -> None:
    room.open_seals(review, question, room.typed(prefix, "why"))


def _settled(review: Review, question: str, prefix: str) -> None:
    room.settle(review, question, room.typed(prefix, "why"))


def _closed(review: Review, _: str, prefix: str) -> None:
    room.close_ballot(review, room.typed(prefix, "why"))


def _dissented(review: Review, _: str, prefix: str) -> None:
    room.dissent(review, room.typed(prefix, "why"))


def _entered(review: Review, question: str, prefix: str) -> None:
    said = session.inputs(prefix)
    member, answer = said.get("who"), said.get("answer")
    if member is None or answer is None:
        session.say("Say who spoke, and what. The words are kept.", refused=True)
        return
    why = room.typed(prefix, "why")
    room.speak(review, question, member.who.person, SPOKEN[answer], why)
