"""People come as workbooks, JSON Lines, packed files and folders; each is read whole or refused."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import zipfile

import duckdb
import pytest

from checks.intake import limits, take_in
from checks.refusal import Refused

PEOPLE = "id,gender,born\na1,f,1980\na2,m,1990\na3,,1975\n"
ROWS = [("a1", "f", "1980"), ("a2", "m", "1990"), ("a3", None, "1975")]


@pytest.fixture
def taken(tmp_path, a_campaign):
    """The rows of a file of this content, as words, and what was repaired."""

    def take(name, content=None, file=None, words=("id", "gender", "born")):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        people = {"file": file or name, "quasi_identifiers": list(words)}
        snapshot = take_in(a_campaign(people=people), tmp_path, tmp_path / "home")
        table = snapshot.record.tables["people"]
        with duckdb.connect() as connection:
            parquet = str(snapshot.folder / table.file)
            found = connection.execute("FROM read_parquet($f)", {"f": parquet}).fetchall()
        dictionaries = [column.dictionary for column in table.columns]
        rows = [
            tuple(
                cell if cell is None else words[cell] if words else str(cell)
                for cell, words in zip(row, dictionaries, strict=True)
            )
            for row in found
        ]
        return rows, tuple(told for one in snapshot.record.sources for told in one.repairs)

    return take


@pytest.fixture
def refusal(taken):
    """The problems of a file, as sentences."""

    def take(*told, **more):
        with pytest.raises(Refused) as refused:
            taken(*told, **more)
        return [str(problem) for problem in refused.value.problems]

    return take


def zipped(**members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in members.items():
            opened.writestr(name.replace("__", "."), content)
    return packed.getvalue()


def workbook(**sheets):
    """A workbook as the smallest of its programs would write it."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, 1)
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    related = "".join(
        f'<Relationship Id="r{n}" Type="{kind}/worksheet" Target="worksheets/s{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}"/>',
        "_rels/.rels": f'<Relationships xmlns="{rels}"><Relationship Id="r1" '
        f'Type="{kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets>{listed}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{rels}">{related}</Relationships>',
    }
    for number, rows in enumerate(sheets.values(), 1):
        body = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
        parts[f"xl/worksheets/s{number}.xml"] = (
            f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>'
        )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return packed.getvalue()


def cell(value):
    if value is None:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    if isinstance(value, str) and value.startswith("="):  # a formula whose result was not stored
        return f"<c><f>{value[1:]}</f><v></v></c>"
    if isinstance(value, dt.date):
        return f'<c t="d"><v>{value.isoformat()}</v></c>'
    return f'<c t="inlineStr"><is><t>{value}</t></is></c>'


SHEET = [("id", "gender", "born"), ("a1", "f", 1980), ("a2", "m", 1990), ("a3", None, 1975)]


def test_json_lines_are_read_whatever_the_order_of_their_names(taken):
    lines = (
        '{"id": "a1", "gender": "f", "born": 1980}\n\n{"born": 1990, "id": "a2", "gender": "m"}\n'
    )

    rows, repairs = taken("p.jsonl", (lines + '{"id": "a3", "born": 1975}').encode())

    assert rows == ROWS
    assert repairs == ("1 of 3 lines lack some of the names: those cells are empty.",)


def test_json_keeps_words_as_they_are(taken):
    one = {"id": 'a"1,\nb', "gender": True, "born": [{"x": 1}]}

    rows, repairs = taken("p.ndjson", json.dumps(one).encode())

    assert rows == [('a"1,\nb', "True", '[{"x": 1}]')]
    assert repairs == ('The values of "born" are lists or objects: they were kept as text.',)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        pytest.param(b'{"id": 1, "id": 2}', "not one sound JSON object", id="a name twice"),
        pytest.param(b"[1, 2]", "a list of objects", id="a list"),
        pytest.param(b'{"id": NaN}', "not one sound JSON object", id="not a number"),
        pytest.param(b'{"id": 1} {"id": 2}', "not one sound JSON object", id="two on a line"),
        pytest.param(b'{"id": "\xff"}', "not UTF-8", id="another alphabet"),
        pytest.param(b'{"id": "\\ud800"}', "half a letter", id="half a letter"),
        pytest.param(b'{"id": "a\\u0000"}', "null character", id="a null character"),
        pytest.param(b'{"id": ' + b"[" * 100_000, "not one sound JSON object", id="very deep"),
    ],
)
def test_a_line_that_is_no_sound_object_is_refused_with_its_number(refusal, line, sentence):
    [told] = refusal("p.jsonl", b'{"id": "a0"}\n' + line + b"\n", words=["id"])

    assert told.startswith("p.jsonl, line 2: ")
    assert sentence in told


def test_a_workbook_with_one_filled_sheet_is_read(taken):
    assert taken("p.xlsx", workbook(Notes=[], People=SHEET)) == (ROWS, ())


