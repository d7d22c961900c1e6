"""Any condition counts what the same condition, read row by row in Python, would count."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.audience import Audience
from checks.campaign import Campaign
from checks.conditions import (
    After,
    All,
    Among,
    AnyOf,
    AtLeast,
    Before,
    FirstOf,
    Is,
    Missing,
    Not,
)

LAUNCH = date(2026, 12, 1)
REGIONS = ("DE", "FR", "IT", None)
DAYS = (*(LAUNCH - timedelta(days=n) for n in (0, 1, 400)), None)
WORDS = {"yes": "granted", "no": "denied", "objected": "objected", "maybe": "other", None: None}


def people():
    """200 people as the facts that are expected of them, each with a number of like people."""
    dice = random.Random(5)
    return [
        {
            "targeted": dice.random() < 0.5,
            "region": dice.choice(REGIONS),
            "age": dice.choice([17, 18, 40, None]),
            "email.status": dice.choice(list(WORDS.values())),
            "email.given": dice.choice(DAYS),
            "weight": dice.randrange(4),
        }
        for _ in range(200)
    ]


PEOPLE = people()


@pytest.fixture(scope="module")
def audience(policy):
    """The same people as a file of counts."""
    campaign = Campaign.model_validate(
        {
            "id": "model",
            "name": "Model",
            "owner": "ana@bank.example",
            "launch": LAUNCH,
            "sector": "general",
            "effect": "opportunity",
            "people": {
                "targeted": "on",
                "weight": "n",
                "region": "region",
                "attributes": {"age": {"column": "age", "as": "age"}},
            },
            "channels": {
                "email": {"basis": "consent", "permission": {"status": "said", "given": "day"}}
            },
        }
    )
    said = {status: word for word, status in WORDS.items()}
    return Audience.of(
        campaign,
        policy,
        on=[one["targeted"] for one in PEOPLE],
        n=[one["weight"] for one in PEOPLE],
        region=[one["region"] for one in PEOPLE],
        age=[one["age"] for one in PEOPLE],
        said=[said[one["email.status"]] for one in PEOPLE],
        day=[one["email.given"] for one in PEOPLE],
    )


def holds(condition, one):  # noqa: PLR0911 — a line for each
    """The meaning of a condition for one person."""
    match condition:
        case Is(fact, value):
            return one[fact] is not None and one[fact] == value
        case Among(fact, values):
            return one[fact] is not None and one[fact] in values
        case Missing(fact):
            return one[fact] is None
        case Before(fact, day):
            return one[fact] is not None and one[fact] < day
        case After(fact, day):
            return one[fact] is not None and one[fact] > day
        case AtLeast(fact, number):
            return one[fact] is not None and one[fact] >= number
        case All(conditions):
            return all(holds(inner, one) for inner in conditions)
        case AnyOf(conditions):
            return any(holds(inner, one) for inner in conditions)
        case Not(inner):
            return not holds(inner, one)


words = st.sampled_from(["DE", "FR", "nowhere"])
leaves = st.one_of(
    st.builds(Is, st.just("targeted"), st.booleans()),
    st.builds(Is, st.just("region"), words),
    st.builds(Is, st.just("age"), st.sampled_from([17, 18, 99])),
    st.builds(Among, st.just("region"), st.lists(words, max_size=3).map(tuple)),
    st.builds(Is, st.just("email.status"), st.sampled_from(["granted", "denied", "other"])),
    st.builds(Missing, st.sampled_from(["region", "age", "email.status", "email.given"])),
    st.builds(AtLeast, st.just("age"), st.sampled_from([0, 18, 41])),
    st.builds(Before, st.just("email.given"), st.sampled_from(DAYS[:3])),
    st.builds(After, st.just("email.given"), st.sampled_from(DAYS[:3])),
)
conditions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(All, st.lists(inner, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(condition=conditions)
def test_a_condition_means_what_it_says(audience, condition):
    expected = sum(one["weight"] for one in PEOPLE if holds(condition, one))

    assert audience.total(condition) == expected


@settings(max_examples=50, deadline=None)
@given(first=conditions, second=conditions, where=conditions)
def test_everybody_is_in_exactly_one_bin(audience, first, second, where):
    expected: Counter[tuple[str | None, str]] = Counter()
    for one in PEOPLE:
        if holds(where, one) and one["weight"]:
            name = "1" if holds(first, one) else "2" if holds(second, one) else "rest"
            expected[one["region"], name] += one["weight"]

    bins = FirstOf("bin", (("1", first), ("2", second)), otherwise="rest")
    counts = audience.count("region", bins, where=where)

    assert {count.values: count.people for count in counts} == expected
    assert sum(count.people for count in counts) == audience.total(where)
