"""A snapshot: the people as they were taken in, and the record of how that went.

One folder, named by the snapshot's id: a Parquet file a table, and `snapshot.json`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from checks.intake.profiles import ColumnProfile
from checks.refusal import Refused, refuse

VERSION = 1
"""Of the form in which snapshots are stored."""
RECORD = "snapshot.json"
DELETED = "deleted"
"""The file left where a snapshot was deleted on purpose: the day."""

Type = Literal["text", "integer", "number", "day", "time", "bool"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One file that was read: its role, not its path."""

    role: str
    name: str
    sha256: str
    bytes: int
    rows: int
    columns: tuple[str, ...]
    """All columns of the file, also those that were not stored."""
    repairs: tuple[str, ...]
    """What was repaired, as sentences with numbers."""
    label: str = ""
    """What the campaign file called it, where each file was a status of its own."""
    left_out: tuple[int, ...] = ()
    """Rows of the file that sum up others and were not stored, from 1 below the header."""
    profiles: tuple[ColumnProfile, ...] = ()
    """Of people files: what each column looks like, in counts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One stored column."""

    name: str
    """As the file calls it."""
    stored: str
    """As the Parquet file calls it: c0, c1 …"""
    type: Type
    dictionary: tuple[str, ...] | None = None
    """For text stored as whole numbers: the word of each."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """One stored table."""

    rows: int
    file: str
    sha256: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """What `snapshot.json` says."""

    version: int
    id: str
    sources: tuple[Source, ...]
    tables: Mapping[str, Table]
    """By role."""

    def written(self) -> str:
        """The record as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    @classmethod
    def read(cls, text: str) -> Record:
        """The record from its JSON."""
        said: dict[str, Any] = json.loads(text)
        return cls(
            version=said["version"],
            id=said["id"],
            sources=tuple(_source(one) for one in said["sources"]),
            tables={role: _table(one) for role, one in said["tables"].items()},
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """People taken in, whole: nothing half-loaded ever has this form."""

    id: str
    folder: Path
    record: Record

    @classmethod
    def load(cls, folder: Path) -> Snapshot:
        """Open a snapshot's folder; raises `Refused` where it is not whole or was changed."""
        try:
            record = Record.read((folder / RECORD).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise _gone(folder) from None
        except (OSError, ValueError, KeyError, TypeError):
            raise _changed(RECORD) from None
        if record.version != VERSION or record.id != folder.name:
            raise _changed(RECORD)
        for table in record.tables.values():
            if sha256_of(folder / table.file) != table.sha256:
                raise _changed(table.file)
        return cls(id=record.id, folder=folder, record=record)


def sha256_of(file: Path) -> str | None:
    """SHA-256 of a file's bytes; None where there is no file to read."""
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return None


def deleted(folder: Path) -> date | None:
    """The day on which the snapshot of this folder was deleted on purpose, if it was."""
    try:
        return date.fromisoformat((folder / DELETED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _gone(folder: Path) -> Refused:
    day = deleted(folder)
    if day is None:
        cure = "Take the files in again."
        return refuse("snapshot", "These people data are no longer here.", cure)
    what = f"These people data were deleted on {day.day} {day:%B %Y}."
    return refuse("snapshot", what, "To look at the campaign again, bring its files again.")


def _changed(file: str) -> Refused:
    what = f"The stored file {file} is damaged or was changed."
    return refuse("snapshot", what, "Delete the snapshot and take the files in again.")


def _source(said: Mapping[str, Any]) -> Source:
    columns, repairs = tuple(said["columns"]), tuple(said["repairs"])
    profiles = tuple(ColumnProfile(**one) for one in said.get("profiles", ()))
    told = {"columns": columns, "repairs": repairs, "profiles": profiles}
    return Source(**{**said, **told, "left_out": tuple(said.get("left_out", ()))})


def _table(said: Mapping[str, Any]) -> Table:
    return Table(**{**said, "columns": tuple(_column(one) for one in said["columns"])})


def _column(said: Mapping[str, Any]) -> Column:
    words = said["dictionary"]
    return Column(**{**said, "dictionary": None if words is None else tuple(words)})
