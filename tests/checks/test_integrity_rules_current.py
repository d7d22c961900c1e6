"""integrity.rules_current."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from checks.finding import Reason, Verdict
from checks.integrity import rules_current
from checks.integrity.rules_current import judge


def found(case, subject):
    [finding] = [one for one in judge(case) if one.subject == subject]
    return finding


def at(a_case, as_of):
    case = a_case(id=[1])
    return replace(case, policy=case.policy.model_copy(update={"as_of": date.fromisoformat(as_of)}))


@pytest.mark.parametrize(
    ("as_of", "verdict"),
    [
        pytest.param("2026-11-01", Verdict.CLEAR, id="a month old"),
        pytest.param("2026-06-04", Verdict.CLEAR, id="180 days old"),
        pytest.param("2026-06-03", Verdict.CANNOT_TELL, id="181 days old"),
        pytest.param("2027-01-01", Verdict.CLEAR, id="newer than the launch"),
    ],
)
def test_the_age_of_the_policy(a_case, as_of, verdict):
    assert found(at(a_case, as_of), "age").verdict is verdict


def test_an_old_policy_is_stale(a_case):
    finding = found(at(a_case, "2025-12-01"), "age")

    assert finding.reason is Reason.STALE
    assert finding.headline == (
        "The policy was last reviewed 365 days before launch; 180 days count as current."
    )


def test_nothing_rests_on_what_is_gone_and_a_proposal_is_only_shown(a_case):
    finding = found(a_case(id=[1]), "sources")

    assert finding.verdict is Verdict.CLEAR
    assert finding.headline.endswith("For 29 CFR 1607.4(D) a repeal is proposed.")
    assert finding.evidence[0].rows[0][:2] == ("29 CFR 1607.4(D)", "proposed")


@pytest.mark.parametrize("status", ["repealed", "withdrawn"])
def test_a_limit_that_rests_on_a_text_that_is_gone_is_watched(a_case, monkeypatch, status):
    gone = replace(rules_current.SOURCES["29 CFR 1607.4(D)"], status=status)
    monkeypatch.setitem(rules_current.SOURCES, gone.name, gone)

    finding = found(a_case(id=[1]), "sources")

    assert finding.verdict is Verdict.WATCH
    assert finding.headline == f"1 limit rests on 29 CFR 1607.4(D) ({status})."
    assert "judging.floor" in finding.remedy


def test_a_text_is_taken_as_closely_as_it_is_named(a_case):
    rows = {row[0]: row[3] for row in found(a_case(id=[1]), "sources").evidence[0].rows}

    assert "protection.minimisation.surplus_identifiers" in rows["GDPR 5(1)(c)"]
    assert "GDPR 5" not in rows


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("Cal. Civ. Code 1798.120", "ages.sale_by_region", id="a shared block"),
        pytest.param("CASL 11(3)", "consent.opt_out_leak.lag_canada", id="a check's own limit"),
        pytest.param("ePrivacy Directive 13", "lawful_basis.EU", id="the table of bases"),
    ],
)
def test_limits_are_found_wherever_they_stand(a_case, monkeypatch, text, place):
    gone = replace(rules_current.SOURCES[text], status="repealed")
    monkeypatch.setitem(rules_current.SOURCES, text, gone)

    assert place in found(a_case(id=[1]), "sources").remedy
