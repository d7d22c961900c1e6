"""The campaign as its owner describes it: the campaign file, section by section.

Everything but `id`, `name`, `owner`, `launch`, `sector`, `effect` and `people` may be left out;
what is absent makes checks say that they cannot tell, never that all is well.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Day = date
"""Where a section has a field named date, its type needs another name."""

Sector = Literal[
    "general",
    "credit",
    "housing",
    "employment",
    "insurance",
    "education",
    "health",
    "political",
    "gambling",
]
Effect = Literal["opportunity", "burden"]
Stage = Literal["targeted", "delivered", "responded"]
ChannelName = Literal["email", "sms", "push", "live_call", "recorded_call", "post", "ads"]
Basis = Literal[
    "consent",
    "soft_opt_in",
    "charity_soft_opt_in",
    "legitimate_interest",
    "contract",
    "implied",
    "opt_out",
]


class Part(BaseModel):
    """A section of the campaign file: read once, never changed, no unknown names."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


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
    """Where a table comes from: files beside the campaign file, or a snapshot already taken."""

    file: str | tuple[str, ...] | None = None
    snapshot: str | None = None


class People(FileParts):
    """Everyone who could have been reached, a row a person (or a row a group, with `weight`)."""

    key: str | None = None
    targeted: str | TargetedAmong | TargetedCount | None = None
    complete: bool = False
    """Declared by the owner: the file holds everyone who could have been reached."""
    segment: str | None = None
    weight: str | None = None
    attributes: dict[str, str | Attribute] = Field(default_factory=dict)
    quasi_identifiers: tuple[str, ...] = ()
    missing: tuple[str, ...] = ("", "unknown", "n/a")
    stage: Stage = "targeted"
    exported: date | None = None
    region: str | None = None
    time_zone: str | None = None
    language: str | None = None
    last_activity: str | None = None
    notice: NoticeGiven | None = None
    vulnerable: dict[str, str | VulnerableFlag] = Field(default_factory=dict)
    score: Score | None = None
    offer: str | None = None
    price: str | None = None
    creative: str | None = None


class Segment(Part):
    """What the marketer calls a part of the list, and what it gets."""

    name: str
    is_: str = Field(default="", alias="is")
    message: str | None = None
    offer: str | None = None


class Rule(Part):
    """One rule by which the list was made; people who do not meet it are left off by it."""

    column: str
    at_least: float | None = None
    at_most: float | None = None
    among: tuple[str, ...] | None = None
    not_among: tuple[str, ...] | None = None
    because: str = ""
    required_by: str | None = None


class Permission(Part):
    """The columns that hold what people said about a channel, and the proof of it."""

    status: str
    granted: tuple[str, ...] = ("granted", "yes", "true", "1", "opted_in", "subscribed")
    denied: tuple[str, ...] = ("denied", "no", "false", "0")
    withdrawn: tuple[str, ...] = ("withdrawn", "unsubscribed", "opted_out", "revoked")
    objected: tuple[str, ...] = ("objected", "objection")
    given: str | None = None
    proof: str | None = None
    wording: str | None = None
    purpose: str | None = None
    """Column naming the purpose that was agreed to, where it varies."""
    expires: str | None = None
    reconfirmed: str | None = None
    source: str | None = None
    method: str | None = None
    preticked: str | None = None
    bundled: str | None = None
    incentive: str | None = None


class Relation(Part):
    """The owner's statements behind a soft opt-in or an implied consent."""

    own_similar: bool | None = None
    from_a_sale: bool | None = None
    refusal_at_collection: bool | None = None
    refusal_in_message: bool | None = None
    purchased: str | None = None
    inquired: str | None = None


class Send(Part):
    """When the messages go out."""

    day: date | None = None
    from_: str | None = Field(default=None, alias="from")
    to: str | None = None


class Register(Part):
    """A do-not-call register and the day the list was held against it."""

    name: str
    screened: date


class OptOut(Part):
    """How people leave, compared with how they joined."""

    steps_in: int | None = None
    steps_out: int | None = None
    login: bool | None = None
    fee: bool | None = None
    one_click: bool | None = None
    tested: date | None = None
    evidence: str | None = None


class Channel(Part):
    """One way of reaching people, and on what ground."""

    basis: Basis
    purpose: str = "direct_marketing"
    permission: Permission | None = None
    touches: int = Field(default=1, ge=0)
    relation: Relation | None = None
    send: Send | None = None
    registers: tuple[Register, ...] = ()
    opt_out: OptOut | None = None


class Permissions(FileParts):
    """One row per person, channel, purpose and time: what each person said, as events."""

    key: str | None = None
    channel: str = "channel"
    purpose: str | None = "purpose"
    status: str = "status"
    at: str = "at"
    proof: str | None = None
    wording: str | None = None
    granted: tuple[str, ...] = ("granted", "yes", "true", "1", "opted_in", "subscribed")
    denied: tuple[str, ...] = ("denied", "no", "false", "0")
    withdrawn: tuple[str, ...] = ("withdrawn", "unsubscribed", "opted_out", "revoked")
    objected: tuple[str, ...] = ("objected", "objection")


class Suppression(FileParts):
    """Who must not be contacted: a file of keys, or a column of the people file."""

    column: str | None = None
    key: str | None = None
    kind: str | None = None
    since: str | None = None
    effective: str | None = None


class Signals(FileParts):
    """Opt-out signals: global privacy control and the like."""

    key: str | None = None
    gpc: str | None = None
    gpp: str | None = None
    tcf: str | None = None
    seen: str | None = None


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
    converted: str | None = None
    delivered: str | None = None
    complained: str | None = None
    opted_out: str | None = None
    deleted: str | None = None
    worthwhile: float | None = None
    baseline: Baseline | None = None


