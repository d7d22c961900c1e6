"""The rows of the people file as facts: read part by part where they are many.

What is made of a part costs the same wherever it stands, so the whole grows as the rows do, and
whoever waits is told how far it is.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checks.audience.keys import Draft
from checks.audience.reading import Reading
from checks.runs import watching

AT_ONCE = 1 << 22
"""So many rows are a part; a multiple of eight."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """Some rows, one after the other."""

    first: int
    end: int
    condition: str
    """As SQL over the table of the people."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rows:
    """The rows of the people, as they stand in `row`, and what is to become of them."""

    reading: Reading
    columns: Mapping[str, str]
    """What `row` is made of, each column as SQL over the table of the people."""
    keyed: bool
    """Whether they have keys."""
    spelt: bool
    """Whether each key is kept as the file writes it."""
    drafts: Sequence[Draft]
    orders: Mapping[str, str]
    """The last word by channel."""

    @property
    def many(self) -> int:
        """How many there are."""
        return self.reading.table.rows

    @property
    def view(self) -> str:
        """The statement that makes `row`."""
        made = ", ".join(f"{sql} AS {name}" for name, sql in self.columns.items())
        return f"CREATE VIEW row AS SELECT {made} FROM {self.reading.source}"

    def where(self, condition: str, *names: str) -> str:
        """Rows of which a condition on the table holds; it is asked before anything is made."""
        wanted = names or self.columns
        made = ", ".join(f"{self.columns[name]} AS {name}" for name in wanted)
        return f"SELECT {made} FROM {self.reading.source} WHERE {condition}"

    @property
    def parts(self) -> tuple[Part, ...]:
        """All rows, part by part; one part where they are not numbered."""
        return parted(self.reading.place, self.many)

    def told(self, doing: str) -> Iterator[Part]:
        """The same, while whoever waits is told what is done with how many."""
        return told(self.parts, doing)


def parted(place: str | None, many: int) -> tuple[Part, ...]:
    """So many rows in parts, by the column that numbers them."""
    if not place or many <= AT_ONCE:
        return (Part(first=0, end=many, condition="TRUE"),)
    ends = [(first, min(first + AT_ONCE, many)) for first in range(0, many, AT_ONCE)]
    return tuple(
        Part(first=first, end=end, condition=f"{place} >= {first} AND {place} < {end}")
        for first, end in ends
    )


def told(parts: Sequence[Part], doing: str) -> Iterator[Part]:
    """Parts, while whoever waits is told what is done with how many rows."""
    many = parts[-1].end
    for part in parts:
        share = part.first / many if many else None
        watching.tell(f"{part.first:,} of {many:,} rows are {doing}.", share)
        yield part
