"""protection.minimisation."""

from __future__ import annotations

import pytest

from checks.finding import Reason, Verdict
from checks.protection.minimisation import judge

PEOPLE = {"key": "id", "targeted": "on"}
USED = {"name": "area", "used_in": "message", "why": "nearest shop"}


def found(a_case, *fields, columns=("area",), sections=None, **people):
    given = {"fields": None if fields == (None,) else list(fields)}
    held = {name: ["x", "y"] for name in columns}
    case = a_case(
        {"people": {**PEOPLE, **people}, **given, **(sections or {})},
        id=[1, 2],
        on=[True, False],
        **held,
    )
    [finding] = judge(case)
    return finding


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        pytest.param({}, Verdict.CLEAR, id="used, with a reason"),
        pytest.param({"why": None}, Verdict.WATCH, id="no reason"),
        pytest.param({"used_in": "none"}, Verdict.WATCH, id="no use"),
        pytest.param({"used_in": "None"}, Verdict.WATCH, id="no use, with a capital"),
        pytest.param({"used_in": "none", "role": "identifier"}, Verdict.FAIL, id="a name, unused"),
        pytest.param({"role": "identifier"}, Verdict.CLEAR, id="a name, used"),
    ],
)
def test_fields(a_case, more, verdict):
    assert found(a_case, {**USED, **more}).verdict is verdict


def test_says_which_fields_and_how_many_identify(a_case):
    finding = found(
        a_case,
        USED,
        {"name": "phone", "used_in": "none", "role": "identifier"},
        {"name": "shoe", "used_in": "none"},
        columns=("area", "phone", "shoe"),
    )

    assert finding.headline == "2 of 3 fields serve nothing: phone, shoe."
    assert finding.remedy == "Leave them out of the export; 1 of 2 identifies a person."


def test_a_column_without_an_entry_is_surplus(a_case):
    finding = found(a_case, USED, columns=("area", "shoe_size"))

    assert finding.verdict is Verdict.WATCH
    assert "shoe_size" in finding.headline


@pytest.mark.parametrize(
    ("people", "sections"),
    [
        pytest.param({"segment": "part"}, {}, id="the segment"),
        pytest.param({"attributes": {"sex": "part"}}, {}, id="an attribute"),
        pytest.param({}, {"rules": [{"column": "part", "among": ["x"]}]}, id="a rule"),
        pytest.param({}, {"suppression": {"column": "part"}}, id="who may not be contacted"),
        pytest.param(
            {},
            {"channels": {"email": {"basis": "consent", "permission": {"status": "part"}}}},
            id="a permission",
        ),
    ],
)
def test_a_column_that_the_campaign_file_reads_has_a_use(a_case, people, sections):
    finding = found(a_case, USED, columns=("area", "part"), sections=sections, **people)

    assert finding.verdict is Verdict.CLEAR


def test_the_key_is_needed(a_case):
    key = {"name": "id", "used_in": "none", "role": "identifier"}

    assert found(a_case, USED, key).verdict is Verdict.CLEAR


def test_a_rule_that_no_rule_is(a_case):
    fields = {**USED, "used_in": "rule"}

    finding = found(a_case, fields, sections={"rules": []})

    assert finding.verdict is Verdict.WATCH


def test_a_rule_uses_its_column_whatever_the_entry_says(a_case):
    fields = {**USED, "used_in": "none"}

    finding = found(a_case, fields, sections={"rules": [{"column": "area", "among": ["x"]}]})

    assert finding.verdict is Verdict.CLEAR


def test_without_a_word_about_fields_nobody_can_tell(a_case):
    finding = found(a_case, None)

    assert finding.verdict is Verdict.CANNOT_TELL
    assert finding.reason is Reason.COLUMN_MISSING


def test_an_empty_list_of_fields_says_nothing(a_case):
    finding = found(a_case, columns=())

    assert finding.verdict is Verdict.CANNOT_TELL
    assert finding.reason is Reason.COLUMN_MISSING
