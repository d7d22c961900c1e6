"""Sums and what may be told of them, by hand."""

from __future__ import annotations

import pytest

from checks.small_cells.auditing import Line, Sums, known_too_well, small, withheld


def a_triangle():
    """Three sums of three numbers, each of which misses two: together they tell all three."""
    return Sums(
        values={
            ("x",): 3,
            ("y",): 27,
            ("z",): 13,
            ("w",): 50,
            ("one",): 30,
            ("two",): 40,
            ("three",): 66,
        },
        lines=(
            Line(("one",), (("x",), ("y",))),
            Line(("two",), (("y",), ("z",))),
            Line(("three",), (("x",), ("z",), ("w",))),
        ),
        public=frozenset({("one",), ("two",), ("three",)}),
    )


@pytest.mark.parametrize(
    ("row", "hidden"),
    [
        pytest.param([40, 9, 12], [], id="nothing small"),
        pytest.param([40, 9, 0], [], id="nobody is no small number"),
        pytest.param([40, 9, 4], [1, 2], id="one small number takes the smallest other"),
        pytest.param([40, 9, 5], [], id="exactly at the limit"),
        pytest.param([40, 3, 2], [1, 2], id="two that make the limit together"),
        pytest.param([40, 2, 2], [0, 1, 2], id="two that do not"),
        pytest.param([2, 0, 0], [0, 1, 2], id="nobody comes last"),
    ],
)
def test_what_is_withheld_of_a_line(row, hidden):
    sums = Sums(
        values={("all",): sum(row), **{(str(x),): n for x, n in enumerate(row)}},
        lines=(Line(("all",), tuple((str(x),) for x in range(len(row)))),),
        public=frozenset({("all",)}),
    )

    assert withheld(sums, 5) == {(str(x),) for x in hidden}


def test_what_no_single_subtraction_finds_is_found_and_mended():
    triangle = a_triangle()
    by_lines = small(triangle, 5)

    assert by_lines == {("x",), ("y",), ("z",)}
    assert set(known_too_well(triangle, by_lines, 5)) == by_lines
    assert withheld(triangle, 5) == {*by_lines, ("w",)}
    assert known_too_well(triangle, withheld(triangle, 5), 5) == ()


def test_numbers_that_are_told_together_are_withheld_together():
    sums = Sums(
        values={("on",): 4, ("off",): 8, ("of",): 12},
        lines=(Line(("of",), (("on",), ("off",))),),
        together={("on",): (("on",), ("off",)), ("off",): (("on",), ("off",))},
    )

    assert withheld(sums, 5) == {("on",), ("off",)}


def test_what_no_table_counts_still_holds_tables_together():
    """Nobody sees the crossing, and it still forces the one number that is left."""
    lines = (
        Line(("total",), (("x",), ("y",))),
        Line(("x",), (("x", "1"), ("x", "2"))),
        Line(("one",), (("x", "1"), ("y", "1"))),
        Line(("two",), (("x", "2"), ("y", "2"))),
        Line(("y",), (("y", "1"), ("y", "2"))),
    )
    values = {("total",): 20, ("one",): 0, ("two",): 20, ("x",): 12, ("y",): 8}
    unseen = (("x", "1"), ("x", "2"), ("y", "1"), ("y", "2"))
    sums = Sums(values=values, lines=lines, public=frozenset({("total",)}), open=unseen)

    assert known_too_well(sums, {("x",), ("y",)}, 5) == ()
    assert known_too_well(sums, {("one",)}, 5) == (("one",),)
