"""Who is who, where a provider vouches: fresh sign-ins, links, and who is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import create_engine

from review.commands.desk import NotTaken
from review.commands.refusing import StaleLogin
from review.record import Actor, Decision, Role, State
from review.who.accounts import REGISTER
from tests.review.both import BOTH
from tests.review.builders import NOON, agreed, needing
from tests.review.house import HERE, ROOT, THREE

pytestmark = BOTH

OPENED = {
    "sqlite": "DROP TRIGGER events_delete",
    "postgresql": "GRANT DELETE ON events TO CURRENT_USER; ALTER TABLE events DISABLE TRIGGER USER",
}
"""What somebody does who owns the store and wants to delete from it."""


@pytest.fixture
def room(house):
    """Mira brought a campaign of Ana's; four others sit in its committee."""
    return house.committee()


# Who comes in


def test_a_typed_name_does_not_count(room):
    with pytest.raises(NotTaken, match="A typed name does not count"):
        room.answer("covered", by=Actor(name="Ito", role=Role.PRIVACY))


def test_nobody_is_verified_where_no_provider_vouches(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20))
    forged = Actor(name="X", role=Role.LEGAL, issuer=HERE, verified=True, subject="1")

    with pytest.raises(NotTaken, match="No provider vouches for accounts"):
        meeting.sign(Decision.APPROVE, by=forged)


def test_another_issuer_is_sent_away(room):
    foreign = replace(room.ito, issuer="https://id.evil.example")

    with pytest.raises(NotTaken, match=r"trusts only https://id.bank.example"):
        room.answer("covered", by=foreign)
    with pytest.raises(NotTaken, match="not vouched for"):
        room.desk.people.meet(foreign, address="x@y.example", now=room.now)


def test_a_role_is_looked_up_at_every_command(room):
    room.answer("covered", by=room.ito)
    room.desk.people.withdraw(
        room.known["Ito"], Role.PRIVACY, reason="Left us.", by=ROOT, now=room.now
    )

    with pytest.raises(NotTaken, match="Ito has no role here yet"):
        room.answer("covered", by=room.ito)
    with pytest.raises(NotTaken, match="You do not have the role legal"):
        room.answer("covered", by=replace(room.weber, role=Role.LEGAL))


def test_the_command_line_keeps_house_and_judges_nothing(room):
    judge = replace(ROOT, role=Role.PRIVACY)

    with pytest.raises(NotTaken, match="cannot be done from the command line"):
        room.answer("covered", by=judge)
    assert room.desk.exported("spring", "d" * 64, "pre_read", by=ROOT, now=room.now)


def test_nobody_is_given_a_seat_from_the_command_line(room):
    judge = replace(ROOT, role=Role.LEGAL)

    with pytest.raises(NotTaken, match="cannot be done from the command line"):
        room.desk.room.seat("spring", Role.LEGAL, member=judge, by=room.chair, now=room.now)


def test_an_auditor_reads_and_judges_nothing(room):
    auditor = room.account("Okafor", Role.AUDITOR)
    room.run(agreed(20), by=room.mira, owner="ana@bank.example", people="2")

    with pytest.raises(NotTaken, match="Your role here is auditor: it reads, and judges nothing"):
        room.sign(Decision.APPROVE, by=auditor)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_reads_or_keeps_house_answers_nothing_and_excepts_nothing(house, role):
    mira, ito = house.account("Mira", Role.PREPARER), house.account("Ito", Role.PRIVACY)
    okafor = house.account("Okafor", role)
    house.run(agreed(12), by=mira, owner="ana@bank.example")

    with pytest.raises(NotTaken, match="it reads, and judges nothing"):
        house.answer("covered", by=okafor)
    with pytest.raises(NotTaken, match="it reads, and judges nothing"):
        house.propose(by=okafor)
    house.propose(by=ito)
    with pytest.raises(NotTaken, match="it reads, and judges nothing"):
        house.confirm(by=okafor)
    assert house.review.exceptions[0].second is None


def test_an_auditor_changes_nothing_and_may_comment(house):
    mira, okafor = house.account("Mira", Role.PREPARER), house.account("Okafor", Role.AUDITOR)
    house.run(agreed(20), by=mira, owner="ana@bank.example")
    desk, more = house.desk, {"by": okafor}
    acts = (
        lambda: desk.withdraw("spring", reason="So.", now=house.now, **more),
        lambda: desk.reopen("spring", reason="So.", now=house.now, **more),
        lambda: desk.hearing.not_sought("spring", "So.", now=house.now, **more),
        lambda: desk.hearing.raise_concern(
            "spring", "staff", "Hm.", who="", on=NOON.date(), now=house.now, **more
        ),
        lambda: desk.hearing.answer_concern("spring", 3, "Hm.", changed="", now=house.now, **more),
    )

    for act in acts:
        with pytest.raises(NotTaken, match="it reads, and changes nothing"):
            act()
    [said] = desk.comment("spring", "", "Why?", now=house.now, **more).comments
    assert said.by.is_same(okafor)


