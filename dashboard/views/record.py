"""The record: everything that happened, as sentences, and the files that prove it."""

from __future__ import annotations

import streamlit as st

from dashboard import cards, comments, notices, session
from dashboard.words import day, heading, plain, state
from review.record import Happened, Review

HERE = (
    "The people data and the lists of this review are deleted for good. The record, its counts "
    "and its PDF stay. To look at the campaign again, its files are needed again."
)
IN_A_WAREHOUSE = (
    "The people stay in the warehouse: Candor never took them. What it made of them here, the "
    "lists of who may be contacted and who was approved, is deleted for good. The record stays."
)


def page() -> None:
    """Show the timeline of the review, and give out its record."""
    review = session.review()
    if review is None:
        cards.nothing_chosen()
        return
    with st.container(width=820):
        notices.show()
        st.title("Record", anchor=False)
        st.markdown(
            f"{_steps(review)} happened so far. Nothing in it is ever edited: "
            "what was said later stands beside what was said before."
        )
        _files(review)
        st.header("What happened", anchor=False)
        _timeline(review)
        comments.comments(review, "")
        st.header("What it can be checked by", anchor=False)
        st.markdown(
            "Each long number is worked out from a content: another content gives another number. "
            "Two copies of this record are the same if their heads are."
        )
        _proof(review)
        _forget(review)
        cards.foot()


def _forget(review: Review) -> None:
    """The people data can go while the record stays."""
    if review.read_only or review.run is None:
        return
    away = bool(review.run.as_of)
    label = "Delete the lists of this review" if away else "Delete the people data"
    with st.expander(label, type="compact"):
        st.markdown(IN_A_WAREHOUSE if away else HERE)
        here = session.actor()
        inside = here is not None and here.role.inside
        st.button(
            "Delete them now",
            icon=":material/delete:",
            on_click=_deleted,
            args=(review,),
            disabled=not inside,
        )
        if not inside:
            st.markdown(":small[Only the owner or the preparer can do this.]")


def _deleted(review: Review) -> None:
    session.forget(review)


def _steps(review: Review) -> str:
    return "1 thing" if review.length == 1 else f"{review.length:,} things"


def _files(review: Review) -> None:
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Download the record (JSON)",
            data=lambda: session.desk().bundle(review.id),
            file_name=f"{review.id}-revision-{review.revision}.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
        )
        if st.button("Check a PDF", icon=":material/verified:"):
            session.go("verify")


def _timeline(review: Review) -> None:
    if not review.timeline:
        st.markdown("Nothing has happened yet.")
        return
    last = None
    for happened in reversed(review.timeline):
        if happened.at.date() != last:
            last = happened.at.date()
            st.subheader(day(last), anchor=False)
        _line(review, happened)


def _line(review: Review, happened: Happened) -> None:
    with st.container(horizontal=True, gap="small", wrap=False):
        st.markdown(f":small[{happened.at:%H:%M} UTC]", width=80)
        st.markdown(
            f"{plain(named(review, happened.sentence))} "
            f":small[No. {happened.number}, {happened.hash[:8]}]"
        )


def named(review: Review, sentence: str) -> str:
    """A sentence of the record, its finding told in words instead of by its key."""
    told = sentence[:1].upper() + sentence[1:]
    found = review.run.findings if review.run else ()
    for one in sorted(found, key=lambda one: -len(one.key)):
        first, _ = heading(one.headline)
        for act in ("exception for", "commented on"):
            told = told.replace(f"{act} {one.key}", f"{act} “{first.rstrip('.')}”", 1)
    return told


def _proof(review: Review) -> None:
    rows = {
        "State": state(review.state),
        "Revision": str(review.revision),
        "Head of the record": cards.spaced(review.head),
    }
    if review.run is not None:
        rows["Fingerprint of what was reviewed"] = cards.spaced(review.run.fingerprint)
        kind = "Table" if review.run.as_of else "File"
        rows |= {
            f"{kind}: {plain(file.role)}": f"{plain(file.name)} {cards.spaced(file.sha256)}"
            for file in review.run.files
        }
        if review.run.as_of:
            rows["Counted in the warehouse as of"] = plain(review.run.as_of)
        if review.run.read_there:
            rows["Read there"] = review.run.read_there
    st.table(rows, border="horizontal", hide_header=True, alt="Hashes of this review")
    if review.run is not None and review.run.questions:
        _questions(review.run.questions)
    if review.read_only:
        st.warning(plain(review.read_only), icon=":material/lock:")


def _questions(questions: tuple[str, ...]) -> None:
    """What was asked of a warehouse, word for word."""
    asked = f"What was asked of the warehouse: {len(questions):,} parts"
    with st.expander(asked, type="compact"):
        st.markdown(
            "Only counts came back, and the words of columns that the campaign names. "
            "Each definition stands once, then the questions."
        )
        st.code("\n\n".join(questions), language="sql", height=420, wrap_lines=True)
