"""protection.small_segments."""

from __future__ import annotations

import pytest

from checks.finding import Reason, Verdict
from checks.protection.small_segments import judge

PEOPLE = {"key": "id", "targeted": "on", "quasi_identifiers": ["area", "sex"]}
ADS = {"name": "Ads", "receives": ["area", "sex"]}


def found(a_case, areas, *, people=PEOPLE, recipients=(ADS,), uses=None, **columns):
    """The only finding about a list whose people live in these areas."""
    sections = {"people": people, "uses_data_for": uses}
    if recipients is not None:
        sections["recipients"] = list(recipients)
    size = len(areas)
    columns = {"on": [True] * size, "sex": ["f"] * size, **columns}
    [finding] = judge(a_case(sections, id=range(size), area=areas, **columns))
    return finding


@pytest.mark.parametrize(
    ("small", "verdict"),
    [
        pytest.param([], Verdict.CLEAR, id="nobody stands out"),
        pytest.param([5], Verdict.CLEAR, id="five alike"),
        pytest.param([4], Verdict.WATCH, id="four alike"),
        pytest.param([4, 4, 2], Verdict.WATCH, id="exactly one in twenty"),
        pytest.param([4, 4, 3], Verdict.FAIL, id="more than one in twenty"),
    ],
)
def test_small_classes(a_case, small, verdict):
    alone = [f"area {n}" for n, size in enumerate(small) for _ in range(size)]

    finding = found(a_case, ["center"] * (200 - len(alone)) + alone)

    assert finding.verdict is verdict


def test_says_how_many_and_what_would_help(a_case):
    sexes = ["f"] * 147 + ["m"] * 3

    finding = found(a_case, ["north"] * 75 + ["south"] * 75, sex=sexes)

    assert finding.subject == "Ads"
    assert finding.headline == "3 of 150 people sent to Ads are among fewer than 5 who look alike."
    assert (
        finding.remedy == "Leave sex out, or send it in coarser steps: without it 0 people remain."
    )


def test_only_what_is_sent_counts(a_case):
    sexes = ["f"] * 147 + ["m"] * 3

    finding = found(
        a_case, ["north"] * 150, sex=sexes, recipients=[{"name": "Printer", "receives": ["area"]}]
    )

    assert finding.verdict is Verdict.CLEAR
    assert finding.headline == (
        "All 150 people sent to Printer share area with at least 149 others."
    )


def test_people_off_the_list_are_not_sent(a_case):
    finding = found(a_case, ["north"] * 150 + ["islet"], on=[True] * 150 + [False])

    assert finding.verdict is Verdict.CLEAR


@pytest.mark.parametrize(
    ("small", "verdict"),
    [
        pytest.param(100, Verdict.CLEAR, id="exactly enough"),
        pytest.param(99, Verdict.ASK, id="one too few"),
    ],
)
def test_a_small_segment_needs_a_person(a_case, small, verdict):
    finding = found(
        a_case,
        ["north"] * 300,
        people={**PEOPLE, "segment": "part"},
        part=["wave"] * small + ["rest"] * (300 - small),
    )

    assert finding.verdict is verdict


def test_a_small_list_needs_a_person(a_case):
    assert found(a_case, ["north"] * 99).verdict is Verdict.ASK


AGED = {
    **PEOPLE,
    "attributes": {"age": {"column": "born", "as": "birth_year", "bands": [18, 65]}},
    "quasi_identifiers": ["age"],
}


@pytest.mark.parametrize(
    ("sent", "verdict"),
    [
        pytest.param("age", Verdict.CLEAR, id="the band"),
        pytest.param("born", Verdict.WATCH, id="the year itself"),
    ],
)
def test_a_birth_year_tells_more_than_an_age_band(a_case, sent, verdict):
    finding = found(
        a_case,
        ["north"] * 150,
        people=AGED,
        recipients=[{"name": "Ads", "receives": [sent]}],
        born=[1980] * 147 + [1981] * 3,
    )

    assert finding.verdict is verdict


@pytest.mark.parametrize(
    ("attribute", "fields"),
    [
        pytest.param({"column": "born", "as": "birth_date"}, None, id="a birth date"),
        pytest.param("sex", [{"name": "born", "role": "quasi"}], id="a column nobody counts"),
    ],
)
def test_what_cannot_be_counted_is_never_good_news(a_case, attribute, fields):
    case = a_case(
        {
            "people": {**PEOPLE, "attributes": {"a": attribute}, "quasi_identifiers": ["a"]},
            "recipients": [{"name": "Ads", "receives": ["born"]}],
            "fields": fields,
        },
        id=range(150),
        on=[True] * 150,
        born=["1980-05-01"] * 150,
        sex=["f"] * 150,
    )

    [finding] = judge(case)

    assert finding.verdict is Verdict.CANNOT_TELL
    assert finding.headline == "Ads also receives born, which cannot be counted."


