"""Turns of phrase that many sentences need: one or many, and a list that ends."""

from __future__ import annotations

from collections.abc import Sequence

NAMED = 5
"""So many names stand in a sentence; the others are counted."""


def many(count: int, one: str, more: str = "") -> str:
    """A count with its word.

    >>> many(1, "person", "people"), many(1204, "person", "people"), many(2, "account")
    ('1 person', '1,204 people', '2 accounts')
    """
    return f"{count:,} {one if count == 1 else more or f'{one}s'}"


def be(count: int) -> str:
    """The verb after a count: is, or are."""
    return "is" if count == 1 else "are"


def has(count: int) -> str:
    """The verb after a count: has, or have."""
    return "has" if count == 1 else "have"


def listed(names: Sequence[str], most: int = NAMED) -> str:
    """The first names, and how many more there are.

    >>> listed(["a", "b"]), listed(["a", "b", "c"], most=2)
    ('a, b', 'a, b and 1 more')
    """
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest:,} more" if rest > 0 else "")
