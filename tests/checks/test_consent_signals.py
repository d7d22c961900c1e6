"""consent.signals."""

from __future__ import annotations

import pytest

from checks.consent.signals import judge
from checks.finding import Reason, Verdict

SHARES = {"shares_with_ad_platform": True, "sells": False}


def sections(regions=("US-CO",), uses=SHARES, region=None, **signals):
    return {
        "people": {"key": "id", "targeted": "on"} | ({"region": region} if region else {}),
        "regions": list(regions),
        "uses_data_for": uses,
        "signals": signals or {"gpc": "gpc"},
    }


def found(a_case, told, *gpc, subject="opt-out signals", **columns):
    many = len(gpc)
    held = {"id": range(many), "on": [True] * many, "gpc": list(gpc), **columns}
    findings = {one.subject: one for one in judge(a_case(told, **held))}
    return findings[subject]


@pytest.mark.parametrize(
    ("gpc", "verdict"),
    [
        pytest.param([False] * 9, Verdict.CLEAR, id="nobody refused"),
        pytest.param([True] + [False] * 8, Verdict.FAIL, id="one refused"),
        pytest.param([True] * 9, Verdict.FAIL, id="everyone refused"),
        pytest.param([None] * 8 + [False], Verdict.CLEAR, id="most are not known"),
        pytest.param([None] * 9, Verdict.CANNOT_TELL, id="nobody is known"),
    ],
)
def test_the_browsers_signal(a_case, gpc, verdict):
    assert found(a_case, sections(), *gpc).verdict is verdict


def test_says_how_many_and_what_becomes_of_the_upload(a_case):
    finding = found(a_case, sections(), *[True] * 6, *[False] * 14)

    assert finding.headline == (
        "6 of 20 people on the list where signals bind sent “do not sell or share”, and their "
        "data would be."
    )
    assert finding.remedy == (
        "Keep them out of the upload: it becomes 14. Show on the site that the signal was honoured."
    )


def test_the_unknown_are_reported_and_never_read_as_none(a_case):
    finding = found(a_case, sections(), *[None] * 7, *[False] * 13)

    assert finding.headline == (
        "None of 20 people on the list where signals bind sent a refusal. For 7 no signal is known."
    )
    assert [part.people for part in finding.evidence[0].parts] == [0, 13, 7]


@pytest.mark.parametrize(
    ("regions", "verdict"),
    [
        pytest.param(["US-CA"], Verdict.ASK, id="California: is it shown?"),
        pytest.param(["US"], Verdict.ASK, id="all states"),
        pytest.param(["US-OR"], Verdict.CLEAR, id="Oregon"),
        pytest.param(["US-FL"], Verdict.NOT_APPLICABLE, id="Florida does not bind"),
        pytest.param(["DE"], Verdict.NOT_APPLICABLE, id="Germany"),
        pytest.param([], Verdict.CLEAR, id="no region named: as if it bound"),
    ],
)
def test_where_signals_bind(a_case, regions, verdict):
    assert found(a_case, sections(regions), False, False).verdict is verdict


def test_people_elsewhere_do_not_count_and_the_unplaced_do(a_case):
    told = sections(["US-CO", "DE"], region="region")

    elsewhere = found(a_case, told, True, False, region=["DE", "US-CO"])
    unplaced = found(a_case, told, True, False, region=[None, "US-CO"])

    assert elsewhere.verdict is Verdict.CLEAR
    assert unplaced.verdict is Verdict.FAIL


@pytest.mark.parametrize(
    ("uses", "verdict"),
    [
        pytest.param({"shares_with_ad_platform": False, "sells": False}, "not_applicable", id="no"),
        pytest.param({"shares_with_ad_platform": False}, "cannot_tell", id="half stated"),
        pytest.param({}, "cannot_tell", id="not stated"),
        pytest.param({"sells": True}, "fail", id="sells"),
    ],
)
def test_only_what_is_sold_or_shared(a_case, uses, verdict):
    assert found(a_case, sections(uses=uses), True).verdict == verdict


def test_without_its_column_it_cannot_tell(a_case):
    told = {**sections(), "signals": {"gpc": "gone"}}

    finding = found(a_case, told, False)

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


def test_a_platform_string_refuses_too(a_case):
    told = sections(gpp="gpp")

    finding = found(a_case, told, None, None, gpp=["yes", "no"])

    assert finding.verdict is Verdict.FAIL
    assert finding.headline.startswith("1 of 2 people")


def tcf(purposes, *, day="2025-06-01", vendors=True):
    """A consent string of version 2, from its published layout: version, days, …, purposes."""
    from datetime import date

    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    tenths = (date.fromisoformat(day) - date(1970, 1, 1)).days * 864_000
    bits = f"{2:06b}{tenths:036b}{tenths:036b}" + "0" * (6 * 26 - 4 - 78)
    bits = bits[:152] + "".join("1" if one in purposes else "0" for one in range(1, 25))
    bits = bits.ljust(6 * 40, "0")
    core = "".join(letters[int(bits[at : at + 6], 2)] for at in range(0, len(bits), 6))
    return f"{core}.IAAA" if vendors else core


@pytest.mark.parametrize(
    ("string", "verdict"),
    [
        pytest.param(tcf({1, 3, 4}), Verdict.CLEAR, id="all purposes"),
        pytest.param(tcf({1, 4}), Verdict.CLEAR, id="no profile is made"),
        pytest.param(tcf({1, 3}), Verdict.FAIL, id="no personal ads"),
        pytest.param(tcf({3, 4}), Verdict.FAIL, id="no storage"),
        pytest.param(tcf({1, 4}, vendors=False), Verdict.CLEAR, id="old, without vendors"),
        pytest.param(
            tcf({1, 4}, day="2026-02-28", vendors=False), Verdict.FAIL, id="new, without vendors"
        ),
        pytest.param(
            tcf({1, 4}, day="2026-02-27", vendors=False), Verdict.CLEAR, id="the day before"
        ),
        pytest.param("nonsense", Verdict.CANNOT_TELL, id="unreadable"),
    ],
)
def test_consent_strings(a_case, string, verdict):
    told = sections(["DE"], tcf="tcf")

    assert found(a_case, told, None, subject="consent strings", tcf=[string]).verdict is verdict


def test_a_profile_needs_its_purpose(a_case):
    told = sections(["DE"], uses={**SHARES, "profiling": True}, tcf="tcf")

    finding = found(a_case, told, None, subject="consent strings", tcf=[tcf({1, 4})])

    assert finding.verdict is Verdict.FAIL
    assert [rate.yes for rate in finding.evidence] == [0, 1, 0, 0]
