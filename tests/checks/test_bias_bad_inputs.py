"""Whatever the files hold, no check of bias breaks, and none is clear where nobody could tell."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.audience import Audience
from checks.campaign import Campaign
from checks.case import Case
from checks.finding import Verdict
from checks.registry import catalogue, run

BIAS = tuple(one for one in catalogue() if one.family == "bias")
WORDS = st.sampled_from(["a", "b", "<script>", "", None, "0", "x" * 80])
AMOUNTS = st.sampled_from([0, 1, 9.5, 10, -3, None, 10**9])
PEOPLE = {
    "key": "id",
    "targeted": "on",
    "language": "lang",
    "price": "price",
    "offer": "word",
    "creative": "word",
    "score": {"column": "price", "cut_off": 5},
    "attributes": {
        "group": "group",
        "age": {"column": "price", "as": "age", "bands": [18, 65]},
    },
}
SECTIONS = {
    "rules": [
        {"column": "price", "at_least": 1},
        {"column": "word", "not_among": ["a"]},
        {"column": "no such column", "among": ["a"]},
        {"column": "group", "among": ["a", "b"]},
    ],
    "stratifiers": [{"column": "word", "because": "x"}, {"column": "price", "because": "x"}],
    "population": {"file": "outside.csv", "source": "a count"},
    "contacts": {"total_30d": "sent"},
    "outcomes": {"delivered": "got", "converted": "got"},
    "offers": [{"id": "a", "favourable": True}, {"id": "b", "favourable": False}],
    "creatives": [{"id": "a", "contrast": 1, "language": "en"}],
    "channels": {"email": {"basis": "consent", "touches": 0}},
}


def found(policy, rows, *, sections=SECTIONS, **people):
    """Everything that the checks of bias say about these people."""
    names = ("on", "group", "word", "price", "sent", "got", "lang")
    columns = {name: [row[n] for row in rows] for n, name in enumerate(names)}
    campaign = Campaign.model_validate(
        {
            "id": "odd",
            "name": "Odd",
            "owner": "ana@bank.example",
            "launch": "2026-12-01",
            "sector": "credit",
            "effect": "opportunity",
            "people": {**PEOPLE, **people},
            **sections,
        }
    )
    outside = {"attribute": ["group", "group"], "group": ["a", "b"], "people": [10, 0]}
    columns["id"] = [f"p{n}" for n in range(len(rows))]
    audience = Audience.of(campaign, policy, tables={"population": outside}, **columns)
    return run(Case(campaign=campaign, audience=audience, policy=policy), BIAS)


row = st.tuples(
    st.booleans(), WORDS, WORDS, AMOUNTS, AMOUNTS, st.sampled_from(["yes", "no", "", "?"]), WORDS
)


@settings(max_examples=25)
@given(st.lists(row, max_size=60))
def test_whatever_the_people_are_no_check_breaks(policy, rows):
    told = found(policy, rows)

    assert not [one.headline for one in told if one.verdict is Verdict.BROKEN]
    assert {one.check for one in told} == {one.id for one in BIAS}


def twelve(group, on):
    return [(on, group, "a", 10, 1, "yes", "en")] * 12


@pytest.mark.parametrize(
    ("rows", "people"),
    [
        pytest.param([], {}, id="nobody at all"),
        pytest.param(twelve("a", on=True), {}, id="one group, all on the list"),
        pytest.param(twelve("a", on=False) + twelve("b", on=False), {}, id="nobody on the list"),
        pytest.param(twelve("", on=True) + twelve("", on=False), {}, id="all unknown"),
        pytest.param(
            twelve("a", on=True) + twelve("b", on=True), {}, id="all on the list, no base"
        ),
        pytest.param(twelve("a", on=True) + twelve("b", on=False), {}, id="twelve of each"),
    ],
)
def test_where_nobody_can_tell_no_group_is_called_clear(policy, rows, people):
    told = found(policy, rows, **people)

    groups = [one for one in told if one.check in ("bias.selection", "bias.fair_comparison")]
    assert groups
    assert not [one for one in groups if one.verdict is Verdict.CLEAR]
    assert not [one for one in told if one.verdict is Verdict.BROKEN]


def test_without_any_attribute_every_check_says_what_is_missing(policy):
    told = found(policy, twelve("a", on=True) + twelve("b", on=False), attributes={})

    assert not [one for one in told if one.verdict in (Verdict.BROKEN, Verdict.FAIL)]
    assert all(one.remedy for one in told if one.verdict is Verdict.CANNOT_TELL)
