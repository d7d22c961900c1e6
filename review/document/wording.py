"""The words of document and timeline: verdicts, decisions, answers, and what no review shows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from checks.finding import Reason, Verdict
from review.record import Answer, Decision, State, told_day

Page = dict[str, Any]
"""Plain data: texts, numbers, lists and dicts of them."""

WORDS: dict[Verdict, tuple[str, str, str]] = {
    Verdict.BROKEN: ("Check broke", "check broke", "checks broke"),
    Verdict.FAIL: ("Fails", "fails", "fail"),
    Verdict.CANNOT_TELL: ("Cannot tell", "cannot tell", "cannot tell"),
    Verdict.WATCH: ("Watch", "watch", "watch"),
    Verdict.ASK: ("Needs a person", "needs a person", "need a person"),
    Verdict.CLEAR: ("Clear", "clear", "clear"),
    Verdict.NOT_APPLICABLE: ("Does not apply", "does not apply", "do not apply"),
}
"""Each verdict as a badge, and behind the number one or more."""

FAMILY_WORDS = {
    "integrity": "The data themselves",
    "transparency": "Transparency",
    "consent": "Consent",
    "bias": "Bias",
    "protection": "Data protection",
    "society": "People and society",
    "balance": "Balance",
}

REASONS = {
    Reason.COLUMN_MISSING: "a column or file is missing",
    Reason.NO_BASE: "it is not known who was left out",
    Reason.NO_KEY: "people cannot be recognised",
    Reason.COUNTS_ONLY: "the input is counts, not people",
    Reason.GROUP_UNKNOWN: "too many people's group is not known",
    Reason.TOO_FEW_PEOPLE: "there are too few people",
    Reason.ONE_PERSON_FLIPS: "one person more or less would turn the answer",
    Reason.RANGE_CROSSES_LIMIT: "the range crosses the limit",
    Reason.NO_BENCHMARK: "no group is large enough to compare with",
    Reason.SOURCE_UNVERIFIED: "the source is not verified",
    Reason.STALE: "the data are too old",
}

DECIDED = {
    Decision.APPROVE: "Approved",
    Decision.APPROVE_WITH_CONDITIONS: "Approved with conditions",
    Decision.REQUEST_CHANGES: "Changes requested",
    Decision.REJECT: "Rejected",
    Decision.ABSTAIN: "Abstained",
}

STANDING = {
    State.APPROVED,
    State.APPROVED_WITH_CONDITIONS,
    State.CHANGES_REQUESTED,
    State.REJECTED,
}
"""The states in which a decision stands."""

ENDED = {
    State.SUPERSEDED: ("Replaced", "A newer revision has taken the place of this one."),
    State.WITHDRAWN: ("Withdrawn", "This review was withdrawn. No decision stands."),
    State.EXPIRED: ("Expired", "The decision has run out. No decision stands."),
}

ANSWERS = {
    Answer.ACCEPTABLE: "acceptable",
    Answer.WITH_ACTION: "acceptable with an action",
    Answer.NOT_ACCEPTABLE: "not acceptable",
    Answer.DOES_NOT_APPLY: "does not apply",
}

RUN_UNNAMED = (
    "Nobody had said a name yet when the checks ran. So this record cannot show that those who "
    "signed are others than whoever ran them."
)


def moment(when: datetime) -> str:
    """A moment in words, with its zone."""
    there = when.astimezone(UTC)
    return f"{told_day(there.date())}, {there:%H:%M} UTC"


def plural(count: int, one: str, many: str) -> str:
    """A count with its noun."""
    return f"{count:,} {one if count == 1 else many}"


def paragraphs(text: str) -> list[str]:
    r"""The paragraphs of a docstring section, without its marks.

    >>> paragraphs("One `word`\nmore.\n\n- a\n- b")
    ['One word more.', '– a', '– b']
    """
    plain = text.replace("``", "").replace("`", "").replace("**", "")
    found: list[str] = []
    for block in plain.split("\n\n"):
        for line in block.splitlines():
            words = line.strip()
            if words.startswith(("- ", "* ")):
                found.append(f"– {words[2:]}")
            elif line is block.splitlines()[0] or not found:
                found.append(words)
            else:
                found[-1] = f"{found[-1]} {words}"
    return [one for one in found if one]
