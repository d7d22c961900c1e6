"""Ranges and luck hold their promises for all counts, nobody and everybody included."""

from __future__ import annotations

import math
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, norm
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.proportion import test_proportions_2indep as statsmodels_score

from checks.statistics import (
    SETTLES,
    Z,
    arm_size,
    luck,
    newcombe,
    ratio,
    ratio_range,
    score,
    settling,
    settling_burden,
    smallest_expected,
    tail,
    wilson,
)


@st.composite
def shares(draw):
    of = draw(st.one_of(st.integers(1, 60), st.integers(1, 2_000_000)))
    return draw(st.one_of(st.just(0), st.just(of), st.integers(0, of))), of


@settings(deadline=None)
@given(shares())
def test_the_range_of_a_share_holds_the_share(share):
    low, high = wilson(*share)

    assert 0 <= low <= share[0] / share[1] <= high <= 1


@settings(deadline=None)
@given(shares())
def test_the_range_of_a_share_is_that_of_statsmodels(share):
    low, high = proportion_confint(*share, method="wilson")

    assert wilson(*share) == pytest.approx((low, high), rel=1e-9, abs=1e-12)


def test_nobody_has_no_range():
    with pytest.raises(ValueError, match="nobody"):
        wilson(0, 0)


@settings(deadline=None)
@given(shares(), shares())
def test_the_range_of_a_ratio_holds_the_ratio(one, other):
    low, high = ratio_range(*one, *other)
    seen = ratio(*one, *other)

    assert 0 <= low <= high
    assert math.isnan(seen) or low <= seen <= high


@settings(deadline=None)
@given(shares(), shares())
def test_at_its_ends_the_score_test_just_refuses(one, other):
    for end in ratio_range(*one, *other):
        if 0 < end < math.inf:
            assert abs(score(*one, *other, end)) == pytest.approx(Z, abs=1e-5)


@settings(deadline=None)
@given(shares(), shares())
def test_turning_a_ratio_round_turns_its_range_round(one, other):
    low, high = ratio_range(*one, *other)
    turned_low, turned_high = ratio_range(*other, *one)

    assert turned_low == pytest.approx(1 / high if high else math.inf, rel=1e-6)
    assert turned_high == pytest.approx(1 / low if low else math.inf, rel=1e-6)


@settings(deadline=None, max_examples=200)
@given(shares(), shares(), st.floats(0.05, 20))
def test_the_score_is_that_of_statsmodels(one, other, value):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # statsmodels divides by nought where both shares are 1
        theirs = statsmodels_score(
            *one, *other, value=value, compare="ratio", method="score", correction=False
        ).statistic

    assert not math.isfinite(theirs) or score(*one, *other, value) == pytest.approx(
        theirs, rel=1e-5, abs=1e-5
    )


def test_the_benchmark_may_be_wholly_on_the_list():
    low, high = ratio_range(330, 400, 1000, 1000)

    assert (round(low, 3), round(high, 3)) == (0.785, 0.859)


def test_a_reference_of_nobody_still_has_a_low_end():
    low, high = ratio_range(5, 10, 0, 10)

    assert high == math.inf
    assert low == pytest.approx(1.631692)


def test_nobody_in_either_group_allows_any_ratio():
    assert ratio_range(0, 40, 0, 50) == (0.0, math.inf)


@settings(deadline=None)
@given(shares(), shares())
def test_the_range_of_a_difference_holds_the_difference(one, other):
    low, high = newcombe(*one, *other)

    assert -1 <= low <= one[0] / one[1] - other[0] / other[1] <= high <= 1


@settings(deadline=None)
@given(shares(), shares())
def test_the_range_of_a_difference_is_that_of_statsmodels(one, other):
    low, high = confint_proportions_2indep(*one, *other, compare="diff", method="newcomb")

    assert newcombe(*one, *other) == pytest.approx((max(-1, low), min(1, high)), abs=1e-9)


@settings(deadline=None, max_examples=50)
@given(shares(), shares())
def test_luck_is_a_share_and_knows_no_order(one, other):
    assert 0 <= luck(*one, *other) <= 1
    assert luck(*one, *other) == pytest.approx(luck(*other, *one), rel=1e-6)


def test_luck_is_certain_where_everybody_was_chosen():
    assert luck(40, 40, 900, 900) == 1


