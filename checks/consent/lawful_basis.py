"""The basis fits the channel.

## Why it matters
A basis that the law does not accept for a channel is none: every message on it was one too many.

## How it judges
Channel by channel, and for profiling: the claimed basis against the policy's table of lawful bases,
by the region of each person on the list. Where the cell does not hold it, people count as a
mismatch, and likewise where its conditions are not all stated: for a soft opt-in an own similar
product, details from a sale, and a refusal offered at collection and in every message; for a
legitimate interest its assessment; for implied consent in Canada a purchase or an inquiry within
its months. More mismatches than the policy allows fail. A cell that says `ask` is asked, never
clear. Without a region a person counts under the strictest of the campaign's regions.

## What to do
Ask those people for consent, or show that the conditions are met; else leave them out.

## What it cannot see
National law beyond the table, and whether the statements behind a soft opt-in are true.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from checks.campaign import Channel, ChannelName
from checks.case import Case
from checks.conditions import All, Among, AnyOf, Before, Condition, Missing, Not
from checks.evidence import Table
from checks.finding import Finding, Reason, ask, cannot_tell, clear, fail, not_applicable
from checks.people.agreeing import said
from checks.people.permission import ON_THE_LIST, first_valid_day
from checks.people.regions import law_of
from checks.phrases import listed, many, of_all, people, verb
from checks.policy import Cell, Part, Use
from checks.registry import Findings, check
from checks.small_cells.withholding import withhold

Fit = Literal["no", "not known", "ask", "yes"]
FITS: tuple[Fit, ...] = ("no", "not known", "ask", "yes")
"""The most pressing first."""
NOT_KNOWN = "region not known"
STATED = {
    "own_similar": "an own similar product",
    "from_a_sale": "details from a sale",
    "refusal_at_collection": "a refusal offered at collection",
    "refusal_in_message": "a refusal in every message",
}
"""The four conditions of a soft opt-in."""


class Limits(Part):
    """How many people may have no basis that fits, and how long implied consent lasts."""

    mismatches: int
    casl_purchase_months: int
    casl_inquiry_months: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """The people of one body of law on one channel, and whether the basis carries them."""

    where: str
    law: str
    regions: tuple[str, ...]
    people: int
    allowed: str
    fit: Fit
    out: int = 0
    """People for whom it does not fit."""
    why: str = ""


@check(
    title="The basis fits the channel",
    question="Is another basis claimed where only consent would do?",
    cites=[
        "ePrivacy Directive 13(1)",
        "ePrivacy Directive 13(2)",
        "CJEU C-654/23",
        "UK PECR 22",
        "UK Data (Use and Access) Act 2025 s 114",
        "CAN-SPAM 15 USC 7704(a)",
        "TCPA 47 CFR 64.1200",
        "CASL 10(10)",
        "our policy",
    ],
    shared=("lawful_basis",),
    limits=Limits,
    reads=["targeted", "region"],
)
def judge(case: Case) -> Findings:
    """Judge each channel, and profiling where the campaign does it."""
    channels = case.campaign.channels
    if not channels:
        yield cannot_tell(
            "channels",
            "The campaign names no channel, so no basis could be held against one.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name the ways people are reached, and on what basis (channels).",
        )
    for name, channel in channels.items():
        yield _judged(case, name, channel.basis)
    yield from _profiling(case)


def _profiling(case: Case) -> Iterator[Finding]:
    uses = case.campaign.uses_data_for
    if uses is None or not (uses.profiling or uses.model):
        return
    if uses.basis is None:
        yield cannot_tell(
            "profiling",
            "People are profiled, and on what basis was not stated.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name it in the campaign file: uses_data_for, basis.",
        )
        return
    yield _judged(case, "profiling", uses.basis)


def _judged(case: Case, use: Use, basis: str) -> Finding:
    if not case.audience.targeted:
        return not_applicable(use, "Nobody is on the list, so no basis has to carry anybody.")
    if not case.audience.has("region") and not case.campaign.regions:
        return cannot_tell(
            use,
            "Where people live is not in the files, so no law could be held against the basis.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name the column with each person's region (people.region), or the regions.",
        )
    lines = _lines(case, use, basis)
    table = _table(case, use, basis, lines)
    worst = min((line.fit for line in lines), key=FITS.index)
    if sum(line.out for line in lines) > case.limits(Limits).mismatches:
        return _does_not_fit(case, use, lines, table)
    if worst == "not known":
        return _not_known(use, basis, lines, table)
    if worst == "ask":
        asked = [line for line in lines if line.fit == "ask"]
        return ask(
            use,
            f"Whether {_words(basis)} carries {said(use)} for {_count(asked)} is for a lawyer to "
            f"say: {listed([line.where for line in asked])}.",
            table,
            remedy="Have somebody who knows the law there say so, and write down the answer.",
        )
    return clear(use, _fits(case, use, basis, lines), table)


def _fits(case: Case, use: Use, basis: str, lines: list[Line]) -> str:
    rests = "" if basis in ("consent", "opt_out") else " This rests on what the owner states."
    where = listed([line.where for line in lines])
    return (
        f"{_words(basis).capitalize()} carries {said(use)} for {people(case.audience.targeted)} "
        f"on the list: {where}.{rests}"
    )


def _does_not_fit(case: Case, use: Use, lines: list[Line], table: Table) -> Finding:
    bad = [line for line in lines if line.out]
    out, on_list = sum(line.out for line in bad), case.audience.targeted
    why = listed(sorted({line.why for line in bad}), between="; ")
    instead = "show that the conditions are met" if all(_curable(one) for one in bad) else ""
    ways = " or ".join(one for one in ("ask them for consent", instead) if one)
    return fail(
        use,
        f"{of_all(out, on_list, 'person', 'people')} on the list {verb(out, 'has', 'have')} no "
        f"basis that carries {said(use)}. In {listed([line.where for line in bad])}: {why}.",
        table,
        remedy=f"{ways.capitalize()}; without them the list becomes {on_list - out:,}.",
    )


def _curable(line: Line) -> bool:
    return "is not accepted" not in line.why


def _not_known(use: Use, basis: str, lines: list[Line], table: Table) -> Finding:
    blind = [line for line in lines if line.fit == "not known"]
    return cannot_tell(
        use,
        f"Whether {_words(basis)} carries {said(use)} for {_count(blind)} cannot be told: "
        f"{listed(sorted({line.why for line in blind}), between='; ')}.",
        table,
        reason=Reason.COLUMN_MISSING,
        remedy=(
            "Bring the column that is missing: people.region, or channels, relation, purchased and "
            "inquired."
        ),
    )


def _count(lines: list[Line]) -> str:
    return people(sum(line.people for line in lines))


def _words(basis: str) -> str:
    return basis.replace("_", " ")


def _lines(case: Case, use: Use, basis: str) -> list[Line]:
    """The people on the list by the law of where they live."""
    if not case.audience.has("region"):
        return _everywhere(case, use, basis)
    counts = case.audience.count("region", where=ON_THE_LIST)
    by_law: dict[str, dict[str, int]] = {}
    for count in counts:
        region = count.values[0]
        if region is not None:
            by_law.setdefault(law_of(region), {})[region] = count.people
    lines = [
        _line(case, use, basis, tuple(found), Among("region", tuple(found)), sum(found.values()))
        for found in by_law.values()
    ]
    without = sum(count.people for count in counts if count.values[0] is None)
    return [*lines, *([_strictest(case, use, basis, without)] if without else [])]


def _strictest(case: Case, use: Use, basis: str, without: int) -> Line:
    """People without a region, under the strictest law of the campaign's regions."""
    regions = case.campaign.regions or ("elsewhere",)
    judged = [
        _line(case, use, basis, (one,), Missing("region"), without)
        for one in {law_of(region): region for region in regions}.values()
    ]
    worst = min(judged, key=lambda line: FITS.index(line.fit))
    return replace(worst, where=NOT_KNOWN)


