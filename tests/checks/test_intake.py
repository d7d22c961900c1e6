"""People files become one snapshot, whole, or are refused with place and cure."""

from __future__ import annotations

import json
from datetime import date, datetime

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from checks.intake import take_in
from checks.intake.snapshot import Snapshot
from checks.intake.workroom import workroom
from checks.refusal import Refused

PEOPLE = "id,on,gender,born\na1,true,f,1980\na2,false,m,1990\na3,true,,1975\n"
NAMED = {
    "people": {
        "file": "people.csv",
        "key": "id",
        "targeted": "on",
        "attributes": {"gender": "gender", "age": {"column": "born", "as": "birth_year"}},
    }
}


at = datetime.fromisoformat


@pytest.fixture
def taken(tmp_path, a_campaign):
    """Write files and take them in: ``taken({"people.csv": "…"}, people={…})``."""

    def take(files, **sections):
        for name, content in files.items():
            file = tmp_path / name
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return take_in(a_campaign(**{**NAMED, **sections}), tmp_path, tmp_path / "home")

    return take


@pytest.fixture
def refusal(taken):
    """The problems of files, each as one sentence."""

    def take(files, **sections):
        with pytest.raises(Refused) as refused:
            taken(files, **sections)
        return [str(problem) for problem in refused.value.problems]

    return take


@pytest.fixture
def typed(taken):
    """How one column is stored: its type, and its values as they were or as they are read."""

    def take(*values, missing=("", "unknown", "n/a"), time_zone="UTC"):
        people = {"file": "people.csv", "missing": list(missing), "attributes": {"x": "x"}}
        rows = "".join(f'r,"{value}"\n' for value in values)
        snapshot = taken({"people.csv": f"other,x\n{rows}"}, people=people, time_zone=time_zone)
        [column] = snapshot.record.tables["people"].columns
        found = [row[0] for row in stored(snapshot)]
        words = column.dictionary
        return column.type, [
            words[one] if words is not None and one is not None else one for one in found
        ]

    return take


def stored(snapshot, role="people"):
    file = snapshot.folder / snapshot.record.tables[role].file
    with duckdb.connect() as connection:
        return connection.execute("FROM read_parquet($file)", {"file": str(file)}).fetchall()


def test_a_file_is_stored_row_for_row_in_columns_of_their_type(taken):
    snapshot = taken({"people.csv": PEOPLE})

    table = snapshot.record.tables["people"]
    assert [(one.name, one.stored, one.type, one.dictionary) for one in table.columns] == [
        ("id", "c0", "text", ("a1", "a2", "a3")),
        ("on", "c1", "bool", None),
        ("gender", "c2", "text", ("f", "m")),
        ("born", "c3", "integer", None),
    ]
    assert stored(snapshot) == [(0, True, 0, 1980), (1, False, 1, 1990), (2, True, None, 1975)]
    assert table.rows == 3


def test_the_record_says_what_was_read(taken):
    snapshot = taken({"people.csv": PEOPLE.replace(",f,", ", f ,") + "\n\n"})

    [source] = snapshot.record.sources
    assert (source.role, source.name, source.rows) == ("people", "people.csv", 3)
    assert source.columns == ("id", "on", "gender", "born")
    assert source.repairs == (
        "2 empty lines were left out.",
        'Blanks around 1 value of "gender" was taken off.',
    )


def test_only_named_columns_are_stored_and_all_are_listed(taken):
    snapshot = taken({"people.csv": "id,secret\na1,canary\n"}, people={"file": "people.csv"})

    assert snapshot.record.tables["people"].columns == ()
    assert snapshot.record.sources[0].columns == ("id", "secret")
    assert not any(b"canary" in file.read_bytes() for file in snapshot.folder.iterdir())


