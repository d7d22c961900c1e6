"""integrity.files."""

from __future__ import annotations

import pytest

from checks.finding import Reason, Verdict
from checks.integrity.files import judge

PEOPLE = {"key": "id", "targeted": "on"}
EMAIL = {"basis": "consent", "permission": {"status": "said", "given": "at"}}


def found(a_case, subject, *, people=PEOPLE, tables=None, sections=None, **columns):
    size = len(next(iter(columns.values())))
    columns = {"on": [True] * size, **columns}
    case = a_case({"people": people, **(sections or {})}, tables=tables, **columns)
    return next((one for one in judge(case) if one.subject == subject), None)


@pytest.mark.parametrize(
    ("repeats", "verdict"),
    [
        pytest.param(0, Verdict.CLEAR, id="each once"),
        pytest.param(1, Verdict.WATCH, id="one row twice"),
        pytest.param(5, Verdict.WATCH, id="exactly one in two hundred"),
        pytest.param(6, Verdict.FAIL, id="more than one in two hundred"),
    ],
)
def test_duplicates(a_case, repeats, verdict):
    finding = found(a_case, "duplicates", id=[*range(1000 - repeats), *range(repeats)])

    assert finding.verdict is verdict


def test_says_how_many_rows_repeat_how_many_keys(a_case):
    finding = found(a_case, "duplicates", id=[1, 1, 1, 2, 2, *range(10, 1000)])

    assert finding.headline == "3 of 995 rows repeat the key of another."
    assert finding.remedy == "Merge the rows of these 2 keys at the source."


@pytest.mark.parametrize(
    ("people", "columns", "reason"),
    [
        pytest.param({"targeted": "on"}, {"age": [3, 3]}, Reason.NO_KEY, id="no key"),
        pytest.param(
            {**PEOPLE, "weight": "many"},
            {"id": [1, 2], "many": [7, 9]},
            Reason.COUNTS_ONLY,
            id="counts",
        ),
    ],
)
def test_without_a_key_repeats_cannot_be_told(a_case, people, columns, reason):
    finding = found(a_case, "duplicates", people=people, **columns)

    assert finding.verdict is Verdict.CANNOT_TELL
    assert finding.reason is reason


@pytest.mark.parametrize(
    ("keys", "verdict"),
    [
        pytest.param(["a", "b"], Verdict.CLEAR, id="all there"),
        pytest.param(["a", ""], Verdict.FAIL, id="an empty one"),
        pytest.param(["a", None], Verdict.FAIL, id="a missing one"),
    ],
)
def test_empty_keys(a_case, keys, verdict):
    assert found(a_case, "empty keys", id=keys).verdict is verdict


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        pytest.param("2026-11-20", Verdict.CLEAR, id="on the day of the export"),
        pytest.param("2026-11-21", Verdict.FAIL, id="a day later"),
    ],
)
def test_permissions_dated_after_the_export(a_case, day, verdict):
    finding = found(
        a_case,
        "dates",
        people={**PEOPLE, "exported": "2026-11-20"},
        sections={"channels": {"email": EMAIL}},
        id=[1, 2],
        said=["yes", "yes"],
        at=["2026-01-01", day],
    )

    assert finding.verdict is verdict


def test_says_how_many_would_leave_the_list(a_case):
    finding = found(
        a_case,
        "dates",
        sections={"channels": {"email": EMAIL}},
        id=[1, 2, 3],
        on=[True, True, False],
        said=["yes"] * 3,
        at=["2026-01-01", "2027-01-01", "2027-01-01"],
    )

    assert finding.headline == "2 of 3 rows hold a permission dated after 1 December 2026."
    assert finding.remedy == "Correct or drop them: 1 of 2 people on the list has one."


def test_nothing_is_said_about_dates_that_nobody_kept(a_case):
    assert found(a_case, "dates", id=[1, 2]) is None


