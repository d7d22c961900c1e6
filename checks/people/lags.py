"""How long refusals take to work: business days, by the region of the person and the channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from checks.case import Case
from checks.conditions import Is
from checks.evidence import Bin, Distribution, Line, Table
from checks.small_cells.withholding import withhold

LONGEST = 60
"""Business days up to which every day has its bar, also an empty one."""
UNPLACED = "region not known"
Given = Mapping[str, int]
"""The business days that a law gives, by channel."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lags:
    """Everybody on the do-not-contact list, by region and by the days their refusal took."""

    days: Mapping[tuple[str | None, int], int]
    unknown: int
    """People for whom one of the two days is missing, or a refusal that worked before it came."""
    given: Mapping[str | None, Given]
    """By region, what its law gives; nothing where it names no days."""

    @property
    def total(self) -> int:
        """Refusals whose lag is known."""
        return sum(self.days.values())

    @property
    def longest(self) -> int:
        """The most business days that one took."""
        return max(days for _, days in self.days)

    def over(self, limit: int) -> int:
        """Refusals that took more than so many business days."""
        return sum(people for (_, days), people in self.days.items() if days > limit)

    @property
    def late(self) -> dict[int, int]:
        """Refusals that took longer than the strictest law of their region, by its days."""
        found: Counter[int] = Counter()
        for (region, days), people in self.days.items():
            most = min(self.given[region].values(), default=None)
            if most is not None and days > most:
                found[most] += people
        return dict(found)

    def table(self, ours: int, below: int) -> Table:
        """Region by region and channel by channel: how many, how long, and over which days.

        Numbers of few people are withheld.
        """
        regions = sorted(
            {region for region, _ in self.days}, key=lambda one: (one is None, str(one))
        )
        [sizes] = withhold([[self._people(region) for region in regions]], below)
        rows = [
            (
                region or UNPLACED,
                channel,
                size,
                max(days for one, days in self.days if one == region),
                "names none" if most is None else most,
                self._over(region, most, size),
                self._over(region, ours, size),
            )
            for region, size in zip(regions, sizes, strict=True)
            for channel, most in self._laws(region)
        ]
        return Table(
            title="How long refusals took, by region and channel",
            columns=(
                *("region", "channel", "refusals", "the longest took", "days the law gives"),
                *("took longer than that", f"took over our {ours} days"),
            ),
            rows=tuple(rows),
        )

    def _laws(self, region: str | None) -> list[tuple[str, int | None]]:
        return [*self.given[region].items()] or [("every channel", None)]

    def _people(self, region: str | None) -> int:
        return sum(people for (one, _), people in self.days.items() if one == region)

    def _over(self, region: str | None, limit: int | None, size: int | None) -> int | str | None:
        if limit is None:
            return "does not apply"
        if size is None:
            return None
        return sum(n for (one, days), n in self.days.items() if one == region and days > limit)


def lags(case: Case, given: Callable[[str | None], Given]) -> Lags:
    """Count everybody who is suppressed; `given` is what the law of a region gives."""
    region: tuple[str, ...] = ("region",) if case.audience.has("region") else ()
    counts = case.audience.count(
        *("suppression.since", "suppression.effective"),
        *region,
        where=Is("suppressed", value=True),
    )
    found: Counter[tuple[str | None, int]] = Counter()
    unknown = 0
    for count in counts:
        since, effective, *where = count.values
        if since is None or effective is None or effective < since:
            unknown += count.people
            continue
        found[where[0] if where else None, int(np.busday_count(since, effective))] += count.people
    regions = {one for one, _ in found}
    return Lags(days=dict(found), unknown=unknown, given={one: given(one) for one in regions})


def picture(found: Lags, ours: int, holidays: str) -> Distribution:
    """The days as bars, with our limit and those of the law drawn in."""
    by_days: Counter[int] = Counter()
    for (_, days), people in found.days.items():
        by_days[days] += people
    laws = sorted({most for given in found.given.values() for most in given.values()})
    lines = [Line(at=ours + 1, name=f"over our {ours} days from here")]
    lines += [Line(at=most + 1, name=f"over the law's {most} days from here") for most in laws]
    drawn = range(max(by_days) + 1) if max(by_days) <= LONGEST else sorted(by_days)
    return Distribution(
        title="How long refusals took to work",
        unit="business days",
        bins=tuple(Bin(low=day, high=day + 1, people=by_days[day]) for day in drawn),
        lines=tuple(lines),
        says=f"Weekends are left out, other holidays are not ({holidays}).",
    )
