"""Questions are answered from counts at hand, count for count as the people would answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.audience import Audience, plan
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

ROWS = 600
DAY = date(2026, 1, 1)
SECTIONS = {
    "people": {
        "key": "id",
        "targeted": "on",
        "segment": "part",
        "attributes": {
            "gender": "gender",
            "age": {"column": "age", "as": "age", "bands": [18, 40, 65]},
            "origin": "origin",
        },
        "quasi_identifiers": ["area"],
        "vulnerable": {"debt": "debt"},
    },
    "rules": [
        {"column": "area", "not_among": ["a1"], "because": "b"},
        {"column": "money", "at_least": 10, "because": "b"},
    ],
    "channels": {
        "email": {"basis": "consent", "permission": {"status": "said", "given": "at"}},
    },
}
PEOPLE = {
    "id": [f"p{n - (n % 50 == 1)}" for n in range(ROWS)],
    "on": [n % 3 == 0 for n in range(ROWS)],
    "part": [("x", "y", None)[n % 7 % 3] for n in range(ROWS)],
    "gender": [("f", "m", None, "d")[n % 11 % 4] for n in range(ROWS)],
    "age": [None if n % 13 == 0 else n % 90 for n in range(ROWS)],
    "origin": [f"o{n % 17 % 5}" for n in range(ROWS)],
    "area": [f"a{n % 40}" for n in range(ROWS)],
    "money": [n % 31 / 2 for n in range(ROWS)],
    "debt": [n % 19 == 0 for n in range(ROWS)],
    "said": [("granted", "denied", None)[n % 5 % 3] for n in range(ROWS)],
    "at": [DAY + timedelta(days=n % 200) for n in range(ROWS)],
}
TEXTS = ("attribute.gender", "attribute.age", "attribute.origin", "segment", "quasi.area")
BOOLS = ("targeted", "rule.0", "rule.1")

texts = st.sampled_from(TEXTS)
words = st.sampled_from(["f", "o1", "a7", "x"])
leaves = st.one_of(
    st.builds(Is, st.sampled_from(BOOLS), st.booleans()),
    st.builds(Among, texts, st.lists(words, max_size=2).map(tuple)),
    st.builds(Missing, texts),
    st.builds(Is, st.just("email.status"), st.sampled_from(["granted", "denied"])),
    st.builds(AtLeast, st.just("field.money"), st.integers(0, 16).map(float)),
    st.builds(Before, st.just("email.given"), st.dates(DAY, DAY + timedelta(days=200))),
    st.builds(After, st.just("email.given"), st.dates(DAY, DAY + timedelta(days=200))),
)  # fmt: skip
conditions = st.recursive(
    leaves,
    lambda one: st.one_of(
        st.builds(Not, one),
        st.builds(All, st.lists(one, max_size=2).map(tuple)),
        st.builds(AnyOf, st.lists(one, max_size=2).map(tuple)),
    ),
    max_leaves=3,
)
bins = st.lists(st.tuples(st.sampled_from(["one", "two"]), conditions), max_size=3).map(tuple)
keys = st.one_of(
    texts, st.sampled_from(BOOLS), st.builds(FirstOf, st.just("b"), bins, st.just("c"))
)
questions = st.tuples(st.lists(keys, max_size=3), st.none() | conditions)


@pytest.fixture
def both(a_campaign, policy):
    """The same people: asked each time, and counted by as much as pays."""
    campaign = a_campaign(**SECTIONS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "BITS", 0)
        plain = Audience.of(campaign, policy, **PEOPLE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "BEYOND", plan.BITS)
        planned = Audience.of(campaign, policy, **PEOPLE)
    yield plain, planned
    plain.close()
    planned.close()


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(asked=questions)
def test_every_answer_is_the_same_count_for_count(both, asked):
    plain, planned = both
    wanted, where = asked

    assert planned.count(*wanted, where=where) == plain.count(*wanted, where=where)


def made(audience):
    """By which columns the people were counted once for all, each time."""
    return list(audience._plan._made)  # noqa: SLF001 — who asks sees no difference


@pytest.fixture
def planned(a_campaign, policy, monkeypatch):
    monkeypatch.setattr(plan, "BEYOND", plan.BITS)
    return Audience.of(a_campaign(**SECTIONS), policy, **PEOPLE)


def test_what_is_asked_of_one_attribute_answers_for_the_next(planned):
    planned.count("attribute.gender", "quasi.area")
    counted = made(planned)
    planned.count("attribute.age", "quasi.area", where=Is("targeted", True))
    planned.count("quasi.area", "attribute.origin")

    assert len(counted) == 1
    assert made(planned) == counted


def test_amounts_in_bins_are_counted_once_for_all_attributes(planned):
    lots = FirstOf("money", (("10 and above", AtLeast("field.money", 10)),), otherwise="less")
    for attribute in ("gender", "age", "origin"):
        planned.count(lots, f"attribute.{attribute}")

    assert len(made(planned)) == 1


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        pytest.param([], Is("vulnerable.debt", True), id="what is hardly asked of"),
        pytest.param(["attribute.age"], AtLeast("field.money", 3), id="an exact amount"),
    ],
)
def test_where_counting_more_does_not_pay_the_people_are_asked(planned, asked, where):
    planned.count(*asked, where=where)

    assert made(planned) == []


def test_what_the_list_is_asked_about_is_counted_together(planned):
    planned.count("segment", "targeted")
    planned.count("email.status", where=Is("targeted", True))
    planned.total(AtLeast("age", 18))

    assert len(made(planned)) == 1


def test_a_group_that_was_merged_is_counted_as_merged(a_campaign, policy, monkeypatch):
    rare = {**PEOPLE, "origin": ["rare" if n < 3 else f"o{n % 5}" for n in range(ROWS)]}
    asked = ("attribute.origin", "attribute.gender", "targeted")
    planned = Audience.of(a_campaign(**SECTIONS), policy, **rare)
    monkeypatch.setattr(plan, "BITS", 0)
    plain = Audience.of(a_campaign(**SECTIONS), policy, **rare)

    assert planned.merged("origin") == ("rare",)
    assert planned.count(*asked) == plain.count(*asked)
    assert made(planned) != []


def test_rows_that_are_partly_on_the_list_are_counted_by_their_people(a_campaign, policy):
    sections = {**SECTIONS, "people": {**SECTIONS["people"], "targeted": {"count": "listed"}}}
    people = {**PEOPLE, "listed": [int(on) for on in PEOPLE["on"]]}
    audience = Audience.of(a_campaign(**sections), policy, **people)

    assert sum(one.people for one in audience.count("attribute.gender")) == audience.people
    assert made(audience) != []


def test_too_much_at_once_is_asked_of_the_people(a_campaign, policy, monkeypatch):
    monkeypatch.setattr(plan, "BITS", 6)
    audience = Audience.of(a_campaign(**SECTIONS), policy, **PEOPLE)

    audience.count("attribute.gender", "attribute.age", "quasi.area")

    assert made(audience) == []


def test_many_people_are_counted_by_more_at_once(a_campaign, policy, monkeypatch):
    few = Audience.of(a_campaign(**SECTIONS), policy, **PEOPLE)
    monkeypatch.setattr(plan, "BEYOND", plan.BITS)
    many = Audience.of(a_campaign(**SECTIONS), policy, **PEOPLE)
    for audience in (few, many):
        audience.count("attribute.gender", "quasi.area")

    assert len(made(few)[0]) < len(made(many)[0])


def test_amounts_at_hand_part_the_people_as_those_of_the_people_do(both):
    plain, planned = both

    assert planned.cuts("field.money", 10) == plain.cuts("field.money", 10)
