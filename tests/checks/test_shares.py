"""Make-ups of people compared, and the tails of a share."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from checks.fairness.shares import distance, funnel, noise, tail


def test_the_distance_by_hand():
    # base 2, half and half against all of one: the divergence is 0.311278
    assert distance([1, 0], [1, 1]) == pytest.approx(0.3112781**0.5, abs=1e-6)
    assert distance([3, 1], [300, 100]) == pytest.approx(0, abs=1e-7)


def test_noise_shrinks_with_the_list_and_is_what_draws_show():
    others = [500, 300, 200]
    small, large = noise(100, others), noise(10_000, others)
    drawn = np.random.default_rng(9).multinomial(100, [0.5, 0.3, 0.2], size=2_000)
    beyond = np.mean([distance(one, others) > small for one in drawn])

    assert small > 9 * large
    assert beyond == pytest.approx(0.05, abs=0.015)
    assert noise(100, others) == small


def test_the_funnel_holds_all_but_two_in_a_thousand():
    low, high = funnel(1_000, 0.01, 0.998)

    assert binom.cdf(low - 1, 1_000, 0.01) < 0.001 <= binom.cdf(low, 1_000, 0.01)
    assert binom.sf(high, 1_000, 0.01) <= 0.001 < binom.sf(high - 1, 1_000, 0.01)


@pytest.mark.parametrize(
    ("yes", "chance"),
    [
        pytest.param(0, 1.0, id="none or more is certain"),
        pytest.param(1, 0.19, id="one or more of two"),
        pytest.param(2, 0.01, id="both"),
        pytest.param(3, 0.0, id="more than there are"),
    ],
)
def test_the_tail_by_hand(yes, chance):
    assert tail(yes, 2, 0.1) == pytest.approx(chance)
