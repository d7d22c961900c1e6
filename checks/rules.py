"""The rules by which the list was made: what each does to a group, and what its end would do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from checks.blame import MOST_RULES, Blame, blame
from checks.campaign import Rule
from checks.case import Case
from checks.evidence import Breakdown, Evidence, Part, Table
from checks.groups import NOT_KNOWN, joined
from checks.judging import Judged
from checks.statistics import ratio
from checks.telling import times
from checks.withholding import shown, withhold

NO_RULE = "no rule explains it"
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

    @property
    def names(self) -> tuple[str, ...]:
        """What to call each rule."""
        return tuple(called(rule) for rule in self.rules)

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
    )


def evidence(book: Rulebook, judged: Judged, name: str) -> tuple[Evidence, ...]:
    """Which rule keeps how many of the group off: parts of the people, and of the gap."""
    group = book.blames[judged.group.name,]
    if not group.off or shown(group.off, book.below) is None:
        return ()
    parts = [*zip(book.names, group.whole, strict=True), (NO_RULE, group.unexplained)]
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
    points = group.points(reference)
    [kept] = withhold([[*group.whole, group.unexplained]], book.below)
    theirs = [*reference.whole, reference.unexplained]
    told = all(shown(people, book.below) is not None for people in theirs)
    alone: list[int | None] = [*group.alone, None]
    rows = [
        (
            rule,
            people,
            f"{float(part) * 100:+.1f}" if told and people is not None else None,
            None if back is None or people is None else shown(back, book.below),
        )
        for rule, people, part, back in zip(
            [*book.names, NO_RULE], kept, points, alone, strict=True
        )
    ]
    gap = f"{float(sum(points)) * 100:+.1f}"
    spite = ("on the list though a rule excludes them", shown(group.in_spite, book.below))
    return Table(
        title=f"The rules and {name}, against {judged.reference.name}",
        columns=("rule", "keeps off", "points of the gap", "keeps off alone"),
        rows=(*rows, ("together", group.off, gap, None), (*spite, None, None)),
    )


def dropping(book: Rulebook, judged: Judged, name: str) -> str:
    """What dropping one rule would do: the one that brings the group closest to the reference."""
    group, reference = book.blames[judged.group.name,], book.blames[judged.reference.name,]
    after, number = max(
        (_without(judged, back, reference.alone[rule]), -rule)
        for rule, back in enumerate(group.alone)
    )
    now, rule = _without(judged, 0, 0), -number
    back = shown(group.alone[rule], book.below)
    if not back or not now < after < inf:
        return ""
    limit = judged.ratio.floor
    required = book.rules[rule].required_by
    law = f" The owner says it is required by {required}." if required else ""
    dropped = f"Dropping the rule on {book.names[rule]} brings back {back:,} {name}"
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
