"""The findings of one family, one open at a time, with the questions they inform."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from checks.finding import Finding, Verdict
from checks.runs.run import Run
from dashboard import asking, cards, comments, leaving, looks, notices, session
from dashboard.points import points as obstacles
from dashboard.ways import onwards
from dashboard.words import heading, plain
from review.checklist import Question
from review.record import Review

QUIET = (Verdict.CLEAR, Verdict.NOT_APPLICABLE)
WIDTH = 1120


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """What the page can be open at: a finding, or a question that nothing was counted for."""

    about: Finding | Question

    @property
    def key(self) -> str:
        """Its name in the page's address."""
        return self.about.key if isinstance(self.about, Finding) else f"question/{self.about.id}"

    @property
    def family(self) -> str:
        """The family it belongs to, which is also its page."""
        about = self.about
        return about.check.partition(".")[0] if isinstance(about, Finding) else about.family

    @property
    def verdict(self) -> Verdict:
        """How pressing it is; a question always needs a person."""
        return self.about.verdict if isinstance(self.about, Finding) else Verdict.ASK

    @property
    def sentence(self) -> str:
        """What its heading says."""
        about = self.about
        return heading(about.headline)[0] if isinstance(about, Finding) else about.asks


def of(family: str, words: str) -> Callable[[], None]:
    """The page of one family."""

    def page() -> None:
        """Show the findings of the family."""
        show(family, words)

    return page


def show(family: str, words: str) -> None:
    """The point that is open, its questions, and the way to the others."""
    review = session.review()
    if review is None:
        cards.nothing_chosen()
        return
    if review.run is None:
        cards.nothing_run(words)
        return
    every = points(review, review.run, family)
    pressing = open_among(review, every)
    chosen = next((one for one in every if one.key == session.opened()), None)
    with st.container(width=WIDTH):
        notices.show()
        if chosen is None and not pressing:
            _calm(words, every)
        else:
            chosen = chosen or pressing[0]
            _way(words, chosen, pressing, onward(review, review.run, family))
            _open(review, review.run, chosen)
            _everything(words, every)
        cards.foot()


def points(review: Review, run: Run, family: str) -> list[Point]:
    """What stops the launch, then the most pressing first; questions without findings too."""
    found = [one for one in run.findings if one.check.startswith(f"{family}.")]
    found.sort(key=lambda one: (not one.open, one.verdict.urgency))
    asked = [
        one
        for one in review.checklist.questions
        if one.family == family and not review.informing(one)
    ]
    every = [*(Point(about=one) for one in found), *(Point(about=one) for one in asked)]
    return sorted(every, key=lambda one: one.verdict in QUIET)


def open_among(review: Review, every: Sequence[Point]) -> list[Point]:
    """The points that need somebody: what was found, and where a question waits for an answer."""
    places = [cards.place(review, one) for one in obstacles(review).waiting]
    waits = {place.point for place in places if place}
    return [
        one
        for one in every
        if one.key in waits or (isinstance(one.about, Finding) and one.verdict not in QUIET)
    ]


def _open(review: Review, run: Run, chosen: Point) -> None:
    if not isinstance(chosen.about, Finding):
        cards.badge(Verdict.ASK)
        asking.question(review, chosen.about, heads_page=True)
        onwards(review, [chosen.about])
        return
    cards.finding(chosen.about, run)
    leaving.offer(review, chosen.about)
    st.space("xsmall")
    asked = review.questions_for(chosen.about)
    asking.questions(review, asked)
    onwards(review, asked)
    asking.exception(review, chosen.about)
    comments.comments(review, chosen.about.key)


def onward(review: Review, run: Run, family: str) -> str:
    """The page after this family: the next one with an open point, or the sign-off."""
    names = list(looks.FAMILIES)
    for name in names[names.index(family) + 1 :]:
        if open_among(review, points(review, run, name)):
            return name
    return "signoff"


def _way(words: str, chosen: Point, pressing: Sequence[Point], last: str) -> None:
    """Where this point stands among those that are open, and the way back and on."""
    place = list(pressing).index(chosen) if chosen in pressing else None
    told = f"{words} · nothing is open in this one"
    before, after = None, pressing[0] if pressing else None
    if place is not None:
        told = f"{words} · open point {place + 1} of {len(pressing)}"
        before = pressing[place - 1] if place else None
        after = pressing[place + 1] if place + 1 < len(pressing) else None
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.markdown(f":small[{told}]", width="content")
        with st.container(horizontal=True, width="content", gap="xsmall"):
            _step("Previous", before, ":material/arrow_back:", "left")
            if after is None:
                _on(last)
            else:
                _step("Next", after, ":material/arrow_forward:", "right")


def _on(page: str) -> None:
    """The step after the last point of a family."""
    named = looks.FAMILIES.get(page, "Sign-off")
    if st.button(
        f"Next: {named}",
        icon=":material/arrow_forward:",
        icon_position="right",
        type="tertiary",
        key="step on",
    ):
        session.go(page)


def _step(label: str, to: Point | None, icon: str, side: Literal["left", "right"]) -> None:
    st.button(
        label,
        icon=icon,
        icon_position=side,
        type="tertiary",
        key=f"step {label}",
        disabled=to is None,
        on_click=_opened,
        args=(to.key if to else "",),
    )


def _opened(key: str) -> None:
    session.opened(key)


def _calm(words: str, every: Sequence[Point]) -> None:
    findings = [one.about for one in every if isinstance(one.about, Finding)]
    checks = len({one.check for one in findings})
    st.title(words, anchor=False)
    if not checks:
        st.markdown("No check of this family looked at this campaign.")
        return
    looked = "1 check looked; it shows" if checks == 1 else f"{checks} checks looked; each shows"
    st.markdown(f"Nothing is open here. {looked} what it looked at.")
    st.header("What was looked at", anchor=False)
    _list(every)


def _everything(words: str, every: Sequence[Point]) -> None:
    st.space("small")
    with st.expander(f"All {len(every)} points of {words}", type="compact"):
        _list(every)


def _list(every: Sequence[Point]) -> None:
    with st.container(gap="xxsmall"):
        for one in every:
            if cards.row(one.verdict, plain(one.sentence), one.key):
                session.go(one.family, finding=one.key)