@pytest.mark.parametrize(
    ("values", "type_", "read"),
    [
        pytest.param(["1", "-2", ""], "integer", [1, -2, None], id="whole numbers"),
        pytest.param(["1", "unknown", "N/A"], "integer", [1, None, None], id="missing words"),
        pytest.param(["01067", "10115"], "text", ["01067", "10115"], id="a postcode is no number"),
        pytest.param(["+49301", "+49302"], "text", ["+49301", "+49302"], id="a phone number"),
        pytest.param(["1.5", "2", ".5"], "number", [1.5, 2.0, 0.5], id="numbers"),
        pytest.param(["1e-05", "2.5E+3"], "number", [1e-05, 2500.0], id="numbers with exponents"),
        pytest.param(["1e5", "12"], "text", ["1e5", "12"], id="a code is no number"),
        pytest.param(["1", "nan"], "text", ["1", "nan"], id="nan is no number"),
        pytest.param(["1.0e400", "1"], "text", ["1.0e400", "1"], id="nor is infinity"),
        pytest.param(["1" * 22], "text", ["1" * 22], id="a long id keeps every digit"),
        pytest.param(["True", "false", ""], "bool", [True, False, None], id="true and false"),
        pytest.param(["yes", "no"], "text", ["yes", "no"], id="yes and no stay words"),
        pytest.param(["1", "0"], "integer", [1, 0], id="1 and 0 stay numbers"),
        pytest.param(["true", "maybe"], "text", ["true", "maybe"], id="one other word"),
        pytest.param(["2026-02-28", ""], "day", [date(2026, 2, 28), None], id="days"),
        pytest.param(["2026-02-30"], "text", ["2026-02-30"], id="a day that does not exist"),
        pytest.param(
            ["2026-02-28", "2026-02-28T10:00:00Z"],
            "time",
            [at("2026-02-28"), at("2026-02-28T10:00")],
            id="days and times",
        ),
        pytest.param(["01/02/2026"], "text", ["01/02/2026"], id="day or month first, who knows"),
        pytest.param(["", "unknown"], "text", [None, "unknown"], id="nothing known"),
        pytest.param(["", ""], "text", [None, None], id="nothing at all"),
        pytest.param(["  ", "a "], "text", [None, "a"], id="blanks"),
    ],
)
def test_a_type_is_given_only_where_every_known_value_has_it(typed, values, type_, read):
    assert typed(*values) == (type_, read)


def test_times_without_a_zone_are_the_campaigns(typed):
    values = ["2026-07-01 12:00", "2026-07-01T12:00:00+05:30", "2026-01-01 12:00:00"]

    assert typed(*values, time_zone="Europe/Berlin") == (
        "time",
        [at("2026-07-01T10:00"), at("2026-07-01T06:30"), at("2026-01-01T11:00")],
    )


def test_keys_and_statuses_are_always_words(taken):
    email = {"basis": "consent", "permission": {"status": "ok", "wording": "text"}}
    people = {"file": "people.csv", "key": "id"}

    snapshot = taken(
        {"people.csv": "id,ok,text\n1,1,1.10\n2,0,1.1\n"}, people=people, channels={"email": email}
    )

    columns = snapshot.record.tables["people"].columns
    assert [column.dictionary for column in columns] == [("1", "2"), ("0", "1"), ("1.1", "1.10")]


def test_text_with_very_many_values_is_stored_as_it_is(taken, monkeypatch):
    monkeypatch.setattr("checks.intake.limits.MOST_WORDS", 2)

    snapshot = taken({"people.csv": PEOPLE})

    key, _, gender, born = snapshot.record.tables["people"].columns
    assert (key.type, key.dictionary) == ("text", None)
    assert gender.dictionary == ("f", "m")
    assert born.type == "integer"
    assert [row[0] for row in stored(snapshot)] == ["a1", "a2", "a3"]


def test_many_values_are_all_looked_at_before_a_type_is_given(taken, monkeypatch):
    monkeypatch.setattr("checks.intake.limits.MOST_WORDS", 2)

    snapshot = taken(
        {
            "people.csv": "id,on,gender,born\n"
            + "".join(f"a{n},true,f,{'late' if n == 90 else n}\n" for n in range(100))
        }
    )

    assert snapshot.record.tables["people"].columns[3].type == "text"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_in_the_header(taken, delimiter):
    snapshot = taken({"people.csv": PEOPLE.replace(",", delimiter)})

    assert len(stored(snapshot)) == 3


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(PEOPLE.replace("\n", "\r\n"), id="return and line feed"),
        pytest.param(PEOPLE.replace("\n", "\r"), id="return only"),
        pytest.param(PEOPLE.replace("1980\n", "1980\r\n"), id="both kinds"),
        pytest.param("\ufeff" + PEOPLE, id="a mark in front"),
        pytest.param(PEOPLE.removesuffix("\n"), id="no end of the last line"),
        pytest.param(PEOPLE.replace("\n", "\n\n"), id="empty lines"),
        pytest.param(PEOPLE.replace("a1", '"a1"').replace("id,", '"id",'), id="quotes"),
    ],
)
def test_line_ends_marks_and_quotes_change_nothing(taken, content):
    snapshot = taken({"people.csv": content})

    assert stored(snapshot) == [(0, True, 0, 1980), (1, False, 1, 1990), (2, True, None, 1975)]


