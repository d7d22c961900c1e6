"""People in a large file of Parquet, counted where it lies: the findings of taking it in."""

from __future__ import annotations

import threading
from datetime import datetime

import pyarrow as pa
import pytest
from pyarrow import parquet

from checks.audience import rows
from checks.audience.in_place import InPlace
from checks.campaign.reading import read_campaign
from checks.lists.listing import lists_of_file
from checks.refusal import Refused
from checks.runs import watching
from checks.runs.run import run_campaign
from tests.checks.warehouses import MADE, POLICY, SAMPLES, moved, samples, told

KINDS = {
    "text": pa.string(), "integer": pa.int32(), "number": pa.float32(),
    "day": pa.date32(), "time": pa.timestamp("us", "UTC"), "bool": pa.bool_(),
}  # fmt: skip


@pytest.fixture
def lie(tmp_path):
    """Write the campaign of a folder anew, every table as Parquet; the campaign file."""

    def laid(folder):
        beside = tmp_path / "lying"

        def fill(_schema, name, kinds, columns):
            arrays = {one: pa.array(all_, KINDS[kinds[one]]) for one, all_ in columns.items()}
            parquet.write_table(pa.table(arrays), tmp_path / f"{name}.parquet")
            return name

        file = moved(folder, beside, "here", fill)
        text = file.read_text("utf-8").replace("database: here\n", "in_place: true\n")
        for made in tmp_path.glob("*.parquet"):
            made.rename(beside / made.name)
            text = text.replace(f"table: {made.stem}", f"file: {made.name}")
        file.write_text(text, "utf-8")
        return file

    return laid


@pytest.mark.parametrize("name", MADE)
def test_what_is_counted_in_place_is_what_is_taken_in(tmp_path, lie, name):
    MADE[name](tmp_path / name, None)

    here = run_campaign(tmp_path / name / "campaign.yaml", POLICY)
    there = run_campaign(lie(tmp_path / name), POLICY)

    assert told(there) == told(here)
    assert there.parts["campaign"] == here.parts["campaign"]
    assert there.as_of is None


def test_a_folder_may_be_called_like_a_pattern(tmp_path, lie):
    MADE["folded"](tmp_path / "folded", None)
    file = lie(tmp_path / "folded")
    strange = file.parent.rename(tmp_path / "a[1]*")

    assert told(run_campaign(strange / file.name, POLICY)) == told(
        run_campaign(tmp_path / "folded/campaign.yaml", POLICY)
    )


def test_the_samples_are_counted_alike(tmp_path_factory, lie):
    folder = samples(tmp_path_factory.mktemp("campaigns")) / SAMPLES[0]

    assert told(run_campaign(lie(folder), POLICY)) == told(
        run_campaign(folder / "campaign.yaml", POLICY)
    )


@pytest.fixture
def folded(tmp_path, lie):
    """The file of a campaign with some hundred people in place."""
    MADE["folded"](tmp_path / "folded", None)
    return lie(tmp_path / "folded")


def test_nothing_is_kept_of_it(folded, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "private"))
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "home"))
    (tmp_path / "private").mkdir()

    run_campaign(folded, POLICY)

    assert not list((tmp_path / "private").glob("candor-*"))
    assert not (tmp_path / "home").exists()


def test_no_key_is_written_beside_it(folded, policy):
    people = InPlace(read_campaign(folded), folded.parent)
    audience = people.audience(policy)

    folder = audience._engine.folder  # noqa: SLF001 — where it keeps what it made
    written = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert audience.people == 204
    assert len(written) > 10_000
    assert b"k17" not in written
    audience.close()


def test_a_file_that_changes_meanwhile_is_refused(folded, policy):
    people = InPlace(read_campaign(folded), folded.parent)
    audience = people.audience(policy)
    people.unmoved()
    (folded.parent / "people.parquet").write_bytes(b"PAR1 and something else")

    with pytest.raises(Refused, match="It changed while it was being counted"):
        people.unmoved()
    audience.close()


def told_until(enough, file):
    """What whoever waits is told, until it is enough and they stop it."""
    said = []
    watch = watching.Watch(lambda seen: said.append(seen.says) or (enough(said) and watch.stop()))
    with watching.watched(watch):
        run_campaign(file, POLICY)
    return said


