"""A folder in which something of people is made: ours meanwhile, then gone, also after a crash.

A killed process leaves raw copies of people files behind; the next one that works here takes them
away. Whether a folder is still in use is told by its lock, which ends with the process.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NAME = ".taking-"


@contextmanager
def workroom(shelf: Path) -> Iterator[Path]:
    """A new folder on this shelf, only for us; what was left behind is taken away."""
    shelf.mkdir(parents=True, exist_ok=True)
    with _locked(shelf, fcntl.LOCK_EX):
        _sweep(shelf)
        work = Path(tempfile.mkdtemp(prefix=_NAME, dir=shelf))
        ours = os.open(work, os.O_RDONLY)
        fcntl.flock(ours, fcntl.LOCK_EX)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
        os.close(ours)


def _sweep(shelf: Path) -> None:
    for left in shelf.glob(f"{_NAME}*"):
        try:
            with _locked(left, fcntl.LOCK_EX | fcntl.LOCK_NB):
                shutil.rmtree(left, ignore_errors=True)
        except OSError:  # somebody is working in it, or it has just gone
            continue


@contextmanager
def _locked(folder: Path, how: int) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)
