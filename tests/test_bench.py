"""The benchmark reads what it says it reads, and its page says what was missed."""

from __future__ import annotations

import pytest

from tests.bench import engines, giant, page, proof, suite
from tests.bench import intake as bench
from tests.bench.costs import HOUSE, Cost


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
    ("rows", "cpu", "memory", "sentences"),
    [
        pytest.param(10_000_000, 3.5, 700, [], id="at the limits"),
        pytest.param(
            10_000_000,
            3.6,
            700,
            ["It took 3.60 × the processor time of the bare scan, not 3.5."],
            id="too slow",
        ),
        pytest.param(9_999_999, 3.6, 700, [], id="slow with few rows"),
        pytest.param(1_000, 3.5, 701, ["It held 701 MB, not 700."], id="too large"),
    ],
)
def test_a_missed_limit_is_a_sentence(rows, cpu, memory, sentences):
    costs = [cost("duckdb", 1.0, 100), cost("candor", cpu, memory), cost("pandas", 0.5, 90)]

    assert bench.missed(rows, costs) == sentences
    part = bench.section(rows, 5_000_000, costs)
    assert ("Its limits are held" in part) == (not sentences)
    assert all(f"**{one}**" in part for one in sentences)
    assert f"pandas.read_csv ({cpu / 0.5:.1f} ×)" in part


def test_a_part_is_replaced_and_the_others_stay(tmp_path, monkeypatch):
    monkeypatch.setattr(page, "PAGE", tmp_path / "performance.md")
    page.write("Checks, 1,000 rows", "## Checks, 1,000 rows\n\nchecks\n")
    page.write("Intake, 10,000 rows", "## Intake, 10,000 rows\n\nbefore this\n")
    page.write("Intake, 1,000 rows", "## Intake, 1,000 rows\n\nsmall\n")

    page.write("Intake, 10,000 rows", "## Intake, 10,000 rows\n\nnew\n")

    text = page.PAGE.read_text(encoding="utf-8")
    assert text.startswith(page.HEAD)
    assert text.endswith(
        "## Intake, 1,000 rows\n\nsmall\n\n## Intake, 10,000 rows\n\nnew\n\n"
        "## Checks, 1,000 rows\n\nchecks\n"
    )
    assert "before this" not in text


def test_the_page_was_written_by_this_benchmark():
    text = (HOUSE / "docs/performance.md").read_text(encoding="utf-8")

    assert text.startswith(page.HEAD), "run: make bench"


def test_every_task_sees_the_same_people(tmp_path):
    assert suite.make(tmp_path, 3_000) == 3_000

    asked = ("scan", "opening", "duplicates", "rates", "pandas")
    results = {name: suite.TASKS[name](tmp_path)() for name in asked}

    assert results["scan"] == results["opening"] == 3_000
    assert results["duplicates"] == 15
    assert results["rates"] >= results["pandas"]


def taking(**seconds):
    return [cost(name, cpu, 500) for name, cpu in seconds.items()]


@pytest.mark.parametrize(
    ("rows", "seconds", "sentences"),
    [
        pytest.param(
            suite.LARGE,
            {"scan": 1, "opening": 9, "checks": 10, "duplicates": 4, "rates": 1},
            [],
            id="at the limits",
        ),
        pytest.param(
            suite.LARGE,
            {"scan": 1, "opening": 9, "checks": 11, "duplicates": 4, "rates": 1},
            [
                "All checks took 11.0 × the bare scan, not 10.",
                "With the duplicates they took 15.0 × the bare scan, not 14.",
            ],
            id="too slow",
        ),
        pytest.param(
            suite.SMALL,
            {"scan": 0.01, "opening": 0.4, "checks": 0.7, "duplicates": 0.1, "rates": 1},
            ["Opening and judging took 1.10 s, not 1."],
            id="few people, too slow",
        ),
        pytest.param(
            1_000_000,
            {"scan": 1, "opening": 2, "checks": 3, "duplicates": 1, "rates": 1,
             "fairlearn": 99, "aequitas": 5},
            ["fairlearn took 99.0 × the time of our rates, not 100."],
            id="not fast enough beside another",
        ),
    ],
)  # fmt: skip
def test_a_limit_of_the_checks_that_is_missed_is_a_sentence(rows, seconds, sentences):
    costs = taking(**seconds)

    assert suite.missed(rows, costs) == sentences
    part = suite.section(rows, costs, {1_000: taking(scan=1, opening=1, checks=1)})
    assert all(f"**{one}**" in part for one in sentences)
    assert f"From 1,000 to {rows:,} rows: Candor, opening the people" in part


