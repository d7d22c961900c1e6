"""Which part each of several files plays: the people, or a side file; proposed with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import PurePath

from pydantic import BaseModel, ConfigDict, Field

from checks import places
from checks.intake import layouts
from checks.intake.naming import HASHES, PHONES
from checks.intake.propose import Meaning, Proposal, words
from checks.written import strict_yaml

Files = Mapping[str, Sequence[Proposal]]
"""Each file's columns by its name, in the order in which the files were given."""
PEOPLE, LEFT_OUT = "people", "leave_out"
WAYS = ("email", "phone")
"""By what people can be compared beside their number."""
DESCRIBE = (
    Meaning.TARGETED,
    Meaning.AGE,
    Meaning.BIRTH_YEAR,
    Meaning.BIRTH_DATE,
    Meaning.ATTRIBUTE,
    Meaning.WEIGHT,
    Meaning.LISTED,
)
"""What only a file about people tells."""
_SHOWN = 3
_BARE = 3
"""Columns up to which a file with a key and nothing else is taken for a list of refusals."""


class Kind(BaseModel):
    """How a side file is told from others."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: str
    about: str
    named: tuple[str, ...]
    needs: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What one file is taken for."""

    role: str
    because: str
    sure: bool = True
    columns: Mapping[str, str] = field(default_factory=dict)
    """For a side file: its columns by the part of the section."""
    label: str = ""
    """The status that everybody in it has, where each file is a status."""
    tool: str = ""
    """Whose export it looks like."""


def parts(files: Files) -> dict[str, Part]:
    """What each file is taken for, in their order.

    Where no file of a tool holds the people, they may be those whom such a file names.
    """
    told = {name: _part(name, columns) for name, columns in files.items()}
    if not any(one.role == PEOPLE or one.tool for one in told.values()):
        first = next((name for name, one in told.items() if not one.sure), next(iter(told)))
        told[first] = Part(role=PEOPLE, because="no other file holds the people", sure=False)
    people = [name for name, one in told.items() if one.role == PEOPLE]
    of_people = [one for name in people for one in files[name]]
    told = {
        name: met(one, files[name], of_people) if one.columns else one for name, one in told.items()
    }
    if len(people) > 1 and not layouts.recognised(one.column for one in files[people[0]]):
        told |= _statuses(people, files)
    return told


def kinds() -> tuple[Kind, ...]:
    """Every kind of side file."""
    return _preset()[0]


def columns_of(role: str, columns: Sequence[Proposal]) -> dict[str, str]:
    """The columns of a side file by the part of the section that they play."""
    [kind] = [one for one in kinds() if one.role == role]
    return {"key": key_of(columns), **_found(kind, columns)}


def key_of(columns: Sequence[Proposal]) -> str:
    """The column of a side file that names people."""
    keys = (one.column for one in columns if one.meaning is Meaning.KEY)
    named = (
        one.column
        for one in columns
        if one.naming.kind or words(one.column) & {"email", "phone", "id", "key"}
    )
    return next(keys, next(named, columns[0].column))


def _part(name: str, columns: Sequence[Proposal]) -> Part:
    known = layouts.recognised(one.column for one in columns)
    if known:
        because = f"it looks like an export of {known.tool}"
        return Part(role=known.layout.role, because=because, tool=known.tool)
    spoken = words(PurePath(name).stem)
    fitting = [kind for kind in kinds() if _fits(kind, columns)]
    for kind in fitting:
        if spoken & set(kind.named):
            return _side(kind, columns, "its name says so")
    if described := [one.column for one in columns if one.meaning in DESCRIBE]:
        shown = ", ".join(f"“{column}”" for column in described[:_SHOWN])
        return Part(role=PEOPLE, because=f"it describes people: {shown}")
    for kind in fitting:
        if found := _found(kind, columns) if kind.needs or kind.any else {}:
            shown = ", ".join(f"“{column}”" for column in list(found.values())[:_SHOWN])
            return _side(kind, columns, f"it has the columns {shown}", sure=False)
    if len(columns) <= _BARE:
        [kind] = [one for one in kinds() if one.role == "suppression"]
        return _side(kind, columns, "it names people and tells nothing about them", sure=False)
    return Part(role=PEOPLE, because="nothing says what else it could be", sure=False)


