"""The words of the pack, found in messages and in the names of columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.words.wording import hits


def words(listed, text):
    return [hit.word for hit in hits(listed, text)]


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        pytest.param("age", "AGE", id="any case"),
        pytest.param("age", "age_group", id="a line parts words"),
        pytest.param("age", "customer-age-2", id="a hyphen parts words"),
        pytest.param("age", "age2", id="a digit parts words"),
        pytest.param("age", "customerAge", id="a capital letter parts words"),
        pytest.param("age", "ageBand", id="a capital letter ends a word"),
        pytest.param("birth*", "birthday", id="a star is any ending"),
        pytest.param("birth*", "birth", id="also none"),
        pytest.param("family status", "familyStatus", id="two words in one name"),
        pytest.param("family status", "Family  status:", id="two blanks between"),
        pytest.param("don't miss", "Don’t miss it!", id="a typographic apostrophe"),
        pytest.param("few left", "Only a few\nleft", id="over the end of a line"),
        pytest.param("café", "Cafe\u0301", id="an accent written apart"),
    ],
)
def test_a_listed_word_is_found(listed, text):
    assert words([listed], text) == [listed]


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        pytest.param("age", "language", id="within a word"),
        pytest.param("age", "ageing", id="with another ending"),
        pytest.param("sex", "Essex", id="at the end of a word"),
        pytest.param("birth*", "rebirth", id="a star is no beginning"),
        pytest.param("few left", "few people left", id="with a word between"),
        pytest.param("race", "", id="nothing to read"),
        pytest.param("a.e", "age", id="a dot is a dot"),
    ],
)
def test_what_is_not_the_word_is_not_found(listed, text):
    assert hits([listed], text) == ()


def test_words_come_once_each_in_the_order_of_the_list():
    assert words(["hurry", "last chance"], "Last chance! Hurry, hurry.") == ["hurry", "last chance"]


def test_the_passage_is_the_line_around_the_word():
    [hit] = hits(["hurry"], "Dear Ana,\nyour seat is waiting: hurry up.\nBest wishes")

    assert hit.passage == "your seat is waiting: hurry up."


def test_the_words_of_the_pack_are_found_in_the_names_of_columns(policy):
    assert words(policy.words.protected.value, "birth_year, gender") == ["birth*", "gender"]
    assert words(policy.words.special.value, "diagnosis_code") == ["diagnos*"]
    assert words(policy.words.pressure.value, "Only today: 20 % off") == ["only today"]


@given(st.text(), st.text())
def test_any_list_and_any_text_can_be_read(listed, text):
    assert len(hits([listed], text)) <= 1
