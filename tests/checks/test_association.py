"""How much one column tells of another: against published values, and where the answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from checks.fairness.association import (
    cramers_v,
    false_discoveries,
    luck,
    one_against_rest,
    residuals,
)

tables = st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=5).map(
    np.array
)


@pytest.mark.parametrize(
    ("table", "v"),
    [
        pytest.param([[50, 50], [50, 50]], 0.0, id="nothing"),
        pytest.param([[50, 0], [0, 50]], 1.0, id="everything"),
        pytest.param([[30, 0, 0], [0, 30, 0], [0, 0, 30]], 1.0, id="everything, of three"),
        pytest.param([[50, 50]], 0.0, id="one value"),
        pytest.param([[50], [50]], 0.0, id="one group"),
        pytest.param([[50, 50], [0, 0]], 0.0, id="a value that nobody has"),
        pytest.param([[1, 0], [0, 0]], 0.0, id="one person"),
    ],
)
def test_v_of_tables_whose_answer_is_known(table, v):
    assert cramers_v(np.array(table)) == pytest.approx(v, abs=1e-9)


def test_v_by_hand():
    # chi-square 100 · (30·30 − 20·20)² / 50⁴ = 4, phi² 0.04; corrected 0.04 − 1/99; sides 2 − 1/99
    assert cramers_v(np.array([[30, 20], [20, 30]])) == pytest.approx(
        ((0.04 - 1 / 99) / (1 - 1 / 99)) ** 0.5
    )


@given(tables)
def test_v_lies_between_nought_and_one_and_the_order_does_not_matter(table):
    v = cramers_v(table)

    assert 0 <= v <= 1
    assert cramers_v(table[::-1]) == pytest.approx(v)
    assert cramers_v(table.T) == pytest.approx(v)


def test_luck_of_a_table():
    assert luck(np.array([[30, 20], [20, 30]])) == pytest.approx(0.0455, abs=1e-4)
    assert luck(np.array([[30, 20]])) == 1.0


def test_residuals_say_which_cells_hold_more_than_chance():
    found = residuals(np.array([[30, 20], [20, 30]]))

    assert found[0] == pytest.approx([2.0, -2.0])
    assert found.sum() == pytest.approx(0)


def test_false_discoveries_of_nothing_and_of_one():
    assert false_discoveries([]) == ()
    assert false_discoveries([0.03]) == (0.03,)


# telling a group by values


def test_a_value_that_decides_the_group_tells_it_always():
    found = one_against_rest(np.array([[0], [1]]), np.array([[500, 0], [0, 500]]))

    assert [round(one.auc, 3) for one in found] == [1.0, 1.0]
    assert [one.low for one in found] == [1.0, 1.0]


def test_a_value_that_tells_nothing_is_as_good_as_a_coin():
    drawn = np.random.default_rng(2).multinomial(4_000, [1 / 8] * 8).reshape(4, 2)
    found = one_against_rest(np.arange(4)[:, None], drawn)

    assert all(one.low <= 0.5 <= one.high for one in found)
    assert all(abs(one.auc - 0.5) < 0.03 for one in found)


def test_two_values_by_hand():
    # 60 of 100 of the group have the value, 20 of 100 others: 0.6·0.8 + (0.6·0.2 + 0.4·0.8) / 2
    people = np.array([[60_000, 20_000], [40_000, 80_000]])
    [mine, _] = one_against_rest(np.array([[0], [1]]), people)

    assert mine.auc == pytest.approx(0.6 * 0.8 + (0.6 * 0.2 + 0.4 * 0.8) / 2, abs=0.003)
    assert mine.low < mine.auc < mine.high
    # placements: 0.9 of 60 and 0.4 of 40 in 100; 0.3 of 20 and 0.8 of 80 in 100
    error = ((0.25 * 0.24 + 0.25 * 0.16) / 100_000) ** 0.5
    assert mine.high - mine.low == pytest.approx(2 * 1.96 * error, rel=0.02)


def test_the_area_is_mann_and_whitneys():
    ours, others = [5, 20, 60, 115], [40, 60, 60, 40]
    people = np.array([ours, others]).T * 100
    [mine, _] = one_against_rest(np.arange(4)[:, None], people)

    ranks = [np.repeat(np.arange(4), counts) for counts in (ours, others)]
    u = mannwhitneyu(*ranks).statistic / 200 / 200
    assert mine.auc == pytest.approx(u, abs=0.005)


def test_two_weak_fields_together_tell_more_than_each():
    rng = np.random.default_rng(5)
    group = rng.random(8_000) < 0.5
    fields = np.stack([(rng.random(8_000) < 0.35 + 0.3 * group).astype(int) for _ in range(3)], 1)
    cells, place = np.unique(fields, axis=0, return_inverse=True)
    people = np.zeros((len(cells), 2), dtype=int)
    np.add.at(people, (place.ravel(), group.astype(int)), 1)

    together = one_against_rest(cells, people)[0].auc
    alone = [one_against_rest(cells[:, [field]], people)[0].auc for field in range(3)]
    assert together > max(alone) + 0.05


def test_a_thousand_values_that_say_nothing_are_not_learned_by_heart():
    rng = np.random.default_rng(6)
    people = rng.multinomial(1, [0.5, 0.5], size=1_000)

    assert all(one.auc < 0.6 for one in one_against_rest(np.arange(1_000)[:, None], people))


def test_the_same_counts_give_the_same_answer():
    people = np.array([[60, 20], [40, 80]])

    assert one_against_rest(np.array([[0], [1]]), people) == one_against_rest(
        np.array([[0], [1]]), people
    )


@pytest.mark.parametrize(
    ("people", "groups"),
    [
        pytest.param([[0, 0]], [], id="nobody"),
        pytest.param([[10, 0], [5, 0]], [], id="one group"),
        pytest.param([[100, 40], [100, 20]], [0, 1], id="two groups"),
        pytest.param([[100, 3], [100, 2]], [0], id="a group of too few"),
    ],
)
def test_groups_of_too_few_are_passed_over(people, groups):
    values = np.arange(len(people))[:, None]
    found = one_against_rest(values, np.array(people), least=10)

    assert [one.group for one in found] == groups
