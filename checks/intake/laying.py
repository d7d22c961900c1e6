"""Lay the clean copy of a file, unless the file is clean itself: then only give it another name."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import BinaryIO, Self

_AT_ONCE = 1 << 20
"""Bytes copied in one go."""


class Laying:
    """The clean copy of a file: while nothing has to be cleaned, the file itself."""

    def __init__(self, file: BinaryIO, begin: int, copy: Path) -> None:
        self._file = file
        self._begin = begin
        self._copy = copy
        self._same = 0
        self._out: BinaryIO | None = None

    def add(self, clean: bytes, *, touched: bool) -> None:
        """Take the next clean bytes; once they are not those of the file, a copy is begun."""
        if self._out is None and not touched:
            self._same += len(clean)
            return
        if self._out is None:
            self._out = self._begun()
        self._out.write(clean)

    def finish(self, *, linked: bool) -> None:
        """Where nothing was cleaned and the file may be read as it is: give it a second name."""
        if self._out is None and linked:
            _second_name(Path(self._file.name), self._copy)
        elif self._out is None:
            self._out = self._begun()

    @property
    def copied(self) -> bool:
        """Whether there is a copy, which begins with the first row."""
        return self._out is not None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._out is not None:
            self._out.close()

    def _begun(self) -> BinaryIO:
        """A copy of what needed no cleaning so far."""
        out = self._copy.open("wb")
        left, at = self._same, self._begin
        while left and (piece := os.pread(self._file.fileno(), min(left, _AT_ONCE), at)):
            left, at = left - out.write(piece), at + len(piece)
        return out


def _second_name(file: Path, name: Path) -> None:
    """A name of ours for a file; a copy where it lies on another disk."""
    try:
        os.link(file.resolve(), name)
    except OSError:
        shutil.copyfile(file, name)
