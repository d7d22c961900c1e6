"""What values make one doubt: stand-ins for "not known", likenesses, what cannot be."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from checks.drafts.drafting import Facts, campaign
from checks.intake.doubts import alike, one_slip
from checks.intake.propose import Meaning, propose
from checks.intake.survey import survey

AGES = [*range(18, 68), *range(18, 68)]


@pytest.fixture
def looked_at(tmp_path):
    """The proposal for one column of these values."""

    def look(values, name="x", launch=None):
        file = tmp_path / "x.csv"
        rows = [f"{number},{value}" for number, value in enumerate(values)]
        file.write_text("\n".join([f"id,{name}", *rows, ""]), encoding="utf-8")
        return propose(survey(file, "x.csv"), launch)[1]

    return look


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        pytest.param([*AGES, *[118] * 9], ("118",), id="an age that nobody is near"),
        pytest.param([*AGES, 999, 999], ("999",), id="nines"),
        pytest.param([*AGES, -1, -1], ("-1",), id="below nothing"),
        pytest.param([*AGES, "none given", "-"], ("-", "none given"), id="words among numbers"),
        pytest.param([*AGES, "gibberish"], ("gibberish",), id="any word among numbers"),
        pytest.param(["f", "m", "Unknown", "N/A", "f", "m"], ("N/A", "Unknown"), id="words"),
        pytest.param(
            ["1984-02-29", "1900-01-01", "1990-05-05"], ("1900-01-01",), id="the day of nobody"
        ),
        pytest.param(AGES, (), id="ordinary ages"),
        pytest.param([0] * 50 + [n / 7 for n in range(1, 60)], (), id="nothing spent is an amount"),
        pytest.param(["f", "m", "prefer not to say"], (), id="an answer of its own"),
    ],
)
def test_stand_ins_are_found_by_their_shape(looked_at, values, missing):
    found = looked_at(values)

    assert found.missing == missing
    assert bool(found.doubts) is bool(missing)


def test_a_stand_in_is_shown_with_its_rows_and_asked(looked_at):
    found = looked_at([*AGES, *[118] * 9], name="age")

    assert found.doubts == ("“118” (9) seems to mean “not known”.",)
    assert not found.sure


@pytest.mark.parametrize(
    ("values", "said"),
    [
        pytest.param(
            [("Female", 90), ("female", 3)],
            "“Female” (90) and “female” (3) are one word, written differently.",
            id="case",
        ),
        pytest.param(
            [("São Paulo", 9), ("Sao  paulo", 2)],
            "“São Paulo” (9) and “Sao  paulo” (2) are one word, written differently.",
            id="accents and blanks",
        ),
        pytest.param(
            [("Married", 90), ("Maried", 1)],
            "“Maried” (1) may be a slip for “Married” (90).",
            id="a letter left out",
        ),
    ],
)
def test_likenesses_are_told(values, said):
    assert [one.says for one in alike(values)] == [said]


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([("male", 90), ("female", 9)], id="other words"),
        pytest.param([("group 1", 90), ("group 2", 9)], id="numbers"),
        pytest.param([("Austria", 90), ("Australia", 9)], id="two letters apart"),
        pytest.param([("Gloucester", 40), ("Glocester", 30)], id="both are common"),
    ],
)
def test_other_words_are_left_alone(values):
    assert alike(values) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("married", "maried"),
        ("married", "marrried"),
        ("married", "marreid"),
        ("married", "narried"),
    ],
)
def test_one_slip(one, other):
    assert one_slip(one, other)
    assert one_slip(other, one)


@pytest.mark.parametrize(
    ("name", "values", "launch", "said"),
    [
        pytest.param("age", [*AGES, 130], None, "1 age is impossible: 130.", id="an age"),
        pytest.param(
            "birth_year",
            [*range(1940, 2000), 1893, 1899],
            date(2026, 12, 1),
            "2 years of birth are impossible: 1893, 1899.",
            id="years of birth",
        ),
        pytest.param(
            "birth_year",
            [*range(1940, 2000), 2030],
            date(2026, 12, 1),
            "1 year of birth is impossible: 2030.",
            id="not yet born",
        ),
        pytest.param(
            "income",
            [*range(20_000, 90_000, 1_000), 666_666],
            None,
            "666,666 (1 row) is far from all others; the next is 89,000.",
            id="one huge number",
        ),
    ],
)
def test_what_cannot_be_is_told(looked_at, name, values, launch, said):
    found = looked_at(values, name=name, launch=launch)

    assert found.doubts == (said,)
    assert not found.sure


def test_days_with_two_readings_are_told(looked_at):
    both = looked_at(["12/05/1990", "03/04/1991"], name="dob")
    one = looked_at(["12/05/1990", "31/04/1991"], name="dob")

    assert [one.says for one in both.ways] == [
        "the day first: from 12 May 1990 to 3 April 1991",
        "the month first: from 5 December 1990 to 4 March 1991",
    ]
    assert both.every_doubt[0].endswith("nothing here tells which.")
    assert not both.sure
    assert one.every_doubt == ()


@pytest.mark.parametrize(
    ("values", "ways"),
    [
        pytest.param(
            ["1.250", "12.500", "3"],
            {
                "decimal_point": "a point before decimals: from 1.25 to 12.5",
                "thousands_point": "a point between thousands: from 3 to 12,500",
            },
            id="three digits behind every point",
        ),
        pytest.param(
            ['"1,250"', '"12,500"'],
            {
                "decimal_comma": "a comma before decimals: from 1.25 to 12.5",
                "thousands_comma": "a comma between thousands: from 1250 to 12,500",
            },
            id="three digits behind every comma",
        ),
        pytest.param(
            ['"1,250,000"', '"12,500"'],
            {"thousands_comma": "a comma between thousands: from 12,500 to 1,250,000"},
            id="two commas in one number",
        ),
        pytest.param(["1.25", "12.5"], {}, id="decimals"),
        pytest.param(["0.125", "1.250"], {}, id="nothing before the point"),
    ],
)
def test_numbers_with_two_readings_are_told_with_both(looked_at, values, ways):
    assert {one.read_as: one.says for one in looked_at(values).ways} == ways


def test_a_real_file_untouched(reference):
    file = reference / "data/customer_personality/marketing_campaign.csv"

    found = {one.column: one for one in propose(survey(file, file.name))}

    assert found["Year_Birth"].doubts == ("3 years of birth are impossible: 1893, 1899, 1900.",)
    assert found["Income"].doubts == (
        "666,666 (1 row) is far from all others; the next is 162,397.",
    )
    assert found["Marital_Status"].looks.startswith("8 ")
    assert "Blanks around 18 values" in found["Marital_Status"].looks
    assert sum(bool(one.doubts) for one in found.values()) == 2


def test_blanks_are_counted_as_the_bytes_have_them(reference):
    """Read without us: 18 rows in 8 spellings, all with blanks in front; its notes say 17."""
    file = reference / "data/customer_personality/marketing_campaign.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        states = [row["Marital_Status"] for row in csv.DictReader(opened, delimiter="\t")]
    blank = [state for state in states if state != state.strip()]

    assert (len(blank), len(set(blank))) == (18, 8)
    assert all(state == state.rstrip() for state in blank)
    assert (len(set(states)), len({state.strip() for state in states})) == (16, 8)


def test_confirmed_words_go_to_the_campaign_file(looked_at):
    facts = Facts(
        id="x", name="X", owner="Ana", launch="2026-12-01", sector="general", effect="burden",
        regions=(), channels={}, complete=False, missing=("none given",),
        missing_in={"age": ("118",)},
    )  # fmt: skip

    told = campaign([looked_at(AGES, name="age")], facts, "x.csv")["people"]

    assert told["missing"] == ["", "unknown", "n/a", "none given"]
    assert told["missing_in"] == {"age": ["118"]}


def test_groups_of_ages_are_a_group(looked_at):
    assert looked_at(["18-24", "25-34", "18-24"], name="age").meaning is Meaning.ATTRIBUTE
