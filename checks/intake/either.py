"""Days and numbers that can be read in two ways, with what each reading would make of them.

Nothing is guessed: a person chooses one, or says that nobody knows; then they stay words.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from dataclasses import dataclass

from checks.campaign import ReadAs
from checks.intake.doubts import shown
from checks.intake.loader import Loader

DAY = "([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})([ T].*)?"
WHOLE = "-?(0|[1-9][0-9]{0,14})"
COMMA = "-?[1-9][0-9]{0,2}(,[0-9]{3})+"
PEEK = 200
"""Values looked at first."""
POINT = "-?[1-9][0-9]{0,2}([.][0-9]{3})+"


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """One reading of a column, and the evidence for and against it."""

    read_as: ReadAs
    says: str


def ways(loader: Loader) -> tuple[Way, ...]:
    """The readings of the column in the table `seen`; none where there is no doubt."""
    if not _may_be(loader):
        return ()
    return _days(loader) or _marks(loader, COMMA, ",") or _marks(loader, POINT, ".")


def _may_be(loader: Loader) -> bool:
    """Whether a column is worth a closer look: few are, and looking closely takes time."""
    marked = " OR ".join(f"contains(v, '{mark}')" for mark in "./-,")
    [(any_mark, alike)] = loader.run(
        f"SELECT (SELECT coalesce(bool_or({marked}), false) FROM seen), "
        "(SELECT coalesce(bool_and(regexp_full_match(v, $look)), false) "
        f"FROM (SELECT v FROM seen LIMIT {PEEK}))",
        {"look": f"{DAY}|{WHOLE}|{COMMA}|{POINT}"},
    )
    return bool(any_mark and alike)


def _days(loader: Loader) -> tuple[Way, ...]:
    """Day or month first, where every value could be either."""
    part = "TRY_CAST(regexp_extract(v, $day, {}) AS INTEGER)"
    sure = f"{part.format(1)} > 12 OR {part.format(2)} > 12 OR {part.format(1)} * {part.format(2)}"
    both = "try_strptime(regexp_replace(v, $day, '\\1-\\2-\\3'), '{}-%Y')"
    ends = ", ".join(
        f"strftime({end}({both.format(form)}), '%-d %B %Y')"
        for form in ("%d-%m", "%m-%d")
        for end in ("min", "max")
    )
    [(days, other, clear, *told)] = loader.run(
        "SELECT count(*) FILTER (regexp_full_match(v, $day)), "
        f"count(*) FILTER (NOT regexp_full_match(v, $day)), count(*) FILTER ({sure} = 0), {ends} "
        "FROM seen",
        {"day": DAY},
    )
    if not days or other or clear or None in told:
        return ()
    return (
        Way(read_as="day_first", says=f"the day first: {_span(*told[:2])}"),
        Way(read_as="month_first", says=f"the month first: {_span(*told[2:])}"),
    )


def _marks(loader: Loader, look: str, mark: str) -> tuple[Way, ...]:
    """A comma or a point behind which three digits always follow: decimals, or thousands."""
    decimal = f"TRY_CAST(replace(v, '{mark}', '.') AS DOUBLE)"
    thousands = f"TRY_CAST(replace(v, '{mark}', '') AS DOUBLE)"
    [(marked, other, twice, *ends)] = loader.run(
        "SELECT count(*) FILTER (regexp_full_match(v, $look)), "
        "count(*) FILTER (NOT regexp_full_match(v, $look) AND NOT regexp_full_match(v, $whole)), "
        f"count(*) FILTER (length(v) - length(replace(v, '{mark}', '')) > 1), "
        f"min({decimal}), max({decimal}), min({thousands}), max({thousands}) FROM seen",
        {"look": look, "whole": WHOLE},
    )
    if not marked or other:
        return ()
    name = "comma" if mark == "," else "point"
    low, high, least, most = (shown(end) if end is not None else "" for end in ends)
    apart = Way(
        read_as="thousands_comma" if mark == "," else "thousands_point",
        says=f"a {name} between thousands: {_span(least, most)}",
    )
    if twice:
        return (apart,)
    cut = Way(
        read_as="decimal_comma" if mark == "," else "decimal_point",
        says=f"a {name} before decimals: {_span(low, high)}",
    )
    return (cut, apart)


def _span(first: str, last: str) -> str:
    return first if first == last else f"from {first} to {last}"
