"""Laws, codes and guidance by name and link, once; what a check cites, it cites from here.

They are kept in `data/sources.yaml`, where a lawyer can read and mend them. A status says how
things stood on the day of that file. A source that nobody re-read since says "from knowledge", and
one that a lawyer must still confirm says so; repeating a source never promotes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from checks import places
from checks.finding import Source
from checks.refusal import refuse
from checks.written import strict_yaml
from checks.written.doors import validated

Kind = Literal["law", "guidance", "our policy"]
Status = Literal["in_force", "amended", "proposed", "repealed", "withdrawn", "voluntary"]
Confirmed = Literal[
    "read", "read in a secondary source", "from knowledge", "to be confirmed by a lawyer"
]
FILE = places.DATA / "sources.yaml"


class Part(BaseModel):
    """A part of the file: no unknown names, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Cited(Part):
    """A place in a text, with what differs from the text as a whole."""

    at: str
    link: str | None = None
    status: Status | None = None
    confirmed: Confirmed | None = None
    note: str | None = None


class Text(Part):
    """A law, code or guidance, and what is cited of it; nothing named is the text as a whole."""

    text: str
    citation: str
    link: str
    kind: Kind = "law"
    status: Status = "in_force"
    confirmed: Confirmed = "from knowledge"
    note: str = ""
    cited: tuple[str | Cited, ...] = ()

    def sources(self, jurisdiction: str, as_of: date) -> Iterator[Source]:
        """One source a place."""
        for place in self.cited or ("",):
            one = Cited(at=place) if isinstance(place, str) else place
            yield Source(
                name=f"{self.text} {one.at}".strip(),
                link=one.link or self.link,
                kind=self.kind,
                status=one.status or self.status,
                as_of=as_of,
                confirmed=one.confirmed or self.confirmed,
                note=self.note if one.note is None else one.note,
                jurisdiction=jurisdiction,
                citation=self.citation,
            )


class Book(Part):
    """The file: the day for which it was looked at, and the texts by jurisdiction."""

    as_of: date
    texts: dict[str, tuple[Text, ...]]


def read_sources(file: Path) -> dict[str, Source]:
    """Every source of a file, by name; raises `checks.refusal.Refused` with every problem."""
    loaded: dict[str, Any] = strict_yaml.load(file)
    book = validated(Book, loaded, file.name)
    found: dict[str, Source] = {}
    for jurisdiction, texts in book.texts.items():
        for source in (one for text in texts for one in text.sources(jurisdiction, book.as_of)):
            if source.name in found:
                where = f"{file.name}, texts.{jurisdiction}"
                raise refuse(where, f"“{source.name}” stands there twice.", "Take one out.")
            found[source.name] = source
    return found


SOURCES: dict[str, Source] = read_sources(FILE)
"""By short name, e.g. ``GDPR 13``."""
