"""One campaign, reviewed from its files and from a warehouse: two documents, word by word."""

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
from tests.checks.warehouses import POLICY, moved, samples
from tests.review.builders import MIRA, NOON

HASH = re.compile(r"\b[0-9a-f]{12,64}\b")
"""Fingerprints, and what is made of them: the chain of the record, the attachment."""

BYTES = re.compile(r"[0-9,]+")


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
    told = subprocess.run([pdftotext, "-", "-"], input=pdf, capture_output=True, check=True)
    return told.stdout.decode().replace("\u200b", "").splitlines()


def test_the_two_differ_in_nothing_but_fingerprints_and_the_names_of_the_source(printed):
    files, warehouse = (
        HASH.sub("…", "\n".join(printed[name])).split() for name in ("file", "warehouse")
    )
    compared = difflib.SequenceMatcher(a=files, b=warehouse, autojunk=False).get_opcodes()
    changed = [
        (" ".join(files[a:b]), " ".join(warehouse[c:d]))
        for what, a, b, c, d in compared
        if what != "equal"
    ]
    names, sizes = changed[::2], changed[1::2]

    assert len(files) > 5_000
    assert names == [
        ("people.csv", "home_loan.people"),
        ("do_not_contact.csv", "home_loan.suppression"),
    ]
    assert all(BYTES.fullmatch(size) for pair in sizes for size in pair)


def test_the_fingerprints_do_differ(printed):
    assert printed["file"] != printed["warehouse"]
    assert any("Fingerprint" in line for line in printed["file"])
