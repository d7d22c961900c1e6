"""One finding as everybody meets it: verdict, sentence, chart, what to do, three folds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from checks.fairness.spoken import worded
from checks.finding import Finding, Source, Verdict
from checks.phrases import spoken
from checks.registry import Check, catalogue
from checks.runs.run import Run
from dashboard import here, looks, session, stating
from dashboard.charts import Picture, lead, pictures
from dashboard.sheet import CONFIG
from dashboard.tables import Numbers, numbers
from dashboard.words import day, heading, plain
from review.record import Obstacle, Review

WHOLE = 9
"""A table of no more rows is shown as it is."""
SHOWN = 5
"""Rows shown at once where a table stands in place of a picture."""
READING = 720
"""Pixels that hold about 75 letters: wider lines tire."""


def badge(verdict: Verdict, words: str = "") -> None:
    """A verdict in words, icon and colour."""
    look = looks.LOOKS[verdict]
    st.badge(words or look.word, icon=look.icon, color=look.slot)


def tally(counts: Mapping[Verdict, int]) -> None:
    """The counts of verdicts, the most pressing first; none of a kind is not said."""
    with st.container(horizontal=True, gap="xsmall"):
        for verdict in Verdict:
            if n := counts.get(verdict, 0):
                badge(verdict, looks.count_words(verdict, n))


def finding(one: Finding, run: Run) -> None:
    """The whole finding; its first sentence is the page's heading."""
    first, rest = heading(one.headline)
    with st.container(gap="xxsmall"):
        badge(one.verdict, looks.said(one))
        st.title(plain(first), anchor=False)
    laid_out(one, run, rest)


def laid_out(one: Finding, run: Run, rest: str) -> None:
    """What follows a finding's first sentence: the rest, the chart, what to do, three folds."""
    evidence = worded(one)
    drawn, tables = list(pictures(evidence)), list(numbers(evidence))
    at = lead(drawn)
    with st.container(gap="small"):
        if rest:
            with st.container(width=READING):
                st.markdown(plain(spoken(rest)))
        if drawn:
            chart(drawn[at], f"{one.key} {at}")
        elif tables:
            _excerpt(tables[0])
            tables = [] if _shown_whole(tables) else tables
        if one.remedy:
            with st.container(width=READING):
                st.markdown(f"**What to do.** {plain(spoken(one.remedy))}")
                _to_state(one)
        _folds(one, run, [*drawn[:at], *drawn[at + 1 :]], tables)


def _to_state(one: Finding) -> None:
    """Where the remedy asks for a statement: the way to the page that takes it."""
    if stating.can_be_stated(one) and st.button(
        "State it on the page of facts", icon=":material/edit_note:", key=f"state {one.key}"
    ):
        session.go("facts", finding=one.key)


def chart(picture: Picture, name: str) -> None:
    """A chart with its text alternative, drawn in the colours of the present theme.

    The theme is part of the key: an open chart keeps its old colours when the theme changes, and
    the next rerun heals it.
    """
    st.plotly_chart(
        picture.figure,
        config=CONFIG,
        alt=picture.alt,
        key=f"chart {name} {st.context.theme.type}",
    )


def _shown_whole(tables: Sequence[Numbers]) -> bool:
    """Whether a finding's only table stands on the page already."""
    return len(tables) == 1 and len(tables[0].rows) <= WHOLE


def _folds(one: Finding, run: Run, more: Sequence[Picture], tables: Sequence[Numbers]) -> None:
    """What a statistician and a lawyer look for; no fold that would open on nothing."""
    with st.container(gap="xxsmall"):
        if tables:
            with st.expander("The numbers as a table", type="compact", on_change="rerun") as fold:
                for at, picture in enumerate(more if fold.open else ()):
                    chart(picture, f"{one.key} more {at}")
                for each in tables:
                    table(each)
        with st.expander("How this was judged, and what it cannot see", type="compact"):
            _method(check_of(one))
        with st.expander("Law and policy behind it", type="compact"):
            _basis(one, run)


def check_of(one: Finding) -> Check | None:
    """The page of the catalogue about the check that said so."""
    return next((check for check in catalogue() if check.id == one.check), None)


def table(each: Numbers) -> None:
    """A table of numbers, calm, with its title above."""
    st.markdown(f"**{plain(each.title)}**")
    columns = {
        plain(name): [plain(row[at]) for row in each.rows] for at, name in enumerate(each.columns)
    }
    st.table(columns, border="horizontal", hide_index=True, alt=each.title)


