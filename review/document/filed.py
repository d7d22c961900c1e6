"""Files that leave appear whole, or not at all: also where the disk is full halfway."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from review.commands.refusing import NotTaken


@contextmanager
def filed(file: Path, content: bytes) -> Iterator[None]:
    """Write a file, which appears when the ``with`` ends well: so what fails inside leaves nothing.

    Raises `NotTaken` where there is no room, and OSError with its name where it may not be written.
    """
    if file.exists() and not file.is_file():  # a device or a pipe has nothing to put in its place
        file.write_bytes(content)
        yield
        return
    part = file.with_name(f".{file.name[:200]}.{os.getpid()}-part")
    try:
        _write(part, content, file)
        yield
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _write(part: Path, content: bytes, file: Path) -> None:
    try:
        part.write_bytes(content)
    except OSError as error:
        if error.filename is None:  # a full disk names no file
            raise NotTaken(
                f"{file} was not written: there is no room for it. Make room, and try again."
            ) from None
        raise OSError(error.errno, error.strerror, str(file)) from None
