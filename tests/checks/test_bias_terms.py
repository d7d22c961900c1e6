"""Prices and offers by group."""

from __future__ import annotations

import pytest

from checks.bias.terms import judge
from checks.evidence import Table
from checks.finding import Reason, Verdict


@pytest.fixture
def prices(a_case):
    """Judge prices: ``prices(f=[(10, 300), (12, 100)], m=[(10, 400)])``, amounts with people."""

    def run(sections=None, **groups):
        rows = [(g, amount) for g, told in groups.items() for amount, n in told for _ in range(n)]
        people = {"targeted": "on", "price": "price", "attributes": {"gender": "gender"}}
        case = a_case(
            {"people": people, **(sections or {})},
            gender=[gender for gender, _ in rows],
            price=[amount for _, amount in rows],
            on=[True] * len(rows),
        )
        return {one.subject: one for one in judge(case)}

    return run


def test_a_group_that_pays_five_in_a_hundred_more_fails(prices):
    found = prices(f=[(10, 100), (12, 300)], m=[(10, 300), (12, 100)])["price, gender: f"]

    assert found.verdict is Verdict.FAIL
    assert found.headline == (
        "400 women would pay 11.50 on average, 9.1% more than 400 men (10.50)."
    )
    assert found.remedy.startswith(
        "At the mean of men they would pay 400.00 less in all. "
        "75 of 100 women are above the middle price, of men 25."
    )


def test_a_smaller_gap_beyond_luck_is_watched(prices):
    found = prices(f=[(10, 1_000), (11, 1_000)], m=[(10, 1_600), (11, 400)])["price, gender: f"]

    assert found.verdict is Verdict.WATCH
    assert "2.9% more" in found.headline


def test_a_gap_under_the_limit_is_clear(prices):
    found = prices(f=[(10, 1_000), (11, 1_000)], m=[(10, 1_200), (11, 800)])["price, gender: f"]

    assert found.verdict is Verdict.CLEAR
    [table] = found.evidence
    assert [row[0] for row in table.rows] == ["f", "m"]
    assert table.rows[1][4] == "reference"


def test_the_same_price_for_all_is_clear(prices):
    [found] = prices(f=[(10, 50)], m=[(10, 50)]).values()

    assert found.verdict is Verdict.CLEAR
    assert found.headline == "50 men would pay 10.00 on average, as 50 women would."


def test_few_people_are_never_clear(prices):
    found = prices(f=[(12, 12)], m=[(10, 300)])["price, gender: f"]

    assert (found.verdict, found.reason) == (Verdict.CANNOT_TELL, Reason.TOO_FEW_PEOPLE)


def test_a_range_that_reaches_the_limit_cannot_be_told(prices):
    found = prices(f=[(5, 20), (20, 20)], m=[(5, 500), (20, 500)])

    told = next(iter(found.values()))
    assert told.reason is Reason.RANGE_CROSSES_LIMIT
    assert "The range reaches" in told.headline


def test_no_group_large_enough(prices):
    [found] = prices(f=[(10, 20)], m=[(10, 20)]).values()

    assert found.reason is Reason.NO_BENCHMARK


def test_one_group_only(prices):
    [found] = prices(f=[(10, 40)]).values()

    assert found.verdict is Verdict.NOT_APPLICABLE


def test_people_off_the_list_pay_nothing(a_case):
    people = {"targeted": "on", "price": "price", "attributes": {"gender": "g"}}
    case = a_case(
        {"people": people},
        g=["f"] * 40 + ["m"] * 80,
        price=[10] * 40 + [10] * 40 + [90] * 40,
        on=[True] * 80 + [False] * 40,
    )
    [found] = judge(case)

    assert found.verdict is Verdict.CLEAR


# what the owner states


def test_one_price_for_all_does_not_apply_where_the_sector_is_general(a_case):
    told = {"uses_data_for": {"price": False}}
    [general] = judge(a_case(told, x=[1]))
    [credit] = judge(a_case({**told, "sector": "credit"}, x=[1]))

    assert general.verdict is Verdict.NOT_APPLICABLE
    assert general.headline.startswith("The owner states")
    assert (credit.verdict, credit.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({}, id="nothing is stated"),
        pytest.param({"uses_data_for": {"price": True}}, id="data set the price"),
        pytest.param(
            {"uses_data_for": {"price": False}, "offers": [{"id": "gold"}]}, id="there are offers"
        ),
    ],
)
def test_without_a_column_it_cannot_be_told(a_case, told):
    [found] = judge(a_case(told, x=[1]))

    assert found.reason is Reason.COLUMN_MISSING


