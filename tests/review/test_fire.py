"""Under fire, as a sample: `make fire` does the same far more often and prints the figures."""

from __future__ import annotations

from datetime import date

import pytest

from tests.fire import burning
from tests.fire.machine import sequences
from tests.fire.written import write


@pytest.mark.parametrize(
    "figure",
    [
        pytest.param(lambda folder: burning.killed(folder, 20), id="kill -9"),
        pytest.param(lambda folder: burning.power_cut(folder, 60), id="power cut"),
        pytest.param(burning.disk_full, id="disk full"),
        pytest.param(lambda folder: burning.moved(folder, 30), id="evidence that moves"),
    ],
)
def test_what_was_acknowledged_stands(tmp_path, figure):
    found = figure(tmp_path)

    assert found.good, str(found)


def test_many_reviewers_at_once_lose_nothing(tmp_path):
    found = burning.at_once(tmp_path, people=10, answers=5)

    assert found.found.startswith("0 lost, 0 double"), str(found)


def test_every_byte_and_every_tail_counts(tmp_path):
    export, rows, anchors = burning.exported(tmp_path, events=40)

    for found in (burning.flipped(export, 300), burning.cut_or_rewritten(rows, anchors)):
        assert found.good, str(found)


def test_no_sequence_of_commands_breaks_a_rule():
    found = sequences(1_000)

    assert found.good, found.found


def test_each_figure_has_one_line_that_the_next_run_replaces(tmp_path):
    file, day = tmp_path / "fire.md", date(2026, 11, 26)
    lost = burning.Figure("kill -9", 500, "1 lost", good=False)
    kept = burning.Figure("kill -9", 500, "0 lost", good=True)
    torn = burning.Figure("power cut", 60, "0 states lost", good=True)
    for name, figure in (("killed", lost), ("power_cut", torn), ("killed", kept)):
        write(name, figure, 12.0, day, file)

    rows = [line for line in file.read_text().splitlines() if line.startswith("| `")]
    assert rows == [
        "| `killed` | kill -9 | 500 | 0 lost | yes | 12 s | 2026-11-26 |",
        "| `power_cut` | power cut | 60 | 0 states lost | yes | 12 s | 2026-11-26 |",
    ]
