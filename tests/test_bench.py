"""The benchmark reads what it says it reads, and its page says what was missed."""

from __future__ import annotations

import pytest

from tests.bench import intake as bench
from tests.bench.intake import Cost


def cost(reader, cpu, memory):
    return Cost(reader=reader, cpu=cpu, wall=cpu, memory=memory * 1_000_000)


def test_every_row_of_the_same_file_is_read(tmp_path):
    size = bench.make(tmp_path, 3_000)
    first = tmp_path.joinpath("people.csv").read_bytes()
    bench.make(tmp_path, 3_000)

    assert tmp_path.joinpath("people.csv").read_bytes() == first
    assert len(first) == size
    assert bench.measured("candor", tmp_path, 3_000).memory > 1_000_000
    with pytest.raises(SystemExit, match="candor read 3,000 of 2,999 rows"):
        bench.measured("candor", tmp_path, 2_999)


@pytest.mark.parametrize(
    ("cpu", "memory", "sentences"),
    [
        pytest.param(3.5, 700, [], id="at the limits"),
        pytest.param(
            3.6,
            700,
            ["It took 3.60 × the processor time of the bare scan, not 3.5."],
            id="too slow",
        ),
        pytest.param(3.5, 701, ["It held 701 MB, not 700."], id="too large"),
    ],
)
def test_a_missed_limit_is_a_sentence(cpu, memory, sentences):
    costs = [cost("duckdb", 1.0, 100), cost("candor", cpu, memory), cost("pandas", 0.5, 90)]

    assert bench.missed(costs) == sentences
    page = bench.section(1_000, 5_000_000, costs)
    assert ("Both limits are held" in page) == (not sentences)
    assert all(f"**{one}**" in page for one in sentences)
    assert f"pandas.read_csv ({cpu / 0.5:.1f} ×)" in page


def test_a_part_is_replaced_and_the_others_stay(tmp_path, monkeypatch):
    monkeypatch.setattr(bench, "PAGE", tmp_path / "performance.md")
    bench.written(10_000, "## 10,000 rows\n\nold\n")
    bench.written(1_000, "## 1,000 rows\n\nsmall\n")

    bench.written(10_000, "## 10,000 rows\n\nnew\n")

    page = bench.PAGE.read_text(encoding="utf-8")
    assert page.startswith(bench.HEAD)
    assert page.endswith("## 1,000 rows\n\nsmall\n\n## 10,000 rows\n\nnew\n")
    assert "old" not in page


def test_the_page_was_written_by_this_benchmark():
    page = (bench.HOUSE / "docs/performance.md").read_text(encoding="utf-8")

    assert page.startswith(bench.HEAD), "run: make bench"
