"""The campaign does not reach people at a wrong time or place, nor sell what harms unseen.

## Why it matters
An offer on a day of mourning, or at the door of a clinic, hurts whoever it finds there.

## How it judges
Sends that fall into a window of the campaign's calendar, in one of its regions, are watched above
`windows_watch`. Places of a kind on the list of the policy fail above `places`. A product class on
that list, or a regulated sector, needs a person. What is not stated (a calendar, places, a product
class) is asked; an empty list is an answer.

## What to do
Move the sends to the next free day, drop the places, and look twice at who gets such an offer.

## What it cannot see
A private loss that nobody told us of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from checks.campaign import Window
from checks.case import Case
from checks.conditions import All, Among, AnyOf, Condition
from checks.evidence import Table
from checks.finding import Finding, ask, clear, fail, watch
from checks.people.children import in_region
from checks.people.permission import ON_THE_LIST
from checks.phrases import be, day, listed, many, them, verb
from checks.policy import Part
from checks.registry import Findings, check
from checks.words.wording import hits


class Limits(Part):
    """How much may fall on a wrong time or place."""

    places: int
    """Places of a listed kind: above it, fail."""
    windows_watch: int
    """Sends inside a window: above it, watch."""


@check(
    title="Sensitive moment, place, product",
    question="Does it reach people at the wrong time or in the wrong place, or sell what harms?",
    kind="mixed",
    cites=[
        "UCPD 5(3)",
        "Political Advertising Regulation",
        "Massachusetts settlement on geofencing clinics (2017)",
        "our policy",
    ],
    shared=("words",),
    limits=Limits,
    reads=["targeted"],
)
def judge(case: Case) -> Findings:
    """Judge the time, the places and the product, each by itself."""
    limits = case.limits(Limits)
    yield _time(case, limits.windows_watch)
    yield _places(case, limits.places)
    yield _product(case)


def _time(case: Case, allowed: int) -> Finding:
    windows = case.campaign.calendar
    if windows is None:
        return ask(
            "time",
            "The campaign has no calendar of days on which sending would hurt.",
            remedy="Name days of mourning, disaster and remembrance in your regions: calendar. "
            "An empty list is an answer too.",
        )
    near = [one for one in windows if _here(case, one)]
    sends = dict(_sends(case))
    caught = {name: held for name, at in sends.items() if (held := _caught(at, near))}
    table = Table(
        title="Sends and sensitive days",
        columns=("send", "day", "sensitive because"),
        rows=tuple(
            (name, at.isoformat(), _why(caught[name]) if name in caught else "not sensitive")
            for name, at in sends.items()
        ),
    )
    of = many(len(sends), "send")
    if len(caught) <= allowed:
        window = many(len(near), "sensitive window")
        return clear("time", f"None of {of} falls into {window} of the campaign's calendar.", table)
    days = sorted({sends[name] for name in caught})
    whys = listed(list(dict.fromkeys(map(_why, caught.values()))))
    return watch(
        "time",
        f"{len(caught):,} of {of} {verb(len(caught), 'falls', 'fall')} on "
        f"{listed(list(map(day, days)))}: {whys}.",
        table,
        remedy=f"Move {them(len(caught))} to {day(_free(max(days), near))}.",
    )


def _why(window: Window) -> str:
    return window.why or "no reason given"


def _here(case: Case, window: Window) -> bool:
    """Whether a window concerns a region of the campaign; without regions it may."""
    regions = case.campaign.regions
    if not window.regions or not regions:
        return True
    return any(in_region(a, b) or in_region(b, a) for a in regions for b in window.regions)


def _sends(case: Case) -> Iterator[tuple[str, date]]:
    launch = case.campaign.launch
    for name, channel in case.campaign.channels.items():
        yield name, (channel.send.day if channel.send else None) or launch
    if not case.campaign.channels:
        yield "launch", launch


def _caught(at: date, windows: Sequence[Window]) -> Window | None:
    return next((one for one in windows if one.from_ <= at <= one.to), None)


def _free(at: date, windows: Sequence[Window]) -> date:
    """The first day after this one that lies in no window."""
    later = at + timedelta(days=1)
    while held := _caught(later, windows):
        later = held.to + timedelta(days=1)
    return later


def _places(case: Case, allowed: int) -> Finding:
    places = case.campaign.places
    if places is None:
        return ask(
            "places",
            "The campaign does not say whether people are picked by where they are.",
            remedy="Name the places in the campaign file: places. An empty list is an answer too.",
        )
    kinds = case.policy.words.places.value
    wrong = [one for one in places if hits(kinds, one.kind)]
    table = Table(
        title="Places by which people are picked",
        columns=("place", "kind", "on the list of the policy"),
        rows=tuple((one.name, one.kind, "yes" if one in wrong else "no") for one in places),
    )
    if len(wrong) > allowed:
        leave = _leaving(case, [one.name for one in wrong])
        return fail(
            "places",
            f"{len(wrong):,} of {many(len(places), 'place')} {be(len(wrong))} of a kind that tells "
            f"too much: {listed(sorted({one.kind for one in wrong}))}.",
            table,
            remedy=f"Drop {many(len(wrong), 'place')}{leave}.",
        )
    if not places:
        return clear("places", "Nobody is picked by place, says the campaign.", table)
    none = f"None of {many(len(places), 'place')} is a {' or a '.join(kinds)}"
    return clear("places", f"{none}, by the kinds given.", table)


def _leaving(case: Case, names: Sequence[str]) -> str:
    """How many people on the list a rule picked by these places."""
    picked: list[Condition] = [
        Among(f"field.{rule.column}", tuple(names))
        for rule in case.campaign.rules or ()
        if set(names) & set(rule.among or ()) and case.audience.has(f"field.{rule.column}")
    ]
    if not picked:
        return ""
    leave = case.audience.total(All((ON_THE_LIST, AnyOf(tuple(picked)))))
    return f"; {many(leave, 'person leaves', 'people leave')} the list"


def _product(case: Case) -> Finding:
    campaign, listed_ = case.campaign, case.policy.words.products.value
    said = campaign.product.class_ if campaign.product else None
    table = Table(
        title="What is sold",
        columns=("what", "as the campaign says"),
        rows=(("sector", campaign.sector), ("product class", said or "not stated")),
    )
    named = hits(listed_, said) if said else ()
    if named or campaign.regulated:
        what = said if named and said else campaign.sector
        return ask(
            "product",
            f"The campaign sells {what}, which can harm people who get it at the wrong time.",
            table,
            remedy="Say who should not get this offer, and how they are kept off the list.",
        )
    if said is None:
        return ask(
            "product",
            "The campaign does not say what kind of product it sells.",
            table,
            remedy="Name it in the campaign file: product, class.",
        )
    return clear("product", f"The product class, {said}, is not one that our policy lists.", table)
