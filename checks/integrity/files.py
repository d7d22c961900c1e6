"""The files are whole, and hold each person once.

## Why it matters
Every other number rests on these files. A person counted twice is also written to twice.

## How it judges
Rows that repeat a key, rows without a key, permissions dated after the file was exported, rows of
side files that belong to nobody or name a channel that is not known here, and ages outside 0 to 120
are counted against the limits. Entries of the do-not-contact list that are dated after launch count
as refusals, and are watched; strangers on it are normal, and shown. Without a key two equal rows
are two people, so nothing can be said about repeats. Segments are compared with those that the
campaign declares. What was repaired while reading is listed.

## What to do
Mend the export at its source, so that the next one is right too. Then load the file again.

## What it cannot see
Whether this file is the one that will be sent. Whether rows were lost before the export.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from checks.case import Case
from checks.conditions import After, All, AnyOf, Condition, Is
from checks.evidence import Evidence, Rate, Table
from checks.finding import Finding, Reason, cannot_tell, clear, fail, watch
from checks.people.segments import by_segment
from checks.policy import Part
from checks.registry import Findings, check
from checks.small_cells.withholding import withhold

JOINED = ("permissions", "contacts", "outcomes")
"""Side files whose every row should belong to somebody; a do-not-contact list may hold others."""


class Limits(Part):
    """How much may be wrong with the files."""

    duplicates_watch: float
    """Share of rows that repeat a key: above it, watch."""
    duplicates_fail: float
    """Above it, fail."""
    empty_keys: int
    """Rows without a key: above it, fail."""
    future_dates: int
    """Permissions dated after the export: above it, fail."""
    unmatched_watch: int
    """Rows of side files that belong to nobody: above it, watch."""
    impossible_ages_watch: int
    """People with an age outside 0 to 120: above it, watch."""


@check(
    title="The files are whole",
    question="Are we judging the right people, each once?",
    cites=["GDPR 5(1)(d)", "our policy"],
    limits=Limits,
    reads=["key", "age", "segment"],
)
def judge(case: Case) -> Findings:
    """Judge keys, dates, side files, ages and segments, and list what was read."""
    limits = case.limits(Limits)
    yield _read(case)
    yield _duplicates(case, limits)
    if case.audience.has_key:
        yield _empty_keys(case, limits)
    if _dated(case) or case.audience.late_refusals:
        yield _dates(case, limits)
    if case.audience.has_key and case.audience.unmatched:
        yield _side_files(case, limits)
    if case.audience.has("age"):
        yield _ages(case, limits)
    if case.audience.has("segment"):
        yield _segments(case)


def _read(case: Case) -> Finding:
    sources = case.audience.intake["sources"]
    rows = tuple(
        (one["role"], one["rows"], len(one["columns"]), "; ".join(one["repairs"]) or "none")
        for one in sources
    )
    repaired = sum(len(one["repairs"]) for one in sources)
    mended = f"{repaired:,} repairs were made" if repaired else "nothing had to be repaired"
    mended = "1 repair was made" if repaired == 1 else mended
    return clear(
        "files",
        f"All {case.audience.rows:,} rows of the people's file were read, and {mended}.",
        Table(title="What was read", columns=("file", "rows", "columns", "repairs"), rows=rows),
    )


def _duplicates(case: Case, limits: Limits) -> Finding:
    if not case.audience.has_key:
        return _no_key(case)
    keys = case.audience.key_facts
    evidence = (
        _share("rows that repeat a key", keys.repeating, keys.rows),
        _share("repeated keys whose rows disagree", keys.disagreeing, keys.repeated),
    )
    if keys.repeating <= Fraction(str(limits.duplicates_watch)) * keys.rows:
        return clear("duplicates", f"All {keys.rows:,} rows have a key of their own.", *evidence)
    say = fail if keys.repeating > Fraction(str(limits.duplicates_fail)) * keys.rows else watch
    return say(
        "duplicates",
        f"{keys.repeating:,} of {keys.rows:,} rows {_do(keys.repeating, 'repeat')} "
        "the key of another.",
        *evidence,
        remedy=f"Merge the rows of these {keys.repeated:,} keys at the source."
        if keys.repeated > 1
        else "Merge the rows of this one key at the source.",
    )


def _no_key(case: Case) -> Finding:
    rows = case.audience.rows
    if case.audience.counts_only:
        return cannot_tell(
            "duplicates",
            f"The {rows:,} rows are counts of people, so nobody can be told apart.",
            reason=Reason.COUNTS_ONLY,
            remedy="Bring a row a person, with a key, or accept that repeats cannot be seen.",
        )
    return cannot_tell(
        "duplicates",
        f"The {rows:,} rows have no key, so two equal rows count as two people.",
        reason=Reason.NO_KEY,
        remedy="Export the customer number too, and name it in the campaign file: people, key.",
    )


def _empty_keys(case: Case, limits: Limits) -> Finding:
    keys = case.audience.key_facts
    evidence = _share("rows without a key", keys.empty, keys.rows)
    if keys.empty <= limits.empty_keys:
        return clear("empty keys", f"{keys.empty:,} of {keys.rows:,} rows lack a key.", evidence)
    return fail(
        "empty keys",
        f"{keys.empty:,} of {keys.rows:,} rows {_have(keys.empty)} no key: "
        "nobody knows about whom.",
        evidence,
        remedy="Add the missing keys at the source, or leave these rows out.",
    )


def _dated(case: Case) -> tuple[str, ...]:
    """The facts that hold the day of a permission."""
    named = tuple(f"{channel}.given" for channel in case.campaign.channels)
    return tuple(fact for fact in named if case.audience.has(fact))


def _dates(case: Case, limits: Limits) -> Finding:
    exported = case.campaign.people.exported or case.campaign.launch
    late = case.audience.future_dates
    evidence = _share("permissions dated after the export", late, case.audience.rows)
    day = f"{exported.day} {exported:%B %Y}"
    if late <= limits.future_dates:
        if case.audience.late_refusals:
            return _late_refusals(case, evidence)
        return clear("dates", f"No permission is dated after {day}.", evidence)
    after = AnyOf(tuple(After(fact, exported) for fact in _dated(case)))
    on_list = All((Is("targeted", value=True), after))
    leave = case.audience.total(on_list)
    return fail(
        "dates",
        f"{late:,} of {case.audience.rows:,} rows {_do(late, 'hold')} a permission "
        f"dated after {day}.",
        evidence,
        *_carried(case, on_list),
        remedy=f"Correct or drop them: {leave:,} of {case.audience.targeted:,} people "
        f"on the list {_have(leave)} one.",
    )


def _late_refusals(case: Case, evidence: Evidence) -> Finding:
    late, entries = case.audience.late_refusals, _rows(case)["suppression"]
    launch = case.campaign.launch
    say = "is" if late == 1 else "are"
    return watch(
        "dates",
        f"{late:,} of {entries:,} entries on the do-not-contact list {say} dated after launch, "
        f"{launch.day} {launch:%B %Y}; they count as refusals all the same.",
        evidence,
        _share("do-not-contact entries dated after launch", late, entries),
        remedy="See whether these days are right. Until then nobody among them is written to.",
    )


def _rows(case: Case) -> Counter[str]:
    """Rows of each table, by its section."""
    held: Counter[str] = Counter()
    for one in case.audience.intake["sources"]:
        held[one["role"]] += one["rows"]
    return held


def _carried(case: Case, on_list: Condition) -> tuple[Evidence, ...]:
    """Which segments hold these people."""
    if not case.audience.has("segment"):
        return ()
    counted = case.audience.count("segment", where=on_list)
    found = {one.values[0]: one.people for one in counted}
    where = by_segment(case, "Dated after the export, by segment", found)
    return () if where is None else (where,)


def _side_files(case: Case, limits: Limits) -> Finding:
    held = _rows(case)
    unmatched = case.audience.unmatched
    lost = sum(unmatched.get(role, 0) for role in JOINED)
    rows = sum(held[role] for role in JOINED if role in unmatched)
    strange = case.audience.strange_channels
    odd = sum(strange.values())
    evidence = (
        *(
            _share(f"rows of {role} that belong to nobody{_met(case, role)}", count, held[role])
            for role, count in unmatched.items()
        ),
        *_tried(case, held),
        *(
            _share(f"rows of {role} with an unknown channel", count, held[role])
            for role, count in strange.items()
            if count
        ),
    )
    if max(lost, odd) <= limits.unmatched_watch:
        return clear("side files", _all_matched(case, rows, held), *evidence)
    said = [f"{lost:,} {_do(lost, 'belong')} to nobody in the people's file"] if lost else []
    said += [f"{odd:,} {_do(odd, 'name')} a channel that is not known here"] if odd else []
    cures = ["See whether the keys are written alike in both files."] if lost else []
    cures += ["Name channels as the campaign file does: email, sms, push, post …"] if odd else []
    return watch(
        "side files",
        f"Of {rows:,} rows in the files beside, {' and '.join(said)}.",
        *evidence,
        remedy=f"{' '.join(cures)} Then export them again.",
    )


def _tried(case: Case, held: Counter[str]) -> tuple[Evidence, ...]:
    """Events made to try the system: left out, and counted."""
    tests = case.audience.test_events
    return (_share("test events, left out", tests, held["permissions"]),) if tests else ()


def _met(case: Case, role: str) -> str:
    """How keys of a file beside were compared with people, where it was not by their key."""
    match = getattr(getattr(case.campaign, role), "matches", None)
    if match is None or isinstance(match, str) or match.as_ == "id":
        return ""
    how = {
        "email": "by email, without case and blanks around it",
        "phone": "by phone number, written as +49301234567",
    }[match.as_]
    return f" (compared {how}{f', as {match.hashed}' if match.hashed else ''})"


def _all_matched(case: Case, rows: int, held: Counter[str]) -> str:
    said = [f"All {rows:,} rows beside belong to somebody."] if rows else []
    if "suppression" in case.audience.unmatched:
        entries = held["suppression"]
        found = entries - case.audience.unmatched["suppression"]
        said.append(
            f"{found:,} of {entries:,} entries on the do-not-contact list are in the people's file."
        )
    return " ".join(said)


def _ages(case: Case, limits: Limits) -> Finding:
    wrong = case.audience.impossible_ages
    evidence = _share("people with an impossible age", wrong, case.audience.people)
    if wrong <= limits.impossible_ages_watch:
        return clear("ages", "Every age on record is between 0 and 120.", evidence)
    return watch(
        "ages",
        f"{wrong:,} of {case.audience.people:,} people {_have(wrong)} an age outside 0 to 120.",
        evidence,
        remedy="Correct it at the source; here such an age counts as not known.",
    )


def _segments(case: Case) -> Finding:
    declared = [one.name for one in case.campaign.segments or ()]
    found = case.audience.segments
    sizes = _sizes(case)
    wrong = [f"“{name}” is declared and empty" for name in declared if name not in found]
    if case.campaign.segments is not None:
        wrong += [f"“{name}” is not declared" for name in found if name not in declared]
    if None in sizes and found:
        some = sizes[None]
        many = "some" if some is None else f"{some:,}"
        wrong.append(f"{many} people on the list are in no segment, or in several")
    table = Table(
        title="Segments",
        columns=("segment", "people", "declared"),
        rows=tuple(
            (name, size, "yes" if name in declared else "no")
            if name is not None
            else ("no segment, or several", size, "")
            for name, size in sizes.items()
        ),
    )
    if not wrong:
        hold = "The one segment holds" if len(found) == 1 else f"All {len(found):,} segments hold"
        return clear("segments", f"{hold} people.", table)
    more = f" And {len(wrong) - 1:,} more." if len(wrong) > 1 else ""
    return watch(
        "segments",
        f"The segments do not fit the list: {wrong[0]}.{more}",
        table,
        remedy=f"Mend the segments or what is said about them: {'; '.join(wrong[:5])}.",
    )


def _sizes(case: Case) -> dict[str | None, int | None]:
    """People on the list by segment, declared ones first; small numbers are withheld."""
    counted = case.audience.count("segment", where=Is("targeted", value=True))
    found = {one.values[0]: one.people for one in counted}
    declared = [one.name for one in case.campaign.segments or ()]
    names = list(dict.fromkeys([*declared, *found]))
    below = case.policy.small_cells.suppress_below.value
    [shown] = withhold([[found.get(name, 0) for name in names]], below)
    return dict(zip(names, shown, strict=True))


def _do(count: int, verb: str) -> str:
    return f"{verb}s" if count == 1 else verb


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def _share(what: str, wrong: int, of: int) -> Evidence:
    return Rate(group=what, yes=wrong, of=of)
