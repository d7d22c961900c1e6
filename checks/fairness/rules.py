"""The rules by which the list was made: what each does to a group, and what its end would do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from checks.campaign import Rule
from checks.case import Case
from checks.evidence import Breakdown, Evidence, Part, Table
from checks.fairness import proxies
from checks.fairness.blame import MOST_RULES, Blame, blame
from checks.fairness.groups import NOT_KNOWN, joined
from checks.fairness.judging import Judged
from checks.fairness.telling import times
from checks.small_cells.withholding import shown, withhold
from checks.statistics import ratio

NO_RULE = "no rule explains it"
PROXIES = "bias.proxies"
"""The check whose limit says when a column stands for an attribute."""
OTHER_RULES = "other rules"

Crossing = tuple[str, ...]
"""The groups a person is in, one an attribute."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rulebook:
    """The rules of a campaign, and what they did to each group."""

    rules: tuple[Rule, ...]
    blames: Mapping[Crossing, Blame]
    below: int
    """Counts under this are withheld."""
    proxies: Mapping[int, float] = field(default_factory=dict)
    """By number of a rule whose column stands for the attribute: how closely (V)."""

    @property
    def names(self) -> tuple[str, ...]:
        """What to call each rule."""
        return tuple(called(rule) for rule in self.rules)

    def ranked(self, group: Blame, reference: Blame) -> tuple[int, ...]:
        """The rules, those that stand for the attribute first, then by their part in the gap."""
        points = group.points(reference)
        return tuple(
            sorted(range(len(self.rules)), key=lambda n: (n not in self.proxies, -points[n], n))
        )

    def alone(self, number: int) -> int:
        """People of all groups who would come back if this rule were dropped."""
        return sum(one.alone[number] for one in self.blames.values())


def called(rule: Rule) -> str:
    """A rule in words: ``balance, at least 1000``."""
    parts = []
    if rule.at_least is not None:
        parts.append(f"at least {rule.at_least:g}")
    if rule.at_most is not None:
        parts.append(f"at most {rule.at_most:g}")
    for words, values in (("among", rule.among), ("not among", rule.not_among)):
        if values is not None:
            listed = ", ".join(values[:3])
            more = f" and {len(values) - 3} more" if len(values) > 3 else ""
            parts.append(f"{words} {listed}{more}")
    return f"{rule.column}, {' and '.join(parts)}" if parts else rule.column


