"""Accounts that are linked only after their human has acted: what then still counts."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from checks.runs.run import Named
from review.commands.desk import NotTaken
from review.record import Decision, Role, State
from review.store.chain import verify_bundle
from tests.review.both import BOTH
from tests.review.builders import a_run, agreed, needing
from tests.review.house import THREE

pytestmark = BOTH


@pytest.fixture
def room(house):
    """Mira brought a campaign of Ana's; four others sit in its committee."""
    return house.committee()


@pytest.fixture
def pair(house):
    """Mira brought a campaign; Ito, Weber and Lee may answer and sign, without a committee."""
    house.mira = house.account("Mira", Role.PREPARER)
    house.ito = house.account("Ito", Role.PRIVACY)
    house.weber = house.account("Weber", Role.ETHICS)
    house.lee = house.account("Lee", Role.LEGAL)
    return house


def test_a_link_is_said_at_once_in_the_reviews_it_concerns_and_in_no_other(room):
    autumn = replace(a_run(agreed(20)), campaign=Named(id="autumn", name="Autumn"))
    room.desk.record_run(autumn, by=room.mira, now=room.now)
    other = room.desk.review("autumn").length
    room.link("Ito", "Mira")

    assert "linked the accounts of Mira and Ito" in room.told()[-1]
    assert room.desk.review("autumn").length == other
    assert verify_bundle(room.desk.bundle("spring")).stands


def test_the_record_knows_somebody_again_without_keeping_an_address_or_a_moment(room):
    [given] = room.answer("covered", by=room.ito).answers["covered"]

    assert room.ito.addresses
    assert room.ito.authenticated
    assert (given.by, given.by.addresses, given.by.authenticated) == (room.ito, frozenset(), None)

    room.account("Ito Two", address="two@other.example")
    room.link("Ito", "Ito Two")
    account = room.desk.people.register().of(room.ito.identity)
    assert account is not None
    assert room.desk.people.register().known(room.ito).also
    assert room.desk.people.register().known(room.ito) == room.ito


def test_a_link_is_anchored_where_it_is_said(room, tmp_path):
    room.link("Ito", "Mira")
    lines = (tmp_path / "anchors.jsonl").read_text("utf-8").splitlines()
    anchored = [one for one in map(json.loads, lines) if one["review"] == "spring"]

    assert [one["number"] for one in anchored] == list(range(2, room.review.length + 1))
    assert anchored[-1]["head"] == room.review.head


def test_a_draft_stays_one_when_accounts_of_it_are_linked(house):
    mira, pia = house.account("Mira", Role.PREPARER), house.account("Pia", Role.PREPARER)
    house.run(agreed(20), by=mira, owner="Ana")
    house.run(agreed(20), by=pia, owner="Ana", people="2")
    house.link("Mira", "Pia")

    assert house.review.state is State.DRAFT


def test_a_vote_under_seal_is_taken_out_when_its_human_turns_out_to_have_brought_the_data(room):
    room.begin_ballot(by=room.chair)
    room.cast(Decision.APPROVE, by=room.ito)
    room.link("Ito", "Mira")
    committee = room.review.committee

    assert committee.ballot.cast == ()
    assert committee.member(room.ito).barred
    assert [one.who.name for one in committee.voting] == ["Jonas", "Weber", "Lee"]
    assert "taken out unopened" in room.told()[-1]

    for one in (room.chair, room.weber):
        room.cast(Decision.APPROVE, by=one)
    assert room.cast(Decision.APPROVE, by=room.lee).state is State.IN_REVIEW  # nobody for privacy
    assert "A ballot is missing from: privacy" in _refusal(
        lambda: room.desk.ballot.close("spring", reason="All.", by=room.chair, now=room.now)
    )


def test_a_decision_falls_when_one_who_voted_had_given_up_their_vote_under_another_account(room):
    kim = room.account("Kim", Role.LEGAL)
    room.convene(kim)
    room.desk.room.recuse("spring", reason="I know them.", by=kim, now=room.now)
    room.begin_ballot(by=room.chair)
    for one in room.four:
        decided = room.cast(Decision.APPROVE, by=one)
    assert decided.state is State.APPROVED
    room.link("Kim", "Ito")

    assert room.review.state is State.IN_REVIEW


def test_a_sealed_answer_is_taken_out_as_well(room):
    room.put(by=room.chair)
    room.seal(by=room.ito)
    room.link("Ito", "Mira")

    assert room.review.committee.point("covered").sealed == ()
    assert "taken out unopened" in room.told()[-1]
    with pytest.raises(NotTaken, match="you own or prepared"):
        room.seal(by=room.ito)


def test_what_was_opened_before_is_not_said_to_be_taken_out(room):
    room.put(by=room.chair)
    for one in room.four:
        room.seal(by=one)
    room.link("Ito", "Mira")

    assert room.told()[-1].endswith("they count as one person.")


