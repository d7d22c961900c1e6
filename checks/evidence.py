"""The eight kinds of evidence: plain numbers that a chart, a page of print and a person can read.

Each is the whole specification of its picture, and each says in `alt` what the picture shows.
A number that was withheld because it is about fewer than five people is ``None``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


def people(count: int | None) -> str:
    """A count in print; a withheld one is named as such.

    Not every withheld count is small: some are withheld so that a total gives no small one away.

    >>> people(1204), people(None)
    ('1,204', 'not shown')
    """
    return "not shown" if count is None else f"{count:,}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """How many of how many; with the 95 % range where it is an estimate, none where a fact."""

    group: str
    yes: int | None
    of: int | None
    low: float | None = None
    high: float | None = None
    unsure: bool = False
    """Too few or unknown: drawn in grey."""
    kind: Literal["rate"] = "rate"

    @property
    def value(self) -> float | None:
        """The observed share, 0 to 1; None where withheld or about nobody."""
        return self.yes / self.of if self.yes is not None and self.of else None

    @property
    def counted(self) -> str:
        """How many of how many, in print; where neither is shown, this is said once."""
        if self.yes is None and self.of is None:
            return people(None)
        return f"{people(self.yes)} of {people(self.of)}"

    @property
    def alt(self) -> str:
        """The rate as a sentence."""
        return f"{self.group}: {self.counted}."


@dataclass(frozen=True, kw_only=True, slots=True)
class Ratio:
    """One group's rate against that of a named reference group."""

    group: str
    reference: str
    value: float | None
    low: float | None
    high: float | None
    """95 % score range of the ratio."""
    floor: float
    """The limit it is judged against."""
    luck: float | None
    """p of the 2×2 table times the number of pairs, at most 1."""
    pairs: int
    literal: float | None
    """Ratio to the highest rate, whoever has it."""
    literal_reference: str
    side: Literal["on", "off"] = "on"
    """On the list: how often chosen. Off the list: how often left out."""
    points: float | None = None
    """Difference of the two rates, 0 to 1, signed: group minus reference."""
    points_low: float | None = None
    points_high: float | None = None
    """Newcombe's 95 % range of the difference."""
    turned: bool = False
    """For a burden the ratio is turned round: the reference's rate over the group's."""
    kind: Literal["ratio"] = "ratio"

    @property
    def alt(self) -> str:
        """The ratio as a sentence."""
        did = "chosen" if self.side == "on" else "left out"
        if self.value is None:
            return f"{self.group} against {self.reference}: cannot be compared."
        over, under = (self.group, self.reference)[:: -1 if self.turned else 1]
        return (
            f"{over} {did} {self.value:.2f} times as often as {under}; "
            f"the limit is {self.floor:.2f}."
        )


BINS = {
    "suppressed": "Said no: on the do-not-contact list",
    "objected": "Said no: objected to marketing",
    "no record": "No answer on record",
    "denied": "Said no, or took the yes back",
    "word not explained": "An answer that nobody has explained",
    "wrong purpose or channel": "Said yes to something else",
    "expired": "Said yes too long ago, or for later",
    "no proof": "Said yes, but without proof or day",
    "minor": "Too young",
    "may be contacted": "May be contacted",
}
"""The bins of permission as a person would say them; their names are for files and records."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One bin of a waterfall."""

    name: str
    people: int
    meaning: Literal["said_no", "not_covered", "stays"]

    @property
    def label(self) -> str:
        """The bin in words, for screen and paper.

        >>> Step(name="minor", people=37, meaning="not_covered").label
        'Too young'
        >>> Step(name="left the club", people=3, meaning="said_no").label
        'Left the club'
        """
        return BINS.get(self.name, self.name[:1].upper() + self.name[1:])


