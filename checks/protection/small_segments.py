"""What leaves the house does not single anybody out.

## Why it matters
A postcode, an age and a gender together can point at one person, without any name.

## How it judges
For each recipient: people on the list are put into classes of those who share every
quasi-identifier that is sent; where a birth year, or a column under its own name, is sent instead
of an age band, by exact age. People in classes smaller than `class_size` are counted against
`share_watch` and `share_fail`. A segment of fewer than `segment_min` people needs a person's eye.
Where a column is sent that can point at a person and is not counted, nobody can tell; nor where
`fields` does not say what a column is. Where nothing leaves, the same numbers are shown for what
stays.

## What to do
Send fewer of these columns, or coarser ones. Merge small segments.

## What it cannot see
The classes depend on the columns that are named. A name, a number or an address says who somebody
is, however large the class. What a recipient already knows, and can put together.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from checks.campaign import Recipient
from checks.case import Case
from checks.evidence import Breakdown, Evidence, Table
from checks.evidence import Part as Share
from checks.finding import Finding, Reason, ask, cannot_tell, clear, fail, watch
from checks.people.classes import Classes, quasi_facts, sharing, small, without
from checks.people.permission import ON_THE_LIST
from checks.people.segments import by_segment
from checks.phrases import listed, many
from checks.policy import Part
from checks.registry import Findings, check
from checks.small_cells.withholding import withhold

ADDRESSES = frozenset({"email", "phone", "name", "address"})
"""Columns that say who somebody is, whatever else is said about them."""


class Limits(Part):
    """When a class is small, and how many people may be in small ones."""

    class_size: int
    """Smaller classes count as small."""
    share_watch: float
    """Share of the people sent who are in small classes: above it, watch."""
    share_fail: float
    """Above it, fail."""
    segment_min: int
    """A segment under this needs a person's eye."""


@check(
    title="Segments that point at a person",
    question="Could what leaves the house single somebody out?",
    cites=[
        "GDPR 4(1)",
        "GDPR rec. 26",
        "GDPR 25",
        "GDPR 32",
        "ICO anonymisation guidance",
        "published cell sizes",
        "our policy",
    ],
    limits=Limits,
    reads=["targeted", "quasi", "attributes", "segment"],
)
def judge(case: Case) -> Findings:
    """Judge what each recipient is sent; where nothing leaves, show what stays."""
    limits = case.limits(Limits)
    recipients = case.campaign.recipients
    named = case.campaign.people.quasi_identifiers
    uses = case.campaign.uses_data_for
    passed_on = uses is not None and (uses.shares_with_ad_platform or uses.sells)
    if recipients is None or (not recipients and passed_on):
        yield _unstated(
            "It is not stated who outside receives people's data.",
            "Name who receives data in the campaign file: recipients. An empty list is an answer.",
        )
    elif not case.audience.targeted:
        yield cannot_tell(
            "the list",
            "Nobody is on the list, so nobody could be singled out or hidden.",
            reason=Reason.TOO_FEW_PEOPLE,
            remedy="Check which column says who is on the list (people.targeted), and its values.",
        )
    elif not named:
        yield _unstated(
            "No columns are named that could point at a person.",
            "Name them in the campaign file: people, quasi_identifiers.",
        )
    elif not recipients:
        yield _inside(case, limits)
    else:
        for recipient in recipients:
            yield _sent(case, limits, recipient)


def _unstated(what: str, cure: str, subject: str = "the list") -> Finding:
    return cannot_tell(subject, what, reason=Reason.COLUMN_MISSING, remedy=cure)


def _inside(case: Case, limits: Limits) -> Finding:
    keys = quasi_facts(case)
    classes = sharing(case, keys.values(), ON_THE_LIST)
    few = small(classes, limits.class_size)
    return clear(
        "the list",
        f"Nothing leaves, says the campaign. Inside, {few:,} of {classes.total():,} people "
        f"are among fewer than {limits.class_size} who look alike.",
        *_evidence(case, tuple(keys), classes, limits),
    )


def _sent(case: Case, limits: Limits, recipient: Recipient) -> Finding:
    if not recipient.receives:
        return _unstated(
            f"It is not stated what {recipient.name} receives.",
            "List the columns in the campaign file: recipients, receives.",
            recipient.name,
        )
    keys, uncounted = _keys(case, recipient)
    classes = sharing(case, keys.values(), ON_THE_LIST)
    total, few = classes.total(), small(classes, limits.class_size)
    evidence = _evidence(case, tuple(keys), classes, limits)
    if few > Fraction(str(limits.share_watch)) * total:
        say = fail if few > Fraction(str(limits.share_fail)) * total else watch
        return say(
            recipient.name,
            f"{few:,} of {total:,} people sent to {recipient.name} {_are(few)} among fewer "
            f"than {limits.class_size} who look alike.",
            *evidence,
            *_carried(case, keys, limits.class_size),
            remedy=_coarser(tuple(keys), classes, limits.class_size),
        )
    if uncounted:
        return cannot_tell(
            recipient.name,
            f"{recipient.name} also receives {listed(uncounted)}, which cannot be counted.",
            *evidence,
            reason=Reason.COLUMN_MISSING,
            remedy="Name it under people, quasi_identifiers, send it in coarser steps, "
            "or say what it is (fields, role).",
        )
    return _by_segment(case, limits, recipient, tuple(keys), classes)


