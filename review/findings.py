"""Findings as the document sets them: open points first, or by family in catalogue order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from checks.finding import Finding, Severity, Verdict
from checks.registry import FAMILIES, Check, catalogue
from checks.run import Run
from review.figures import Drawing, drawings
from review.record import Review, told_day
from review.wording import FAMILY_WORDS, REASONS, WORDS, Page, paragraphs


def open_points(review: Review, run: Run) -> list[Page]:
    """What is open, by check, the most pressing first and in full."""
    pressing = [one for one in run.findings if not _quiet(one)]
    ordered = sorted(pressing, key=lambda one: (not one.open, one.verdict.urgency))
    first_seen = list(dict.fromkeys(one.check for one in ordered))
    return [_block(id_, [f for f in ordered if f.check == id_], review) for id_ in first_seen]


def by_family(review: Review, run: Run, *, signed: bool) -> list[Page]:
    """Every finding in catalogue order; in full only where it was not shown as an open point."""
    place = {check.id: at for at, check in enumerate(catalogue())}
    ordered = sorted(
        run.findings,
        key=lambda one: (_family_place(one), place.get(one.check, len(place)), one.check),
    )
    return [
        {
            "name": FAMILY_WORDS.get(family, family.capitalize()),
            "blocks": [
                _block(id_, list(found), review, in_full=signed)
                for id_, found in groupby(findings, key=lambda one: one.check)
            ],
        }
        for family, findings in groupby(ordered, key=lambda one: one.check.partition(".")[0])
    ]


def _family_place(finding: Finding) -> int:
    return place_of(finding.check.partition(".")[0])


def _quiet(finding: Finding) -> bool:
    return finding.verdict in (Verdict.CLEAR, Verdict.NOT_APPLICABLE)


def _block(
    check_id: str, findings: Sequence[Finding], review: Review, *, in_full: bool = True
) -> Page:
    """One check and what it found; no picture twice, and nothing that the open points show."""
    check = _check(check_id)
    pressing = [one for one in findings if not _quiet(one)]
    seen: list[Drawing] = []
    elsewhere = bool(pressing) and not in_full
    return {
        "title": check.title if check else check_id,
        "asks": check.question if check else "",
        "blind": paragraphs(check.section("What it cannot see")) if check and not elsewhere else [],
        "full": [_finding(one, review, seen) for one in pressing] if in_full else [],
        "brief": [_brief(one, seen) for one in findings if _quiet(one)],
        "above": _above(pressing) if elsewhere else [],
    }


def _above(pressing: Sequence[Finding]) -> list[Page]:
    """How many findings of this check the open points show, by verdict."""
    count = Counter(finding.verdict for finding in pressing)
    return [
        {"verdict": one.value, "said": f"{count[one]:,} {WORDS[one][1 if count[one] == 1 else 2]}"}
        for one in Verdict
        if count[one]
    ]


def _finding(finding: Finding, review: Review, seen: list[Drawing]) -> Page:
    drawn = drawings(finding.evidence)
    new = [one for one in drawn if one not in seen]
    seen += new
    return {
        "verdict": finding.verdict.value,
        "word": WORDS[finding.verdict][0],
        "weight": _weight(finding),
        "headline": finding.headline,
        "reason": REASONS[finding.reason] if finding.reason else "",
        "drawings": _paired(_telling(new)),
        "again": len(new) < len(drawn),
        "remedy": finding.remedy,
        "accepted": _accepted(finding, review),
        "key": finding.key,
    }


def _accepted(finding: Finding, review: Review) -> str:
    for one in review.exceptions:
        if one.finding == finding.key:
            until = told_day(one.until)
            if one.second:
                return f"Accepted as an exception until {until}."
            return f"Proposed as an exception until {until}. No second person has agreed yet."
    return ""


def _weight(finding: Finding) -> str:
    if finding.open:
        return "stops the launch"
    return "" if finding.severity is Severity.BLOCKING else f"weight {finding.severity.value}"


def _telling(drawn: Sequence[Drawing]) -> list[Drawing]:
    """Without a single bar whose number the headline says, where other pictures say more."""
    more = [one for one in drawn if one["kind"] != "rates" or len(one["rows"]) > 1]
    return more or list(drawn)


def _paired(drawn: Sequence[Drawing]) -> list[Drawing]:
    """Breakdowns two by two, side by side."""
    told: list[Drawing] = []
    for one in drawn:
        last = told[-1] if told else None
        if one["kind"] != "breakdown":
            told.append(one)
        elif last is not None and last["kind"] == "pair" and len(last["two"]) == 1:
            last["two"].append(one)
        else:
            told.append({"kind": "pair", "two": [one]})
    return told


def _brief(finding: Finding, seen: list[Drawing]) -> Page:
    """A finding in a few lines: the rates of groups as a picture, all else in words, once."""
    new = [one for one in drawings(finding.evidence) if one not in seen]
    seen += new
    picture = next((one for one in new if one["kind"] == "rates" and _compares(one)), None)
    looked = " ".join(one["alt"] for one in _leading(new) if one is not picture)
    return {
        "verdict": finding.verdict.value,
        "word": WORDS[finding.verdict][0],
        "headline": finding.headline,
        "picture": picture,
        "looked": looked if len(looked) <= 400 else looked[:400].rsplit(" ", 1)[0] + " …",
    }


def _leading(drawn: Sequence[Drawing]) -> Sequence[Drawing]:
    """What a clear finding rests on; tables and parts only where there is nothing else."""
    return [one for one in drawn if one["kind"] not in ("table", "breakdown")] or drawn


def _compares(rates: Drawing) -> bool:
    return sum(1 for row in rates["rows"] if row["value"]) > 1


def place_of(family: str) -> int:
    """Where a family stands in the catalogue; the unknown ones last."""
    return FAMILIES.index(family) if family in FAMILIES else len(FAMILIES)


def _check(check_id: str) -> Check | None:
    return next((one for one in catalogue() if one.id == check_id), None)


def methods(run: Run) -> list[Page]:
    """How each check that ran judges, for the annex."""
    ran = {finding.check for finding in run.findings}
    return [_method(check) for check in catalogue() if check.id in ran]


def _method(check: Check) -> Page:
    return {
        "id": check.id,
        "title": check.title,
        "judges": paragraphs(check.section("How it judges")),
        "sources": [f"{one.name} ({one.standing})" for one in check.sources],
    }
