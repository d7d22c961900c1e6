"""Which body of law a region belongs to, where the law on marketing differs."""

from __future__ import annotations

from typing import Literal

Law = Literal["EU", "GB", "US", "CA", "other"]

EEA = frozenset(
    [
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
        *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
        *("IS", "LI", "NO"),
    ]
)
"""The member states of the European Economic Area; EU stands for all of them."""


def country(region: str) -> str:
    """The country of a region, as its two letters.

    >>> country("US-CA"), country("de")
    ('US', 'DE')
    """
    return region.partition("-")[0].upper()


def law_of(region: str) -> Law:
    """The law that carries marketing in a region.

    >>> law_of("DE"), law_of("US-CA"), law_of("CA"), law_of("JP"), law_of("UK")
    ('EU', 'US', 'CA', 'other', 'GB')
    """
    where = country(region)
    if where in EEA or where == "EU":
        return "EU"
    if where in ("GB", "UK"):
        return "GB"
    return "US" if where == "US" else "CA" if where == "CA" else "other"


def has_gdpr(region: str) -> bool:
    """Whether the GDPR, or its British twin, binds there."""
    return law_of(region) in ("EU", "GB")
