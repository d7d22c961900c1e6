"""society.trust."""

from __future__ import annotations

import pytest

from checks.finding import Reason, Verdict
from checks.society.trust import judge
from checks.statistics import tail

BASELINE = {"contacts": 10_000, "opted_out": 100, "complained": 10, "deleted": 0}


def found(a_case, left, of=1000, *, baseline=BASELINE, people=None, **more):
    outcomes = {"opted_out": "left", "baseline": baseline, **more.pop("outcomes", {})}
    case = a_case(
        {"people": people or {}, "outcomes": outcomes},
        left=[True] * left + [False] * (of - left),
        **more,
    )
    return {finding.subject: finding for finding in judge(case)}


@pytest.mark.parametrize(
    ("left", "verdict"),
    [
        pytest.param(10, Verdict.CLEAR, id="as usual"),
        pytest.param(15, Verdict.CLEAR, id="exactly 1.5 times"),
        pytest.param(20, Verdict.CLEAR, id="twice, but luck may do that"),
        pytest.param(22, Verdict.WATCH, id="more than luck does"),
        pytest.param(1000, Verdict.WATCH, id="everybody: never a fail"),
    ],
)
def test_more_people_left_than_usual(a_case, left, verdict):
    assert found(a_case, left)["leaving"].verdict is verdict


def test_luck_is_the_tail_of_the_binomial():
    assert tail(21, 1000, 0.01) > 0.001 > tail(22, 1000, 0.01)


def test_many_people_a_little_more_often_are_not_watched(a_case):
    baseline = {**BASELINE, "contacts": 100_000, "opted_out": 20_000}
    finding = found(a_case, 1300, of=5000, baseline=baseline)["leaving"]

    assert tail(1300, 5000, 0.2) < 0.001
    assert finding.verdict is Verdict.CLEAR


def test_says_how_many_and_where_most_of_them_are(a_case):
    people = {"segment": "part"}
    finding = found(a_case, 40, people=people, part=["<script>"] * 500 + ["old"] * 500)["leaving"]

    assert finding.headline == "40 of 1,000 people left; 10 would be usual."
    assert finding.remedy == "Halve the touches for <script>, and ask people why they left."


@pytest.mark.parametrize(
    ("of", "verdict"),
    [
        pytest.param(500, Verdict.CLEAR, id="exactly five would be usual"),
        pytest.param(499, Verdict.CANNOT_TELL, id="fewer"),
    ],
)
def test_so_many_have_to_be_usual(a_case, of, verdict):
    finding = found(a_case, 0, of=of)["leaving"]

    assert finding.verdict is verdict
    assert finding.reason is (Reason.TOO_FEW_PEOPLE if verdict is Verdict.CANNOT_TELL else None)


def test_only_those_who_were_reached_count(a_case):
    reached = [True] * 600 + [False] * 400
    finding = found(a_case, 40, sent=reached, outcomes={"delivered": "sent"})["leaving"]

    assert finding.headline == "40 of 600 people left; 6 would be usual."


@pytest.mark.parametrize(
    "outcomes",
    [
        pytest.param(None, id="no outcomes"),
        pytest.param({"opted_out": "gone", "baseline": BASELINE}, id="no column"),
        pytest.param({"opted_out": "left"}, id="no baseline"),
        pytest.param({"opted_out": "left", "baseline": {"contacts": 0}}, id="nobody before"),
    ],
)
def test_without_numbers_nobody_can_tell(a_case, outcomes):
    findings = judge(a_case({"outcomes": outcomes}, left=[True, False]))

    assert {(one.verdict, one.reason) for one in findings} == {
        (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)
    }


def test_each_sign_is_judged_by_itself(a_case):
    findings = found(
        a_case,
        40,
        cried=[True] * 30 + [False] * 970,
        outcomes={"complained": "cried"},
    )

    assert {subject: one.verdict for subject, one in findings.items()} == {
        "leaving": Verdict.WATCH,
        "complaints": Verdict.CANNOT_TELL,
        "deletions": Verdict.CANNOT_TELL,
    }


def test_people_in_no_segment_are_called_so(a_case):
    people = {"segment": "part"}
    finding = found(a_case, 40, people=people, part=[None] * 500 + ["old"] * 500)["leaving"]

    assert finding.remedy.startswith("Halve the touches for people in no segment")
