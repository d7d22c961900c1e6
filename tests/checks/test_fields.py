"""What a campaign says of its fields, and whom the end of a rule brings back."""

from __future__ import annotations

import pytest

from checks.people import fields

SECTIONS = {
    "people": {"targeted": "on"},
    "rules": [
        {"column": "a", "at_least": 5},
        {"column": "b", "at_least": 5},
        {"column": "a", "at_most": 50},
    ],
}
PEOPLE = {
    "a": [9, 1, 99, 1, 9, 1],
    "b": [9, 9, 9, 1, 1, 9],
    "on": [True, False, False, False, False, True],
}


@pytest.mark.parametrize(
    ("columns", "back"),
    [
        pytest.param(["a"], 2, id="both rules on a column go together"),
        pytest.param(["b"], 1, id="one that another rule still keeps off stays off"),
        pytest.param(["a", "b"], 4, id="the union, not the sum"),
        pytest.param(["c"], None, id="no rule reads it"),
    ],
)
def test_who_comes_back_without_the_rules_on_a_column(a_case, columns, back):
    assert fields.back_without(a_case(SECTIONS, **PEOPLE), columns) == back


def test_nobody_is_counted_where_a_rule_cannot_be_read(a_case):
    people = {name: values for name, values in PEOPLE.items() if name != "b"}

    assert fields.back_without(a_case(SECTIONS, **people), ["a"]) is None


def test_a_field_said_to_serve_nothing_is_used_where_a_rule_reads_it(a_case):
    declared = [{"name": "B", "used_in": "None"}, {"name": "c", "used_in": "none"}, {"name": "d"}]
    case = a_case({**SECTIONS, "fields": declared}, **PEOPLE)

    assert [field.name for field in fields.used(case)] == ["B", "d"]


def test_people_with_a_value_in_one_of_several_fields(a_case):
    declared = [{"name": "c"}, {"name": "d"}]
    case = a_case(
        {**SECTIONS, "fields": declared}, **PEOPLE, c=[1] + [None] * 5, d=[1] * 5 + [None]
    )

    assert fields.listed_with(case, ["c", "d"]) == 1
    assert fields.listed_with(case, ["d"]) == 1
    assert fields.listed_with(case, ["none"]) is None


def test_the_key_chooses_nobody_whatever_its_use(a_case):
    sections = {"people": {"key": "id"}, "fields": [{"name": "id"}, {"name": "area"}]}

    assert [field.name for field in fields.choosing(a_case(sections, id=[1]))] == ["area"]
