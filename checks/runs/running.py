"""From a campaign file to a run: read, take in, count, judge."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from checks import places, registry
from checks.campaign import Campaign
from checks.campaign.disclosed import told
from checks.campaign.reading import read_campaign
from checks.campaign.texts import Message, hashes, read_creatives, read_notice
from checks.case import Case, SignedOff
from checks.finding import Finding
from checks.people import segments
from checks.policy import Policy, read_policy
from checks.refusal import Problem, Refused
from checks.runs import fingerprint
from checks.runs.run import Named, PeopleCount, PolicyStamp, Run, SourceFile
from checks.runs.self_test import self_test
from checks.runs.taken import Taken, people_of

MADE_WITH = ("candor", "duckdb", "pandas", "scipy", "statsmodels")
"""Whose versions a run records."""


def take(
    file: Path,
    policy_file: Path,
    previous: SignedOff | None = None,
) -> Run:
    """One whole run; raises `checks.refusal.Refused` with every problem found."""
    refused: list[Problem] = []
    with _collecting(refused):
        policy = read_policy(policy_file)
        registry.agree(policy, policy_file.name)
    with _collecting(refused):
        checklist = fingerprint.of_checklist(places.checklist_file())
    with _collecting(refused):
        campaign = read_campaign(file)
        with _collecting(refused):
            notice = read_notice(campaign, file)
        with _collecting(refused):
            creatives = read_creatives(campaign, file)
        taken = people_of(campaign, file.parent)
        if refused:
            taken.close()
    if refused:
        raise Refused(refused)
    audience = taken.audience(policy)
    try:
        case = Case(
            campaign=campaign,
            audience=audience,
            policy=policy,
            notice=notice,
            creatives=creatives,
            parts=_parts(campaign, notice, creatives, taken, policy, checklist),
            previous=previous,
        )
        findings = registry.run(case)
        taken.unmoved()
        return _told(case, findings, taken)
    finally:
        audience.close()


@contextmanager
def _collecting(refused: list[Problem]) -> Iterator[None]:
    """Keep the problems of one part, so that those of the next are told as well."""
    try:
        yield
    except Refused as found:
        refused.extend(found.problems)


def _parts(
    campaign: Campaign,
    notice: str | None,
    creatives: Mapping[str, Message],
    taken: Taken,
    policy: Policy,
    checklist: str,
) -> dict[str, str]:
    """What a fingerprint is made of, so that a change can be named."""
    return {
        "campaign": fingerprint.of_campaign(campaign, notice, hashes(creatives)),
        "people": fingerprint.of_people(
            (f"{one.role} {one.label}".strip(), one.sha256) for one in taken.sources
        ),
        "policy": fingerprint.of_policy(policy),
        "checklist": checklist,
    }


def _told(case: Case, findings: tuple[Finding, ...], taken: Taken) -> Run:
    campaign, policy, parts = case.campaign, case.policy, case.parts
    audience = case.audience
    run = Run(
        campaign=Named(id=campaign.id, name=campaign.name),
        owner=campaign.owner,
        launch=campaign.launch,
        sector=campaign.sector,
        effect=campaign.effect,
        regions=campaign.regions,
        channels=tuple(campaign.channels),
        policy=PolicyStamp(
            id=policy.id, version=policy.version, as_of=policy.as_of, sha256=parts["policy"]
        ),
        checklist_sha256=parts["checklist"],
        snapshot=taken.id,
        fingerprint=fingerprint.hashed({**parts}),
        parts=parts,
        people=PeopleCount(rows=audience.rows, people=audience.people, targeted=audience.targeted),
        files=tuple(_files(case, taken)),
        segments=segments.summaries(case),
        findings=findings,
        exceptions={check: one.exception for check, one in policy.checks.items()},
        versions=_versions(),
        self_test=self_test(policy),
        told=told(campaign),
        as_of=taken.as_of,
        questions=audience.questions,
        bytes_read=audience.bytes_read,
        committee=policy.committee.needed(
            regulated=campaign.regulated, stopped=any(one.open for one in findings)
        ),
    )
    return Run.read(run.document())  # so that what is shown is what is stored, to the last digit


def _files(case: Case, taken: Taken) -> Iterator[SourceFile]:
    for one in taken.sources:
        yield SourceFile(
            role=one.role,
            name=one.name,
            sha256=one.sha256,
            rows=one.rows,
            columns=len(one.columns),
            bytes=one.bytes,
            repairs=one.repairs,
        )
    notice = case.campaign.notice
    if case.notice is not None and notice is not None and notice.file is not None:
        words = case.notice.encode()
        yield SourceFile(
            role="notice",
            name=notice.file,
            sha256=sha256(words).hexdigest(),
            rows=None,
            columns=None,
            bytes=len(words),
        )
    for message in case.creatives.values():
        yield SourceFile(
            role="creative",
            name=message.file,
            sha256=message.sha256,
            rows=None,
            columns=None,
            bytes=message.bytes,
        )


def _versions() -> dict[str, str]:
    return {"python": platform.python_version()} | {name: _version(name) for name in MADE_WITH}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
