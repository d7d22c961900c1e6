"""Each attribute says whether its groups are large enough, and how many would be."""

from __future__ import annotations

from itertools import chain

import pytest

from checks.evidence import Rate, Table
from checks.finding import Reason, Verdict
from checks.integrity.enough_data import judge


@pytest.fixture
def enough(a_case):
    """Look at a list: ``enough(f=(400, 1000), m=(6, 12))``, by group (chosen, of so many)."""

    def run(people=None, **groups):
        gender = chain.from_iterable([name] * of for name, (_, of) in groups.items())
        on = chain.from_iterable([True] * n + [False] * (of - n) for n, of in groups.values())
        about = {"targeted": "on", "attributes": {"gender": "gender"}, **(people or {})}
        [found] = judge(a_case({"people": about}, gender=list(gender), on=list(on)))
        return found

    return run


def table(found):
    return next(one for one in found.evidence if isinstance(one, Table))


def test_large_groups_are_enough_and_the_smallest_is_named(enough):
    found = enough(f=(400, 900), m=(600, 1_000))

    assert found.verdict is Verdict.CLEAR
    assert found.subject == "gender"
    assert found.headline.endswith("the smallest are 900 women.")


def test_the_settling_number_stands_beside_each_group_but_the_reference(enough):
    rows = {row[0]: row for row in table(enough(f=(400, 900), m=(600, 1_000))).rows}

    assert rows["f"][-1] == 143
    assert rows["m"][-1] is None


def test_a_group_of_twelve_cannot_be_told(enough):
    found = enough(f=(6, 12), m=(600, 1_000))

    assert (found.verdict, found.reason) == (Verdict.CANNOT_TELL, Reason.TOO_FEW_PEOPLE)
    assert "12 women" in found.headline
    assert found.remedy.startswith("About 143 people in a group would settle it. Pool")
    assert [one.group for one in found.evidence if isinstance(one, Rate) and one.unsure] == ["f"]


@pytest.mark.parametrize(("people", "verdict"), [(29, Verdict.CANNOT_TELL), (30, Verdict.CLEAR)])
def test_thirty_people_are_enough(enough, people, verdict):
    assert enough(f=(people // 2, people), m=(500, 1_000)).verdict is verdict


def test_hardly_anyone_chosen_is_too_few_however_large_the_group(enough):
    found = enough(f=(10, 400), m=(150, 100_000))

    assert found.reason is Reason.TOO_FEW_PEOPLE


def test_a_benchmark_too_small_for_any_answer_says_so(enough):
    found = enough(f=(5, 15), m=(20, 60))

    assert "is too small for any answer" in found.remedy


def test_without_a_group_of_thirty_there_is_no_benchmark(enough):
    assert enough(f=(5, 12), m=(6, 12)).reason is Reason.NO_BENCHMARK


def test_a_list_without_its_base_cannot_be_told(enough):
    assert enough(f=(500, 500), m=(600, 600)).reason is Reason.NO_BASE
    assert enough(people={"complete": True}, f=(500, 500), m=(60, 60)).verdict is Verdict.CLEAR


def test_without_attributes_there_is_nothing_to_count(a_case):
    [found] = judge(a_case({"people": {"targeted": "on"}}, on=[True, False]))

    assert found.reason is Reason.COLUMN_MISSING


def test_a_group_of_four_is_named_without_its_numbers(enough):
    found = enough(x=(2, 4), f=(400, 900), m=(600, 1_000))

    assert "people in smaller groups of gender (x)" in found.headline
    assert "4 people" not in found.headline
    assert next(row for row in table(found).rows if row[0] == "smaller groups")[1] is None


def test_one_group_beside_unknown_people_is_not_enough(enough):
    found = enough(f=(20, 40), **{"": (30, 60)})

    assert found.reason is Reason.GROUP_UNKNOWN
    assert found.headline == "Only one group of gender is known; for 60 people it is not known."


def test_many_small_groups_are_not_one_large_one(enough):
    found = enough(**{f"g{n}": (3, 8) for n in range(8)})

    assert found.reason is Reason.TOO_FEW_PEOPLE


def test_nobody_on_a_complete_list(enough):
    found = enough(people={"complete": True}, f=(0, 50), m=(0, 50))

    assert found.reason is Reason.NO_BASE
    assert found.headline == "None of the 100 people is on the list."
