"""The order of what is open: how near it is to the people on the list."""

from __future__ import annotations

from checks.finding import Verdict
from review.record import Review

CONCERN = ("consent", "society", "bias", "protection", "transparency", "balance", "integrity")
"""Families by how near they are to the people on the list: a refusal before a missing field."""


def nearness(review: Review, key: str) -> tuple[bool, int, int]:
    """Rules that nobody may except come first, then the verdict, then how near it is to people."""
    finding, family = review.finding(key), key.partition(".")[0]
    near = CONCERN.index(family) if family in CONCERN else len(CONCERN)
    if finding is None:
        return True, len(Verdict), near
    barred = finding.verdict is Verdict.FAIL and review.beyond_exception(finding)
    return not barred, finding.verdict.urgency, near
