"""Rows with one key are one person: what they come to, and how well keys tell people apart."""

from __future__ import annotations

from dataclasses import dataclass

from checks.audience.facts import Fact, Fold


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyFacts:
    """How well the key tells people apart; counts only."""

    rows: int
    keys: int
    """Distinct keys, the empty ones apart."""
    empty: int
    """Rows without a key: each is taken as a person of its own. All, where there is no key."""
    repeated: int
    """Keys that stand in more than one row."""
    repeating: int
    """Rows that repeat a key: what there is beyond one row a key."""
    disagreeing: int
    """Repeated keys whose rows disagree about something other than a permission."""
    permissions_folded: int
    """Repeated keys whose rows disagree about a permission: the last word counted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A fact on its way into the view: how to read it from a row, and how rows fold."""

    fact: Fact
    sql: str
    fold: Fold = "same"
    channel: str | None = None
    """For what was said: the channel it was said about."""


def folded(fold: Fold, column: str) -> str:
    """What the rows of one person come to; the last word is found by `checks.audience.folding`."""
    match fold:
        case "any":
            return f"bool_or({column})"
        case "all":
            return f"bool_and({column})"
        case "most":
            return f"max({column})"
        case _:
            return f"CASE WHEN min({column}) = max({column}) THEN min({column}) END"
