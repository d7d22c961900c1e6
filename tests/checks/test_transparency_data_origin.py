"""transparency.data_origin."""

from __future__ import annotations

import pytest

from checks.finding import Verdict
from checks.transparency.data_origin import judge

PEOPLE = {"people": {"key": "id", "targeted": "on"}}
COLUMNS = {
    "id": list(range(12)),
    "on": [True] * 8 + [False] * 4,
    "income": [None, None, *[1] * 10],
}


def bought(**more):
    return {"name": "income", "source_kind": "bought", "source": "List Mart", **more}


def found(a_case, subject, *fields, words=None, sources=None, **sections):
    notice = {"declares": {"sources": sources}} if sources is not None else {}
    told = {**PEOPLE, "fields": list(fields), "notice": notice, **sections}
    findings = {one.subject: one for one in judge(a_case(told, notice=words, **COLUMNS))}
    return findings[subject]


@pytest.mark.parametrize(
    ("field", "sources", "verdict"),
    [
        pytest.param(bought(), ["List Mart"], Verdict.ASK, id="named"),
        pytest.param(bought(), ["list mart"], Verdict.ASK, id="named in small letters"),
        pytest.param(bought(), ["Others"], Verdict.FAIL, id="another is named"),
        pytest.param(bought(), [], Verdict.FAIL, id="none is named"),
        pytest.param(bought(source=None), ["List Mart"], Verdict.FAIL, id="it has no name"),
        pytest.param(bought(), None, Verdict.ASK, id="not written down"),
    ],
)
def test_sources(a_case, field, sources, verdict):
    assert found(a_case, "sources", field, sources=sources).verdict is verdict


@pytest.mark.parametrize("kind", ["partner", "bought", "public", "inferred"])
def test_every_kind_of_outside_counts(a_case, kind):
    field = bought(source_kind=kind)

    assert found(a_case, "sources", field, sources=[]).verdict is Verdict.FAIL


def test_the_words_of_the_notice_name_a_source_too(a_case):
    told = "Some data come from List Mart, who sell them."

    assert found(a_case, "sources", bought(), words=told).verdict is Verdict.ASK
    assert found(a_case, "sources", bought(), words="We ask you.").verdict is Verdict.FAIL


def test_says_which_and_on_how_many_people(a_case):
    finding = found(a_case, "sources", bought(), sources=[])

    assert finding.headline == (
        "The one field from others has a source that the notice does not name: income "
        "(List Mart). We hold it on 6 people on the list."
    )
    assert finding.remedy == (
        "Stop using income until the notice names where it comes from, and ask the seller for "
        "the proof chain."
    )


def test_few_people_are_not_counted_out_loud(a_case):
    columns = {**COLUMNS, "income": [1] * 3 + [None] * 9}
    told = {**PEOPLE, "fields": [bought()], "notice": {"declares": {"sources": []}}}

    [finding, _] = judge(a_case(told, **columns))

    assert finding.headline.endswith("We hold it on fewer than 5 people on the list.")


def test_nothing_from_others_does_not_apply(a_case):
    own = {"name": "age", "source_kind": "asked"}

    assert found(a_case, "sources", own).verdict is Verdict.NOT_APPLICABLE
    assert found(a_case, "sources").verdict is Verdict.NOT_APPLICABLE


def test_a_kind_that_nobody_states_is_asked(a_case):
    finding = found(a_case, "sources", {"name": "age"}, {"name": "area", "source_kind": "asked"})

    assert finding.verdict is Verdict.ASK
    assert finding.headline == ("For 1 of 2 fields nobody says whether they come from others: age.")


def test_no_fields_at_all_are_asked_for(a_case):
    [finding] = judge(a_case(PEOPLE, **COLUMNS))

    assert finding.verdict is Verdict.ASK


@pytest.mark.parametrize(
    ("days", "verdict"),
    [
        pytest.param(("2026-06-01", "2026-06-20"), Verdict.ASK, id="within the month"),
        pytest.param(("2026-06-01", "2026-07-01"), Verdict.ASK, id="on the last day"),
        pytest.param(("2026-06-01", "2026-07-02"), Verdict.FAIL, id="a day late"),
        pytest.param(("2026-11-20", "2026-12-02"), Verdict.FAIL, id="after the first contact"),
        pytest.param((None, "2026-12-02"), Verdict.FAIL, id="after the first contact, unknown day"),
        pytest.param(("2026-06-01", None), Verdict.ASK, id="not written down"),
        pytest.param((None, "2026-06-01"), Verdict.ASK, id="day of coming not written down"),
    ],
)
def test_people_are_told_in_time(a_case, days, verdict):
    acquired, notified = days
    field = bought(acquired=acquired, notified=notified)

    assert found(a_case, "time", field, sources=["List Mart"]).verdict is verdict


def test_late_is_said_with_the_field(a_case):
    field = bought(name="<script>", acquired="2026-06-01", notified="2026-09-01")

    finding = found(a_case, "time", field)

    assert finding.headline == "The one field from others was told too late: <script>."
    assert finding.evidence[0].rows[0][3] == "late: after more than 1 month"
