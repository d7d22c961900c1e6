"""One campaign, reviewed from its files and from a warehouse: two documents, line by line."""

from __future__ import annotations

import difflib
import re
import subprocess

import pytest

from checks import places
from checks.runs.run import run_campaign
from review.checklist import read_checklist
from review.commands.desk import Desk
from review.document.report import document
from tests.checks.warehouses import FEWER, POLICY, moved, samples
from tests.review.builders import MIRA, NOON

HASH = re.compile(r"\b[0-9a-f]{12,64}\b")
"""Fingerprints, and what is made of them: the chain of the record, the attachment."""


@pytest.fixture(scope="module")
def printed(there, tmp_path_factory, pdftotext):
    """The lines of the two documents."""
    home = tmp_path_factory.mktemp("printed")
    folder = samples(tmp_path_factory.mktemp("campaigns")) / "home-loan"
    files = {
        "file": folder / "campaign.yaml",
        "warehouse": moved(folder, home / "there", there.address, there.fill),
    }
    return {name: _lines(file, home / name, pdftotext) for name, file in files.items()}


def _lines(file, home, pdftotext):
    home.mkdir()
    run = run_campaign(file, POLICY)
    desk = Desk(
        f"sqlite:///{home}/store.db", home / "anchors", read_checklist(places.checklist_file())
    )
    review = desk.record_run(run, by=MIRA, now=NOON)
    pdf = document(review, desk.bundle(run.campaign.id), at=NOON)
    told = subprocess.run(
        [pdftotext, "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return [" ".join(line.split()) for line in told.stdout.decode().splitlines()]


def test_the_two_differ_in_nothing_but_fingerprints_and_the_lines_that_name_the_source(printed):
    files, warehouse = (
        [HASH.sub("…", line) for line in printed[name]] for name in ("file", "warehouse")
    )
    compared = difflib.unified_diff(files, warehouse, n=0, lineterm="")
    changed = [line for line in compared if not line.startswith(("---", "+++", "@@"))]

    assert len(files) > 500
    assert [line.split()[:3] for line in changed] == [
        ["-people", "people.csv", f"{FEWER:,}"],
        ["+people", "home_loan.people", f"{FEWER:,}"],
        ["-suppression", "do_not_contact.csv", "450"],
        ["+suppression", "home_loan.suppression", "450"],
    ]


def test_the_fingerprints_do_differ(printed):
    assert printed["file"] != printed["warehouse"]
    assert any("Fingerprint" in line for line in printed["file"])
