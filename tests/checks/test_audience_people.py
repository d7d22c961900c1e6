"""One row, one person: keys, counts as input, ages on the launch day."""

from __future__ import annotations

from datetime import date

import pytest

from checks.audience import Count, KeyFacts
from checks.conditions import All, Is, Missing
from checks.refusal import Refused


def crowd(a_case, people, **columns):
    return a_case({"people": people}, **columns).audience


def test_rows_of_one_key_are_one_person(a_case):
    audience = crowd(
        a_case,
        {"key": "id", "targeted": "on", "attributes": {"gender": "g"}},
        id=[*range(20), 0, 0, 1],
        on=[False] * 20 + [False, True, False],
        g=["f"] * 20 + ["f", None, "m"],
    )

    assert (audience.rows, audience.people, audience.targeted) == (23, 20, 1)
    assert audience.count("attribute.gender") == (Count(("f",), 19), Count((None,), 1))
    assert audience.key_facts == KeyFacts(
        rows=23, keys=20, empty=0, repeated=2, repeating=3, disagreeing=2, permissions_folded=0
    )


def test_an_empty_key_is_nobody_elses(a_case):
    keys = ["a", " a", "", None, "n/a", "UNKNOWN", "b"]

    audience = crowd(a_case, {"key": "id"}, id=keys)

    assert audience.people == 6
    assert audience.key_facts.empty == 4
    assert audience.key_facts.keys == 2
    assert audience.key_facts.repeating == 1


def test_an_address_is_one_key_in_any_case_other_keys_are_not(a_case):
    keys = ["Ana@bank.example", "ana@BANK.example ", "A1", "a1"]

    assert crowd(a_case, {"key": "id"}, id=keys).people == 3


def test_whole_numbers_are_one_key_however_stored(a_case):
    assert crowd(a_case, {"key": "id"}, id=[1, 1.0, 2.5]).people == 2


def test_without_a_key_a_row_is_a_person(a_case):
    audience = crowd(a_case, {"attributes": {"gender": "g"}}, g=["f"] * 12)

    assert not audience.has_key
    assert not audience.counts_only
    assert audience.people == 12


def test_every_row_of_a_person_must_meet_a_rule(a_case):
    sections = {"people": {"key": "id"}, "rules": [{"column": "n", "at_least": 10}]}

    audience = a_case(sections, id=[1, 1, 2, 2], n=[5, 15, 10, 20]).audience

    assert audience.count("rule.0") == (Count((False,), 1), Count((True,), 1))


WEIGHED = {
    "g": ["f"] * 7 + ["m"] * 13 + [None] * 2,
    "on": [True] * 5 + [False] * 2 + [True] * 3 + [False] * 10 + [True] + [False],
}


def test_counts_and_people_say_the_same(a_case):
    people = {"attributes": {"gender": "g"}, "targeted": "on"}
    rows = crowd(a_case, people, **WEIGHED)
    counts = crowd(
        a_case,
        {**people, "weight": "n"},
        g=["f", "f", "m", "m", None, None, "x"],
        on=[True, False, True, False, True, False, True],
        n=[5, 2, 3, 10, 1, 1, 0],
    )
    split = crowd(
        a_case,
        {"attributes": {"gender": "g"}, "targeted": {"count": "chosen"}, "weight": "n"},
        g=["f", "m", None, "x"],
        n=[7, 13, 2, 0],
        chosen=[5, 3, 1, 0],
    )

    for audience in (counts, split):
        assert audience.people == rows.people == 22
        assert audience.targeted == rows.targeted == 9
        assert audience.groups("gender") == rows.groups("gender") == ("m", "smaller groups")
        assert audience.merged("gender") == rows.merged("gender") == ("f",)
        for asked in ([], ["targeted"], ["attribute.gender"], ["attribute.gender", "targeted"]):
            assert audience.count(*asked) == rows.count(*asked)
    assert counts.counts_only
    assert not rows.counts_only


def test_counts_do_not_recognise_people(a_case):
    audience = crowd(a_case, {"key": "id", "weight": "n"}, id=[1, 1], n=[4, 5])

    assert not audience.has_key
    assert audience.people == 9


@pytest.mark.parametrize(
    "weights",
    [
        pytest.param([1.5, 2.0], id="a fraction"),
        pytest.param([-1, 2], id="less than none"),
        pytest.param([None, 2], id="not known"),
        pytest.param(["many", "2"], id="a word"),
        pytest.param([float("inf"), 2.0], id="endless"),
    ],
)
def test_what_is_no_number_of_people_is_refused(a_case, weights):
    with pytest.raises(Refused, match=r"campaign\.yaml, people\.weight: In 1 rows"):
        crowd(a_case, {"weight": "n"}, n=weights)


