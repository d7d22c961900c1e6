"""The segments: the parts of the list as a marketer knows them, and what was found in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from checks.evidence import Breakdown, people
from checks.fairness.spoken import spoken
from checks.finding import Finding, Verdict
from checks.runs.run import Run, SegmentSummary
from dashboard import cards, charts, notices, session
from dashboard.rates import share
from dashboard.sheet import opened
from dashboard.words import heading, plain

SHOWN = 4
"""Findings shown at once; the others wait behind a fold."""

GROUPS = 2
"""Groups whose share would move most."""

OPEN = (Verdict.BROKEN, Verdict.FAIL, Verdict.CANNOT_TELL, Verdict.WATCH, Verdict.ASK)


@dataclass(frozen=True, kw_only=True, slots=True)
class Carried:
    """A finding, and how many of its people are in one segment."""

    finding: Finding
    title: str
    """What was counted."""
    people: int | None
    total: int

    @property
    def key(self) -> str:
        """The same from run to run."""
        return f"{self.finding.key} {self.title}"


def page() -> None:
    """Show every segment, those that stand in the way first."""
    review = session.review()
    if review is None:
        cards.nothing_chosen()
        return
    if review.run is None:
        cards.nothing_run("Segments")
        return
    run = review.run
    with st.container(width=1120):
        notices.show()
        st.title("Segments", anchor=False)
        if not run.segments:
            st.markdown(
                "This campaign names no segments, so the list is one. "
                "Name the column of segments under *people* to see its parts side by side."
            )
        else:
            st.markdown(_summary(run))
            with st.grid(2, min_column_width=400, gap="medium"):
                for segment in ordered(run):
                    _segment(run, segment)
        cards.foot()


def _summary(run: Run) -> str:
    count = len(run.segments)
    parts = "1 segment" if count == 1 else f"{count} segments"
    return (
        f"The {run.people.targeted:,} people on the list are in {parts}. "
        "Those that stand in the way come first."
    )


def carried(run: Run, segment: str) -> list[Carried]:
    """What was found in a segment: every open finding that counts people of it."""
    found = []
    for one in run.findings:
        if one.verdict not in OPEN:
            continue
        for evidence in one.evidence:
            if isinstance(evidence, Breakdown) and evidence.by == "segment":
                found += [
                    Carried(
                        finding=one, title=evidence.title, people=part.people, total=evidence.total
                    )
                    for part in evidence.parts
                    if part.name == segment and part.people != 0
                ]
    return found


def ordered(run: Run) -> list[SegmentSummary]:
    """The segments by what stands in the way in them, then by size."""

    def pressing(segment: SegmentSummary) -> tuple[int, int, int]:
        here = carried(run, segment.name)
        worst = min((one.finding.verdict.urgency for one in here), default=len(Verdict))
        weight = sum(one.people or 0 for one in here if one.finding.verdict.urgency == worst)
        return worst, -weight, -(segment.people or 0)

    return sorted(run.segments, key=pressing)


def _segment(run: Run, segment: SegmentSummary) -> None:
    with st.container(border=True, gap="small"):
        with st.container(gap="xxsmall"):
            st.header(plain(segment.name), anchor=False)
            if segment.about:
                st.markdown(plain(segment.about))
        st.table(_facts(run, segment), border="horizontal", hide_header=True, alt=segment.name)
        _found(segment, carried(run, segment.name))
        _makeup(run, segment)
        _without(run, segment)


def _without(run: Run, segment: SegmentSummary) -> None:
    """What taking the segment off would change, from what was counted; nothing is done by it."""
    rows = without(run, segment)
    if not rows:
        return
    with st.expander("What taking it off would change", type="compact"):
        alt = f"The list with and without {segment.name}"
        st.table(rows, border="horizontal", hide_header=True, alt=alt)
        st.markdown(
            ":small[Nothing is changed here. Make the list without it, and bring it: the checks "
            "then count again.]"
        )


def without(run: Run, segment: SegmentSummary) -> dict[str, str]:
    """The list, what was found, and who is on it: with the segment, and without it."""
    if not segment.people or segment.people == run.people.targeted:
        return {}
    left = run.people.targeted - segment.people
    rows = {"People on the list": f"{run.people.targeted:,} → {left:,}"}
    for one in carried(run, segment.name)[:SHOWN]:
        if one.people:
            first = plain(heading(one.finding.headline)[0])
            rows[first] = f"{one.total:,} → {one.total - one.people:,}"
    moved = [
        (abs(here - after), name, here, after)
        for part in segment.makeup
        if part.segment is not None and part.on_list is not None
        for name in [opened(spoken(part.attribute, part.group))]
        for here in [part.on_list / run.people.targeted]
        for after in [(part.on_list - part.segment) / left]
    ]
    for _, name, here, after in sorted(moved, reverse=True)[:GROUPS]:
        if share(here) != share(after):
            rows[plain(name)] = f"{share(here)} → {share(after)}"
    return rows


def _facts(run: Run, segment: SegmentSummary) -> dict[str, str]:
    facts = {"People": f"{people(segment.people)} of {run.people.targeted:,}"}
    for channel in run.channels:
        if channel in segment.may_contact:
            facts[f"May be contacted, {plain(channel)}"] = _said(segment.may_contact, channel)
        if channel in segment.said_no:
            facts[f"Said no, {plain(channel)}"] = _said(segment.said_no, channel)
    facts["Message"] = plain(segment.message) if segment.message else "not stated"
    facts["Offer"] = plain(segment.offer) if segment.offer else "not stated"
    return facts


def _said(by_channel: Mapping[str, int | None], channel: str) -> str:
    return people(by_channel[channel])


def _found(segment: SegmentSummary, here: Sequence[Carried]) -> None:
    with st.container(gap="xxsmall"):
        st.markdown("**What was found in it**" if here else "Nothing open was counted in it.")
        _rows(segment, here[:SHOWN])
        if rest := here[SHOWN:]:
            with st.expander(f"{len(rest)} more", type="compact"):
                _rows(segment, rest)


def _rows(segment: SegmentSummary, here: Sequence[Carried]) -> None:
    for one in here:
        be = "is" if one.people == 1 else "are"
        counted = f"**{people(one.people)} of {one.total:,} {be} in it.**"
        sentence = f"{counted} {plain(heading(one.finding.headline)[0])}"
        if cards.row(one.finding.verdict, sentence, f"{segment.name} {one.key}"):
            session.go(one.finding.check.partition(".")[0], finding=one.finding.key)


def _makeup(run: Run, segment: SegmentSummary) -> None:
    if not segment.makeup or not segment.people:
        return
    picture = charts.makeup(segment, run.people.targeted)
    with st.container(gap="xxsmall"):
        st.markdown("**Who is in it** :small[The thin line below each bar is the whole list.]")
        cards.chart(picture, f"makeup {segment.name}")