def test_without_attributes(a_case):
    [found] = judge(a_case({"people": {"price": "p"}}, p=[10] * 20))

    assert found.subject == "attributes"


# offers


def offered(a_case, favourable, women, men, **people):
    told = {"people": {"offer": "offer", "attributes": {"gender": "g"}, **people}}
    offers = [{"id": "gold", **({} if favourable is None else {"favourable": favourable})}]
    case = a_case(
        {**told, "offers": offers},
        g=["f"] * 500 + ["m"] * 500,
        offer=["gold"] * women + ["none"] * (500 - women) + ["gold"] * men + ["none"] * (500 - men),
    )
    return {one.subject: one for one in judge(case)}


def test_a_good_offer_that_a_group_seldom_gets_fails(a_case):
    found = offered(a_case, True, 200, 400)["offer gold, gender: f"]

    assert found.verdict is Verdict.FAIL
    assert found.headline == (
        "200 of 500 women get “gold” (40 of 100), 0.50 times as often as men (80 of 100)."
    )
    assert "120 more women with “gold” would reach the limit of 0.80." in found.remedy


def test_a_bad_offer_that_a_group_often_gets_fails(a_case):
    found = offered(a_case, False, 400, 200)["offer gold, gender: f"]

    assert found.verdict is Verdict.FAIL


def test_offers_that_nobody_marked_are_laid_out(a_case):
    found = offered(a_case, None, 400, 200)["offers, gender"]

    assert found.reason is Reason.COLUMN_MISSING
    assert found.evidence[0].kind == "matrix"
    assert {(cell.row, cell.column): cell.yes for cell in found.evidence[0].cells} == {
        ("gold", "f"): 400,
        ("gold", "m"): 200,
        ("none", "f"): 100,
        ("none", "m"): 300,
    }


def test_the_offer_of_a_segment_is_that_of_its_people(a_case):
    told = {
        "people": {"segment": "s", "attributes": {"gender": "g"}},
        "segments": [{"name": "a", "offer": "gold"}, {"name": "b", "offer": "plain"}],
        "offers": [{"id": "gold", "favourable": True}],
    }
    case = a_case(
        told, g=["f"] * 100 + ["m"] * 100, s=["a"] * 20 + ["b"] * 80 + ["a"] * 80 + ["b"] * 20
    )
    [found] = judge(case)

    assert found.verdict is Verdict.FAIL
    assert found.headline.startswith("20 of 100 women get “gold”")


def test_a_small_group_shows_no_mean(prices):
    found = prices(f=[(10, 40)], m=[(10, 40)], x=[(99, 11), (10, 1)], y=[(10, 3)])

    [table] = next(iter(found.values())).evidence
    assert isinstance(table, Table)
    small = {row[0]: row[2] for row in table.rows}
    assert small["smaller groups"] is None


def test_a_hostile_group_is_only_a_name(prices):
    assert "price, gender: <script>" in prices(m=[(10, 40)], **{"<script>": [(12, 40)]})


def test_numbers_withheld_elsewhere_are_withheld_here(a_case):
    """Two men are off the list, so that how many are on it is not shown anywhere."""
    people = {"targeted": "on", "price": "price", "attributes": {"gender": "g"}}
    case = a_case(
        {"people": people},
        g=["f"] * 100 + ["m"] * 50,
        price=[10] * 150,
        on=[True] * 98 + [False] * 2 + [True] * 48 + [False] * 2,
    )
    [found] = judge(case)

    assert found.headline == "Men would pay 10.00 on average, as women would."
    assert [row[1] for row in found.evidence[0].rows] == [None, None]


def test_people_without_a_price_are_counted_and_compared_with_nobody(prices):
    found = prices(f=[(10, 40), (None, 25)], m=[(10, 40)])

    [table] = next(iter(found.values())).evidence
    assert table.rows[-1][:2] == ("no price, or of no known group", 25)
