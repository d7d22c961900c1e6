"""People outside the team, and conditions of an approval: what was raised, answered and kept."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import room, session
from dashboard.words import day, plain
from review.events.talk import Outside
from review.present.committee import Concern
from review.present.conditions import Condition, Standing
from review.record import Review

ROLES: dict[Outside, str] = {
    "customer": "A customer",
    "staff": "A member of staff",
    "representative": "A representative",
    "other": "Somebody else",
}
STANDS = {
    Standing.KEPT: ":green-badge[:material/check: kept]",
    Standing.BROKEN: ":red-badge[:material/cancel: not kept]",
    Standing.UNKNOWN: ":gray-badge[:material/question_mark: cannot tell]",
    Standing.WAITS: ":violet-badge[:material/person: waits for a person]",
}


def dialogue(review: Review) -> None:
    """The register of concerns, and the ways to add to it."""
    st.header("People outside the team", anchor=False)
    talk = review.dialogue
    over = bool(review.read_only) or review.state.decided
    if not talk.concerns and not talk.not_sought:
        yet = "." if over else " yet. Record a talk, or say why none was held."
        st.markdown(f"No one outside the team has been asked{yet}")
    if talk.not_sought and not talk.concerns:
        by = f" {plain(talk.not_sought_by.name)} said so." if talk.not_sought_by else ""
        st.markdown(f"Nobody was asked: “{plain(talk.not_sought)}”{by}")
    for one in talk.concerns:
        _concern(review, one)
    if over:
        return
    _raise(review)
    if not talk.concerns and not talk.not_sought:
        _not_sought(review)


def _concern(review: Review, one: Concern) -> None:
    who = ROLES[one.role] + (f", {plain(one.who)}" if one.who else "")
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{who}**, {day(one.on)}: “{plain(one.what)}”")
        if one.answer:
            changed = f"Changed because of it: {plain(one.changed)}" if one.changed else ""
            by = plain(one.answered_by.name) if one.answered_by else ""
            st.markdown(f"{by} answered: “{plain(one.answer)}” {changed or 'Nothing changed.'}")
            return
        prefix = f"concern {one.number} "
        with st.form(f"{prefix}form", border=False):
            st.text_area("Your answer", key=f"{prefix}text", height=88)
            st.text_input("What changed because of it, if anything", key=f"{prefix}changed")
            st.form_submit_button("Answer it", on_click=_answered, args=(review, one, prefix))


def _answered(review: Review, one: Concern, prefix: str) -> None:
    changed = room.typed(prefix, "changed")
    room.answer_concern(review, one.number, room.typed(prefix, "text"), changed)


def _raise(review: Review) -> None:
    prefix = f"talk {len(review.dialogue.concerns)} "
    with (
        st.expander("Record what somebody said", type="compact"),
        st.form(f"{prefix}form", border=False),
    ):
        st.selectbox(
            "Who said it", list(ROLES), format_func=lambda one: ROLES[one], key=f"{prefix}role"
        )
        st.text_input("Their name, if they gave it", key=f"{prefix}who")
        st.date_input("On which day", value=None, key=f"{prefix}on", format="YYYY-MM-DD")
        st.text_area("What worries them", key=f"{prefix}what", height=88)
        st.form_submit_button("Put it on record", on_click=_raised, args=(review, prefix))


def _raised(review: Review, prefix: str) -> None:
    said = session.inputs(prefix)
    when, what = said.get("on"), room.typed(prefix, "what")
    if not (what and isinstance(when, date)):
        session.say("Say what was said, and on which day. Your words are kept.", refused=True)
        return
    room.raise_concern(review, said["role"], what, who=room.typed(prefix, "who"), on_day=when)


def _not_sought(review: Review) -> None:
    with (
        st.expander("Say why nobody was asked", type="compact"),
        st.form("not sought", border=False),
    ):
        st.text_area("Why", key="not sought why", height=88)
        st.form_submit_button("Put the reason on record", on_click=_unsought, args=(review,))


def _unsought(review: Review) -> None:
    room.not_sought(review, room.typed("not sought ", "why"))


def conditions(review: Review) -> None:
    """What the last approval asked for, each judged by the newest run."""
    if not review.conditions:
        return
    st.header("Conditions", anchor=False)
    first = review.conditions[0]
    if first.revision != review.revision:
        st.markdown(f"They were asked for revision {first.revision}; the newest run judges them.")
    elif not review.state.approved:
        st.markdown("The approval that asked for them no longer stands.")
    elif review.cleared_on(session.today()):
        later = any(not one.kept for one in review.conditions)
        kept = "Those due by the launch are kept" if later else "All are kept"
        st.markdown(f"{kept}: the campaign may go out.")
    else:
        st.markdown("The campaign may go out once those due by the launch are kept.")
    for one in review.conditions:
        _condition(review, one)


def _condition(review: Review, one: Condition) -> None:
    late = " **Its day has passed.**" if one.overdue(session.today()) else ""
    with st.container(border=True, gap="xsmall"):
        st.markdown(
            f"{STANDS[one.standing]} **{plain(one.action.what)}** "
            f"({plain(one.action.who)}, by {day(one.action.by)}).{late}"
        )
        st.markdown(plain(one.says))
        if one.standing is not Standing.WAITS or review.read_only:
            return
        prefix = f"met {one.decision} {one.place} "
        with (
            st.expander("It is kept", type="compact"),
            st.form(f"{prefix}form", border=False),
        ):
            st.text_area("What shows it", key=f"{prefix}text", height=88)
            st.form_submit_button("Put it on record", on_click=_met, args=(review, one, prefix))


def _met(review: Review, one: Condition, prefix: str) -> None:
    room.find_met(review, one.place, room.typed(prefix, "text"))
