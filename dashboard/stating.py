"""What the owner can state about a campaign without a file: each fact, how it is asked, its place.

What no file can tell is stated, never counted; leaving it out means *not stated*.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from checks.finding import Finding, Verdict
from checks.words.notice import ITEMS
from dashboard import ruling

Kind = Literal[
    "yes or no", "choice", "several", "words", "day", "count", "document", "rules", "file", "files"
]
BROUGHT = ("file", "files")
"""Kinds of which a file is brought: `dashboard.bringing`."""
EACH = "*"
"""Stands in a place for the name of each channel."""
BASES = {
    "consent": "they said yes (consent)",
    "legitimate_interest": "our interest outweighs theirs (legitimate interest)",
}
DECIDES = {
    "none": "nothing: a person decides",
    "terms": "the price or the terms",
    "access": "who may have it at all",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One thing the owner can state."""

    place: tuple[str, ...]
    """Where it stands in the campaign file."""
    asks: str
    kind: Kind
    informs: tuple[str, ...]
    """The checks that look at it."""
    topic: str
    """The heading it stands under."""
    among: Mapping[str, str] | None = None
    """What can be chosen, in words."""

    @property
    def name(self) -> str:
        """Its place as one word, for keys."""
        return ".".join(self.place)


USES, ELSEWHERE, LEAVING = "What data are used for", "Documents elsewhere", "How people leave"
READ, DECLARED = "What people read", "What the notice says is used"


def _uses(name: str, asks: str, *informs: str) -> Fact:
    return Fact(
        place=("uses_data_for", name), asks=asks, kind="yes or no", informs=informs, topic=USES
    )


def _reference(name: str, asks: str, *informs: str) -> Fact:
    every = ("transparency.on_record", *informs)
    return Fact(place=("refs", name), asks=asks, kind="document", informs=every, topic=ELSEWHERE)


def _way_out(name: str, asks: str, kind: Kind) -> Fact:
    where = ("channels", EACH, "opt_out", name)
    return Fact(place=where, asks=asks, kind=kind, informs=("consent.leaving",), topic=LEAVING)


def _notice(name: str, asks: str, kind: Kind, *informs: str, **more: Any) -> Fact:  # noqa: ANN401 — what a fact has
    return Fact(place=("notice", name), asks=asks, kind=kind, informs=informs, topic=READ, **more)


def _declared(name: str, asks: str, *informs: str) -> Fact:
    where, every = ("notice", "declares", name), ("transparency.fields_declared", *informs)
    return Fact(place=where, asks=asks, kind="several", informs=every, topic=DECLARED)


MESSAGES = (
    "transparency.recognisable",
    "society.manipulation",
    "society.minors",
    "bias.accessibility",
)
RULED = ("bias.direct_use", "bias.proxies", "bias.selection")
SYNTHETIC = "transparency.synthetic_labelled"
EXPLAINED = ("transparency.profiling_explained", "protection.impact_assessment")
FACTS = (
    Fact(
        place=("rules",),
        asks="The rules that kept people off, one a line",
        kind="rules",
        informs=RULED,
        topic="How the list was made",
    ),
    _uses("profiling", "Are people sorted by what is known about them?", *EXPLAINED),
    Fact(
        place=("uses_data_for", "basis"),
        asks="On what ground are they sorted?",
        kind="choice",
        informs=("consent.lawful_basis",),
        topic=USES,
        among=BASES,
    ),
    _uses("model", "Does a model choose people, or what they get?", *EXPLAINED, "bias.scores"),
    Fact(
        place=("uses_data_for", "decides"),
        asks="What is decided without a person?",
        kind="choice",
        informs=EXPLAINED,
        topic=USES,
        among=DECIDES,
    ),
    _uses("human_review", "Can people ask that somebody looks again?", *EXPLAINED),
    _uses("price", "Do prices or terms depend on the person?", *EXPLAINED, "bias.terms"),
    _uses(
        "shares_with_ad_platform",
        "Is the list uploaded to an advertising platform?",
        "consent.signals",
        "society.minors",
    ),
    _uses("sells", "Are people's data sold?", "consent.signals", "society.minors"),
    _uses(
        "chatbot",
        "Do people talk to a program in this campaign?",
        SYNTHETIC := ("transparency.synthetic_labelled"),
    ),
    _uses("chatbot_says_so", "Does that program say that it is one?", SYNTHETIC),
    _way_out("steps_in", "Steps it took to say yes", "count"),
    _way_out("steps_out", "Steps it takes to say no", "count"),
    _way_out("login", "Must people sign in to say no?", "yes or no"),
    _way_out("fee", "Does saying no cost anything?", "yes or no"),
    _way_out("tested", "The day on which somebody last tried it", "day"),
    _way_out("evidence", "Where that is written down", "words"),
    _notice(
        "file",
        "The privacy notice people were given, as text or Markdown",
        "file",
        "transparency.notice_complete",
        "transparency.notice_readable",
    ),
    _notice(
        "items",
        "What does it state? Read it beside this list",
        "several",
        "transparency.notice_complete",
        "transparency.profiling_explained",
        among={one.code: one.states for one in ITEMS},
    ),
    _notice(
        "languages",
        "In which languages is there one? A code each, such as en",
        "several",
        "transparency.notice_readable",
    ),
    _notice("version", "Which version of it is in force?", "words", "transparency.notice_reach"),
    _notice("in_force", "Since which day?", "day", "transparency.notice_reach"),
    _notice(
        "covers",
        "Which older versions say the same about this campaign?",
        "several",
        "transparency.notice_reach",
    ),
    Fact(
        place=("creatives",),
        asks="The messages and pictures people get, a file each",
        kind="files",
        informs=MESSAGES,
        topic=READ,
    ),
    _declared("fields", "Fields of data"),
    _declared("purposes", "Purposes"),
    _declared("recipients", "Who receives data"),
    _declared("sources", "From whom data come", "transparency.data_origin"),
    _reference("register", "The entry in the register of processing"),
    _reference("dpia", "The data protection assessment", "protection.impact_assessment"),
    _reference("lia", "The assessment of our interest", "consent.lawful_basis"),
    Fact(
        place=("product", "class"),
        asks="What kind of product is it? One or two words",
        kind="words",
        informs=("society.sensitive_moments",),
        topic="What is sold",
    ),
)
"""What is asked in words; all else is stated in the campaign file itself."""
SHOWN = ("refs", "channels")
"""Sections in which something that was mended meanwhile is written down."""
FILE = re.compile(
    r"""campaign\ file | acquired,\ notified | cross_context
    | \b(?:channels|people|refs|uses_data_for)\.[a-z]
    | \((?:rules|fields|refs|consultations)\b
    | (?::|under)\ (?!outcomes)[a-z_]+(?:,\ [a-z_]+)*\.(?=\ An|$)""",
    re.VERBOSE,
)
"""How a remedy speaks of the campaign file."""


