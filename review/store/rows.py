"""What is stored of a review: its events as they were hashed, and words beside them."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """One stored event: its number, its hash, and the event exactly as it was hashed."""

    number: int
    hash: str
    event: str


class Words(NamedTuple):
    """Words outside the chain; both are None once they are erased."""

    hash: str
    salt: bytes | None
    words: str | None
