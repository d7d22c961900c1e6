"""Whatever dialect a table is written in, it reads back equal, cell by cell."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.intake import staging
from checks.intake.loader import Loader

FULL = os.environ.get("CANDOR_FULL") == "1"
"""By default 80 tables, always the same; with CANDOR_FULL=1 two thousand, new every time."""

ANY = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
USUAL = st.sampled_from(
    ["", "Müller", "naïve", "“so”", "5 €", "1,5", "a;b", 'say "no"', "x\ny", "31.12.2026", "007",
     "a@b.example", "=1+1", "it’s", "Über – alles", "tab\there", "a|b", " blank ", "null", "0"]
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252")


@st.composite
def tables(draw):
    """A table, its names first, and a way to write it."""
    width, height = draw(st.integers(2, 5)), draw(st.integers(1, 12))
    encoding = draw(st.sampled_from(ENCODINGS))
    cells = USUAL if encoding in ("cp1252", "utf-16-be") else st.one_of(ANY, USUAL)
    row = st.lists(cells, min_size=width, max_size=width)
    rows = draw(st.lists(row, min_size=height, max_size=height))
    names = [f"name {letter}" for letter in "abcde"[:width]]
    way = {
        "encoding": encoding,
        "delimiter": draw(st.sampled_from(",;\t|")),
        "lineterminator": draw(st.sampled_from(["\n", "\r\n", "\r"])),
        "quoting": draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        "titles": draw(st.integers(0, 2)),
        "spare": draw(st.booleans()),
        "packed": draw(st.booleans()),
    }
    return [names, *rows], way


def written(table, way):
    """The bytes of a table that is written this way."""
    out = io.StringIO(newline="")
    dialect = {name: way[name] for name in ("delimiter", "lineterminator", "quoting")}
    if any(end in cell for row in table for cell in row for end in "\r\n"):
        dialect["quoting"] = csv.QUOTE_ALL  # else Python writes some of them bare, as a line end
    writer = csv.writer(out, **dialect)
    for number in range(way["titles"]):
        title = way["delimiter"].join([f"Report {number}", *[""] * (len(table[0]) - 1)])
        out.write(title + way["delimiter"] * way["spare"] + way["lineterminator"])
    for row in table:
        writer.writerow([*row, ""] if way["spare"] else row)
    content = out.getvalue().encode(way["encoding"])
    return gzip.compress(content) if way["packed"] else content


def read(content, name):
    """What the intake makes of a file: names, rows as they were written, repairs."""
    with tempfile.TemporaryDirectory() as folder, Loader(Path(folder)) as loader:
        file = Path(folder) / "given"
        file.write_bytes(content)
        one = staging.staged(loader, file, name, Path(folder), 0)
        listed = ", ".join(one.cell(column) for column in one.names)
        rows = loader.run(f"SELECT {listed} FROM {one.view}")
        assert one.rows == len(rows)
        return [list(one.names), *([cell or "" for cell in row] for row in rows)], one.repairs


@settings(
    max_examples=2_000 if FULL else 80,
    derandomize=not FULL,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(tables())
def test_a_table_in_any_dialect_reads_back_equal(drawn):
    table, way = drawn

    found, repairs = read(written(table, way), "people.csv.gz" if way["packed"] else "people.csv")

    assert found == table
    assert any("above the header" in told for told in repairs) == bool(way["titles"])
    assert any("without a name was left out" in told for told in repairs) == way["spare"]


@settings(max_examples=500 if FULL else 40, derandomize=not FULL, deadline=None)
@given(tables())
def test_a_table_in_lines_of_json_reads_back_equal(drawn):
    table, _ = drawn
    lines = [json.dumps(dict(zip(table[0], row, strict=True))) for row in table[1:]]

    found, _ = read("\n".join(lines).encode(), "people.jsonl")

    assert found == table
