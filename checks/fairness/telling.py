"""How a comparison is told: a sentence with both counts, its direction and its reference named."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from checks.campaign import Effect
from checks.evidence import Rate, Ratio
from checks.fairness.groups import Shown, Words
from checks.fairness.judging import Group, Judged
from checks.finding import Reason, Verdict
from checks.policy import Judging, exact

SCALES = (100, 1_000, 10_000, 100_000, 1_000_000)
ASK_PEOPLE = (
    "Ask people of this group what kept them from answering, and record the talk (consultations)."
)
POOL = "Pool with earlier campaigns of the same rule, or accept with a reason."


def times(value: float, limit: float) -> str:
    """A ratio in print, with the digits it takes to see on which side of the limit it is.

    >>> times(0.62, 0.8), times(0.7996, 0.8), times(0.03, 0.8), times(0.0042, 0.8)
    ('0.62', '0.7996', '0.03', '0.0042')
    """
    digits = 2
    while digits < 6 and _other_side(value, limit, digits):
        digits += 1
    return f"{value:.{digits}f}" if value >= 0.095 else f"{value:.2g}"


def _other_side(value: float, limit: float, digits: int) -> bool:
    printed = round(value, digits)
    return (printed < limit, printed > limit) != (value < limit, value > limit)


def out_of(*rates: float) -> int:
    """Of how many to speak, so that the smallest of the rates is still a whole number.

    >>> out_of(0.43, 0.69), out_of(0.0003, 0.011)
    (100, 10000)
    """
    least = min((rate for rate in rates if rate > 0), default=1.0)
    return next((scale for scale in SCALES if least * scale >= 2), SCALES[-1])


def sentence(judged: Judged, name: str, other: str, words: Words, shown: Shown) -> str:
    """The comparison as a sentence; counts too small to show are withheld and named as such."""
    group, reference, told = judged.group, judged.reference, judged.ratio
    did = words.did if told.side == "on" else words.did_not
    if not shown.comparable(group, reference):
        return _withheld(judged, name, other, did, shown)
    off = told.side == "off"
    people, others = (group.off, reference.off) if off else (group.on, reference.on)
    scale = out_of(people / group.of, others / reference.of)
    mine, theirs = (
        f"{f'{rate * scale:.0f}' if 0 < rate < 1 else ('none' if not rate else 'all')}"
        f"{f' of {scale:,}' if 0 < rate < 1 else ''}"
        for rate in (people / group.of, others / reference.of)
    )
    start = f"{people:,} of {group.of:,} {name} {did} ({mine})"
    if told.value is None or told.value == 0:
        return f"{start}, against {others:,} of {reference.of:,} {other} ({theirs})."
    by = times(told.value, told.floor)
    if told.turned:
        return f"{start}; {other} {by} times as often ({theirs})."
    return f"{start}, {by} times as often as {other} ({theirs})."


def _withheld(judged: Judged, name: str, other: str, did: str, shown: Shown) -> str:
    """The sentence where a number that would tell too much is left out."""
    group, side = judged.group, judged.ratio.side
    of, on, how = shown.of[group.name], shown.on[group.name], _how_often(judged, other)
    if of is not None and on is not None:
        return f"{group.off if side == 'off' else on:,} of {of:,} {name} {did}{how}."
    if group.of < shown.below:
        return f"There are too few {name} to show their numbers."
    if of is not None and (few_off := group.off < group.on) | (group.on < shown.below):
        few = f"Fewer than {shown.below}" if few_off == (side == "off") else "All but a few"
        if min(group.on, group.off) < shown.below:
            return f"{few} of {of:,} {name} {did}{how}."
    why = "how many is not shown, because another group's small number could be worked out from it"
    return f"{name[:1].upper()}{name[1:]} {did}{how}; {why}."


def _how_often(judged: Judged, other: str) -> str:
    if judged.verdict is Verdict.CANNOT_TELL:
        return ""
    if judged.verdict is Verdict.CLEAR:
        return f" about as often as {other}"
    more = judged.ratio.turned == (judged.ratio.side == "on")
    return f" {'more' if more else 'less'} often than {other}"


def rate(judged: Judged, shown: Shown) -> Rate:
    """The evidence of one group's rate, without what must be withheld."""
    told, name = judged.rate, judged.group.name
    hidden = shown.on[name] is None or shown.of[name] is None
    return Rate(
        group=name,
        yes=None if hidden else shown.on[name],
        of=shown.of[name],
        low=None if hidden else told.low,
        high=None if hidden else told.high,
        unsure=told.unsure or hidden,
    )


