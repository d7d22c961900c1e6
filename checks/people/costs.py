"""What a field costs people in privacy, in five parts that are never added up."""

from __future__ import annotations

from dataclasses import dataclass

from checks.campaign import DataField
from checks.case import Case
from checks.conditions import Missing, Not
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


def made_unique(case: Case, name: str) -> int:
    """People whom this field alone makes the only one of their kind; none if it is not counted."""
    others, mine = _facts(case, name)
    if mine is None:
        return 0
    return alone(sharing(case, [*others, mine])) - alone(sharing(case, others))


def _facts(case: Case, name: str) -> tuple[list[str], str | None]:
    """The facts of the other quasi-identifiers, and that of this field; an age counts exactly."""
    attributes = case.campaign.attributes
    others, mine = [], None
    for quasi, fact in quasi_facts(case).items():
        one = attributes.get(quasi)
        if name not in (quasi, one.column if one else quasi):
            others.append(fact)
        elif one and one.as_ in ("age", "birth_year") and case.audience.has("age"):
            mine = "age"
        else:
            mine = fact
    return others, mine
