"""Every column of the people file is profiled at intake: in counts, exact, without a value."""

from __future__ import annotations

import json

import duckdb
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from checks.audience import Audience
from checks.intake import take_in
from checks.intake.profiles import EVERY, SAMPLED, of_values
from checks.intake.shapes import KINDS

MANY = SAMPLED + 1_000
NAMED = {"people": {"file": "people.csv", "key": "id", "targeted": "on"}}


def fitting(value):
    """The shapes that a value has."""
    with duckdb.connect() as connection:
        [found] = of_values(lambda sql, values: connection.execute(sql, values).fetchall(),
                            {"column": [value]})  # fmt: skip
    return {kind for kind in KINDS if getattr(found, kind)}


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("4111111111111111", "card"),
        ("4111 1111 1111 1111", "card"),
        ("4111-1111-1111-1111", "card"),
        ("378282246310005", "card"),
        ("5555555555554444", "card"),
        ("2223003122003222", "card"),
        ("6011111111111117", "card"),
        ("3530111333300000", "card"),
        ("DE89370400440532013000", "iban"),
        ("GB82 WEST 1234 5698 7654 32", "iban"),
        ("MT84MALT011000012345MTLCAST001S", "iban"),
        ("  ana@bank.example ", "email"),
        ("+49 (0)30 123456", "phone"),
        ("0170 1234567", "phone"),
        ("(030) 123456", "phone"),
        ("212-555-0123", "phone"),
        ("811218-9876", "national"),
        ("198112189876", "national"),
        ("131052-308T", "national"),
        ("RSSMRA85M01H501Q", "national"),
        ("12345678Z", "national"),
        ("255081416802538", "national"),
        ("44051401359", "national"),
        ("123.456.789-09", "national"),
    ],
)
def test_a_value_has_its_shape(value, kind):
    assert fitting(value) == {kind}


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("4111111111111112", id="a card with a wrong check digit"),
        pytest.param("9111111111111111", id="the right check digit and no issuer"),
        pytest.param("41111111111111111", id="no length of that issuer"),
        pytest.param("DE89370400440532013001", id="an account with wrong check digits"),
        pytest.param("DE893704004405320130", id="an account too short for its country"),
        pytest.param("ana@bank", id="an address without a domain"),
        pytest.param("1234567890", id="ten digits are no phone number by themselves"),
        pytest.param("01/02/2024", id="a day"),
        pytest.param("2024-01-31 10:00:00", id="a time"),
        pytest.param("198112189875", id="a Swedish number with a wrong check digit"),
        pytest.param("44051401358", id="a Polish number with a wrong check digit"),
        pytest.param("C10000000", id="a customer number"),
        pytest.param("<script>alert(1)</script>", id="markup"),
        pytest.param(" \t", id="blanks"),
    ],
)
def test_a_value_without_a_shape_fits_none(value):
    assert fitting(value) == set()


@pytest.mark.parametrize(("first", "cards"), [("4", 200), ("9", 0)])
def test_one_in_ten_long_numbers_passes_the_check_digit_and_only_with_an_issuer(first, cards):
    numbers = [f"{first}{number:015}" for number in range(123, 2_123)]
    with duckdb.connect() as connection:
        [found] = of_values(lambda sql, values: connection.execute(sql, values).fetchall(),
                            {"number": numbers})  # fmt: skip

    assert (found.filled, found.card) == (2_000, cards)


@pytest.fixture
def profiles(tmp_path, a_campaign):
    """Take people in, and read what the record says of each column: ``profiles(id=[…], …)``."""

    def take(form="csv", **columns):
        table = pa.table({name: [*map(str, values)] for name, values in columns.items()})
        file = tmp_path / f"people.{form}"
        (pa.csv.write_csv if form == "csv" else pq.write_table)(table, file)
        people = {**NAMED["people"], "file": file.name}
        snapshot = take_in(a_campaign(people=people), tmp_path, tmp_path / "home")
        record = json.loads((snapshot.folder / "snapshot.json").read_text(encoding="utf-8"))
        return {one["column"]: one for one in record["sources"][0]["profiles"]}

    return take


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("rows", [10, MANY])
def test_a_column_that_nobody_mapped_is_counted_over_all_rows(profiles, rows, form):
    found = profiles(
        form,
        id=[f"k{n}" for n in range(rows)],
        on=["true"] * rows,
        paid_with=["4111111111111111" if n % 2 else f"{n}" for n in range(rows)],
        note=["" if n % 5 else "called, x" * 10 for n in range(rows)],
    )

    assert list(found) == ["id", "on", "paid_with", "note"]
    assert found["paid_with"]["filled"] == rows
    assert found["paid_with"]["card"] == rows // 2
    assert found["note"]["filled"] == -(-rows // 5)
    assert found["note"]["letters"] == 90 * found["note"]["filled"]


def test_what_hardly_any_value_can_be_is_not_counted(profiles):
    found = profiles(id=[f"k{n}" for n in range(MANY)], on=["true"] * MANY)

    assert found["id"] == {"column": "id", "filled": MANY, **dict.fromkeys(EVERY)}


def test_of_a_small_file_everything_is_counted(profiles):
    found = profiles(id=["a1"], on=["true"], email=["ana@bank.example"])

    assert found["email"] == {
        "column": "email", "filled": 1, "letters": 16,
        "card": 0, "iban": 0, "email": 1, "phone": 0, "national": 0,
    }  # fmt: skip


def test_no_value_stands_in_a_profile(profiles):
    found = profiles(id=["k1"], on=["true"], phone=["+49 30 5550199"])

    assert "5550199" not in json.dumps(found)


def test_the_audience_tells_the_profiles(a_campaign, policy):
    audience = Audience.of(
        a_campaign(people={"key": "id", "targeted": "on"}),
        policy,
        id=["a", "b"],
        on=[True, False],
        iban=["DE89370400440532013000", None],
    )

    [source] = audience.intake["sources"]
    [found] = [one for one in source["profiles"] if one["column"] == "iban"]
    assert (found["filled"], found["iban"], found["letters"]) == (1, 1, 22)
