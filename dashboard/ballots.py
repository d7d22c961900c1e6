"""A member's ballot on the campaign: the decision, its grounds, conditions, and what it says."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import actions, paper, room, session, table
from dashboard.words import day, plain
from review.document import statements
from review.present.conditions import LIMITS
from review.record import Action, Actor, Decision, Review

WORDS = {
    Decision.APPROVE: "Approve",
    Decision.APPROVE_WITH_CONDITIONS: "Approve with conditions",
    Decision.REQUEST_CHANGES: "Request changes",
    Decision.REJECT: "Reject",
    Decision.ABSTAIN: "Abstain",
}
BY_WORD = "A person says whether it is kept"


def form(review: Review, who: Actor) -> None:
    """Take a ballot, or say that it is in."""
    ballot = review.committee.ballot
    if ballot is None:
        return
    if any(one.is_same(who) for one in ballot.cast):
        st.title("Your ballot is sealed", anchor=False)
        st.markdown(f"{table.ballots_in(ballot)} They open together.")
        return
    st.title("Your ballot on this campaign", anchor=False)
    prefix = f"ballot {review.revision} {ballot.number} "
    decision = st.radio(
        "Your decision",
        offered(review),
        index=None,
        format_func=lambda one: WORDS[one],
        key=f"{prefix}decision",
    )
    if Decision.APPROVE not in offered(review):
        st.markdown(
            "*Approve* is not offered: something stands in its way. *Sign-off* says what it is."
        )
    for one in review.due:
        st.markdown(f":small[Due in any case: {plain(one.what)} (by {day(one.by)})]")
    with st.form(f"{prefix}form", border=False):
        if decision == Decision.APPROVE_WITH_CONDITIONS:
            _condition(review, prefix)
        st.text_area("Your grounds", key=f"{prefix}grounds", height=120)
        if decision is not None:
            st.markdown(f":small[{plain(said(review, who, decision))}]")
        st.form_submit_button(
            "Seal my ballot",
            type="primary",
            icon=":material/lock:",
            on_click=_cast,
            args=(review, prefix),
            width="stretch",
        )


def offered(review: Review) -> list[Decision]:
    """What may be voted: approval not while something stands in its way."""
    blocked = bool(review.obstacles_on(session.today()))
    return [one for one in Decision if not (blocked and one.approves)]


def said(review: Review, who: Actor, decision: Decision) -> str:
    """What casting this ballot says."""
    return statements.ballot_statement(
        who, decision, campaign=review.name, revision=review.revision, day=session.today()
    )


def _condition(review: Review, prefix: str) -> None:
    actions.fields(prefix, what="The condition", who="Who meets it")
    found = [one.key for one in review.run.findings] if review.run else []
    st.selectbox(
        "What shows that it is kept",
        ["", *found],
        format_func=lambda key: _called(review, key),
        key=f"{prefix}finding",
    )
    st.selectbox("Where counting shows it, the worst that keeps it", LIMITS, key=f"{prefix}limit")


def _called(review: Review, key: str) -> str:
    found = review.finding(key) if key else None
    return f"The newest run on: {found.headline[:80]}" if found else BY_WORD


def _cast(review: Review, prefix: str) -> None:
    given = session.inputs(prefix)
    if given.get("decision") is None:
        session.say("Choose what you decide first. Your grounds are kept.", refused=True)
        return
    decision = Decision(given["decision"])
    conditions: list[Action] = []
    if decision is Decision.APPROVE_WITH_CONDITIONS and (given.get("what") or not review.due):
        made = actions.written(given)
        if made is None:
            return
        finding = str(given.get("finding") or "")
        limit = str(given.get("limit") or "") if finding else ""
        conditions.append(replace(made, finding=finding, at_most=limit))
    if room.cast(review, decision, grounds=room.typed(prefix, "grounds"), conditions=conditions):
        paper.keep_list(review)
