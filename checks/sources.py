"""Laws, codes and guidance by name and link, once; what a check cites, it cites from here."""

from __future__ import annotations

from checks.finding import Source

SOURCES: dict[str, Source] = {}
"""By short name, e.g. ``GDPR 13``."""