def test_quoted_cells_may_hold_anything(taken):
    cell = '=1+1,"said"\n<b>\'; DROP TABLE people; --'
    quoted = cell.replace('"', '""')
    header = 'a""b; DROP TABLE x --'

    snapshot = taken(
        {"people.csv": f'"{header}",n\n"{quoted}",1\n'},
        people={"file": "people.csv", "attributes": {"x": header.replace('""', '"')}},
    )

    assert snapshot.record.tables["people"].columns[0].dictionary == (cell,)


def test_side_files_are_taken_in_beside_the_people(taken):
    snapshot = taken(
        {"people.csv": PEOPLE, "no.csv": "id,since\na1,2026-01-01\n", "bare.tsv": "number\na2\n"},
        suppression={"file": "no.csv", "since": "since"},
        signals={"file": "bare.tsv"},
    )

    assert [source.role for source in snapshot.record.sources] == [
        "people", "suppression", "signals",
    ]  # fmt: skip
    assert stored(snapshot, "suppression") == [(0, date(2026, 1, 1))]
    assert snapshot.record.tables["signals"].columns[0].name == "number"


def test_an_empty_side_file_is_nobody(taken):
    snapshot = taken({"people.csv": PEOPLE, "no.csv": "id\n"}, suppression={"file": "no.csv"})

    assert snapshot.record.tables["suppression"].rows == 0


def test_many_files_are_one_table_whatever_the_order_of_their_columns(taken):
    people = {**NAMED["people"], "file": ["people.csv", "more.csv"]}

    snapshot = taken({"people.csv": PEOPLE, "more.csv": "born,gender,on,id\n1960,f,true,a4\n"},
                     people=people)  # fmt: skip

    assert [source.rows for source in snapshot.record.sources] == [3, 1]
    assert stored(snapshot)[-1] == (3, True, 0, 1960)


def test_parquet_gives_the_same_as_csv(taken, tmp_path):
    table = pa.table(
        {
            "id": ["a1", "a2", "a3"],
            "on": [True, False, True],
            "gender": ["f", "m", None],
            "born": [1980.0, 1990.0, None],
            "tags": [["x"], [], None],
        }
    )
    pq.write_table(table, tmp_path / "people.parquet")

    snapshot = taken({}, people={**NAMED["people"], "file": "people.parquet"})

    assert stored(snapshot) == [(0, True, 0, 1980), (1, False, 1, 1990), (2, True, None, None)]
    assert snapshot.record.sources[0].columns == ("id", "on", "gender", "born", "tags")


def test_the_id_follows_from_bytes_and_mapping_alone(taken):
    first = taken({"people.csv": PEOPLE})
    renamed = taken({"other.csv": PEOPLE}, people={**NAMED["people"], "file": "other.csv"})
    changed = taken({"people.csv": PEOPLE + "a4,true,f,1960\n"})
    mapped = taken({"people.csv": PEOPLE}, people={**NAMED["people"], "segment": "gender"})

    assert renamed.id == first.id
    assert len({first.id, changed.id, mapped.id}) == 3


def test_what_was_taken_in_is_not_read_again(taken):
    first = taken({"people.csv": PEOPLE})
    made = (first.folder / "snapshot.json").stat().st_mtime_ns

    again = taken({"people.csv": PEOPLE})

    assert again == first
    assert (again.folder / "snapshot.json").stat().st_mtime_ns == made
    assert [one.name for one in first.folder.parent.iterdir()] == [first.id]


def test_a_damaged_snapshot_is_refused_and_taken_in_anew(taken):
    first = taken({"people.csv": PEOPLE})
    (first.folder / "people.parquet").write_bytes(b"something else")

    with pytest.raises(Refused, match=r"people\.parquet is damaged or was changed"):
        Snapshot.load(first.folder)
    assert taken({"people.csv": PEOPLE}) == first


def test_a_campaign_may_name_its_snapshot(taken):
    first = taken({"people.csv": PEOPLE})
    people = {**NAMED["people"], "file": None, "snapshot": first.id}

    assert taken({}, people=people) == first


def test_side_files_may_come_from_the_snapshot_of_the_people(taken, refusal):
    first = taken({"people.csv": PEOPLE, "no.csv": "id\na1\n"}, suppression={"file": "no.csv"})
    people = {**NAMED["people"], "file": None, "snapshot": first.id}

    assert taken({}, people=people, suppression={"snapshot": first.id, "key": "id"}) == first
    assert refusal({}, people=people, suppression={"snapshot": "0" * 64}) == [
        (
            "campaign.yaml, suppression.snapshot: It names another snapshot than the people."
            " Name the same one."
        )
    ]
    assert refusal({}, people=people, suppression={"file": "no.csv"}) == [
        (
            "campaign.yaml, suppression.file: It names a file, and the people come from a snapshot."
            " Name files for both."
        )
    ]


