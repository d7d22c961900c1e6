"""My answer: each member's own page, made for a phone; nothing on it moves by itself."""

from __future__ import annotations

import streamlit as st

from dashboard import actions, ballots, chairing, notices, room, session, sidebar, table
from dashboard.words import ROLES, plain
from review.checklist import Question
from review.present.committee import Member
from review.record import Actor, Answer, Review

ACCEPT, CONDITION, CHANGE, ABSTAIN = "accept", "condition", "change", "abstain"
CHOICES = {
    ACCEPT: "Accept as proposed",
    CONDITION: "Accept with a condition",
    CHANGE: "Ask for a change",
    ABSTAIN: "Abstain",
}


def page() -> None:
    """Take this member's answer to the point, or their ballot."""
    review = session.review()
    if table.none_chosen(review) or review is None:
        return
    with st.container(width=560, gap="small"):
        notices.show()
        table.head(review)
        who = session.actor()
        if who is None:
            st.title("My answer", anchor=False)
            sidebar.introduce("my answer")
        elif review.is_inside(who):
            _outside(review)
        else:
            _for_member(review, who)
        _others(review)
    room.watch(review)


def _others(review: Review) -> None:
    ballot = review.committee.ballot
    if ballot is not None and ballot.closed:
        return
    with st.expander("Who sits here", type="compact"):
        for one in review.committee.members:
            without = " · recused, does not vote" if one.recused else " · does not vote"
            here = " · here" if one.here else ""
            says = here if one.votes else without
            st.markdown(f"**{plain(one.who.name)}**, {one.seat.told}{says}")
        for lack in review.committee.lacks:
            st.markdown(f":small[{plain(lack)}]")


def _outside(review: Review) -> None:
    ballot = review.committee.ballot
    if ballot is not None and ballot.closed:
        chairing.outcome(ballot)
        return
    st.title("You brought this campaign", anchor=False)
    st.markdown(
        "You present it, then you leave: who brought a campaign has no vote on it. "
        "You see the grounds of a point once it is settled."
    )
    if review.committee.presented:
        st.markdown(
            "It is on record that the campaign was presented. The committee goes on without you; "
            "what it decides will stand here."
        )
        return
    st.button(
        "I have presented it, and leave",
        icon=":material/logout:",
        key="presented",
        on_click=room.present,
        args=(review,),
    )


def _for_member(review: Review, who: Actor) -> None:
    member, ballot = review.committee.member(who), review.committee.ballot
    if ballot is not None and ballot.closed:
        chairing.outcome(ballot)
        chairing.afterwards(review)
    elif member is None:
        _take_seat(review, who)
    elif not member.votes:
        st.title("You are recused", anchor=False)
        st.markdown("You do not answer or vote on this campaign. The record says why.")
    elif not member.here:
        _arrive(review)
    elif ballot is not None:
        ballots.form(review, who)
        _conflict(review)
    else:
        _point(review, member)
        _conflict(review)


def _take_seat(review: Review, who: Actor) -> None:
    st.title("Take your seat", anchor=False)
    seats = ", ".join(seat.replace("_", " ") for seat in review.committee.needs.seats)
    asked = f" These seats must be taken: {seats}." if seats else ""
    st.markdown(f"The committee of this campaign decides by ballot.{asked}")
    if who.role.judges:
        st.button(
            f"Take a seat as {ROLES[who.role]}",
            type="primary",
            key="take seat",
            on_click=room.seat,
            args=(review, who.role),
            wrap=True,
        )
    else:
        st.markdown(f"As {ROLES[who.role]} you read along; there is no seat for it.")


def _arrive(review: Review) -> None:
    st.title("Are you free to judge this?", anchor=False)
    st.markdown(
        "A conflict of interest is anything that ties you to the campaign, its owner or its gain."
    )
    st.button(
        "I am here, and nothing ties me to it",
        type="primary",
        key="free",
        on_click=room.declare,
        args=(review, ""),
        wrap=True,
    )
    _conflict(review)