@dataclass(frozen=True, kw_only=True, slots=True)
class Waterfall:
    """Everybody in exactly one bin, from the whole list to those who stay."""

    title: str
    total: int
    steps: tuple[Step, ...]
    kind: Literal["waterfall"] = "waterfall"

    def __post_init__(self) -> None:
        """Refuse a waterfall that loses or invents a person."""
        if sum(step.people for step in self.steps) != self.total:
            raise ValueError(f"{self.title}: the bins do not add up to {self.total}")

    @property
    def stays(self) -> int:
        """The people in the bins that stay."""
        return sum(step.people for step in self.steps if step.meaning == "stays")

    @property
    def alt(self) -> str:
        """Who stays and who drops out, as sentences."""
        out = [s for s in self.steps if s.meaning != "stays" and s.people]
        lost = " ".join(f"{s.label}: {s.people:,}." for s in out) or "Nobody drops out."
        return f"{self.title}: {self.stays:,} of {self.total:,} people stay. {lost}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Bin:
    """One bar of a distribution: values from `low` up to but not including `high`."""

    low: float
    high: float
    people: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A named limit drawn into a distribution."""

    at: float
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Distribution:
    """How many people have how much of something, with the limits drawn in."""

    title: str
    unit: str
    bins: tuple[Bin, ...]
    lines: tuple[Line, ...] = ()
    says: str = ""
    """The one sentence the picture is for."""
    kind: Literal["distribution"] = "distribution"

    @property
    def alt(self) -> str:
        """What the picture is for, and its limits."""
        drawn = " ".join(f"{line.name}: {line.at:g} {self.unit}." for line in self.lines)
        return f"{self.title}. {self.says} {drawn}".strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One crossing of two groups: how many of how many; None where withheld."""

    row: str
    column: str
    yes: int | None
    of: int | None
    verdict: str
    """The value of a Verdict."""
    value: float | None = None
    """What is shown where people are not counted: a measure between 0 and 1."""

    @property
    def share(self) -> float | None:
        """What its tile shows, 0 to 1; None where withheld or about nobody."""
        if self.value is not None:
            return self.value
        return self.yes / self.of if self.yes is not None and self.of else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Matrix:
    """Every crossing of two lists: of groups, or of fields and what they tell of."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[Cell, ...]
    says: str = ""
    measure: str = ""
    """What the tiles show where they count no people, such as: V, from 0 to 1."""
    kind: Literal["matrix"] = "matrix"

    @property
    def alt(self) -> str:
        """What the picture is for."""
        few = sum(1 for cell in self.cells if cell.verdict == "cannot_tell")
        unsure = f" {few} of {len(self.cells)} crossings cannot be told." if few else ""
        return f"{self.title}. {self.says}{unsure}".strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One part of a whole."""

    name: str
    people: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Breakdown:
    """A whole and its parts, which add up; ``by`` is what it was divided by."""

    title: str
    by: str
    """segment, rule, reason, …"""
    total: int
    parts: tuple[Part, ...]
    kind: Literal["breakdown"] = "breakdown"

    def __post_init__(self) -> None:
        """Refuse parts that do not add up, unless some were withheld."""
        known = [part.people for part in self.parts if part.people is not None]
        if len(known) == len(self.parts) and sum(known) != self.total:
            raise ValueError(f"{self.title}: the parts do not add up to {self.total}")

    @property
    def alt(self) -> str:
        """The parts as sentences."""
        parts = " ".join(f"{part.name}: {people(part.people)}." for part in self.parts)
        return f"{self.title}: {self.total:,} people. {parts}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One named point."""

    name: str
    x: float
    y: float
    marked: bool = False
    """To be told from the others: `Points.marks` says as what."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Points:
    """Named points on two scales."""

    title: str
    x: str
    y: str
    points: tuple[Point, ...]
    says: str = ""
    marks: str = ""
    """What it means that a point is marked, in a few words."""
    joined: bool = False
    """Values of one thing along a scale: a curve."""
    limits: tuple[Line, ...] = ()
    """Named limits of the upright scale."""
    kind: Literal["points"] = "points"

    @property
    def alt(self) -> str:
        """What the picture is for, which points are marked, and its limits."""
        marked = ", ".join(point.name for point in self.points if point.marked)
        said = f"{self.marks or 'Marked'}: {marked}." if marked else ""
        drawn = " ".join(f"{line.name}: {line.at:g}." for line in self.limits)
        return " ".join(part for part in (f"{self.title}.", self.says, said, drawn) if part)


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Words and numbers in rows, where a picture would say less."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | None, ...], ...]
    kind: Literal["table"] = "table"

    @property
    def alt(self) -> str:
        """What the table holds."""
        return f"{self.title}: {len(self.rows)} rows of {', '.join(self.columns)}."


Evidence = Rate | Ratio | Waterfall | Distribution | Matrix | Breakdown | Points | Table
"""Evidence is the chart's specification: one Plotly function and one Typst function each."""
