"""consent.proof."""

from __future__ import annotations

import pytest

from checks.consent.proof import PARTS, judge
from checks.finding import Reason, Verdict

WHOLE = {
    "given": "2026-06-01",
    "proof": "form-1",
    "wording": "v3",
    "source": "web",
    "method": "box",
}


def found(a_case, *people, without=(), said=None):
    """Each of the people lacks what is named for it."""
    columns = {part: [None if part in lacks else WHOLE[part] for lacks in people] for part in PARTS}
    permission = {"status": "said"} | {part: part for part in PARTS if part not in without}
    sections = {
        "people": {"key": "id", "targeted": "on"},
        "channels": {"email": {"basis": "consent", "permission": permission}},
    }
    many = len(people)
    case = a_case(
        sections, id=range(many), on=[True] * many, said=said or ["granted"] * many, **columns
    )
    [finding] = judge(case)
    return finding


def test_all_five_are_there(a_case):
    finding = found(a_case, (), ())

    assert finding.verdict is Verdict.CLEAR
    assert finding.headline == (
        "All 2 yeses on the email list have day, proof, words, source and way on record. Read 2 "
        "of them by hand all the same."
    )


@pytest.mark.parametrize("part", PARTS)
def test_any_one_of_the_five_is_missed(a_case, part):
    assert found(a_case, (), (part,)).verdict is Verdict.FAIL


def test_each_gap_is_counted_and_nobody_twice_in_the_whole(a_case):
    finding = found(a_case, (), ("proof", "wording"), ("wording",))

    assert finding.headline == (
        "2 of 3 yeses on the email list cannot be shown in full: 1 lacks a reference to the "
        "proof, 2 lack the words agreed to."
    )
    assert finding.remedy == (
        "Find what is missing, or leave them out: the email list becomes 1. Then read 1 proof by "
        "hand."
    )


@pytest.mark.parametrize("part", PARTS)
def test_a_part_without_a_column_is_no_good_news(a_case, part):
    finding = found(a_case, (), (), without=[part])

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)
    assert f"channels.email.permission.{part}" in finding.remedy


def test_a_gap_that_is_seen_fails_whatever_else_is_unseen(a_case):
    assert found(a_case, ("proof",), (), without=["method"]).verdict is Verdict.FAIL


def test_only_those_who_said_yes_owe_a_proof(a_case):
    finding = found(a_case, (), ("proof",), said=["granted", "denied"])

    assert finding.verdict is Verdict.CLEAR
    assert finding.headline.startswith("The one yes on the email list has day")


def test_without_any_yes_it_does_not_apply(a_case):
    assert found(a_case, (), said=["denied"]).verdict is Verdict.NOT_APPLICABLE


def test_without_a_status_it_cannot_tell(a_case):
    [finding] = judge(a_case({"channels": {"sms": {"basis": "consent"}}}, id=[1]))

    assert finding.verdict is Verdict.CANNOT_TELL


def looked_up(a_case, *, found, not_found, lacks=()):
    permission = {"status": "said"} | {part: part for part in PARTS}
    read = {"seed": "1f2e3d4c", "found": found, "not_found": not_found}
    columns = {part: [None if part in lacks else WHOLE[part]] * 30 for part in PARTS}
    email = {"basis": "consent", "permission": permission, "read_by_hand": read}
    sections = {"people": {"key": "id", "targeted": "on"}, "channels": {"email": email}}
    case = a_case(sections, id=range(30), on=[True] * 30, said=["granted"] * 30, **columns)
    [finding] = judge(case)
    return finding


def test_what_was_looked_up_by_hand_and_found_is_told_with_its_seed(a_case):
    finding = looked_up(a_case, found=20, not_found=0)

    assert finding.verdict is Verdict.CLEAR
    assert finding.headline.endswith("All 20 that were looked up by hand were found.")
    assert finding.evidence[-1].title.endswith("drawn with the seed 1f2e3d4c")
    assert finding.evidence[-1].rows == (("found", 20), ("not found", 0))


def test_who_is_not_found_by_hand_cannot_be_shown(a_case):
    finding = looked_up(a_case, found=18, not_found=2)

    assert finding.verdict is Verdict.FAIL
    assert finding.headline == (
        "2 of 30 yeses on the email list cannot be shown in full: "
        "2 of 20 looked up by hand were not found."
    )


def test_nobody_is_counted_twice_who_may_be_missing_twice(a_case):
    finding = looked_up(a_case, found=18, not_found=2, lacks=["proof"])

    assert finding.headline.startswith("30 of 30 yeses")
