"""A list of the campaign file as a table that can be edited, and back again.

How a column is edited follows the form of the campaign file: a day, a number, one of some words.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pandas as pd
import streamlit as st
from pydantic.fields import FieldInfo

from checks.campaign import Campaign
from checks.refusal import Problem, Refused
from dashboard.listing import Listed

Told = Mapping[str, Any]
YES_OR_NO = {"yes": True, "no": False}


def table(one: Listed, told: Told) -> pd.DataFrame:
    """What the campaign file says in a list: a row an entry, a column for all it can say.

    What is offered to be filled in stands below, unless an entry speaks of it.
    """
    first = next(iter(one.columns))
    entries = list(told.get(one.section) or ())
    named = {_word(str(entry.get(first))) for entry in entries}
    entries += [{first: name} for name in one.offers if _word(name) not in named]
    return pd.DataFrame(
        {
            name: _cells([entry.get(name) for entry in entries], kind)
            for name, kind in _kinds(one).items()
        }
    )


def columns(one: Listed, told: Told) -> dict[str, Any]:
    """How each column is edited; what the campaign file says can always be chosen again."""
    entries = told.get(one.section) or ()
    said = {
        name: tuple(str(entry[name]) for entry in entries if entry.get(name)) for name in one.among
    }
    chosen = {name: Literal[*dict.fromkeys((*one.among[name], *said[name]))] for name in said}
    return {
        name: _column(one.columns[name], chosen.get(name, kind))
        for name, kind in _kinds(one).items()
    }


def said_none(one: Listed, told: Told) -> bool:
    """Whether the campaign file says that there is none."""
    return bool(told.get(one.section) == [])


def restated(told: Told, one: Listed, edited: pd.DataFrame, *, none: bool) -> dict[str, Any]:
    """The campaign file with a list as it was edited; a list that was not touched stays as it is.

    `none` says that an empty list means that there is none. What an entry says beyond the columns
    stays with it. Raises `Refused` where an entry leaves out what each has to say.
    """
    new = copy.deepcopy(dict(told))
    rows = _rows(one, edited)
    if rows == _rows(one, table(one, told)) and none == said_none(one, told):
        return new
    if problems := [*_wanting(one, rows.values())]:
        raise Refused(problems)
    if rows or none:
        before = new.get(one.section) or []
        new[one.section] = [{**row, **_beyond(one, before, at)} for at, row in rows.items()]
    else:
        new.pop(one.section, None)
    return new


def _wanting(one: Listed, entries: Iterable[Told]) -> Iterator[Problem]:
    """Each thing that an entry has to say and does not."""
    needed = [name for name, field in _form(one).items() if field.is_required()]
    for number, entry in enumerate(entries, start=1):
        for name in needed:
            if name not in entry:
                where = f"{one.called}, {entry.get(next(iter(one.columns)), f'row {number:,}')}"
                what = f"“{one.columns[name]}” is empty."
                yield Problem(where=where, what=what, cure="Fill it in, or take the row away.")


def _beyond(one: Listed, before: Sequence[Told], at: int) -> dict[str, Any]:
    """What an entry said before that no column shows."""
    old = before[at] if at < len(before) else {}
    return {name: said for name, said in old.items() if name not in one.columns}


def _rows(one: Listed, edited: pd.DataFrame) -> dict[int, dict[str, Any]]:
    """The entries that say something, by their number."""
    kinds, found = _kinds(one), {}
    first = next(iter(kinds))
    offered = [{first: name} for name in one.offers]
    for at, row in enumerate(edited.to_dict("records")):
        told = {name: _told(row[name], kind) for name, kind in kinds.items()}
        entry = {name: said for name, said in told.items() if said is not None}
        if entry and entry not in offered:
            number = edited.index[at]
            found[int(number) if pd.notna(number) else len(edited) + at] = entry
    return found


def _word(text: str) -> str:
    return text.strip().casefold().replace("_", " ").replace("-", " ")


def _kinds(one: Listed) -> dict[str, Any]:
    """The type of each column."""
    form = _form(one)
    return {name: _given(form[name].annotation) for name in one.columns}


def _form(one: Listed) -> dict[str, FieldInfo]:
    """What the campaign file can say in an entry."""
    several, *_ = get_args(Campaign.model_fields[one.section].annotation)
    parts = get_args(several)[0].model_fields
    return {field.alias or name: field for name, field in parts.items()}


def _given(annotation: Any) -> Any:  # noqa: ANN401 — a type
    """A type without the None that says that nothing is stated."""
    if get_origin(annotation) in (UnionType, Union):
        return next(each for each in get_args(annotation) if each is not NoneType)
    return annotation


def _cells(said: list[Any], kind: Any) -> pd.Series[Any]:  # noqa: ANN401 — a type
    if kind is bool:
        words = {value: word for word, value in YES_OR_NO.items()}
        return pd.Series([words.get(each) for each in said], dtype="str")
    if kind is date:
        return pd.Series(said, dtype="object").pipe(pd.to_datetime)
    if kind in (int, float):
        return pd.Series(said, dtype="Float64" if kind is float else "Int64")
    if get_origin(kind) is tuple:
        return pd.Series([[str(each) for each in some or ()] for some in said], dtype="object")
    return pd.Series([None if each is None else str(each) for each in said], dtype="str")


def _column(called: str, kind: Any) -> Any:  # noqa: ANN401 — a type, and Streamlit's own
    config = st.column_config
    if kind is bool:
        return config.SelectboxColumn(called, options=list(YES_OR_NO))
    if kind is date:
        return config.DateColumn(called, format="YYYY-MM-DD")
    if kind in (int, float):
        return config.NumberColumn(called, min_value=0, step=1 if kind is int else None)
    if get_origin(kind) is tuple:
        return config.ListColumn(called)
    if get_origin(kind) is Literal:
        return config.SelectboxColumn(called, options=list(get_args(kind)))
    return config.TextColumn(called, max_chars=2_000)


def _told(cell: Any, kind: Any) -> Any:  # noqa: ANN401 — a cell, and a type
    """A cell as plain data; None where it says nothing."""
    if get_origin(kind) is tuple:
        some = cell if isinstance(cell, list | tuple) or hasattr(cell, "tolist") else ()
        return [str(each).strip() for each in some if str(each).strip()] or None
    if cell is None or pd.isna(cell) or not str(cell).strip():
        return None
    if kind is bool:
        return YES_OR_NO[str(cell)]
    if kind is date:
        return pd.Timestamp(cell).date().isoformat()
    return kind(cell) if kind in (int, float) else str(cell).strip()
