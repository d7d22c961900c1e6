"""No harmless field that people are chosen by stands for who they are.

## Why it matters
A postcode, a device or a school can say where people come from as surely as a word would. A rule on
it then does what a rule on the trait itself would do.

## How it judges
Each field by which people are chosen against each attribute, from counts: Cramér's V, corrected for
its bias, and how well the field alone tells the people of a group from all others (the area under
the curve, cross-fitted in five folds, with its 95 % range); then all fields together, by naive
Bayes over the same counts. A number is parted into ten equal lots. A V of at least `v_watch`, or an
area of at least `auc_watch` whose low end is above `auc_low_end`, needs watching; it never fails: a
proxy that harms shows as a failure of "Who is on the list", with its rule blamed first. Pairs tied
beyond luck are listed (Benjamini and Hochberg over the whole list); place, language, device, school
and family name are always listed.

## What to do
Replace the field by what it is meant to measure, or make it coarser.

## What it cannot see
To be tied is not to be used so. Many small fields can do what none of them does alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import prod

from checks.case import Case
from checks.evidence import Cell, Matrix, Table
from checks.fairness import proxies
from checks.fairness.association import Telling, false_discoveries, luck, one_against_rest
from checks.fairness.groups import called
from checks.fairness.proxies import Tie
from checks.finding import Finding, Reason, Verdict, cannot_tell, clear, not_applicable, watch
from checks.phrases import listed, many, scaled
from checks.policy import Part
from checks.registry import Findings, check

TOGETHER = "all fields together"
MOST_CELLS = 20_000
"""So many crossings of values are put together at most; the fields that tell most come first.

No limit of the policy, for no verdict is held against it. Of 100,000 people with four fields of
seventeen values each, three fields (5,832 crossings) were scored in 0.34 s and all four (104,976)
in 0.48 s, of a run that may take one second in all; both told women from others 87 times in 100.
A field that does not fit is named."""


class Limits(Part):
    """How closely a field may be tied to an attribute."""

    v_watch: float
    auc_watch: float
    auc_low_end: float
    list_rate: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One field and one attribute, measured."""

    tie: Tie
    v: float
    best: Telling | None
    """The group that the field tells best from all others."""
    adjusted: float
    """Its luck, adjusted over the whole list."""

    def speaks(self, limits: Limits) -> bool:
        """Whether the field tells so much that it needs watching."""
        return self.v >= limits.v_watch or _tells(self.best, limits)


@check(
    title="Harmless fields that stand for a trait",
    question="Does a field we select by tell us who somebody is?",
    cites=["Fair Housing Act 42 USC 3605", "ECOA 12 CFR 1002.4(a)", "CJEU C-184/20", "GDPR 9"],
    shared=("judging", "small_cells"),
    limits=Limits,
    reads=["everyone", "attributes", "age", "quasi"],
)
def judge(case: Case) -> Findings:
    """One finding a field, and one for all of them together."""
    named, attributes = proxies.columns(case), tuple(case.campaign.people.attributes)
    if case.campaign.rules is None and not named:
        yield cannot_tell(
            "fields",
            "The campaign does not say by which fields people were chosen.",
            reason=Reason.COLUMN_MISSING,
            remedy="List the rules of the campaign (rules), or the fields used in them (fields).",
        )
    elif not named:
        yield not_applicable("fields", "No field but the attributes themselves chose people.")
    elif not attributes:
        yield cannot_tell(
            "attributes",
            "The campaign names no attribute, so fields could not be held against any.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name the columns by which people may be treated differently, such as age.",
        )
    else:
        yield from _fields(case, named, attributes)


def _fields(case: Case, named: Sequence[str], attributes: Sequence[str]) -> Iterator[Finding]:
    told = _measured(case, named, attributes)
    for column in named:
        mine = [one for one in told if one.tie.column == column]
        yield _field(case, column, mine) if mine else _uncounted(column)
    able = list(dict.fromkeys(one.tie.column for one in told if one.tie.whole))
    if len(able) > 1:
        yield _together(case, told, able, attributes)


def _measured(case: Case, named: Sequence[str], attributes: Sequence[str]) -> tuple[Told, ...]:
    found = (proxies.tie(case, column, one) for column in named for one in attributes)
    ties = [one for one in found if one is not None]
    adjusted = false_discoveries([luck(one.people) for one in ties])
    least = case.policy.judging.n_min.value
    return tuple(
        Told(tie=one, v=one.v, best=_best(one, least), adjusted=chance)
        for one, chance in zip(ties, adjusted, strict=True)
    )


def _best(one: Tie, least: int) -> Telling | None:
    found = one_against_rest(one.cells, one.people, least=least)
    return max(found, key=lambda telling: telling.auc, default=None)


def _tells(best: Telling | None, limits: Limits) -> bool:
    return best is not None and best.auc >= limits.auc_watch and best.low > limits.auc_low_end


def _uncounted(column: str) -> Finding:
    return cannot_tell(
        column,
        f"The field {column} cannot be held against anybody: it is in no file, or is a day.",
        reason=Reason.COLUMN_MISSING,
        remedy="Bring the column of the field, or a coarser form of it.",
    )


def _field(case: Case, column: str, told: Sequence[Told]) -> Finding:
    limits = case.limits(Limits)
    table = _table(case, column, told, limits)
    worst = max(told, key=lambda one: (one.speaks(limits), one.v))
    what = worst.tie.attribute.replace("_", " ")
    measured = f"{scaled(worst.v)}.{_area(case, worst)}"
    if not worst.speaks(limits):
        return clear(column, f"The field {column} tells little of {what}: {measured}", table)
    said = f"The field {column} tells {what} apart: {measured}"
    return watch(column, said, table, remedy=_cure(case, worst, limits))


