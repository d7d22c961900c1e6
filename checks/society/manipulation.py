"""Nothing in the campaign presses, tricks, shames or traps people.

## Why it matters
Whoever was pushed into a yes did not choose, and will not trust the next message either.

## How it judges
It does not: a word is no verdict. Eight ways of pushing people are laid out, with what the campaign
file says about each. The creatives that can be read are searched for the words of pressure of the
policy, and each passage is shown. Pictures and films are named as not read.

## What to do
Read each passage as the person who gets it. Show that a deadline is real, or take it out.

## What it cannot see
A hint is no verdict, and pressure without these words is not found. Two people read by themselves;
whether they agree is a matter of the review.
"""

from __future__ import annotations

from collections.abc import Mapping

from checks.case import Case
from checks.evidence import Table
from checks.finding import Finding, ask
from checks.phrases import has, listed, many
from checks.registry import Findings, check
from checks.words.wording import Hit, hits

CREATIVES = "creatives"
NOT_SAID = "the campaign file says nothing about it"


@check(
    title="Pressing, tricking, shaming, trapping",
    question="Does anything here press, trick, shame or trap people?",
    kind="asked",
    cites=[
        "UCPD 5–9",
        "11 CCR 7004",
        "AI Act 5(1)(a)",
        "DSA 25",
        "EDPB Guidelines 03/2022",
    ],
    shared=("words",),
)
def judge(case: Case) -> Findings:
    """Lay out the ways and the passages, and put the question."""
    yield _laid_out(case)


def _laid_out(case: Case) -> Finding:
    named = case.campaign.creatives or ()
    words = {one: said.words for one, said in case.creatives.items() if said.words is not None}
    pressing = case.policy.words.pressure.value
    found = {one: passages for one, text in words.items() if (passages := hits(pressing, text))}
    ways = _ways(case, found, len(words))
    if not named:
        return ask(
            CREATIVES,
            "The campaign names no creative, so nobody could read how it speaks to people.",
            ways,
            remedy="Name each message in the campaign file, with its words: creatives, file.",
        )
    unread = len([one.id for one in named if one.id not in words])
    also = f" {many(unread, 'creative')} cannot be read here." if unread else ""
    if found:
        return _hinted(found, len(named), also, ways)
    read = f"None of {many(len(words), 'creative')} read has a word of pressure of our list."
    return ask(
        CREATIVES,
        f"{read}{also}" if words else "No creative can be read here.",
        ways,
        remedy="Look at each as the person who gets it, two of you, each alone.",
    )


def _hinted(found: Mapping[str, tuple[Hit, ...]], of: int, also: str, ways: Table) -> Finding:
    """Words that hint at pressure, each beside its passage."""
    said = list(dict.fromkeys(hit.word for passages in found.values() for hit in passages))
    return ask(
        CREATIVES,
        f"{len(found):,} of {many(of, 'creative')} {has(len(found))} words of pressure: "
        f"{listed(said)}.{also}",
        ways,
        _passages(found),
        remedy=f"Read the passages in {listed(list(found))}: show that what they say is true, "
        "or take the words out.",
    )


def _passages(found: Mapping[str, tuple[Hit, ...]]) -> Table:
    return Table(
        title="Passages with words of pressure",
        columns=("creative", "word", "passage"),
        rows=tuple((one, hit.word, hit.passage) for one, all_ in found.items() for hit in all_),
    )


def _ways(case: Case, found: Mapping[str, tuple[Hit, ...]], read: int) -> Table:
    """The eight ways, each with what the campaign file says about it."""
    passages = many(sum(map(len, found.values())), "passage")
    return Table(
        title="Ways of pushing people",
        columns=("way", "what is known here"),
        rows=(
            (
                "false urgency or scarcity",
                f"{passages} with words of pressure" if read else "no words could be read",
            ),
            ("shaming", "read the passages and the buttons" if read else "no words could be read"),
            ("ticked boxes", _ticked(case)),
            ("hidden cost", NOT_SAID),
            ("obstruction", _obstruction(case)),
            ("forced continuity", NOT_SAID),
            ("disguised ads", _labels(case)),
            ("nagging", _touches(case)),
        ),
    )


def _ticked(case: Case) -> str:
    channels = case.campaign.channels.items()
    told = [name for name, one in channels if one.permission and one.permission.preticked]
    return f"a column tells of it for {listed(told)}" if told else NOT_SAID


def _obstruction(case: Case) -> str:
    """Where leaving takes more steps than joining, or how many it takes."""
    ways = {n: one.opt_out for n, one in case.campaign.channels.items() if one.opt_out}
    told = [
        f"{name}: {way.steps_in} to join, {way.steps_out} to leave"
        for name, way in ways.items()
        if way.steps_in is not None and way.steps_out is not None
    ]
    return "steps by " + "; ".join(told) if told else NOT_SAID


def _labels(case: Case) -> str:
    made = case.campaign.creatives or ()
    bare = [one.id for one in made if not one.label]
    if not made:
        return NOT_SAID
    return f"no label: {listed(bare)}" if bare else "every creative has a label"


def _touches(case: Case) -> str:
    told = [
        f"{name}: {many(one.touches, 'message')}" for name, one in case.campaign.channels.items()
    ]
    return "; ".join(told) if told else NOT_SAID
