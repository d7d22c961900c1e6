"""What was not taken stands in the record under its own name; who may do what judges nothing."""

from __future__ import annotations

import json
from operator import attrgetter

import pytest

from review.commands.desk import NotTaken
from review.document.sentences import COMMANDS
from review.record import NOBODY_YET, Actor, Answer, Decision, Role
from tests.review.builders import ITO, JONAS, LEE, OKAFOR, WEBER, even, needing, question
from tests.review.house import ROOT

CHOSEN = question("chosen", "bias.*", asked=True)
NOBODY = Actor(name=NOBODY_YET, role=Role.PREPARER)
HELD = {
    "revision": 1,
    "document": "d" * 64,
    "channel": "email",
    "answer": "approved",
    "counts": {"people": 1},
    "sent": "e" * 64,
}


@pytest.fixture
def room(a_meeting):
    """Four members, all here, and one question that a person must answer."""
    meeting = a_meeting(CHOSEN)
    meeting.run(even(), committee=needing(3, "privacy", "customer_voice"))
    meeting.convene(JONAS, ITO, WEBER, LEE)
    return meeting


def wants(command, *said, **more):
    """M. Ito gives a command, about what is not there or is not for them."""

    def act(meeting):
        given = {"by": ITO, "now": meeting.now, **more}
        attrgetter(command)(meeting.desk)("spring", *said, **given)

    return act


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("sign", lambda room: room.sign(Decision.REJECT, by=ITO)),
        ("propose_exception", lambda room: room.propose("bias.selection/nobody")),
        ("confirm_exception", wants("confirm_exception", "bias.selection/nobody")),
        ("make_lists", wants("lists_made", kept={"email": 1}, removed={})),
        ("make_lists", wants("may_make_lists")),
        ("erase", wants("erase", ["a" * 64], reason="So.")),
        ("take_seat", wants("room.seat", Role.PRIVACY)),
        ("unseat", wants("room.unseat", "nobody", reason="So.")),
        ("declare", wants("room.declare", conflict="", by=OKAFOR)),
        ("recuse", wants("room.recuse", reason=" ")),
        ("put_point", wants("room.put", "chosen")),
        ("seal_answer", lambda room: room.seal(by=ITO, name="chosen")),
        ("open_seals", wants("room.open_seals", "chosen", reason="So.")),
        ("speak", wants("room.speak", "chosen", "nobody", Answer.ACCEPTABLE, reason="Yes.")),
        ("settle", wants("room.settle", "chosen", reason="So.")),
        ("find_met", wants("room.find_met", 1, text="So.")),
        ("open_ballot", wants("ballot.begin")),
        ("cast_ballot", lambda room: room.cast(Decision.REJECT, by=ITO)),
        ("close_ballot", wants("ballot.close", reason="So.")),
        ("attest", wants("ballot.attest")),
        ("dissent", wants("ballot.dissent", "No.")),
    ],
)
def test_a_refusal_says_what_was_wanted_and_why_it_was_not_taken(room, name, act):
    with pytest.raises(NotTaken) as refusal:
        act(room)

    assert f"not verified) {COMMANDS[name]}. It was not taken: {refusal.value}" in room.told()[-1]


def test_a_refusal_is_anchored_like_everything_else(room, tmp_path):
    with pytest.raises(NotTaken):
        room.sign(Decision.REJECT, by=ITO)

    last = json.loads((tmp_path / "anchors.jsonl").read_text("utf-8").splitlines()[-1])
    assert (last["number"], last["head"]) == (room.review.length, room.review.head)


# What judges nothing


def test_the_checks_run_before_anybody_has_said_a_name(a_meeting):
    meeting = a_meeting(CHOSEN)
    meeting.run(even(), by=NOBODY)

    assert meeting.told()[0] == (
        "Somebody (nobody had said a name yet) opened the review of Spring savings."
    )


def test_somebody_without_a_name_may_print_and_hold_a_list_and_judges_nothing(room):
    room.desk.exported("spring", "d" * 64, "pre_read", by=NOBODY, now=room.now)
    room.desk.released("spring", HELD, by=NOBODY, now=room.now)

    for line, did in zip(room.told()[-2:], ("made a pre-read", "held a list"), strict=True):
        assert line.startswith(f"Somebody (nobody had said a name yet) {did}")
    with pytest.raises(NotTaken, match="nobody has said a name yet"):
        room.desk.comment("spring", "", "Hm.", by=NOBODY, now=room.now)


def test_who_works_on_the_server_prints_holds_a_list_deletes_and_erases(house):
    mira = house.account("Mira", Role.PREPARER)
    house.run(even(), by=mira, owner="ana@bank.example")
    house.desk.comment("spring", "", "Mr Smith called.", by=mira, now=house.now)
    house.desk.exported("spring", "d" * 64, "pre_read", by=ROOT, now=house.now)
    house.desk.released("spring", HELD, by=ROOT, now=house.now)
    house.desk.people_data_deleted("spring", by=ROOT, now=house.now)
    texts = json.loads(house.desk.bundle("spring"))["texts"]
    said = [name for name, text in texts.items() if text["words"] == "Mr Smith called."]
    house.desk.erase("spring", said, reason="Asked for.", by=ROOT, now=house.now)

    root = "Root (administrator, not verified)"
    assert [one.replace(root, "Root") for one in house.told()[-4:]] == [
        "Root made a pre-read, not signed (SHA-256 begins dddddddd).",
        "Root held a list for email of 1 person against the approval. Answer: approved.",
        "Root deleted the data about people. This record stays.",
        "1 text was erased by Root. “Asked for.”",
    ]
    assert house.review.comments[-1].text == "(erased)"
