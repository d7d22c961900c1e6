"""What groups are called where they are drawn."""

from __future__ import annotations

import pytest

from checks.evidence import Cell, Matrix, Rate, Table
from checks.fairness.spoken import spoken, worded
from checks.finding import clear


def rate(group):
    return Rate(group=group, yes=40, of=100, low=0.3, high=0.5)


def crossing(rows, columns):
    cells = tuple(
        Cell(row=r, column=c, yes=4, of=9, verdict="clear") for r in rows for c in columns
    )
    return Matrix(title="Who gets what", rows=rows, columns=columns, cells=cells)


@pytest.mark.parametrize(
    ("subject", "group", "drawn"),
    [
        pytest.param("gender: f", "f", "women (f)", id="a code for women"),
        pytest.param("gender", "M", "men (M)", id="as the data write it"),
        pytest.param("email: gender", "x", "gender x", id="a code of no known meaning"),
        pytest.param("gender", "diverse", "diverse", id="a word stands as it is"),
        pytest.param("sex", "women", "women", id="words need no code beside them"),
        pytest.param("plan: m", "m", "m", id="another attribute is left alone"),
    ],
)
def test_a_group_is_drawn_in_words(subject, group, drawn):
    [found] = worded(clear(subject, "All is even.", rate(group)))

    assert found.group == drawn


def test_of_messages_only_the_groups_are_renamed():
    matrix = crossing(("m", "f"), ("f", "m"))
    [drawn] = worded(clear("gender: messages", "All is even.", matrix))

    assert drawn.columns == ("women (f)", "men (m)")
    assert drawn.rows == ("m", "f")
    assert {(one.row, one.column) for one in drawn.cells} == {
        (row, column) for row in drawn.rows for column in drawn.columns
    }


def test_crossed_groups_are_renamed_on_both_sides():
    [drawn] = worded(clear("gender × age", "All is even.", crossing(("f",), ("18 to 24",))))

    assert drawn.rows == ("women (f)",)
    assert drawn.columns == ("18 to 24",)


def test_other_evidence_stands_as_it_is():
    table = Table(title="Contacts", columns=("group",), rows=(("f",),))

    assert worded(clear("gender: contacts", "All is even.", table)) == (table,)


def test_a_group_without_its_field_beside_it_names_the_field():
    assert spoken("home_region", "north") == "home region north"
