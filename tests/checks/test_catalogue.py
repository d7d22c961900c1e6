"""What every check owes its reader, and what happens when one breaks."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest

from checks import places
from checks.evidence import Rate
from checks.finding import Severity, Verdict, clear
from checks.printed import catalogue as book
from checks.registry import FAMILIES, Check, catalogue, run
from checks.sources import SOURCES

RATE = Rate(group="all", yes=1, of=1)
CANARY = "canary-4711@people.example"
every_check = pytest.mark.parametrize("check", catalogue(), ids=lambda check: check.id)


def a_check(judge, **more):
    given = {
        "id": "consent.coverage",
        "title": "A check",
        "question": "Is it?",
        "kind": "computed",
        "sources": (SOURCES["GDPR 7"],),
        "shared": (),
        "limits": None,
        "formerly": (),
        "doc": "",
        "judge": judge,
    }
    return Check(**{**given, **more})


@every_check
def test_explains_itself_under_four_headings(check):
    headings = [line for line in check.doc.splitlines() if line.startswith("## ")]

    assert headings == [f"## {heading}" for heading in book.HEADINGS]
    short = [heading for heading in book.HEADINGS if len(check.section(heading)) <= 30]
    assert short == [], "say a whole sentence under each heading"


@every_check
def test_asks_a_question_and_names_its_sources(check):
    assert check.question.endswith("?")
    assert check.title
    assert check.sources


@every_check
def test_its_limits_are_those_of_the_policy(check, policy):
    declared = set(check.limits.model_fields) if check.limits else set()

    assert declared == set(policy.checks[check.id].limits)


@every_check
def test_reads_only_shared_limits_that_there_are(check, policy):
    assert all(hasattr(policy, block) for block in check.shared)


@every_check
def test_never_says_what_it_may_not(check):
    said = f"{check.title} {check.question} {check.doc}".lower()

    assert not re.search(r"\b(compliant|passed|score(?! (interval|range|test))|violation)\b", said)
    assert "e-mail" not in said


def test_every_check_lives_in_a_family():
    families = [check.family for check in catalogue()]

    assert families == sorted(families, key=FAMILIES.index)
    assert set(families) == set(FAMILIES)


def test_every_source_cited_is_the_one_in_the_list():
    cited = {source for check in catalogue() for source in check.sources}

    assert cited <= set(SOURCES.values())


def test_checks_md_is_current(policy):
    written = (Path(__file__).parents[2] / "CHECKS.md").read_text(encoding="utf-8")

    assert written == book.page(policy), "run: python -m checks catalogue > CHECKS.md"


def test_checks_md_holds_every_check_and_every_limit(policy):
    page = book.page(policy)

    for check in catalogue():
        assert f"`{check.id}`" in page
        assert all(f"| {limit} |" in page for limit in policy.checks[check.id].limits)


def test_a_silent_check_is_reported(a_case):
    [finding] = run(a_case(id=[1]), [a_check(lambda _: iter(()))])

    assert finding.verdict is Verdict.BROKEN
    assert finding.headline == "“A check” gave no verdict."
    assert finding.open


def test_a_crashing_check_is_reported_without_a_word_of_the_row(a_case, caplog):
    def judge(_):
        raise ValueError(f"could not read {CANARY}")
        yield

    with caplog.at_level(logging.DEBUG):
        [finding] = run(a_case(id=[CANARY]), [a_check(judge)])

    assert finding.verdict is Verdict.BROKEN
    assert finding.headline == "“A check” could not run (ValueError)."
    assert CANARY not in repr(finding)
    assert CANARY not in caplog.text


def test_one_broken_check_stops_no_other(a_case):
    def broken(_):
        raise KeyError(CANARY)
        yield

    def fine(_):
        yield clear("all", "Fine.", RATE)

    found = run(a_case(id=[1]), [a_check(broken), a_check(fine)])

    assert [finding.verdict for finding in found] == [Verdict.BROKEN, Verdict.CLEAR]


def test_a_check_that_half_speaks_and_then_breaks_is_broken(a_case):
    def judge(_):
        yield clear("all", "Fine.", RATE)
        raise RuntimeError(CANARY)

    [finding] = run(a_case(id=[1]), [a_check(judge)])

    assert finding.verdict is Verdict.BROKEN


def test_findings_carry_their_check_its_weight_and_its_sources(a_case):
    check = a_check(lambda _: iter([clear("all", "Fine.", RATE)]))

    [finding] = run(a_case(id=[1]), [check])

    assert finding.key == "consent.coverage/all"
    assert finding.severity is Severity.BLOCKING
    assert finding.sources == check.sources


def test_every_kind_of_campaign_gets_an_answer_from_every_check(a_case):
    found = run(a_case(id=[1, 2, 3]))

    assert {finding.check for finding in found} == {check.id for check in catalogue()}
    broken = [finding.check for finding in found if finding.verdict is Verdict.BROKEN]
    assert broken == [], "a check yields something for every campaign: not_applicable, at least"


def test_the_policy_of_the_page_is_the_one_installed():
    assert places.policy_file().is_file()
