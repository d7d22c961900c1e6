"""A run: stored as bytes, read back, the same every time."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from checks.evidence import (
    Bin,
    Breakdown,
    Cell,
    Distribution,
    Line,
    Matrix,
    Part,
    Point,
    Points,
    Rate,
    Ratio,
    Step,
    Table,
    Waterfall,
)
from checks.finding import Finding, Reason, Severity, Verdict, cannot_tell, clear, fail
from checks.runs.run import (
    Named,
    PeopleCount,
    PolicyStamp,
    Run,
    SegmentSummary,
    Share,
    SourceFile,
    digest,
)
from checks.sources import SOURCES

RATE = Rate(group="f", yes=9, of=12, low=1 / 3, high=2 / 3)
EVERY_KIND = (
    RATE,
    Rate(group="x", yes=None, of=None, unsure=True),
    Ratio(
        group="f",
        reference="m",
        value=2 / 3,
        low=0.5,
        high=float("inf"),
        floor=0.8,
        luck=1e-12,
        pairs=3,
        literal=None,
        literal_reference="m",
    ),
    Waterfall(title="t", total=3, steps=(Step(name="a", people=3, meaning="stays"),)),
    Distribution(
        title="d",
        unit="emails",
        bins=(Bin(low=0, high=1, people=4), Bin(low=1, high=2, people=None)),
        lines=(Line(at=3, name="limit"),),
    ),
    Matrix(
        title="m",
        rows=("f",),
        columns=("old",),
        cells=(Cell(row="f", column="old", yes=1, of=20, verdict="fail"),),
    ),
    Breakdown(title="b", by="segment", total=5, parts=(Part(name="p", people=5),)),
    Points(title="p", x="x", y="y", points=(Point(name="n", x=1, y=2.5),)),
    Table(title="t", columns=("what", "how many"), rows=(("phone", 3), ("age", None))),
)


def a_run(*findings):
    return Run(
        campaign=Named(id="spring", name="Spring savings"),
        owner="ana@bank.example",
        launch=date(2026, 12, 1),
        sector="general",
        effect="opportunity",
        regions=("DE",),
        channels=("email",),
        policy=PolicyStamp(id="default", version=1, as_of=date(2026, 11, 1), sha256="p"),
        checklist_sha256="c",
        snapshot="s",
        fingerprint="f",
        parts={"campaign": "1"},
        people=PeopleCount(rows=30, people=29, targeted=12),
        files=(SourceFile(role="people", name="p.csv", sha256="0", rows=30, columns=4, bytes=900),),
        segments=(
            SegmentSummary(
                name="young",
                about="",
                people=12,
                makeup=(Share(attribute="age", group="old", segment=None, on_list=7, in_file=9),),
                may_contact={"email": 11},
                said_no={"email": None},
                message=None,
                offer=None,
            ),
        ),
        findings=findings,
        exceptions={"consent.opt_out_leak": "none"},
        versions={"python": "3.11"},
    )


def found(finding, check="consent.coverage"):
    return finding.of(check, Severity.BLOCKING, (SOURCES["GDPR 7"],))


def test_what_is_read_back_is_what_was_stored():
    run = a_run(found(clear("email", "Fine.", *EVERY_KIND)))

    again = Run.read(run.document())

    assert again.document() == run.document()
    assert [type(one) for one in again.findings[0].evidence] == [type(one) for one in EVERY_KIND]
    assert again.findings[0].sources == run.findings[0].sources
    assert again.segments == run.segments


def test_the_document_keeps_its_contract():
    run = a_run(found(fail("email", "1 of 12 said no.", RATE, remedy="Take it off.")))

    said = json.loads(run.document())

    assert said["campaign"] == {"id": "spring", "name": "Spring savings"}
    assert said["policy"]["id"] == "default"
    assert said["policy"]["version"] == 1
    assert said["fingerprint"] == "f"
    assert said["people"] == {"rows": 30, "people": 29, "targeted": 12}
    assert said["counts"]["fail"] == 1
    assert set(said["counts"]) == {verdict.value for verdict in Verdict}
    [finding] = said["findings"]
    assert finding["check"] == "consent.coverage"
    assert finding["severity"] == "blocking"
    assert finding["reason"] is None
    assert {"name", "link", "kind", "status"} <= set(finding["sources"][0])
    assert finding["evidence"][0]["kind"] == "rate"
    assert finding["evidence"][0]["low"] == 0.333333


def test_a_number_without_a_value_is_withheld_not_printed():
    said = json.loads(a_run(found(clear("a", "Fine.", *EVERY_KIND))).document())

    [ratio] = [one for one in said["findings"][0]["evidence"] if one["kind"] == "ratio"]
    assert ratio["high"] is None


def test_counts_count_checks_by_their_most_pressing_finding():
    run = a_run(
        found(fail("email", "No.", RATE, remedy="Do.")),
        found(clear("sms", "Yes.", RATE)),
        found(clear("a", "Yes.", RATE), check="bias.selection"),
    )

    assert run.counts[Verdict.FAIL] == 1
    assert run.counts[Verdict.CLEAR] == 1
    assert sum(run.counts.values()) == 2


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"headline": "Other words."}, id="better words"),
        pytest.param({"severity": Severity.LOW}, id="another weight"),
        pytest.param({"remedy": "Other advice."}, id="better advice"),
        pytest.param({"evidence": (replace(RATE, low=0.1),)}, id="another range"),
    ],
)
def test_an_answer_survives(change):
    finding = found(fail("email", "1 of 12 said no.", RATE, remedy="Take it off."))

    assert digest(replace(finding, **change)) == digest(finding)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"evidence": (replace(RATE, yes=8),)}, id="one person fewer"),
        pytest.param({"evidence": (replace(RATE, yes=None),)}, id="a number withheld"),
        pytest.param({"evidence": (RATE, RATE)}, id="more evidence"),
        pytest.param({"verdict": Verdict.WATCH}, id="another verdict"),
        pytest.param({"reason": Reason.NO_KEY}, id="another reason"),
        pytest.param({"subject": "sms"}, id="another subject"),
        pytest.param({"check": "bias.selection"}, id="another check"),
    ],
)
def test_an_answer_falls_when_its_numbers_move(change):
    finding = found(
        cannot_tell("email", "?", RATE, reason=Reason.TOO_FEW_PEOPLE, remedy="Pool them.")
    )

    assert digest(replace(finding, **change)) != digest(finding)


def test_a_digest_is_the_same_after_storing():
    finding = found(clear("email", "Fine.", *EVERY_KIND))
    [stored] = Run.read(a_run(finding).document()).findings

    assert isinstance(stored, Finding)
    assert digest(stored) == digest(finding)
