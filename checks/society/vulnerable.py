"""People in a vulnerable position are not pressed on.

## Why it matters
An offer that most people shrug off can cost somebody in debt, grief or addiction dearly.

## How it judges
Each flag that the campaign names is one finding. More than `excluded_on_list` people on the list
with a flag that keeps them off fails. Where being on the list is a burden, those with the flag are
compared with the others by the one rule for groups: chosen more than 1.25 times as often, and not
by luck, fails. Where it is an opportunity a person must say, with the counts laid out. Without a
flag it asks.

## What to do
Take those off whom a flag excludes. For a burden, drop the rule that picks the vulnerable.

## What it cannot see
Vulnerability is mostly unrecorded, and passes. The flags are themselves sensitive.
"""

from __future__ import annotations

from collections import Counter

from checks.campaign import VulnerableFlag
from checks.case import Case
from checks.conditions import All, Is
from checks.evidence import Evidence, Rate
from checks.fairness import telling
from checks.fairness.groups import NOT_KNOWN, WORDS, Shown, Tally, showing
from checks.fairness.judging import Group, Judged, NoComparison
from checks.fairness.judging import judge as compare
from checks.finding import Finding, Reason, Verdict, ask, cannot_tell, clear, fail, watch
from checks.people.fields import back
from checks.people.permission import ON_THE_LIST
from checks.people.segments import by_segment
from checks.phrases import many
from checks.policy import Part
from checks.registry import Findings, check
from checks.small_cells.withholding import shown
from checks.statistics import ratio

OTHERS = "other people"


class Limits(Part):
    """How many people may be on the list whom a flag keeps off."""

    excluded_on_list: int


@check(
    title="People in a vulnerable position",
    question="Could this reach people in debt, grief, addiction or illness, and press on it?",
    kind="mixed",
    cites=["UCPD 5(3)", "AI Act 5(1)(b)", "FCA FG21/1", "our policy"],
    shared=("judging", "small_cells"),
    limits=Limits,
    reads=["everyone", "targeted", "vulnerable", "segment"],
)
def judge(case: Case) -> Findings:
    """Judge each flag by itself."""
    flags = case.campaign.people.vulnerable
    if not flags:
        yield ask(
            "flags",
            "No flag tells who is in a vulnerable position, so nobody could look.",
            remedy="Say whether anybody on the list may be in debt, ill, grieving or addicted. "
            "Flags are named under people, vulnerable.",
        )
    for name, flag in flags.items():
        yield _judged(case, name, excludes=isinstance(flag, VulnerableFlag) and flag.exclude)


def _judged(case: Case, name: str, *, excludes: bool) -> Finding:
    called = f"people flagged {name.replace('_', ' ')}"
    if not case.audience.has(f"vulnerable.{name}"):
        return ask(
            name,
            f"Nobody can say who are {called}: the column is not in the file.",
            remedy="Bring the column, or say who looked after these people, and how.",
        )
    counted = _counted(case, name, called)
    if not counted.groups[0].of and not counted.groups[1].of:
        return cannot_tell(
            name,
            f"For nobody in the file is it known whether they are {called}.",
            reason=Reason.GROUP_UNKNOWN,
            remedy="Complete the column at its source, or accept with a reason.",
        )
    if excludes:
        return _kept_off(case, name, counted)
    if case.campaign.effect == "opportunity":
        return _laid_out(case, name, counted)
    return _compared(case, name, counted)


def _counted(case: Case, name: str, called: str) -> Tally:
    """Those with the flag, the others, and those of whom it is not known."""
    on: Counter[bool | None] = Counter()
    of: Counter[bool | None] = Counter()
    for count in case.audience.count(f"vulnerable.{name}", "targeted"):
        flagged, targeted = count.values
        of[flagged] += count.people
        on[flagged] += count.people if targeted else 0
    return Tally(
        attribute=name,
        groups=(Group(called, on[True], of[True]), Group(OTHERS, on[False], of[False])),
        unknown=Group(NOT_KNOWN, on[None], of[None]),
    )


def _kept_off(case: Case, name: str, counted: Tally) -> Finding:
    """Nobody may be on the list whom the flag keeps off."""
    flagged, listed = counted.groups[0], case.audience.targeted
    below = case.policy.small_cells.suppress_below.value
    few = shown(flagged.on, below) is None
    rate = Rate(group=flagged.name, yes=shown(flagged.on, below), of=listed)
    if flagged.on <= case.limits(Limits).excluded_on_list:
        if counted.unknown.on or not listed:
            return _unsure(name, counted, listed, rate)
        none = f"None of {many(listed, 'person', 'people')} on the list is among {flagged.name}."
        return clear(name, none, rate)
    some = f"Fewer than {below}" if few else f"{flagged.on:,}"
    becomes = "" if few else f"; it becomes {listed - flagged.on:,}"
    return fail(
        name,
        f"{some} of {listed:,} people on the list are {flagged.name}, who must be off it.",
        rate,
        *([] if few else _by_segment(case, name)),
        remedy=f"Take them off the list{becomes}.",
    )


