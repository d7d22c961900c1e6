"""balance.dominated."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from checks.balance.dominated import judge
from checks.finding import Reason, Verdict

FIELD = {"used_in": "rule", "source_kind": "asked", "retention_months": 24, "sensitivity": 1}
ALL = (600, 3000)
LESS, MORE, EVEN = (500, 3000), (700, 3000), (595, 3000)
"""Of the arm without the field: it brings something, it costs something, nobody knows."""


def found(a_case, without, *, rules=None, **fields):
    """`without`: the arm without each field; `fields`: what is said of each."""
    arms = {"all": ALL, **{f"without {name}": counts for name, counts in without.items()}}
    rows = [(arm, n < yes) for arm, (yes, of) in arms.items() for n in range(of)]
    names = [*without, *(name for name in fields if name not in without)]
    names = list(dict.fromkeys(part.strip() for one in names for part in re.split("[,+]", one)))
    case = a_case(
        {
            "people": {"targeted": "on"},
            "fields": [{"name": name, **FIELD, **fields.get(name, {})} for name in names],
            "outcomes": {"arm": "arm", "converted": "bought"},
            "rules": rules,
        },
        arm=[arm for arm, _ in rows],
        bought=[yes for _, yes in rows],
        on=[True] * 12 + [False] * (len(rows) - 12),
        **{name: [9] * 12 + [1] * (len(rows) - 12) for name in names},
    )
    return {finding.subject: finding for finding in judge(case)}


@pytest.mark.parametrize(
    ("without", "sensitivity", "verdict"),
    [
        pytest.param(LESS, 4, Verdict.CLEAR, id="sensitive and worth it"),
        pytest.param(MORE, 3, Verdict.FAIL, id="sensitive and worth nothing"),
        pytest.param(MORE, 2, Verdict.WATCH, id="less sensitive and worth nothing"),
        pytest.param(EVEN, 4, Verdict.CANNOT_TELL, id="nobody knows"),
        pytest.param(MORE, None, Verdict.CANNOT_TELL, id="sensitivity not stated"),
    ],
)
def test_benefit_against_cost(a_case, without, sensitivity, verdict):
    finding = found(a_case, {"web": without}, web={"sensitivity": sensitivity})["web"]

    assert finding.verdict is verdict


def test_says_what_it_brings_at_most_and_what_removing_it_changes(a_case):
    rules = [{"column": "web", "at_least": 5}]
    finding = found(a_case, {"web": MORE}, web={"sensitivity": 3}, rules=rules)["web"]

    assert finding.headline == (
        "The field web brings at most nothing, at a sensitivity of 3 (0 to 4)."
    )
    assert finding.remedy == "Remove web; 5,988 people come back. It is held of 6,000 people."


def test_a_field_that_another_dominates_is_watched(a_case):
    findings = found(
        a_case,
        {"web": LESS, "shop": LESS},
        web={"sensitivity": 2},
        shop={"sensitivity": 1},
    )

    assert findings["shop"].verdict is Verdict.CLEAR
    assert findings["web"].verdict is Verdict.WATCH
    assert findings["web"].headline.endswith("; shop brings as much for less.")
    assert findings["web"].remedy == "Remove web, or use shop. It is held of 9,000 people."


def test_a_cheaper_field_that_brings_less_dominates_nothing(a_case):
    findings = found(
        a_case,
        {"web": (450, 3000), "shop": LESS},
        web={"sensitivity": 2},
        shop={"sensitivity": 1},
    )

    assert findings["web"].verdict is Verdict.CLEAR


def test_the_picture_marks_what_is_worth_nothing(a_case):
    findings = found(a_case, {"web": MORE, "shop": LESS}, web={"sensitivity": 3})
    by_sensitivity, table = findings["web"].evidence

    assert [(point.name, point.x, point.marked) for point in by_sensitivity.points] == [
        ("web", 3, True),
        ("shop", 1, False),
    ]
    assert "no better than another that costs less: web." in by_sensitivity.alt
    assert [point.y for point in by_sensitivity.points] == [-3.33, 3.33]
    assert [row[0] for row in table.rows] == ["web", "shop"]


def test_a_field_that_makes_people_unique_has_a_picture_of_it(a_case):
    rows = [("all", True, 1), ("all", False, 2), ("without web", False, 3)]
    case = a_case(
        {
            "people": {"quasi_identifiers": ["web"]},
            "fields": [{"name": "web", **FIELD}],
            "outcomes": {"arm": "arm", "converted": "bought"},
        },
        arm=[row[0] for row in rows],
        bought=[row[1] for row in rows],
        web=[row[2] for row in rows],
    )
    [finding] = judge(case)

    assert [one.x for one in finding.evidence[:2]] == ["Sensitivity, 0 to 4", "People made unique"]
    assert [point.x for point in finding.evidence[1].points] == [3]


def test_a_field_that_was_never_tried_is_named(a_case):
    findings = found(a_case, {"web": LESS}, **{"<script>": {}})

    assert findings["web"].verdict is Verdict.CLEAR
    assert (findings["fields"].verdict, findings["fields"].reason) == (
        Verdict.CANNOT_TELL,
        Reason.COLUMN_MISSING,
    )
    assert findings["fields"].headline == "What <script> brings was never tried."


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        pytest.param(None, Verdict.CANNOT_TELL, id="no fields"),
        pytest.param([{"name": "a", "used_in": "rule"}], Verdict.CANNOT_TELL, id="no outcomes"),
        pytest.param([{"name": "a", "used_in": "key"}], Verdict.NOT_APPLICABLE, id="none chooses"),
    ],
)
def test_without_its_input(a_case, fields, verdict):
    [finding] = judge(a_case({"fields": fields}, id=[1]))

    assert finding.verdict is verdict


def test_fields_left_out_together_are_weighed_as_one(a_case):
    findings = found(
        a_case,
        {"web": EVEN, "shop": EVEN, "web, shop": MORE},
        web={"sensitivity": 3},
        shop={"sensitivity": 3},
    )

    assert findings["web"].verdict is Verdict.CANNOT_TELL
    assert findings["shop"].verdict is Verdict.CANNOT_TELL
    assert findings["web and shop"].verdict is Verdict.FAIL
    assert findings["web and shop"].headline == (
        "The fields web and shop together bring at most nothing, at a sensitivity of 3 (0 to 4)."
    )


def test_what_each_does_not_show_both_together_may(a_case):
    findings = found(a_case, {"web": EVEN, "shop": EVEN, "shop + web": (400, 3000)})

    assert findings["web and shop"].verdict is Verdict.CLEAR


def test_a_set_that_brings_as_much_for_less_dominates_a_field(a_case):
    findings = found(
        a_case,
        {"web": LESS, "shop": EVEN, "age": EVEN, "shop, age": LESS},
        web={"sensitivity": 3},
    )

    assert findings["web"].verdict is Verdict.WATCH
    assert findings["web"].headline.endswith("; shop and age together bring as much for less.")
    assert findings["web"].remedy.startswith("Remove web, or use shop and age")


def test_a_set_is_not_named_where_one_of_its_fields_is_enough(a_case):
    findings = found(
        a_case,
        {"web": LESS, "shop": LESS, "age": EVEN, "shop, age": (450, 3000)},
        web={"sensitivity": 3},
    )

    assert findings["web"].headline.endswith("; shop brings as much for less.")


def test_a_set_never_dominates_a_field_of_its_own(a_case):
    findings = found(
        a_case, {"web": LESS, "shop": LESS, "web, shop": (400, 3000)}, shop={"sensitivity": 3}
    )

    assert "web and shop" not in findings["shop"].headline


@pytest.mark.parametrize(
    "arm",
    [
        pytest.param("web, shop, age, area", id="more than three"),
        pytest.param("web, web", id="one field twice"),
    ],
)
def test_what_is_no_set_of_two_or_three_fields_is_not_weighed(a_case, arm):
    names = dict.fromkeys(("web", "shop", "age", "area"), LESS)

    assert set(found(a_case, {**names, arm: MORE})) == set(names)


def test_every_set_of_up_to_three_is_found_against_counting_them_all(a_case):
    names = ("a", "b", "c", "d")
    every = [combo for size in (2, 3) for combo in combinations(names, size)]
    arms = dict.fromkeys(names, EVEN) | {", ".join(combo): EVEN for combo in every}
    findings = found(a_case, arms)

    assert {one for one in findings if " and " in one} == {" and ".join(c) for c in every}


def test_where_a_cost_of_one_is_not_known_a_set_dominates_nothing(a_case):
    findings = found(
        a_case,
        {"web": LESS, "shop": EVEN, "age": EVEN, "shop, age": LESS},
        web={"sensitivity": 3},
        age={"retention_months": None},
    )

    assert findings["web"].verdict is Verdict.CLEAR
