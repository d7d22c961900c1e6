"""Columns that a campaign names and a table lacks, where the table stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checks.campaign import Campaign
from checks.intake.mapping import uses
from checks.refusal import Problem

Kinds = Mapping[str, Mapping[str, str | None]]
"""By role and name, what a column holds; None where that cannot be counted."""


def lacking(campaign: Campaign, kinds: Kinds) -> Iterator[Problem]:
    """Every problem with the columns that a campaign needs."""
    for use in uses(campaign):
        there = kinds.get(use.role)
        if there is None or not use.required or use.inherited:
            continue
        where = ", ".join(["campaign.yaml", ".".join(map(str, use.place))])
        if use.column not in there:
            yield Problem(
                where=where,
                what=f"The table has no column “{use.column}”.",
                cure="Name one that it has, or a view that has it.",
            )
        elif there[use.column] is None:
            yield Problem(
                where=where,
                what=f"The column “{use.column}” is of a type that cannot be counted.",
                cure="Name a view in which it is text, a number, a day or yes and no.",
            )
    key = campaign.people.key
    if key is not None and kinds["people"].get(key) == "number":
        yield Problem(
            where="campaign.yaml, people.key",
            what=f"The key “{key}” is a number with decimals, so people cannot be told by it.",
            cure="Name a view in which it is text or a whole number.",
        )
