"""Files beside the people's: who must not be contacted, what was said when, recent contacts.

Each becomes facts of a person, by the key; rows that belong to nobody in the people file are
counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checks.audience.engine import Engine
from checks.audience.facts import Fact
from checks.audience.tables import Table
from checks.campaign import Campaign


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """What the side files add to the person view."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    joins: str = ""
    unmatched: Mapping[str, int] = field(default_factory=dict)


NONE = Beside()


def read(engine: Engine, tables: Mapping[str, Table], campaign: Campaign, taken: int) -> Beside:
    """Read the side files that the campaign names."""
    return NONE
