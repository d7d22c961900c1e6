"""Whoever waits is told rows and checks, can stop it, and then nothing is left behind."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from checks import registry
from checks.intake import take_in
from checks.intake.loader import Loader
from checks.intake.propose import propose
from checks.intake.survey import survey
from checks.runs import watching
from checks.runs.watching import Stopped, Watch

HOUSE = Path(__file__).resolve().parents[2]
ROWS = 60_000
TOLD = f"people.csv: {ROWS:,} rows are read."
CAMPAIGN = """
id: spring
name: Spring
owner: Ana
launch: 2026-12-01
sector: general
effect: opportunity
people: {file: people.csv, key: id, targeted: chosen, attributes: {gender: gender}}
"""


@pytest.fixture
def folder(tmp_path):
    """A campaign of a few megabytes beside its people."""
    rows = (f"p{number},{number % 2},{'fm'[number % 3 % 2]}" for number in range(ROWS))
    text = "\n".join(["id,chosen,gender", *rows, ""])
    (tmp_path / "people.csv").write_text(text, encoding="utf-8")
    (tmp_path / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    return tmp_path


@pytest.fixture
def named(a_campaign):
    return a_campaign(people={"file": "people.csv", "key": "id", "targeted": "chosen"})


def stopping_at(words):
    """A watch that stops the work as soon as these words are told."""
    watch = Watch(lambda seen: watch.stop() if words in seen.says else None)
    return watch


def looked_at(folder, named, a_case, watch):
    """Take people in, and judge: what a run does."""
    with watching.watched(watch):
        take_in(named, folder, folder / "home")
        registry.run(a_case(id=[1, 2]))


def test_rows_are_told_while_a_file_is_read(folder, named):
    told = []

    with watching.watched(Watch(told.append)):
        take_in(named, folder, folder / "home")

    shares = [one.share for one in told if one.says == TOLD or "rows are read" in one.says]
    assert told[0].says == "people.csv: file 1 of 1."
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert "Looking through column 2 of 2." in {one.says for one in told}


@pytest.mark.parametrize(
    "at", ["file 1 of 1", "rows are read", "column 1", pytest.param("checks are done", id="checks")]
)
def test_what_is_stopped_leaves_nothing_behind(folder, named, a_case, at):
    with pytest.raises(Stopped):
        looked_at(folder, named, a_case, stopping_at(at))

    assert list((folder / "home").rglob("*")) == [folder / "home/snapshots"]
    assert (folder / "people.csv").is_file()


def test_what_was_there_before_is_not_taken_away(folder, named, a_case):
    before = take_in(named, folder, folder / "home")

    with pytest.raises(Stopped):
        looked_at(folder, named, a_case, stopping_at("checks are done"))

    assert before.folder.is_dir()


def test_looking_over_a_file_can_be_stopped(folder):
    with pytest.raises(Stopped), watching.watched(stopping_at("rows are read")):
        propose(survey(folder / "people.csv", "people.csv"))


def test_a_query_that_runs_is_broken_off(tmp_path):
    watch = Watch()
    later = threading.Timer(0.3, watch.stop)

    def waited_for(loader):
        with watching.watched(watch):
            later.start()
            loader.run("SELECT count(*) FROM range(1000000000000) AS t(n) WHERE hash(n) % 7 = 3")

    with Loader(tmp_path) as loader, pytest.raises(Stopped):
        waited_for(loader)
    later.join()


def run(folder, stderr):
    return subprocess.Popen(
        [sys.executable, "-m", "checks", "run", str(folder / "campaign.yaml")],
        cwd=HOUSE,
        env={**os.environ, "CANDOR_HOME": str(folder / "home")},
        stdout=subprocess.PIPE,
        stderr=stderr,
    )


def shown(terminal, until):
    """What a terminal shows up to these words, or to its end."""
    text = ""
    while until not in text:
        try:
            text += os.read(terminal, 4_096).decode()
        except OSError:
            break
    return text


def test_a_terminal_shows_rows_and_ctrl_c_leaves_nothing(folder):
    terminal, theirs = pty.openpty()
    running = run(folder, theirs)
    os.close(theirs)
    said = shown(terminal, "rows are read.")
    running.send_signal(signal.SIGINT)
    said += shown(terminal, "Nothing was kept.")
    running.communicate()
    os.close(terminal)

    assert "people.csv: " in said
    assert "Stopped. Nothing was kept." in said
    assert running.returncode == 130
    assert [one for one in (folder / "home").rglob("*") if one.is_file()] == []


def test_whoever_is_no_terminal_is_told_nothing(folder):
    running = run(folder, subprocess.PIPE)
    _, said = running.communicate()

    assert running.returncode in (0, 1)
    assert said == b""