def _excerpt(each: Numbers) -> None:
    """A table where a finding has no picture; of a long one those rows unlike the others."""
    if len(each.rows) <= WHOLE:
        table(each)
        return
    ends = [row[-1] for row in each.rows]
    rows = sorted(each.rows, key=lambda row: ends.count(row[-1]))
    table(replace(each, rows=tuple(rows[:SHOWN])))
    if more := rows[SHOWN:]:
        rest = "1 more row is" if len(more) == 1 else f"{len(more)} more rows are"
        st.markdown(f":small[{rest} in the table below.]")


def _method(check: Check | None) -> None:
    with st.container(width=READING):
        if check is None:
            st.markdown("The check that said so is not part of this version of Candor.")
            return
        for heading in ("How it judges", "Why it matters", "What it cannot see"):
            st.markdown(f"**{heading}.** {check.section(heading)}")


def _basis(one: Finding, run: Run) -> None:
    with st.container(width=READING):
        sources(one.sources)
        if not one.sources:
            st.markdown("No published source: this is our policy.")
        stamp = run.policy
        st.markdown(
            f"Policy: *{plain(stamp.id)}*, version {stamp.version} of {day(stamp.as_of)} "
            f"({stamp.sha256[:8]}). This check weighs *{one.severity}*."
        )
        if run.exceptions.get(one.check) == "none":
            st.markdown("No exception is possible from this rule.")


def sources(named: Sequence[Source]) -> None:
    """What a check rests on: each with how it stands, and how sure that is."""
    for source in named:
        name = plain(source.name)
        shown = f"[{name}](<{source.link}>)" if source.link else name
        note = f" {plain(source.note)}" if source.note else ""
        st.markdown(f"{shown}: {plain(source.standing)}.{note}")


def row(verdict: Verdict, sentence: str, key: str) -> bool:
    """One line of a list, its sentence Markdown already; whether it was just opened."""
    with st.container(horizontal=True, wrap=False, gap="small", vertical_alignment="center"):
        st.markdown(f"{looks.chip(verdict)} {sentence}", width="stretch")
        return st.button("Open", type="tertiary", key=f"open {key}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where something can be looked at: a page, and what is open on it."""

    page: str
    point: str
    question: str = ""


def place(review: Review, obstacle: Obstacle) -> Place | None:
    """Where an obstacle can be settled: its finding, or what informs its question, or that."""
    if obstacle.concern is not None:
        return Place(page="signoff", point="")
    if obstacle.sentence == review.moved:
        return Place(page="again", point="")
    if obstacle.finding:
        page = obstacle.finding.partition(".")[0]
        return Place(page=page, point=obstacle.finding, question=obstacle.question or "")
    asked = next((one for one in review.checklist.questions if one.id == obstacle.question), None)
    if asked is None:
        return None
    if informing := review.informing(asked):
        page = informing[0].check.partition(".")[0]
        return Place(page=page, point=informing[0].key, question=asked.id)
    return Place(page=asked.family, point=f"question/{asked.id}")


def spaced(sha256: str) -> str:
    """A hash in groups of eight, so that a phone can break its line.

    >>> spaced("0123456789abcdef")
    '01234567 89abcdef'
    """
    return " ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8))


def foot() -> None:
    """The last line of a page: who decides, and how sure it is who is here."""
    st.space("small")
    actor = session.actor()
    who = f"You are {plain(actor.name)}. " if actor else ""
    st.markdown(f":small[Candor counted; people decide. {who}{here.vouching(actor)}]")


def nothing_chosen() -> None:
    """What a page says when the address names no review."""
    with st.container(width=READING):
        st.title("No review is chosen", anchor=False)
        st.markdown("Choose one of the reviews, or start a new one.")
        with st.container(horizontal=True, gap="small"):
            if st.button("See all reviews", type="primary", icon=":material/list:"):
                session.go("reviews")
            if st.button("Start a review", icon=":material/upload_file:"):
                session.go("start")


def nothing_run(name: str) -> None:
    """What a page says while nothing has been looked at yet."""
    with st.container(width=READING):
        st.title(plain(name), anchor=False)
        st.markdown("Nothing has been looked at yet. Bring the files, and the checks will run.")
        if st.button("Bring the files", type="primary", icon=":material/upload_file:"):
            session.go("start")
