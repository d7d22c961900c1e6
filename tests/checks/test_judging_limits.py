"""Exactly at each limit of the rule, one person more and one fewer: what is said there."""

from __future__ import annotations

import math

import pytest

from checks.fairness.contrast import Contrast
from checks.fairness.judging import Group, NoComparison, benchmark, facing, judge
from checks.finding import Reason, Verdict
from checks.policy import Excess, Judging
from tests.checks.test_judging import LIMITS, by_name, verdict


def limits(**values):
    parts = LIMITS.model_dump()
    return Judging.model_validate(
        parts | {name: parts[name] | {"value": value} for name, value in values.items()}
    )


def women(on_of, men_on_of, held, effect="opportunity"):
    groups = [Group("women", *on_of), Group("men", *men_on_of)]
    return judge(groups, effect=effect, limits=held)[0]


LUCK_OF_20_IN_50 = women((20, 50), (600, 1000), LIMITS).ratio.luck
LUCK_OF_43_IN_100 = women((430, 1000), (500, 1000), LIMITS).ratio.luck


def test_luck_exactly_at_the_limit_is_not_blamed_for_a_fail():
    at_it = limits(luck_fail=LUCK_OF_20_IN_50)
    below_it = limits(luck_fail=math.nextafter(LUCK_OF_20_IN_50, 0))

    assert 0 < LUCK_OF_20_IN_50 < 0.05
    assert women((20, 50), (600, 1000), at_it).verdict is Verdict.FAIL
    assert women((20, 50), (600, 1000), below_it).verdict is Verdict.WATCH


def test_luck_exactly_at_the_limit_is_not_blamed_for_a_watch():
    at_it = limits(luck_fail=0, luck_watch=LUCK_OF_43_IN_100)
    below_it = limits(luck_fail=0, luck_watch=math.nextafter(LUCK_OF_43_IN_100, 0))

    assert women((430, 1000), (500, 1000), at_it).verdict is Verdict.WATCH
    assert women((430, 1000), (500, 1000), below_it).verdict is not Verdict.WATCH


@pytest.mark.parametrize(
    ("off", "one", "name"),
    [
        pytest.param((12, 100), Verdict.FAIL, "luck_fail", id="fail"),
        pytest.param((70, 1000), Verdict.WATCH, "luck_watch", id="watch"),
    ],
)
def test_luck_exactly_at_the_limit_is_not_blamed_for_being_left_out(off, one, name):
    gone, of = off
    counted = ((of - gone, of), (960, 1000) if of == 1000 else (9_500, 10_000))
    chance = women(*counted, LIMITS).ratio.luck
    rest = {"luck_watch": 0} if name == "luck_fail" else {"luck_fail": 0}
    at_it = women(*counted, limits(**{name: chance}, **rest))
    below_it = women(*counted, limits(**{name: math.nextafter(chance, 0)}, **rest))

    assert (at_it.verdict, at_it.ratio.side) == (one, "off")
    assert below_it.verdict is Verdict.CLEAR


def test_a_difference_is_noticeable_exactly_at_the_limit_of_luck():
    counted = ((5_760, 10_000), (6_000, 10_000))
    chance = women(*counted, LIMITS).ratio.luck

    assert women(*counted, limits(luck_watch=chance)).noticeable
    assert not women(*counted, limits(luck_watch=math.nextafter(chance, 0))).noticeable


# few


def test_thirty_people_are_enough_and_twenty_nine_are_few():
    assert verdict((18, 30)).reason is Reason.RANGE_CROSSES_LIMIT
    assert verdict((18, 29)).reason is Reason.TOO_FEW_PEOPLE


def test_five_expected_in_the_smallest_cell_are_enough_and_four_and_a_half_are_few():
    assert verdict((4, 30), ("men", 6, 30)).reason is Reason.RANGE_CROSSES_LIMIT
    assert verdict((4, 30), ("men", 5, 30)).reason is Reason.ONE_PERSON_FLIPS


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        pytest.param(4, Reason.TOO_FEW_PEOPLE, id="one more stays below"),
        pytest.param(5, Reason.ONE_PERSON_FLIPS, id="one more comes up to it"),
        pytest.param(6, Reason.ONE_PERSON_FLIPS, id="one fewer falls below"),
        pytest.param(7, Reason.TOO_FEW_PEOPLE, id="two fewer would be needed"),
    ],
)
def test_one_person_flips_on_either_side_of_the_limit_and_two_do_not(on, reason):
    assert verdict((on, 12)).reason is reason  # of the men's 0.60, 0.48 is the limit


def test_the_one_person_on_the_list_may_be_the_one_who_flips():
    assert verdict((1, 29), ("men", 40, 1000)).reason is Reason.ONE_PERSON_FLIPS


