"""The catalogue: every check by family, to be searched, with its limits and what it cannot see."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from checks.finding import Finding
from checks.policy import Policy
from checks.printed.catalogue import CANNOT_SHOW, HEADINGS, NAMES, Row, finds, limits_of
from checks.registry import FAMILIES, Check, catalogue
from dashboard import cards, looks, session
from dashboard.tables import Numbers
from dashboard.words import day, plain

KINDS = {
    "computed": "Candor counts it",
    "mixed": "Candor counts one half, a person answers the other",
    "asked": "A person answers it; Candor lays out what there is to see",
}
"""What a kind of check means for whoever reads it."""


def page() -> None:
    """Search, then the checks family by family, then what none of them can show."""
    policy, every = session.policy(), catalogue()
    with st.container(width=cards.READING):
        st.title("What Candor asks", anchor=False)
        st.markdown(
            f"{_counted(every)} Each says how it judges, which limit it has here and where that "
            "limit comes from, and what it cannot see."
        )
        wanted = st.text_input(
            "Search the checks",
            placeholder="a word, such as: postcode, minors, GDPR 13",
            key="search the checks",
        )
    found = [one for one in every if finds(one, wanted or "", policy)]
    if wanted:
        st.markdown(_told(len(found), len(every), wanted))
    for family in FAMILIES:
        _family(family, [one for one in found if one.family == family], policy)
    if not wanted:
        _cannot_show(policy)
    cards.foot()


def _counted(every: Iterable[Check]) -> str:
    kinds = [one.kind for one in every]
    return (
        f"{len(kinds)} checks: {kinds.count('computed')} are counted, {kinds.count('mixed')} are "
        f"half counted and half asked, {kinds.count('asked')} are asked."
    )


def _told(found: int, of: int, wanted: str) -> str:
    if not found:
        return f"No check speaks of “{plain(wanted)}”. Try one word, or fewer letters of it."
    speak = "check speaks" if found == 1 else "checks speak"
    return f"{found} of {of} {speak} of “{plain(wanted)}”."


def _family(family: str, checks: list[Check], policy: Policy) -> None:
    if not checks:
        return
    st.header(NAMES[family], anchor=False)
    with st.container(gap="xxsmall"):
        for one in checks:
            name = f"**{plain(one.title)}** {_here(one)}"
            asked = session.asked("check") == one.id
            with st.expander(
                name, type="compact", expanded=asked, on_change="rerun", key=f"check {one.id}"
            ) as fold:
                if fold.open:
                    _check(one, policy)


def _here(one: Check) -> str:
    """How the check speaks in the review that is chosen, if there is one."""
    review = session.review()
    said: tuple[Finding, ...] = review.run.findings if review and review.run else ()
    verdicts = [finding.verdict for finding in said if finding.check == one.id]
    if not verdicts:
        return ""
    look = looks.LOOKS[min(verdicts, key=lambda one: one.urgency)]
    return f"· {look.icon} {look.word}"  # a badge would fade with the fold's name


def _check(one: Check, policy: Policy) -> None:
    weight = policy.checks[one.id]
    with st.container(width=cards.READING):
        st.markdown(f"*{plain(one.question)}*")
        st.markdown(f"{KINDS[one.kind]}. It weighs *{weight.severity}*{_raised(one, policy)}.")
        for heading in HEADINGS:
            st.markdown(f"**{heading}.** {one.section(heading)}")
        if weight.exception == "none":
            st.markdown("Nobody may accept a failure of this check.")
    rows = limits_of(one, policy)
    if rows:
        cards.table(_table(rows))
    with st.container(width=cards.READING):
        st.markdown("**What it rests on.**")
        cards.sources(one.sources)
        st.markdown(f":small[Its name in files and records: {plain(one.id)}]")


def _raised(one: Check, policy: Policy) -> str:
    weight = policy.checks[one.id]
    if weight.in_regulated is weight.severity:
        return ""
    return f", and *{weight.in_regulated}* in credit, housing, health and other regulated sectors"


def _table(rows: Iterable[Row]) -> Numbers:
    return Numbers(
        title="Its limits",
        columns=("Limit", "Here", "What it is", "Where it comes from"),
        rows=tuple((row.name, row.value, row.kind, row.source) for row in rows),
    )


def _cannot_show(policy: Policy) -> None:
    with st.container(width=cards.READING):
        st.header("What the whole catalogue cannot show", anchor=False)
        st.markdown("\n".join(f"- {plain(one)}" for one in CANNOT_SHOW))
        st.markdown(
            f":small[The limits are those of the policy {plain(policy.id)}, version "
            f"{policy.version}, of {day(policy.as_of)}. This page is not legal advice.]"
        )
