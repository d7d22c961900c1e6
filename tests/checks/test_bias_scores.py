"""A model's scores at the declared cut-off, and what other cut-offs would do."""

from __future__ import annotations

import pytest

from checks.bias.scores import judge
from checks.evidence import Points, Rate, Table
from checks.finding import Reason, Verdict


@pytest.fixture
def scores(a_case):
    """Judge scores: ``scores(f=range(100), m=range(50, 150))``, cut off at 60."""

    def run(sections=None, *, cut_off=60, converted=None, **groups):
        rows = [(name, score) for name, told in groups.items() for score in told]
        people = {
            "score": {"column": "score", "cut_off": cut_off},
            "attributes": {"gender": "gender"},
        }
        more = {} if converted is None else {"bought": [converted(g, s) for g, s in rows]}
        case = a_case(
            {
                "people": people,
                **({"outcomes": {"converted": "bought"}} if more else {}),
                **(sections or {}),
            },
            gender=[name for name, _ in rows],
            score=[score for _, score in rows],
            **more,
        )
        return {one.subject: one for one in judge(case)}

    return run


SCORES = ["under 35", "35 to under 55", "55 to under 75", "75 to under 95", "95 and above"]
LOW = [score for score in range(100) for _ in range(5)]
HIGH = [score + 30 for score in LOW]


def of_kind(finding, kind):
    return [one for one in finding.evidence if isinstance(one, kind)]


def test_a_group_that_seldom_reaches_the_cut_off_fails(scores):
    found = scores(f=LOW, m=HIGH)["gender: f"]

    assert found.verdict is Verdict.FAIL
    assert found.headline == (
        "200 of 500 women are at 60 or above (40 of 100), 0.57 times as often as men (70 of 100)."
    )


def test_exactly_at_the_cut_off_is_reached(scores):
    found = scores(f=[59] * 50 + [60] * 50, m=[60] * 50 + [10] * 50)

    [one] = found.values()
    assert [(rate.yes, rate.of) for rate in of_kind(one, Rate)] == [(50, 100), (50, 100)]


def test_the_remedy_names_the_nearest_cut_off_that_is_enough(scores):
    found = scores(f=LOW, m=HIGH)["gender: f"]

    # at 20 there are 80 of 100 women, and all men
    assert found.remedy == (
        "At cut-off 60 the ratio is 0.57; at 20 it is 0.80, for 350 more people at or above it."
    )


def test_scores_that_do_not_differ_are_clear(scores):
    [found] = scores(f=LOW * 2, m=LOW * 2).values()

    assert found.verdict is Verdict.CLEAR


def test_other_cut_offs_are_shown_and_judge_nothing(scores):
    found = scores(f=LOW, m=HIGH)["gender: f"]

    [curve] = of_kind(found, Points)
    assert len(curve.points) > 10
    assert all(point.y < 1 for point in curve.points if 40 < point.x < 90)
    assert "Declared is 60." in curve.says


def test_what_came_of_the_same_scores_is_shown_where_it_is_known(scores):
    found = scores(f=LOW, m=HIGH, converted=lambda g, s: (s + (g == "f")) % 2 == 0)["gender: f"]

    [came] = of_kind(found, Table)
    assert came.columns == ("scores", "f", "m")
    assert [row[0] for row in came.rows] == SCORES
    assert came.rows[1][1:] == ("50.0 of 100", "50.0 of 100")
    assert not of_kind(scores(f=LOW, m=HIGH)["gender: f"], Table)


def test_few_people_are_never_clear(scores):
    found = scores(f=[70] * 9 + [10] * 3, m=LOW)["gender: f"]

    assert found.verdict is not Verdict.CLEAR


def test_people_without_a_score_do_not_count(scores):
    [found] = scores(f=LOW + [None] * 400, m=LOW).values()

    assert found.verdict is Verdict.CLEAR


def test_everybody_and_nobody_above_the_cut_off(scores):
    [everybody] = scores(cut_off=0, f=LOW, m=LOW).values()
    [nobody] = scores(cut_off=500, f=LOW, m=LOW).values()

    assert everybody.verdict is Verdict.CLEAR
    assert nobody.reason is Reason.NO_BASE
    assert nobody.headline == "None of 1,000 people are at 500 or above."


def test_for_a_burden_reaching_it_more_often_is_worse(scores):
    found = scores({"effect": "burden"}, f=HIGH, m=LOW)["gender: f"]

    assert found.verdict is Verdict.FAIL


@pytest.mark.parametrize(
    ("uses", "verdict"),
    [
        pytest.param({"model": False}, Verdict.NOT_APPLICABLE, id="no model"),
        pytest.param({"model": True}, Verdict.CANNOT_TELL, id="a model, and no scores"),
        pytest.param({}, Verdict.CANNOT_TELL, id="not stated"),
    ],
)
def test_without_scores(a_case, uses, verdict):
    [found] = judge(a_case({"uses_data_for": uses}, x=[1]))

    assert found.verdict is verdict


def test_without_attributes(a_case):
    people = {"score": {"column": "score", "cut_off": 1}}
    [found] = judge(a_case({"people": people}, score=[1, 2]))

    assert found.reason is Reason.COLUMN_MISSING


def test_a_hostile_group_is_only_a_name(scores):
    assert "gender: <script>" in scores(m=HIGH, **{"<script>": LOW})
