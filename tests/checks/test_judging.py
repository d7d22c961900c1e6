"""One rule compares groups, and its order, its limits and its two sides are as they are written."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.fairness.judging import Group, NoComparison, benchmark, judge
from checks.finding import Reason, Verdict
from checks.policy import Judging

LIMITS = Judging.model_validate(
    {
        name: {"value": value, "kind": "our policy", "source": "none published"}
        for name, value in {
            "floor": 0.80,
            "watch_line": 0.90,
            "luck_fail": 0.01,
            "luck_watch": 0.05,
            "n_min": 30,
            "expected_min": 5,
            "full_list": 0.99,
            "exclusion": {
                "watch": {"times": 1.25, "points": 2},
                "fail": {"times": 2.0, "points": 5},
            },
            "unknown_tilt": 2,
        }.items()
    }
)


def by_name(*groups, effect="opportunity", **how):
    judged = judge([Group(*one) for one in groups], effect=effect, limits=LIMITS, **how)
    assert not isinstance(judged, NoComparison), judged
    return {one.group.name: one for one in judged}


def verdict(women, men=("men", 600, 1000), **how):
    return by_name(("women", *women), men, **how)["women"]


@pytest.mark.parametrize(
    ("women", "says"),
    [
        pytest.param((4_500, 10_000), Verdict.FAIL, id="three quarters, and no luck"),
        pytest.param((4_800, 10_000), Verdict.WATCH, id="exactly four fifths is not below"),
        pytest.param((5_100, 10_000), Verdict.WATCH, id="0.85 is near the limit"),
        pytest.param((5_900, 10_000), Verdict.CLEAR, id="nearly the same"),
        pytest.param((33, 64), Verdict.CANNOT_TELL, id="the range crosses the limit"),
        pytest.param((5, 12), Verdict.CANNOT_TELL, id="twelve people"),
        pytest.param((12, 12), Verdict.CANNOT_TELL, id="twelve people, all chosen"),
        pytest.param((0, 25), Verdict.FAIL, id="few may fail"),
    ],
)
def test_the_order_of_the_rule(women, says):
    assert verdict(women, ("men", 6_000, 10_000)).verdict is says


def test_a_verdict_that_cannot_tell_says_why():
    assert verdict((33, 64)).reason is Reason.RANGE_CROSSES_LIMIT
    assert verdict((12, 12)).reason is Reason.TOO_FEW_PEOPLE
    assert verdict((6, 12)).reason is Reason.ONE_PERSON_FLIPS
    assert verdict((5_900, 10_000), ("men", 6_000, 10_000)).reason is None


def test_one_person_flips_where_one_more_or_fewer_crosses_the_limit():
    six = verdict((6, 12))  # 0.83 of the men's 0.60; with five it would be 0.69

    assert six.ratio.value == pytest.approx(0.833, abs=1e-3)
    assert Fraction(5, 12) < Fraction(4, 5) * Fraction(6, 10) <= Fraction(6, 12)


def test_limits_are_compared_in_whole_numbers():
    at_it, below_it = verdict((48, 100), ("men", 60, 100)), verdict((479_999, 10**6))

    assert at_it.verdict is not Verdict.FAIL
    assert below_it.verdict is Verdict.FAIL


def test_the_four_fifths_of_the_1979_example():
    rates = {"White": 600, "American Indian": 450, "Hispanic": 480, "Black": 510}
    judged = by_name(*((name, on * 10, 10_000) for name, on in rates.items()))

    failing = [name for name, one in judged.items() if one.verdict is Verdict.FAIL]
    assert failing == ["American Indian"]
    assert judged["Hispanic"].ratio.value == pytest.approx(0.80)


def test_a_small_clear_difference_is_clear_and_says_so():
    judged = verdict((570_000, 10**6), ("men", 600_000, 10**6))

    assert judged.verdict is Verdict.CLEAR
    assert judged.noticeable


def test_no_difference_is_clear_and_not_noticeable():
    assert not verdict((6_000, 10_000), ("men", 6_010, 10_000)).noticeable


# the benchmark


def test_the_benchmark_is_the_group_most_surely_chosen_most():
    groups = [Group("all nine", 9, 9), Group("many", 700, 1000), Group("few", 26, 35)]

    assert benchmark(groups, effect="opportunity", limits=LIMITS).name == "many"
    assert benchmark(groups, effect="burden", limits=LIMITS).name == "many"


def test_the_literal_ratio_names_whoever_has_the_highest_rate():
    judged = by_name(("all nine", 9, 9), ("many", 700, 1000), ("others", 500, 1000))["others"]

    assert judged.ratio.reference == "many"
    assert judged.ratio.literal_reference == "all nine"
    assert judged.ratio.literal == pytest.approx(0.5)


def test_the_benchmark_itself_is_clear_against_itself():
    men = by_name(("women", 400, 1000), ("men", 600, 1000))["men"]

    assert men.benchmark
    assert not men.noticeable
    assert not men.rate.unsure
    assert (men.verdict, men.ratio.value, men.ratio.luck) == (Verdict.CLEAR, 1.0, None)


def test_the_difference_in_points_is_that_of_its_side_with_newcombes_range():
    women = by_name(("women", 400, 1000), ("men", 600, 1000))["women"]
    on, off = women.ratio, women.other_side

    assert (on.side, off.side) == ("on", "off")
    assert (on.points, off.points) == (pytest.approx(-0.2), pytest.approx(0.2))
    assert (on.points_low, on.points_high) == pytest.approx((-0.24232, -0.15660), abs=1e-5)
    assert (off.points_low, off.points_high) == pytest.approx((0.15660, 0.24232), abs=1e-5)


def test_without_a_group_of_thirty_there_is_no_benchmark():
    judged = judge([Group("a", 10, 29), Group("b", 5, 29)], effect="opportunity", limits=LIMITS)

    assert isinstance(judged, NoComparison)
    assert judged.reason is Reason.NO_BENCHMARK


# the base


@pytest.mark.parametrize(
    ("on", "missing"),
    [(0, True), (1, False), (989, False), (990, True), (1000, True)],
)
def test_a_list_of_nobody_or_everybody_has_no_base(on, missing):
    groups = [Group("women", on // 2, 500), Group("men", on - on // 2, 500)]
    judged = judge(groups, effect="opportunity", limits=LIMITS)

    assert isinstance(judged, NoComparison) is missing
    assert not missing or judged.reason is Reason.NO_BASE


def test_a_file_declared_complete_has_a_base():
    groups = [Group("women", 498, 500), Group("men", 499, 500)]
    judged = judge(groups, effect="opportunity", limits=LIMITS, complete=True)

    assert not isinstance(judged, NoComparison)


def test_the_unknown_belong_to_the_base():
    groups = [Group("women", 500, 500), Group("men", 500, 500)]
    unknown = Group("not known", 0, 500)
    judged = judge(groups, effect="opportunity", limits=LIMITS, unknown=unknown)

    assert not isinstance(judged, NoComparison)


def test_groups_of_nobody_are_passed_over():
    assert set(by_name(("women", 400, 1000), ("men", 500, 1000), ("none", 0, 0))) == {
        "women",
        "men",
    }


def test_nobody_known_is_no_comparison():
    judged = judge([], effect="opportunity", limits=LIMITS, unknown=Group("not known", 5, 9))

    assert judged.reason is Reason.GROUP_UNKNOWN


def test_counts_that_no_list_can_have_are_refused():
    with pytest.raises(ValueError, match="women"):
        Group("women", 12, 9)


# the other side, and burdens


def test_being_left_out_twice_as_often_fails_although_the_list_looks_even():
    judged = verdict((8_900, 10_000), ("men", 9_500, 10_000))  # left out: 11 against 5 of 100

    assert judged.verdict is Verdict.FAIL
    assert judged.ratio.side == "off"
    assert judged.ratio.value == pytest.approx(2.2)
    assert judged.ratio.floor == 2.0
    assert judged.other_side.side == "on"
    assert judged.other_side.value == pytest.approx(0.937, abs=1e-3)


@pytest.mark.parametrize(
    ("women_off", "says"),
    [
        pytest.param(1_000, Verdict.WATCH, id="exactly twice is not more than twice"),
        pytest.param(625, Verdict.CLEAR, id="exactly a quarter more is not more"),
        pytest.param(700, Verdict.WATCH, id="1.4 times and 2 points"),
        pytest.param(699, Verdict.CLEAR, id="under 2 points"),
    ],
)
def test_the_limits_of_the_other_side(women_off, says):
    judged = verdict((10_000 - women_off, 10_000), ("men", 9_500, 10_000))

    assert judged.verdict is says


def test_a_benchmark_wholly_on_the_list_has_no_ratio_to_draw_and_still_fails():
    judged = verdict((9_000, 10_000), ("men", 10_000, 10_000))

    assert judged.verdict is Verdict.FAIL
    assert judged.ratio.side == "off"
    assert judged.ratio.value is None
    assert judged.ratio.high is None


def test_a_burden_compares_with_the_least_burdened():
    judged = by_name(("poor", 600, 1000), ("rich", 300, 1000), effect="burden")

    assert judged["rich"].benchmark
    assert judged["poor"].verdict is Verdict.FAIL
    assert judged["poor"].ratio.value == pytest.approx(0.5)
    assert judged["poor"].ratio.alt.startswith("rich chosen 0.50 times as often as poor")


def test_a_burden_fails_where_the_benchmark_is_spared_twice_as_often():
    judged = by_name(("poor", 9_500, 10_000), ("rich", 8_900, 10_000), effect="burden")["poor"]

    assert judged.verdict is Verdict.FAIL
    assert judged.ratio.side == "off"
    assert judged.ratio.value == pytest.approx(2.2)


@settings(deadline=None)
@given(st.integers(0, 400), st.integers(1, 400), st.sampled_from(["opportunity", "burden"]))
def test_any_counts_can_be_judged(on, of, effect):
    groups = [Group("few", min(on, of), of), Group("many", 400, 1000), Group("none", 0, 60)]
    judged = judge(groups, effect=effect, limits=LIMITS)

    assert len(judged) == 3
    assert all((one.reason is not None) == (one.verdict is Verdict.CANNOT_TELL) for one in judged)


# luck and families


def test_luck_is_multiplied_by_the_pairs_of_the_family():
    groups = [("women", 450, 1000), ("men", 500, 1000), ("others", 480, 1000)]
    alone, in_family = by_name(*groups), by_name(*groups, pairs=30)

    assert alone["women"].ratio.pairs == 3
    assert in_family["women"].ratio.pairs == 30
    assert in_family["women"].ratio.luck == pytest.approx(alone["women"].ratio.luck * 10)


def test_luck_is_at_most_one():
    assert verdict((599, 1000)).ratio.luck <= 1


# the unknown


def test_an_unknown_few_change_nothing():
    judged = verdict((5_900, 10_000), ("men", 6_000, 10_000), unknown=Group("not known", 20, 40))

    assert judged.verdict is Verdict.CLEAR
    assert judged.tilted == (Verdict.CLEAR, Verdict.CLEAR)


def test_many_unknown_take_a_clear_away():
    unknown = Group("not known", 6_000, 10_000)
    judged = verdict((5_900, 10_000), ("men", 6_000, 10_000), unknown=unknown)

    assert judged.verdict is Verdict.CANNOT_TELL
    assert judged.reason is Reason.GROUP_UNKNOWN
    assert judged.ratio.side == "on"
    assert Verdict.CLEAR not in judged.tilted or len(set(judged.tilted)) > 1


def test_many_unknown_may_take_a_fail_away():
    unknown = Group("not known", 6_000, 10_000)
    judged = verdict((4_500, 10_000), ("men", 6_000, 10_000), unknown=unknown)

    assert judged.reason is Reason.GROUP_UNKNOWN


def test_too_few_stays_the_reason_where_the_unknown_only_add_doubt():
    judged = verdict((9, 12), unknown=Group("not known", 30, 60))

    assert judged.reason is Reason.TOO_FEW_PEOPLE


def test_the_worst_case_is_told_and_decides_nothing():
    judged = verdict((590, 1000), unknown=Group("not known", 6, 10))
    low, high = judged.worst

    assert low == pytest.approx((590 / 1004) / (606 / 1006))
    assert high == pytest.approx((596 / 1006) / (600 / 1004))
    assert low < judged.ratio.value < high


@settings(deadline=None)
@given(
    st.integers(0, 300),
    st.integers(0, 300),
    st.integers(0, 300),
    st.integers(0, 300),
)
def test_the_tilt_never_shares_out_more_unknown_than_there_are(on, off, more, away):
    judged = by_name(
        ("women", on, on + off + 1),
        ("men", 300, 600),
        unknown=Group("not known", more, more + away),
        complete=True,
    )

    assert all(len(one.tilted) in (0, 2) for one in judged.values())


# what would settle it


def test_a_small_group_is_told_how_many_would_settle_it():
    judged = verdict((3, 12), ("men", 60_000, 100_000))

    assert judged.needed == 131


def test_what_settles_it_is_never_fewer_than_could_be_judged():
    assert verdict((11, 12), ("men", 980, 1000)).needed == 250  # five expected off the list


def test_a_benchmark_too_small_for_any_answer_says_so():
    assert verdict((3, 40), ("men", 10, 60)).needed is None


# how the rule behaves over many campaigns


def chosen_by_luck(seed, size, shares, people):
    rng = np.random.default_rng(seed)
    return [rng.binomial(people, share, size=size) for share in shares]


def test_fair_campaigns_hardly_ever_fail():
    campaigns = zip(*chosen_by_luck(11, 1_500, [0.3] * 6, 400), strict=True)
    failed = sum(
        any(one.verdict is Verdict.FAIL for one in by_name(*_named(counts, 400)).values())
        for counts in campaigns
    )

    assert failed <= 0.015 * 1_500


def test_a_true_085_is_never_clear_at_a_million():
    verdicts = {
        verdict((int(women), 10**6), ("men", int(men), 10**6)).verdict
        for women, men in zip(*chosen_by_luck(12, 200, [0.51, 0.60], 10**6), strict=True)
    }

    assert verdicts == {Verdict.WATCH}


def test_twelve_people_are_never_clear():
    verdicts = {verdict((on, 12), ("men", 6_000, 10_000)).verdict for on in range(13)}

    assert Verdict.CLEAR not in verdicts


def test_a_planted_06_in_groups_of_500_is_found():
    campaigns = zip(*chosen_by_luck(13, 400, [0.30, 0.50], 500), strict=True)
    found = sum(
        verdict((int(women), 500), ("men", int(men), 500)).verdict is Verdict.FAIL
        for women, men in campaigns
    )

    assert found >= 0.95 * 400


def _named(counts, people):
    return [(str(number), int(on), people) for number, on in enumerate(counts)]
