"""transparency.profiling_explained."""

from __future__ import annotations

import pytest

from checks.finding import Verdict
from checks.transparency.profiling_explained import judge

EXPLAINED = {"items": ["13(2)(f)"]}


def found(a_case, uses, **sections):
    told = {"uses_data_for": uses, **sections} if uses is not None else sections
    [finding] = judge(a_case(told, id=[1, 2]))
    return finding


@pytest.mark.parametrize(
    ("uses", "items", "verdict"),
    [
        pytest.param({"model": True}, ["13(2)(f)"], Verdict.ASK, id="a model, explained"),
        pytest.param({"model": True}, ["14(2)(g)"], Verdict.ASK, id="by the other item"),
        pytest.param({"model": True}, [], Verdict.FAIL, id="a model, not explained"),
        pytest.param(
            {"profiling": True}, ["13(1)(a)"], Verdict.FAIL, id="profiling, not explained"
        ),
        pytest.param({"price": True}, [], Verdict.FAIL, id="prices by person, not explained"),
        pytest.param({"model": True}, None, Verdict.ASK, id="not written down"),
        pytest.param(
            {"profiling": False, "model": False}, [], Verdict.NOT_APPLICABLE, id="neither"
        ),
        pytest.param({"profiling": False}, ["13(2)(f)"], Verdict.ASK, id="half stated"),
        pytest.param({}, ["13(2)(f)"], Verdict.ASK, id="nothing stated"),
        pytest.param(None, ["13(2)(f)"], Verdict.ASK, id="no section"),
    ],
)
def test_uses(a_case, uses, items, verdict):
    notice = {} if items is None else {"notice": {"items": items}}

    assert found(a_case, uses, **notice).verdict is verdict


@pytest.mark.parametrize(
    ("human", "verdict"),
    [
        pytest.param(True, Verdict.ASK, id="a human looks again"),
        pytest.param(False, Verdict.FAIL, id="nobody looks again"),
        pytest.param(None, Verdict.ASK, id="not stated"),
    ],
)
@pytest.mark.parametrize("what", ["terms", "access"])
def test_a_decision_without_a_person_needs_somebody_who_looks_again(a_case, what, human, verdict):
    uses = {"model": True, "decides": what, "human_review": human}

    assert found(a_case, uses, notice=EXPLAINED).verdict is verdict


def test_a_decision_counts_where_no_model_is_said_to_be_used(a_case):
    uses = {"profiling": False, "model": False, "decides": "access", "human_review": True}

    assert found(a_case, uses, notice={"items": []}).verdict is Verdict.FAIL


def test_says_what_is_not_explained_and_to_how_many(a_case):
    finding = found(a_case, {"model": True, "price": True}, notice={"items": []})

    assert finding.headline == (
        "The notice does not tell 2 people on the list that a model helps to choose them and that "
        "prices depend on the person."
    )


def test_says_so_where_nobody_looks_again(a_case):
    uses = {"model": True, "decides": "access", "human_review": False}

    assert found(a_case, uses, notice=EXPLAINED).headline == (
        "No human looks again where somebody asks."
    )


def test_weighs_more_in_a_regulated_sector(policy):
    weight = policy.checks["transparency.profiling_explained"]

    assert (weight.severity, weight.in_regulated) == ("high", "blocking")