def test_a_snapshot_that_lacks_a_column_or_is_gone_is_refused(taken, refusal):
    first = taken({"people.csv": PEOPLE})
    people = {**NAMED["people"], "file": None, "snapshot": first.id}

    assert refusal({}, people={**people, "segment": "gendr"}) == [
        'campaign.yaml, people.segment: The snapshot has no column "gendr". Did you mean "gender"?'
    ]
    assert "no longer here" in refusal({}, people={**people, "snapshot": "0" * 64})[0]
    assert "not the id" in refusal({}, people={**people, "snapshot": "../../x"})[0]


def test_every_misspelt_column_is_told_at_once_with_its_place(refusal):
    email = {"basis": "consent", "permission": {"status": "emial_status", "given": "email_at"}}

    told = refusal(
        {"people.csv": "id,on,gender,born,email_status\na1,true,f,1980,granted\n"},
        channels={"email": email},
    )

    where = "campaign.yaml, channels.email.permission"
    cure = 'Did you mean "email_status"?'
    assert told == [
        f'{where}.status: people.csv has no column "emial_status". {cure}',
        f'{where}.given: people.csv has no column "email_at". {cure}',
    ]


def test_a_declared_field_need_not_be_in_the_file(taken):
    fields = [{"name": "born"}, {"name": "shoe_size"}]

    snapshot = taken({"people.csv": PEOPLE}, fields=fields)

    assert "shoe_size" not in [one.name for one in snapshot.record.tables["people"].columns]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"", "people.csv: It is empty.", id="empty"),
        pytest.param(b"\n \n\n", "people.csv: It is empty.", id="empty lines only"),
        pytest.param(
            b"id,on,gender,born\n", "people.csv: It has a header and no people.", id="header only"
        ),
        pytest.param(
            b"1,2.5,-3\n4,5,6\n",
            "people.csv, line 1: The first line holds numbers, not the names of columns.",
            id="no header",
        ),
        pytest.param(
            PEOPLE.encode() * 2,
            "people.csv, row 4 below the header: 1 row repeats the header.",
            id="two files joined",
        ),
        pytest.param(
            b"id,on,gender,born\n,true,f,1980\n",
            'campaign.yaml, people.key: The column "id" is empty in every row.',
            id="no key at all",
        ),
        pytest.param(
            b"id,on,gender,born,on\na,b,c,d,e\n",
            'campaign.yaml, people.targeted: people.csv has no column "on".',
            id="a name twice",
        ),
        pytest.param(
            b"id,,gender,\na,b,c,d\n",
            "people.csv, header: There are 2 columns (2, 4) without a name.",
            id="columns without a name",
        ),
        pytest.param(
            PEOPLE.encode() + b"a4,true,f\na5,true,f,1,1\n",
            "people.csv: Only 3 of 5 rows could be read. Not these: line 5 has one cell too few;"
            " line 6 has one cell too many.",
            id="rows that do not fit",
        ),
        pytest.param(
            PEOPLE.encode() + b'a4,"true,1980\na5,true,f,1980\n',
            "people.csv, line 5: A quote is opened in the row that begins here, and never closed.",
            id="an open quote",
        ),
        pytest.param(
            PEOPLE.encode() + b'a4,t"r"ue,1980\n',
            "people.csv, line 5: There is a quote in the middle of a cell.",
            id="a stray quote",
        ),
        pytest.param(
            PEOPLE.encode() + b"a4,true,\xe9,1980\na5,true,\xc3\xa9,1980\n",
            "people.csv, line 5: There are letters in UTF-8 and in another alphabet, or damaged",
            id="two alphabets",
        ),
        pytest.param(
            PEOPLE.encode() + b"a4,true,\xed\xa0\x80,1980\n",
            "people.csv, line 5: There are letters in UTF-8 and in another alphabet, or damaged",
            id="half a letter",
        ),
        pytest.param(
            PEOPLE.encode() + b"a4,true,\0,1980\n",
            "people.csv, line 5: There is a null character",
            id="a null character",
        ),
        pytest.param(b"\x1f\x8b\x08\0", "people.csv: It is a packed file.", id="packed"),
        pytest.param(b"PK\x03\x04", "people.csv: It is a packed file or a workbook.", id="xlsx"),
        pytest.param(
            ",".join(f"c{n}" for n in range(10_000)).encode(),
            "people.csv: It has 10,000 columns; 512 can be read.",
            id="ten thousand columns",
        ),
        pytest.param(
            PEOPLE.encode() + b"a4,true," + b"x" * 40_000 + b",1980\n",
            "people.csv, line 5: A cell has more than 32,767 letters.",
            id="a very long cell",
        ),
        pytest.param(
            PEOPLE.encode() + b"a4," + b"x," * 600_000 + b"\n",
            "people.csv, line 5: A row that begins here or below is longer than 1,000,000 bytes.",
            id="a very long row",
        ),
    ],
)
def test_a_file_that_is_not_sound_is_refused(refusal, content, sentence):
    [told] = refusal({"people.csv": content})

    assert told.startswith(sentence)
    assert len(told) > len(sentence) + 10, "a refusal says what to do"