@pytest.mark.parametrize(
    ("size", "costs", "sentences"),
    [
        pytest.param(
            1_000_000,
            {"document": cost("d", 0.5, 400), "release of 10 rows": cost("r", 20, 1_000)},
            [],
            id="at the limits",
        ),
        pytest.param(
            1_000_001,
            {"document": cost("d", 0.51, 400), "verify": cost("v", 2.5, 400)},
            [
                "A full document has 1,000,001 bytes, not 1,000,000.",
                "Document took 0.51 s, not 0.5.",
                "Verify took 2.50 s, not 2.",
            ],
            id="too large and too slow",
        ),
        pytest.param(
            9,
            {"release of 10 rows": cost("r", 21, 1_001)},
            [
                "Release of 10 rows took 21.00 s, not 20.",
                "Release of 10 rows held 1,001 MB, not 1,000.",
            ],
            id="a slow release",
        ),
    ],
)
def test_what_a_document_and_its_proof_miss_is_said(size, costs, sentences):
    assert proof.missed(size, costs) == sentences
    assert all(one in proof.section(size, costs) for one in sentences)


def test_a_list_is_released_by_a_document_that_was_made_and_checked(monkeypatch, tmp_path):
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "home"))
    proof.approved(tmp_path, 4_000)

    assert proof.released(tmp_path).memory > 1_000_000


def counted(engine, digest="same", **more):
    """What one engine took."""
    took = {"read": 40_000_000, "estimated": None, "there": 0.0, "here": 3.1, "wall": 4.0}
    return engines.Reading(engine=engine, digest=digest, **{**took, "questions": 0, **more})


def test_what_each_engine_read_is_a_row_of_the_page():
    far = counted(
        "postgres", read=1_611_000_000, estimated=1_068_200_000, there=76.9, questions=121
    )
    part = engines.section(100_000, [counted("file"), far])

    assert "| DuckDB, a file of Parquet in place | 40 | none | the same process | 3.10 " in part
    assert "| PostgreSQL | 1,611 | 1,068 | 76.90 | 3.10 | 4.0 | 121 |" in part
    assert "**All 2 found the same, count for count.**" in part


def test_an_engine_that_finds_something_else_is_missed():
    found = [counted("file"), counted("spark", "other")]

    [sentence] = engines.missed(found)
    assert sentence.startswith("Spark, local, two cores found something else than DuckDB")
    assert f"**{sentence}**" in engines.section(100_000, found)


def steps(cpu, memory=900):
    """A run that took so long."""
    says = ("0 of 9 rows are read as people.", "4 of 9 rows are read as people.")
    told = [*says, "0 of 58 checks are done. Now: Enough", "Done: 9 people."]
    return [
        giant.Step(says=one, wall=cpu * n / 3, cpu=cpu * n / 3, memory=memory * 1_000_000)
        for n, one in enumerate(told)
    ]


@pytest.mark.parametrize(
    ("cpu", "memory", "sentences"),
    [
        pytest.param(160, 1_500, [], id="at the limits"),
        pytest.param(
            161, 1_500, ["1,000 rows took 10.1 times the work of 100 (limit 10)."], id="too slow"
        ),
        pytest.param(160, 1_501, ["1,000 rows held 1,501 MB, more than 1,500."], id="too large"),
    ],
)
def test_a_giant_that_grows_too_fast_is_a_sentence(cpu, memory, sentences):
    found = {100: steps(16), 1_000: steps(cpu, memory)}

    assert giant.missed(found) == sentences
    written = giant.page(found)
    assert all(one in written for one in sentences or ["Every limit was kept."])
    assert "| 100 | 10.7 s | 5.3 s | 16.0 s | 16 s | 900 MB |" in written
    assert "The longest time without a word was 5.3 s." in written
    assert "4 of 9 rows" not in written
