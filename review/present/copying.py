"""Copy what a fold holds, so that going on from it leaves it as it is."""

from __future__ import annotations

from dataclasses import Field, fields, replace
from typing import Any, ClassVar, Protocol, TypeVar


class _Fold(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


T = TypeVar("T", bound=_Fold)


def copied(fold: T, **told: Any) -> T:  # noqa: ANN401 — by field
    """The same with lists of its own, and with what is told; what lies in them never changes."""
    held = {one.name: getattr(fold, one.name) for one in fields(fold)}
    own = {name: type(one)(one) for name, one in held.items() if type(one) in (list, dict)}
    return replace(fold, **{**own, **told})
