"""society.dialogue: groups beside talks, and a question."""

from __future__ import annotations

import pytest

from checks.finding import Verdict
from checks.society.dialogue import judge

GROUPS = {
    "people": {"attributes": {"gender": "gender"}, "vulnerable": {"in_arrears": "arrears"}},
    "segments": [{"name": "<script>savers"}],
}


def found(a_case, *talks, groups=GROUPS):
    consultations = None if talks == (None,) else list(talks)
    [finding] = judge(a_case({**groups, "consultations": consultations}, gender=["f"]))
    return finding


def test_says_who_was_not_heard(a_case):
    finding = found(a_case, {"group": "people In Arrears", "outside": True})

    assert finding.verdict is Verdict.ASK
    assert finding.headline == (
        "1 of 3 named groups was heard. 1 talk is with people from outside; we expect at least 1."
    )
    assert finding.remedy == "Talk to every gender, <script>savers, and write down what changed."


def test_all_heard_is_still_asked(a_case):
    talk = {"group": "<script>savers of each gender, some in arrears", "outside": True}
    finding = found(a_case, talk)

    assert finding.verdict is Verdict.ASK
    assert finding.headline.startswith("3 of 3 named groups were heard.")
    assert finding.remedy == "Read what was said, and say whether the campaign answers it."


def test_all_heard_but_nobody_from_outside(a_case):
    finding = found(a_case, {"group": "<script>savers of each gender, some in arrears"})

    assert finding.remedy.startswith("Talk to somebody from outside the house")


def test_a_group_is_heard_by_its_whole_name(a_case):
    finding = found(a_case, {"group": "engendered people"})

    assert finding.headline.startswith("0 of 3 named groups were heard.")


@pytest.mark.parametrize(
    ("talks", "words"),
    [
        pytest.param([None], "records no talk", id="not stated"),
        pytest.param([], "Nobody whom the campaign concerns was asked", id="stated to be none"),
    ],
)
def test_without_talks_it_asks(a_case, talks, words):
    finding = found(a_case, *talks)

    assert finding.verdict is Verdict.ASK
    assert words in finding.headline
    assert finding.remedy.startswith("Talk to every gender, <script>savers, in arrears")


def test_a_campaign_that_names_no_group(a_case):
    finding = found(a_case, None, groups={"people": {}})

    assert finding.verdict is Verdict.ASK
    assert "somebody from outside the house" in finding.remedy


def test_what_was_said_is_laid_out(a_case):
    finding = found(a_case, {"group": "savers", "summary": "too much", "response": "less"})

    assert finding.evidence[1].rows == (
        ("savers", "no", "not stated", "not stated", "too much", "less"),
    )
