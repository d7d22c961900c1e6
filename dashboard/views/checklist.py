"""The guided checklist: one open question at a time, what stops the launch first."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from checks.finding import Finding, Verdict
from checks.runs.run import Run
from dashboard import (
    asking,
    cards,
    chapters,
    leaving,
    looks,
    notices,
    session,
    stating,
    table,
    ways,
)
from dashboard.chapters import Chapter
from dashboard.words import heading, plain
from review.checklist import Question
from review.record import Review

WIDTH = 1120
LIST = 820
QUIET = (Verdict.CLEAR, Verdict.NOT_APPLICABLE)
BEHIND = 4
"""Further findings shown beside a question; all of them are on the family's page."""


def page() -> None:
    """The question in the address with its evidence; without one, all of them by chapter."""
    review = session.review()
    if table.none_chosen(review) or review is None or review.run is None:
        return
    every = chapters.chapters(review)
    one = review.checklist.question(session.asked("question"))
    chapter = chapters.holding(every, one.id) if one else None
    with st.container(width=WIDTH):
        notices.show()
        if one is None or chapter is None:
            _contents(review, every)
        else:
            _way(every, chapter, one)
            _question(review, review.run, one)
        cards.foot()


def _contents(review: Review, every: Sequence[Chapter]) -> None:
    """How many questions there are, where to begin, and each chapter with its own."""
    many, which = ways.told(review, every)
    st.title(many, anchor=False)
    st.markdown(which)
    ways.begin(review, first=True)
    st.space("xsmall")
    for chapter in every:
        opened = chapter.name == chapters.LAUNCH and bool(chapter.waiting)
        with (
            st.expander(f"**{chapter.title}** · {chapter.told}", expanded=opened, type="compact"),
            st.container(gap="xxsmall", width=LIST),
        ):
            for one in chapter.questions:
                _row(review, chapter, one)


def _row(review: Review, chapter: Chapter, one: Question) -> None:
    verdict = next((found.verdict for found in review.informing(one)), Verdict.ASK)
    verdict = Verdict.ASK if one.asked else verdict
    said = "" if one in chapter.waiting else " :small[answered]"
    if cards.row(verdict, f"{plain(one.asks)}{said}", f"question {one.id}"):
        session.go("checklist", question=one.id)


def _way(every: Sequence[Chapter], chapter: Chapter, one: Question) -> None:
    """Where this question stands, and the way back and on; also by Page Up and Page Down."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.markdown(f":small[{chapter.place(one)}]", width="content")
        with st.container(horizontal=True, width="content", gap="xsmall"):
            st.button("All questions", type="tertiary", key="all", on_click=_to, args=(None,))
            back, on = chapters.before(every, one.id), chapters.after(every, one.id)
            st.button(
                "Back",
                icon=":material/arrow_back:",
                type="tertiary",
                shortcut="PageUp",
                disabled=back is None,
                on_click=_to,
                args=(back,),
            )
            st.button(
                "Skip" if one in chapter.waiting else "Next",
                icon=":material/arrow_forward:",
                icon_position="right",
                type="tertiary",
                shortcut="PageDown",
                disabled=on is None,
                on_click=_to,
                args=(on,),
            )


def _to(one: Question | None) -> None:
    if one is None:
        session.unpoint("question")
    else:
        session.point(question=one.id)


def _question(review: Review, run: Run, one: Question) -> None:
    """The question as the heading; its evidence on the left, the answer on the right."""
    found = review.informing(one)
    with st.container(gap="xxsmall"):
        cards.badge(Verdict.ASK) if one.asked or not found else cards.badge(
            found[0].verdict, looks.said(found[0])
        )
        st.title(plain(one.asks), anchor=False)
    with st.grid(2, min_column_width=360, gap="large"):
        with st.container():
            _evidence(review, run, found)
        with st.container():
            asking.answer(review, one, then=lambda: _onward(review.id, one.id))
            asking.background(one)
    if found and not one.asked:
        asking.exception(review, found[0])


def _onward(review: str, answered: str) -> None:
    """After an answer: the next question that waits, or all of them where none does."""
    on = chapters.after(chapters.chapters(session.desk().review(review)), answered)
    _to(on)


def _evidence(review: Review, run: Run, found: Sequence[Finding]) -> None:
    """The most pressing finding as on its own page, and the others a line each."""
    if not found:
        st.markdown("Nothing was counted for this: a person has to know.")
        return
    first, rest = heading(found[0].headline)
    st.header(plain(first), anchor=False)
    cards.laid_out(found[0], run, rest)
    leaving.offer(review, found[0])
    _mended(found)
    others = [one for one in found[1:] if one.verdict not in QUIET]
    if not others:
        return
    st.markdown("**Also found**")
    with st.container(gap="xxsmall"):
        for one in others[:BEHIND]:
            _finding(one)
        if more := others[BEHIND:]:
            with st.expander(f"{len(more)} more", type="compact"):
                for one in more:
                    _finding(one)


def _mended(found: Sequence[Finding]) -> None:
    """Where a fault can be mended: that counting answers afterwards, and the way there."""
    loud = [one for one in found if one.verdict not in QUIET]
    if not found[0].open:
        return
    kinds = {check.kind for one in loud if (check := cards.check_of(one))}
    stated = found[0].verdict is Verdict.CANNOT_TELL and stating.can_be_stated(found[0])
    if kinds == {"computed"}:
        how = "State it" if stated else "Mend it and bring the new list"
        st.markdown(f"{how}: counting then answers this question.")
    if not stated and st.button("Bring a new list", icon=":material/upload_file:"):
        session.go("again")


def _finding(one: Finding) -> None:
    if cards.row(one.verdict, plain(heading(one.headline)[0]), f"also {one.key}"):
        session.go(one.check.partition(".")[0], finding=one.key)
