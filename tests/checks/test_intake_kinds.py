"""Kinds of files that people bring: each is read as it is, or refused with its cure."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest

from checks.audience import Audience
from checks.campaign import Campaign
from checks.drafts.drafting import campaign as drafted
from checks.intake import staging, take_in
from checks.intake.loader import Loader
from checks.intake.propose import propose
from checks.intake.survey import survey
from checks.refusal import Refused
from tests.checks.test_propose import some_facts

HEAD = "id,on,gender,since\n"
ROWS = "".join(f"{n},true,{'fm'[n % 2]},2026-01-0{1 + n % 9}\n" for n in range(30))
TABLE = HEAD + ROWS


@pytest.fixture
def read(tmp_path):
    """How many rows a file has, its names, its first row, and what was repaired."""

    def take(name, content):
        file = tmp_path / "given"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        with Loader(tmp_path) as loader:
            [one] = staging.parts(loader, file, name, tmp_path, 0)
            listed = ", ".join(one.cell(column) for column in one.names)
            rows = loader.run(f"SELECT {listed} FROM {one.view}")
        return len(rows), one.names, rows[0] if rows else (), one.repairs

    return take


@pytest.fixture
def looked(tmp_path):
    def look(content, name="people.csv"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return {one.column: one for one in propose(survey(file, name))}

    return look


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TABLE.encode("utf-16-le"), id="UTF-16 without a mark"),
        pytest.param(TABLE.encode("utf-16-be"), id="UTF-16, the other way round"),
        pytest.param(TABLE.encode("utf-32"), id="UTF-32"),
        pytest.param("sep=;\n" + TABLE.replace(",", ";"), id="a line that names the delimiter"),
        pytest.param('"sep=;"\r\n' + TABLE.replace(",", ";"), id="the same in quotes"),
        pytest.param(TABLE.replace("\n", ",,,\n"), id="empty cells behind each row"),
        pytest.param(TABLE.replace(",", "~"), id="tildes"),
        pytest.param(TABLE.replace(",", "^"), id="carets"),
        pytest.param(TABLE.replace(",", "\x01"), id="the delimiter of Hive"),
        pytest.param(TABLE.replace("\n", "\r"), id="line ends of old Macs"),
        pytest.param("Report\nMade by X\n\nDay: 2026\nPage,1\n\n" + TABLE, id="a header in row 7"),
        pytest.param(HEAD + ROWS.replace("\n", "\n\n"), id="empty lines between"),
        pytest.param(ROWS.join([HEAD, "\n\n\n"]), id="empty lines below"),
    ],
)
def test_what_is_unusual_is_read_whole(read, content):
    rows, names, first, _ = read("people.csv", content)

    assert (rows, names) == (30, ("id", "on", "gender", "since"))
    assert first == ("0", "true", "f", "2026-01-01")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        pytest.param("p.csv", "<!DOCTYPE html><table>", "It is a web page or XML", id="a web page"),
        pytest.param("p.csv", '\n <?xml version="1.0"?>', "It is a web page or XML", id="XML"),
        pytest.param("p.jsonl", json.dumps([{"id": 1}]), "It is a list of objects", id="a list"),
        pytest.param("p.jsonl", '{\n "id": 1\n}', "not one sound JSON object", id="spread out"),
        pytest.param("p.json", "[]", 'end in ".json" cannot', id="JSON"),
        pytest.param("p.xls", b"\xd0\xcf\x11\xe0", 'end in ".xls" cannot', id="an old workbook"),
        pytest.param("p.ods", b"PK\x03\x04", 'end in ".ods" cannot', id="an open workbook"),
        pytest.param("p.zip.gz", gzip.compress(zipped(a__csv=TABLE)), "packed twice", id="twice"),
        pytest.param("p.zip", zipped(a__zip=zipped(b__csv=TABLE)), "packed twice", id="nested"),
        pytest.param("p.csv.gz", gzip.compress(TABLE.encode())[:-9], "cut short", id="cut"),
        pytest.param("p.csv", TABLE + "\0\0", "line 32: There is a null character", id="nulls"),
        pytest.param("p.csv", HEAD + "x" * 3_000_000, "longer than 1,000,000", id="a cell"),
        pytest.param("p.csv", ",".join(f"c{n}" for n in range(600)), "600 columns", id="columns"),
        pytest.param("p.csv", 'id,n\n1,"a \\"b\\" c"\n', "a quote in the middle", id="backslashes"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_place_and_cure(read, name, content, said):
    with pytest.raises(Refused) as refused:
        read(name, content)

    [problem] = refused.value.problems
    assert said in str(problem)
    assert problem.where.startswith(name.removesuffix(".gz"))
    assert problem.cure


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        pytest.param([f"$1,{n:03}.50" for n in range(30)], "like numbers", id="money"),
        pytest.param([f"{n}%" for n in range(30)], "like numbers", id="shares"),
        pytest.param([f"1'{n:03}.50" for n in range(30)], "like numbers", id="Swiss thousands"),
        pytest.param([f"1\u00a0{n:03},5" for n in range(30)], "like numbers", id="French ones"),
        pytest.param([f"{1 + n % 12}/{1 + n % 28}/26" for n in range(30)], "like days", id="short"),
        pytest.param([f"{1 + n % 28} Jan 2026" for n in range(30)], "like days", id="month names"),
        pytest.param(["4.91701E+11"] * 3, "3 rows hold numbers such as “4.91701E+11”", id="cut"),
    ],
)
def test_what_looks_like_days_or_numbers_and_stays_text_is_told(looked, cells, said):
    rows = "".join(f'{n},"{cell}"\n' for n, cell in enumerate(cells))
    found = looked(f"id,balance\n{rows}")["balance"]

    assert any(said in doubt for doubt in found.doubts)
    assert not found.sure


def test_plain_numbers_days_and_words_leave_no_doubt(looked):
    rows = "".join(f"{n},{n}.5,2026-01-{1 + n % 28:02},may {n}\n" for n in range(30))
    found = looked(f"id,balance,since,note\n{rows}")

    assert not any(one.doubts for one in found.values())


COUNTS = "group,shown,bought\nf,200,20\nm,300,45\n(all),500,65\n"


def test_rows_that_sum_up_others_are_asked_about(looked):
    found = looked(COUNTS)["group"]

    assert found.totals == ("(all)",)
    assert "1 row seems to sum up others: “(all)”." in found.doubts[0]
    assert not found.sure


def test_a_word_of_most_rows_sums_up_nothing(looked):
    assert looked("id,kind\n1,total\n2,total\n3,part\n")["kind"].totals == ()


def test_what_a_person_called_a_total_is_left_out_and_counted(tmp_path, policy):
    (tmp_path / "counts.csv").write_text(COUNTS, encoding="utf-8")
    columns = propose(survey(tmp_path / "counts.csv", "counts.csv"))
    told = drafted(columns, some_facts(totals={"group": ["(all)"]}, channels={}), "counts.csv")
    told["people"] |= {"weight": "shown", "targeted": {"count": "bought"}}
    told["people"]["attributes"] = {"group": "group"}
    campaign = Campaign.model_validate(told)

    snapshot = take_in(campaign, tmp_path, tmp_path / "home")
    audience = Audience.open(snapshot.folder, campaign, policy)

    assert (audience.people, audience.targeted) == (500, 65)
    [source] = snapshot.record.sources
    assert source.rows == 2
    assert "1 row was left out, as a person said: it sums up others." in source.repairs


def test_a_total_below_people_is_no_person(tmp_path, a_campaign):
    (tmp_path / "people.csv").write_text(TABLE + "Total,30,,\n", encoding="utf-8")
    people = {"file": "people.csv", "key": "id", "targeted": "on"}
    plain = a_campaign(people=people)
    told = a_campaign(people={**people, "totals": {"id": ["Total"]}})

    rows = [
        take_in(one, tmp_path, tmp_path / "home").record.tables["people"].rows
        for one in (plain, told)
    ]
    assert rows == [31, 30]


def test_totals_of_a_column_that_is_not_there_are_refused(tmp_path, a_campaign):
    (tmp_path / "people.csv").write_text(TABLE, encoding="utf-8")
    people = {"file": "people.csv", "key": "id", "totals": {"nobody": ["x"]}}

    with pytest.raises(Refused, match="people file has no such column"):
        take_in(a_campaign(people=people), tmp_path, tmp_path / "home")
