"""Being in a class does not tell everybody's secret.

## Why it matters
If everyone of an age, a gender and a postcode is ill, then knowing these three is knowing that.

## How it judges
For each sensitive column: the people on the list are put into classes of those who share every
quasi-identifier. A class of at least `class_min` people in which everybody has the trait tells of
all of them; one in which everybody lacks it does not. Where no value stands for lacking it, a class
counts in which all have the same value. More than `classes_watch` such classes are watched. How
small, how varied and how typical the classes are (k, l and t) is shown and decides nothing: a rare
trait makes l = 1 everywhere.

## What to do
Merge the classes by leaving out or coarsening one column, or leave the trait out of the segment.

## What it cannot see
Whether two different values mean the same secret. Smaller classes belong to the check on segments
that point at a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from checks.audience import ABSENT
from checks.campaign import DataField
from checks.case import Case
from checks.evidence import Evidence, Table
from checks.finding import Finding, Reason, cannot_tell, clear, not_applicable, watch
from checks.people.classes import Traits, distance, distinct, entropy, quasi_facts, traits
from checks.people.permission import ON_THE_LIST
from checks.people.segments import by_segment
from checks.phrases import many
from checks.policy import Part
from checks.registry import Findings, check

FIELDS = "fields"


class Limits(Part):
    """When a class is large enough to tell, and how many may."""

    class_min: int
    """Smaller classes belong to protection.small_segments."""
    classes_watch: int
    """Classes that tell everybody's secret: above it, watch."""


@check(
    title="Membership that reveals a secret",
    question="Does being in a class tell everybody's secret?",
    cites=["GDPR 9", "GDPR 25", "GDPR 32", "CJEU C-184/20", "our policy"],
    shared=("fields",),
    limits=Limits,
    reads=["targeted", "quasi", "segment"],
)
def judge(case: Case) -> Findings:
    """Judge each sensitive column by itself."""
    declared = case.campaign.fields
    if not declared:
        yield _unstated(
            FIELDS,
            "The campaign does not say which of its fields are sensitive.",
            "List every field with its role and sensitivity in the campaign file: fields.",
        )
        return
    sensitive = [field for field in declared if _sensitive(case, field)]
    if not sensitive:
        yield not_applicable(
            FIELDS, f"None of {many(len(declared), 'field')} is said to be sensitive."
        )
    for field in sensitive:
        yield _judged(case, field, case.limits(Limits))


def _sensitive(case: Case, field: DataField) -> bool:
    least = case.policy.fields.sensitive_from.value
    return field.role == "special" or (field.sensitivity or 0) >= least


def _unstated(subject: str, what: str, cure: str) -> Finding:
    return cannot_tell(subject, what, reason=Reason.COLUMN_MISSING, remedy=cure)


def _judged(case: Case, field: DataField, limits: Limits) -> Finding:
    quasi = {
        name: fact
        for name, fact in quasi_facts(case).items()
        if field.name not in (name, _column(case, name))
    }
    if not quasi:
        return _unstated(
            field.name,
            "No columns are named that could point at a person.",
            "Name them in the campaign file: people, quasi_identifiers.",
        )
    if not case.audience.has(f"special.{field.name}"):
        return _no_trait(case, field)
    if not case.audience.targeted:
        return cannot_tell(
            field.name,
            "Nobody is on the list, so there is no class to look at.",
            reason=Reason.TOO_FEW_PEOPLE,
            remedy="Check which column says who is on the list (people.targeted), and its values.",
        )
    return _counted(case, field, quasi, limits)


def _no_trait(case: Case, field: DataField) -> Finding:
    if case.audience.has(f"field.{field.name}"):
        return not_applicable(
            field.name, f"{field.name} has so many different values that it names no trait."
        )
    return _unstated(
        field.name,
        f"The column {field.name} is not in the file.",
        "Bring the column, or take the field out of the campaign.",
    )


def _column(case: Case, name: str) -> str:
    """The column behind a quasi-identifier."""
    return case.campaign.attributes[name].column if name in case.campaign.attributes else name


