"""The lists an owner can state: who receives the data, which measures keep them, whom one asked.

Each is a section of the campaign file that holds one entry after another. An empty list says that
there is none, which is an answer; no list says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checks.protection.controls import MEASURES


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """One list that the owner can state."""

    section: str
    called: str
    none: str
    """What an empty list says."""
    informs: tuple[str, ...]
    """The checks that look at it."""
    columns: Mapping[str, str]
    """What each entry can say, by its name in the campaign file, in words."""
    offers: tuple[str, ...] = ()
    """What stands in the first column to be filled in; what is not filled in is not stated."""
    among: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What a column that takes any word is chosen from here."""


LISTS = (
    Listed(
        section="segments",
        called="The segments of the list, and what each gets",
        none="The list has no segments",
        informs=("bias.messages", "bias.terms", "protection.special_categories"),
        columns={
            "name": "segment",
            "is": "who is in it",
            "message": "message",
            "offer": "offer",
        },
    ),
    Listed(
        section="offers",
        called="The offers",
        none="There is no offer",
        informs=("bias.terms",),
        columns={"id": "offer", "favourable": "good for people"},
    ),
    Listed(
        section="creatives",
        called="The messages and pictures",
        none="There are none",
        informs=(
            "transparency.recognisable",
            "transparency.synthetic_labelled",
            "bias.accessibility",
            "society.manipulation",
            "society.minors",
        ),
        columns={
            "id": "message",
            "label": "says it is advertising by",
            "sender": "from whom",
            "address": "postal address",
            "language": "language",
            "alt_text": "pictures have words",
            "contrast": "weakest contrast",
            "ai_generated": "made by a machine",
            "deep_fake": "shows what never was",
            "machine_marked": "marked as made by a machine",
            "appeals_to_children": "appeals to children",
        },
    ),
    Listed(
        section="fields",
        called="What is known about people, and why",
        none="Nothing is known about them",
        informs=(
            "transparency.fields_declared",
            "transparency.data_origin",
            "protection.minimisation",
            "protection.special_categories",
            "protection.retention",
            "society.surveillance",
            "balance.benefit",
            "balance.cost",
            "balance.dominated",
        ),
        columns={
            "name": "field",
            "why": "why it is used",
            "used_in": "used in",
            "purpose": "purposes",
            "source": "from whom we have it",
            "source_kind": "how we got it",
            "acquired": "got on",
            "notified": "people told on",
            "role": "kind of field",
            "sensitivity": "sensitivity, 0 to 4",
            "retention_months": "months kept",
            "history_months": "months it reaches back",
            "location": "says where people are",
            "inferred": "guessed from others",
            "cross_context": "gathered elsewhere",
            "explicit_consent": "proof of an explicit yes",
        },
    ),
    Listed(
        section="recipients",
        called="Who else receives the data",
        none="Nobody else receives any",
        informs=(
            "protection.recipients",
            "protection.special_categories",
            "transparency.fields_declared",
        ),
        columns={
            "name": "who",
            "role": "as what",
            "receives": "which fields",
            "country": "country",
            "contract": "contract",
            "mechanism": "what allows the transfer",
            "assessment": "assessment of the transfer",
        },
    ),
    Listed(
        section="controls",
        called="What keeps the data safe",
        none="No measure is in place",
        informs=("protection.controls",),
        columns={"id": "measure", "status": "status", "evidence": "evidence", "date": "day of it"},
        offers=tuple(MEASURES.values()),
        among={"status": ("in place", "planned", "not in place")},
    ),
    Listed(
        section="access",
        called="Who can see the data",
        none="Nobody has access",
        informs=("protection.access",),
        columns={
            "person": "account",
            "right": "may",
            "last_used": "last used",
            "left": "has left",
            "shared": "used by several",
        },
    ),
    Listed(
        section="consultations",
        called="Who was asked what they think",
        none="Nobody was asked",
        informs=("society.dialogue",),
        columns={
            "group": "who was asked",
            "outside": "from outside",
            "date": "day",
            "method": "how",
            "summary": "what they said",
            "response": "what was done about it",
        },
    ),
    Listed(
        section="alternatives",
        called="Plans with less data that were weighed",
        none="None was weighed",
        informs=("balance.alternatives", "balance.cost"),
        columns={
            "name": "plan",
            "kind": "kind",
            "fields": "fields it needs",
            "expected_lift": "expected benefit",
            "rejected_because": "why not",
        },
    ),
    Listed(
        section="calendar",
        called="Days on which sending would hurt",
        none="There is no such day",
        informs=("society.sensitive_moments",),
        columns={"from": "from", "to": "to", "regions": "where", "why": "why"},
    ),
    Listed(
        section="places",
        called="Places people are picked by",
        none="Nobody is picked by where they are",
        informs=("society.sensitive_moments",),
        columns={"name": "place", "kind": "what it is"},
    ),
)


def lists(check: str = "") -> tuple[Listed, ...]:
    """Every list that can be stated; those a check looks at, where it is named."""
    return tuple(one for one in LISTS if not check or check in one.informs)
