"""A review that is being started: kept on disk at every step, so that a reload loses nothing."""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from checks import places
from checks.intake.propose import Meaning, Proposal

STEPS = ("name", "files", "columns", "facts")
"""The steps, in their order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What was told so far."""

    token: str
    step: str = "name"
    name: str = ""
    owner: str = ""
    launch: str = ""
    people: str = ""
    """Name the person gave the people file; the copy here has a name of our own."""
    refused: str = ""
    """Likewise the do-not-contact file; empty where there is none."""
    columns: tuple[Mapping[str, Any], ...] = ()
    missing: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By column, values that a person confirmed to mean "not known"."""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where the draft and its files lie."""
        return places.home() / "drafts" / self.token

    @property
    def people_file(self) -> Path:
        """The copy of the people file."""
        return self.folder / f"people{ending(self.people)}"

    @property
    def refused_file(self) -> Path:
        """The copy of the do-not-contact file."""
        return self.folder / f"do_not_contact{ending(self.refused)}"

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """The columns with their meaning as it stands."""
        return tuple(
            Proposal(
                **{
                    **one,
                    "meaning": Meaning(one["meaning"]),
                    "doubts": tuple(one.get("doubts", ())),
                    "missing": tuple(one.get("missing", ())),
                }
            )
            for one in self.columns
        )

    def now(self, **changes: object) -> Draft:
        """The draft after a change, stored."""
        changed: Draft = replace(self, **changes)  # type: ignore[arg-type]
        changed.folder.mkdir(parents=True, exist_ok=True)
        beside = changed.folder / "draft.json.new"
        told = {name: getattr(changed, name) for name in Draft.__slots__}
        beside.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        beside.replace(changed.folder / "draft.json")
        return changed

    def forget(self) -> None:
        """Delete the draft and its copies of files."""
        shutil.rmtree(self.folder, ignore_errors=True)


def ending(name: str) -> str:
    """The part of a file's name that says how to read it.

    >>> ending("our people.CSV"), ending("a.b.csv.gz"), ending("list.zip")
    ('.csv', '.csv.gz', '.zip')
    """
    suffixes = [one.lower() for one in Path(name).suffixes]
    return "".join(suffixes[-2:] if suffixes[-1:] == [".gz"] else suffixes[-1:])


def begin() -> Draft:
    """A new draft under a name that nobody can guess."""
    return Draft(token=secrets.token_hex(8))


def find(token: str) -> Draft | None:
    """The draft of this name, if there is one."""
    if not re.fullmatch(r"[0-9a-f]{16}", token):
        return None
    file = places.home() / "drafts" / token / "draft.json"
    if not file.is_file():
        return None
    told = json.loads(file.read_text(encoding="utf-8"))
    return Draft(**{**told, "columns": tuple(told["columns"])})
