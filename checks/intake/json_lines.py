"""Write JSON Lines as a delimited file: one object a line, the same words, nothing left out."""

from __future__ import annotations

import csv
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from checks.intake import limits
from checks.refusal import refuse
from checks.runs import watching

_UNFIT = re.compile("[\0\ud800-\udfff]")
"""Null characters, and halves of letters that UTF-16 writes in two."""
_OFTEN = 4_096
"""After how many lines the time is looked at."""
_CURE = 'Write one object a line, as {"id": 1}, in UTF-8.'


def flattened(file: Path, name: str, plain: Path) -> tuple[str, ...]:
    """Write a file of objects as CSV with a header; what was done is said. Raises `Refused`."""
    names: dict[str, None] = {}
    nested: dict[str, None] = {}
    lacking, rows = 0, 0
    for _, one in _objects(file, name):
        rows += 1
        names |= dict.fromkeys(one)
        nested |= {key: None for key, value in one.items() if isinstance(value, list | dict)}
        if len(names) > limits.MOST_COLUMNS:
            raise limits.beyond(name, "MOST_COLUMNS", "names of values", "Leave some out.")
    with plain.open("w", encoding="utf-8", newline="") as laid:
        writer = csv.writer(laid, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow(names)
        for _, one in _objects(file, name):
            lacking += len(one) < len(names)
            writer.writerow([_word(one.get(key)) for key in names])
    return tuple(_said(nested, lacking, rows))


def _said(nested: dict[str, None], lacking: int, rows: int) -> Iterator[str]:
    for key in nested:
        yield f'The values of "{key}" are lists or objects: they were kept as text.'
    if lacking:
        yield f"{lacking:,} of {rows:,} lines lack some of the names: those cells are empty."


def _objects(file: Path, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each line's number and object; numbers stay the words they were."""
    begun = time.monotonic()
    with file.open("rb") as opened:
        number = 0
        while line := opened.readline(limits.LONGEST_ROW + 1):
            number += 1
            if number % _OFTEN == 0:
                watching.rows(name, number)
            if number % _OFTEN == 0 and time.monotonic() - begun > limits.MOST_SECONDS:
                raise limits.beyond(name, "MOST_SECONDS", "seconds of reading")
            if len(line) > limits.LONGEST_ROW:
                raise limits.beyond(
                    f"{name}, line {number:,}", "LONGEST_ROW", "bytes on a line", _CURE
                )
            line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if line.strip():
                yield number, _object(line, f"{name}, line {number:,}")


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        text = line.decode("utf-8")
        one = json.loads(
            text, parse_int=str, parse_float=str, parse_constant=_no, object_pairs_hook=_pairs
        )
        if isinstance(one, dict) and any(isinstance(v, list | dict) for v in one.values()):
            plain = json.loads(text)
            one = {k: plain[k] if isinstance(v, list | dict) else v for k, v in one.items()}
    except UnicodeDecodeError:
        raise refuse(where, "There is a letter that is not UTF-8.", _CURE) from None
    except (ValueError, RecursionError):
        raise refuse(where, "It is not one sound JSON object.", _CURE) from None
    if isinstance(one, list):
        raise refuse(where, "It is a list of objects, not one object a line.", _CURE)
    if not isinstance(one, dict):
        raise refuse(where, "It is no JSON object.", _CURE)
    if "\\u" in text and _UNFIT.search("".join(_strings(one))):
        what = "There is half a letter or a null character."
        raise refuse(where, what, "Export it again in UTF-8.")
    return one


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for inner in (*value, *(value.values() if isinstance(value, dict) else ())):
            yield from _strings(inner)


def _no(_constant: str) -> NoReturn:
    raise ValueError


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError
    return told


def _word(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
