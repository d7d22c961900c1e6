"""The door for every file people write: validated whole, all its problems told at once.

What a validation library says is never passed on: each complaint becomes a sentence with its
place, what was found there, and the cure.
"""

from __future__ import annotations

import copy
import difflib
import json
import types
import typing
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal, TypeAlias, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from checks.refusal import Problem, Refused

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[str | int, ...]
Written: TypeAlias = Any
"""What a file holds at some place: a section, a list, a word, a number, true, false or nothing."""
Wanted: TypeAlias = Any
"""The type that a model has for some place."""
_UNIONS = (Union, types.UnionType)


def validated(model: type[Model], data: dict[str, Any], file_name: str) -> Model:
    """The data of a file as its model; raises `Refused` with every problem.

    Nothing is converted but what was written for what is meant: a bare 10115 where words belong
    is read as it was written, and a day is read from its digits.
    """
    found = tuple(problems(model, data, file_name))
    if found:
        raise Refused(found)
    return _read(model, _as_written(model, data))


def problems(model: type[BaseModel], data: dict[str, Any], file_name: str) -> Iterator[Problem]:
    """Everything the model does not take, each with place, what was found, and the cure."""
    data = _as_written(model, data)
    spots = [(one, _spot(model, data, one["loc"])) for one in _complaints(model, data)]
    meant = {
        (*spot.place[:-1], near_miss(str(spot.place[-1]), _fields(spot.parent)))
        for one, spot in spots
        if one["type"] == "extra_forbidden"
    }
    unknown = {spot.place for _, spot in spots if spot.name}
    for complaint, spot in spots:
        misspelt = complaint["type"] == "missing" and spot.place in meant
        under = {spot.place[:steps] for steps in range(1, len(spot.place) + 1)}
        pointless = not spot.name and under & unknown  # its very name is not known
        if not (spot.other or misspelt or pointless):
            what, cure = _words(complaint, spot)
            yield Problem(where=place(file_name, *spot.place), what=what, cure=cure)


def sections(model: type[BaseModel], data: dict[str, Any]) -> dict[str, Any]:
    """The sections that can be read, even where others of the same file cannot."""
    data = _as_written(model, data)
    broken = {one["loc"][0] for one in _complaints(model, data)}
    return {
        name: TypeAdapter(wanted).validate_json(json.dumps(data[name]), strict=True)
        for name, wanted in _fields(model).items()
        if name in data and name not in broken
    }


def _read(model: type[Model], data: Written) -> Model:
    return model.model_validate_json(json.dumps(data), strict=True)


def _complaints(model: type[BaseModel], data: Written) -> list[ErrorDetails]:
    try:
        _read(model, data)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


def _as_written(model: type[BaseModel], data: Written) -> Written:
    """The data with bare numbers and true or false as words where the model wants words."""
    repaired = data
    for complaint in _complaints(model, data):
        spot = _spot(model, data, complaint["loc"])
        wants_words = complaint["type"] in ("string_type", "literal_error")
        if wants_words and spot.here and isinstance(spot.value, bool | int | float):
            repaired = copy.deepcopy(data) if repaired is data else repaired
            _put(repaired, spot.place, _text(spot.value))
    return repaired


def _text(value: Written) -> str:
    return str(getattr(value, "text", json.dumps(value)))


def _put(data: Written, steps: Place, value: str) -> None:
    for step in steps[:-1]:
        data = data[step]
    data[steps[-1]] = value


@dataclass(frozen=True, kw_only=True, slots=True)
class _Spot:
    """Where a complaint points: the place in the file, what is there, what may be there."""

    place: Place
    here: bool
    """Whether the file has something at this place."""
    value: Written
    wanted: Wanted
    """The type that the model has for it; None where it has no such place."""
    parent: Wanted
    """The type of the section around it."""
    name: bool
    """Whether the complaint is about the name, not about what it holds."""
    other: bool
    """Whether it is about another shape than the one that was written."""


def _spot(model: Wanted, data: Written, path: Iterable[str | int]) -> _Spot:
    """Follow a complaint's path through the model, dropping the labels of alternatives."""
    wanted, parent, value, here = model, None, data, True
    walked: list[str | int] = []
    name = other = False
    steps = iter(path)
    for step in steps:
        options = _options(wanted)
        if len(options) > 1:
            chosen = _shape(options, value)
            other = other or _label(chosen) != str(step).split("[")[0]
            wanted = chosen
            continue
        if step == "[key]":
            name = True
            continue
        parent, wanted = _plain(wanted), _inside(_plain(wanted), step)
        here = here and _holds(value, step)
        value = value[step] if here else None
        walked.append(step)
    return _Spot(
        place=tuple(walked), here=here, value=value, wanted=_shape(_options(wanted), value),
        parent=parent, name=name, other=other,
    )  # fmt: skip


def _holds(value: Written, step: str | int) -> bool:
    if isinstance(value, dict):
        return step in value
    return isinstance(value, list) and isinstance(step, int) and step < len(value)


def _options(wanted: Wanted) -> list[Wanted]:
    """The alternatives of a type, without None."""
    wanted = _bare(wanted)
    if _kind(wanted) in _UNIONS:
        return [_bare(one) for one in get_args(wanted) if one is not types.NoneType]
    return [wanted]


