"""Read YAML so that it says what its writer meant: nothing expands, repeats or changes its type.

Only `true`, `false`, `null` and numbers are more than words: `NO` is Norway, `on` is a word, and a
date is left as it is. A number remembers how it was written, so that 01067 stays a postcode.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from checks.refusal import Refused, refuse

MOST_BYTES = 1_000_000
DEEPEST = 40
"""Levels of sections within sections."""

Event: TypeAlias = Any
"""A step of the parser through the text."""
Written: TypeAlias = Any
"""What a file holds at some place: a section, a list, a word, a number, true, false or nothing."""

_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))([eE][-+]?[0-9]{1,3})?")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Whole(int):
    """A whole number that remembers how it was written."""

    text: str


class Number(float):
    """A number that remembers how it was written."""

    text: str


def load(source: str | Path, name: str | None = None) -> dict[str, Any]:
    """The sections of a YAML text or file; raises `Refused` naming the file and the line."""
    shown = name or (source.name if isinstance(source, Path) else "text")
    text = _read(source, shown) if isinstance(source, Path) else source
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise _too_big(shown)
    strange = _UNPRINTABLE.search(text)
    if strange:
        line = text.count("\n", 0, strange.start()) + 1
        what = "There is a character that cannot be printed."
        raise refuse(f"{shown}, line {line}", what, "Take it out, or write the line again.")
    loaded = _Builder(text, shown).document()
    if not isinstance(loaded, dict):
        what = "The file is empty." if loaded is None else "The file does not hold named sections."
        raise refuse(shown, what, "Write sections such as “name: Spring savings”, one a line.")
    return loaded


def _read(file: Path, name: str) -> str:
    try:
        with file.open("rb") as opened:
            found = opened.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise refuse(name, "There is no such file.", "Check its name and folder.") from error
    except (OSError, ValueError) as error:
        raise refuse(
            name, "It cannot be opened.", "Check that it is a file you may read."
        ) from error
    if len(found) > MOST_BYTES:
        raise _too_big(name)
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = found.count(b"\n", 0, error.start) + 1
        what = "There is a letter that is not written in UTF-8."
        raise refuse(f"{name}, line {line}", what, "Save the file again as UTF-8.") from error


def _too_big(name: str) -> Refused:
    return refuse(
        name,
        f"It is larger than {MOST_BYTES:,} bytes.",
        "Name people and other long lists in files of their own.",
    )


class _Builder:
    """Builds the document from the parser's events, refusing what a plain file never needs."""

    def __init__(self, text: str, name: str) -> None:
        self._name = name
        self._text = text
        self._events: Iterator[Event] = iter(yaml.parse(text, Loader=_PARSER))

    def document(self) -> Written:
        """The one document of the text; None where there is none."""
        try:
            return self._document()
        except yaml.YAMLError as error:
            raise self._unreadable(error) from None

    def _document(self) -> Written:
        self._next()  # the stream begins
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            return None
        loaded = self._value(self._next(), depth=0)
        self._next()  # the document ends
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            what = "A second document begins here."
            raise self._refused(event, what, "Keep one document a file: take out the line “---”.")
        return loaded

    def _next(self) -> Event:
        return next(self._events)

    def _value(self, event: Event, depth: int) -> Written:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            what = "This part is named or copied with & or *."
            raise self._refused(event, what, "Write it out, or put the text in quotes.")
        if event.tag is not None:
            what = "This part is marked with an exclamation mark (a tag)."
            raise self._refused(event, what, "Take the mark out, or put the text in quotes.")
        if depth > DEEPEST:
            raise self._refused(event, *_TOO_DEEP)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(depth)
        return self._scalar(event)

    def _mapping(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        lines: dict[str, int] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                raise self._refused(
                    event, "A name is missing here.", "Write a word before the colon."
                )
            self._value(event, depth)  # refuses a copied or marked name
            name = self._checked(event)
            if name in found:
                what = f"“{_short(name)}” is already given in line {lines[name]}."
                raise self._refused(event, what, "Keep one of the two.")
            lines[name] = event.start_mark.line + 1
            found[name] = self._value(self._next(), depth + 1)
        return found

    def _sequence(self, depth: int) -> list[Any]:
        found = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            found.append(self._value(event, depth + 1))
        return found

    def _scalar(self, event: Event) -> Written:
        text = self._checked(event)
        return meant(text) if event.implicit[0] else text

    def _checked(self, event: Event) -> str:
        text = str(event.value)
        if _UNPRINTABLE.search(text):
            what = "There is a character that cannot be printed."
            raise self._refused(event, what, "Take it out.")
        return text

    def _refused(self, event: Event, what: str, cure: str) -> Refused:
        return refuse(f"{self._name}, line {event.start_mark.line + 1}", what, cure)

    def _unreadable(self, error: yaml.YAMLError) -> Refused:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        place = f"{self._name}, line {mark.line + 1}" if mark else self._name
        line = self._text.split("\n")[mark.line] if mark and self._text else ""
        if "\t" in line[: len(line) - len(line.lstrip())]:
            return refuse(place, "The line begins with a tab.", "Indent with spaces.")
        said = str(getattr(error, "problem", "") or "")
        for sign, what, cure in _TROUBLES:
            if sign in said:
                return refuse(place, what, cure)
        return refuse(place, "This line cannot be read.", _LOOK)


_TOO_DEEP = (
    f"There are more than {DEEPEST} levels of sections.",
    "Close the brackets, or indent less.",
)
_LOOK = "Look for a missing quote, bracket or colon here or in the line above."
_TROUBLES = (
    ("nesting depth", *_TOO_DEEP),
    ("mapping values", "There is a colon where none can be.", "Put the text in quotes."),
    ("unexpected end of stream", "A quote or bracket is never closed.", _LOOK),
    ("could not find expected ':'", "A colon is missing after a name.", _LOOK),
    ("block end", "The line is indented differently from its neighbours.", "Line them up."),
    ("undefined alias", "This part is copied with *.", "Write it out, or put the text in quotes."),
    ("start any token", "The line begins with a character that means something else.",
     "Put the text in quotes."),
)  # fmt: skip
"""The parser's complaint, in words for whoever wrote the file."""


def meant(text: str) -> Written:
    """What an unquoted word means: true, false, null, a number, or itself.

    >>> [meant(word) for word in ("NO", "true", "12", "0.5", "2026-12-01", "")]
    ['NO', True, 12, 0.5, '2026-12-01', None]
    """
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return _remembered(Whole, text)
    if _NUMBER.fullmatch(text) and math.isfinite(float(text)):
        return _remembered(Number, text)
    return text


def _remembered(kind: Callable[[str], Written], text: str) -> Written:
    number = kind(text)
    number.text = text
    return number


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
