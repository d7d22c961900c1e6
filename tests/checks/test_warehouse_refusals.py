"""What can go wrong in a warehouse: a sentence with the cure, nothing half-made, nothing told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from checks.audience import warehouse
from checks.audience.warehouse import connecting
from checks.campaign.reading import read_campaign
from checks.intake import limits
from checks.refusal import Refused
from checks.runs.run import run_campaign
from tests.checks import rich_campaign
from tests.checks.warehouses import MADE, POLICY, moved

HOUSE = Path(__file__).resolve().parents[2]
CANARY = "s3cret-canary"


def refused(campaign):
    with pytest.raises(Refused) as found:
        warehouse.People(campaign)
    [problem] = found.value.problems
    assert "Traceback" not in str(problem)
    return f"{problem.what} {problem.cure}"


@pytest.fixture
def a_table(there, a_campaign):
    """A campaign over one table that is made of these columns."""

    def build(columns="id text, chosen boolean", *, table="plain.people", **people):
        there.run("CREATE SCHEMA IF NOT EXISTS plain")
        there.run("DROP TABLE IF EXISTS plain.people CASCADE")
        there.run(f"CREATE TABLE plain.people ({columns})")
        named = {"database": there.address, "table": table, "key": "id", "targeted": "chosen"}
        return a_campaign(people={**named, **people})

    return build


@pytest.fixture
def folded_there(there, tmp_path):
    """A campaign file over a table with some hundred people."""
    MADE["folded"](tmp_path / "folded", None)
    return moved(tmp_path / "folded", tmp_path / "there", there.address, there.fill)


def test_nobody_answers_at_the_address(a_campaign):
    people = {"database": "postgresql://reader@127.0.0.1:1/postgres", "table": "people"}

    assert refused(a_campaign(people=people)).startswith("It cannot be reached. Check host")


def test_no_such_database(there, a_campaign):
    people = {"database": there.address.replace("/postgres", "/nowhere"), "table": "people"}

    assert "no database of this name" in refused(a_campaign(people=people))


def test_no_such_table(a_table):
    assert "no table of this name" in refused(a_table(table="plain.persons"))


def test_no_right_to_read(there, a_table):
    campaign = a_table()
    there.run("REVOKE pg_read_all_data FROM reader")
    there.run("GRANT USAGE ON SCHEMA plain TO reader")
    try:
        assert refused(campaign) == (
            "This user may not read one of the tables. Ask for the right to read it."
        )
    finally:
        there.run("GRANT pg_read_all_data TO reader")


@pytest.fixture
def locked(there):
    """The address for a user who is let in with a password only."""
    there.run("DROP ROLE IF EXISTS locked")
    there.run(f"CREATE ROLE locked LOGIN PASSWORD '{CANARY}'")
    there.run("GRANT pg_read_all_data TO locked")
    rules = Path(there.run("SHOW hba_file").fetchone()[0])
    before = rules.read_text("utf-8")
    rules.write_text(f"host all locked 127.0.0.1/32 scram-sha-256\n{before}", "utf-8")
    there.run("SELECT pg_reload_conf()")
    yield there.address.replace("reader@", "locked@")
    rules.write_text(before, "utf-8")
    there.run("SELECT pg_reload_conf()")


def test_a_wrong_password(a_table, locked, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", "wrong")

    said = refused(a_table(database=locked))

    assert said.startswith("It does not let this user in. Check PGUSER and PGPASSWORD")


@pytest.mark.parametrize(
    ("password", "status"), [(CANARY, 1), (f"{CANARY}-wrong", 2)], ids=["right", "wrong"]
)
def test_a_password_is_in_nothing_that_is_written(
    folded_there, there, locked, tmp_path, password, status
):
    text = folded_there.read_text("utf-8").replace(there.address, locked)
    folded_there.write_text(text, "utf-8")
    place = {**os.environ, "PYTHONPATH": str(HOUSE), "CANDOR_HOME": str(tmp_path / "home")}

    done = subprocess.run(
        [sys.executable, "-X", "dev", "-m", "checks", "run", str(folded_there), "--json"],
        env={**place, "PGPASSWORD": password},
        capture_output=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == status
    kept = [file.read_bytes() for file in (tmp_path / "home").rglob("*") if file.is_file()]
    for written in (done.stdout, done.stderr, *kept):
        assert CANARY.encode() not in written


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://ana:{CANARY}@host/base",
        f"postgresql://host/base?user=ana&password={CANARY}",
        f"postgresql://ana:{CANARY}/x@host/base",
    ],
)
def test_a_password_is_never_taken_from_the_file(tmp_path, address):
    file = tmp_path / "campaign.yaml"
    file.write_text(
        "id: a\nname: A\nowner: b\nlaunch: 2026-12-01\nsector: general\neffect: opportunity\n"
        f"people: {{database: '{address}', table: people}}\n",
        "utf-8",
    )

    with pytest.raises(Refused) as found:
        read_campaign(file)

    assert "PGPASSWORD" in str(found.value)
    assert CANARY not in str(found.value)


def test_an_address_that_leads_nowhere(a_campaign):
    said = refused(a_campaign(people={"database": "oracle://host/base", "table": "people"}))

    assert said.startswith("No door leads to an address like this. Known are postgres://")


def test_a_column_that_is_not_there(a_table):
    assert "The table has no column “picked”." in refused(a_table(targeted="picked"))


def test_a_column_that_cannot_be_counted(a_table):
    said = refused(a_table("id text, chosen jsonb"))

    assert said.startswith("The column “chosen” is of a type that cannot be counted.")


def test_a_key_that_is_a_number_with_decimals(a_table):
    said = refused(a_table("id double precision, chosen boolean"))

    assert said.startswith(
        "The key “id” is a number with decimals, so people cannot be told by it."
    )


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("numeric(12,0)", ("7", "8", "8")),
        ("uuid", tuple(f"gen{n}".encode().hex().rjust(32, "0") for n in (7, 8, 8))),
        ("char(9)", ("7", "8", "8")),
        ("bigint", ("7", "8", "8")),
    ],
)
def test_a_key_of_another_type_tells_people_apart(there, a_table, policy, kind, values):
    campaign = a_table(f"id {kind}, chosen text")
    for value in values:
        there.run(f"INSERT INTO plain.people VALUES ('{value}', 'yes')")

    audience = warehouse.People(campaign).audience(policy)

    assert (audience.people, audience.targeted, audience.key_facts.repeated) == (2, 2, 1)
    audience.close()


def test_a_value_that_its_view_cannot_read(there, a_table):
    campaign = a_table(table="plain.read")
    there.run("INSERT INTO plain.people VALUES ('a', true)")
    there.run(
        "CREATE VIEW plain.read AS SELECT id, CAST(id AS int) > 0 AS chosen FROM plain.people"
    )

    assert refused(campaign).startswith("A value in a table is not what its column should hold.")


def test_a_view_that_takes_for_ever(there, a_table, monkeypatch):
    campaign = a_table(table="plain.slow")
    slow = "SELECT id, pg_sleep(60) IS NULL AS chosen FROM plain.people"
    there.run(f"CREATE VIEW plain.slow AS {slow}")
    there.run("INSERT INTO plain.people VALUES ('a', true)")
    monkeypatch.setattr(limits, "MOST_COUNTING_SECONDS", 0.2)

    assert "took longer than 0.2 seconds" in refused(campaign)


def test_more_than_a_review_may_read_is_refused_before_anything_is_read(
    there, a_table, monkeypatch
):
    campaign = a_table()
    there.run("INSERT INTO plain.people SELECT n::text, true FROM generate_series(1, 5000) AS n")
    there.run("ANALYZE plain.people")
    monkeypatch.setattr(limits, "MOST_READ_THERE", 10_000)
    asked = []
    monkeypatch.setattr(connecting.Postgres, "ask", spied(connecting.Postgres.ask, asked))

    said = refused(campaign)

    assert said.startswith("It has more than 10,000 bytes to read there. Name views of fewer rows")
    assert all(question.startswith("EXPLAIN") for question in asked)


def test_what_all_questions_read_together_is_limited_too(folded_there, monkeypatch):
    monkeypatch.setattr(limits, "MOST_READ_THERE", 200_000)

    with pytest.raises(Refused, match="more than 200,000 bytes to read there"):
        run_campaign(folded_there, POLICY)


def test_an_answer_of_more_rows_than_groups_can_be_is_refused(folded_there, monkeypatch):
    monkeypatch.setattr(limits, "MOST_ANSWERED", 2)

    with pytest.raises(Refused, match="more than 2 rows in one answer"):
        run_campaign(folded_there, POLICY)


def spied(ask, asked):
    """The same door, its questions noted."""

    def noting(self, question):
        asked.append(question)
        return ask(self, question)

    return noting


def test_a_function_that_is_not_there_is_named(there, tmp_path):
    folder = rich_campaign.write(tmp_path / "rich")
    text = (folder / "campaign.yaml").read_text("utf-8").replace("hashed: sha256", "hashed: sha1")
    (folder / "campaign.yaml").write_text(text, "utf-8")
    file = moved(folder, tmp_path / "there", there.address, there.fill)

    with pytest.raises(Refused) as found:
        run_campaign(file, POLICY)

    said = "It has no function sha1, which a count needs. Add it there, or review from files."
    assert said in str(found.value)


def test_what_changes_during_the_run_is_not_seen_by_it(there, folded_there, policy):
    people = warehouse.People(read_campaign(folded_there))
    there.run("UPDATE folded.people SET chosen = false")
    audience = people.audience(policy)

    assert audience.targeted > 100
    people.unmoved()
    audience.close()
    after = warehouse.People(read_campaign(folded_there))
    assert after.id != people.id
    after.close()


@pytest.mark.usefixtures("folded_there")
def test_a_question_that_fails_leaves_the_state_that_is_counted(there, monkeypatch):
    monkeypatch.setattr(limits, "MOST_COUNTING_SECONDS", 0.2)
    door = connecting.connect(there.address)
    counted = "SELECT count(*) FROM folded.people WHERE chosen"
    before = door.ask(counted)
    there.run("UPDATE folded.people SET chosen = false")

    with pytest.raises(Refused, match=r"longer than 0\.2 seconds"):
        door.ask("SELECT pg_sleep(60)")

    assert door.ask(counted) == before
    door.close()


def test_a_server_that_goes_away_ends_the_run_with_a_sentence(there, folded_there, policy):
    people = warehouse.People(read_campaign(folded_there))
    there.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader'")

    with pytest.raises(Refused, match="It was shut down meanwhile"):
        people.audience(policy)
    people.close()


def test_nothing_is_ever_made_there(there):
    door = connecting.connect(there.address)

    with pytest.raises(Refused):
        door.ask("CREATE TABLE made (a int)")
    door.close()
