"""A gap that is closed by cutting the favoured group is not closed."""

from __future__ import annotations

import pytest

from checks.evidence import Rate, Ratio
from checks.finding import Severity, clear, fail
from review.present.levelling import levelled
from review.record import Answer
from tests.review.builders import CHOSEN, ITO


def women(chosen, men, *, gap, turned=False):
    """So many of a hundred women, and of a hundred men, are on the list."""
    evidence = (
        Rate(group="f", yes=chosen, of=100),
        Rate(group="m", yes=men, of=100),
        Ratio(
            group="f",
            reference="m",
            value=chosen / men,
            low=None,
            high=None,
            floor=0.8,
            luck=None,
            pairs=1,
            literal=None,
            literal_reference="m",
            turned=turned,
        ),
    )
    said = f"{chosen} of 100 women were chosen."
    if gap:
        found = fail("gender: f", said, *evidence, remedy="Bring them back.")
    else:
        found = clear("gender: f", said, *evidence)
    return found.of("bias.selection", Severity.BLOCKING, ())


@pytest.mark.parametrize(
    ("now", "is_it"),
    [
        pytest.param((40, 45), True, id="only men were cut"),
        pytest.param((30, 33), True, id="both were cut"),
        pytest.param((50, 55), False, id="women came, men went"),
        pytest.param((55, 60), False, id="women came"),
    ],
)
def test_what_levelling_down_is(now, is_it):
    found = levelled(women(40, 60, gap=True), women(*now, gap=False))

    assert (found is not None) is is_it


def test_for_a_burden_it_is_adding_the_others():
    before = women(60, 30, gap=True, turned=True)

    assert levelled(before, women(60, 55, gap=False, turned=True)) is not None
    assert levelled(before, women(33, 30, gap=False, turned=True)) is None


def test_it_says_what_happened():
    found = levelled(women(40, 60, gap=True), women(40, 45, gap=False))

    assert found.sentence == (
        "The gap of gender: f closed only because m is chosen less often "
        "(60 of 100 before, 45 now). That is levelling down. "
        "It stays open until a person has said why it is right."
    )


@pytest.fixture
def meeting(a_meeting):
    return a_meeting(CHOSEN)


def sentences(review):
    return [one.sentence for one in review.obstacles]


def test_it_stands_in_the_way_until_a_person_answers(meeting):
    meeting.run(women(40, 60, gap=True))
    meeting.run(women(40, 45, gap=False), people="2")

    assert any("levelling down" in one for one in sentences(meeting.review))
    meeting.run(women(40, 45, gap=False), people="3")
    assert any("levelling down" in one for one in sentences(meeting.review))
    meeting.answer("chosen", Answer.ACCEPTABLE, by=ITO)
    assert not any("levelling down" in one for one in sentences(meeting.review))


def test_bringing_people_back_closes_it(meeting):
    meeting.run(women(40, 60, gap=True))
    meeting.run(women(40, 45, gap=False), people="2")
    meeting.run(women(52, 60, gap=False), people="3")

    assert not any("levelling down" in one for one in sentences(meeting.review))
