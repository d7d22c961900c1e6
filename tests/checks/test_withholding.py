"""Small numbers are withheld so that they cannot be worked out from the totals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.small_cells.withholding import shown, withhold


@pytest.mark.parametrize(
    ("count", "print_"),
    [
        pytest.param(0, 0, id="nobody is no small number"),
        pytest.param(1, None, id="one person"),
        pytest.param(4, None, id="just under"),
        pytest.param(5, 5, id="exactly at the limit"),
    ],
)
def test_a_number_by_itself(count, print_):
    assert shown(count, 5) == print_


def test_nothing_small_nothing_withheld():
    assert withhold([[5, 0], [12, 40]], 5) == [[5, 0], [12, 40]]


def test_a_second_number_hides_the_first():
    assert withhold([[2, 40, 9]], 5) == [[None, 40, None]]


def test_two_small_ones_that_are_together_too_few_take_a_third():
    assert withhold([[1, 2, 30, 9]], 5) == [[None, None, 30, None]]


def test_two_small_ones_that_are_together_enough_stand_alone():
    assert withhold([[3, 2, 30]], 5) == [[None, None, 30]]


def test_a_table_hides_rectangles():
    hidden = withhold([[2, 30, 40], [20, 31, 41], [21, 32, 42]], 5)

    assert hidden == [[None, None, 40], [None, None, 41], [21, 32, 42]]


tables = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 30), min_size=width, max_size=width), min_size=1, max_size=5
    )
)


@given(tables)
def test_no_line_gives_a_hidden_number_away(table):
    hidden = withhold(table, 5)

    assert not any(0 < count < 5 for line in hidden for count in line if count is not None)
    pairs = list(zip(table, hidden, strict=True))
    columns = list(zip(zip(*table, strict=True), zip(*hidden, strict=True), strict=True))
    for counts, line in pairs + columns:
        gone = [count for count, here in zip(counts, line, strict=True) if here is None]
        assert not gone or len(gone) == len(counts) or (len(gone) > 1 and sum(gone) >= 5)
