"""The sections of a campaign file in which its owner tells what no file can: why, how, who."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from checks.campaign_data import Part, Permission

Day = date
"""Where a section has a field named date, its type needs another name."""

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
FieldRole = Literal["identifier", "quasi", "protected", "special", "behaviour", "derived"]
SourceKind = Literal["asked", "observed", "partner", "bought", "public", "inferred"]


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
    refused: tuple[str, ...] = ()
    """Columns that are true for people who said no to this channel."""
    touches: int = Field(default=1, ge=0)
    relation: Relation | None = None
    send: Send | None = None
    registers: tuple[Register, ...] = ()
    opt_out: OptOut | None = None


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
