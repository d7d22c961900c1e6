"""society.manipulation: passages are laid out, never judged."""

from __future__ import annotations

import pytest

from checks.finding import Verdict
from checks.society.manipulation import judge

CLOCK = {"id": "<script>clock", "label": "Advertisement"}
CALM = {"id": "calm"}


def found(a_case, *creatives, said=None, **sections):
    named = None if creatives == (None,) else list(creatives)
    [finding] = judge(a_case({"creatives": named, **sections}, creatives=said, id=[1]))
    return finding


def way(finding, name):
    return dict(finding.evidence[0].rows)[name]


def test_words_of_pressure_raise_the_question_beside_the_passage(a_case):
    finding = found(
        a_case,
        CLOCK,
        CALM,
        said={"<script>clock": "Only today!\nHURRY, few left.", "calm": "Good day."},
    )

    assert finding.verdict is Verdict.ASK
    assert finding.headline == (
        "1 of 2 creatives has words of pressure: only today, hurry, few left."
    )
    assert finding.evidence[1].rows[0] == ("<script>clock", "only today", "Only today!")
    assert finding.remedy == (
        "Read the passages in <script>clock: show that what they say is true, "
        "or take the words out."
    )
    assert way(finding, "false urgency or scarcity") == "3 passages with words of pressure"


def test_no_such_word_is_still_asked(a_case):
    finding = found(a_case, CALM, said={"calm": "Good day. A hurricane is near."})

    assert finding.verdict is Verdict.ASK
    assert finding.headline == "None of 1 creative read has a word of pressure of our list."


@pytest.mark.parametrize(
    ("said", "headline"),
    [
        pytest.param({"calm": None}, "No creative can be read here.", id="a picture"),
        pytest.param({}, "No creative can be read here.", id="no file"),
        pytest.param(
            {"calm": "Hello.", "clock": None},
            "None of 1 creative read has a word of pressure of our list. "
            "1 creative cannot be read here.",
            id="one of two",
        ),
    ],
)
def test_what_cannot_be_read_is_named(a_case, said, headline):
    creatives = [CALM, {"id": "clock"}] if "clock" in said else [CALM]

    assert found(a_case, *creatives, said=said).headline == headline


@pytest.mark.parametrize("creatives", [[None], []])
def test_without_creatives_it_asks(a_case, creatives):
    finding = found(a_case, *creatives)

    assert finding.verdict is Verdict.ASK
    assert finding.headline.startswith("The campaign names no creative")


def test_lays_out_what_the_file_says_of_leaving_labels_and_touches(a_case):
    permission = {"status": "s", "preticked": "box"}
    email = {
        "basis": "consent",
        "permission": permission,
        "opt_out": {"steps_in": 1, "steps_out": 6},
        "touches": 3,
    }
    finding = found(a_case, CLOCK, CALM, channels={"email": email})

    assert way(finding, "obstruction") == "steps by email: 1 to join, 6 to leave"
    assert way(finding, "ticked boxes") == "a column tells of it for email"
    assert way(finding, "disguised ads") == "no label: calm"
    assert way(finding, "nagging") == "email: 3 messages"
