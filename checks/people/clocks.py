"""What the clock says where people live, while messages go out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from checks import places
from checks.written import strict_yaml

FILE = places.DATA / "time_zones.yaml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Hours:
    """The hours of a day in which people may be reached, both ends included."""

    start: time
    end: time

    @classmethod
    def read(cls, written: Iterable[str]) -> Hours:
        """From two times such as 08:00 and 21:00."""
        start, end = (time.fromisoformat(one) for one in written)
        return cls(start=start, end=end)

    def within(self, other: Hours) -> Hours:
        """The hours that both allow."""
        return Hours(start=max(self.start, other.start), end=min(self.end, other.end))

    def __str__(self) -> str:
        return f"{self.start:%H:%M} to {self.end:%H:%M}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """From when to when messages go out: two moments with their zone."""

    start: datetime
    end: datetime

    def at(self, zone: ZoneInfo) -> Span:
        """The same moments by another clock."""
        return Span(start=self.start.astimezone(zone), end=self.end.astimezone(zone))

    def inside(self, hours: Hours) -> bool:
        """Whether the whole of it lies in the hours of one day, by its own clock."""
        begins, ends = self.start, self.end
        return (
            begins.date() == ends.date()
            and hours.start <= begins.time() <= ends.time() <= hours.end
        )

    def __str__(self) -> str:
        later = " the next day" if self.start.date() < self.end.date() else ""
        return f"{self.start:%H:%M} to {self.end:%H:%M}{later}"


def span(day: date, start: time, end: time, zone: ZoneInfo) -> Span:
    """A send on a day; one that ends before it begins ends on the next day."""
    begins = datetime.combine(day, start, zone)
    ends = datetime.combine(day if end >= start else day + timedelta(days=1), end, zone)
    return Span(start=begins, end=ends)


def allowed(day: date, hours: Hours, zones: Iterable[ZoneInfo], home: ZoneInfo) -> Span | None:
    """When, by the clock at home, it is within the hours in every zone; None where never."""
    starts, ends = [], []
    for zone in zones:
        starts.append(datetime.combine(day, hours.start, zone).astimezone(home))
        ends.append(datetime.combine(day, hours.end, zone).astimezone(home))
    if not starts or max(starts) >= min(ends):
        return None
    return Span(start=max(starts), end=min(ends))


def zone(name: str | None) -> ZoneInfo | None:
    """A time zone by its name; None where there is none of that name.

    >>> zone("Europe/Berlin").key, zone("Mars"), zone("../etc/passwd")
    ('Europe/Berlin', None, None)
    """
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zones_of(region: str) -> tuple[ZoneInfo, ...]:
    """Every time zone of a region; empty where it is not listed.

    >>> [one.key for one in zones_of("US-TX")], zones_of("XX")
    (['America/Chicago', 'America/Denver'], ())
    """
    listed = _listed()
    names = listed.get(region, listed.get(region.partition("-")[0], ()))
    return tuple(found for one in names if (found := zone(one)))


@cache
def _listed() -> dict[str, tuple[str, ...]]:
    return {region: tuple(zones) for region, zones in strict_yaml.load(FILE).items()}
