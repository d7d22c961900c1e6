"""A policy pack may say only what differs from another: it is that pack, with these differences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checks import places
from checks.refusal import refuse
from checks.written import strict_yaml

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
LIMIT = "value"
"""What makes a section a limit: it is taken whole, never half from each pack."""
OWN = ("id", "version", "as_of", "note")
"""What a pack says of itself, and never takes from the one it extends."""


def whole(file: Path) -> dict[str, Any]:
    """A pack with everything it takes from the one it extends; raises `Refused`."""
    said = strict_yaml.load(file)
    if "extends" not in said:
        return said
    named = said.pop("extends")
    base = strict_yaml.load(_base(file, named))
    if "extends" in base:
        what = f"The pack “{named}” extends another itself."
        raise refuse(f"{file.name}, extends", what, "Extend one that stands by itself.")
    merged: dict[str, Any] = with_differences(
        {name: one for name, one in base.items() if name not in OWN}, said
    )
    return merged


def with_differences(base: Any, said: Any) -> Any:  # noqa: ANN401 — what a file may hold
    """What the base says, but for what is said otherwise; a limit is one thing.

    >>> base = {"a": {"value": 1, "kind": "law"}, "b": {"c": 2, "d": 3}}
    >>> with_differences(base, {"a": {"value": 4}, "b": {"c": 5}})
    {'a': {'value': 4}, 'b': {'c': 5, 'd': 3}}
    """
    parts = isinstance(base, Mapping) and isinstance(said, Mapping) and LIMIT not in base
    if not parts:
        return said
    changed = {
        name: with_differences(base[name], one) if name in base else one
        for name, one in said.items()
    }
    return {**base, **changed}


def _base(file: Path, named: object) -> Path:
    """The file of the pack that is extended: beside this one, else among those of the house."""
    where = f"{file.name}, extends"
    if not isinstance(named, str) or not ID.fullmatch(named):
        raise refuse(where, "It does not name a pack.", "Write the id of a pack, such as default.")
    for folder in (file.parent, places.DATA / "policies"):
        found = folder / f"{named}.yaml"
        if found.is_file() and not found.samefile(file):
            return found
    what = f"There is no pack “{named}”, neither beside this file nor in data/policies."
    raise refuse(where, what, "Check the id, or lay the pack beside this one.")
