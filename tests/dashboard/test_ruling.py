"""Rules as people write them."""

from __future__ import annotations

import pytest

from checks.refusal import Refused
from dashboard import ruling


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        pytest.param("age at least 18", {"column": "age", "at_least": 18.0}, id="a bound"),
        pytest.param(
            "balance at least 1,000 and at most 9000, because product minimum",
            {
                "column": "balance",
                "at_least": 1_000.0,
                "at_most": 9_000.0,
                "because": "product minimum",
            },
            id="two bounds and a reason",
        ),
        pytest.param(
            "postcode none of 10115, 10117 because: no branch",
            {"column": "postcode", "not_among": ["10115", "10117"], "because": "no branch"},
            id="values left out",
        ),
        pytest.param(
            "home town one of Bath", {"column": "home town", "among": ["Bath"]}, id="two words"
        ),
    ],
)
def test_a_line_is_a_rule(line, rule):
    assert ruling.read(line) == [rule]
    assert ruling.read(ruling.lines([rule])) == [rule]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("everybody with money", id="no words of a rule"),
        pytest.param("age at least eighteen", id="no number"),
        pytest.param("at least 18", id="no column"),
        pytest.param("postcode one of ,", id="no values"),
    ],
)
def test_a_line_that_is_no_rule_is_refused_with_its_number(line):
    with pytest.raises(Refused) as refused:
        ruling.read(f"age at least 18\n\n{line}")

    [problem] = refused.value.problems
    assert problem.where == "Rules, line 3"
    assert ruling.EXAMPLE in problem.cure


def test_a_line_that_was_not_touched_keeps_all_it_said():
    told = [{"column": "age", "at_least": 18, "required_by": "a law"}]

    assert ruling.read(ruling.lines(told), told) == told
