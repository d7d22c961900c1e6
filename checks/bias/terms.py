"""No group pays more, or is offered less.

## Why it matters
A higher price for the same thing is noticed by nobody who pays it. Prices that follow a postcode
have followed where people come from.

## How it judges
Among the people on the list, attribute by attribute. Prices: each group's mean against that of the
group that pays least, in parts of the overall mean, with a 95 % range by bootstrap (from counts of
price points, with a fixed seed) and luck by Welch's test times the pairs of groups. A gap of
`gap_watch`, with a range off nought, needs watching; one of `gap_fail` fails. It cannot tell about
fewer than thirty people, or where the range still reaches `gap_fail`. Offers: for each that the
campaign marks as favourable or not, the rule of "Who is on the list" over who gets it; unmarked
ones are shown. Prices of few people stand together, as their mean.

## What to do
Find what sets the price, and take it out where it stands for who people are.

## What it cannot see
Real differences in cost: name them as strata in "The gap under a fair comparison".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from math import inf

from checks.case import Case
from checks.conditions import All, Among, Condition, Is, Missing, Not
from checks.evidence import Table
from checks.fairness.amounts import Amounts, gap_range, welch
from checks.fairness.comparing import Comparison
from checks.fairness.groups import Words, called, tally_of
from checks.fairness.judging import Judged
from checks.fairness.telling import POOL
from checks.finding import Finding, Reason, cannot_tell, clear, fail, not_applicable, watch
from checks.people.crosstab import crosstab
from checks.people.permission import ON_THE_LIST
from checks.policy import Part
from checks.registry import Findings, check
from checks.small_cells.cells import withheld_groups
from checks.small_cells.withholding import shown

FIND = "Find what sets the price, and take it out where it stands for who people are."


class Limits(Part):
    """How much dearer is too dear, in parts of the overall mean."""

    gap_watch: float
    gap_fail: float


@check(
    title="Price, offer, conditions",
    question="Do groups get worse terms?",
    cites=[
        "ECOA 12 CFR 1002.4(a)",
        "Fair Housing Act 42 USC 3604(b)",
        "Geo-blocking Regulation",
        "Consumer Rights Directive 6(1)(ea)",
        "our policy",
    ],
    shared=("judging", "small_cells"),
    limits=Limits,
    reads=["targeted", "attributes", "age", "offer", "segment"],
)
def judge(case: Case) -> Findings:
    """Judge prices and offers, attribute by attribute."""
    priced, offered = case.audience.has("price"), _offer_fact(case)
    if not priced and offered is None:
        yield _nothing(case)
        return
    if not case.campaign.people.attributes:
        yield cannot_tell(
            "attributes",
            "The campaign names no attribute, so terms could not be compared between groups.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name the columns by which people may be treated differently, such as age.",
        )
        return
    for attribute in case.campaign.people.attributes:
        if priced:
            yield from _Prices.of(case, attribute).findings()
        if offered is not None:
            yield from _offers(case, attribute, offered)


def _nothing(case: Case) -> Finding:
    """No column of prices or offers: fine only where the owner says there is nothing to see."""
    uses = case.campaign.uses_data_for
    one_price = uses is not None and uses.price is False and not case.campaign.offers
    if one_price and not case.campaign.regulated:
        return not_applicable(
            "terms", "The owner states that data set no price, and names no offers."
        )
    why = "No column says what people are asked to pay or offered"
    also = ", and in this sector a statement is not enough" if one_price else ""
    return cannot_tell(
        "terms",
        f"{why}{also}.",
        reason=Reason.COLUMN_MISSING,
        remedy="Name the column of the price or of the offer (people.price, people.offer).",
    )


@dataclass(frozen=True, kw_only=True)
class _Prices:
    """The prices of one attribute's groups, among people on the list."""

    case: Case
    attribute: str
    groups: tuple[Amounts, ...]
    """Those large enough to compare, and those that are not."""
    unknown: int
    """People without a price or without a group."""

    @classmethod
    def of(cls, case: Case, attribute: str) -> _Prices:
        """Count the price points of every group."""
        found: dict[str, list[tuple[float, int]]] = {}
        unknown = 0
        for count in case.audience.count(f"attribute.{attribute}", "price", where=ON_THE_LIST):
            group, price = count.values
            if group is None or price is None:
                unknown += count.people
            else:
                found.setdefault(group, []).append((price, count.people))
        names = [name for name in case.audience.groups(attribute) if name in found]
        groups = tuple(Amounts.of(name, found[name]) for name in names)
        return cls(case=case, attribute=attribute, groups=groups, unknown=unknown)

    def findings(self) -> Iterator[Finding]:
        """One a group against the one that pays least."""
        least = self.case.policy.judging.n_min.value
        able = [one for one in self.groups if one.people >= least]
        if len(self.groups) < 2:
            yield self._alone()
            return
        if not able:
            why = f"No group has {least} people with a price, so there is none to compare with."
            yield cannot_tell(self._subject, why, reason=Reason.NO_BENCHMARK, remedy=POOL)
            return
        reference = min(able, key=lambda one: (one.mean, -one.people))
        yield from (self._judged(one, reference) for one in self.groups if one is not reference)

    @property
    def _subject(self) -> str:
        return f"price, {self.attribute}"

    @property
    def _mean(self) -> float:
        return sum(one.total for one in self.groups) / sum(one.people for one in self.groups)

    def _alone(self) -> Finding:
        what = self.attribute.replace("_", " ")
        if not self.groups or self.unknown:
            why = f"A price and a known {what} are on record for too few groups to compare."
            cure = "Bring the prices of everybody on the list."
            return cannot_tell(self._subject, why, reason=Reason.GROUP_UNKNOWN, remedy=cure)
        why = f"Everyone with a price is in one group of {what}, so there is none to compare."
        return not_applicable(self._subject, why)

    def _judged(self, group: Amounts, reference: Amounts) -> Finding:
        subject = f"{self._subject}: {group.name}"
        limits, judging = self.case.limits(Limits), self.case.policy.judging
        name, evidence = called(self.case, self.attribute, group.name), (self._table(reference),)
        if group.people < judging.n_min.value:
            hidden = group.people < self._below or group.name in self._withheld
            few = "There are few" if hidden else f"{group.people:,}"
            why = f"{few} {name} with a price. Too few to compare."
            return cannot_tell(subject, why, *evidence, reason=Reason.TOO_FEW_PEOPLE, remedy=POOL)
        gap = (group.mean - reference.mean) / self._mean if self._mean else 0.0
        low, high = self._range(group, reference)
        chance = min(1.0, welch(group, reference) * self._pairs)
        said = self._said(group, reference, gap)
        if gap >= limits.gap_fail and low > 0 and chance <= judging.luck_fail.value:
            return fail(subject, said, *evidence, remedy=self._remedy(group, reference))
        if gap >= limits.gap_watch and low > 0 and chance <= judging.luck_watch.value:
            return watch(subject, said, *evidence, remedy=self._remedy(group, reference))
        if high >= limits.gap_fail:
            why = f"{said} The range reaches {high:.1%}; the limit is {limits.gap_fail:.0%}."
            return cannot_tell(
                subject, why, *evidence, reason=Reason.RANGE_CROSSES_LIMIT, remedy=POOL
            )
        return clear(subject, said, *evidence)

    def _range(self, group: Amounts, reference: Amounts) -> tuple[float, float]:
        return gap_range(group, reference, self._mean) if self._mean else (-inf, inf)

    @property
    def _pairs(self) -> int:
        return len(self.groups) * (len(self.groups) - 1) // 2

    @property
    def _below(self) -> int:
        return self.case.policy.small_cells.suppress_below.value

    def _said(self, group: Amounts, reference: Amounts, gap: float) -> str:
        name, other = (self._name(one) for one in (group, reference))
        start = f"{name} would pay {money(group.mean)} on average"
        start = f"{start[:1].upper()}{start[1:]}"
        if abs(gap) < 0.0005:
            return f"{start}, as {other} would."
        way, least = "more" if gap > 0 else "less", money(reference.mean)
        return f"{start}, {abs(gap):.1%} {way} than {other} ({least})."

    def _name(self, one: Amounts) -> str:
        """A group with its number, where that may be shown."""
        name = called(self.case, self.attribute, one.name)
        return name if one.name in self._withheld else f"{one.people:,} {name}"

    @cached_property
    def _withheld(self) -> frozenset[str]:
        """Groups whose numbers are withheld elsewhere."""
        return withheld_groups(self.case, self.attribute)

    def _remedy(self, group: Amounts, reference: Amounts) -> str:
        """What the gap comes to, and where among the prices it lies."""
        name, other = (called(self.case, self.attribute, one.name) for one in (group, reference))
        middle = Amounts.of("all", [one for each in self.groups for one in each.counted]).median
        dear, others = (_above(one, middle) for one in (group, reference))
        if {group.name, reference.name} & self._withheld:
            return FIND
        extra = (group.mean - reference.mean) * group.people
        where = ""
        if min(dear, others, group.people - dear, reference.people - others) >= self._below:
            where = (
                f" {100 * dear / group.people:.0f} of 100 {name} are above the middle price, "
                f"of {other} {100 * others / reference.people:.0f}."
            )
        return f"At the mean of {other} they would pay {money(extra)} less in all.{where} {FIND}"

    def _table(self, reference: Amounts) -> Table:
        rows = [self._row(one, reference) for one in self.groups]
        if self.unknown:
            people = shown(self.unknown, self._below)
            rows.append(("no price, or of no known group", people, None, None, None, None))
        return Table(
            title=f"What people would pay, by {self.attribute.replace('_', ' ')}",
            columns=("group", "people", "mean", "median", "gap in 100", "range"),
            rows=tuple(rows),
        )

    def _row(self, one: Amounts, reference: Amounts) -> tuple[str | int | None, ...]:
        small = one.people < self.case.policy.small_cells.merge_below.value
        if small or one.name in self._withheld:
            hidden = one.people < self._below or one.name in self._withheld
            people = None if hidden else one.people
            return one.name, people, None, None, None, None
        if one is reference:
            return one.name, one.people, money(one.mean), money(one.median), "reference", None
        low, high = self._range(one, reference)
        gap = 100 * (one.mean - reference.mean) / self._mean if self._mean else 0.0
        spread = f"{100 * low:+.1f} to {100 * high:+.1f}"
        return one.name, one.people, money(one.mean), money(one.median), f"{gap:+.1f}", spread


