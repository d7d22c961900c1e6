"""A run as JUnit XML, so that a pipeline shows checks beside its other tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from checks.finding import Finding, Verdict
from checks.runs.run import Run

FAILURES = (Verdict.FAIL,)
ERRORS = (Verdict.BROKEN, Verdict.CANNOT_TELL)
"""What could not be answered is no success: it is shown as an error."""
SKIPPED = (Verdict.ASK, Verdict.NOT_APPLICABLE)
"""What a person must answer, and what does not apply, was not tested."""
_UNPRINTED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(run: Run) -> str:
    """One suite a family, one case a finding; a watch passes and is written beside it."""
    suites = "\n".join(_suites(run))
    many, failed, broke, skipped = _counts(run.findings)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name={_attribute(run.campaign.name)} tests="{many}" '
        f'failures="{failed}" errors="{broke}" skipped="{skipped}">\n{suites}\n</testsuites>\n'
    )


def _suites(run: Run) -> Iterator[str]:
    ordered = sorted(run.findings, key=lambda one: one.key)
    for family, found in groupby(ordered, key=lambda one: one.check.partition(".")[0]):
        findings = list(found)
        many, failed, broke, skipped = _counts(findings)
        cases = "\n".join(_case(one) for one in findings)
        yield (
            f'<testsuite name="{family}" tests="{many}" failures="{failed}" errors="{broke}" '
            f'skipped="{skipped}" timestamp="{run.launch}T00:00:00" hostname="candor" time="0">\n'
            f'<properties><property name="fingerprint" value="{run.fingerprint}"/>'
            f"</properties>\n{cases}\n</testsuite>"
        )


def _counts(findings: tuple[Finding, ...] | list[Finding]) -> tuple[int, int, int, int]:
    said = [one.verdict for one in findings]
    return (
        len(said),
        sum(one in FAILURES for one in said),
        sum(one in ERRORS for one in said),
        sum(one in SKIPPED for one in said),
    )


def _case(finding: Finding) -> str:
    name, check = _attribute(finding.subject), _attribute(finding.check)
    return f'<testcase classname={check} name={name} time="0">{_body(finding)}</testcase>'


def _body(finding: Finding) -> str:
    message = _attribute(finding.headline)
    rest = _text(" ".join(part for part in (finding.headline, finding.remedy) if part))
    kind = f'type="{finding.verdict.value}"'
    if finding.verdict in FAILURES:
        return f"<failure message={message} {kind}>{rest}</failure>"
    if finding.verdict in ERRORS:
        return f"<error message={message} {kind}>{rest}</error>"
    if finding.verdict in SKIPPED:
        return f"<skipped message={message}/>"
    return f"<system-out>{_text(f'{finding.verdict.value}: {finding.headline}')}</system-out>"


def _text(words: str) -> str:
    return escape(_UNPRINTED.sub("\ufffd", words))


def _attribute(words: str) -> str:
    return quoteattr(_UNPRINTED.sub("\ufffd", words))
