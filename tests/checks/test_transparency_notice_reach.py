"""transparency.notice_reach."""

from __future__ import annotations

import pytest

from checks.finding import Reason, Verdict
from checks.transparency.notice_reach import judge

PEOPLE = {"key": "id", "targeted": "on", "notice": {"version": "v", "given": "at"}}
SECTIONS = {"people": PEOPLE, "notice": {"version": "3.1", "covers": ["3.0"]}}


def found(a_case, *people, sections=SECTIONS, **columns):
    """Each of the people is a version and a day; all are on the list."""
    many = len(people)
    held = {"id": range(many), "on": [True] * many}
    held |= {"v": [one[0] for one in people], "at": [one[1] for one in people]}
    [finding] = judge(a_case(sections, **{**held, **columns}))
    return finding


def a_list(reached, of):
    return [("3.1", "2026-05-01")] * reached + [("2.0", "2026-05-01")] * (of - reached)


@pytest.mark.parametrize(
    ("reached", "verdict"),
    [
        pytest.param(1000, Verdict.CLEAR, id="everyone"),
        pytest.param(990, Verdict.CLEAR, id="exactly 99 of 100"),
        pytest.param(989, Verdict.WATCH, id="one fewer"),
        pytest.param(950, Verdict.WATCH, id="exactly 95 of 100"),
        pytest.param(949, Verdict.FAIL, id="below"),
        pytest.param(0, Verdict.FAIL, id="nobody"),
    ],
)
def test_the_share_that_was_reached(a_case, reached, verdict):
    assert found(a_case, *a_list(reached, 1000)).verdict is verdict


@pytest.mark.parametrize(
    ("person", "reached"),
    [
        pytest.param(("3.1", "2026-12-01"), True, id="on launch day"),
        pytest.param(("3.0", "2025-01-01"), True, id="an older version that covers it"),
        pytest.param(("3.1", "2026-12-02"), False, id="a day too late"),
        pytest.param(("3.1", ""), False, id="on no day"),
        pytest.param(("2.9", "2025-01-01"), False, id="another version"),
        pytest.param(("", ""), False, id="no version"),
    ],
)
def test_who_was_reached(a_case, person, reached):
    assert (found(a_case, person).verdict is Verdict.CLEAR) is reached


def test_says_how_many_and_what_becomes_of_the_list(a_case):
    finding = found(a_case, *a_list(960, 1000))

    assert finding.headline == (
        "40 of 1,000 people on the list were never given version 3.1 of the notice in time."
    )
    assert finding.remedy == (
        "Send them the notice first, or leave them out: the list becomes 960."
    )


def test_everybody_is_in_one_part(a_case):
    finding = found(a_case, ("3.1", "2026-05-01"), ("3.1", ""), ("3.0", "2026-05-01"), ("", ""))

    [parts] = [one for one in finding.evidence if one.kind == "breakdown"]
    assert [part.people for part in parts.parts] == [1, 1, 1, 1]
    assert "another version" not in [part.name for part in parts.parts]


def test_without_the_day_it_says_that_it_was_not_looked_at(a_case):
    people = {**PEOPLE, "notice": {"version": "v"}}

    finding = found(a_case, ("3.1", ""), sections={**SECTIONS, "people": people})

    assert finding.headline == (
        "The one person on the list was given version 3.1 of the notice, or one that covers it, "
        "in time. The day was not looked at."
    )


@pytest.mark.parametrize(
    "sections",
    [
        pytest.param({"people": PEOPLE}, id="no notice"),
        pytest.param({"people": PEOPLE, "notice": {}}, id="no version in force"),
        pytest.param({**SECTIONS, "people": {"key": "id", "targeted": "on"}}, id="no column"),
    ],
)
def test_without_its_input_it_cannot_tell(a_case, sections):
    finding = found(a_case, ("3.1", "2026-05-01"), sections=sections)

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


def test_only_people_on_the_list_count(a_case):
    finding = found(a_case, ("3.1", "2026-05-01"), ("", ""), on=[True, False])
    nobody = found(a_case, ("3.1", "2026-05-01"), on=[False])

    assert finding.verdict is Verdict.CLEAR
    assert nobody.reason is Reason.TOO_FEW_PEOPLE


def test_a_version_that_is_a_number_in_the_file_is_the_same(a_case):
    held = {"id": [1], "on": [True], "v": [3.1], "at": ["2026-05-01"]}

    [finding] = judge(a_case(SECTIONS, **held))

    assert finding.verdict is Verdict.CLEAR
