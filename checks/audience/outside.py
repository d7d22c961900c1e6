"""Counts of a population outside our own file, by attribute and group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from checks.audience.attributes import band
from checks.audience.engine import Engine
from checks.audience.listed import whole
from checks.audience.reading import Reading
from checks.audience.tables import Table
from checks.campaign import Campaign

Outside = Mapping[str, Mapping[str, int]]
"""By attribute and group, so many people."""


def read(engine: Engine, tables: Mapping[str, Table], campaign: Campaign) -> Outside:
    """The people outside by attribute and group; a plain age stands for its band.

    Raises `checks.refusal.Refused` where a count is no whole number of people.
    """
    told, table = campaign.population, tables.get("population")
    if told is None or table is None:
        return {}
    reading = Reading(engine, table, campaign.people.missing, campaign.time_zone)
    people = whole(reading, told.people, "population.people")
    attribute, group = reading.known(told.attribute), reading.known(told.group)
    found: dict[str, Counter[str]] = {}
    rows = reading.run(
        f"SELECT {attribute}, {group}, CAST(sum({people}) AS BIGINT) FROM {reading.source} "  # noqa: S608 — names are ours
        "GROUP BY ALL ORDER BY 1, 2"
    )
    for name, word, many in rows:
        if name in campaign.attributes and word is not None:
            ends = campaign.attributes[name].bands
            found.setdefault(name, Counter())[band(word, ends)] += many
    return found
