"""The sign-off: what is still open, what a signature means, the decision, and the document."""

from __future__ import annotations

import streamlit as st

from dashboard import actions, cards, chairing, notices, outside, paper, session, table
from dashboard.points import points, row
from dashboard.sidebar import ROLES, introduce
from dashboard.ways import waiting
from dashboard.words import day, plain, state, vouched
from review.document.sentences import turned
from review.present.committee import Ballot
from review.record import Actor, Decision, Review, Signature, State

WORDS = {
    Decision.APPROVE: "Approve",
    Decision.APPROVE_WITH_CONDITIONS: "Approve with conditions",
    Decision.REQUEST_CHANGES: "Request changes",
    Decision.REJECT: "Reject",
    Decision.ABSTAIN: "Abstain",
}
MEANS = {
    Decision.APPROVE: "The campaign may be sent to this list as it was reviewed.",
    Decision.APPROVE_WITH_CONDITIONS: "It may be sent once the conditions are met.",
    Decision.REQUEST_CHANGES: "It comes back after the changes you name.",
    Decision.REJECT: "It is not sent.",
    Decision.ABSTAIN: "Your ballot counts for the quorum, and for nothing else.",
}
ALWAYS = tuple(one for one in Decision if one is not Decision.ABSTAIN)
WITH_OBSTACLES = (Decision.REQUEST_CHANGES, Decision.REJECT)


def page() -> None:
    """Show what stands in the way of approval, and take a signature."""
    review = session.review()
    if review is None:
        cards.nothing_chosen()
        return
    if review.run is None:
        cards.nothing_run("Sign-off")
        return
    with st.container(width=820):
        notices.show()
        st.title("Sign-off", anchor=False)
        _standing(review)
        _decided(review)
        outside.conditions(review)
        if not review.state.decided:
            _obstacles(review)
        outside.dialogue(review)
        _sign(review)
        _afterwards(review)
        _document(review)
        cards.foot()


def _standing(review: Review) -> None:
    computed, by_people, still_open = review.tally
    now = state(review.state_on(session.today())).lower()
    st.markdown(
        f"{plain(review.name)}, revision {review.revision}: **{now}**. "
        f"Questions answered by counting: {computed:,}; by people: {by_people:,}; "
        f"still open: {still_open:,}."
    )
    if review.state is State.WITHDRAWN:
        st.markdown(plain(turned(review.timeline)))
    if review.read_only:
        st.warning(plain(review.read_only), icon=":material/lock:")


def _ballot(review: Review) -> Ballot | None:
    """The ballot by which it was decided; None where people signed one by one, or nobody has."""
    ballot = review.committee.ballot
    return ballot if ballot is not None and ballot.closed else None


def _decided(review: Review) -> None:
    """What was decided: by a committee in one decision, else each signature by itself."""
    ballot = _ballot(review)
    if ballot is None:
        for one in review.signatures:
            with st.container(border=True, gap="xsmall"):
                st.header(WORDS[one.decision], anchor=False)
                _signature(one)
        return
    with st.container(border=True, gap="small"):
        chairing.outcome(ballot, heads_page=False)
        with st.expander("Each vote, and what it says word for word", type="compact"):
            for one in ballot.votes:
                st.markdown(f"**{WORDS[one.decision]}**")
                _signature(one)


def _signature(one: Signature) -> None:
    with st.container(gap="xsmall"):
        st.markdown(
            f"**{plain(one.by.name)}**, {ROLES[one.by.role]}, {day(one.at.date())}, "
            f"{one.at:%H:%M} UTC. {vouched(one.by)}"
        )
        if one.grounds:
            st.markdown(f"> {plain(one.grounds)}")
        for condition in one.conditions:
            st.markdown(
                f"Condition: {plain(condition.what)} ({plain(condition.who)}, "
                f"by {day(condition.by)})."
            )
        st.markdown(f":small[{plain(one.statement)}]")
        st.markdown(f":small[On fingerprint `{one.fingerprint[:16]}`, record no. {one.number}.]")


def _obstacles(review: Review) -> None:
    found = points(review)
    if not found.pressing and not found.waiting:
        st.header("Nothing stands in the way of approval", anchor=False)
        return
    if found.pressing:
        st.header(found.title, anchor=False)
        st.markdown(
            "What stops the launch has to be mended, or accepted as an exception where one is "
            "possible. Until all is settled you can request changes or reject, but not approve."
        )
        with st.container(gap="xxsmall"):
            for obstacle in found.pressing:
                row(review, obstacle)
    waiting(review, found.waiting, first=False)


