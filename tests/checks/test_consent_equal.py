"""consent.equal."""

from __future__ import annotations

import pytest

from checks.consent.equal import judge
from checks.finding import Reason, Verdict

PERMISSION = {"status": "said", "given": "at"}
SECTIONS = {
    "people": {"key": "id", "attributes": {"gender": "gender"}},
    "channels": {"email": {"basis": "consent", "permission": PERMISSION}},
}


def found(a_case, women, men, sections=SECTIONS, silent=0, **more):
    """Women and men: how many hold a valid yes, of how many who were asked."""
    gender = ["f"] * women[1] + ["m"] * men[1] + ["f"] * silent
    said = [
        *("granted" if n < women[0] else "denied" for n in range(women[1])),
        *("granted" if n < men[0] else "denied" for n in range(men[1])),
        *[""] * silent,
    ]
    many = len(gender)
    columns = {"id": range(many), "gender": gender, "said": said, "at": ["2026-06-01"] * many}
    [finding] = judge(a_case(sections, **{**columns, **more}))
    return finding


@pytest.mark.parametrize(
    ("women", "verdict"),
    [
        pytest.param((500, 1000), Verdict.CLEAR, id="alike"),
        pytest.param((440, 1000), Verdict.WATCH, id="below nine tenths"),
        pytest.param((250, 1000), Verdict.WATCH, id="far below: at most watch"),
        pytest.param((0, 1000), Verdict.WATCH, id="none"),
        pytest.param((5, 12), Verdict.CANNOT_TELL, id="too few"),
    ],
)
def test_a_gap_is_at_most_watched(a_case, women, verdict):
    assert found(a_case, women, (500, 1000)).verdict is verdict


def test_says_both_counts_and_never_asks_for_assumed_consent(a_case):
    finding = found(a_case, (250, 1000), (500, 1000))

    assert finding.subject == "email: gender"
    assert finding.headline == (
        "250 of 1,000 women hold a valid yes (25 of 100), 0.50 times as often as men (50 of 100)."
    )
    assert finding.remedy == (
        "Try the email form with a screen reader and on paper, and ask women what kept them. "
        "Never assume a consent to even this out."
    )


def test_people_who_were_never_asked_are_no_part_of_it(a_case):
    finding = found(a_case, (500, 1000), (500, 1000), silent=800)

    assert finding.verdict is Verdict.CLEAR
    assert [(one.yes, one.of) for one in finding.evidence[:2]] == [(500, 1000), (500, 1000)]


def test_a_yes_that_has_expired_is_not_valid(a_case):
    days = ["2020-01-01"] * 1000 + ["2026-06-01"] * 1000

    finding = found(a_case, (500, 1000), (500, 1000), at=days)

    assert finding.verdict is Verdict.WATCH
    assert finding.headline.startswith("0 of 1,000 women hold a valid yes (none)")


def test_everyone_agreed_or_nobody_did(a_case):
    everyone = found(a_case, (40, 40), (60, 60))
    nobody = found(a_case, (0, 40), (0, 60))

    assert everyone.verdict is Verdict.CLEAR
    assert everyone.headline == "All 100 people who were asked hold a valid yes."
    assert nobody.verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("sections", "subject"),
    [
        pytest.param({**SECTIONS, "people": {"key": "id"}}, "email", id="no attribute"),
        pytest.param(
            {**SECTIONS, "people": {"key": "id", "attributes": {"age": "age"}}},
            "email: age",
            id="its column is not there",
        ),
        pytest.param(
            {**SECTIONS, "channels": {"sms": {"basis": "consent"}}}, "sms", id="no answers"
        ),
        pytest.param({**SECTIONS, "channels": {}}, "channels", id="no channel"),
    ],
)
def test_without_its_input_it_cannot_tell(a_case, sections, subject):
    finding = found(a_case, (5, 10), (5, 10), sections)

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)
    assert finding.subject == subject


def test_one_group_alone_has_nobody_to_compare_with(a_case):
    assert found(a_case, (400, 1000), (0, 0)).verdict is Verdict.NOT_APPLICABLE
