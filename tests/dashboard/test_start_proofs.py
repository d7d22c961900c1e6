"""Looking proofs up before anything is counted: drawn, told as rows, recorded as numbers."""

from __future__ import annotations

import re

import pytest
import streamlit as st

from checks import places
from checks.campaign.reading import read_campaign
from checks.finding import Verdict
from dashboard import session
from tests.dashboard.beginnings import brought, named, people, press, text, the_draft, title, told


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "home"))
    st.cache_resource.clear()
    st.cache_data.clear()
    yield tmp_path / "home"
    session.desk().close()
    st.cache_resource.clear()
    st.cache_data.clear()


def drawn(content=None):
    """The start, come to the proofs that were drawn."""
    app = press(brought(named(), content), "These are right")
    app.radio(key="start effect").set_value("opportunity")
    app.selectbox(key="start sector").set_value("general")
    return press(app, "Look some proofs up first")


def found(app, many, missing=0):
    app.number_input(key="proofs email found").set_value(many)
    app.number_input(key="proofs email not_found").set_value(missing)
    return press(app, "Look at it")


def written():
    return read_campaign(places.campaigns() / "winter-evening/campaign.yaml")


def test_whose_proofs_to_look_up_is_told_as_rows_of_the_file_with_the_seed(home):
    app = drawn()

    assert title(app) == "Start: look some proofs up"
    assert app.header[0].value == "Email: 20 of 197 people"
    [one] = the_draft(app).drawn
    assert f"The seed is {one.seed}" in text(app)
    shown = app.table[0].value.loc["members.csv", "Rows"]
    assert [int(row) for row in re.findall(r"\d+", shown)] == [place.row for place in one.places]
    assert not re.search(r"\bm\d+\b|form-\d", f"{text(app)} {shown}")
    assert not (home / "snapshots").exists()


def test_what_was_found_is_on_record_as_numbers():
    app = drawn()
    seed = the_draft(app).drawn[0].seed
    found(app, 18, 2)

    read = written().channels["email"].read_by_hand
    assert (read.seed, read.found, read.not_found) == (seed, 18, 2)
    [proof] = [
        one
        for one in session.desk().review("winter-evening").run.findings
        if one.key == "consent.proof/email"
    ]
    assert proof.verdict is Verdict.FAIL
    assert "2 of 20 looked up by hand were not found" in proof.headline


def test_people_are_taken_in_once_and_go_with_the_draft(home):
    app = drawn()
    [taken] = the_draft(app).folder.glob("snapshots/*")
    before = (taken / "people.parquet").stat()
    found(app, 20)

    after = (home / "snapshots" / taken.name / "people.parquet").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert not list((home / "drafts").glob("*/snapshots"))


def test_a_draft_that_is_thrown_away_leaves_nobody(home):
    press(drawn(), "Throw this away")

    assert not list(home.rglob("*.parquet"))


def test_more_than_were_drawn_cannot_be_found():
    app = found(drawn(), 19, 2)

    assert app.error[0].value == "These are more than the 20 that were drawn."
    assert session.desk().reviews() == ()


def test_who_looks_nothing_up_says_nothing():
    press(drawn(), "Look at it")

    assert written().channels["email"].read_by_hand is None


def test_what_was_found_is_forgotten_when_something_else_would_be_drawn():
    app = drawn()
    the_draft(app).now(read={"email": {"found": 20, "not_found": 0}})
    app = press(press(app, "Back one step"), "Back one step")
    app.selectbox(key="look clear").set_value("gender").run()
    app.selectbox(key="column gender").set_value("leave_out").run()

    assert (the_draft(app).drawn, the_draft(app).read) == ((), {})


def test_without_a_yes_there_is_nothing_to_look_up():
    app = drawn(people().replace(b"granted", b"denied"))

    assert title(app) == "Start: a few facts"
    assert "there is nothing to look up" in app.success[0].value
    told(app)
