"""How a verdict looks, in one table: its word, icon, colour and pattern, the same on every page.

Screen readers speak the name of an icon ("cancel icon, Fails"), so icons are chosen by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from checks.finding import Finding, Verdict

Slot = Literal["red", "gray", "yellow", "violet", "green", "blue", "orange"]
"""A palette slot of the theme, which holds one colour for light and one for dark."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """The face of one verdict."""

    word: str
    one: str
    """In a count of one: ``1 fails``."""
    many: str
    """In any other count: ``3 fail``."""
    icon: str
    slot: Slot
    paint: str
    """Placeholder that the browser swaps for the theme's chart colour, light or dark."""
    pattern: str
    """Plotly's name of the pattern, or `OUTLINE`, so that colour never speaks alone."""


FAILS, UNSURE, WATCH, ASK, CLEAR, NOT_FOR_US, ACCENT, RULE, CALM = (
    f"#00000{n}" for n in range(1, 10)
)
BROKEN = "#000010"
OUTLINE = "outline"
"""A pattern of ours: the edge of the mark, and nothing inside."""
INK = "#000037"
"""The theme's text colour; Plotly's own default is too pale on paper."""

LOOKS: dict[Verdict, Look] = {
    Verdict.BROKEN: Look(
        word="Check broke",
        one="check broke",
        many="checks broke",
        icon=":material/warning:",
        slot="orange",
        paint=BROKEN,
        pattern="-",
    ),
    Verdict.FAIL: Look(
        word="Fails",
        one="fails",
        many="fail",
        icon=":material/cancel:",
        slot="red",
        paint=FAILS,
        pattern="",
    ),
    Verdict.CANNOT_TELL: Look(
        word="Cannot tell",
        one="cannot tell",
        many="cannot tell",
        icon=":material/question_mark:",
        slot="gray",
        paint=UNSURE,
        pattern="/",
    ),
    Verdict.WATCH: Look(
        word="Watch",
        one="watch",
        many="watch",
        icon=":material/visibility:",
        slot="yellow",
        paint=WATCH,
        pattern=".",
    ),
    Verdict.ASK: Look(
        word="Needs a person",
        one="needs a person",
        many="need a person",
        icon=":material/person:",
        slot="violet",
        paint=ASK,
        pattern=OUTLINE,
    ),
    Verdict.CLEAR: Look(
        word="Clear",
        one="clear",
        many="clear",
        icon=":material/check:",
        slot="green",
        paint=CALM,
        pattern="",
    ),
    Verdict.NOT_APPLICABLE: Look(
        word="Does not apply",
        one="does not apply",
        many="do not apply",
        icon=":material/horizontal_rule:",
        slot="blue",
        paint=NOT_FOR_US,
        pattern="",
    ),
}

FAMILIES = {
    "integrity": "Files",
    "transparency": "Transparency",
    "consent": "Consent",
    "bias": "Bias",
    "protection": "Data protection",
    "society": "Society",
    "balance": "Balance",
}
"""What the families are called on screen."""


def count_words(verdict: Verdict, n: int) -> str:
    """A count of verdicts in words.

    >>> count_words(Verdict.ASK, 1), count_words(Verdict.ASK, 3)
    ('1 needs a person', '3 need a person')
    """
    look = LOOKS[verdict]
    return f"{n:,} {look.one if n == 1 else look.many}"


def chip(verdict: Verdict, words: str = "") -> str:
    """A verdict as a badge inside a sentence or a table."""
    look = LOOKS[verdict]
    return f":{look.slot}-badge[{look.icon} {words or look.word}]"


def said(finding: Finding) -> str:
    """The verdict of a finding in words, with what it stops.

    >>> from checks.finding import Severity, broken
    >>> from dataclasses import replace
    >>> said(replace(broken("x", "It broke."), severity=Severity.BLOCKING))
    'Check broke · stops the launch'
    """
    word = LOOKS[finding.verdict].word
    return f"{word} · stops the launch" if finding.open else word


def joined(words: list[str]) -> str:
    """Words as people list them.

    >>> joined(["a"]), joined(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
