"""protection.controls: measures are laid out, never judged."""

from __future__ import annotations

import pytest

from checks.finding import Verdict
from checks.protection.controls import MEASURES, judge

SHOWN = {"status": "in_place", "evidence": "audit of May", "date": "2026-05-04"}


def found(a_case, *controls):
    sections = {"controls": None if controls == (None,) else list(controls)}
    [finding] = judge(a_case(sections, id=[1]))
    return finding


def everything(**other):
    return [{"id": one, **SHOWN, **other} for one in MEASURES]


def standings(finding):
    [table] = finding.evidence
    return {row[0]: row[-1] for row in table.rows}


def test_all_with_evidence_is_still_asked(a_case):
    finding = found(a_case, *everything())

    assert finding.verdict is Verdict.ASK
    assert finding.headline == "All 7 measures have evidence from the 365 days before launch."


def test_says_which_have_none(a_case):
    finding = found(a_case, *everything()[2:])

    assert finding.headline == ("2 of 7 measures have no evidence from the 365 days before launch.")
    assert finding.remedy == (
        "Bring evidence, or say why they are not needed: encryption at rest, encryption in transit."
    )


@pytest.mark.parametrize(
    ("other", "standing"),
    [
        pytest.param({"date": "2025-12-01"}, "shown", id="exactly as old as allowed"),
        pytest.param({"date": "2025-11-30"}, "stale: 366 days old", id="one day older"),
        pytest.param({"date": "2026-12-02"}, "dated after launch", id="after launch"),
        pytest.param({"date": None}, "evidence without a day", id="no day"),
        pytest.param({"evidence": None}, "no evidence", id="no evidence"),
        pytest.param({"status": "planned"}, "not in place", id="planned"),
        pytest.param({"status": "In place"}, "shown", id="in place, in words"),
    ],
)
def test_what_counts_as_shown(a_case, other, standing):
    finding = found(a_case, {"id": "second_factor", **SHOWN, **other})

    assert finding.verdict is Verdict.ASK
    assert standings(finding)["a second factor"] == standing


def test_a_measure_may_be_called_as_it_is_printed(a_case):
    finding = found(a_case, {"id": "a second factor", **SHOWN})

    assert finding == found(a_case, {"id": "second_factor", **SHOWN})
    assert "6 of 7 measures" in finding.headline


def test_of_a_measure_named_twice_the_newest_counts(a_case):
    old = {"id": "second-factor", **SHOWN, "date": "2020-01-01"}
    finding = found(a_case, {"id": "second_factor", **SHOWN}, old)

    assert standings(finding)["a second factor"] == "shown"


def test_other_measures_are_shown_too(a_case):
    finding = found(a_case, *everything(), {"id": "<script>", "status": "planned"})

    assert finding.headline == "1 of 8 measures has no evidence from the 365 days before launch."
    assert finding.remedy == "Bring evidence, or say why it is not needed: <script>."


@pytest.mark.parametrize(
    ("controls", "words"),
    [
        pytest.param([None], "does not say", id="not stated"),
        pytest.param([], "7 of 7 measures", id="stated to be none"),
    ],
)
def test_without_measures_it_asks(a_case, controls, words):
    finding = found(a_case, *controls)

    assert finding.verdict is Verdict.ASK
    assert words in finding.headline
