"""consent.freshness."""

from __future__ import annotations

import pytest

from checks.consent.freshness import judge
from checks.finding import Reason, Verdict

PERMISSION = {"status": "said", "given": "at"}


def a_list(a_case, *days, permission=PERMISSION, purpose="direct_marketing", **more):
    channel = {"basis": "consent", "purpose": purpose, "permission": permission}
    sections = {"people": {"key": "id", "targeted": "on"}, "channels": {"email": channel}}
    many = len(days)
    columns = {"id": range(many), "on": [True] * many, "said": ["granted"] * many, "at": days}
    return a_case(sections, **{**columns, **more})


def found(a_case, *days, **more):
    [finding] = judge(a_list(a_case, *days, **more))
    return finding


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        pytest.param("2026-11-30", Verdict.CLEAR, id="yesterday"),
        pytest.param("2026-12-01", Verdict.CLEAR, id="on launch day"),
        pytest.param("2024-12-01", Verdict.CLEAR, id="exactly 24 months"),
        pytest.param("2024-11-30", Verdict.FAIL, id="a day more"),
        pytest.param("2026-12-02", Verdict.CANNOT_TELL, id="after the launch"),
        pytest.param("", Verdict.CANNOT_TELL, id="no day"),
    ],
)
def test_the_age_of_a_yes(a_case, day, verdict):
    assert found(a_case, "2026-06-01", day).verdict is verdict


def test_profiling_has_its_own_months(a_case):
    assert found(a_case, "2025-11-30", purpose="profiling").verdict is Verdict.FAIL
    assert found(a_case, "2025-12-01", purpose="profiling").verdict is Verdict.CLEAR


def test_a_yes_that_was_confirmed_again_is_young(a_case):
    again = {**PERMISSION, "reconfirmed": "again"}

    finding = found(a_case, "2020-01-01", permission=again, again=["2026-01-01"])

    assert finding.verdict is Verdict.CLEAR


@pytest.mark.parametrize(
    ("end", "verdict"),
    [
        pytest.param("2026-12-01", Verdict.CLEAR, id="ends on launch day"),
        pytest.param("2026-11-30", Verdict.FAIL, id="ended the day before"),
        pytest.param("", Verdict.CLEAR, id="has no end of its own"),
    ],
)
def test_its_own_end_counts(a_case, end, verdict):
    ends = {**PERMISSION, "expires": "ends"}

    assert found(a_case, "2026-06-01", permission=ends, ends=[end]).verdict is verdict


def test_says_how_many_why_and_what_to_do(a_case):
    finding = found(a_case, "2026-06-01", "2023-01-01", "2022-01-01")

    assert finding.headline == (
        "2 of 3 people on the email list said yes too long ago: more than 24 months before the "
        "launch."
    )
    assert finding.remedy == (
        "Leave them out: the list becomes 1. Ask again where they sign in or shop, not by email."
    )


def test_the_curve_parts_at_the_limit(a_case):
    finding = found(a_case, "2026-11-15", "2024-12-01", "2024-11-30")

    [curve] = [one for one in finding.evidence if one.kind == "distribution"]
    filled = {(one.low, one.people) for one in curve.bins if one.people}
    assert filled == {(0, 1), (18, 1), (24, 1)}
    assert [line.at for line in curve.lines] == [24]
    assert curve.says == "2 of 3 are within it."


def test_one_very_old_yes_makes_no_endless_curve(a_case):
    finding = found(a_case, "1901-01-01", "2026-06-01")

    [curve] = [one for one in finding.evidence if one.kind == "distribution"]
    assert len(curve.bins) == 9
    assert (curve.bins[-1].low, curve.bins[-1].people) == (48, 1)


def test_only_those_who_said_yes_and_are_on_the_list_count(a_case):
    days = ["2020-01-01", "2020-01-01", "2026-06-01"]

    finding = found(a_case, *days, on=[False, True, True], said=["granted", "withdrawn", "granted"])

    assert finding.headline == (
        "The one yes on the email list was given or confirmed within 24 months of the launch."
    )


def test_nobody_said_yes(a_case):
    finding = found(a_case, "2026-06-01", said=["denied"])

    assert finding.verdict is Verdict.NOT_APPLICABLE
    assert finding.headline == "None of 1 person on the email list has said yes."


def test_without_the_day_it_cannot_tell(a_case):
    finding = found(a_case, "2026-06-01", permission={"status": "said"})

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)
    assert "channels.email.permission.given" in finding.remedy


def test_with_an_end_and_no_day_it_still_cannot_tell(a_case):
    only = {"status": "said", "expires": "ends"}

    assert found(a_case, "", permission=only, ends=["2027-01-01"]).verdict is Verdict.CANNOT_TELL
    assert found(a_case, "", permission=only, ends=["2025-01-01"]).verdict is Verdict.FAIL


def test_another_basis_does_not_apply_and_no_channel_cannot_tell(a_case):
    [other] = judge(a_case({"channels": {"post": {"basis": "contract"}}}, id=[1]))
    [none] = judge(a_case(id=[1]))

    assert other.verdict is Verdict.NOT_APPLICABLE
    assert none.verdict is Verdict.CANNOT_TELL