def test_more_on_the_list_than_there_are_is_refused(a_case):
    people = {"weight": "n", "targeted": {"count": "chosen"}}

    with pytest.raises(Refused, match="1 rows have more people on the list"):
        crowd(a_case, people, n=[3, 4], chosen=[3, 5])


def ages(a_case, kind, values, launch="2026-12-01"):
    attribute = {"column": "x", "as": kind, "bands": [18, 65]}
    sections = {"people": {"attributes": {"age": attribute}}, "launch": launch}
    return a_case(sections, x=values).audience


@pytest.mark.parametrize(
    ("kind", "value", "age"),
    [
        pytest.param("age", 17, 17, id="as it stands"),
        pytest.param("age", 17.9, 17, id="whole years"),
        pytest.param("age", "34", 34, id="in text"),
        pytest.param("age", 0, 0, id="newborn"),
        pytest.param("age", 120, 120, id="as old as can be"),
        pytest.param("birth_year", 2008, 17, id="the younger of two"),
        pytest.param("birth_year", 2026, 0, id="born this year"),
        pytest.param("birth_date", date(2008, 12, 1), 18, id="birthday on the launch day"),
        pytest.param("birth_date", date(2008, 12, 2), 17, id="birthday the day after"),
        pytest.param("birth_date", "2008-11-30", 18, id="a day in text"),
        pytest.param("birth_date", date(2026, 12, 1), 0, id="born on the launch day"),
    ],
)
def test_age_on_the_launch_day(a_case, kind, value, age):
    audience = ages(a_case, kind, [value])

    assert audience.count("age") == (Count((age,), 1),)
    assert audience.impossible_ages == 0


@pytest.mark.parametrize(
    ("launch", "age"),
    [
        pytest.param("2026-02-28", 17, id="not yet"),
        pytest.param("2026-03-01", 18, id="the day after"),
        pytest.param("2028-02-29", 20, id="on the day"),
    ],
)
def test_born_on_a_leap_day(a_case, launch, age):
    audience = ages(a_case, "birth_date", [date(2008, 2, 29)], launch)

    assert audience.count("age") == (Count((age,), 1),)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        pytest.param("age", -1, id="below none"),
        pytest.param("age", 121, id="too old"),
        pytest.param("birth_year", 1900, id="born too early"),
        pytest.param("birth_year", 2027, id="born after launch"),
        pytest.param("birth_date", date(2026, 12, 2), id="born the day after launch"),
        pytest.param("birth_date", date(1890, 1, 1), id="born too long ago"),
    ],
)
def test_an_impossible_age_is_not_known_and_counted(a_case, kind, value):
    audience = ages(a_case, kind, [value, None])

    assert audience.total(Missing("age")) == 2
    assert audience.total(Missing("attribute.age")) == 2
    assert audience.impossible_ages == 1


def test_impossible_ages_count_people_not_rows(a_case):
    people = {"weight": "n", "attributes": {"age": {"column": "x", "as": "age"}}}

    assert crowd(a_case, people, x=[130, 40], n=[6, 2]).impossible_ages == 6


def test_bands_of_age(a_case):
    audience = ages(a_case, "age", [17] * 10 + [18] * 10 + [64] * 10 + [65] * 10 + [None])

    assert audience.groups("age") == ("under 18", "18 to 64", "65 and over")
    assert audience.total(Is("attribute.age", "18 to 64")) == 20
    assert audience.total(All((Missing("age"), Missing("attribute.age")))) == 1


def test_ages_without_bands_are_groups_by_year(a_case):
    people = {"attributes": {"age": {"column": "x", "as": "age"}}}

    assert crowd(a_case, people, x=[9] * 10 + [10] * 10 + [100] * 10).groups("age") == (
        "9",
        "10",
        "100",
    )


def test_the_banded_attribute_is_the_quasi_identifier(a_case):
    attribute = {"column": "x", "as": "age", "bands": [18]}
    people = {"attributes": {"age": attribute}, "quasi_identifiers": ["age"]}

    audience = crowd(a_case, people, x=[10] * 3 + [30] * 12)

    assert audience.count("quasi.age") == (
        Count(("under 18",), 3),
        Count(("18 and over",), 12),
    )
