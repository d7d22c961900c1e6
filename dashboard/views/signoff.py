"""The sign-off: what is still open, what a signature means, the decision, and the document."""

from __future__ import annotations

import streamlit as st

from dashboard import asking, cards, notices, session
from dashboard.sidebar import ROLES
from dashboard.words import day, plain, state
from review.record import Actor, Decision, Obstacle, Review, Role, Signature, State

WORDS = {
    Decision.APPROVE: "Approve",
    Decision.APPROVE_WITH_CONDITIONS: "Approve with conditions",
    Decision.REQUEST_CHANGES: "Request changes",
    Decision.REJECT: "Reject",
}
MEANS = {
    Decision.APPROVE: "The campaign may be sent to this list as it was reviewed.",
    Decision.APPROVE_WITH_CONDITIONS: "It may be sent once the conditions are met.",
    Decision.REQUEST_CHANGES: "It comes back after the changes you name.",
    Decision.REJECT: "It is not sent.",
}
WITH_OBSTACLES = (Decision.REQUEST_CHANGES, Decision.REJECT)
UNDECIDED = (State.DRAFT, State.IN_REVIEW, State.CHANGES_REQUESTED)


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
        for signature in review.signatures:
            _signature(signature)
        if review.state in UNDECIDED:
            _obstacles(review)
            _sign(review)
        else:
            _afterwards(review)
        _document(review)
        cards.foot()


def _standing(review: Review) -> None:
    computed, by_people, still_open = review.tally
    st.markdown(
        f"{plain(review.name)}, revision {review.revision}: **{state(review.state).lower()}**. "
        f"{computed:,} questions are answered by counting, {by_people:,} by people, "
        f"{still_open:,} are open."
    )
    if review.read_only:
        st.warning(plain(review.read_only), icon=":material/lock:")


def _signature(one: Signature) -> None:
    with st.container(border=True, gap="xsmall"):
        st.header(WORDS[one.decision], anchor=False)
        st.markdown(
            f"**{plain(one.by.name)}**, {ROLES[one.by.role]}, {day(one.at.date())}, "
            f"{one.at:%H:%M} UTC. The name was typed, not verified."
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
    found = review.obstacles
    if not found:
        st.header("Nothing stands in the way of approval", anchor=False)
        return
    count = len(found)
    st.header(
        "1 point stands in the way of approval"
        if count == 1
        else f"{count} points stand in the way of approval",
        anchor=False,
    )
    st.markdown("Until they are settled you can request changes or reject, but not approve.")
    with st.container(gap="xxsmall"):
        for obstacle in found:
            _obstacle(review, obstacle)


def _obstacle(review: Review, obstacle: Obstacle) -> None:
    key = obstacle.finding or _informing(review, obstacle.question)
    if key is None:
        st.markdown(f"- {plain(obstacle.sentence)}")
        return
    if st.button(
        plain(obstacle.sentence),
        type="tertiary",
        icon=":material/arrow_forward:",
        key=f"obstacle {obstacle.question} {obstacle.finding}",
        wrap=True,
    ):
        session.go(key.partition(".")[0], finding=key)


def _informing(review: Review, question: str | None) -> str | None:
    asked = next((one for one in review.checklist.questions if one.id == question), None)
    informing = review.informing(asked) if asked else ()
    return informing[0].key if informing else None


def _sign(review: Review) -> None:
    st.header("Your decision", anchor=False)
    here = session.actor()
    if here is None:
        st.markdown("Say who you are first, in the sidebar: a name, and in which role you sign.")
        return
    if here.role in (Role.OWNER, Role.PREPARER):
        did = "own" if here.role is Role.OWNER else "prepared"
        st.markdown(
            f"You cannot sign this review, because you {did} the campaign. "
            "Ask a reviewer: privacy, legal, ethics, customer voice, or the chair."
        )
        return
    if not review.read_only:
        _form(review, here)


def offered(review: Review) -> tuple[Decision, ...]:
    """The decisions that can be taken now; changes and rejection always can."""
    return WITH_OBSTACLES if review.obstacles else tuple(Decision)


def _form(review: Review, here: Actor) -> None:
    prefix = f"sign {review.revision} {len(review.signatures)} "
    choices = offered(review)
    decision = st.radio(
        "What you decide",
        choices,
        index=None,
        format_func=lambda one: WORDS[one],
        captions=[MEANS[one] for one in choices],
        key=f"{prefix}decision",
    )
    with st.form(f"{prefix}form", border=False):
        if decision is Decision.APPROVE_WITH_CONDITIONS:
            st.markdown("**The condition**")
            st.text_input("What has to be done", key=f"{prefix}what")
            st.text_input("Who does it", key=f"{prefix}who")
            st.date_input("By when", value=None, key=f"{prefix}by", format="YYYY-MM-DD")
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
        ":small[Candor counted; you decide. Your name is typed, not verified. "
        "The seal on a document is the organisation's, not your personal signature.]"
    )


def _signed(review: Review, prefix: str) -> None:
    said = session.inputs(prefix)
    if said.get("decision") is None:
        session.say("Choose what you decide first. Your grounds are kept.", refused=True)
        return
    decision = Decision(said["decision"])
    conditions = []
    if decision is Decision.APPROVE_WITH_CONDITIONS:
        condition = asking.action_of(said.get("what"), said.get("who"), said.get("by"))
        if condition is None:
            session.say(
                "A condition needs three things: what, who, and by when. Your words are kept.",
                refused=True,
            )
            return
        conditions.append(condition)
    grounds = str(said.get("grounds") or "").strip()
    session.sign(review, decision, grounds=grounds, conditions=conditions)


def _afterwards(review: Review) -> None:
    """A decision is no dead end: it can be reopened or withdrawn, with a reason."""
    if review.read_only:
        return
    with st.expander("Reopen or withdraw it", type="compact"), st.form("afterwards", border=False):
        st.text_area("Why", key=f"after {review.length} reason", height=88)
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button("Reopen the review", on_click=_reopen, args=(review,))
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
    decided = bool(review.signatures) and review.state not in UNDECIDED
    st.header("The document", anchor=False)
    if decided:
        st.markdown("The decision, the findings, the answers, and the record itself, in one PDF.")
    else:
        st.markdown(
            "A pre-read can be made at any time: the same document, open points first, "
            "with *Not signed* on every page."
        )
    kind = "signed" if decided else "pre-read"
    st.download_button(
        "Download the PDF" if decided else "Download the pre-read (PDF)",
        data=lambda: session.document(review),
        file_name=f"{review.id}-revision-{review.revision}-{kind}.pdf",
        mime="application/pdf",
        icon=":material/download:",
        type="primary" if decided else "secondary",
        on_click="ignore",
    )
