"""What goes wrong in a warehouse, as a sentence with its cure; no word of a driver passes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from checks.intake import limits
from checks.refusal import Refused, TookTooLong, refuse
from checks.runs import watching

WHERE = "campaign.yaml, people.database"
STOPPED = "57014"
"""The state of a question that was broken off."""
_UNREACHED = (
    "It cannot be reached.",
    "Check host and port in the address, and that this machine may connect.",
)
_SAID = {
    "28": ("It does not let this user in.", "Check PGUSER and PGPASSWORD, or the file ~/.pgpass."),
    "3D": ("It has no database of this name.", "Check the end of the address."),
    "42501": ("This user may not read one of the tables.", "Ask for the right to read it."),
    "42883": ("It lacks a function that a count needs.", "Review from files instead."),
    "42P01": ("It has no table of this name.", "Write the table as schema.table."),
    "08": _UNREACHED,
    "57P": ("It was shut down meanwhile.", "Run again when it is back; nothing was kept."),
    "53": (
        "It has no room for a count.",
        "Run again when it has less to do, or use fewer columns.",
    ),
    "22": (
        "A value in a table is not what its column should hold.",
        "Name a view that leaves such rows out, or holds the column as text.",
    ),
}
"""What happened and the cure, by how the state that the engine reports begins."""
_KINDS = {
    "TableNotFound": "42P01",
    "NumberFormatException": "22",
    "ArithmeticException": "22",
    "DateTimeException": "22",
}
"""The same where an engine tells the kind of an error, and no state."""


@contextmanager
def in_words() -> Iterator[None]:
    """Raise what goes wrong as `checks.refusal.Refused`; what was stopped, as that."""
    try:
        yield
    except Refused:
        raise
    except Exception as error:  # noqa: BLE001 — drivers raise what they like
        watching.go_on()
        raise _said(error) from None


def too_slow() -> TookTooLong:
    """The refusal of a count that takes too long."""
    return TookTooLong("One count", limits.MOST_COUNTING_SECONDS, "MOST_COUNTING_SECONDS")


def _said(error: Exception) -> Refused:
    kind = type(error).__name__
    state = _state(error) or _KINDS.get(kind, "")
    if state == STOPPED:
        return too_slow()
    for beginning, words in _SAID.items():
        if state.startswith(beginning):
            return refuse(WHERE, *words)
    if kind in ("OperationalError", "ConnectionTimeout"):
        return refuse(WHERE, *_at_the_door(str(error)))
    return refuse(WHERE, f"It did not answer ({kind}).", "Ask whoever runs it; nothing was kept.")


def _state(error: Exception) -> str:
    """The state of an error, by the attribute of one driver or the method of another."""
    told = getattr(error, "sqlstate", None) or getattr(error, "getSqlState", None)
    return str((told() if callable(told) else told) or "")


def _at_the_door(said: str) -> tuple[str, str]:
    """Before anybody is let in there is no state to report: only the driver's words tell."""
    if "does not exist" in said and "database" in said:
        return _SAID["3D"]
    return _SAID["28"] if "password" in said or "does not exist" in said else _UNREACHED
