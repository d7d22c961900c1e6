"""Fields by which people are chosen, and what they tell about who people are."""

from __future__ import annotations

from datetime import date

import pytest

from checks.bias.proxies import judge
from checks.evidence import Table
from checks.finding import Reason, Verdict

NOT_NORTH = {"column": "postcode", "not_among": ["10115"]}


@pytest.fixture
def proxies(a_case):
    """Judge fields over two groups of a thousand: columns are lists of two thousand values."""

    def run(rules=(NOT_NORTH,), sections=None, **columns):
        case = a_case(
            {
                "people": {"attributes": {"origin": "origin"}},
                "rules": list(rules),
                **(sections or {}),
            },
            origin=["here"] * 1_000 + ["away"] * 1_000,
            **columns,
        )
        return {one.subject: one for one in judge(case)}

    return run


def apart(first, second):
    """Values of which so many of a thousand are the first word, in each group."""
    return [
        word
        for many in (first, second)
        for word, n in (("10115", many), ("20095", 1_000 - many))
        for _ in range(n)
    ]


def test_a_postcode_that_tells_the_origin_is_watched_and_never_fails(proxies):
    found = proxies(postcode=apart(100, 800))["postcode"]

    assert found.verdict is Verdict.WATCH
    assert found.headline == (
        "The field postcode tells origin apart: 0.70 on a scale from 0 (not at all) to 1 (wholly). "
        "People with origin away are told from others 85 times in 100."
    )
    assert found.remedy.startswith("Replace postcode by what it is meant to measure")


def test_a_field_that_tells_nothing_is_clear_and_shows_it(proxies):
    found = proxies(postcode=apart(500, 500))["postcode"]

    assert found.verdict is Verdict.CLEAR
    [table] = found.evidence
    assert isinstance(table, Table)
    assert table.rows[0][:2] == ("origin", "0.00")


def test_a_postcode_is_always_listed_other_fields_where_they_are_tied(proxies):
    rules = [NOT_NORTH, {"column": "shoes", "among": ["x"]}, {"column": "tie", "among": ["x"]}]
    tied = ["x" if n % 10 < 3 else "y" for n in range(1_000)]
    tied += ["x" if n % 10 < 6 else "y" for n in range(1_000)]
    found = proxies(rules, postcode=apart(500, 500), shoes=["x", "y"] * 1_000, tie=tied)

    listed = {name: found[name].evidence[0].rows[0][-1] for name in ("postcode", "shoes", "tie")}
    assert listed == {"postcode": "always", "shoes": "no", "tie": "yes"}


def test_coarser_values_tell_less_and_the_remedy_says_how_much(proxies):
    near = [f"101{n % 10}{0 if n % 10 < 5 else 1}" for n in range(1_000)]
    far = [f"101{n % 10}{1 if n % 10 < 5 else 0}" for n in range(1_000)]
    found = proxies(postcode=near + far)["postcode"]

    assert found.verdict is Verdict.WATCH
    assert found.remedy.endswith("coarsen it from 20 values to 10: it then tells 0.00.")


def test_a_number_is_parted_into_lots(proxies):
    rules = [{"column": "balance", "at_least": 1000}]
    balance = list(range(1_000)) + list(range(600, 1_600))
    found = proxies(rules, balance=balance)["balance"]

    assert found.verdict is Verdict.WATCH
    assert found.remedy.endswith("coarsen it from 10 values to 2: it then tells 0.60.")


def test_two_weak_fields_together_are_told_by_naive_bayes(proxies):
    rules = [{"column": name, "among": ["x"]} for name in ("a", "b", "c", "d")]
    weak = [
        [
            "x" if (n * step) % 10 < (3 if group else 6) else "y"
            for group in (0, 1)
            for n in range(1_000)
        ]
        for step in (1, 3, 7, 9)
    ]
    found = proxies(rules, **dict(zip("abcd", weak, strict=True)))

    matrix, table = found["all fields together"].evidence
    assert table.rows[0][0] == "origin"
    assert (matrix.rows, matrix.columns) == (("a", "b", "c", "d"), ("origin",))
    assert all(0 <= cell.share <= 1 for cell in matrix.cells)
    assert "Together" in found["all fields together"].headline


def test_rules_on_an_attribute_itself_are_no_proxies(proxies):
    found = proxies([{"column": "origin", "among": ["here"]}])

    assert found["fields"].verdict is Verdict.NOT_APPLICABLE


def test_a_field_said_to_be_used_in_a_rule_counts(a_case):
    case = a_case(
        {
            "people": {"attributes": {"origin": "origin"}},
            "fields": [{"name": "district", "used_in": "rule"}, {"name": "other"}],
        },
        origin=["here"] * 100 + ["away"] * 100,
        district=["n"] * 100 + ["s"] * 100,
        other=["n"] * 100 + ["s"] * 100,
    )

    assert [one.subject for one in judge(case)] == ["district"]


def test_a_day_cannot_be_counted_by(proxies):
    rules = [{"column": "joined", "among": ["x"]}]
    found = proxies(rules, joined=[date(2020, 1, 1)] * 2_000)["joined"]

    assert found.reason is Reason.COLUMN_MISSING


def test_without_rules_and_fields_it_cannot_be_told(a_case):
    [found] = judge(a_case({"people": {"attributes": {"g": "g"}}}, g=["f"]))

    assert found.reason is Reason.COLUMN_MISSING


def test_without_attributes(a_case):
    [found] = judge(a_case({"rules": [NOT_NORTH]}, postcode=["10115"]))

    assert found.reason is Reason.COLUMN_MISSING


def test_few_people_tell_nothing(a_case):
    case = a_case(
        {"people": {"attributes": {"g": "g"}}, "rules": [NOT_NORTH]},
        g=["f"] * 12 + ["m"] * 12,
        postcode=["10115"] * 12 + ["20095"] * 12,
    )
    [found] = judge(case)

    assert found.verdict is Verdict.WATCH  # all of them, whatever their number
    assert found.evidence[0].rows[0][3] is None  # but no area is told of so few


def test_many_postcodes_are_looked_at_by_their_beginning(a_case):
    codes = [
        f"D{code}" for code in (*range(10_000, 11_100), *range(20_000, 21_100)) for _ in range(10)
    ]
    case = a_case(
        {
            "people": {"attributes": {"origin": "origin"}, "quasi_identifiers": ["postcode"]},
            "rules": [{"column": "postcode", "not_among": ["D10000"]}],
        },
        origin=["here"] * 11_000 + ["away"] * 11_000,
        postcode=codes,
    )
    [found] = judge(case)

    assert found.verdict is Verdict.WATCH
    assert found.headline.startswith("The field postcode tells origin apart: 1.00 on a scale")


def test_a_hostile_column_is_only_a_name(proxies):
    rules = [{"column": "<script>", "among": ["x"]}]

    assert "<script>" in proxies(rules, **{"<script>": ["x", "y"] * 1_000})


def test_a_field_that_no_longer_fits_is_named(proxies, monkeypatch):
    monkeypatch.setattr("checks.bias.proxies.MOST_CELLS", 9)
    named = [{"column": one, "among": ["10115"]} for one in ("postcode", "area", "branch")]
    found = proxies(
        rules=named, postcode=apart(100, 800), area=apart(200, 700), branch=apart(500, 500)
    )

    told = found["all fields together"].headline
    assert told.startswith("Together postcode, area tell")
    assert told.endswith("Not put together with them: branch.")
