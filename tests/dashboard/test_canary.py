"""No row leaves: values that only rows hold are looked for in everything that Candor gives out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from checks.runs.run import Run
from dashboard import charts
from tests.dashboard.drawn import settle

CANARY = "zqcanary"
PAGES = ["overview", "integrity", "transparency", "consent", "bias", "protection", "society",
         "balance", "checklist", "facts", "segments", "signoff", "record"]  # fmt: skip

CAMPAIGN = """\
id: birds
name: Birds
owner: ana@bank.example
launch: 2026-12-01
sector: general
effect: opportunity
regions: [DE]
people:
  file: people.csv
  key: id
  targeted: on
  segment: part
  attributes: {gender: gender}
  quasi_identifiers: [gender, street]
rules: [{column: street, not_among: [zqcanary-street-7]}]
channels:
  email:
    basis: consent
    permission: {status: said, given: day, proof: proof, wording: wording}
suppression: {file: refused.csv, key: id}
recipients: [{name: Bright Ads, role: platform, receives: [gender, street]}]
fields: [{name: street, used_in: rule, purpose: [direct_marketing], why: branch area}]
"""


@pytest.fixture(scope="module")
def planted(served):
    """A campaign of this installation in which every row holds a canary, several times."""
    folder = served.home / "campaigns/birds"
    folder.mkdir(parents=True)
    rows = ["id,on,part,gender,street,said,day,proof,wording,note"]
    for n in range(240):
        said = f"{CANARY}-said-{n}" if n in (3, 4) else "granted"
        rows.append(
            f"{CANARY}-{n}@mail.example,{'true' if n % 3 else 'false'},{'ab'[n % 2]},{'fm'[n % 2]},"
            f"{CANARY}-street-{n},{said},2026-03-01,{CANARY}-proof-{n},words,{CANARY}-note-{n}"
        )
    folder.joinpath("people.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    refused = f"id\n{CANARY}-1@mail.example\n{CANARY}-nobody@mail.example\n"
    folder.joinpath("refused.csv").write_text(refused, encoding="utf-8")
    folder.joinpath("campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    return served


def command(served, *words):
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=Path(__file__).parents[2],
        env={"CANDOR_HOME": str(served.home), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=False,
    )


def test_the_command_and_its_charts_say_no_row(planted):
    ran = command(
        planted, "checks", "run", f"{planted.home}/campaigns/birds/campaign.yaml", "--json"
    )

    assert ran.returncode == 1
    # the rule's own value is the owner's word in the campaign file, not a row's
    said = ran.stdout.replace(b"zqcanary-street-7", b"")
    assert CANARY.encode() not in said + ran.stderr
    for finding in Run.read(ran.stdout).findings:
        for picture in charts.pictures(finding.evidence):
            assert CANARY not in picture.figure.to_json().replace("zqcanary-street-7", "")


def test_a_refusal_says_no_row(planted, tmp_path):
    for name, broken in (
        ("ragged", f"id,on\n{CANARY}-1,true,{CANARY}\n{CANARY}-2,false\n"),
        ("quoted", f'id,on\n"{CANARY}" 1,true\n{CANARY}-2,"true\n'),
        ("words", f"id,on\n{CANARY}-1,{CANARY}-yes\n{CANARY}-2,{CANARY}-no\n"),
    ):
        folder = tmp_path / name
        folder.mkdir()
        folder.joinpath("people.csv").write_text(broken, encoding="utf-8")
        text = CAMPAIGN.partition("  segment")[0]
        folder.joinpath("campaign.yaml").write_text(text, encoding="utf-8")
        ran = command(planted, "checks", "run", str(folder / "campaign.yaml"))

        assert ran.returncode == 2, name
        assert CANARY.encode() not in ran.stdout + ran.stderr, name


@pytest.mark.usefixtures("pdftotext")
def test_no_page_no_pdf_and_no_log_says_a_row(browser, planted, tmp_path):
    page = browser.new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{planted.url}/reviews")
    page.get_by_role("heading", name="All reviews").wait_for()
    page.locator(".st-key-look-birds button").click()
    page.wait_for_url("**/overview?review=birds")
    page.get_by_text("160 of 240 people are on the list").wait_for()
    for name in PAGES:
        page.goto(f"{planted.url}/{name}?review=birds")
        page.get_by_role("heading", level=1).first.wait_for()
        settle(page)
        for fold in page.locator("[data-testid=stExpander] summary").all():
            if fold.is_visible():
                fold.click()
        text = page.content().replace("zqcanary-street-7", "")

        assert CANARY not in text, name
    page.close()
    pdf = tmp_path / "birds.pdf"
    made = command(planted, "review", "report", "birds", "-o", str(pdf),
                   "--name", "M. Ito", "--role", "privacy")  # fmt: skip
    assert made.returncode == 0, made.stderr
    words = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True).stdout
    assert b"Birds" in words
    assert CANARY.encode() not in words.replace(b"zqcanary-street-7", b"")
    assert CANARY.encode() not in pdf.read_bytes()
    assert CANARY.encode() not in (planted.home / "server.log").read_bytes()