def test_a_decision_falls_when_one_who_voted_turns_out_to_have_brought_the_data(room):
    room.begin_ballot(by=room.chair)
    for one in room.four:
        decided = room.cast(Decision.APPROVE, by=one)
    assert decided.state is State.APPROVED
    room.link("Lee", "Mira")
    fallen = room.review

    assert fallen.state is State.IN_REVIEW
    assert (fallen.signatures, len(fallen.past_signatures)) == ((), 4)
    assert fallen.committee.ballot is None
    assert room.told()[-1].endswith("no longer stands: the review is open again.")

    room.begin_ballot(by=room.chair)
    for one in (room.chair, room.ito, room.weber):
        decided = room.cast(Decision.APPROVE, by=one)
    assert decided.state is State.APPROVED


def test_a_decision_falls_when_two_who_voted_turn_out_to_be_one(room):
    room.begin_ballot(by=room.chair)
    for one in room.four:
        room.cast(Decision.APPROVE, by=one)
    room.link("Lee", "Ito")

    assert room.review.state is State.IN_REVIEW


def test_a_decision_stands_when_an_account_of_nobody_who_voted_is_linked(room):
    pia = room.account("Pia", Role.PREPARER)
    room.run(agreed(20), by=pia, owner="ana@bank.example", people="2", committee=THREE)
    room.here(*room.four)
    room.begin_ballot(by=room.chair)
    for one in room.four:
        room.cast(Decision.APPROVE, by=one)
    room.link("Pia", "Mira")

    assert "count as one person" in room.told()[-1]
    assert room.review.state is State.APPROVED


def test_an_answer_of_one_who_brought_the_data_is_a_statement_once_that_is_known(pair):
    pair.run(agreed(20), by=pair.mira, owner="Ana", committee=needing(1))
    pair.answer("covered", by=pair.ito)
    before = pair.review
    asked = before.checklist.question("covered")
    assert before.standing(asked).by.name == "Ito"
    pair.link("Ito", "Mira")

    assert pair.review.standing(asked) is None
    assert pair.review.answers["covered"][0].statement


def test_whoever_signs_is_not_kept_from_it_by_a_link_for_good(pair):
    """An account appears in a review after it was linked: the next refusal puts that on record."""
    pair.run(agreed(20), by=pair.mira, owner="Ana", committee=needing(1))
    pair.link("Ito", "Lee")
    pair.answer("covered", by=pair.ito)
    pair.desk.comment("spring", "", "Seen.", by=pair.lee, now=pair.now)

    with pytest.raises(NotTaken, match="linked the accounts of Ito and Lee"):
        pair.sign(Decision.APPROVE, by=pair.fresh(pair.weber))
    assert pair.sign(Decision.APPROVE, by=pair.fresh(pair.weber)).state is State.APPROVED


def test_a_decision_stands_when_one_who_signed_for_it_turns_out_to_have_spoken_twice(pair):
    pair.run(agreed(20), by=pair.mira, owner="Ana", committee=needing(1))
    pair.desk.comment("spring", "", "Seen.", by=pair.lee, now=pair.now)
    pair.sign(Decision.APPROVE, by=pair.fresh(pair.weber))
    pair.link("Weber", "Lee")

    assert pair.told()[-1].endswith("they count as one person.")
    assert pair.review.state is State.APPROVED


def test_a_signature_that_waits_is_given_again_only_where_a_link_bars_somebody(pair):
    pair.run(agreed(20), by=pair.mira, owner="Ana", committee=needing(1, "privacy"))
    for one in (pair.ito, pair.lee):
        pair.desk.comment("spring", "", "Seen.", by=one, now=pair.now)
    pair.sign(Decision.APPROVE, by=pair.fresh(pair.weber))
    pair.link("Ito", "Lee")

    assert [one.by.name for one in pair.review.signatures] == ["Weber"]

    pair.link("Lee", "Mira")

    assert pair.review.signatures == ()
    assert [one.by.name for one in pair.review.past_signatures] == ["Weber"]


def test_an_exception_needs_another_second_person_once_both_turn_out_to_be_one(pair):
    pair.run(agreed(12), by=pair.mira, owner="Ana", committee=needing(1))
    pair.propose(by=pair.ito)
    pair.confirm(by=pair.lee)
    pair.answer("covered", by=pair.weber)
    assert pair.sign(Decision.APPROVE, by=pair.fresh(pair.weber)).state is State.APPROVED
    pair.link("Ito", "Lee")

    assert pair.review.state is State.IN_REVIEW
    assert "is one person with who proposed it: another must" in pair.review.obstacles[0].sentence


def _refusal(command):
    with pytest.raises(NotTaken) as refused:
        command()
    return str(refused.value)
