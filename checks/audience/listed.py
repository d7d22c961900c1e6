"""Who is on the list, and how many people a row stands for."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from checks.audience.engine import Engine
from checks.audience.reading import Reading, truth
from checks.campaign import People, TargetedAmong, TargetedCount
from checks.refusal import Problem, Refused, refuse

CATEGORY = 100
"""A column with more words than this holds no names of groups, and is not quoted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """Whether a row is on the list, as SQL; or how many of its people are."""

    sql: str
    people: str | None = None


def listed(reading: Reading, people: People) -> Listed:
    """Who is on the list; everyone where the campaign does not say."""
    match people.targeted:
        case None:
            return Listed(sql="TRUE")
        case TargetedCount(count=column):
            return Listed(sql="TRUE", people=whole(reading, column, "people.targeted.count"))
        case TargetedAmong(column=column, among=among):
            return Listed(sql=_among(reading, column, among))
        case column:
            return Listed(sql=_yes(reading, column))


def weight(reading: Reading, people: People) -> str | None:
    """How many people a row stands for; None where a row is a person."""
    return whole(reading, people.weight, "people.weight") if people.weight else None


def too_many(engine: Engine) -> Refused | None:
    """The refusal where a row has more people on the list than it has people."""
    [(rows,)] = engine.run("SELECT count(*) FROM row WHERE listed > weight")
    if not rows:
        return None
    return refuse(
        "campaign.yaml, people.targeted.count",
        f"{rows:,} rows have more people on the list than they stand for.",
        "Check that the two columns of counts are not mixed up.",
    )


def require(reading: Reading, people: People) -> None:
    """Refuse a campaign whose list cannot be found because a column is not there."""
    named = {
        "key": people.key,
        "segment": people.segment,
        "weight": people.weight,
        "targeted": _column(people),
    }
    problems = [
        Problem(
            where=f"campaign.yaml, people.{place}",
            what=f"The people file has no column “{column}”.",
            cure=_near(column, list(reading.table.columns)),
        )
        for place, column in named.items()
        if column is not None and not reading.has(column)
    ]
    if problems:
        raise Refused(problems)


def _column(people: People) -> str | None:
    match people.targeted:
        case TargetedAmong(column=column) | TargetedCount(count=column):
            return column
        case column:
            return column


def _near(name: str, names: list[str]) -> str:
    near = get_close_matches(name, names, n=1)
    return f"Did you mean “{near[0]}”?" if near else "Name a column that the file has."


def _among(reading: Reading, column: str, among: tuple[str, ...]) -> str:
    wanted = {word.strip() for word in among}
    _refuse_misspelt(reading, column, wanted)
    found = reading.mapped(column, "BOOLEAN", lambda word: word in wanted or None)
    return f"coalesce({found}, FALSE)"


def _refuse_misspelt(reading: Reading, column: str, wanted: set[str]) -> None:
    """A word that no row holds, where one very like it is held, is a slip of the pen."""
    held = {word for _, word in reading.words(column)}
    if len(held) > CATEGORY:
        return
    problems = [
        Problem(
            where="campaign.yaml, people.targeted.among",
            what=f"No row of the column “{column}” holds “{word}”.",
            cure=f"Did you mean “{near[0]}”?",
        )
        for word in sorted(wanted - held)
        if (near := get_close_matches(word, sorted(held - wanted), n=1, cutoff=0.8))
    ]
    if problems:
        raise Refused(problems)


def _yes(reading: Reading, column: str) -> str:
    if reading.table.columns[column].type != "bool":
        neither = [
            word
            for _, word in reading.words(column)
            if not reading.unknown(word) and truth(word, None) is None
        ]
        if neither:
            raise refuse(
                "campaign.yaml, people.targeted",
                f"The column “{column}” holds {_values(len(neither))}.",
                f"Name the values that mean yes: {{column: {column}, among: […]}}.",
            )
    return f"coalesce({reading.truth(column, otherwise=None)}, FALSE)"


def _values(neither: int) -> str:
    if neither == 1:
        return "1 value that is neither yes nor no"
    return f"{neither:,} values that are neither yes nor no"


def whole(reading: Reading, column: str, place: str) -> str:
    """A column of whole numbers of people as SQL; refused where a row holds none."""
    amount = reading.number(column)
    [(wrong,)] = reading.ask(
        f"count(*) FILTER (WHERE NOT coalesce({amount} >= 0 AND {amount} = floor({amount}), FALSE))"
    )
    if wrong:
        raise refuse(
            f"campaign.yaml, {place}",
            f"In {wrong:,} rows the column “{column}” is no whole number of people, 0 or more.",
            "Correct these rows, or name the column that holds the counts.",
        )
    return f"CAST({amount} AS BIGINT)"