def _above(one: Amounts, middle: float) -> int:
    return sum(people for amount, people in one.counted if amount > middle)


def money(amount: float) -> str:
    """An amount in print, in whatever currency it is.

    >>> money(1234.5), money(12.34), money(0.0123)
    ('1,234.50', '12.34', '0.012')
    """
    return f"{amount:,.2f}" if abs(amount) >= 0.1 or not amount else f"{amount:.2g}"


# offers


def _offer_fact(case: Case) -> str | None:
    """The fact that says what each person is offered: a column, or the segment they are in."""
    if case.audience.has("offer"):
        return "offer"
    by_segment = any(one.offer for one in case.campaign.segments or ())
    return (
        "segment" if case.campaign.offers and by_segment and case.audience.has("segment") else None
    )


def _gets(case: Case, offer: str) -> Condition:
    """Who gets an offer."""
    if case.audience.has("offer"):
        return Is("offer", offer)
    holding = [one.name for one in case.campaign.segments or () if one.offer == offer]
    return Among("segment", tuple(holding))


def _offers(case: Case, attribute: str, fact: str) -> Iterator[Finding]:
    """Offers that are marked as good or bad to have, one by one; else who gets what."""
    among = All((ON_THE_LIST, Not(Missing(fact))))
    marked = [one for one in case.campaign.offers or () if one.favourable is not None]
    for offer in marked:
        yield from Comparison(
            case=case,
            counted=tally_of(case, attribute, _gets(case, offer.id), among),
            words=Words(f"get “{offer.id}”", f"do not get “{offer.id}”", f"Get {offer.id}"),
            effect="opportunity" if offer.favourable else "burden",
            remedy=partial(_offer_it, offer.id),
            prefix=f"offer {offer.id}, ",
        ).findings()
    if not marked:
        yield _unmarked(case, attribute, fact, among)


def _offer_it(offer: str, one: Comparison, judged: Judged) -> str:
    reach = one.reach(judged, f"with “{offer}”")
    return f"{reach} Let whoever it is meant for have it, or say why not.".strip()


def _unmarked(case: Case, attribute: str, fact: str, among: Condition) -> Finding:
    """No offer is marked: who gets what is laid out, and what it means nobody has said."""
    table = crosstab(case, attribute, fact, among)
    title = f"Who gets which offer, by {attribute.replace('_', ' ')}"
    below = case.policy.small_cells.suppress_below.value
    return cannot_tell(
        f"offers, {attribute}",
        "No offer is marked as good or bad to have, so nobody can say who is worse off.",
        table.matrix(
            title,
            below,
            "Of each group, how many people get what.",
            "Of every 100 people of a group, so many get it",
        ),
        reason=Reason.COLUMN_MISSING,
        remedy="Say of each offer whether it is good to have (offers, favourable).",
    )
