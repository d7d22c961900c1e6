"""People do not leave or complain more after campaigns like this one.

## Why it matters
Whoever leaves says what nobody asked them. It is the first sign of lost trust.

## How it judges
How many people left, complained or asked to be deleted, against the share of the twelve months
before. It is watched where it is above `ratio` times the usual share, and so many would come by
luck in fewer cases than `limits` leaves outside (half of them above), and at least `expected_min`
would be usual. With fewer it cannot tell. It never fails by itself.

## What to do
Halve the touches for the part of the list that leaves most, and ask people why they left.

## What it cannot see
Silence is not consent: most people who lose trust just stop reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from checks.campaign import Baseline
from checks.case import Case
from checks.conditions import All, Condition, Is, Missing, Not
from checks.evidence import Breakdown, Evidence, Rate
from checks.finding import Finding, Reason, cannot_tell, clear, watch
from checks.people.membership import NO_SEGMENT
from checks.people.permission import ON_THE_LIST, why_unseen
from checks.people.segments import by_segment
from checks.phrases import many
from checks.policy import Part
from checks.registry import Findings, check
from checks.small_cells.withholding import shown
from checks.statistics import tail, wilson


class Limits(Part):
    """When more people leave than luck explains."""

    ratio: float
    """Times the usual share: above it, and"""
    limits: float
    """outside limits that hold this share of lucky cases, and"""
    expected_min: float
    """at least so many expected: watch."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign:
    """One sign of lost trust: what happened to how many, and what would be usual."""

    subject: str
    did: str
    happened: Condition
    yes: int
    of: int
    usual: Fraction

    @property
    def expected(self) -> float:
        """How many it would be at the usual share."""
        return float(self.usual * self.of)


SIGNS = {
    "opted_out": ("leaving", "left"),
    "complained": ("complaints", "complained"),
    "deleted": ("deletions", "asked to be deleted"),
}
"""By the name of the outcome: what a finding is about, and what people did."""


@check(
    title="Signs of lost trust",
    question="Do people leave or complain more after campaigns like this?",
    cites=["our policy"],
    shared=("small_cells",),
    limits=Limits,
    reads=["outcomes", "segment"],
)
def judge(case: Case) -> Findings:
    """Judge each sign by itself."""
    told = case.campaign.outcomes
    for outcome, (subject, did) in SIGNS.items():
        fact = f"outcomes.{outcome}"
        if told is None or not case.audience.has(fact):
            side = told is not None and told.beside
            yield cannot_tell(
                subject,
                f"How many people {did} after the last wave is not in the files.",
                reason=why_unseen(case, side=side),
                remedy=f"Bring what came of the last wave, with the column {outcome} (outcomes).",
            )
        elif told.baseline is None or not told.baseline.contacts:
            yield cannot_tell(
                subject,
                f"How many people {did} in the twelve months before is not stated.",
                reason=Reason.COLUMN_MISSING,
                remedy="Give the totals of the twelve months before: outcomes, baseline.",
            )
        else:
            yield _judged(case, _sign(case, outcome, told.baseline), case.limits(Limits))


def _sign(case: Case, outcome: str, baseline: Baseline) -> Sign:
    """Among those who were reached, where that is known."""
    fact, (subject, did) = f"outcomes.{outcome}", SIGNS[outcome]
    known: list[Condition] = [Not(Missing(fact))]
    if case.audience.has("outcomes.delivered"):
        known.append(Is("outcomes.delivered", value=True))
    happened = All((*known, Is(fact, value=True)))
    usual: int = getattr(baseline, outcome)
    return Sign(
        subject=subject,
        did=did,
        happened=happened,
        yes=case.audience.total(happened),
        of=case.audience.total(All(tuple(known))),
        usual=Fraction(usual, baseline.contacts),
    )


def _judged(case: Case, sign: Sign, limits: Limits) -> Finding:
    evidence = _evidence(case, sign)
    says = (
        f"{sign.yes:,} of {many(sign.of, 'person', 'people')} {sign.did}; "
        f"{sign.expected:,.0f} would be usual."
    )
    if sign.expected < limits.expected_min:
        return cannot_tell(
            sign.subject,
            f"Too few people to tell: only {sign.expected:,.1f} of {sign.of:,} would usually have "
            f"{sign.did}.",
            *evidence,
            reason=Reason.TOO_FEW_PEOPLE,
            remedy="Pool with earlier waves to the same people, or accept with a reason.",
        )
    often = Fraction(sign.yes, sign.of) > Fraction(str(limits.ratio)) * sign.usual
    by_luck = tail(sign.yes, sign.of, float(sign.usual))
    if often and by_luck < (1 - limits.limits) / 2:
        where = _most(evidence)
        return watch(
            sign.subject,
            says,
            *evidence,
            remedy=f"Halve the touches for {where}, and ask people why they {sign.did}.",
        )
    return clear(sign.subject, says, *evidence)


def _evidence(case: Case, sign: Sign) -> tuple[Evidence, ...]:
    if not sign.of:
        return ()
    below = case.policy.small_cells.suppress_below.value
    low, high = wilson(sign.yes, sign.of)
    usual = f"the twelve months before: {float(sign.usual) * 1000:.1f} of 1,000"
    rates = (
        Rate(group=f"{sign.did} (usual in {usual})", yes=sign.yes, of=sign.of, low=low, high=high),
    )
    if not case.audience.has("segment") or shown(sign.yes, below) in (None, 0):
        return rates
    counts = case.audience.count("segment", where=All((ON_THE_LIST, sign.happened)))
    found = {one.values[0]: one.people for one in counts}
    made = by_segment(case, f"Who {sign.did}, by segment", found, small=True)
    return (*rates, *([made] if made else []))


def _most(evidence: tuple[Evidence, ...]) -> str:
    """The part of the list with the most of them."""
    parts = [p for one in evidence if isinstance(one, Breakdown) for p in one.parts if p.people]
    if not parts:
        return "the whole list"
    most = max(parts, key=lambda part: part.people or 0).name
    return f"people {most}" if most == NO_SEGMENT else most
