"""integrity.unchanged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from checks.case import SignedOff
from checks.finding import Verdict
from checks.integrity.unchanged import judge

PARTS = {"campaign": "1", "people": "2", "policy": "3", "checklist": "4"}


def found(a_case, signed="2026-11-01", **then):
    case = replace(
        a_case(id=[1]),
        parts=PARTS,
        previous=SignedOff(day=date.fromisoformat(signed), parts={**PARTS, **then}),
    )
    [finding] = judge(case)
    return finding


def test_the_same_and_recent(a_case):
    finding = found(a_case)

    assert finding.verdict is Verdict.CLEAR
    assert finding.headline == "Nothing has changed since it was signed off on 1 November 2026."


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_moved_is_watched_and_named(a_case, part):
    finding = found(a_case, **{part: "0"})

    assert finding.verdict is Verdict.WATCH
    assert finding.headline.startswith("Since 1 November 2026 1 of 4 parts has changed: the ")
    assert [row[1] for row in finding.evidence[0].rows].count("changed") == 1


@pytest.mark.parametrize(
    ("signed", "verdict"),
    [
        pytest.param("2025-12-01", Verdict.CLEAR, id="365 days"),
        pytest.param("2025-11-30", Verdict.FAIL, id="366 days"),
    ],
)
def test_an_old_sign_off(a_case, signed, verdict):
    assert found(a_case, signed).verdict is verdict


def test_old_and_moved_says_both(a_case):
    finding = found(a_case, "2024-12-01", people="0", policy="0")

    assert finding.verdict is Verdict.FAIL
    assert finding.headline == (
        "The last sign-off will be 730 days old at launch; 365 count. Since then the people "
        "files, the policy changed."
    )


def test_a_first_time_does_not_apply(a_case):
    [finding] = judge(a_case(id=[1]))

    assert finding.verdict is Verdict.NOT_APPLICABLE