def met(part: Part, columns: Sequence[Proposal], people: Sequence[Proposal]) -> Part:
    """How those whom a side file names are found among the people, where it is not by number."""
    [key] = [one for one in columns if one.column == part.columns["key"]]
    hashed = key.naming.kind if key.naming.kind in HASHES else ""
    meets = _compared_as(key, people) if hashed else _plainly(key)
    column = _met_by(meets, people)
    same = column is not None and column.meaning is Meaning.KEY and column.column == key.column
    if column is None or (not hashed and (meets == "id" or same)):
        return part
    how = {"matches": column.column, "as": meets}
    if hashed:
        how["hashed"] = hashed
    if meets == "phone" and (code := key.naming.code or column.naming.code):
        how["country_code"] = code
    told = replace(part, columns={**part.columns, **how})
    sure = part.sure and not hashed and not national(told, columns, people)
    return replace(told, sure=sure)


def national(part: Part, columns: Sequence[Proposal], people: Sequence[Proposal]) -> int:
    """Rows with phone numbers that do not say their country, where such numbers are compared."""
    if part.columns.get("as") != "phone":
        return 0
    met = [one for one in people if one.column == part.columns.get("matches")]
    key = [one for one in columns if one.column == part.columns.get("key")]
    return sum(one.naming.national for one in (*met, *key))


def _plainly(key: Proposal) -> str:
    """What a column of names that are not hashed holds."""
    return next((way for way in WAYS if way in (key.naming.kind, *_spoken(key))), "id")


def _compared_as(key: Proposal, people: Sequence[Proposal]) -> str:
    """Of what hashes are: told by the column's name, else by what the people's file holds."""
    own = _met_by("id", people)
    if own and words(own.column) <= words(key.column):
        return "id"
    told = next((way for way in WAYS if way in _spoken(key)), None)
    held = (way for way in WAYS if any(one.naming.kind == way for one in people))
    return told or next(held, "id")


def _spoken(one: Proposal) -> frozenset[str]:
    spoken = words(one.column)
    return spoken | {"phone"} if spoken & PHONES else spoken


def _met_by(meets: str, people: Sequence[Proposal]) -> Proposal | None:
    """The column of the people that holds what is compared: itself, or its hashes."""
    if meets == "id":
        return next((one for one in people if one.meaning is Meaning.KEY), None)
    plain = (one for one in people if one.naming.kind == meets)
    hashed = (one for one in people if one.naming.kind in HASHES and meets in _spoken(one))
    return next(plain, next(hashed, None))


def _side(kind: Kind, columns: Sequence[Proposal], because: str, *, sure: bool = True) -> Part:
    return Part(role=kind.role, because=because, sure=sure, columns=columns_of(kind.role, columns))


def _fits(kind: Kind, columns: Sequence[Proposal]) -> bool:
    found = _found(kind, columns)
    some = not kind.any or any(part in found for part in kind.any)
    return some and all(part in found for part in kind.needs)


def _found(kind: Kind, columns: Sequence[Proposal]) -> dict[str, str]:
    """The column of each part; none is taken twice, and never the key."""
    key = key_of(columns)
    free = {one.column: words(one.column) for one in columns if one.column != key}
    found: dict[str, str] = {}
    for part, wanted in kind.columns.items():
        at = next((c for word in wanted for c, spoken in free.items() if word in spoken), None)
        if at is not None:
            found[part] = at
            del free[at]
    return found


def _statuses(people: Sequence[str], files: Files) -> Iterator[tuple[str, Part]]:
    """Several people files: each a status, where their names say which; else one table."""
    labels = {name: _label(name) for name in people}
    each = all(labels.values()) and len(set(labels.values())) == len(people)
    spoken = any(one.meaning is Meaning.PERMISSION for name in people for one in files[name])
    for name in people:
        if each and not spoken:
            because = "its name says what everybody in it answered"
            yield name, Part(role=PEOPLE, because=because, label=labels[name], sure=False)
        else:
            yield name, Part(role=PEOPLE, because="it is a part of the people", sure=False)


def _label(name: str) -> str:
    spoken = words(PurePath(name).stem)
    return next((label for word, label in _preset()[1] if word in spoken), "")


@cache
def _preset() -> tuple[tuple[Kind, ...], tuple[tuple[str, str], ...]]:
    told = strict_yaml.load(places.DATA / "presets/files.yaml")
    every = tuple(Kind.model_validate(one) for one in told["roles"])
    return every, tuple((str(one["word"]), str(one["label"])) for one in told["statuses"])