def _sign(review: Review) -> None:
    here = session.actor()
    if review.read_only or review.state is State.WITHDRAWN or _ballot(review):
        return
    st.header("Your decision", anchor=False)
    if needed := table.needed(review):
        st.markdown(needed)
    if here is None:
        st.markdown("Say who you are first: a name, and in which role you sign.")
        introduce("sign-off")
    elif review.is_inside(here):
        st.markdown(
            "You cannot sign this review, because you own or prepared the campaign. "
            "Ask a reviewer: privacy, legal, ethics, customer voice, or the chair."
        )
    elif review.committee.convened or (here.verified and review.committee.needs.quorum > 1):
        st.markdown(f"The committee decides by ballot. {review.committee.head}")
        if st.button("Go to my answer", type="primary", icon=":material/how_to_vote:"):
            session.go("mine")
    elif any(one.by.may_be(here) for one in review.signatures):
        st.markdown("You have signed this revision. Reopen it to decide anew.")
    else:
        _form(review, here)


def offered(review: Review) -> tuple[Decision, ...]:
    """The decisions that can be taken now; changes and rejection always can."""
    against = review.state in (State.CHANGES_REQUESTED, State.REJECTED)
    if against or review.obstacles_on(session.today()):
        return WITH_OBSTACLES
    return (Decision.APPROVE_WITH_CONDITIONS, *WITH_OBSTACLES) if review.due else ALWAYS


def _form(review: Review, here: Actor) -> None:
    prefix = f"sign {review.revision} {len(review.signatures)} "
    decision = _decision(review, prefix)
    with st.form(f"{prefix}form", border=False):
        if decision == Decision.APPROVE_WITH_CONDITIONS:
            more = "One more condition, if you want one" if review.due else "The condition"
            st.markdown(f"**{more}**")
            actions.fields(prefix)
        st.text_area(
            "Your grounds",
            key=f"{prefix}grounds",
            placeholder="Why you decide so. The record and the PDF keep your words.",
            height=120,
        )
        if decision is not None:
            with st.container(border=True):
                st.markdown("**What your signature says**")
                st.markdown(plain(session.statement(review, decision)))
        st.form_submit_button(
            f"Sign as {plain(here.name)}, {ROLES[here.role]}",
            type="primary",
            icon=":material/draw:",
            on_click=_signed,
            args=(review, prefix),
            wrap=True,
        )
    st.markdown(
        f":small[Candor counted; you decide. {vouched(here)} "
        "The seal on a document is the organisation's, not your personal signature.]"
    )


def _decision(review: Review, prefix: str) -> Decision | None:
    """What is decided; with it, the conditions that the answers ask for in any case."""
    choices = offered(review)
    chosen = st.radio(
        "What you decide",
        choices,
        index=None,
        format_func=lambda one: WORDS[one],
        captions=[MEANS[one] for one in choices],
        key=f"{prefix}decision",
    )
    if review.due and Decision.APPROVE_WITH_CONDITIONS in choices:
        _due(review)
    return chosen


def _due(review: Review) -> None:
    """Conditions that approval must ask for: they came with the answers."""
    st.markdown("The answers ask for these conditions, so *Approve* alone is not offered:")
    for one in review.due:
        st.markdown(f"- {plain(one.what)} ({plain(one.who)}, by {day(one.by)})")


def _signed(review: Review, prefix: str) -> None:
    said = session.inputs(prefix)
    if said.get("decision") is None:
        session.say("Choose what you decide first. Your grounds are kept.", refused=True)
        return
    decision = Decision(said["decision"])
    conditions = []
    if decision is Decision.APPROVE_WITH_CONDITIONS and (actions.any_of(said) or not review.due):
        condition = actions.written(said)
        if condition is None:
            return
        conditions.append(condition)
    grounds = str(said.get("grounds") or "").strip()
    if session.sign(review, decision, grounds=grounds, conditions=conditions):
        paper.keep_list(review)


def _afterwards(review: Review) -> None:
    """A decision is no dead end: it can be reopened or withdrawn, with a reason."""
    if review.read_only or review.state is State.DRAFT:
        return
    decided = review.state.decided
    label = "Reopen or withdraw this review" if decided else "Withdraw this review"
    with st.expander(label, type="compact"), st.form("afterwards", border=False):
        st.text_area("Why", key=f"after {review.length} reason", height=88)
        with st.container(horizontal=True, gap="small"):
            if decided:
                st.form_submit_button("Reopen the review", on_click=_reopen, args=(review,))
            if review.state is not State.WITHDRAWN:
                st.form_submit_button("Withdraw it", on_click=_withdraw, args=(review,))


def _reason(review: Review) -> str:
    said = session.inputs(f"after {review.length} ")
    reason = str(said.get("reason") or "").strip()
    if not reason:
        session.say("Say why first: the record keeps the reason.", refused=True)
    return reason


def _reopen(review: Review) -> None:
    if reason := _reason(review):
        session.reopen(review, reason)


def _withdraw(review: Review) -> None:
    if reason := _reason(review):
        session.withdraw(review, reason)


def _document(review: Review) -> None:
    signed = paper.edition(review) == "signed"
    st.header("The document", anchor=False)
    if signed:
        st.markdown("The decision, the findings, the answers, and the record itself, in one PDF.")
    else:
        st.markdown(
            "A pre-read can be made at any time: the same document, open points first, "
            "with *Not signed* on every page."
        )
    paper.download(review)
    paper.others(review)
