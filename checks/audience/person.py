"""Build the person view: one row a person, its columns the facts as of launch."""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product

from checks.audience import attributes, matching, outside, remarks, sides, traits
from checks.audience.drafts import Drafting
from checks.audience.engine import Engine
from checks.audience.facts import Fact
from checks.audience.folding import Folded, fold
from checks.audience.holding import Pack, held
from checks.audience.keys import Draft, KeyFacts
from checks.audience.listed import Listed, listed, require, too_many, weight
from checks.audience.permissions import Said, from_columns, order
from checks.audience.reading import Reading, truth
from checks.audience.rows import Rows
from checks.audience.tables import Table
from checks.campaign import Attribute, Campaign, VulnerableFlag
from checks.runs import watching

WORDS = 1000
"""A declared field with more words than this is no category."""
KEY = "CASE WHEN folded.key IS NOT NULL THEN folded.spelt END AS key"
"""Each person's key as the file writes it; one of them where its rows write it differently."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Told:
    """What the people file tells of each person, and who it says is on the list."""

    drafts: list[Draft]
    said: list[Said]
    listed: Listed


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """The person view, and what was counted while it was built."""

    facts: Mapping[str, Fact]
    packs: tuple[Pack, ...]
    keys: KeyFacts
    impossible_ages: int
    future_dates: int
    unmatched: Mapping[str, int]
    late_refusals: int
    strange_channels: Mapping[str, int]
    test_events: int
    unlinked: Mapping[str, int]
    outside: outside.Outside


def build(
    engine: Engine,
    tables: Mapping[str, Table],
    campaign: Campaign,
    *,
    sensitive_from: int,
    keyed: bool = False,
) -> View:
    """Build the table `person`, and drop every table it was built from.

    A field of at least this sensitivity names a trait of people. Keys are left out of the table,
    except for the lists (`checks.audience.leaving`).
    """
    reading = Reading(engine, tables["people"], campaign.people.missing, campaign.time_zone)
    require(reading, campaign.people)
    told = _told(reading, campaign, sensitive_from)
    rows = _rows(reading, campaign, told, keyed=keyed)
    reading.run(rows.view)
    if told.listed.people and (wrong := too_many(engine)):
        raise wrong
    impossible = _impossible(reading, campaign)
    future = _future(rows, told.said, campaign)
    folded = fold(engine, rows)
    drafted = {draft.fact.name: draft.fact for draft in told.drafts}
    unlinked = matching.keep(engine, reading, campaign) if rows.keyed else {}
    beside = sides.Sides(engine, tables, campaign).read(drafted) if rows.keyed else sides.NONE
    kept = held(drafted.values(), packed=not engine.far)
    if rows.spelt:
        beside = _with_keys(beside, campaign)
    _fill(rows, kept.columns, folded, beside, parted=told.listed.people is not None)
    elsewhere = outside.read(engine, tables, campaign)
    engine.keep("person")
    return View(
        facts={**kept.facts, **beside.facts},
        packs=kept.packs,
        keys=folded.keys,
        impossible_ages=impossible,
        future_dates=future + beside.future_dates,
        unmatched=beside.unmatched,
        late_refusals=beside.late_refusals,
        strange_channels=beside.strange_channels,
        test_events=beside.test_events,
        unlinked=unlinked,
        outside=elsewhere,
    )


def _told(reading: Reading, campaign: Campaign, sensitive_from: int) -> _Told:
    """Draft everything that the people file tells of a person."""
    drafting = Drafting(reading)
    on_list = listed(reading, campaign.people)
    drafting.add("targeted", "bool", on_list.sql, fold="any")
    _draft_people(drafting, campaign)
    traits.draft(drafting, campaign, sensitive_from)
    remarks.draft(drafting, campaign)
    said = _draft_permissions(drafting, campaign)
    return _Told(drafts=drafting.drafts, said=said, listed=on_list)


def _rows(reading: Reading, campaign: Campaign, told: _Told, *, keyed: bool) -> Rows:
    """The rows of the people file as facts; nothing is read yet."""
    key = campaign.people.key if campaign.people.weight is None else None
    columns = {
        "key": reading.key(key) if key else "CAST(NULL AS VARCHAR)",
        **({"spelt": reading.spelt(key)} if key and keyed else {}),
        **({"place": reading.place} if reading.place else {}),
        "weight": weight(reading, campaign.people) or "CAST(1 AS TINYINT)",
        "listed": told.listed.people or "CAST(NULL AS BIGINT)",
        **(matching.links(reading, campaign) if key else {}),
        **{f"at_{one.channel}": one.at for one in told.said},
        **{draft.fact.column: draft.sql for draft in told.drafts},
    }
    return Rows(
        reading=reading,
        columns=columns,
        keyed=key is not None,
        spelt=key is not None and keyed,
        drafts=told.drafts,
        orders=_orders(told.drafts, told.said, campaign),
    )


def _draft_people(drafting: Drafting, campaign: Campaign) -> None:
    reading, people = drafting.reading, campaign.people
    drafting.add_words("segment", people.segment)
    for name, attribute in campaign.attributes.items():
        if reading.has(attribute.column):
            shown, sql = attributes.groups(reading, attribute, campaign.launch)
            drafting.add(f"attribute.{name}", "text", sql, shown=shown)
    aged = _aged(reading, campaign)
    if aged is not None:
        drafting.add("age", "integer", attributes.age(reading, aged, campaign.launch))
    for name in people.quasi_identifiers:
        meant = campaign.attributes.get(name)
        if meant is None:
            drafting.add_words(f"quasi.{name}", name)
        elif reading.has(meant.column):
            shown, sql = attributes.groups(reading, meant, campaign.launch)
            drafting.add(f"quasi.{name}", "text", sql, shown=shown)
    for place, rule in enumerate(campaign.rules or ()):
        if reading.has(rule.column):
            drafting.add(f"rule.{place}", "bool", attributes.meets(reading, rule), fold="all")
    named = {rule.column for rule in campaign.rules or () if rule.among or rule.not_among}
    for column in _fields(reading, campaign):
        _draft_field(drafting, column, named=column in named)
    drafting.add_words("language", people.language)
    drafting.add_words("region", people.region)
    _draft_flags(drafting, campaign)


def _aged(reading: Reading, campaign: Campaign) -> Attribute | None:
    found = (a for a in campaign.attributes.values() if a.as_ != "text" and reading.has(a.column))
    return next(found, None)


def _fields(reading: Reading, campaign: Campaign) -> list[str]:
    ruled = [rule.column for rule in campaign.rules or ()]
    declared = [
        field.name
        for field in campaign.fields or ()
        if reading.has(field.name) and _is_category(reading, field.name)
    ]
    named = dict.fromkeys([*ruled, *campaign.people.quasi_identifiers, *declared])
    return [one for one in named if reading.has(one) and one != campaign.people.key]


def _is_category(reading: Reading, column: str) -> bool:
    """Whether a column has few enough words to count by; numbers and days are always facts."""
    kept = reading.table.columns[column]
    if kept.type != "text":
        return True
    if reading.table.coded and kept.dictionary is None:
        return False
    return reading.distinct(column) <= WORDS


def _draft_field(drafting: Drafting, column: str, *, named: bool) -> None:
    """A column as a fact; numbers that a rule names one by one, as postcodes, are words."""
    reading, name = drafting.reading, f"field.{column}"
    kind = reading.table.columns[column].type
    if named and kind == "integer" and reading.distinct(column) <= WORDS:
        drafting.add_words(name, column)
        return
    match kind:
        case "integer" | "number":
            amount = reading.narrow(column, reading.number(column))
            drafting.add(name, "number", amount, key=False, whole=kind == "integer")
        case "day" | "time":
            drafting.add(name, "day", reading.day(column), key=False)
        case "text" | "bool":
            drafting.add_words(name, column)


def _draft_flags(drafting: Drafting, campaign: Campaign) -> None:
    reading = drafting.reading
    for name, flag in campaign.people.vulnerable.items():
        column = flag.column if isinstance(flag, VulnerableFlag) else flag
        if reading.has(column):
            held = _flagged(reading, column)
            drafting.add(f"vulnerable.{name}", "bool", held, fold="any")
    suppression = campaign.suppression
    if suppression is not None and _says_something(reading, suppression.column):
        assert suppression.column is not None
        held = f"coalesce({reading.truth(suppression.column, otherwise=True)}, FALSE)"
        drafting.add("suppressed", "bool", held, fold="any")
    contacts = campaign.contacts
    if contacts is not None:
        for name in ("email_7d", "text_push_7d", "total_30d"):
            column = getattr(contacts, name)
            if reading.has(column):
                stated = reading.number(column)
                amount = f"CASE WHEN {stated} >= 0 THEN CAST(floor({stated}) AS BIGINT) END"
                drafting.add(f"contacts.{name}", "integer", amount)


def _flagged(reading: Reading, column: str) -> str:
    """A flag; a column that never says no names all who have it, and blanks are the others."""
    held = reading.truth(column, otherwise=True)
    words = [word for _, word in reading.words(column) if not reading.unknown(word)]
    names_all = bool(words) and all(truth(word, True) for word in words)
    return f"coalesce({held}, FALSE)" if names_all else held


def _says_something(reading: Reading, column: str | None) -> bool:
    """Whether a column has a known value for anybody; one that is empty throughout says nothing."""
    return reading.has(column) and any(
        not reading.unknown(word) for _, word in reading.words(column)
    )


def _draft_permissions(drafting: Drafting, campaign: Campaign) -> list[Said]:
    found = []
    for name, channel in campaign.channels.items():
        _draft_refused(drafting, name, channel.refused)
        said = from_columns(drafting.reading, name, channel)
        if said is not None:
            found.append(said)
            for part in said.parts:
                drafting.add(
                    part.fact, part.kind, part.sql, shown=part.shown, fold="said", channel=name
                )
    return found


def _draft_refused(drafting: Drafting, name: str, columns: tuple[str, ...]) -> None:
    """Who said no to a channel in a column of its own; any word but a no or nothing says so."""
    reading = drafting.reading
    said = [reading.truth(one, otherwise=True) for one in columns if reading.has(one)]
    if said:
        sql = " OR ".join(f"coalesce({one}, FALSE)" for one in said)
        drafting.add(f"{name}.refused", "bool", f"({sql})", fold="any")


def _orders(drafts: list[Draft], said: list[Said], campaign: Campaign) -> dict[str, str]:
    columns = {draft.fact.name: draft.fact.column for draft in drafts}
    launch = f"DATE '{campaign.launch.isoformat()}'"
    orders = {}
    for one in said:
        ties = [
            columns[fact]
            for fact in (f"{one.channel}.proof", f"{one.channel}.purpose_fits")
            if fact in columns
        ]
        status = columns[f"{one.channel}.status"]
        orders[one.channel] = order(status, f"at_{one.channel}", launch, *ties)
    return orders


def _with_keys(beside: sides.Beside, campaign: Campaign) -> sides.Beside:
    """What stands beside each person, with the key and everything else they are met by."""
    links, joins = matching.listed(campaign)
    return replace(
        beside,
        columns=(*beside.columns, KEY, *links),
        joins=f"{beside.joins} {joins}",
    )


def _fill(
    rows: Rows,
    columns: Mapping[str, str],
    folded: Folded,
    beside: sides.Beside,
    *,
    parted: bool,
) -> None:
    """Make `person`: a row that is partly on the list becomes two, on it and off it."""
    targeted, *others = (f"{sql} AS {name}" for name, sql in columns.items())
    more = [*others, *beside.columns]
    select, whole = (
        ", ".join(["weight", targeted, *more]),
        " WHERE listed IS NULL" if parted else "",
    )
    made = "CREATE TABLE person AS"
    sources = [f"{one} {beside.joins}" for one in _at_once(folded, beside)]
    for done, source in enumerate(sources):
        watching.tell(_read(rows, done), done / len(sources))
        rows.reading.run(f"{made} SELECT {select} FROM {source}{whole}")
        made = "INSERT INTO person"
    halves = [("listed", "1"), ("weight - listed", "0")] if parted else []
    for source, (people, on) in product(sources, halves):
        split = ", ".join([people, on, *more])
        rows.reading.run(f"{made} SELECT {split} FROM {source} WHERE listed IS NOT NULL")


def _at_once(folded: Folded, beside: sides.Beside) -> tuple[str, ...]:
    """What people are read from; all in one where each would be joined to the files beside."""
    if not beside.joins or len(folded.sources) == 1:
        return folded.sources
    every = " UNION ALL ".join(f"SELECT * FROM {one}" for one in folded.sources)
    return (f"({every}) AS folded",)


def _read(rows: Rows, done: int) -> str:
    """How far it is when so many parts are read, and the rows that were folded come after them."""
    read = rows.parts[done].first if done < len(rows.parts) else rows.many
    return f"{read:,} of {rows.many:,} rows are read as people."


def _future(rows: Rows, said: list[Said], campaign: Campaign) -> int:
    """Rows with a permission dated after the file was exported."""
    if not said:
        return 0
    exported = rows.reading.value(campaign.people.exported or campaign.launch)
    after = " OR ".join(f"CAST(at_{one.channel} AS DATE) > {exported}" for one in said)
    dated = rows.where("TRUE", *(f"at_{one.channel}" for one in said))
    [(found,)] = rows.reading.run(f"SELECT count(*) FROM ({dated}) AS dated WHERE {after}")
    return int(found)


def _impossible(reading: Reading, campaign: Campaign) -> int:
    aged = _aged(reading, campaign)
    if aged is None:
        return 0
    said = attributes.stated_age(reading, aged, campaign.launch)
    stated = reading.by_value(aged.column, "INTEGER", said)
    heavy = weight(reading, campaign.people) or "1"
    wrong = f"NOT (stated BETWEEN 0 AND {attributes.OLDEST})"
    [(people,)] = reading.run(
        f"SELECT coalesce(CAST(sum(people) FILTER ({wrong}) AS BIGINT), 0) FROM "
        f"(SELECT {stated} AS stated, sum({heavy}) AS people FROM {reading.source} GROUP BY 1)"
    )
    return int(people)
