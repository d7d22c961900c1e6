"""Nasty real files are loaded completely or refused in a sentence; nothing between."""

from __future__ import annotations

import csv
import json
import re
import resource
import shutil
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from checks.campaign import Campaign
from checks.intake import staging, take_in
from checks.intake.header import NO_HEADER
from checks.intake.loader import Loader
from checks.refusal import Problem, Refused

HEAD = {
    "id": "spring",
    "name": "Spring",
    "owner": "ana@bank.example",
    "launch": "2026-12-01",
    "sector": "general",
    "effect": "opportunity",
}
LIBRARY_WORDS = ("Error:", "Exception", "Traceback", "duckdb", "0x", "calamine", "zlib")
NO_HEADERS = "holds (numbers|values)"
TWINS = ("csv-polluted", "csv-real")
BLANKED = {"2004-2016.csv"}
"""The clean twin leaves out a word for “not known”, which is kept as text here."""
BROKEN = {("O18_air.csv", 18)}
"""Rows in which the clean twin has half a number, and the file a whole one."""
WHY = {
    "0Al-Sn.CSV": "The first line holds numbers, not the names of columns.",
    "100mAOne.CSV": "The first line holds numbers, not the names of columns.",
    "20170320-ePC_Data-Travel-Stationery.csv": "row 11 below the header: 1 row repeats the header.",
    "Auto_Tone_sub205_over.csv": "The first line holds values like the rows below it",
    "Auto_Tone_sub242_nov.csv": "The first line holds values like the rows below it",
    "Note_4_Staff_costs_-_Average_number_of_persons_employed_13-14.csv": "without a name.",
    "locations-1998.csv": "It is empty.",
    "pssave_traindata_m=10_n=10_timelow=15_timehight=30_numofloop=2000.csv": "holds numbers",
    "scottish_law_commission-2011-03-31-organogram-junior.csv": "a header and no people.",
    "workforce-management-information-dft_201706.csv": "without a name.",
    "file_header_only.csv": "a header and no people.",
    "file_multitable_less.csv": "line 85: This row has 8 cells, and the header 9 names.",
    "file_multitable_more.csv": "line 85 has one cell too many; line 86",
    "file_quotation_char_0x27.csv": "header: Names stand in single quotes",
    "row_field_delimiter_47_0x20.csv": "line 48: There is a quote in the middle of a cell.",
    "row_field_delimiter_65_0x20.csv": "line 66: There is a quote in the middle of a cell.",
    "row_less_sep_row16_col3.csv": "line 17 has one cell too few.",
    "row_less_sep_row17_col1.csv": "line 18 has one cell too few.",
    "row_more_sep_row0_col0.csv": "The header has 10 names, and each row has 9 cells.",
    "row_more_sep_row14_col4.csv": "line 15 has one cell too many.",
}
"""Why each of the real and the spoilt files that are refused is refused: judged one by one."""
SECONDS = 10
MEGABYTES = 1_000


@dataclass(frozen=True, kw_only=True)
class Outcome:
    file: Path
    folder: str
    problems: tuple[Problem, ...]
    seconds: float
    megabytes: int


@pytest.fixture(scope="module")
def bad_inputs(reference):
    folder = reference / "bad-inputs"
    if not folder.is_dir():
        pytest.skip("the folder of bad inputs is not here")
    return folder


@pytest.fixture(scope="module")
def outcomes(bad_inputs, tmp_path_factory):
    """What became of every file, and of the files of JSON when they are called JSON Lines."""
    home = tmp_path_factory.mktemp("home")
    found = [outcome(file, bad_inputs, home) for file in inputs(bad_inputs)]
    lines = tmp_path_factory.mktemp("lines") / "json-test-suite, as lines"
    lines.mkdir()
    for file in sorted((bad_inputs / "json-test-suite").iterdir()):
        shutil.copy(file, lines / f"{file.stem}.jsonl")
    return [*found, *(outcome(file, lines.parent, home) for file in sorted(lines.iterdir()))]


def inputs(bad_inputs):
    """All files that people might bring; the twins, the parameters and the notes are none."""
    beside = ("clean", "parameters", "json", "outhex", "output")
    for file in sorted(bad_inputs.rglob("*")):
        inside = file.relative_to(bad_inputs).parts
        if file.is_file() and len(inside) > 1 and inside[1] not in beside:
            yield file


def outcome(file, root, home):
    begun, before, children = time.perf_counter(), held("VmRSS"), largest_child()
    Path("/proc/self/clear_refs").write_text("5")  # the highest so far is counted anew
    problems = refused(file, home)
    return Outcome(
        file=file,
        folder=file.relative_to(root).parts[0],
        problems=problems,
        seconds=time.perf_counter() - begun,
        megabytes=max(held("VmHWM") - before, _grown(children)),
    )


