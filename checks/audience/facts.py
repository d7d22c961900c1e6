"""What is known about a person: facts, and the words their codes stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["text", "bool", "integer", "number", "amount", "day"]
"""An amount is a number as points that many people share (`checks.audience.amounts`)."""
Fold = Literal["same", "any", "all", "most", "said"]
"""How rows of one person become one: what they disagree on is not known; any row is enough;
every row must hold; the largest, or the latest day; the last word counts."""
SMALLER = "smaller groups"
"""The name of the group into which groups under `merge_below` people are merged."""
ABSENT = "absent"
"""What everybody without the trait of a sensitive column is called."""


def _itself(value: Any) -> Any:  # noqa: ANN401 — whatever it is
    return value


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """What the person view holds of each person; text, yes and no are held as whole numbers."""

    name: str
    column: str
    kind: Kind
    shown: tuple[str, ...] = ()
    """For text: the name of each code, as it may be shown."""
    amounts: tuple[float, ...] = ()
    """For an amount: the amount of each point."""
    codes: Mapping[str, int] = field(default_factory=dict)
    """For text: the code of each word, as it may be asked for."""
    key: bool = True
    """Whether people may be counted by it; exact amounts and days of a person may not."""
    whole: bool = False
    """For a number: whether it has whole values only."""
    bit: int | None = None
    """For one of several that share a column as the bits of a number: which bit it is."""
    values: int | None = None
    """For days and whole numbers: so many different values it has at most; None is not known."""

    @property
    def sql(self) -> str:
        """Its value, over the person view or a table counted from it."""
        return self.column if self.bit is None else f"(({self.column} // {1 << self.bit}) % 2)"

    @property
    def show(self) -> Callable[[Any], Any]:
        """What a value of the person view is as it may leave: a group's name, never a code."""
        match self.kind:
            case "text":
                return dict(enumerate(self.shown)).get
            case "amount":
                return dict(enumerate(self.amounts)).get
            case "bool":
                return {0: False, 1: True}.get
            case _:
                return _itself


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """One fact on its way from a column to the person view, however the column came."""

    fact: str
    kind: Kind
    sql: str
    """Over a row; for text the place of its word in `shown`."""
    fold: Fold
    shown: tuple[str, ...] = ()
    complete: bool = False
    """Whether it is false for people of whom nothing is said; otherwise it is not known."""
