"""Who has to decide: the strictest committee that applies, and how a vote is counted."""

from __future__ import annotations

import pytest

from checks.campaign.committee import ALONE, Committees, Composition

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
    assert (needed.dialogue, needed.stands_months) == (True, 12)


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
        ("more_than_half", 0, 0, False),
        ("two_thirds", 0, 0, False),
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


def test_the_strictest_rule_wins_whichever_committee_asks_for_it():
    strict = Composition(quorum=1, agree="all")
    house = HOUSE.model_copy(update={"regulated": strict})

    assert house.needed(regulated=True, stopped=True).agree == "all"


def test_seats_that_nobody_takes_are_vacant_in_their_order():
    needed = HOUSE.needed(regulated=True, stopped=False)

    assert needed.vacant([]) == ("privacy", "ethics", "legal")
    assert needed.vacant(["legal", "privacy", "chair"]) == ("ethics",)
    assert needed.vacant(["privacy", "legal", "ethics"]) == ()


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"quorum": 1, "agree": "one"}, id="an unknown rule"),
        pytest.param({"quorum": 1, "seats": ("owner",)}, id="a seat for the owner"),
        pytest.param({"quorum": 1, "more": 1}, id="an unknown word"),
    ],
)
def test_a_committee_of_another_kind_is_refused(asked):
    with pytest.raises(ValueError, match=r"Input should be|Extra inputs"):
        Composition.model_validate(asked)


def test_a_committee_of_one_needs_one_person_and_a_quorum_of_one_is_allowed():
    assert Composition(quorum=1).quorum == 1
    assert (ALONE.quorum, ALONE.seats, ALONE.dialogue) == (1, (), False)
    assert ALONE.stands_months == 12 * 100
    assert ALONE.agreed(approve=1, voted=1)
    assert not ALONE.agreed(approve=1, voted=2)


@pytest.mark.parametrize("months", [0, -1])
def test_an_approval_stands_for_a_month_at_least(months):
    with pytest.raises(ValueError, match="greater than or equal to 1"):
        Committees.model_validate({**HOUSE.model_dump(), "stands_months": months})
    assert Committees.model_validate({**HOUSE.model_dump(), "stands_months": 1})


@pytest.mark.parametrize("seat", ["privacy", "legal", "ethics", "customer_voice", "chair"])
def test_each_seat_of_a_committee_can_be_asked_for(seat):
    assert Composition(quorum=1, seats=(seat,)).seats == (seat,)