# A register that is not whole


def test_a_role_that_was_taken_does_not_come_back_with_an_older_register(room, store_url):
    room.desk.people.withdraw(room.known["Ito"], Role.PRIVACY, reason="So.", by=ROOT, now=room.now)
    stranger = create_engine(store_url)
    with stranger.begin() as connection:
        connection.exec_driver_sql(OPENED[connection.dialect.name])
        connection.exec_driver_sql(
            f"DELETE FROM events WHERE review = '{REGISTER}' AND number = "
            f"(SELECT max(number) FROM events WHERE review = '{REGISTER}')"
        )
    stranger.dispose()

    with pytest.raises(NotTaken, match=r"not whole\. Event 11 was anchored on"):
        room.answer("covered", by=room.ito)
    with pytest.raises(NotTaken, match=f"python -m review restore {REGISTER}"):
        room.desk.people.register()

    room.desk.restore(REGISTER, reason="Looked at it.", by=ROOT, now=room.now)
    assert Role.PRIVACY in room.desk.people.register().of(room.ito.identity).roles


# A fresh sign-in


@pytest.mark.parametrize(
    ("minutes", "taken"),
    [pytest.param(4, True, id="four minutes"), pytest.param(6, False, id="six minutes")],
)
def test_a_vote_needs_a_sign_in_of_the_last_five_minutes(room, minutes, taken):
    room.begin_ballot(by=room.chair)
    moment = room.now
    ito = replace(room.ito, authenticated=moment - timedelta(minutes=minutes))
    seen = room.review.head

    def vote():
        return room.desk.ballot.cast(
            "spring", Decision.APPROVE, grounds="So.", by=ito, now=moment, seen=seen
        )

    if taken:
        assert len(vote().committee.ballot.cast) == 1
    else:
        with pytest.raises(StaleLogin, match="You signed in 6 minutes ago"):
            vote()


@pytest.mark.parametrize(
    ("when", "said"),
    [
        pytest.param(None, "does not say when you signed in", id="no auth_time"),
        pytest.param(NOON + timedelta(days=1), "which is not yet", id="tomorrow"),
        pytest.param(NOON - timedelta(days=30), "minutes ago", id="an old cookie"),
    ],
)
def test_a_sign_in_without_a_moment_or_from_another_one_is_refused(room, when, said):
    room.begin_ballot(by=room.chair)

    with pytest.raises(StaleLogin, match=said):
        room.desk.ballot.cast(
            "spring",
            Decision.APPROVE,
            grounds="So.",
            by=replace(room.ito, authenticated=when),
            now=room.now,
            seen=room.review.head,
        )
    assert "wanted to vote. It was not taken:" in room.told()[-1]


def test_an_address_nobody_verified_cannot_be_told_from_the_owners(room):
    nobody = room.account("Doe", Role.LEGAL, address="")

    with pytest.raises(NotTaken, match="has not verified the address of Doe"):
        room.seat(nobody)
    with pytest.raises(NotTaken, match="has not verified the address of Doe"):
        room.answer("covered", by=nobody)
    with pytest.raises(NotTaken, match="has not verified the address of Doe"):
        room.sign(Decision.REJECT, by=room.fresh(nobody))
    assert "wanted to sign. It was not taken:" in room.told()[-1]


def test_nor_from_an_owner_of_before_where_the_owner_of_now_has_no_address(room):
    room.run(agreed(20), by=room.mira, owner="Bea", people="2", committee=THREE)
    nobody = room.account("Doe", Role.LEGAL, address="")

    with pytest.raises(NotTaken, match="has not verified the address of Doe"):
        room.seat(nobody)


def test_an_exception_is_not_confirmed_by_an_address_nobody_verified(house):
    mira, ito = house.account("Mira", Role.PREPARER), house.account("Ito", Role.PRIVACY)
    nobody = house.account("Doe", Role.LEGAL, address="")
    house.run(agreed(12), by=mira, owner="ana@bank.example")
    house.propose(by=ito)

    with pytest.raises(NotTaken, match="has not verified the address of Doe"):
        house.confirm(by=nobody)
    assert house.review.exceptions[0].second is None


# Separation of duties


def test_whoever_has_the_owners_verified_address_is_barred(room):
    ana = room.account("Somebody", Role.ETHICS, address="ANA@bank.example")

    with pytest.raises(NotTaken, match="owns or prepared this campaign"):
        room.seat(ana)