def _keys(case: Case, recipient: Recipient) -> tuple[dict[str, str], list[str]]:
    """The facts by which what is sent can be counted, and the columns that cannot."""
    known: dict[str, str] = {}
    attributes = case.campaign.attributes
    aged = next((one for one in attributes.values() if one.as_ != "text"), None)
    for name in case.campaign.people.quasi_identifiers:
        known[name.lower()] = f"quasi.{name}"
        if name not in attributes:
            continue
        one = attributes[name]
        plain = one.as_ == "text" and not one.bands
        exact = one is aged and one.as_ in ("age", "birth_year")
        fact = "age" if exact else ""
        known[one.column.lower()] = f"quasi.{name}" if plain else fact
    harmless = {
        field.name.lower()
        for field in case.campaign.fields or ()
        if field.role in ("identifier", "behaviour", "derived")
    }
    told = {name: known.get(name.lower(), "") for name in recipient.receives}
    keys = {name: fact for name, fact in told.items() if fact and case.audience.has(fact)}
    safe = harmless - set(known) | {one.lower() for one in _identifying(case, recipient)}
    return keys, [name for name in told if name not in keys and name.lower() not in safe]


def _identifying(case: Case, recipient: Recipient) -> list[str]:
    """The columns sent that say who somebody is, however large the class."""
    named = {
        field.name.lower() for field in case.campaign.fields or () if field.role == "identifier"
    }
    named |= ADDRESSES | {(case.campaign.people.key or "").lower()}
    return [name for name in recipient.receives if name.lower() in named]


def _by_segment(
    case: Case, limits: Limits, recipient: Recipient, names: tuple[str, ...], classes: Classes
) -> Finding:
    """No class is small; the segments may be."""
    evidence = _evidence(case, names, classes, limits)
    tiny = [name for name, people in _segments(case).items() if people < limits.segment_min]
    if tiny:
        what = f"{len(tiny)} segments have" if len(tiny) > 1 else f"The segment {tiny[0]} has"
        merge = f"Merge {' and '.join(tiny)} with a larger segment, or say why it may go out."
        if not case.audience.has("segment"):
            what = f"The list of {case.audience.targeted:,} has"
            merge = "Wait until the list is larger, or say why it may go out."
        return ask(
            recipient.name,
            f"{what} fewer than {limits.segment_min:,} people, and the list goes to "
            f"{recipient.name}.",
            *evidence,
            remedy=merge,
        )
    least = min(classes.values(), default=0)
    shared = f"share {' and '.join(names)} with at least {least - 1:,} others"
    if not names:
        shared = "are sent without any column that is counted as pointing at a person"
    who = _identifying(case, recipient)
    also = (
        f" But {' and '.join(who)} {'say' if len(who) > 1 else 'says'} who each is." if who else ""
    )
    return clear(
        recipient.name,
        f"All {classes.total():,} people sent to {recipient.name} {shared}.{also}",
        *evidence,
    )


def _carried(case: Case, keys: dict[str, str], size: int) -> tuple[Evidence, ...]:
    """Which segments hold the people in small classes."""
    if not case.audience.has("segment"):
        return ()
    classes = sharing(case, keys.values(), ON_THE_LIST)
    found: Counter[str | None] = Counter()
    for one in case.audience.count("segment", *keys.values(), where=ON_THE_LIST):
        segment, *values = one.values
        if classes[tuple(values)] < size:
            found[segment] += one.people
    made = by_segment(case, "In small classes, by segment", found, small=True)
    return () if made is None else (made,)


def _coarser(names: tuple[str, ...], classes: Classes, size: int) -> str:
    """The one column without which the fewest people stand out."""
    if not names:
        return (
            "Send it to more people, or leave it: so few can be singled out by being sent at all."
        )
    left = {name: small(without(classes, at), size) for at, name in enumerate(names)}
    best = min(left, key=lambda name: left[name])
    return (
        f"Leave {best} out, or send it in coarser steps: without it "
        f"{many(left[best], 'person remains', 'people remain')}."
    )


def _segments(case: Case) -> dict[str, int]:
    """People by segment; without segments the list is one."""
    if not case.audience.has("segment"):
        return {"the whole list": case.audience.targeted}
    counted = case.audience.count("segment", where=ON_THE_LIST)
    return {str(one.values[0] or "no segment"): one.people for one in counted}


def _shown(case: Case) -> dict[str, int | None]:
    """Segments with their people; small numbers are withheld."""
    sizes = _segments(case)
    [shown] = withhold([list(sizes.values())], case.policy.small_cells.suppress_below.value)
    return dict(zip(sizes, shown, strict=True))


def _evidence(
    case: Case, names: tuple[str, ...], classes: Classes, limits: Limits
) -> tuple[Evidence, ...]:
    size = limits.class_size
    among = Counter({"alone": 0, f"2 to {size - 1}": 0, f"{size} to 10": 0, "11 or more": 0})
    for people in classes.values():
        among[_bin(people, size)] += people
    return (
        Breakdown(
            title=f"How many share {' and '.join(names) or 'no such column'}",
            by="class size",
            total=classes.total(),
            parts=tuple(Share(name=name, people=people) for name, people in among.items()),
        ),
        Table(
            title="What was counted",
            columns=("what", "people"),
            rows=(
                ("the smallest class", min(classes.values(), default=0)),
                *((f"segment: {name}", people) for name, people in _shown(case).items()),
            ),
        ),
    )


def _bin(people: int, size: int) -> str:
    if people == 1:
        return "alone"
    if people < size:
        return f"2 to {size - 1}"
    return "11 or more" if people > 10 else f"{size} to 10"


def _are(people: int) -> str:
    return "is" if people == 1 else "are"
