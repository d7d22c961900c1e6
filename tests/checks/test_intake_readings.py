"""Days and numbers as other countries write them are read where one reading is left, and said."""

from __future__ import annotations

from datetime import date, datetime

import duckdb
import pytest

from checks.intake import take_in


@pytest.fixture
def read(tmp_path, a_campaign):
    """The type and values of a column “x” in files, and what was said: ``read(["1,5"], …)``."""

    def take(*files, delimiter=";", missing=("", "unknown")):
        names = [f"{number}.csv" for number in range(len(files))]
        for name, values in zip(names, files, strict=True):
            rows = "".join(f"a{delimiter}{value}\n" for value in values)
            (tmp_path / name).write_text(f"id{delimiter}x\n{rows}")
        people = {"file": names, "missing": list(missing), "attributes": {"x": "x"}}
        snapshot = take_in(a_campaign(people=people), tmp_path, tmp_path / "home")
        [column] = snapshot.record.tables["people"].columns
        with duckdb.connect() as connection:
            file = snapshot.folder / "people.parquet"
            found = connection.execute("FROM read_parquet($f)", {"f": str(file)}).fetchall()
        words = column.dictionary
        values = [words[one] if words and one is not None else one for (one,) in found]
        return (
            column.type,
            values,
            [told for one in snapshot.record.sources for told in one.repairs],
        )

    return take


@pytest.mark.parametrize("mark", [".", "/", "-"])
def test_days_are_read_day_first_where_a_day_is_above_twelve(read, mark):
    type_, values, said = read([f"1{mark}12{mark}2026", "unknown", f"31{mark}01{mark}2025"])

    assert (type_, values) == ("day", [date(2026, 12, 1), None, date(2025, 1, 31)])
    assert said == [
        (
            'The 2 values of "x" were read as days, the day first: '
            "the first number goes up to 31, the second to 12."
        )
    ]


def test_days_are_read_month_first_where_only_that_is_possible(read):
    type_, values, said = read(["1/31/2026", "12/01/2025"])

    assert (type_, values) == ("day", [date(2026, 1, 31), date(2025, 12, 1)])
    assert "the month first" in said[0]


def test_days_with_times_are_times(read):
    type_, values, _ = read(["31.12.2026 10:30", "01.02.2026 00:00:05"])

    assert type_ == "time"
    assert values == [datetime(2026, 12, 31, 10, 30), datetime(2026, 2, 1, 0, 0, 5)]  # noqa: DTZ001


def test_days_that_can_be_read_twice_stay_text_and_are_told(read):
    type_, _, said = read(["01.12.2026", "11.02.2026"])

    assert type_ == "text"
    assert said == [
        (
            'It is not clear whether the 2 values of "x" begin with the day or the month: '
            "the first number goes up to 11, the second to 12. They stay text."
        )
    ]


def test_one_file_settles_the_days_of_another(read):
    type_, values, said = read(["01.12.2026"], ["31.01.2026"])

    assert (type_, values) == ("day", [date(2026, 12, 1), date(2026, 1, 31)])
    assert len(said) == 2


@pytest.mark.parametrize(
    "values",
    [
        pytest.param(["31.12.2026", "12.31.2026"], id="both ways"),
        pytest.param(["31.02.2026", "01.01.2026"], id="a day that does not exist"),
    ],
)
def test_what_is_no_day_stays_text_and_is_told(read, values):
    type_, found, said = read(values)

    assert (type_, found) == ("text", values)
    assert "not all are" in said[0]


def test_a_decimal_comma_makes_numbers_in_files_with_semicolons(read):
    type_, values, said = read(["1,5", "2", "unknown", "1.234,50", "-0,25"])

    assert (type_, values) == ("number", [1.5, 2.0, None, 1234.5, -0.25])
    assert said == ['3 values of "x" with a decimal comma were read as numbers.']


def test_a_comma_before_three_digits_may_be_either(read):
    type_, values, said = read(["1,500", "12,250"])

    assert (type_, values) == ("text", ["1,500", "12,250"])
    assert "it may set thousands apart, or decimals" in said[0]


def test_a_comma_is_only_a_decimal_comma_where_semicolons_part_cells(read):
    type_, _, said = read(["1,5", "2,5"], delimiter="\t")

    assert (type_, said) == ("text", [])