def test_an_address_that_was_the_owners_once_bars_for_good(room):
    ana = room.account("Somebody", Role.ETHICS, address="ana@bank.example")
    moved = replace(ana, addresses=frozenset({"new@bank.example"}))
    room.desk.people.meet(moved, address="new@bank.example", now=room.now)

    with pytest.raises(NotTaken, match="owns or prepared this campaign"):
        room.seat(moved)


def test_a_name_is_a_label_between_accounts(room):
    namesake = room.account("Mira", Role.LEGAL, subject="another", address="m2@bank.example")

    assert room.seat(namesake).committee.member(namesake)


@pytest.mark.parametrize("role", [Role.ETHICS, Role.CHAIR, Role.LEGAL])
def test_whoever_brought_the_data_is_barred_in_every_role(room, role):
    room.desk.people.give(room.known["Mira"], role, reason="So.", by=ROOT, now=room.now)

    with pytest.raises(NotTaken, match="owns or prepared this campaign"):
        room.seat(replace(room.mira, role=role))


def test_a_linked_account_is_barred_whatever_it_is_called_and_by_way_of_others(room):
    second = room.account("M. Second", Role.ETHICS, address="second@other.example")
    room.account("M. Third", address="third@other.example")
    room.link("Mira", "M. Third")
    room.link("M. Third", "M. Second")
    renamed = replace(second, name="Nobody You Know")

    with pytest.raises(NotTaken, match="owns or prepared this campaign"):
        room.seat(renamed)
    assert "wanted to take or give a seat. It was not taken" in room.told()[-1]


def test_a_second_account_nobody_linked_cannot_be_known(room):
    second = room.account("M. Second", Role.ETHICS, address="second@other.example")

    assert room.seat(second).committee.member(second)


def test_members_whose_accounts_are_linked_later_count_once(room):
    room.begin_ballot(by=room.chair)
    room.link("Ito", "Lee")
    room.cast(Decision.APPROVE, by=room.chair)
    room.cast(Decision.APPROVE, by=room.ito)

    assert "count as one person" in "".join(room.told())
    with pytest.raises(NotTaken, match="You sit here under two accounts and have one voice"):
        room.cast(Decision.REJECT, by=room.lee)
    assert room.cast(Decision.APPROVE, by=room.weber).state is State.APPROVED


def test_two_accounts_of_one_human_do_not_make_a_quorum(room):
    room.link("Ito", "Lee")
    room.link("Lee", "Weber")

    with pytest.raises(NotTaken, match="3 members are needed and 2 may vote"):
        room.begin_ballot(by=room.chair)


def test_a_member_linked_to_the_preparer_after_the_fact_votes_no_more(room):
    room.begin_ballot(by=room.chair)
    room.link("Ito", "Mira")

    with pytest.raises(NotTaken, match="because you own or prepared"):
        room.cast(Decision.APPROVE, by=room.ito)


# Alone, and at first


def test_where_a_provider_vouches_nobody_decides_alone(room):
    room.run(agreed(20), by=room.mira, owner="ana@bank.example", people="2", committee=THREE)
    for one in room.four:
        person = room.persons(one)
        room.desk.room.unseat("spring", person, reason="Over.", by=one, now=room.now)

    with pytest.raises(NotTaken, match="The committee decides on this campaign by ballot"):
        room.sign(Decision.APPROVE, by=room.ito)


@pytest.mark.parametrize(("quorum", "alone"), [(1, True), (2, False)])
def test_one_account_decides_alone_only_where_one_is_enough(house, quorum, alone):
    mira, ito = house.account("Mira", Role.PREPARER), house.account("Ito", Role.PRIVACY)
    house.run(agreed(20), by=mira, owner="ana@bank.example", committee=needing(quorum))

    if alone:
        assert house.sign(Decision.APPROVE, by=house.fresh(ito)).state is State.APPROVED
    else:
        with pytest.raises(NotTaken, match="The committee decides on this campaign by ballot"):
            house.sign(Decision.APPROVE, by=house.fresh(ito))


def test_a_first_run_that_is_refused_begins_no_record(house):
    house.account("Mira", Role.PREPARER)
    stranger = house.account("Doe")

    with pytest.raises(NotTaken, match="Doe has no role here yet"):
        house.run(agreed(20), by=stranger)
    assert house.desk.reviews() == ()


def test_a_clock_set_back_is_refused_with_what_to_do(room):
    with pytest.raises(NotTaken, match="Have the clock set right, then try again"):
        room.desk.comment("spring", "", "Hello.", by=room.ito, now=NOON - timedelta(hours=1))


# Seats and roles


def test_a_seat_falls_silent_with_the_role_it_is_for(room):
    room.desk.people.give(room.known["Ito"], Role.LEGAL, reason="So.", by=ROOT, now=room.now)
    room.desk.people.withdraw(room.known["Ito"], Role.PRIVACY, reason="So.", by=ROOT, now=room.now)
    room.begin_ballot(by=room.chair)

    with pytest.raises(NotTaken, match="You sit here for privacy and act as legal"):
        room.cast(Decision.APPROVE, by=replace(room.ito, role=Role.LEGAL))


