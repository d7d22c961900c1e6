"""A quote without a partner is read as the letter it is, or its file is refused."""

from __future__ import annotations

import csv
import io
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.intake import staging
from checks.intake.loader import Loader
from checks.refusal import Refused

CELLS = st.sampled_from(["", "a", "b c", "7", "x,y", 'say "no"', "two\nlines", " blank", "it's"])
NAMES = ["id", "name", "note"]


def read(text):
    """The rows of a file, and what was repaired."""
    with tempfile.TemporaryDirectory() as folder, Loader(Path(folder)) as loader:
        file = Path(folder) / "given"
        file.write_text(text, encoding="utf-8", newline="")
        one = staging.staged(loader, file, "people.csv", Path(folder), 0)
        listed = ", ".join(one.cell(column) for column in one.names)
        found = loader.run(f"SELECT {listed} FROM {one.view}")
    return [[cell or "" for cell in row] for row in found], one.repairs


def line(cells):
    """One row as it is written."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6), st.data(), st.sampled_from([0, 1, 2])
)
def test_a_planted_quote_is_read_as_it_stands_or_refused(pairs, data, place):
    rows = [[f"k{number}", *pair] for number, pair in enumerate(pairs)]
    hit = data.draw(st.integers(0, len(rows) - 1))
    lines = [line(row) for row in rows]
    cells = [line([cell]) if cell else "" for cell in rows[hit]]
    lines[hit] = ",".join([*cells[:place], '"' + cells[place], *cells[place + 1 :]])
    rows[hit][place] = '"' + rows[hit][place]

    with suppress(Refused):
        found, repairs = read("\n".join([",".join(NAMES), *lines, ""]))

        assert found == rows
        assert any("no partner was read as a letter" in told for told in repairs)


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        pytest.param('1,"Ann,x', ["1", '"Ann', "x"], id="opened and never closed"),
        pytest.param('1,Ann,5" nails', ["1", "Ann", '5" nails'], id="in the middle of a cell"),
        pytest.param('1,""Ann, the second","x"', ["1", '"Ann, the second', "x"], id="opened twice"),
        pytest.param('1,""Ann","x"', ["1", '"Ann', "x"], id="opened twice, closed once"),
        pytest.param('1,"Ann "the" second",x', ["1", 'Ann "the" second', "x"], id="not doubled"),
    ],
)
def test_a_quote_without_a_partner_is_a_letter_where_the_row_fits(row, cells):
    found, repairs = read(f'id,name,note\n{row}\n2,"Bea, b","two\nlines"\n')

    assert found == [cells, ["2", "Bea, b", "two\nlines"]]
    assert "In 1 row a quote that has no partner was read as a letter: line 2." in repairs


def test_blanks_in_front_of_quotes_are_left_out_and_counted():
    found, repairs = read('id, "name", "note"\n1, "Ann, a", "x"\n2, Bea, "y"\n')

    assert [[cell.strip() for cell in row] for row in found] == [
        ["1", "Ann, a", "x"],
        ["2", "Bea", "y"],
    ]
    assert "In 3 rows blanks in front of quotes were left out." in repairs


@pytest.mark.parametrize(
    "row",
    [
        pytest.param('1,Ann,"x" "', id="a quote behind a cell that is closed"),
        pytest.param('1,"Ann, a,x', id="no way with as many cells"),
        pytest.param('1,"say \\"no\\"",x', id="backslashes may mean something"),
        pytest.param('1,Ann,"x\n2,Bea,y"', id="one row of two lines, or two rows"),
    ],
)
def test_what_could_be_read_otherwise_is_refused_with_its_line(row):
    with pytest.raises(Refused, match=r"people\.csv, line 2: "):
        read(f'id,name,note\n{row}\n3,5" x,"z"\n')


def test_a_header_that_stands_twice_at_the_top_is_taken_once():
    found, repairs = read("id,name\nid,name\nid,name\n1,Ann\n")

    assert found == [["1", "Ann"]]
    assert repairs == ("The header stood there 3 times: it was taken once.",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id,'name'\n1,'Ann, a'\n2,'Bea, b'\n", "Names stand in single quotes"),
        (",id,name\n1,Ann\n2,Bea\n", "The header has 3 names, and each row has 2 cells"),
        ("id,name\n1,Ann\nid,name\n", "row 2 below the header: 1 row repeats the header"),
    ],
)
def test_what_cannot_be_read_one_way_says_where(text, told):
    with pytest.raises(Refused, match=told):
        read(text)