def test_for_a_burden_the_last_one_who_is_spared_may_be_the_one_who_flips():
    spared = verdict((11, 12), ("men", 750, 1000), effect="burden")

    assert 0.75 * 12 / 12 < 0.8 <= 0.75 * 12 / 11
    assert spared.reason is Reason.ONE_PERSON_FLIPS


# the benchmark


def test_a_group_of_thirty_may_be_the_benchmark():
    able = [Group("thirty", 30, 30), Group("more", 10, 1000)]

    assert benchmark(able, effect="opportunity", limits=LIMITS).name == "thirty"


def test_the_benchmark_is_drawn_at_one_on_the_list_itself():
    itself = by_name(("women", 400, 1000), ("men", 600, 1000))["men"].ratio

    assert (itself.side, itself.low, itself.value, itself.high, itself.literal) == (
        "on",
        1,
        1,
        1,
        1,
    )


def test_for_a_burden_the_literal_reference_is_the_least_burdened_however_few():
    judged = by_name(("nine", 0, 9), ("men", 300, 1000), ("women", 400, 1000), effect="burden")

    assert judged["women"].ratio.literal_reference == "nine"


def test_a_benchmark_wholly_on_the_list_asks_for_no_fewer_than_may_be_judged():
    assert verdict((5, 12), ("men", 1000, 1000), complete=True).needed == 30


def test_a_rate_is_drawn_as_unsure_only_where_the_rule_cannot_tell():
    assert verdict((12, 12)).rate.unsure
    assert not verdict((4_500, 10_000)).rate.unsure


def test_luck_multiplied_by_many_pairs_is_one_and_no_more():
    assert by_name(("women", 599, 1000), ("men", 600, 1000), pairs=500)["women"].ratio.luck == 1.0


# one group against one given reference


def test_a_group_faces_a_given_reference_on_the_list_alone():
    few, many = Group("women", 5, 12), Group("women", 5_760, 10_000)
    men = Group("men", 6_000, 10_000)
    given = {"effect": "opportunity", "limits": LIMITS, "pairs": 1}
    chance = facing(many, men, **given).ratio.luck

    assert facing(few, men, **given).rate.unsure
    assert not facing(many, men, **given).rate.unsure
    assert facing(many, men, **given).ratio.side == "on"
    assert not facing(many, men, **given).benchmark
    at_it = given | {"limits": limits(luck_watch=chance)}
    assert facing(many, men, **at_it).noticeable


# the unknown


def test_the_unknown_are_shared_out_by_hand():
    # 20 unknown off the list: 9 fall to the women (30 of 70 known), 11 to the men (40 of 70)
    two = verdict((30, 60), ("men", 60, 100), unknown=Group("not known", 0, 20))
    # 60 on and 30 off: by 190 known on the list, 170 off it, among three groups
    three = by_name(
        ("women", 30, 60), ("men", 60, 100), ("others", 100, 200), unknown=Group("u", 60, 90)
    )

    assert two.tilted == (Verdict.CANNOT_TELL, Verdict.CANNOT_TELL)
    assert three["women"].tilted == (Verdict.CANNOT_TELL, Verdict.WATCH)
    assert three["others"].tilted == (Verdict.CLEAR, Verdict.FAIL)


def test_where_nobody_known_is_on_the_list_none_of_the_unknown_is_given_to_a_group():
    groups = ("a", 0, 40), ("b", 0, 2000), ("c", 0, 30)
    judged = by_name(*groups, effect="burden", unknown=Group("not known", 1, 1))

    assert judged["c"].tilted == (Verdict.CANNOT_TELL, Verdict.CANNOT_TELL)


# what is not asked this way


def test_who_is_not_sure_of_the_effect_judges_each_way():
    with pytest.raises(ValueError, match="judge each way by itself"):
        judge([Group("women", 1, 2)], effect="not_sure", limits=LIMITS)


def test_why_nobody_can_be_compared_is_a_sentence():
    none = judge([], effect="opportunity", limits=LIMITS, unknown=Group("not known", 5, 9))

    assert isinstance(none, NoComparison)
    assert none.why == "For nobody in the file is the group known."


@pytest.mark.parametrize(
    ("yes", "above"),
    [pytest.param(115, True, id="at the limit"), pytest.param(114, False, id="below")],
)
def test_half_a_point_is_not_rounded(yes, above):
    excess = Excess(times=1.2, points=2.5)

    assert Contrast((yes, 1000), (90, 1000)).above(excess) is above


def test_a_limit_is_reached_where_the_low_end_of_the_range_is():
    contrast = Contrast((450, 500), (500, 500))
    low, _ = contrast.range

    assert contrast.surely(low - 1e-9)
    assert not contrast.surely(low + 1e-9)
    assert not Contrast((0, 500), (500, 500)).surely(1e-9)
