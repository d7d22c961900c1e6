"""Seven real privacy notices, each beside a campaign: read whole, measured, and led through."""

from __future__ import annotations

import re
from hashlib import sha256

import pytest

from checks import places
from checks.finding import Verdict
from checks.runs.run import run_campaign

TOPICS = ("13(2)(a)", "13(1)(c)", "13(2)(c)", "13(2)(d)", "13(1)(b)", "13(1)(e)", "13(1)(f)")
"""Retention, legal basis, withdrawal, authority, data protection officer, others, transfer."""
MENTIONED = {
    "automattic-privacy-policy": (13.9, (8, 2, 0, 1, 0, 12, 3)),
    "automattic-visitors-notice": (15.4, (1, 0, 0, 0, 0, 5, 1)),
    "basecamp-privacy": (11.3, (6, 1, 0, 2, 0, 2, 6)),
    "basecamp-recruitment-privacy": (12.4, (0, 1, 0, 0, 0, 0, 1)),
    "github-candidate-privacy-policy": (14.5, (8, 4, 4, 3, 8, 7, 5)),
    "github-cookies": (15.1, (0, 0, 0, 0, 0, 0, 0)),
    "github-general-privacy-statement": (13.6, (5, 3, 2, 1, 4, 20, 4)),
}
"""Years of school by another counter, and the lines about each topic that another search found."""
CAMPAIGN = """\
id: spring
name: Spring
owner: ana@shop.example
launch: 2026-12-01
sector: general
effect: opportunity
regions: [DE]
people: {{file: people.csv, key: id, targeted: on}}
channels: {{email: {{basis: consent, permission: {{status: said}}}}}}
notice: {{file: {name}.md, version: "1", in_force: 2026-01-01}}
"""


@pytest.fixture
def found(reference, tmp_path, monkeypatch):
    """The run of a campaign with this notice, and the words of the notice."""
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "home"))

    def of(name):
        words = (reference / f"data/privacy_notices/{name}.md").read_bytes()
        (tmp_path / f"{name}.md").write_bytes(words)
        people = "".join(f"k{n},true,granted\n" for n in range(40))
        (tmp_path / "people.csv").write_text(f"id,on,said\n{people}", encoding="utf-8")
        file = tmp_path / "campaign.yaml"
        file.write_text(CAMPAIGN.format(name=name), encoding="utf-8")
        return run_campaign(file, places.policy_file()), words

    return of


def about(run, check):
    return [finding for finding in run.findings if finding.check == check]


def leads(run):
    """By item of the law: where its row leads to, and the words that stand there."""
    [complete] = about(run, "transparency.notice_complete")
    found = {}
    for _, _, told, code in complete.evidence[0].rows:
        line = re.match(r"line (\d+): …? ?(.*?)…?$", told)
        found[code] = (int(line[1]), line[2]) if line else None
    return found


@pytest.mark.parametrize("name", MENTIONED)
def test_each_is_read_whole_and_its_words_are_led_to_by_line(found, name):
    run, words = found(name)
    lines = words.decode().splitlines()
    _, mentioned = MENTIONED[name]

    [file] = [one for one in run.files if one.role == "notice"]
    assert file.sha256 == sha256(words).hexdigest()
    led = leads(run)
    assert all(led[code] for code, many in zip(TOPICS, mentioned, strict=True) if many)
    for number, shown in filter(None, led.values()):
        near = " ".join(" ".join(lines[number - 1 : number + 8]).split())
        assert shown.strip()[:40] in near


@pytest.mark.parametrize("name", [name for name in MENTIONED if name != "github-cookies"])
def test_each_asks_for_about_as_many_years_of_school_as_another_counter_says(found, name):
    run, _ = found(name)
    grade, _ = MENTIONED[name]  # of cookies left out: it is one long table, in which ends differ
    [readable] = about(run, "transparency.notice_readable")

    years = int(re.search(r"asks for (\d+) years", readable.headline)[1])
    assert years == pytest.approx(grade, abs=2)
    assert readable.verdict is (Verdict.WATCH if years >= 14 else Verdict.CLEAR)


@pytest.mark.parametrize("name", MENTIONED)
def test_none_is_called_complete_by_its_words(found, name):
    """What is found by words is laid before a person, and never counted as stated."""
    run, _ = found(name)
    [complete] = about(run, "transparency.notice_complete")

    assert complete.verdict is Verdict.ASK
    assert complete.headline == "Which of 12 items the notice states was not written down."
    assert {row[1] for row in complete.evidence[0].rows if row[3] != "13(1)(d)"} == {"no"}


def test_the_name_of_a_company_is_no_word_about_automated_decisions(found):
    run, _ = found("automattic-visitors-notice")

    number, shown = leads(run)["13(2)(f)"] or (0, "")
    assert "Automattic" not in shown or re.search("automat(ed|ic )", shown), number
