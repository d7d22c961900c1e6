"""No row leaves: not in an answer, not in an error, not through the database's back door."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from checks.audience.engine import DuckDB, Unanswered
from checks.audience.tables import load_columns
from checks.conditions import All, Among, AtLeast, FirstOf, Is, Missing
from checks.refusal import Refused

CANARY = "canary-7391"
SECTIONS = {
    "people": {
        "key": "id",
        "targeted": "on",
        "attributes": {"gender": "g", "age": {"column": "born", "as": "birth_date", "bands": [18]}},
        "quasi_identifiers": ["plz", "born"],
    },
    "rules": [{"column": "town", "not_among": ["Nowhere"]}, {"column": "money", "at_least": 1}],
    "fields": [{"name": name} for name in ("id", "name", "plan", "money", "born")],
    "channels": {
        "email": {
            "basis": "consent",
            "permission": {"status": "said", "proof": "ref", "given": "d"},
        }
    },
    "suppression": {"file": "stop.csv"},
}


@pytest.fixture
def crowd(a_case):
    """Twenty people, each with values nobody else has."""
    n = range(20)
    return a_case(
        SECTIONS,
        tables={"suppression": {"id": [f"{CANARY}-0", f"{CANARY}-stranger"]}},
        id=[f"{CANARY}-{i}" for i in n],
        on=[True, False] * 10,
        g=["f", "m"] * 10,
        born=[f"19{60 + i}-01-01" for i in n],
        plz=[f"{CANARY}-{i}" for i in n],
        town=[f"{CANARY}-{i}" for i in n],
        name=[f"{CANARY}-{i}" for i in n],
        plan=[f"{CANARY}-{i}" for i in n],
        money=[48_213.77 + i for i in n],
        said=[f"{CANARY}-{i}" for i in n],
        ref=[f"{CANARY}-{i}" for i in n],
        d=["2026-01-01"] * 20,
        unused=[CANARY] * 20,
    ).audience


def everything_told(audience):
    """All that can be got out of an audience by asking."""
    names = ["targeted", "segment", "age", "suppressed", "language", "region"]
    names += [f"attribute.{name}" for name in ("gender", "age")]
    names += [f"quasi.{name}" for name in ("plz", "born")]
    names += [f"field.{name}" for name in ("id", "name", "plan", "money", "born", "town")]
    names += [f"email.{name}" for name in ("status", "proof", "given", "purpose_fits")]
    names += ["rule.0", "rule.1"]
    told = [audience.intake, audience.key_facts, audience.unmatched, audience.segments]
    told += [audience.groups("gender"), audience.merged("gender"), audience.merged("age")]
    for name in filter(audience.has, names):
        try:
            told += [audience.count(name), audience.count(name, "targeted")]
        except ValueError as refusal:
            told.append(refusal)
    return repr(told)


def test_no_value_of_a_row_is_told(crowd):
    told = everything_told(crowd)

    assert "'f'" in told
    assert "rare value 20" in told
    assert CANARY not in told
    assert "48213" not in told
    assert "1960-01-01" not in told


def test_values_may_be_asked_for_by_who_knows_them(crowd):
    assert crowd.total(Is("quasi.plz", f"{CANARY}-3")) == 1
    assert crowd.total(AtLeast("field.money", 48_230)) == 3


def test_rare_values_still_tell_people_apart(crowd):
    assert len(crowd.count("quasi.plz", "quasi.born")) == 20


def test_only_the_person_view_is_kept(crowd):
    tables = crowd._engine.run("SELECT table_name FROM duckdb_tables()")  # noqa: SLF001

    assert tables == [("person",)]


def test_an_error_of_the_database_does_not_quote_a_row():
    engine = DuckDB()
    engine.run("CREATE TABLE t AS SELECT $value AS word", {"value": CANARY})

    with pytest.raises(Unanswered) as told:
        engine.run("SELECT CAST(word AS INTEGER) FROM t")

    assert CANARY not in str(told.value)
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__


def test_a_refusal_does_not_quote_a_row(a_case):
    with pytest.raises(Refused) as refused:
        a_case({"people": {"weight": "n", "targeted": "n"}}, n=[CANARY])

    assert CANARY not in str(refused.value)


@pytest.fixture
def locked(tmp_path):
    """A locked database, and a file it must not reach."""
    (tmp_path / "secret.csv").write_text("word\nsecret\n")
    engine = DuckDB()
    load_columns(engine, {"people": {"a": [1]}})
    assert engine.run(f"SELECT * FROM read_csv('{tmp_path}/secret.csv')") == [("secret",)]
    engine.lock()
    yield engine, tmp_path
    engine.close()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('{folder}/secret.csv')",
        "SELECT * FROM '{folder}/secret.csv'",
        "SELECT * FROM read_text('{folder}/secret.csv')",
        "SELECT * FROM read_blob('/etc/passwd')",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM read_csv('https://example.org/a.csv')",
        "COPY people TO '{folder}/out.csv'",
        "COPY people FROM '{folder}/secret.csv'",
        "EXPORT DATABASE '{folder}/out'",
        "ATTACH '{folder}/other.db'",
        "INSTALL httpfs",
        "LOAD '{folder}/evil.duckdb_extension'",
        "SET enable_external_access = true",
        "SET allowed_directories = ['{folder}']",
        "SET allowed_paths = ['{folder}/secret.csv']",
        "SET lock_configuration = false",
        "RESET enable_external_access",
        "SET autoload_known_extensions = true",
        "SET temp_directory = '{folder}'",
        "PRAGMA enable_external_access = true",
        "CREATE SECRET (TYPE s3)",
    ],
)
def test_the_database_reaches_nothing_outside(locked, statement):
    engine, folder = locked

    with pytest.raises(Unanswered):
        engine.run(statement.format(folder=folder))
    assert not (folder / "out.csv").exists()
    assert not (folder / "other.db").exists()
    assert engine.run("SELECT count(*) FROM people") == [(1,)]


def test_variables_of_the_program_are_no_tables(locked):
    engine, _ = locked
    frame = duckdb.connect().sql("SELECT 1 AS a").df()

    with pytest.raises(Unanswered):
        engine.run("SELECT * FROM frame")
    assert len(frame) == 1


def test_closing_forgets_the_people_and_leaves_no_file():
    engine = DuckDB()
    folder = engine.folder
    assert folder.is_dir()

    engine.close()

    assert not folder.exists()
    with pytest.raises(Unanswered):
        engine.run("SELECT 1")


HOSTILE = [
    'quoted "name"',
    'x"; DROP TABLE people; --',
    "it's; DROP TABLE person",
    "<script>alert(1)</script>",
    "$v0 ? :name {0} %s",
    "c0",
    "t.key\n; SELECT 1",
    "名前 🙈 \u202edlrow",
    "key",
    "a" * 5000,
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_column_name_is_only_a_name(a_case, name):
    sections = {
        "people": {"key": f"{name} key", "attributes": {name: name}, "quasi_identifiers": [name]},
        "rules": [{"column": name, "among": ["f"]}],
        "channels": {"email": {"basis": "consent", "permission": {"status": f"{name} said"}}},
    }
    columns = {name: ["f", "m"] * 10, f"{name} key": range(20), f"{name} said": ["yes"] * 20}

    audience = a_case(sections, **columns).audience

    assert audience.groups(name) == ("f", "m")
    assert audience.total(All((Is("rule.0", True), Is("email.status", "granted")))) == 10
    assert [count.people for count in audience.count(f"quasi.{name}")] == [10, 10]


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_value_is_only_a_value(a_case, value):
    sections = {
        "people": {
            "key": "id",
            "targeted": {"column": "g", "among": [value]},
            "attributes": {"group": "g"},
            "segment": "g",
            "missing": [f"not {value}"],
        },
        "rules": [{"column": "g", "not_among": [value]}],
        "channels": {
            "email": {"basis": "consent", "permission": {"status": "g", "granted": [value]}}
        },
        "suppression": {"file": "stop.csv"},
    }
    words = [value] * 12 + ["plain"] * 11 + [f"not {value}"]
    keys = [f"{value}{n}" for n in range(24)]

    audience = a_case(sections, tables={"suppression": {"id": keys[:3]}}, id=keys, g=words).audience

    assert audience.targeted == audience.total(Is("segment", value)) == 12
    assert set(audience.groups("group")) == {value, "plain"}
    assert audience.total(Missing("attribute.group")) == 1
    assert audience.total(Is("rule.0", False)) == 12
    assert audience.total(Is("email.status", "granted")) == 12
    assert audience.total(Is("suppressed", True)) == 3
    assert audience.total(Among("segment", (value, "' OR 1=1 --"))) == 12
    assert audience.count(FirstOf(value, ((value, Is("segment", value)),), otherwise="plain"))


def test_many_threads_may_ask_at_once(crowd):
    together = threading.Barrier(8)

    def ask(turn):
        together.wait(timeout=10)
        return [crowd.total(Is("quasi.plz", f"{CANARY}-{n}")) for n in range(turn % 3, 22)]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))

    for turn, answer in enumerate(answers):
        assert sum(answer) == 20 - turn % 3
