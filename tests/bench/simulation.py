"""What the judging rule does by luck, and what it finds: `make bench`, or `python -m
tests.bench.simulation`.

Draws campaigns whose truth is known, judges them by the default policy, and holds the rates against
what the design says of them. Writes docs/simulation.md, and exits with 1 where a limit is missed.
The same draws on every machine.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.random import Generator

from checks import places
from checks.audience import Audience
from checks.bias import selection
from checks.campaign import Campaign
from checks.case import Case
from checks.evidence import Table
from checks.fairness.judging import Group, Judged, NoComparison, judge
from checks.finding import Verdict
from checks.policy import read_policy
from checks.statistics import wilson

HOUSE = Path(__file__).resolve().parents[2]
PAGE = HOUSE / "docs/simulation.md"
POLICY = read_policy(places.DATA / "policies/default.yaml")
ATTRIBUTES = 6
"""Of a campaign."""
GROUPS = (2, 3, 5, 8, 12)
PEOPLE = (2_000, 1_000_000)
CHOSEN = (0.01, 0.95)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """How often something came out, and how often it may or must."""

    what: str
    times: int
    of: int
    most: float = 1.0
    least: float = 0.0

    @property
    def share(self) -> float:
        """The share of all draws."""
        return self.times / self.of

    @property
    def held(self) -> bool:
        """Whether the limit holds."""
        return self.least <= self.share <= self.most

    @property
    def limit(self) -> str:
        """The limit in words."""
        return f"at least {self.least:.1%}" if self.least else f"at most {self.most:.1%}"

    def __str__(self) -> str:
        """The rate with its counts, its range and its limit."""
        low, high = wilson(self.times, self.of)
        counted = f"{self.times:,} of {self.of:,}"
        return f"{self.what}: {counted} ({self.share:.2%}, {low:.2%} to {high:.2%}; {self.limit})"


def drawn(rng: Generator, rates: Sequence[float], sizes: Sequence[int]) -> list[Group]:
    """Groups of these sizes, of which so large a part is chosen, by luck."""
    return [
        Group(f"g{n}", int(rng.binomial(size, rate)), int(size))
        for n, (rate, size) in enumerate(zip(rates, sizes, strict=True))
    ]


def judged(groups: Sequence[Group]) -> tuple[Judged, ...]:
    """Every group by the rule; nothing where none can be compared."""
    found = judge(groups, effect="opportunity", limits=POLICY.judging, complete=True)
    return () if isinstance(found, NoComparison) else found


def fair(rng: Generator, campaigns: int) -> tuple[Rate, Rate]:
    """Campaigns that choose by lot: how many attributes, and how many campaigns, fail by luck."""
    attributes = failed = 0
    for _ in range(campaigns):
        people = round(float(np.exp(rng.uniform(*np.log(PEOPLE)))))
        chosen, any_failed = float(rng.uniform(*CHOSEN)), False
        for _ in range(ATTRIBUTES):
            parts = rng.dirichlet(np.full(int(rng.choice(GROUPS)), 2.0))
            sizes = [size for size in rng.multinomial(people, parts) if size]
            found = judged(drawn(rng, [chosen] * len(sizes), sizes))
            fails = any(one.verdict is Verdict.FAIL for one in found)
            attributes, any_failed = attributes + fails, any_failed or fails
        failed += any_failed
    return (
        Rate(what="fair attributes that fail", times=attributes, of=campaigns * 6, most=0.015),
        Rate(
            what="fair campaigns of six attributes that fail", times=failed, of=campaigns, most=0.06
        ),
    )


def near(rng: Generator, draws: int) -> Rate:
    """A true ratio of 0.85 among a million people: it is real, and so never clear."""
    clear = 0
    for _ in range(draws):
        rate = float(rng.uniform(0.05, 0.95))
        found = judged(drawn(rng, [rate, 0.85 * rate], [500_000, 500_000]))
        clear += _is_clear(found, "g1")
    return Rate(what="a true 0.85 that is clear", times=clear, of=draws, most=0.0)


def harmed(rng: Generator, draws: int) -> Rate:
    """A group chosen 0.6 times as often as the others, in groups of 500."""
    failed = 0
    for _ in range(draws):
        rate, groups = float(rng.uniform(0.3, 0.6)), int(rng.integers(2, 9))
        rates = [0.6 * rate] + [rate] * (groups - 1)
        failed += _of(judged(drawn(rng, rates, [500] * groups)), "g0").verdict is Verdict.FAIL
    return Rate(what="a planted 0.6 that fails", times=failed, of=draws, least=0.95)


def rare(rng: Generator, draws: int) -> Rate:
    """The same where only one in ten is chosen: not always a failure, but never clear.

    Once in a hundred draws luck makes the group itself the one that the others are held against.
    """
    clear = 0
    for _ in range(draws):
        groups = int(rng.integers(2, 9))
        rates = [0.06] + [0.1] * (groups - 1)
        clear += _is_clear(judged(drawn(rng, rates, [500] * groups)), "g0")
    return Rate(what="a planted 0.6 of one in ten that is clear", times=clear, of=draws, most=0.0)


def twelve(rng: Generator, draws: int) -> Rate:
    """Twelve people, whatever is true of them."""
    clear = 0
    for _ in range(draws):
        rates = rng.uniform(0.02, 0.98, size=2)
        found = judged(drawn(rng, list(rates), [12, int(rng.integers(30, 100_000))]))
        clear += _is_clear(found, "g0")
    return Rate(what="twelve people who are clear", times=clear, of=draws, most=0.0)


def blamed(seeds: int) -> Rate:
    """A rule on postcodes that stands for origin, beside two that stand for nothing."""
    first = sum(_blamed_first(np.random.default_rng(seed)) for seed in range(seeds))
    return Rate(what="planted proxies that are blamed first", times=first, of=seeds, least=0.95)


def _blamed_first(rng: Generator, size: int = 4_000) -> bool:
    columns = proxy(rng, size)
    campaign = Campaign.model_validate(PLANTED)
    audience = Audience.of(campaign, POLICY, **columns)
    case = Case(campaign=campaign, audience=audience, policy=POLICY)
    [found] = [one for one in selection.judge(case) if one.subject == "origin: away"]
    audience.close()
    tables = [one for one in found.evidence if isinstance(one, Table) and one.columns[0] == "rule"]
    return bool(tables) and str(tables[0].rows[0][0]).startswith("postcode")


PLANTED = {
    "id": "planted",
    "name": "A planted proxy",
    "owner": "ana@bank.example",
    "launch": "2026-12-01",
    "sector": "general",
    "effect": "opportunity",
    "people": {"targeted": "on", "attributes": {"origin": "origin"}},
    "rules": [
        {"column": "balance", "at_least": 1000, "because": "product minimum"},
        {"column": "postcode", "not_among": ["p0", "p1"], "because": "no branch"},
        {"column": "months", "at_least": 6, "because": "age of account"},
    ],
}


def proxy(rng: Generator, size: int) -> dict[str, list[object]]:
    """People of three origins, one of which lives mostly where the rule does not look."""
    origin = rng.choice(["here", "near", "away"], size, p=[0.6, 0.25, 0.15])
    there = rng.random(size) < np.where(origin == "away", 0.6, 0.08)
    postcode = np.where(there, rng.choice(["p0", "p1"], size), rng.choice(["p2", "p3", "p4"], size))
    balance = rng.gamma(2.0, 1_400.0, size).round()
    months = rng.integers(0, 60, size)
    on = (balance >= 1_000) & ~there & (months >= 6)
    return {
        "origin": origin.tolist(),
        "postcode": postcode.tolist(),
        "balance": balance.tolist(),
        "months": months.tolist(),
        "on": on.tolist(),
    }


def _is_clear(found: Sequence[Judged], name: str) -> bool:
    """Whether a group is called clear; of the one that all are held against nothing is said."""
    one = _of(found, name)
    return one.verdict is Verdict.CLEAR and not one.benchmark


def _of(found: Sequence[Judged], name: str) -> Judged:
    return next(one for one in found if one.group.name == name)


def rates(scale: float) -> Iterator[Rate]:
    """Every rate; the scale says how many draws, 1 for all of them."""
    rng = np.random.default_rng(1607)
    yield from fair(rng, round(2_500 * scale))
    yield near(rng, round(2_500 * scale))
    yield harmed(rng, round(2_500 * scale))
    yield rare(rng, round(2_500 * scale))
    yield twelve(rng, round(2_500 * scale))
    yield blamed(round(100 * scale))


def page(found: Sequence[Rate]) -> str:
    """The page that says what came out."""
    rows = [
        f"| {one.what} | {one.times:,} of {one.of:,} | {one.share:.2%} | {one.limit} |"
        for one in found
    ]
    return "\n".join(
        [
            "# What the judging rule does by luck, and what it finds",
            "",
            "Campaigns whose truth is known, drawn and judged by the default policy;",
            "`python -m tests.bench.simulation` writes this page. Fair campaigns: 2 to 12 groups,",
            "2,000 to 1,000,000 people, 1 to 95 of 100 chosen, six attributes. Planted: two to",
            "eight groups of 500, the best-placed chosen in 30 to 60 of 100.",
            "",
            "| what | counted | share | limit |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw, print, write the page; 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description="Simulate campaigns whose truth is known.")
    parser.add_argument("--scale", type=float, default=1.0, help="how many draws; 1 for all")
    asked = parser.parse_args(arguments)
    found = []
    for one in rates(asked.scale):
        print(one, flush=True)
        found.append(one)
    if asked.scale >= 1:
        PAGE.write_text(page(found), encoding="utf-8")
    missed = [one for one in found if not one.held]
    for one in missed:
        print(f"Missed: {one}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
