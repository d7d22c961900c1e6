"""Small words that counts and names need in a sentence: one, many and none read right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

SHOWN = 5
"""So many names stand in a sentence; how many more there are is said."""
_PLACE = r"(?:[a-z_]+\.)+[a-z_]+"
SECTION = re.compile(
    r" in the campaign file(?: \([a-z_, ]+\)|: [a-z_]+(?:, [a-z_]+)*(?: and [a-z_]+)?(?=\.))?"
    rf"| \({_PLACE}(?:, {_PLACE})*\)"
)
"""Where a sentence names the place for whoever writes the campaign file by hand."""


def spoken(said: str) -> str:
    """What was found or is to be done, for people who never see the campaign file.

    >>> spoken("Name who receives data in the campaign file: recipients. None is an answer.")
    'Name who receives data. None is an answer.'
    >>> spoken("Not looked at: what people said (channels.post.permission.status).")
    'Not looked at: what people said.'
    """
    return SECTION.sub("", said)


def listed(names: Sequence[str], most: int = SHOWN, between: str = ", ") -> str:
    """The first names, and how many more there are.

    >>> listed(["age", "area"]), listed(["a", "b", "c"], 2)
    ('age, area', 'a, b and 1 more')
    """
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return between.join(names[:most]) + more


def of_all(count: int, total: int, one: str, more: str | None = None) -> str:
    """So many of all of something, at the start of a sentence.

    >>> of_all(2, 3, "field"), of_all(3, 3, "field"), of_all(1, 1, "field")
    ('2 of 3 fields', 'All 3 fields', 'The one field')
    """
    if count < total:
        return f"{count:,} of {many(total, one, more)}"
    return f"The one {one}" if total == 1 else f"All {many(total, one, more)}"


def many(count: int, one: str, more: str | None = None) -> str:
    """So many of something.

    >>> many(1, "person", "people"), many(1204, "person", "people"), many(2, "field")
    ('1 person', '1,204 people', '2 fields')
    """
    return f"{count:,} {one if count == 1 else more or f'{one}s'}"


def scaled(value: float) -> str:
    """How far two things go together, in words that need no statistics.

    >>> scaled(0.704)
    '0.70 on a scale from 0 (not at all) to 1 (wholly)'
    """
    return f"{value:.2f} on a scale from 0 (not at all) to 1 (wholly)"


def people(count: int) -> str:
    """So many people.

    >>> people(1), people(0)
    ('1 person', '0 people')
    """
    return many(count, "person", "people")


def verb(count: int, one: str, more: str) -> str:
    """The verb that goes with so many.

    >>> verb(1, "is", "are"), verb(0, "has", "have")
    ('is', 'have')
    """
    return one if count == 1 else more


def be(count: int) -> str:
    """The verb after a count: is, or are."""
    return verb(count, "is", "are")


def has(count: int) -> str:
    """The verb after a count: has, or have."""
    return verb(count, "has", "have")


def stated(value: bool | None) -> str:  # noqa: FBT001 — a fact of the campaign file
    """A yes or no of the campaign file, or that it says nothing.

    >>> stated(True), stated(False), stated(None)
    ('yes', 'no', 'not stated')
    """
    return "not stated" if value is None else "yes" if value else "no"


def them(count: int, one: str = "it") -> str:
    """What to call so many things that were just named.

    >>> them(1), them(3), them(1, "this person")
    ('it', 'them', 'this person')
    """
    return one if count == 1 else "them"


def day(when: date | None) -> str:
    """A day in words; None where it was not written down.

    >>> day(date(2026, 12, 1)), day(None)
    ('1 December 2026', 'not stated')
    """
    return "not stated" if when is None else f"{when.day} {when:%B %Y}"
