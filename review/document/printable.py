"""Words that people typed, made printable: what no font can draw is shown by its number.

The export to PDF/A stops at one character without a glyph, and an invisible one can turn a
sentence around. So both are shown as ``[U+1F44D]``; the attached record keeps the original.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTCollection, TTFont

FONTS = Path(__file__).resolve().parent / "fonts"
"""The fonts that ship with Candor."""
LONGEST = 4_000
"""Letters of one text that are printed; the rest stands in the attached record."""
STACKED = 3
"""Marks that one letter may carry before the next one is shown by its number."""
UNBROKEN = 28
"""Letters without a place to break a line, after which one is made."""

_ASCII = frozenset(range(0x20, 0x7F))
_JOINERS = "\u200c\u200d"
_SPACE = "\u200b"
_JOINING = ("ARABIC", "DEVANAGARI")
_HASH = re.compile(r"[0-9a-f]{64}")
_RUN = re.compile(rf"[^\s{_SPACE}-]{{{UNBROKEN + 1},}}")


def font_files(folders: Iterable[Path]) -> tuple[Path, ...]:
    """The font files of these folders, in a fixed order."""
    kinds = {".ttf", ".otf", ".ttc", ".otc"}
    found = (file for folder in folders for file in folder.rglob("*"))
    return tuple(sorted(file for file in found if file.suffix.lower() in kinds))


@cache
def covered(files: tuple[Path, ...]) -> frozenset[int]:
    """The characters that some family can draw in every one of its styles."""
    families: dict[str, frozenset[int]] = {}
    for file in files:
        for name, drawn in _faces(file):
            families[name] = families.get(name, drawn) & drawn
    return frozenset().union(*families.values())


def printable(text: str, drawn: frozenset[int]) -> str:
    """The text as it can be set: composed, every character drawn or shown by its number.

    >>> printable("fine \N{THUMBS UP SIGN}", frozenset(map(ord, "fine [U+14D]")))
    'fine [U+1F44D]'
    """
    if text.isascii() and text.isprintable() and drawn >= _ASCII:
        return text
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    shown: list[str] = []
    marks, before = 0, ""
    for letter in composed:
        marks = marks + 1 if unicodedata.category(letter) == "Mn" else 0
        fits = marks <= STACKED and _fits(letter, before, drawn)
        shown.append(_plain(letter) if fits else f"[U+{ord(letter):04X}]")
        before = letter
    return "".join(shown)


def breakable(text: str) -> str:
    """The same text with places to break lines in words that would run off the page."""
    return _RUN.sub(lambda run: _broken_up(run.group()), text)


def shortened(text: str) -> str:
    """A text of bearable length, and a sentence that says where the rest is."""
    if len(text) <= LONGEST:
        return text
    rest = len(text) - LONGEST
    return f"{text[:LONGEST]} … [{rest:,} more characters stand in the attached record.]"


def printable_all(value: Any, drawn: frozenset[int]) -> Any:  # noqa: ANN401 — plain JSON in and out
    """Plain data with every text in it printable."""
    match value:
        case str():
            return breakable(printable(shortened(value), drawn))
        case dict():
            return {key: printable_all(one, drawn) for key, one in value.items()}
        case list() | tuple():
            return [printable_all(one, drawn) for one in value]
        case _:
            return value


def _faces(file: Path) -> list[tuple[str, frozenset[int]]]:
    """The family and the characters of each font in a file."""
    held = TTCollection(file, lazy=True) if file.suffix.lower() in {".ttc", ".otc"} else None
    with held or TTFont(file, lazy=True) as opened:
        fonts = opened.fonts if held else [opened]
        return [
            (str(font["name"].getDebugName(1)), frozenset(font.getBestCmap() or {}))
            for font in fonts
        ]


def _fits(letter: str, before: str, drawn: frozenset[int]) -> bool:
    if letter in "\n\t ":
        return True
    if letter in _JOINERS:
        return unicodedata.name(before or " ", "").startswith(_JOINING)
    kind = unicodedata.category(letter)
    return kind[0] != "C" and kind not in {"Zl", "Zp"} and ord(letter) in drawn


def _plain(letter: str) -> str:
    return " " if letter == "\t" else letter


def _broken_up(run: str) -> str:
    if _HASH.fullmatch(run):  # people copy and compare these
        return run
    return _SPACE.join(run[at : at + UNBROKEN] for at in range(0, len(run), UNBROKEN))
