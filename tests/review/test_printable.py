"""What people typed, made printable."""

from __future__ import annotations

import pytest

from review.document.printable import (
    FONTS,
    LONGEST,
    breakable,
    covered,
    font_files,
    printable,
    printable_all,
    shortened,
)


@pytest.fixture(scope="module")
def drawn():
    return covered(font_files([FONTS]))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("👍", "[U+1F44D]", id="an emoji"),
        pytest.param("中", "[U+4E2D]", id="a script without a font"),
        pytest.param("a\u202eb", "a[U+202E]b", id="a mark that turns the line around"),
        pytest.param("a\u2066b\u200f", "a[U+2066]b[U+200F]", id="marks of direction"),
        pytest.param("a\x00\x07b", "a[U+0000][U+0007]b", id="control characters"),
        pytest.param("a\u2028b\u00adc", "a[U+2028]b[U+00AD]c", id="invisible characters"),
        pytest.param("a\u200cb", "a[U+200C]b", id="a joiner where nothing joins"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="a joiner in Arabic letters"),
        pytest.param("مرحبا بكم", "مرحبا بكم", id="Arabic"),
        pytest.param("Zoe\u0308 Łukasiewicz-Nguyễn", "Zoë Łukasiewicz-Nguyễn", id="composed"),
        pytest.param("a\tb\r\nc\rd", "a b\nc\nd", id="tabs and line ends"),
        pytest.param("\ue000\uffff", "[U+E000][U+FFFF]", id="no characters at all"),
        pytest.param('#read("x") $a$ *b* @c', '#read("x") $a$ *b* @c', id="markup stays text"),
    ],
)
def test_shown(drawn, typed, shown):
    assert printable(typed, drawn) == shown


def test_marks_do_not_pile_up(drawn):
    shown = printable("e" + "\u0329" * 6, drawn)

    assert shown == "e" + "\u0329" * 3 + "[U+0329]" * 3


def test_a_character_must_be_drawn_in_every_style():
    regular = covered(font_files([FONTS]))

    assert ord("ẞ") in regular
    assert 0x1F44D not in regular


def test_a_long_text_says_where_the_rest_is():
    shown = shortened("x" * 100_000)

    assert shown.startswith("x" * LONGEST)
    assert shown.endswith("[96,000 more characters stand in the attached record.]")


def test_a_long_word_can_break_but_a_hash_stays_whole():
    sha256 = "3fa291bc" * 8

    assert breakable(sha256) == sha256
    assert "\u200b" in breakable("x" * 60)
    assert breakable("x" * 60).replace("\u200b", "") == "x" * 60


def test_every_text_in_plain_data_is_made_printable(drawn):
    assert printable_all({"a": ["👍", 1, None, ("é",)]}, drawn) == {
        "a": ["[U+1F44D]", 1, None, ["é"]]
    }
