"""The sections of a campaign file in which its owner tells what no file can: why, how, who."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from checks.campaign.data import Part, Permission

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
    """The message is about our own product or service, like the one people had."""
    from_a_sale: bool | None = None
    """The contact details came with a sale, or with talks about one."""
    refusal_at_collection: bool | None = None
    """People could say no, free of charge, when the details were taken."""
    refusal_in_message: bool | None = None
    """People can say no, free of charge, in every message."""
    purchased: str | None = None
    """Column with the day of each person's last purchase."""
    inquired: str | None = None
    """Column with the day of each person's last inquiry."""


class Send(Part):
    """When the messages go out, by the clock of the campaign's `time_zone`."""

    day: date | None = None
    """Without it the launch day."""
    from_: str | None = Field(default=None, alias="from")
    """Such as 09:00."""
    to: str | None = None
    """Such as 18:00."""


class Register(Part):
    """A do-not-call register and the day the list was held against it."""

    name: str
    screened: date


class ReadByHand(Part):
    """Proofs of a yes that somebody looked up where the yes was given: drawn by lot, in counts."""

    seed: str
    """With which they were drawn: with the same files it draws the same people again."""
    found: int = Field(ge=0)
    not_found: int = Field(ge=0)


class OptOut(Part):
    """How people leave, compared with how they joined."""

    steps_in: int | None = Field(default=None, ge=0)
    """Clicks, pages and answers that it took to say yes."""
    steps_out: int | None = Field(default=None, ge=0)
    """The same to say no."""
    login: bool | None = None
    """Whether people have to sign in to say no."""
    fee: bool | None = None
    """Whether saying no costs anything."""
    one_click: bool | None = None
    """Whether emails carry the header by which a mail program offers to leave (RFC 8058)."""
    tested: date | None = None
    """The day on which somebody last tried it."""
    evidence: str | None = None
    """Where it is written down that it works."""


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
    read_by_hand: ReadByHand | None = None


class Uses(Part):
    """What people's data are used for in this campaign; left out means not stated."""

    profiling: bool | None = None
    """People are sorted by what is known about them."""
    model: bool | None = None
    """A model helps to choose people, or what they get."""
    price: bool | None = None
    """Prices or terms depend on the person."""
    shares_with_ad_platform: bool | None = None
    sells: bool | None = None
    basis: str | None = None
    """The ground of the profiling: consent, legitimate_interest …"""
    decides: Literal["none", "terms", "access"] | None = None
    """What is decided without a person: nothing, the terms, or who may have it at all."""
    human_review: bool | None = None
    """Whether people can ask that somebody looks at it again."""
    chatbot: bool | None = None
    chatbot_says_so: bool | None = None
    """Whether the chat partner tells people that it is a program."""


class DataField(Part):
    """One thing we know about people, where it came from, and why it is used."""

    name: str
    source: str | None = None
    """Who or what we have it from, by name."""
    used_in: str | None = None
    """rule, model, message, key, measure …; the word none says that nothing uses it."""
    purpose: tuple[str, ...] = ()
    sensitivity: int | None = Field(default=None, ge=0, le=4)
    why: str | None = None
    role: FieldRole | None = None
    source_kind: SourceKind | None = None
    """Asked of the person or observed by us; all others come from outside."""
    acquired: date | None = None
    """The day on which we got it, where it comes from outside."""
    notified: date | None = None
    """The day on which people were told that we have it."""
    retention_months: int | None = None
    """How long it is kept after the last activity."""
    inferred: bool | None = None
    explicit_consent: str | None = None
    """The column, or the record, of an explicit consent to this field."""
    cross_context: bool | None = None
    """It was gathered on sites or in apps of others."""
    location: Literal["none", "coarse", "precise"] | None = None
    history_months: int | None = None
    """How far back the behaviour reaches."""
    absent: tuple[str, ...] = ()
    """Values that say that a person does not have the trait."""


class Declares(Part):
    """What the notice says is used, for what, and who receives it."""

    fields: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """Where data come from that people did not give us themselves."""


class Notice(Part):
    """The privacy notice people were given."""

    file: str | None = None
    version: str | None = None
    in_force: date | None = None
    declares: Declares | None = None
    items: tuple[str, ...] = ()
    """What the notice states, by its number in the GDPR, such as 13(1)(a), or in words for
    California: us-ca categories, us-ca purposes, us-ca retention, us-ca rights."""
    languages: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    """Older versions that say the same about this campaign."""


class Recipient(Part):
    """Somebody outside who receives data of this campaign."""

    name: str
    role: Literal["processor", "joint", "controller", "platform"] | None = None
    country: str | None = None
    """The code of the country where the data go, such as DE or US."""
    contract: str | None = None
    """Where the contract is found."""
    mechanism: str | None = None
    """What allows the transfer out of the EEA: adequacy, standard clauses …"""
    assessment: str | None = None
    """Where the assessment of the transfer is found."""
    receives: tuple[str, ...] = ()
    """Names of the fields."""


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
    """Its words (txt, md, html) or picture, beside this file."""
    hash: str | None = None
    """SHA-256 of the file that was approved, in hexadecimal."""
    label: str | None = None
    """The words by which people see that it is an advertisement, or made by a machine."""
    sender: str | None = None
    """Who it says it is from."""
    address: str | None = None
    """The postal address it carries."""
    language: str | None = None
    alt_text: bool | None = None
    """Whether every picture in it has words for those who cannot see it."""
    contrast: float | None = None
    """The weakest contrast of text and ground, to one."""
    ai_generated: bool | None = None
    deep_fake: bool | None = None
    """It shows a person, a place or an event as real that is not."""
    machine_marked: bool | None = None
    """A machine can read from the file that a machine made it."""
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
    """Where; without regions everywhere."""
    why: str = ""


class Place(Part):
    """A place people are picked by."""

    kind: str
    """shop, clinic, shelter, worship …"""
    name: str


class Stratifier(Part):
    """A column within which like is compared with like, named before looking."""

    column: str
    """A column of the people file, or the name of an attribute with its bands."""
    because: str
    bands: tuple[int, ...] = ()
    """Lower ends of the bands, ascending, where the column holds many numbers."""


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
