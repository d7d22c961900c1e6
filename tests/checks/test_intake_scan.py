"""The byte scan agrees with the rules of CSV, wherever the pieces of a file are cut."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.intake.scan import Scan

CELLS = st.text(st.sampled_from('ab1 ,;"\n\r\tä€=') | st.characters(codec="utf-8"), max_size=6)
BLANKS = " \t\r\n\u00a0\ufeff"
CELLS = CELLS.filter(lambda cell: "\0" not in cell)


@st.composite
def tables(draw):
    width = draw(st.integers(2, 4))
    return draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=8))


@settings(max_examples=300)
@given(tables(), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.integers(3, 40))
def test_every_table_is_counted_and_copied_whole(table, line_end, last_end, piece):
    text = written(table, line_end)
    data = (text if last_end else text.removesuffix(line_end)).encode()
    scan = Scan("people.csv", ord(","), len(table[0]), headed=b"ab")

    pieces = [scan.take(data[at : at + piece]) for at in range(0, len(data), piece)]
    clean = b"".join([*pieces, scan.end()]).decode()

    assert scan.records == len(table)
    assert list(csv.reader(io.StringIO(clean, newline=""), strict=True)) == table
    assert scan.filled.tolist() == [sum(map(bool, column)) for column in zip(*table, strict=True)]
    assert scan.touched == (clean.encode() != data)
    assert scan.padded or all(cell == cell.strip(BLANKS) for row in table for cell in row)
    assert scan.headers or not any(row[0].strip(BLANKS) == "ab" for row in table)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_cells_without_blanks_around_them_are_known_to_have_none(end):
    scan = Scan("people.csv", ord(","), 3, headed=b"id")

    scan.take(end.join(['1,"New, Town",', '2,a b,"a""b c"', '"3",,"naïve"', ""]).encode())

    assert scan.records == 3
    assert not scan.padded
    assert not scan.headers


def written(table, line_end):
    """A table as CSV; a first cell that is empty is quoted, so that no record is an empty line."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows(table)
    return out.getvalue()
