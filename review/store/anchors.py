"""Anchors: where each chain stood, written down outside the store, a line after each commit."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from review.store.canonical import canonical


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
        return tuple(self._read(review))

    def reviews(self) -> tuple[str, ...]:
        """Every review that was ever anchored."""
        return tuple(dict.fromkeys(anchor.review for anchor in self._read(None)))

    def _read(self, review: str | None) -> Iterator[Anchor]:
        if not self._file.exists():
            return
        needle = b"" if review is None else canonical(review)
        for line in self._file.read_bytes().splitlines():
            if needle not in line:
                continue
            try:
                said = json.loads(line)
                anchor = Anchor(said["review"], said["number"], said["head"], said["time"])
            except (ValueError, KeyError, TypeError):
                continue
            if review in (None, anchor.review):
                yield anchor

    def _ends_whole(self) -> bool:
        with self._file.open("rb") as file:
            if file.seek(0, os.SEEK_END) == 0:
                return True
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"
