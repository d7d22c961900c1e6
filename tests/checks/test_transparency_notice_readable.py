"""transparency.notice_readable."""

from __future__ import annotations

import pytest

from checks.finding import Reason, Verdict
from checks.transparency.notice_readable import judge
from checks.words import readability

EASY = "We keep your address. You can ask us to stop. We will not sell your data to anyone."
HARD = (
    "Notwithstanding the aforementioned considerations, the processing of identification "
    "information is undertaken for the optimisation of organisational communication, and the "
    "entitlement to rectification is available to the individuals participating in it."
)
GERMAN = "Wir speichern Ihre Anschrift. Sie können jederzeit Auskunft über Ihre Daten verlangen."


def found(a_case, subject, *, text=None, people=None, notice=None, **columns):
    sections = {"people": {"targeted": "on", **(people or {})}, "notice": notice}
    columns = columns or {"on": [True, True]}
    findings = judge(a_case(sections, notice=text, **columns))
    return next((one for one in findings if one.subject == subject), None)


@pytest.mark.parametrize(
    ("text", "languages", "verdict"),
    [
        pytest.param(EASY, ["en"], Verdict.CLEAR, id="plain words"),
        pytest.param(HARD, ["en"], Verdict.WATCH, id="a lawyer wrote it"),
        pytest.param(HARD, ["en-GB"], Verdict.WATCH, id="the language has a country"),
        pytest.param(GERMAN, ["de"], Verdict.ASK, id="not in English"),
        pytest.param(GERMAN, [], Verdict.ASK, id="not in English, nobody says so"),
        pytest.param(GERMAN, ["en"], Verdict.ASK, id="not in English, somebody says it is"),
        pytest.param("# Privacy\n\n", ["en"], Verdict.ASK, id="a heading and nothing else"),
        pytest.param("", ["en"], Verdict.ASK, id="an empty file"),
    ],
)
def test_grade(a_case, text, languages, verdict):
    finding = found(a_case, "grade", text=text, notice={"file": "n.md", "languages": languages})

    assert finding.verdict is verdict


def test_no_notice_is_not_good_news(a_case):
    finding = found(a_case, "grade")

    assert finding.verdict is Verdict.CANNOT_TELL
    assert finding.reason is Reason.COLUMN_MISSING


def test_says_which_sentences_to_shorten(a_case):
    text = f"{HARD} {HARD} The " + "organisational " * 40 + "end of it."

    finding = found(a_case, "grade", text=text, notice={"file": "n.md"})

    assert finding.verdict is Verdict.WATCH
    assert finding.remedy == "Shorten the 1 of 3 sentences over 40 words."


def test_language_of_many_without_a_notice_fails(a_case):
    finding = found(
        a_case,
        "languages",
        text=EASY,
        people={"language": "lang"},
        notice={"file": "n.md", "languages": ["en"]},
        on=[True] * 200,
        lang=["en-GB"] * 180 + ["tr"] * 20,
    )

    assert finding.verdict is Verdict.FAIL
    assert finding.headline == (
        "20 of 200 people on the list read tr, in which there is no notice."
    )


def test_a_language_of_very_few_is_not_named(a_case):
    finding = found(
        a_case,
        "languages",
        text=EASY,
        people={"language": "lang"},
        notice={"file": "n.md", "languages": ["en"]},
        on=[True] * 100,
        lang=["en"] * 94 + ["tr"] * 6,
    )

    assert "read a rarer language" in finding.headline


@pytest.mark.parametrize(
    ("few", "verdict"),
    [
        pytest.param(4, Verdict.CLEAR, id="under the share"),
        pytest.param(5, Verdict.FAIL, id="exactly the share"),
    ],
)
def test_a_language_counts_from_its_share_of_the_list(a_case, few, verdict):
    finding = found(
        a_case,
        "languages",
        text=EASY,
        people={"language": "lang"},
        notice={"file": "n.md", "languages": ["en"]},
        on=[True] * 100 + [False] * 50,
        lang=["en"] * (100 - few) + ["tr"] * (few + 50),
    )

    assert finding.verdict is verdict


