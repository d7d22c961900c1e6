"""Those whom the campaign concerns were heard.

## Why it matters
People see what a team cannot. Asked before, they help; asked never, they protest.

## How it judges
It does not: listening cannot be counted. The groups that the campaign file names (attributes,
segments, people in a vulnerable position) are laid out beside the talks it records. A group counts
as heard when a talk names it in the same words. How many talks were with people from outside is
shown beside `outside_voices`, which is what we expect at least.

## What to do
Talk to the groups that nobody asked, and write down what changed because of it.

## What it cannot see
Heard is not agreed. A talk that names a group in other words is not recognised.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from checks.campaign import Consultation
from checks.case import Case
from checks.evidence import Table
from checks.finding import Finding, ask
from checks.phrases import be, listed, many
from checks.policy import Part
from checks.registry import Findings, check

VOICES = "voices"


class Limits(Part):
    """How many voices from outside we expect."""

    outside_voices: int
    """At least; shown as the expectation."""


@check(
    title="Those affected were heard",
    question="Who of those affected was asked, and what changed?",
    kind="asked",
    cites=["GDPR 35", "ISO/IEC 42001", "NIST AI RMF", "our policy"],
    limits=Limits,
)
def judge(case: Case) -> Findings:
    """Lay the groups beside the talks, and put the question."""
    yield _laid_out(case, case.campaign.consultations, case.limits(Limits))


def _laid_out(case: Case, talks: Sequence[Consultation] | None, limits: Limits) -> Finding:
    groups = _named(case)
    heard = {name: [talk for talk in talks or () if _names(talk.group, name)] for name in groups}
    outside = sum(talk.outside for talk in talks or ())
    tables = (_groups(groups, heard), *([_talks(talks)] if talks else []))
    missing = [name for name, held in heard.items() if not held]
    if not talks:
        return ask(
            VOICES,
            "The campaign records no talk with people it concerns."
            if talks is None
            else "Nobody whom the campaign concerns was asked, it says.",
            *tables,
            remedy=f"Talk to {_whom(missing)}, and record it in the campaign file: consultations.",
        )
    expected = f"; we expect at least {limits.outside_voices:,}"
    return ask(
        VOICES,
        f"{len(groups) - len(missing):,} of {many(len(groups), 'named group')} "
        f"{'was' if len(groups) - len(missing) == 1 else 'were'} heard. "
        f"{many(outside, 'talk')} {be(outside)} with people from outside{expected}.",
        *tables,
        remedy=f"Talk to {_whom(missing)}, and write down what changed."
        if missing or outside < limits.outside_voices
        else "Read what was said, and say whether the campaign answers it.",
    )


def _whom(missing: Sequence[str]) -> str:
    return listed(missing) if missing else "somebody from outside the house"


def _named(case: Case) -> dict[str, str]:
    """The groups that the campaign file names, with the section that does."""
    campaign = case.campaign
    return {
        **{f"every {name.replace('_', ' ')}": "compared" for name in campaign.people.attributes},
        **{segment.name: "a segment" for segment in campaign.segments or ()},
        **{name.replace("_", " "): "may be vulnerable" for name in campaign.people.vulnerable},
    }


def _names(told: str, group: str) -> bool:
    """Whether a talk names a group, as whole words in any case."""
    word = re.escape(group.casefold().removeprefix("every "))
    return bool(re.search(rf"(?<!\w){word}(?!\w)", told.casefold()))


def _groups(groups: dict[str, str], heard: dict[str, list[Consultation]]) -> Table:
    return Table(
        title="Groups that the campaign names",
        columns=("group", "named as", "talks"),
        rows=tuple((name, named, len(heard[name])) for name, named in groups.items()),
    )


def _talks(talks: Sequence[Consultation]) -> Table:
    return Table(
        title="Talks on record",
        columns=("with", "from outside", "day", "how", "what they said", "what changed"),
        rows=tuple(
            (
                talk.group,
                "yes" if talk.outside else "no",
                talk.date.isoformat() if talk.date else "not stated",
                talk.method or "not stated",
                talk.summary or "not stated",
                talk.response or "not stated",
            )
            for talk in talks
        ),
    )
