"""The segments of a list: their size, who is in them, and whom each may reach."""

from __future__ import annotations

from collections.abc import Mapping

from checks.campaign import ChannelName, Segment
from checks.case import Case
from checks.conditions import Condition
from checks.evidence import Breakdown, Part
from checks.fairness.groups import tally
from checks.people.membership import NO_SEGMENT, WHOLE, sizes
from checks.people.permission import Standing, standing_by_segment, unseen
from checks.runs.run import SegmentSummary, Share
from checks.small_cells.cells import cells
from checks.small_cells.withholding import withhold

SMALLER_SEGMENTS = "smaller segments"
"""Segments with so few people that their numbers stand together."""


def summaries(case: Case) -> tuple[SegmentSummary, ...]:
    """Every segment: those the campaign names first, then the others found, then the rest."""
    people = _people(case)
    makeup = _makeup(case, tuple(people))
    may, said_no = _reach(case, people)
    named = {one.name: one for one in case.campaign.segments or ()}
    return tuple(
        SegmentSummary(
            name=name,
            about=named.get(name, Segment(name=name)).is_,
            people=people[name],
            makeup=makeup[name],
            may_contact=may[name],
            said_no=said_no[name],
            message=named[name].message if name in named else None,
            offer=named[name].offer if name in named else None,
        )
        for name in people
    )


def by_segment(
    case: Case, title: str, counts: Mapping[str | None, int], *, small: bool = False
) -> Breakdown | None:
    """How many people of each segment a finding is about; None where there are no segments.

    Segments too small to be named stand together. With `small`, numbers under the limit of the
    policy are withheld too: for counts that say something about people's attributes.
    """
    if not case.audience.has("segment"):
        return None
    named = {segment or NO_SEGMENT: count for segment, count in counts.items()}
    parts: dict[str, int] = {}
    for name, size in _people(case).items():
        if size != 0:
            shown = name if size is not None else SMALLER_SEGMENTS
            parts[shown] = parts.get(shown, 0) + named.get(name, 0)
    numbers = list(_withheld(parts, case).values()) if small else list(parts.values())
    made = zip(parts, numbers, strict=True)
    ranked = sorted(made, key=lambda part: (-(part[1] or 0), part[0]))
    return Breakdown(
        title=title,
        by="segment",
        total=sum(parts.values()),
        parts=tuple(Part(name=name, people=count) for name, count in ranked),
    )


def count_by_segment(case: Case, where: Condition) -> dict[str | None, int]:
    """How many people of each segment meet a condition; None are those in no segment."""
    if not case.audience.has("segment"):
        return {None: case.audience.total(where)}
    return {one.values[0]: one.people for one in case.audience.count("segment", where=where)}


def _people(case: Case) -> dict[str, int | None]:
    """The people of each segment; None where withheld."""
    told = cells(case)
    return {name: told.of_segment(name) for name in sizes(case)}


def _withheld(counts: Mapping[str, int], case: Case) -> dict[str, int | None]:
    below = case.policy.small_cells.suppress_below.value
    [numbers] = withhold([list(counts.values())], below)
    return dict(zip(counts, numbers, strict=True))


def _makeup(case: Case, segments: tuple[str, ...]) -> dict[str, tuple[Share, ...]]:
    made: dict[str, list[Share]] = {name: [] for name in segments}
    for attribute in case.campaign.people.attributes:
        for segment, share in _shares(case, attribute, segments):
            made[segment].append(share)
    return {name: tuple(shares) for name, shares in made.items()}


def _shares(case: Case, attribute: str, segments: tuple[str, ...]) -> list[tuple[str, Share]]:
    """Each group of an attribute in each segment, against the list and the file."""
    if not case.audience.has(f"attribute.{attribute}"):
        return []
    counted, told = tally(case, attribute), cells(case)
    groups = [*counted.groups, *([counted.unknown] if counted.unknown.of else [])]
    whole = told.of_attribute(counted)
    return [
        (
            segment,
            Share(
                attribute=attribute,
                group=group.name,
                segment=told.of_segment(segment, attribute, group.name),
                on_list=whole.on[group.name],
                in_file=whole.of[group.name],
            ),
        )
        for group in groups
        for segment in segments
    ]


Reach = dict[str, dict[str, int | None]]
"""By segment and channel, so many people."""


def _reach(case: Case, people: Mapping[str, int | None]) -> tuple[Reach, Reach]:
    """Who may be contacted and who said no; a channel that cannot be told is left out."""
    may: Reach = {name: {} for name in people}
    said_no: Reach = {name: {} for name in people}
    for channel in case.campaign.channels:
        standings = _standings(case, channel)
        everything = not unseen(case, channel)
        for name, size in people.items():
            stands = standings.get(name)
            small = size is None
            if everything:
                may[name][channel] = None if small else stands.may if stands else 0
            if case.audience.has(f"{channel}.status"):
                said_no[name][channel] = None if small else stands.said_no if stands else 0
    return may, said_no


def _standings(case: Case, channel: ChannelName) -> dict[str, Standing]:
    rest = NO_SEGMENT if case.audience.has("segment") else WHOLE
    return {name or rest: one for name, one in standing_by_segment(case, channel).items()}