class Uses(Part):
    """What people's data are used for in this campaign; left out means not stated."""

    profiling: bool | None = None
    model: bool | None = None
    price: bool | None = None
    shares_with_ad_platform: bool | None = None
    sells: bool | None = None
    basis: str | None = None
    decides: Literal["none", "terms", "access"] | None = None
    human_review: bool | None = None
    chatbot: bool | None = None


FieldRole = Literal["identifier", "quasi", "protected", "special", "behaviour", "derived"]
SourceKind = Literal["asked", "observed", "partner", "bought", "public", "inferred"]


class DataField(Part):
    """One thing we know about people, where it came from, and why it is used."""

    name: str
    source: str | None = None
    used_in: str | None = None
    """rule, model, message, key, measure …; the word none says that nothing uses it."""
    purpose: tuple[str, ...] = ()
    sensitivity: int | None = Field(default=None, ge=0, le=4)
    why: str | None = None
    role: FieldRole | None = None
    source_kind: SourceKind | None = None
    acquired: date | None = None
    notified: date | None = None
    retention_months: int | None = None
    inferred: bool | None = None
    explicit_consent: str | None = None
    cross_context: bool | None = None
    location: Literal["none", "coarse", "precise"] | None = None
    history_months: int | None = None
    absent: tuple[str, ...] = ()


class Declares(Part):
    """What the notice says is used, for what, and who receives it."""

    fields: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


class Notice(Part):
    """The privacy notice people were given."""

    file: str | None = None
    version: str | None = None
    in_force: date | None = None
    declares: Declares | None = None
    items: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()


class Recipient(Part):
    """Somebody outside who receives data of this campaign."""

    name: str
    role: Literal["processor", "joint", "controller", "platform"] | None = None
    country: str | None = None
    contract: str | None = None
    mechanism: str | None = None
    assessment: str | None = None
    receives: tuple[str, ...] = ()


class Control(Part):
    """A security measure."""

    id: str
    status: str
    evidence: str | None = None
    date: Day | None = None


class Access(Part):
    """One account that can see these data."""

    person: str
    right: str
    last_used: date | None = None
    left: bool = False
    shared: bool = False


class Consultation(Part):
    """A talk with people the campaign concerns."""

    group: str
    outside: bool = False
    date: Day | None = None
    method: str | None = None
    summary: str | None = None
    response: str | None = None


class Alternative(Part):
    """A plan with less data that was weighed."""

    name: str
    kind: str | None = None
    fields: tuple[str, ...] = ()
    expected_lift: float | None = None
    rejected_because: str | None = None


class Creative(Part):
    """One message or picture."""

    id: str
    file: str | None = None
    hash: str | None = None
    label: str | None = None
    sender: str | None = None
    address: str | None = None
    language: str | None = None
    alt_text: bool | None = None
    contrast: float | None = None
    ai_generated: bool | None = None
    deep_fake: bool | None = None
    machine_marked: bool | None = None
    appeals_to_children: bool | None = None


class Offer(Part):
    """One offer, and whether having it is good for people."""

    id: str
    favourable: bool | None = None


class Product(Part):
    """The kind of product."""

    class_: str = Field(alias="class")


class Window(Part):
    """Days on which sending would hurt."""

    from_: date = Field(alias="from")
    to: date
    regions: tuple[str, ...] = ()
    because: str = ""


class Place(Part):
    """A place people are picked by."""

    kind: str
    name: str


class Stratifier(Part):
    """A column within which like is compared with like, named before looking."""

    column: str
    because: str


class Population(FileParts):
    """Counts by attribute of a population outside our own file."""

    source: str


class Reference(Part):
    """A document elsewhere, and its day."""

    ref: str
    date: Day | None = None


class References(Part):
    """The register entry and the assessments."""

    register_: Reference | None = Field(default=None, alias="register")
    dpia: Reference | None = None
    lia: Reference | None = None
    tia: Reference | None = None


class Campaign(Part):
    """One campaign, as one YAML file beside its data."""

    id: str = Field(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$")
    name: str = Field(min_length=1, max_length=200)
    owner: str = Field(min_length=1, max_length=200)
    launch: date
    sector: Sector
    effect: Effect
    people: People
    regions: tuple[str, ...] = ()
    time_zone: str = "UTC"
    segments: tuple[Segment, ...] | None = None
    rules: tuple[Rule, ...] | None = None
    channels: dict[ChannelName, Channel] = Field(default_factory=dict)
    permissions: Permissions | None = None
    suppression: Suppression | None = None
    signals: Signals | None = None
    contacts: Contacts | None = None
    outcomes: Outcomes | None = None
    uses_data_for: Uses | None = None
    fields: tuple[DataField, ...] | None = None
    notice: Notice | None = None
    recipients: tuple[Recipient, ...] | None = None
    controls: tuple[Control, ...] | None = None
    access: tuple[Access, ...] | None = None
    consultations: tuple[Consultation, ...] | None = None
    alternatives: tuple[Alternative, ...] | None = None
    creatives: tuple[Creative, ...] | None = None
    offers: tuple[Offer, ...] | None = None
    product: Product | None = None
    calendar: tuple[Window, ...] | None = None
    places: tuple[Place, ...] | None = None
    stratifiers: tuple[Stratifier, ...] | None = None
    population: Population | None = None
    refs: References | None = None

    @property
    def regulated(self) -> bool:
        """Whether the sector raises severities."""
        return self.sector != "general"

    @property
    def attributes(self) -> dict[str, Attribute]:
        """Every attribute in its long form."""
        return {
            name: Attribute(column=one) if isinstance(one, str) else one
            for name, one in self.people.attributes.items()
        }