def test_rare_languages_stand_together(a_case):
    finding = found(
        a_case,
        "languages",
        text=EASY,
        people={"language": "lang"},
        notice={"file": "n.md", "languages": ["en"]},
        on=[True] * 300,
        lang=["en"] * 270 + ["de"] * 27 + ["tr", "fi", "pl"],
    )

    [table] = finding.evidence
    assert table.rows == (("en", 270, "yes"), ("de", None, "no"), ("other languages", None, ""))


def test_languages_of_an_unsaid_notice_cannot_be_told(a_case):
    finding = found(
        a_case,
        "languages",
        text=EASY,
        people={"language": "lang"},
        notice={"file": "n.md"},
        on=[True] * 12,
        lang=["en"] * 12,
    )

    assert finding.verdict is Verdict.CANNOT_TELL


def test_nothing_is_said_about_languages_that_nobody_recorded(a_case):
    assert found(a_case, "languages", text=EASY, notice={"file": "n.md"}) is None


def test_the_formulas_are_flesch_s():
    reading = readability.read("The cat sat on the mat.")

    assert (reading.words, reading.sentences, reading.syllables) == (6, 1, 6)
    assert reading.ease == pytest.approx(116.145)
    assert reading.grade == pytest.approx(-1.45)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("- one thing\n- another thing", 2, id="entries of a list"),
        pytest.param("It is e.g. here. And there.", 2, id="a full stop inside"),
        pytest.param("# Heading\nA line\nthat goes on.", 1, id="a line break"),
        pytest.param("| a | b | c |\n|---|---|---|\n| d | e | f |", 0, id="a table"),
        pytest.param("See [our page](https://x.example/a.b).", 1, id="a link"),
    ],
)
def test_sentences(text, count):
    assert len(readability.sentences(text)) == count


PUBLISHED = {
    "automattic-privacy-policy": (37, 13.9),
    "automattic-visitors-notice": (33, 15.4),
    "basecamp-privacy": (48, 11.3),
    "basecamp-recruitment-privacy": (42, 12.4),
    "github-candidate-privacy-policy": (28, 14.5),
    "github-general-privacy-statement": (32, 13.6),
}
"""Ease and grade by another counter; a page that is one long table of cookies is left out."""


def measured(reference, name):
    text = (reference / f"data/privacy_notices/{name}.md").read_text(encoding="utf-8")
    return readability.read(text)


@pytest.mark.parametrize("name", PUBLISHED)
def test_real_notices_read_as_another_counter_says(reference, name):
    ease, grade = PUBLISHED[name]

    reading = measured(reference, name)

    assert reading.ease == pytest.approx(ease, abs=3)
    assert reading.grade == pytest.approx(grade, abs=3)


def test_the_easiest_and_the_hardest_notice_are_the_same(reference):
    by_ease = sorted(PUBLISHED, key=lambda name: measured(reference, name).ease)

    assert by_ease[0] == "github-candidate-privacy-policy"
    assert by_ease[-1] == "basecamp-privacy"


@pytest.mark.parametrize(
    ("unknown", "verdict"),
    [
        pytest.param(4, Verdict.CLEAR, id="too few to hide a language"),
        pytest.param(5, Verdict.CANNOT_TELL, id="one in twenty may be one"),
        pytest.param(90, Verdict.CANNOT_TELL, id="nearly all"),
    ],
)
def test_unknown_languages_may_hide_one(a_case, unknown, verdict):
    finding = found(
        a_case,
        "languages",
        text=EASY,
        people={"language": "lang"},
        notice={"file": "n.md", "languages": ["en"]},
        on=[True] * 100,
        lang=["en"] * (100 - unknown) + [None] * unknown,
    )

    assert finding.verdict is verdict


def test_a_few_readers_are_not_counted_out(a_case):
    finding = found(
        a_case,
        "languages",
        text=EASY,
        people={"language": "lang"},
        notice={"file": "n.md", "languages": ["en"]},
        on=[True] * 40,
        lang=["en"] * 37 + ["fr"] * 3,
    )

    assert finding.headline.startswith("Fewer than 5 of 40 people")
    assert "3" not in finding.headline + finding.remedy
