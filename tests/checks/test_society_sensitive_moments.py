"""society.sensitive_moments."""

from __future__ import annotations

import pytest

from checks.finding import Verdict
from checks.society.sensitive_moments import judge

EMAIL = {"email": {"basis": "consent"}}
MOURNING = {"from": "2026-12-01", "to": "2026-12-02", "why": "<script>mourning"}


def found(a_case, sections, **columns):
    case = a_case({"channels": EMAIL, **sections}, **(columns or {"id": [1]}))
    return {finding.subject: finding for finding in judge(case)}


def test_nothing_stated_is_asked(a_case):
    assert {one.verdict for one in found(a_case, {}).values()} == {Verdict.ASK}


@pytest.mark.parametrize(
    ("window", "verdict"),
    [
        pytest.param({}, Verdict.WATCH, id="launch is its first day"),
        pytest.param({"from": "2026-11-30", "to": "2026-12-01"}, Verdict.WATCH, id="its last day"),
        pytest.param({"from": "2026-12-02"}, Verdict.CLEAR, id="the day after"),
        pytest.param({"regions": ["DE"]}, Verdict.WATCH, id="a region of the campaign"),
        pytest.param({"regions": ["US"]}, Verdict.WATCH, id="a country around the region"),
        pytest.param({"regions": ["FR"]}, Verdict.CLEAR, id="another region"),
    ],
)
def test_windows(a_case, window, verdict):
    sections = {"calendar": [{**MOURNING, **window}], "regions": ["DE", "US-CA"]}

    assert found(a_case, sections)["time"].verdict is verdict


def test_says_what_falls_where_and_the_next_free_day(a_case):
    channels = {**EMAIL, "sms": {"basis": "consent", "send": {"day": "2026-12-04"}}}
    next_ = {"from": "2026-12-03", "to": "2026-12-03"}
    finding = found(a_case, {"channels": channels, "calendar": [MOURNING, next_]})["time"]

    assert finding.headline == "1 of 2 sends falls on 1 December 2026: <script>mourning."
    assert finding.remedy == "Move it to 4 December 2026."


def test_an_empty_calendar_is_an_answer(a_case):
    finding = found(a_case, {"calendar": []})["time"]

    assert finding.verdict is Verdict.CLEAR
    assert finding.headline == (
        "None of 1 send falls into 0 sensitive windows of the campaign's calendar."
    )


@pytest.mark.parametrize(
    ("places", "verdict"),
    [
        pytest.param(None, Verdict.ASK, id="not stated"),
        pytest.param([], Verdict.CLEAR, id="none"),
        pytest.param([{"kind": "shop", "name": "a"}], Verdict.CLEAR, id="a shop"),
        pytest.param([{"kind": "Clinic", "name": "a"}], Verdict.FAIL, id="a clinic"),
        pytest.param([{"kind": "place of worship", "name": "a"}], Verdict.FAIL, id="worship"),
    ],
)
def test_places(a_case, places, verdict):
    assert found(a_case, {"places": places})["places"].verdict is verdict


def test_dropping_places_says_who_leaves(a_case):
    sections = {
        "people": {"targeted": "on"},
        "places": [{"kind": "clinic", "name": "north"}, {"kind": "shop", "name": "south"}],
        "rules": [{"column": "near", "among": ["north", "south"]}],
    }
    people = {"near": ["north", "north", "south", "west"], "on": [True, True, True, False]}
    finding = found(a_case, sections, **people)["places"]

    assert finding.headline == "1 of 2 places is of a kind that tells too much: clinic."
    assert finding.remedy == "Drop 1 place; 2 people leave the list."


@pytest.mark.parametrize(
    ("sector", "product", "verdict"),
    [
        pytest.param("general", None, Verdict.ASK, id="not stated"),
        pytest.param("general", "books", Verdict.CLEAR, id="books"),
        pytest.param("general", "alcohol", Verdict.ASK, id="on the list"),
        pytest.param("credit", None, Verdict.ASK, id="a regulated sector"),
        pytest.param("housing", "flats", Verdict.ASK, id="regulated, another product"),
    ],
)
def test_products(a_case, sector, product, verdict):
    sections = {"sector": sector, "product": {"class": product} if product else None}

    assert found(a_case, sections)["product"].verdict is verdict
