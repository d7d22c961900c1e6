"""Rules as people write them, one a line: ``balance at least 1000, because product minimum``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checks.refusal import Problem, Refused

HOW = {
    "at least": "at_least",
    "at most": "at_most",
    "one of": "among",
    "none of": "not_among",
}
"""The words of a line, and what they are called in the campaign file."""
WORDS = "|".join(HOW)
LINE = re.compile(
    rf"(?P<column>.+?)\s+(?P<held>(?:{WORDS})\s.+?)(?:,?\s+because:?\s+(?P<because>.+))?",
    re.IGNORECASE,
)
PART = re.compile(rf"\s+and\s+(?=(?:{WORDS})\s)", re.IGNORECASE)
EXAMPLE = "balance at least 1000, because product minimum"
CURE = f"Write a column, then at least, at most, one of or none of. Such as: {EXAMPLE}."

Rule = dict[str, Any]


def lines(rules: Sequence[Mapping[str, Any]]) -> str:
    """Rules as text, one a line.

    >>> print(lines([{"column": "age", "at_least": 18.0, "because": "the law"}]))
    age at least 18, because the law
    """
    return "\n".join(_line(rule) for rule in rules)


def read(text: str, told: Sequence[Mapping[str, Any]] = ()) -> list[Rule]:
    """The rules of a text, a line that is as before with all it said; refused with its line."""
    before = {_line(rule): dict(rule) for rule in told}
    rules, problems = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        said = " ".join(line.split())
        if not said:
            continue
        rule = before.get(said) or _read(said)
        if rule is None:
            where, what = f"Rules, line {number}", "It cannot be read as a rule."
            problems.append(Problem(where=where, what=what, cure=CURE))
        else:
            rules.append(rule)
    if problems:
        raise Refused(problems)
    return rules


def _line(rule: Mapping[str, Any]) -> str:
    held = " and ".join(_held(rule))
    because = f", because {rule['because']}" if rule.get("because") else ""
    return f"{rule['column']} {held}{because}"


def _held(rule: Mapping[str, Any]) -> Iterator[str]:
    for words, name in HOW.items():
        value = rule.get(name)
        if isinstance(value, list | tuple):
            yield f"{words} {', '.join(str(one) for one in value)}"
        elif value is not None:
            yield f"{words} {value:g}"


def _read(said: str) -> Rule | None:
    found = LINE.fullmatch(said)
    if found is None:
        return None
    rule: Rule = {"column": found["column"]}
    for part in PART.split(found["held"]):
        words = next(one for one in HOW if part.lower().startswith(one))
        value = _value(HOW[words], part[len(words) :].strip())
        if value is None:
            return None
        rule[HOW[words]] = value
    return {**rule, "because": found["because"]} if found["because"] else rule


def _value(name: str, said: str) -> float | list[str] | None:
    """A number for a bound, a list of values otherwise; None where it is neither."""
    if name in ("among", "not_among"):
        return [one.strip() for one in said.split(",") if one.strip()] or None
    try:
        return float(said.replace(",", ""))
    except ValueError:
        return None
