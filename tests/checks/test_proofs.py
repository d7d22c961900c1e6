"""Proofs to read by hand: drawn by lot, the same every time, told as places in the files."""

from __future__ import annotations

import csv

import pytest
import yaml

from checks.__main__ import main
from checks.intake.drawing import Place
from checks.lists.proofs import proofs_of_file, told
from checks.places import policy_file
from checks.refusal import Refused

HEAD = {
    "id": "spring",
    "name": "Spring",
    "owner": "ana@bank.example",
    "launch": "2026-12-01",
    "sector": "general",
    "effect": "opportunity",
}
NAMES = "id", "on", "said", "at", "note"
COLUMNS = dict(zip(NAMES, NAMES, strict=True))


def person(n, *, key=None):
    """Every third said no, every fifth is off the list."""
    said = "denied" if n % 3 == 0 else "granted"
    on = "false" if n % 5 == 0 else "true"
    return [key or f"k{n}", on, said, "2026-01-01", f"Mx {n} of\nSecret Street"]


def write(folder, *files, key="id", basis="consent", **more):
    for name, people in files:
        with (folder / name).open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened).writerows([NAMES, *people])
    email = {"basis": basis, "permission": {"status": "said", "given": "at"}}
    told = {
        **HEAD,
        "people": {"file": [name for name, _ in files], "key": key, "targeted": "on"},
        "channels": {"email": email, "sms": {"basis": "contract"}},
        **more,
    }
    file = folder / "campaign.yaml"
    file.write_text(yaml.safe_dump(told), encoding="utf-8")
    return file


def draw(file, tmp_path):
    return proofs_of_file(file, policy_file(), tmp_path / "home")


def rows_of(tmp_path, name):
    with (tmp_path / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.mark.parametrize(
    "people",
    [
        pytest.param([person(n) for n in range(400)], id="keys stored as numbers of words"),
        pytest.param(
            [person(n, key=f"{n:07}@x.example") for n in range(70_000)], id="keys stored as words"
        ),
    ],
)
def test_each_place_is_that_of_a_yes_on_the_list(tmp_path, people):
    half = len(people) // 2
    file = write(tmp_path, ("north.csv", people[:half]), ("south.csv", people[half:]))

    [one] = draw(file, tmp_path)

    assert one.of == sum(row[1:3] == ["true", "granted"] for row in people)
    assert len(set(one.places)) == 20
    assert {place.file for place in one.places} == {"north.csv", "south.csv"}
    for place in one.places:
        row = rows_of(tmp_path, place.file)[place.row - 1]
        assert (row["on"], row["said"]) == ("true", "granted")


def test_rows_left_out_as_totals_are_counted_where_people_look(tmp_path):
    people = [person(n) for n in range(400)]
    sums = ["", "true", "granted", "", "All"]
    rows = [sums, *people[:100], sums, sums, *people[100:], sums]
    file = write(tmp_path, ("a.csv", rows))
    campaign = yaml.safe_load(file.read_text(encoding="utf-8"))
    campaign["people"]["totals"] = {"note": ["All"]}
    file.write_text(yaml.safe_dump(campaign), encoding="utf-8")

    [one] = draw(file, tmp_path)

    found = [rows_of(tmp_path, "a.csv")[place.row - 1] for place in one.places]
    assert {(row["on"], row["said"]) for row in found} == {("true", "granted")}
    assert all(row["id"] for row in found)
    assert max(place.row for place in one.places) > 103


def test_the_same_files_draw_the_same_and_other_files_others(tmp_path):
    people = [person(n) for n in range(400)]
    file = write(tmp_path, ("a.csv", people))
    [first], [again] = draw(file, tmp_path), draw(file, tmp_path / "elsewhere")
    [other] = draw(write(tmp_path, ("a.csv", people[:-1])), tmp_path)

    assert first == again
    assert other.seed != first.seed
    assert other.places != first.places


def test_a_small_list_is_read_whole(tmp_path):
    file = write(tmp_path, ("a.csv", [person(n) for n in (1, 2, 3)]))

    [one] = draw(file, tmp_path)

    assert one.places == (Place(file="a.csv", row=1), Place(file="a.csv", row=2))


def test_rows_of_one_person_are_drawn_once(tmp_path):
    people = [person(n) for n in (1, 2, 4, 1, 2)]

    [one] = draw(write(tmp_path, ("a.csv", people)), tmp_path)

    assert [place.row for place in one.places] == [1, 2, 3]


def test_only_channels_that_rest_on_a_yes_are_read(tmp_path):
    file = write(tmp_path, ("a.csv", [person(n) for n in range(9)]), basis="contract")

    assert draw(file, tmp_path) == ()
    assert told(()).startswith("No channel rests on a yes")


def test_without_a_key_nobody_can_be_looked_up(tmp_path):
    file = write(tmp_path, ("a.csv", [person(1)]), key=None)

    with pytest.raises(Refused, match=r"people\.key: No column tells people apart"):
        draw(file, tmp_path)


def test_the_command_tells_places_and_no_row(tmp_path, monkeypatch, capsysbinary):
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "home"))
    file = write(tmp_path, ("a.csv", [person(n) for n in range(400)]))

    assert main(["proofs", str(file)]) == 0
    printed = capsysbinary.readouterr().out.decode()
    [one] = draw(file, tmp_path)
    assert f"email: 20 of {one.of} yeses on the list, seed {one.seed}" in printed
    assert f"a.csv, rows {', '.join(str(place.row) for place in one.places)}" in printed
    assert "Secret" not in printed
    assert not any(row["id"] in printed.split() for row in rows_of(tmp_path, "a.csv"))
