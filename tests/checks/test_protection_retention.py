"""protection.retention."""

from __future__ import annotations

import pytest

from checks.finding import Reason, Verdict
from checks.protection.retention import judge

PEOPLE = {"targeted": "on", "last_activity": "seen"}
QUIET = {"profiling": False}


def found(a_case, days, *, uses=QUIET, on=None, people=PEOPLE, **more):
    sections = {"people": people, "uses_data_for": uses, **more.pop("sections", {})}
    case = a_case(sections, seen=days, on=on or [True] * len(days), **more)
    return {finding.subject: finding for finding in judge(case)}


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        pytest.param("2024-12-01", Verdict.CLEAR, id="exactly 24 months ago"),
        pytest.param("2024-11-30", Verdict.FAIL, id="a day longer"),
        pytest.param("2026-12-05", Verdict.CLEAR, id="after launch"),
        pytest.param(None, Verdict.CANNOT_TELL, id="not known"),
    ],
)
def test_the_term_of_marketing(a_case, day, verdict):
    finding = found(a_case, [day, "2026-11-01"])["marketing"]

    assert finding.verdict is verdict
    assert finding.reason is (Reason.GROUP_UNKNOWN if verdict is Verdict.CANNOT_TELL else None)


def test_says_who_is_overdue_and_what_the_list_becomes(a_case):
    days = ["2020-01-01"] * 5 + ["2026-11-01"] * 5
    finding = found(a_case, days, on=[True] * 3 + [False] * 2 + [True] * 5)["marketing"]

    assert finding.headline == (
        "5 of 10 people have done nothing for over 24 months; 3 of them are on the list."
    )
    assert finding.remedy == (
        "Delete them, or ask once more where the law allows it; the list becomes 5."
    )
    assert [rate.yes for rate in finding.evidence[:2]] == [5, 3]


def test_the_picture_holds_everybody_whose_day_is_known(a_case):
    days = ["2020-01-01", "2026-11-01", "2025-12-01", "2025-11-30", None]
    [picture] = [
        one for one in found(a_case, days)["marketing"].evidence if one.kind == "distribution"
    ]

    assert [(one.low, one.people) for one in picture.bins if one.people] == [
        (0, 1),
        (6, 1),
        (12, 1),
        (60, 1),
    ]


@pytest.mark.parametrize(
    ("uses", "subjects"),
    [
        pytest.param({"profiling": False}, {"marketing"}, id="not profiled"),
        pytest.param({"profiling": True}, {"marketing", "profiling"}, id="profiled"),
        pytest.param(None, {"marketing", "profiling"}, id="not stated"),
    ],
)
def test_profiling_has_a_shorter_term(a_case, uses, subjects):
    findings = found(a_case, ["2025-06-01"], uses=uses)

    assert set(findings) - {"fields"} == subjects
    assert findings["marketing"].verdict is Verdict.CLEAR
    if "profiling" in findings:
        assert findings["profiling"].headline.startswith(
            "1 of 1 person has done nothing for over 12 months"
        )


@pytest.mark.parametrize(
    ("bought", "verdict"),
    [
        pytest.param("2022-01-01", Verdict.FAIL, id="a customer"),
        pytest.param(None, Verdict.CLEAR, id="somebody who never bought"),
    ],
)
def test_people_who_never_bought_have_a_longer_term(a_case, bought, verdict):
    email = {"basis": "soft_opt_in", "relation": {"purchased": "bought"}}
    finding = found(
        a_case, ["2024-01-01"], bought=[bought], sections={"channels": {"email": email}}
    )["marketing"]

    assert finding.verdict is verdict
    assert "over 36 without a purchase" in finding.headline


def of_fields(a_case, days, *terms, **columns):
    names = ("<script>", "b")
    fields = [
        {"name": name, "retention_months": months}
        for name, months in zip(names, terms, strict=False)
    ]
    held = {name: ["x"] * len(days) for name in names}
    return found(a_case, days, sections={"fields": fields}, **{**held, **columns})["fields"]


def test_a_field_has_a_term_of_its_own(a_case):
    days = ["2026-01-01"] * 6 + ["2026-11-01"] * 4
    finding = of_fields(a_case, days, 6, 24)

    assert finding.verdict is Verdict.FAIL
    assert finding.headline == (
        "1 of 2 fields with a term is kept beyond it, for 6 people: <script>."
    )
    assert finding.remedy == "Empty these fields for them; 6 of them are on the list."


def test_people_without_a_value_are_not_kept_too_long(a_case):
    days = ["2026-01-01"] * 6
    finding = of_fields(a_case, days, 6, 6, **{"<script>": [None] * 6, "b": [None] * 6})

    assert finding.verdict is Verdict.CLEAR
    assert finding.headline == "None of 2 fields is kept beyond its own term."


def test_people_in_two_fields_count_once(a_case):
    finding = of_fields(a_case, ["2026-01-01"] * 6, 6, 6)

    assert "for 6 people: <script>, b." in finding.headline


@pytest.mark.parametrize(
    "terms", [pytest.param((None, 24), id="of one"), pytest.param((), id="no field at all")]
)
def test_a_term_that_is_not_stated_is_never_clear(a_case, terms):
    finding = of_fields(a_case, ["2026-11-01"], *terms)

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        pytest.param("2026-11-01", Verdict.CLEAR, id="nobody was away so long"),
        pytest.param("2020-01-01", Verdict.CANNOT_TELL, id="somebody was"),
    ],
)
def test_a_field_that_cannot_be_counted(a_case, day, verdict):
    fields = [{"name": "elsewhere", "retention_months": 24}]
    finding = found(a_case, [day], sections={"fields": fields})["fields"]

    assert finding.verdict is verdict


def test_no_day_of_activity(a_case):
    [finding] = found(a_case, ["2026-11-01"], people={"targeted": "on"}).values()

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


def test_a_file_with_nobody_in_it_keeps_nobody(a_case):
    people = {**PEOPLE, "weight": "n"}
    [finding] = found(a_case, ["2020-01-01"], people=people, n=[0]).values()

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.TOO_FEW_PEOPLE)
