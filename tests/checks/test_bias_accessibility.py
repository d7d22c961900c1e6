"""What a person needs to see who must say whether everyone can read it."""

from __future__ import annotations

import pytest

from checks.bias.accessibility import judge
from checks.evidence import Rate, Table
from checks.finding import Verdict

FINE = {"id": "a", "alt_text": True, "contrast": 7, "language": "en-GB"}


@pytest.fixture
def asked(a_case):
    """Lay out creatives beside the languages of the list."""

    def run(creatives, *, language=None, **sections):
        people = {"targeted": "on", **({"language": "lang"} if language else {})}
        spoken = language or ["en"]
        case = a_case(
            {"people": people, "creatives": creatives, **sections},
            on=[True] * len(spoken),
            lang=spoken,
        )
        [found] = judge(case)
        return found

    return run


@pytest.mark.parametrize(
    ("creative", "said"),
    [
        pytest.param({"alt_text": False}, "1 of 1 creative has no text alternative", id="no text"),
        pytest.param(
            {"alt_text": None}, "1 of 1 creative has no text alternative", id="not stated"
        ),
        pytest.param({"contrast": 4.4}, "1 creative is under 4.5 to 1.", id="too faint"),
        pytest.param(
            {"contrast": 4.5}, "The owner states a text alternative for 1 creative.", id="at it"
        ),
    ],
)
def test_what_is_missing_is_said_and_only_asked(asked, creative, said):
    found = asked([{**FINE, **creative}])

    assert found.verdict is Verdict.ASK
    assert said in found.headline


def test_people_whose_language_no_creative_has_are_counted(asked):
    found = asked([FINE], language=["en"] * 20 + ["tr"] * 30 + ["pl"] * 12 + ["xx"] * 3)

    assert "30 people of 65 on the list read tr, in which there is none." in found.headline
    rates = {one.group: one.yes for one in found.evidence if isinstance(one, Rate)}
    assert rates["read tr, which no creative is in"] == 30
    assert rates["read rarer languages, which no creative is in"] is None


def test_a_language_is_one_whatever_its_country(asked):
    found = asked([FINE], language=["en-US"] * 20)

    assert "in which there is none" not in found.headline


def test_the_table_shows_each_creative_beside_the_published_contrast(asked):
    found = asked([FINE, {"id": "<script>", "contrast": 2.5}])

    [table] = [one for one in found.evidence if isinstance(one, Table)]
    assert table.title == "The creatives; text needs a contrast of 4.5 to 1"
    assert table.rows == (
        ("a", "yes", "7 to 1", "en-GB"),
        ("<script>", "not stated", "2.5 to 1, too little", "not stated"),
    )
    assert "Add a text alternative to <script>." in found.remedy


def test_the_way_out_is_shown_where_it_is_told(asked):
    channels = {"email": {"basis": "consent", "opt_out": {"steps_out": 2, "login": True}}}
    found = asked([FINE], channels=channels)

    tables = [one for one in found.evidence if isinstance(one, Table)]
    assert tables[1].rows == (("email", 2, "yes", "not stated"),)


@pytest.mark.parametrize("creatives", [None, []])
def test_without_creatives_it_is_asked(asked, creatives):
    assert asked(creatives).verdict is Verdict.ASK
