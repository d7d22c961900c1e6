"""Who has to decide: the strictest committee that applies, and how a vote is counted."""

from __future__ import annotations

import pytest

from checks.campaign.committee import Committees, Composition

ORDINARY = Composition(quorum=3, seats=("privacy", "ethics"))
REGULATED = Composition(quorum=4, seats=("privacy", "legal"))
STOPPED = Composition(quorum=2, agree="two_thirds")
HOUSE = Committees(
    ordinary=ORDINARY, regulated=REGULATED, stopped=STOPPED, dialogue=True, stands_months=12
)


@pytest.mark.parametrize(
    ("regulated", "stopped", "quorum", "seats", "agree"),
    [
        pytest.param(False, False, 3, ("privacy", "ethics"), "more_than_half", id="ordinary"),
        pytest.param(
            True, False, 4, ("privacy", "ethics", "legal"), "more_than_half", id="regulated"
        ),
        pytest.param(False, True, 3, ("privacy", "ethics"), "two_thirds", id="stopped"),
        pytest.param(True, True, 4, ("privacy", "ethics", "legal"), "two_thirds", id="both"),
    ],
)
def test_the_strictest_of_what_applies_is_asked_for(regulated, stopped, quorum, seats, agree):
    needed = HOUSE.needed(regulated=regulated, stopped=stopped)

    assert (needed.quorum, needed.seats, needed.agree) == (quorum, seats, agree)


@pytest.mark.parametrize("quorum", [0, -1])
def test_a_quorum_of_nobody_is_no_policy(quorum):
    with pytest.raises(ValueError, match="greater than or equal to 1"):
        Composition(quorum=quorum)


@pytest.mark.parametrize(
    ("agree", "approve", "voted", "enough"),
    [
        ("more_than_half", 2, 3, True),
        ("more_than_half", 2, 4, False),
        ("two_thirds", 2, 3, True),
        ("two_thirds", 3, 5, False),
        ("all", 3, 3, True),
        ("all", 2, 3, False),
        ("all", 0, 0, False),
    ],
)
def test_whether_enough_approve_is_counted_in_whole_people(agree, approve, voted, enough):
    needed = HOUSE.needed(regulated=False, stopped=False)

    assert (
        type(needed)(quorum=1, seats=(), agree=agree, dialogue=False, stands_months=1).agreed(
            approve=approve, voted=voted
        )
        is enough
    )
