"""The schemas that are published: current, and every run keeps to them."""

from __future__ import annotations

import json

import jsonschema
import pytest

from checks import places
from checks.runs.run import run_campaign
from checks.written.schemas import FINDINGS, findings_schema, published, written
from tests.review.documents import a_run


def test_the_schema_of_findings_is_current():
    assert published(FINDINGS).read_text(encoding="utf-8") == written(findings_schema()), (
        "call checks.schemas.write_findings_schema()"
    )


def test_every_kind_of_evidence_and_verdict_keeps_to_it():
    judge = jsonschema.Draft202012Validator(findings_schema())

    judge.validate(json.loads(a_run().document()))


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda run: run["counts"].pop("fail"), id="a count is missing"),
        pytest.param(lambda run: run["findings"][0].update(verdict="fine"), id="unknown verdict"),
        pytest.param(lambda run: run["people"].update(rows="many"), id="a word for a number"),
    ],
)
def test_what_is_no_run_does_not(spoil):
    run = json.loads(a_run().document())
    spoil(run)

    assert list(jsonschema.Draft202012Validator(findings_schema()).iter_errors(run))


def test_the_command_prints_what_the_schema_says(tmp_path, monkeypatch):
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path))
    (tmp_path / "people.csv").write_text("id,on\n1,yes\n2,no\n", encoding="utf-8")
    file = tmp_path / "campaign.yaml"
    file.write_text(
        "{id: a, name: A, owner: a@b.example, launch: 2026-12-01, sector: general, "
        "effect: burden, people: {file: people.csv, key: id, targeted: on}}",
        encoding="utf-8",
    )

    run = run_campaign(file, places.policy_file())

    jsonschema.Draft202012Validator(findings_schema()).validate(json.loads(run.document()))
