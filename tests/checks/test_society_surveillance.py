"""society.surveillance."""

from __future__ import annotations

import pytest

from checks.finding import Reason, Verdict
from checks.society.surveillance import judge

CALM = {
    "used_in": "rule",
    "source_kind": "asked",
    "cross_context": False,
    "location": "none",
    "history_months": 24,
}
RULES = [
    {"column": "web", "at_least": 5},
    {"column": "shop", "at_least": 5},
]


def found(a_case, *declared, rules=None, **columns):
    sections = {
        "people": {"targeted": "on"},
        "fields": [{"name": f"f{at}", **CALM, **one} for at, one in enumerate(declared)],
        "rules": rules,
    }
    [finding] = judge(a_case(sections, **{"on": [True], **columns}))
    return finding


def test_nobody_is_followed(a_case):
    finding = found(a_case, {}, {"location": "coarse"})

    assert finding.verdict is Verdict.CLEAR
    assert finding.headline == (
        "None of 4 kinds of watching is behind 2 fields, says the campaign."
    )


@pytest.mark.parametrize(
    ("declared", "verdict"),
    [
        pytest.param([{"cross_context": True}], Verdict.CLEAR, id="one kind"),
        pytest.param([{"history_months": 25}], Verdict.CLEAR, id="a long history"),
        pytest.param(
            [{"cross_context": True}, {"cross_context": True}], Verdict.CLEAR, id="one kind, twice"
        ),
        pytest.param(
            [{"cross_context": True, "location": "precise"}], Verdict.WATCH, id="two kinds"
        ),
        pytest.param(
            [{"cross_context": True, "location": "precise"}, {"source_kind": "bought"}],
            Verdict.WATCH,
            id="three kinds",
        ),
        pytest.param(
            [
                {"cross_context": True, "location": "precise"},
                {"source_kind": "bought", "history_months": 25},
            ],
            Verdict.FAIL,
            id="all four",
        ),
    ],
)
def test_kinds_are_counted_not_weighed(a_case, declared, verdict):
    assert found(a_case, *declared).verdict is verdict


def test_a_field_that_serves_nothing_is_not_counted(a_case):
    idle = {"used_in": "none", "cross_context": True, "location": "precise"}

    assert found(a_case, {}, idle).verdict is Verdict.CLEAR


@pytest.mark.parametrize(
    ("declared", "verdict"),
    [
        pytest.param([{"cross_context": None}], Verdict.CLEAR, id="one kind alone decides nothing"),
        pytest.param(
            [{"cross_context": None, "location": None}], Verdict.CANNOT_TELL, id="two could"
        ),
        pytest.param(
            [
                {"cross_context": True, "location": "precise", "source_kind": "bought"},
                {"history_months": None},
            ],
            Verdict.CANNOT_TELL,
            id="the fourth could make it fail",
        ),
    ],
)
def test_facts_that_are_not_stated(a_case, declared, verdict):
    finding = found(a_case, *declared)

    assert finding.verdict is verdict
    assert finding.reason is (Reason.COLUMN_MISSING if verdict is Verdict.CANNOT_TELL else None)


def test_says_which_field_ends_the_most_and_who_comes_back(a_case):
    finding = found(
        a_case,
        {"name": "web", "cross_context": True, "location": "precise"},
        {"name": "shop", "source_kind": "bought"},
        rules=RULES,
        web=[9, 1, 1, 1, 9],
        shop=[9, 9, 9, 1, 1],
        on=[True, False, False, False, False],
    )

    assert finding.verdict is Verdict.WATCH
    assert finding.headline == (
        "3 of 4 kinds of watching are used here: following across other firms' services, "
        "precise place, bought data."
    )
    assert finding.remedy == (
        "Leave web out: without it 2 people come back and 1 kind of watching remains."
    )


def test_people_behind_each_kind_are_those_on_the_list_with_a_value(a_case):
    finding = found(
        a_case,
        {"name": "web", "cross_context": True},
        web=[9, None, 4],
        on=[True, True, False],
    )

    [row] = [row for row in finding.evidence[0].rows if row[1] == "yes"]
    assert row[2:] == ("web", 1)


def test_a_hostile_name_stays_a_name(a_case):
    finding = found(a_case, {"name": "<script>", "cross_context": True, "location": "precise"})

    assert finding.remedy == ("Leave <script> out: without it 0 kinds of watching remain.")


@pytest.mark.parametrize("fields", [None, []])
def test_without_fields_nobody_can_tell(a_case, fields):
    [finding] = judge(a_case({"fields": fields}, id=[1]))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


def test_where_no_field_is_used_nobody_is_followed(a_case):
    assert found(a_case, {"used_in": "none"}).verdict is Verdict.NOT_APPLICABLE
