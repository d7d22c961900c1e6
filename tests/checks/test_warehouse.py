"""People who stay in a warehouse: the same findings as from files, and nothing but counts comes."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import psycopg
import pytest
from sqlglot import parse_one

from checks import places
from checks.audience import warehouse
from checks.audience.warehouse import connecting
from checks.audience.warehouse.definitions import Definitions, parsed
from checks.audience.warehouse.dialects import COMPILED, NotThere, written
from checks.campaign.reading import read_campaign
from checks.intake import limits, take_in
from checks.lists.listing import lists_of_file
from checks.refusal import Refused
from checks.runs.run import run_campaign
from tests.checks import rich_campaign
from tests.postgres import Cluster, programs

POLICY = places.DATA / "policies/default.yaml"
SAMPLES = ("club-newsletter", "home-loan", "summer-sale")
ROWS = 2_500
KINDS = {
    "text": "text", "integer": "bigint", "number": "double precision",
    "day": "date", "time": "timestamptz", "bool": "boolean",
}  # fmt: skip
ONLY_FROM_FILES = {"protection.stray_identifiers", "balance.cost"}
"""Checks that look at the file itself: of a table in a warehouse they say that they cannot tell."""


@pytest.fixture(scope="module")
def server(missing):
    """A PostgreSQL server of these tests' own."""
    found = programs() or missing("no PostgreSQL server: install the package postgresql")
    cluster = Cluster(found)
    yield cluster
    cluster.stop()


@pytest.fixture(scope="module")
def base(server):
    """A connection that may write, and the address of the same database for whoever reads."""
    with psycopg.connect(
        host="127.0.0.1", port=server.port, user="candor", dbname="postgres", autocommit=True
    ) as writing:
        writing.execute("CREATE ROLE reader LOGIN")
        writing.execute("GRANT pg_read_all_data TO reader")
        writing.address = f"postgresql://reader@127.0.0.1:{server.port}/postgres"
        yield writing


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """The samples with fewer people, each in a folder of its own."""
    from checks import samples

    folder = tmp_path_factory.mktemp("campaigns")
    samples.make(folder)
    for name in SAMPLES:
        for file in (places.DATA / "campaigns" / name).iterdir():
            if file.suffix != ".csv":
                shutil.copy(file, folder / name)
        for file in (folder / name).glob("*.csv"):
            lines = file.read_text("utf-8").splitlines(keepends=True)
            file.write_text("".join(lines[: ROWS + 1]), "utf-8")
    return folder


def told(run):
    """What a run says, without what only files can say."""
    return {
        finding.key: finding for finding in run.findings if finding.check not in ONLY_FROM_FILES
    }


def moved_to(base, folder, beside):
    """The campaign of a folder as one whose people stay in the warehouse; its tables are made."""
    campaign = read_campaign(folder / "campaign.yaml")
    record = take_in(campaign, folder).record
    text = (folder / "campaign.yaml").read_text("utf-8")
    name = folder.name.replace("-", "_")
    for role, table in record.tables.items():
        [source] = [one for one in record.sources if one.role == role]
        kinds = {column.name: KINDS[column.type] for column in table.columns}
        fill(base, f"{name}.{role}", folder / source.name, kinds)
        there = f"table: {name}.{role}"
        if role == "people":
            there = f"database: {base.address}\n  {there}"
        text = text.replace(f"file: {source.name}", there)
    beside.mkdir()
    for file in folder.iterdir():
        if file.suffix != ".csv":
            shutil.copy(file, beside)
    (beside / "campaign.yaml").write_text(text, "utf-8")
    return beside / "campaign.yaml"


def fill(base, table, file, kinds):
    with file.open(encoding="utf-8", newline="") as opened:
        names = next(csv.reader(opened))
    columns = ", ".join(f'"{name}" {kinds.get(name, "text")}' for name in names)
    base.execute(f"CREATE SCHEMA IF NOT EXISTS {table.split('.')[0]}")
    base.execute(f"DROP TABLE IF EXISTS {table}")
    base.execute(f"CREATE TABLE {table} ({columns})")
    with base.cursor().copy(f"COPY {table} FROM STDIN (FORMAT csv, HEADER true)") as copy:
        copy.write(file.read_bytes())


