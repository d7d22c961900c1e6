"""People in a Parquet file too large to be taken in: counted where they lie, and not copied.

Each table is a view of its file. What is made of them meanwhile is one narrow column for each fact
of a person, without keys, in a private folder that goes when the counting ends.
"""
# ruff: noqa: S608 — names are quoted, values are parameters

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from checks.audience.answers import Audience
from checks.audience.engine import DuckDB, Unanswered, quoted, written_out
from checks.audience.lacking import lacking
from checks.audience.looks import profiled, quickly
from checks.audience.tables import PLACE, SQL_TYPES, Column, Table, Type
from checks.campaign import Campaign
from checks.intake.mapping import SIDES, files
from checks.intake.snapshot import Source
from checks.policy import Policy
from checks.refusal import Refused, refuse
from checks.runs import watching

AT_ONCE = 1 << 24
"""Bytes of a file that are hashed in one go."""
TOLD = 64 * AT_ONCE
"""So many bytes on, it is told how far it is."""
_TYPES: Mapping[str, Type] = {
    "VARCHAR": "text", "BOOLEAN": "bool", "DATE": "day", "FLOAT": "number", "DOUBLE": "number",
    "TIMESTAMP": "time", "TIMESTAMP WITH TIME ZONE": "time", "UUID": "text",
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT"), "integer"),
    **dict.fromkeys(("UTINYINT", "USMALLINT", "UINTEGER"), "integer"),
}  # fmt: skip


class InPlace:
    """The people of a campaign in files that stay as they are."""

    as_of: str | None = None

    def __init__(self, campaign: Campaign, folder: Path) -> None:
        """Look at the files in a folder; raises `checks.refusal.Refused`."""
        self._campaign = campaign
        self._files = dict(_files(campaign, folder))
        self._engine = DuckDB(on_disk=True)
        try:
            self._tables = {role: self._opened(role) for role in self._files}
            self._look()
            self.sources: tuple[Source, ...] = tuple(self._sources())
        except BaseException:
            self.close()
            raise

    @property
    def id(self) -> str:
        """What stands for exactly these people."""
        told = "\n".join(f"{one.role} {one.sha256}" for one in self.sources)
        return hashlib.sha256(told.encode()).hexdigest()

    def audience(self, policy: Policy) -> Audience:
        """The people, answering with counts."""
        try:
            return Audience(self._engine, self._tables, self._record(), self._campaign, policy)
        except BaseException:
            self.close()
            raise

    def unmoved(self) -> None:
        """Raise `checks.refusal.Refused` where a file changed while it was counted."""
        for one in self.sources:
            if _sha256(self._files[one.role]) != one.sha256:
                what = "It changed while it was being counted."
                raise refuse(one.name, what, "Run again when nothing writes to it.")

    def close(self) -> None:
        """Forget the people."""
        self._engine.close()

    def _opened(self, role: str) -> Table:
        """A table as a view of its file; raises `checks.refusal.Refused`."""
        file = {"file": self._engine.read(self._files[role])}
        try:
            found = self._engine.run("DESCRIBE SELECT * FROM read_parquet($file)", file)
        except Unanswered:
            what = f"The file “{self._files[role].name}” cannot be read as Parquet."
            cure = "Write it again; perhaps it was not copied to its end."
            raise refuse(f"campaign.yaml, {role}.file", what, cure) from None
        if PLACE in (name.lower() for name, *_ in found):
            what = f"A column of “{self._files[role].name}” is called “{PLACE}”."
            cure = "Give it another name: here the number of each row is called so."
            raise refuse(f"campaign.yaml, {role}.file", what, cure)
        stored = {name: kind for name, kind, *_ in found if _type(kind) is not None}
        zone = self._campaign.time_zone
        select = ", ".join(
            f"{_as_ours(quoted(name), kind, zone)} AS {quoted(name)}"
            for name, kind in stored.items()
        )
        self._engine.run(
            f"CREATE VIEW {quoted(role)} AS SELECT {select}, {PLACE} FROM read_parquet($file)", file
        )
        [(rows,)] = self._engine.run(f"SELECT count(*) FROM {quoted(role)}")
        columns = {
            name: Column(name=name, stored=name, type=known)
            for name, kind in stored.items()
            if (known := _type(kind))
        }
        return Table(role=role, rows=rows, columns=columns, coded=False, place=PLACE)

    def _look(self) -> None:
        kinds = {
            role: {name: one.type for name, one in table.columns.items()}
            for role, table in self._tables.items()
        }
        if problems := list(lacking(self._campaign, kinds)):
            raise Refused(problems)

    def _sources(self) -> Iterator[Source]:
        for role, table in self._tables.items():
            file = self._files[role]
            yield Source(
                role=role,
                name=file.name,
                sha256=_sha256(file),
                bytes=file.stat().st_size,
                rows=table.rows,
                columns=tuple(table.columns),
                repairs=(),
            )

    def _record(self) -> dict[str, Any]:
        """As that of a snapshot: see `checks.intake.snapshot.Record`."""
        people = self._tables["people"]
        kinds = {name: one.type for name, one in people.columns.items()}
        looks = profiled(self._engine.run, kinds, people.rows, place=PLACE, filled=quickly)
        sources = [
            asdict(replace(one, profiles=looks) if one.role == "people" else one)
            for one in self.sources
        ]
        tables = {
            role: {
                "rows": table.rows,
                "columns": [{"name": c.name, "type": c.type} for c in table.columns.values()],
            }
            for role, table in self._tables.items()
        }
        return {"version": 1, "id": self.id, "sources": sources, "tables": tables}


