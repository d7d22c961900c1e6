"""What a notice has to state, and where its words say so."""

from __future__ import annotations

import pytest

from checks.words import notice


def codes(campaign):
    return [item.code for item in notice.required(campaign)]


@pytest.mark.parametrize(
    ("regions", "first", "many"),
    [
        pytest.param([], "13(1)(a)", 12, id="no region named: the GDPR counts"),
        pytest.param(["DE"], "13(1)(a)", 12, id="the EEA"),
        pytest.param(["GB"], "13(1)(a)", 12, id="the United Kingdom"),
        pytest.param(["US-CA"], "us-ca categories", 4, id="California"),
        pytest.param(["US"], "us-ca categories", 4, id="all of the United States"),
        pytest.param(["US-TX", "DE"], "13(1)(a)", 12, id="Texas adds nothing"),
        pytest.param(["US-CA", "FR"], "13(1)(a)", 16, id="both"),
        pytest.param(["JP"], None, 0, id="no list is known"),
    ],
)
def test_the_regions_choose_the_items(a_campaign, regions, first, many):
    found = codes(a_campaign(regions=regions))

    assert len(found) == many
    assert found[:1] == ([first] if first else [])


@pytest.mark.parametrize("kind", notice.OUTSIDE)
def test_data_from_others_add_two_items(a_campaign, kind):
    found = codes(a_campaign(fields=[{"name": "income", "source_kind": kind}]))

    assert found[-2:] == ["14(1)(d)", "14(2)(f)"]


def test_what_the_campaign_shows_to_be_without_object_is_not_asked_for(a_campaign):
    campaign = a_campaign(
        channels={"email": {"basis": "consent"}},
        recipients=[],
        uses_data_for={"profiling": False, "model": False},
    )

    assert sorted(notice.not_needed(campaign)) == [
        "13(1)(d)",
        "13(1)(e)",
        "13(1)(f)",
        "13(2)(f)",
    ]


def test_nothing_stated_spares_nothing(a_campaign):
    assert notice.not_needed(a_campaign()) == {}


def test_a_recipient_abroad_or_of_unknown_place_brings_the_item_back(a_campaign):
    for place in ({"country": "US"}, {"country": "GB"}, {}):
        assert "13(1)(f)" not in notice.not_needed(a_campaign(recipients=[{"name": "A", **place}]))
    here = a_campaign(recipients=[{"name": "A", "country": "FR"}])
    assert "13(1)(f)" in notice.not_needed(here)


def test_the_passage_is_found_with_its_line(a_case):
    [item] = [one for one in notice.required(a_case().campaign) if one.code == "13(2)(d)"]
    text = "We are the club and this is for you.\n\nYou may complain to the authority of the town."

    assert notice.place(a_case(notice=text), item) == (
        "line 3: You may complain to the authority of the town."
    )
    assert notice.place(a_case(notice="We are the club and this is for you."), item) == (
        "no passage found by its words"
    )
    assert notice.place(a_case(notice="Wir sind der Verein am Fluss."), item) == (
        "not looked for: the notice is not in English"
    )
    assert notice.place(a_case(), item) == "the notice is not here to read"


def test_of_a_long_sentence_the_part_with_the_word_is_shown():
    text = "We are here.\n\n" + "and so on, " * 30 + "and we complain\nto the authority."

    at, words = notice.passage(["complain*"], text)

    assert words.startswith("… ")
    assert words.endswith("and we complain to the authority.")
    assert "complain" in text[at : at + 90]
    assert notice.passage(["withdraw*"], text) is None