def test_nobody_leads_who_is_chair_no_more(room):
    room.desk.people.give(room.known["Jonas"], Role.LEGAL, reason="So.", by=ROOT, now=room.now)
    room.desk.people.withdraw(room.known["Jonas"], Role.CHAIR, reason="So.", by=ROOT, now=room.now)

    with pytest.raises(NotTaken, match="You sit here for chair and act as legal"):
        room.begin_ballot(by=replace(room.chair, role=Role.LEGAL))


def test_of_two_votes_of_one_human_the_one_of_the_seat_that_was_taken_first_counts(room):
    room.begin_ballot(by=room.chair)
    room.cast(Decision.APPROVE, by=room.ito)
    room.cast(Decision.REJECT, by=room.lee)
    room.link("Ito", "Lee")
    room.cast(Decision.APPROVE, by=room.chair)
    review = room.cast(Decision.APPROVE, by=room.weber)

    assert review.committee.ballot.rule.startswith("3 of 3 who voted for or against approved")
    assert [one.by.name for one in review.signatures] == ["Ito", "Jonas", "Weber"]


def test_who_voted_from_a_second_seat_only_votes_again_from_the_first(room):
    room.begin_ballot(by=room.chair)
    room.cast(Decision.REJECT, by=room.lee)
    room.link("Ito", "Lee")
    assert "taken out unopened" in room.told()[-1]
    for one in (room.chair, room.ito, room.weber):
        review = room.cast(Decision.APPROVE, by=one)

    assert review.state is State.APPROVED
    assert [one.by.name for one in review.signatures] == ["Jonas", "Ito", "Weber"]


def test_one_human_fills_one_seat(room):
    room.link("Ito", "Weber")

    with pytest.raises(NotTaken, match=r"Nobody sits for ethics\. Seat somebody in this role"):
        room.begin_ballot(by=room.chair)
    room.desk.room.unseat(
        "spring", room.persons(room.ito), reason="One is enough.", by=room.chair, now=room.now
    )
    assert room.review.committee.member(room.weber).votes


def test_one_human_who_votes_from_two_seats_leaves_one_of_them_empty(room):
    room.begin_ballot(by=room.chair)
    room.link("Ito", "Weber")
    for one in (room.chair, room.ito, room.lee):
        room.cast(Decision.APPROVE, by=one)

    assert room.review.state is State.IN_REVIEW
    with pytest.raises(NotTaken, match="A ballot is missing from: ethics"):
        room.desk.ballot.close("spring", reason="All are in.", by=room.chair, now=room.now)


def test_who_is_recused_does_not_vote_from_a_linked_seat(room):
    room.desk.room.recuse("spring", reason="My firm.", by=room.ito, now=room.now)
    room.link("Ito", "Lee")

    with pytest.raises(NotTaken, match="You are recused from this review"):
        room.seal(by=room.lee, name="covered")
    review = room.desk.comment("spring", "", "Noted.", by=room.chair, now=room.now)
    assert [one.who.name for one in review.committee.voting] == ["Jonas", "Weber"]


def test_an_exception_falls_with_its_second_person_who_owns_the_campaign_by_now(house):
    mira, ito = house.account("Mira", Role.PREPARER), house.account("Ito", Role.PRIVACY)
    doe, weber = house.account("Doe", Role.LEGAL), house.account("Weber", Role.ETHICS)
    house.run(agreed(12), by=mira, owner="ana@bank.example")
    house.answer("covered", by=ito)
    house.propose(by=ito)
    house.confirm(by=doe)
    house.run(agreed(12), by=mira, owner="doe@bank.example", people="2")

    with pytest.raises(NotTaken, match="Doe confirmed the exception and brought or prepared"):
        house.sign(Decision.APPROVE, by=house.fresh(weber))
    house.propose(by=ito)
    house.confirm(by=weber)
    lee = house.account("Lee", Role.CUSTOMER_VOICE)
    assert house.sign(Decision.APPROVE, by=house.fresh(lee)).state is State.APPROVED


def test_the_accounts_take_no_command_of_a_review(house):
    ito = house.account("Ito", Role.PRIVACY)
    before = house.desk.people.history().length

    with pytest.raises(NotTaken, match="These are the accounts, and no review"):
        house.desk.withdraw(REGISTER, reason="So.", by=ito, now=house.now)
    with pytest.raises(NotTaken, match="These are the accounts, and no review"):
        house.desk.room.seat(REGISTER, Role.PRIVACY, by=ito, now=house.now)
    assert house.desk.people.history().length == before
