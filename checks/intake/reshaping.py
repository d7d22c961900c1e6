"""Give files the shape that the campaign says they have, before their columns are stored.

Several files as several statuses; rows that sum up others; values that mean "not known" in one
column; days written day or month first; lists of events in one cell. What the campaign does not say
is never guessed.
"""
# ruff: noqa: S608 — names are ours, values are written as SQL text

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from checks.campaign import Campaign, FileParts, ReadAs
from checks.intake.loader import Loader, text
from checks.intake.mapping import SIDES, Use
from checks.intake.staged import BLANKS, Staged
from checks.refusal import refuse
from checks.written import doors

_NOTHING = "CAST(NULL AS VARCHAR)"
_SHORT_DAY = "[0-9]{1,2}([./-])[0-9]{1,2}[./-][0-9]{4}( .*)?"
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
_FORMS = {"day_first": "%d{0}%m{0}%Y", "month_first": "%m{0}%d{0}%Y"}
_GROUPED = "-?[0-9]{{1,3}}({0}?[0-9]{{3}})*({1}[0-9]+)?"
Pairs = Sequence[tuple[str, Staged]]
"""Files with their role."""


def manner(campaign: Campaign) -> dict[str, Any]:
    """What of the campaign decides the shape, where it says anything: part of a snapshot's id."""
    people = campaign.people
    sections: dict[str, FileParts | None] = {
        role: getattr(campaign, role) for role in ("people", *SIDES)
    }
    told: dict[str, Any] = {
        "dates": {role: one.dates for role, one in sections.items() if one and one.dates},
        "missing_in": {column: sorted(words) for column, words in people.missing_in.items()},
        "same": {column: _kept(words) for column, words in people.same.items()},
        "totals": {column: sorted(words) for column, words in people.totals.items()},
        "read_as": {role: dict(one.read_as) for role, one in sections.items() if one},
        "labels": _labels(campaign),
        "each": campaign.permissions.each if campaign.permissions else None,
    }
    told["read_as"] = {role: ways for role, ways in told["read_as"].items() if ways}
    return {name: value for name, value in told.items() if value}


def reshaped(
    campaign: Campaign, loader: Loader, staged: Pairs, asked: Iterable[Use]
) -> list[tuple[str, Staged]]:
    """The files with their columns in the shape that the campaign says; raises `Refused`."""
    each = campaign.permissions.each if campaign.permissions else None
    apart = [
        (role, _events(loader, one, each) if each and role == "permissions" else one)
        for role, one in staged
    ]
    known = _without_stand_ins(campaign, _without_totals(campaign, loader, apart))
    one = _as_one(campaign, loader, known)
    dated = _with_days(campaign, one, asked)
    return _labelled(campaign, _read_as_told(campaign, dated))


def _without_totals(campaign: Campaign, loader: Loader, staged: Pairs) -> list[tuple[str, Staged]]:
    """Rows that sum up others are nobody: they are left out, and counted."""
    for column in campaign.people.totals:
        _there(staged, "people", column, "totals")

    def kept(one: Staged) -> Staged:
        sums = [
            f"trim({one.cell(column)}, {BLANKS}) IN ({', '.join(map(text, words))})"
            for column, words in campaign.people.totals.items()
            if one.has(column) and words
        ]
        return _left_out(loader, one, " OR ".join(sums)) if sums else one

    return [(role, kept(one) if role == "people" else one) for role, one in staged]


def _left_out(loader: Loader, one: Staged, sums: str) -> Staged:
    numbered = f"(SELECT row_number() OVER () AS row_, ({sums}) AS gone FROM {one.view})"
    gone = [row for (row,) in loader.run(f"SELECT row_ FROM {numbered} WHERE gone ORDER BY 1")]
    rows = len(gone)
    if not rows:
        return one
    view = f"{one.view}_kept"
    loader.run(f"CREATE VIEW {view} AS FROM {one.view} WHERE ({sums}) IS NOT TRUE")
    were = "1 row was" if rows == 1 else f"{rows:,} rows were"
    said = f"{were} left out, as a person said: {'it sums' if rows == 1 else 'they sum'} up others."
    return replace(
        one, view=view, rows=one.rows - rows, sample="", filled={}, left_out=tuple(gone),
        repairs=(*one.repairs, said),
    )  # fmt: skip


