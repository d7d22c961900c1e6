"""The campaign as its owner describes it: the campaign file, section by section.

Everything but `id`, `name`, `owner`, `launch`, `sector`, `effect` and `people` may be left out;
what is absent makes checks say that they cannot tell, never that all is well.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from checks.campaign.data import (
    Attribute,
    Baseline,
    Contacts,
    FileParts,
    Match,
    NoticeGiven,
    Outcomes,
    Part,
    People,
    Permission,
    Permissions,
    Population,
    ReadAs,
    Score,
    Signals,
    Stage,
    Suppression,
    TargetedAmong,
    TargetedCount,
    VulnerableFlag,
)
from checks.campaign.told import (
    Access,
    Alternative,
    Basis,
    Channel,
    ChannelName,
    Consultation,
    Control,
    Creative,
    DataField,
    Declares,
    FieldRole,
    Notice,
    Offer,
    OptOut,
    Place,
    Product,
    ReadByHand,
    Recipient,
    Reference,
    References,
    Register,
    Relation,
    Rule,
    Segment,
    Send,
    SourceKind,
    Stratifier,
    Uses,
    Window,
)

__all__ = [
    "Access",
    "Alternative",
    "Attribute",
    "Baseline",
    "Basis",
    "Campaign",
    "Channel",
    "ChannelName",
    "Consultation",
    "Contacts",
    "Control",
    "Creative",
    "DataField",
    "Declares",
    "Effect",
    "FieldRole",
    "FileParts",
    "Match",
    "Notice",
    "NoticeGiven",
    "Offer",
    "OptOut",
    "Outcomes",
    "Part",
    "People",
    "Permission",
    "Permissions",
    "Place",
    "Population",
    "Product",
    "ReadAs",
    "ReadByHand",
    "Recipient",
    "Reference",
    "References",
    "Register",
    "Relation",
    "Rule",
    "Score",
    "Sector",
    "Segment",
    "Send",
    "Signals",
    "SourceKind",
    "Stage",
    "Stratifier",
    "Suppression",
    "TargetedAmong",
    "TargetedCount",
    "Uses",
    "VulnerableFlag",
    "Window",
]

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
Effect = Literal["opportunity", "burden", "not_sure"]
"""Whether people may want to be on the list; who is not sure has it judged both ways."""


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
