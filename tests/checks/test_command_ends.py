"""How the command ends where files, disks and pipes do not do what they should."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from checks.__main__ import main
from checks.places import HOUSE

CAMPAIGN = """\
id: spring
name: Spring savings
owner: ana@bank.example
launch: 2026-12-01
sector: general
effect: opportunity
people: {file: people.csv, key: id, targeted: on_list}
"""


@pytest.fixture
def a_stopped(tmp_path, monkeypatch):
    """A campaign that says too little of itself to be launched."""
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "home"))
    people = [f"p{number},{'true' if number % 2 else 'false'}" for number in range(40)]
    (tmp_path / "people.csv").write_text("\n".join(["id,on_list", *people]), encoding="utf-8")
    file = tmp_path / "campaign.yaml"
    file.write_text(CAMPAIGN, encoding="utf-8")
    return file


def in_a_shell(script):
    """What a line of the shell prints and complains; `python` is this one."""
    return subprocess.run(
        ["bash", "-c", script],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HOUSE), "PYTHON": sys.executable},
        check=True,
    )


def test_a_pipe_that_is_closed_early_does_not_turn_what_stops_the_launch_green(a_stopped):
    done = in_a_shell(f'"$PYTHON" -m checks run {a_stopped} | true; echo ${{PIPESTATUS[0]}}')

    assert (done.stdout, done.stderr) == ("1\n", "")


def test_a_report_that_has_no_folder_is_refused_before_anything_is_counted(tmp_path, capsys):
    nowhere = tmp_path / "no such folder" / "out.xml"

    assert main(["run", str(tmp_path / "none.yaml"), "--junit", str(nowhere)]) == 2
    assert f"{nowhere}: There is no such folder." in capsys.readouterr().err


def test_a_report_that_cannot_be_written_is_named(a_stopped, tmp_path, capsys):
    assert main(["run", str(a_stopped), "--junit", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"{tmp_path}: the file cannot be read or written.\n"


def test_a_home_that_is_no_folder_is_named(a_stopped, tmp_path, monkeypatch, capsys):
    home = tmp_path / "home"
    home.write_text("a file")
    monkeypatch.setenv("CANDOR_HOME", str(home))

    assert main(["run", str(a_stopped)]) == 2
    assert capsys.readouterr().err.startswith(str(home))


@pytest.mark.parametrize("name", ["run", "lists", "proofs", "catalogue", "template", "ask"])
def test_each_command_says_what_it_does(name, capsys):
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])

    told = capsys.readouterr().out.split("\n\n")[1]
    assert ended.value.code == 0
    assert told.endswith(".")
