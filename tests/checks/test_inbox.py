"""The inbox: files on the server are read where they are, and nothing there is ever touched."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from checks.intake import inbox, take_in
from checks.refusal import Refused

AT = datetime(2026, 3, 1, 9, 5, tzinfo=UTC)


@pytest.fixture
def lying(tmp_path, monkeypatch):
    """An inbox with one file, a folder of two, and things that are not offered."""
    home = tmp_path / "inbox"
    (home / "march").mkdir(parents=True)
    (home / "people.csv").write_text("id,chosen\n1,true\n2,false\n", encoding="utf-8")
    for name in ("north", "south"):
        (home / f"march/{name}.csv").write_text(f"id\n{name}\n", encoding="utf-8")
    (home / ".hidden.csv").write_text("id\n1\n", encoding="utf-8")
    (home / "empty").mkdir()
    (tmp_path / "secret.csv").write_text("id\n1\n", encoding="utf-8")
    (home / "link.csv").symlink_to(tmp_path / "secret.csv")
    os.utime(home / "people.csv", (AT.timestamp(), AT.timestamp()))
    monkeypatch.setenv("CANDOR_INBOX", str(home))
    return home


def test_what_lies_there_is_listed_with_size_and_time(lying):
    found = {one.name: one for one in inbox.waiting()}

    assert set(found) == {"people.csv", "march"}
    assert found["people.csv"].bytes == (lying / "people.csv").stat().st_size
    assert found["people.csv"].changed == AT
    assert found["march"].files == 2
    assert [one.name for one in inbox.waiting()][-1] == "people.csv"  # the oldest comes last


@pytest.mark.parametrize(
    ("file", "rows"),
    [pytest.param("inbox:people.csv", 2, id="a file"), pytest.param("inbox:march", 2, id="folder")],
)
def test_a_campaign_reads_it_where_it_is(lying, tmp_path, a_campaign, file, rows):
    before = {one: one.stat().st_mtime_ns for one in lying.rglob("*")}

    snapshot = take_in(a_campaign(people={"file": file, "key": "id"}), tmp_path, tmp_path / "home")

    assert snapshot.record.tables["people"].rows == rows
    assert {one: one.stat().st_mtime_ns for one in lying.rglob("*")} == before


@pytest.mark.parametrize(
    ("file", "said"),
    [
        pytest.param("inbox:../secret.csv", "leaves the folder", id="up and out"),
        pytest.param("inbox:/etc/passwd", "leaves the folder", id="an absolute place"),
        pytest.param("inbox:link.csv", "is a link that leaves", id="a link"),
        pytest.param("inbox:*.csv", "no file .* in the inbox", id="a pattern"),
        pytest.param("inbox:poeple.csv", 'Did you mean "inbox:people.csv"', id="misspelt"),
    ],
)
@pytest.mark.usefixtures("lying")
def test_nothing_else_is_reached_through_it(tmp_path, a_campaign, file, said):
    with pytest.raises(Refused, match=said):
        take_in(a_campaign(people={"file": file}), tmp_path, tmp_path / "home")


def test_without_an_inbox_nothing_is_offered_and_the_refusal_says_so(
    tmp_path, a_campaign, monkeypatch
):
    monkeypatch.delenv("CANDOR_INBOX", raising=False)

    assert inbox.waiting() == ()
    with pytest.raises(Refused, match="this installation has no inbox"):
        take_in(a_campaign(people={"file": "inbox:a.csv"}), tmp_path, tmp_path / "home")
