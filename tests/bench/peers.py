"""The rates of groups as fairlearn and aequitas find them; run in an environment of their own.

Both need an older pandas than we do: see `peers` in the Makefile. Nothing of ours is imported.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from resource import RUSAGE_SELF, getrusage

import pandas as pd

ATTRIBUTES = ("gender", "origin", "income", "spoken", "family")


def in_fairlearn(people: pd.DataFrame) -> Callable[[], int]:
    """A MetricFrame for each attribute: how many there are, and how many were chosen."""
    from fairlearn.metrics import MetricFrame, count, selection_rate

    chosen = people["on_list"].to_numpy().astype("int8")
    groups = people[list(ATTRIBUTES)].astype("category")

    def go() -> int:
        found = 0
        for attribute in ATTRIBUTES:
            frame = MetricFrame(
                metrics={"rate": selection_rate, "people": count},
                y_true=chosen,
                y_pred=chosen,
                sensitive_features=groups[attribute],
            )
            found += len(frame.by_group)
        return found

    return go


def in_aequitas(people: pd.DataFrame) -> Callable[[], int]:
    """The crosstabs of all attributes; they want an outcome, so one is made up."""
    from aequitas.group import Group

    table = people[list(ATTRIBUTES)].astype(object)
    table["score"] = people["on_list"].astype(int)
    table["label_value"] = 0
    table.loc[::7, "label_value"] = 1
    return lambda: len(Group().get_crosstabs(table, attr_cols=list(ATTRIBUTES))[0])


def main() -> None:
    """Say what one of them took, as JSON."""
    name, file = sys.argv[1:]
    go = {"fairlearn": in_fairlearn, "aequitas": in_aequitas}[name](
        pd.read_parquet(file, columns=[*ATTRIBUTES, "on_list"])
    )
    before, began = getrusage(RUSAGE_SELF), time.monotonic()
    found = go()
    after, ended = getrusage(RUSAGE_SELF), time.monotonic()
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps({"found": found, "cpu": cpu, "wall": ended - began,
                      "memory": after.ru_maxrss * 1024}))  # fmt: skip


if __name__ == "__main__":
    main()
