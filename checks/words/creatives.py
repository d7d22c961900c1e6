"""The creatives as their owner describes them, held against their own words."""

from __future__ import annotations

from checks.campaign import Creative
from checks.case import Case
from checks.words import notice

WHY_YOU = ("you receive this", "you get this", "because you", "why am i seeing", "why you")
"""How messages say in English why somebody gets them."""
PAID = ("paid partner*", "sponsor*", "in partnership with", "advertisement", "promotion")


def described(case: Case) -> tuple[Creative, ...]:
    """Every creative of the campaign file."""
    return case.campaign.creatives or ()


def words(case: Case, creative: Creative) -> str | None:
    """What a person reads in a creative; None where its words are not here."""
    message = case.creatives.get(creative.id)
    return message.words if message else None


def said(case: Case, creative: Creative, stated: str | None) -> str:
    """What is stated about a creative, and whether its own words say it too.

    Words laid over several lines count as well.
    """
    if not stated:
        return "none"
    text = words(case, creative)
    if text is None:
        return stated
    there = " ".join(stated.casefold().split()) in " ".join(text.casefold().split())
    return f"{stated} ({'in its words' if there else 'not in its words'})"


def passage(case: Case, creative: Creative, listed: tuple[str, ...]) -> str:
    """The first passage with one of these words, in English; or that there is none."""
    text = words(case, creative)
    if text is None:
        return "not here to read"
    found = notice.passage(listed, text)
    return found[1] if found else "no passage found by its words"
