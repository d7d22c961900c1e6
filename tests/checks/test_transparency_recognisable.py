"""transparency.recognisable."""

from __future__ import annotations

import pytest

from checks.finding import Verdict
from checks.transparency.recognisable import judge

AD = {"id": "a", "label": "Advertisement", "sender": "Bank", "address": "1 High Street"}


def found(a_case, *shown, words=None, **sections):
    told = {"creatives": list(shown), **sections}
    [finding] = judge(a_case(told, creatives=words, id=[1]))
    return finding


def test_is_always_for_a_person(a_case):
    finding = found(a_case, AD)

    assert finding.verdict is Verdict.ASK
    assert finding.headline == (
        "1 creative carries a label and a sender, says the owner: would people see them?"
    )


def test_counts_what_is_missing(a_case):
    finding = found(a_case, AD, {"id": "b"}, {"id": "c", "label": "Ad"})

    assert finding.headline == (
        "Of 3 creatives 1 carries no label, 2 carry no sender: would people know who writes?"
    )
    assert finding.remedy == (
        "Add what is missing before 1 December 2026, then look at each one as it arrives."
    )


@pytest.mark.parametrize(
    ("regions", "channel", "due"),
    [
        pytest.param(["US-NY"], "email", True, id="email in the United States"),
        pytest.param(["CA"], "email", True, id="email in Canada"),
        pytest.param(["DE"], "email", False, id="email in Germany"),
        pytest.param(["US"], "post", False, id="letters in the United States"),
    ],
)
def test_the_postal_address_is_due_where_the_law_asks(a_case, regions, channel, due):
    bare = {**AD, "address": None}

    finding = found(a_case, bare, regions=regions, channels={channel: {"basis": "consent"}})

    assert ("1 carries no postal address" in finding.headline) is due
    assert finding.evidence[0].rows[0][3] == ("none" if due else "not due")


def test_its_own_words_are_held_against_what_is_stated(a_case):
    words = "ADVERTISEMENT\nHello. You get this because you are a customer."

    [row] = found(a_case, AD, words={"a": words}).evidence[0].rows

    assert row[1] == "Advertisement (in its words)"
    assert row[2] == "Bank (not in its words)"
    assert row[5] == "You get this because you are a customer."


def test_a_picture_is_not_read(a_case):
    [row] = found(a_case, AD, words={"a": None}).evidence[0].rows

    assert row[1] == "Advertisement"
    assert row[5] == "not here to read"


def test_no_creatives_are_asked_for_and_none_does_not_apply(a_case):
    [asked] = judge(a_case(id=[1]))

    assert asked.verdict is Verdict.ASK
    assert found(a_case).verdict is Verdict.NOT_APPLICABLE


def test_a_hostile_name_stays_a_name(a_case):
    [row] = found(a_case, {**AD, "id": "<script>"}).evidence[0].rows

    assert row[0] == "<script>"
