"""A question of the checklist: what was counted, what people said, and the form to answer it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from checks.finding import Finding, Verdict
from dashboard import actions, session
from dashboard.cards import READING
from dashboard.sidebar import ROLES, introduce
from dashboard.words import day, plain
from review.checklist import Question
from review.record import Accepted, Action, Answer, Given, Review

WORDS = {
    Answer.ACCEPTABLE: "Acceptable",
    Answer.WITH_ACTION: "Acceptable with an action",
    Answer.NOT_ACCEPTABLE: "Not acceptable",
    Answer.DOES_NOT_APPLY: "Does not apply",
}
MEANS = {
    Answer.ACCEPTABLE: "It may stay as it is.",
    Answer.WITH_ACTION: "Say what, who and by when. It becomes a condition.",
    Answer.NOT_ACCEPTABLE: "The campaign has to change before it is sent.",
    Answer.DOES_NOT_APPLY: "Say why.",
}
NOT_TOLD = (Verdict.CANNOT_TELL, Verdict.BROKEN)
STANDING = {
    "settled": "It was settled: alleged, not judged.",
    "study": "A study.",
    "press": "As the press reported.",
    "appeal": "An appeal is open.",
    "reduced": "Reduced on appeal.",
}


def questions(review: Review, every: Sequence[Question]) -> None:
    """The questions a finding informs: the first open, the others folded under their own words."""
    wanted = session.asked("question")
    ordered = sorted(every, key=lambda one: (one.id != wanted, one.asked))
    for at, one in enumerate(ordered):
        if at == 0:
            question(review, one)
            continue
        with st.expander(f"{plain(one.asks)} {_standing(review, one)}", type="compact"):
            question(review, one)


def question(review: Review, one: Question, *, heads_page: bool = False) -> None:
    """The question on the left, its help on the right; one under the other where it is narrow."""
    head = st.title if heads_page else st.header
    with st.grid(2, min_column_width=360, gap="large"):
        with st.container():
            head(plain(one.asks), anchor=False)
            answer(review, one)
        with st.container(border=True):
            _help(one)


def answer(review: Review, one: Question, then: Callable[[], object] | None = None) -> None:
    """What was counted, what people said, and the form; `then` follows an answer on record."""
    st.markdown(_counted(review, one))
    for given in review.answers.get(one.id, ()):
        _given(given)
    _answer(review, one, then)


def background(one: Question) -> None:
    """What good looks like; the reasons, the case and the law folded below it."""
    st.markdown(f"**What good looks like.** {plain(one.good)}")
    with st.expander("Why it matters, and where it went wrong", type="compact"):
        _why(one)


def _counted(review: Review, one: Question) -> str:
    """What Candor counted and whether a person has answered: two things, never one."""
    computed = review.computed(one)
    if one.asked:
        counted = "Only a person can say this; read what was counted first."
    elif computed.answer is Answer.NOT_ACCEPTABLE:
        counted = "Candor counted: :red[**not acceptable**]."
    elif computed.settled:
        counted = "Candor counted: :green[**acceptable**]. Nobody has to answer; anyone may."
    elif any(found.verdict in NOT_TOLD for found in review.informing(one)):
        counted = "Candor counted: :gray[**cannot tell**]."
    else:
        counted = "Candor does not settle this: a person has to."
    return f"{counted} {_standing(review, one)}"


def _standing(review: Review, one: Question) -> str:
    """Whether a person has answered, as a sentence."""
    if review.standing(one):
        return "A person has answered."
    if any(given.statement for given in review.answers.get(one.id, ())):
        return "The owner has spoken; a reviewer still has to judge."
    return "No person has answered yet."


def _given(given: Given) -> None:
    who = f"{plain(given.by.name)}, {ROLES[given.by.role]}"
    when = f"{day(given.at.date())}, {given.at:%H:%M} UTC"
    with st.container(gap="xxsmall"):
        st.markdown(f"**{WORDS[given.answer]}** · {who} :small[{when}]")
        if given.reason:
            st.markdown(f"> {plain(given.reason)}")
        if given.action:
            st.markdown(f":small[{_action(given.action)}]")
        if given.entered_by:
            st.markdown(f":small[Spoken, entered by {plain(given.entered_by.name)}.]")
        if given.statement:
            st.markdown(":small[A statement: it is shown, and settles nothing.]")
        elif not given.current:
            st.markdown(":small[The numbers have moved since: this has to be given again.]")


def _action(action: Action) -> str:
    return f"{plain(action.what)} ({plain(action.who)}, by {day(action.by)})"


def _answer(review: Review, one: Question, then: Callable[[], object] | None) -> None:
    """The form, folded where nobody waits for it."""
    if review.read_only or review.state.decided:
        why = review.read_only or "This review is decided. Reopen it to change an answer."
        st.markdown(f":small[{plain(why)}]")
        return
    who = session.actor()
    if review.committee.answers(one.id) and (who is None or not review.is_inside(who)):
        st.markdown(
            ":small[This question was put to the committee, which answers it together: "
            "its members on the page *My answer*.]"
        )
        return
    if review.standing(one) or review.computed(one).settled:
        label = "Answer it again" if review.standing(one) else "Answer it all the same"
        with st.expander(label, type="compact"):
            _form(review, one, then)
        return
    _form(review, one, then)


def _form(review: Review, one: Question, then: Callable[[], object] | None) -> None:
    given = len(review.answers.get(one.id, ()))
    prefix = f"answer {one.id} {given} "
    offered = review.offered(one)
    choice = st.radio(
        "Your answer",
        offered,
        index=None,
        format_func=lambda answer: WORDS[answer],
        captions=[MEANS[answer] for answer in offered],
        key=f"{prefix}choice",
    )
    if Answer.ACCEPTABLE not in offered:
        st.markdown(":small[*Acceptable* is not offered: this rule allows no exception.]")
    with st.form(f"{prefix}form", border=False):
        if choice == Answer.WITH_ACTION:
            actions.fields(prefix)
        st.text_area(
            "Your reason",
            key=f"{prefix}reason",
            placeholder="One or two sentences. The record keeps them.",
            height=88,
        )
        st.form_submit_button(
            "Put on record", type="primary", on_click=_submit, args=(review, one.id, prefix, then)
        )
    if session.actor() is None:
        with st.expander("Say who you are first. Your words are kept.", type="compact"):
            introduce(f"question {one.id}")


def _submit(review: Review, name: str, prefix: str, then: Callable[[], object] | None) -> None:
    said = session.inputs(prefix)
    choice = said.get("choice")
    if choice is None:
        session.say("Choose one of the answers first. Your reason is kept.", refused=True)
        return
    action = None
    if Answer(choice) is Answer.WITH_ACTION:
        action = actions.written(said, "An action")
        if action is None:
            return
    reason = str(said.get("reason") or "").strip()
    if session.answer(review, name, Answer(choice), reason=reason, action=action) and then:
        then()


def _help(one: Question) -> None:
    _why(one)
    st.markdown(f"**What good looks like.** {plain(one.good)}")


def _why(one: Question) -> None:
    st.markdown(f"**Why it matters.** {plain(one.why)}")
    case = one.precedent
    told = f"{plain(case.what)} {STANDING.get(case.standing, '')}".rstrip()
    st.markdown(f"**Where it went wrong.** {told} [Read the case](<{case.link}>)")
    if one.words:
        st.markdown(f"**In the words of the law.** *“{plain(one.words)}”* {plain(one.source)}.")


def exception(review: Review, finding: Finding) -> None:
    """The way to accept a failure that stops the launch: a reason, an end, a second person."""
    if review.run is None or not finding.open:
        return
    accepted = next((a for a in review.exceptions if a.finding == finding.key), None)
    if accepted is not None:
        _accepted(review, accepted)
    elif (
        review.exception_for(finding.check) != "none"
        and not review.state.decided
        and not review.read_only
    ):
        _propose(review, finding)


def _accepted(review: Review, one: Accepted) -> None:
    st.header("Exception", anchor=False)
    who = f"{plain(one.by.name)}, {ROLES[one.by.role]}"
    with st.container(width=READING):
        st.markdown(f"Proposed by {who}, until {day(one.until)}:")
        st.markdown(f"> {plain(one.reason)}")
        if one.second is not None:
            st.markdown(f"Confirmed by {plain(one.second.name)}, {ROLES[one.second.role]}.")
            return
        st.markdown(
            "A second person must confirm it: neither owner, preparer nor the one who proposed it. "
            "Confirming says: *I know that this rule is not met, why it is accepted, "
            "and until when.*"
        )
        here = session.actor()
        if here is not None and (review.is_inside(here) or one.by.may_be(here)):
            st.markdown("You proposed it or brought the campaign, so somebody else confirms it.")
            return
        st.button(
            "Confirm the exception",
            key=f"confirm {one.finding}",
            on_click=_confirmed,
            args=(review, one.finding),
        )


def _confirmed(review: Review, finding: str) -> None:
    session.confirm_exception(review, finding)


def _propose(review: Review, finding: Finding) -> None:
    prefix = f"exception {finding.key} "
    with (
        st.expander("Accept it as an exception", type="compact"),
        st.container(width=READING),
        st.form(f"{prefix}form", border=False),
    ):
        st.markdown("It needs a reason, an end, and a second person who confirms it.")
        st.text_area("Why it may be accepted", key=f"{prefix}reason", height=88)
        st.date_input("Until when", value=None, key=f"{prefix}until", format="YYYY-MM-DD")
        st.form_submit_button(
            "Propose the exception", on_click=_proposed, args=(review, finding.key, prefix)
        )


def _proposed(review: Review, finding: str, prefix: str) -> None:
    said = session.inputs(prefix)
    reason, until = str(said.get("reason") or "").strip(), said.get("until")
    if not (reason and isinstance(until, date)):
        session.say(
            "An exception needs a reason and an end date. Your words are kept.", refused=True
        )
        return
    session.propose_exception(review, finding, reason=reason, until=until)
