"""consent.lawful_basis."""

from __future__ import annotations

import pytest

from checks.consent.lawful_basis import judge
from checks.finding import Reason, Verdict

STATED = {
    "own_similar": True,
    "from_a_sale": True,
    "refusal_at_collection": True,
    "refusal_in_message": True,
}
LIA = {"refs": {"lia": {"ref": "L-1", "date": "2026-01-01"}}}


def found(a_case, basis, *regions, channel="email", named=(), columns=None, **sections):
    """People on the list, one in each of the regions; `named` are the campaign's own."""
    told = {"basis": basis, **sections.pop("more", {})}
    campaign = {
        "people": {"key": "id", "region": "region"} if regions else {"key": "id"},
        "regions": list(named),
        "channels": {channel: told},
        **sections,
    }
    many = len(regions) or 3
    held = {"id": range(many)} | ({"region": list(regions)} if regions else {})
    findings = {one.subject: one for one in judge(a_case(campaign, **held, **(columns or {})))}
    return findings[channel]


@pytest.mark.parametrize(
    ("basis", "channel", "region", "verdict"),
    [
        pytest.param("consent", "email", "DE", Verdict.CLEAR, id="consent"),
        pytest.param("legitimate_interest", "email", "DE", Verdict.FAIL, id="EU email"),
        pytest.param("contract", "email", "DE", Verdict.FAIL, id="contract carries none"),
        pytest.param("opt_out", "email", "FR", Verdict.FAIL, id="opt out in the EU"),
        pytest.param("opt_out", "email", "US-TX", Verdict.CLEAR, id="opt out in the US"),
        pytest.param("opt_out", "sms", "US-TX", Verdict.FAIL, id="texts in the US"),
        pytest.param("consent", "push", "US-CA", Verdict.ASK, id="push in the US"),
        pytest.param("consent", "live_call", "DE", Verdict.ASK, id="calls are asked"),
        pytest.param("consent", "email", "JP", Verdict.ASK, id="a region without a line"),
        pytest.param("consent", "email", "Germany", Verdict.ASK, id="no code of a region"),
    ],
)
def test_the_table(a_case, basis, channel, region, verdict):
    assert found(a_case, basis, region, region, channel=channel).verdict is verdict


def test_people_are_counted_where_they_live(a_case):
    finding = found(a_case, "opt_out", *["US-NY"] * 5, *["DE"] * 8, *["FR"] * 7)

    assert finding.headline == (
        "15 of 20 people on the list have no basis that carries email. In DE, FR: opt out is not "
        "accepted there."
    )
    assert finding.remedy == "Ask them for consent; without them the list becomes 5."
    assert finding.evidence[0].rows[0][:3] == ("DE, FR", "EU", 15)


@pytest.mark.parametrize("part", STATED)
def test_a_soft_opt_in_needs_all_four_conditions(a_case, part):
    whole = found(a_case, "soft_opt_in", "DE", more={"relation": STATED})
    for value in (False, None):
        short = found(a_case, "soft_opt_in", "DE", more={"relation": {**STATED, part: value}})
        assert short.verdict is Verdict.FAIL

    assert whole.verdict is Verdict.CLEAR
    assert whole.headline.endswith("This rests on what the owner states.")


def test_a_soft_opt_in_without_a_word_names_what_is_not_stated(a_case):
    finding = found(a_case, "soft_opt_in", "DE")

    assert finding.headline == (
        "The one person on the list has no basis that carries email. In DE: not stated for the "
        "soft opt-in: an own similar product, details from a sale, a refusal offered at "
        "collection, a refusal in every message."
    )
    assert "or show that the conditions are met" in finding.remedy


def test_a_charitys_soft_opt_in_is_for_a_person_to_say(a_case):
    stated = {"relation": {"refusal_at_collection": True, "refusal_in_message": True}}

    assert found(a_case, "charity_soft_opt_in", "GB", more=stated).verdict is Verdict.ASK
    assert found(a_case, "charity_soft_opt_in", "GB").verdict is Verdict.FAIL
    assert found(a_case, "charity_soft_opt_in", "DE", more=stated).verdict is Verdict.FAIL


