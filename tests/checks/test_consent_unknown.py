"""consent.unknown."""

from __future__ import annotations

import pytest

from checks.consent.unknown import judge
from checks.finding import Reason, Verdict

CHANNEL = {"basis": "consent", "permission": {"status": "said"}}
SECTIONS = {"people": {"key": "id", "targeted": "on"}, "channels": {"email": CHANNEL}}


def found(a_case, silent_on=0, silent_off=0, *, on=40, off=60, channels=None):
    said = ["" if n < silent_on else "granted" for n in range(on)]
    said += ["" if n < silent_off else "denied" for n in range(off)]
    sections = SECTIONS if channels is None else {**SECTIONS, "channels": channels}
    case = a_case(sections, id=range(on + off), on=[True] * on + [False] * off, said=said)
    [finding] = judge(case)
    return finding


@pytest.mark.parametrize(
    ("silent", "verdict"),
    [
        pytest.param((0, 0), Verdict.CLEAR, id="everyone answered"),
        pytest.param((1, 0), Verdict.FAIL, id="one on the list did not"),
        pytest.param((40, 60), Verdict.FAIL, id="nobody answered"),
        pytest.param((0, 5), Verdict.CLEAR, id="off the list, exactly at the limit"),
        pytest.param((0, 6), Verdict.WATCH, id="off the list, above it"),
    ],
)
def test_silence(a_case, silent, verdict):
    assert found(a_case, *silent).verdict is verdict


def test_says_how_many_and_what_becomes_of_the_list(a_case):
    one, three = found(a_case, 1), found(a_case, 3)

    assert one.headline == "1 of 40 people on the email list has never answered."
    assert one.remedy == (
        "Leave this person out: the list becomes 39. Asking by email is itself marketing."
    )
    assert three.headline == "3 of 40 people on the email list have never answered."
    assert three.remedy.startswith("Leave them out: the list becomes 37.")


def test_clear_names_what_it_saw_in_the_file(a_case):
    assert found(a_case, 0, 4).headline == (
        "All 40 people on the email list have an answer on record. In the whole file 4 have none."
    )


def test_a_no_is_an_answer(a_case):
    case = a_case(SECTIONS, id=[1, 2], on=[True, True], said=["denied", "withdrawn"])

    [finding] = judge(case)

    assert finding.verdict is Verdict.CLEAR


def test_another_basis_does_not_apply(a_case):
    finding = found(a_case, 3, channels={"post": {"basis": "legitimate_interest"}})

    assert finding.verdict is Verdict.NOT_APPLICABLE
    assert finding.headline == "Post rests on legitimate interest, not on consent."


@pytest.mark.parametrize(
    ("channels", "subject"),
    [
        pytest.param({}, "channels", id="no channel"),
        pytest.param({"email": {"basis": "consent"}}, "email", id="no column"),
        pytest.param(
            {"email": {"basis": "consent", "permission": {"status": "gone"}}},
            "email",
            id="not there",
        ),
    ],
)
def test_without_its_column_it_cannot_tell(a_case, channels, subject):
    finding = found(a_case, channels=channels)

    assert (finding.verdict, finding.subject) == (Verdict.CANNOT_TELL, subject)
    assert finding.reason is Reason.COLUMN_MISSING


def test_nobody_on_the_list_is_no_good_news(a_case):
    case = a_case(SECTIONS, id=[1, 2], on=[False, False], said=["granted", ""])

    [finding] = judge(case)

    assert finding.verdict is Verdict.CANNOT_TELL


def test_people_are_counted_not_rows(a_case):
    sections = {
        "people": {"targeted": "on", "weight": "n"},
        "channels": {"email": CHANNEL},
    }

    [finding] = judge(a_case(sections, n=[30, 10], on=[True, True], said=["granted", ""]))

    assert finding.headline == "10 of 40 people on the email list have never answered."
