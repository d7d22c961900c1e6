"""What a check says: a verdict, a sentence with the number in it, evidence, and what to do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from checks.evidence import Evidence


class Verdict(StrEnum):
    """The answer of one check about one subject, the most pressing first."""

    BROKEN = "broken"
    """The check itself crashed or said nothing. Never shown as good news."""
    FAIL = "fail"
    """The rule is not met, and chance does not explain it."""
    CANNOT_TELL = "cannot_tell"
    """Data are missing, or about too few people; carries a reason code."""
    WATCH = "watch"
    """Real, but smaller than the limit; or near it."""
    ASK = "ask"
    """Only a person can answer; the evidence is laid out."""
    CLEAR = "clear"
    """Looked, and found nothing against the rule; carries the evidence that it looked."""
    NOT_APPLICABLE = "not_applicable"
    """Does not apply, with the reason."""

    @property
    def urgency(self) -> int:
        """0 for the most pressing verdict, 6 for the least."""
        return list(Verdict).index(self)


class Reason(StrEnum):
    """Why a check cannot tell."""

    COLUMN_MISSING = "column_missing"
    NO_BASE = "no_base"
    NO_KEY = "no_key"
    COUNTS_ONLY = "counts_only"
    GROUP_UNKNOWN = "group_unknown"
    TOO_FEW_PEOPLE = "too_few_people"
    ONE_PERSON_FLIPS = "one_person_flips"
    RANGE_CROSSES_LIMIT = "range_crosses_limit"
    NO_BENCHMARK = "no_benchmark"
    SOURCE_UNVERIFIED = "source_unverified"
    STALE = "stale"


class Severity(StrEnum):
    """How much a finding weighs, from the policy; the heaviest first."""

    BLOCKING = "blocking"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


STANDS = {
    "in_force": "in force",
    "amended": "in force as amended",
    "proposed": "a change or its repeal is proposed",
    "repealed": "repealed",
    "withdrawn": "withdrawn",
    "voluntary": "voluntary",
}
SURE = {
    "read": "",
    "read in a secondary source": "read in a secondary source only",
    "from knowledge": "cited from knowledge",
    "to be confirmed by a lawyer": "to be confirmed by a lawyer",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A law, a code or our own policy, as it is cited on screen and in the record."""

    name: str
    link: str
    """The official text; empty for our own policy, which has none outside the policy pack."""
    kind: str
    """law, guidance or our policy."""
    status: str
    """in_force, amended, proposed (also a proposed repeal), repealed, withdrawn or voluntary."""
    as_of: date = date(2026, 11, 1)
    """The day for which the status was last looked at."""
    confirmed: str = "to be confirmed by a lawyer"
    """How sure we are: read, read in a secondary source, from knowledge, or to be confirmed."""
    note: str = ""
    """What a reader must know beside the name, as a sentence; empty where there is nothing."""
    jurisdiction: str = ""
    """Where it binds; empty in records that are older than this field."""
    citation: str = ""
    """The text in full, of which `name` is the short form."""

    @property
    def standing(self) -> str:
        """What it is, where it binds, how it stands and how sure we are, in words.

        >>> Source(name="GDPR 7", link="", kind="law", status="in_force", confirmed="read").standing
        'law, in force'
        """
        if self.kind == "our policy":
            return self.kind
        stands = STANDS.get(self.status, self.status)
        sure = SURE.get(self.confirmed, self.confirmed)
        return ", ".join(filter(None, (self.kind, self.jurisdiction, stands, sure)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One verdict of one check about one subject."""

    verdict: Verdict
    subject: str
    """What it is about: a channel, a group, a field, a claim. ``check/subject`` is stable."""
    headline: str
    """One sentence a marketing manager can act on, with the number in it."""
    evidence: tuple[Evidence, ...] = ()
    remedy: str = ""
    """What to do and what it would change; owed by every verdict but clear and not_applicable."""
    reason: Reason | None = None
    """Given if and only if the verdict is cannot_tell."""
    check: str = ""
    """The id of the check that said so; the registry fills it in."""
    severity: Severity = Severity.MEDIUM
    """From the policy; the registry fills it in."""
    sources: tuple[Source, ...] = ()
    """The registry fills them in from the check."""

    @property
    def key(self) -> str:
        """The same from run to run, so that answers can be carried over."""
        return f"{self.check}/{self.subject}"

    @property
    def open(self) -> bool:
        """Whether it stops the launch until somebody mends or accepts it."""
        pressing = (Verdict.BROKEN, Verdict.FAIL, Verdict.CANNOT_TELL)
        return self.severity is Severity.BLOCKING and self.verdict in pressing

    def of(self, check: str, severity: Severity, sources: tuple[Source, ...]) -> Finding:
        """The same finding, with its check's name, weight and sources on it."""
        return replace(self, check=check, severity=severity, sources=sources)


def fail(subject: str, headline: str, *evidence: Evidence, remedy: str) -> Finding:
    """Say that the rule is not met; without a remedy that is not allowed."""
    return _found(Verdict.FAIL, subject, headline, evidence, remedy)


def watch(subject: str, headline: str, *evidence: Evidence, remedy: str) -> Finding:
    """Say that there is something real, smaller than the limit or near it."""
    return _found(Verdict.WATCH, subject, headline, evidence, remedy)


def ask(subject: str, headline: str, *evidence: Evidence, remedy: str) -> Finding:
    """Put the question to a person, with what there is to see laid out."""
    return _found(Verdict.ASK, subject, headline, evidence, remedy)


def cannot_tell(
    subject: str, headline: str, *evidence: Evidence, reason: Reason, remedy: str
) -> Finding:
    """Say that there is no answer, why, and in `remedy` what would settle it."""
    found = _found(Verdict.CANNOT_TELL, subject, headline, evidence, remedy)
    return replace(found, reason=reason)


def clear(subject: str, headline: str, *evidence: Evidence) -> Finding:
    """Say that the check looked and found nothing; the evidence shows that it looked."""
    if not evidence:
        raise ValueError(f"clear about {subject} without evidence that anyone looked")
    return Finding(verdict=Verdict.CLEAR, subject=subject, headline=headline, evidence=evidence)


def not_applicable(subject: str, headline: str) -> Finding:
    """Say that the rule does not concern this subject, and why."""
    return Finding(verdict=Verdict.NOT_APPLICABLE, subject=subject, headline=headline)


def broken(subject: str, headline: str) -> Finding:
    """Say that the check itself failed."""
    remedy = "Tell whoever runs Candor; until it is mended this point is open."
    return _found(Verdict.BROKEN, subject, headline, (), remedy)


def _found(
    verdict: Verdict, subject: str, headline: str, evidence: tuple[Evidence, ...], remedy: str
) -> Finding:
    if not remedy:
        raise ValueError(f"{verdict} about {subject} without a word on what to do")
    return Finding(
        verdict=verdict, subject=subject, headline=headline, evidence=evidence, remedy=remedy
    )
