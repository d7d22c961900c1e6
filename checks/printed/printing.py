"""A run as plain text, for those who read it in a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date

from checks.finding import Finding, Verdict
from checks.refusal import Refused
from checks.runs.run import Run

WIDTH = 88
WORDS: dict[Verdict, tuple[str, str, str]] = {
    Verdict.BROKEN: ("Check broke", "broke", "broke"),
    Verdict.FAIL: ("Fails", "fails", "fail"),
    Verdict.CANNOT_TELL: ("Cannot tell", "cannot tell", "cannot tell"),
    Verdict.WATCH: ("Watch", "needs watching", "need watching"),
    Verdict.ASK: ("Needs a person", "needs a person", "need a person"),
    Verdict.CLEAR: ("Clear", "is clear", "are clear"),
    Verdict.NOT_APPLICABLE: ("Does not apply", "does not apply", "do not apply"),
}
"""A verdict as people say it: by itself, of one check, of several."""


def text(run: Run) -> str:
    """The whole run: what was looked at, the counts, then each finding."""
    return "\n".join(_lines(run)) + "\n"


def refusal(refused: Refused) -> str:
    """Every problem on its own line, with its place and cure."""
    many = len(refused.problems)
    head = "The input was refused." if many == 1 else f"The input was refused: {many:,} problems."
    return "\n".join([head, *(f"  {plain(str(problem))}" for problem in refused.problems)]) + "\n"


def counted(run: Run) -> str:
    """The counts of verdicts in words, the most pressing first."""
    said = [
        f"{checks:,} {WORDS[verdict][1 if checks == 1 else 2]}"
        for verdict, checks in run.counts.items()
        if checks
    ]
    listed = " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)
    return f"Of {sum(run.counts.values()):,} checks, {listed}."


def plain(words: str) -> str:
    r"""Somebody's words on one line, without what would command a terminal.

    >>> plain("a\x1b[31mb\nc")
    'a[31mb c'
    """
    return "".join(one for one in " ".join(words.split()) if one.isprintable())


def _lines(run: Run) -> Iterator[str]:
    people = run.people
    yield plain(run.campaign.name)
    yield (
        f"{people.targeted:,} of {people.people:,} people are on the list. "
        f"The launch is on {_day(run.launch)}."
    )
    yield counted(run)
    if run.questions:
        read = f" It read {run.read_there}." if run.read_there else ""
        yield f"Counted in the warehouse as of {plain(str(run.as_of))}.{read}"
    if run.self_test and not run.trusted:
        yield f"{run.self_test.sentence} These numbers cannot be relied on."
    yield _in_the_way(run)
    for finding in run.findings:
        yield ""
        yield from _finding(finding)
    yield ""
    yield f"Policy {run.policy.id}, version {run.policy.version} ({run.policy.sha256[:8]})."
    yield f"Fingerprint {run.fingerprint}"
    yield "Candor counted; people decide."


def _in_the_way(run: Run) -> str:
    stopping = len(run.open)
    if not stopping:
        return "Nothing stops the launch."
    return f"{stopping:,} {'point stops' if stopping == 1 else 'points stop'} the launch."


def _finding(finding: Finding) -> Iterator[str]:
    stops = " · stops the launch" if finding.open else ""
    yield f"{WORDS[finding.verdict][0]} · {finding.check} · {plain(finding.subject)}{stops}"
    yield from _wrapped(finding.headline)
    if finding.remedy:
        yield from _wrapped(f"What to do: {finding.remedy}")


def _wrapped(words: str) -> list[str]:
    return textwrap.wrap(
        plain(words),
        width=WIDTH,
        initial_indent="  ",
        subsequent_indent="  ",
        break_on_hyphens=False,
        break_long_words=False,
    )


def _day(when: date) -> str:
    return f"{when.day} {when:%B %Y}"
