"""Children are not on the list, and it is said where nobody would know."""

from __future__ import annotations

import pytest

from checks.finding import Reason, Verdict
from checks.society.minors import judge

QUIET = {"profiling": False, "model": False, "sells": False, "shares_with_ad_platform": False}
SECTIONS = {
    "people": {
        "targeted": "on",
        "segment": "segment",
        "attributes": {"age": {"column": "age", "as": "age"}},
    },
    "segments": [{"name": "old"}, {"name": "new"}],
    "channels": {"email": {"basis": "consent", "permission": {"status": "status"}}},
    "uses_data_for": QUIET,
}


def columns(count=100, **others):
    """So many grown people on the list, but for what is said of the first ones."""
    plain = {"on": True, "segment": "old", "age": 40, "status": "granted"}
    return {
        name: others.get(name, []) + [value] * (count - len(others.get(name, [])))
        for name, value in plain.items()
    }


def found(case):
    return {finding.subject: finding for finding in judge(case)}


def only(case):
    [finding] = judge(case)
    return finding


def worst(case):
    return min(judge(case), key=lambda finding: finding.verdict.urgency)


def test_nobody_is_too_young(a_case):
    finding = only(a_case(SECTIONS, **columns()))

    assert finding.verdict is Verdict.CLEAR
    assert finding.headline == (
        "None of 100 people of known age on the list is under 16, the age of consent."
    )


@pytest.mark.parametrize(
    ("uses", "age", "verdict"),
    [
        pytest.param(QUIET, 15, Verdict.FAIL, id="under the age of consent"),
        pytest.param(QUIET, 16, Verdict.CLEAR, id="exactly the age of consent"),
        pytest.param({**QUIET, "profiling": True}, 17, Verdict.FAIL, id="profiled"),
        pytest.param({**QUIET, "profiling": True}, 18, Verdict.CLEAR, id="profiled and grown up"),
        pytest.param({**QUIET, "model": True}, 17, Verdict.FAIL, id="chosen by a model"),
        pytest.param({**QUIET, "model": None}, 17, Verdict.FAIL, id="model not stated"),
        pytest.param(None, 17, Verdict.FAIL, id="nothing stated"),
    ],
)
def test_the_age_depends_on_the_use(a_case, uses, age, verdict):
    finding = worst(a_case({**SECTIONS, "uses_data_for": uses}, **columns(age=[age] * 7)))

    assert finding.verdict is verdict


def test_says_how_many_for_each_age_and_what_the_list_becomes(a_case):
    uses = {**QUIET, "profiling": True}
    findings = found(
        a_case({**SECTIONS, "uses_data_for": uses}, **columns(age=[17] * 2 + [15] * 5))
    )

    assert {subject: finding.headline for subject, finding in findings.items()} == {
        "profiling": "7 of 100 people on the list are under 18, our age for profiling.",
        "consent": "5 of 100 people on the list are under 16, the age of consent.",
    }
    assert findings["profiling"].remedy == "Take them off the list: it becomes 93."


def test_the_age_of_consent_is_that_of_a_persons_own_region(a_case):
    people = {**SECTIONS["people"], "region": "country"}
    ages = columns(age=[14] * 20)
    finding = only(
        a_case({**SECTIONS, "people": people}, **ages, country=["GB"] * 10 + ["DE"] * 90)
    )

    assert finding.headline == (
        "10 of 100 people on the list are under the age of consent where they live."
    )


@pytest.mark.parametrize(
    ("minors", "start", "remedy"),
    [
        pytest.param(1, "Fewer than 5 of 100", "Take them off the list.", id="one"),
        pytest.param(4, "Fewer than 5 of 100", "Take them off the list.", id="four"),
        pytest.param(5, "5 of 100", "Take them off the list: it becomes 95.", id="five"),
        pytest.param(100, "100 of 100", "Take them off the list: it becomes 0.", id="all"),
    ],
)
def test_a_few_fail_without_being_numbered(a_case, minors, start, remedy):
    finding = only(a_case(SECTIONS, **columns(age=[12] * minors)))

    assert finding.verdict is Verdict.FAIL
    assert finding.headline.startswith(start)
    assert finding.remedy == remedy
    rate = next(one for one in finding.evidence if one.kind == "rate")
    assert rate.yes == (minors if minors > 4 else None)


def test_minors_off_the_list_do_not_count(a_case):
    finding = only(a_case(SECTIONS, **columns(age=[12] * 6, on=[False] * 6)))

    assert finding.verdict is Verdict.CLEAR


def test_from_a_birth_year_the_younger_age_counts(a_case):
    attributes = {"age": {"column": "age", "as": "birth_year"}}
    sections = {**SECTIONS, "people": {**SECTIONS["people"], "attributes": attributes}}
    years = [2010] * 6 + [1990] * 94

    assert only(a_case(sections, **columns(age=years))).headline.startswith("6 of 100")


@pytest.mark.parametrize(
    ("unknown", "verdict"),
    [
        pytest.param(5, Verdict.CLEAR, id="exactly at the limit"),
        pytest.param(6, Verdict.CANNOT_TELL, id="above it"),
        pytest.param(100, Verdict.CANNOT_TELL, id="nobody's age is known"),
    ],
)
def test_ages_that_are_not_known(a_case, unknown, verdict):
    finding = only(a_case(SECTIONS, **columns(age=[None] * unknown)))

    assert finding.verdict is verdict
    assert str(unknown) in finding.headline
    assert finding.reason is (Reason.GROUP_UNKNOWN if verdict is Verdict.CANNOT_TELL else None)


