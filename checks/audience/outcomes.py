"""What came of it for each person: delivered, bought, complained, left, was deleted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from checks.audience import attributes
from checks.audience.facts import Remark
from checks.audience.reading import Reading, number, truth
from checks.campaign import Outcomes

EVENTS = ("converted", "delivered", "complained", "opted_out", "deleted")


def remarks(reading: Reading, told: Outcomes) -> Iterator[Remark]:
    """The arm of each person, and what happened to them."""
    if told.arm is not None and reading.has(told.arm):
        shown, sql = attributes.words(reading, told.arm)
        yield Remark(fact="outcomes.arm", kind="text", sql=sql, fold="same", shown=shown)
    for event in EVENTS:
        column = getattr(told, event)
        if column is not None and reading.has(column):
            yield _happened(reading, event, column)


def _happened(reading: Reading, event: str, column: str) -> Remark:
    """Whether it happened: a yes, an amount above nought, or the day on which it did.

    A column in which every value says that it happened names those to whom it did: to the
    others, and to people whom its file leaves out, it did not. Otherwise they are not known.
    """
    meanings = [meaning(word) for _, word in reading.words(column) if not reading.unknown(word)]
    complete = bool(meanings) and all(meanings)
    known = reading.mapped(
        column, "BOOLEAN", lambda word: None if reading.unknown(word) else meaning(word)
    )
    sql = f"coalesce({known}, FALSE)" if complete else known
    return Remark(fact=f"outcomes.{event}", kind="bool", sql=sql, fold="any", complete=complete)


def meaning(word: str) -> bool | None:
    """Whether a word says that something happened; None where it says neither.

    >>> [meaning(word) for word in ("yes", "0", "19.90", "2026-12-03", "perhaps")]
    [True, False, True, True, None]
    """
    amount = number(word)
    if amount is not None:
        return amount > 0
    said = truth(word, None)
    return True if said is None and _is_day(word) else said


def _is_day(word: str) -> bool:
    try:
        datetime.fromisoformat(word)
    except ValueError:
        return False
    return True