def test_a_title_and_empty_rows_of_a_sheet_are_told(taken):
    rows, repairs = taken("p.xlsx", workbook(S=[("Spring",), (), *SHEET, (None, None, None)]))

    assert rows == ROWS
    assert repairs[0] == "1 row above the header was left out."


def test_the_sheet_with_people_is_taken_and_the_others_are_told(taken):
    other = [("month", "spend"), ("May", 5)]

    rows, repairs = taken("p.xlsx", workbook(Spend=other, List=SHEET))

    assert rows == ROWS
    assert repairs == ('The sheet "List" was read; 1 sheet was left out: "Spend".',)


def test_formulas_without_their_results_are_told(taken):
    rows, repairs = taken("p.xlsx", workbook(S=[*SHEET, ("a4", "=A1", "=2000+1")]))

    assert rows[-1] == ("a4", None, None)
    assert repairs == ("2 cells have a formula without its result, and are read as empty.",)


def test_two_sheets_of_people_are_asked_about_and_one_can_be_named(taken, refusal):
    content = workbook(March=SHEET, April=[SHEET[0], ("b1", "m", 1999)])

    [told] = refusal("p.xlsx", content)
    rows, _ = taken("p.xlsx", content, file="p.xlsx#April")

    assert 'It has 2 sheets that could hold the people: "March", "April".' in told
    assert "“p.xlsx#March”" in told
    assert rows == [("b1", "m", "1999")]
    assert 'no sheet "May"' in refusal("p.xlsx", content, file="p.xlsx#May")[0]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("p.csv.gz", gzip.compress(PEOPLE.encode()), id="gzip"),
        pytest.param("p.csv.GZ", gzip.compress(PEOPLE.encode()), id="gzip in capitals"),
        pytest.param("p.zip", zipped(march__csv=PEOPLE), id="zip"),
        pytest.param(
            "p.zip", zipped(a__csv=PEOPLE[:25], b__csv="id,gender,born\n" + PEOPLE[25:]),
            id="several in a zip",
        ),
        pytest.param(
            "p.jsonl.gz",
            gzip.compress(
                b"\n".join(
                    json.dumps(dict(zip(("id", "gender", "born"), row, strict=True))).encode()
                    for row in ROWS
                )
            ),
            id="packed lines",
        ),
        pytest.param("p.zip", zipped(p__xlsx=workbook(People=SHEET)), id="a packed workbook"),
    ],
)  # fmt: skip
def test_packed_files_are_read_as_what_is_inside(taken, name, content):
    assert taken(name, content) == (ROWS, ())


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        pytest.param("p.csv.gz", gzip.compress(b"0" * 60_000_000), "times larger", id="gzip bomb"),
        pytest.param("p.zip", zipped(a__csv=b"0" * 60_000_000), "times larger", id="zip bomb"),
        pytest.param("p.csv.gz", gzip.compress(PEOPLE.encode())[:30], "damaged", id="cut short"),
        pytest.param("p.csv.gz", PEOPLE.encode(), "damaged", id="not packed"),
        pytest.param("p.zip", zipped(), "no file in it", id="empty"),
        pytest.param("p.zip", zipped(**{"../p__csv": PEOPLE}), "points to a place", id="way out"),
        pytest.param("p.zip", zipped(p__doc=PEOPLE), "cannot be read", id="another kind"),
        pytest.param("p.zip", zipped(p__zip=zipped()), "packed twice", id="packed twice"),
        pytest.param(
            "p.zip", zipped(a__csv=PEOPLE, b__csv="id,gender,born\na,b\n"), "b.csv", id="one of two"
        ),
        pytest.param("p.xlsx", PEOPLE.encode(), "cannot be read as a workbook", id="no workbook"),
        pytest.param("p.xlsx", zipped(a__csv=PEOPLE), "cannot be read as a workbook", id="a zip"),
        pytest.param(
            "p.xlsx", workbook(S=[("0" * 100,)] * 400_000), "times larger", id="xlsx bomb"
        ),
        pytest.param("p.xlsx", workbook(S=[]), "It is empty", id="empty workbook"),
    ],
)
def test_what_cannot_be_unpacked_is_refused(refusal, name, content, sentence):
    [told] = refusal(name, content)

    assert sentence in told
    assert told.startswith("p.")


def test_a_sheet_that_needs_too_much_memory_costs_a_message(refusal, monkeypatch):
    monkeypatch.setattr(limits, "MOST_WORKBOOK_MEMORY", 60_000_000)

    [told] = refusal("p.xlsx", workbook(S=[SHEET[0]] + [(f"a{n}", "f", n) for n in range(200_000)]))

    assert "cannot be read as a workbook" in told


def test_too_many_files_are_refused_with_the_limit_and_how_to_raise_it(refusal, monkeypatch):
    monkeypatch.setattr(limits, "MOST_PARTS", 1)

    [told] = refusal("p.zip", zipped(a__csv=PEOPLE, b__csv=PEOPLE))

    assert told == (
        "p.zip: It has more than 1 files in it. "
        "Split it, and name all the parts. Or raise MOST_PARTS in checks/intake/limits.py."
    )


