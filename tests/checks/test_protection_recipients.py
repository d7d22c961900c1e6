"""protection.recipients."""

from __future__ import annotations

import pytest

from checks.finding import Verdict
from checks.protection.recipients import judge

LETTERS = {
    "name": "<script>Letters",
    "role": "processor",
    "country": "DE",
    "contract": "C-1",
    "receives": ["area", "name"],
}


def found(a_case, *recipients, **sections):
    given = {"recipients": None if recipients == (None,) else list(recipients), **sections}
    return {finding.subject: finding for finding in judge(a_case(given, id=[1]))}


def test_in_order_by_the_references_given(a_case):
    findings = found(a_case, LETTERS)

    assert {subject: one.verdict for subject, one in findings.items()} == {
        "contracts": Verdict.CLEAR,
        "transfers": Verdict.CLEAR,
        "joint control": Verdict.NOT_APPLICABLE,
    }
    assert findings["contracts"].headline == (
        "1 recipient needs a contract; each has one, by the reference given."
    )
    assert findings["transfers"].headline == "Nothing leaves the EEA and the UK, says the campaign."


def test_a_processor_without_a_contract(a_case):
    finding = found(a_case, LETTERS, {**LETTERS, "contract": None})["contracts"]

    assert finding.verdict is Verdict.FAIL
    assert finding.headline == "1 of 2 recipients has no contract: <script>Letters."
    assert finding.remedy == "Stop the feed of 2 fields to it until it is signed."


@pytest.mark.parametrize(
    ("uses", "role", "verdict"),
    [
        pytest.param({"shares_with_ad_platform": True}, "processor", Verdict.FAIL, id="shared"),
        pytest.param({"shares_with_ad_platform": True}, "platform", Verdict.CLEAR, id="with one"),
        pytest.param({"sells": True}, "processor", Verdict.FAIL, id="sold to nobody named"),
        pytest.param({"sells": True}, "controller", Verdict.CLEAR, id="sold to somebody named"),
    ],
)
def test_sharing_needs_somebody_named(a_case, uses, role, verdict):
    finding = found(a_case, {**LETTERS, "role": role}, uses_data_for=uses)["contracts"]

    assert finding.verdict is verdict


def test_sharing_with_nobody_named_says_so(a_case):
    finding = found(a_case, uses_data_for={"sells": True})["contracts"]

    assert finding.headline == "The campaign sells data, and names nobody who receives any."


def test_a_part_that_is_not_stated_is_asked(a_case):
    finding = found(a_case, {"name": "A", "country": "DE"})["contracts"]

    assert finding.verdict is Verdict.ASK
    assert finding.remedy.endswith("under which contract: A.")


@pytest.mark.parametrize(
    ("other", "verdict"),
    [
        pytest.param({"country": "US"}, Verdict.FAIL, id="no mechanism"),
        pytest.param({"country": "US-CA", "mechanism": "SCC"}, Verdict.FAIL, id="not assessed"),
        pytest.param(
            {"country": "US", "mechanism": "SCC", "assessment": "T-1"}, Verdict.CLEAR, id="assessed"
        ),
        pytest.param({"country": "JP", "mechanism": "adequacy"}, Verdict.CLEAR, id="adequate"),
        pytest.param({"country": "gb"}, Verdict.CLEAR, id="the United Kingdom"),
        pytest.param({"country": None}, Verdict.ASK, id="no country"),
        pytest.param({"country": "Germany"}, Verdict.ASK, id="a country in words"),
    ],
)
def test_transfers(a_case, other, verdict):
    finding = found(a_case, {**LETTERS, **other})["transfers"]

    assert finding.verdict is verdict


def test_a_transfer_is_told_with_its_cure(a_case):
    finding = found(a_case, LETTERS, {**LETTERS, "name": "B", "country": "US"})["transfers"]

    assert finding.headline == (
        "1 of 2 recipients is abroad without a mechanism or its assessment: B."
    )
    assert finding.remedy.startswith("Stop the feed until both are there")


def test_a_campaign_elsewhere_transfers_nothing_from_here(a_case):
    abroad = {**LETTERS, "country": "US"}

    assert found(a_case, abroad, regions=["US-CA"])["transfers"].verdict is Verdict.NOT_APPLICABLE
    assert found(a_case, abroad, regions=["US-CA", "FR"])["transfers"].verdict is Verdict.FAIL


@pytest.mark.parametrize("role", ["joint", "platform"])
def test_who_decides_with_us_is_asked(a_case, role):
    finding = found(a_case, {**LETTERS, "role": role})["joint control"]

    assert finding.verdict is Verdict.ASK
    assert finding.headline == (
        "1 recipient decides with us what becomes of the data: <script>Letters."
    )


def test_without_a_word_about_recipients_it_asks(a_case):
    [finding] = found(a_case, None).values()

    assert finding.verdict is Verdict.ASK


def test_nobody_receives_anything(a_case):
    findings = found(a_case)

    assert findings["contracts"].verdict is Verdict.CLEAR
    assert findings["contracts"].headline.endswith("says the campaign.")
    assert findings["transfers"].verdict is Verdict.NOT_APPLICABLE