def _labels(campaign: Campaign) -> list[str]:
    named = campaign.people.file
    labelled = campaign.people.file_as and isinstance(named, dict)
    return [str(campaign.people.file_as), *named] if labelled and isinstance(named, dict) else []


def _labelled(campaign: Campaign, staged: Pairs) -> list[tuple[str, Staged]]:
    """Where each people file is a status of its own: a column says which one a row came from.

    Such files need not have the same columns: what one lacks is empty there.
    """
    column, *labels = _labels(campaign) or [""]
    people = [one for role, one in staged if role == "people"]
    if not column:
        return list(staged)
    where = doors.place("campaign.yaml", "people", "file_as")
    if len(people) != len(labels):
        what = "Under one of the labels there is more than one table."
        raise refuse(where, what, "Name one file, and of a workbook one sheet, for each label.")
    taken = next((one for one in people if one.has(column)), None)
    if taken is not None:
        what = f'{taken.name} has a column "{column}" already.'
        raise refuse(where, what, "Call the column of the labels otherwise.")
    lacking = dict.fromkeys((name for one in people for name in one.columns), _NOTHING)
    full = {
        one.view: replace(one, label=label, columns={**lacking, **one.columns, column: text(label)})
        for label, one in zip(labels, people, strict=True)
    }
    return [(role, full[one.view] if role == "people" else one) for role, one in staged]


def _without_stand_ins(campaign: Campaign, staged: Pairs) -> list[tuple[str, Staged]]:
    """Cells that mean "not known" in their column only are empty."""
    changes = {
        column: ", ".join(text(word.strip().casefold()) for word in words)
        for column, words in campaign.people.missing_in.items()
        if words
    }
    for column in changes:
        _there(staged, "people", column, "missing_in")

    def known(one: Staged) -> Mapping[str, str]:
        return {
            column: f"CASE WHEN lower(trim({one.cell(column)})) NOT IN ({words}) "
            f"THEN {one.cell(column)} END"
            for column, words in changes.items()
            if one.has(column)
        }

    return [
        (role, replace(one, columns={**one.columns, **known(one)}) if role == "people" else one)
        for role, one in staged
    ]


