"""The same findings once more, from Spark; and what can go wrong there."""

from __future__ import annotations

import os

import pytest

from checks.audience import warehouse
from checks.audience.warehouse import connecting
from checks.campaign.reading import read_campaign
from checks.intake import limits
from checks.refusal import Refused
from checks.runs.run import run_campaign
from tests.checks.warehouses import MADE, POLICY, REAL, SAMPLES, moved, samples, told
from tests.spark import filling, lacking, session

pytestmark = [  # Spark's own driver leaves sockets open, and knows no newer pandas yet
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]


@pytest.fixture(scope="module")
def spark(missing):
    """A Spark session of the tests' own."""
    if lacking():
        missing(lacking())
    with session() as opened:
        yield opened


@pytest.fixture
def fill(spark, tmp_path, monkeypatch):
    """Make a view in the session, of these columns and values; its name.

    What is compared may take its time: on a busy machine one count of many columns takes minutes.
    """
    monkeypatch.setattr(limits, "MOST_COUNTING_SECONDS", 1_800)
    return filling(spark, tmp_path)


@pytest.fixture(scope="module")
def laid(tmp_path_factory):
    """The samples with fewer people, each in a folder of its own."""
    return samples(tmp_path_factory.mktemp("campaigns"))


ALL = bool(os.environ.get("CANDOR_SPARK"))
"""Whether every sample and every lot is counted there too: each takes Spark about a minute."""


@pytest.mark.parametrize("name", SAMPLES if ALL else SAMPLES[-1:])
def test_spark_gives_the_findings_of_the_samples(fill, laid, tmp_path, name):
    there = run_campaign(moved(laid / name, tmp_path / "there", "spark://local", fill), POLICY)

    assert told(there) == told(run_campaign(laid / name / "campaign.yaml", POLICY))


@pytest.mark.parametrize("name", MADE if ALL else ["folded", "rich"])
def test_spark_gives_the_findings_of_the_files(fill, tmp_path, name):
    MADE[name](tmp_path / name, None)
    file = moved(tmp_path / name, tmp_path / "there", "spark://local", fill)

    there = run_campaign(file, POLICY)

    assert told(there) == told(run_campaign(tmp_path / name / "campaign.yaml", POLICY))


@pytest.mark.parametrize("name", REAL)
def test_real_sets_are_counted_alike(fill, reference, tmp_path, name):
    REAL[name](tmp_path / name, reference)
    file = moved(tmp_path / name, tmp_path / "there", "spark://local", fill)

    there = run_campaign(file, POLICY)

    assert told(there) == told(run_campaign(tmp_path / name / "campaign.yaml", POLICY))


@pytest.fixture
def folded_there(fill, tmp_path):
    """A campaign file over a view with some hundred people."""
    MADE["folded"](tmp_path / "folded", None)
    return moved(tmp_path / "folded", tmp_path / "there", "spark://local", fill)


def test_what_changes_while_it_is_counted_is_refused(spark, folded_there, policy):
    people = warehouse.People(read_campaign(folded_there))
    audience = people.audience(policy)
    spark.sql("SELECT * FROM folded_people LIMIT 9").createOrReplaceTempView("folded_people")

    with pytest.raises(Refused) as found:
        people.unmoved()

    audience.close()
    assert "A table changed while it was being counted. Run again when" in str(found.value)


def test_what_does_not_change_stands(folded_there, policy):
    people = warehouse.People(read_campaign(folded_there))
    audience = people.audience(policy)

    assert audience.people == 204
    people.unmoved()
    audience.close()


def said(question):
    door = connecting.connect("spark://local")
    with pytest.raises(Refused) as found:
        door.ask(question)
    [problem] = found.value.problems
    return f"{problem.what} {problem.cure}"


def test_a_view_that_takes_for_ever_is_broken_off(spark, monkeypatch):
    spark.range(10**13).createOrReplaceTempView("endless")
    monkeypatch.setattr(limits, "MOST_COUNTING_SECONDS", 1)

    assert "took longer than 1 seconds" in said("SELECT count(*) FROM endless WHERE id % 7 = 3")


def test_a_function_that_is_not_there(spark):
    assert spark
    assert said("SELECT beyond(1)").startswith("It lacks a function that a count needs.")


def test_a_view_that_is_not_there(spark):
    assert spark
    assert said("SELECT 1 FROM nothing").startswith("It has no table of this name.")


def test_a_value_that_is_not_what_its_column_should_hold(spark):
    spark.range(3).createOrReplaceTempView("three")

    said_so = said("SELECT CAST(concat('a', id) AS INT) FROM three")

    assert said_so.startswith("A value in a table is not what its column should hold.")


def test_bytes_are_known_before_anything_is_read(spark, fill):
    name = fill("plain", "people", {"id": "text"}, {"id": ["a", "b"]})
    spark.sparkContext.parallelize([(1,)]).toDF(["n"]).createOrReplaceTempView("unknown")
    door = connecting.connect("spark://local")

    assert 0 < door.weighs(f"SELECT id FROM {name}") < 10_000
    assert door.weighs("SELECT n FROM unknown") is None
