"""Prices as points that many share, scores by their cuts, outcomes, strata, and people outside."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.audience import SMALLER, Count
from checks.audience.amounts import pooled
from checks.conditions import AtLeast, Before, Is, Missing
from checks.refusal import Refused


def crowd(a_case, people=None, sections=None, tables=None, **columns):
    return a_case({"people": people or {}, **(sections or {})}, tables=tables, **columns).audience


# prices


def test_a_price_that_many_pay_is_a_point_of_its_own(a_case):
    audience = crowd(a_case, {"price": "price"}, price=[10.5] * 12 + [8] * 10 + [None] * 3)

    assert audience.count("price") == (
        Count((8.0,), 10),
        Count((10.5,), 12),
        Count((None,), 3),
    )


def test_prices_of_few_stand_together_as_their_mean(a_case):
    audience = crowd(a_case, {"price": "price"}, price=[10] * 20 + [20] * 4 + [30] * 6 + [900])

    assert audience.count("price") == (
        Count((10.0,), 20),
        Count((pytest.approx(1160 / 11, abs=0.001),), 11),
    )


def test_the_price_of_fewer_than_ten_is_no_fact(a_case):
    assert not crowd(a_case, {"price": "price"}, price=[10] * 9).has("price")


def test_thousands_of_prices_keep_their_mean(a_case):
    prices = [100 + n / 10 for n in range(3_000)]
    audience = crowd(a_case, {"price": "price"}, price=prices)
    points = audience.count("price")

    assert min(point.people for point in points) >= 10
    assert len(points) <= 200
    mean = sum(point.values[0] * point.people for point in points) / 3_000
    assert mean == pytest.approx(sum(prices) / 3_000, rel=0.001)


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 30)), max_size=40))
def test_every_point_has_enough_people_and_nobody_is_lost(amounts):
    rising = sorted(dict(amounts).items())
    points = pooled(rising, 10)
    total = sum(people for _, people in rising)

    assert sum(point.people for point in points) == total
    assert all(point.people >= 10 for point in points) or total < 10
    held = [amount for point in points for amount, _ in point.amounts]
    assert held == [amount for amount, _ in rising]


# scores


def test_a_score_is_asked_for_from_a_cut_on(a_case):
    people = {"score": {"column": "score", "cut_off": 0.62}}
    audience = crowd(a_case, people, score=[0.61, 0.62, 0.63, None])

    assert audience.total(AtLeast("score", 0.62)) == 2
    with pytest.raises(ValueError, match="not counted by score"):
        audience.count("score")


def test_cuts_part_the_people_into_equal_lots(a_case):
    people = {"score": {"column": "score", "cut_off": 50}}
    audience = crowd(a_case, people, score=list(range(100)))

    assert audience.cuts("score", 4) == (25, 50, 75)
    assert crowd(a_case, people, score=[1] * 50 + [2] * 50).cuts("score", 20) == (2,)
    assert crowd(a_case, people, score=[None]).cuts("score", 20) == ()


# notice, activity, relation, how a yes was collected


def test_the_notice_and_the_last_activity_are_facts(a_case):
    people = {
        "key": "id",
        "notice": {"version": "seen", "given": "at"},
        "last_activity": "bought",
        "time_zone": "zone",
        "offer": "offer",
        "creative": "creative",
    }
    audience = crowd(
        a_case,
        people,
        id=["a", "a", "b"],
        seen=["3.1", "3.1", "3.0"],
        at=["2026-02-01", "2026-02-01", "2026-03-01"],
        bought=["2024-01-01", "2026-10-01", "2023-01-01"],
        zone=["Europe/Berlin"] * 3,
        offer=["gold"] * 3,
        creative=["a"] * 3,
    )

    assert audience.count("notice.version") == (Count(("3.0",), 1), Count(("3.1",), 1))
    assert audience.total(Before("notice.given", date(2026, 2, 2))) == 1
    assert audience.total(Before("last_activity", date(2026, 1, 1))) == 1
    for fact, word in (("time_zone", "Europe/Berlin"), ("offer", "gold"), ("creative", "a")):
        assert audience.count(fact) == (Count((word,), 2),)


COLLECTED = {
    "status": "status",
    "source": "source",
    "method": "method",
    "preticked": "ticked",
    "bundled": "bundle",
    "incentive": "gift",
}
ANSWERS = {
    "status": ["yes", "yes"],
    "source": ["fair", "shop"],
    "method": ["paper", "web"],
    "ticked": ["no", "yes"],
    "bundle": ["0", "1"],
    "gift": ["", "voucher"],
}
FACTS = ("source", "method", "preticked", "bundled", "incentive")


def test_how_a_yes_was_collected_is_a_fact_of_the_channel(a_case):
    channels = {"email": {"basis": "consent", "permission": COLLECTED}}
    audience = crowd(a_case, {"key": "id"}, {"channels": channels}, id=["a", "b"], **ANSWERS)

    assert audience.count(*(f"email.{fact}" for fact in FACTS)) == (
        Count(("fair", "paper", False, False, None), 1),
        Count(("shop", "web", True, True, True), 1),
    )


def test_of_events_the_word_that_counts_says_how_it_was_collected(a_case):
    sections = {
        "channels": {"email": {"basis": "consent"}},
        "permissions": {"file": "events.csv", "channel": None, "purpose": None, **COLLECTED},
    }
    rows = {name: [*cells, cells[0]] for name, cells in ANSWERS.items()}
    events = {"id": ["a", "b", "b"], "at": ["2026-01-01", "2026-02-01", "2026-01-15"], **rows}
    audience = crowd(a_case, {"key": "id"}, sections, tables={"permissions": events}, id=["a", "b"])

    assert audience.count(*(f"email.{fact}" for fact in FACTS)) == (
        Count(("fair", "paper", False, False, None), 1),
        Count(("shop", "web", True, True, True), 1),
    )


def test_the_days_of_a_purchase_and_an_inquiry_are_the_latest(a_case):
    relation = {"purchased": "bought", "inquired": "asked"}
    channels = {"email": {"basis": "implied", "relation": relation}}
    audience = crowd(
        a_case,
        {"key": "id"},
        {"channels": channels},
        id=["a", "a"],
        bought=["2020-01-01", "2026-01-01"],
        asked=[None, None],
    )

    assert audience.total(Before("email.purchased", date(2025, 1, 1))) == 0
    assert audience.has("email.inquired")


# outcomes


@pytest.mark.parametrize(
    ("values", "yes", "no", "unknown"),
    [
        pytest.param(["1", "0", "", "1"], 2, 1, 1, id="yes, no, and not known"),
        pytest.param(["2026-12-03", "", "", ""], 1, 3, 0, id="only the days on which it happened"),
        pytest.param(["19.90", "0", "", "5"], 2, 1, 1, id="amounts"),
        pytest.param(["yes", "", "", ""], 1, 3, 0, id="only a mark where it happened"),
        pytest.param(["", "", "", ""], 0, 0, 4, id="nothing"),
        pytest.param(["perhaps", "yes", "no", ""], 1, 1, 2, id="a word that says neither"),
    ],
)
def test_whether_somebody_complained(a_case, values, yes, no, unknown):
    told = {"outcomes": {"complained": "complained"}}
    audience = crowd(a_case, {"key": "id"}, told, id=["a", "b", "c", "d"], complained=values)

    assert audience.total(Is("outcomes.complained", True)) == yes
    assert audience.total(Is("outcomes.complained", False)) == no
    assert audience.total(Missing("outcomes.complained")) == unknown


def test_outcomes_in_a_file_meet_people_by_their_key(a_case):
    told = {"outcomes": {"file": "o.csv", "arm": "arm", "delivered": "d", "opted_out": "left"}}
    outcomes = {
        "id": ["a", "b", "x"],
        "arm": ["with", "without", "with"],
        "d": ["1", "0", "1"],
        "left": ["2026-12-04", None, None],
    }
    audience = crowd(a_case, {"key": "id"}, told, tables={"outcomes": outcomes}, id=["a", "b", "c"])

    assert audience.count("outcomes.arm", "outcomes.delivered", "outcomes.opted_out") == (
        Count(("with", True, True), 1),
        Count(("without", False, False), 1),
        Count((None, None, False), 1),
    )
    assert audience.unmatched["outcomes"] == 1


# strata and traits


def test_strata_are_words_bands_or_an_attribute(a_case):
    people = {"attributes": {"age": {"column": "age", "as": "age", "bands": [40]}}}
    strata = [
        {"column": "product", "because": "rules differ"},
        {"column": "income", "because": "rules differ", "bands": [1000, 2000]},
        {"column": "age", "because": "rules differ"},
    ]
    audience = crowd(
        a_case,
        people,
        {"stratifiers": strata},
        product=["loan"] * 12 + ["card"] * 10 + ["rare"] * 2,
        income=[500] * 12 + [1500] * 12,
        age=[20] * 14 + [60] * 10,
    )

    assert audience.strata("product") == ("card", "loan", SMALLER)
    assert audience.strata("income") == ("under 1000", "1000 to 1999")
    assert audience.strata("age") == ("under 40", "40 and over")


def test_a_number_without_bands_makes_no_strata(a_case):
    told = {"stratifiers": [{"column": "income", "because": "rules differ"}]}

    assert not crowd(a_case, None, told, income=list(range(101))).has("stratum.income")


@pytest.mark.parametrize(
    ("absent", "values", "counts"),
    [
        pytest.param(
            ["none"],
            ["asthma"] * 10 + ["None"] * 5 + [None],
            {"asthma": 10, "absent": 5, None: 1},
            id="a word for not having it",
        ),
        pytest.param([], [True] * 10 + [False] * 12, {"true": 10, "absent": 12}, id="yes and no"),
        pytest.param([], [1] * 10 + [0] * 12, {"1": 10, "absent": 12}, id="1 and 0"),
        pytest.param(
            [], ["a"] * 10 + ["no"] * 10, {"a": 10, "no": 10}, id="no among other words is a word"
        ),
        pytest.param([], ["a"] * 10 + ["b"] * 3, {"a": 10, "rare value 1": 3}, id="a trait of few"),
    ],
)
def test_traits_of_a_sensitive_column(a_case, absent, values, counts):
    field = {"name": "illness", "role": "special", "absent": absent}
    audience = crowd(a_case, None, {"fields": [field]}, illness=values)

    assert {c.values[0]: c.people for c in audience.count("special.illness")} == counts


def test_a_field_is_sensitive_by_its_role_or_its_sensitivity(a_case):
    fields = [
        {"name": "a", "role": "special"},
        {"name": "b", "sensitivity": 3},
        {"name": "c", "sensitivity": 2},
    ]
    audience = crowd(a_case, None, {"fields": fields}, a=["x"], b=["x"], c=["x"])

    assert [audience.has(f"special.{name}") for name in "abc"] == [True, True, False]


# people outside our own file


def outside(a_case, **columns):
    people = {
        "attributes": {"age": {"column": "age", "as": "age", "bands": [18, 65]}, "gender": "gender"}
    }
    sections = {"population": {"file": "outside.csv", "source": "a count, 2025"}}
    return crowd(
        a_case,
        people,
        sections,
        tables={"population": columns},
        age=[20] * 20 + [70] * 20,
        gender=["f"] * 20 + ["m"] * 14 + ["x"] * 6,
    )


def test_people_outside_are_counted_as_our_groups_are(a_case):
    audience = outside(
        a_case,
        attribute=["age", "age", "age", "gender", "gender", "gender", "shoes"],
        group=["30", "31", "65 and over", "f", "m", "x", "43"],
        people=[100, 50, 20, 60, 50, 4, 9],
    )

    assert audience.outside("age") == {"18 to 64": 150, "65 and over": 20}
    assert audience.outside("gender") == {"f": 60, "m": 50, SMALLER: 4}
    assert audience.outside("shoes") == {}


def test_a_count_outside_that_is_no_number_of_people_is_refused(a_case):
    with pytest.raises(Refused, match="no whole number of people") as refused:
        outside(a_case, attribute=["age"], group=["30"], people=[-1])

    assert refused.value.problems[0].where == "campaign.yaml, population.people"
