"""A policy pack: every limit with its kind and source, every check with its weight."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from checks.campaign.committee import Committees
from checks.campaign.told import Basis
from checks.finding import Severity
from checks.people.regions import law_of
from checks.written import packs
from checks.written.doors import validated

T = TypeVar("T")
Use = Literal["email", "sms", "push", "recorded_call", "live_call", "post", "ads", "profiling"]
"""What a lawful basis is needed for: each channel, and profiling."""


@cache
def exact(number: object) -> Fraction:
    """A number as it is written, so that counts are compared with it without rounding."""
    return Fraction(str(number))


class Part(BaseModel):
    """A part of a policy pack: no unknown names, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Limit(Part, Generic[T]):
    """One number or list, where it comes from, and how binding that is."""

    value: T
    kind: Literal["law", "guidance", "our policy"]
    source: str

    @property
    def exact(self) -> Fraction:
        """The value as a fraction, so that counts are compared with it without rounding."""
        return exact(self.value)


class Excess(Part):
    """How much more often, and by how many points of a hundred."""

    times: float
    points: float


class Exclusion(Part):
    """Limits for the other side of the list: who is left off more often."""

    watch: Excess
    fail: Excess


class Judging(Part):
    """The numbers of the one rule that compares groups."""

    floor: Limit[float]
    watch_line: Limit[float]
    luck_fail: Limit[float]
    luck_watch: Limit[float]
    n_min: Limit[int]
    expected_min: Limit[float]
    full_list: Limit[float]
    exclusion: Limit[Exclusion]
    unknown_tilt: Limit[float]


class SmallCells(Part):
    """Below which counts are withheld, and below which groups are merged."""

    suppress_below: Limit[int]
    merge_below: Limit[int]


class PermissionLimits(Part):
    """How long a yes stands, in calendar months."""

    months_marketing: Limit[int]
    months_profiling: Limit[int]


class Ages(Part):
    """Ages under which people are children for a purpose."""

    profiling: Limit[int]
    consent: Limit[int]
    consent_by_region: Limit[dict[str, int]]
    sale_by_region: Limit[dict[str, int]]


class FieldLimits(Part):
    """From which sensitivity a field counts as sensitive, and what lift is worth having."""

    sensitive_from: Limit[int]
    worthwhile: Limit[float]


class Words(Part):
    """Lists of words that raise a question; `checks.words.wording.hits` finds them."""

    protected: Limit[tuple[str, ...]]
    special: Limit[tuple[str, ...]]
    pressure: Limit[tuple[str, ...]]
    products: Limit[tuple[str, ...]]
    places: Limit[tuple[str, ...]]


Cell = tuple[Basis, ...] | Literal["ask"]
"""The bases that may stand for a channel, or that only a person can say."""


class Bases(Part):
    """What one region's law lets each channel rest on, and profiling."""

    email: Cell
    sms: Cell
    push: Cell
    recorded_call: Cell
    live_call: Cell
    post: Cell
    ads: Cell
    profiling: Cell

    def of(self, use: Use) -> Cell:
        """The cell of a channel, or of profiling."""
        cell: Cell = getattr(self, use)
        return cell


class LawfulBasis(Part):
    """The table of lawful bases: regions by channels."""

    EU: Limit[Bases]
    GB: Limit[Bases]
    US: Limit[Bases]
    CA: Limit[Bases]
    other: Limit[Bases]

    def by_region(self, region: str) -> Limit[Bases]:
        """The line for a region as campaign files write it: DE, GB, US-CA, CA-QC …

        The countries of the EEA share the line EU; a region that has no line is under *other*.
        """
        found: Limit[Bases] = getattr(self, law_of(region))
        return found


class CheckPolicy(Part):
    """What one check weighs here, whether it may be excepted, and its own limits."""

    severity: Severity
    in_regulated: Severity
    exception: Literal["none", "second_person"] = "second_person"
    limits: dict[str, Limit[Any]] = Field(default_factory=dict)


class Policy(Part):
    """One policy pack, as one YAML file."""

    id: str
    version: int
    as_of: date
    note: str = ""
    judging: Judging
    small_cells: SmallCells
    permission: PermissionLimits
    ages: Ages
    fields: FieldLimits
    words: Words
    committee: Committees
    regulator_names: Literal["roles", "full"] = "roles"
    """How people are named in the edition for a regulator."""
    lawful_basis: LawfulBasis
    checks: dict[str, CheckPolicy]


def read_policy(file: Path) -> Policy:
    """Read a policy pack strictly; raises `checks.refusal.Refused` with every problem."""
    return validated(Policy, packs.whole(file), file.name)