def largest_child():
    """Megabytes that the largest process started here so far held, of this test or another."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def _grown(before):
    """The largest child, where it was started since; one of another test tells nothing."""
    now = largest_child()
    return now if now > before else 0


def held(which):
    """Megabytes that this process holds, or held at most."""
    [line] = [
        one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith(which)
    ]
    return int(line.split()[1]) // 1024


def refused(file, home, name=None):
    """Why a file is refused; nothing where it is taken in."""
    people = {"file": name or file.name}
    try:
        take_in(Campaign.model_validate({**HEAD, "people": people}), file.parent, home)
    except Refused as refusal:
        return refusal.problems
    return ()


def test_every_file_is_taken_in_or_refused_in_sentences(outcomes, capsys):
    told = [(one, problem) for one in outcomes for problem in one.problems]

    for one, problem in told:
        assert problem.where.startswith((one.file.name, "campaign.yaml")), str(problem)
        assert problem.what.endswith("."), str(problem)
        assert problem.cure.endswith((".", "?")), str(problem)
        assert not any(word in problem.what for word in LIBRARY_WORDS), str(problem)
    with capsys.disabled():
        report(outcomes)


def report(outcomes):
    """The tally a folder, in the report of the tests."""
    loaded, of = tally(outcomes)
    slowest = max(one.seconds for one in outcomes)
    lines = [f"{loaded[folder]:>5} of {of[folder]:>4} loaded: {folder}" for folder in sorted(of)]
    print("\n\nbad inputs, the others refused with place, reason and cure:")  # noqa: T201
    print("\n".join(lines))  # noqa: T201
    print(f"the slowest file took {slowest:.1f} s")  # noqa: T201


def tally(outcomes):
    of = Counter(one.folder for one in outcomes)
    return Counter(one.folder for one in outcomes if not one.problems), of


def test_no_file_takes_long_or_much_memory(outcomes):
    assert max(one.seconds for one in outcomes) < SECONDS
    assert max(one.megabytes for one in outcomes) < MEGABYTES


def test_most_real_files_load(outcomes):
    loaded, of = tally(outcomes)

    assert of["csv-real"] > 30
    assert loaded["csv-real"] >= 0.6 * of["csv-real"]


def test_each_refused_table_is_refused_for_what_is_wrong_with_it(outcomes):
    refused_ = [one for one in outcomes if one.folder in TWINS and one.problems]

    assert len(refused_) <= len(WHY)
    for one in refused_:
        assert WHY[one.file.name] in " ".join(map(str, one.problems))


def test_most_files_with_one_planted_fault_load(outcomes):
    """Quotes without a partner are letters; ragged rows and two tables in one are refused."""
    loaded, of = tally(outcomes)

    assert loaded["csv-polluted"] >= 0.75 * of["csv-polluted"]


def test_real_files_without_a_header_load_when_one_says_so(outcomes, tmp_path):
    bare = [
        one.file
        for one in outcomes
        if one.folder == "csv-real" and any(re.search(NO_HEADERS, p.what) for p in one.problems)
    ]

    assert bare
    for file in bare:
        assert refused(file, tmp_path, f"{file.name}#{NO_HEADER}") == ()


def test_json_lines_take_only_sound_objects(outcomes):
    suite = [one for one in outcomes if one.folder.endswith("as lines")]

    assert {one.file.stem[0] for one in suite if not one.problems} <= {"y", "i"}
    assert sum(not one.problems for one in suite) > 3


def test_what_is_taken_in_has_every_value_of_the_clean_file(bad_inputs, outcomes, tmp_path):
    """The clean twins say what should be read, cell by cell."""
    compared = 0
    for one in outcomes:
        headless = any(re.search(NO_HEADERS, problem.what) for problem in one.problems)
        if one.folder not in TWINS or (one.problems and not headless):
            continue
        name = f"{one.file.name}#{NO_HEADER}" if headless else one.file.name
        found = cells(one.file, name, tmp_path)
        expected = clean(bad_inputs / one.folder / "clean" / one.file.name)

        assert len(found) == len(expected), one.file.name
        for row, (mine, theirs) in enumerate(zip(found, expected, strict=True)):
            if one.file.name not in BLANKED and (one.file.name, row) not in BROKEN:
                assert mine == theirs, one.file.name
                compared += len(mine)

    assert compared > 10_000


def cells(file, name, work):
    """Every cell of a file as it is staged, its blanks trimmed, empty columns at the end left."""
    with Loader(work) as loader:
        [one] = staging.parts(loader, file, name, work, 0)
        listed = ", ".join(one.cell(column) for column in one.names)
        rows = loader.run(f"SELECT {listed} FROM {one.view}")
    places = [int(one.cell(column)[1:]) for column in one.names]
    return [shortened(dict(zip(places, (cell or "" for cell in row), strict=True))) for row in rows]


def shortened(row):
    """What a row holds, by place."""
    return {place: cell.strip() for place, cell in row.items() if cell.strip()}


def clean(file):
    """The rows of a clean twin; it has a header, made up where the file has none."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = [row for row in csv.reader(opened) if row]
    return [shortened(dict(enumerate(row))) for row in rows[1:]]


def test_the_spectrum_of_quotes_and_ends_reads_as_its_json_says(bad_inputs, tmp_path):
    folder = bad_inputs / "csv-spectrum"
    compared = 0
    for file in sorted((folder / "csvs").iterdir()):
        if refused(file, tmp_path):
            continue
        said = (folder / "json" / f"{file.stem}.json").read_text()
        expected = json.loads(said.replace(r"\r\n", r"\n"))  # the files here have only line feeds
        if isinstance(expected, dict):  # one row, of which the JSON has another number
            [found] = cells(file, file.name, tmp_path)
            assert found[1] == expected["Location Coordinates"]
            continue

        assert cells(file, file.name, tmp_path) == [
            shortened(dict(enumerate(row.values()))) for row in expected
        ]
        compared += 1

    assert compared > 8
