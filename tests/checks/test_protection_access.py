"""protection.access."""

from __future__ import annotations

import pytest

from checks.finding import Reason, Verdict
from checks.protection.access import judge

USED = {"person": "<script>p1", "right": "read", "last_used": "2026-11-01"}


def found(a_case, *accounts):
    sections = {"access": None if accounts == (None,) else list(accounts)}
    [finding] = judge(a_case(sections, id=[1]))
    return finding


def test_accounts_in_order(a_case):
    finding = found(a_case, USED, {**USED, "right": "Export"})

    assert finding.verdict is Verdict.CLEAR
    assert finding.headline == (
        "None of 2 accounts is shared or of somebody who left. "
        "0 of 2 were not used for over 90 days."
    )
    [table] = finding.evidence
    assert ("may export", 1) in table.rows


@pytest.mark.parametrize(
    ("other", "remedy"),
    [
        pytest.param({"left": True}, "Close 1 account of people who have left.", id="a leaver"),
        pytest.param({"shared": True}, "Split 1 shared account.", id="shared"),
        pytest.param(
            {"left": True, "shared": True},
            "Close 1 account of people who have left and split 1 shared account.",
            id="both",
        ),
    ],
)
def test_one_account_that_nobody_answers_for_fails(a_case, other, remedy):
    finding = found(a_case, USED, {**USED, **other})

    assert finding.verdict is Verdict.FAIL
    assert finding.remedy == f"{remedy} 0 of 2 were not used for over 90 days."


def test_no_account_is_named(a_case):
    assert "script" not in repr(found(a_case, USED, {**USED, "left": True}))


@pytest.mark.parametrize(
    ("stale", "day", "verdict"),
    [
        pytest.param(1, "2026-09-01", Verdict.CLEAR, id="one of ten is exactly the limit"),
        pytest.param(2, "2026-09-01", Verdict.WATCH, id="two of ten are above it"),
        pytest.param(2, "2026-09-02", Verdict.CLEAR, id="used exactly 90 days before"),
        pytest.param(10, "2026-12-05", Verdict.CLEAR, id="used after launch"),
    ],
)
def test_unused_accounts(a_case, stale, day, verdict):
    old = [{**USED, "last_used": day}] * stale
    finding = found(a_case, *old, *[USED] * (10 - stale))

    assert finding.verdict is verdict


def test_where_the_last_use_is_not_stated_nobody_can_tell(a_case):
    finding = found(a_case, USED, {"person": "p2", "right": "read"})

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)
    assert finding.headline == "When 1 of 2 accounts was last used is not stated."


def test_a_leaver_fails_whatever_else_is_not_stated(a_case):
    finding = found(a_case, {"person": "p2", "right": "read", "left": True})

    assert finding.verdict is Verdict.FAIL


def test_without_a_word_about_accounts_nobody_can_tell(a_case):
    finding = found(a_case, None)

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


def test_no_account_at_all_is_an_answer(a_case):
    finding = found(a_case)

    assert finding.verdict is Verdict.CLEAR
    assert finding.headline == "The campaign says that no account can see these data."