def rulebook(case: Case, *attributes: str) -> Rulebook | None:
    """What the rules did to each group of the attributes; None without rules, or with too many."""
    rules = case.campaign.rules or ()
    if not rules or len(rules) > MOST_RULES:
        return None
    facts = [f"attribute.{one}" for one in attributes]
    bits = [f"rule.{number}" for number in range(len(rules))]
    off: dict[Crossing, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    on: dict[Crossing, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for count in case.audience.count(*facts, "targeted", *bits):
        groups = tuple(one or NOT_KNOWN for one in count.values[: len(facts)])
        targeted, *met = count.values[len(facts) :]
        mask = sum(1 << number for number, meets in enumerate(met) if not meets)
        (on if targeted else off)[groups][mask] += count.people
    return Rulebook(
        rules=tuple(rules),
        blames={group: blame(off[group], on[group], len(rules)) for group in {*off, *on}},
        below=case.policy.small_cells.suppress_below.value,
        proxies=_proxies(case, rules, attributes[0]) if len(attributes) == 1 else {},
    )


def _proxies(case: Case, rules: Sequence[Rule], attribute: str) -> dict[int, float]:
    """The rules whose column tells the attribute apart, by the limit of `bias.proxies`."""
    limit = case.policy.checks[PROXIES].limits["v_watch"].exact
    able = proxies.columns(case)
    ties = (
        (n, proxies.tie(case, r.column, attribute)) for n, r in enumerate(rules) if r.column in able
    )
    return {number: one.v for number, one in ties if one is not None and one.v >= limit}


def evidence(book: Rulebook, judged: Judged, name: str) -> tuple[Evidence, ...]:
    """Which rule keeps how many of the group off: parts of the people, and of the gap."""
    group = book.blames[judged.group.name,]
    if not group.off or shown(group.off, book.below) is None:
        return ()
    ranked = book.ranked(group, book.blames[judged.reference.name,])
    parts = [*((book.names[n], group.whole[n]) for n in ranked), (NO_RULE, group.unexplained)]
    kept = joined([part for part in parts if part[1]], book.below, OTHER_RULES)
    return (
        Breakdown(
            title=f"What keeps {name} off the list",
            by="rule",
            total=group.off,
            parts=tuple(Part(name=rule, people=people) for rule, people in kept),
        ),
        _table(book, judged, name),
    )


def _table(book: Rulebook, judged: Judged, name: str) -> Table:
    group, reference = book.blames[judged.group.name,], book.blames[judged.reference.name,]
    ranked = book.ranked(group, reference)
    *by_rule, rest = group.points(reference)
    points = [*(by_rule[number] for number in ranked), rest]
    mine = [group.whole[number] for number in ranked]
    [kept] = withhold([[*mine, group.unexplained]], book.below)
    theirs = [*reference.whole, reference.unexplained]
    told = all(shown(people, book.below) is not None for people in theirs)
    alone: list[int | None] = [*(group.alone[number] for number in ranked), None]
    names = [f"{book.names[n]}{_stands_for(book, n)}" for n in ranked]
    rows = [
        (
            rule,
            people,
            f"{float(part) * 100:+.1f}" if told and people is not None else None,
            None if back is None or people is None else shown(back, book.below),
        )
        for rule, people, part, back in zip([*names, NO_RULE], kept, points, alone, strict=True)
    ]
    gap = f"{float(sum(points)) * 100:+.1f}"
    spite = ("on the list though a rule excludes them", shown(group.in_spite, book.below))
    return Table(
        title=f"The rules and {name}, against {judged.reference.name}",
        columns=("rule", "keeps off", "points of the gap", "keeps off alone"),
        rows=(*rows, ("together", group.off, gap, None), (*spite, None, None)),
    )


def _stands_for(book: Rulebook, number: int) -> str:
    """That a rule stands for the attribute, and how closely; nothing where it does not."""
    return (
        f" (a stand-in: {book.proxies[number]:.2f}, where 1 is exact)"
        if number in book.proxies
        else ""
    )


def dropping(book: Rulebook, judged: Judged, name: str) -> str:
    """What dropping one rule would do.

    Of those that bring the group closer to the reference, a proxy first, then the one that brings
    it closest.
    """
    group, reference = book.blames[judged.group.name,], book.blames[judged.reference.name,]
    now = _without(judged, 0, 0)
    _, after, number = max(
        (rule in book.proxies and ratio_ > now, ratio_, -rule)
        for rule, back in enumerate(group.alone)
        for ratio_ in [_without(judged, back, reference.alone[rule])]
    )
    rule = -number
    back = shown(group.alone[rule], book.below)
    if not back or not now < after < inf:
        return ""
    limit = judged.ratio.floor
    required = book.rules[rule].required_by
    law = f" The owner says it is required by {required}." if required else ""
    called_ = f"{book.names[rule]}{_stands_for(book, rule)}"
    dropped = f"Dropping the rule on {called_} brings back {back:,} {name}"
    everyone = book.alone(rule)
    if None in (shown(everyone - back, book.below), shown(reference.alone[rule], book.below)):
        return f"{dropped}.{law}"
    return (
        f"{dropped}, {everyone:,} of everyone: the ratio goes from {times(now, limit)} "
        f"to {times(after, limit)}.{law}"
    )


def _without(judged: Judged, back: int, reference_back: int) -> float:
    """The ratio on the list when so many came back."""
    group, reference = judged.group, judged.reference
    return ratio(group.on + back, group.of, reference.on + reference_back, reference.of)