def _everywhere(case: Case, use: Use, basis: str) -> list[Line]:
    """Everybody under each law of the campaign, where nobody says who lives where."""
    by_law: dict[str, list[str]] = {}
    for region in case.campaign.regions:
        by_law.setdefault(law_of(region), []).append(region)
    everyone = case.audience.targeted
    judged = [_line(case, use, basis, tuple(found), All(()), everyone) for found in by_law.values()]
    whole = replace(judged[0], where=listed([line.where for line in judged]))
    if len({line.fit for line in judged}) == 1:
        return [whole]
    why = "who lives where is not in the files, and the laws differ"
    return [replace(whole, law="several", allowed="differs", fit="not known", out=0, why=why)]


def _line(
    case: Case, use: Use, basis: str, regions: tuple[str, ...], there: Condition, count: int
) -> Line:
    cell = case.policy.lawful_basis.by_region(regions[0]).value.of(use)
    fit, out, why = _fit(case, use, basis, cell, All((ON_THE_LIST, there)), count)
    return Line(
        where=listed(sorted(regions)),
        law=law_of(regions[0]),
        regions=regions,
        people=count,
        allowed="ask" if cell == "ask" else ", ".join(_words(one) for one in cell),
        fit=fit,
        out=out,
        why=why,
    )


def _fit(
    case: Case, use: Use, basis: str, cell: Cell, there: Condition, count: int
) -> tuple[Fit, int, str]:
    """Whether a basis carries these people; for how many it does not, and why."""
    if cell == "ask":
        return "ask", 0, "the table leaves it to a person"
    if basis not in cell:
        return "no", count, f"{_words(basis)} is not accepted there"
    channel = case.campaign.channels.get(use) if use != "profiling" else None
    if basis in ("soft_opt_in", "charity_soft_opt_in"):
        return _soft_opt_in(channel, basis, count)
    if basis == "legitimate_interest" and not (case.campaign.refs and case.campaign.refs.lia):
        return "no", count, "there is no assessment of the legitimate interest"
    if basis == "implied" and use != "profiling":
        return _implied(case, use, there)
    return "yes", 0, ""


