"""balance.cost, and the five parts behind it."""

from __future__ import annotations

import pytest

from checks.balance.cost import judge
from checks.finding import Reason, Verdict
from checks.people.costs import Cost, made_unique

FIELD = {
    "name": "area",
    "used_in": "message",
    "sensitivity": 1,
    "source_kind": "asked",
    "retention_months": 24,
}


def found(a_case, *fields, **columns):
    case = a_case({"fields": list(fields)}, **(columns or {"area": ["n", "s", None]}))
    return {finding.subject: finding for finding in judge(case)}


def test_a_field_that_costs_little(a_case):
    finding = found(a_case, FIELD)["fields"]

    assert finding.verdict is Verdict.CLEAR
    assert finding.headline == (
        "1 field has no sensitive value, and none was bought or followed, says the campaign."
    )
    assert finding.evidence[0].rows == (("area", 1, 0, "asked of them", 2, 24),)


@pytest.mark.parametrize(
    ("other", "headline"),
    [
        pytest.param({"sensitivity": 3}, "The field area has a sensitivity of 3", id="sensitive"),
        pytest.param(
            {"source_kind": "bought"}, "The field area was bought, or gathered", id="bought"
        ),
        pytest.param(
            {"cross_context": True}, "The field area was bought, or gathered", id="followed"
        ),
    ],
)
def test_a_costly_field_is_watched(a_case, other, headline):
    finding = found(a_case, {**FIELD, **other})["area"]

    assert finding.verdict is Verdict.WATCH
    assert finding.headline.startswith(headline)
    assert finding.headline.endswith("; 2 people have a value.")


@pytest.mark.parametrize(
    ("other", "level"),
    [
        pytest.param({"sensitivity": 2}, Verdict.CLEAR, id="exactly below sensitive"),
        pytest.param({"source_kind": "partner"}, Verdict.CLEAR, id="from a partner"),
        pytest.param({"inferred": True}, Verdict.CLEAR, id="inferred"),
        pytest.param({"sensitivity": None}, Verdict.CANNOT_TELL, id="sensitivity not stated"),
        pytest.param({"source_kind": None}, Verdict.CANNOT_TELL, id="source not stated"),
        pytest.param({"retention_months": None}, Verdict.CANNOT_TELL, id="term not stated"),
        pytest.param({"name": "<script>"}, Verdict.CANNOT_TELL, id="not in the file"),
    ],
)
def test_the_others_together(a_case, other, level):
    finding = found(a_case, {**FIELD, **other})["fields"]

    assert finding.verdict is level
    assert finding.reason is (Reason.COLUMN_MISSING if level is Verdict.CANNOT_TELL else None)


def test_a_field_that_nothing_uses_is_left_to_another_check(a_case):
    finding = found(a_case, FIELD, {**FIELD, "name": "x", "used_in": "none", "sensitivity": 4})

    assert set(finding) == {"fields"}


def test_an_age_says_how_many_it_makes_unique_and_how_many_in_bands(a_case):
    people = {
        "attributes": {"age": {"column": "years", "as": "age", "bands": [30, 50]}},
        "quasi_identifiers": ["age", "area"],
    }
    fields = [{**FIELD, "name": "years", "sensitivity": 3}]
    case = a_case(
        {"people": people, "fields": fields},
        years=[31, 32, 45, 46, 61],
        area=["n", "n", "n", "n", "n"],
    )
    finding = next(iter(judge(case)))

    assert finding.subject == "years"
    assert finding.remedy == (
        "The field years makes 5 people unique and is kept 24 months: "
        "in bands of ten years 1 is unique."
    )


def test_who_is_unique_without_the_field_is_not_its_doing(a_case):
    people = {"quasi_identifiers": ["area", "plan"]}
    case = a_case(
        {"people": people, "fields": [FIELD]},
        area=["n", "s", "s", "n"],
        plan=["a", "a", "b", "b"],
    )
    alone = a_case({"people": people}, area=["n", "s"], plan=["a", "b"])

    assert made_unique(case, "area") == 4
    assert made_unique(alone, "area") == 0
    assert made_unique(case, "elsewhere") == 0


def cost(**parts):
    return Cost(
        **{
            "field": "x",
            "sensitivity": 1,
            "unique": 5,
            "source": 1,
            "people": 100,
            "months": 12,
            **parts,
        }
    )


@pytest.mark.parametrize(
    ("other", "gentler"),
    [
        pytest.param({}, False, id="the same"),
        pytest.param({"months": 13}, True, id="better on one"),
        pytest.param({"months": 13, "unique": 4}, False, id="worse on one"),
        pytest.param({"months": None}, False, id="one not known"),
    ],
)
def test_parts_are_compared_one_by_one(other, gentler):
    assert cost().gentler_than(cost(**other)) is gentler


@pytest.mark.parametrize("fields", [None, []])
def test_without_fields_nobody_can_tell(a_case, fields):
    [finding] = judge(a_case({"fields": fields}, id=[1]))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


def test_where_no_field_is_used_none_costs_anything(a_case):
    finding = found(a_case, {**FIELD, "used_in": "none"})["fields"]

    assert finding.verdict is Verdict.NOT_APPLICABLE