def facts(told: Mapping[str, Any], check: str = "") -> tuple[Fact, ...]:
    """What can be stated of a campaign, each channel by itself; of one check where it is named."""
    wanted = [one for one in FACTS if not check or check in one.informs]
    return (
        *(one for one in wanted if EACH not in one.place),
        *_of_channels([one for one in wanted if EACH in one.place], told),
    )


def _of_channels(wanted: list[Fact], told: Mapping[str, Any]) -> Iterator[Fact]:
    for name in told.get("channels") or ():
        for one in wanted:
            place = tuple(name if part == EACH else part for part in one.place)
            topic = f"{one.topic}: {name.replace('_', ' ')}"
            yield replace(one, place=place, topic=topic)


def can_be_stated(found: Finding) -> bool:
    """Whether what a finding asks for can be stated on the page of facts."""
    if found.verdict in (Verdict.CLEAR, Verdict.NOT_APPLICABLE):
        return False
    shown = any(found.check in one.informs for one in FACTS if one.place[0] in SHOWN)
    return shown or any(FILE.search(one) for one in (found.remedy, found.headline))


def held(told: Mapping[str, Any], one: Fact) -> Any:  # noqa: ANN401 — plain data
    """What the campaign file says at a fact's place; None where it says nothing."""
    here: Any = told
    for part in one.place:
        here = here.get(part) if isinstance(here, Mapping) else None
    if one.kind == "rules":
        return ruling.lines(here or ()), here == []
    return here.get("ref") if one.kind == "document" and isinstance(here, Mapping) else here


def restated(told: Mapping[str, Any], given: Mapping[str, Any], every: tuple[Fact, ...]) -> Any:  # noqa: ANN401 — plain data
    """The campaign file with what was stated now; what was not touched stays as it is."""
    new: dict[str, Any] = copy.deepcopy(dict(told))
    for one in every:
        value = given.get(one.name)
        if one.kind not in BROUGHT and value != held(told, one):
            _put(new, one, value)
    return new


def _put(told: dict[str, Any], one: Fact, value: Any) -> None:  # noqa: ANN401 — plain data
    *way, last = one.place
    here = told
    for part in way:
        here[part] = here.get(part) or {}
        here = here[part]
    match one.kind:
        case _ if value is None:
            here.pop(last, None)
        case "rules":
            _rule(here, *value)
        case "document":
            here[last] = {**(here.get(last) or {}), "ref": value}
        case _:
            here[last] = value.isoformat() if isinstance(value, date) else value
    if way and not here:
        _without(told, way)


def _rule(told: dict[str, Any], text: str, none: bool) -> None:  # noqa: FBT001 — a pair
    """The rules as they were written; an empty list where it is said that there were none."""
    rules = ruling.read(text, told.get("rules") or ())
    if rules or none:
        told["rules"] = rules
    else:
        told.pop("rules", None)


def _without(told: dict[str, Any], way: list[str]) -> None:
    """Take away a section in which nothing is stated any more; a channel stays."""
    *before, last = way
    parent = told
    for part in before:
        parent = parent[part]
    parent.pop(last)
    if before and not parent and before[0] != "channels":
        _without(told, before)
