"""Nothing about health, belief, origin or sexuality is used or given away without a clear yes.

## Why it matters
Such things can cost people their work, their family or their safety. Many told them to nobody.

## How it judges
People on the list who were chosen by a field of role special (declared, observed or inferred) and
have no explicit consent to it on record: more than `without_explicit_consent` fail. Everybody on
the list counts as chosen by a field that a rule reads; by another use, those who have the trait.
More than `on_platform` such fields among those sent to a platform fail. Words of the policy's list
in names of fields, rules and segments, precise places, and sensitive fields of another role only
raise the question, as does a special field that only measures. Where neither role nor sensitivity
of a field is stated, it cannot tell.

## What to do
Drop the rule or the segment, or ask people first. Never send such a field to a platform.

## What it cannot see
Euphemisms, and what somebody else infers from what we send.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checks.audience import ABSENT
from checks.campaign import DataField, Recipient
from checks.case import Case
from checks.conditions import All, AnyOf, Condition, Is, Missing, Not
from checks.evidence import Evidence, Rate, Table
from checks.finding import Finding, Reason, ask, cannot_tell, clear, fail, not_applicable
from checks.people import fields
from checks.people.permission import ON_THE_LIST
from checks.people.segments import by_segment
from checks.phrases import be, listed, many, them
from checks.policy import Part
from checks.registry import Findings, check
from checks.small_cells.withholding import shown
from checks.words.wording import hits

NAMES = "names"
PLATFORMS = "platforms"


class Limits(Part):
    """How much of what is special may be used without a clear yes, or sent away."""

    without_explicit_consent: int
    """People on the list: above it, fail."""
    on_platform: int
    """Fields sent to a platform: above it, fail."""


@check(
    title="Special categories and what implies them",
    question="Does the campaign use, or give away, health, belief, origin, sexuality, precise "
    "place or money trouble?",
    cites=[
        "GDPR 9",
        "CJEU C-184/20",
        "DSA 26(3)",
        "EDPB Guidelines 3/2025",
        "Cal. Civ. Code 1798.121",
        "11 CCR 7027",
        "our policy",
    ],
    shared=("words", "fields", "small_cells"),
    limits=Limits,
    reads=["targeted", "segment"],
)
def judge(case: Case) -> Findings:
    """Judge each special field that chooses people, what platforms get, and what names imply."""
    limits = case.limits(Limits)
    special = [field for field in case.campaign.fields or () if field.role == "special"]
    for field in special:
        if fields.chooses(case, field):
            yield _judged(case, field, limits.without_explicit_consent)
        elif field in fields.used(case):
            yield _kept(field)
    yield _platforms(case, special, limits.on_platform)
    yield _names(case, special)


def _judged(case: Case, field: DataField, allowed: int) -> Finding:
    chosen = _chosen(case, field)
    if chosen is None:
        return cannot_tell(
            field.name,
            f"How many people are chosen by {field.name} cannot be counted: it is not in the file.",
            reason=Reason.COLUMN_MISSING,
            remedy="Bring the column, or take the field out of the campaign.",
        )
    agreed = f"explicit.{field.name}"
    if case.audience.has(agreed):
        bare = All((ON_THE_LIST, chosen, Is(agreed, value=False)))
        return _agreed(case, field, chosen, bare, allowed)
    by_record = AnyOf(()) if field.explicit_consent else All((ON_THE_LIST, chosen))
    return _agreed(case, field, chosen, by_record, allowed)


def _kept(field: DataField) -> Finding:
    """Special, and used for something that chooses nobody."""
    return ask(
        field.name,
        f"{field.name} is of a special category, and is used for one thing: {field.used_in}.",
        remedy="Say on which ground it may be used for that, and who can see it.",
    )


def _agreed(
    case: Case, field: DataField, chosen: Condition, without: Condition, allowed: int
) -> Finding:
    """Whether those who are chosen agreed to it."""
    people, bare = case.audience.total(All((ON_THE_LIST, chosen))), case.audience.total(without)
    below = case.policy.small_cells.suppress_below.value
    rate = Rate(
        group=f"chosen by {field.name}, without explicit consent",
        yes=shown(bare, below),
        of=None if shown(people - bare, below) is None else shown(people, below),
    )
    if bare <= allowed:
        return clear(field.name, _everybody(case, field, people), rate)
    few = shown(bare, below) is None
    some = f"Fewer than {below} people are" if few else many(bare, "person is", "people are")
    return fail(
        field.name,
        f"{some} chosen by {field.name}{_how(field)}, without an explicit consent on record.",
        rate,
        *([] if few else _by_segment(case, field, without)),
        remedy=_drop(case, field),
    )


def _everybody(case: Case, field: DataField, people: int) -> str:
    """That all agreed, and by what; a record is the owner's word."""
    if not people:
        return f"Nobody on the list is chosen by {field.name}."
    column = case.audience.has(f"explicit.{field.name}")
    by = "by the column in the file" if column else f"by the record {field.explicit_consent}"
    return f"Everybody on the list who is chosen by {field.name} agreed to it explicitly, {by}."


def _how(field: DataField) -> str:
    kind = "inferred" if field.inferred else field.source_kind
    return f", which is {kind}" if kind in ("inferred", "observed", "bought") else ""


def _chosen(case: Case, field: DataField) -> Condition | None:
    """Who is chosen by a field: all whom a rule on it let in; by another use, who has the trait."""
    rules = [
        f"rule.{at}"
        for at, rule in enumerate(case.campaign.rules or ())
        if rule.column.lower() == field.name.lower()
    ]
    if rules:
        return All(()) if all(map(case.audience.has, rules)) else None
    trait, value = f"special.{field.name}", f"field.{field.name}"
    if case.audience.has(trait):
        return All((Not(Missing(trait)), Not(Is(trait, ABSENT))))
    return Not(Missing(value)) if case.audience.has(value) else None