def _files(campaign: Campaign, folder: Path) -> Iterator[tuple[str, Path]]:
    """The file of each table, by role; raises `checks.refusal.Refused`."""
    for role in ("people", *SIDES):
        named, where = files(getattr(campaign, role)), f"campaign.yaml, {role}.file"
        if len(named) > 1:
            cure = "Write them as one file of Parquet, or leave “in_place:” out."
            raise refuse(where, "Several files are named beside people in place.", cure)
        for name in named:
            file = folder / name
            if not file.is_file():
                cure = "Put it beside the campaign file, or mend its name."
                raise refuse(where, f"The file “{name}” is not there.", cure)
            with file.open("rb") as opened:
                if opened.read(4) != b"PAR1":
                    what = f"The file “{name}” is not one of Parquet."
                    raise refuse(where, what, "Write it as Parquet, or leave “in_place:” out.")
            yield role, file.resolve()


def _type(kind: str) -> Type | None:
    """What a column holds for us; None for what cannot be counted."""
    if kind.startswith("DECIMAL"):
        return "integer" if kind.endswith(",0)") else "number"
    return _TYPES.get(kind)


def _as_ours(column: str, kind: str, zone: str) -> str:
    """A column as we hold its type; times in UTC."""
    match _type(kind):
        case "time" if "ZONE" in kind:
            return f"{column} AT TIME ZONE 'UTC'"
        case "time":
            return (
                f"({column} AT TIME ZONE {written_out('$zone', {'zone': zone})}) AT TIME ZONE 'UTC'"
            )
        case "day" | "bool" | None:
            return column
        case known:
            return f"CAST({column} AS {SQL_TYPES[known]})"


def _sha256(file: Path) -> str:
    """The hash of the bytes of a file, while whoever waits is told how far it is."""
    found, size, done = hashlib.sha256(), file.stat().st_size, 0
    says = f"{file.name}: its {size // 1_000_000:,} MB are hashed."
    with file.open("rb") as opened:
        while part := opened.read(AT_ONCE):
            if done % TOLD == 0:
                watching.tell(says, done / size)
            found.update(part)
            done += len(part)
            watching.go_on()
    return found.hexdigest()
