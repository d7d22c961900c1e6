"""The export layouts of the tools marketers use: recognised by their columns, one file a tool.

What a layout's columns mean, which words are a yes and which a no, is data (`data/presets/tools`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from checks import places
from checks.campaign import ChannelName
from checks.written import strict_yaml

Role = Literal["people", "permissions", "suppression"]


class _Part(BaseModel):
    """A part of a preset: no unknown names."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Taken(_Part):
    """What one column of a layout means, and why; a doubt is said to whoever confirms it."""

    means: str
    because: str
    channel: ChannelName | None = None
    doubt: str = ""


class Label(_Part):
    """How to tell what a file holds, where each status comes in a file of its own."""

    label: str
    has: tuple[str, ...] = ()
    """Columns that only this file has."""
    named: str = ""
    """A part of the file's name."""


class Words(_Part):
    """The words of a tool that mean a yes, and those that mean a no."""

    granted: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    objected: tuple[str, ...] = ()


class Layout(_Part):
    """One file as a tool exports it."""

    about: str
    """What the tool calls it: contacts, profiles."""
    role: Role
    told_by: tuple[str, ...] = Field(min_length=1)
    """Columns that a file of this layout has, all of them."""
    columns: dict[str, Taken] = Field(default_factory=dict)
    begins: dict[str, Taken] = Field(default_factory=dict)
    """By the first words of a column's name, where the rest is the account's own."""
    words: dict[ChannelName, Words] = Field(default_factory=dict)
    missing: tuple[str, ...] = ()
    """Words of this tool that mean that nothing is known."""
    labels: tuple[Label, ...] = ()
    label_column: str = ""
    """What to call the column made of the labels; it holds what people said by email."""
    people: dict[str, Any] = Field(default_factory=dict)
    """More of the section on people."""
    section: dict[str, Any] = Field(default_factory=dict)
    """For files beside the people's: their section of the campaign file."""
    when_profiling: dict[str, Any] = Field(default_factory=dict)
    """What the section says instead where people are profiled."""
    time_zone: str | None = None

    def taken(self, column: str) -> Taken | None:
        """What a column of this name means in the layout."""
        plain = _plain(column)
        for name, taken in self.columns.items():
            if _plain(name) == plain:
                return taken
        return next(
            (t for start, t in self.begins.items() if plain.startswith(_plain(start))), None
        )

    def label(self, file: str, columns: Iterable[str]) -> str | None:
        """Which status a file holds, by its columns or its name; None where neither tells."""
        plain = {_plain(column) for column in columns}
        for one in self.labels:
            has = one.has and {_plain(column) for column in one.has} <= plain
            if has or (one.named and one.named in file.casefold()):
                return one.label
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Recognised:
    """A layout that columns were found to have."""

    tool: str
    layout: Layout
    says: str
    """Why it was recognised, as a sentence."""
    columns: Sequence[str] = field(default=())


def recognised(columns: Iterable[str]) -> Recognised | None:
    """The layout that fits these columns; where several do, the one told by most of them."""
    named = {_plain(column): column.strip() for column in columns}
    fitting = [
        (tool, layout)
        for tool, layouts in tools().items()
        for layout in layouts
        if all(_plain(column) in named for column in layout.told_by)
    ]
    if not fitting:
        return None
    tool, layout = max(fitting, key=lambda one: len(one[1].told_by))
    shown = [f"“{named[_plain(column)]}”" for column in layout.told_by[:3]]
    listed = f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]
    they = "the columns" if len(shown) > 1 else "the column"
    article = "an" if tool[0] in "AEIOU" else "a"
    says = (
        f"These look like {article} {tool} export ({layout.about}), "
        f"because they have {they} {listed}."
    )
    return Recognised(tool=tool, layout=layout, says=says, columns=tuple(named.values()))


@cache
def tools() -> Mapping[str, tuple[Layout, ...]]:
    """Every tool with its layouts; a preset that cannot be read is a fault of the installation."""
    found = {}
    for file in sorted(places.DATA.glob("presets/tools/*.yaml")):
        told = strict_yaml.load(file)
        layouts = told["layouts"]
        found[str(told["tool"])] = tuple(Layout.model_validate(one) for one in layouts)
    return found


def _plain(column: str) -> str:
    return " ".join(column.removeprefix("\ufeff").split()).casefold()