def _by_segment(case: Case, field: DataField, without: Condition) -> list[Evidence]:
    if not case.audience.has("segment"):
        return []
    counts = case.audience.count("segment", where=without)
    found = {one.values[0]: one.people for one in counts}
    made = by_segment(case, f"Chosen by {field.name}, by segment", found, small=True)
    return [made] if made else []


def _drop(case: Case, field: DataField) -> str:
    """What dropping the field changes, in people."""
    back = fields.back_without(case, [field.name])
    if back is None:
        return f"Leave {field.name} out of the choice, or ask these people first."
    return (
        f"Drop the rule on {field.name} ({many(back, 'person comes', 'people come')} back), "
        "or ask these people first."
    )


def _platforms(case: Case, special: Sequence[DataField], allowed: int) -> Finding:
    recipients = case.campaign.recipients
    if recipients is None:
        return cannot_tell(
            PLATFORMS,
            "The campaign does not say who receives data, so nobody knows what platforms get.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name who receives what in the campaign file: recipients. "
            "An empty list is an answer too.",
        )
    platforms = [one for one in recipients if one.role == "platform"]
    if not platforms:
        return not_applicable(PLATFORMS, "No recipient is said to be a platform.")
    if case.campaign.fields is None:
        return _untold(PLATFORMS, "which of its fields are special")
    return _sent(platforms, {field.name.lower() for field in special}, allowed)


def _sent(platforms: Sequence[Recipient], special: set[str], allowed: int) -> Finding:
    """The special fields among those that platforms receive."""
    sent = {one.name: [f for f in one.receives if f.lower() in special] for one in platforms}
    away = sorted({name for held in sent.values() for name in held})
    table = Table(
        title="What platforms receive",
        columns=("platform", "fields", "special among them"),
        rows=tuple(
            (one.name, listed(one.receives) or "not stated", listed(sent[one.name]) or "none")
            for one in platforms
        ),
    )
    if len(away) > allowed:
        return fail(
            PLATFORMS,
            f"{many(len(away), 'special field')} {be(len(away))} sent to a platform: "
            f"{listed(away)}.",
            table,
            remedy=f"Take {them(len(away))} out of what is sent: no consent lifts this.",
        )
    none = f"None of the special fields is sent to {many(len(platforms), 'platform')}"
    return clear(PLATFORMS, f"{none}, says the campaign.", table)


def _untold(subject: str, what: str) -> Finding:
    return cannot_tell(
        subject,
        f"The campaign does not say {what}.",
        reason=Reason.COLUMN_MISSING,
        remedy="List every field with its role and sensitivity in the campaign file: fields.",
    )


def _names(case: Case, special: Sequence[DataField]) -> Finding:
    """What only hints at a special category, and therefore only asks."""
    hints = tuple(dict.fromkeys(_hints(case, special)))
    table = Table(
        title="Names and fields that may tell of a special category",
        columns=("what", "name", "because of"),
        rows=hints,
    )
    if hints:
        names = list(dict.fromkeys(name for _, name, _ in hints))
        return ask(
            NAMES,
            f"{many(len(names), 'name')} may tell of a special category: {listed(names)}.",
            table,
            remedy="Say of each whether it tells of health, belief, origin, sexuality or need. "
            "If so, give it the role special.",
        )
    return _no_hint(case.campaign.fields, special, table)


def _no_hint(
    declared: Sequence[DataField] | None, special: Sequence[DataField], table: Table
) -> Finding:
    if not declared:
        return _untold(NAMES, "which fields it uses")
    others = [one for one in declared if one not in special]
    of = many(len(others), "other field" if special else "field")
    untold = [one.name for one in others if one.role is None and one.sensitivity is None]
    if untold:
        return cannot_tell(
            NAMES,
            f"Neither role nor sensitivity is stated for {len(untold):,} of {of}.",
            table,
            reason=Reason.COLUMN_MISSING,
            remedy=f"Give each a role or a sensitivity: {listed(untold)}.",
        )
    return clear(NAMES, f"None of {of} hints at a special category.", table)


Hint = tuple[str, str, str]
"""What it is, its name, and why it may tell."""


def _hints(case: Case, special: Sequence[DataField]) -> Iterator[Hint]:
    """Fields, rules and segments that may tell of something special, unless they are said to."""
    words = case.policy.words.special.value
    known = {field.name.lower() for field in special}
    for field in fields.used(case):
        if field.name.lower() not in known:
            yield from _of_field(case, field)
    for rule in case.campaign.rules or ():
        said = ", ".join([rule.column, *(rule.among or ()), *(rule.not_among or ())])
        if rule.column.lower() not in known:
            yield from (("rule", rule.column, f"the word {hit.word}") for hit in hits(words, said))
    for segment in case.campaign.segments or ():
        for hit in hits(words, f"{segment.name}, {segment.is_}"):
            yield "segment", segment.name, f"the word {hit.word}"


def _of_field(case: Case, field: DataField) -> Iterator[Hint]:
    for hit in hits(case.policy.words.special.value, field.name):
        yield "field", field.name, f"the word {hit.word}"
    if field.location == "precise":
        yield "field", field.name, "a precise place"
    if (field.sensitivity or 0) >= case.policy.fields.sensitive_from.value:
        yield "field", field.name, f"sensitivity {field.sensitivity}"