@pytest.mark.parametrize("name", SAMPLES)
def test_a_warehouse_gives_the_findings_of_the_files(base, samples, tmp_path, name):
    here = run_campaign(samples / name / "campaign.yaml", POLICY)
    there = run_campaign(moved_to(base, samples / name, tmp_path / "there"), POLICY)

    assert told(there) == told(here)
    assert there.people == here.people
    assert there.parts["campaign"] == here.parts["campaign"]
    assert there.parts["people"] != here.parts["people"]


def test_every_fact_and_every_table_beside_is_read_alike(base, tmp_path):
    folder = rich_campaign.write(tmp_path / "rich")

    here = run_campaign(folder / "campaign.yaml", POLICY)
    there = run_campaign(moved_to(base, folder, tmp_path / "there"), POLICY)

    assert told(there) == told(here)
    assert not [finding for finding in here.findings if finding.verdict == "broken"]


REPEATED = """\
id,chosen,gender,status,at,proof
a,true,f,granted,2026-01-05,p1
a,true,f,withdrawn,2026-03-01,p2
a,true,m,granted,2026-02-01,
b,false,m,withdrawn,2026-03-01,p3
b,false,m,granted,2026-03-01,p4
c,true,f,granted,,p5
c,true,f,denied,,
,true,f,granted,2026-01-01,p6
"""
"""People in several rows: the last word counts, at equal times the more protective."""


def test_rows_of_one_person_are_folded_alike(base, tmp_path):
    folder = tmp_path / "folded"
    folder.mkdir()
    rows = REPEATED + "".join(
        f"k{n},{'true' if n % 3 else 'false'},{'fm'[n % 2]},granted,2026-04-{n % 28 + 1:02},p\n"
        for n in range(200)
    )
    (folder / "people.csv").write_text(rows, "utf-8")
    (folder / "campaign.yaml").write_text(FOLDED, "utf-8")

    here = run_campaign(folder / "campaign.yaml", POLICY)
    there = run_campaign(moved_to(base, folder, tmp_path / "there"), POLICY)

    assert told(there) == told(here)
    assert here.people.people == 204


FOLDED = """\
id: folded
name: Folded
owner: ana@bank.example
launch: 2026-12-01
sector: general
effect: opportunity
people:
  file: people.csv
  key: id
  targeted: chosen
  attributes: {gender: gender}
channels:
  email:
    basis: consent
    permission: {status: status, given: at, proof: proof}
"""


def test_the_questions_are_kept_and_hold_no_person(base, samples, tmp_path):
    file = moved_to(base, samples / "home-loan", tmp_path / "there")

    run = run_campaign(file, POLICY)

    assert run.as_of.startswith("20")
    assert any("GROUP BY" in one for one in run.questions)
    rows = (samples / "home-loan/people.csv").read_text("utf-8").splitlines()
    keys = [row.split(",")[0] for row in rows[1:]]
    document = run.document().decode()
    assert not [key for key in keys if key in document]


def test_no_list_of_names_is_made_of_a_warehouse(base, samples, tmp_path):
    file = moved_to(base, samples / "home-loan", tmp_path / "there")

    with pytest.raises(Refused, match="no row comes from there") as found:
        lists_of_file(file, POLICY, "email", tmp_path)

    assert "Make the list where they are." in str(found.value)


def test_the_same_rows_in_another_order_are_the_same_people(base, samples, tmp_path):
    file = moved_to(base, samples / "home-loan", tmp_path / "there")
    campaign = read_campaign(file)
    first = known_by(campaign)
    base.execute("CREATE TABLE turned AS SELECT * FROM home_loan.people ORDER BY random()")
    base.execute("DROP TABLE home_loan.people")
    base.execute("ALTER TABLE turned SET SCHEMA home_loan")
    base.execute("ALTER TABLE home_loan.turned RENAME TO people")
    second = known_by(campaign)
    base.execute("UPDATE home_loan.people SET gender = 'x' WHERE customer_id = 'H10002'")
    third = known_by(campaign)

    assert first == second
    assert third != second


def known_by(campaign):
    people = warehouse.People(campaign)
    people.close()
    return people.id


def refused(campaign):
    with pytest.raises(Refused) as found:
        warehouse.People(campaign)
    [problem] = found.value.problems
    assert "Traceback" not in str(problem)
    return f"{problem.what} {problem.cure}"


