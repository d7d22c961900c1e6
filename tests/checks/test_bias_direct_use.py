"""Rules that name a protected trait: forbidden in regulated sectors, asked about in others."""

from __future__ import annotations

import pytest

from checks.bias.direct_use import judge
from checks.evidence import Breakdown, Rate
from checks.finding import Reason, Verdict

AGE = {"column": "born", "at_most": 2008, "because": "minimum age"}
PEOPLE = {
    "targeted": "on",
    "attributes": {"age": {"column": "born", "as": "birth_year", "bands": [18, 65]}},
}


@pytest.fixture
def rules(a_case):
    """Judge rules over twenty people born 2010 and eighty born 1980; only these are on the list."""

    def run(told, **sections):
        case = a_case(
            {"people": PEOPLE, "rules": told, **sections},
            born=[2010] * 20 + [1980] * 80,
            area=["west"] * 100,
            on=[False] * 20 + [True] * 80,
        )
        return list(judge(case))

    return run


def test_in_credit_a_rule_on_age_fails(rules):
    [found] = rules([AGE], sector="credit")

    assert found.verdict is Verdict.FAIL
    assert found.headline == (
        "The rule on born, at most 2008 uses a protected trait: its column is the attribute age. "
        "It leaves out 20 people."
    )
    assert found.remedy == (
        "Delete the rule (20 people come back), or name the law that requires it (required_by)."
    )


def test_a_rule_that_a_law_requires_is_asked_about(rules):
    [found] = rules([{**AGE, "required_by": "the Youth Act"}], sector="credit")

    assert found.verdict is Verdict.ASK
    assert found.headline.endswith("The owner says it is required by the Youth Act.")


def test_in_other_sectors_it_is_asked_about(rules):
    [found] = rules([AGE])

    assert found.verdict is Verdict.ASK
    assert found.remedy.startswith("Say why this campaign needs the trait itself")


@pytest.mark.parametrize(
    ("column", "why"),
    [
        pytest.param("gender", "on the list of protected traits (“gender”)", id="a word"),
        pytest.param("BirthYear", "on the list of protected traits (“birth*”)", id="a beginning"),
        pytest.param("faith", "declared as special", id="a field said to be special"),
    ],
)
def test_what_makes_a_trait_protected(a_case, column, why):
    told = [{"column": column, "among": ["x"], "because": "so"}]
    fields = [{"name": "faith", "role": "special"}]
    [found] = judge(a_case({"rules": told, "fields": fields}, **{column: ["x", "y"]}))

    assert f"its column is {why}." in found.headline


def test_rules_that_name_no_trait_are_clear(rules):
    [found] = rules([{"column": "area", "among": ["west"], "because": "branch"}], sector="credit")

    assert found.verdict is Verdict.CLEAR
    assert found.headline == "The one rule names no protected trait."
    assert found.evidence[0].rows == (("area, among west", "branch"),)


def test_an_empty_list_of_rules_is_the_owners_statement(rules):
    [found] = rules([])

    assert found.verdict is Verdict.CLEAR
    assert found.headline == "The owner states that no rule chose people."


def test_without_rules_it_cannot_be_told_in_any_sector(rules):
    for sector in ("general", "credit"):
        [found] = rules(None, sector=sector)
        assert (found.verdict, found.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


def test_the_evidence_says_whom_it_leaves_out(rules):
    [found] = rules([AGE])

    assert [(one.yes, one.of) for one in found.evidence if isinstance(one, Rate)] == [(20, 100)]
    [groups] = [one for one in found.evidence if isinstance(one, Breakdown)]
    assert [(part.name, part.people) for part in groups.parts] == [("under 18", 20)]


def test_a_few_left_out_are_not_counted(a_case):
    case = a_case(
        {"people": PEOPLE, "rules": [AGE]},
        born=[2010] * 3 + [1980] * 80,
        on=[False] * 3 + [True] * 80,
    )
    [found] = judge(case)

    assert "leaves out" not in found.headline
    assert found.evidence[0].yes is None


def test_each_rule_that_names_a_trait_is_a_finding(rules):
    found = rules([AGE, {**AGE, "at_most": 2000}], sector="housing")

    assert [one.subject for one in found] == ["born, at most 2008", "born, at most 2000"]


def test_a_hostile_name_is_only_a_name(a_case):
    told = [{"column": "age<script>", "among": ["x"], "because": "so"}]
    [found] = judge(a_case({"rules": told}, **{"age<script>": ["x"]}))

    assert found.subject == "age<script>, among x"
