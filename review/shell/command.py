"""A command: the words it takes, and what it answers; the clock and the printing are elsewhere."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What a command answers."""

    says: str | bytes
    """Words for people end in a line; bytes are handed on as they are."""
    status: int = 0
    """Of the exit, for a pipeline."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """One command of `python -m review`."""

    words: Callable[[ArgumentParser], None]
    """Adds the words that it takes."""
    answer: Callable[[Namespace, datetime], Told]
    """Does it, as of a moment."""
