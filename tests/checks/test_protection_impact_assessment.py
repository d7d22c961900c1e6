"""protection.impact_assessment."""

from __future__ import annotations

import pytest

from checks.finding import Reason, Verdict
from checks.protection.impact_assessment import judge

FIELD = {
    "name": "<script>",
    "used_in": "message",
    "sensitivity": 1,
    "source_kind": "asked",
    "cross_context": False,
    "location": "none",
}
QUIET = {
    "profiling": False,
    "model": False,
    "sells": False,
    "shares_with_ad_platform": False,
    "decides": "none",
    "chatbot": False,
}
AGED = {"targeted": "on", "attributes": {"age": {"column": "age", "as": "age"}}}


def found(a_case, *, field=None, uses=None, age=40, size=3, **sections):
    given = {
        "people": AGED,
        "fields": [{**FIELD, **(field or {})}],
        "uses_data_for": {**QUIET, **(uses or {})},
        **sections,
    }
    [finding] = judge(a_case(given, on=[True] * size, age=[age] * size))
    return finding


def criteria(finding):
    return {row[0]: row[1] for row in finding.evidence[0].rows}


def test_nothing_calls_for_one(a_case):
    finding = found(a_case)

    assert finding.verdict is Verdict.CLEAR
    assert (
        finding.headline == "0 of 9 signs of a high risk are there; from 2 on an assessment is due."
    )
    assert len(criteria(finding)) == 9


@pytest.mark.parametrize(
    ("criterion", "more"),
    [
        pytest.param("scoring or profiling", {"uses": {"profiling": True}}, id="profiling"),
        pytest.param(
            "scoring or profiling",
            {"people": {**AGED, "score": {"column": "score", "cut_off": 0.5}}},
            id="a score",
        ),
        pytest.param(
            "automatic decisions with effect",
            {"uses": {"decides": "terms", "human_review": False}},
            id="decided alone",
        ),
        pytest.param("systematic monitoring", {"field": {"cross_context": True}}, id="followed"),
        pytest.param("systematic monitoring", {"field": {"location": "precise"}}, id="located"),
        pytest.param("sensitive data", {"field": {"role": "special"}}, id="special"),
        pytest.param("sensitive data", {"field": {"sensitivity": 3}}, id="sensitive"),
        pytest.param("combined sources", {"field": {"source_kind": "bought"}}, id="bought"),
        pytest.param("vulnerable people", {"age": 17}, id="minors"),
        pytest.param(
            "vulnerable people", {"people": {**AGED, "vulnerable": {"debt": "x"}}}, id="flags"
        ),
        pytest.param("new technology", {"uses": {"chatbot": True}}, id="a chatbot"),
        pytest.param(
            "barring from a right or contract",
            {"uses": {"decides": "access", "human_review": True}},
            id="barred",
        ),
    ],
)
def test_each_criterion_is_read_from_the_file(a_case, criterion, more):
    finding = found(a_case, **more)

    assert criteria(finding)[criterion] == "met"
    assert criteria(found(a_case))[criterion] == "not met"


@pytest.mark.parametrize(
    ("size", "told"),
    [
        pytest.param(99_999, "not met", id="one person fewer"),
        pytest.param(100_000, "met", id="exactly the limit"),
    ],
)
def test_a_large_file_is_large_scale(a_case, size, told):
    sections = {"people": {**AGED, "weight": "n"}, "fields": [FIELD], "uses_data_for": QUIET}
    [finding] = judge(a_case(sections, on=[True], age=[40], n=[size]))

    assert criteria(finding)["large scale"] == told


TWO = {"uses": {"profiling": True, "chatbot": True}}


@pytest.mark.parametrize(
    ("dpia", "notice", "verdict", "words"),
    [
        pytest.param(None, None, Verdict.FAIL, "No assessment is named.", id="none"),
        pytest.param({"ref": "D-1"}, None, Verdict.FAIL, "has no day", id="no day"),
        pytest.param(
            {"ref": "D-1", "date": "2026-12-02"}, None, Verdict.FAIL, "after launch", id="late"
        ),
        pytest.param(
            {"ref": "D-1", "date": "2026-05-01"},
            "2026-06-01",
            Verdict.FAIL,
            "older than the change of 1 June 2026",
            id="older than the notice",
        ),
        pytest.param(
            {"ref": "D-1", "date": "2026-06-01"}, "2026-06-01", Verdict.CLEAR, "D-1", id="current"
        ),
    ],
)
def test_where_one_is_due_it_has_to_be_current(a_case, dpia, notice, verdict, words):
    sections = {"refs": {"dpia": dpia} if dpia else None, "notice": {"in_force": notice}}
    finding = found(a_case, **TWO, **sections)

    assert finding.verdict is verdict
    assert words in finding.headline
    assert finding.headline.startswith(
        "2 of 9 signs of a high risk are there: scoring or profiling, new technology."
    )


def test_a_field_that_came_in_later_makes_it_old(a_case):
    refs = {"dpia": {"ref": "D-1", "date": "2026-05-01"}}
    finding = found(a_case, **TWO, field={"acquired": "2026-07-01"}, refs=refs)

    assert finding.verdict is Verdict.FAIL
    assert finding.remedy == "Refresh the assessment of 1 May 2026 before 1 December 2026."


@pytest.mark.parametrize(
    ("uses", "verdict"),
    [
        pytest.param({"profiling": True, "chatbot": None}, Verdict.CANNOT_TELL, id="could tip it"),
        pytest.param({"chatbot": None}, Verdict.CLEAR, id="one alone cannot"),
    ],
)
def test_criteria_that_cannot_be_read(a_case, uses, verdict):
    finding = found(a_case, uses=uses)

    assert finding.verdict is verdict
    if verdict is Verdict.CANNOT_TELL:
        assert finding.reason is Reason.COLUMN_MISSING
        assert finding.headline == (
            "1 of 9 signs of a high risk is there; 1 cannot be read, and an assessment may be due."
        )
        assert "new technology" in finding.remedy


def test_nothing_stated_is_never_clear(a_case):
    [finding] = judge(a_case(id=[1]))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


@pytest.mark.parametrize(
    ("regions", "uses", "verdict"),
    [
        pytest.param(["US-CA"], {"sells": True}, Verdict.FAIL, id="sold in California"),
        pytest.param(["DE"], {"sells": True}, Verdict.CLEAR, id="sold elsewhere"),
        pytest.param(["US-CA"], {}, Verdict.CLEAR, id="California, nothing sold"),
        pytest.param(["US-CA"], {"sells": None}, Verdict.CANNOT_TELL, id="California, not stated"),
    ],
)
def test_california_asks_for_one_where_data_are_sold(a_case, regions, uses, verdict):
    finding = found(a_case, uses=uses, regions=regions)

    assert finding.verdict is verdict
    assert ("California asks for one" in finding.headline) is (verdict is Verdict.FAIL)
