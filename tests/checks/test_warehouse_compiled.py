"""Engines for which questions are only compiled: what would be asked there, word for word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlglot import parse_one

from checks.audience.warehouse.definitions import Definitions, parsed
from checks.audience.warehouse.dialects import COMPILED, NotThere, written
from checks.audience.warehouse.states import digesting, place

QUESTION = (
    "SELECT f1, coalesce(CAST(sum(weight) AS BIGINT), 0) FROM person "
    "WHERE coalesce(f0 IN ($q0), FALSE) GROUP BY 1 HAVING sum(weight) > 0 ORDER BY ALL NULLS LAST"
)
ROW = (
    'CREATE TABLE row AS SELECT t."id" AS key, count(*) AS weight, bool_or(t."on") AS f0, '
    'first(t.status ORDER BY t.at DESC, t.proof ASC) AS f1 FROM people AS t GROUP BY t."id"'
)
MADE = (
    ROW,
    "CREATE TABLE person AS SELECT weight, f0, f1 FROM row WHERE key IS NOT NULL",
    "UPDATE person SET f1 = $into WHERE f1 IN (SELECT unnest($small::INTEGER[]))",
)


def compiled(dialect):
    definitions = Definitions()
    for statement in MADE:
        assert definitions.take(parsed(statement, {"into": 9, "small": [3, 4]}))
    question = parsed(QUESTION, {"q0": True})
    needed = {name: written(one, dialect) for name, one in definitions.needed(question).items()}
    then = place(dialect, "crm.people", "2026-11-20 12:00:00")
    return {
        **needed,
        "question": written(question, dialect),
        "digest": digesting(dialect, f"SELECT id FROM {then}", ["id"]),
    }


@pytest.mark.parametrize("dialect", COMPILED)
def test_what_is_only_compiled_is_compiled_as_before(dialect):
    kept = Path(__file__).parent / "compiled" / f"{dialect}.json"

    assert compiled(dialect) == json.loads(kept.read_text("utf-8"))


def test_a_version_that_spark_keeps_is_what_is_read():
    assert place("spark", "crm.people", "12") == "`crm`.`people` VERSION AS OF 12"


def test_a_function_that_the_engine_lacks_is_named():
    with pytest.raises(NotThere, match="sha1"):
        written(parse_one("SELECT sha1(email) FROM people", read="duckdb"), "postgres")
