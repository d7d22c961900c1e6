"""Opt-out signals: the published layouts, read bit by bit, and facts of a person made of them."""

from __future__ import annotations

from datetime import date

import pytest

from checks.audience import Count
from checks.audience.gpp import opted_out
from checks.conditions import Is

PURPOSES_1_3_TO_6 = "CPTtLAAPTtLAAAKAAAENAAFgALwAAEAAAAAAAOgAgABgAAAA"
NO_PURPOSE = "CPSG_8APSG_8AAAAAAENAAFgAAAAAAAAAAAAAAAAAAAA"
ALL_OUT = {
    "national": "DBABLA~CVVVkkkkkpFY.YA",
    "California": "DBABBg~BVWSSSVY.YA",
    "Virginia": "DBABRg~BVWSSVY",
    "Utah": "DBABFg~BVVkklWA",
    "Texas": "DBABEw~BVWSSVWA",
    "the older string": "DBABT~1YYN",
}
"""Strings of the platform's own test suites, with every opt-out set, behind their header."""


@pytest.mark.parametrize("text", ALL_OUT.values(), ids=ALL_OUT)
def test_an_opt_out_is_read_in_the_layout_of_its_section(text):
    assert opted_out(text) is True


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("DBABLA~CAAAAAAAAABA.QA", False, id="national, nothing set"),
        pytest.param("DBABLA~CAAAAAAAAABA.YA", True, id="national, only global privacy control"),
        pytest.param("DBABBg~BAAAAABA.QA", False, id="California, nothing set"),
        pytest.param("DBABT~1YNN", False, id="the older string, no opt-out"),
        pytest.param(f"DBABM~{PURPOSES_1_3_TO_6}", False, id="only European consent"),
        pytest.param(f"DBACNY~{PURPOSES_1_3_TO_6}~1YYN", True, id="European consent, then a no"),
        pytest.param("DBACNY~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA~1YNN", False, id="spec"),
        pytest.param("DBABBg~BV", None, id="ends before its opt-outs"),
        pytest.param("DBABBg", None, id="a header without its section"),
        pytest.param("", None, id="nothing"),
        pytest.param("DBAB", None, id="half a header"),
        pytest.param("<script>", None, id="no string at all"),
        pytest.param("DBACNY~CPXx~9", None, id="a section that is none"),
    ],
)
def test_what_a_string_says(text, says):
    assert opted_out(text) is says


def signals(a_case, told, **columns):
    sections = {"people": {"key": "id"}, "signals": {"file": "signals.csv", **told}}
    people = {"id": ["a", "b", "c", "d"]}
    return a_case(sections, tables={"signals": columns}, **people).audience


def test_the_most_protective_signal_of_a_person_counts(a_case):
    audience = signals(
        a_case,
        {"gpc": "gpc", "gpp": "gpp", "seen": "seen"},
        id=["a", "a", "b", "c", "x"],
        gpc=["0", "1", "0", "", "1"],
        gpp=["DBABT~1YNN", "DBABT~1YYN", "rubbish", "", ""],
        seen=["2026-11-01", "2026-11-09", "2026-11-02", "", ""],
    )

    assert audience.count("signals.gpc") == (
        Count((False,), 1),
        Count((True,), 1),
        Count((None,), 2),
    )
    assert audience.count("signals.gpp") == (
        Count(("unreadable",), 1),
        Count(("opted out",), 1),
        Count((None,), 2),
    )
    assert audience.count("signals.seen", where=Is("signals.gpc", True)) == (
        Count((date(2026, 11, 9),), 1),
    )
    assert audience.unmatched["signals"] == 1


def test_a_consent_string_tells_its_purposes_its_day_and_its_vendors(a_case):
    audience = signals(
        a_case,
        {"tcf": "tcf"},
        id=["a", "b", "c"],
        tcf=[f"{PURPOSES_1_3_TO_6}.IAoAAgABgAAEAQAAEAAA.d4AACEAAAAAA", NO_PURPOSE, "rubbish"],
    )
    facts = ("signals.tcf_1", "signals.tcf_3", "signals.tcf_4", "signals.tcf_shown")

    assert audience.count(*facts, "signals.tcf_made", where=Is("signals.tcf", "read")) == (
        Count((False, False, False, False, date(2022, 1, 1)), 1),
        Count((True, True, True, True, date(2022, 2, 1)), 1),
    )
    assert audience.total(Is("signals.tcf", "unreadable")) == 1


def test_signals_may_be_columns_of_the_people_file(a_case):
    told = {"people": {"key": "id"}, "signals": {"gpc": "gpc"}}

    audience = a_case(told, id=["a", "b"], gpc=["yes", ""]).audience

    assert audience.total(Is("signals.gpc", True)) == 1
    assert audience.count("signals.gpc")[-1] == Count((None,), 1)
