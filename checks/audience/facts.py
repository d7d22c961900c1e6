"""What is known about a person: facts, and the words their codes stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["text", "bool", "integer", "number", "day"]
SMALLER = "smaller groups"
"""The name of the group into which groups under `merge_below` people are merged."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One column of the person view; text is held as whole numbers."""

    name: str
    column: str
    kind: Kind
    shown: tuple[str, ...] = ()
    """For text: the name of each code, as it may be shown."""
    codes: Mapping[str, int] = field(default_factory=dict)
    """For text: the code of each word, as it may be asked for."""
    key: bool = True
    """Whether people may be counted by it; exact amounts and days of a person may not."""

    def show(self, value: object) -> object:
        """A value of the person view as it may leave: a group's name, never a code."""
        return self.shown[value] if isinstance(value, int) and self.kind == "text" else value
