"""What changed: the newest revision beside the one before it, and what has to be given again."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from checks.runs.run import Run
from dashboard import cards, looks, notices, outside, session, table
from dashboard.words import day, heading, plain
from review.record import Review

PARTS = {"campaign": "campaign", "people": "files", "policy": "rules", "checklist": "checklist"}

MANY = ("files", "rules")
"""The words of them that stand for several."""


def page() -> None:
    """Lay the two revisions side by side."""
    review = session.review()
    if table.none_chosen(review) or review is None or review.run is None:
        return
    with st.container(width=820):
        notices.show()
        if review.before is None:
            st.title("Nothing has changed yet", anchor=False)
            st.markdown("This is the first revision. A new list, text or policy opens the next.")
            with st.container(horizontal=True, gap="small"):
                if st.button("Bring a new list", icon=":material/upload_file:"):
                    session.go("again")
                if st.button("State a fact", icon=":material/edit_note:"):
                    session.go("facts")
            return
        st.title(f"What changed since revision {review.revision - 1}", anchor=False)
        alt = f"Revision {review.revision} beside revision {review.revision - 1}"
        rows = dict(_rows(review, review.before, review.run))
        st.table(rows, border="horizontal", hide_header=True, alt=alt)
        _moved(review.before, review.run)
        outside.conditions(review)
        if st.button("See what is open now", type="primary", icon=":material/arrow_forward:"):
            session.go("overview")
        cards.foot()


def _rows(review: Review, before: Run, now: Run) -> Iterator[tuple[str, str]]:
    yield "People on the list", listed(before.people.targeted, now.people.targeted)
    yield "What is new", parts(before, now)
    given = [one for many in review.answers.values() for one in many if not one.statement]
    standing = {one.question for one in given if one.current and one.settles}
    carried = {
        one.question for one in given if one.current and one.settles
        if one.revision < review.revision
    }  # fmt: skip
    again = {one.question for one in given} - standing
    moved = f"{len(again)} to give again, because their numbers moved"
    yield (
        "Answers",
        f"{len(carried)} carried, with name and date · {moved if again else 'none to give again'}",
    )
    old = [one for one in review.past_signatures if one.revision < review.revision]
    if old:
        last = old[-1]
        yield (
            "Sign-off",
            (
                f"The one of {day(last.at.date())} is for revision {last.revision}. "
                "It does not cover this list."
            ),
        )


def listed(before: int, now: int) -> str:
    """How the list grew or shrank.

    >>> listed(42_694, 41_020), listed(5, 5)
    ('42,694 → 41,020 · 1,674 fewer', '5, as many as before')
    """
    if before == now:
        return f"{now:,}, as many as before"
    return f"{before:,} → {now:,} · {abs(now - before):,} {'fewer' if now < before else 'more'}"


def parts(before: Run, now: Run) -> str:
    """Which inputs are new, files by name, and which are as before."""
    known = {(one.role, one.sha256) for one in before.files}
    files = [plain(one.name) for one in now.files if (one.role, one.sha256) not in known]
    moved = [PARTS.get(one, one) for one in now.parts if before.parts.get(one) != now.parts[one]]
    same = [PARTS.get(one, one) for one in now.parts if before.parts.get(one) == now.parts[one]]
    new = [*files, *(one for one in moved if one != "files" or not files)]
    one = len(new) == 1 and new[0] not in MANY
    told = f"{looks.joined(new)} {'is' if one else 'are'} new" if new else "Nothing is new"
    return f"{told} · {looks.joined(same)} as before" if same else told


def _moved(before: Run, now: Run) -> None:
    """The findings whose verdict is another now."""
    was = {one.key: one for one in before.findings}
    other = [
        (was[one.key], one)
        for one in now.findings
        if one.key in was and was[one.key].verdict is not one.verdict
    ]
    if not other:
        return
    st.header("Findings that read otherwise now", anchor=False)
    for then, found in other:
        first, _ = heading(found.headline)
        st.markdown(f"{looks.chip(then.verdict)} → {looks.chip(found.verdict)} {plain(first)}")