@pytest.mark.parametrize(
    ("recipients", "uses", "people"),
    [
        pytest.param(None, None, PEOPLE, id="nothing is said"),
        pytest.param(None, {"shares_with_ad_platform": False}, PEOPLE, id="half is said"),
        pytest.param((), {"shares_with_ad_platform": True}, PEOPLE, id="it contradicts itself"),
        pytest.param((ADS,), None, {"targeted": "on"}, id="no columns are named"),
        pytest.param(({"name": "Ads"},), None, PEOPLE, id="nobody says what they get"),
    ],
)
def test_what_is_absent_is_never_good_news(a_case, recipients, uses, people):
    finding = found(a_case, ["north"] * 150, people=people, recipients=recipients, uses=uses)

    assert finding.verdict is Verdict.CANNOT_TELL
    assert finding.reason is Reason.COLUMN_MISSING


def test_where_nothing_leaves_the_number_is_still_shown(a_case):
    finding = found(a_case, ["north"] * 150 + ["islet"] * 2, recipients=())

    assert finding.verdict is Verdict.CLEAR
    assert "2 of 152 people are among fewer than 5 who look alike" in finding.headline


def test_one_finding_for_each_recipient(a_case):
    case = a_case(
        {"people": PEOPLE, "recipients": [ADS, {"name": "Printer", "receives": ["area"]}]},
        id=range(120),
        on=[True] * 120,
        area=["north"] * 120,
        sex=["f"] * 118 + ["m"] * 2,
    )

    assert [(one.subject, one.verdict.value) for one in judge(case)] == [
        ("Ads", "watch"),
        ("Printer", "clear"),
    ]


def test_the_same_people_as_counts_give_the_same_answer(a_case):
    people = {"targeted": "on", "weight": "many", "quasi_identifiers": ["area", "sex"]}

    [finding] = judge(
        a_case(
            {"people": people, "recipients": [ADS]},
            on=[True, True],
            area=["north", "islet"],
            sex=["f", "f"],
            many=[196, 4],
        )
    )

    assert finding.headline == "4 of 200 people sent to Ads are among fewer than 5 who look alike."


def test_names_the_segments_that_hold_them(a_case):
    finding = found(
        a_case,
        ["north"] * 394 + ["islet"] * 3 + ["cliff"] * 3,
        people={**PEOPLE, "segment": "part"},
        part=["calm"] * 200 + ["wild"] * 200,
    )

    [by_segment] = [one for one in finding.evidence if getattr(one, "by", "") == "segment"]
    assert [(one.name, one.people) for one in by_segment.parts] == [("wild", 6), ("calm", 0)]


def test_nobody_on_the_list_is_not_clear(a_case):
    finding = found(a_case, ["center"] * 200, on=[False] * 200)

    assert finding.verdict is Verdict.CANNOT_TELL
    assert finding.reason is Reason.TOO_FEW_PEOPLE


def test_a_column_sent_under_its_own_name_is_not_its_band(a_case):
    people = {
        **PEOPLE,
        "attributes": {"age": {"column": "age", "as": "age", "bands": [18]}},
        "quasi_identifiers": ["age"],
    }
    ads = {"name": "Ads", "receives": ["age"]}
    ages = [30] * 199 + [77]

    finding = found(a_case, ["x"] * 200, people=people, recipients=[ads], age=ages)

    assert finding.verdict is Verdict.WATCH
    assert finding.headline == "1 of 200 people sent to Ads is among fewer than 5 who look alike."


def test_a_column_that_nobody_describes_is_not_clear(a_case):
    ads = {"name": "Ads", "receives": ["area", "balance"]}

    finding = found(a_case, ["center"] * 200, recipients=[ads])

    assert finding.verdict is Verdict.CANNOT_TELL
    assert finding.headline == "Ads also receives balance, which cannot be counted."


def test_an_address_says_who_somebody_is(a_case):
    post = {"name": "Letters", "receives": ["address", "area"]}

    finding = found(a_case, ["center"] * 200, recipients=[post])

    assert finding.verdict is Verdict.CLEAR
    assert finding.headline.endswith("But address says who each is.")


def test_three_people_sent_by_address_alone(a_case):
    post = {"name": "Letters", "receives": ["address"]}

    finding = found(a_case, ["center"] * 3, recipients=[post])

    assert finding.verdict is Verdict.FAIL
    assert finding.remedy.startswith("Send it to more people")


def test_selling_with_no_recipient_is_not_stated(a_case):
    finding = found(a_case, ["center"] * 200, recipients=(), uses={"sells": True})

    assert finding.verdict is Verdict.CANNOT_TELL


def test_a_small_list_without_segments_is_called_a_list(a_case):
    finding = found(a_case, ["center"] * 20)

    assert finding.headline == "The list of 20 has fewer than 100 people, and the list goes to Ads."
