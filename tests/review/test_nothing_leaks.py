"""No row and no small cell in any edition: the text, the attachments, the page and the record."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pikepdf
import pytest

from checks import places
from checks.runs.run import run_campaign
from review.checklist import read_checklist
from review.commands.desk import Desk
from review.document.editions import OF_A_DECISION
from review.document.issuing import issued, page_issued
from review.record import Decision
from tests.review.builders import ITO, MIRA
from tests.review.test_report import flat

CANARY = "canary7391"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CAMPAIGN = """\
{id: spring, name: Spring savings, owner: Ana, launch: 2026-12-01, sector: credit,
 effect: opportunity, regions: [DE], people: {file: people.csv, key: id, targeted: on,
 segment: part, attributes: {origin: origin, town: town}, quasi_identifiers: [origin, town]},
 channels: {email: {basis: consent, permission: {status: said, given: at}}},
 fields: [{name: origin, why: fairness}, {name: town, why: branch}]}
"""
FEW = 5
"""Below this, a count about a group must not be told."""


def a_row(number):
    """Three people are from far away, two of them on the list; twelve live in a hamlet."""
    origin = "faraway" if number < 3 else "north" if number % 2 else "south"
    town = "hamlet" if 10 <= number < 22 else "city"
    on = "yes" if number % 3 else "no"
    part = "a" if number % 4 else "b"
    said = "withdrawn" if number % 97 == 5 else "granted"
    return f"{CANARY}-{number},{on},{origin},{town},{part},{said},2026-06-01"


@pytest.fixture(scope="module")
def decided(tmp_path_factory) -> Iterator[tuple]:
    folder = tmp_path_factory.mktemp("leak")
    rows = "\n".join(["id,on,origin,town,part,said,at", *map(a_row, range(600)), ""])
    (folder / "people.csv").write_text(rows, encoding="utf-8")
    (folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CANDOR_HOME", str(folder / "home"))
        for name in ("POLICY", "STORE", "SEAL_KEY"):
            patch.delenv(f"CANDOR_{name}", raising=False)
        run = run_campaign(folder / "campaign.yaml", places.policy_file())
        checklist = read_checklist(places.checklist_file())
        desk = Desk(f"sqlite:///{folder / 'store.db'}", folder / "anchors.jsonl", checklist)
        review = desk.record_run(run, by=MIRA, now=NOON)
        review = desk.sign(
            "spring", Decision.REJECT, grounds="No.", by=ITO, now=NOON, seen=review.head
        )
        yield review, desk.bundle("spring")
        desk.close()


@pytest.fixture(scope="module")
def papers(decided):
    """Everything that can be taken away of a decided review, as text."""
    made = [issued(*decided, at=NOON, now=NOON, edition=one).content for one in OF_A_DECISION]
    held = []
    for pdf in made:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            held += [one.get_file().read_bytes().decode() for one in opened.attachments.values()]
    page = page_issued(*decided, at=NOON).content.decode()
    return [*map(flat, made), *held, page, decided[1].decode()]


def test_no_key_of_anybody_is_in_any_edition(papers):
    assert len(papers) > 10
    assert not [paper[:80] for paper in papers if CANARY in paper]


def counts(thing, *, of_groups=False):
    """Every count in the evidence of a group of people, wherever it stands."""
    if isinstance(thing, dict):
        if thing.get("kind") == "rate" or {"row", "column", "yes", "of"} <= set(thing):
            yield from ((thing["yes"], thing["of"]),)
        for one in thing.values():
            yield from counts(one, of_groups=of_groups)
    elif isinstance(thing, list):
        for one in thing:
            yield from counts(one, of_groups=of_groups)


def test_no_group_of_a_few_people_is_counted(decided):
    review, _ = decided
    findings = json.loads(review.run.document())["findings"]
    told = [one for f in findings if f["check"].startswith("bias.") for one in counts(f)]
    small = [(yes, of) for yes, of in told if of is not None and 0 < of < FEW]

    assert len(told) > 4
    assert small == []


def test_no_edition_tells_how_many_are_from_far_away(papers):
    """Three people: neither their number nor how many of them are on the list."""
    for paper in papers:
        assert "3 people of origin faraway" not in paper
        assert "2 of 3" not in paper
        assert "of 3 people" not in paper
