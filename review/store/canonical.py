"""One way to write a thing down, so that its hash means something: RFC 8785, NFC, no floats."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

import rfc8785

NOTHING = "0" * 64
"""What the first event of a chain follows."""
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
"""How half of a character that needs two is escaped, alone or beside its other half."""
_LARGEST = 2**53 - 1
"""The largest number that every reader of JSON holds exactly."""


def canonical(thing: Any) -> bytes:  # noqa: ANN401 — any JSON value
    """The canonical bytes of a JSON value; raises ValueError for a float.

    >>> canonical({"b": 1, "a": ["ü"]}).decode()
    '{"a":["ü"],"b":1}'
    """
    _no_floats(thing)
    return rfc8785.dumps(thing)


def fingerprint(content: bytes) -> str:
    """SHA-256 in hexadecimal letters."""
    return sha256(content).hexdigest()


def salted(salt: bytes, words: str) -> str:
    """The hash by which an event names words that are kept outside the chain."""
    return sha256(salt + words.encode()).hexdigest()


def entered(words: str) -> str:
    """Words as they are taken in: NFC, no NUL, no half characters, no blanks around.

    >>> entered("  Zoe\u0308 ")
    'Zoë'
    """
    whole = words.encode("utf-8", "replace").decode().replace("\x00", "")
    return unicodedata.normalize("NFC", whole).strip()


@lru_cache(maxsize=10_000)
def same_name(name: str) -> str:
    """What two spellings of one person's name have in common: no case, no blanks, nothing unseen.

    >>> same_name(" Ana  MÜLLER ") == same_name("ana müller")
    True
    """
    seen = "".join(" " if unicodedata.category(one) == "Cc" else one for one in entered(name)
                   if unicodedata.category(one) != "Cf")  # fmt: skip
    return " ".join(unicodedata.normalize("NFKC", seen).casefold().split())


def told_time(at: datetime) -> str:
    """A moment as events carry it: UTC, milliseconds, ``Z``.

    >>> told_time(datetime(2026, 11, 23, 14, 7, tzinfo=UTC))
    '2026-11-23T14:07:00.000Z'
    """
    if at.tzinfo is None:
        raise ValueError("a moment without its zone cannot go on record")
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parsed(content: str | bytes) -> Any:  # noqa: ANN401 — any JSON value
    """A JSON value, refusing names that occur twice, NaN and the like; raises ValueError."""
    return _parsed(content, part=float, whole=int)


def parsed_as_kept(content: bytes) -> Any:  # noqa: ANN401 — any JSON value
    """A JSON value in UTF-8 that `canonical` would write; raises ValueError for any other.

    It is not written again to find that out: half a character can only stand there escaped.
    """
    plain = _parsed(content.decode(), part=_no_number, whole=_exact)
    if _HALF.search(content):
        canonical(plain)
    return plain


def _parsed(
    content: str | bytes, *, part: Callable[[str], float], whole: Callable[[str], int]
) -> Any:  # noqa: ANN401 — any JSON value
    try:
        return json.loads(
            content,
            object_pairs_hook=_once,
            parse_constant=_no_number,
            parse_float=part,
            parse_int=whole,
        )
    except RecursionError:
        raise ValueError("too many levels") from None


def _exact(written: str) -> int:
    number = int(written)
    if abs(number) > _LARGEST:
        raise ValueError(f"{written} is too large to be the same number everywhere")
    return number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a name occurs twice")
    return made


def _no_number(name: str) -> Any:  # noqa: ANN401 — never returns
    raise ValueError(f"{name} is no whole number")


def _no_floats(thing: Any) -> None:  # noqa: ANN401 — any JSON value
    if isinstance(thing, float):
        raise ValueError("events hold whole numbers and words, never floats")  # noqa: TRY004
    if isinstance(thing, str | int | None):
        return
    for one in thing.values() if isinstance(thing, dict) else thing:
        _no_floats(one)
