"""What else the people file says: notice, activity, terms, score, strata, and sensitive traits."""

from __future__ import annotations

from checks.audience import attributes
from checks.audience.drafts import Drafting
from checks.audience.facts import ABSENT
from checks.audience.reading import FALSE, TRUE
from checks.campaign import Attribute, Campaign, DataField

STRATA = 100
"""A column with more values than this, and without bands, makes no strata."""
TRAITS = 1000
"""A sensitive column with more values than this names no trait."""


def draft(drafting: Drafting, campaign: Campaign, sensitive_from: int) -> None:
    """Draft everything that the people file says beyond groups, rules and permissions."""
    people = campaign.people
    for name in ("time_zone", "offer", "creative"):
        drafting.add_words(name, getattr(people, name))
    drafting.add_day("last_activity", people.last_activity, fold="most")
    if people.notice is not None:
        drafting.add_words("notice.version", people.notice.version)
        drafting.add_day("notice.given", people.notice.given)
    _amount(drafting, "price", people.price)
    _amount(drafting, "score", people.score.column if people.score else None)
    for name, channel in campaign.channels.items():
        for known in ("purchased", "inquired"):
            column = getattr(channel.relation, known, None)
            drafting.add_day(f"{name}.{known}", column, fold="most")
    _strata(drafting, campaign)
    for field in campaign.fields or ():
        if field.role == "special" or (field.sensitivity or 0) >= sensitive_from:
            _trait(drafting, field)
            _agreed(drafting, field)


def _amount(drafting: Drafting, name: str, column: str | None) -> None:
    if column is not None and drafting.reading.has(column):
        drafting.add(name, "number", drafting.reading.number(column), key=False)


def _strata(drafting: Drafting, campaign: Campaign) -> None:
    reading = drafting.reading
    for one in campaign.stratifiers or ():
        meant = campaign.attributes.get(one.column)
        meant = meant or Attribute(column=one.column, bands=one.bands)
        if not reading.has(meant.column):
            continue
        if meant.bands or reading.distinct(meant.column) <= STRATA:
            shown, sql = attributes.groups(reading, meant, campaign.launch)
            drafting.add(f"stratum.{one.column}", "text", sql, shown=shown)


def _trait(drafting: Drafting, field: DataField) -> None:
    """The values of a sensitive column; those that stand for "does not have it" are one."""
    reading = drafting.reading
    if not reading.has(field.name) or reading.distinct(field.name) > TRAITS:
        return
    found = {word for _, word in reading.words(field.name) if not reading.unknown(word)}
    without = {word.strip().casefold() for word in field.absent}
    if all(word.casefold() in TRUE | FALSE | without for word in found):
        without |= FALSE
    traits = attributes.sorted_words({w for w in found if w.casefold() not in without})
    shown = (ABSENT, *traits)
    places = {word: place for place, word in enumerate(shown)}

    def place(word: str) -> int | None:
        return None if reading.unknown(word) else places.get(word, 0)

    sql = reading.mapped(field.name, "INTEGER", place)
    drafting.add(f"special.{field.name}", "text", sql, shown=shown)


def _agreed(drafting: Drafting, field: DataField) -> None:
    """Who agreed explicitly to a sensitive field, where a column of the file says so."""
    column = field.explicit_consent
    if column is not None and drafting.reading.has(column):
        said = drafting.reading.truth(column, otherwise=True)
        drafting.add(f"explicit.{field.name}", "bool", f"coalesce({said}, FALSE)", fold="all")
