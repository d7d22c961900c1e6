"""The people: questions in, counts out. The only module that touches rows once they are taken in.

The person view has one row a person (or one a group of people, with a weight). Its columns are
*facts* as of the launch day, never judgements:

================== ======= ==========================================================
fact               type    meaning
================== ======= ==========================================================
targeted           bool    on the list
segment            text    the part of the list (absent when the campaign has none)
attribute.NAME     text    group of a declared attribute; bands are named "18 to 24",
                           "under 18", "65 and over"; not known = missing; groups of
                           fewer than `merge_below` people are "smaller groups"
quasi.NAME         text    a quasi-identifier: the banded attribute, or the column
age                int     age in whole years on launch day, the younger where only a
                           birth year is known (from the attribute that gives an age)
rule.N             bool    whether the person meets rule N (0, 1, … as in the file)
field.NAME         text    the column of a rule or declared field, as its value
suppressed         bool    on the do-not-contact list
CH.status          text    granted, denied, withdrawn, objected, other; missing = no
                           record. CH is the channel's name
CH.given           day     when the yes was given (the later of given and reconfirmed)
CH.expires         day     when it says it ends
CH.proof           bool    a reference to the proof is kept
CH.purpose_fits    bool    the yes names this channel's purpose (true where the file
                           has no purpose column)
contacts.email_7d  int     contacts in the 7 days up to launch; likewise
                           contacts.text_push_7d and contacts.total_30d
language, region   text
================== ======= ==========================================================

A fact whose column the campaign does not name does not exist: ask `has` first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checks.campaign import Campaign
from checks.conditions import Condition, Key
from checks.policy import Policy

SMALLER = "smaller groups"
"""The name of the group into which groups under `merge_below` people are merged."""


@dataclass(frozen=True, slots=True)
class Count:
    """So many people share these values, in the order of the keys; None is not known."""

    values: tuple[Any, ...]
    people: int


class Audience:
    """The people of one campaign, answering with counts."""

    rows: int
    """Rows of the people file(s)."""
    people: int
    """People: distinct keys; without a key rows; with a weight its sum."""
    targeted: int
    """People on the list."""

    @classmethod
    def open(cls, snapshot: Path, campaign: Campaign, policy: Policy) -> Audience:
        """Build the person view from a snapshot folder, in a private locked-down DuckDB."""
        raise NotImplementedError

    @classmethod
    def of(
        cls,
        campaign: Campaign,
        policy: Policy,
        *,
        tables: Mapping[str, Mapping[str, list[Any]]] | None = None,
        **columns: list[Any],
    ) -> Audience:
        """A small audience from people-file columns (and side tables), by the path of a file."""
        raise NotImplementedError

    def has(self, fact: str) -> bool:
        """Whether the fact exists."""
        raise NotImplementedError

    def count(self, *keys: Key, where: Condition | None = None) -> tuple[Count, ...]:
        """Count people by these keys where this condition holds; no keys: one count.

        Groups with nobody in them do not appear. Values of `FirstOf` keys are bin names.
        """
        raise NotImplementedError

    def total(self, where: Condition | None = None) -> int:
        """How many people meet the condition."""
        raise NotImplementedError

    def groups(self, attribute: str) -> tuple[str, ...]:
        """Names of an attribute's groups, bands in order, `SMALLER` last; without not known."""
        raise NotImplementedError

    def merged(self, attribute: str) -> tuple[str, ...]:
        """Names of the groups that were merged into `SMALLER`."""
        raise NotImplementedError

    @property
    def segments(self) -> tuple[str, ...]:
        """Names of the segments found on the list; empty where the campaign names no column."""
        raise NotImplementedError

    @property
    def has_key(self) -> bool:
        """Whether people can be recognised."""
        raise NotImplementedError

    @property
    def counts_only(self) -> bool:
        """Whether the input is counts (a weight) rather than people."""
        raise NotImplementedError

    @property
    def has_base(self) -> bool:
        """Whether it is known who was not chosen (DESIGN §5, base)."""
        raise NotImplementedError

    @property
    def intake(self) -> Mapping[str, Any]:
        """What intake recorded: see `checks.intake.snapshot.Snapshot`."""
        raise NotImplementedError
