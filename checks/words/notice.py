"""What a privacy notice has to state, item by item, and where its words say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checks.campaign import Campaign, SourceKind
from checks.case import Case
from checks.people.children import in_region
from checks.people.regions import country, has_gdpr, law_of
from checks.words import readability
from checks.words.wording import hits

OUTSIDE: tuple[SourceKind, ...] = ("partner", "bought", "public", "inferred")
"""Where data come from that people did not give us, and we did not see."""
_ENDS = re.compile(r"(?<=[.!?])\s+|\n\s*\n")
"""Where one sentence ends and the next begins."""
MOST = 90
"""Characters of a passage that are shown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One thing that a notice has to state."""

    code: str
    """As it stands in `notice.items`."""
    states: str
    """In words."""
    words: tuple[str, ...]
    """English words by which a passage about it is found, the plainest first."""


FIRST_HAND = (
    Item(
        code="13(1)(a)",
        states="who we are, and how to reach us",
        words=("controller", "contact us", "our address", "contact*", "we are"),
    ),
    Item(
        code="13(1)(b)",
        states="how to reach the data protection officer",
        words=("data protection officer", "privacy officer", "dpo"),
    ),
    Item(
        code="13(1)(c)",
        states="what data are used for, and on what legal basis",
        words=("legal basis", "purpose*", "to do this", "we use your", "used for"),
    ),
    Item(
        code="13(1)(d)",
        states="which legitimate interests are pursued",
        words=("legitimate interest*", "our interest*"),
    ),
    Item(
        code="13(1)(e)",
        states="who receives data",
        words=("recipient*", "share*", "sell*", "disclos*", "third part*", "communication of"),
    ),
    Item(
        code="13(1)(f)",
        states="whether data leave the EEA, and how they are protected there",
        words=("outside the e*", "third countr*", "leave europe", "stay in", "transfer*"),
    ),
    Item(
        code="13(2)(a)",
        states="how long data are kept",
        words=("how long", "we keep", "retain*", "retention", "then we delete", "stor*"),
    ),
    Item(
        code="13(2)(b)",
        states="the rights to see, correct, delete, limit, move data, and to object",
        words=("rectif*", "erasure", "put right", "ask what", "ask to see", "right to", "deleted"),
    ),
    Item(
        code="13(2)(c)",
        states="that a yes can be taken back at any time",
        words=("withdraw*", "take back", "say no", "unsubscrib*", "change your mind"),
    ),
    Item(
        code="13(2)(d)",
        states="that people can complain to an authority",
        words=("complain*", "supervisory authority", "protection authority"),
    ),
    Item(
        code="13(2)(e)",
        states="whether people must give the data, and what happens if not",
        words=("must give", "need not", "have to give", "do not have to", "obliged", "required to"),
    ),
    Item(
        code="13(2)(f)",
        states="automated decisions and profiling: the logic, and what follows",
        words=("automated", "profiling", "algorithm*", "computer program", "automatic*", "model"),
    ),
)
_FROM_OTHERS = (
    Item(
        code="14(1)(d)",
        states="which categories of data we have from others",
        words=("categor*", "kinds of data"),
    ),
    Item(
        code="14(2)(f)",
        states="where we have them from",
        words=("source*", "obtained from", "received from", "we get", "have them from"),
    ),
)
_CALIFORNIA = (
    Item(
        code="us-ca categories",
        states="which categories of data are collected",
        words=("categor*",),
    ),
    Item(
        code="us-ca purposes",
        states="what they are used for, and whether they are sold or shared",
        words=("sell*", "sold", "share*", "purpose*"),
    ),
    Item(
        code="us-ca retention",
        states="how long each category is kept",
        words=("retention", "retain*", "we keep", "how long"),
    ),
    Item(
        code="us-ca rights",
        states="the rights of people in California, and how to use them",
        words=("california*", "right to", "opt out", "do not sell"),
    ),
)


ITEMS = (*FIRST_HAND, *_FROM_OTHERS, *_CALIFORNIA)
"""Every item that any notice may have to state."""


def required(campaign: Campaign) -> tuple[Item, ...]:
    """Every item that the notice of this campaign has to state, by its regions and sources.

    Where no region is named, the GDPR's list counts.
    """
    regions = campaign.regions
    found: list[Item] = []
    if not regions or any(has_gdpr(one) for one in regions):
        found += FIRST_HAND
        kinds = {one.source_kind for one in campaign.fields or ()}
        found += _FROM_OTHERS if kinds & set(OUTSIDE) else ()
    if any(one == "US" or in_region(one, "US-CA") for one in regions):
        found += _CALIFORNIA
    return tuple(found)


def not_needed(campaign: Campaign) -> dict[str, str]:
    """Items that the campaign file itself shows to be without object, and why."""
    bases = {channel.basis for channel in campaign.channels.values()}
    uses, recipients = campaign.uses_data_for, campaign.recipients
    found: dict[str, str] = {}
    grounds = {*bases, uses.basis if uses else None}
    if bases and "legitimate_interest" not in grounds:
        found["13(1)(d)"] = "no channel rests on a legitimate interest"
    if bases and "consent" not in grounds:
        found["13(2)(c)"] = "no channel rests on consent"
    if recipients == ():
        found["13(1)(e)"] = "nobody outside receives data, says the campaign"
    if recipients is not None and all(one.country and _stays(one.country) for one in recipients):
        found["13(1)(f)"] = "no recipient is outside the EEA, says the campaign"
    if uses and not (uses.profiling is not False or uses.model is not False):
        found["13(2)(f)"] = "no profiling and no model, says the campaign"
    return found


def _stays(place: str) -> bool:
    return law_of(country(place)) == "EU"


def named(items: Iterable[str]) -> frozenset[str]:
    """The items of a campaign file, however they were written.

    >>> sorted(named(["GDPR Art. 13 (1)(A)", "us-ca  rights"]))
    ['13(1)(a)', 'us-ca rights']
    """
    return frozenset(_plain(one) for one in items)


def _plain(item: str) -> str:
    said = " ".join(item.lower().split())
    said = re.sub(r"^(gdpr)?[\s:]*(art(icle|\.)?)?\s*(?=\d)", "", said)
    return said if said.startswith("us-ca") else said.replace(" ", "")


def place(case: Case, item: Item) -> str:
    """The passage of the notice that speaks of an item, with its line; a sentence where none does.

    Words are looked for in English only: what is not found may still be there.
    """
    if case.notice is None:
        return "the notice is not here to read"
    if not readability.is_english(case.notice):
        return "not looked for: the notice is not in English"
    found = passage(item.words, case.notice)
    if found is None:
        return "no passage found by its words"
    at, words = found
    return f"line {case.notice[:at].count(chr(10)) + 1}: {words}"


def passage(listed: Iterable[str], text: str) -> tuple[int, str] | None:
    """The first sentence with one of these words, and where it begins; None where there is none.

    >>> passage(["say no"], "We write to you. You can say no at any time.")
    (17, 'You can say no at any time.')
    """
    found = hits(listed, text)
    if not found:
        return None
    for start, sentence in _sentences(text):
        for hit in hits([found[0].word], sentence):
            shown = _around(sentence, hit.passage)
            return start + shown.startswith("…") * sentence.find(hit.passage), shown
    return text.find(found[0].passage), short(found[0].passage)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Every sentence, with the place where it begins."""
    starts = [0, *(one.end() for one in _ENDS.finditer(text))]
    ends = [*(one.start() for one in _ENDS.finditer(text)), len(text)]
    for start, end in zip(starts, ends, strict=True):
        yield start, text[start:end]


def _around(sentence: str, words: str) -> str:
    """A sentence as far as it is shown; of a long one the part from these words on."""
    said, within = " ".join(sentence.split()), " ".join(words.split())
    at = said.find(within)
    if len(said) <= MOST or at <= 0:
        return short(said)
    whole = within if said[at - 1] == " " else within.partition(" ")[2] or within
    return f"… {short(said[said.find(whole, at) :])}"


def short(passage: str) -> str:
    """A passage in one line, cut where it is long.

    >>> short("a  b" + "c" * 200)[-2:]
    'c…'
    """
    said = " ".join(passage.split())
    return said if len(said) <= MOST else f"{said[: MOST - 1].rstrip()}…"