@pytest.fixture
def a_table(base, a_campaign):
    """A campaign over one table that is made of these columns."""

    def build(columns="id text, chosen boolean", *, table="plain.people", **people):
        base.execute("CREATE SCHEMA IF NOT EXISTS plain")
        base.execute("DROP TABLE IF EXISTS plain.people CASCADE")
        base.execute(f"CREATE TABLE plain.people ({columns})")
        named = {"database": base.address, "table": table, "key": "id", "targeted": "chosen"}
        return a_campaign(people={**named, **people})

    return build


def test_nobody_answers_at_the_address(a_campaign):
    people = {"database": "postgresql://reader@127.0.0.1:1/postgres", "table": "people"}

    assert refused(a_campaign(people=people)).startswith("It cannot be reached. Check host")


def test_no_such_database(base, a_campaign):
    people = {"database": base.address.replace("/postgres", "/nowhere"), "table": "people"}

    assert "no database of this name" in refused(a_campaign(people=people))


def test_no_such_table(a_table):
    assert "no table of this name" in refused(a_table(table="plain.persons"))


def test_no_right_to_read(base, a_table):
    campaign = a_table()
    base.execute("REVOKE pg_read_all_data FROM reader")
    base.execute("GRANT USAGE ON SCHEMA plain TO reader")
    try:
        assert refused(campaign) == (
            "This user may not read one of the tables. Ask for the right to read it."
        )
    finally:
        base.execute("GRANT pg_read_all_data TO reader")


def test_a_wrong_password(base, a_table, monkeypatch):
    base.execute("CREATE ROLE locked LOGIN PASSWORD 'right'")
    rules = Path(base.execute("SHOW hba_file").fetchone()[0])
    before = rules.read_text("utf-8")
    rules.write_text(f"host all locked 127.0.0.1/32 scram-sha-256\n{before}", "utf-8")
    base.execute("SELECT pg_reload_conf()")
    monkeypatch.setenv("PGPASSWORD", "wrong")

    said = refused(a_table(database=base.address.replace("reader@", "locked@")))

    assert said.startswith("It does not let this user in. Check PGUSER and PGPASSWORD")


def test_a_column_that_is_not_there(a_table):
    assert "The table has no column “picked”." in refused(a_table(targeted="picked"))


def test_a_column_that_cannot_be_counted(a_table):
    said = refused(a_table("id text, chosen jsonb"))

    assert said.startswith("The column “chosen” is of a type that cannot be counted.")


def test_a_view_that_takes_for_ever(base, a_table, monkeypatch):
    campaign = a_table(table="plain.slow")
    slow = "SELECT id, pg_sleep(60) IS NULL AS chosen FROM plain.people"
    base.execute(f"CREATE VIEW plain.slow AS {slow}")
    base.execute("INSERT INTO plain.people VALUES ('a', true)")
    monkeypatch.setattr(limits, "MOST_COUNTING_SECONDS", 0.2)

    assert "took longer than 0.2 seconds" in refused(campaign)


def test_a_password_is_never_taken_from_the_file(tmp_path):
    file = tmp_path / "campaign.yaml"
    file.write_text(
        "id: a\nname: A\nowner: b\nlaunch: 2026-12-01\nsector: general\neffect: opportunity\n"
        "people: {database: 'postgresql://ana:secret@host/base', table: people}\n",
        "utf-8",
    )

    with pytest.raises(Refused) as found:
        read_campaign(file)

    assert "A password was found in the address." in str(found.value)
    assert "secret" not in str(found.value)


def test_an_address_that_leads_nowhere(a_campaign):
    said = refused(a_campaign(people={"database": "oracle://host/base", "table": "people"}))

    assert said.startswith("No door leads to an address like this. Known are postgres://")


def test_a_function_that_the_engine_lacks_is_named():
    with pytest.raises(NotThere, match="sha1"):
        written(parse_one("SELECT sha1(email) FROM people", read="duckdb"), "postgres")


def test_nothing_is_ever_made_there(base):
    door = connecting.connect(base.address)

    with pytest.raises(Refused):
        door.ask("CREATE TABLE made (a int)")
    door.close()


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
    return json.dumps({**needed, "question": written(question, dialect)}, indent=2) + "\n"


@pytest.mark.parametrize("dialect", COMPILED)
def test_what_is_only_compiled_is_compiled_as_before(dialect):
    kept = Path(__file__).parent / "compiled" / f"{dialect}.json"

    assert compiled(dialect) == kept.read_text("utf-8")
