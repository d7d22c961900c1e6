"""The guided checklist: questions that people answer, and which checks inform each."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict


class Precedent(BaseModel):
    """One published case of harm."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    what: str
    """Who, year, one sentence, one figure."""
    standing: str
    """decision, settled, study, press, appeal or reduced."""
    link: str


class Question(BaseModel):
    """One question of the checklist."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    family: str
    asks: str
    why: str
    good: str
    """What good looks like."""
    informed_by: tuple[str, ...]
    """Check ids, or family patterns such as ``consent.*``."""
    source: str
    """A name in `checks.sources.SOURCES`."""
    words: str = ""
    """The words of the law, where they were read."""
    precedent: Precedent


class Checklist(BaseModel):
    """A version of the checklist."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    version: int
    questions: tuple[Question, ...]


def read_checklist(file: Path) -> Checklist:
    """Read a checklist strictly, all problems at once; raises `checks.refusal.Refused`."""
    raise NotImplementedError
