"""How the person view holds facts: yes and no as a number, the rules together as bits of one.

A database counts whole numbers of a known range much faster than yes and no, and one column much
faster than three. So attributes are held once more, some together as one number: the counts of it
tell those of each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from math import prod

from checks.audience.engine import smallest
from checks.audience.facts import Fact, Kind

TOGETHER = 8
"""So many rules share a column."""
PACK = 9
"""Attributes are held together in numbers of so many bits: two of them, and who is on the list, can
be told apart in one pass."""


@dataclass(frozen=True, slots=True)
class Pack:
    """Attributes held together as one number, the first counting most."""

    column: str
    parts: tuple[tuple[str, int], ...]
    """The column of each, and how many values it has, not known among them as the last."""

    @property
    def values(self) -> int:
        """So many numbers there are."""
        return prod(many for _, many in self.parts)

    @property
    def sql(self) -> str:
        """The number, as SQL over a row with the facts."""
        sql = "0"
        for column, many in self.parts:
            sql = f"({sql}) * {many} + coalesce({column}, {many - 1})"
        return f"CAST({sql} AS {smallest(self.values)})"


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """Facts as the person view holds them, and its columns as SQL over a row with the facts."""

    facts: Mapping[str, Fact]
    columns: Mapping[str, str]
    packs: tuple[Pack, ...] = ()


def held(drafted: Collection[Fact], *, packed: bool) -> Held:
    """How each of these facts is held; whether a rule is met is always known.

    Where they are not `packed`, attributes are not held together as well.
    """
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
    rule_bits = {name: sql for name, sql in columns.items() if name.startswith("rules_")}
    packs = _packs(drafted) if packed else ()
    whole = {name: f"CAST({sql} AS {small})" for name, sql in rule_bits.items()}
    whole |= {pack.column: pack.sql for pack in packs}
    return Held(facts=facts, columns={**columns, **whole}, packs=packs)


def _packs(drafted: Iterable[Fact]) -> tuple[Pack, ...]:
    """Attributes put together, those of most values first, each where there is room left for it."""
    sizes = {f.column: len(f.shown) + 1 for f in drafted if f.name.startswith("attribute.")}
    packs: list[dict[str, int]] = []
    for column, many in sorted(sizes.items(), key=lambda one: -one[1]):
        able = (one for one in packs if prod(one.values()) * many + 1 < 1 << PACK)
        into = next(able, None)
        if into is None:
            packs.append(into := {})
        into[column] = many
    made = (tuple(one.items()) for one in packs if len(one) > 1)
    return tuple(Pack(f"pack_{n}", parts) for n, parts in enumerate(made))


def as_number(kind: Kind, sql: str) -> str:
    """A value as it is held."""
    return f"CAST({sql} AS UTINYINT)" if kind == "bool" else sql
