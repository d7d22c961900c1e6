"""Like compared with like, by hand and against what chance does."""

from __future__ import annotations

import pytest

from checks.fairness.strata import Stratum, mantel_haenszel, standardised


def stratum(name, on, of, reference_on, reference_of, weight=None):
    return Stratum(name, weight or of + reference_of, on, of, reference_on, reference_of)


TURNED = [stratum("easy", 90, 100, 360, 400), stratum("hard", 120, 400, 30, 100)]
"""Equal within each stratum; 210 of 500 against 390 of 500 in all."""


def test_a_gap_that_is_only_where_people_are_goes_away():
    found = standardised(TURNED)

    assert found.rate == pytest.approx((0.9 + 0.3) / 2)
    assert found.reference == pytest.approx((0.9 + 0.3) / 2)
    assert found.luck > 0.9
    assert found.ratio[0] < 1 < found.ratio[1]
    assert found.covered == 1_000


def test_rates_are_weighted_by_all_people_in_the_file():
    strata = [
        stratum("a", 50, 100, 80, 100, weight=900),
        stratum("b", 10, 100, 20, 100, weight=100),
    ]
    found = standardised(strata)

    assert found.rate == pytest.approx(0.9 * 0.5 + 0.1 * 0.1)
    assert found.reference == pytest.approx(0.9 * 0.8 + 0.1 * 0.2)


def test_a_stratum_without_the_group_is_left_out_and_counted():
    found = standardised([stratum("a", 50, 100, 50, 100), stratum("b", 0, 0, 20, 100)])

    assert (found.rate, found.covered) == (0.5, 200)
    assert standardised([stratum("b", 0, 0, 20, 100)]) is None


def test_the_range_has_the_width_that_theory_says():
    found = standardised([stratum("a", 400, 1_000, 500, 1_000)])

    half = 1.96 * (0.6 / 400 + 0.5 / 500) ** 0.5
    low, high = found.ratio
    assert low == pytest.approx(0.8 * (1 - half), abs=0.01)
    assert high == pytest.approx(0.8 * (1 + half), abs=0.012)


def test_the_same_counts_give_the_same_range():
    assert standardised(TURNED) == standardised(TURNED)


def test_a_stratum_with_everybody_on_the_list_says_nothing_of_luck():
    alone = mantel_haenszel([stratum("a", 40, 100, 60, 100)])
    with_full = mantel_haenszel([stratum("a", 40, 100, 60, 100), stratum("full", 50, 50, 50, 50)])

    assert with_full.luck == pytest.approx(alone.luck)
    assert mantel_haenszel([stratum("full", 50, 50, 50, 50)]).luck == 1.0


def test_a_stratum_knows_its_gap_and_its_luck():
    one = stratum("a", 40, 100, 60, 100)

    assert one.gap == pytest.approx(-0.2)
    assert one.luck == pytest.approx(0.0047, abs=1e-4)
