"""People with impaired sight, or another language, can use the message and the way out.

## Why it matters
Who cannot read the message cannot take the offer up. Who cannot read the way out cannot say no.

## How it judges
It does not: only a person can try. Laid out for each creative are its text alternative, its
contrast beside the published minimum, and its language; and for each channel how people leave. Of
the list, how many people read a language in which no creative is.

## What to do
Add the text alternatives that are missing, raise the contrast, and say the message in the language
that the most people miss.

## What it cannot see
Whether it works with a real screen reader.
"""

from __future__ import annotations

from collections import Counter

from checks.campaign import Creative
from checks.case import Case
from checks.evidence import Evidence, Rate, Table
from checks.finding import Finding, ask
from checks.people.permission import ON_THE_LIST
from checks.phrases import be, listed, many
from checks.policy import Part
from checks.registry import Findings, check
from checks.small_cells.withholding import withhold

TRY = "Let somebody who uses a screen reader try the message and the way out."


class Limits(Part):
    """What contrast is shown beside each creative."""

    contrast: float
    """So many to one."""


@check(
    title="Everyone can read it, and say no",
    question=(
        "Can people with impaired sight, or another language, use the message and the way out?"
    ),
    kind="asked",
    cites=["European Accessibility Act", "WCAG 2.2"],
    limits=Limits,
    reads=["targeted", "language"],
)
def judge(case: Case) -> Findings:
    """Lay out the creatives and the languages, and put the question."""
    creatives = case.campaign.creatives or ()
    if not creatives:
        yield ask(
            "creatives",
            "The campaign names no creative, so nobody can see whether everyone can read it.",
            remedy=f"Name each message with its text alternative, contrast and language. {TRY}",
        )
        return
    yield _laid_out(case, creatives, case.limits(Limits).contrast)


def _laid_out(case: Case, creatives: tuple[Creative, ...], least: float) -> Finding:
    silent = [one for one in creatives if not one.alt_text]
    faint = [one for one in creatives if one.contrast is not None and one.contrast < least]
    unread = _unread(case, creatives)
    said = [_about(len(silent), len(creatives), "no text alternative on record")]
    cures = [f"Add a text alternative to {listed([o.id for o in silent])}."] if silent else []
    if faint:
        said.append(f"{many(len(faint), 'creative')} {be(len(faint))} under {least:g} to 1.")
        cures.append(f"Raise the contrast of {listed([o.id for o in faint])}.")
    if unread:
        said.append(_missed(unread, case))
        cures.append(f"Say it in {listed(list(unread))} too.")
    evidence: list[Evidence] = [_table(creatives, least), *_leaving(case)]
    evidence += [
        Rate(
            group=f"read {language}, which no creative is in", yes=people, of=case.audience.targeted
        )
        for language, people in unread.items()
    ]
    return ask("creatives", " ".join(said), *evidence, remedy=" ".join([*cures, TRY]))


def _about(lacking: int, creatives: int, what: str) -> str:
    if not lacking:
        return f"The owner states a text alternative for {many(creatives, 'creative')}."
    have = "has" if lacking == 1 else "have"
    return f"{lacking:,} of {many(creatives, 'creative')} {have} {what}."


def _missed(unread: dict[str, int | None], case: Case) -> str:
    language, people = next(iter(unread.items()))
    some = "Some people" if people is None else many(people, "person", "people")
    read = "reads" if people == 1 else "read"
    more = f" {len(unread) - 1:,} more languages are missed." if len(unread) > 2 else ""
    more = " One more language is missed." if len(unread) == 2 else more
    listed_ = f" of {case.audience.targeted:,} on the list"
    return f"{some}{listed_} {read} {language}, in which there is none.{more}"


def _unread(case: Case, creatives: tuple[Creative, ...]) -> dict[str, int | None]:
    """People on the list by a language that no creative is in, the most first."""
    if not case.audience.has("language") or all(one.language is None for one in creatives):
        return {}
    written = {_plain(one.language) for one in creatives if one.language}
    people: Counter[str] = Counter()
    for count in case.audience.count("language", where=ON_THE_LIST):
        if count.values[0] is not None:
            people[_plain(str(count.values[0]))] += count.people
    cells = case.policy.small_cells
    missed: Counter[str] = Counter()
    for name, many_ in people.most_common():
        if name not in written:
            missed[name if many_ >= cells.merge_below.value else "rarer languages"] += many_
    [shown] = withhold([list(missed.values())], cells.suppress_below.value)
    return dict(zip(missed, shown, strict=True))


def _plain(language: str) -> str:
    """The language of a code: en of en-GB."""
    return language.strip().casefold().replace("_", "-").partition("-")[0]


def _table(creatives: tuple[Creative, ...], least: float) -> Table:
    words = {True: "yes", False: "no", None: "not stated"}
    return Table(
        title=f"The creatives; text needs a contrast of {least:g} to 1",
        columns=("creative", "text alternative", "contrast", "language"),
        rows=tuple(
            (
                one.id,
                words[one.alt_text],
                "not stated" if one.contrast is None else _contrast(one.contrast, least),
                one.language or "not stated",
            )
            for one in creatives
        ),
    )


def _contrast(contrast: float, least: float) -> str:
    return f"{contrast:g} to 1{', too little' if contrast < least else ''}"


def _leaving(case: Case) -> tuple[Table, ...]:
    """How people leave each channel, where the campaign says."""
    words = {True: "yes", False: "no", None: "not stated"}
    rows = tuple(
        (
            name.replace("_", " "),
            channel.opt_out.steps_out,
            words[channel.opt_out.login],
            words[channel.opt_out.one_click],
        )
        for name, channel in case.campaign.channels.items()
        if channel.opt_out is not None
    )
    columns = ("channel", "steps to leave", "login asked", "one click")
    return (Table(title="The way out", columns=columns, rows=rows),) if rows else ()
