"""protection.stray_identifiers."""

from __future__ import annotations

import pytest

from checks.finding import Reason, Verdict
from checks.protection.stray_identifiers import judge

CARD, EMAIL = "4111111111111111", "ana@bank.example"


def found(a_case, *, fields=None, key=None, **columns):
    case = a_case({"people": {"key": key}, "fields": fields}, **columns)
    return {finding.subject: finding for finding in judge(case)}


def test_nothing_slipped_in(a_case):
    findings = found(a_case, area=["north", "south"], age=[30, 40])

    assert {one.verdict for one in findings.values()} == {Verdict.CLEAR}
    assert findings["identifiers"].headline == (
        "None of 2 columns looks like cards, accounts, addresses, phones or national numbers."
    )


@pytest.mark.parametrize(
    ("cards", "verdict"),
    [
        pytest.param(5, Verdict.CLEAR, id="exactly half"),
        pytest.param(6, Verdict.FAIL, id="more than half"),
    ],
)
def test_more_than_half_of_the_values_have_to_fit(a_case, cards, verdict):
    finding = found(a_case, note=[CARD] * cards + ["x"] * (10 - cards))["identifiers"]

    assert finding.verdict is verdict


def test_says_which_column_looks_like_what_and_shows_no_value(a_case):
    finding = found(a_case, **{"<script>": [CARD] * 8 + [None] * 2, "area": ["n"] * 10})[
        "identifiers"
    ]

    assert finding.headline == (
        "1 of 2 columns looks like identifiers: <script> like card numbers."
    )
    assert finding.evidence[0].rows == (("<script>", "card numbers", 8, 8),)
    assert CARD not in repr(finding)


@pytest.mark.parametrize(
    "value",
    ["DE89370400440532013000", EMAIL, "+49 30 1234567", "811218-9876"],
)
def test_every_shape_is_looked_for(a_case, value):
    assert found(a_case, note=[value] * 6)["identifiers"].verdict is Verdict.FAIL


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        pytest.param([{"name": "Mail", "role": "identifier"}], None, id="said to identify"),
        pytest.param(None, "mail", id="the key"),
    ],
)
def test_what_is_known_to_identify_is_exempt(a_case, fields, key):
    people = [f"p{n}@bank.example" for n in range(6)]

    assert (
        found(a_case, fields=fields, key=key, mail=people)["identifiers"].verdict is Verdict.CLEAR
    )


@pytest.mark.parametrize(
    ("length", "verdict"),
    [
        pytest.param(40, Verdict.CLEAR, id="exactly as long as allowed"),
        pytest.param(41, Verdict.WATCH, id="longer"),
    ],
)
def test_free_text_is_watched(a_case, length, verdict):
    finding = found(a_case, note=["x" * length, "y" * length])["free text"]

    assert finding.verdict is verdict
    if verdict is Verdict.WATCH:
        assert finding.headline == (
            "1 of 1 column is free text, in which anything may stand: note."
        )
        assert finding.evidence[0].rows == (("note", 41, 2),)


def test_a_column_of_identifiers_is_not_named_twice(a_case):
    long = [f"{'x' * 50}@bank.example"] * 6
    findings = found(a_case, note=long)

    assert findings["identifiers"].verdict is Verdict.FAIL
    assert findings["free text"].verdict is Verdict.CLEAR


def test_an_empty_column_is_nothing(a_case):
    findings = found(a_case, note=[None, None])

    assert {one.verdict for one in findings.values()} == {Verdict.CLEAR}


def test_a_file_that_was_not_profiled_cannot_be_told(a_case, monkeypatch):
    case = a_case(note=["x"])
    for source in case.audience.intake["sources"]:
        monkeypatch.setitem(source, "profiles", [])
    [finding] = judge(case)

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)
