"""What a field costs people in privacy, in five parts that are never added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checks.campaign import DataField
from checks.case import Case
from checks.conditions import AnyOf, Missing, Not
from checks.people.classes import alone, quasi_facts, sharing

PARTS = ("sensitivity", "people made unique", "source", "people with a value", "months kept")
SOURCES = {"asked": 0, "observed": 1, "public": 2, "partner": 2, "inferred": 2, "bought": 3}
FOLLOWED = 3
"""The source of what was bought, or gathered by following people elsewhere."""
SOURCE_WORDS = (
    "asked of them",
    "observed",
    "from a partner, public or inferred",
    "bought, or followed",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """The five parts for one field; None is not known."""

    field: str
    sensitivity: int | None
    unique: int
    """People who would share all other quasi-identifiers with somebody, were it not for this."""
    source: int | None
    people: int | None
    months: int | None

    @property
    def parts(self) -> tuple[int | None, ...]:
        """In the order of `PARTS`."""
        return (self.sensitivity, self.unique, self.source, self.people, self.months)

    @property
    def unstated(self) -> tuple[str, ...]:
        """The parts that are not known."""
        return tuple(name for name, part in zip(PARTS, self.parts, strict=True) if part is None)

    def gentler_than(self, other: Cost) -> bool:
        """No worse on any part and better on one; where a part is not known, nobody can say."""
        both = [
            (mine, theirs)
            for mine, theirs in zip(self.parts, other.parts, strict=True)
            if mine is not None and theirs is not None
        ]
        if len(both) < len(PARTS):
            return False
        return all(mine <= theirs for mine, theirs in both) and any(m < t for m, t in both)

    def row(self) -> tuple[str | int | None, ...]:
        """As a row of a table, the field first."""
        source = "not stated" if self.source is None else SOURCE_WORDS[self.source]

        def told(part: int | None) -> int | str:
            return "not stated" if part is None else part

        return (
            self.field,
            told(self.sensitivity),
            self.unique,
            source,
            self.people,
            told(self.months),
        )


def cost(case: Case, field: DataField) -> Cost:
    """What one field costs."""
    return Cost(
        field=field.name,
        sensitivity=field.sensitivity,
        unique=made_unique(case, field.name),
        source=_source(field),
        people=_people(case, field.name),
        months=field.retention_months,
    )


def cost_of(case: Case, some: Sequence[DataField]) -> Cost:
    """What several fields cost together: on each part the worst, and whom they all make unique."""
    each = [cost(case, one) for one in some]
    names = [one.name for one in some]
    return Cost(
        field=" and ".join(names),
        sensitivity=_worst([one.sensitivity for one in each]),
        unique=made_unique(case, *names),
        source=_worst([one.source for one in each]),
        people=_with_any(case, names, [one.people for one in each]),
        months=_worst([one.months for one in each]),
    )


def _worst(parts: Sequence[int | None]) -> int | None:
    known = [one for one in parts if one is not None]
    return max(known) if len(known) == len(parts) else None


def _with_any(case: Case, names: Sequence[str], each: Sequence[int | None]) -> int | None:
    """People with a value in any of the fields; not known where they cannot be counted together."""
    facts = [f"field.{name}" for name in names]
    if all(case.audience.has(fact) for fact in facts):
        return case.audience.total(AnyOf(tuple(Not(Missing(fact)) for fact in facts)))
    most = _worst(each)
    return most if most == case.audience.people else None


def _source(field: DataField) -> int | None:
    if field.cross_context:
        return FOLLOWED
    kind = "inferred" if field.inferred and field.source_kind != "bought" else field.source_kind
    return None if kind is None else SOURCES[kind]


def _people(case: Case, name: str) -> int | None:
    """People with a value; of a column that is not counted by, its filled rows."""
    if case.audience.has(f"field.{name}"):
        return case.audience.total(Not(Missing(f"field.{name}")))
    filled = [
        told["filled"]
        for source in case.audience.intake["sources"]
        if source["role"] == "people"
        for told in source.get("profiles", ())
        if told["column"] == name
    ]
    return sum(filled) if filled else None


def made_unique(case: Case, *names: str) -> int:
    """People whom these fields make the only one of their kind; none if they are not counted."""
    others, mine = _facts(case, names)
    if not mine:
        return 0
    return alone(sharing(case, [*others, *mine])) - alone(sharing(case, others))


def _facts(case: Case, names: Sequence[str]) -> tuple[list[str], list[str]]:
    """The facts of the other quasi-identifiers, and those of these; an age counts exactly."""
    attributes = case.campaign.attributes
    others, mine = [], []
    for quasi, fact in quasi_facts(case).items():
        one = attributes.get(quasi)
        if not {quasi, one.column if one else quasi} & set(names):
            others.append(fact)
        elif one and one.as_ in ("age", "birth_year") and case.audience.has("age"):
            mine.append("age")
        else:
            mine.append(fact)
    return others, mine