def test_nothing_is_left_of_what_was_refused(refusal, tmp_path):
    refusal({"people.csv": PEOPLE + "a4,true\n"})

    assert list((tmp_path / "home" / "snapshots").iterdir()) == []


def test_what_a_killed_process_left_is_taken_away_and_work_in_progress_is_not(taken, tmp_path):
    shelf = tmp_path / "home" / "snapshots"
    left = shelf / ".taking-left"
    left.mkdir(parents=True)
    (left / "raw.csv").write_text("canary")
    with workroom(shelf) as busy:
        taken({"people.csv": PEOPLE})

        assert busy.is_dir()
        assert not left.exists()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        pytest.param("poeple.csv", 'There is no file "poeple.csv". Did you mean', id="misspelt"),
        pytest.param("*.csv", 'There is no file "*.csv".', id="a pattern is a name"),
        pytest.param("../people.csv", '"../people.csv" leaves the folder', id="out of the folder"),
        pytest.param("/etc/hosts.csv", '"/etc/hosts.csv" leaves the folder', id="an absolute path"),
        pytest.param("link.csv", '"link.csv" is a link that leaves the folder', id="a link out"),
        pytest.param("people.xls", "Files that end in", id="another kind of file"),
        pytest.param("people", "Files without an ending cannot be read.", id="no ending"),
        pytest.param("folder.csv", 'There is no file "folder.csv".', id="a folder"),
        pytest.param("a\0b.csv", "leaves the folder", id="a null character"),
    ],
)
def test_a_file_is_found_by_its_name_only(refusal, tmp_path, name, sentence):
    outside = tmp_path.parent / f"{tmp_path.name}-outside.csv"
    outside.write_text(PEOPLE)
    (tmp_path / "link.csv").symlink_to(outside)
    (tmp_path / "folder.csv").mkdir()

    [told] = refusal({"people.csv": PEOPLE}, people={**NAMED["people"], "file": name})

    assert sentence in told


def test_a_name_like_a_pattern_is_only_a_name(taken):
    files = {"p*.csv": PEOPLE, "people.csv": "id,on,gender,born\nb,true,f,1\n"}

    snapshot = taken(files, people={**NAMED["people"], "file": "p*.csv"})

    assert snapshot.record.tables["people"].rows == 3


def test_every_missing_file_is_told_at_once(refusal):
    told = refusal({}, suppression={"file": "no.csv"}, contacts={"file": "c.csv", "at": "at"})

    assert [one.split(":")[0] for one in told] == [
        "campaign.yaml, people.file",
        "campaign.yaml, suppression.file",
        "campaign.yaml, contacts.file",
    ]


def test_a_spoiled_parquet_file_is_refused_without_its_content(refusal, tmp_path):
    pq.write_table(pa.table({"id": ["canary"] * 500}), tmp_path / "people.parquet")
    spoiled = bytearray((tmp_path / "people.parquet").read_bytes())
    spoiled[4:60] = b"\xff" * 56

    [told] = refusal(
        {"people.parquet": bytes(spoiled)}, people={"file": "people.parquet", "key": "id"}
    )

    assert told == "people.parquet: It cannot be read. Export it again, as CSV or Parquet."


def test_one_person_is_enough_to_be_taken_in(taken):
    assert len(stored(taken({"people.csv": PEOPLE.partition("a2")[0]}))) == 1


def test_the_record_is_the_agreed_form(taken):
    snapshot = taken({"people.csv": PEOPLE})

    written = json.loads((snapshot.folder / "snapshot.json").read_text())
    assert set(written) == {"version", "id", "sources", "tables"}
    assert set(written["sources"][0]) == {
        "role", "name", "sha256", "bytes", "rows", "columns", "repairs", "label",
        "left_out", "profiles",
    }  # fmt: skip
    assert set(written["tables"]["people"]) == {"rows", "file", "sha256", "columns"}
    assert set(written["tables"]["people"]["columns"][0]) == {
        "name", "stored", "type", "dictionary",
    }  # fmt: skip
