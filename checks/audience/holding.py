"""How the person view holds facts: yes and no as a number, the rules together as bits of one.

A database counts whole numbers of a known range much faster than yes and no.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from checks.audience.engine import smallest
from checks.audience.facts import Fact, Kind

TOGETHER = 8
"""So many rules share a column."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """Facts as the person view holds them, and its columns as SQL over a row with the facts."""

    facts: Mapping[str, Fact]
    columns: Mapping[str, str]


def held(drafted: Iterable[Fact]) -> Held:
    """How each of these facts is held; whether a rule is met is always known."""
    facts, columns, rules = {}, {}, 0
    for fact in drafted:
        if not fact.name.startswith("rule."):
            facts[fact.name] = fact
            columns[fact.column] = as_number(fact.kind, fact.column)
            continue
        column, bit = f"rules_{rules // TOGETHER}", rules % TOGETHER
        facts[fact.name] = replace(fact, column=column, bit=bit, values=1 << TOGETHER)
        more = f"{as_number('bool', fact.column)} * {1 << bit}"
        columns[column] = f"{columns[column]} + {more}" if column in columns else more
        rules += 1
    small = smallest(1 << TOGETHER)
    packed = {name: sql for name, sql in columns.items() if name.startswith("rules_")}
    return Held(
        facts=facts,
        columns={**columns, **{name: f"CAST({sql} AS {small})" for name, sql in packed.items()}},
    )


def as_number(kind: Kind, sql: str) -> str:
    """A value as it is held."""
    return f"CAST({sql} AS UTINYINT)" if kind == "bool" else sql
