"""People whose group is not known: counted, and asked what they could turn round."""

from __future__ import annotations

from itertools import chain

import pytest

from checks.bias.unknown_groups import judge
from checks.evidence import Rate, Table
from checks.finding import Reason, Verdict


@pytest.fixture
def unknown(a_case):
    """Judge a list: ``unknown((20, 40), f=(400, 1000), m=(600, 1000))``; first the unknown."""

    def run(nobody, sections=None, *, people=None, **groups):
        counts = {**groups, "": nobody}
        gender = chain.from_iterable([name] * of for name, (_, of) in counts.items())
        on = chain.from_iterable([True] * n + [False] * (of - n) for n, of in counts.values())
        about = {"targeted": "on", "attributes": {"gender": "gender"}, **(people or {})}
        case = a_case({"people": about, **(sections or {})}, gender=list(gender), on=list(on))
        [found] = judge(case)
        return found

    return run


def of_kind(finding, kind):
    return [one for one in finding.evidence if isinstance(one, kind)]


def test_nobody_unknown_is_clear_and_shows_that_it_was_looked(unknown):
    found = unknown((0, 0), f=(500, 1_000), m=(500, 1_000))

    assert found.verdict is Verdict.CLEAR
    assert found.headline == "The gender of all 2,000 people is known."
    assert [(one.yes, one.of) for one in of_kind(found, Rate)] == [(0, 1_000), (0, 1_000)]


def test_a_few_unknown_change_nothing(unknown):
    found = unknown((10, 20), f=(500, 1_000), m=(500, 1_000))

    assert found.verdict is Verdict.CLEAR
    assert found.headline == (
        "20 people (1 in 100) have no gender. No verdict changes if they lean by twice."
    )


def test_many_unknown_who_change_nothing_are_watched(unknown):
    found = unknown((5, 1_100), f=(1_500, 2_000), m=(1_500, 2_000))

    assert found.verdict is Verdict.WATCH
    assert found.headline.startswith("1,100 people (22 in 100) have no gender.")


def test_exactly_at_the_limit_is_not_above_it(unknown):
    found = unknown((4, 1_000), f=(1_500, 2_000), m=(1_500, 2_000))

    assert found.verdict is Verdict.CLEAR


def test_unknown_who_could_turn_a_verdict_take_it_away(unknown):
    found = unknown((900, 2_000), f=(1_500, 3_000), m=(1_500, 3_000))

    assert (found.verdict, found.reason) == (Verdict.CANNOT_TELL, Reason.GROUP_UNKNOWN)
    assert found.headline == (
        "2,000 people (25 in 100) have no gender. If they leaned by twice, men would need watching."
    )
    [table] = of_kind(found, Table)
    assert table.rows[0][:3] == ("m", "clear", "watch")


def test_the_remedy_says_how_many_answers_are_enough(unknown):
    found = unknown((900, 2_000), f=(1_500, 3_000), m=(1_500, 3_000))

    asked = int(found.remedy.split()[1].replace(",", ""))
    assert 0 < asked < 2_000
    rest, told = 2_000 - asked, asked // 2
    on = round(900 * rest / 2_000)
    women = (1_500 + (900 - on) // 2, 3_000 + told)
    assert unknown((on, rest), f=women, m=women).verdict is not Verdict.CANNOT_TELL


def test_without_a_base_there_is_no_verdict_to_turn(unknown):
    found = unknown((10, 10), f=(500, 500), m=(500, 500))

    assert found.reason is Reason.NO_BASE


def test_all_unknown(unknown):
    assert unknown((50, 100)).reason is Reason.GROUP_UNKNOWN


def test_few_unknown_are_not_counted_out(unknown):
    found = unknown((2, 3), f=(500, 1_000), m=(500, 1_000))

    assert found.headline.startswith("Few of 2,003 people have no gender.")
    assert of_kind(found, Rate)[0].yes is None


def test_prefer_not_to_say_is_an_answer(unknown):
    found = unknown((0, 0), f=(500, 1_000), m=(500, 1_000), **{"prefer not to say": (250, 500)})

    assert found.verdict is Verdict.CLEAR


def test_without_attributes(a_case):
    [found] = judge(a_case({"people": {"targeted": "on"}}, on=[True, False]))

    assert found.reason is Reason.COLUMN_MISSING


def test_a_hostile_name_is_only_a_name(a_case):
    people = {"targeted": "on", "attributes": {"<script>": "g"}}
    [found] = judge(
        a_case({"people": people}, g=["a", "b"] * 50, on=[True, True, False, False] * 25)
    )

    assert found.headline == "The <script> of all 100 people is known."
