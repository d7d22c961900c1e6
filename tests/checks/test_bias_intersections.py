"""Crossings speak where neither group alone does, as one family, and small ones are named."""

from __future__ import annotations

import pytest

from checks.bias.intersections import judge
from checks.evidence import Matrix, Ratio
from checks.finding import Reason, Verdict


@pytest.fixture
def crossing(a_case):
    """Judge a crossing: ``crossing({("f", "old"): (100, 500), …})``, chosen of so many."""

    def run(cells, sections=None, people=None, rule=None):
        rows = [
            (gender, stage, place < on)
            for (gender, stage), (on, of) in cells.items()
            for place in range(of)
        ]
        about = {"targeted": "on", "attributes": {"gender": "gender", "phase": "phase"}}
        extra = {"meets": ["1" if on else "0" for *_, on in rows]} if rule else {}
        return {
            found.subject: found
            for found in judge(
                a_case(
                    {"people": {**about, **(people or {})}, **(sections or {})},
                    gender=[row[0] for row in rows],
                    phase=[row[1] for row in rows],
                    on=[row[2] for row in rows],
                    **extra,
                )
            )
        }

    return run


FAIR = {
    ("f", "young"): (600, 1_000),
    ("f", "old"): (600, 1_000),
    ("m", "young"): (600, 1_000),
    ("m", "old"): (600, 1_000),
}
ONLY_OLDER_WOMEN = {**FAIR, ("f", "old"): (300, 1_000), ("f", "young"): (800, 1_000)}


def matrix(found):
    return next(one for one in found.evidence if isinstance(one, Matrix))


def test_older_women_are_found_where_women_are_not_worse_off_by_themselves(crossing):
    found = crossing(ONLY_OLDER_WOMEN)["gender × phase"]

    assert found.verdict is Verdict.FAIL
    assert found.headline.startswith(
        "300 of 1,000 women with phase old were chosen (30 of 100), 0.38 times as often as "
        "women with phase young (80 of 100)."
    )
    assert "50 points behind" in found.headline


def test_the_remedy_says_how_many_would_be_on_the_list(crossing):
    found = crossing(ONLY_OLDER_WOMEN)["gender × phase"]

    assert found.remedy == (
        "Find out what keeps them off. At the rate of women with phase young, 800 women with phase "
        "old would be on the list; 300 are."
    )


def test_a_rule_that_keeps_them_off_by_itself_is_named(crossing):
    rules = {"rules": [{"column": "meets", "among": ["1"]}]}
    found = crossing(ONLY_OLDER_WOMEN, rules, rule=True)["gender × phase"]

    assert "The rule on meets, among 1 alone keeps 700 of them off." in found.remedy


def test_even_crossings_are_clear_and_all_shown(crossing):
    found = crossing(FAIR)["gender × phase"]

    assert found.verdict is Verdict.CLEAR
    assert len(matrix(found).cells) == 4
    assert {cell.verdict for cell in matrix(found).cells} == {"clear"}


def test_a_crossing_no_worse_off_than_its_group_leaves_the_word_to_the_group(crossing):
    women_worse = {
        ("f", "young"): (300, 1_000),
        ("f", "old"): (300, 1_000),
        ("m", "young"): (600, 1_000),
        ("m", "old"): (600, 1_000),
    }
    found = crossing(women_worse)["gender × phase"]

    assert found.verdict is Verdict.CLEAR
    assert "2 are worse off only as far as their groups" in matrix(found).says
    said = {(cell.row, cell.column): cell.verdict for cell in matrix(found).cells}
    assert said["f", "old"] == "not_applicable"  # the finding on women says it


def test_small_crossings_are_put_together_and_cannot_be_told(crossing):
    found = crossing({**FAIR, ("x", "young"): (4, 9), ("x", "old"): (3, 8)})["gender × phase"]

    assert (found.verdict, found.reason) == (Verdict.CANNOT_TELL, Reason.TOO_FEW_PEOPLE)
    assert "people in 2 smaller crossings" in found.headline
    small = [cell for cell in matrix(found).cells if cell.row == "x"]
    assert [(cell.yes, cell.of) for cell in small] == [(None, 8), (None, 9)]
    assert {cell.verdict for cell in small} == {"cannot_tell"}


