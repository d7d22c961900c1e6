"""Spark: the session that its own configuration opens; people are held in its memory."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from checks.audience.warehouse.in_words import in_words, too_slow
from checks.intake import limits
from checks.runs import watching

TAG = "candor"
"""What our questions are called in the session, so that one can be broken off."""
AGAIN_SECONDS = 0.5
"""A question that is broken off before its work has begun is told so again."""
_READ = re.compile(r"(?:Relation|RDD|Range)\b.*Statistics\(sizeInBytes=([\d.,E+]+) ?(\w*)")
_SIZES = {"B": 0, "KiB": 1, "MiB": 2, "GiB": 3, "TiB": 4, "PiB": 5, "EiB": 6}
_UNKNOWN = 1 << 60
"""So large is, for Spark, whatever it has no estimate of."""
_NEWEST = {
    "delta": "SELECT CAST(max(version) AS STRING) FROM (DESCRIBE HISTORY {table})",
    "iceberg": "SELECT CAST(max_by(snapshot_id, made_current_at) AS STRING) FROM {table}.history",
}
"""How a table tells its version, by what keeps it; these two are only compiled, never run."""


class Spark:
    """A session; it has no state of the data of its own, so tables are looked at twice."""

    dialect = "spark"
    one_state = False

    def __init__(self, ibis: Any, _address: str) -> None:  # noqa: ANN401 — Ibis has no types
        logging.getLogger("SQLQueryContextLogger").disabled = True  # it would quote questions
        self._session = import_module("pyspark.sql").SparkSession.builder.getOrCreate()
        self._ibis = ibis.pyspark.connect(self._session)
        self._jobs = self._session.sparkContext
        self._jobs.addJobTag(TAG)
        self._jobs.setInterruptOnCancel(True)
        self._held: list[Any] = []

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """The answer to one question."""
        with in_words(), self._in_time():
            return [tuple(row) for row in self._session.sql(question).collect()]

    def columns(self, table: str) -> Mapping[str, Any]:
        """The columns of a table, each with the type that Ibis has for it."""
        *schema, name = table.split(".")
        with in_words():
            return dict(self._ibis.table(name, database=".".join(schema) or None).schema().items())

    def version(self, table: str) -> str | None:
        """The version of a table that Delta or Iceberg keeps; other tables have none."""
        place = ".".join(f"`{part.replace('`', '``')}`" for part in table.split("."))
        told = {row[0]: row[1] for row in self.ask(f"DESCRIBE TABLE EXTENDED {place}")}
        newest = _NEWEST.get(str(told.get("Provider")).lower())
        if newest is None:
            return None
        [(version,)] = self.ask(newest.format(table=place))
        return str(version)

    def weighs(self, question: str) -> int | None:
        """Bytes of what it would read, as its optimizer estimates them."""
        [(plan,)] = self.ask(f"EXPLAIN COST {question}")
        sizes = [
            int(float(number.replace(",", "")) * 1024 ** _SIZES[unit])
            for number, unit in _READ.findall(plan)
        ]
        return None if not sizes or max(sizes) >= _UNKNOWN else sum(sizes)

    def hold(self, name: str, question: str) -> bool:
        """Hold an answer in the memory of the session."""
        with in_words():
            held = self._session.sql(question).cache()
            held.createOrReplaceTempView(name)
        self._held.append(held)
        return True

    def close(self) -> None:
        """Let go of what was held; the session is not ours to end."""
        for held in self._held:
            held.unpersist()

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        """Break off what takes too long, or what nobody waits for any longer."""
        answered, late = threading.Event(), threading.Event()

        def break_off() -> None:
            if not answered.wait(limits.MOST_COUNTING_SECONDS):
                late.set()
            while not answered.wait(AGAIN_SECONDS):
                self._jobs.cancelJobsWithTag(TAG)

        waiting = threading.Thread(target=break_off, daemon=True)
        waiting.start()
        try:
            with watching.halting(lambda: self._jobs.cancelJobsWithTag(TAG)):
                yield
        except Exception:
            if late.is_set():
                raise too_slow() from None
            raise
        finally:
            answered.set()
            waiting.join()
