"""One run of the checks, whole: what was judged, under what, and what was found.

A run is stored as its JSON bytes and read back from them; screen, document and conditions read it,
and nothing else computes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

import rfc8785
from pydantic import JsonValue, TypeAdapter

from checks.campaign.committee import ALONE, Needed
from checks.campaign.disclosed import NOTHING_TOLD, Told
from checks.case import SignedOff
from checks.finding import Finding, Verdict

DIGITS = 6
"""Significant digits of a number that is not whole: more would differ between machines."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """An id with the name people know it by (campaign), or its version (policy)."""

    id: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyStamp:
    """Which policy judged."""

    id: str
    version: int
    as_of: date
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PeopleCount:
    """How many rows, people, and people on the list."""

    rows: int
    people: int
    targeted: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceFile:
    """One file that was read: its role, not its path."""

    role: str
    """people, suppression, permissions, contacts, outcomes, signals, notice …"""
    name: str
    sha256: str
    rows: int | None
    columns: int | None
    bytes: int
    repairs: tuple[str, ...] = ()
    """What was repaired, as sentences with numbers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """A group within a segment, the list and the file; None where withheld."""

    attribute: str
    group: str
    segment: int | None
    on_list: int | None
    in_file: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SegmentSummary:
    """One segment as a marketer thinks of it."""

    name: str
    about: str
    people: int | None
    makeup: tuple[Share, ...]
    may_contact: Mapping[str, int | None]
    """By channel: the last bin of the waterfall."""
    said_no: Mapping[str, int | None]
    message: str | None
    offer: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SelfTest:
    """Whether the engine found what was planted, before it was believed."""

    planted: int
    """Things put there, each counted by hand."""
    missed: tuple[str, ...]
    """``check/subject`` of what was not found as it was planted."""
    broke: str = ""
    """The kind of the error where it could not be run to its end."""

    @property
    def passed(self) -> bool:
        """Whether everything planted was found."""
        return not self.missed and not self.broke

    @property
    def sentence(self) -> str:
        """What came of it, as people say it.

        >>> SelfTest(planted=8, missed=()).sentence
        'The self-test found all 8 things that were planted.'
        """
        if self.broke:
            return f"The self-test could not be run ({self.broke})."
        if self.missed:
            lost = ", ".join(self.missed)
            return f"The self-test missed {len(self.missed)} of {self.planted} planted: {lost}."
        return f"The self-test found all {self.planted} things that were planted."


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """What one run of the checks says."""

    campaign: Named
    owner: str
    launch: date
    sector: str
    effect: str
    regions: tuple[str, ...]
    channels: tuple[str, ...]
    policy: PolicyStamp
    checklist_sha256: str
    snapshot: str
    """Id of the people data."""
    fingerprint: str
    """SHA-256 over campaign, people, policy and checklist."""
    parts: Mapping[str, str]
    """SHA-256 by part: campaign, people, policy, checklist, so that a change can be named."""
    people: PeopleCount
    files: tuple[SourceFile, ...]
    segments: tuple[SegmentSummary, ...]
    findings: tuple[Finding, ...]
    exceptions: Mapping[str, str]
    """By check id: none or second_person, from the policy."""
    versions: Mapping[str, str]
    """candor, python, duckdb, scipy, statsmodels, pandas."""
    committee: Needed = ALONE
    """Who has to decide, from the policy."""
    told: Told = NOTHING_TOLD
    """What the people concerned may be told, in the owner's words."""
    self_test: SelfTest | None = None
    """Whether this engine found what was planted; None in runs older than the self-test."""
    as_of: str | None = None
    """For people who stayed in a warehouse: the moment that was counted, as it says itself."""
    questions: tuple[str, ...] = ()
    """For people who stayed in a warehouse: what was asked there, in its own words."""
    bytes_read: int | None = None
    """For people who stayed in a warehouse: bytes it read, as it estimates them itself."""

    @property
    def trusted(self) -> bool:
        """Whether nothing speaks against the engine that counted."""
        return self.self_test is None or self.self_test.passed

    @property
    def read_there(self) -> str:
        """How much a warehouse read, as people say it; empty where nobody estimates it."""
        if self.bytes_read is None:
            return ""
        whole = f"about {self.bytes_read // 1_000_000:,} MB"
        return f"{whole if self.bytes_read >= 1_000_000 else 'less than 1 MB'}, by its own estimate"

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many *checks* have each verdict, each check by its most pressing finding."""
        worst: dict[str, Verdict] = {}
        for finding in self.findings:
            said = worst.get(finding.check, finding.verdict)
            worst[finding.check] = min(said, finding.verdict, key=lambda v: v.urgency)
        return {verdict: list(worst.values()).count(verdict) for verdict in Verdict}

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that stop the launch until mended or accepted."""
        return tuple(finding for finding in self.findings if finding.open)

    def document(self) -> bytes:
        """The run as canonical JSON: what ``--json`` prints, and what is stored.

        The same run is the same bytes on every machine.
        """
        plain = _run().dump_python(self, mode="json")
        counts: JsonValue = {verdict.value: checks for verdict, checks in self.counts.items()}
        return rfc8785.dumps(_rounded({**plain, "counts": counts}))

    @classmethod
    def read(cls, document: bytes) -> Run:
        """The run that was stored."""
        return _run().validate_json(document)


def digest(finding: Finding) -> str:
    """SHA-256 over check, subject, verdict, reason and whole numbers: what an answer rests on.

    The same before a run is stored and after it is read back. Words and what is derived from
    the counts are left out, so that a better sentence costs nobody an answer.
    """
    plain = _finding().dump_python(_finding().validate_python(_plain(finding)), mode="json")
    rests_on = {name: plain[name] for name in ("check", "subject", "verdict", "reason")}
    numbers = list(_whole(plain["evidence"]))
    return sha256(rfc8785.dumps({**rests_on, "numbers": numbers})).hexdigest()


@cache
def _run() -> TypeAdapter[Run]:
    return TypeAdapter(Run)


@cache
def _finding() -> TypeAdapter[Finding]:
    return TypeAdapter(Finding)


def _plain(finding: Finding) -> JsonValue:
    return _rounded(_finding().dump_python(finding, mode="json"))


def _rounded(value: JsonValue) -> JsonValue:
    """The same with every float to six significant digits; one without a value is withheld."""
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(one) for one in value]
    return value


def _whole(value: JsonValue) -> Iterator[int | None]:
    """Every whole number within, in reading order, and every one that was withheld."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        yield value
    elif isinstance(value, dict):
        for name in sorted(value):
            yield from _whole(value[name])
    elif isinstance(value, list):
        for one in value:
            yield from _whole(one)


def run_campaign(
    file: Path,
    policy: Path,
    previous: SignedOff | None = None,
) -> Run:
    """Read a campaign file, take in its people, run every check.

    `previous` is the last sign-off, which only the review knows.
    Raises `checks.refusal.Refused` with every problem found.
    """
    from checks.runs.running import take  # noqa: PLC0415 — who only reads a run needs no engine

    return take(file, policy, previous)
