"""balance.benefit, and the trials behind it."""

from __future__ import annotations

import pytest

from checks.balance.benefit import judge
from checks.fairness import trials
from checks.finding import Reason, Verdict

AREA = {"name": "home_town", "used_in": "message"}
OUTCOMES = {"arm": "arm", "converted": "bought"}


def found(a_case, arms, *, fields=(AREA,), outcomes=OUTCOMES, **sections):
    """Each arm: how many did it, of how many."""
    rows = [(arm, n < yes) for arm, (yes, of) in arms.items() for n in range(of)]
    case = a_case(
        {"fields": list(fields), "outcomes": outcomes, **sections},
        arm=[arm for arm, _ in rows],
        bought=[yes for _, yes in rows],
        home_town=["x"] * len(rows),
    )
    return {finding.subject: finding for finding in judge(case)}


@pytest.mark.parametrize(
    ("with_", "without", "verdict"),
    [
        pytest.param((600, 3000), (500, 3000), Verdict.CLEAR, id="worth having"),
        pytest.param((520, 3000), (500, 3000), Verdict.CANNOT_TELL, id="may be nothing"),
        pytest.param((30, 60), (25, 60), Verdict.CANNOT_TELL, id="too few people"),
        pytest.param((500, 3000), (580, 3000), Verdict.WATCH, id="too little even at best"),
        pytest.param((0, 100), (0, 100), Verdict.CANNOT_TELL, id="nobody did it"),
        pytest.param((100, 100), (100, 100), Verdict.WATCH, id="everybody did it"),
    ],
)
def test_the_trial_decides(a_case, with_, without, verdict):
    arms = {"all": with_, "without home town": without}

    assert found(a_case, arms)["home_town"].verdict is verdict


def test_something_that_is_not_worth_having_is_watched(a_case):
    arms = {"all": (1200, 4000), "without home town": (1100, 4000)}
    finding = found(a_case, arms, outcomes={**OUTCOMES, "worthwhile": 0.10})["home_town"]

    assert finding.verdict is Verdict.WATCH
    assert finding.headline == (
        "With home_town 1,200 of 4,000 people took up the offer, without it 1,100 of 4,000: "
        "2.5 more in 100. That is something, but 2.8 more in 100 is worth having."
    )


def test_says_what_would_settle_it(a_case):
    arms = {"all": (520, 3000), "without home town": (500, 3000)}
    finding = found(a_case, arms)["home_town"]

    assert finding.reason is Reason.RANGE_CROSSES_LIMIT
    assert finding.remedy == (
        "About 32,019 people with home_town, and as many without, would settle whether it is worth "
        "it. Or leave it out."
    )


def test_the_owner_may_ask_for_more_and_never_for_less(a_case):
    asked = [
        trials.wanted(a_case({"outcomes": {"worthwhile": part}}, id=[1])) for part in (0.01, 0.2)
    ]

    assert asked == [0.05, 0.2]


def test_the_field_alone_is_shown_beside_it(a_case):
    arms = {
        "all": (600, 3000),
        "Without home_town": (500, 3000),
        "only home town": (300, 1000),
        "none": (100, 1000),
    }
    finding = found(a_case, arms)["home_town"]

    assert ("the field alone, against none", "20 more in 100") in finding.evidence[2].rows


def test_people_whose_outcome_is_not_known_are_left_out(a_case):
    case = a_case(
        {"fields": [AREA], "outcomes": OUTCOMES},
        arm=["all", "all", "without home town", None],
        bought=[True, None, False, True],
    )

    assert {name: (arm.yes, arm.of) for name, arm in trials.arms(case).items()} == {
        "all": (1, 1),
        "without home town": (0, 1),
    }


def test_past_data_without_a_trial_are_shown_and_settle_nothing(a_case):
    case = a_case(
        {"fields": [AREA], "outcomes": {"converted": "bought"}},
        home_town=["x", "x", None, None],
        bought=[True, False, False, False],
    )
    [finding] = judge(case)

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.SOURCE_UNVERIFIED)
    assert [(rate.yes, rate.of) for rate in finding.evidence] == [(1, 2), (0, 2)]


@pytest.mark.parametrize(
    ("field", "chosen"),
    [
        pytest.param({"used_in": "permission"}, False, id="kept for permissions"),
        pytest.param({"used_in": "none"}, False, id="not used"),
        pytest.param({"used_in": "segment"}, True, id="makes segments"),
        pytest.param({"used_in": None}, True, id="use not stated"),
    ],
)
def test_only_fields_that_choose_have_to_bring_something(a_case, field, chosen):
    findings = found(a_case, {"all": (1, 2)}, fields=[{**AREA, **field}])

    assert ("home_town" in findings) is chosen
    if not chosen:
        assert findings["fields"].verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    "sections",
    [
        pytest.param({"fields": None}, id="no fields"),
        pytest.param({"fields": [{**AREA, "name": "<script>"}]}, id="no outcomes"),
        pytest.param({"fields": [AREA], "outcomes": {"arm": "arm"}}, id="no conversions"),
    ],
)
def test_without_its_input_nobody_can_tell(a_case, sections):
    [finding] = judge(a_case(sections, arm=["all"]))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


def test_leaving_a_ruled_field_out_says_who_comes_back(a_case):
    case = a_case(
        {
            "people": {"targeted": "on"},
            "fields": [{"name": "visits", "used_in": "rule"}],
            "rules": [{"column": "visits", "at_least": 5}],
            "outcomes": OUTCOMES,
        },
        arm=["all"] * 3000 + ["without visits"] * 3000,
        bought=[n % 6 == 0 for n in range(3000)] + [n % 5 == 0 for n in range(3000)],
        visits=[9] * 10 + [1] * 5990,
        on=[True] * 10 + [False] * 5990,
    )
    [finding] = judge(case)

    assert finding.verdict is Verdict.WATCH
    assert finding.remedy == "Leave visits out: 5,990 people come back."
