"""transparency.synthetic_labelled."""

from __future__ import annotations

import pytest

from checks.finding import Verdict
from checks.transparency.synthetic_labelled import judge

REAL = {"id": "a", "ai_generated": False, "deep_fake": False}
FAKE = {"id": "b", "ai_generated": True, "deep_fake": True}


def found(a_case, subject, **sections):
    findings = {one.subject: one for one in judge(a_case(sections, id=[1]))}
    return findings[subject]


@pytest.mark.parametrize(
    ("creatives", "verdict"),
    [
        pytest.param([REAL], Verdict.NOT_APPLICABLE, id="nothing synthetic"),
        pytest.param([], Verdict.NOT_APPLICABLE, id="no creative"),
        pytest.param([REAL, FAKE], Verdict.FAIL, id="a deep fake without a label"),
        pytest.param([{**FAKE, "label": "made by AI"}], Verdict.ASK, id="a label"),
        pytest.param([{**FAKE, "deep_fake": False}], Verdict.ASK, id="made, and no deep fake"),
        pytest.param([{**FAKE, "deep_fake": None}], Verdict.ASK, id="a deep fake or not"),
        pytest.param([{"id": "c"}], Verdict.ASK, id="nothing stated"),
        pytest.param([{**REAL, "deep_fake": True}], Verdict.FAIL, id="a fake made by hand"),
        pytest.param(None, Verdict.ASK, id="no section"),
    ],
)
def test_creatives(a_case, creatives, verdict):
    sections = {} if creatives is None else {"creatives": creatives}

    assert found(a_case, "creatives", **sections).verdict is verdict


def test_whose_statement_it_is_is_said(a_case):
    finding = found(a_case, "creatives", creatives=[REAL])

    assert finding.headline == "The owner states that no machine made any of 1 creative."


def test_says_which_and_what_to_do(a_case):
    finding = found(a_case, "creatives", creatives=[FAKE, {**FAKE, "id": "<script>"}])

    assert finding.headline == (
        "All 2 synthetic creatives show as real what is not, without a label: b, <script>."
    )
    assert finding.remedy == ("Label b, <script>, or take other pictures, before 1 December 2026.")


def test_a_mark_for_machines_decides_nothing(a_case):
    labelled = {**FAKE, "label": "AI", "machine_marked": False}

    finding = found(a_case, "creatives", creatives=[labelled])

    assert finding.verdict is Verdict.ASK
    assert "For 1 of 1 no mark that machines can read was stated" in finding.remedy


@pytest.mark.parametrize(
    ("uses", "verdict"),
    [
        pytest.param({"chatbot": False}, Verdict.NOT_APPLICABLE, id="none"),
        pytest.param({"chatbot": True, "chatbot_says_so": True}, Verdict.ASK, id="it says so"),
        pytest.param({"chatbot": True, "chatbot_says_so": False}, Verdict.FAIL, id="it hides"),
        pytest.param({"chatbot": True}, Verdict.ASK, id="not stated whether it says so"),
        pytest.param({}, Verdict.ASK, id="not stated"),
        pytest.param(None, Verdict.ASK, id="no section"),
    ],
)
def test_chatbot(a_case, uses, verdict):
    sections = {} if uses is None else {"uses_data_for": uses}

    assert found(a_case, "chatbot", **sections).verdict is verdict