def test_whoever_waits_is_told_how_many_rows_are_read(folded, monkeypatch):
    monkeypatch.setattr(rows, "AT_ONCE", 64)

    said = told_until(lambda _: False, folded)

    assert said[0] == "people.parquet: its 0 MB are hashed."
    for doing in (
        "looked at, column by column",
        "looked through for people who stand in several",
        "looked at again where they may be of one person",
    ):
        done = [one for one in said if one.endswith(f" of 208 rows are {doing}.")]
        assert [int(one.split()[0]) for one in dict.fromkeys(done)] == [0, 64, 128, 192]
    assert "0 of 208 rows are read as people." in said
    assert "0 of 58 checks are done. Now: Enough people to tell" in said


def test_what_is_counted_in_parts_is_what_is_counted_at_once(folded, monkeypatch):
    at_once = told(run_campaign(folded, POLICY))
    monkeypatch.setattr(rows, "AT_ONCE", 64)

    assert told(run_campaign(folded, POLICY)) == at_once


@pytest.mark.parametrize(
    "where",
    [
        pytest.param("are hashed.", id="while the file is hashed"),
        pytest.param("rows are looked through", id="while people are told apart"),
        pytest.param("rows are read as people", id="while people are read"),
        pytest.param("checks are done", id="while they are checked"),
    ],
)
def test_it_can_be_stopped_anywhere(folded, where):
    with pytest.raises(watching.Stopped):
        told_until(lambda said: where in said[-1], folded)


def test_a_count_is_broken_off_when_nobody_waits_for_it_any_more(tmp_path):
    file = tmp_path / "people.parquet"
    parquet.write_table(pa.table({"id": pa.array(range(2_000_000), pa.int64())}), file)
    from checks.audience.engine import DuckDB

    engine, watch = DuckDB(), watching.Watch()
    many = f"SELECT count(*) FROM '{file}' AS a, '{file}' AS b WHERE a.id <> b.id + 1"
    threading.Timer(0.5, watch.stop).start()

    with pytest.raises(watching.Stopped), watching.watched(watch):
        engine.run(many)
    engine.close()


def refused(file):
    with pytest.raises(Refused) as found:
        InPlace(read_campaign(file), file.parent)
    [problem] = found.value.problems
    return f"{problem.what} {problem.cure}"


def test_a_file_of_another_kind(folded):
    (folded.parent / "people.parquet").write_text("id,chosen\n", "utf-8")

    assert refused(folded).startswith("The file “people.parquet” is not one of Parquet.")


def test_half_a_file(folded):
    file = folded.parent / "people.parquet"
    file.write_bytes(file.read_bytes()[:-100])

    assert refused(folded).startswith("The file “people.parquet” cannot be read as Parquet.")


def test_a_file_that_is_not_there(folded):
    (folded.parent / "people.parquet").unlink()

    assert refused(folded).startswith("The file “people.parquet” is not there.")


def test_a_column_called_as_the_numbers_of_rows(folded):
    file = folded.parent / "people.parquet"
    table = parquet.read_table(file)
    parquet.write_table(table.append_column("File_Row_Number", table.column(0)), file)

    assert refused(folded).startswith("A column of “people.parquet” is called “file_row_number”.")


def test_text_is_not_counted_in_place(folded):
    folded.write_text(folded.read_text("utf-8").replace("people.parquet", "people.csv"), "utf-8")

    assert refused(folded).startswith("Only one file of Parquet can be counted in place.")


def test_no_list_of_names_is_made_in_place(folded, tmp_path):
    with pytest.raises(Refused, match="their keys are not kept"):
        lists_of_file(folded, POLICY, "email", tmp_path)


def test_times_without_a_zone_are_on_the_campaigns_clock(folded, policy):
    file = folded.parent / "people.parquet"
    after = [datetime(2026, 12, 2, 0, 30)] * 50  # noqa: DTZ001 — that is the point
    table = pa.table(
        {
            "id": [f"p{n}" for n in range(50)],
            "chosen": [n % 2 == 0 for n in range(50)],
            "gender": ["f"] * 50,
            "status": ["granted"] * 50,
            "at": pa.array(after, pa.timestamp("us")),
            "proof": ["p"] * 50,
        }
    )
    parquet.write_table(table, file)
    text = folded.read_text("utf-8")
    folded.write_text(f"{text}time_zone: America/New_York\n", "utf-8")

    audience = InPlace(read_campaign(folded), folded.parent).audience(policy)

    assert audience.future_dates == 50
    audience.close()
