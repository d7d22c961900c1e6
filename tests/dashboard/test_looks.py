"""Looks: each verdict its own word, icon, colour and pattern; everybody can read them."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from checks.finding import Verdict
from dashboard import looks
from dashboard.looks import LOOKS

CONFIG = tomllib.loads(
    Path(__file__)
    .resolve()
    .parents[2]
    .joinpath("dashboard/.streamlit/config.toml")
    .read_text("utf-8")
)
THEMES = {name: CONFIG["theme"][name] for name in ("light", "dark")}
both = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES.keys())
each = pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())


def light(colour):
    """The relative luminance of WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def drawn(theme, placeholder):
    """The colour that the browser puts in the place of a placeholder."""
    return theme["chartCategoricalColors"][int(placeholder[1:]) - 1]


def test_every_verdict_has_a_look():
    assert list(LOOKS) == list(Verdict)


@pytest.mark.parametrize("part", ["word", "icon", "slot", "one"])
def test_no_two_verdicts_look_alike(part):
    assert len({getattr(look, part) for look in LOOKS.values()}) == len(Verdict)


def test_no_two_verdicts_are_drawn_alike():
    assert len({(look.paint, look.pattern) for look in LOOKS.values()}) == len(Verdict)


@both
@each
def test_a_badge_can_be_read(theme, look):
    text, ground = theme[f"{look.slot}TextColor"], theme[f"{look.slot}BackgroundColor"]

    assert contrast(text, ground) >= 4.5
    assert contrast(text, theme["backgroundColor"]) >= 4.5


@both
@each
def test_a_mark_can_be_seen(theme, look):
    assert contrast(drawn(theme, look.paint), theme["backgroundColor"]) >= 3


@both
def test_text_links_and_frames_can_be_seen(theme):
    paper = theme["backgroundColor"]

    assert contrast(theme["textColor"], paper) >= 7
    assert contrast(theme["linkColor"], paper) >= 4.5
    assert contrast(theme["borderColor"], paper) >= 3
    assert contrast(drawn(theme, looks.ACCENT), paper) >= 3


@both
def test_every_slot_is_set_whole(theme):
    for look in LOOKS.values():
        assert {f"{look.slot}{part}" for part in ("Color", "TextColor", "BackgroundColor")} <= set(
            theme
        )


def test_nothing_is_told_abroad_and_no_error_is_shown():
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"


@pytest.mark.parametrize("verdict", Verdict)
def test_counts_read_as_words(verdict):
    assert looks.count_words(verdict, 1) == f"1 {LOOKS[verdict].one}"
    assert looks.count_words(verdict, 1_200) == f"1,200 {LOOKS[verdict].many}"


def test_no_word_is_a_mark():
    told = " ".join(f"{look.word} {look.one} {look.many}" for look in LOOKS.values()).lower()

    assert not any(word in told for word in ("pass", "compliant", "score", "red", "green"))


def test_the_most_pressing_comes_first():
    assert all(one.urgency < other.urgency for one, other in pairwise(LOOKS))
