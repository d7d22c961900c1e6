"""No rule picks people by a protected trait itself.

## Why it matters
Where housing, credit and work are offered, to pick people by age, sex or origin is forbidden almost
everywhere. A platform that lets the rule through has not checked it.

## How it judges
Each rule whose column is a declared attribute, a field of role protected or special, or on the
policy's list of words for protected traits. In a regulated sector such a rule fails, unless it
names what requires it (`required_by`): then, and in every other sector, a person must answer. The
people whom the rule leaves out are counted, and those who are out by it alone.

## What to do
Delete the rule, or name the law that requires it, as for a minimum age.

## What it cannot see
Names of columns that hide what they hold. What a platform does with the advertisement by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checks.campaign import Rule
from checks.case import Case
from checks.conditions import All, Is
from checks.evidence import Breakdown, Evidence, Part, Rate, Table
from checks.fairness import rules
from checks.fairness.groups import NOT_KNOWN, joined
from checks.finding import Finding, Reason, ask, cannot_tell, clear, fail
from checks.phrases import many
from checks.policy import Part as Limited
from checks.registry import Findings, check
from checks.small_cells.cells import withheld_groups
from checks.small_cells.withholding import shown
from checks.words.wording import hits

SMALLER = "smaller groups"


class Limits(Limited):
    """How many such rules are borne where the law forbids them."""

    rules_in_regulated: int
    """In a regulated sector, without `required_by`: above it, fail."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Direct:
    """A rule that names a protected trait."""

    number: int
    rule: Rule
    why: str
    """What makes its column a protected trait, in words that fit after "its column is"."""


@check(
    title="Protected traits used directly",
    question="Does a rule name age, sex, origin, religion, disability …?",
    cites=[
        "Fair Housing Act 42 USC 3604(c)",
        "Fair Housing Act 24 CFR 100.75",
        "ECOA 12 CFR 1002.4(a)",
        "ADEA 29 USC 623(e)",
        "EU Charter 21",
    ],
    shared=("words", "small_cells"),
    limits=Limits,
    reads=["everyone", "targeted", "attributes", "age"],
)
def judge(case: Case) -> Findings:
    """One finding for each rule that names a protected trait; one in all where none does."""
    told = case.campaign.rules
    if told is None:
        yield cannot_tell(
            "rules",
            "The campaign does not say by which rules the list was made.",
            reason=Reason.COLUMN_MISSING,
            remedy="List them in the campaign file (rules); an empty list says there are none.",
        )
        return
    direct = tuple(_direct(case, told))
    forbidden = [one for one in direct if case.campaign.regulated and not one.rule.required_by]
    fails = len(forbidden) > case.limits(Limits).rules_in_regulated
    for one in direct:
        yield _named(case, one, fails=fails and one in forbidden)
    if not direct:
        yield _none(told)


def _direct(case: Case, told: tuple[Rule, ...]) -> Iterator[Direct]:
    for number, rule in enumerate(told):
        why = _why(case, rule.column)
        if why:
            yield Direct(number=number, rule=rule, why=why)


def _why(case: Case, column: str) -> str:
    for name, attribute in case.campaign.attributes.items():
        if column in (name, attribute.column):
            return f"the attribute {name}"
    for field in case.campaign.fields or ():
        if field.name == column and field.role in ("protected", "special"):
            return f"declared as {field.role}"
    found = hits(case.policy.words.protected.value, column)
    return f"on the list of protected traits (“{found[0].word}”)" if found else ""


def _none(told: tuple[Rule, ...]) -> Finding:
    table = Table(
        title="The rules and what they read",
        columns=("rule", "because"),
        rows=tuple((rules.called(rule), rule.because) for rule in told),
    )
    if not told:
        return clear("rules", "The owner states that no rule chose people.", table)
    which = "The one rule names no" if len(told) == 1 else f"None of {len(told):,} rules names a"
    return clear("rules", f"{which} protected trait.", table)


def _named(case: Case, one: Direct, *, fails: bool) -> Finding:
    name, evidence = rules.called(one.rule), _evidence(case, one)
    out, alone = _left_out(case, one)
    kept = (
        ""
        if out is None
        else f" It leaves out {many(out, 'person', 'people') if out else 'nobody'}."
    )
    said = f"The rule on {name} uses a protected trait: its column is {one.why}.{kept}"
    back = "" if not alone else f" ({many(alone, 'person comes', 'people come')} back)"
    if fails:
        remedy = f"Delete the rule{back}, or name the law that requires it (required_by)."
        return fail(name, said, *evidence, remedy=remedy)
    if one.rule.required_by:
        law = one.rule.required_by
        return ask(
            name,
            f"{said} The owner says it is required by {law}.",
            *evidence,
            remedy=f"Say whether {law} requires it in these words, or delete the rule{back}.",
        )
    return ask(
        name,
        said,
        *evidence,
        remedy=f"Say why this campaign needs the trait itself, or delete the rule{back}.",
    )


def _left_out(case: Case, one: Direct) -> tuple[int | None, int | None]:
    """People who do not meet the rule, and people off the list by it alone; small ones withheld."""
    facts = [f"rule.{number}" for number in range(len(case.campaign.rules or ()))]
    if not all(case.audience.has(fact) for fact in facts):
        return None, None
    below = case.policy.small_cells.suppress_below.value
    mine = Is(facts[one.number], value=False)
    others = [Is(fact, value=True) for fact in facts if fact != facts[one.number]]
    alone = All((Is("targeted", value=False), mine, *others))
    return shown(case.audience.total(mine), below), shown(case.audience.total(alone), below)


def _evidence(case: Case, one: Direct) -> tuple[Evidence, ...]:
    """How many do not meet the rule, and of which groups where it reads an attribute."""
    out, _ = _left_out(case, one)
    rate = Rate(group="people who do not meet the rule", yes=out, of=case.audience.people)
    attribute = next(
        (
            name
            for name, told in case.campaign.attributes.items()
            if one.rule.column in (name, told.column)
        ),
        None,
    )
    if not out or attribute is None:
        return (rate,)
    mine = Is(f"rule.{one.number}", value=False)
    counts = case.audience.count(f"attribute.{attribute}", where=mine)
    found = [(count.values[0] or NOT_KNOWN, count.people) for count in counts]
    below, gone = case.policy.small_cells.suppress_below.value, withheld_groups(case, attribute)
    parts = joined(found, below, SMALLER, gone)
    groups = Breakdown(
        title=f"Whom the rule on {one.rule.column} leaves out, by {attribute.replace('_', ' ')}",
        by="group",
        total=out,
        parts=tuple(Part(name=name, people=people) for name, people in parts),
    )
    return rate, groups
