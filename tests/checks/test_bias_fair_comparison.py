"""The gap within strata: gone, come, turned round, or the same."""

from __future__ import annotations

import pytest

from checks.bias.fair_comparison import judge
from checks.evidence import Table
from checks.finding import Reason, Verdict


@pytest.fixture
def fair(a_case):
    """Judge strata: ``fair(easy={"f": (90, 100), "m": (360, 400)})``, chosen of so many."""

    def run(sections=None, **strata):
        rows = [
            (name, group, n < on)
            for name, groups in strata.items()
            for group, (on, of) in groups.items()
            for n in range(of)
        ]
        case = a_case(
            {
                "people": {"targeted": "on", "attributes": {"gender": "gender"}},
                "stratifiers": [{"column": "product", "because": "eligibility differs"}],
                **(sections or {}),
            },
            product=[product for product, _, _ in rows],
            gender=[gender for _, gender, _ in rows],
            on=[on for _, _, on in rows],
        )
        [found] = judge(case)
        return found

    return run


def tables(finding):
    return {one.title: one for one in finding.evidence if isinstance(one, Table)}


def test_a_gap_that_is_only_where_people_are_is_watched_as_gone(fair):
    found = fair(easy={"f": (90, 100), "m": (360, 400)}, hard={"f": (120, 400), "m": (30, 100)})

    assert found.verdict is Verdict.WATCH
    assert found.subject == "gender within product"
    assert found.headline == (
        "Women were chosen 0.54 times as often as men overall (fails), "
        "1.00 within each product (clear)."
    )
    assert (
        "90 people of these are off the list because of where they are. Widen hard." in found.remedy
    )


def test_a_gap_that_only_shows_within_strata_is_watched(fair):
    found = fair(easy={"f": (300, 400), "m": (95, 100)}, hard={"f": (15, 100), "m": (160, 400)})

    assert found.verdict is Verdict.WATCH


def test_the_same_gap_everywhere_is_clear_and_excuses_nothing(fair):
    found = fair(a={"f": (100, 400), "m": (200, 400)}, b={"f": (100, 400), "m": (200, 400)})

    assert found.verdict is Verdict.CLEAR
    assert found.headline == (
        "Comparing like with like within product changes no answer: women 0.50 times as often as "
        "men, 0.50 overall."
    )


def test_strata_that_disagree_beyond_luck_get_no_pooled_number(fair):
    found = fair(a={"f": (300, 400), "m": (100, 400)}, b={"f": (100, 400), "m": (300, 400)})

    assert found.verdict is Verdict.WATCH
    assert found.headline == (
        "Strata disagree about men: ahead in b, behind in a, beyond luck. "
        "One number for all would hide both."
    )


def test_the_evidence_shows_every_stratum_and_both_ratios(fair):
    found = fair(easy={"f": (90, 100), "m": (360, 400)}, hard={"f": (120, 400), "m": (30, 100)})

    within = tables(found)["Within each product"]
    assert within.rows == (("easy", 90, 100, 360, 400), ("hard", 120, 400, 30, 100))
    both = dict(tables(found)["Overall, and like with like"].rows)
    assert (both["ratio overall"], both["ratio within each product"]) == ("0.54", "1.00")


def test_small_numbers_of_a_stratum_are_withheld(fair):
    found = fair(a={"f": (48, 50), "m": (300, 400)}, b={"f": (200, 400), "m": (300, 400)})

    [row] = [row for row in tables(found)["Within each product"].rows if row[0] == "a"]
    assert row[1:3] == (None, None)


def test_few_people_are_never_clear(fair):
    found = fair(a={"f": (6, 12), "m": (200, 400)})

    assert found.verdict is Verdict.CANNOT_TELL
    assert found.reason is Reason.TOO_FEW_PEOPLE


def test_strata_that_share_nobody_cannot_be_compared(fair):
    found = fair(a={"f": (100, 400)}, b={"m": (200, 400)})

    assert found.reason is Reason.TOO_FEW_PEOPLE


def test_a_column_that_makes_no_strata(a_case):
    told = {
        "people": {"targeted": "on", "attributes": {"gender": "g"}},
        "stratifiers": [{"column": "income", "because": "x"}],
    }
    [found] = judge(
        a_case(told, g=["f", "m"] * 101, on=[True, False] * 101, income=list(range(202)))
    )

    assert found.reason is Reason.COLUMN_MISSING


def test_without_strata_it_does_not_apply(a_case):
    [found] = judge(a_case({"people": {"attributes": {"g": "g"}}}, g=["f"]))

    assert found.verdict is Verdict.NOT_APPLICABLE


def test_without_attributes(a_case):
    told = {"stratifiers": [{"column": "p", "because": "x"}]}
    [found] = judge(a_case(told, p=["a"]))

    assert found.reason is Reason.COLUMN_MISSING


def test_without_a_base(fair):
    assert fair(a={"f": (100, 100), "m": (100, 100)}).reason is Reason.NO_BASE


def test_a_hostile_stratum_is_only_a_name(fair):
    found = fair(**{"<script>": {"f": (200, 400), "m": (200, 400)}})

    assert tables(found)["Within each product"].rows[0][0] == "<script>"
