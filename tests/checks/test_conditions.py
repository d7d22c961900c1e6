"""Conditions and bins, asked of ten people."""

from __future__ import annotations

from datetime import date

import pytest

from checks.audience import Count
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

DAYS = [date(2026, 1, day) for day in range(1, 9)]
SECTIONS = {
    "people": {"targeted": "on", "region": "region"},
    "rules": [{"column": "balance", "at_least": 50}],
    "channels": {"email": {"basis": "consent", "permission": {"status": "said", "given": "day"}}},
    "contacts": {"email_7d": "mails"},
}


@pytest.fixture
def ten(a_case):
    """Ten people: five on the list, three regions of 4, 3 and 2 and one not known."""
    return a_case(
        SECTIONS,
        on=[True] * 5 + [False] * 5,
        region=["DE"] * 4 + ["FR"] * 3 + ["IT"] * 2 + [None],
        balance=[0, 10, 20, 30, 40, 50, 60, 70, 80, None],
        said=["yes"] * 5 + ["no"] * 3 + [None] * 2,
        day=[*DAYS, None, None],
        mails=[0, 0, 1, 1, 2, 2, 3, 3, None, None],
    ).audience


@pytest.mark.parametrize(
    ("condition", "people"),
    [
        pytest.param(None, 10, id="everyone"),
        pytest.param(Is("targeted", True), 5, id="on the list"),
        pytest.param(Is("targeted", False), 5, id="off the list"),
        pytest.param(Is("region", "FR"), 3, id="a word"),
        pytest.param(Is("region", "nowhere"), 0, id="a word nobody has"),
        pytest.param(Among("region", ("DE", "IT", "nowhere")), 6, id="some words"),
        pytest.param(Among("region", ()), 0, id="no words"),
        pytest.param(Missing("region"), 1, id="not known"),
        pytest.param(Not(Missing("region")), 9, id="known"),
        pytest.param(Not(Is("region", "DE")), 6, id="not, and not known counts"),
        pytest.param(Is("rule.0", True), 4, id="meets the rule"),
        pytest.param(Not(Is("rule.0", True)), 6, id="does not meet it, or not known"),
        pytest.param(AtLeast("field.balance", 50), 4, id="exactly at the number counts"),
        pytest.param(AtLeast("contacts.email_7d", 3), 2, id="a whole number"),
        pytest.param(Is("contacts.email_7d", 0), 2, id="exactly none"),
        pytest.param(Before("email.given", date(2026, 1, 3)), 2, id="before a day, not on it"),
        pytest.param(After("email.given", date(2026, 1, 3)), 5, id="after a day, not on it"),
        pytest.param(Not(Before("email.given", date(2026, 1, 3))), 8, id="not before it"),
        pytest.param(All(()), 10, id="all of nothing"),
        pytest.param(AnyOf(()), 0, id="any of nothing"),
        pytest.param(
            All((Is("targeted", True), Is("region", "DE"), AtLeast("field.balance", 20))),
            2,
            id="all of three",
        ),
        pytest.param(AnyOf((Is("region", "IT"), Missing("region"))), 3, id="either"),
        pytest.param(
            Not(All((Is("targeted", True), AnyOf((Is("region", "DE"), Missing("region")))))),
            6,
            id="nested",
        ),
    ],
)
def test_a_condition_picks_its_people(ten, condition, people):
    assert ten.total(condition) == people


@pytest.mark.parametrize(
    "condition",
    [Is("region", "DE"), AtLeast("field.balance", 50), Before("email.given", DAYS[3])],
    ids=repr,
)
def test_a_condition_and_its_opposite_are_everyone(ten, condition):
    assert ten.total(condition) + ten.total(Not(condition)) == ten.people


def test_the_first_bin_that_fits_takes_the_person(ten):
    bins = FirstOf(
        "standing",
        (
            ("no record", Missing("email.status")),
            ("said no", Is("email.status", "denied")),
            ("german", Is("region", "DE")),
        ),
        otherwise="may be contacted",
    )

    assert ten.count(bins) == (
        Count(("no record",), 2),
        Count(("said no",), 3),
        Count(("german",), 4),
        Count(("may be contacted",), 1),
    )


def test_bins_add_up_and_cross_with_facts(ten):
    bins = FirstOf("half", (("poor", Not(AtLeast("field.balance", 50))),), otherwise="rich")

    counts = ten.count("region", bins, where=Is("targeted", True))

    assert counts == (Count(("DE", "poor"), 4), Count(("FR", "poor"), 1))


def test_bins_of_one_name_are_one_bin(ten):
    twice = FirstOf(
        "x", (("a", Is("region", "DE")), ("b", Is("region", "FR")), ("a", All(()))), otherwise="b"
    )

    assert ten.count(twice) == (Count(("a",), 7), Count(("b",), 3))


def test_no_bins_put_everyone_into_otherwise(ten):
    assert ten.count(FirstOf("x", (), otherwise="all")) == (Count(("all",), 10),)


def test_counts_come_in_order_and_not_known_last(ten):
    assert ten.count("region") == (
        Count(("DE",), 4),
        Count(("FR",), 3),
        Count(("IT",), 2),
        Count((None,), 1),
    )


def test_yes_and_one_are_not_the_same_question(ten):
    assert ten.total(Is("contacts.email_7d", 1)) == 2
    with pytest.raises(ValueError, match="no integer"):
        ten.total(Is("contacts.email_7d", True))


@pytest.mark.parametrize(
    ("condition", "error"),
    [
        pytest.param(Is("nothing", 1), LookupError, id="a fact there is not"),
        pytest.param(Before("region", DAYS[0]), ValueError, id="a word is no day"),
        pytest.param(AtLeast("region", 1), ValueError, id="a word is no number"),
        pytest.param(Is("email.given", "2026-01-01"), ValueError, id="a day is no word"),
        pytest.param(Is("targeted", "yes"), ValueError, id="yes is no truth"),
    ],
)
def test_a_question_that_makes_no_sense_is_no_zero(ten, condition, error):
    with pytest.raises(error):
        ten.total(condition)


def test_an_exact_amount_is_no_key(ten):
    with pytest.raises(ValueError, match="not counted by"):
        ten.count("field.balance")