def _conflict(review: Review) -> None:
    with (
        st.expander("I have a conflict of interest", type="compact"),
        st.form("conflict", border=False),
    ):
        st.text_area("What ties you to it", key="conflict what", height=88)
        st.form_submit_button("Say so, and stay", on_click=_declared, args=(review,))
        st.form_submit_button("Say so, and do not vote", on_click=_recused, args=(review,))


def _declared(review: Review) -> None:
    if what := room.typed("conflict ", "what"):
        room.declare(review, what)
    else:
        session.say("Write first what ties you to it.", refused=True)


def _recused(review: Review) -> None:
    room.recuse(review, room.typed("conflict ", "what"))


def _point(review: Review, member: Member) -> None:
    at = session.asked("point") or review.committee.at
    one = next((each for each in review.checklist.questions if each.id == at), None)
    if one is None:
        _between(review)
        return
    session.point(point=one.id)
    _elsewhere(review, one)
    point = review.committee.point(one.id)
    st.title(plain(one.asks), anchor=False)
    table.counted(review, one)
    table.proposal(review, one)
    mine = point is not None and any(member.who.is_same(each) for each in point.sealed)
    if point is None or point.opened or mine:
        table.answered(review, point)
        table.result(review, point)
        return
    _form(review, one, point.round)


def _between(review: Review) -> None:
    """What a member waits for while nothing is put to them."""
    if any(review.standing(one) is None for one in table.points(review)):
        st.title("The chair has not put a point yet", anchor=False)
        st.markdown(table.unseated(review) or "This page shows it within two seconds.")
        return
    st.title("Every question is answered", anchor=False)
    st.markdown(table.unseated(review) or "The ballot comes here once the chair opens it.")


def _elsewhere(review: Review, one: Question) -> None:
    """The chair moved on; this page does not, before its reader says so."""
    at = review.committee.at
    if not at or at == one.id:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"The chair is at {table.place(review, at)}.", width="content")
        st.button("Go there", key=f"go {at}", on_click=_go, args=(at,))


def _go(question: str) -> None:
    session.point(point=question)


def _form(review: Review, one: Question, turn: int) -> None:
    prefix = f"mine {one.id} {review.revision} {turn} "
    choice = st.radio(
        "Your answer",
        _offered(review, one),
        index=None,
        format_func=lambda each: CHOICES[each],
        key=f"{prefix}choice",
    )
    with st.form(f"{prefix}form", border=False):
        if choice == CONDITION:
            actions.fields(prefix)
        st.text_area("Your reason", key=f"{prefix}reason", height=88)
        st.form_submit_button(
            "Seal my answer",
            type="primary",
            icon=":material/lock:",
            on_click=_sealed,
            args=(review, one.id, prefix),
            width="stretch",
        )
    st.markdown(":small[Nobody reads it before all are in; then they open together.]")


def _offered(review: Review, one: Question) -> list[str]:
    """*Accept as proposed* is not offered where it would accept what nobody may except."""
    proposed, _ = _proposed(review, one)
    barred = proposed not in review.offered(one)
    return [each for each in CHOICES if not (barred and each == ACCEPT)]


def _proposed(review: Review, one: Question) -> tuple[Answer, object]:
    """What *as proposed* means: the owner's last statement, else that it is acceptable."""
    stated = [given for given in review.answers.get(one.id, ()) if given.statement]
    if stated and stated[-1].answer is not Answer.NOT_ACCEPTABLE:
        return stated[-1].answer, stated[-1].action
    return Answer.ACCEPTABLE, None


def _sealed(review: Review, question: str, prefix: str) -> None:
    said = session.inputs(prefix)
    choice = said.get("choice")
    one = next(each for each in review.checklist.questions if each.id == question)
    if choice is None:
        session.say("Choose one of the answers first. Your reason is kept.", refused=True)
        return
    answer: Answer | None = {CHANGE: Answer.NOT_ACCEPTABLE, CONDITION: Answer.WITH_ACTION}.get(
        choice
    )
    action = None
    if choice == CONDITION:
        action = actions.written(said)
        if action is None:
            return
    if choice == ACCEPT:
        answer, action = _proposed(review, one)  # type: ignore[assignment]
    room.seal(review, question, answer, reason=room.typed(prefix, "reason"), action=action)
