"""consent.sources."""

from __future__ import annotations

import pytest

from checks.consent.sources import judge
from checks.finding import Reason, Verdict

PERMISSION = {
    "status": "said",
    "source": "source",
    "preticked": "ticked",
    "bundled": "bundled",
    "incentive": "gift",
}
SECTIONS = {
    "people": {"key": "id", "targeted": "on"},
    "channels": {"email": {"basis": "consent", "permission": PERMISSION}},
    "outcomes": {"complained": "complained", "opted_out": "left"},
}


def found(a_case, subject, sections=SECTIONS, **columns):
    many = len(next(iter(columns.values())))
    plain = {
        "id": range(many),
        "on": [True] * many,
        "said": ["granted"] * many,
        "source": ["web"] * many,
        "ticked": [False] * many,
        "bundled": [False] * many,
        "gift": [False] * many,
        "complained": [False] * many,
        "left": [False] * many,
    }
    findings = {one.subject: one for one in judge(a_case(sections, **{**plain, **columns}))}
    return findings[f"email: {subject}"]


@pytest.mark.parametrize(
    ("columns", "verdict"),
    [
        pytest.param({"ticked": [False, False]}, Verdict.CLEAR, id="an open form"),
        pytest.param({"ticked": [True, False]}, Verdict.FAIL, id="a ticked box"),
        pytest.param({"bundled": [True, False]}, Verdict.WATCH, id="a bundle"),
        pytest.param({"gift": [True, True]}, Verdict.WATCH, id="a gift"),
        pytest.param({"ticked": [None, False]}, Verdict.CANNOT_TELL, id="not known for one"),
        pytest.param(
            {"ticked": [True, False], "on": [False, True]}, Verdict.CLEAR, id="off the list"
        ),
        pytest.param(
            {"ticked": [True, False], "said": ["denied", "granted"]}, Verdict.CLEAR, id="a no"
        ),
    ],
)
def test_how_the_yes_was_collected(a_case, columns, verdict):
    assert found(a_case, "form", **columns).verdict is verdict


def test_says_how_many_and_what_becomes_of_the_list(a_case):
    finding = found(a_case, "form", ticked=[True] * 2 + [False] * 8, gift=[False] * 9 + [True])

    assert finding.headline == (
        "3 of 10 yeses on the email list were perhaps not meant: 2 from a box ticked in advance, "
        "1 given for a gift."
    )
    assert finding.remedy == (
        "Leave out the 2 people whose yes was from a box ticked in advance: the list becomes 8. "
        "Ask them again with an open form."
    )


def test_a_bought_list_is_watched(a_case):
    sections = {
        **SECTIONS,
        "fields": [{"name": "email", "source": "List Mart", "source_kind": "bought"}],
    }

    finding = found(a_case, "form", sections, source=["List Mart", "web", "web"])

    assert finding.verdict is Verdict.WATCH
    assert "1 from a bought list or a partner" in finding.headline


@pytest.mark.parametrize(
    "permission",
    [
        pytest.param({"status": "said"}, id="nothing is known of the forms"),
        pytest.param({"status": "said", "bundled": "bundled"}, id="ticked boxes are not known"),
    ],
)
def test_without_its_columns_it_cannot_tell(a_case, permission):
    channels = {"email": {"basis": "consent", "permission": permission}}

    finding = found(a_case, "form", {**SECTIONS, "channels": channels}, ticked=[False, False])

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


def lots(**counts):
    """Columns of people by source: how many left, of how many."""
    source = [name for name, (_, of) in counts.items() for _ in range(of)]
    left = [n < yes for yes, of in counts.values() for n in range(of)]
    return {"source": source, "left": left}


@pytest.mark.parametrize(
    ("fair", "verdict"),
    [
        pytest.param((20, 100), Verdict.CLEAR, id="at the upper limit of the funnel"),
        pytest.param((21, 100), Verdict.WATCH, id="one above it"),
        pytest.param((100, 100), Verdict.WATCH, id="everyone left: never a fail"),
        pytest.param((0, 100), Verdict.CLEAR, id="nobody left"),
    ],
)
def test_a_source_that_stands_out(a_case, fair, verdict):
    columns = lots(web=(100, 1000), fair=fair)

    assert found(a_case, "afterwards", **columns).verdict is verdict


def test_the_source_is_held_against_all_others_and_named(a_case):
    finding = found(a_case, "afterwards", **lots(web=(60, 600), shop=(40, 400), fair=(30, 100)))

    assert finding.headline == (
        "fair: 30 of 100 people left within 30 days, of the others 100 of 1,000."
    )
    assert finding.remedy == (
        "Pause fair, and leave them out until the form was read: the list loses 100 people and "
        "becomes 1,000."
    )


def test_too_few_expected_is_not_judged(a_case):
    finding = found(a_case, "afterwards", **lots(web=(4, 100), shop=(4, 100)))
    unsure = found(a_case, "afterwards", **lots(web=(2, 1000), fair=(20, 100)))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.TOO_FEW_PEOPLE)
    assert [row[4] for row in unsure.evidence[0].rows].count("too few expected") >= 1


@pytest.mark.parametrize(
    "sections",
    [
        pytest.param({**SECTIONS, "outcomes": None}, id="no outcomes"),
        pytest.param(
            {
                **SECTIONS,
                "channels": {"email": {"basis": "consent", "permission": {"status": "said"}}},
            },
            id="no sources",
        ),
    ],
)
def test_rates_without_their_input_cannot_tell(a_case, sections):
    finding = found(a_case, "afterwards", sections, left=[True, False])

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


def test_one_source_has_nothing_to_be_held_against(a_case):
    assert found(a_case, "afterwards", left=[True, False]).verdict is Verdict.NOT_APPLICABLE


def test_a_hostile_source_stays_a_name(a_case):
    columns = lots(web=(100, 1000), fair=(60, 100))
    columns["source"] = ["<script>" if one == "fair" else one for one in columns["source"]]

    assert found(a_case, "afterwards", **columns).headline.startswith("<script>: 60 of 100")