def test_fisher_takes_over_where_an_expected_cell_is_below_five():
    fisher, chi_square = luck(1, 10, 60, 90), luck(1, 10, 60, 90, expected_min=1)

    assert smallest_expected(1, 10, 60, 90) == pytest.approx(3.9)
    assert fisher != chi_square


def test_few_are_judged_by_fishers_test_and_many_by_chi_square():
    """Fisher's lady tasting tea; and 30 against 45 of 100, where chi-square is 4.8."""
    assert luck(3, 4, 1, 4) == pytest.approx(34 / 70)
    assert luck(30, 100, 45, 100) == pytest.approx(0.028460, abs=1e-6)


def test_exactly_five_expected_are_enough_for_chi_square():
    table = [[2, 8], [48, 42]]

    assert smallest_expected(2, 10, 48, 90) == 5
    assert luck(2, 10, 48, 90) == pytest.approx(chi2_contingency(table, correction=False).pvalue)


def test_a_range_reaches_as_far_as_the_normal_distribution_says():
    assert pytest.approx(norm.ppf(0.975), abs=1e-15) == Z
    assert pytest.approx(norm.ppf(0.975) + norm.ppf(0.8), abs=1e-15) == SETTLES


def test_somebody_against_nobody_is_infinitely_often_and_nobody_against_nobody_is_no_ratio():
    assert ratio(3, 10, 0, 10) == math.inf
    assert math.isnan(ratio(0, 10, 0, 10))
    assert ratio(0, 10, 3, 10) == 0.0


def test_for_a_burden_the_settling_number_is_the_formula_from_the_other_end():
    allowed = (0.2 * 0.5 / SETTLES) ** 2 / 0.25 - 1 / 1000

    assert settling_burden(0.5, 1000, 0.8) == math.ceil(0.64 / allowed)


@pytest.mark.parametrize("counts", [(0, 10, 0, 10), (10, 10, 10, 10)])
def test_where_nobody_or_everybody_said_yes_equal_shares_score_nothing(counts):
    assert score(*counts, 1.0) == 0.0


def test_one_person_settles_a_group_of_whom_everybody_is_on_the_list():
    assert settling(1.0, 50_000, 0.8) == 1


def test_the_settling_number_is_the_formula_of_the_design():
    allowed = (0.2 * 0.5 / 2.80) ** 2 / 0.25 - 0.64 / 1000

    assert settling(0.5, 1000, 0.8) == math.ceil(1 / allowed)


def test_a_benchmark_that_is_too_small_settles_nothing():
    assert settling(0.5, 100, 0.8) is None
    assert settling(0.0, 100_000, 0.8) is None


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6])
def test_a_group_of_the_settling_size_is_clear_four_times_in_five(share):
    people, reference = settling(share, 50_000, 0.8), (round(share * 50_000), 50_000)
    spread = math.sqrt(share * (1 - share) * people)
    clear = [
        ratio_range(round(share * people + z * spread), people, *reference)[0] >= 0.8
        for z in (-1.1, -0.55)  # one in seven, and three in ten, do worse
    ]

    assert clear == [False, True]


def test_for_a_burden_the_same_promise_is_kept_from_the_other_end():
    share, reference = 0.3, (15_000, 50_000)
    people = settling_burden(share, 50_000, 0.8)
    spread = math.sqrt(share * (1 - share) * people)
    clear = [
        ratio_range(*reference, round(share * people + z * spread), people)[0] >= 0.8
        for z in (1.1, 0.55)
    ]

    assert clear == [False, True]


def test_people_an_arm_needs_are_those_of_the_published_example():
    """R, power.prop.test(p1 = .50, p2 = .75, power = .90): n = 76.7."""
    assert arm_size(0.50, 0.75, power=0.90) == 77
    assert arm_size(0.75, 0.50, power=0.90) == 77
    assert arm_size(0.50, 0.75) == 58  # by default four times in five: n = 57.3
    assert arm_size(0.5, 0.5) is None


@pytest.mark.parametrize(("yes", "of", "share"), [(0, 10, 0.3), (3, 10, 0.3), (10, 10, 0.3)])
def test_the_tail_is_the_sum_of_its_chances(yes, of, share):
    chances = [math.comb(of, n) * share**n * (1 - share) ** (of - n) for n in range(yes, of + 1)]

    assert tail(yes, of, share) == pytest.approx(sum(chances))
