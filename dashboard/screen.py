"""The script that draws every page: which pages there are, and the way between them."""

from __future__ import annotations

import logging

import streamlit as st

from dashboard import anew, here, looks, session, sidebar
from dashboard.views import (
    again,
    agenda,
    catalogue,
    changed,
    checklist,
    facts,
    first,
    mine,
    overview,
    people,
    record,
    reviews,
    segments,
    signoff,
    start,
    verify,
    wall,
)
from dashboard.views import family as family_view
from review.who.provider import issuer

log = logging.getLogger(__name__)


def pages() -> session.Pages:
    """Every page by its name; the name is also its address."""
    review = session.review()
    about = f"{review.name} · Candor" if review else "Candor"
    named = {
        "first": st.Page(first.page, title="Candor: look before you send", default=True),
        "reviews": st.Page(reviews.page, title="All reviews · Candor", url_path="reviews"),
        "start": st.Page(start.page, title="Start a review · Candor", url_path="start"),
        "verify": st.Page(verify.page, title="Check a sign-off · Candor", url_path="verify"),
        "checks": st.Page(catalogue.page, title="The checks · Candor", url_path="checks"),
        "overview": st.Page(overview.page, title=f"Overview · {about}", url_path="overview"),
        "checklist": st.Page(checklist.page, title=f"Checklist · {about}", url_path="checklist"),
        "facts": st.Page(facts.page, title=f"Facts · {about}", url_path="facts"),
        "again": st.Page(again.page, title=f"Bring a new list · {about}", url_path="new-list"),
        "segments": st.Page(segments.page, title=f"Segments · {about}", url_path="segments"),
        "signoff": st.Page(signoff.page, title=f"Sign-off · {about}", url_path="signoff"),
        "changed": st.Page(changed.page, title=f"What changed · {about}", url_path="changed"),
        "agenda": st.Page(agenda.page, title="Agenda · Candor", url_path="agenda"),
        "people": st.Page(people.page, title="People · Candor", url_path="people"),
        "wall": st.Page(wall.page, title=f"The wall · {about}", url_path="wall"),
        "mine": st.Page(mine.page, title=f"My answer · {about}", url_path="my-answer"),
        "record": st.Page(record.page, title=f"Record · {about}", url_path="record"),
    }
    for name, words in looks.FAMILIES.items():
        named[name] = st.Page(
            family_view.of(name, words), title=f"{words} · {about}", url_path=name
        )
    return named


def main() -> None:
    """Draw one page."""
    st.set_page_config(page_icon="⚖️", layout="wide", initial_sidebar_state=300)
    try:
        session.desk()
        every = pages()
    except session.UNREADABLE as error:
        st.title("The record cannot be reached", anchor=False)
        _unreadable(error)
        return
    session.pages(every)
    try:
        _draw(every)
    except session.UNREADABLE as error:
        _unreadable(error)


def _draw(every: session.Pages) -> None:
    session.drawing()
    chosen = st.navigation(list(every.values()), position="hidden")
    session.remember("page", next(name for name, page in every.items() if page is chosen))
    if not here.gate():
        return
    anew.come_back()
    if chosen is every["wall"]:
        with st.container(horizontal=True, gap="small"):
            st.page_link(every["agenda"], label="Agenda", icon=":material/arrow_back:")
            _my_answer(every)
    elif session.review() is not None and chosen not in (every["first"], every["start"]):
        sidebar.show(every, looks.FAMILIES)
    elif chosen is not every["first"]:
        st.page_link(every["first"], label="**Candor** · first page", icon=":material/arrow_back:")
    chosen.run()
    session.drawn()


def _my_answer(every: session.Pages) -> None:
    """From the wall to one's own page: a chair who only typed a name would lose it by a reload."""
    st.page_link(
        every["mine"],
        label="My answer",
        icon=":material/how_to_vote:",
        query_params=session.address(),
    )


def _unreadable(error: Exception) -> None:
    """What stands in place of a page while the record cannot be reached.

    Its place is told to whoever sits at this machine; on a server it stands in the log.
    """
    where = session.where(error)
    log.error("the store cannot be used: %s (%s)", where, type(error).__name__)
    if issuer():
        act = "Ask whoever runs Candor to look at it: the log of the server names the place."
    else:
        act = (
            f"It lies in `{where}`. See that this is there, may be written by you and has room. "
            "CANDOR_HOME names another folder, CANDOR_STORE another database."
        )
    st.error(
        "The record cannot be read or written just now. Nothing was changed. "
        f"{act} Then load this page again.",
        icon=":material/block:",
    )
    st.button("Load it again", type="primary", icon=":material/refresh:")


main()