def _area(case: Case, one: Told) -> str:
    if one.best is None:
        return ""
    name = called(case, one.tie.attribute, one.tie.groups[one.best.group])
    said = f"{name[:1].upper()}{name[1:]} are told from others"
    return f" {said} {100 * one.best.auc:.0f} times in 100."


def _cure(case: Case, worst: Told, limits: Limits) -> str:
    """Replace it, or make it coarser: from how many values to how many, and what V is left."""
    replace_ = f"Replace {worst.tie.column} by what it is meant to measure"
    again = proxies.coarser(case, worst.tie, limits.v_watch)
    if again is None:
        return f"{replace_}, or show that nobody is worse off by it."
    return (
        f"{replace_}, or coarsen it from {many(len(worst.tie.values), 'value')} to "
        f"{len(again.values):,}: it then tells {again.v:.2f}."
    )


def _table(case: Case, column: str, told: Sequence[Told], limits: Limits) -> Table:
    always = proxies.always_listed(column)
    rows = []
    for one in told:
        best = one.best
        listed_ = "always" if always else "yes" if one.adjusted <= limits.list_rate else "no"
        rows.append(
            (
                one.tie.attribute,
                f"{one.v:.2f}",
                called(case, one.tie.attribute, one.tie.groups[best.group]) if best else None,
                f"{best.auc:.2f}" if best else None,
                f"{best.low:.2f} to {best.high:.2f}" if best else None,
                f"{one.adjusted:.2g}" if one.adjusted >= 0.001 else "under 0.001",
                listed_,
            )
        )
    return Table(
        title=f"What {column} tells",
        columns=("attribute", "V", "told best", "area", "range", "adjusted luck", "listed"),
        rows=tuple(rows),
    )


def _together(
    case: Case, told: Sequence[Told], able: Sequence[str], attributes: Sequence[str]
) -> Finding:
    """All fields at once, by naive Bayes; those that tell most first where there are too many."""
    limits, least = case.limits(Limits), case.policy.judging.n_min.value
    taken = _taken(told, able)
    rows, speaking = [], []
    for attribute in attributes:
        joint = proxies.joint(case, taken, attribute)
        found = one_against_rest(joint.values, joint.people, least=least)
        best = max(found, key=lambda telling: telling.auc, default=None)
        if best is None:
            continue
        name = called(case, attribute, joint.groups[best.group])
        rows.append((attribute, name, f"{best.auc:.2f}", f"{best.low:.2f} to {best.high:.2f}"))
        if _tells(best, limits):
            speaking.append((best.auc, name))
    few = "" if len(taken) == len(able) else f" ({len(taken)} of {len(able)} fields)"
    table = Table(
        title=f"What the fields tell together{few}",
        columns=("attribute", "told best", "area", "range"),
        rows=tuple(rows),
    )
    over = [name for name in able if name not in taken]
    said = _said_together(case, taken, over, speaking, table)
    return replace(said, evidence=(_ties(told, attributes, limits), *said.evidence))


def _ties(told: Sequence[Told], attributes: Sequence[str], limits: Limits) -> Matrix:
    """Each field against each attribute: how much the one tells of the other."""
    loud = [one for one in told if one.speaks(limits)]
    cells = tuple(
        Cell(
            row=one.tie.column,
            column=one.tie.attribute,
            yes=None,
            of=None,
            verdict=(Verdict.WATCH if one in loud else Verdict.CLEAR).value,
            value=round(one.v, 2),
        )
        for one in told
    )
    return Matrix(
        title="How much each field tells of each attribute",
        rows=tuple(dict.fromkeys(one.tie.column for one in told)),
        columns=tuple(attributes),
        cells=cells,
        says=f"{len(loud)} of {many(len(told), 'pair')} above our limits.",
        measure="How much it tells, from 0 (nothing) to 1 (all)",
    )


def _said_together(
    case: Case,
    taken: Sequence[str],
    over: Sequence[str],
    speaking: Sequence[tuple[float, str]],
    table: Table,
) -> Finding:
    if not table.rows:
        least = case.policy.judging.n_min.value
        why = f"No group of {least} people or more could be told from others."
        cure = "Pool with earlier campaigns of the same rule, or accept with a reason."
        return cannot_tell(TOGETHER, why, table, reason=Reason.TOO_FEW_PEOPLE, remedy=cure)
    names = listed(list(taken), most=3)
    left = f" Not put together with them: {listed(over)}." if over else ""
    if not speaking:
        said = f"Together {names} tell little of anybody.{left}"
        return clear(TOGETHER, said, table)
    area, name = max(speaking)
    said = f"Together {names} tell {name} from others {100 * area:.0f} times in 100.{left}"
    remedy = f"Leave out the one of the {len(taken):,} fields that is needed least, and look again."
    return watch(TOGETHER, said, table, remedy=remedy)


def _taken(told: Sequence[Told], able: Sequence[str]) -> list[str]:
    strength = {name: max(one.v for one in told if one.tie.column == name) for name in able}
    sizes = {name: max(len(o.tie.values) for o in told if o.tie.column == name) for name in able}
    taken: list[str] = []
    for name in sorted(able, key=lambda name: -strength[name]):
        if prod(sizes[one] + 1 for one in [*taken, name]) <= MOST_CELLS:
            taken.append(name)
    return taken
