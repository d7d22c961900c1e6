"""protection.homogeneity, and the measures of classes behind it."""

from __future__ import annotations

from collections import Counter

import pytest

from checks.finding import Reason, Verdict
from checks.people.classes import distance, distinct, entropy
from checks.protection.homogeneity import judge

PEOPLE = {"targeted": "on", "quasi_identifiers": ["area", "plan"]}
ILL = {"name": "illness", "role": "special"}

# Machanavajjhala and others, l-diversity (2007), figure 2: inpatients in classes of four.
INPATIENTS = {
    "1": Counter({"heart": 2, "virus": 2}),
    "2": Counter({"cancer": 1, "heart": 1, "virus": 2}),
    "3": Counter({"cancer": 4}),
}


def found(a_case, classes, *, fields=(ILL,), people=PEOPLE, on=True):
    """Each class: (area, plan, values of its people)."""
    rows = [(area, plan, value) for area, plan, values in classes for value in values]
    case = a_case(
        {"people": people, "fields": list(fields)},
        area=[row[0] for row in rows],
        plan=[row[1] for row in rows],
        illness=[row[2] for row in rows],
        on=[on] * len(rows),
    )
    [finding] = judge(case)
    return finding


MIXED = ("south", "gold", ["yes"] * 5 + ["no"] * 5)


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        pytest.param(["yes"] * 5, Verdict.WATCH, id="everybody has it"),
        pytest.param(["no"] * 5, Verdict.CLEAR, id="everybody lacks it"),
        pytest.param(["yes"] * 4 + ["no"], Verdict.CLEAR, id="all but one"),
        pytest.param(["yes"] * 4 + [None], Verdict.CLEAR, id="of one it is not known"),
        pytest.param(["yes"] * 4, Verdict.CLEAR, id="a class too small to be judged here"),
    ],
)
def test_a_class_that_tells_of_everybody(a_case, values, verdict):
    assert found(a_case, [MIXED, ("north", "gold", values)]).verdict is verdict


def test_says_how_many_and_which_column_to_leave_out(a_case):
    finding = found(
        a_case,
        [
            MIXED,
            ("north", "gold", ["yes"] * 6),
            ("north", "basic", ["no"] * 6),
            ("south", "basic", ["yes"] * 7),
        ],
    )

    assert finding.headline == (
        "In 2 of 4 classes everybody has the same value in illness: 13 people."
    )
    assert finding.remedy == (
        "Leave area out, or coarsen it: without it 0 classes remain. Or leave illness out."
    )


def test_where_a_value_stands_for_lacking_it_different_traits_are_one_secret(a_case):
    values = ["flu", "gout", "flu", "gout", "flu"]
    classes = [("north", "gold", values), ("south", "gold", ["none"] * 5)]

    named = found(a_case, classes, fields=[{**ILL, "absent": ["none"]}])
    unnamed = found(a_case, classes)

    assert named.verdict is Verdict.WATCH
    assert named.headline.startswith("In 1 of 2 classes everybody has the trait in illness")
    assert unnamed.headline.startswith("In 1 of 2 classes everybody has the same value")


def test_k_l_and_t_are_shown_and_decide_nothing(a_case):
    finding = found(a_case, [MIXED, ("north", "gold", ["no"] * 8)])
    numbers = dict(finding.evidence[0].rows)

    assert finding.verdict is Verdict.CLEAR
    assert numbers["k: the smallest class"] == 8
    assert numbers["l: fewest different values in a class"] == 1
    assert numbers["t: furthest from everybody"] == "0.28"


def test_the_published_classes_come_back():
    overall = sum(INPATIENTS.values(), Counter())

    assert [distinct(one) for one in INPATIENTS.values()] == [2, 3, 1]
    assert [round(entropy(one), 2) for one in INPATIENTS.values()] == [2.0, 2.83, 1.0]
    assert round(distance(INPATIENTS["3"], overall), 4) == round(7 / 12, 4)


def test_the_published_attack_is_seen(a_case):
    classes = [(name, "gold", [*values.elements()] * 2) for name, values in INPATIENTS.items()]
    finding = found(a_case, classes)

    assert finding.verdict is Verdict.WATCH
    assert finding.headline == (
        "In 1 of 3 classes everybody has the same value in illness: 8 people."
    )


@pytest.mark.parametrize(
    ("fields", "verdict", "reason"),
    [
        pytest.param([], Verdict.CANNOT_TELL, Reason.COLUMN_MISSING, id="no fields"),
        pytest.param(
            [{"name": "area", "sensitivity": 1}], Verdict.NOT_APPLICABLE, None, id="none sensitive"
        ),
        pytest.param(
            [{"name": "<script>", "sensitivity": 3}],
            Verdict.CANNOT_TELL,
            Reason.COLUMN_MISSING,
            id="not in the file",
        ),
    ],
)
def test_without_a_sensitive_column(a_case, fields, verdict, reason):
    finding = found(a_case, [MIXED], fields=fields)

    assert (finding.verdict, finding.reason) == (verdict, reason)


def test_without_columns_that_point_at_a_person_nobody_can_tell(a_case):
    finding = found(a_case, [MIXED], people={"targeted": "on"})

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


def test_nobody_on_the_list(a_case):
    finding = found(a_case, [MIXED], on=False)

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.TOO_FEW_PEOPLE)


def test_no_class_is_large_enough(a_case):
    finding = found(a_case, [("north", "gold", ["yes"] * 4)])

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.TOO_FEW_PEOPLE)


def test_amounts_name_no_trait(a_case):
    rows = list(range(2000))
    case = a_case(
        {"people": PEOPLE, "fields": [{"name": "balance", "sensitivity": 3}]},
        area=["n"] * 2000,
        plan=["g"] * 2000,
        on=[True] * 2000,
        balance=rows,
    )
    [finding] = judge(case)

    assert finding.verdict is Verdict.NOT_APPLICABLE