def _kept(words: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The word that is kept for each other word, blanks around both taken off."""
    return {
        other.strip(): keep.strip()
        for keep, others in words.items()
        for other in others
        if other.strip() != keep.strip()
    }


def _as_one(campaign: Campaign, loader: Loader, staged: Pairs) -> list[tuple[str, Staged]]:
    """Words that a person said mean the same become one; how many is said."""
    for column in campaign.people.same:
        _there(staged, "people", column, "same")
    done = []
    for role, one in staged:
        found = one
        for column, words in campaign.people.same.items():
            if role == "people" and one.has(column) and _kept(words):
                found = _merged(loader, found, column, _kept(words))
        done.append((role, found))
    return done


def _merged(loader: Loader, one: Staged, column: str, kept: Mapping[str, str]) -> Staged:
    cell = f"trim({one.cell(column)}, {BLANKS})"
    others = ", ".join(text(other) for other in kept)
    [(rows,)] = loader.run(f"SELECT count(*) FILTER ({cell} IN ({others})) FROM {one.view}")
    words = " ".join(f"WHEN {text(other)} THEN {text(keep)}" for other, keep in kept.items())
    values = "1 value was" if rows == 1 else f"{rows:,} values were"
    spelt = "1 spelling" if len(kept) == 1 else f"{len(kept)} spellings"
    said = f'In "{column}", {values} put right, as a person said: {spelt}.'
    return replace(
        one,
        columns={**one.columns, column: f"CASE {cell} {words} ELSE {one.cell(column)} END"},
        repairs=(*one.repairs, said) if rows else one.repairs,
    )


def _there(staged: Pairs, role: str, column: str, section: str) -> None:
    """Refuse a section that names a column which no file of the table has."""
    if not any(of == role and one.has(column) for of, one in staged):
        where = doors.place("campaign.yaml", role, section, column)
        raise refuse(where, f"The {role} file has no such column.", "Name one that it has.")


def _read_as_told(campaign: Campaign, staged: Pairs) -> list[tuple[str, Staged]]:
    """Columns that could be read in two ways, read in the one that a person chose."""
    done = list(staged)
    for role in ("people", *SIDES):
        part: FileParts | None = getattr(campaign, role)
        for column, way in (part.read_as if part else {}).items():
            _there(done, role, column, "read_as")
            done = [
                (of, _read(one, column, way) if of == role and one.has(column) else one)
                for of, one in done
            ]
    return done


def _read(one: Staged, column: str, way: ReadAs) -> Staged:
    cell = one.cell(column)
    return replace(
        one,
        columns={**one.columns, column: _in_one_way(cell, way)},
        repairs=(*one.repairs, f'"{column}" was read as a person said: {_WAYS[way]}.'),
    )


_WAYS: Mapping[ReadAs, str] = {
    "day_first": "days, the day first",
    "month_first": "days, the month first",
    "decimal_comma": "numbers, a comma before decimals",
    "thousands_comma": "numbers, a comma between thousands",
    "decimal_point": "numbers, a point before decimals",
    "thousands_point": "numbers, a point between thousands",
}


def _in_one_way(cell: str, way: ReadAs) -> str:
    """A cell read in this way; one that cannot be stays as it is."""
    match way:
        case "day_first" | "month_first":
            return _day(cell, _FORMS[way])
        case "decimal_comma":
            read, look = f"replace(replace({cell}, '.', ''), ',', '.')", _GROUPED.format("[.]", ",")
        case "thousands_comma":
            read, look = f"replace({cell}, ',', '')", _GROUPED.format(",", "[.]")
        case "thousands_point":
            read, look = f"replace({cell}, '.', '')", _GROUPED.format("[.]", ",")
        case "decimal_point":
            return cell
    return f"CASE WHEN regexp_full_match(trim({cell}), '{look}') THEN {read} ELSE {cell} END"


def _with_days(campaign: Campaign, staged: Pairs, asked: Iterable[Use]) -> list[tuple[str, Staged]]:
    """Days written day or month first, as the campaign says, become days written year first."""
    wanted = {(use.role, use.column) for use in asked if not use.words}

    def read(role: str, one: Staged) -> Staged:
        dates = getattr(getattr(campaign, role, None), "dates", None)
        if dates is None:
            return one
        columns = {c for of, c in wanted if of == role and one.has(c)}
        dated = {column: _day(one.cell(column), _FORMS[dates]) for column in columns}
        return replace(one, columns={**one.columns, **dated})

    return [(role, read(role, one)) for role, one in staged]


def _day(cell: str, form: str) -> str:
    """A cell with its day year first; one that is no such day stays as it is."""
    forms = ", ".join(
        text(form.format(sign) + clock) for sign in ("/", ".", "-") for clock in _CLOCKS
    )
    at = f"try_strptime(trim({cell}), [{forms}])"
    return (
        f"CASE WHEN regexp_full_match(trim({cell}), {text(_SHORT_DAY)}) "
        f"THEN coalesce(CASE WHEN contains(trim({cell}), ' ') "
        f"THEN strftime({at}, '%Y-%m-%d %H:%M:%S') ELSE strftime({at}, '%Y-%m-%d') END, {cell}) "
        f"ELSE {cell} END"
    )


def _events(loader: Loader, one: Staged, column: str) -> Staged:
    """A row for each object of the lists in a column; a row without any stays one row."""
    if not one.has(column):
        return one
    view = f"{one.view}_each"
    held = f"TRY_CAST({one.cell(column)} AS JSON)"
    objects = f"CASE WHEN json_array_length({held}) > 0 THEN CAST({held} AS JSON[]) ELSE [NULL] END"
    loader.run(f"CREATE TABLE {view} AS SELECT *, unnest({objects}) AS an_event FROM {one.view}")
    [(rows,)] = loader.run(f"SELECT count(*) FROM {view}")
    found = loader.run(f"SELECT DISTINCT unnest(json_keys(an_event)) FROM {view} ORDER BY 1")
    inner = {
        f"{column}.{name}": f"json_extract_string(an_event, {text('/' + _pointer(name))})"
        for (name,) in found
    }
    said = f'{one.rows:,} rows hold {rows:,} events in "{column}".'
    return replace(
        one,
        view=view,
        rows=rows,
        columns={**one.columns, **inner},
        names=(*one.names, *inner),
        repairs=(*one.repairs, said),
    )


def _pointer(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
