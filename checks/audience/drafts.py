"""Facts on their way into the person view, in the order of its columns."""

from __future__ import annotations

from collections.abc import Iterable

from checks.audience import attributes
from checks.audience.engine import smallest
from checks.audience.facts import Fact, Fold, Kind
from checks.audience.keys import Draft
from checks.audience.reading import Reading


class Drafting:
    """The facts drafted so far; their columns are called f0, f1, …"""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.drafts: list[Draft] = []

    def add(
        self,
        name: str,
        kind: Kind,
        sql: str,
        *,
        shown: Iterable[str] = (),
        fold: Fold = "same",
        channel: str | None = None,
        key: bool = True,
        whole: bool = False,
    ) -> None:
        """Draft one fact; the SQL of a text gives the place of its word in `shown`."""
        words = tuple(shown)
        if kind == "text":
            sql = f"CAST({sql} AS {smallest(len(words) + 1)})"
        fact = Fact(
            name=name,
            column=f"f{len(self.drafts)}",
            kind=kind,
            shown=words,
            codes={word: code for code, word in enumerate(words)},
            key=key,
            whole=whole or kind == "integer",
        )
        self.drafts.append(Draft(fact=fact, sql=sql, fold=fold, channel=channel))

    def add_words(self, name: str, column: str | None) -> None:
        """Draft a column's own words as a text fact, if the file has the column."""
        if column is not None and self.reading.has(column):
            shown, sql = attributes.words(self.reading, column)
            self.add(name, "text", sql, shown=shown)

    def add_day(self, name: str, column: str | None, *, fold: Fold = "same") -> None:
        """Draft a day to compare with others; nobody is counted by it."""
        if column is not None and self.reading.has(column):
            self.add(name, "day", self.reading.day(column), fold=fold, key=False)