def test_a_folder_is_one_table(taken, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_text(PEOPLE)
    (tmp_path / "in" / "b.csv.gz").write_bytes(gzip.compress(b"born;id;gender\n1999;b1;m\n"))
    (tmp_path / "in" / ".hidden").write_text("x")

    rows, _ = taken("in", file="in")

    assert rows == [*ROWS, ("b1", "m", "1999")]


def test_a_file_without_a_header_is_refused_unless_one_says_so(taken, refusal):
    content = b"1,a1,5.5\n2,a2,7.5\n3,a3,9.5\n"

    [told] = refusal("p.csv", content)
    rows, repairs = taken("p.csv", content, "p.csv#no header", ["column 1", "column 2"])

    assert "The first line holds values like the rows below it in 2 columns." in told
    assert "“p.csv#no header”" in told
    assert rows == [("1", "a1"), ("2", "a2"), ("3", "a3")]
    assert "It has no header" in repairs[0]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        pytest.param("utf-16", "begins with the mark of UTF-16", id="UTF-16"),
        pytest.param("utf-16-be", "every other byte of it is null", id="UTF-16 without a mark"),
        pytest.param("cp1252", "cp1252 (Western European), because", id="Western European"),
    ],
)
def test_another_alphabet_is_read_and_told(taken, encoding, said):
    content = "id,gender,born\nMüller,“f”,1980\nFrançois – X,m,1990\n".encode(encoding)

    rows, repairs = taken("p.csv", content)

    assert rows == [("Müller", "“f”", "1980"), ("François – X", "m", "1990")]
    assert said in repairs[0]


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        pytest.param("cp1251", ["Иван", "Мария", "Казань", "Москва"], id="Cyrillic"),
        pytest.param("cp1250", ["Paweł", "Łódź", "Žižka", "Příbram"], id="Central European"),
        pytest.param("cp932", ["田中太郎", "鈴木一郎", "東京都", "大阪府"], id="Japanese"),
    ],
)
def test_letters_of_other_countries_are_told_by_what_they_spell(taken, encoding, words):
    content = "id\n" + "".join(f"{word}\n" for word in words)

    rows, repairs = taken("p.csv", content.encode(encoding), words=["id"])

    assert [row[0] for row in rows] == words
    assert encoding in repairs[0]


@pytest.mark.parametrize(
    ("content", "repair"),
    [
        pytest.param("Report of May\n\n" + PEOPLE, "1 row above the header", id="title"),
        pytest.param("Report,,\nof May,,\n" + PEOPLE, "2 rows above the header", id="titles"),
        pytest.param(PEOPLE.replace("\n", ",\n"), "1 empty column", id="delimiters at the ends"),
        pytest.param(
            PEOPLE.replace("\n", ",\n").replace("born,", "born"), "1 empty column", id="of rows"
        ),
    ],
)
def test_what_stands_around_a_table_is_left_out_and_told(taken, content, repair):
    rows, [told] = taken("p.csv", content.encode())

    assert rows == ROWS
    assert told.startswith(repair)


def test_columns_without_a_name_or_with_the_same_name_are_told_apart(taken):
    content = b"id,,x,x\na1,f,1,2\n"

    rows, repairs = taken("p.csv", content, words=["column 2", "x (1)", "x (2)"])

    assert rows == [("f", "1", "2")]
    assert len(repairs) == 2


def test_names_in_two_lines_are_joined_and_told(taken):
    content = b"who,,when,\nid,gender,born,since\na1,f,1980,2\na2,m,1990,3\na3,,1975,4\n"

    rows, repairs = taken("p.csv", content, words=["who id", "who gender", "when born"])

    assert rows == ROWS
    assert repairs == ("The names of the columns stand in two lines: they were joined.",)


def test_rows_that_begin_with_a_name_of_their_own_are_read_as_r_writes_them(taken):
    content = b'"id","gender"\n"1","a1","f"\n"2","a2","m"\n'

    rows, repairs = taken("p.csv", content, words=["column 1", "id", "gender"])

    assert rows == [("1", "a1", "f"), ("2", "a2", "m")]
    assert repairs == (
        "Rows have one cell more than the header: the first is the name of the row.",
        "Column 1 has no name: it is called “column 1”.",
    )


def test_lines_that_take_too_long_are_refused_with_the_limit(refusal, monkeypatch):
    monkeypatch.setattr("checks.intake.json_lines.limits.MOST_SECONDS", -1)
    monkeypatch.setattr("checks.intake.json_lines._OFTEN", 2)

    [told] = refusal("p.jsonl", b'{"id": 1}\n' * 3, words=["id"])

    assert told.endswith("Or raise MOST_SECONDS in checks/intake/limits.py.")
