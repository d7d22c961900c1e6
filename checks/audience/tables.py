"""The tables an audience is made of: a snapshot's Parquet files, or columns given in a test."""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from checks.audience.engine import DuckDB, Engine, literal_path, quoted, smallest
from checks.intake.profiles import of_values
from checks.refusal import refuse

Type = Literal["text", "integer", "number", "day", "time", "bool"]
PLACE = "file_row_number"
"""What DuckDB calls the number of a row in a file of Parquet."""
SQL_TYPES: dict[Type, str] = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "day": "DATE",
    "time": "TIMESTAMP",
    "bool": "BOOLEAN",
}
ROLES = (
    *("people", "suppression", "permissions", "contacts", "outcomes", "signals"),
    "population",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column of a source file, as it is stored."""

    name: str
    stored: str
    type: Type
    dictionary: tuple[str, ...] | None = None
    """For text stored as whole numbers: the word of each."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """One loaded table; in the database it is named by its role."""

    role: str
    rows: int
    columns: Mapping[str, Column]
    """By source column name."""
    coded: bool = True
    """Whether text of few words is stored as whole numbers, so that other text has many."""
    place: str | None = None
    """The column that numbers the rows from nought, where there is one."""


def load_snapshot(engine: DuckDB, folder: Path) -> tuple[dict[str, Table], dict[str, Any]]:
    """Load every table of a snapshot; return them, and its record without any values."""
    record = _record(folder)
    tables = {
        role: _load_parquet(engine, folder, role, said)
        for role, said in record["tables"].items()
        if role in ROLES
    }
    return tables, _without_words(record)


def load_columns(
    engine: Engine, sides: Mapping[str, Mapping[str, Sequence[Any]]]
) -> tuple[dict[str, Table], dict[str, Any]]:
    """Load tables given as columns of plain values, stored as a snapshot would store them."""
    tables = {role: _load_values(engine, role, columns) for role, columns in sides.items()}
    record = {
        "version": 1,
        "id": "",
        "sources": [
            {
                "role": role,
                "name": role,
                "sha256": "",
                "bytes": 0,
                "rows": table.rows,
                "columns": list(table.columns),
                "repairs": [],
                "profiles": _profiles(engine, sides[role]) if role == "people" else [],
            }
            for role, table in tables.items()
        ],
        "tables": {role: {"rows": table.rows} for role, table in tables.items()},
    }
    return tables, record


def _profiles(engine: Engine, columns: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    words = {
        name: [None if v is None else str(v) for v in column] for name, column in columns.items()
    }
    return [asdict(one) for one in of_values(engine.run, words)]


def _record(folder: Path) -> dict[str, Any]:
    try:
        record: Any = json.loads((folder / "snapshot.json").read_bytes())
    except (OSError, ValueError):
        raise _spoiled("It has no readable snapshot.json.") from None
    if (
        not isinstance(record, dict)
        or record.get("version") != 1
        or "people" not in record["tables"]
    ):
        raise _spoiled("Its snapshot.json has no table of people that this version can read.")
    return record


def _load_parquet(engine: DuckDB, folder: Path, role: str, said: Mapping[str, Any]) -> Table:
    """Load one table; that of the people is read where it lies, for each column is needed once."""
    file = folder / Path(said["file"]).name
    columns = tuple(_column(one) for one in said["columns"])
    if not file.is_file() or _sha256(file) != said["sha256"]:
        raise _spoiled(f"The stored {role} table is missing or has been changed.")
    names = ", ".join(_small(column) for column in columns) or "*"
    made = "VIEW" if role == "people" else "TABLE"
    place = PLACE if role == "people" else None
    there = engine.read(file) if place else literal_path(str(file))
    select = ", ".join([*([place] if place else []), names])
    engine.run(
        f"CREATE {made} {quoted(role)} AS SELECT {select} FROM read_parquet($file)", {"file": there}
    )
    [(rows,)] = engine.run(f"SELECT count(*) FROM {quoted(role)}")
    if rows != said["rows"]:
        raise _spoiled(f"The stored {role} table holds {rows:,} rows, not {said['rows']:,}.")
    named = {column.name: column for column in columns}
    return Table(role=role, rows=rows, columns=named, place=place)


def _small(column: Column) -> str:
    """A stored column in the smallest type that holds it."""
    name = quoted(column.stored)
    if column.dictionary is None:
        return name
    return f"CAST({name} AS {smallest(len(column.dictionary))}) AS {name}"


def _column(said: Mapping[str, Any]) -> Column:
    if not re.fullmatch(r"c\d+", said["stored"]) or said["type"] not in get_args(Type):
        raise _spoiled("Its snapshot.json describes a column that cannot exist.")
    words = said.get("dictionary")
    return Column(
        name=said["name"],
        stored=said["stored"],
        type=said["type"],
        dictionary=None if words is None else tuple(words),
    )


def _load_values(engine: Engine, role: str, columns: Mapping[str, Sequence[Any]]) -> Table:
    sizes = {len(values) for values in columns.values()}
    if len(sizes) > 1:
        raise ValueError(f"the columns of {role} have different lengths: {sorted(sizes)}")
    rows = sizes.pop() if sizes else 0
    stored = [_stored(f"c{n}", name, values) for n, (name, values) in enumerate(columns.items())]
    kinds = ", ".join(f"{column.stored} {_sql_type(column)}" for column, _ in stored)
    engine.run(f"CREATE TABLE {quoted(role)} ({kinds or 'nothing INTEGER'})")
    if rows:
        each = ", ".join(f"unnest(${column.stored}::{_sql_type(column)}[])" for column, _ in stored)
        values = {column.stored: cells for column, cells in stored}
        engine.run(f"INSERT INTO {quoted(role)} SELECT {each}", values)
    named = {column.name: column for column, _ in stored}
    return Table(role=role, rows=rows, columns=named, place="rowid")


def _stored(place: str, name: str, values: Sequence[Any]) -> tuple[Column, list[Any]]:
    cells = [None if value in ("", None) else value for value in values]
    kind = _type_of([cell for cell in cells if cell is not None])
    if kind != "text":
        return Column(name=name, stored=place, type=kind), cells
    words = tuple(dict.fromkeys(str(cell) for cell in cells if cell is not None))
    codes = {word: code for code, word in enumerate(words)}
    coded = [None if cell is None else codes[str(cell)] for cell in cells]
    return Column(name=name, stored=place, type="text", dictionary=words), coded


def _type_of(cells: Sequence[Any]) -> Type:
    for kind, name in (
        (bool, "bool"),
        (int, "integer"),
        ((int, float), "number"),
        (datetime, "time"),
        (date, "day"),
    ):
        if cells and all(
            isinstance(cell, kind) and (kind is bool or not isinstance(cell, bool))
            for cell in cells
        ):
            return name  # type: ignore[return-value]
    return "text"


def _sql_type(column: Column) -> str:
    return "INTEGER" if column.dictionary is not None else SQL_TYPES[column.type]


def _without_words(record: Mapping[str, Any]) -> dict[str, Any]:
    tables = {
        role: {
            **said,
            "columns": [
                {key: value for key, value in column.items() if key != "dictionary"}
                for column in said["columns"]
            ],
        }
        for role, said in record["tables"].items()
    }
    return {**record, "tables": tables}


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _spoiled(what: str) -> Exception:
    return refuse("the snapshot of the people", what, "Take the files in again.")
