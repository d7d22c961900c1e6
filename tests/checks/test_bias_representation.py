"""The list against people outside our own file."""

from __future__ import annotations

import pytest

from checks.bias.representation import judge
from checks.evidence import Rate, Table
from checks.finding import Reason, Verdict


@pytest.fixture
def represented(a_case):
    """Judge a list: ``represented({"f": 30, "m": 70}, {"f": 500, "m": 500})``, list and outside."""

    def run(on, outside, sections=None, *, attribute="gender"):
        gender = [name for name, people in on.items() for _ in range(people)]
        case = a_case(
            {
                "people": {"attributes": {"gender": "gender"}},
                "population": {"file": "outside.csv", "source": "the census of 2021"},
                **(sections or {}),
            },
            tables={
                "population": {
                    "attribute": [attribute] * len(outside),
                    "group": list(outside),
                    "people": list(outside.values()),
                }
            },
            gender=gender,
        )
        [found] = judge(case)
        return found

    return run


def test_a_group_that_is_missing_is_watched_and_never_fails(represented):
    found = represented({"f": 300, "m": 700}, {"f": 5_000, "m": 5_000})

    assert found.verdict is Verdict.WATCH
    assert found.headline == "30 of 100 people on the list are women, 50 of 100 outside."
    assert found.remedy.startswith(
        "These are about 200 women fewer than on an even list of this size."
    )
    assert "the census of 2021" in found.remedy


def test_a_list_like_the_people_outside_is_clear(represented):
    found = represented({"f": 500, "m": 500}, {"f": 50_000, "m": 50_000})

    assert found.verdict is Verdict.CLEAR
    assert found.headline.startswith("No group of gender is missing")
    assert [(o.group, o.yes, o.of) for o in found.evidence if isinstance(o, Rate)] == [
        ("f, on the list", 500, 1_000),
        ("f, outside", 50_000, 100_000),
    ]


def test_the_distance_and_its_noise_are_shown(represented):
    found = represented({"f": 300, "m": 700}, {"f": 5_000, "m": 5_000})

    table = next(
        one for one in found.evidence if isinstance(one, Table) and "far apart" in one.title
    )
    apart, usual = (float(row[1]) for row in table.rows[:2])
    assert apart == pytest.approx(0.1736, abs=0.001)
    assert 0 < usual < 0.03


def test_a_group_outside_that_is_not_on_the_list_at_all(represented):
    found = represented({"m": 1_000}, {"f": 5_000, "m": 5_000})

    assert found.verdict is Verdict.WATCH
    assert found.headline == (
        "None of 1,000 people on the list are people with gender f, 50 of 100 outside."
    )


def test_for_a_burden_too_many_are_watched(represented):
    found = represented({"f": 700, "m": 300}, {"f": 5_000, "m": 5_000}, {"effect": "burden"})

    assert found.verdict is Verdict.WATCH
    assert "women more than on an even list" in found.remedy


def test_few_people_are_never_clear(represented):
    assert represented({"f": 6, "m": 6}, {"f": 500, "m": 500}).verdict is Verdict.CANNOT_TELL


def test_an_attribute_that_is_not_counted_outside(represented):
    found = represented({"f": 300}, {"x": 1}, attribute="age")

    assert found.verdict is Verdict.NOT_APPLICABLE
    assert found.headline == "The population outside is not counted by gender."


def test_groups_of_ours_that_nobody_counted_outside_are_shown(represented):
    found = represented({"f": 500, "m": 500, "x": 20}, {"f": 5_000, "m": 5_000})

    table = next(
        one for one in found.evidence if isinstance(one, Table) and "outside, by" in one.title
    )
    assert ("x", 20, None, "not counted outside") in table.rows


def test_without_a_population_it_does_not_apply(a_case):
    [found] = judge(a_case({"people": {"attributes": {"g": "g"}}}, g=["f"]))

    assert found.verdict is Verdict.NOT_APPLICABLE


def test_without_attributes(a_case):
    told = {"population": {"file": "o.csv", "source": "x"}}
    outside = {"attribute": ["g"], "group": ["f"], "people": [1]}
    [found] = judge(a_case(told, tables={"population": outside}, x=[1]))

    assert found.reason is Reason.COLUMN_MISSING


def test_a_hostile_group_is_only_a_name(represented):
    found = represented({"<script>": 300, "m": 700}, {"<script>": 5_000, "m": 5_000})

    assert "people with gender <script>" in found.headline
