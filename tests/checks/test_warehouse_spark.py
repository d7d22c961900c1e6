"""The same findings once more, from Spark."""

from __future__ import annotations

import importlib
import shutil

import pytest

from checks.runs.run import run_campaign
from tests.checks.test_warehouse import FOLDED, POLICY, REPEATED, told

pytestmark = [  # Spark's own driver leaves sockets open, and knows no newer pandas yet
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
KINDS = {"chosen": "boolean", "at": "date"}


@pytest.fixture(scope="module")
def spark(missing):
    """A Spark session of the tests' own, for few people: nothing is compiled, nothing spread."""
    if not shutil.which("java"):
        missing("no Java, which Spark runs on: install the package default-jre-headless")
    sessions = importlib.import_module("pyspark.sql")
    building = sessions.SparkSession.builder.master("local[1]")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": "1g",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    }.items():
        building = building.config(name, value)
    session = building.getOrCreate()
    yield session
    session.stop()


def test_spark_gives_the_findings_of_the_files(spark, tmp_path):
    rows = REPEATED + "".join(
        f"k{n},{'true' if n % 3 else 'false'},{'fm'[n % 2]},granted,2026-04-{n % 28 + 1:02},p\n"
        for n in range(200)
    )
    people = tmp_path / "people.csv"
    people.write_text(rows, "utf-8")
    here, there = tmp_path / "campaign.yaml", tmp_path / "there.yaml"
    here.write_text(FOLDED, "utf-8")
    there.write_text(FOLDED.replace("file: people.csv", "database: spark://local\n  table: people"))
    schema = ", ".join(
        f"{name} {KINDS.get(name, 'string')}" for name in rows.split("\n")[0].split(",")
    )
    spark.read.csv(str(people), header=True, schema=schema).createOrReplaceTempView("people")

    assert told(run_campaign(there, POLICY)) == told(run_campaign(here, POLICY))
