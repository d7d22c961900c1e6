"""Gaps between groups that were closed only by cutting the favoured group: levelling down.

A gap counts as closed when the group behind is chosen more often than before. Where it stands as it
stood, and only the one it was held against is chosen less, nobody is better off. Then the gap stays
open until a person has said why that is right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checks.evidence import Rate, Ratio
from checks.finding import Finding, Verdict
from checks.runs.run import Run

CHECK = "bias.selection"
GAPS = (Verdict.FAIL, Verdict.WATCH)


@dataclass(frozen=True, kw_only=True, slots=True)
class Levelled:
    """A gap that is even now, and was only cut down."""

    finding: str
    """Its ``check/subject``."""
    sentence: str


@dataclass(kw_only=True)
class Gaps:
    """The gaps of earlier runs that no later run has closed by bringing anybody back."""

    _open: dict[str, Finding] = field(default_factory=dict)
    _levelled: dict[str, Levelled] = field(default_factory=dict)

    def take(self, run: Run | None) -> None:
        """Hold one more run against the gaps that are open."""
        self._levelled = {}
        for finding in run.findings if run else ():
            if finding.check == CHECK:
                self._hold(finding)

    @property
    def levelled(self) -> tuple[Levelled, ...]:
        """Those that the newest run closed only by cutting."""
        return tuple(self._levelled.values())

    def _hold(self, finding: Finding) -> None:
        if finding.verdict in GAPS and finding.key not in self._open:
            self._open[finding.key] = finding
        before = self._open.get(finding.key)
        if before is None or finding.verdict is not Verdict.CLEAR:
            return
        said = levelled(before, finding)
        if said is None:
            del self._open[finding.key]
        else:
            self._levelled[finding.key] = said


def levelled(before: Finding, now: Finding) -> Levelled | None:
    """Whether a gap is gone only because the favoured group was cut; None where it is not so."""
    told = next((one for one in before.evidence if isinstance(one, Ratio)), None)
    if told is None:
        return None
    group, favoured = told.group, told.reference
    then, since = _shares(before), _shares(now)
    if not {group, favoured} <= set(then) & set(since):
        return None
    sign = -1 if told.turned else 1
    came_back = sign * (since[group] - then[group]) > 0
    cut = sign * (since[favoured] - then[favoured]) < 0
    if came_back or not cut:
        return None
    less = "more" if told.turned else "less"
    return Levelled(
        finding=now.key,
        sentence=(
            f"The gap of {now.subject} closed only because {favoured} is chosen {less} often "
            f"({_in_hundred(then[favoured])} of 100 before, {_in_hundred(since[favoured])} now). "
            "That is levelling down. It stays open until a person has said why it is right."
        ),
    )


def _shares(finding: Finding) -> Mapping[str, float]:
    rates = (one for one in finding.evidence if isinstance(one, Rate))
    return {one.group: one.value for one in rates if one.value is not None}


def _in_hundred(share: float) -> str:
    return f"{100 * share:.0f}"
