"""Published answers by the way everybody goes: counts in a file, a campaign file, the command.

The vectors are not part of the project; without them these tests are skipped. What a table of
fewer than five people would show is withheld on this way, so such rows are held at the statistics.
"""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest
import yaml

from checks.__main__ import main
from checks.fairness.association import cramers_v, false_discoveries
from checks.fairness.shares import distance
from checks.fairness.strata import Stratum, mantel_haenszel


@pytest.fixture
def vector(reference):
    """Read one set of published answers by its name."""

    def read(name):
        return json.loads((reference / f"vectors/{name}.json").read_text(encoding="utf-8"))

    return read


@pytest.fixture
def told(tmp_path, monkeypatch, capfdbinary):
    """Write rows and a campaign file, run the command; its findings by check and subject."""
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CANDOR_POLICY", raising=False)

    def run(rows, people, *, beside=None, **sections):
        for name, lines in {"people.csv": rows, **(beside or {})}.items():
            with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(lines)
        campaign = {
            "id": "vectors",
            "name": "Published answers",
            "owner": "ana@bank.example",
            "launch": "2026-12-01",
            "sector": "general",
            "effect": "opportunity",
            "people": {"file": "people.csv", **people},
            **sections,
        }
        file = tmp_path / "campaign.yaml"
        file.write_text(yaml.safe_dump(campaign, sort_keys=False), encoding="utf-8")
        main(["run", str(file), "--json"])
        out, _ = capfdbinary.readouterr()
        return {(f["check"], f["subject"]): f for f in json.loads(out)["findings"]}

    return run


COUNTS = {"weight": "people", "targeted": {"count": "chosen"}, "attributes": {"group": "group"}}


def counted(told, groups):
    """Run a file of counts: a row a group."""
    rows = [("group", "people", "chosen"), *((name, of, on) for name, (on, of) in groups.items())]
    return told(rows, COUNTS)


def of_kind(finding, kind):
    return [one for one in finding["evidence"] if one["kind"] == kind]


def rows_of(finding, title):
    [table] = [one for one in of_kind(finding, "table") if one["title"] == title]
    return {row[0]: row[1:] for row in table["rows"]}


def test_wilson_as_newcombe_printed_it_in_1998(vector, told):
    known = vector("wilson_newcombe_1998_table1")
    printed = [
        (f"g{n}", given, answer)
        for n, (given, answer) in enumerate(zip(known["input"], known["expected"], strict=True))
        if not 0 < given["k"] < 5
    ]
    groups = {name: (given["k"], given["n"]) for name, given, _ in printed}
    found = counted(told, {**groups, "most": (600, 1_000)})["bias.selection", "group: g0"]

    rates = {one["group"]: one for one in of_kind(found, "rate")}
    assert len(printed) == 3
    for name, _, answer in printed:
        assert rates[name]["low"] == pytest.approx(answer["low"], abs=known["tolerance"]["abs"])
        assert rates[name]["high"] == pytest.approx(answer["high"], abs=known["tolerance"]["abs"])


@pytest.mark.parametrize("row", [0, 3], ids=["56 of 70, 48 of 80", "5 of 56, none of 29"])
def test_the_range_of_a_difference_as_newcombe_printed_it_in_1998(vector, told, row):
    known = vector("newcombe_difference_1998_table2")
    given, printed = known["input"][row], known["expected"][row]
    found = counted(
        told, {"better": (given["k1"], given["n1"]), "worse": (given["k2"], given["n2"])}
    )["bias.selection", "group: worse"]

    ratio = next(one for one in of_kind(found, "ratio") if one["side"] == "on")
    tolerance = known["tolerance"]["abs"]
    assert -ratio["points"] == pytest.approx(printed["diff"], abs=tolerance)
    assert -ratio["points_high"] == pytest.approx(printed["low"], abs=tolerance)
    assert -ratio["points_low"] == pytest.approx(printed["high"], abs=tolerance)


def test_the_four_fifths_example_of_1979(vector, told):
    known = vector("ugesp_qa_four_fifths")
    people = 100_000
    groups = {
        name: (round(rate * people), people) for name, rate in known["input"]["rates"].items()
    }
    found = counted(told, groups)

    expected, judged = known["expected"], {}
    for name in groups:
        one = found.get(("bias.selection", f"group: {name}"))
        if one is None:
            continue  # whoever is chosen most is what the others are held against
        judged[name] = one["verdict"]
        ratio = next(r for r in of_kind(one, "ratio") if r["side"] == "on")
        assert ratio["value"] == pytest.approx(expected["impact_ratio"][name], abs=1e-6)
    failing = [name for name, verdict in judged.items() if verdict == "fail"]
    assert failing == expected["below_four_fifths"]


def admissions(known):
    """The admissions of 1973 as counts: a row a department and sex."""
    for number, ((yes_m, yes_f), (no_m, no_f)) in enumerate(known["input"]["strata"]):
        name = "ABCDEF"[number]
        yield "male", name, yes_m + no_m, yes_m
        yield "female", name, yes_f + no_f, yes_f


