"""Groups of people: an attribute's words, bands of a number, ages on the launch day; and rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

from checks.audience.reading import Reading, number
from checks.campaign import Attribute, Rule

OLDEST = 120
"""An age above this, or below 0, is a mistake: it is not known."""


def sorted_words(words: set[str]) -> tuple[str, ...]:
    """Words in the order people expect: numbers by size, then the alphabet."""
    return tuple(
        sorted(words, key=lambda word: (number(word) is None, number(word) or 0, word.casefold()))
    )


def words(reading: Reading, column: str) -> tuple[tuple[str, ...], str]:
    """The words of a column that are known, and SQL that gives the place of each."""
    known = {word for _, word in reading.words(column) if not reading.unknown(word)}
    ordered = sorted_words(known)
    places = {word: place for place, word in enumerate(ordered)}
    return ordered, reading.mapped(column, "INTEGER", places.get)


def groups(reading: Reading, attribute: Attribute, launch: date) -> tuple[tuple[str, ...], str]:
    """The names of an attribute's groups, and SQL that gives the place of each."""
    if attribute.as_ == "text" and not attribute.bands:
        return words(reading, attribute.column)
    if attribute.as_ == "text":
        amount = reading.number(attribute.column)
    else:
        amount = age(reading, attribute, launch)
    if not attribute.bands:
        return tuple(str(years) for years in range(OLDEST + 1)), amount
    shown, place = bands(amount, attribute.bands)
    return shown, reading.by_value(attribute.column, "UTINYINT", place)


def bands(amount: str, ends: tuple[int, ...]) -> tuple[tuple[str, ...], str]:
    """The names of bands with these lower ends, and SQL that gives the place of an amount.

    >>> bands("x", (18, 65))[0]
    ('under 18', '18 to 64', '65 and over')
    """
    cases = "".join(f" WHEN {amount} < {end} THEN {place}" for place, end in enumerate(ends))
    sql = f"CASE WHEN {amount} IS NULL THEN NULL{cases} ELSE {len(ends)} END"
    return names(ends), sql


def names(ends: tuple[int, ...]) -> tuple[str, ...]:
    """What bands with these lower ends are called."""
    between = [
        f"{low} to {high - 1}" if high - 1 > low else str(low) for low, high in pairwise(ends)
    ]
    return (f"under {ends[0]}", *between, f"{ends[-1]} and over")


def band(word: str, ends: tuple[int, ...]) -> str:
    """The band that a plain number falls into; any other word as it is.

    >>> band("64", (18, 65)), band("65 and over", (18, 65))
    ('18 to 64', '65 and over')
    """
    amount = number(word)
    if amount is None or not ends:
        return word
    return names(ends)[sum(amount >= end for end in ends)]


def stated_age(reading: Reading, attribute: Attribute, launch: date) -> str:
    """Whole years on the launch day as the file has it, however impossible."""
    if attribute.as_ == "birth_date":
        born = reading.day(attribute.column)
        later = f"(month({born}), day({born})) > ({launch.month}, {launch.day})"
        return (
            f"CASE WHEN {born} > DATE '{launch.isoformat()}' THEN -1 "
            f"ELSE {launch.year} - year({born}) - CAST({later} AS INTEGER) END"
        )
    amount = f"floor({reading.number(attribute.column)})"
    if attribute.as_ == "age":
        return amount
    this_year = f"WHEN {amount} = {launch.year} THEN 0"
    return f"CASE {this_year} ELSE {launch.year} - {amount} - 1 END"


def age(reading: Reading, attribute: Attribute, launch: date) -> str:
    """Whole years on the launch day, the younger from a birth year; NULL where impossible."""
    stated = stated_age(reading, attribute, launch)
    possible = f"CASE WHEN {stated} BETWEEN 0 AND {OLDEST} THEN CAST({stated} AS INTEGER) END"
    return reading.by_value(attribute.column, "UTINYINT", possible)


def meets(reading: Reading, rule: Rule) -> str:
    """Whether a row meets a rule.

    Where the value is not known, what the rule asks for is not met, and what it leaves out is
    not found: "at least 1000" and "among" fail, "not among" alone holds.
    """
    parts = []
    if rule.at_least is not None:
        parts.append(f"coalesce({reading.number(rule.column)} >= {rule.at_least!r}, FALSE)")
    if rule.at_most is not None:
        parts.append(f"coalesce({reading.number(rule.column)} <= {rule.at_most!r}, FALSE)")
    if rule.among is not None:
        found = reading.mapped(rule.column, "BOOLEAN", _is_among(rule.among))
        parts.append(f"coalesce({found}, FALSE)")
    if rule.not_among is not None:
        found = reading.mapped(rule.column, "BOOLEAN", _is_among(rule.not_among))
        parts.append(f"NOT coalesce({found}, FALSE)")
    return f"({' AND '.join(parts) or 'TRUE'})"


def _is_among(allowed: tuple[str, ...]) -> Callable[[str], bool | None]:
    wanted = {word.strip() for word in allowed}
    return lambda word: word in wanted or None
