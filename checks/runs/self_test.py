"""Before Candor is believed, it must find what was planted: a small audience with known faults.

The invented people below go through the same engine and the same checks as every campaign. What is
wrong with them was counted by hand. The limits are pinned, so that the answer tells of the engine
and not of the policy that an installation chose.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from checks import registry
from checks.audience import Audience
from checks.campaign import Campaign
from checks.case import Case
from checks.finding import Finding, Verdict
from checks.policy import CheckPolicy, Part, Policy
from checks.registry import Check
from checks.runs import fingerprint
from checks.runs.run import SelfTest

log = logging.getLogger(__name__)
P = TypeVar("P", bound=Part)

CAMPAIGN = Campaign.model_validate(
    {
        "id": "self-test",
        "name": "Self-test",
        "owner": "Candor",
        "launch": "2026-12-01",
        "sector": "general",
        "effect": "opportunity",
        "regions": ["DE"],
        "people": {
            "key": "id",
            "targeted": "on_list",
            "attributes": {"gender": "gender", "age": {"column": "born", "as": "birth_year"}},
            "quasi_identifiers": ["gender", "area"],
        },
        "channels": {
            "email": {
                "basis": "consent",
                "purpose": "direct_marketing",
                "permission": {"status": "said", "granted": ["yes"]},
            }
        },
        "suppression": {"key": "id", "since": "since"},
        "uses_data_for": {
            "profiling": True,
            "model": False,
            "shares_with_ad_platform": False,
            "sells": False,
        },
        "recipients": [{"name": "Printer", "role": "processor", "receives": ["gender", "area"]}],
    }
)


def people() -> dict[str, Sequence[Any]]:
    """The people: 200 women, 200 men, 12 of another answer, 8 not known, and two rows again."""
    gender = ["f"] * 200 + ["m"] * 200 + ["x"] * 12 + [""] * 8
    on_list = [True] * 60 + [False] * 140 + [True] * 160 + [False] * 40
    on_list += [True] * 4 + [False] * 8 + [True, False] * 4
    born = [1985] * len(gender)
    born[10:16] = [2012] * 6
    said = ["yes"] * len(gender)
    said[20:29], said[30:35] = [""] * 9, ["no"] * 5
    area = ["north"] * len(gender)
    area[40:43] = ["island"] * 3
    columns: dict[str, list[Any]] = {
        "id": [f"p{number}" for number in range(len(gender))],
        "gender": gender,
        "on_list": on_list,
        "born": born,
        "said": said,
        "area": area,
    }
    return {name: [*values, *values[:2]] for name, values in columns.items()}


REFUSALS = {"id": [f"p{number}" for number in range(200, 207)], "since": ["2026-10-01"] * 7}
"""Seven men on the list who had said no to everything."""

PINNED: dict[str, dict[str, Any]] = {
    "judging": {
        "floor": 0.8,
        "watch_line": 0.9,
        "luck_fail": 0.01,
        "luck_watch": 0.05,
        "n_min": 30,
        "expected_min": 5,
        "full_list": 0.99,
        "unknown_tilt": 2,
    },
    "small_cells": {"suppress_below": 5, "merge_below": 10},
    "ages": {"profiling": 18, "consent": 16, "consent_by_region": {}, "sale_by_region": {}},
}
"""The shared limits of the self-test, whatever the installation has."""
PINNED_LIMITS: dict[str, dict[str, Any]] = {
    "integrity.files": {"duplicates_watch": 0, "duplicates_fail": 0.001},
    "consent.coverage": {"required": 1.0},
    "consent.opt_out_leak": {"leaks": 0},
    "bias.selection": {},
    "protection.small_segments": {"class_size": 5, "share_watch": 0, "share_fail": 0.5},
    "society.minors": {"minors": 0},
}
"""The checks of the self-test, with limits of their own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Planted:
    """Something that was put there, and the numbers that must be told of it."""

    key: str
    """``check/subject``."""
    verdict: Verdict
    told: frozenset[int]
    """Whole numbers that its evidence must hold."""
    withheld: frozenset[int] = frozenset()
    """Small numbers that its evidence must not hold."""

    def among(self, findings: Sequence[Finding]) -> bool:
        """Whether it was found, with its verdict and its numbers."""
        for one in findings:
            if one.key == self.key and one.verdict is self.verdict:
                numbers = set(_whole(one.evidence))
                return self.told <= numbers and not self.withheld & numbers
        return False