def ratios(judged: Judged, shown: Shown) -> tuple[Ratio, ...]:
    """Both sides, the more pressing first; their numbers are left out where they would tell."""
    both = (judged.ratio, judged.other_side) if judged.other_side else (judged.ratio,)
    if not shown.comparable(judged.group, judged.reference):
        return tuple(_bare(one) for one in both)
    highest = judged.ratio.literal_reference
    if shown.on[highest] is None or shown.of[highest] is None:
        return tuple(replace(one, literal=None) for one in both)
    return both


def _bare(told: Ratio) -> Ratio:
    """The ratio without anything from which its counts could be worked out."""
    return replace(
        told,
        value=None,
        low=None,
        high=None,
        luck=None,
        literal=None,
        points=None,
        points_low=None,
        points_high=None,
    )


def doubt(judged: Judged, other: str, unknown: Group, shown: Shown) -> str:
    """Why it cannot be told, after the sentence with the numbers."""
    told = judged.ratio
    match judged.reason:
        case Reason.RANGE_CROSSES_LIMIT:
            limit = f"the limit of {told.floor:.2f}"
            if told.low is None or not shown.comparable(judged.group, judged.reference):
                return f"The range crosses {limit}."
            high = f"{told.high:.2f}" if told.high is not None else "any number"
            return f"The range, {told.low:.2f} to {high}, crosses {limit}."
        case Reason.GROUP_UNKNOWN:
            return f"For {_people(unknown, shown)}it is not known; they could change the answer."
        case Reason.ONE_PERSON_FLIPS:
            why = "One person more or fewer would change the answer."
        case _:
            why = "Too few to compare."
    if judged.needed is None:
        return f"{why} {_too_small(judged, other, shown)}"
    return (
        why
        if judged.needed <= judged.group.of
        else f"{why} About {judged.needed:,} would settle it."
    )


def settle(judged: Judged, name: str, other: str, shown: Shown) -> str:
    """What to do where it cannot be told."""
    if judged.reason is Reason.GROUP_UNKNOWN:
        return "Complete the missing values at their source, or accept with a reason."
    if judged.needed is None:
        return f"{_too_small(judged, other, shown)} {POOL}"
    if judged.needed <= judged.group.of:
        return f"There are enough {name}, but the two rates are close to the limit. {POOL}"
    of = shown.of[judged.group.name]
    present = "" if of is None else f"; there are {of:,}"
    return f"About {judged.needed:,} {name} would settle it{present}. {POOL}"


def _too_small(judged: Judged, other: str, shown: Shown) -> str:
    of = shown.of[judged.reference.name]
    return f"The reference, {'' if of is None else f'{of:,} '}{other}, is too small for any answer."


def _people(unknown: Group, shown: Shown) -> str:
    of = shown.of.get(unknown.name, unknown.of)
    return "some people " if of is None else f"{of:,} people "


def missing(judged: Judged, effect: Effect, limits: Judging) -> tuple[int, str] | None:
    """How many more of the group on the list (a burden: fewer) reach the limit, and which limit."""
    severe = judged.verdict is Verdict.FAIL
    if judged.ratio.side == "off":
        return _missing_off(judged, effect, limits, severe=severe)
    limit = (limits.floor if severe else limits.watch_line).exact
    group, reference = judged.group, judged.reference
    fair = Fraction(reference.on, reference.of) * group.of
    if effect == "opportunity":
        return ceil(limit * fair) - group.on, f"the limit of {float(limit):.2f}"
    return group.on - floor(fair / limit), f"the limit of {float(limit):.2f}"


def _missing_off(
    judged: Judged, effect: Effect, limits: Judging, *, severe: bool
) -> tuple[int, str] | None:
    excess = limits.exclusion.value.fail if severe else limits.exclusion.value.watch
    by, points = exact(excess.times), exact(excess.points) / 100
    group, reference = judged.group, judged.reference
    spared = Fraction(reference.off, reference.of)
    by_times, by_points = (
        f"the limit of {excess.times:g} times",
        f"a gap under {excess.points:g} points",
    )
    if effect == "opportunity":
        times_, gap = floor(by * spared * group.of), ceil((spared + points) * group.of) - 1
        return group.off - max(times_, gap), by_times if times_ >= gap else by_points
    times_, gap = ceil(spared / by * group.of), floor((spared - points) * group.of) + 1
    return min(times_, gap) - group.off, by_times if times_ <= gap else by_points
