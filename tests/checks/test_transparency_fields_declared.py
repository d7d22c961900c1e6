"""transparency.fields_declared."""

from __future__ import annotations

import pytest

from checks.finding import Reason, Verdict
from checks.transparency.fields_declared import judge

DECLARES = {"fields": ["age", "area"], "purposes": ["direct_marketing"], "recipients": ["Ads"]}
CHANNELS = {"email": {"basis": "consent"}}
PEOPLE = {"people": {"key": "id", "targeted": "on"}}
COLUMNS = {"id": [1, 2, 3, 4], "on": [True, False, False, False], "age": [30, 20, 20, 40]}


def field(name, **more):
    return {"name": name, "used_in": "message", "purpose": ["direct_marketing"], **more}


def found(a_case, subject, **sections):
    case = a_case({**PEOPLE, **sections}, **COLUMNS)
    [finding] = [one for one in judge(case) if one.subject == subject]
    return finding


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        pytest.param([field("age")], Verdict.CLEAR, id="declared"),
        pytest.param([field("Age")], Verdict.CLEAR, id="declared with a capital"),
        pytest.param([field("basket")], Verdict.FAIL, id="used and not declared"),
        pytest.param([field("basket", used_in="none")], Verdict.CLEAR, id="held, not used"),
        pytest.param([field("basket", used_in=None)], Verdict.FAIL, id="use not stated"),
        pytest.param([], Verdict.CANNOT_TELL, id="no fields at all"),
        pytest.param(None, Verdict.CANNOT_TELL, id="nothing said about fields"),
    ],
)
def test_fields(a_case, fields, verdict):
    finding = found(a_case, "fields", fields=fields, notice={"declares": DECLARES})

    assert finding.verdict is verdict


def test_says_how_many_and_which(a_case):
    fields = [field("age"), field("basket"), field("area")]

    finding = found(a_case, "fields", fields=fields, notice={"declares": DECLARES})

    assert finding.headline == "1 of 3 used fields is not in the notice: basket."


def test_a_rule_uses_its_column_whatever_the_entry_says(a_case):
    finding = found(
        a_case,
        "fields",
        fields=[field("income", used_in="none")],
        rules=[{"column": "income", "at_least": 1}],
        notice={"declares": DECLARES},
    )

    assert finding.verdict is Verdict.FAIL


def test_a_rule_column_without_an_entry_counts_as_undeclared(a_case):
    finding = found(
        a_case,
        "fields",
        fields=[],
        rules=[{"column": "age", "at_least": 25}],
        notice={"declares": DECLARES},
    )

    assert finding.verdict is Verdict.FAIL


def test_the_remedy_counts_who_comes_back(a_case):
    finding = found(
        a_case,
        "fields",
        fields=[],
        rules=[{"column": "age", "at_least": 25}],
        notice={"declares": {"fields": []}},
    )

    assert finding.remedy == "Drop them from the rules (2 people come back), or tell people first."


@pytest.mark.parametrize(
    ("subject", "sections"),
    [
        pytest.param("fields", {"fields": []}, id="no notice"),
        pytest.param("fields", {"fields": [], "notice": {"declares": {}}}, id="no fields named"),
        pytest.param("purposes", {"channels": CHANNELS}, id="no purposes named"),
        pytest.param("recipients", {"notice": {"declares": DECLARES}}, id="no recipients given"),
        pytest.param("recipients", {"recipients": [{"name": "Ads"}]}, id="no recipients named"),
    ],
)
def test_what_is_absent_is_never_good_news(a_case, subject, sections):
    finding = found(a_case, subject, **sections)

    assert finding.verdict is Verdict.CANNOT_TELL
    assert finding.reason is Reason.COLUMN_MISSING


@pytest.mark.parametrize(
    ("purpose", "verdict"),
    [("direct_marketing", Verdict.CLEAR), ("profiling", Verdict.FAIL)],
)
def test_purposes(a_case, purpose, verdict):
    finding = found(
        a_case,
        "purposes",
        channels={"email": {"basis": "consent", "purpose": purpose}},
        notice={"declares": DECLARES},
    )

    assert finding.verdict is verdict


def test_the_purpose_of_an_unused_field_does_not_count(a_case):
    finding = found(
        a_case,
        "purposes",
        channels=CHANNELS,
        fields=[field("age", used_in="none", purpose=["profiling"])],
        notice={"declares": DECLARES},
    )

    assert finding.verdict is Verdict.CLEAR


@pytest.mark.parametrize(
    ("recipients", "verdict"),
    [
        pytest.param([{"name": "ads"}], Verdict.CLEAR, id="named"),
        pytest.param([{"name": "Printer"}], Verdict.FAIL, id="not named"),
        pytest.param([], Verdict.CLEAR, id="nobody receives anything"),
    ],
)
def test_recipients(a_case, recipients, verdict):
    finding = found(a_case, "recipients", recipients=recipients, notice={"declares": DECLARES})

    assert finding.verdict is verdict


@pytest.mark.parametrize("use", ["sells", "shares_with_ad_platform"])
def test_data_that_leave_go_to_somebody(a_case, use):
    finding = found(
        a_case,
        "recipients",
        recipients=[],
        notice={"declares": DECLARES},
        uses_data_for={use: True},
    )

    assert finding.verdict is Verdict.CANNOT_TELL


def test_one_field_is_told_as_one(a_case):
    finding = found(a_case, "fields", fields=[field("age")], notice={"declares": DECLARES})

    assert finding.headline == "The one used field is in the notice."


def test_one_undeclared_field_is_told_as_one(a_case):
    finding = found(a_case, "fields", fields=[field("basket")], notice={"declares": DECLARES})

    assert finding.remedy.startswith("Add it to the notice")
