"""Published numbers and real data sets: what others counted, this counts too.

The reference data are not part of the project; without them these tests are skipped.
"""

from __future__ import annotations

import csv
import json
import shutil

import pytest
import yaml

from checks import places
from checks.evidence import Rate, Ratio
from checks.fairness.judging import Group, benchmark, judge
from checks.finding import Reason, Verdict
from checks.runs.run import run_campaign
from checks.statistics import luck, newcombe, ratio, wilson


@pytest.fixture
def vector(reference):
    """Read one set of published answers by its name."""

    def read(name):
        return json.loads((reference / f"vectors/{name}.json").read_text(encoding="utf-8"))

    return read


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a campaign over a file: ``run(file, people={…}, launch="2014-12-31")``."""
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "home"))

    def go(file, people, **sections):
        shutil.copy(file, tmp_path / file.name)
        about = {
            "id": "known",
            "name": "Known answers",
            "owner": "owner@shop.example",
            "launch": "2014-12-31",
            "sector": "general",
            "effect": "opportunity",
            "people": {"file": file.name, **people},
            **sections,
        }
        campaign = tmp_path / "campaign.yaml"
        campaign.write_text(yaml.safe_dump(about, sort_keys=False), encoding="utf-8")
        return run_campaign(campaign, places.DATA / "policies/default.yaml")

    return go


def of_check(run, check):
    return {one.subject: one for one in run.findings if one.check == check}


def rates(finding):
    return {one.group: one for one in finding.evidence if isinstance(one, Rate)}


def on_the_list(finding):
    return next(one for one in finding.evidence if isinstance(one, Ratio) and one.side == "on")


# published numbers


def test_wilson_as_newcombe_printed_it_in_1998(vector):
    known = vector("wilson_newcombe_1998_table1")

    for given, printed in zip(known["input"], known["expected"], strict=True):
        low, high = wilson(given["k"], given["n"])
        assert low == pytest.approx(printed["low"], abs=known["tolerance"]["abs"])
        assert high == pytest.approx(printed["high"], abs=known["tolerance"]["abs"])


def test_the_range_of_a_difference_as_newcombe_printed_it_in_1998(vector):
    known = vector("newcombe_difference_1998_table2")

    for given, printed in zip(known["input"], known["expected"], strict=True):
        low, high = newcombe(given["k1"], given["n1"], given["k2"], given["n2"])
        assert low == pytest.approx(printed["low"], abs=known["tolerance"]["abs"])
        assert high == pytest.approx(printed["high"], abs=known["tolerance"]["abs"])


def test_fishers_exact_test(vector):
    known = vector("fisher_exact")

    for table, printed in zip(known["input"], known["expected"], strict=True):
        (yes, no), (other_yes, other_no) = table
        found = luck(yes, yes + no, other_yes, other_yes + other_no)
        assert found == pytest.approx(printed["p_two_sided"], abs=known["tolerance"]["abs"])


def test_the_four_fifths_example_of_1979(vector, policy):
    known = vector("ugesp_qa_four_fifths")
    groups = [Group(n, round(r * 100_000), 100_000) for n, r in known["input"]["rates"].items()]
    judged = judge(groups, effect="opportunity", limits=policy.judging)

    ratios = {one.group.name: one.ratio.value for one in judged}
    assert ratios == pytest.approx(known["expected"]["impact_ratio"], abs=1e-9)
    failing = [one.group.name for one in judged if one.verdict is Verdict.FAIL]
    assert failing == known["expected"]["below_four_fifths"]


# real data


ARMS = ["Mens E-Mail", "Womens E-Mail"]


def test_a_randomised_campaign_raises_no_alarm(reference, run):
    attributes = ["zip_code", "channel", "newbie", "history_segment"]
    found = run(
        reference / "data/hillstrom/hillstrom.csv",
        {
            "targeted": {"column": "segment", "among": ARMS},
            "attributes": {name: name for name in attributes},
        },
    )

    selection = of_check(found, "bias.selection")
    assert len(selection) == 2 + 2 + 1 + 6  # every group but each attribute's reference
    assert {one.verdict for one in selection.values()} == {Verdict.CLEAR}
    assert {one.verdict for one in of_check(found, "integrity.enough_data").values()} == {
        Verdict.CLEAR
    }
    bias = [one for one in found.findings if one.check.startswith("bias.")]
    assert not [one for one in bias if one.verdict in (Verdict.FAIL, Verdict.WATCH)]
    areas = rates(selection["zip_code: Urban"])
    assert {name: one.of for name, one in areas.items()} == {
        "Surburban": 28_776,
        "Urban": 25_661,
        "Rural": 9_563,
    }


@pytest.fixture
def responses(reference, run):
    return run(
        reference / "data/customer_personality/marketing_campaign.csv",
        {
            "key": "ID",
            "targeted": {"column": "Response", "among": ["1"]},
            "stage": "responded",
            "attributes": {
                "education": "Education",
                "marital": "Marital_Status",
                "age": {
                    "column": "Year_Birth",
                    "as": "birth_year",
                    "bands": [25, 35, 45, 55, 65, 75],
                },
            },
        },
    )


def test_differences_in_response_are_told_and_never_fail(responses):
    selection = of_check(responses, "bias.selection")

    bias = {one.verdict for one in responses.findings if one.check.startswith("bias.")}
    assert Verdict.FAIL not in bias
    together = selection["marital: Together"]
    assert together.verdict is Verdict.WATCH
    assert "60 of 580 people with marital Together responded" in together.headline
    assert "as often as people with marital Single" in together.headline
    assert "not by itself unfair targeting" in together.headline


def test_rates_of_response_are_those_of_the_readme(responses):
    found = of_check(responses, "bias.selection")

    education = rates(found["education: Master"])
    assert {name: (one.yes, one.of) for name, one in education.items() if one.yes} == {
        "Graduation": (152, 1_127),
        "PhD": (101, 486),
        "Master": (57, 370),
    }
    assert (education["Basic"].yes, education["Basic"].of) == (None, 54)  # two people
    marital = rates(found["marital: Married"])
    assert (marital["Married"].yes, marital["Married"].of) == (98, 864)
    assert (marital["Single"].yes, marital["Single"].of) == (106, 480)


def test_seven_people_of_three_rare_answers_stand_together(responses):
    [small] = [
        one
        for name, one in of_check(responses, "bias.selection").items()
        if "smaller" in name and name.startswith("marital")
    ]

    assert small.verdict is Verdict.CANNOT_TELL
    assert "(" in small.headline
    assert all(name in small.headline for name in ("Absurd", "Alone", "YOLO"))


def test_couples_against_others_as_in_the_readme(policy):
    couples, others = Group("couples", 158, 1_444), Group("others", 176, 796)
    judged = {
        one.group.name: one
        for one in judge([couples, others], effect="opportunity", limits=policy.judging)
    }["couples"]

    assert judged.ratio.value == pytest.approx(0.495, abs=5e-4)
    assert judged.ratio.reference == "others"
    assert luck(158, 1_444, 176, 796, expected_min=10**9) == pytest.approx(3.8e-12, rel=0.02)


def homeowners(reference, tmp_path, column):
    """The published totals as weighted rows: so many shown, of whom so many with `column`."""
    source = reference / "data/published_counts/aif360_ad_bias_counts.csv"
    with source.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["attribute"] == "homeowner"]
    file = tmp_path / "homeowners.csv"
    body = [f"{row['group']},{row['users_shown']},{row[column]}" for row in rows]
    file.write_text("\n".join(["homeowner,people,chosen", *body]) + "\n", encoding="utf-8")
    return file


COUNTS = {
    "targeted": {"count": "chosen"},
    "weight": "people",
    "attributes": {"homeowner": "homeowner"},
}


@pytest.mark.parametrize(
    ("column", "printed"), [("true_conversions", 0.8469), ("predicted_conversions", 0.0300)]
)
def test_published_totals_give_the_published_ratio(reference, tmp_path, run, column, printed):
    folder = tmp_path / "made"
    folder.mkdir()
    found = run(homeowners(reference, folder, column), COUNTS)
    owners = of_check(found, "bias.selection")["homeowner: 1"]

    told = on_the_list(owners)
    assert told.value == pytest.approx(printed, abs=5e-5)
    assert (told.group, told.reference) == ("1", "0")  # the other way it would be 33.4
    assert "as often as people with homeowner 0" in owners.headline


def test_the_direction_of_published_totals_is_named(reference, tmp_path, run):
    folder = tmp_path / "made"
    folder.mkdir()
    found = run(homeowners(reference, folder, "predicted_conversions"), COUNTS)
    owners = of_check(found, "bias.selection")["homeowner: 1"]

    assert owners.verdict is Verdict.FAIL
    assert owners.headline == (
        "423 of 1,268,486 people with homeowner 1 were chosen (3 of 10,000), "
        "0.03 times as often as people with homeowner 0 (111 of 10,000)."
    )
    assert ratio(1_944, 174_654, 423, 1_268_486) == pytest.approx(33.4, abs=0.05)


def test_counts_without_those_left_out_have_no_base(reference, tmp_path, run):
    folder = tmp_path / "made"
    folder.mkdir()
    file = homeowners(reference, folder, "true_conversions")
    people = {key: value for key, value in COUNTS.items() if key != "targeted"}
    [found] = of_check(run(file, people), "bias.selection").values()

    assert found.reason is Reason.NO_BASE


def test_the_benchmark_of_published_totals_is_the_larger_share(policy):
    groups = [Group("0", 332, 174_654), Group("1", 2_042, 1_268_486)]

    assert benchmark(groups, effect="opportunity", limits=policy.judging).name == "0"
    assert benchmark(groups, effect="burden", limits=policy.judging).name == "1"