def _unsure(name: str, counted: Tally, listed: int, rate: Rate) -> Finding:
    """Nobody on the list is known to be flagged, and somebody may be."""
    if not listed:
        return cannot_tell(
            name,
            "Nobody is on the list, so nobody could be looked up.",
            reason=Reason.TOO_FEW_PEOPLE,
            remedy="Check which column says who is on the list (people.targeted), and its values.",
        )
    return cannot_tell(
        name,
        f"For {counted.unknown.on:,} of {many(listed, 'person', 'people')} on the list it is not "
        f"known whether they are {counted.groups[0].name}.",
        rate,
        reason=Reason.GROUP_UNKNOWN,
        remedy="Write a no where it is a no, or leave these people out of this wave.",
    )


def _by_segment(case: Case, name: str) -> list[Evidence]:
    if not case.audience.has("segment"):
        return []
    where = All((ON_THE_LIST, Is(f"vulnerable.{name}", value=True)))
    counts = {one.values[0]: one.people for one in case.audience.count("segment", where=where)}
    made = by_segment(case, f"Flagged {name.replace('_', ' ')}, by segment", counts, small=True)
    return [made] if made else []


def _rates(counted: Tally, visible: Shown) -> tuple[Rate, ...]:
    return tuple(
        Rate(group=one.name, yes=visible.on[one.name], of=visible.of[one.name])
        for one in (*counted.groups, counted.unknown)
        if one.of
    )


def _laid_out(case: Case, name: str, counted: Tally) -> Finding:
    visible = showing(counted, case.policy.small_cells.suppress_below.value)
    flagged = counted.groups[0]
    on, of = visible.on[flagged.name], visible.of[flagged.name]
    numbers = (
        f"{on:,} of {of:,} {flagged.name} are on the list"
        if on is not None and of is not None
        else f"Few people are concerned: how many {flagged.name} are on the list is not shown"
    )
    return ask(
        name,
        f"{numbers}; whether the offer helps them or presses on them, only a person can say.",
        *_rates(counted, visible),
        remedy="Say what the offer does to them, or keep them off the list.",
    )


def _compared(case: Case, name: str, counted: Tally) -> Finding:
    """A burden: chosen more often than the others?"""
    limits = case.policy.judging
    visible = showing(counted, case.policy.small_cells.suppress_below.value)
    flagged = counted.groups[0]
    if not flagged.of:
        return clear(name, f"There are no {flagged.name} in the file.", *_rates(counted, visible))
    found = compare(
        counted.groups,
        effect="burden",
        limits=limits,
        complete=case.campaign.people.complete,
        unknown=counted.unknown if counted.unknown.of else None,
    )
    if isinstance(found, NoComparison):
        return cannot_tell(
            name,
            found.why,
            *_rates(counted, visible),
            reason=found.reason,
            remedy="Bring everyone who could have been reached, or say that the file holds them "
            "all (people.complete).",
        )
    [judged] = [one for one in found if one.group.name == flagged.name]
    return _told(case, name, judged, counted, visible)


def _told(case: Case, name: str, judged: Judged, counted: Tally, visible: Shown) -> Finding:
    words = WORDS[case.campaign.people.stage]
    said = telling.sentence(judged, judged.group.name, OTHERS, words, visible)
    evidence: tuple[Evidence, ...] = (
        *_rates(counted, visible),
        *telling.ratios(judged, visible),
    )
    if judged.benchmark:
        said = f"{judged.group.name[0].upper()}{judged.group.name[1:]} are chosen no more often."
    if judged.verdict is Verdict.CLEAR:
        return clear(name, said, *evidence)
    if judged.reason is not None:
        why = telling.doubt(judged, OTHERS, counted.unknown, visible)
        cure = telling.settle(judged, judged.group.name, OTHERS, visible)
        return cannot_tell(name, f"{said} {why}", *evidence, reason=judged.reason, remedy=cure)
    say = fail if judged.verdict is Verdict.FAIL else watch
    return say(name, said, *evidence, remedy=_remedy(case, name, judged, visible))


def _remedy(case: Case, name: str, judged: Judged, visible: Shown) -> str:
    """How many fewer of them it takes, and the rule without which the gap is smallest."""
    if not visible.comparable(judged.group, judged.reference):
        return "Take people with this flag off the list, until they are chosen no more often."
    short = telling.missing(judged, "burden", case.policy.judging)
    fewer = f"With {short[0]:,} fewer of them on the list the limit is met. " if short else ""
    return f"{fewer}{_dropping(case, name, judged)}".strip() or "Send this to fewer of them."


def _dropping(case: Case, name: str, judged: Judged) -> str:
    """The one column whose rules, dropped, bring the two shares closest together."""
    group, reference, floor = judged.group, judged.reference, judged.ratio.floor
    now = ratio(reference.on, reference.of, group.on, group.of)
    best, best_text = now, ""
    for column in dict.fromkeys(rule.column for rule in case.campaign.rules or ()):
        who = back(case, [column])
        if who is None:
            continue
        counts = case.audience.count(f"vulnerable.{name}", where=who)
        come = {one.values[0]: one.people for one in counts}
        mine, theirs = come.get(True, 0), come.get(False, 0)
        after = ratio(reference.on + theirs, reference.of, group.on + mine, group.of)
        below = case.policy.small_cells.suppress_below.value
        if after > best and None not in (shown(mine, below), shown(theirs, below)):
            best = after
            best_text = (
                f"Dropping the rule on {column} brings {mine:,} of them and {theirs:,} others: "
                f"the ratio goes from {telling.times(now, floor)} to {telling.times(after, floor)}."
            )
    return best_text
