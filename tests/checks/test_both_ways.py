"""Who is not sure whether people want to be on the list has every group judged both ways."""

from __future__ import annotations

from itertools import chain

import pytest

from checks.bias.selection import judge
from checks.evidence import Ratio
from checks.fairness.judging import Group
from checks.fairness.judging import judge as judge_groups
from checks.finding import Verdict
from checks.registry import run


@pytest.fixture
def found(a_case):
    """Judge a list: ``found("burden", f=(400, 1000), m=(600, 1000))``; findings by subject."""

    def look(effect, **groups):
        gender = chain.from_iterable([name] * of for name, (_, of) in groups.items())
        on = chain.from_iterable([True] * n + [False] * (of - n) for n, of in groups.values())
        people = {"targeted": "on", "attributes": {"gender": "gender"}}
        case = a_case({"people": people, "effect": effect}, gender=list(gender), on=list(on))
        return {one.subject: one for one in judge(case)}

    return look


def test_each_group_is_judged_against_the_best_placed_of_its_way(found):
    both = found("not_sure", f=(400, 1_000), m=(600, 1_000))

    assert {subject: one.verdict for subject, one in both.items()} == {
        "gender: f": Verdict.FAIL,
        "gender: m": Verdict.FAIL,
    }
    assert both["gender: f"].headline.startswith("As something people want: 400 of 1,000 women")
    assert both["gender: m"].headline.startswith(
        "As something people do not want: 600 of 1,000 men"
    )


def test_the_more_pressing_way_is_shown_whole_with_its_evidence(found):
    groups = {"a": (300, 1_000), "b": (600, 1_000), "c": (580, 1_000)}
    both, burden = found("not_sure", **groups), found("burden", **groups)

    shown, alone = both["gender: c"], burden["gender: c"]
    assert alone.verdict is Verdict.FAIL
    assert shown.headline == (
        f"As something people do not want: {alone.headline} The other way it is less pressing."
    )
    assert shown.evidence == alone.evidence
    assert shown.remedy == alone.remedy
    assert {one.turned for one in shown.evidence if isinstance(one, Ratio)} == {True}


def test_what_comes_to_the_same_is_said_once(found):
    both = found("not_sure", a=(600, 1_000), b=(600, 1_000), c=(600, 1_000))

    assert {one.verdict for one in both.values()} == {Verdict.CLEAR}
    assert "Judged both ways, it comes to the same." in both["gender: c"].headline


def test_checks_that_do_not_ask_which_way_say_what_they_always_say(a_case):
    sections = {"people": {"key": "id"}}
    sure, unsure = (
        run(a_case({**sections, "effect": effect}, id=[1, 2, 2]))
        for effect in ("opportunity", "not_sure")
    )

    assert [(one.key, one.headline) for one in sure] == [(one.key, one.headline) for one in unsure]


def test_groups_are_never_judged_without_a_way(policy):
    with pytest.raises(ValueError, match="judge each way by itself"):
        judge_groups([Group("f", 1, 2)], effect="not_sure", limits=policy.judging)
