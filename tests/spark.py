"""A Spark session of the tests' own, on this machine."""

from __future__ import annotations

import importlib
import shutil
from contextlib import contextmanager

import pyarrow as pa
from pyarrow import parquet

FEW = {
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
"""For few people nothing is compiled: that would take longer than to count them."""
KINDS = {
    "text": pa.string(), "integer": pa.int64(), "number": pa.float64(),
    "day": pa.date32(), "time": pa.timestamp("us", "UTC"), "bool": pa.bool_(),
}  # fmt: skip


def lacking():
    """Why Spark cannot run here; nothing where it can."""
    if not shutil.which("java"):
        return "no Java, which Spark runs on: install the package default-jre-headless"
    return ""


@contextmanager
def session(*, cores=1, settings=FEW):
    """A session, and nothing of it left afterwards."""
    building = importlib.import_module("pyspark.sql").SparkSession.builder
    building = building.master(f"local[{cores}]")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": "1g",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": str(cores),
        **settings,
    }.items():
        building = building.config(name, value)
    opened = building.getOrCreate()
    try:
        yield opened
    finally:
        gateway = opened.sparkContext._gateway  # noqa: SLF001 — nothing else ends its process
        opened.stop()
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait(timeout=60)  # else its memory would be taken for that of a later test


def filling(opened, folder):
    """Who makes a view in a session, of these columns and values; its name is returned."""

    def fill(schema, name, kinds, columns):
        file = folder / f"{schema}_{name}.parquet"
        columns = {one: pa.array(values, KINDS[kinds[one]]) for one, values in columns.items()}
        parquet.write_table(pa.table(columns), file)
        opened.read.parquet(str(file)).createOrReplaceTempView(file.stem)
        return file.stem

    return fill


def pid(opened):
    """The number of the process in which a session runs."""
    return opened.sparkContext._gateway.proc.pid  # noqa: SLF001 — no other way


def bytes_read(opened):
    """What the tasks of a session say they read so far, out of files and out of its memory."""
    context = opened.sparkContext
    gateway, store = context._gateway, context._jsc.sc().statusStore()  # noqa: SLF001 — no other way
    none = gateway.jvm.java.util.ArrayList()
    stages = store.stageList(none, False, False, gateway.new_array(gateway.jvm.double, 0), none)
    return sum(stages.apply(n).inputBytes() for n in range(stages.size()))
