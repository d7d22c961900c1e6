"""Means, medians and frequencies from counts, against rows and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_ind

from checks.fairness.amounts import Amounts, dispersion, frequency, gap_range, welch

CHEAP = Amounts.of("men", [(10.0, 300), (12.0, 100)])
DEAR = Amounts.of("women", [(10.0, 100), (12.0, 300)])
counted = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 9)),
    min_size=1,
    max_size=12,
    unique_by=lambda c: c[0],
)


def test_mean_median_and_variance_by_hand():
    few = Amounts.of("few", [(3.0, 1), (1.0, 2), (9.0, 0)])

    assert (few.people, few.total, few.median) == (3, 5.0, 1.0)
    assert few.mean == pytest.approx(5 / 3)
    assert few.variance == pytest.approx(4 / 3)


@given(counted)
def test_counts_give_what_rows_give(counts):
    rows = np.repeat([amount for amount, _ in counts], [people for _, people in counts])
    found = Amounts.of("all", counts)

    assert found.mean == pytest.approx(rows.mean())
    assert found.median == pytest.approx(np.median(rows))
    assert found.variance == pytest.approx(rows.var(ddof=1) if len(rows) > 1 else 0, abs=1e-9)


def test_welch_from_counts_is_welch_from_rows():
    ours, theirs = np.repeat([10.0, 12.0], [6, 4]), np.repeat([10.0, 15.0], [3, 9])

    assert welch(
        Amounts.of("a", [(10.0, 6), (12.0, 4)]), Amounts.of("b", [(10.0, 3), (15.0, 9)])
    ) == pytest.approx(ttest_ind(ours, theirs, equal_var=False).pvalue)


@pytest.mark.parametrize(
    ("group", "luck"),
    [
        pytest.param([(10.0, 1)], 1.0, id="one person"),
        pytest.param([(10.0, 50)], 1.0, id="all the same, like the others"),
        pytest.param([(11.0, 50)], 0.0, id="all the same, and dearer"),
    ],
)
def test_luck_where_nothing_varies(group, luck):
    assert welch(Amounts.of("a", group), Amounts.of("b", [(10.0, 50)])) == luck


def test_the_range_of_a_gap_holds_the_gap_and_is_as_wide_as_theory_says():
    low, high = gap_range(DEAR, CHEAP, unit=11.0)

    assert low < 1 / 11 < high
    theory = 1.96 * (2 * 0.75 / 400) ** 0.5 / 11
    assert (high - low) / 2 == pytest.approx(theory, rel=0.1)


def test_the_range_of_a_gap_of_medians():
    assert gap_range(DEAR, CHEAP, unit=1.0, median=True) == (2.0, 2.0)


def test_the_same_counts_give_the_same_range():
    assert gap_range(DEAR, CHEAP, unit=1.0) == gap_range(DEAR, CHEAP, unit=1.0)


# how often people are contacted


def test_dispersion_is_what_the_data_show():
    even = [Amounts.of("a", [(2, 100)]), Amounts.of("b", [(3, 100)])]
    wild = [Amounts.of("a", [(0, 50), (4, 50)]), Amounts.of("b", [(0, 50), (6, 50)])]

    assert dispersion(even) == 0.0
    assert dispersion(wild) == pytest.approx((4 / 2 + 9 / 3) / 2 * 100 / 99, rel=1e-9)


def test_poisson_counts_have_a_dispersion_of_one():
    drawn = np.random.default_rng(3).poisson(2.0, 20_000)
    counts = [
        (int(value), int(people))
        for value, people in zip(*np.unique(drawn, return_counts=True), strict=True)
    ]

    assert dispersion([Amounts.of("a", counts)]) == pytest.approx(1.0, abs=0.05)


def test_a_ratio_of_contacts_by_hand():
    often, seldom = Amounts.of("a", [(2, 50), (4, 50)]), Amounts.of("b", [(1, 50), (3, 50)])
    found = frequency(often, seldom, [often, seldom])

    spread = (1 / 3 + 1 / 2) / 2 * 100 / 99
    error = (spread * (1 / 300 + 1 / 200)) ** 0.5
    assert found.ratio == pytest.approx(1.5)
    assert found.high / found.ratio == pytest.approx(np.exp(1.95996 * error), rel=1e-4)
    assert found.luck < 1e-9


def test_counts_that_spread_more_make_the_luck_larger():
    calm = [Amounts.of("a", [(2, 60), (3, 40)]), Amounts.of("b", [(2, 80), (3, 20)])]
    wild = [Amounts.of("a", [(0, 76), (10, 24)]), Amounts.of("b", [(0, 78), (10, 22)])]

    assert frequency(*calm, calm).luck < 0.01
    assert frequency(*wild, wild).luck > 0.5


def test_where_nothing_spreads_there_is_no_luck():
    same = [Amounts.of("a", [(2, 40)]), Amounts.of("b", [(2, 40)])]
    apart = [Amounts.of("a", [(3, 40)]), Amounts.of("b", [(2, 40)])]

    assert frequency(*same, same).luck == 1.0
    assert frequency(*apart, apart).luck == 0.0
