"""The checklist that ships, and how a checklist is read."""

from __future__ import annotations

import re

import pytest

from checks import places
from checks.refusal import Refused
from checks.registry import catalogue
from checks.sources import SOURCES
from review.checklist import STANDINGS, read_checklist

SHIPPED = read_checklist(places.DATA / "checklists/default.yaml")
every_question = pytest.mark.parametrize("question", SHIPPED.questions, ids=lambda one: one.id)
every_check = pytest.mark.parametrize("check", catalogue(), ids=lambda check: check.id)

ENTRY = """
  - id: {id}
    family: consent
    asks: "Did everyone say yes?"
    why: "It matters."
    good: "Everyone did."
    informed_by: [consent.coverage]
    source: {source}
    precedent: {{id: x, what: "It went wrong.", standing: {standing}, link: {link}}}
"""
GOOD = {"id": "one", "source": "GDPR 7", "standing": "study", "link": "https://x.example"}


def entry(**other):
    return ENTRY.format_map({**GOOD, **other})


def read(tmp_path, *entries, head="id: default\nversion: 1\n"):
    file = tmp_path / "mine.yaml"
    file.write_text(f"{head}questions:{''.join(entries) or ' []'}", encoding="utf-8")
    return read_checklist(file)


@every_check
def test_every_check_informs_a_question_of_its_own(check):
    named = [question for question in SHIPPED.questions if check.id in question.informed_by]

    assert named, f"name {check.id} in a question of data/checklists/default.yaml"


@every_question
def test_every_question_is_informed_by_checks_that_exist(question):
    known = {check.id for check in catalogue()}
    families = {f"{check.family}.*" for check in catalogue()}

    assert question.informed_by
    assert set(question.informed_by) <= known | families


@every_question
def test_every_question_names_a_source_and_a_case(question):
    assert question.source in SOURCES
    assert question.precedent.standing in STANDINGS
    assert re.search(r"\b(19|20)\d\d\b", question.precedent.what), "a case has its year"
    assert question.precedent.link.startswith("https://")


@every_question
def test_a_case_is_worded_by_its_standing(question):
    what, standing = question.precedent.what, question.precedent.standing

    if standing == "settled":
        assert "to settle" in what
        assert "alleged" in what
    if standing == "decision":
        assert re.search(r"\bfined\b|\bheld\b", what)


@every_question
def test_sentences_are_short_and_plain(question):
    for text in (question.asks, question.why, question.good, question.precedent.what):
        assert not re.search(r"e-mail|compliant|passed|score\b", text)
        for sentence in re.split(r"[.?!] ", text):
            assert len(sentence.split()) <= 22, sentence


def test_a_family_pattern_reaches_its_family_and_no_other(tmp_path):
    one = read(tmp_path, entry().replace("consent.coverage", '"consent.*"')).questions[0]

    assert one.is_informed_by("consent.coverage")
    assert not one.is_informed_by("consents.coverage")
    assert not one.is_informed_by("bias.selection")


@pytest.mark.parametrize(
    ("other", "where", "cure"),
    [
        pytest.param({"source": "GDPR 77"}, "questions[0].source", "Did you mean", id="source"),
        pytest.param({"standing": "rumour"}, "precedent.standing", "Known are", id="standing"),
        pytest.param({"link": "http://x.example"}, "precedent.link", "https", id="open link"),
    ],
)
def test_says_where_and_what_to_do(tmp_path, other, where, cure):
    with pytest.raises(Refused) as refused:
        read(tmp_path, entry(**other))

    [problem] = refused.value.problems
    assert where in problem.where
    assert cure in problem.cure


def test_tells_all_problems_at_once(tmp_path):
    with pytest.raises(Refused) as refused:
        read(tmp_path, entry(standing="rumour"), entry(link="ftp://x"))

    assert len(refused.value.problems) == 4  # both share an id, which is said of each


def test_refuses_an_unknown_name(tmp_path):
    with pytest.raises(Refused, match="asked_by"):
        read(tmp_path, entry() + "    asked_by: me\n")


def test_refuses_a_checklist_that_asks_nothing(tmp_path):
    with pytest.raises(Refused, match="asks nothing"):
        read(tmp_path)


def test_the_words_of_a_law_are_ones_that_were_read():
    quoted = [question for question in SHIPPED.questions if question.words]

    assert len(quoted) >= 7
    assert all(one.source.startswith(("GDPR", "EU Charter 21")) for one in quoted)


def test_only_people_settle_what_only_people_can_say():
    human = [question for question in SHIPPED.questions if question.asked]

    assert {question.id for question in human} == {
        "yes-was-meant",
        "reasons-can-be-told",
        "people-would-agree",
    }