def test_a_fail_is_not_hidden_by_crossings_too_small(crossing):
    found = crossing({**ONLY_OLDER_WOMEN, ("x", "old"): (8, 15)})["gender × phase"]

    assert found.verdict is Verdict.FAIL
    assert "Too few to compare" in found.headline


def test_all_tables_together_are_one_family(a_case):
    people = {"targeted": "on", "attributes": {"a": "a", "b": "b", "c": "c"}}
    columns = {
        name: [str(i // step % 2) for i in range(800)]
        for name, step in (("a", 1), ("b", 2), ("c", 4))
    }
    on = [i % 2 == 0 or i % 4 == 3 or (i // 4) % 2 == 0 for i in range(800)]
    findings = tuple(judge(a_case({"people": people}, on=on, **columns)))

    assert [one.subject for one in findings] == ["a × b", "a × c", "b × c"]
    assert all("18 pairs over all tables" in matrix(one).says for one in findings)
    pairs = {one.pairs for found in findings for one in found.evidence if isinstance(one, Ratio)}
    assert pairs == {18}  # three tables of four crossings, six pairs each


def test_one_attribute_is_not_crossed_and_none_cannot_be_told(a_case):
    one = {"targeted": "on", "attributes": {"gender": "gender"}}
    [single] = judge(a_case({"people": one}, gender=["f", "m"], on=[True, False]))
    [none] = judge(a_case({"people": {"targeted": "on"}}, on=[True, False]))

    assert single.verdict is Verdict.NOT_APPLICABLE
    assert none.reason is Reason.COLUMN_MISSING


def test_a_list_without_its_base_cannot_be_told(crossing):
    [found] = crossing(dict.fromkeys(FAIR, (500, 500))).values()

    assert found.reason is Reason.NO_BASE


def test_a_difference_in_response_is_at_most_to_watch(crossing):
    found = crossing(ONLY_OLDER_WOMEN, people={"stage": "responded"})["gender × phase"]

    assert found.verdict is Verdict.WATCH
    assert "responded" in found.headline


def test_small_numbers_of_crossings_are_not_shown(crossing):
    found = crossing({**FAIR, ("f", "old"): (3, 1_000)})["gender × phase"]

    hidden = [cell for cell in matrix(found).cells if cell.yes is None]
    assert len(hidden) == 4  # in rows and columns, else a total would give the three away
    assert "Fewer than 5 of 1,000 women with phase old were chosen" in found.headline
    assert "3 of" not in found.headline


def test_where_others_must_be_withheld_the_smallest_groups_are(crossing):
    cells = {
        **ONLY_OLDER_WOMEN,
        ("m", "old"): (450, 900),
        ("f", "young"): (880, 1_100),
        ("x", "young"): (1, 2),
        ("x", "old"): (2, 4),
        ("x", "mid"): (3, 9),
    }
    cells |= {("f", "mid"): (600, 1_000), ("m", "mid"): (540, 900)}
    found = crossing(cells)["gender × phase"]

    assert found.headline.startswith("300 of 1,000 women with phase old were chosen (30 of 100)")
    counts = {(cell.row, cell.column): cell.of for cell in matrix(found).cells}
    assert counts["m", "old"] is None  # else the four would be known from the total
    assert counts["f", "old"] == 1_000


def test_crossings_all_too_small_are_not_one_crossing(crossing):
    cells = {(f"g{n}", f"p{m}"): (4, 9) for n in range(4) for m in range(4)}
    [found] = crossing(cells).values()

    assert found.verdict is Verdict.CANNOT_TELL
    assert found.reason is Reason.TOO_FEW_PEOPLE
    assert found.headline == "Every crossing of gender and phase has fewer than 10 people."


def test_a_few_left_out_of_a_crossing_are_not_counted_out(crossing):
    [found] = crossing({**FAIR, ("f", "old"): (998, 1_000)}).values()

    cells = {(one.row, one.column): one.yes for one in matrix(found).cells}
    assert cells["f", "old"] is None
    assert all(
        list(line).count(None) != 1
        for line in (
            [cells["f", "old"], cells["f", "young"]],
            [cells["m", "old"], cells["m", "young"]],
            [cells["f", "old"], cells["m", "old"]],
        )
    )
