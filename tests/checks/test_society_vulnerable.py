"""society.vulnerable."""

from __future__ import annotations

import pytest

from checks.finding import Reason, Verdict
from checks.society.vulnerable import judge

PEOPLE = {"targeted": "on", "complete": True, "vulnerable": {"in_arrears": "arrears"}}
OFF = {**PEOPLE, "vulnerable": {"self_excluded": {"column": "arrears", "exclude": True}}}


def found(a_case, *groups, people=PEOPLE, effect="burden", **sections):
    """Each group: (flagged, on the list, how many)."""
    rows = [(flag, on) for flag, on, size in groups for _ in range(size)]
    case = a_case(
        {"people": people, "effect": effect, **sections},
        arrears=[flag for flag, _ in rows],
        on=[on for _, on in rows],
    )
    [finding] = judge(case)
    return finding


@pytest.mark.parametrize(
    ("flagged", "verdict"),
    [
        pytest.param((600, 400), Verdict.FAIL, id="1.5 times as often"),
        pytest.param((450, 550), Verdict.WATCH, id="1.12 times as often"),
        pytest.param((400, 600), Verdict.CLEAR, id="as often"),
        pytest.param((200, 800), Verdict.CLEAR, id="less often"),
        pytest.param((4, 6), Verdict.CANNOT_TELL, id="too few"),
    ],
)
def test_a_burden_compares_those_flagged_with_the_others(a_case, flagged, verdict):
    finding = found(
        a_case,
        (True, True, flagged[0]),
        (True, False, flagged[1]),
        (False, True, 4000),
        (False, False, 6000),
    )

    assert finding.verdict is verdict


def test_says_how_often_and_how_many_fewer(a_case):
    finding = found(
        a_case, (True, True, 600), (True, False, 400), (False, True, 4000), (False, False, 6000)
    )

    assert finding.headline == (
        "600 of 1,000 people flagged in arrears were chosen (60 of 100); "
        "other people 0.67 times as often (40 of 100)."
    )
    assert finding.remedy == "With 100 fewer of them on the list the limit is met."


def test_dropping_a_rule_counts_who_comes_back_on_each_side(a_case):
    rows = [
        *[(True, 5, True)] * 600,
        *[(True, 1, False)] * 400,
        *[(False, 5, True)] * 400,
        *[(False, 1, False)] * 600,
    ]
    case = a_case(
        {
            "people": PEOPLE,
            "effect": "burden",
            "rules": [{"column": "visits", "at_least": 3}],
        },
        arrears=[row[0] for row in rows],
        visits=[row[1] for row in rows],
        on=[row[2] for row in rows],
    )
    [finding] = judge(case)

    assert finding.remedy == (
        "With 100 fewer of them on the list the limit is met. Dropping the rule on visits brings "
        "400 of them and 600 others: the ratio goes from 0.67 to 1.00."
    )


@pytest.mark.parametrize(
    ("on", "verdict", "start"),
    [
        pytest.param(0, Verdict.CLEAR, "None of 400 people on the list", id="nobody"),
        pytest.param(1, Verdict.FAIL, "Fewer than 5 of 401 people", id="one"),
        pytest.param(7, Verdict.FAIL, "7 of 407 people on the list", id="seven"),
    ],
)
@pytest.mark.parametrize("effect", ["burden", "opportunity"])
def test_nobody_may_be_on_the_list_whom_a_flag_keeps_off(a_case, on, verdict, start, effect):
    finding = found(
        a_case,
        *((True, True, on), (True, False, 90), (False, True, 400)),
        people=OFF,
        effect=effect,
    )

    assert finding.verdict is verdict
    assert finding.headline.startswith(start)
    if on == 7:
        assert finding.remedy == "Take them off the list; it becomes 400."
    if on == 1:
        assert "1" not in finding.remedy
        assert finding.evidence[0].yes is None


def test_an_opportunity_is_laid_out_and_asked(a_case):
    finding = found(
        a_case,
        *((True, True, 30), (True, False, 70), (False, True, 400), (False, False, 500)),
        effect="opportunity",
    )

    assert finding.verdict is Verdict.ASK
    assert finding.headline == (
        "30 of 100 people flagged in arrears are on the list; whether the offer helps them or "
        "presses on them, only a person can say."
    )
    assert [rate.yes for rate in finding.evidence] == [30, 400]


def test_a_few_people_are_not_numbered(a_case):
    finding = found(
        a_case,
        *((True, True, 2), (True, False, 70), (False, True, 400), (False, False, 500)),
        effect="opportunity",
    )

    assert finding.headline.startswith("Few people are concerned")
    assert [rate.yes for rate in finding.evidence] == [None, None]


def test_without_a_flag_it_asks(a_case):
    [finding] = judge(a_case({"sector": "credit"}, id=[1]))

    assert finding.verdict is Verdict.ASK


def test_a_flag_whose_column_is_missing_is_asked(a_case):
    people = {"vulnerable": {"<script>": "debt"}}
    [finding] = judge(a_case({"people": people, "effect": "burden"}, id=[1]))

    assert finding.verdict is Verdict.ASK
    assert finding.headline.startswith("Nobody can say who are people flagged <script>")


def test_where_it_is_known_of_nobody_nobody_can_tell(a_case):
    finding = found(a_case, (None, True, 40), (None, False, 40))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.GROUP_UNKNOWN)


def test_without_the_people_it_was_drawn_from_nobody_can_tell(a_case):
    people = {**PEOPLE, "complete": False}
    finding = found(a_case, (True, True, 40), (False, True, 400), people=people)

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.NO_BASE)


def test_nobody_has_the_flag(a_case):
    finding = found(a_case, (False, True, 40), (False, False, 40))

    assert finding.verdict is Verdict.CLEAR
    assert finding.headline == "There are no people flagged in arrears in the file."


@pytest.mark.parametrize(
    ("flags", "verdict", "reason"),
    [
        pytest.param((None, True), Verdict.CLEAR, None, id="blanks beside a yes are the others"),
        pytest.param(
            (None, False), Verdict.CANNOT_TELL, Reason.GROUP_UNKNOWN, id="blanks beside a no"
        ),
    ],
)
def test_a_column_that_never_says_no_names_everybody_flagged(a_case, flags, verdict, reason):
    listed, left_out = flags
    finding = found(a_case, (listed, True, 40), (left_out, False, 40), people=OFF)

    assert (finding.verdict, finding.reason) == (verdict, reason)


def test_with_nobody_on_the_list_nobody_can_tell(a_case):
    finding = found(a_case, (True, False, 9), people=OFF)

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.TOO_FEW_PEOPLE)