def _counted(case: Case, field: DataField, quasi: dict[str, str], limits: Limits) -> Finding:
    held = traits(case, tuple(quasi.values()), f"special.{field.name}", ON_THE_LIST)
    large = held.of_at_least(limits.class_min)
    telling = _telling(large, field)
    people = sum(large.within[at].total() for at in telling)
    numbers = _numbers(held, large, telling, people)
    if len(telling) > limits.classes_watch:
        return watch(
            field.name,
            f"In {len(telling):,} of {many(len(large.within), 'class', 'classes')} everybody has "
            f"{_trait(field)}: {many(people, 'person', 'people')}.",
            numbers,
            *_by_segment(case, field, tuple(quasi.values()), set(telling)),
            remedy=_merge(case, field, quasi, limits, len(telling)),
        )
    if not large.within:
        return cannot_tell(
            field.name,
            f"No class has {limits.class_min:,} people, so none could tell of everybody in it.",
            numbers,
            reason=Reason.TOO_FEW_PEOPLE,
            remedy="Name fewer columns, or coarser ones, under people, quasi_identifiers.",
        )
    return clear(
        field.name,
        f"None of {many(len(large.within), 'class', 'classes')} of at least "
        f"{limits.class_min:,} people has {_trait(field)} throughout.",
        numbers,
    )


def _trait(field: DataField) -> str:
    return f"the trait in {field.name}" if field.absent else f"the same value in {field.name}"


def _telling(large: Traits, field: DataField) -> list[tuple[object, ...]]:
    """The classes in which everybody has the trait, and nobody's value is unknown."""
    lacking = bool(field.absent) or ABSENT in large.overall
    return [at for at, values in large.within.items() if _tells(values, lacking=lacking)]


def _tells(values: Counter[str | None], *, lacking: bool) -> bool:
    held = {value for value, people in values.items() if people}
    if None in held or ABSENT in held:
        return False
    return lacking or len(held) == 1


def _numbers(
    held: Traits, large: Traits, telling: Sequence[tuple[object, ...]], people: int
) -> Table:
    """k, l and t over the large classes, with what was counted."""
    overall = held.overall
    known = [
        {value: n for value, n in one.items() if value is not None} for one in large.within.values()
    ]
    known = [one for one in known if one]
    least = min((one.total() for one in held.within.values()), default=0)
    furthest = max((distance(one, overall) for one in known), default=None)
    return Table(
        title="What was counted",
        columns=("what", "number"),
        rows=(
            ("classes", len(held.within)),
            ("classes that are large enough", len(large.within)),
            ("classes that tell of everybody in them", len(telling)),
            ("people in these", people),
            ("k: the smallest class", least),
            ("l: fewest different values in a class", min(map(distinct, known), default=None)),
            ("l by entropy", _rounded(min(map(entropy, known), default=None))),
            ("t: furthest from everybody", _rounded(furthest)),
        ),
    )


def _rounded(number: float | None) -> str | None:
    return None if number is None else f"{number:.2f}"


def _by_segment(
    case: Case, field: DataField, quasi: Sequence[str], telling: set[tuple[object, ...]]
) -> tuple[Evidence, ...]:
    if not case.audience.has("segment"):
        return ()
    found: Counter[str | None] = Counter()
    for one in case.audience.count("segment", *quasi, where=ON_THE_LIST):
        segment, *values = one.values
        if tuple(values) in telling:
            found[segment] += one.people
    made = by_segment(case, f"In classes that tell of {field.name}, by segment", found, small=True)
    return (made,) if made else ()


def _merge(case: Case, field: DataField, quasi: dict[str, str], limits: Limits, now: int) -> str:
    """The column without which the fewest classes tell of everybody in them."""
    left = {}
    for name in quasi:
        facts = [fact for other, fact in quasi.items() if other != name]
        coarser = traits(case, facts, f"special.{field.name}", ON_THE_LIST)
        left[name] = len(_telling(coarser.of_at_least(limits.class_min), field))
    best = min(left, key=lambda name: left[name])
    if left[best] >= now:
        return f"Leave {field.name} out, or send none of these classes by itself."
    remain = f"{many(left[best], 'class', 'classes')} {'remains' if left[best] == 1 else 'remain'}"
    return f"Leave {best} out, or coarsen it: without it {remain}. Or leave {field.name} out."
