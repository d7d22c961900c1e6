"""The sample campaigns: made the same every time, and every planted fault is found."""

from __future__ import annotations

import hashlib

import pytest

from checks import places
from checks.finding import Verdict
from checks.registry import catalogue
from checks.runs.run import run_campaign
from checks.samples import PLANTED, SAMPLES, make

QUIET = (Verdict.CLEAR, Verdict.NOT_APPLICABLE)


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Every sample, run as the command runs it."""
    make()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CANDOR_HOME", str(tmp_path_factory.mktemp("home")))
        return {
            name: run_campaign(
                places.DATA / "campaigns" / name / "campaign.yaml", places.policy_file()
            )
            for name in SAMPLES
        }


def found(run, check, subject):
    [one] = [f for f in run.findings if f.check == check and f.subject == subject]
    return one


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_made_the_same_every_time(name):
    once, again = (
        {role: hashlib.sha256(frame.to_csv().encode()).hexdigest() for role, frame in made.items()}
        for made in (SAMPLES[name](), SAMPLES[name]())
    )

    assert once == again


@pytest.mark.parametrize(
    ("name", "planted", "verdict"),
    [
        pytest.param(name, planted, verdict, id=f"{name} {planted}")
        for name, faults in PLANTED.items()
        for planted, verdict in faults.items()
    ],
)
def test_a_planted_fault_is_found(runs, name, planted, verdict):
    check, _, subject = planted.partition("/")

    assert found(runs[name], check, subject).verdict == verdict


def test_the_campaign_in_order_is_in_order(runs):
    run = runs["club-newsletter"]

    kinds = {one.id: one.kind for one in catalogue()}
    loud = [finding for finding in run.findings if finding.verdict not in QUIET]
    assert {finding.verdict for finding in loud} <= {Verdict.ASK}
    assert {kinds[finding.check] for finding in loud} <= {"asked", "mixed"}
    assert {finding.check for finding in run.findings} == {one.id for one in catalogue()}
    assert run.open == ()


def test_the_faulty_campaign_shows_every_verdict_but_broken(runs):
    seen = {finding.verdict for finding in runs["summer-sale"].findings}

    assert seen == set(Verdict) - {Verdict.BROKEN}


def test_every_family_has_a_fault(runs):
    loud = {
        f.check.partition(".")[0] for f in runs["summer-sale"].findings if f.verdict not in QUIET
    }

    assert loud == {one.family for one in catalogue()}


def test_the_planted_numbers_come_back(runs):
    [waterfall] = [
        one
        for one in found(runs["summer-sale"], "consent.coverage", "email").evidence
        if one.kind == "waterfall"
    ]

    said_no = sum(step.people for step in waterfall.steps if step.meaning == "said_no")
    assert said_no == 310 + 694 + 200
    minors = found(runs["summer-sale"], "society.minors", "profiling").headline
    assert minors.startswith("37 of ")


def test_the_postcode_rule_is_blamed_for_origin(runs):
    finding = found(runs["home-loan"], "bias.selection", "origin: elsewhere")

    [blame] = [one for one in finding.evidence if one.kind == "breakdown" and one.by == "rule"]
    most = max(blame.parts, key=lambda part: part.people or 0)
    assert "postcode" in most.name
    assert "postcode" in finding.remedy
    assert finding.severity == "blocking"
