"""Workbooks, tables of objects and locked files as programs write them are read, or refused."""

from __future__ import annotations

import io
import zipfile

import duckdb
import pytest

from checks.intake import staging
from checks.intake.loader import Loader
from checks.refusal import Refused

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
DAYS = (
    f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    "</styleSheet>"
)
"""Two styles: the second is that of a day."""
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_000)
"""How a workbook begins that has a password, whatever its name says."""


def book(rows, *, since_1904=False, merged=""):
    """A workbook of one sheet, its days counted from 1900 or 1904."""
    properties = f'<workbookPr date1904="{int(since_1904)}"/>'
    merged = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    related = "".join(
        f'<Relationship Id="r{n}" Type="{KIND}/{kind}" Target="{to}"/>'
        for n, (kind, to) in enumerate(
            [("worksheet", "worksheets/a.xml"), ("styles", "styles.xml")]
        )
    )
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="r" '
        f'Type="{KIND}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{KIND}">{properties}<sheets>'
        '<sheet name="People" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELS}">{related}</Relationships>',
        "xl/styles.xml": DAYS,
        "xl/worksheets/a.xml": f'<worksheet xmlns="{MAIN}"><sheetData>'
        + "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
        + f"</sheetData>{merged}</worksheet>",
    }
    return packed(parts)


def cell(value):
    if value is None:
        return "<c/>"
    if isinstance(value, int):
        return f'<c s="1"><v>{value}</v></c>'
    return f'<c t="inlineStr"><is><t>{value}</t></is></c>'


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return out.getvalue()


@pytest.fixture
def read(tmp_path):
    """The names, the rows and the repairs of a file."""

    def take(name, content):
        file = tmp_path / name
        if content is not None:
            file.write_bytes(content)
        with Loader(tmp_path) as loader:
            [one] = staging.parts(loader, file, name, tmp_path, 0)
            listed = ", ".join(one.cell(column) for column in one.names)
            return list(one.names), loader.run(f"SELECT {listed} FROM {one.view}"), one.repairs

    return take


@pytest.mark.parametrize(("since_1904", "day"), [(False, "2024-02-29"), (True, "2028-03-01")])
def test_days_of_a_workbook_are_counted_from_where_it_says(read, since_1904, day):
    rows = [("id", "given"), ("a1", 45_351), ("a2", 45_351)]

    _, found, _ = read("p.xlsx", book(rows, since_1904=since_1904))

    assert found == [("a1", day), ("a2", day)]


def test_a_title_over_merged_cells_is_left_out_and_told(read):
    rows = [("Customers of May", None, None), ("id", "on", "city"), ("a1", "true", "Ulm")]

    names, found, repairs = read("p.xlsx", book(rows, merged="A1:C1"))

    assert names == ["id", "on", "city"]
    assert found == [("a1", "true", "Ulm")]
    assert any("1 row above the header was left out" in told for told in repairs)


def test_what_is_merged_over_rows_stands_in_the_first_of_them_only(read):
    rows = [("id", "city"), ("a1", "Ulm"), ("a2", None), ("a3", "Bonn")]

    _, found, repairs = read("p.xlsx", book(rows, merged="B2:B3"))

    assert found == [("a1", "Ulm"), ("a2", None), ("a3", "Bonn")]
    assert repairs == ("1 cell stands over several rows: only the first of them has its value.",)


def test_parquet_with_lists_and_objects_keeps_its_plain_columns_and_tells(read, tmp_path):
    with duckdb.connect() as connection:
        connection.execute(
            "COPY (SELECT 'a' || n AS id, n AS born, {'city': 'Ulm', 'zip': n} AS home, "
            "[n, n + 1] AS seen, MAP {'k': n} AS more FROM range(3) AS t(n)) "
            f"TO '{tmp_path / 'p.parquet'}'"
        )

    names, found, repairs = read("p.parquet", None)

    assert names == ["id", "born", "home", "seen", "more"]
    assert found == [(f"a{n}", str(n), None, None, None) for n in range(3)]
    assert repairs == ('Lists and objects were not read: "home", "seen", "more".',)


def locked():
    """A packed file whose member says that it has a password."""
    content = bytearray(packed({"people.csv": "id,on\na1,true\n"}))
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(sign) + flags] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        pytest.param("p.zip", locked(), "It has a password. Pack it again without one.", id="zip"),
        pytest.param("p.xlsx", OLD_WORKBOOK, "It has a password, or is an old", id="xlsx"),
        pytest.param("p.xls", OLD_WORKBOOK, "Save it as one of: .csv", id="old workbook"),
        pytest.param("p.ods", packed({"content.xml": "<x/>"}), "Save it as one of: .csv", id="ods"),
        pytest.param("p.json", b'[{"id": "a1"}]', "Save it as one of: .csv", id="JSON"),
        pytest.param("p.jsonl", b'[{"id": "a1"}]', "line 1: It is a list of objects", id="array"),
    ],
)
def test_what_is_locked_or_of_another_kind_is_refused_with_a_cure(read, name, content, told):
    with pytest.raises(Refused) as refused:
        read(name, content)

    assert told in str(refused.value)
