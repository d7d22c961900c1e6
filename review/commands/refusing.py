"""What is said when a command is not taken."""

from __future__ import annotations


class NotTaken(Exception):  # noqa: N818 — the word people see
    """A command was refused: what happened, and what to do, as a sentence."""

    on_record = ""
    """What the record says of it; empty: the sentence itself."""


class Unsealed(NotTaken):
    """What was to go under seal was not whole. Why would tell what it says: the person reads it."""

    on_record = "What was to go under seal was not complete yet."


class NotStored(NotTaken):
    """The store could not be written or read; what was there before is still there."""

    def __init__(self, sentence: str, place: str = "") -> None:
        """`place` is where the store lies: for whoever looks after it, and for nobody else."""
        super().__init__(sentence)
        self.place = place


class StaleLogin(NotTaken):
    """The person has to prove anew who they are; nothing else stands in the way."""