def _soft_opt_in(channel: Channel | None, basis: str, count: int) -> tuple[Fit, int, str]:
    relation = channel.relation if channel else None
    needed = [one for one in STATED if basis == "soft_opt_in" or one.startswith("refusal")]
    open_ = [STATED[one] for one in needed if getattr(relation, one, None) is not True]
    if open_:
        return "no", count, f"not stated for the soft opt-in: {listed(open_)}"
    if basis == "charity_soft_opt_in":
        return "ask", 0, "only a charity may, for details collected since 5 February 2026"
    return "yes", 0, ""


def _implied(case: Case, name: ChannelName, there: Condition) -> tuple[Fit, int, str]:
    """Canada: a purchase or an inquiry not too long ago."""
    limits, launch = case.limits(Limits), case.campaign.launch
    months = {"purchased": limits.casl_purchase_months, "inquired": limits.casl_inquiry_months}
    known = {day: n for day, n in months.items() if case.audience.has(f"{name}.{day}")}
    if not known:
        return "not known", 0, "the days of purchases and inquiries are not in the files"
    recent = [
        Not(AnyOf((Missing(f"{name}.{day}"), Before(f"{name}.{day}", first_valid_day(launch, n)))))
        for day, n in known.items()
    ]
    out = case.audience.total(All((there, Not(AnyOf(tuple(recent))))))
    why = " and ".join(f"none {day} within {many(n, 'month')}" for day, n in known.items())
    return ("no", out, f"implied consent has lapsed: {why}") if out else ("yes", 0, "")


def _table(case: Case, use: Use, basis: str, lines: list[Line]) -> Table:
    below = case.policy.small_cells.suppress_below.value
    [counts] = withhold([[line.people for line in lines]], below)
    return Table(
        title=f"Whether {_words(basis)} carries {said(use)}",
        columns=("where", "law", "people on the list", "accepted there", "does it fit"),
        rows=tuple(
            (line.where, line.law, count, line.allowed, line.why or line.fit)
            for line, count in zip(lines, counts, strict=True)
        ),
    )
