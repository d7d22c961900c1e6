"""The wall: one open point for everybody in the room to see; it carries no ballot."""

from __future__ import annotations

import streamlit as st

from dashboard import chairing, notices, room, session, table
from dashboard.words import plain
from review.checklist import Question
from review.record import Review


def page() -> None:
    """Show one point: the question, what was counted, what is proposed, and who has answered."""
    review = session.review()
    if table.none_chosen(review) or review is None:
        return
    with st.container(width=1120, gap="small"):
        notices.show()
        table.head(review)
        every = table.points(review)
        ballot = review.committee.ballot
        if ballot is not None and not session.asked("point"):
            _ballot(review)
        elif not every:
            st.title("No point is open", anchor=False)
            st.markdown("Every question is answered. The chair can open the ballot.")
        else:
            _point(review, every)
        chairing.tools(review, every)
    room.watch(review)


def _point(review: Review, every: tuple[Question, ...]) -> None:
    at = table.shown(review, every)
    one = every[at]
    point = review.committee.point(one.id)
    st.title(plain(one.asks), anchor=False)
    with st.container(gap="small"):
        table.counted(review, one, far=True)
        table.proposal(review, one)
    below = st.subheader if review.informing(one) else st.header
    below("Who has answered", anchor=False)
    table.answered(review, point)
    table.result(review, point)
    _ways(every, at, table.stopping(review, every))
    if review.committee.ballot is not None:
        st.button(
            "Go to the ballot", key="to the ballot", on_click=session.unpoint, args=("point",)
        )


def _ways(every: tuple[Question, ...], at: int, stopping: int) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            "Back",
            shortcut="Left",
            disabled=at == 0,
            key="back",
            on_click=_show,
            args=(every[max(at - 1, 0)].id,),
        )
        told = f"; the first {stopping} are about what stops the launch" if stopping > 1 else ""
        st.markdown(f"Point {at + 1} of {len(every)}{told}", width="content")
        st.button(
            "Next",
            shortcut="Right",
            disabled=at + 1 == len(every),
            key="next",
            on_click=_show,
            args=(every[min(at + 1, len(every) - 1)].id,),
        )


def _show(question: str) -> None:
    session.point(point=question)


def _ballot(review: Review) -> None:
    ballot = review.committee.ballot
    if ballot is None:
        return
    if not ballot.closed:
        st.title("The ballot on this campaign is open", anchor=False)
        st.markdown(f"{table.ballots_in(ballot)} {ballot.quorum} are needed.")
        told = [
            f":material/lock: **{plain(one.who.name)}** has voted"
            if any(one.who.is_same(other) for other in ballot.cast)
            else f"{plain(one.who.name)} has not voted yet"
            for one in review.committee.voting
        ]
        st.markdown(" · ".join(told))
        return
    chairing.outcome(ballot)
