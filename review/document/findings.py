"""Findings as the document sets them: what presses beside its picture, what is quiet in a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from checks.fairness.spoken import worded
from checks.finding import Finding, Severity, Verdict
from checks.phrases import spoken
from checks.registry import FAMILIES, Check, catalogue
from checks.runs.run import Run
from review.document.figures import Drawing, drawings
from review.document.wording import FAMILY_WORDS, REASONS, WORDS, Page, paragraphs
from review.record import Review, told_day

PICTURED = 1
"""Findings of one check that have their picture beside them; those of the others are annexed."""
ROWS, COLUMNS = 5, 5
"""Of a table beside a finding; the whole table is annexed."""
NARROW = 5
"""Columns of a matrix that fits beside a finding."""


def open_points(review: Review, run: Run) -> list[Page]:
    """What is open, by check, the most pressing first and in full."""
    pressing = [one for one in run.findings if not _quiet(one)]
    ordered = sorted(pressing, key=lambda one: (not one.open, one.verdict.urgency))
    first_seen = list(dict.fromkeys(one.check for one in ordered))
    return [_block(id_, [f for f in run.findings if f.check == id_], review) for id_ in first_seen]


def by_family(review: Review, run: Run, *, signed: bool) -> list[Page]:
    """Every check in catalogue order: what presses in full where it was not shown as open."""
    return [
        {
            "name": FAMILY_WORDS.get(family, family.capitalize()),
            "tally": _tally(all_),
            "pressing": [_block(id_, found, review) for id_, found in _by_check(all_)
                         if signed and any(not _quiet(one) for one in found)],
            "quiet": [_line(id_, found) for id_, found in _by_check(all_)
                      if not signed or all(_quiet(one) for one in found)],
        }
        for family, all_ in _by_family(run)
    ]  # fmt: skip


def numbers(run: Run) -> list[Page]:
    """The annex of numbers: what stands behind each check and is not beside its finding."""
    found = []
    for id_, findings in _by_check(_in_order(run)):
        drawn = list(_annexed(findings))
        if drawn:
            found.append({"title": _title(id_), "drawings": drawn})
    return found


def methods(run: Run) -> list[Page]:
    """How each check that ran judges and what it cannot see, for the annex."""
    ran = {finding.check for finding in run.findings}
    return [_method(check) for check in catalogue() if check.id in ran]


def place_of(family: str) -> int:
    """Where a family stands in the catalogue; the unknown ones last."""
    return FAMILIES.index(family) if family in FAMILIES else len(FAMILIES)


def _in_order(run: Run) -> list[Finding]:
    place = {check.id: at for at, check in enumerate(catalogue())}
    return sorted(
        run.findings,
        key=lambda one: (
            place_of(one.check.partition(".")[0]),
            place.get(one.check, len(place)),
            one.check,
        ),
    )


def _by_family(run: Run) -> Iterator[tuple[str, list[Finding]]]:
    grouped = groupby(_in_order(run), key=lambda one: one.check.partition(".")[0])
    for family, findings in grouped:
        yield family, list(findings)


def _by_check(findings: Sequence[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    for id_, found in groupby(findings, key=lambda one: one.check):
        yield id_, list(found)


def _quiet(finding: Finding) -> bool:
    return finding.verdict in (Verdict.CLEAR, Verdict.NOT_APPLICABLE)


def _pressing(findings: Sequence[Finding]) -> list[Finding]:
    """What stops the launch first, then the most pressing."""
    pressing = (one for one in findings if not _quiet(one))
    return sorted(pressing, key=lambda one: (not one.open, one.verdict.urgency))


def _tally(findings: Sequence[Finding]) -> str:
    worst = {
        id_: min((one.verdict for one in found), key=lambda one: one.urgency)
        for id_, found in _by_check(findings)
    }
    return ", ".join(one["said"] for one in _counted(worst.values()))


def _counted(verdicts: Iterable[Verdict]) -> list[Page]:
    count = Counter(verdicts)
    return [
        {"verdict": one.value, "said": f"{count[one]:,} {WORDS[one][1 if count[one] == 1 else 2]}"}
        for one in Verdict
        if count[one]
    ]


def _block(check_id: str, findings: Sequence[Finding], review: Review) -> Page:
    """One check and what presses in it, the first findings with their pictures."""
    check = _check(check_id)
    pressing = _pressing(findings)
    quiet = [one.verdict for one in findings if _quiet(one)]
    seen: list[Drawing] = []
    return {
        "title": _title(check_id),
        "asks": check.question if check else "",
        "findings": [
            _finding(one, review, seen, pictured=place < PICTURED)
            for place, one in enumerate(pressing)
        ],
        "rest": ", ".join(one["said"] for one in _counted(quiet)),
    }


def _line(check_id: str, findings: Sequence[Finding]) -> Page:
    """A check in one line: its verdict, and the sentence that says what was counted."""
    worst = min((one.verdict for one in findings), key=lambda one: one.urgency)
    first = next(one for one in findings if one.verdict is worst)
    pressing = [one.verdict for one in findings if not _quiet(one)]
    more = len(findings) - 1
    return {
        "verdict": worst.value,
        "word": WORDS[worst][0],
        "title": _title(check_id),
        "says": "" if pressing else first.headline,
        "more": "" if pressing or not more else f"And {more:,} more, in the annex of numbers.",
        "above": _counted(pressing),
    }


def _finding(finding: Finding, review: Review, seen: list[Drawing], *, pictured: bool) -> Page:
    lead = _lead(finding) if pictured else None
    again = lead in seen
    if lead is not None and not again:
        seen.append(lead)
    shown = None if lead is None or again else _cut(lead)
    return {
        "verdict": finding.verdict.value,
        "word": WORDS[finding.verdict][0],
        "weight": _weight(finding),
        "headline": spoken(finding.headline),
        "reason": REASONS[finding.reason] if finding.reason else "",
        "drawing": shown,
        "wide": shown is not None and _wide(shown),
        "remedy": spoken(finding.remedy),
        "accepted": _accepted(finding, review),
        "key": finding.key,
    }


def _lead(finding: Finding) -> Drawing | None:
    """The picture that stands beside a finding: the first that shows more than its headline."""
    drawn = drawings(worded(finding))
    telling = [one for one in drawn if one["kind"] != "table" and not _says_no_more(one)]
    tables = [one for one in drawn if one["kind"] == "table" and one["rows"]]
    return next(iter([*telling, *tables, *drawn]), None)


def _says_no_more(drawing: Drawing) -> bool:
    """A single bar, whose number the headline says."""
    return drawing["kind"] == "rates" and len(drawing["rows"]) < 2


def _wide(drawing: Drawing) -> bool:
    columns = len(drawing.get("columns", ()))
    return (drawing["kind"] == "matrix" and columns > NARROW) or (
        drawing["kind"] == "table" and columns > 3
    )


def _cut(drawing: Drawing) -> Drawing:
    """The first rows of a table; whatever is left out stands in the annex."""
    if drawing["kind"] != "table" or not _is_cut(drawing):
        return drawing
    rest = len(drawing["rows"]) - ROWS
    left = f"{rest:,} more rows" if rest > 0 else "More columns"
    return {
        **drawing,
        "columns": drawing["columns"][:COLUMNS],
        "numbers": drawing["numbers"][:COLUMNS],
        "rows": [row[:COLUMNS] for row in drawing["rows"][:ROWS]],
        "halves": False,
        "rest": f"{left} stand in the annex of numbers.",
    }


def _is_cut(drawing: Drawing) -> bool:
    return len(drawing["rows"]) > ROWS or len(drawing["columns"]) > COLUMNS


def _annexed(findings: Sequence[Finding]) -> Iterator[Drawing]:
    """Every picture of a check that is not beside its finding, each once."""
    beside = [lead for one in _pressing(findings)[:PICTURED] if (lead := _lead(one)) is not None]
    seen = [one for one in beside if one["kind"] != "table" or not _is_cut(one)]
    for finding in findings:
        yield from _paired([d for d in drawings(worded(finding)) if d not in seen])
        seen += [d for d in drawings(worded(finding)) if d not in seen]


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


def _title(check_id: str) -> str:
    check = _check(check_id)
    return check.title if check else check_id


def _check(check_id: str) -> Check | None:
    return next((one for one in catalogue() if one.id == check_id), None)


def _method(check: Check) -> Page:
    return {
        "id": check.id,
        "title": check.title,
        "judges": paragraphs(check.section("How it judges")),
        "blind": paragraphs(check.section("What it cannot see")),
        "sources": [
            f"{one.name} ({one.kind}, {one.status.replace('_', ' ')})" for one in check.sources
        ],
    }
