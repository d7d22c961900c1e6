"""What a file is known by, and whether it is still as it was.

SHA-256 names a file for good. Whether it changed while it was read needs only a quick hash of the
same bytes, which costs a tenth.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import xxhash

_PIECE = 1 << 18


@dataclass(frozen=True, kw_only=True, slots=True)
class Print:
    """Both hashes of one file."""

    sha256: str
    quick: str


def print_of(file: Path) -> Print | None:
    """Both hashes of a file's bytes, read once; None where there is no file to read."""
    sha256, quick = hashlib.sha256(), xxhash.xxh3_128()
    piece = memoryview(bytearray(_PIECE))
    try:
        with file.open("rb", buffering=0) as opened:
            while many := opened.readinto(piece):
                sha256.update(piece[:many])
                quick.update(piece[:many])
    except OSError:
        return None
    return Print(sha256=sha256.hexdigest(), quick=quick.hexdigest())


def unchanged(file: Path, print_: Print) -> bool:
    """Whether a file still has the bytes that were hashed."""
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, xxhash.xxh3_128).hexdigest() == print_.quick
    except OSError:
        return False