@pytest.mark.parametrize(
    ("creatives", "verdict"),
    [
        pytest.param([{"id": "a", "appeals_to_children": False}], Verdict.CLEAR, id="not"),
        pytest.param([{"id": "a", "appeals_to_children": True}], Verdict.CANNOT_TELL, id="does"),
        pytest.param([{"id": "a"}], Verdict.CANNOT_TELL, id="not stated"),
    ],
)
def test_unknown_ages_weigh_less_where_nothing_appeals_to_children(a_case, creatives, verdict):
    sections = {**SECTIONS, "creatives": creatives}

    assert only(a_case(sections, **columns(age=[None] * 30))).verdict is verdict


def test_everybody_unknown_is_never_clear(a_case):
    sections = {**SECTIONS, "creatives": [{"id": "a", "appeals_to_children": False}]}

    assert only(a_case(sections, **columns(age=[None] * 100))).verdict is Verdict.CANNOT_TELL


def test_minors_among_the_unknown_still_fail(a_case):
    finding = only(a_case(SECTIONS, **columns(age=[12] * 7 + [None] * 30)))

    assert finding.verdict is Verdict.FAIL
    assert "The age of 30 is not known" in finding.remedy


def test_no_age_in_the_file(a_case):
    people = {"targeted": "on", "segment": "segment"}
    finding = only(a_case({**SECTIONS, "people": people}, **columns()))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)
    assert "people.attributes" in finding.remedy


def test_nobody_on_the_list(a_case):
    finding = only(a_case(SECTIONS, **columns(on=[False] * 100)))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.TOO_FEW_PEOPLE)


def test_no_age_applies(a_case):
    channels = {"post": {"basis": "legitimate_interest"}}
    finding = only(a_case({**SECTIONS, "channels": channels}, **columns(age=[12] * 9)))

    assert finding.verdict is Verdict.NOT_APPLICABLE


def test_no_channel_named_does_not_make_children_welcome(a_case):
    finding = only(a_case({**SECTIONS, "channels": {}}, **columns(age=[12] * 9)))

    assert finding.verdict is Verdict.FAIL


@pytest.mark.parametrize(
    ("country", "regions", "verdict"),
    [
        pytest.param("US-CA", ["US-CA"], Verdict.FAIL, id="in California"),
        pytest.param("US-NY", ["US-NY"], Verdict.NOT_APPLICABLE, id="in New York"),
        pytest.param(None, ["US-CA", "DE"], Verdict.FAIL, id="perhaps in California"),
    ],
)
def test_the_age_for_sale(a_case, country, regions, verdict):
    sections = {
        **SECTIONS,
        "people": {**SECTIONS["people"], "region": "country"},
        "channels": {"post": {"basis": "opt_out"}},
        "uses_data_for": {**QUIET, "sells": True},
        "regions": regions,
    }
    people = columns(age=[15] * 6)

    finding = only(a_case(sections, **people, country=[country] * 100))

    assert finding.verdict is verdict


def test_a_region_with_few_people_is_not_overlooked(a_case):
    sections = {
        **SECTIONS,
        "people": {**SECTIONS["people"], "region": "country"},
        "channels": {"post": {"basis": "opt_out"}},
        "uses_data_for": {**QUIET, "shares_with_ad_platform": True},
    }
    finding = only(
        a_case(sections, **columns(age=[15] * 6), country=["US-CA"] * 6 + ["US-NY"] * 94)
    )

    assert finding.subject == "sale in US-CA"
    assert finding.headline.startswith("6 of 100 people on the list are under 16")


def test_the_segments_that_carry_it_are_named(a_case):
    finding = only(a_case(SECTIONS, **columns(age=[12] * 9, segment=["new"] * 20)))
    [where] = [one for one in finding.evidence if one.kind == "breakdown"]

    assert [(part.name, part.people) for part in where.parts] == [("new", 9), ("old", 0)]


def test_segments_do_not_give_a_few_away(a_case):
    finding = only(a_case(SECTIONS, **columns(age=[12] * 3, segment=["new"] * 20)))

    assert [one.kind for one in finding.evidence] == ["rate", "rate"]


def test_weights_are_people(a_case):
    rows = only(a_case(SECTIONS, **columns(30, age=[12] * 10)))
    people = {**SECTIONS["people"], "weight": "many"}
    counts = only(a_case({**SECTIONS, "people": people}, **columns(2, age=[12]), many=[10, 20]))

    assert counts == rows


def test_an_empty_list_of_creatives_says_nothing(a_case):
    case = a_case({**SECTIONS, "creatives": []}, **columns(age=[None] * 50))

    assert only(case).verdict is Verdict.CANNOT_TELL


def test_the_picture_is_the_whole_list_with_those_too_young_apart(a_case):
    whole = only(a_case(SECTIONS, **columns(age=[12] * 7))).evidence[0]

    assert whole.kind == "waterfall"
    assert (whole.stays, whole.total) == (93, 100)