@pytest.mark.parametrize(
    ("keys", "verdict"),
    [
        pytest.param([1, 2], Verdict.CLEAR, id="all belong"),
        pytest.param([1, 99], Verdict.WATCH, id="one belongs to nobody"),
    ],
)
def test_rows_beside_that_belong_to_nobody(a_case, keys, verdict):
    finding = found(
        a_case,
        "side files",
        sections={
            "channels": {"email": {"basis": "consent"}},
            "permissions": {"file": "p.csv", "key": "id"},
        },
        tables={
            "permissions": {
                "id": keys,
                "channel": ["email"] * 2,
                "purpose": ["direct_marketing"] * 2,
                "status": ["granted"] * 2,
                "at": ["2026-01-01"] * 2,
            }
        },
        id=[1, 2],
    )

    assert finding.verdict is verdict


def test_strangers_on_a_do_not_contact_list_are_normal(a_case):
    finding = found(
        a_case,
        "side files",
        sections={"suppression": {"file": "s.csv", "key": "id"}},
        tables={"suppression": {"id": [77, 88]}},
        id=[1, 2],
    )

    assert finding.verdict is Verdict.CLEAR
    assert finding.headline == (
        "0 of 2 entries on the do-not-contact list are in the people's file."
    )


def test_a_do_not_contact_entry_dated_after_launch_is_told(a_case):
    finding = found(
        a_case,
        "dates",
        sections={"suppression": {"file": "s.csv", "key": "id", "since": "since"}},
        tables={"suppression": {"id": [1, 2], "since": ["2026-12-02", "2026-11-02"]}},
        id=[1, 2],
    )

    assert finding.verdict is Verdict.WATCH
    assert finding.headline.startswith("1 of 2 entries on the do-not-contact list is dated after")


def test_channels_that_are_not_known_here_are_told(a_case):
    finding = found(
        a_case,
        "side files",
        sections={"contacts": {"file": "c.csv", "key": "id", "at": "at", "channel": "by"}},
        tables={"contacts": {"id": [1, 2], "at": ["2026-11-20"] * 2, "by": ["email", "pigeon"]}},
        id=[1, 2],
    )

    assert finding.verdict is Verdict.WATCH
    assert finding.headline == (
        "Of 2 rows in the files beside, 1 names a channel that is not known here."
    )


@pytest.mark.parametrize(
    ("age", "verdict"),
    [
        pytest.param(120, Verdict.CLEAR, id="very old"),
        pytest.param(121, Verdict.WATCH, id="too old"),
        pytest.param(-1, Verdict.WATCH, id="not born"),
        pytest.param(None, Verdict.CLEAR, id="not known"),
    ],
)
def test_impossible_ages(a_case, age, verdict):
    finding = found(
        a_case,
        "ages",
        people={**PEOPLE, "attributes": {"age": {"column": "age", "as": "age", "bands": [18]}}},
        id=[1, 2],
        age=[30, age],
    )

    assert finding.verdict is verdict


@pytest.mark.parametrize(
    ("declared", "words", "verdict"),
    [
        pytest.param(["a", "b"], ["a", "b"], Verdict.CLEAR, id="as declared"),
        pytest.param(["a", "b"], ["a", "a"], Verdict.WATCH, id="declared and empty"),
        pytest.param(["a"], ["a", "b"], Verdict.WATCH, id="found and not declared"),
        pytest.param(["a"], ["a", None], Verdict.WATCH, id="somebody in no segment"),
        pytest.param(None, ["a", "b"], Verdict.CLEAR, id="nothing declared"),
    ],
)
def test_segments(a_case, declared, words, verdict):
    names = None if declared is None else [{"name": name} for name in declared]

    finding = found(
        a_case,
        "segments",
        people={**PEOPLE, "segment": "part"},
        sections={"segments": names},
        id=range(40),
        part=words * 20,
    )

    assert finding.verdict is verdict


def test_a_person_in_two_segments_is_seen(a_case):
    finding = found(
        a_case,
        "segments",
        people={**PEOPLE, "segment": "part"},
        id=[*range(40), 1],
        part=["a", "b"] * 20 + ["a"],
    )

    assert finding.headline == (
        "The segments do not fit the list: "
        "some people on the list are in no segment, or in several."
    )


def test_lists_what_was_read(a_case):
    finding = found(a_case, "files", id=[1, 2, 3])

    assert finding.verdict is Verdict.CLEAR
    assert finding.evidence[0].rows == (("people", 3, 2, "none"),)
