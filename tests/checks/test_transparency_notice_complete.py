"""transparency.notice_complete."""

from __future__ import annotations

import pytest

from checks.finding import Verdict
from checks.transparency.notice_complete import judge

ALL = [f"13(1)({one})" for one in "abcdef"] + [f"13(2)({one})" for one in "abcdef"]


def found(a_case, *, words=None, **sections):
    [finding] = judge(a_case(sections, notice=words, id=[1]))
    return finding


@pytest.mark.parametrize(
    ("items", "verdict"),
    [
        pytest.param(ALL, Verdict.ASK, id="all"),
        pytest.param([one.upper() for one in ALL], Verdict.ASK, id="all, in capitals"),
        pytest.param([f"GDPR Art. {one}" for one in ALL], Verdict.ASK, id="all, with the law"),
        pytest.param(ALL[:-1], Verdict.FAIL, id="one is missing"),
        pytest.param([], Verdict.FAIL, id="none: an empty list is an answer"),
        pytest.param(["nothing"], Verdict.FAIL, id="a word that is no item"),
    ],
)
def test_items(a_case, items, verdict):
    assert found(a_case, notice={"items": items}).verdict is verdict


def test_all_stated_is_still_for_a_person_to_read(a_case):
    finding = found(a_case, notice={"items": ALL})

    assert finding.headline == (
        "The notice states all 12 items that apply, says its owner: does it say them well?"
    )
    assert [row[1] for row in finding.evidence[0].rows] == ["yes"] * 12


def test_says_which_are_missing_and_what_to_do(a_case):
    finding = found(a_case, notice={"items": ALL[:-2]})

    assert finding.headline == (
        "2 of 12 items are missing from the notice. It does not say: whether people must give "
        "the data, and what happens if not; automated decisions and profiling: the logic, and "
        "what follows."
    )
    assert [row[3] for row in finding.evidence[0].rows[:2]] == ["13(2)(e)", "13(2)(f)"]
    assert finding.remedy == (
        "Add them and publish the notice before 1 December 2026, or move the launch."
    )


def test_what_does_not_apply_need_not_be_stated(a_case):
    without = [one for one in ALL if one not in ("13(1)(e)", "13(1)(f)")]

    assert found(a_case, notice={"items": without}).verdict is Verdict.FAIL
    spared = found(a_case, notice={"items": without}, recipients=[])
    assert spared.verdict is Verdict.ASK
    why = {row[3]: row[1] for row in spared.evidence[0].rows}
    assert why["13(1)(e)"] == "nobody outside receives data, says the campaign"


def test_data_from_others_ask_for_more(a_case):
    bought = [{"name": "income", "source_kind": "bought"}]

    assert found(a_case, notice={"items": ALL}, fields=bought).verdict is Verdict.FAIL
    more = [*ALL, "14(1)(d)", "14(2)(f)"]
    assert found(a_case, notice={"items": more}, fields=bought).verdict is Verdict.ASK


@pytest.mark.parametrize(
    ("sections", "said"),
    [
        pytest.param({}, "names no privacy notice", id="no notice"),
        pytest.param({"notice": {}}, "was not written down", id="items not stated"),
        pytest.param({"notice": {"items": []}, "regions": ["JP"]}, "For JP", id="no list known"),
    ],
)
def test_what_is_absent_is_asked(a_case, sections, said):
    finding = found(a_case, **sections)

    assert finding.verdict is Verdict.ASK
    assert said in finding.headline


def test_the_passages_stand_beside_the_items_and_stay_text(a_case):
    words = "We are the <script>alert(1)</script> club, and this is for you."

    finding = found(a_case, words=words, notice={"items": ALL})

    assert finding.evidence[0].rows[0][2] == f"line 1: {words}"
