"""A run as a pipeline shows it."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from checks.__main__ import main
from checks.finding import Severity, fail
from checks.printed.junit import junit
from tests.review.documents import a_run


@pytest.fixture
def suites():
    return ET.fromstring(junit(a_run()))


def test_each_family_is_a_suite_and_each_finding_a_case(suites):
    assert suites.get("name") == "Spring savings account"
    assert len(suites.findall(".//testcase")) == len(a_run().findings) == int(suites.get("tests"))
    assert [one.get("name") for one in suites] == sorted({
        one.check.partition(".")[0] for one in a_run().findings
    })  # fmt: skip


def test_a_failure_says_what_was_counted_and_what_to_do(suites):
    case = suites.find(".//testcase[@classname='consent.opt_out_leak']")
    failure = case.find("failure")

    assert case.get("name") == "email"
    assert failure.get("message") == "1,204 of 42,694 people on the list said no to email."
    assert "Take the 1,204 off." in failure.text


def test_what_cannot_be_told_or_broke_is_an_error_and_what_needs_a_person_is_skipped(suites):
    assert int(suites.get("errors")) == 3
    assert int(suites.get("failures")) == 2
    assert int(suites.get("skipped")) == 2
    assert suites.find(".//testcase[@classname='transparency.fields_declared']/skipped") is not None


def test_a_watch_passes_and_is_written_beside_it(suites):
    case = suites.find(".//testcase[@classname='society.pressure']/system-out")

    assert case.text.startswith("watch: 464 of 42,694")


def test_hostile_words_stay_words():
    found = fail('<a b="c">\x00&', "]]> & <script>", remedy="Do \x1b it.")
    run = a_run(found=[found.of("consent.coverage", Severity.LOW, ())])

    case = ET.fromstring(junit(run)).find(".//testcase")

    assert case.get("name") == '<a b="c">\ufffd&'
    assert case.find("failure").get("message") == "]]> & <script>"


def test_the_command_writes_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "home"))
    (tmp_path / "people.csv").write_text("id,on\n1,yes\n2,no\n", encoding="utf-8")
    file, out = tmp_path / "campaign.yaml", tmp_path / "report.xml"
    file.write_text(
        "{id: a, name: A, owner: a@b.example, launch: 2026-12-01, sector: general, "
        "effect: burden, people: {file: people.csv, key: id, targeted: on}}",
        encoding="utf-8",
    )

    assert main(["run", str(file), "--junit", str(out)]) == 1
    assert ET.parse(out).getroot().tag == "testsuites"
    assert capsys.readouterr().out
