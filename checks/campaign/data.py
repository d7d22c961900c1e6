"""The sections of a campaign file that say where people's data lie and what their columns mean."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Stage = Literal["targeted", "delivered", "responded"]
ReadAs = Literal[
    "day_first",
    "month_first",
    "decimal_comma",
    "thousands_comma",
    "decimal_point",
    "thousands_point",
]


class Part(BaseModel):
    """A section of the campaign file: read once, never changed, no unknown names."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, use_attribute_docstrings=True
    )


class TargetedAmong(Part):
    """On the list are those whose column holds one of these values."""

    column: str
    among: tuple[str, ...] = Field(min_length=1)


class TargetedCount(Part):
    """Counts as input: the column says how many of the row's people are on the list."""

    count: str


class Attribute(Part):
    """A column by which people may be treated differently."""

    column: str
    as_: Literal["text", "age", "birth_year", "birth_date"] = Field(default="text", alias="as")
    bands: tuple[int, ...] = ()
    """Lower ends of the bands, ascending, for ages and other numbers."""


class VulnerableFlag(Part):
    """A flag for people in a vulnerable position."""

    column: str
    exclude: bool = False


class NoticeGiven(Part):
    """Columns that say which notice a person was given, and when."""

    version: str
    given: str | None = None


class Score(Part):
    """The column of a model's score, and where it was cut."""

    column: str
    cut_off: float


class FileParts(Part):
    """Where a table comes from: files beside the campaign file, a snapshot, or a warehouse."""

    file: str | tuple[str, ...] | dict[str, str] | None = None
    """One name, several, or for people each under the label that stands for its rows."""
    dates: Literal["day_first", "month_first"] | None = None
    """How days such as 12/05/2026 are written; without it they are not guessed."""
    read_as: dict[str, ReadAs] = Field(default_factory=dict)
    """By column, the reading that a person chose where two would fit."""
    snapshot: str | None = None
    database: str | None = None
    """Address of a warehouse in which the people stay; who may enter is the driver's business."""
    table: str | None = None
    """The table or view there, as schema.table."""

    @property
    def beside(self) -> bool:
        """Whether it is a table of its own, rather than columns of the people's."""
        return bool(self.file or self.snapshot or self.table)


class People(FileParts):
    """Everyone who could have been reached, a row a person (or a row a group, with `weight`)."""

    in_place: bool | None = None
    """Whether the file, one of Parquet, is counted where it lies rather than taken in."""
    file_as: str | None = None
    """The column that the labels of the files make, where each file is a status of its own."""
    key: str | None = None
    """The column that tells people apart."""
    targeted: str | TargetedAmong | TargetedCount | None = None
    """Who is on the list; without it everyone is."""
    complete: bool = False
    """Declared by the owner: the file holds everyone who could have been reached."""
    segment: str | None = None
    weight: str | None = None
    attributes: dict[str, str | Attribute] = Field(default_factory=dict)
    quasi_identifiers: tuple[str, ...] = ()
    missing: tuple[str, ...] = ("", "unknown", "n/a")
    missing_in: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Values that mean "not known" in one column only, such as 118 in an age."""
    same: dict[str, dict[str, tuple[str, ...]]] = Field(default_factory=dict)
    """By column and the word that is kept: other words that a person said mean the same."""
    totals: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """By column, words of rows that sum up others, such as Total: these rows are left out."""
    stage: Stage = "targeted"
    exported: date | None = None
    """The day on which the file was made."""
    region: str | None = None
    """Column with codes such as DE or US-CA."""
    time_zone: str | None = None
    """Column with each person's time zone, such as Europe/Berlin."""
    language: str | None = None
    last_activity: str | None = None
    """Column with the day on which the person last did something."""
    notice: NoticeGiven | None = None
    vulnerable: dict[str, str | VulnerableFlag] = Field(default_factory=dict)
    score: Score | None = None
    offer: str | None = None
    price: str | None = None
    creative: str | None = None


class Permission(Part):
    """The columns that hold what people said about a channel, and the proof of it."""

    status: str
    granted: tuple[str, ...] = ("granted", "yes", "true", "1", "opted_in", "subscribed")
    denied: tuple[str, ...] = ("denied", "no", "false", "0")
    withdrawn: tuple[str, ...] = ("withdrawn", "unsubscribed", "opted_out", "revoked")
    objected: tuple[str, ...] = ("objected", "objection")
    given: str | None = None
    withdrawn_at: str | None = None
    """Column with the time of a no, where it is another than that of the yes."""
    proof: str | None = None
    """Column with a reference to the proof of the yes."""
    wording: str | None = None
    """Column with the words that were agreed to, or their version."""
    purpose: str | None = None
    """Column naming the purpose that was agreed to, where it varies."""
    expires: str | None = None
    reconfirmed: str | None = None
    source: str | None = None
    """Column with the place where the yes was collected: a form, a shop, a partner …"""
    method: str | None = None
    """Column with how it was given: box, signature, call …"""
    preticked: str | None = None
    """Column that is true where the box was ticked in advance."""
    bundled: str | None = None
    """Column that is true where the yes could not be given apart from another."""
    incentive: str | None = None
    """Column that is true, or names the gift, where the yes was rewarded."""


