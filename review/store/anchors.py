"""Anchors: where each chain stood, written down outside the store, a line after each commit."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from review.store.canonical import canonical, parsed


@dataclass(frozen=True, slots=True)
class Anchor:
    """Event `number` of a review had this hash."""

    review: str
    number: int
    head: str
    time: str


class Anchors:
    """The anchor file. Lines are added, never changed; a torn last line is passed over."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = Lock()
        self._read: tuple[bytes, tuple[Anchor, ...]] = (b"", ())
        """What the file held when it was read last, and the anchors in it."""

    def add(self, anchor: Anchor) -> None:
        """Write one line and wait until it is on disk."""
        line = canonical(
            {
                "review": anchor.review,
                "number": anchor.number,
                "head": anchor.head,
                "time": anchor.time,
            }
        )
        with self._lock:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            torn = self._file.exists() and not self._ends_whole()
            with self._file.open("ab") as out:
                out.write(b"\n" * torn + line + b"\n")
                out.flush()
                os.fsync(out.fileno())

    def of(self, review: str) -> tuple[Anchor, ...]:
        """Every anchor of a review, oldest first."""
        return tuple(anchor for anchor in self._every() if anchor.review == review)

    def reviews(self) -> tuple[str, ...]:
        """Every review that was ever anchored."""
        return tuple(dict.fromkeys(anchor.review for anchor in self._every()))

    def _every(self) -> tuple[Anchor, ...]:
        """Every anchor; of a file that only grew, just the new lines are taken apart."""
        content = self._file.read_bytes() if self._file.exists() else b""
        before, known = self._read
        if content == before:
            return known
        goes_on = before.endswith(b"\n") and content.startswith(before)
        new = content[len(before) :] if goes_on else content
        anchors = (*(known if goes_on else ()), *_told(new))
        self._read = (content, anchors)
        return anchors

    def _ends_whole(self) -> bool:
        with self._file.open("rb") as file:
            if file.seek(0, os.SEEK_END) == 0:
                return True
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"


def _told(lines: bytes) -> Iterator[Anchor]:
    for line in lines.splitlines():
        try:
            said = parsed(line)
            anchor = Anchor(said["review"], said["number"], said["head"], said["time"])
        except (ValueError, KeyError, TypeError):
            continue
        if _is_one(anchor):
            yield anchor


def _is_one(anchor: Anchor) -> bool:
    """Whether a line says what ours say: words, and the number of an event."""
    words = (anchor.review, anchor.head, anchor.time)
    numbered = type(anchor.number) is int and anchor.number > 0
    return numbered and all(isinstance(one, str) for one in words)
