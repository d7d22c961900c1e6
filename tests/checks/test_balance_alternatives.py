"""balance.alternatives."""

from __future__ import annotations

import pytest

from checks.balance.alternatives import judge
from checks.finding import Verdict

FIELDS = [
    {"name": "area", "used_in": "message", "sensitivity": 1},
    {"name": "basket", "used_in": "segment", "sensitivity": 3},
]
GENTLE = {
    "name": "<script>by page",
    "kind": "contextual",
    "expected_lift": 0.01,
    "rejected_because": "it reaches fewer",
}


def found(a_case, *alternatives, fields=FIELDS):
    given = None if alternatives == (None,) else list(alternatives)
    [finding] = judge(a_case({"fields": fields, "alternatives": given}, id=[1]))
    return finding


def test_a_priced_and_reasoned_plan_is_asked_about(a_case):
    finding = found(a_case, GENTLE)

    assert finding.verdict is Verdict.ASK
    assert finding.headline == "1 less intrusive plan was priced and not taken."
    assert finding.remedy == (
        "The plan “<script>by page” uses 0 fields instead of 2 and is expected to bring "
        "1 more in 100: say whether the reason against it holds."
    )


def test_plans_stand_side_by_side(a_case):
    [table] = found(a_case, {**GENTLE, "fields": ["area"]}).evidence

    assert [row[2:4] for row in table.rows] == [(2, 3), (1, 1)]


@pytest.mark.parametrize(
    ("other", "words"),
    [
        pytest.param({"expected_lift": None}, "0 of 1 alternative are", id="not priced"),
        pytest.param({"fields": ["area", "basket"]}, "0 of 1 alternative are", id="takes as much"),
        pytest.param({"fields": ["area", "unheard"]}, "0 of 1 alternative are", id="a new field"),
        pytest.param({"fields": ["basket"]}, "1 less intrusive plan", id="fewer fields"),
    ],
)
def test_what_counts_as_a_gentler_plan(a_case, other, words):
    finding = found(a_case, {**GENTLE, **other})

    assert finding.verdict is Verdict.ASK
    assert finding.headline.startswith(words)


def test_as_many_but_less_sensitive_fields_are_gentler(a_case):
    fields = [*FIELDS, {"name": "shop", "used_in": "none", "sensitivity": 2}]
    finding = found(a_case, {**GENTLE, "fields": ["area", "shop"]}, fields=fields)

    assert finding.headline.startswith("1 less intrusive plan was priced")


@pytest.mark.parametrize(
    ("lift", "told"),
    [
        pytest.param(0.0, "no more", id="no more"),
        pytest.param(-0.005, "0.5 fewer in 100", id="fewer"),
        pytest.param(0.012, "1.2 more in 100", id="more"),
    ],
)
def test_the_lift_in_words(a_case, lift, told):
    assert f"expected to bring {told}:" in found(a_case, {**GENTLE, "expected_lift": lift}).remedy


def test_no_reason_is_watched(a_case):
    finding = found(a_case, GENTLE, {**GENTLE, "name": "none", "rejected_because": None})

    assert finding.verdict is Verdict.WATCH
    assert finding.headline == ("1 of 2 alternatives has no reason for not being taken: none.")


@pytest.mark.parametrize("alternatives", [[None], []])
def test_without_a_gentler_plan_it_asks_for_one(a_case, alternatives):
    finding = found(a_case, *alternatives)

    assert finding.verdict is Verdict.ASK
    assert finding.headline == "No plan with less data is on record."


def test_what_the_plan_brought_in_a_trial_stands_beside_it(a_case):
    sections = {
        "fields": FIELDS,
        "alternatives": [GENTLE],
        "outcomes": {"arm": "arm", "converted": "bought"},
    }
    arms = ["all"] * 100 + ["none"] * 100
    bought = [True] * 9 + [False] * 91 + [True] * 4 + [False] * 96
    [finding] = judge(a_case(sections, arm=arms, bought=bought))

    assert "is expected to bring 1 more in 100 instead of 5 more in 100:" in finding.remedy
    assert finding.evidence[0].rows[0][4] == "5 more in 100"
