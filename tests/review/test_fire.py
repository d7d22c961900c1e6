"""Under fire, as a sample: `make fire` does the same far more often and prints the figures."""

from __future__ import annotations

import pytest

from tests.fire import burning
from tests.fire.machine import sequences


@pytest.mark.parametrize(
    "figure",
    [
        pytest.param(lambda folder: burning.killed(folder, 20), id="kill -9"),
        pytest.param(lambda folder: burning.power_cut(folder, 20), id="power cut"),
        pytest.param(burning.disk_full, id="disk full"),
        pytest.param(lambda folder: burning.moved(folder, 30), id="evidence that moves"),
    ],
)
def test_what_was_acknowledged_stands(tmp_path, figure):
    found = figure(tmp_path)

    assert found.good, str(found)


def test_many_reviewers_at_once_lose_nothing(tmp_path):
    found = burning.at_once(tmp_path, people=8, answers=5)

    assert found.found.startswith("0 lost, 0 double"), str(found)


def test_every_byte_and_every_tail_counts(tmp_path):
    export, rows, anchors = burning.exported(tmp_path, events=40)

    for found in (burning.flipped(export, 300), burning.cut_or_rewritten(rows, anchors)):
        assert found.good, str(found)


def test_no_sequence_of_commands_breaks_a_rule():
    found = sequences(40)

    assert found.good, found.found
