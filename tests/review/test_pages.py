"""A whole review on paper: how long it is, what stands where, in which time and size."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import time
from hashlib import sha256

import jsonschema
import pdfua
import pikepdf
import pytest

from checks.places import HOUSE
from checks.written.schemas import FINDINGS, published, written
from review.document.report import document
from review.proof.record_schema import RECORD_SCHEMA, record_schema
from review.record import Role
from tests.review.full import NOON, OKAFOR, a_whole_sitting
from tests.review.test_report import flat, words


@pytest.fixture(scope="module")
def sitting(tmp_path_factory):
    """A review of every check and 120 questions, rejected by a committee with one dissent."""
    with a_whole_sitting(tmp_path_factory.mktemp("whole")) as sat:
        yield sat


@pytest.fixture(scope="module")
def bundle(sitting):
    return sitting.desk.bundle("spring-savings")


@pytest.fixture(scope="module")
def pdf(sitting, bundle):
    return document(sitting.review, bundle, at=NOON)


def test_a_full_review_takes_at_most_twenty_pages_without_its_annex(pdf):
    pages = words(pdf)
    annex = next(n for n, page in enumerate(pages) if "Annex: what was reviewed" in page)

    assert annex <= 20
    assert "How to check this document without Candor" in pages[-1]


def test_the_first_page_says_it_all(pdf):
    first = " ".join(words(pdf)[0].split())

    for said in (
        "Rejected",
        "0 of 5 who voted for or against approved; two thirds must.",
        "Jonas Brandt · chair · rejected",
        "Dr. Okafor · legal · changes requested",
        "Who did not agree",
        "I was outvoted, and I still think the rule must go first.",
        "120 questions: 0 computed, 120 answered by people, 0 open.",
        "What was open",
    ):
        assert said in first


def test_the_committee_and_those_outside_it_are_on_record(pdf):
    text = flat(pdf)

    assert "The ballot closed on 23 November 2026" in text
    assert text.count("I, Jonas Brandt, sign as chair") == 2  # for the vote, and for how it was
    assert "Here; declared that nothing ties them to the campaign." in text
    assert "“I get three mails a week already.”" in text
    assert "Changed because of it: People with two mails this week were left out." in text


def test_each_statement_of_a_role_stands_beside_the_name(pdf, sitting):
    text = flat(pdf)

    assert len(sitting.review.signatures) == 5
    for one in sitting.review.signatures:
        assert one.statement in text
    assert OKAFOR.role is Role.LEGAL


def test_words_and_limits_and_methods_are_annexed(pdf):
    text = flat(pdf)

    assert text.index("What this review cannot show") < text.index("Annex: what was reviewed")
    assert text.index("Annex: how each check judges") < text.index("Annex: the words of this")
    assert "Smaller groups Groups of fewer than ten people" in text


def test_a_full_document_is_made_in_time_and_is_small(sitting, bundle, pdf):
    at, best = NOON, 9.0
    for _ in range(3):
        at = at.replace(second=at.second + 1)
        before = time.process_time()
        document(sitting.review, bundle, at=at)
        best = min(best, time.process_time() - before)

    assert len(pdf) <= 1_000_000
    assert best <= 0.8  # processor seconds of two threads, on a machine that does other things


def test_a_checker_of_accessible_pdfs_finds_nothing_in_a_full_one(pdf, tmp_path):
    file = tmp_path / "full.pdf"
    file.write_bytes(pdf)

    assert not pdfua.validate(file).findings


def test_two_environments_make_the_same_bytes(pdf, bundle, tmp_path):
    """Another place on earth, another language, another home, another order of hashes."""
    (tmp_path / "record.json").write_bytes(bundle)
    script = (
        "import sys, pathlib\n"
        "from datetime import datetime, UTC\n"
        "from review.document.report import document\n"
        "from review.present.unfolding import from_bundle\n"
        "record = pathlib.Path(sys.argv[1]).read_bytes()\n"
        "at = datetime(2026, 11, 23, 12, tzinfo=UTC)\n"
        "pathlib.Path(sys.argv[2]).write_bytes(document(from_bundle(record), record, at=at))\n"
    )
    made = tmp_path / "made.pdf"
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "record.json"), str(made)],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(HOUSE),
            "PYTHONHASHSEED": "4711",
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "C",
            "LANG": "tr_TR.UTF-8",
            "HOME": str(tmp_path),
            "CANDOR_HOME": str(tmp_path / "elsewhere"),
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert made.read_bytes() == pdf


def test_the_record_inside_is_the_one_that_was_kept(pdf, bundle, tmp_path):
    detach = shutil.which("pdfdetach")
    if detach is None:
        pytest.skip("pdfdetach is not installed")
    file, out = tmp_path / "full.pdf", tmp_path / "record.json"
    file.write_bytes(pdf)
    subprocess.run([detach, "-savefile", "record.json", "-o", str(out), str(file)], check=True)

    assert out.read_bytes() == bundle
    assert json.loads(bundle)["head"] in flat(pdf)


def test_the_schema_of_the_record_is_current():
    assert published(RECORD_SCHEMA).read_text(encoding="utf-8") == written(record_schema()), (
        "call review.record_schema.write_record_schema()"
    )


def test_a_record_and_each_of_its_events_keep_to_its_schema(bundle):
    schema, record = record_schema(), json.loads(bundle)
    jsonschema.Draft202012Validator(schema).validate(record)
    event = {
        **schema["properties"]["events"]["items"]["properties"]["event"]["contentSchema"],
        "$defs": schema["$defs"],
    }
    judge = jsonschema.Draft202012Validator(event)

    assert len(record["events"]) > 100
    for one in record["events"]:
        judge.validate(json.loads(one["event"]))


def test_record_findings_and_their_schemas_are_inside(pdf, sitting):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        held = {name: one.get_file().read_bytes() for name, one in opened.attachments.items()}

    assert set(held) == {"record.json", "record.schema.json", "findings.json", FINDINGS}
    findings = held["findings.json"]
    assert sha256(findings).hexdigest() == sitting.review.revisions[-1].findings
    assert sha256(findings).hexdigest() in flat(pdf)
    jsonschema.Draft202012Validator(json.loads(held[FINDINGS])).validate(json.loads(findings))
