"""What each verdict owes its reader, and what evidence may not do."""

from __future__ import annotations

import pytest

from checks.evidence import Breakdown, Part, Rate, Step, Waterfall
from checks.finding import Reason, ask, cannot_tell, clear, fail, watch

COUNTED = Rate(group="everyone", yes=20, of=20)


def test_clear_owes_the_evidence_that_somebody_looked():
    with pytest.raises(ValueError, match="without evidence"):
        clear("email", "All is well.")

    assert clear("email", "All is well.", COUNTED).evidence == (COUNTED,)


@pytest.mark.parametrize("say", [fail, watch, ask])
def test_a_pressing_verdict_owes_a_word_on_what_to_do(say):
    with pytest.raises(ValueError, match="what to do"):
        say("email", "Something is wrong.", COUNTED, remedy="")


def test_cannot_tell_owes_a_reason_and_a_way_on():
    with pytest.raises(ValueError, match="what to do"):
        cannot_tell("email", "Nobody knows.", reason=Reason.NO_KEY, remedy="")

    told = cannot_tell("email", "Nobody knows.", reason=Reason.NO_KEY, remedy="Bring a key.")
    assert told.reason is Reason.NO_KEY


def test_a_waterfall_loses_and_invents_nobody():
    stays = Step(name="may be contacted", people=9, meaning="stays")

    with pytest.raises(ValueError, match="do not add up to 10"):
        Waterfall(title="Email", total=10, steps=(stays,))


def test_parts_add_up_unless_one_is_withheld():
    known, withheld = Part(name="a", people=9), Part(name="b", people=None)

    with pytest.raises(ValueError, match="do not add up to 12"):
        Breakdown(title="By segment", by="segment", total=12, parts=(known,))
    assert Breakdown(title="By segment", by="segment", total=12, parts=(known, withheld))


def test_numbers_that_are_both_withheld_are_said_once():
    assert Rate(group="Widow", yes=None, of=None).alt == "Widow: not shown."
    assert Rate(group="Widow", yes=None, of=77).alt == "Widow: not shown of 77."
