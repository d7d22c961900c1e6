"""What the document says of a committee: who spoke, who settled a point, and who has signed."""

from __future__ import annotations

import pytest

from review.document.pages import content
from review.record import Answer, Decision
from tests.review.builders import ITO, JONAS, LEE, WEBER, even, needing, question


@pytest.fixture
def room(a_meeting):
    """Four members, all here, and a point that only a person can settle."""
    meeting = a_meeting(question("chosen", "bias.*", asked=True))
    meeting.run(even(), committee=needing(3, "privacy", "ethics"))
    meeting.convene(JONAS, ITO, WEBER, LEE)
    meeting.put("chosen")
    return meeting


def printed(room):
    """The point, and the committee, as they are printed."""
    page = content(room.desk.review("spring"), at=room.now)
    [point] = [one for family in page["questions"] for one in family["asked"]]
    return point, page["minutes"]


def names(given):
    return [one["name"] for one in given]


def test_a_spoken_answer_says_in_print_who_entered_it(room):
    for one in (ITO, JONAS, LEE):
        room.seal(by=one, name="chosen")
    desk, weber = room.desk.room, room.persons(WEBER)
    desk.open_seals("spring", "chosen", reason="No device.", by=JONAS, now=room.now)
    desk.speak(
        "spring", "chosen", weber, Answer.ACCEPTABLE, reason="Aloud.", by=JONAS, now=room.now
    )
    point, _ = printed(room)
    said = {one["name"]: one["note"] for one in (point["standing"], *point["alike"])}

    assert said == {
        "J. Weber": "Spoken, entered by Jonas Berg.",
        "M. Ito": "",
        "Jonas Berg": "",
        "S. Lee": "",
    }


def test_who_settled_a_point_together_stand_together_and_who_differed_apart(room):
    for one in (ITO, JONAS, WEBER):
        room.seal(by=one, name="chosen")
    room.seal(Answer.NOT_ACCEPTABLE, by=LEE, name="chosen")
    room.desk.room.settle("spring", "chosen", reason="We talked.", by=JONAS, now=room.now)
    point, _ = printed(room)

    assert sorted(names((point["standing"], *point["alike"]))) == [
        "J. Weber",
        "Jonas Berg",
        "M. Ito",
    ]
    assert names(point["others"]) == ["S. Lee"]


def test_once_it_is_decided_the_minutes_say_who_voted(room):
    for one in (ITO, JONAS, WEBER, LEE):
        room.seal(by=one, name="chosen")
    before = printed(room)[1]["head"]
    room.begin_ballot()
    for one in (ITO, JONAS, WEBER, LEE):
        room.cast(Decision.APPROVE, by=one)

    assert before == "4 of 4 members are here, 3 are needed."
    assert printed(room)[1]["head"] == "4 of 4 members voted, 3 were needed."
