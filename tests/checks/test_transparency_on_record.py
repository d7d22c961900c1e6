"""transparency.on_record."""

from __future__ import annotations

import pytest

from checks.finding import Verdict
from checks.transparency.on_record import judge

DAY = "2026-05-01"


def ref(name, day=DAY):
    return {"ref": name, "date": day}


def found(a_case, **sections):
    [finding] = judge(a_case(sections, id=[1]))
    return finding


def test_nothing_is_on_record(a_case):
    finding = found(a_case)

    assert finding.verdict is Verdict.ASK
    assert finding.headline == (
        "All 4 references are missing. To be named: the register of processing, the data "
        "protection assessment, the legitimate interest assessment, the transfer assessment."
    )


def test_what_the_campaign_does_not_need_is_not_missed(a_case):
    finding = found(
        a_case,
        refs={"register": ref("R-1"), "dpia": ref("D-1")},
        channels={"email": {"basis": "consent"}},
        recipients=[{"name": "A", "country": "DE"}],
    )

    assert finding.headline == "The owner names 2 references: do they cover this campaign?"
    assert [row[1] for row in finding.evidence[0].rows[2:]] == [
        "not due: nothing rests on a legitimate interest",
        "not due: no recipient is outside the EEA",
    ]


@pytest.mark.parametrize(
    ("sections", "missing"),
    [
        pytest.param({"channels": {"post": {"basis": "legitimate_interest"}}}, True, id="channel"),
        pytest.param({"uses_data_for": {"basis": "legitimate_interest"}}, True, id="profiling"),
        pytest.param({}, False, id="consent alone"),
    ],
)
def test_a_legitimate_interest_asks_for_its_assessment(a_case, sections, missing):
    told = {"channels": {"email": {"basis": "consent"}}, "recipients": [], **sections}

    finding = found(a_case, refs={"register": ref("R-1"), "dpia": ref("D-1")}, **told)

    assert ("the legitimate interest assessment" in finding.headline) is missing


def test_a_recipient_abroad_asks_for_the_transfer_assessment(a_case):
    finding = found(a_case, recipients=[{"name": "A", "country": "US"}])

    assert "the transfer assessment" in finding.headline


@pytest.mark.parametrize(
    ("day", "row"),
    [
        pytest.param("2026-05-01", "yes", id="the same day"),
        pytest.param("2026-04-30", "older than the newest data", id="a day older"),
        pytest.param(None, "not known", id="no day"),
    ],
)
def test_older_than_the_newest_data(a_case, day, row):
    refs = {name: ref("X", day) for name in ("register", "dpia", "lia", "tia")}
    fields = [{"name": "income", "acquired": "2026-05-01"}, {"name": "age"}]

    finding = found(a_case, refs=refs, fields=fields)

    assert finding.verdict is Verdict.ASK
    assert finding.evidence[0].rows[0][3] == row
    assert ("no day, or one before the newest data came" in finding.headline) is (row != "yes")


def test_a_hostile_reference_stays_text(a_case):
    finding = found(a_case, refs={"register": ref("<script>")})

    assert finding.evidence[0].rows[0][1] == "<script>"
