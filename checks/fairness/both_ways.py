"""Where nobody can say whether people want to be on the list, it is judged both ways.

Of each group the more pressing result is shown, and it says which way it was judged. What comes
to the same both ways is said once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from checks.campaign import Effect
from checks.case import Case
from checks.finding import Finding

WAYS: dict[Effect, str] = {
    "opportunity": "something people want",
    "burden": "something people do not want",
}
"""The two ways, in words."""


def judged(judge: Callable[[Case], Iterable[Finding]], case: Case) -> tuple[Finding, ...]:
    """What a check finds; both ways, where the campaign does not say which."""
    if case.campaign.effect != "not_sure":
        return tuple(judge(case))
    found = {way: tuple(judge(_as(case, way))) for way in WAYS}
    wanted, unwanted = found.values()
    return wanted if wanted == unwanted else tuple(_merged(found))


def _as(case: Case, way: Effect) -> Case:
    return replace(case, campaign=case.campaign.model_copy(update={"effect": way}))


def _merged(found: dict[Effect, tuple[Finding, ...]]) -> Iterator[Finding]:
    """One finding a subject, in the order in which they come."""
    subjects = dict.fromkeys(one.subject for each in found.values() for one in each)
    for subject in subjects:
        told = [(way, one) for way, each in found.items() for one in each if one.subject == subject]
        way, worst = min(told, key=lambda one: one[1].verdict.urgency)
        yield worst if _agree(told) else _said(worst, way, told)


def _agree(told: Sequence[tuple[Effect, Finding]]) -> bool:
    return len(told) > 1 and all(one == told[0][1] for _, one in told)


def _said(worst: Finding, way: Effect, told: Sequence[tuple[Effect, Finding]]) -> Finding:
    """The finding with the way it was judged, and what the other way comes to."""
    others = [one for as_, one in told if as_ != way]
    same = [one for one in others if one.verdict is worst.verdict]
    if same:
        return replace(worst, headline=f"{worst.headline} Judged both ways, it comes to the same.")
    headline = f"As {WAYS[way]}: {worst.headline}"
    if others:
        headline += " The other way it is less pressing."
    return replace(worst, headline=headline)
