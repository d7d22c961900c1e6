"""Find the listed words of a policy pack in a text or in a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

_LETTER = r"[^\W\d_]"
_HUMP = r"(?<=[a-z])(?=[A-Z])"
"""Where a word ends inside a name such as familyStatus."""
_APOSTROPHE = re.compile("['’]")
_AROUND = 60
"""Characters shown before and after a word, cut at the ends of lines."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A listed word that was found, and the passage it stands in."""

    word: str
    """As the list has it."""
    passage: str


def hits(listed: Iterable[str], text: str) -> tuple[Hit, ...]:
    """Each listed word that is in the text, where it first stands, in the order of the list.

    Whole words in any case; a star stands for any ending. Words in names count as well, whether
    a blank, a line, a digit or a capital letter parts them.

    >>> [hit.word for hit in hits(["birth*", "age", "family status"], "birthYear, family_status")]
    ['birth*', 'family status']
    """
    read = unicodedata.normalize("NFC", text)
    found = ((word, _pattern(word).search(read)) for word in listed if word.strip("* "))
    return tuple(
        Hit(word=word, passage=_passage(read, *at.span())) for word, at in found if at is not None
    )


@cache
def _pattern(word: str) -> re.Pattern[str]:
    said = unicodedata.normalize("NFC", word).strip()
    parts = [_part(part) for part in said.removesuffix("*").split()]
    between = rf"(?:(?:(?!{_LETTER}).){{1,9}}|{_HUMP})"
    end = "" if said.endswith("*") else rf"(?:(?!{_LETTER})|{_HUMP})"
    return re.compile(rf"(?:(?<!{_LETTER})|{_HUMP}){between.join(parts)}{end}", re.DOTALL)


def _part(part: str) -> str:
    """One word in any case, with any apostrophe."""
    said = _APOSTROPHE.sub(_APOSTROPHE.pattern, re.escape(part))
    return f"(?i:{said})"


def _passage(text: str, start: int, end: int) -> str:
    before = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    after = text[end : end + _AROUND].partition("\n")[0]
    return f"{before}{text[start:end]}{after}".strip()
