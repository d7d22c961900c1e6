"""A review that is being started: kept on disk at every step, so that a reload loses nothing."""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter

from checks import places
from checks.drafts.drafting import slug
from checks.intake.drawing import Drawn
from checks.intake.propose import Proposal
from checks.intake.roles import LEFT_OUT, PEOPLE, Part

STEPS = ("name", "files", "parts", "columns", "facts", "proofs")
"""The steps, in their order; what each file is belongs to the files, the proofs to the facts."""
MADE_OF = ("files", "answers", "facts")
"""What it depends on whose proofs are drawn."""
KEPT_DAYS = 7
"""Days after which a draft that nobody touches is deleted, with its copies of files."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Brought:
    """One file that was brought."""

    name: str
    """As the person calls it."""
    stored: str
    """The name of its copy beside the draft; or where it lies in the inbox, uncopied."""
    rows: int = 0
    columns: tuple[Proposal, ...] = ()
    """None until it is read."""
    repairs: tuple[str, ...] = ()
    """What was done to the file as a whole when it was read, as sentences."""
    part: Part = field(default_factory=lambda: Part(role=PEOPLE, because=""))


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """What a person said about the values of one column."""

    unknown: tuple[str, ...] = ()
    """Values that mean "not known"."""
    totals: tuple[str, ...] = ()
    """Values of rows that sum up others."""
    one: tuple[str, ...] = ()
    """Words to be counted as another, by the word that is kept: sentences of `Alike`."""
    read_as: str | None = None
    """The reading that was chosen; "text" where nobody knows."""
    among: tuple[str, ...] = ()
    """Values that mean "on the list"."""
    said: Mapping[str, str] = field(default_factory=dict)
    """What a value means as an answer about a channel."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What a code stands for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What was told so far."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    token: str
    id: str = ""
    """The id that the campaign will have, once it is looked at."""
    step: str = "name"
    name: str = ""
    owner: str = ""
    launch: str = ""
    earlier: str = ""
    """The campaign that this one starts from."""
    files: tuple[Brought, ...] = ()
    answers: Mapping[str, Answers] = field(default_factory=dict)
    """By column of the people."""
    notice: str = ""
    """The name of the copy of the privacy notice."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    drawn: tuple[Drawn, ...] = ()
    """Whose proofs were drawn to be looked up, as places in the files."""
    read: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """By channel, how many of these proofs were found and not found."""
    looking: bool = False
    """Whether all is told, and it is being looked at."""

    @property
    def folder(self) -> Path:
        """Where the draft and its files lie."""
        return _shelf() / self.token

    @property
    def unread(self) -> tuple[Brought, ...]:
        """Files that nobody has looked at yet."""
        return tuple(one for one in self.files if not one.columns)

    @property
    def people(self) -> tuple[Brought, ...]:
        """The files that hold the people; where none does, the first one that names them."""
        used = [one for one in self.files if one.part.role != LEFT_OUT]
        return tuple(one for one in used if one.part.role == PEOPLE) or tuple(used[:1])

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """The columns of the people, of all their files, with their meaning as it stands."""
        return tuple({c.column: c for one in self.people for c in one.columns}.values())

    def latest(self) -> Draft:
        """The draft as it is stored now: what a page was drawn with may be a click behind."""
        return find(self.token) or self

    def file(self, stored: str) -> Brought:
        """The file of this name."""
        [found] = [one for one in self.files if one.stored == stored]
        return found

    def said(self, column: str) -> Answers:
        """What was said about a column."""
        return self.answers.get(column) or Answers()

    def now(self, **changes: Any) -> Draft:  # noqa: ANN401 — fields of the draft
        """The draft after a change, stored."""
        if any(changes.get(part, held := getattr(self, part)) != held for part in MADE_OF):
            changes = {"drawn": (), "read": {}, **changes}
        changed = replace(self, **changes)
        changed.folder.mkdir(parents=True, exist_ok=True)
        beside = changed.folder / "draft.json.new"
        beside.write_text(json.dumps(asdict(changed), ensure_ascii=False), encoding="utf-8")
        beside.replace(changed.folder / "draft.json")
        return changed

    def answered(self, column: str, **changes: Any) -> Draft:  # noqa: ANN401 — fields of Answers
        """The draft after something was said about one column, stored; no other is touched."""
        return self.now(answers={**self.answers, column: replace(self.said(column), **changes)})

    def meant(self, column: str, **changes: Any) -> Draft:  # noqa: ANN401 — fields of Proposal
        """The draft after one column of the people was corrected, stored."""
        corrected = (replace(one, columns=_with(one, column, changes)) for one in self.people)
        return self.with_files(corrected)

    def with_files(self, changed: Iterable[Brought]) -> Draft:
        """The draft with other words about some of its files, stored."""
        new = {one.stored: one for one in changed}
        return self.now(files=tuple(new.get(one.stored, one) for one in self.files))

    def holding(self, files: Iterable[Brought]) -> Draft:
        """The draft with these files and no others, stored; no other copy is kept."""
        changed = self.now(files=tuple(files))
        kept = set(changed._stored())  # noqa: SLF001 — of the same kind
        for copy in changed.folder.iterdir():
            if copy.is_dir():  # people who were taken in from the files as they were
                shutil.rmtree(copy)
            elif copy.name not in kept:
                copy.unlink()
        return changed

    def place_for(self, name: str, taken: Iterable[str] = ()) -> str:
        """A name of ours for the copy of a file that a person calls so; none is taken twice."""
        used = {Path(one).name.partition(".")[0] for one in (*self._stored(), *taken)}
        return f"{slug(Path(name).name.partition('.')[0] or 'file', used)}{ending(name)}"

    def _stored(self) -> Iterator[str]:
        yield from (one.stored for one in self.files)
        yield from ("draft.json", "campaign.yaml", self.notice)

    def forget(self) -> None:
        """Delete the draft and its copies of files."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _with(one: Brought, column: str, changes: Mapping[str, Any]) -> tuple[Proposal, ...]:
    return tuple(replace(c, **changes) if c.column == column else c for c in one.columns)


def ending(name: str) -> str:
    """The part of a file's name that says how to read it.

    >>> ending("our people.CSV"), ending("a.b.csv.gz"), ending("list.zip")
    ('.csv', '.csv.gz', '.zip')
    """
    suffixes = [one.lower() for one in Path(name).suffixes]
    return "".join(suffixes[-2:] if suffixes[-1:] == [".gz"] else suffixes[-1:])


def begin(now: datetime) -> Draft:
    """A new draft under a name that nobody can guess; drafts that were left are swept away."""
    for left in _shelf().glob("*/draft.json"):
        touched = datetime.fromtimestamp(left.stat().st_mtime, tz=UTC)
        if now - touched > timedelta(days=KEPT_DAYS):
            shutil.rmtree(left.parent, ignore_errors=True)
    return Draft(token=secrets.token_hex(8))


def find(token: str) -> Draft | None:
    """The draft of this name, if there is one."""
    if not re.fullmatch(r"[0-9a-f]{16}", token):
        return None
    file = _shelf() / token / "draft.json"
    try:
        return _draft().validate_json(file.read_bytes())
    except (OSError, ValueError):  # there is none, or it is of an earlier Candor
        return None


def _shelf() -> Path:
    return places.home() / "drafts"


@cache
def _draft() -> TypeAdapter[Draft]:
    return TypeAdapter(Draft)
