"""The person view out of a snapshot folder: the same people, or a refusal."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import duckdb
import pytest

from checks.audience import Audience
from checks.refusal import Refused

SECTIONS = {
    "people": {
        "key": "Customer Id",
        "targeted": "on",
        "attributes": {
            "gender": "g",
            "age": {"column": "born", "as": "birth_date", "bands": [18, 65]},
            "money": {"column": "money", "bands": [100]},
        },
        "quasi_identifiers": ["plz"],
    },
    "channels": {
        "email": {
            "basis": "consent",
            "permission": {"status": "said", "proof": "ref", "given": "d"},
        }
    },
    "suppression": {"file": "stop.csv", "since": "since"},
}
PEOPLE = """
SELECT 'ID-' || i AS c0, i % 3 = 0 AS c1, CAST(CASE WHEN i % 5 = 4 THEN NULL ELSE i % 2 END AS
UTINYINT) AS c2, DATE '1950-06-01' + CAST(i * 500 AS INTEGER) AS c3, i * 2.5 AS c4,
CAST(10115 + i % 2 AS BIGINT) AS c5, CAST(i % 2 AS UTINYINT) AS c6,
CASE WHEN i % 4 > 0 THEN ' ref ' || i END AS c7, TIMESTAMP '2026-01-01 12:00:00' AS c8
FROM range(60) AS t(i)
"""
COLUMNS = [
    ("Customer Id", "text", None),
    ("on", "bool", None),
    ("g", "text", ["f", " m "]),
    ("born", "day", None),
    ("money", "number", None),
    ("plz", "integer", None),
    ("said", "text", ["Granted", "pending"]),
    ("ref", "text", None),
    ("d", "time", None),
]
REFUSED = "SELECT 'ID-' || i AS c0, DATE '2026-01-01' AS c1 FROM range(50, 70) AS t(i)"


def store(folder, role, query, columns):
    """One table of a snapshot, as intake writes it."""
    file = folder / f"{role}.parquet"
    with duckdb.connect() as connection:
        made = connection.sql(query)
        made.write_parquet(str(file))
        [(rows,)] = made.aggregate("count(*)").fetchall()
    return {
        "rows": rows,
        "file": file.name,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "columns": [
            {"name": name, "stored": f"c{n}", "type": kind, "dictionary": words}
            for n, (name, kind, words) in enumerate(columns)
        ],
    }


@pytest.fixture
def snapshot(tmp_path):
    """A snapshot folder with people and refusals, in a folder whose name looks like a pattern."""
    folder = tmp_path / "a[1]*?"
    folder.mkdir()
    stop = [("Customer Id", "text", None), ("since", "day", None)]
    record = {
        "version": 1,
        "id": "5eed",
        "sources": [{"role": "people", "name": "people.csv", "rows": 60}],
        "tables": {
            "people": store(folder, "people", PEOPLE, COLUMNS),
            "suppression": store(folder, "suppression", REFUSED, stop),
        },
    }
    (folder / "snapshot.json").write_text(json.dumps(record))
    return folder


def as_columns():
    """The same people as plain values."""
    with duckdb.connect() as connection:
        rows = connection.sql(PEOPLE).fetchall()
        stop = connection.sql(REFUSED).fetchall()
    people = {}
    for place, (name, _, words) in enumerate(COLUMNS):
        cells = [row[place] for row in rows]
        people[name] = [words[c] if c is not None else None for c in cells] if words else cells
    refusals = {"Customer Id": [row[0] for row in stop], "since": [row[1] for row in stop]}
    return people, {"suppression": refusals}


def test_a_file_and_plain_values_are_the_same_people(snapshot, a_campaign, policy):
    campaign = a_campaign(**SECTIONS)
    people, tables = as_columns()
    stored = Audience.open(snapshot, campaign, policy)
    plain = Audience.of(campaign, policy, tables=tables, **people)

    assert (stored.rows, stored.people, stored.targeted) == (60, 60, 20)
    assert stored.unmatched == plain.unmatched == {"suppression": 10}
    for fact in [
        *(f"attribute.{name}" for name in ("gender", "age", "money")),
        *("targeted", "age", "quasi.plz", "suppressed", "suppression.since"),
        *(f"email.{name}" for name in ("status", "proof", "given", "purpose_fits")),
    ]:
        assert stored.count(fact, "targeted") == plain.count(fact, "targeted"), fact
        assert len(stored.count(fact, "targeted")) > 1


def test_the_record_is_told_without_the_words(snapshot, a_campaign, policy):
    intake = Audience.open(snapshot, a_campaign(**SECTIONS), policy).intake

    assert intake["id"] == "5eed"
    assert intake["tables"]["people"]["rows"] == 60
    assert "dictionary" not in repr(intake)


def spoil_bytes(folder):
    file = folder / "people.parquet"
    file.write_bytes(file.read_bytes()[:-40] + bytes(40))


def spoil_rows(folder):
    record = json.loads((folder / "snapshot.json").read_text())
    record["tables"]["people"]["rows"] = 61
    (folder / "snapshot.json").write_text(json.dumps(record))


def spoil_column(folder):
    record = json.loads((folder / "snapshot.json").read_text())
    record["tables"]["people"]["columns"][0]["stored"] = 'c0"; DROP TABLE people; --'
    (folder / "snapshot.json").write_text(json.dumps(record))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        pytest.param(spoil_bytes, "missing or has been changed", id="other bytes"),
        pytest.param(spoil_rows, "holds 60 rows, not 61", id="another number of rows"),
        pytest.param(spoil_column, "a column that cannot exist", id="a column not of ours"),
        pytest.param(
            lambda folder: (folder / "people.parquet").unlink(),
            "missing or has been changed",
            id="no table",
        ),
        pytest.param(
            lambda folder: (folder / "snapshot.json").unlink(), "no readable", id="no record"
        ),
        pytest.param(
            lambda folder: (folder / "snapshot.json").write_text("{"), "no readable", id="half"
        ),
        pytest.param(
            lambda folder: (folder / "snapshot.json").write_text("[]"), "no table of", id="a list"
        ),
        pytest.param(
            lambda folder: (folder / "snapshot.json").write_text('{"version": 2, "tables": {}}'),
            "no table of people",
            id="from the future",
        ),
    ],
)
def test_a_spoiled_snapshot_is_refused(snapshot, a_campaign, policy, spoil, told):
    spoil(snapshot)

    with pytest.raises(Refused, match=told) as refused:
        Audience.open(snapshot, a_campaign(**SECTIONS), policy)

    assert refused.value.problems[0].cure == "Take the files in again."


def test_days_at_night_are_days_of_the_campaign(snapshot, a_campaign, policy):
    campaign = a_campaign(**SECTIONS, time_zone="Pacific/Auckland")

    [given] = Audience.open(snapshot, campaign, policy).count("email.given")

    assert given.values == (date(2026, 1, 2),)