def test_the_admissions_to_berkeley(vector, told):
    known = vector("mantel_haenszel_ucb_admissions")
    rows = [("group", "department", "people", "chosen"), *admissions(known)]
    strata = [{"column": "department", "because": "each department decides by itself"}]
    found = told(rows, COUNTS, stratifiers=strata)

    crude = found["bias.selection", "group: female"]
    ratio = next(one for one in of_kind(crude, "ratio") if one["side"] == "on")
    expected = known["expected"]
    assert crude["verdict"] == "fail"
    assert ratio["value"] == pytest.approx(expected["crude_impact_ratio_female"], abs=1e-6)
    fair = found["bias.fair_comparison", "group within department"]
    assert fair["verdict"] == "watch"
    assert "female" in fair["headline"]
    both = rows_of(fair, "Overall, and like with like")
    assert both["common odds ratio (shown only)"] == [f"{1 / expected['common_odds_ratio']:.3f}"]
    assert float(both["luck"][0]) == pytest.approx(expected["mh_p_no_correction"], abs=5e-4)
    assert float(both["Breslow and Day (shown only)"][0]) == pytest.approx(
        expected["breslow_day_statsmodels"]["p"], abs=5e-6
    )


def test_mantel_and_haenszel_to_the_last_printed_digit(vector):
    known = vector("mantel_haenszel_ucb_admissions")
    strata = [
        Stratum(str(n), 1, yes_m, yes_m + no_m, yes_f, yes_f + no_f)
        for n, ((yes_m, yes_f), (no_m, no_f)) in enumerate(known["input"]["strata"])
    ]
    found, expected, near = mantel_haenszel(strata), known["expected"], known["tolerance"]

    assert found.odds == pytest.approx(expected["common_odds_ratio"], abs=near["or"])
    low, high = expected["common_or_ci95_R"]
    assert (found.low, found.high) == pytest.approx((low, high), abs=near["ci"])
    assert found.chi_square == pytest.approx(expected["mh_chi2_no_correction"], abs=near["chi2"])
    assert found.luck == pytest.approx(expected["mh_p_no_correction"], abs=near["p"])
    assert found.unlike == pytest.approx(expected["breslow_day_statsmodels"]["p"], abs=near["p"])


def test_cramers_v_of_the_published_table(vector, told):
    known = vector("cramers_v")
    table = np.array(known["input"]["table"])
    printed = known["expected"]["cramers_v_bias_corrected_bergsma"]
    rows = [("group", "field", "people", "chosen")]
    rows += [
        (f"g{column}", f"v{row}", table[row, column], table[row, column] // 2)
        for row in range(4)
        for column in range(2)
    ]
    rules = [{"column": "field", "not_among": ["v9"]}]
    found = told(rows, COUNTS, rules=rules)["bias.proxies", "field"]

    assert cramers_v(table) == pytest.approx(printed, abs=known["tolerance"]["abs"])
    assert rows_of(found, "What field tells")["group"][0] == f"{printed:.2f}"


@pytest.mark.parametrize(
    ("row", "outside"), [(0, "b"), (2, "a")], ids=["nothing shared", "the same"]
)
def test_jensen_and_shannons_distance(vector, told, row, outside):
    known = vector("jensen_shannon")
    printed = known["expected"][row]
    found = told(
        [("group",), *[("a",)] * 100],
        {"attributes": {"group": "group"}},
        beside={"outside.csv": [("attribute", "group", "people"), ("group", outside, 1_000)]},
        population={"file": "outside.csv", "source": "a count"},
    )["bias.representation", "group"]

    measured = rows_of(found, "How far apart the two make-ups lie")
    assert measured["Jensen–Shannon distance, base 2"] == [f"{printed:.3f}"]
    given = known["input"][0]
    assert distance(given["p"], given["q"]) == pytest.approx(known["expected"][0], abs=1e-12)


def test_benjamini_and_hochberg_in_1995(vector):
    known = vector("multiple_testing_bh_1995")
    found = false_discoveries(known["input"]["p"])

    expected, alpha = known["expected"], known["input"]["alpha"]
    assert found == pytest.approx(expected["bh_adjusted"], abs=known["tolerance"]["abs"])
    assert sum(one <= alpha for one in found) == expected["bh_rejected"]


@pytest.mark.parametrize("row", [0, 1], ids=["ten business days", "eleven"])
def test_business_days_from_a_refusal_to_its_effect(vector, told, row):
    known = vector("derived_business_days")
    given, printed = known["input"][row], known["expected"][row]
    found = told(
        [("id", "on"), *[(f"p{n}", "false" if n == 0 else "true") for n in range(40)]],
        {"key": "id", "targeted": "on"},
        beside={
            "stop.csv": [("id", "since", "effective"), ("p0", given["opt_out"], given["send"])]
        },
        suppression={"file": "stop.csv", "key": "id", "since": "since", "effective": "effective"},
        channels={"email": {"basis": "opt_out"}},
        regions=["US"],
    )["consent.opt_out_leak", "lag"]

    assert f"took {printed['business_days']} business days" in found["headline"]
    assert (found["verdict"] == "fail") is printed["late"]