def _kind(wanted: Wanted) -> object:
    """What a type is made with: tuple, dict, Literal, Union … or nothing."""
    return get_origin(wanted)


def _bare(wanted: Wanted) -> Wanted:
    """The type without its annotations."""
    return get_args(wanted)[0] if _kind(wanted) is typing.Annotated else wanted


def _plain(wanted: Wanted) -> Wanted:
    return _options(wanted)[0]


def _shape(options: list[Wanted], value: Written) -> Wanted:
    """The alternative whose shape was written; among sections, the one that fits most names."""
    if isinstance(value, dict):
        sections = [one for one in options if _is_section(one)]
        return max(sections, key=lambda one: len(value.keys() & _fields(one)), default=options[0])
    if isinstance(value, list):
        lists = [one for one in options if _kind(one) in (tuple, list)]
        return (lists or options)[0]
    words = [one for one in options if not _is_section(one) and _kind(one) is not tuple]
    return (words or options)[0]


def _label(chosen: Wanted) -> str:
    return "tuple" if _kind(chosen) is tuple else str(getattr(chosen, "__name__", chosen))


def _is_section(wanted: Wanted) -> bool:
    return isinstance(wanted, type) and issubclass(wanted, BaseModel)


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    """The names of a section as they are written, each with its type."""
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _inside(wanted: Wanted, step: str | int) -> Wanted:
    if _is_section(wanted):
        return _fields(wanted).get(str(step))
    inner = [one for one in get_args(wanted) if one is not Ellipsis]
    return inner[-1] if inner else None


def place(file_name: str, *steps: str | int) -> str:
    """How a place in a file is named.

    >>> place("campaign.yaml", "rules", 0, "column")
    'campaign.yaml, rules[0].column'
    """
    path = "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in steps)
    return f"{file_name}, {path.lstrip('.')}" if path else file_name


def _words(complaint: ErrorDetails, spot: _Spot) -> tuple[str, str]:
    kind = complaint["type"]
    last = spot.place[-1] if spot.place else ""
    if kind == "missing":
        return "It is missing.", f"Add “{last}:” with {_a(spot.wanted)}."
    if kind == "extra_forbidden":
        return _unknown(str(last), _fields(spot.parent), "name")
    if spot.name:
        return _unknown(str(last), _choices(get_args(spot.parent)[0]), "name")
    if kind in ("literal_error", "enum"):
        return _unknown(said(spot.value), _choices(spot.wanted), "value")
    found = "It is empty." if spot.value is None else f"{said(spot.value)} was found."
    limit = _LIMITS.get(kind, "").format_map(complaint.get("ctx", {}))
    return found, limit or f"Write {_a(spot.wanted)}."


_LIMITS = {
    "greater_than_equal": "Write a number of at least {ge}.",
    "less_than_equal": "Write a number of at most {le}.",
    "string_too_short": "Write at least {min_length} letter.",
    "string_too_long": "Write at most {max_length} letters.",
    "too_short": "Name at least {min_length}.",
    "string_pattern_mismatch": "Use only small letters a to z, digits and hyphens, 64 at most.",
}
"""The cure, by the kind of limit that was not kept."""


def _unknown(found: str, known: Iterable[str], kind: str) -> tuple[str, str]:
    words = list(known)
    quoted = found if found.startswith('"') or not found else f'"{found}"'
    what = f"{quoted} is not a {kind} that is known here."
    near = near_miss(found.strip('"'), words)
    if near:
        return what, f'Did you mean "{near}"?'
    return what, f"Known are {', '.join(words)}." if words else "Take it out."


def near_miss(found: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant, if one is near.

    >>> near_miss("flor", ["floor", "watch_line"])
    'floor'
    """
    by_folded = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(found.casefold()[:200], by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def _choices(wanted: Wanted) -> list[str]:
    if _kind(wanted) is Literal:
        return [str(one) for one in get_args(wanted)]
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return [str(one.value) for one in wanted]
    return []


def said(value: Written) -> str:
    """What stands in the file, short enough to be shown in a sentence.

    >>> said("spring"), said(["a", "b"]), said({"a": 1})
    ('"spring"', 'A list of 2', 'A section with "a"')
    """
    if isinstance(value, dict):
        return f'A section with "{_short(str(next(iter(value))))}"' if value else "An empty section"
    if isinstance(value, list):
        return f"A list of {len(value):,}"
    return f'"{_short(value)}"' if isinstance(value, str) else _text(value)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}…"


def _a(wanted: Wanted) -> str:
    """What belongs at a place, in words."""
    chosen = _plain(wanted)
    if _choices(chosen):
        return f"one of: {', '.join(_choices(chosen))}"
    if _is_section(chosen):
        return f"a section, such as “{next(iter(_fields(chosen)))}: …”"
    if _kind(chosen) is tuple:
        return "a list in square brackets, such as [a, b]"
    if _kind(chosen) is dict:
        return "a section of names, each with a colon"
    return _KINDS.get(getattr(chosen, "__name__", ""), "what belongs here")


_KINDS = {
    "str": "a word or text",
    "int": "a whole number, without quotes",
    "float": "a number, without quotes",
    "bool": "true or false, without quotes",
    "date": "a day such as 2026-12-01",
}
