"""A large file is read where it lies and guessed from a sample; it is stored as a small one is."""

from __future__ import annotations

import duckdb
import pytest

from checks.intake import prescan, take_in
from checks.refusal import Refused
from checks.runs import watching

ROWS = 3_000
PLAIN = {
    "id": lambda n: f"k{n:05}",
    "on": lambda n: "true" if n % 3 else "False",
    "gender": lambda n: ("f", "m", "")[n % 3],
    "born": lambda n: str(1950 + n % 40),
    "balance": lambda n: f"{n * 7 % 2_999}.{n % 100:02}",
    "since": lambda n: f"2024-0{1 + n % 9}-1{n % 7}",
    "city": lambda n: f'"New, {n % 5}"' if n % 2 else f"Köln {n % 9}",
    "note": lambda n: '""' if n % 4 else f"note {n}",
}
LATE = {
    "nothing": {},
    "a word that no sample holds": {"gender": "x"},
    "a nought in front": {"born": "0199"},
    "a sign in front": {"born": "+1950"},
    "a nought below nought": {"born": "-0"},
    "more digits than are kept": {"born": "1234567890123456789"},
    "an exponent": {"born": "1e3"},
    "a short day": {"since": "2024-2-3"},
    "another type": {"born": "born late"},
    "a word for not known": {"born": "unknown"},
    "blanks around a key": {"id": " k99999 "},
    "a letter of another alphabet in front": {"id": "Ünique"},
    "a number that is none": {"balance": "1_000"},
    "a number in short": {"balance": "1e3"},
    "a number in short, in capitals": {"balance": "1E3"},
    "a number with a sign in front": {"balance": "+1.5"},
    "a number with a nought in front": {"balance": "01.5"},
    "a number of another base": {"balance": "0x1F"},
    "a number of too many digits": {"balance": "1234567890123456.5"},
    "a number below nought": {"balance": "-1.50"},
    "a page end behind a number": {"balance": "1.5\f"},
    "a blank behind a number": {"balance": "1.5 "},
    "a blank behind a key at the end of its piece": {"note": "note "},
    "a word with a quote in it": {"gender": "it's"},
    "a day that is none": {"since": "2024-02-31"},
    "a pair of quotes around blanks": {"gender": '"  "'},
    "a quote in quotes": {"city": '"a ""b"" c"'},
    "a decimal comma": {"balance": '"1,5"'},
}


def written(late, *, end="\n", last_end=True):
    rows = [[make(n) for make in PLAIN.values()] for n in range(ROWS)]
    for column, cell in late.items():
        rows[-2][list(PLAIN).index(column)] = cell
    text = end.join([",".join(PLAIN), *map(",".join, rows)])
    return f"{text}{end if last_end else ''}".encode()


@pytest.fixture
def taken(tmp_path, a_campaign, monkeypatch):
    """Take files in as large or as small ones: columns with their types, and all cells."""

    def take(*contents, large, **people):
        if large:
            monkeypatch.setattr(prescan, "_SAMPLE", 9_000)
            monkeypatch.setattr(prescan, "_PIECE", 8_192)
        else:
            monkeypatch.undo()
        names = [f"people{n}.csv" for n in range(len(contents))]
        for name, content in zip(names, contents, strict=True):
            tmp_path.joinpath(name).write_bytes(content)
        campaign = a_campaign(
            people={
                "file": names, "key": "id", "targeted": "on", "missing": ["unknown"],
                "attributes": {"gender": "gender", "born": "born"}, **people,
            },
            rules=[{"column": name, "at_least": 1, "because": "b"} for name in ("balance",)],
            fields=[{"name": name, "source": "crm"} for name in ("since", "city")],
        )  # fmt: skip
        return cells(take_in(campaign, tmp_path, tmp_path / f"home{large}"))

    return take


def cells(snapshot):
    table = snapshot.record.tables["people"]
    file = str(snapshot.folder / table.file)
    with duckdb.connect() as connection:
        rows = connection.execute("FROM read_parquet($file)", {"file": file}).fetchall()
    columns = zip(table.columns, zip(*rows, strict=True), strict=True)
    values = {
        column.name: (
            column.type,
            [column.dictionary[c] if c is not None else None for c in column_cells]
            if column.dictionary is not None
            else list(column_cells),
        )
        for column, column_cells in columns
    }
    return values, [source.repairs for source in snapshot.record.sources]


@pytest.mark.parametrize("late", LATE.values(), ids=LATE)
def test_what_no_sample_holds_is_stored_as_in_a_small_file(taken, late):
    small, large = (taken(written(late), large=size) for size in (False, True))

    assert large == small


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(written({}, end="\r\n"), id="windows line ends"),
        pytest.param(b"\xef\xbb\xbf" + written({}), id="a mark in front"),
        pytest.param(written({}, last_end=False), id="no last line end"),
        pytest.param(b"All customers,,,,,,,\n" + written({}), id="a title"),
        pytest.param(written({}).replace(b"\nk02500", b"\n\nk02500"), id="an empty line"),
        pytest.param(written({}).decode().encode("cp1252"), id="another alphabet"),
    ],
)
def test_what_has_to_be_cleaned_is_copied_clean(taken, content):
    plain, _ = taken(written({}), large=False)

    values, _ = taken(content, large=True)

    assert values == plain


def test_several_files_are_one_table(taken):
    parts = written({"gender": "x"}), written({"born": "unknown"}, end="\r\n")

    assert taken(*parts, large=True) == taken(*parts, large=False)


def test_the_file_itself_is_left_alone(taken, tmp_path):
    taken(written({}), large=True)

    assert tmp_path.joinpath("people0.csv").read_bytes() == written({})
    assert (tmp_path / "people0.csv").stat().st_nlink == 1


def test_a_header_among_the_rows_is_found(taken):
    twice = written({}).replace(b"\nk02500", b"\n" + ",".join(PLAIN).encode() + b"\nk02500")

    with pytest.raises(Refused, match="1 row repeats the header"):
        taken(twice, large=True)


def test_a_file_that_changes_meanwhile_is_refused(tmp_path, a_campaign):
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    for file in (first, second):
        file.write_bytes(written({}))
    campaign = a_campaign(people={"file": ["a.csv", "b.csv"], "key": "id", "targeted": "on"})

    def change(seen):
        if seen.says.startswith("b.csv: file 2"):
            first.write_bytes(written({}).replace(b"k00001", b"k00002"))

    with (
        pytest.raises(Refused, match=r"a\.csv: It was changed while it was being read\."),
        watching.watched(watching.Watch(change)),
    ):
        take_in(campaign, tmp_path, tmp_path / "home")
    assert not list(tmp_path.glob("home/snapshots/*"))
