"""The secret of one review: with it, and only with it, a file of people can be told by its hash.

A plain hash would give a short list away: whoever guesses the number of the one person on it could
try whether the hash fits.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def secret(review: str, keys: Path) -> bytes:
    """The secret of a review, made at its first use and readable by this installation only."""
    file = keys / f"{review}.key"
    if not file.exists():
        keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, made = tempfile.mkstemp(prefix=".key-", dir=keys)
        with os.fdopen(handle, "wb") as opened:
            opened.write(secrets.token_bytes(32))
        with suppress(FileExistsError):  # another process was faster: its secret is the one
            os.link(made, file)
        Path(made).unlink()
    return file.read_bytes()


def keyed_hash(key: bytes, file: Path) -> str:
    """HMAC-SHA256 over the bytes of a file."""
    with file.open("rb") as opened:
        made = hmac.new(key, digestmod=hashlib.sha256)
        while piece := opened.read(1 << 20):
            made.update(piece)
    return made.hexdigest()