class Match(Part):
    """How the keys of a side file meet the people: by another column than their key."""

    column: str
    """A column of the people file."""
    as_: Literal["id", "email", "phone"] = Field(default="id", alias="as")
    """Emails are compared without case and blanks, phone numbers as +49301234567 (E.164)."""
    hashed: Literal["md5", "sha1", "sha256"] | None = None
    """One of the two holds hashes of what is compared, or both do, in hexadecimal."""
    country_code: str | None = Field(default=None, pattern=r"^[1-9][0-9]{0,2}$")
    """Of phone numbers that do not say their country; without it they meet nobody."""


class Permissions(FileParts):
    """One row per person, channel, purpose and time: what each person said, as events."""

    key: str | None = None
    matches: str | Match | None = None
    """The column of the people file that the key names people by, where it is not their key."""
    channel: str | None = "channel"
    purpose: str | None = "purpose"
    status: str = "status"
    at: str = "at"
    expires: str | None = None
    each: str | None = None
    """Column that holds a list of objects, each an event; their values are read as `LIST.name`."""
    test: str | None = None
    """Column that marks events made to try the system: they are counted, and say nothing."""
    proof: str | None = None
    wording: str | None = None
    source: str | None = None
    method: str | None = None
    preticked: str | None = None
    bundled: str | None = None
    incentive: str | None = None
    granted: tuple[str, ...] = ("granted", "yes", "true", "1", "opted_in", "subscribed")
    denied: tuple[str, ...] = ("denied", "no", "false", "0")
    withdrawn: tuple[str, ...] = ("withdrawn", "unsubscribed", "opted_out", "revoked")
    objected: tuple[str, ...] = ("objected", "objection")


class Suppression(FileParts):
    """Who must not be contacted: a file of keys, or a column of the people file."""

    column: str | None = None
    key: str | None = None
    matches: str | Match | None = None
    """The column of the people file that the key names people by, where it is not their key."""
    flags: tuple[str, ...] = ()
    """Columns of the file; a row says no only where one of them does not say no or nothing."""
    kind: str | None = None
    """Column naming what the key is: id, email, phone or hash."""
    since: str | None = None
    """Column with the day of the refusal."""
    effective: str | None = None
    """Column with the day from which it was kept."""


class Signals(FileParts):
    """Opt-out signals: global privacy control and the like."""

    key: str | None = None
    gpc: str | None = None
    """Column that is true where the browser said: do not sell or share (Global Privacy Control)."""
    gpp: str | None = None
    """Column with the string of the Global Privacy Platform."""
    tcf: str | None = None
    """Column with the string of the Transparency and Consent Framework."""
    seen: str | None = None
    """Column with the day on which the signal was seen."""


class Contacts(FileParts):
    """Contacts of all campaigns: a file of events, or columns of the people file."""

    key: str | None = None
    at: str | None = None
    channel: str | None = None
    campaign: str | None = None
    email_7d: str | None = None
    text_push_7d: str | None = None
    total_30d: str | None = None


class Baseline(Part):
    """The twelve months before, as totals."""

    contacts: int
    complained: int = 0
    opted_out: int = 0
    deleted: int = 0


class Outcomes(FileParts):
    """What came of it: a file by person, or columns of the people file."""

    key: str | None = None
    arm: str | None = None
    """Column with the part of a trial that the person was in: all (every field is used), without
    NAME (all but this field), only NAME (this field alone), none."""
    converted: str | None = None
    """Column that is true where the person did what the campaign was for."""
    delivered: str | None = None
    complained: str | None = None
    """Column that is true where the person complained within 30 days."""
    opted_out: str | None = None
    """Column that is true where the person left within 30 days."""
    deleted: str | None = None
    """Column that is true where the person asked to be deleted within 30 days."""
    worthwhile: float | None = None
    """The lift from which a plan is worth its data."""
    baseline: Baseline | None = None


class Population(FileParts):
    """Counts by attribute of a population outside our own file: a row a group."""

    source: str
    attribute: str = "attribute"
    """Column with the name of the attribute, as the campaign file calls it."""
    group: str = "group"
    """Column with the group; for an attribute with bands also a plain age or number."""
    people: str = "people"
    """Column with how many people are in it."""