def test_a_legitimate_interest_needs_its_assessment(a_case):
    bare = found(a_case, "legitimate_interest", "DE", channel="post")
    shown = found(a_case, "legitimate_interest", "DE", channel="post", **LIA)

    assert bare.verdict is Verdict.FAIL
    assert shown.verdict is Verdict.CLEAR


@pytest.mark.parametrize(
    ("purchased", "inquired", "out"),
    [
        pytest.param("2024-12-01", "", 0, id="bought exactly 24 months ago"),
        pytest.param("2024-11-30", "", 1, id="bought a day earlier"),
        pytest.param("", "2026-06-01", 0, id="asked exactly 6 months ago"),
        pytest.param("", "2026-05-31", 1, id="asked a day earlier"),
        pytest.param("", "", 1, id="neither"),
        pytest.param("2020-01-01", "2026-11-01", 0, id="one of the two is enough"),
    ],
)
def test_implied_consent_in_canada_lapses(a_case, purchased, inquired, out):
    relation = {"relation": {"purchased": "bought", "inquired": "asked"}}
    columns = {"bought": ["2026-11-01", purchased], "asked": ["", inquired]}

    finding = found(a_case, "implied", "CA", "CA-QC", more=relation, columns=columns)

    assert finding.verdict is (Verdict.FAIL if out else Verdict.CLEAR)
    assert finding.headline.startswith(f"{out} of 2 people" if out else "Implied carries email")


def test_implied_consent_without_its_days_cannot_tell(a_case):
    finding = found(a_case, "implied", "CA")

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


def test_without_regions_of_people_those_of_the_campaign_count(a_case):
    assert found(a_case, "consent", named=["DE"]).verdict is Verdict.CLEAR
    assert found(a_case, "opt_out", named=["DE", "FR"]).verdict is Verdict.FAIL
    mixed = found(a_case, "opt_out", named=["DE", "US"])
    assert (mixed.verdict, mixed.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)
    assert "the laws differ" in mixed.headline


def test_without_any_region_it_cannot_tell(a_case):
    finding = found(a_case, "consent")

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


def test_somebody_without_a_region_counts_under_the_strictest(a_case):
    finding = found(a_case, "opt_out", "US-NY", "", named=["US", "DE"])

    assert finding.verdict is Verdict.FAIL
    assert "1 of 2 people on the list has no basis" in finding.headline
    assert "region not known" in finding.headline


def test_few_people_of_a_region_are_not_shown(a_case):
    finding = found(a_case, "consent", *["DE"] * 40, *["US-NY"] * 3)

    assert [row[2] for row in finding.evidence[0].rows] == [None, None]


@pytest.mark.parametrize(
    ("uses", "verdict"),
    [
        pytest.param({"profiling": True, "basis": "consent"}, Verdict.CLEAR, id="consent"),
        pytest.param({"model": True, "basis": "contract"}, Verdict.FAIL, id="contract"),
        pytest.param({"profiling": True}, Verdict.CANNOT_TELL, id="not stated"),
        pytest.param({"profiling": False, "model": False}, None, id="no profiling"),
    ],
)
def test_profiling_has_a_basis_of_its_own(a_case, uses, verdict):
    sections = {
        "regions": ["DE"],
        "channels": {"email": {"basis": "consent"}},
        "uses_data_for": uses,
    }

    findings = {one.subject: one.verdict for one in judge(a_case(sections, id=[1]))}

    assert findings.get("profiling") is verdict


def test_no_channel_cannot_tell_and_nobody_needs_no_basis(a_case):
    [none] = judge(a_case(id=[1]))
    sections = {
        "people": {"key": "id", "targeted": "on"},
        "channels": {"email": {"basis": "contract"}},
    }
    [nobody] = judge(a_case(sections, id=[1], on=[False]))

    assert none.verdict is Verdict.CANNOT_TELL
    assert nobody.verdict is Verdict.NOT_APPLICABLE