def _planted(key: str, verdict: Verdict, *told: int, withheld: Sequence[int] = ()) -> Planted:
    return Planted(key=key, verdict=verdict, told=frozenset(told), withheld=frozenset(withheld))


PLANTED = (
    _planted("integrity.files/duplicates", Verdict.FAIL, 2, 422),
    _planted("integrity.files/empty keys", Verdict.CLEAR, 0, 422),
    _planted("consent.coverage/email", Verdict.FAIL, 7, 5, 9, 6, 201, 228),
    _planted("consent.opt_out_leak/email", Verdict.FAIL, 7 + 5, 228),
    _planted("bias.selection/gender: f", Verdict.FAIL, 60, 200, 160),
    _planted("bias.selection/gender: x", Verdict.FAIL, 12, withheld=[4]),
    _planted("protection.small_segments/Printer", Verdict.WATCH, 3 + 4 + 4, 228),
    _planted("society.minors/profiling", Verdict.FAIL, 6, 228),
)
"""What must be found, counted by hand."""

_DONE: dict[str, SelfTest] = {}
"""What came of it in this process, by policy."""


def self_test(policy: Policy) -> SelfTest:
    """What came of the self-test; run once in a process for each policy."""
    named = fingerprint.of_policy(policy)
    if named not in _DONE:
        _DONE[named] = tried(policy)
    return _DONE[named]


def tried(
    policy: Policy,
    checks: Sequence[Check] | None = None,
    pins: Mapping[str, Mapping[str, Any]] | None = None,
) -> SelfTest:
    """Run it now, on these checks under these shared limits; a crash is an answer too."""
    pinned = _pinned(policy, PINNED if pins is None else pins)
    chosen = registry.catalogue() if checks is None else checks
    tables = {"suppression": REFUSALS}
    try:
        audience = Audience.of(CAMPAIGN, pinned, tables=tables, **people())
        case = Case(campaign=CAMPAIGN, audience=audience, policy=pinned)
        found = registry.run(case, [one for one in chosen if one.id in PINNED_LIMITS])
        audience.close()
    except Exception as error:  # noqa: BLE001 — whatever broke, nothing may be signed on it
        kind = type(error).__name__
        log.error("the self-test could not be run (%s)", kind)  # noqa: TRY400
        return SelfTest(planted=len(PLANTED), missed=(), broke=kind)
    missed = tuple(one.key for one in PLANTED if not one.among(found))
    return SelfTest(planted=len(PLANTED), missed=missed)


def _pinned(policy: Policy, pins: Mapping[str, Mapping[str, Any]]) -> Policy:
    """The policy with the limits of the self-test in place of its own."""
    shared = {name: _valued(getattr(policy, name), values) for name, values in pins.items()}
    checks = {
        name: _limited(policy.checks[name], values)
        for name, values in PINNED_LIMITS.items()
        if name in policy.checks
    }
    return policy.model_copy(update={**shared, "checks": checks})


def _valued(block: P, values: Mapping[str, Any]) -> P:
    limits = {
        name: getattr(block, name).model_copy(update={"value": value})
        for name, value in values.items()
    }
    return block.model_copy(update=limits)


def _limited(check: CheckPolicy, values: Mapping[str, Any]) -> CheckPolicy:
    limits = {
        name: limit.model_copy(update={"value": values.get(name, limit.value)})
        for name, limit in check.limits.items()
    }
    return check.model_copy(update={"limits": limits})


def _whole(value: object) -> Iterator[int]:
    """Every whole number in evidence."""
    if isinstance(value, int) and not isinstance(value, bool):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _whole(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from _whole(one)
