"""The guided checklist: questions that people answer, and which checks inform each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from checks.refusal import Problem, Refused
from checks.sources import SOURCES
from checks.written import strict_yaml
from checks.written.doors import near_miss, validated
from review.store.canonical import canonical, fingerprint

STANDINGS = ("decision", "settled", "study", "press", "appeal", "reduced")
"""How firmly a precedent may be worded."""


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
    asked: bool = False
    """Only a person can say: computing never settles it, whatever was counted."""

    def is_informed_by(self, check: str) -> bool:
        """Whether findings of this check belong to the question."""
        return any(
            check.startswith(one[:-1]) if one.endswith(".*") else check == one
            for one in self.informed_by
        )

    @cached_property
    def words_hash(self) -> str:
        """What an answer was given to: it does not count for other words."""
        return fingerprint(canonical([self.id, self.asks]))


class Checklist(BaseModel):
    """A version of the checklist."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    version: int
    questions: tuple[Question, ...]

    def question(self, name: str) -> Question | None:
        """The question with this id."""
        return self._by_id.get(name)

    @cached_property
    def _by_id(self) -> dict[str, Question]:
        return {one.id: one for one in self.questions}

    def written(self) -> bytes:
        """The checklist as it is kept with a review: canonical JSON."""
        return canonical(self.model_dump(mode="json"))


def read_checklist(file: Path) -> Checklist:
    """Read a checklist strictly, all problems at once; raises `checks.refusal.Refused`."""
    checklist = validated(Checklist, strict_yaml.load(file), file.name)
    problems = tuple(_problems(checklist, file.name))
    if problems:
        raise Refused(problems)
    return checklist


def _problems(checklist: Checklist, file: str) -> Iterator[Problem]:
    """What the form of the file cannot tell: names that must exist, and exist once."""
    if not checklist.questions:
        yield Problem(where=file, what="It asks nothing.", cure="Add a question.")
    often = Counter(question.id for question in checklist.questions)
    for index, question in enumerate(checklist.questions):
        place = f"{file}, questions[{index}]"
        if often[question.id] > 1:
            what = f'"{question.id}" is the id of {often[question.id]} questions.'
            yield Problem(where=f"{place}.id", what=what, cure="Give each its own.")
        if question.source not in SOURCES:
            what = f'"{question.source}" is not a source that is known here.'
            near = near_miss(question.source, SOURCES)
            cure = f'Did you mean "{near}"?' if near else "Add it to the list of sources first."
            yield Problem(where=f"{place}.source", what=what, cure=cure)
        yield from _in_precedent(question.precedent, f"{place}.precedent")


def _in_precedent(precedent: Precedent, place: str) -> Iterator[Problem]:
    if precedent.standing not in STANDINGS:
        what = f'"{precedent.standing}" is not a standing that is known here.'
        cure = f"Known are {', '.join(STANDINGS)}."
        yield Problem(where=f"{place}.standing", what=what, cure=cure)
    if not precedent.link.startswith("https://"):
        what = f'"{precedent.link}" is not a link that can be opened safely.'
        yield Problem(where=f"{place}.link", what=what, cure="Begin it with https://.")
