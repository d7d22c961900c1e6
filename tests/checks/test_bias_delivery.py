"""Who really got it, of those who were meant to."""

from __future__ import annotations

import pytest

from checks.bias.delivery import judge
from checks.evidence import Breakdown, Rate
from checks.finding import Reason, Verdict


@pytest.fixture
def delivery(a_case):
    """Judge delivery: ``delivery(f=(400, 500), m=(480, 500))``, reached of so many on the list."""

    def run(sections=None, *, unknown=0, **groups):
        gender = [name for name, (_, of) in groups.items() for _ in range(of)] + ["f"] * unknown
        got = [n < reached for reached, of in groups.values() for n in range(of)] + [None] * unknown
        people = {"targeted": "on", "attributes": {"gender": "gender"}}
        told = {"people": people, "outcomes": {"delivered": "got"}, **(sections or {})}
        off = 50
        case = a_case(
            told,
            gender=gender + ["f"] * off,
            got=got + [True] * off,
            on=[True] * len(gender) + [False] * off,
        )
        return {one.subject: one for one in judge(case)}

    return run


def test_a_group_reached_far_less_often_fails(delivery):
    found = delivery(f=(300, 500), m=(480, 500))["gender: f"]

    assert found.verdict is Verdict.FAIL
    assert found.headline == (
        "300 of 500 women were reached (60 of 100), 0.62 times as often as men (96 of 100)."
    )
    assert found.remedy.endswith(
        "Raise the bid for women, split the budget, or reach them another way."
    )


def test_people_off_the_list_and_of_unknown_delivery_do_not_count(delivery):
    found = delivery(unknown=100, f=(475, 500), m=(480, 500))["gender: f"]

    assert found.verdict is Verdict.CLEAR
    assert [(one.group, one.yes, one.of) for one in found.evidence if isinstance(one, Rate)] == [
        ("f", 475, 500),
        ("m", 480, 500),
    ]


def test_everybody_reached_is_clear(delivery):
    [found] = delivery(f=(500, 500), m=(500, 500)).values()

    assert found.verdict is Verdict.CLEAR


def test_nobody_reached_cannot_be_told(delivery):
    [found] = delivery(f=(0, 500), m=(0, 500)).values()

    assert found.reason is Reason.NO_BASE
    assert found.headline == "None of 1,000 people were reached."


def test_twelve_people_are_too_few(delivery):
    found = delivery(f=(6, 12), m=(480, 500))["gender: f"]

    assert found.verdict in (Verdict.CANNOT_TELL, Verdict.FAIL, Verdict.WATCH)
    assert delivery(f=(11, 12), m=(480, 500))["gender: f"].reason in (
        Reason.TOO_FEW_PEOPLE,
        Reason.ONE_PERSON_FLIPS,
    )


def test_another_channel_is_named(delivery):
    channels = {"email": {"basis": "consent"}, "post": {"basis": "legitimate_interest"}}
    found = delivery({"channels": channels}, f=(300, 500), m=(480, 500))["gender: f"]

    assert found.remedy.endswith("split the budget, or send by post.")


def test_before_launch_it_says_when_it_falls_due(a_case):
    [found] = judge(a_case({"people": {"attributes": {"gender": "g"}}}, g=["f"]))

    assert found.verdict is Verdict.NOT_APPLICABLE
    assert found.headline == (
        "Nobody has been delivered to yet. It falls due on 8 December 2026 and 31 December 2026."
    )


def test_outcomes_that_meet_nobody_cannot_be_told(a_case):
    told = {"outcomes": {"file": "o.csv", "delivered": "got"}}
    [found] = judge(a_case(told, tables={"outcomes": {"id": [1], "got": ["1"]}}, id=[1]))

    assert found.reason is Reason.NO_KEY


def test_a_file_at_the_stage_of_delivery_is_judged_as_such(a_case):
    people = {
        "stage": "delivered",
        "targeted": {"count": "reached"},
        "weight": "listed",
        "attributes": {"gender": "g"},
    }
    found = list(
        judge(a_case({"people": people}, g=["f", "m"], listed=[500, 500], reached=[300, 480]))
    )

    assert [one.subject for one in found] == ["gender: f"]
    assert found[0].verdict is Verdict.FAIL


def test_without_attributes(a_case):
    [found] = judge(a_case({"outcomes": {"delivered": "got"}}, got=["1", "0"]))

    assert found.reason is Reason.COLUMN_MISSING


def test_a_hostile_group_is_only_a_name(delivery):
    assert "gender: <script>" in delivery(m=(480, 500), **{"<script>": (300, 500)})


def test_segments_show_where_people_were_not_reached(a_case):
    people = {"targeted": "on", "segment": "part", "attributes": {"gender": "g"}}
    case = a_case(
        {"people": people, "outcomes": {"delivered": "got"}},
        g=["f"] * 200 + ["m"] * 200,
        part=["north"] * 50 + ["south"] * 150 + ["north"] * 100 + ["south"] * 100,
        on=[True] * 400,
        got=["no"] * 80 + ["yes"] * 120 + ["no"] * 10 + ["yes"] * 190,
    )
    [found] = judge(case)

    [parts] = [one for one in found.evidence if isinstance(one, Breakdown)]
    assert parts.title == "Women not reached, by segment"
    assert {part.name: part.people for part in parts.parts} == {"north": 50, "south": 30}
